"""nbgrader's own commands go the whole way on one machine, with our settings and nothing else configured.

A small course is made in an empty folder, with a copy of `nbgrader_config.py`. Its one assignment is plain
nbgrader: assertions, no key. The environment is not activated, and the user has no settings of Jupyter.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "net_score"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader has no exchange on Windows"),
]


def mark(name: str, points: float | None = None, **flags: bool) -> dict[str, object]:
    """Metadata of a cell that nbgrader knows."""
    marks = {"schema_version": 3, "grade_id": name, "locked": False, "solution": False, "task": False}
    graded = {"grade": False} if points is None else {"grade": True, "points": points}
    return {"nbgrader": {**marks, **graded, **flags}}


def assignment() -> nbformat.NotebookNode:
    """One function for 2 points by assertion, and one written answer for 3 points by hand."""
    solution = "    ### BEGIN SOLUTION\n    return promoters - detractors\n    ### END SOLUTION"
    cells = [
        new_markdown_cell("# Net score", id="title"),
        new_code_cell(
            f"def net_score(promoters, detractors):\n{solution}",
            id="net-score",
            metadata=mark("net-score", solution=True),
        ),
        new_code_cell(
            "assert net_score(60, 20) == 40\n"
            "### BEGIN HIDDEN TESTS\nassert net_score(10, 30) == -20\n### END HIDDEN TESTS",
            id="net-score-check",
            metadata=mark("net-score-check", points=2, locked=True),
        ),
        new_markdown_cell(
            "### BEGIN SOLUTION\nPassives stay in the denominator.\n### END SOLUTION",
            id="why",
            metadata=mark("why", points=3, solution=True),
        ),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    source = folder / "source" / ASSIGNMENT
    (source / "parts").mkdir(parents=True)
    nbformat.write(assignment(), source / f"{ASSIGNMENT}.ipynb")
    (source / "answers.csv").write_text("score\n10\n", encoding="utf-8")
    (source / "parts" / "key.py").write_text("SECRET = 'hidden case'\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def python(course, tmp_path_factory) -> Callable[..., str]:
    """`python("-m", ...)` runs Python in the course's folder and returns what it said; it must succeed."""
    home = tmp_path_factory.mktemp("home")
    bare = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8"}

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        finished = subprocess.run(
            command, cwd=course, env=bare, capture_output=True, text=True, timeout=120, check=False
        )
        output = finished.stdout + finished.stderr
        assert finished.returncode == 0, output
        return output

    return run


@pytest.fixture(scope="module")
def way(course, python) -> SimpleNamespace:
    """The whole way of one student who writes a right function; what nbgrader said at each step."""
    said = SimpleNamespace()

    def nbgrader(*arguments: str) -> str:
        return python("-m", "nbgrader", *arguments)

    nbgrader("generate_assignment", ASSIGNMENT)
    nbgrader("release_assignment", ASSIGNMENT)
    said.released = nbgrader("list")
    nbgrader("fetch_assignment", ASSIGNMENT)

    answered = course / "grading" / "fetched" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(answered, as_version=4)
    notebook.cells[1].source = notebook.cells[1].source.replace("...", "return promoters - detractors")
    notebook.cells[3].source = "Passives stay in the denominator."
    nbformat.write(notebook, answered)

    said.validated = nbgrader("validate", str(answered))
    nbgrader("submit", ASSIGNMENT)
    said.inbound = nbgrader("list", "--inbound")
    nbgrader("collect", ASSIGNMENT)
    nbgrader("autograde", ASSIGNMENT)
    nbgrader("generate_feedback", ASSIGNMENT)
    nbgrader("release_feedback", ASSIGNMENT)
    nbgrader("fetch_feedback", ASSIGNMENT)
    nbgrader("export")
    return said


def test_the_student_gets_a_stub_that_runs(course, way):
    released = nbformat.read(course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    assert released.cells[1].source == (
        "def net_score(promoters, detractors):\n    # Write your code below this line.\n    ..."
    )
    exec(released.cells[1].source, {})
    assert released.cells[3].source == "Write your answer here."


def test_keys_and_hidden_tests_stay_behind(course, way):
    released = course / "release" / ASSIGNMENT
    files = sorted(path.name for path in released.rglob("*") if path.is_file())
    assert files == ["answers.csv", f"{ASSIGNMENT}.ipynb"]
    assert "-20" not in (released / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")
    for folder in ("release", "grading"):
        assert not list((course / folder).rglob("key.py"))


def test_the_exchange_lists_what_was_released_and_submitted(way):
    assert f"marketing4 {ASSIGNMENT}" in way.released
    assert f" {ASSIGNMENT} " in way.inbound
    assert "no feedback available" in way.inbound


def test_the_student_may_validate(way):
    assert "Success! Your notebook passes all the tests." in way.validated


def test_the_grade_is_recorded_and_the_written_answer_waits_for_a_reader(course, way):
    with Gradebook(f"sqlite:///{course / 'grading' / 'gradebook.db'}", "marketing4") as gradebook:
        (submission,) = gradebook.assignment_submissions(ASSIGNMENT)
        assert (submission.score, submission.max_score) == (2, 5)
        grades = {grade.name: grade for notebook in submission.notebooks for grade in notebook.grades}
        assert grades["net-score-check"].auto_score == 2
        assert grades["why"].needs_manual_grade


def test_feedback_reaches_the_student(course, way):
    (page,) = (course / "grading" / "fetched" / ASSIGNMENT / "feedback").rglob("*.html")
    assert "net_score" in page.read_text(encoding="utf-8")


def test_grades_are_exported(course, way):
    with (course / "grading" / "grades.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["assignment"], row["score"], row["max_score"]) == (ASSIGNMENT, "2.0", "5.0")


def test_the_assignment_list_of_jupyterlab_sees_the_same(course, way, python):
    listing = python(
        "-c",
        "import json, os\n"
        "from nbgrader.server_extensions.assignment_list.handlers import AssignmentList\n"
        "assignments = AssignmentList()\n"
        "assignments.root_dir = os.getcwd()\n"
        "print(json.dumps(assignments.list_assignments(course_id='marketing4')))",
    )
    answer = json.loads(listing.splitlines()[-1])
    assert answer["success"], answer["value"]
    fetched, submitted = answer["value"]
    assert fetched["status"] == "fetched"
    assert fetched["path"] == f"grading/fetched/{ASSIGNMENT}"
    (submission,) = submitted["submissions"]
    assert submission["local_feedback_path"].startswith(f"grading/fetched/{ASSIGNMENT}/feedback")


def test_files_from_a_learning_management_system_are_collected(course, way, python):
    archive = course / "grading" / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    handed_in = course / "grading" / "fetched" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    shutil.copy(handed_in, archive / f"sanne_{ASSIGNMENT}.ipynb")
    pattern = rf".*[\\/](?P<student_id>[a-z]+)_(?P<file_id>{ASSIGNMENT})\.ipynb"
    python("-m", "nbgrader", "zip_collect", ASSIGNMENT, f"--FileNameCollectorPlugin.named_regexp={pattern}")
    collected = course / "grading" / "submitted" / "sanne" / ASSIGNMENT
    assert (collected / f"{ASSIGNMENT}.ipynb").is_file()


def test_everything_generated_is_in_two_folders(course, way):
    names = {path.name for path in course.iterdir()}
    assert names == {"nbgrader_config.py", "source", "release", "grading"}


def test_every_user_may_use_the_exchange(course, way):
    assert (course / "grading" / "exchange").stat().st_mode & 0o777 == 0o777
