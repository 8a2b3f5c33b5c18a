"""What nbgrader grades, the engine grades alike: the same scores, the same left to a person, like outputs.

nbgrader's own example course and a course of plain tests are graded three times each: by nbgrader as it
comes, by `autograder grade`, and by `nbgrader autograde` with our step. The assignments of this project are
compared with the scores that the students' construction implies.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests import grading_course as courses

pytestmark = pytest.mark.slow

OUR_STEPS = """
c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.ClearOutput"]
c.Autograde.autograde_preprocessors = ["autograder.plugins.steps.GradeSubmission"]
"""
DOORS = ("autograder grade", "nbgrader autograde")
Answers = dict[str, str]

SQUARES = (
    "def squares(n):\n    if n < 1:\n        raise ValueError(n)\n    return [i**2 for i in range(1, n + 1)]"
)
SUM = "def sum_of_squares(n):\n    return sum(squares(n))"
RIGHT = {"squares": SQUARES, "sum_of_squares": SUM}
# What is written into the cells of nbgrader's example; all other cells stay as they were released.
EXAMPLE: dict[str, Answers] = {
    "blank": {},
    "everything": {
        **RIGHT,
        "sum_of_squares_equation": "$\\sum i^2$",
        "sum_of_squares_application": "print(sum_of_squares(3))\nsum_of_squares(4)",
        "part-a": "Fibonacci numbers.",
        "part-b": "Negative ones: it never stops.",
    },
    "wrong": {"squares": "def squares(n):\n    return [0] * n", "sum_of_squares": SUM},
    "forgets-errors-and-breaks": {
        **RIGHT,
        "squares": "def squares(n):\n    return [i * i for i in range(1, n + 1)]",
        "sum_of_squares_application": "1 / 0",
    },
    "repeats-itself-and-talks": {
        **RIGHT,
        "sum_of_squares": "def sum_of_squares(n):\n    return sum(i * i for i in range(n + 1))",
        "sum_of_squares_application": "import sys\nprint(1)\nprint(2, file=sys.stderr)\nsum_of_squares(2)",
    },
    "breaks": {"squares": "def squares(n)\n    return", "sum_of_squares": "raise RuntimeError('stop')"},
    "empties": {"part-a": "", "sum_of_squares_application": ""},
    "exits": {**RIGHT, "squares": SQUARES + "\nraise SystemExit"},
}

SHOWS = """import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, Markdown, display

