"""A run of `autograder grade` that is killed at whatever moment, and run again, leaves what a whole run does.

Nothing in the engine knows of these tests: the moments are read from the folder and from the processes.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from autograder.engine.sandbox import Sandbox
from tests.engine.small_course import CLASS, KEY, SmallCourse, copy_of, descendants, survivors, wait_for

pytestmark = pytest.mark.slow

# <sys/inotify.h>
MOVED_FROM, MOVED_TO, CREATE, DELETE = 0x40, 0x80, 0x100, 0x200
ENDED = 3  # one of the class needs attention


class Happenings:
    """What happens in some folders, told by the kernel: `(what, name)`, one after the other."""

    def __init__(self, *folders: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._number = libc.inotify_init1(os.O_NONBLOCK)
        assert self._number >= 0
        for folder in folders:
            added = libc.inotify_add_watch(
                self._number, os.fsencode(folder), MOVED_FROM | MOVED_TO | CREATE | DELETE
            )
            assert added >= 0

    def since(self) -> Iterator[tuple[int, str]]:
        """What is new."""
        try:
            data = os.read(self._number, 65536)
        except BlockingIOError:
            return
        while data:
            _, what, _, size = struct.unpack_from("iIII", data)
            yield what & 0xFFF, data[16 : 16 + size].rstrip(b"\0").decode()
            data = data[16 + size :]

    def close(self) -> None:
        """Stops watching."""
        os.close(self._number)


@dataclass(frozen=True)
class Moment:
    """When to kill: after a part of the usual time to start, or after something has happened n times."""

    name: str
    part: float = 0.0
    happening: tuple[int, str] | None = None
    times: int = 1
    later: float = 0.0
    processes: int = 0

    def __str__(self) -> str:
        return self.name


DRAFT, OLD = (CREATE, ".counts.draft"), (MOVED_FROM, "counts")
IN_PLACE, WRITING = (MOVED_TO, "counts"), (CREATE, "gradebook.db-journal")
WRITTEN = (DELETE, "gradebook.db-journal")
MOMENTS = [
    *(Moment(f"{part:.0%} of the way to the first grade", part=part) for part in (0.02, 0.3, 0.5, 0.7)),
    Moment("when the sandbox is started", processes=1),
    Moment("when the workers are started", processes=3),
    # The first is the table of the journal.
    *(Moment(f"while grades are written, {n}", happening=WRITING, times=n) for n in (1, 2, 5, 11)),
    *(Moment(f"after grades are written, {n}", happening=WRITTEN, times=n) for n in (1, 4, 11)),
    *(Moment(f"some time later, {n}", happening=WRITTEN, times=n, later=0.005 * n) for n in (2, 5, 7, 9)),
    *(Moment(f"when a notebook is begun, {n}", happening=DRAFT, times=n) for n in (1, 4, 7, 10)),
    *(Moment(f"before a notebook's grades, {n}", happening=IN_PLACE, times=n) for n in (1, 5, 8, 10)),
]
AGAIN = [
    Moment("again, when a notebook is begun", happening=DRAFT, times=2),
    Moment("again, when the old one is put away", happening=OLD, times=3),
    Moment("again, before a notebook's grades", happening=IN_PLACE, times=5),
    Moment("again, while grades are written", happening=WRITING, times=7),
    Moment("again, after grades are written", happening=WRITTEN, times=8),
]


# Whether a kill comes in time, and what it finds, is luck on a busy machine: so often it is tried.
TRIES = 12


@dataclass(frozen=True)
class Whole:
    """A run that nobody disturbed: what it left, and how long it took to the first grade."""

    before: SmallCourse
    recorded: dict[str, Any]
    files: dict[str, bytes]
    seconds_to_start: float

    @property
    def key_hash(self) -> str:
        """Of the key with which all was graded last."""
        (found,) = {row[3] for row in self.recorded["autograder_journal"] if row[5]}
        return str(found)


def whole_run(before: SmallCourse, folder: Path) -> Whole:
    course = copy_of(before, folder)
    started = time.monotonic()
    done = course.grade("--json")
    seconds = time.monotonic() - started
    assert done.returncode == ENDED, done.stderr
    grading = json.loads(done.stdout)["seconds"]["in all"]
    return Whole(before, course.recorded(), course.files(), seconds - grading)


@dataclass(frozen=True)
class Outcome:
    """What a killed run left, and what the next one made of it."""

    survivors: list[str]
    drafts: list[str]
    graded_before: int
    written_before: int
    in_a_transaction: bool
    status: int
    graded_again: int
    recorded: dict[str, Any]
    files: dict[str, bytes]

    @property
    def sights(self) -> set[str]:
        """What the kill found half done."""
        return {
            *(["a draft"] if self.drafts else []),
            *(["a transaction"] if self.in_a_transaction else []),
            *(["a notebook without grades"] if self.written_before > self.graded_before else []),
        }


SIGHTS = {"a draft": DRAFT, "a transaction": WRITING, "a notebook without grades": IN_PLACE}


class TooLate(Exception):
    """The run had ended before it was killed: this process was not given the processor in time."""


def killed(course: SmallCourse, moment: Moment, seconds_to_start: float) -> list[str]:
    """Starts grading, kills it, and says which of its processes live on."""
    for student in CLASS:
        # Otherwise they could not be watched before the run makes them.
        course.autograded(student).parent.mkdir(parents=True, exist_ok=True)
    happenings = Happenings(
        course.folder / "grading", *(course.autograded(student).parent for student in CLASS)
    )
    process = course.start_grading()
    started = time.monotonic()
    left = moment.times

    def is_now() -> bool:
        nonlocal left
        if process.poll() is not None:
            raise TooLate(moment.name)
        if moment.part:
            return time.monotonic() - started > moment.part * seconds_to_start
        if moment.processes:
            return len(descendants(process.pid)) >= moment.processes
        left -= sum(happening == moment.happening for happening in happenings.since())
        return left <= 0

    try:
        assert wait_for(is_now, 60, every=0.0002)
        time.sleep(moment.later)
        # Stopped first, so that all that it has started is known.
        os.kill(process.pid, signal.SIGSTOP)
        family = descendants(process.pid)
    finally:
        process.kill()
        process.communicate()
        happenings.close()
    if process.returncode != -signal.SIGKILL:
        raise TooLate(moment.name)
    return survivors(family)


def kill_and_run_again(whole: Whole, moment: Moment, folder: Path, sandbox: Sandbox | None) -> Outcome:
    """Runs again with the command, or (with a sandbox) in this process, which is faster."""
    for attempt in range(1, TRIES + 1):
        course = copy_of(whole.before, folder)
        try:
            living = killed(course, moment, whole.seconds_to_start)
            break
        except TooLate:
            if attempt == TRIES:
                raise
            course.remove()
    files = course.files()
    in_a_transaction = (course.folder / "grading" / "gradebook.db-journal").is_file()
    known = course.recorded().get("autograder_journal", ())
    if sandbox is None:
        done = course.grade("--json")
        status = done.returncode
        states = [row["state"] for row in json.loads(done.stdout or "{}").get("rows", [])]
    else:
        rows = course.grade_here(sandbox).values()
        status = ENDED if any(row.attention for row in rows) else 0
        states = [row.state for row in rows]
    outcome = Outcome(
        survivors=living,
        drafts=[name for name in files if "/.counts." in name and name.count("/") == 1],
        graded_before=sum(row[5] and row[3] == whole.key_hash for row in known),
        written_before=sum(name.endswith("/counts/counts.ipynb") for name in files),
        in_a_transaction=in_a_transaction,
        status=status,
        graded_again=len(states) - states.count("up to date"),
        recorded=course.recorded(),
        files=course.files(),
    )
    course.remove()
    return outcome


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def first_run(generated_course, folder) -> Whole:
    before = copy_of(generated_course, folder / "handed-in")
    before.hand_in_class()
    return whole_run(before, folder / "whole")


@pytest.fixture(scope="module")
def second_run(first_run, folder) -> Whole:
    """Grading again, after the key was changed: another hidden case."""
    before = copy_of(SmallCourse(folder / "whole"), folder / "changed")
    key = KEY.replace("hidden_case(7, 7,", "hidden_case(8, 9,")
    (before.folder / "source" / "counts" / "key.py").write_text(key)
    before.generate("counts")
    return whole_run(before, folder / "whole-again")


@pytest.fixture(scope="module")
def outcomes(first_run, second_run, folder, warm_sandbox) -> dict[str, Outcome]:
    """All of them, two at a time."""
    wanted = [*((moment, first_run) for moment in MOMENTS), *((moment, second_run) for moment in AGAIN)]

    def outcome(number: int) -> Outcome:
        moment, whole = wanted[number]
        with_command = number % 5 == 0
        return kill_and_run_again(whole, moment, folder / str(number), None if with_command else warm_sandbox)

    with ThreadPoolExecutor(2) as pool:
        found = dict(zip((m.name for m, _ in wanted), pool.map(outcome, range(len(wanted))), strict=True))
    for name, o in found.items():
        print(name, "|", o.graded_before, o.written_before, o.drafts, o.in_a_transaction, o.graded_again)
    return found


def check(outcome: Outcome, whole: Whole) -> None:
    assert outcome.survivors == []
    assert outcome.status == ENDED
    assert outcome.recorded == whole.recorded
    assert outcome.files == whole.files


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_a_killed_run_resumes_without_losing_a_grade(outcomes, first_run, moment):
    outcome = outcomes[moment.name]
    check(outcome, first_run)
    assert outcome.graded_again == len(CLASS) - outcome.graded_before


@pytest.mark.parametrize("moment", AGAIN, ids=str)
def test_a_killed_regrade_resumes_without_losing_a_grade(outcomes, second_run, moment):
    check(outcomes[moment.name], second_run)


def test_the_kills_find_the_engine_at_work(outcomes, first_run, folder, warm_sandbox):
    """Drafts, transactions, notebooks without grades: otherwise these tests would say nothing."""
    found = [outcomes[moment.name] for moment in MOMENTS]
    assert len(found) == 25
    assert {outcome.graded_before for outcome in found} >= {0, len(CLASS)}
    seen = set().union(*(outcome.sights for outcome in found))
    for sight, happening in SIGHTS.items():
        for number in range(1, TRIES + 1):
            if sight in seen:
                break
            moment = Moment(f"{sight}, once more", happening=happening, times=1 + number % len(CLASS))
            more = kill_and_run_again(first_run, moment, folder / f"{sight} {number}", warm_sandbox)
            check(more, first_run)
            seen |= more.sights
    assert seen == set(SIGHTS)


# On a server


def test_a_run_that_is_killed_in_a_transaction_leaves_nothing_of_it_on_a_server(
    course, to_postgresql, warm_sandbox
):
    to_postgresql(course)
    course.hand_in_class({student: CLASS[student] for student in ("ada", "ben", "hans")})
    course.grade_here(warm_sandbox, students=["ada"])
    before = course.recorded()
    engine = sa.create_engine(course.db_url, poolclass=sa.NullPool)
    waiting = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with engine.connect() as connection, engine.connect() as looking:
        looking.execution_options(isolation_level="AUTOCOMMIT")
        # The run gets as far as its comments: the student, the hand-in and the grades are written already.
        connection.exec_driver_sql("LOCK TABLE comment IN EXCLUSIVE MODE")
        process = course.start_grading()
        try:
            assert wait_for(lambda: looking.exec_driver_sql(waiting).scalar(), every=0.05)
            family = descendants(process.pid)
        finally:
            process.kill()
            process.communicate()
        connection.rollback()
    assert survivors(family) == []
    assert course.recorded() == before
    rows = course.grade_here(warm_sandbox)
    assert {name: row.state for name, row in rows.items()} == {
        "ada": "up to date",
        "ben": "graded",
        "hans": "flagged",
    }
    assert course.scores() == {
        "ada": {"net": 2.0, "share": 3.0, "why": None},
        "ben": {"net": 0.0, "share": 3.0, "why": None},
        "hans": {"net": 0.0, "share": 3.0, "why": None},
    }


# nbgrader's own command


def autograde(course: SmallCourse) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "nbgrader", "autograde", "counts"],
        cwd=course.folder,
        env=course.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_nbgrader(course: SmallCourse, student: str, recorded: bool) -> None:
    """Kills `nbgrader autograde` when a student's notebook is there, or when its grades are, too."""
    happenings = Happenings(course.folder / "grading")
    process = autograde(course)
    there = False

    def is_now() -> bool:
        nonlocal there
        assert process.poll() is None, "the run had ended before it was killed"
        new = list(happenings.since())
        if not there:
            there = (course.autograded(student) / "counts.ipynb").exists()
            return there and not recorded
        return WRITTEN in new

    assert wait_for(is_now, 60, every=0.0002)
    process.kill()
    process.wait()
    happenings.close()


