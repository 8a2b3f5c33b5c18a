"""Points of a cell: never more than it has, never less than none, never a number that is none."""

import math

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine import scoring
from autograder.engine.assignment import MasterCell
from autograder.engine.scoring import Score, score_of_answer, score_of_outputs
from tests.engine.one_submission import MASTER, STUB, code, text

BY_NAME = {cell.name: cell for cell in MASTER}
ERROR = {"output_type": "error", "ename": "AssertionError", "evalue": "", "traceback": []}
WARNING = {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning: soon"}
PRINTED = {"output_type": "stream", "name": "stdout", "text": "0"}
SHOWN = {"output_type": "display_data", "data": {"text/plain": "0"}, "metadata": {}}


def result(text: object) -> dict:
    data = {"text/plain": text} if text is not None else {"text/html": "<b>1</b>"}
    return {"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}


@pytest.mark.parametrize(
    ("outputs", "points"),
    [
        ([], 4),
        ([ERROR], 0),
        ([result("3"), ERROR], 0),
        ([ERROR, result("3")], 0),
        ([result("3.5")], 3.5),
        ([result("0")], 0),
        ([result("4")], 4),
        ([result(" 2\n")], 2),
        ([result("1"), result("2")], 2),
        ([result("could not be checked")], 4),
        ([result("True")], 4),
        ([result("None")], 4),
        ([result("[1, 2]")], 4),
        ([result(None)], 4),
        ([WARNING], 4),
        ([WARNING, result("3")], 3),
        ([PRINTED, SHOWN], 4),
    ],
)
def test_the_outputs_of_a_test_are_its_points(outputs, points):
    assert score_of_outputs(outputs, 4.0) == Score(points)


@pytest.mark.parametrize(
    ("text", "points", "word"),
    [
        ("nan", 0, "not a number"),
        ("-nan", 0, "not a number"),
        ("inf", 4, "not between 0 and 4"),
        ("-inf", 0, "not between 0 and 4"),
        ("1e999", 4, "not between 0 and 4"),
        ("400", 4, "400 is not between 0 and 4"),
        ("-1", 0, "-1 is not between 0 and 4"),
    ],
)
def test_a_result_out_of_range_is_brought_into_it_and_flagged(text, points, word):
    score = score_of_outputs([result(text)], 4.0)
    assert score.points == points
    assert word in score.attention


RESULTS = (st.text(max_size=8) | st.floats().map(repr)).map(result)


@given(st.lists(st.sampled_from([ERROR, WARNING, PRINTED]) | RESULTS), st.floats(0, 1000))
def test_points_are_always_a_number_between_0_and_those_of_the_cell(outputs, points):
    score = score_of_outputs(outputs, points)
    assert type(score.points) is float
    assert 0 <= score.points <= points
    assert not math.isnan(score.points)


@pytest.mark.parametrize("stderr", [0, 1])
@pytest.mark.parametrize(
    "outputs",
    [[], [ERROR], [result("2.5")], [result("0")], [result("4.0")], [result("'four'")], [PRINTED], [SHOWN]],
)
def test_a_test_earns_what_nbgrader_gives_and_a_warning_costs_nothing(outputs, stderr):
    from nbgrader.utils import determine_grade

    about = {
        "grade": True,
        "solution": False,
        "points": 4,
        "grade_id": "t",
        "schema_version": 3,
        "task": False,
    }
    cell = nbformat.from_dict(code("assert True") | {"metadata": {"nbgrader": about}, "outputs": outputs})
    cell.metadata.nbgrader.update(locked=True, cell_type="code", checksum="")
    theirs, most = determine_grade(cell)
    assert most == 4
    assert score_of_outputs([WARNING] * stderr + outputs, 4.0).points == theirs
    if stderr:
        cell.outputs.insert(0, nbformat.from_dict(WARNING))
        assert determine_grade(cell)[0] == 0


# Answers that a person grades


def test_an_answer_is_for_a_person_and_no_answer_is_0():
    why = BY_NAME["why"]
    assert score_of_answer(text("Because.", "why"), why, False) == Score(None)
    assert score_of_answer(text(why.released, "why"), why, False) == Score(0.0)
    assert score_of_answer(text(f"\n{why.released} \n", "why"), why, False) == Score(0.0)
    assert score_of_answer(text("Because.", "why"), why, True) == Score(0.0)


def test_a_task_is_for_a_person_in_any_case():
    task = BY_NAME["map"]
    assert score_of_answer(text(task.released, "map"), task, False) == Score(None)
    assert score_of_answer(text("", "map"), task, True) == Score(None)


def test_code_that_is_graded_by_hand_is_unanswered_while_it_is_the_stub():
    draw = BY_NAME["draw"]
    assert scoring.is_unanswered(code(STUB.strip()), draw)
    assert not scoring.is_unanswered(code("print('a line')"), draw)


# The checksum, compared with nbgrader's own

FLAGS = [(g, s, locked, task) for g in (0, 1) for s in (0, 1) for locked in (0, 1) for task in (0, 1)]


@pytest.mark.parametrize("flags", FLAGS)
@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
@pytest.mark.parametrize("points", [0, 1, 2.5])
def test_the_checksum_is_nbgraders_for_every_kind_of_cell(flags, kind, points):
    from nbgrader.utils import compute_checksum

    grade, solution, locked, task = map(bool, flags)
    source = "def f():\n    return 'Zoë 名'\n"
    master = MasterCell(
        name="f-1",
        cell_type=kind,
        source=source,
        released=source,
        cell_id="f",
        locked=locked,
        checksum="",
        grade=grade,
        solution=solution,
        task=task,
        points=points,
    )
    cell = nbformat.from_dict(
        {"cell_type": kind, "source": source, "metadata": {"nbgrader": master.metadata}}
    )
    assert scoring.checksum({"source": source}, master) == compute_checksum(cell)
    assert scoring.checksum({"source": source + " "}, master) != compute_checksum(cell)
