"""Scores survive nbgrader's own rules when a course is graded by nbgrader as it comes, without our steps.

nbgrader gives no points for any text on stderr, and all points for a last value that is `np.float64(1.5)`,
`True`, `'ok'`, negative, NaN or a widget; it stops at a value above the maximum.
"""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade

from autograder.authoring import exercise
from autograder.compiling import CompiledKey, compile_exercise

TASKS = ("warns", "logs", "scalar", "truth", "word", "below", "widget", "above", "nan", "stops", "loops")
LOUD = """
import logging, sys, warnings
import ipywidgets, numpy as np
logging.basicConfig()
kept = sys.stderr
"""
# What each function does with a number; right is the number itself.
CAREFUL = {
    "warns": "import warnings; warnings.warn('old', DeprecationWarning); np.float64(1) / 0; return x",
    "logs": "logging.warning('a line'); print('another', file=kept, flush=True); return x",
    "scalar": "return np.float64(x)",
    "truth": "return x + 0.0",
}
CARELESS = {
    "warns": "import warnings; warnings.warn('old'); return -x",
    "logs": "logging.error('a line'); return None",
    "scalar": "return np.float64(1.5)",
    "truth": "return True",
    "word": "return 'ok'",
    "below": "return -5",
    "widget": "return ipywidgets.IntSlider()",
    "above": "return 10 ** 6",
    "nan": "return float('nan')",
    "stops": "raise SystemExit",
    "loops": "\n    while True:\n        pass",
}


def notebook(answers):
    """A notebook as a student hands it in: one function and one check cell a task."""
    cells = [new_code_cell("from autograder import Checker\ncheck = Checker('demo')\n" + LOUD, id="setup")]
    for name in TASKS:
        code = f"def {name}(x):\n    {answers.get(name, 'return x')}"
        cells += [
            new_code_cell(code, id=f"task-{name}"),
            new_code_cell(f"check('{name}')", id=f"check-{name}"),
        ]
        cells[-2].metadata.nbgrader = meta(f"{name}_answer", solution=True)
        cells[-1].metadata.nbgrader = meta(name, grade=True, points=3, locked=True)
    nb = new_notebook(cells=cells)
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nb


def meta(grade_id, **about):
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {**plain, "grade_id": grade_id, **about}


def checks():
    rows = []
    for number, name in enumerate(TASKS):
        made = exercise(name, points=3, call=name, time_limit=0.5)
        made.case(2)
        made.case(5)
        made.hidden_case(7, name="seven")
        rows.append(compile_exercise(made, number + 1, {name: lambda x: x}, "demo", 1))
    return CompiledKey("demo", tuple(rows)).visible_json()


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """The scores that stock nbgrader recorded for both students."""
    root = tmp_path_factory.mktemp("course")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'demo'\n")
    handed_in = {"source/demo": {}, "submitted/careful/demo": CAREFUL, "submitted/careless/demo": CARELESS}
    for place, answers in handed_in.items():
        (root / place).mkdir(parents=True)
        nbformat.write(notebook(answers), root / place / "demo.ipynb")
        (root / place / "checks.json").write_text(checks(), encoding="utf-8")
    # A student's own checks.json does not count: nbgrader puts the instructor's file in its place.
    (root / "submitted/careless/demo/checks.json").write_text("{}")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AUTOGRADER_", "NBGRADER_"))}
    # nbgrader starts `alembic` by its bare name.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    for command in (["generate_assignment", "demo"], ["autograde", "demo"]):
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for book in submission.notebooks
                for grade in book.grades
                if grade.name in TASKS
            }
            for submission in gradebook.assignment_submissions("demo")
        }


@pytest.mark.slow
@pytest.mark.parametrize("name", TASKS)
def test_a_right_answer_keeps_its_visible_points_whatever_it_shows(scores, name):
    assert scores["careful"][name] == (2.0, False)


@pytest.mark.slow
@pytest.mark.parametrize("name", TASKS)
def test_a_wrong_answer_earns_nothing_whatever_it_returns(scores, name):
    assert scores["careless"][name] == (0.0, False)


def graded(text):
    cell = new_code_cell("check('nps')", outputs=[new_output("execute_result", {"text/plain": text})])
    cell.metadata.nbgrader = meta("nps", grade=True, points=3)
    return determine_grade(cell)


def test_a_fault_of_ours_costs_the_student_nothing():
    assert graded("could not be checked") == (3.0, 3.0)
    assert graded("1.5") == (1.5, 3.0)
