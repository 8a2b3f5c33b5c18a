"""Small exercises for the tests of the harness, compiled and judged without a notebook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

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


@pytest.fixture
def assignment(tmp_path) -> Callable[..., Path]:
    """`assignment(key, nps="def nps(...): ...")`: a folder with this key and a notebook with these solutions.

    Each solution gets a graded check cell with as many points as in `points` (1 by default).
    """

    def write(key: str, points: dict[str, float] | None = None, setup: str = "", **solutions: str) -> Path:
        folder = tmp_path / "demo"
        folder.mkdir(exist_ok=True)
        (folder / "key.py").write_text(HEADER + key, encoding="utf-8")
        cells = [new_code_cell(setup, id="setup")]
        for name, code in solutions.items():
            marked = f"### BEGIN SOLUTION\n{code}\n### END SOLUTION"
            cells += [_cell(marked, f"{name}_answer", solution=True), _cell(f'check("{name}")', name)]
            cells[-1].metadata.nbgrader.update(grade=True, locked=True, points=(points or {}).get(name, 1))
        nb = new_notebook(cells=cells)
        nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(nb, folder / "demo.ipynb")
        return folder

    return write


# The key of a test begins on line 3.
HEADER = "import numpy as np\nfrom autograder.authoring import Comparison, exercise\n"


def _cell(code: str, grade_id: str, **about: bool) -> NotebookNode:
    cell = new_code_cell(code, id=grade_id)
    plain = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    cell.metadata.nbgrader = {**plain, "grade_id": grade_id, **about}
    return cell
