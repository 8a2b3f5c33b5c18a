"""Grades a whole class: finds what is new or changed, gives it to workers, records what comes back.

This is the coordinator. It alone opens the gradebook. It never runs a submission itself, and no submission
can stop the others: one that breaks workers is tried alone, and then left to a person.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.engine.assignment import Assignment, load_assignment
from autograder.engine.course import Course, CourseFault
from autograder.engine.gradebook import Gradebook
from autograder.engine.grading import Graded, given_up
from autograder.engine.journal import Entry
from autograder.engine.pool import Workers, grade_task, packed, unpacked
from autograder.engine.recording import Recorder
from autograder.engine.sandbox import Furnishing, NoSandbox
from autograder.engine.submission import Submission, is_student, read_submission, shown

TRIES = 3
LOOK_EVERY = 5.0  # seconds


@dataclass(frozen=True)
class Row:
    """What happened to one submission. `state` is graded, up to date, flagged, new or changed."""

    student: str
    state: str
    score: float | None = None
    attention: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass
class Report:
    """What happened to the class."""

    assignment: str
    max_score: float
    sandboxed: bool
    rows: list[Row] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    interrupted: bool = False


class Classroom:
    """One assignment of one course, ready to be graded.

    Raises:
        CourseFault: it cannot be.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self._course = course
        self._gradebook = Gradebook(course.db_url)
        self.assignment: Assignment = load_assignment(course, self._gradebook, assignment)
        self._recorder = Recorder(course, self._gradebook, self.assignment)

    def close(self) -> None:
        """Gives the gradebook back."""
        self._gradebook.close()

    def folders(self, students: list[str] | None = None) -> dict[str, Path]:
        """The submitted folders by student.

        Raises:
            CourseFault: a student, or everyone, has handed in nothing.
        """
        found = self._course.submissions(self.assignment.name)
        for student in students or []:
            if student not in found:
                raise CourseFault(f"There is no submission of {student!r} for {self.assignment.name}.")
        if not found:
            place = self._course.folder("submitted", "STUDENT", self.assignment.name)
            raise CourseFault(f"There are no submissions of {self.assignment.name} in {place}.")
        return {name: path for name, path in found.items() if not students or name in students}

    def read(self, student: str, folder: Path) -> Submission:
        """One submission."""
        most = self.assignment.limits.submission_mb
        return read_submission(folder, student, self.assignment.name, self._course.is_ignored, most)

    def grade_here(self, submission: Submission, furnishing: Furnishing) -> Graded:
        """Grades and records one submission in this process; its files are left to whoever asked.

        Raises:
            NoSandbox, SandboxGone: see there.
        """
        arguments = packed(self.assignment.data), packed(submission.data), furnishing, None
        graded = Graded.from_data(unpacked(grade_task(*arguments)))
        self._recorder.record(graded)
        return graded

    def plan(self, students: list[str] | None, force: bool) -> list[Row]:
        """What a run would do, without doing it."""
        entries = self._recorder.entries()
        rows = []
        for student, folder in self.folders(students).items():
            if not is_student(student):
                rows.append(_nobody(student))
                continue
            entry = entries.get(student)
            submission = self.read(student, folder)
            if not force and self._recorder.up_to_date(submission, entry):
                rows.append(_as_it_was(student, entry))
            else:
                rows.append(Row(student, "changed" if entry else "new"))
        return rows

    def grade(
        self,
        workers: Workers,
        furnishing: Furnishing,
        students: list[str] | None = None,
        force: bool = False,
        progress: Callable[[Row], None] = lambda row: None,
    ) -> Report:
        """Grades what is new or changed (`force`: everything) and records each submission as it comes.

        Raises:
            CourseFault: there is nothing to grade, or another run is at work.
            NoSandbox: a worker has no sandbox.
        """
        started = time.perf_counter()
        report = Report(
            self.assignment.name,
            self.assignment.max_score(),
            furnishing.walls,
            warnings=self.assignment.warnings,
        )
        folders = self.folders(students)

        def done(row: Row) -> None:
            report.rows.append(row)
            progress(row)

        with alone(self._course):
            queue = _Queue(self._to_grade(folders, force, done), workers, self.assignment, furnishing)
            try:
                for submission, graded in queue:
                    began = time.perf_counter()
                    try:
                        self._recorder.record(graded, submission)
                    except CourseFault:
                        raise
                    except Exception as error:
                        done(_not_done(graded.student, "recorded", error))
                        continue
                    seconds = {**graded.seconds, "record": time.perf_counter() - began}
                    for part, value in seconds.items():
                        report.seconds[part] = report.seconds.get(part, 0.0) + value
                    done(_row_of(graded))
            except KeyboardInterrupt:
                report.interrupted = True
        report.rows.sort(key=lambda row: row.student)
        report.seconds["in all"] = time.perf_counter() - started
        return report

    def _to_grade(
        self, folders: dict[str, Path], force: bool, done: Callable[[Row], None]
    ) -> Iterator[Submission]:
        entries = self._recorder.entries()
        for student, folder in folders.items():
            if not is_student(student):
                done(_nobody(student))
                continue
            entry = entries.get(student)
            try:
                self._recorder.clear_away(student)
                submission = self.read(student, folder)
                is_done = not force and self._recorder.up_to_date(submission, entry)
            except Exception as error:
                done(_not_done(student, "read", error))
                continue
            if is_done:
                done(_as_it_was(student, entry))
            else:
                yield submission