@pytest.fixture(scope="module")
def three(generated_course, folder) -> SmallCourse:
    """A class of three."""
    course = copy_of(generated_course, folder / "three")
    course.hand_in_class({student: CLASS[student] for student in ("ada", "ben", "cleo")})
    return course


@pytest.fixture(scope="module")
def whole_of_three(three, folder, warm_sandbox) -> SmallCourse:
    course = copy_of(three, folder / "whole-of-three")
    course.grade_here(warm_sandbox)
    return course


@pytest.fixture(scope="module", params=[False, True], ids=["before its grades", "after its grades"])
def killed_nbgrader(request, three, folder) -> SmallCourse:
    """Killed while the second of three is graded: its folder is there, with a notebook that was not run."""
    course = copy_of(three, folder / f"nbgrader-{request.param}")
    kill_nbgrader(course, "ben", request.param)
    assert b'"net"' in (course.autograded("ada") / "counts.ipynb").read_bytes()
    assert b"execute_result" not in (course.autograded("ben") / "counts.ipynb").read_bytes()
    assert {row[1] for row in course.recorded()["autograder_journal"]} == {"ada", "ben"} - (
        set() if request.param else {"ben"}
    )
    return course


def as_said(course: SmallCourse) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is recorded and written; nbgrader lays out its files in its own way."""
    files = {name: json.loads(c) for name, c in course.files().items() if name.endswith(".ipynb")}
    return course.recorded(), files


def test_the_engine_heals_what_a_killed_nbgrader_left(
    killed_nbgrader, whole_of_three, tmp_path, warm_sandbox
):
    course = copy_of(killed_nbgrader, tmp_path / "course")
    rows = course.grade_here(warm_sandbox)
    assert {name for name, row in rows.items() if row.state == "up to date"} == {"ada"}
    assert as_said(course) == as_said(whole_of_three)


def test_nbgrader_itself_goes_on_after_it_was_killed(killed_nbgrader, whole_of_three, tmp_path):
    course = copy_of(killed_nbgrader, tmp_path / "course")
    done = course.nbgrader("autograde", "counts")
    assert done.returncode == 0, done.stdout
    assert "Grading again what was left unfinished: " in done.stdout
    assert "Skipping existing assignment" in done.stdout
    assert as_said(course) == as_said(whole_of_three)
