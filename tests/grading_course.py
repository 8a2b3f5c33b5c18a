"""Builds courses with a simulated class, to be graded by our engine or by nbgrader as it comes.

For tests and benchmarks; knows nothing of what is expected of the graders.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat

from autograder.check_file import read_checks
from autograder.compiling import compile_assignment
from autograder.demo import implied_scores
from autograder.engine.assignment import HIDDEN_FOLDER
from autograder.key_file import load_key
from autograder.notebook import find_notebook, is_solution, read_notebook
from autograder.simulated_class import SimulatedStudent, draw_class

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "m09a_nps"
SEED = 4

Scores = dict[str, dict[str, float]]


def environment() -> dict[str, str]:
    """For nbgrader's and our commands: nothing of the caller's grading, the same hidden checks every time."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AUTOGRADER_", "NBGRADER_"))}
    programs = str(Path(sys.executable).parent)
    path = os.pathsep.join([programs, kept.get("PATH", "")])
    return {**kept, "PATH": path, "AUTOGRADER_SEED": str(SEED), "JUPYTER_PLATFORM_DIRS": "1"}


def run(course: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs `python -m COMMAND …` in a course; the rest as `execute`."""
    return execute(course, [sys.executable, "-m", *command])


def program(name: str) -> str:
    """A program that is installed beside this Python."""
    return str(Path(sys.executable).parent / name)


def execute(
    course: Path, command: list[str], codes: Iterable[int] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Runs a command in a course.

    Raises:
        RuntimeError: it ended with another exit status than one of `codes`.
    """
    done = subprocess.run(command, cwd=course, env=environment(), text=True, capture_output=True, check=False)
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done


def make_course(course: Path, assignment: str = ASSIGNMENT) -> Path:
    """A course with one generated assignment of this project."""
    course.mkdir(parents=True)
    shutil.copyfile(ROOT / "nbgrader_config.py", course / "nbgrader_config.py")
    ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    shutil.copytree(ROOT / "source" / assignment, course / "source" / assignment, ignore=ignore)
    run(course, "nbgrader", "generate_assignment", assignment)
    return course


def simulated(course: Path, size: int, assignment: str = ASSIGNMENT) -> list[SimulatedStudent]:
    """The class; the same for the same size."""
    source = course / "source" / assignment
    nb = read_notebook(find_notebook(source))
    return draw_class(load_key(source / "key.py"), nb, source / "key.py", size, SEED)


def implied(course: Path, students: list[SimulatedStudent], assignment: str = ASSIGNMENT) -> Scores:
    """The scores that follow from how the students were made, hidden checks included."""
    source = course / "source" / assignment
    nb = read_notebook(find_notebook(source))
    return implied_scores(compile_assignment(source, SEED), students, nb, source)


def hand_in(course: Path, students: list[SimulatedStudent], assignment: str = ASSIGNMENT) -> None:
    """Each student's answers in the released notebook, as a submission."""
    nb = read_notebook(find_notebook(course / "source" / assignment))
    released = course / "release" / assignment
    blank = read_notebook(find_notebook(released))
    for student in students:
        answers = {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in student.notebook(nb).cells
            if is_solution(cell)
        }
        filled = copy.deepcopy(blank)
        for cell in filled.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(name, cell.source)
        folder = submitted(course, student.student_id, assignment)
        folder.mkdir(parents=True)
        nbformat.write(filled, folder / find_notebook(released).name)


def submitted(course: Path, student: str, assignment: str = ASSIGNMENT) -> Path:
    """The folder of a submission."""
    return course / "grading" / "submitted" / student / assignment


def repeat_class(course: Path, size: int, assignment: str = ASSIGNMENT) -> dict[str, str]:
    """More students with the same submissions in turn; whose submission each one of all has handed in."""
    folder = course / "grading" / "submitted"
    authors = sorted(path.name for path in folder.iterdir())
    whose = {author: author for author in authors}
    for number in range(len(authors), size):
        author = authors[number % len(authors)]
        whose[f"t{number:05d}"] = author
        shutil.copytree(
            submitted(course, author, assignment), submitted(course, f"t{number:05d}", assignment)
        )
    return whose


def clone(course: Path, place: Path) -> Path:
    """A copy of a course at another place: its configuration names no place but its own."""
    shutil.copytree(course, place)
    return place


def show_all_checks(course: Path, assignment: str = ASSIGNMENT) -> None:
    """Makes the hidden checks visible ones, so that nbgrader as it comes makes the same calls as we do."""
    visible_path = course / "release" / assignment / "checks.json"
    hidden_path = course / HIDDEN_FOLDER / f"{assignment}.json"
    hidden = {name: row["checks"] for name, row in read_checks(hidden_path, assignment).items()}
    specs = list(read_checks(visible_path, assignment).values())
    for spec in specs:
        secret = hidden.get(spec["name"], [])
        for wrong in spec["misconceptions"]:
            wrong["outcomes"] = [*wrong["outcomes"], *(one["misconceptions"][wrong["id"]] for one in secret)]
        plain = [{key: one[key] for key in ("name", "calls")} for one in secret]
        spec |= {"checks": [*spec["checks"], *plain], "hidden_checks": 0, "hidden_points": 0.0}
    empty = [{"name": spec["name"], "checks": []} for spec in specs]
    for path, rows in ((visible_path, specs), (hidden_path, empty)):
        document = {"format": 1, "assignment": assignment, "exercises": rows, "data": {}}
        path.write_text(json.dumps(document), encoding="utf-8")


def grade_as_nbgrader_comes(course: Path) -> None:
    """Takes our steps out of the course's grading; what is left is nbgrader's own list."""
    path = course / "nbgrader_config.py"
    kept = [line for line in path.read_text().splitlines() if not line.startswith("c.Autograde.")]
    path.write_text("\n".join(kept) + "\n")


def forget_grades(course: Path, fresh: Path) -> None:
    """Puts the gradebook of a course that was not graded in the place of this one's."""
    shutil.copyfile(gradebook(fresh), gradebook(course))


def gradebook(course: Path) -> Path:
    """The file of the gradebook."""
    return course / "grading" / "gradebook.db"


def recorded(course: Path, assignment: str = ASSIGNMENT) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Per student and graded cell its automatic points, and whether a person must look."""
    rows = _rows(
        course,
        """select submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.needs_manual_grade
           from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id
           join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
           join assignment on assignment.id = submitted_assignment.assignment_id
           join base_cell on base_cell.id = grade.cell_id where assignment.name = ?""",
        (assignment,),
    )
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for student, cell, *values in rows:
        found.setdefault(student, {})[cell] = tuple(values)
    return found


def differences(
    course: Path, wanted: Mapping[str, Mapping[str, float]], assignment: str = ASSIGNMENT
) -> list[str]:
    """Where the gradebook does not say what is wanted, one sentence each."""
    found = recorded(course, assignment)
    return [
        f"{student}, {cell}: {found.get(student, {}).get(cell)} instead of {points:g}"
        for student, row in wanted.items()
        for cell, points in row.items()
        if not _is(found.get(student, {}).get(cell, (None,))[0], points)
    ]


def _is(score: float | None, points: float) -> bool:
    return score is not None and abs(score - points) < 1e-9


def _rows(course: Path, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
    connection = sqlite3.connect(gradebook(course))
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def fill_gradebook(course: Path, grades: int) -> None:
    """Grades of other students for other assignments of the course, as many rows as are wanted.

    The other assignments have the cells of this one, so each row is as long as a real one.
    """
    connection = sqlite3.connect(gradebook(course))
    with connection:
        cells = connection.execute(
            "select base_cell.id from grade_cells join base_cell on base_cell.id = grade_cells.id"
        ).fetchall()
        (course_id,) = connection.execute("select id from course").fetchone()
        made = 0
        number = 0
        while made < grades:
            number += 1
            assignment, notebook = uuid4().hex, uuid4().hex
            connection.execute(
                "insert into assignment (id, name, course_id) values (?, ?, ?)",
                (assignment, f"earlier{number}", course_id),
            )
            connection.execute(
                "insert into notebook (id, name, assignment_id) values (?, ?, ?)",
                (notebook, f"earlier{number}", assignment),
            )
            own = [uuid4().hex for _ in cells]
            for place, cell in enumerate(own):
                connection.execute(
                    "insert into base_cell (id, name, notebook_id, type) values (?, ?, ?, 'GradeCell')",
                    (cell, f"task{place}", notebook),
                )
                connection.execute(
                    "insert into grade_cells (id, max_score, cell_type) values (?, 1, 'code')", (cell,)
                )
            for place in range(100):
                student = f"earlier-{place:03d}"
                connection.execute("insert or ignore into student (id) values (?)", (student,))
                work, book = uuid4().hex, uuid4().hex
                connection.execute(
                    "insert into submitted_assignment (id, assignment_id, student_id) values (?, ?, ?)",
                    (work, assignment, student),
                )
                connection.execute(
                    "insert into submitted_notebook (id, assignment_id, notebook_id) values (?, ?, ?)",
                    (book, work, notebook),
                )
                connection.executemany(
                    "insert into grade (id, cell_id, notebook_id, auto_score, needs_manual_grade) "
                    "values (?, ?, ?, 1, 0)",
                    [(uuid4().hex, cell, book) for cell in own],
                )
                made += len(own)
    connection.close()
