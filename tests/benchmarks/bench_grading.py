"""Grading a class: against nbgrader as it comes, against the least it can cost, and as the class grows.

All runs grade the same simulated class of `m09a_nps` on the same machine. For the comparison with nbgrader
the hidden checks are visible ones, so that its kernel makes the same calls and both give the same scores,
which is asserted. The least is a bare fork, the students' cells and the calls of the checks, spread over all
processors.
"""

from __future__ import annotations

import functools
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import grading_course as courses
from tests.benchmarks.damaged import KINDS, damage
from tests.benchmarks.process_memory import Peak, measured

STUDENTS, MANY, RUNS = 60, 1000, 3
GRADES = 10_000  # rows of others in the filled gradebook
ONE_IN = 20  # of the large class hands in something damaged or hostile
PARTS = ("prepare", "cells", "checks", "judge", "record")

Row = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One run of `autograder grade`: seconds on the clock, and what it reported."""

    wall: float
    report: dict[str, Any]

    @property
    def size(self) -> int:
        return len(self.report["rows"])

    def part(self, name: str) -> float:
        """Milliseconds per submission."""
        return 1000 * self.report["seconds"].get(name, 0.0) / self.size


def measure() -> list[Row]:
    """Against nbgrader and against the least."""
    base, wanted = prepared(STUDENTS)
    return throughput(base, wanted, RUNS)


def measure_growth() -> list[Row]:
    """A class of a thousand with what goes wrong in it, a full gradebook, and memory."""
    base, wanted = prepared(STUDENTS)
    return growth(base, wanted, MANY, GRADES)


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bench-grading-")


@functools.cache
def prepared(size: int) -> tuple[Path, courses.Scores]:
    """A course with the class's submissions, not yet graded, and the scores they deserve."""
    tell(f"making a course and {size} simulated submissions")
    base = courses.make_course(Path(_folder().name) / f"class-of-{size}")
    students = courses.simulated(base, size)
    courses.hand_in(base, students)
    return base, courses.implied(base, students)


def tell(what: str) -> None:
    """Progress, for whoever waits."""
    print(f"grading: {what}", file=sys.stderr, flush=True)


def throughput(base: Path, wanted: courses.Scores, runs: int) -> list[Row]:
    """Ours and nbgrader's runs in turn, and the least."""
    place = base.parent / f"{base.name}-throughput"
    same = courses.clone(base, place / "same")
    courses.show_all_checks(same)
    theirs = courses.clone(same, place / "nbgrader")
    courses.grade_as_nbgrader_comes(theirs)
    ours = [grade(courses.clone(same, place / "ours-0"))]
    stock = grade_with_nbgrader(theirs)
    compare(courses.recorded(place / "ours-0"), courses.recorded(theirs))
    ours += [grade(courses.clone(same, place / f"ours-{number}")) for number in range(1, runs)]
    one = grade(courses.clone(same, place / "one"), "--student", min(wanted))
    cores = len(os.sched_getaffinity(0))
    limit, limit_of_one = least(same, min(wanted), cores)
    wall = statistics.median(run.wall for run in ours)
    middle = min(ours, key=lambda run: abs(run.wall - wall))
    size = middle.size
    rows = [
        row("grading_nbgrader", stock, f"s for {size} submissions"),
        row("grading_ours", wall, f"s for {size} submissions on {cores} processors"),
        row("grading_speedup", stock / wall, "times nbgrader"),
        row("grading_limit", limit, "s: fork, cells and calls alone"),
        row("grading_over_limit", wall / limit, "times the limit"),
        row(
            "grading_over_limit_after_start",
            (wall - one.wall) / (limit - limit_of_one),
            "times the limit, both without the first submission",
        ),
        row("grading_first_submission", one.wall, "s from the command to the first grade"),
    ]
    return rows + [row(f"grading_{name}", middle.part(name), "ms per submission") for name in PARTS]


