"""A key that cannot tell right from wrong is caught, rule by rule."""

import json

import pytest

from autograder import verifying
from autograder.verifying import verify_assignment

GOOD = """
share = exercise("share", points=3, call="share")
share.case(1, 4)
share.case(3, 4)
share.case(0, 0)
share.hidden(lambda rng: tuple(int(n) for n in rng.integers(1, 99, 2)), n=3, name="random shares")


@share.misconception("Per hundred?")
def fraction(part, whole):
    return part / whole if whole else None


@share.misconception("Which is the part?")
def upside_down(part, whole):
    return 100 * whole / part if part else None


@share.misconception("What if nobody answered?")
def divides_by_nobody(part, whole):
    return 100 * part / whole


@share.misconception("Two slashes?")
def cuts_off(part, whole):
    return part // whole * 100 if whole else None


@share.alternative
def other_order(part, whole):
    return part / whole * 100 if whole else None


@share.alternative
def with_try(part, whole):
    try:
        return 100 / whole * part
    except ZeroDivisionError:
        return None
"""
SOLUTION = "def share(part, whole):\n    if whole == 0:\n        return None\n    return 100 * part / whole"


@pytest.fixture
def proof(assignment):
    """The proof of the exercise `share` with this key, solution and stub."""

    def prove(key=GOOD, solution=SOLUTION, name="share", points=3, setup=""):
        folder = assignment(key, points={name: points}, setup=setup, **{name: solution})
        (found,) = verify_assignment(folder)
        return found

    return prove


def without(name):
    """The key without one of its answers."""
    blocks = GOOD.split("\n\n\n")
    return "\n\n\n".join(block for block in blocks if f"def {name}(" not in block)


def test_a_good_key_has_no_faults_and_all_its_mutants_are_detected(proof):
    found = proof()
    assert found.faults == ()
    assert (found.visible_checks, found.hidden_checks) == (3, 1)
    assert (found.right_answers, found.wrong_answers) == (3, 4)
    assert (found.mutants_detected, found.surviving) == (found.mutants, ())
    assert found.mutants >= 5


def test_a_proof_is_data(proof):
    told = json.loads(json.dumps(proof().to_json()))
    assert told["exercise"] == "share"
    assert told["faults"] == []
    assert told["mutants_detected"] == told["mutants"]


def test_an_alternative_that_is_rejected_is_a_fault(proof):
    key = (
        GOOD + "\n\n@share.alternative\ndef rounded(part, whole):\n    return round(100 * part / whole, 1)\n"
    )
    (fault,) = proof(key).faults
    assert fault.startswith("the right answer rounded earns ")
    assert "share(0, 0)" in fault


def test_a_misconception_that_is_accepted_is_a_fault(proof):
    key = (
        GOOD
        + "\n\n@share.misconception('Hm?')\ndef right(part, whole):\n    return other_order(part, whole)\n"
    )
    assert proof(key).faults == ("the wrong answer right is accepted",)


def test_a_misconception_that_no_case_tells_apart_from_another_is_a_fault(proof):
    key = GOOD + (
        "\n\n@share.misconception('Another hint.')\n"
        "def the_same(part, whole):\n    return fraction(part, whole)\n"
    )
    assert proof(key).faults == ("the wrong answer the_same gets the hint 'Per hundred?' instead of its own",)


def test_a_hint_that_only_comes_after_submission_is_a_fault(proof):
    key = GOOD + (
        "\n\n@share.misconception('One more, cut?')\n"
        "def cuts_then_adds(part, whole):\n    return 100 * part // whole + 1 if whole else None\n"
        "\n\n@share.misconception('One more, rounded?')\n"
        "def rounds_then_adds(part, whole):\n    return round(100 * part / whole) + 1 if whole else None\n"
    )
    (fault,) = proof(key).faults
    assert fault.startswith(
        "the wrong answer rounds_then_adds gets the hint 'One more, cut?' in the notebook"
    )


def test_a_hint_that_is_shared_is_a_fault(proof):
    assert (
        "two wrong answers have the same hint" in proof(GOOD.replace("Two slashes?", "Per hundred?")).faults
    )


def test_a_hint_that_is_empty_is_a_fault(proof):
    assert "a wrong answer has no hint" in proof(GOOD.replace("Two slashes?", " ")).faults


def test_too_few_answers_are_a_fault(proof):
    assert proof(without("cuts_off")).faults == ("it has 3 wrong answers with a hint; it needs 4",)
    assert proof(without("with_try")).faults == ("it has 1 other right answers; it needs 2",)


