"""A class that several processes or machines grade comes out right, whichever of them die on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from autograder.engine import classroom, pool
from autograder.engine.classroom import Classroom, Report
from autograder.engine.course import Course
from autograder.engine.grading import Graded
from autograder.engine.pool import Workers, cluster_workers, grade_task, local_workers, packed, unpacked
from autograder.engine.sandbox import Furnishing, NoSandbox, Sandbox
from autograder.engine.submission import Submission
from tests.engine.small_course import CLASS, Answers, SmallCourse, descendants, survivors, wait_for

FURNISHING = Furnishing(warm=())
DEADLY = "ben"


def _slower(answers: Answers) -> Answers:
    """The same answers, a quarter of a second later."""
    return Answers(
        answers.net, answers.share and f"    import time; time.sleep(0.05)\n{answers.share}", answers.why
    )


@pytest.fixture
def class_of_four(course) -> SmallCourse:
    """Some have handed in."""
    course.hand_in_class({student: CLASS[student] for student in ("ada", DEADLY, "cleo", "dan")})
    return course


@pytest.fixture
def class_of_ten(course) -> SmallCourse:
    """Everybody has handed in, and takes a little while."""
    course.hand_in_class({student: _slower(answers) for student, answers in CLASS.items()})
    return course


def check_scores(course: SmallCourse) -> None:
    found = {student: (cells["net"], cells["share"]) for student, cells in course.scores().items()}
    assert found == {student: answers.points for student, answers in CLASS.items()}
    assert sorted(name for name in course.files() if name.endswith(".ipynb")) == [
        f"{student}/counts/counts.ipynb" for student in sorted(CLASS)
    ]
    assert not [name for name in course.files() if "/.counts." in name]


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a run says at its end, which must be a good one: only hans, who stops Python, needs a person."""
    stdout, stderr = process.communicate(timeout=100)
    assert process.returncode == 3, stderr
    assert "Traceback" not in stderr
    told = json.loads(stdout)
    attention = {row["student"]: row["attention"] for row in told["rows"] if row["attention"]}
    assert attention == {"hans": ["The check of net stopped Python altogether."]}
    return told


def deadly_task(assignment: bytes, submission: bytes, furnishing: Furnishing, address: str | None) -> bytes:
    """In place of `grade_task`: the worker that is given one student's submission ends at once."""
    if Submission.from_data(unpacked(submission)).student == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return grade_task(assignment, submission, furnishing, address)


def grade(course: SmallCourse, workers: Workers) -> Report:
    room = Classroom(Course.open(course.folder), "counts")
    try:
        return room.grade(workers, FURNISHING)
    finally:
        room.close()
        workers.close()


def check_one_given_up(course: SmallCourse, report: Report) -> None:
    """The deadly one is left to a person; all others have their points."""
    rows = {row.student: row for row in report.rows}
    (told,) = rows[DEADLY].attention
    assert told.startswith("it stopped the grader 3 times")
    assert course.scores()[DEADLY] == {"net": None, "share": None, "why": None}
    assert {row[1] for row in course.recorded()["grade"] if row[1] == DEADLY and row[7]} == {DEADLY}
    assert (course.autograded(DEADLY) / "counts.ipynb").is_file()
    for student, cells in course.scores().items():
        if student != DEADLY:
            assert (cells["net"], cells["share"]) == CLASS[student].points, student


# Processes of this machine


def part_of(family: set[tuple[int, str]], coordinator: int, name: str) -> list[int]:
    """The processes of a run that are its workers, its bubblewrap, or the sandbox in it."""
    lines = {}
    for pid, _ in family:
        try:
            lines[pid] = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
    ours = Path(f"/proc/{coordinator}/cmdline").read_bytes()
    if name == "worker":
        return [pid for pid, line in lines.items() if line == ours]
    walls = [pid for pid, line in lines.items() if b"bwrap" in line.split(b"\0")[0]]
    if name == "bubblewrap":
        return walls
    return [pid for pid, line in lines.items() if line != ours and pid not in walls]


@pytest.mark.parametrize("victim", ["a worker", "all workers", "bubblewrap", "the sandbox"])
def test_what_is_killed_on_this_machine_costs_no_points(class_of_ten, victim):
    """In the middle of the class, and once more later."""
    process = class_of_ten.start_grading("--json", "--jobs", "2")
    everyone: set[tuple[int, str]] = set()
    for count in (2, 6):
        assert wait_for(lambda count=count: len(class_of_ten.graded_students()) >= count, every=0.01)
        family = descendants(process.pid)
        everyone |= family
        name = {"a worker": "worker", "all workers": "worker", "the sandbox": "python"}.get(victim, victim)
        victims = part_of(family, process.pid, name)
        assert victims
        for pid in victims[:1] if victim == "a worker" else victims:
            os.kill(pid, signal.SIGKILL)
    finish(process)
    check_scores(class_of_ten)
    assert survivors(everyone) == []


def test_a_submission_that_ends_its_worker_costs_nobody_else(class_of_four, monkeypatch):
    monkeypatch.setattr(classroom, "grade_task", deadly_task)
    report = grade(class_of_four, local_workers(2, Sandbox(FURNISHING).wait()))
    check_one_given_up(class_of_four, report)


