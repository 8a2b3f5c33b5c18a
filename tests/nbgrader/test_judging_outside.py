"""The verdict is computed outside the kernel: what a kernel may answer, and whose fault is whose."""

import logging

import pytest

from autograder.authoring import exercise
from autograder.compiling import compile_exercise
from autograder.nbgrader_steps import ExecuteAndJudge, readable
from autograder.observation import observe


@pytest.fixture
def grading():
    """A step in the middle of a notebook, whose kernel answers what `answer` holds."""
    double = exercise("double", points=3, call="double", title="Twice")
    double.case(2)
    double.case(5)
    double.hidden(lambda rng: int(rng.integers(10, 99)), n=3, name="larger numbers")
    triple = exercise("triple", points=2, call="triple", title="Three times", needs=("double",))
    triple.case(2)
    step = ExecuteAndJudge()
    step.log = logging.getLogger("test")
    step._verdicts = {}
    rows = {"double": lambda x: 2 * x, "triple": lambda x: 3 * x}
    made = [compile_exercise(one, place + 1, rows, "demo", 1) for place, one in enumerate((double, triple))]
    step._checks = {one.visible["name"]: one.visible for one in made}
    step._hidden = {one.visible["name"]: one.hidden for one in made}
    step.answer = None
    step._ask = lambda request, index: step.answer(request) if callable(step.answer) else step.answer
    return step


def answering(**functions):
    return lambda request: observe(functions, request)


def test_a_right_answer_earns_visible_and_hidden_points(grading):
    grading.answer = answering(double=lambda x: x + x)
    verdict = grading._judge("double", 0)
    assert (verdict.state, verdict.earned) == ("right", 3.0)


def test_an_answer_for_the_visible_cases_only_earns_no_hidden_points(grading):
    grading.answer = answering(double=lambda x: {2: 4, 5: 10}.get(x))
    verdict = grading._judge("double", 0)
    assert verdict.earned == 2.0
    assert "larger numbers" in verdict.headline


def test_the_kernel_is_sent_inputs_and_no_expected_value(grading):
    asked = []
    grading.answer = lambda request: asked.append(request)
    grading._judge("double", 0)
    assert "expected" not in str(asked)
    assert len(asked[0]["checks"]) == 3


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "all right",
        [[{"returned": {"$": "pickle", "v": "cos\nsystem"}}]] * 3,
        [[{"returned": {"$": "float", "v": "9" * 99}}]] * 3,
        [[{"raised": {"type": 7, "message": []}}]] * 3,
        [["returned"]] * 3,
        [[]] * 3,
        [[{"returned": 4}]],
        [[{}], [{}], [{}, {}, {}]],
        [[{"returned": 4}], [{"returned": 10}], [{"late": "now"}, {"printed": 3}, {"raised": 1}]],
    ],
)
def test_an_answer_that_is_no_data_earns_nothing(grading, answer):
    grading.answer = answer
    assert grading._judge("double", 0).earned == 0.0


def test_a_fault_of_the_course_costs_nothing_and_is_logged(grading, caplog):
    right = answering(double=lambda x: 2 * x)
    grading.answer = right
    grading._checks["double"]["compare"] = {"no_such_setting": 1}
    verdict = grading._judge("double", 0)
    assert (verdict.state, verdict.earned) == ("fault", 3.0)
    assert "double" in caplog.text


def test_a_wrong_answer_waits_for_the_exercise_it_needs_and_a_right_one_does_not(grading):
    grading.answer = answering(double=lambda x: x, triple=lambda x: x)
    grading._verdicts["double"] = grading._judge("double", 0)
    assert grading._judge("triple", 1).state == "waiting"
    grading.answer = answering(triple=lambda x: 3 * x)
    assert grading._judge("triple", 1).earned == 2.0


def test_what_observe_gives_is_readable():
    request = {
        "kind": "call",
        "target": "f",
        "time_limit": 1.0,
        "checks": [[{"args": [1]}], [{"args": ["x"]}]],
    }
    assert readable(observe({"f": lambda x: x + 1}, request), request)
    assert readable(observe({"f": 3}, request), request)
    assert readable(observe({"g": 3}, request), request)
