"""A submission that signals "its group", or "its parent" where none is to be seen, ends only itself."""

import pytest

from autograder.engine.run import Run, Step
from autograder.engine.sandbox import Furnishing, Sandbox


@pytest.fixture(scope="module")
def sandbox(require):
    require("bubblewrap")
    with Sandbox(Furnishing(warm=())) as sandbox:
        yield sandbox.wait()


@pytest.mark.parametrize("whom", ["0", "os.getppid()", "-1"])
def test_a_signal_to_everyone_in_reach_leaves_the_sandbox_alive(sandbox, whom):
    code = f"import os, signal\nos.kill({whom}, signal.SIGKILL)"
    steps = [Step(0, code), Step(1, "print('on')")]
    ran = Run(sandbox.address, "work", {}, steps, {}, sandbox.furnishing.limits).go()
    assert sandbox.alive
    assert ran.outputs[1] == [{"output_type": "stream", "name": "stdout", "text": "on\n"}]
