"""What is written for the student and what stays with the grader: data, the same every time."""

import json
import os
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from autograder.authoring import Comparison, KeyFault, exercise
from autograder.check_file import read_checks
from autograder.compiling import (
    CompiledKey,
    compile_assignment,
    compile_exercise,
    course_seed,
    needs_notebook,
)

KEY = """
SECRET_HELP = "a constant of the key"

nps = exercise("nps", points=3, call="nps", answer="points")
nps.case([10, 9, 8, 3])
nps.case([0, 1, 10], repeat=2)
nps.case([8] * 40, shown="many")
nps.hidden(lambda rng: rng.integers(0, 11, 30).tolist(), n=3, name="random surveys")
nps.hidden_case([4711, 4712], name="impossible answers")


@nps.misconception("Is an 8 a fan?")
def code_of_a_misconception(scores):
    inside_a_misconception = 100 * sum((s >= 7) - (s <= 6) for s in scores)
    return inside_a_misconception / len(scores)


@nps.alternative
def code_of_an_alternative(scores):
    inside_an_alternative = [(s >= 9) - (s <= 6) for s in scores]
    return 100 * sum(inside_an_alternative) / len(scores)


total = exercise("total", points=2, value="total", needs=["nps"])
total.wrong(-9876.5, "Which sign?")
total.right(9876.5)

parts = exercise("parts", points=1, value="parts")
parts.wrong({"shop": "Rotterdam", "rows": []}, "Which shop?")

claim = exercise("claim", points=1, choice="claim", options={"a": "Hm, a?", "b": "", "c": "Hm, c?"})
"""
SOLUTIONS = {
    "nps": "def nps(scores):\n    inside_the_solution = [(s >= 9) - (s <= 6) for s in scores]\n"
    "    return 100 * sum(inside_the_solution) / len(scores)",
    "total": "total = 9876.5",
    "parts": "parts = {'shop': 'Zwolle', 'rows': [12345, True]}",
    "claim": "claim = 'b'",
}
POINTS = {"nps": 3, "total": 2}


@pytest.fixture
def folder(assignment):
    return assignment(KEY, points=POINTS, **SOLUTIONS)


def test_the_same_key_gives_the_same_text(folder):
    first, second = compile_assignment(folder, 7), compile_assignment(folder, 7)
    assert first.visible_json() == second.visible_json()
    assert first.hidden_json() == second.hidden_json()


def test_the_text_is_the_same_in_another_process(folder):
    code = (
        "import sys, pathlib; from autograder.compiling import compile_assignment; "
        f"key = compile_assignment(pathlib.Path({str(folder)!r}), 7); "
        "sys.stdout.buffer.write((key.visible_json() + key.hidden_json()).encode())"
    )
    key = compile_assignment(folder, 7)
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert done.stdout.decode() == key.visible_json() + key.hidden_json()


def test_another_seed_draws_other_hidden_inputs_and_leaves_the_students_file_alone(folder):
    first, second = compile_assignment(folder, 7), compile_assignment(folder, 8)
    assert first.visible_json() == second.visible_json()
    assert first.hidden_json() != second.hidden_json()


def test_groups_and_exercises_are_drawn_independently():
    made = [exercise(name, points=1, call="f") for name in ("a", "b")]
    for one in made:
        one.case(1)
        one.hidden(lambda rng: int(rng.integers(10**9)), name="first")
        one.hidden(lambda rng: int(rng.integers(10**9)), name="second")
    drawn = [
        check["calls"][0]["args"][0]
        for one in made
        for check in compile_exercise(one, 1, {"f": lambda x: x}, "demo", 1).hidden
    ]
    assert len(set(drawn)) == 4


def test_the_students_file_has_no_code_no_solution_and_nothing_hidden(folder):
    key = compile_assignment(folder, 7)
    text = key.visible_json()
    for leak in (
        "inside_the_solution",
        "inside_a_misconception",
        "inside_an_alternative",
        "code_of_an_alternative",
        "a constant of the key",
        "lambda",
        "def ",
        "random surveys",
        "impossible answers",
        "4711",
    ):
        assert leak not in text
    # The numbers of a hidden input do not stand in the file in their order either.
    digits = re.sub(r"\s+", "", text)
    for exercise_ in key.exercises:
        for check in exercise_.hidden:
            for call in check["calls"]:
                assert json.dumps(call["args"]).replace(" ", "") not in digits


def test_the_answer_to_a_value_or_a_choice_is_not_in_the_students_file(folder):
    text = compile_assignment(folder, 7).visible_json()
    for leak in ("9876", "Zwolle", "12345", "Rotterdam"):
        assert leak not in text
    claim = read(folder)["claim"]
    assert claim["options"]["names"] == ["a", "b", "c"]
    assert "correct" not in json.dumps(claim)
    # The one option without a hint would be the answer.
    assert not {"a", "b", "c"} & set(claim["options"]["hints"])


