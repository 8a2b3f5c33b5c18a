"""The whole path once, on a simulated class: generate, collect hand-ins as from an LMS, grade, feed back.

Every score in the gradebook is compared with the score that the student's construction implies.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.authoring import KeyFault
from autograder.compiling import CompiledKey, compile_assignment
from autograder.engine.course import Course, CourseFault
from autograder.engine.sandbox import NoSandbox
from autograder.grade_command import Wishes, grade_class
from autograder.key_file import load_key
from autograder.notebook import checked_exercise, find_notebook, is_solution, read_notebook, run_cells
from autograder.simulated_class import SimulatedStudent, draw_class
from autograder.verifying import evaluate

SUBMITTED_AT = "2026-01-15-10-00-00"


class DemoFailed(Exception):
    """A step did not work, or a score differs from what its construction implies; one sentence."""


@dataclass(frozen=True)
class Demo:
    """What came out of the demo."""

    folder: Path
    summary: dict[str, Any]


def run_demo(root: Path, assignment: str, size: int, seed: int, console: Console) -> Demo:
    """Runs the demo in `grading/demo/`, a course root of its own.

    Raises:
        DemoFailed, KeyFault: see there.
    """
    if not (root / "source" / assignment / "key.py").is_file():
        known = ", ".join(sorted(path.parent.name for path in (root / "source").glob("*/key.py")))
        raise KeyFault(f"there is no assignment {assignment!r}; there are: {known}")
    if size < 1:
        raise KeyFault(f"the class needs 1 student or more, got {size}")
    folder = _fresh_course(root, assignment)
    source = folder / "source" / assignment
    nb = read_notebook(find_notebook(source))
    students = draw_class(load_key(source / "key.py"), nb, source / "key.py", size, seed)
    compiled = compile_assignment(source, seed)
    steps = _Steps(folder, seed)
    columns = (TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Generating the assignment", total=size * 2 + 4)

        def done(what: str, count: int = 1) -> None:
            bar.update(task, advance=count, description=what)

        steps.run("generate_assignment", assignment)
        done("Collecting the hand-ins")
        _hand_in(folder, assignment, students, nb)
        steps.run("db", "student", "import", str(folder / "roster.csv"))
        done("Collecting the hand-ins")
        steps.run("zip_collect", assignment)
        done("Grading")
        warning = _grade(folder, assignment, lambda: done("Grading"))
        bar.update(task, description="Writing feedback")
        steps.run("generate_feedback", assignment, each="Converting ", tick=lambda: done("Writing feedback"))
        steps.run("export")
        bar.update(task, completed=size * 2 + 4, description="Done")
    implied = implied_scores(compiled, students, nb, source)
    summary = {**_summary(folder, assignment, students, implied, seed), "warning": warning}
    (folder / "summary.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n")
    return Demo(folder, summary)


def _fresh_course(root: Path, assignment: str) -> Path:
    folder = root / "grading" / "demo"
    if folder.exists():
        for path in folder.rglob("*"):
            # nbgrader writes grades as read-only files.
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    shutil.copyfile(root / "nbgrader_config.py", folder / "nbgrader_config.py")
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    shutil.copytree(root / "source" / assignment, folder / "source" / assignment, ignore=ignore)
    return folder


class _Steps:
    """nbgrader's own commands, run one after another in the demo's course."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        kept = {name: value for name, value in os.environ.items() if name != "AUTOGRADER_CHECKS"}
        self._environment = {**kept, "AUTOGRADER_SEED": str(seed), "JUPYTER_PLATFORM_DIRS": "1"}

    def run(self, *command: str, each: str = "", tick: Any = None) -> None:
        """Runs `nbgrader COMMAND …`; calls `tick` for each log line that has `each` in it."""
        with subprocess.Popen(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=self._folder,
            env=self._environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            lines = []
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line)
                if each and each in line:
                    tick()
        (self._folder / f"{command[0]}.log").write_text("".join(lines))
        if process.returncode:
            log = self._folder / f"{command[0]}.log"
            last = lines[-1].strip() if lines else "no output"
            raise DemoFailed(f"nbgrader {' '.join(command)} failed: {last} (see {log})")


