"""The student versions: up to date, the same every time, and without anything a student should not have."""

import json
from pathlib import Path

import nbformat
import pytest

from autograder.compiling import compile_assignment
from autograder.notebook import find_notebook, read_notebook, solution_cell_of
from autograder.releasing import assignments, differences

ROOT = Path(__file__).resolve().parent.parent
NAMES = assignments(ROOT)


def released_texts(name: str) -> dict[str, str]:
    folder = ROOT / "release" / name
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


def test_there_are_assignments_to_look_at():
    assert sorted(path.name for path in (ROOT / "release").iterdir() if path.is_dir()) == NAMES
    assert len(NAMES) >= 3


def test_the_committed_student_versions_are_what_the_sources_give():
    """To the byte, although they were built on another day and another machine."""
    assert differences(ROOT) == [], "`make release` builds them again"


@pytest.mark.parametrize("name", NAMES)
def test_a_release_holds_the_notebook_and_its_visible_checks_and_nothing_else(name):
    assert set(released_texts(name)) == {f"{name}.ipynb", "checks.json"}


@pytest.mark.parametrize("name", NAMES)
def test_no_solution_reaches_the_student(name):
    source = read_notebook(find_notebook(ROOT / "source" / name))
    text = "\n".join(released_texts(name).values())
    assert "BEGIN SOLUTION" not in text
    released = nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)
    # A task's text may name a line of Python as a tip; a code cell may not hold the solution's lines.
    code = "\n".join(cell.source for cell in released.cells if cell.cell_type == "code")
    found = 0
    for cell in source.cells:
        if "### BEGIN SOLUTION" not in cell.source:
            continue
        solution = cell.source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in solution.splitlines():
            # Short lines such as "return None" may stand in a worked example too.
            if len(line.strip()) > 25:
                found += 1
                assert line.strip() not in code, line
    assert found


@pytest.mark.parametrize("name", NAMES)
def test_no_hidden_input_or_answer_reaches_the_student(name):
    compiled = compile_assignment(ROOT / "source" / name, seed=12345)
    visible = (ROOT / "release" / name / "checks.json").read_text(encoding="utf-8")
    assert json.loads(visible) == json.loads(compiled.visible_json()), "the visible checks depend on the seed"
    for exercise in compiled.exercises:
        assert exercise.visible["hidden_checks"] == len(exercise.hidden)
        row = next(r for r in json.loads(visible)["exercises"] if r["name"] == exercise.visible["name"])
        assert len(row["checks"]) == len(exercise.source.checks)
        visible_inputs = [call["args"] for check in exercise.visible["checks"] for call in check["calls"]]
        for check in exercise.hidden:
            for call in check["calls"]:
                text = json.dumps(call["args"])
                if len(text) > 12 and call["args"] not in visible_inputs:
                    assert text not in json.dumps(row), f"{name}/{exercise.visible['name']}: {check['name']}"


@pytest.mark.parametrize("name", NAMES)
def test_every_graded_code_cell_is_one_locked_line(name):
    released = nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)
    code = [cell for cell in released.cells if cell.cell_type == "code"]
    graded = [cell for cell in code if cell.metadata.get("nbgrader", {}).get("grade")]
    assert graded
    for cell in graded:
        about = cell.metadata.nbgrader
        assert cell.source == f'check("{about.grade_id}")'
        assert about.locked
        assert solution_cell_of(released, about.grade_id) is not None