class _Queue:
    """Submissions on their way to workers and back; as many at a time as the workers can take."""

    def __init__(
        self,
        submissions: Iterator[Submission],
        workers: Workers,
        assignment: Assignment,
        furnishing: Furnishing,
    ) -> None:
        self._submissions = submissions
        self._workers = workers
        self._assignment = assignment
        self._data = packed(assignment.data)
        self._furnishing = furnishing
        self._out: dict[Future[bytes], Submission] = {}
        self._suspects: list[Submission] = []

    def __iter__(self) -> Iterator[tuple[Submission, Graded]]:
        try:
            while self._fill():
                yield from self._take()
                if self._suspects:
                    # The others are waited for first: what else was under way may have come to an end.
                    while self._out:
                        yield from self._take()
                    yield from self._one_by_one()
        finally:
            for future in self._out:
                future.cancel()

    def _take(self) -> Iterator[tuple[Submission, Graded]]:
        """What has come back; a submission whose worker or sandbox ended becomes a suspect."""
        for future in self._finished():
            submission = self._out.pop(future)
            try:
                graded = Graded.from_data(unpacked(future.result()))
            except NoSandbox:
                raise
            except Exception:
                self._suspects.append(submission)
                continue
            yield submission, graded

    def _finished(self) -> set[Future[bytes]]:
        """What is done of what is out; waits until something is."""
        while True:
            finished, _ = wait(self._out, LOOK_EVERY, FIRST_COMPLETED)
            if finished:
                return finished
            self._workers.look()

    def _fill(self) -> bool:
        while len(self._out) < self._workers.at_once:
            submission = next(self._submissions, None)
            if submission is None:
                break
            self._give_out(submission)
        return bool(self._out)

    def _give_out(self, submission: Submission) -> Future[bytes]:
        arguments = (self._data, packed(submission.data), self._furnishing, self._workers.address)
        try:
            future = self._workers.executor.submit(grade_task, *arguments)
        except Exception as error:
            # The workers broke since the last answer: this one is a suspect like those that were under way.
            future = Future()
            future.set_exception(error)
        self._out[future] = submission
        return future

    def _one_by_one(self) -> Iterator[tuple[Submission, Graded]]:
        """The suspects, each alone, to see which it was."""
        suspects = self._suspects
        self._suspects = []
        self._workers.renew()
        for submission in suspects:
            yield submission, self._alone(submission)

    def _alone(self, submission: Submission) -> Graded:
        for _ in range(TRIES):
            future = self._give_out(submission)
            self._finished()
            try:
                return Graded.from_data(unpacked(future.result()))
            except NoSandbox:
                raise
            except Exception as error:
                reason = f"it stopped the grader {TRIES} times ({type(error).__name__})"
                self._workers.renew()
            finally:
                self._out.pop(future, None)
        return given_up(self._assignment, submission, reason, self._furnishing.walls)


def _row_of(graded: Graded) -> Row:
    return Row(
        graded.student,
        "flagged" if graded.attention else "graded",
        graded.score(),
        tuple(graded.attention),
        tuple(graded.repairs),
        graded.seconds.get("all", 0.0),
    )


def _nobody(name: str) -> Row:
    """A submission that cannot be recorded for anyone."""
    told = "the gradebook cannot hold this name of a student: rename the folder"
    return Row(shown(name), "flagged", attention=(told,))


def _not_done(student: str, what: str, error: Exception) -> Row:
    """A submission with something that nobody has thought of; the class goes on."""
    told = f"it could not be {what}: {type(error).__name__}: {str(error)[:200]}"
    return Row(student, "flagged", attention=(told,))


def _as_it_was(student: str, entry: Entry | None) -> Row:
    assert entry is not None
    return Row(student, "up to date", entry.score, tuple(entry.attention), tuple(entry.repairs))


@contextmanager
def alone(course: Course) -> Iterator[None]:
    """Holds the lock of the course's graded folder; the system takes it back when this process ends.

    Raises:
        CourseFault: another run holds it.
    """
    folder = course.folder("autograded", ".", ".")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / ".grading", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseFault("Another run is grading this course: wait for it, or stop it first.") from None
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