def test_a_stub_that_earns_is_a_fault(proof):
    # Whatever runs before the stub counts: here the setup cell defines the function already.
    assert proof(setup=SOLUTION).faults == ("the untouched stub earns 3",)
    assert proof(setup="def share(part, whole):\n    return None").faults == ()


def test_an_answer_hard_coded_to_the_visible_cases_is_a_fault_if_it_earns_hidden_points(proof):
    key = GOOD.replace(
        'share.hidden(lambda rng: tuple(int(n) for n in rng.integers(1, 99, 2)), n=3, name="random shares")',
        'share.hidden_case(6, 8, name="three quarters again")',
    )
    assert "an answer hard-coded to the visible cases, else the answer to case 2, earns hidden points" in (
        proof(key).faults
    )


def test_a_part_that_only_expects_none_is_not_earned_by_guessing_none(proof):
    key = GOOD.replace(
        'share.hidden(lambda rng: tuple(int(n) for n in rng.integers(1, 99, 2)), n=3, name="random shares")',
        'share.hidden_case(7, 0, name="seven of nobody")',
    )
    assert any("else None, earns hidden points" in fault for fault in proof(key).faults)


def test_mutants_that_no_case_detects_are_listed(proof):
    solution = SOLUTION.replace("whole == 0", "whole <= 0")
    found = proof(solution=solution)
    assert found.faults == ()
    assert any("becomes" in what for what in found.surviving)
    assert found.mutants_detected < found.mutants


def test_a_mutant_that_never_ends_is_detected(proof, monkeypatch):
    monkeypatch.setattr(verifying, "MUTANT_SECONDS", 0.2)
    solution = (
        "def share(part, whole):\n    if whole == 0:\n        return None\n    total, n = 0, 0\n"
        "    while n < 100:\n        n += 1\n        total += part / whole\n    return total\n"
        "step = 0\nwhile step < 3:\n    step += 1"
    )
    found = proof(solution=solution)
    assert found.faults == ()
    assert found.mutants_detected > found.mutants / 2


CHOICE = """
claim = exercise("claim", points=1, choice="claim", options={"a": "Think of a.", "b": "", "c": "Think of c."})
"""


def test_a_choice_is_proven_option_by_option(proof):
    found = proof(CHOICE, "claim = 'b'", "claim", 1)
    assert (found.faults, found.wrong_answers, found.mutants) == ((), 2, 0)


def test_an_option_without_a_hint_is_a_fault(proof):
    key = CHOICE.replace('"b": ""', '"b": "", "d": ""')
    assert proof(key, "claim = 'b'", "claim", 1).faults == ("the wrong answer option d has no hint",)
    key = CHOICE.replace("Think of c.", "")
    faults = proof(key, "claim = {'a'}", "claim", 1).faults
    assert "the wrong answer misjudges_b has no hint" in faults
    assert "the wrong answer misjudges_c has no hint" in faults


def test_a_value_is_proven_with_its_other_forms(proof):
    key = "total = exercise('total', points=1, value='total')\n"
    for wrong in (-4.5, 45.0, 0.045, 5):
        key += f"total.wrong({wrong}, 'Why {wrong}?')\n"
    key += "total.right(np.float64(4.5))\ntotal.right(4.5000001)\n"
    found = proof(key, "total = 4.5", "total", 1)
    assert (found.faults, found.wrong_answers, found.right_answers) == ((), 4, 3)


def test_every_seed_is_tried(assignment):
    key = GOOD.replace(
        "lambda rng: tuple(int(n) for n in rng.integers(1, 99, 2)), n=3",
        "lambda rng: (3, 4) if rng.random() < 0.9 else (5, 7), n=1",
    )
    folder = assignment(key, points={"share": 3}, share=SOLUTION)
    (unlucky,) = verify_assignment(folder, seeds=range(1, 9))
    assert any("earns hidden points" in fault for fault in unlucky.faults)


def test_an_ungraded_self_check_needs_half(assignment):
    key = GOOD.replace("points=3", "points=0").replace(
        'share.hidden(lambda rng: tuple(int(n) for n in rng.integers(1, 99, 2)), n=3, name="random shares")',
        "",
    )
    key += "\n\n@share.reference\ndef reference(part, whole):\n    return with_try(part, whole)\n"
    for name in ("cuts_off", "divides_by_nobody", "other_order"):
        blocks = key.split("\n\n\n")
        key = "\n\n\n".join(block for block in blocks if f"def {name}(" not in block)
    folder = assignment(key)
    (folder / "demo.ipynb").unlink()
    (found,) = verify_assignment(folder)
    assert found.faults == ()
