"""`autograder grade` as a person sees it: progress with the time left, a table, lines for what to look at."""

from __future__ import annotations

import gc
import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from autograder.engine.course import Course, CourseFault
from autograder.engine.sandbox import Furnishing, NoSandbox, Sandbox
from autograder.engine.submission import shown

if TYPE_CHECKING:
    from autograder.engine.classroom import Report, Row

GRADED, IMPOSSIBLE, ATTENTION, INTERRUPTED = 0, 1, 3, 130
WITHOUT_WALLS = (
    "No sandbox: student code runs in your own account, and can read and change what you can. "
    "The journal records it."
)


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line."""

    assignment: str
    students: list[str] = field(default_factory=list)
    jobs: int = 0
    scheduler: str | None = None
    force: bool = False
    dry_run: bool = False
    sandbox: bool = True
    as_json: bool = False


def grade_assignment(root: Path, wishes: Wishes, console: Console, errors: Console) -> int:
    """Grades and reports; the exit status."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        course = Course.open(root)
        if wishes.dry_run:
            return _plan(course, wishes, console)
        furnishing = course.engine.furnishing(None if wishes.sandbox else False)
        if not furnishing.walls:
            errors.print(WITHOUT_WALLS, style="bold", highlight=False)
        report = _with_progress(course, wishes, furnishing, errors)
    except (CourseFault, NoSandbox, ValueError) as fault:
        errors.print(str(fault), style="bold", highlight=False, soft_wrap=True, markup=False)
        return IMPOSSIBLE
    except KeyboardInterrupt:
        errors.print("Stopped. Nothing is lost: run it again to go on.", highlight=False)
        return INTERRUPTED
    if wishes.as_json:
        console.print_json(json.dumps({**asdict(report)}))
    else:
        _print_table(report, console)
    for warning in report.warnings:
        errors.print(warning, style="bold", highlight=False, soft_wrap=True, markup=False)
    attention = [row for row in report.rows if row.attention]
    for row in attention:
        told = "; ".join(row.attention)
        errors.print(f"{shown(row.student)}: {told}", highlight=False, soft_wrap=True, markup=False)
    if report.interrupted:
        errors.print("Stopped. What is graded is recorded: run it again to go on.", highlight=False)
        return INTERRUPTED
    return ATTENTION if attention else GRADED


def _stop(signum: int, frame: Any) -> None:
    raise KeyboardInterrupt


def grade_class(
    course: Course,
    furnishing: Furnishing,
    wishes: Wishes,
    begin: Callable[[int], None] = lambda total: None,
    done: Callable[[Row], None] = lambda row: None,
) -> Report:
    """Grades as wished; `begin` is told how many submissions there are, `done` each one.

    Raises:
        CourseFault, NoSandbox: see there.
    """
    # An import makes much and leaves little behind that the collector would find.
    gc.disable()
    # The sandbox imports the course's packages while this process imports its own.
    sandbox = None if wishes.scheduler else Sandbox(furnishing)
    try:
        from autograder.engine.classroom import Classroom
        from autograder.engine.pool import cluster_workers, local_workers

        if sandbox is None:
            assert wishes.scheduler is not None
            workers = cluster_workers(wishes.scheduler)
        else:
            # One more than there are processors: while a submission is put away, the next one runs.
            jobs = wishes.jobs or course.engine.jobs or len(os.sched_getaffinity(0)) + 1
            gc.freeze()  # before the workers are forked, so that they go on sharing it
            workers = local_workers(jobs, sandbox)
        try:
            classroom = Classroom(course, wishes.assignment)
            gc.enable()
            try:
                begin(len(classroom.folders(wishes.students)))
                return classroom.grade(workers, furnishing, wishes.students, wishes.force, done)
            finally:
                classroom.close()
        finally:
            workers.close()
    finally:
        if sandbox is not None:
            sandbox.close()


def _with_progress(course: Course, wishes: Wishes, furnishing: Furnishing, errors: Console) -> Report:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Refreshed by us: a thread of its own would be in the way of the workers' forks.
    with Progress(*columns, console=errors, auto_refresh=False, disable=wishes.as_json) as bar:
        task = bar.add_task(f"Grading {wishes.assignment}", total=None)

        def begin(total: int) -> None:
            bar.update(task, total=total)

        def done(row: Row) -> None:
            bar.advance(task)
            bar.refresh()

        return grade_class(course, furnishing, wishes, begin, done)


def _plan(course: Course, wishes: Wishes, console: Console) -> int:
    from autograder.engine.classroom import Classroom

    classroom = Classroom(course, wishes.assignment)
    try:
        rows = classroom.plan(wishes.students, wishes.force)
    finally:
        classroom.close()
    if wishes.as_json:
        console.print_json(
            json.dumps({"assignment": wishes.assignment, "rows": [asdict(row) for row in rows]})
        )
        return GRADED
    for row in rows:
        if row.state != "up to date":
            console.print(f"would grade {shown(row.student)} ({row.state})", highlight=False, markup=False)
    counts = Counter(row.state for row in rows)
    console.print(", ".join(f"{number} {state}" for state, number in counts.items()), highlight=False)
    return GRADED


def _print_table(report: Report, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=report.assignment, title_justify="left")
    table.add_column("student", no_wrap=True, max_width=40)
    table.add_column(f"automatic points of {report.max_score:g}", justify="right")
    table.add_column("seconds", justify="right")
    table.add_column("state")
    table.add_column("repaired")
    for row in report.rows:
        score = "" if row.score is None else f"{row.score:g}"
        seconds = f"{row.seconds:.2f}" if row.seconds else ""
        table.add_row(escape(shown(row.student)), score, seconds, row.state, escape("; ".join(row.repairs)))
    console.print(table)
    counts = Counter(row.state for row in report.rows)
    told = ", ".join(f"{number} {state}" for state, number in counts.items()) or "nothing"
    walls = "" if report.sandboxed else ", without a sandbox"
    console.print(f"{told} in {report.seconds['in all']:.1f} s{walls}", highlight=False)
