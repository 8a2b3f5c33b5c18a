"""`autograder grade` from outside: what it prints, its exit status, how it stops, and what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from autograder.cli import app
from autograder.engine import gradebook
from tests.engine.small_course import (
    CLASS,
    NET,
    Answers,
    SmallCourse,
    copy_of,
    descendants,
    survivors,
    wait_for,
)

STRANGE = ["José Ñ", "[bold red]x", "-rf", "a b", "o'brien", "per%cent{brace}", "red\x1b[31m", "two\nlines"]
NO_NAMES = [b"\xff\xfe", b"x" * 200]
SLOW = Answers(net=f"    import time\n    time.sleep(0.3)\n{NET}")
ENDLESS = Answers(net=f"{NET}\nwhile True:\n    pass")


@pytest.fixture
def in_process() -> Iterator[Callable[..., Result]]:
    """`autograder` in this process: for what ends before anything is started."""
    before = signal.getsignal(signal.SIGTERM)
    yield lambda *words: CliRunner().invoke(app, [str(word) for word in words])
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def dry_run(in_process, course) -> Callable[..., Result]:
    """`autograder grade --dry-run` in the course."""
    return lambda *words: in_process("grade", "--dry-run", "--root", course.folder, *words)


# A class from beginning to end


@pytest.fixture(scope="module")
def runs(generated_course, tmp_path_factory) -> dict[str, subprocess.CompletedProcess[str]]:
    """One run after the other in a course with strange names."""
    course = copy_of(generated_course, tmp_path_factory.mktemp("command") / "course")
    for student in ("ada", "ben", "hans"):
        course.hand_in(student, CLASS[student])
    for student in STRANGE:
        course.hand_in(student)
    for name in NO_NAMES:
        folder = os.path.join(os.fsencode(course.folder), b"grading/submitted", name, b"counts")
        shutil.copytree(os.fsencode(course.submitted("ada")), folder)
    return {
        "two": course.grade("--student", "ada", "--student=-rf"),
        "all": course.grade(),
        "again": course.grade(),
        "json": course.grade("--json", "--force", "--jobs", "1", "--student", "ada", "--student", "hans"),
    }


def summary(run: subprocess.CompletedProcess[str]) -> set[str]:
    """The counts in the last line."""
    return set(run.stdout.splitlines()[-1].partition(" in ")[0].split(", "))


def test_only_the_students_that_are_named_are_graded(runs):
    assert runs["two"].returncode == 0
    assert summary(runs["two"]) == {"2 graded"}
    assert "ben" not in runs["two"].stdout


def test_the_exit_status_says_that_someone_needs_attention(runs):
    assert runs["all"].returncode == 3
    assert summary(runs["all"]) == {"2 up to date", "8 graded", "3 flagged"}


def test_each_who_needs_attention_has_one_line(runs):
    lines = [line for line in runs["all"].stderr.splitlines() if ": " in line and "Grading" not in line]
    assert lines == [
        "hans: The check of net stopped Python altogether.",
        f"{'x' * 120}: the gradebook cannot hold this name of a student: rename the folder",
        "��: the gradebook cannot hold this name of a student: rename the folder",
    ]


def test_strange_names_are_shown_as_they_are_and_do_nothing(runs):
    told = runs["all"].stdout
    for student in STRANGE[:6]:
        assert f" {student} " in told
    assert " red�[31m " in told
    assert " two�lines " in told
    assert "\x1b" not in told


def test_points_stand_beside_the_longest_name(runs):
    (row,) = [line for line in runs["all"].stdout.splitlines() if "│ ada " in line]
    assert [word.strip() for word in row.split("│")[2:3]] == ["5"]


def test_progress_goes_to_stderr(runs):
    assert "Grading counts" in runs["all"].stderr
    assert "Grading" not in runs["all"].stdout
    assert "Grading" not in runs["json"].stderr


def test_nothing_is_graded_twice_unless_it_is_asked_for(runs):
    assert summary(runs["again"]) == {"11 up to date", "2 flagged"}
    assert runs["again"].returncode == 3
    told = json.loads(runs["json"].stdout)
    assert [row["state"] for row in told["rows"]] == ["graded", "flagged"]


def test_json_is_all_that_is_on_stdout(runs):
    told = json.loads(runs["json"].stdout)
    assert told["assignment"] == "counts"
    assert told["max_score"] == 9
    assert told["sandboxed"] is True
    assert told["interrupted"] is False
    ada, hans = told["rows"]
    assert ada.keys() == {"student", "state", "score", "attention", "repairs", "seconds"}
    assert (ada["student"], ada["score"], ada["attention"], ada["repairs"]) == ("ada", 5, [], [])
    assert hans["attention"] == ["The check of net stopped Python altogether."]
    assert runs["json"].returncode == 3


def test_a_dry_run_says_what_would_be_graded_and_grades_nothing(course, dry_run):
    course.hand_in("ada")
    course.hand_in("[bold]ben")
    before = course.recorded()
    result = dry_run("counts")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["would grade [bold]ben (new)", "would grade ada (new)", "2 new"]
    assert {**course.recorded(), "autograder_journal": set()} == {**before, "autograder_journal": set()}
    assert course.files() == {}
    told = json.loads(dry_run("counts", "--json", "--student", "ada").stdout)
    assert [(row["student"], row["state"]) for row in told["rows"]] == [("ada", "new")]


def test_a_dry_run_tells_new_from_changed(course, dry_run, warm_sandbox):
    for student in ("ada", "ben"):
        course.hand_in(student)
    course.grade_here(warm_sandbox)
    course.hand_in("ben", CLASS["ben"])
    course.hand_in("cleo")
    assert dry_run("counts").stdout.splitlines() == [
        "would grade ben (changed)",
        "would grade cleo (new)",
        "1 up to date, 1 changed, 1 new",
    ]
    assert "would grade ada (changed)" in dry_run("counts", "--force").stdout


# What is refused


def _remove(*parts: str) -> Callable[[SmallCourse], None]:
    def change(course: SmallCourse) -> None:
        place = course.folder.joinpath(*parts)
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()

    return change


def _write(text: str, *parts: str) -> Callable[[SmallCourse], None]:
    return lambda course: course.folder.joinpath(*parts).write_text(text) and None


def _configure(line: str) -> Callable[[SmallCourse], None]:
    return lambda course: course.configure(line)


def _database(url: str) -> Callable[[SmallCourse], None]:
    return _configure(f"c.CourseDirectory.db_url = {url!r}")


def _foreign(course: SmallCourse) -> None:
    with sqlite3.connect(course.folder / "foreign.db") as connection:
        connection.execute("CREATE TABLE grade (id TEXT)")
    _database(f"sqlite:///{course.folder / 'foreign.db'}")(course)


REFUSED: dict[str, tuple[Callable[[SmallCourse], None], str]] = {
    "no configuration": (_remove("nbgrader_config.py"), "There is no nbgrader_config.py in"),
    "no gradebook": (
        _remove("grading", "gradebook.db"),
        "gradebook.db: run nbgrader generate_assignment first.",
    ),
    "no release": (
        _remove("release", "counts"),
        "release/counts: run nbgrader generate_assignment counts first.",
    ),
    "a damaged release": (
        _write("{", "release", "counts", "counts.ipynb"),
        "counts.ipynb cannot be read (it is not JSON): run nbgrader generate_assignment counts --force.",
    ),
    "no submissions": (_remove("grading", "submitted"), "There are no submissions of counts in"),
    "configuration that is not Python": (
        _configure("def ("),
        "nbgrader_config.py cannot be used: SyntaxError",
    ),
    "configuration that fails": (_configure("nonsense"), "NameError: name 'nonsense' is not defined (line "),
    "an option of the wrong kind": (_configure("c.Engine.cell_seconds = 'long'"), "'cell_seconds'"),
    "an option out of bounds": (_configure("c.Engine.cells = -1"), "cells must be a positive number, got -1"),
    "no address of a database": (_database("s3cret"), "The gradebook's db_url cannot be used"),
    "a password that is not encoded": (
        _database("postgresql://ada:s3@cret:s3cret@host/db"),
        "The gradebook's db_url is no address of a database.",
    ),
    "a database nobody knows": (_database("oracule://ada:s3cret@host/db"), "sqlalchemy.dialects:oracule"),
    "a server that does not answer": (
        _database("postgresql+psycopg://ada:s3cret@127.0.0.1:1/db?password=s3cret"),
        "The gradebook postgresql+psycopg://ada:***@127.0.0.1:1/db cannot be opened: connection failed",
    ),
    "no database at all": (
        lambda course: _database(f"sqlite:///{course.folder / 'nbgrader_config.py'}")(course),
        "nbgrader_config.py cannot be opened: file is not a database.",
    ),
    "a foreign database": (_foreign, "is not a gradebook of nbgrader, or of another version"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_missing_or_broken_is_said_in_one_sentence(generated_course, tmp_path, in_process, case):
    change, sentence = REFUSED[case]
    course = copy_of(generated_course, tmp_path / "course")
    course.hand_in("ada")
    change(course)
    result = in_process("grade", "--dry-run", "--root", course.folder, "counts")
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert "s3cret" not in result.output
    assert result.stdout == ""


def test_an_unknown_assignment_and_an_unknown_student_are_named(course, dry_run):
    course.hand_in("ada")
    unknown = "The gradebook knows no assignment 'nothing': run nbgrader generate_assignment nothing first.\n"
    assert dry_run("nothing").stderr == unknown
    result = dry_run("counts", "--student", "ada", "--student", "zoe")
    assert (result.exit_code, result.stderr) == (1, "There is no submission of 'zoe' for counts.\n")


def test_a_gradebook_that_someone_else_is_writing_is_waited_for(course, dry_run, monkeypatch):
    course.hand_in("ada")
    monkeypatch.setattr(gradebook, "BUSY_SECONDS", 0.05)
    with sqlite3.connect(course.folder / "grading" / "gradebook.db", isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        result = dry_run("counts")
        connection.execute("ROLLBACK")
    connection.close()
    assert result.exit_code == 1
    assert result.stderr.endswith("cannot be opened: database is locked.\n")


def test_a_refusal_leaves_no_sandbox_and_no_worker(course):
    process = course.start_grading()
    family: set[tuple[int, str]] = set()

    def is_over() -> bool:
        family.update(descendants(process.pid))
        return process.poll() is not None

    assert wait_for(is_over)
    stdout, stderr = process.communicate()
    assert (process.returncode, stdout) == (1, "")
    assert "There are no submissions of counts in" in stderr
    assert "Traceback" not in stderr
    assert family
    assert survivors(family) == []


# How it stops


@pytest.fixture
def slow_course(course) -> SmallCourse:
    """A class that takes some seconds, with one submission that never ends by itself."""
    for student in ("ada", "ben", "cleo", "eva", "finn", "gwen"):
        course.hand_in(student, SLOW)
    course.hand_in("dan", ENDLESS)
    return course


def _stopped(process: subprocess.Popen[str], stop: Callable[[], None]) -> tuple[str, str]:
    """Stops a run that has recorded something: what it said. Nothing of it may be left."""
    family = descendants(process.pid)
    began = time.monotonic()
    stop()
    told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - began < 10
    assert survivors(family) == []
    assert "Stopped. What is graded is recorded: run it again to go on." in told[1]
    assert "Traceback" not in told[1]
    return told


def test_ctrl_c_records_what_is_graded_and_the_next_run_goes_on(slow_course, warm_sandbox):
    process = slow_course.start_grading("--json")
    assert wait_for(lambda: slow_course.graded_students(), every=0.05)
    # In a terminal Ctrl-C reaches every process of the command.
    stdout, _ = _stopped(process, lambda: os.killpg(process.pid, signal.SIGINT))
    told = json.loads(stdout)
    assert told["interrupted"] is True
    recorded = slow_course.graded_students()
    # The last one may have been interrupted between the record and the report.
    assert {row["student"] for row in told["rows"]} <= recorded
    assert "dan" not in recorded
    assert 0 < len(recorded) < 6
    slow_course.hand_in("dan")
    rows = slow_course.grade_here(warm_sandbox)
    assert {name for name, row in rows.items() if row.state == "up to date"} == recorded
    assert {row.score for row in rows.values()} == {5.0}
    assert not [name for name in slow_course.files() if "/.counts." in name]


def test_a_polite_end_is_like_ctrl_c_and_a_second_run_is_refused(slow_course):
    process = slow_course.start_grading()
    assert wait_for(lambda: slow_course.graded_students(), every=0.05)
    second = slow_course.grade()
    assert second.returncode == 1
    assert second.stderr.endswith("Another run is grading this course: wait for it, or stop it first.\n")
    assert second.stdout == ""
    assert process.poll() is None
    stdout, _ = _stopped(process, process.terminate)
    assert "│ ada " in stdout


def test_without_a_sandbox_it_warns_records_it_and_stops_as_well(slow_course):
    process = slow_course.start_grading("--no-sandbox")
    assert wait_for(lambda: slow_course.graded_students(), every=0.05)
    stdout, stderr = _stopped(process, lambda: os.killpg(process.pid, signal.SIGINT))
    assert stderr.startswith("No sandbox: student code runs in your own account")
    assert ", without a sandbox" in stdout
    assert {row[6] for row in slow_course.recorded()["autograder_journal"]} == {False}


def test_a_kill_without_a_sandbox_leaves_no_student_code_running(slow_course):
    process = slow_course.start_grading("--no-sandbox")
    assert wait_for(lambda: slow_course.graded_students(), every=0.05)
    family = descendants(process.pid)
    process.kill()
    process.communicate()
    assert len(family) >= 4  # the two workers, the sandbox, and the submission without end
    assert survivors(family) == []