def _grade(folder: Path, assignment: str, tick: Callable[[], None]) -> str:
    """Grades the class with the engine, behind walls if this system has them; a warning if it has not."""
    course, warning = Course.open(folder), ""
    try:
        try:
            grade_class(course, course.engine.furnishing(), Wishes(assignment), done=lambda row: tick())
        except NoSandbox as fault:
            # The simulated students are the course's own: nothing unknown is run.
            warning = f"{fault} This demo was graded without one."
            grade_class(course, course.engine.furnishing(False), Wishes(assignment), done=lambda row: tick())
    except (CourseFault, NoSandbox) as fault:
        raise DemoFailed(str(fault)) from None
    return warning


def _hand_in(folder: Path, assignment: str, students: list[SimulatedStudent], nb: Any) -> None:
    """One zip of files as a learning management system names them, and the class list."""
    archive = folder / "grading" / "downloaded" / assignment / "archive"
    archive.mkdir(parents=True)
    released = read_notebook(find_notebook(folder / "release" / assignment))
    name = find_notebook(folder / "release" / assignment).name
    with zipfile.ZipFile(archive / f"{assignment}_download.zip", "w") as bundle:
        for student in students:
            handed_in = _on_released(student, nb, released)
            file = f"{assignment}_{student.student_id}_attempt_{SUBMITTED_AT}_{name}"
            bundle.writestr(file, nbformat.writes(handed_in))
    rows = ["id,first_name,last_name,email"]
    rows += [f"{s.student_id},{s.first_name},{s.last_name},{s.student_id}@example.org" for s in students]
    (folder / "roster.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _on_released(student: SimulatedStudent, nb: Any, released: Any) -> Any:
    """The released notebook with the student's answers in its solution cells."""
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in student.notebook(nb).cells
        if is_solution(cell)
    }
    handed_in = copy.deepcopy(released)
    for cell in handed_in.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell.source = answers[grade_id]
    return handed_in


def implied_scores(
    compiled: CompiledKey, students: list[SimulatedStudent], nb: Any, folder: Path
) -> dict[str, dict[str, float]]:
    """Per student and exercise the points that follow from how the student was made.

    Computed from the answers themselves, without nbgrader, a kernel or a gradebook.
    """
    table: dict[str, dict[str, float]] = {}
    for student in students:
        namespace = run_cells(student.notebook(nb), folder, tolerant=True)
        table[student.student_id] = {
            exercise.source.name: evaluate(exercise, namespace).earned for exercise in compiled.exercises
        }
    return table


def _by_kind(
    student: SimulatedStudent,
    name: str,
    needs: Mapping[str, tuple[str, ...]],
    points: float,
    evaluated: float,
) -> float:
    """The points that the kind of answer alone implies, without any check; else those that were evaluated.

    A right answer earns all, an untouched or broken cell nothing. What a misconception earns, or an answer
    that calls the student's own wrong function, only the checks can say.
    """
    kinds = {pick.exercise: pick.kind for pick in student.picks}
    if kinds[name] in ("stub", "crash"):
        return 0.0

    def all_right(exercise: str) -> bool:
        mine = kinds[exercise] in ("reference", "alternative")
        return mine and all(all_right(need) for need in needs[exercise])

    return points if all_right(name) else evaluated


