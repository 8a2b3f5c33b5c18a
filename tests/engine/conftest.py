"""What the tests of the engine share: sandboxes for all that is graded in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import pytest

from autograder.engine.grading import Graded, grade
from autograder.engine.limits import Limits
from autograder.engine.run import Ran, Run, Step
from autograder.engine.sandbox import Furnishing, Sandbox
from autograder.engine.submission import Submission
from tests.engine.one_submission import HASTY, LIMITS, Notebook, hand_in, small
from tests.engine.small_course import course, generated_course, to_postgresql, warm_sandbox

__all__ = ["course", "generated_course", "to_postgresql", "warm_sandbox"]  # fixtures

SECRET = "a-word-of-the-instructors-environment"


@pytest.fixture(scope="session")
def sandbox(require: Callable[[str], None]) -> Iterator[Sandbox]:
    """A sandbox that any number of runs may use, started where the environment holds a secret."""
    require("bubblewrap")
    os.environ["M4_SECRET"] = SECRET
    try:
        running = Sandbox(Furnishing(warm=("numpy", "matplotlib.pyplot"), limits=LIMITS))
    finally:
        del os.environ["M4_SECRET"]
    with running:
        yield running.wait()


@pytest.fixture(scope="session")
def hasty_sandbox(require: Callable[[str], None]) -> Iterator[Sandbox]:
    """A sandbox in which a cell has less than a second."""
    require("bubblewrap")
    with Sandbox(Furnishing(warm=("numpy",), limits=HASTY)) as running:
        yield running.wait()


@pytest.fixture
def run_cells(sandbox: Sandbox) -> Callable[..., Ran]:
    """`run_cells("x = 1", "x", limits=..., helper__py=b"...")`: what these cells give, in the sandbox."""
    return _runner(sandbox)


@pytest.fixture
def run_hastily(hasty_sandbox: Sandbox) -> Callable[..., Ran]:
    """The same where a cell has less than a second."""
    return _runner(hasty_sandbox)


def _runner(sandbox: Sandbox) -> Callable[..., Ran]:
    usual = sandbox.furnishing.limits

    def run(*cells: str | Step, limits: Limits = usual, requests: object = None, **files: bytes) -> Ran:
        steps = [Step(n, cell) if isinstance(cell, str) else cell for n, cell in enumerate(cells)]
        contents = hand_in(None, **files).files
        return Run(sandbox.address, "small", contents, steps, requests or {}, limits).go()

    return run


@pytest.fixture
def graded(sandbox: Sandbox) -> Callable[..., Graded]:
    """`graded(nb, helper__py=b"...")`: a submission of the assignment in memory, graded in the sandbox."""
    return _grader(sandbox)


@pytest.fixture
def graded_hastily(hasty_sandbox: Sandbox) -> Callable[..., Graded]:
    """The same where a cell has less than a second."""
    return _grader(hasty_sandbox)


def _grader(sandbox: Sandbox) -> Callable[..., Graded]:
    usual = sandbox.furnishing.limits

    def grade_one(submitted: Notebook | Submission, limits: Limits = usual, **files: bytes) -> Graded:
        submission = submitted if isinstance(submitted, Submission) else hand_in(submitted, **files)
        return grade(small(limits), submission, sandbox.address, True)

    return grade_one


def shown(outputs: Sequence[dict]) -> str:
    """All text of a cell's outputs."""
    parts = []
    for output in outputs:
        parts.append(output.get("text", "") + "\n".join(output.get("traceback", [])))
        parts += [str(value) for value in output.get("data", {}).values()]
    return "".join(parts)
