"""`nbgrader autograde` is the same engine: the same points, the same refusals, once for all notebooks."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.engine import pool
from autograder.engine.classroom import Classroom
from autograder.engine.course import Course
from autograder.engine.grading import given_up
from autograder.engine.sandbox import NoSandbox
from autograder.plugins import steps as module
from autograder.plugins.steps import CompileChecks, GradeSubmission, write_text
from tests.engine.small_course import SmallCourse, copy_of

Notebook = dict[str, Any]


def released(course: SmallCourse) -> Notebook:
    path = course.folder / "release" / "counts" / "counts.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))


def notebook_of(course: SmallCourse, student: str) -> Path:
    return course.submitted(student) / "counts.ipynb"


def about(nb: Notebook, name: str) -> dict[str, Any]:
    (found,) = [c for c in nb["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name]
    return found


def in_schema(version: int) -> Callable[[Notebook], Any]:
    def damage(nb: Notebook) -> None:
        for cell in nb["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"]["schema_version"] = version

    return damage


def copied(nb: Notebook) -> None:
    nb["cells"].append({**about(nb, "net"), "id": "copy"})
    nb["cells"].append(about(nb, "net_answer"))


def without(*names: str) -> Callable[[Notebook], Any]:
    def damage(nb: Notebook) -> None:
        for name in names:
            nb["cells"].remove(about(nb, name))

    return damage


def more_points(nb: Notebook) -> None:
    about(nb, "net")["metadata"]["nbgrader"].update(points=400, solution=True)
    about(nb, "share")["source"] = ["3.0"]


def retyped(nb: Notebook) -> None:
    cell = about(nb, "share")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def other_kernel(nb: Notebook) -> None:
    nb["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "R", "language": "R"}


def dies(nb: Notebook) -> None:
    about(nb, "net_answer")["source"].append("\nimport os; os._exit(1)")


FULL = {"net": 2.0, "share": 3.0, "why": None}
# What a student did to a notebook with right answers, and what it is worth.
DAMAGED: dict[str, tuple[Callable[[Notebook], Any], dict[str, float | None]]] = {
    "schema-1": (in_schema(1), FULL),
    "schema-99": (in_schema(99), FULL),
    "copied": (copied, FULL),
    "deleted": (without("net", "share"), FULL),
    "deleted-answer": (without("share_answer", "why"), FULL | {"share": 0.0, "why": 0.0}),
    "more-points": (more_points, FULL),
    "retyped": (retyped, FULL),
    "other-kernel": (other_kernel, FULL),
    "dies": (dies, FULL | {"net": 0.0}),
    "empty": (lambda nb: nb["cells"].clear(), {"net": 0.0, "share": 0.0, "why": 0.0}),
}


@pytest.fixture(scope="module")
def damaged_course(generated_course, tmp_path_factory) -> SmallCourse:
    """A class that handed in right answers in damaged notebooks, and one notebook that is none."""
    course = copy_of(generated_course, tmp_path_factory.mktemp("damaged") / "course")
    for student, (damage, _) in DAMAGED.items():
        course.hand_in(student)
        nb = json.loads(notebook_of(course, student).read_text(encoding="utf-8"))
        for cell in nb["cells"]:
            cell["source"] = (
                cell["source"].splitlines(keepends=True)
                if isinstance(cell["source"], str)
                else cell["source"]
            )
        damage(nb)
        notebook_of(course, student).write_text(json.dumps(nb), encoding="utf-8")
    course.hand_in("unreadable")
    notebook_of(course, "unreadable").write_text("{", encoding="utf-8")
    course.hand_in("zoe")
    return course


@pytest.fixture(scope="module")
def by_nbgrader(damaged_course) -> tuple[SmallCourse, str]:
    """The class graded by `nbgrader autograde`, and what that said."""
    done = damaged_course.nbgrader("autograde", "counts")
    return damaged_course, done.stdout


@pytest.mark.parametrize("student", DAMAGED)
def test_a_damaged_notebook_is_graded_by_nbgraders_own_command(by_nbgrader, student):
    course, said = by_nbgrader
    assert course.scores()[student] == DAMAGED[student][1], said[-3000:]
    nbformat.validate(nbformat.read(course.autograded(student) / "counts.ipynb", as_version=4))


def test_one_unreadable_notebook_stops_nobody(by_nbgrader):
    course, said = by_nbgrader
    assert course.scores()["zoe"] == FULL
    assert not course.autograded("unreadable").exists()
    assert "There was an error processing assignment 'counts' for student 'unreadable'" in said


def test_repairs_and_what_needs_attention_are_in_nbgraders_log(by_nbgrader):
    _, said = by_nbgrader
    for sentence in (
        "Repaired: the cell net was there 2 times",
        "Repaired: the settings of net were edited",
        "Repaired: another kernel was named: no-such-kernel",
        "Needs attention: ",
    ):
        assert sentence in said


def test_both_doors_lead_to_the_same_points(by_nbgrader, tmp_path):
    course, _ = by_nbgrader
    other = copy_of(course, tmp_path / "course")
    rows = other.rows("--force", "--jobs", "2")
    mine, theirs = other.scores(), course.scores()
    assert {name: mine[name] for name in DAMAGED} == {name: theirs[name] for name in DAMAGED}
    assert rows["unreadable"]["attention"] == ["counts.ipynb could not be read: it is not JSON"]
    assert mine["unreadable"] == {"net": 0.0, "share": 0.0, "why": 0.0}
    assert all(rows[name]["repairs"] for name in DAMAGED if name != "dies")


# The step itself


@pytest.fixture
def step(course, monkeypatch):
    """`step(notebook, student="ada", assignment="plain")`: what nbgrader calls for each notebook."""
    monkeypatch.chdir(course.folder)
    monkeypatch.setattr(module, "_served", None)
    with monkeypatch.context() as patch:
        patch.setattr(os, "environ", dict(os.environ))
        config = Course.open(course.folder).config
    made = GradeSubmission(config=config)
    made.log = logging.getLogger("step")

    def call(notebook: str, student: str = "ada", assignment: str = "plain") -> nbformat.NotebookNode:
        names = {"assignment": assignment, "student": student, "notebook": notebook, "db_url": course.db_url}
        nb, _ = made.preprocess(nbformat.v4.new_notebook(), {"nbgrader": names})
        return nb

    call.config = config
    return call


@pytest.fixture
def graded_times(monkeypatch) -> list[str]:
    """The submissions that were graded, by the hash of what was handed in; nothing is run."""
    times = []

    def grade_here(self, submission, furnishing):
        times.append(submission.hash)
        return given_up(self.assignment, submission, "a person decides", furnishing.walls)

    monkeypatch.setattr(Classroom, "grade_here", grade_here)
    return times


def hand_in_plain(course: SmallCourse, student: str = "ada", body: str = "    return 2 * number") -> None:
    course.hand_in_cells(student, "plain", {"one": {"double_answer": body}, "two": {"reason": "So."}})


def test_a_submission_is_graded_once_for_all_of_its_notebooks(course, step, graded_times):
    hand_in_plain(course)
    one, two = step("one"), step("two")
    assert len(graded_times) == 1
    assert "2 * number" in str(one)
    assert "So." in str(two)


def test_a_second_look_at_a_notebook_grades_again(course, step, graded_times):
    hand_in_plain(course)
    for notebook in ("one", "two", "one", "two"):
        step(notebook)
    assert len(graded_times) == 2


def test_another_hand_in_in_between_is_graded_as_such(course, step, graded_times):
    hand_in_plain(course)
    step("one")
    hand_in_plain(course, body="    return number + number")
    assert "number + number" in str(step("one"))
    assert len(set(graded_times)) == 2


def test_two_students_with_the_same_files_are_two_submissions(course, step, graded_times):
    for student in ("ada", "ben"):
        hand_in_plain(course, student)
    step("one", "ada")
    step("one", "ben")
    assert len(graded_times) == 2


def test_what_needs_attention_is_a_warning(course, step, graded_times, caplog):
    hand_in_plain(course)
    step("one")
    assert "Needs attention: a person decides" in caplog.text


def test_without_a_sandbox_nothing_is_graded_and_the_sentence_is_there(course, step, monkeypatch, tmp_path):
    hand_in_plain(course)
    monkeypatch.setattr(pool, "_own", {})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSandbox, match=r"bubblewrap is not installed.*--no-sandbox"):
        step("one")
    assert "ada" not in course.scores("plain")


def test_a_course_that_does_without_a_sandbox_is_warned_on_every_submission(
    course, step, graded_times, caplog
):
    hand_in_plain(course)
    step.config.Engine.sandbox = False
    step("one")
    assert "No sandbox" in caplog.text
    caplog.clear()
    step("two")
    assert "No sandbox" in caplog.text


# What a release holds


def test_the_checks_are_beside_the_released_notebook_and_the_hidden_ones_are_not(generated_course):
    folder = generated_course.folder / "release" / "counts"
    assert sorted(path.name for path in folder.iterdir()) == ["checks.json", "counts.ipynb"]
    hidden = generated_course.folder / "grading" / "hidden" / "counts.json"
    inputs = [
        check["calls"] for row in json.loads(hidden.read_text())["exercises"] for check in row["checks"]
    ]
    assert inputs
    assert "nobody at all" not in (folder / "checks.json").read_text()


def test_an_assignment_without_a_key_has_no_checks(generated_course):
    folder = generated_course.folder / "release" / "plain"
    assert sorted(path.name for path in folder.iterdir()) == ["one.ipynb", "table.csv", "two.ipynb"]
    assert not (generated_course.folder / "grading" / "hidden" / "plain.json").exists()


def test_compiling_does_not_change_the_notebook(course, step):
    nb = nbformat.v4.new_notebook()
    made = CompileChecks(config=step.config)
    assert made.preprocess(nb, {"nbgrader": {"assignment": "plain"}})[0] is nb


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "new" / "checks.json"
    write_text(path, "old\n")
    monkeypatch.setattr(Path, "replace", lambda self, target: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_text(path, "new\n")
    assert path.read_text() == "old\n"