def _summary(
    folder: Path,
    assignment: str,
    students: list[SimulatedStudent],
    implied: Mapping[str, Mapping[str, float]],
    seed: int,
) -> dict[str, Any]:
    recorded, points = _recorded(folder, assignment)
    exercises = load_key(folder / "source" / assignment / "key.py")
    needs = {exercise.name: exercise.needs for exercise in exercises}
    differences = []
    for student in students:
        for name, wanted in implied[student.student_id].items():
            found = recorded.get(student.student_id, {}).get(name)
            wanted = _by_kind(student, name, needs, points[name], wanted)
            if found is None or abs(found - wanted) > 1e-9:
                differences.append(
                    {"student": student.student_id, "exercise": name, "implied": wanted, "recorded": found}
                )
    names = list(next(iter(implied.values())))
    shares = {
        name: sum(recorded[s.student_id][name] or 0 for s in students) / (len(students) * points[name])
        for name in names
        if points[name]
    }
    seen = _misconceptions(folder, assignment)
    totals = [sum(recorded[s.student_id][name] or 0 for name in names) for s in students]
    return {
        "assignment": assignment,
        "seed": seed,
        "students": len(students),
        "points": sum(points[name] for name in names),
        "mean": round(sum(totals) / len(totals), 2),
        "hardest_exercise": min(shares, key=lambda name: shares[name]),
        "share_of_points": {name: round(share, 3) for name, share in shares.items()},
        "commonest_misconception": seen.most_common(1)[0][0] if seen else None,
        "misconceptions": dict(seen.most_common()),
        "scores_compared": sum(len(row) for row in implied.values()),
        "differences": differences,
        "gradebook": str(folder / "grading" / "gradebook.db"),
        "csv": str(folder / "grading" / "grades.csv"),
        "feedback_page": str(_feedback_page(folder, assignment, students)),
    }


def _recorded(folder: Path, assignment: str) -> tuple[dict[str, dict[str, float | None]], dict[str, float]]:
    """The automatic scores in nbgrader's gradebook, and the points of each cell."""
    from nbgrader.api import Gradebook

    with Gradebook(
        f"sqlite:///{(folder / 'grading' / 'gradebook.db').as_posix()}", "marketing4"
    ) as gradebook:
        scores = {
            submission.student.id: {
                grade.name: grade.auto_score for book in submission.notebooks for grade in book.grades
            }
            for submission in gradebook.assignment_submissions(assignment)
        }
        cells = gradebook.find_assignment(assignment).notebooks[0].grade_cells
        return scores, {cell.name: float(cell.max_score) for cell in cells}


def _misconceptions(folder: Path, assignment: str) -> Counter[str]:
    """Which misconceptions the checks recognised, read from the graded notebooks."""
    seen: Counter[str] = Counter()
    for path in sorted((folder / "grading" / "autograded").glob(f"*/{assignment}/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            name = checked_exercise(cell)
            for output in cell.get("outputs", []) if name else []:
                found = output.get("metadata", {}).get("autograder", {}).get("misconception")
                if found:
                    seen[f"{name}: {found.replace('_', ' ')}"] += 1
    return seen


def _feedback_page(folder: Path, assignment: str, students: list[SimulatedStudent]) -> Path:
    pages = sorted((folder / "grading" / "feedback").glob(f"*/{assignment}/*.html"))
    if len(pages) != len(students):
        raise DemoFailed(f"{len(students)} students but {len(pages)} feedback pages")
    return pages[0]


def report(demo: Demo, console: Console) -> None:
    """Prints the table and the paths."""
    summary = demo.summary
    table = Table(title=f"{summary['assignment']}: a simulated class", show_header=False)
    for name, value in (
        ("students", str(summary["students"])),
        ("mean of automatic points", f"{summary['mean']:g} of {summary['points']:g}"),
        ("hardest exercise", summary["hardest_exercise"]),
        ("commonest misconception", summary["commonest_misconception"] or "none"),
        ("scores compared", f"{summary['scores_compared']}, {len(summary['differences'])} differences"),
    ):
        table.add_row(name, value)
    console.print(table)
    if summary["warning"]:
        console.print(summary["warning"], style="bold", highlight=False)
    for name in ("gradebook", "csv", "feedback_page"):
        console.print(f"{name.replace('_', ' ')}: {summary[name]}", soft_wrap=True, highlight=False)
    console.print(f"summary: {demo.folder / 'summary.json'}", soft_wrap=True, highlight=False)
