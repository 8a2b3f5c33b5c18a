"""Small exercises for the tests of the harness, compiled and judged without a notebook."""

from collections.abc import Callable
from typing import Any

import pytest

from autograder.authoring import Exercise, exercise
from autograder.compiling import CompiledExercise, compile_exercise
from autograder.judge import Verdict, judge
from autograder.observation import observe, request_for


@pytest.fixture(scope="session")
def compiled() -> Callable[..., CompiledExercise]:
    """`compiled(made, solution)`: the exercise as data, with this solution as the reference."""

    def compile_one(made: Exercise, solution: Any = None, seed: int = 1, number: int = 2) -> CompiledExercise:
        return compile_exercise(made, number, {made.target: solution}, "demo", seed)

    return compile_one


@pytest.fixture(scope="session")
def judged() -> Callable[..., Verdict]:
    """`judged(one, answer)`: the verdict on a student who gives this answer; `hidden=True` as when graded."""

    def judge_one(one: CompiledExercise, answer: Any, hidden: bool = False, waiting_for: str = "") -> Verdict:
        return judged_as({one.visible["target"]: answer}, one, hidden, waiting_for)

    def judged_as(namespace: dict, one: CompiledExercise, hidden: bool, waiting_for: str) -> Verdict:
        secret = one.hidden if hidden else []
        rows = observe(namespace, request_for(one.visible, [*one.visible["checks"], *secret]))
        count = len(one.visible["checks"])
        return judge(one.visible, rows[:count], secret, rows[count:], waiting_for=waiting_for)

    return judge_one


def nps(scores):
    """The reference: promoters minus detractors in per cent of the valid answers."""
    valid = [score for score in scores if score is not None]
    if not valid:
        return None
    return 100 * sum((s >= 9) - (s <= 6) for s in valid) / len(valid)


@pytest.fixture
def nps_exercise() -> Exercise:
    """An exercise as `key.py` makes it: four cases, two hidden checks, four misconceptions."""
    made = exercise("nps", points=3, call="nps", title="Net Promoter Score")
    made.case([10, 9, 8, 3])
    made.case([0, 1, 10])
    made.case([])
    made.hidden(lambda rng: rng.integers(0, 11, 40).tolist(), n=4, name="random surveys")
    made.hidden_case([None, None], name="nobody answered")

    @made.misconception("Is an 8 a fan? Look again at where promoters start.")
    def passives_count_as_promoters(scores):
        return 100 * sum((s >= 7) - (s <= 6) for s in scores) / len(scores) if scores else None

    @made.misconception("Points, not a share of one.")
    def a_share(scores):
        return sum((s >= 9) - (s <= 6) for s in scores) / len(scores) if scores else None

    @made.misconception("What if nobody answered?")
    def no_care_for_nobody(scores):
        return 100 * sum((s >= 9) - (s <= 6) for s in scores) / len(scores)

    @made.misconception("What about the critics?")
    def promoters_only(scores):
        return 100 * sum(s >= 9 for s in scores) / len(scores) if scores else None

    @made.alternative
    def with_shares(scores):
        valid = [s for s in scores if s is not None]
        n = len(valid) or 1
        share = sum(s >= 9 for s in valid) / n - sum(s <= 6 for s in valid) / n
        return share * 100 if valid else None

    @made.alternative
    def with_a_loop(scores):
        total = n = 0
        for score in scores:
            if score is not None:
                n += 1
                total += 100 if score >= 9 else -100 if score <= 6 else 0
        return total / n if n else None

    return made


@pytest.fixture
def solution() -> Callable[..., Any]:
    """The right answer to `nps_exercise`."""
    return nps