def read(folder):
    path = folder / "checks.json"
    path.write_text(compile_assignment(folder, 7).visible_json(), encoding="utf-8")
    return read_checks(path, "demo")


def test_the_students_file_has_what_a_check_needs(folder):
    found = read(folder)
    assert list(found) == ["nps", "total", "parts", "claim"]
    nps = found["nps"]
    assert [check["name"] for check in nps["checks"]] == [
        "nps([10, 9, 8, 3])",
        "nps([0, 1, 10])",
        "nps(many)",
    ]
    assert [check["calls"][0]["expected"] for check in nps["checks"]] == [25.0, -100 / 3, 0.0]
    assert (nps["number"], nps["points"], nps["hidden_points"], nps["hidden_checks"]) == (1, 3.0, 1.0, 2)
    assert found["total"]["needs"] == ["nps"]


def test_large_data_that_several_calls_share_is_written_once():
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"score": rng.integers(10**9, 2 * 10**9, 400)})
    made = exercise("f", points=1, call="f")
    for number in range(5):
        made.case(table, number, shown=f"survey, {number}")
        made.case(table.score.tolist(), number, shown=f"scores, {number}")
    one = compile_exercise(made, 1, {"f": lambda data, n: n}, "demo", 1)
    text = CompiledKey("demo", (one,)).visible_json()
    assert text.count(str(table.score[200])) == 2
    assert len(json.loads(text)["data"]) == 2


def test_a_misconception_without_a_seed_does_not_change_the_text():
    made = exercise("draw", points=1, call="draw")
    made.case(3)
    made.case(3, repeat=2)

    @made.misconception("Does the seed reach it?")
    def unseeded(seed):
        return np.random.default_rng().random()

    texts = {
        CompiledKey("demo", (compile_exercise(made, 1, {"draw": float}, "demo", 1),)).visible_json()
        for _ in range(3)
    }
    assert len(texts) == 1


def test_a_misconception_may_crash_print_loop_or_change_its_argument(compiled):
    made = exercise("f", points=1, call="f", time_limit=0.3)
    made.case([1])
    for code in (
        "raise ValueError(x)",
        "print(x)",
        "x.clear()",
        "\n    while True: pass",
        "return (y for y in x)",
    ):
        scope = {}
        exec(f"def wrong(x):\n    {code}", scope)
        made.misconception(code)(scope["wrong"])
    outcomes = [wrong["outcomes"][0][0] for wrong in compiled(made, len).visible["misconceptions"]]
    assert outcomes == [
        {"raised": {"type": "ValueError"}},
        {"returned": None, "printed": True},
        {"returned": None, "changed": [0]},
        {"late": 0.3},
        {"returned": {"$": "object", "type": "generator"}},
    ]


def test_a_hidden_value_may_be_known_to_the_grader_in_full(folder):
    hidden = json.loads(compile_assignment(folder, 7).hidden_json())
    (nps, *rest) = hidden["exercises"]
    assert [check["name"] for check in nps["checks"]] == ["random surveys", "impossible answers"]
    assert all("expected" in call for check in nps["checks"] for call in check["calls"])
    assert nps["checks"][0]["misconceptions"].keys() == {"code_of_a_misconception"}
    assert all(row["checks"] == [] for row in rest)


def test_a_choice_of_several_hides_which_are_right(compiled):
    options = {"a": "Hm, a?", "b": "Hm, b?", "c": "Hm, c?"}
    made = exercise("claims", points=1, choice="claims", options=options)
    spec = compiled(made, {"a", "c"}).visible
    assert spec["options"]["multiple"]
    assert len(set(spec["options"]["members"].values())) == 3
    other = compiled(made, {"b"}).visible
    assert all(spec["options"]["members"][o] != other["options"]["members"][o] for o in options)


def test_self_checks_of_lessons_bring_their_own_answers():
    made = exercise("claim", points=0, choice="claim", options={"a": "", "b": "Hm?"}, correct="a")
    zero = exercise("zero", points=0, value="zero", correct=0)
    assert not needs_notebook([made, zero])
    assert needs_notebook([made, exercise("f", points=1, call="f")])


def test_a_tolerance_reaches_the_student(compiled, judged):
    made = exercise("f", points=1, call="f", compare=Comparison(abs=0.5))
    made.case(1)
    one = compiled(made, lambda x: 10.0)
    assert judged(one, lambda x: 10.4).state == "right"
    assert judged(one, lambda x: 10.6).state == "wrong"


def test_the_course_seed_is_drawn_once_and_kept(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_SEED", raising=False)
    seed = course_seed(tmp_path)
    assert course_seed(tmp_path) == seed
    (tmp_path / "grading" / "seed").write_text("my birthday")
    with pytest.raises(KeyFault, match=r"the course seed must be a whole number, got 'my birthday'"):
        course_seed(tmp_path)
    monkeypatch.setenv("AUTOGRADER_SEED", "12")
    assert course_seed(tmp_path) == 12