display(HTML("<b>bold</b>"), Markdown("*text*"))
print("between")
plt.plot([1, 2])
plt.title("A line")
plt.show()
pd.DataFrame({"a": [1, 2]})"""
# The cells of the second course: name, what nbgrader shall do with it, source.
PLAIN: list[tuple[str, dict[str, Any], str]] = [
    (
        "double",
        {"solution": True},
        "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    ),
    ("half", {"grade": True, "points": 4}, "(1.5 if double(2) == 4 else 0.5) + (1 if double(3) == 6 else 0)"),
    (
        "secret",
        {"grade": True, "points": 2},
        "assert double(1) == 2\n### BEGIN HIDDEN TESTS\nassert double(-5) == -10\n### END HIDDEN TESTS",
    ),
    ("word", {"grade": True, "points": 2}, "assert double('a') == 'aa'\n'well done'"),
    ("silent", {"grade": True, "points": 1}, "result = double(2)"),
    ("prints", {"grade": True, "points": 1}, "print(double(2))\ndouble(2) > 0"),
    ("zero", {"grade": True, "points": 3}, "0.0"),
    ("magic", {"grade": True, "points": 1}, "%time double(1)\n!echo shell"),
    ("nothing", {"grade": True, "points": 0}, "assert double(2) == 4"),
    ("own", {"grade": True, "solution": True, "points": 5}, "# YOUR CODE HERE"),
]
DOUBLE: dict[str, Answers] = {
    "blank": {},
    "right": {"double": "def double(x):\n    return x + x"},
    "positive": {"double": "def double(x):\n    return 2 * abs(x)", "own": "double(3)"},
    "even": {"double": "def double(x):\n    return 4", "own": SHOWS},
    "prints": {"double": "def double(x):\n    print(2 * x)"},
    "raises": {
        "double": "class Odd(Exception):\n    pass\n\ndef double(x):\n    raise Odd(x)",
        "own": "raise KeyError('k')",
    },
    "interrupts": {
        "double": "def double(x):\n    return 2 * x\nraise KeyboardInterrupt",
        "own": "input('name?')",
    },
}


@dataclass(frozen=True)
class Three:
    """A course graded by nbgrader as it comes (`stock`) and through both of our doors."""

    stock: Path
    doors: dict[str, Path]
    assignment: str


@pytest.fixture(scope="module", params=["example", "plain"])
def graded(request, tmp_path_factory, require) -> Three:
    require("bubblewrap")
    base = tmp_path_factory.mktemp(request.param)
    if request.param == "example":
        fresh, assignment, answers = example_course(base), "ps1", EXAMPLE
    else:
        fresh, assignment, answers = plain_course(base), "plain", DOUBLE
    courses.run(fresh, "nbgrader", "generate_assignment", assignment)
    for student, written in answers.items():
        hand_in(fresh, assignment, student, written)
    stock = courses.clone(fresh, base / "stock")
    doors = {door: courses.clone(fresh, base / door.replace(" ", "-")) for door in DOORS}
    courses.run(stock, "nbgrader", "autograde", assignment)
    for door, course in doors.items():
        grade_through(door, course, assignment)
    return Three(stock, doors, assignment)


def example_course(base: Path) -> Path:
    courses.run(base, "nbgrader", "quickstart", "course")
    return base / "course"


def plain_course(base: Path) -> Path:
    source = base / "course" / "source" / "plain"
    source.mkdir(parents=True)
    (base / "course" / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n"
    )
    cells = [new_markdown_cell("# Doubles", id="title")]
    for name, about, text in PLAIN:
        cells.append(new_code_cell(text, id=name))
        cells[-1].metadata.nbgrader = meta(name, **about)
    cells.append(new_markdown_cell("Explain it.", id="task"))
    cells[-1].metadata.nbgrader = meta("task", task=True, locked=True, points=3)
    nb = new_notebook(cells=cells)
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, source / "plain.ipynb")
    return base / "course"


def meta(grade_id: str, **about: Any) -> dict[str, Any]:
    locked = bool(about.get("grade")) and not about.get("solution")
    plain = {"grade": False, "solution": False, "locked": locked, "task": False, "schema_version": 3}
    return {**plain, "grade_id": grade_id, **about}


def hand_in(course: Path, assignment: str, student: str, answers: Answers) -> None:
    folder = course / "submitted" / student / assignment
    shutil.copytree(course / "release" / assignment, folder)
    for path in folder.glob("*.ipynb"):
        nb = nbformat.read(path, as_version=4)
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(name, cell.source)
        nbformat.write(nb, path)


def grade_through(door: str, course: Path, assignment: str) -> None:
    if door == "autograder grade":
        courses.execute(course, [courses.program("autograder"), "grade", assignment])
        return
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(OUR_STEPS)
    courses.run(course, "nbgrader", "autograde", assignment)


def rows(course: Path, query: str) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    (path,) = [*course.glob("gradebook.db"), *course.glob("grading/gradebook.db")]
    connection = sqlite3.connect(path)
    try:
        return {tuple(row[:3]): tuple(row[3:]) for row in connection.execute(query)}
    finally:
        connection.close()


JOIN = """from {table} join submitted_notebook on {table}.notebook_id = submitted_notebook.id
    join notebook on notebook.id = submitted_notebook.notebook_id
    join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
    join base_cell on base_cell.id = {table}.cell_id"""
WHOSE = "submitted_assignment.student_id, notebook.name, base_cell.name"


def grades(course: Path) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """Automatic and manual points, extra credit and whether a person is needed, per student and cell."""
    columns = "auto_score, manual_score, extra_credit, needs_manual_grade"
    return rows(course, f"select {WHOSE}, {columns} {JOIN.format(table='grade')}")


def comments(course: Path) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    return rows(course, f"select {WHOSE}, auto_comment, manual_comment {JOIN.format(table='comment')}")


def outputs(course: Path, assignment: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Per code cell that is no check of ours: whose it is, and its outputs in kind."""
    for path in sorted(course.glob(f"**/autograded/*/{assignment}/*.ipynb")):
        nb = nbformat.read(path, as_version=4)
        for place, cell in enumerate(cell for cell in nb.cells if cell.cell_type == "code"):
            if not cell.source.startswith('check("'):
                kinds = [kind(output) for output in cell.outputs]
                # A kernel cuts what is printed into several outputs by the clock.
                together = [one for one, _ in itertools.groupby(kinds)]
                yield (path.parents[1].name, path.stem, str(place)), together