# More than one machine


def test_a_worker_of_a_cluster_that_dies_costs_no_points(class_of_ten, dask_cluster):
    process = class_of_ten.start_grading("--json", "--scheduler", dask_cluster.address)
    assert wait_for(lambda: len(class_of_ten.graded_students()) >= 2, every=0.01)
    dask_cluster.kill_a_worker()
    told = finish(process)
    assert told["sandboxed"] is True
    check_scores(class_of_ten)


def test_a_cluster_that_is_interrupted_stops_soon_and_can_be_used_again(class_of_ten, dask_cluster):
    process = class_of_ten.start_grading("--json", "--scheduler", dask_cluster.address)
    assert wait_for(lambda: len(class_of_ten.graded_students()) >= 2, every=0.01)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped. What is graded is recorded" in stderr
    assert "Traceback" not in stderr
    assert time.monotonic() - began < 10
    assert len(class_of_ten.graded_students()) < len(CLASS)
    again = class_of_ten.grade("--json", "--scheduler", dask_cluster.address)
    assert again.returncode == 3, again.stderr
    check_scores(class_of_ten)


@pytest.fixture
def restarted(dask_cluster) -> Iterator[Any]:
    """A cluster on which dead workers are started again, as a nanny would."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            if len(dask_cluster.workers) < 2:
                dask_cluster.complete()

    with Client(dask_cluster.address, set_as_default=False) as client:
        usual = client.run_on_scheduler(_allow, 0)
        nanny = threading.Thread(target=look)
        nanny.start()
        yield dask_cluster
        over.set()
        nanny.join()
        client.run_on_scheduler(_allow, usual)


def _allow(failures: int, dask_scheduler: Any) -> int:
    """How often a task may be tried again when its worker has died; otherwise this takes a minute."""
    before, dask_scheduler.allowed_failures = dask_scheduler.allowed_failures, failures
    return int(before)


def test_a_submission_that_ends_its_worker_costs_nobody_else_in_a_cluster(
    class_of_four, restarted, monkeypatch
):
    monkeypatch.setattr(classroom, "grade_task", deadly_task)
    before = set(restarted.workers)
    report = grade(class_of_four, cluster_workers(restarted.address))
    check_one_given_up(class_of_four, report)
    assert before != set(restarted.workers)


def test_workers_need_no_gradebook_no_key_and_no_folder_of_the_course(
    class_of_ten, dask_cluster, warm_sandbox
):
    """The course is deleted before they begin; what they give back is what is graded where it is."""
    room = Classroom(Course.open(class_of_ten.folder), "counts")
    read = [room.read(student, folder) for student, folder in room.folders().items()]
    work = [(packed(room.assignment.data), packed(one.data), FURNISHING) for one in read]
    expected = [grade_task(*one, warm_sandbox.address) for one in work]
    room.close()
    shutil.rmtree(class_of_ten.folder)
    workers = cluster_workers(dask_cluster.address)
    try:
        out = [workers.executor.submit(grade_task, *one, None) for one in work]
        assert not wait(out, timeout=60).not_done
        found = [future.result() for future in out]
    finally:
        workers.close()
    assert [without_times(data) for data in found] == [without_times(data) for data in expected]
    assert [Graded.from_data(unpacked(data)).student for data in found] == sorted(CLASS)


def without_times(data: bytes) -> dict[str, Any]:
    graded = json.loads(unpacked(data))
    del graded["seconds"]
    return graded


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense://there", "No Dask scheduler answers at nonsense://there"),
        (None, "has no workers."),
    ],
)
def test_a_cluster_that_cannot_be_used_is_said_in_one_sentence(dask_cluster, address, told):
    if address is None:
        while dask_cluster.workers:
            dask_cluster.kill_a_worker()
        address = dask_cluster.address
        with Client(address, set_as_default=False) as client:
            assert wait_for(lambda: not client.nthreads(), every=0.05)
    with pytest.raises(NoSandbox) as caught:
        cluster_workers(address)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_cluster_that_has_lost_its_workers_is_not_waited_for_for_ever(
    class_of_ten, dask_cluster, monkeypatch
):
    monkeypatch.setattr(pool, "PATIENCE", 0.2)
    monkeypatch.setattr(classroom, "LOOK_EVERY", 0.1)
    workers = cluster_workers(dask_cluster.address)
    while dask_cluster.workers:
        dask_cluster.kill_a_worker()
    with pytest.raises(NoSandbox, match=r"has no workers any more\. What is graded is recorded"):
        grade(class_of_ten, workers)


def test_a_cluster_that_is_gone_is_said_in_one_sentence(dask_cluster):
    """Nobody waits for what will not come back, and nobody is given up for it."""
    workers = cluster_workers(dask_cluster.address)
    workers.close()  # as the client does itself, some time after it has lost its scheduler
    for ask in (workers.look, workers.renew):
        with pytest.raises(NoSandbox, match=r"is gone\. What is graded is recorded: run it again to go on\."):
            ask()