def growth(base: Path, wanted: courses.Scores, many: int, grades: int) -> list[Row]:
    """The same class once more, with a full gradebook, and as a large class."""
    place = base.parent / f"{base.name}-growth"
    small = courses.clone(base, place / "small")
    alone = grade(small)
    require_scores(small, wanted)
    full = courses.clone(base, place / "full")
    courses.fill_gradebook(full, grades)
    among_others = grade(full)
    require_scores(full, wanted)

    large = courses.clone(base, place / "large")
    whose = courses.repeat_class(large, many)
    # Memory is that of honest students; what a hostile one may take is a limit of the configuration.
    tell("memory")
    peaks = [memory(courses.clone(base, place / "small-memory")), memory(large)]
    courses.forget_grades(large, base)

    bad = sorted(whose)[::-1][::ONE_IN][: many // ONE_IN]
    for number, student in enumerate(bad):
        path = courses.submitted(large, student) / f"{courses.ASSIGNMENT}.ipynb"
        damage(path, KINDS[number % len(KINDS)])
    crowd = grade(large)
    require_scores(large, {s: wanted[author] for s, author in whose.items() if s not in bad})
    jobs = len(os.sched_getaffinity(0))
    rows = [
        row("grading_1000_wrong", 0, f"of the {many - len(bad)} honest ones among {len(bad)} others"),
        row("grading_1000", crowd.wall, f"s for {crowd.size} submissions"),
        row(
            "grading_1000_cost",
            _honest(crowd, bad) / _honest(alone),
            f"times the cost in a class of {alone.size}",
        ),
        row("grading_1000_record", crowd.part("record") / alone.part("record"), "times, of recording alone"),
        row(
            "grading_full_gradebook_record",
            among_others.part("record") / alone.part("record"),
            f"times, with {grades} other grades in the gradebook",
        ),
    ]
    for size, peak in zip((alone.size, crowd.size), peaks, strict=True):
        rows.append(row(f"grading_memory_worker_{size}", peak.started / jobs, MEMORY))
        rows.append(row(f"grading_memory_coordinator_{size}", peak.own, "MB (proportional)"))
    return rows


MEMORY = "MB (proportional; workers, sandbox and running submissions, per worker)"


def row(name: str, value: float, unit: str) -> Row:
    """One figure."""
    return {"name": name, "value": round(value, 3), "unit": unit}


def _honest(run: Run, bad: list[str] = []) -> float:  # noqa: B006, never changed
    """Mean seconds of a submission, its recording included, without the bad ones."""
    seconds = [row["seconds"] for row in run.report["rows"] if row["student"] not in bad]
    return statistics.mean(seconds) + run.report["seconds"]["record"] / run.size


def command(*options: str) -> list[str]:
    """`autograder grade` as it is installed."""
    return [courses.program("autograder"), "grade", courses.ASSIGNMENT, "--json", *options]


def grade(course: Path, *options: str) -> Run:
    """Grades a course with our command, in the sandbox."""
    tell(f"autograder grade {' '.join(options)}({course.name})")
    began = time.perf_counter()
    done = courses.execute(course, command(*options), codes=(0, 3))
    wall = time.perf_counter() - began
    report = json.loads(done.stdout)
    if not report["sandboxed"]:
        raise RuntimeError("there was no sandbox")
    tell(f"{wall:.1f} s for {len(report['rows'])}")
    return Run(wall, report)


def grade_with_nbgrader(course: Path) -> float:
    """Seconds that nbgrader's own preprocessors take for the course."""
    tell("nbgrader autograde, as it comes")
    began = time.perf_counter()
    courses.run(course, "nbgrader", "autograde", courses.ASSIGNMENT)
    wall = time.perf_counter() - began
    tell(f"{wall:.1f} s")
    return wall


def compare(ours: Any, theirs: Any) -> None:
    """Every cell of every student has the same score in both gradebooks.

    Raises:
        RuntimeError: it has not, and the figures would mean nothing.
    """
    different = [
        f"{student}, {cell}: {ours.get(student, {}).get(cell)} and nbgrader {value}"
        for student, cells in theirs.items()
        for cell, value in cells.items()
        if ours.get(student, {}).get(cell) != value
    ]
    if different or not theirs or ours.keys() != theirs.keys():
        raise RuntimeError(f"{len(different)} scores differ from nbgrader's: {'; '.join(different[:5])}")


def require_scores(course: Path, wanted: courses.Scores) -> None:
    """The gradebook says what the students' construction implies.

    Raises:
        RuntimeError: it does not.
    """
    different = courses.differences(course, wanted)
    if different:
        raise RuntimeError(f"{len(different)} wrong scores: {'; '.join(different[:5])}")


def least(course: Path, student: str, cores: int) -> tuple[float, float]:
    """Seconds of the class and of one student that no grader can go below, spread over the processors."""
    tell("the least")
    script = Path(__file__).parent / "bare_limit.py"
    done = courses.execute(course, [sys.executable, str(script), str(course), courses.ASSIGNMENT])
    found = json.loads(done.stdout)
    return found["cpu"] / cores, found["students"][student] / cores


def memory(course: Path) -> Peak:
    """The peak while a course is graded."""
    peak, status = measured(command(), course, courses.environment())
    if status not in (0, 3):
        raise RuntimeError(f"autograder grade ended with {status}")
    return peak