def kind(output: Any) -> tuple[str, Any]:
    """What sort of output this is, whatever it says."""
    if output.output_type == "stream":
        return "stream", output.name
    if output.output_type == "error":
        return "error", output.ename
    return output.output_type, sorted(output.data)


@pytest.mark.parametrize("door", DOORS)
def test_every_grade_is_the_one_that_nbgrader_gives(graded, door):
    wanted = grades(graded.stock)
    assert len({points for points, *_ in wanted.values()}) > 3
    assert different(wanted, grades(graded.doors[door])) == {}


@pytest.mark.parametrize("door", DOORS)
def test_every_comment_is_the_one_that_nbgrader_makes(graded, door):
    wanted = comments(graded.stock)
    assert {comment for comment, _ in wanted.values()} == {None, "No response."}
    assert different(wanted, comments(graded.doors[door])) == {}


@pytest.mark.parametrize("door", DOORS)
def test_every_cell_puts_out_what_it_does_in_a_kernel(graded, door):
    wanted = dict(outputs(graded.stock, graded.assignment))
    assert {one for shown in wanted.values() for one, _ in shown} >= {"stream", "error", "execute_result"}
    assert different(wanted, dict(outputs(graded.doors[door], graded.assignment))) == {}


def different(wanted: dict[Any, Any], found: dict[Any, Any]) -> dict[Any, Any]:
    """What is not the same: as nbgrader has it, and as we do."""
    keys = wanted.keys() | found.keys()
    return {key: (wanted.get(key), found.get(key)) for key in keys if wanted.get(key) != found.get(key)}


@pytest.fixture(scope="module", params=["m00_driving_licence"])
def honest(request, tmp_path_factory, require):
    """An assignment of this project with a few simulated students, and the scores they deserve."""
    require("bubblewrap")
    base = tmp_path_factory.mktemp("honest")
    fresh = courses.make_course(base / "fresh", request.param)
    students = courses.simulated(fresh, 3, request.param)
    courses.hand_in(fresh, students, request.param)
    stock = courses.clone(fresh, base / "stock")
    doors = {door: courses.clone(fresh, base / door.replace(" ", "-")) for door in DOORS}
    courses.grade_as_nbgrader_comes(stock)
    courses.run(stock, "nbgrader", "autograde", request.param)
    for door, course in doors.items():
        grade_through(door, course, request.param)
    return courses.implied(fresh, students, request.param), Three(stock, doors, request.param)


@pytest.mark.parametrize("door", DOORS)
def test_honest_students_get_what_their_construction_implies(honest, door):
    wanted, three = honest
    assert courses.differences(three.doors[door], wanted, three.assignment) == []


@pytest.mark.parametrize("door", DOORS)
def test_honest_cells_put_out_what_they_do_in_a_kernel(honest, door):
    _, three = honest
    wanted = dict(outputs(three.stock, three.assignment))
    assert len(wanted) > 10
    assert different(wanted, dict(outputs(three.doors[door], three.assignment))) == {}
