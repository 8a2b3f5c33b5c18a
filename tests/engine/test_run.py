"""What comes back from a run is the student's word; a run that dies goes on; nothing takes too long."""

import json
import time
from collections.abc import Callable

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine import run as module
from autograder.engine.limits import Limits
from autograder.engine.run import Ran, Run, Step, is_observation
from autograder.observation import observe
from tests.engine.conftest import shown
from tests.engine.one_submission import LIMITS, RunHere, code
from tests.engine.scripted_sandbox import Script, ScriptedSandbox, Talk, obedient

PRINTED = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
CALLS = {
    "kind": "call",
    "target": "f",
    "time_limit": 0.5,
    "checks": [[{"args": [1]}, {"args": [2]}], [{"args": [3]}]],
}
STEPS = [Step(0, "a"), Step(1, hold="f", kind="call", target="f"), Step(2, "b")]


@pytest.fixture
def against(tmp_path, monkeypatch):
    """`against(script, ...)`: a run of three steps against a sandbox that plays these scripts."""
    monkeypatch.setattr(module, "GRACE", 0.6)

    def run(*scripts: Script, limits: Limits = LIMITS, **asked: object) -> Ran:
        with ScriptedSandbox(tmp_path, *scripts) as sandbox:
            ran = Run(sandbox.address, "small", {}, STEPS, asked or {"f": CALLS}, limits).go()
        run.runs, run.heard = sandbox.runs, sandbox.heard
        return ran

    return run


def values(question: dict) -> list:
    return [{"returned": call["args"][0]} for check in question["request"]["checks"] for call in check]


ROWS = [[{"returned": 1}, {"returned": 2}], [{"returned": 3}]]


# When all goes well


def test_outputs_and_answers_come_back_in_the_order_of_the_checks(against):
    ran = against(obedient(values, {0: PRINTED}))
    assert ran.outputs == {0: PRINTED, 2: []}
    assert ran.observations == {"f": ROWS}
    assert ran.notes == []
    assert against.runs == 1


def test_no_input_is_sent_before_the_last_cell_has_run(against):
    def suspicious(talk):
        assert "request" not in str(talk.job)
        assert "args" not in str(talk.job)
        obedient(values)(talk)

    assert against(suspicious).observations == {"f": ROWS}
    job, question = against.heard
    assert [set(step) for step in job["steps"]] == [
        {"cell", "code"},
        {"hold", "kind", "target"},
        {"cell", "code"},
    ]
    assert question["ask"] == "f"


def test_hidden_inputs_are_asked_after_all_visible_ones_of_all_exercises(tmp_path):
    """Who knows a hidden input has no answer left that a student will read."""
    steps = [Step(0, hold=name, target=name) for name in ("f", "g")]
    requests = {name: {**CALLS, "target": name} for name in ("f", "g")}
    with ScriptedSandbox(tmp_path, obedient(values)) as sandbox:
        ran = Run(sandbox.address, "small", {}, steps, requests, LIMITS, visible={"f": 1, "g": 1}).go()
    asked = [(one["ask"], one["request"]["checks"]) for one in sandbox.heard[1:]]
    first, second = [[{"args": [1]}, {"args": [2]}]], [[{"args": [3]}]]
    assert asked == [("f", first), ("g", first), ("f", second), ("g", second)]
    assert ran.observations == {"f": ROWS, "g": ROWS}


def test_a_cell_for_which_there_was_no_time_is_told_apart_from_one_that_failed(against):
    def script(talk):
        talk.say({"cell": 0, "outputs": PRINTED, "count": 1})
        talk.say({"held": "f"})
        talk.say({"cell": 2, "no_time": True})
        talk.say({"end": True})
        talk.answer(values)

    ran = against(script)
    assert ran.not_reached == {2}
    assert ran.outputs[2][0]["output_type"] == "error"
    assert ran.notes == [f"The submission took more than {LIMITS.submission_seconds:g} seconds."]
    assert ran.observations == {"f": ROWS}


# What a student's process may say instead

GARBLED_OUTPUTS = [
    None,
    "text",
    [None],
    [[]],
    [{}],
    [{"output_type": "stream"}],
    [{"output_type": "stream", "name": "stdin", "text": ""}],
    [{"output_type": "stream", "name": "stdout", "text": ["a"]}],
    [{"output_type": "stream", "name": "stdout", "text": "", "more": 1}],
    [{"output_type": "error", "ename": "E", "evalue": 1, "traceback": []}],
    [{"output_type": "error", "ename": "E", "evalue": "", "traceback": "abc"}],
    [{"output_type": "display_data", "data": [], "metadata": {}}],
    [{"output_type": "display_data", "data": {"text/html": ["<p>"]}, "metadata": {}}],
    [{"output_type": "display_data", "data": {}, "metadata": {}, "execution_count": 1}],
    [{"output_type": "execute_result", "data": {}, "metadata": {}}],
    [{"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": "1"}],
    [{"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": -1}],
    [{"output_type": "execute_result", "data": {}, "metadata": None, "execution_count": 1}],
    [{"output_type": "update_display_data", "data": {}, "metadata": {}}],
]


@pytest.mark.parametrize("outputs", GARBLED_OUTPUTS)
def test_outputs_that_no_notebook_can_hold_end_that_cell_only(against, outputs):
    ran = against(obedient(values, {0: outputs}), obedient(values, {2: PRINTED}))
    assert "sent something that is no answer" in shown(ran.outputs[0])
    assert ran.outputs[2] == PRINTED
    assert ran.observations == {"f": ROWS}
    assert ran.notes == ["Cell 1 sent something that is no answer."]


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
MIMES = st.sampled_from(["text/plain", "image/png", "application/json", "text/x+json", "json", "a;b=json"])
BUNDLES = st.dictionaries(MIMES | st.text(max_size=3), DATA, max_size=2) | DATA
OUTPUTS = st.fixed_dictionaries(
    {"output_type": st.sampled_from(["stream", "error", "display_data", "execute_result"]) | DATA},
    optional={
        "name": st.sampled_from(["stdout", "stderr"]) | DATA,
        "text": st.text(max_size=3) | DATA,
        "ename": st.text(max_size=3) | DATA,
        "evalue": st.text(max_size=3) | DATA,
        "traceback": st.lists(st.text(max_size=3), max_size=2) | DATA,
        "data": BUNDLES,
        "metadata": st.just({}) | DATA,
        "execution_count": st.integers() | DATA,
    },
)
WHOLE = st.one_of(
    st.fixed_dictionaries(
        {"output_type": st.just("display_data"), "data": BUNDLES, "metadata": st.just({}) | DATA}
    ),
    st.fixed_dictionaries(
        {
            "output_type": st.just("execute_result"),
            "data": BUNDLES,
            "metadata": st.just({}) | DATA,
            "execution_count": st.integers() | st.none(),
        }
    ),
)


@given(OUTPUTS | WHOLE)
def test_an_output_that_is_taken_can_stand_in_a_notebook(output):
    if module._is_output(output):
        cell = code("1") | {"outputs": [output]}
        nb = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        nbformat.validate(nbformat.from_dict(json.loads(json.dumps(nb))), relax_add_props=False)


@pytest.mark.parametrize(
    "say",
    [
        lambda talk: talk.say({"cell": 2, "outputs": [], "count": 1}),
        lambda talk: talk.say({"held": "f"}),
        lambda talk: talk.say({}),
        lambda talk: talk.say_bytes(b"[1]"),
        lambda talk: talk.say_bytes(b"\x00\x01"),
        lambda talk: talk.say_bytes(b"", size=2**32 - 1),
        lambda talk: talk.say_bytes(b"{" * 50),
    ],
)
def test_a_cell_that_answers_with_nonsense_is_left_out(against, say):
    def nonsense(talk):
        say(talk)
        talk.wait()

    ran = against(nonsense, obedient(values, {2: PRINTED}))
    assert "sent something that is no answer" in shown(ran.outputs[0])
    assert (ran.outputs[2], ran.observations) == (PRINTED, {"f": ROWS})


@pytest.mark.parametrize("count", [None, "1", -1, 2**40, 1.5, True, [1]])
def test_an_execution_count_that_is_none_is_left_out(against, count):
    def script(talk):
        talk.say({"cell": 0, "outputs": [], "count": count})
        talk.say({"held": "f"})
        talk.say({"cell": 2, "outputs": [], "count": 7})
        talk.say({"end": True})
        talk.answer(values)

    ran = against(script)
    assert ran.counts == {0: 0, 2: 7}


def test_outputs_in_all_are_limited(against):
    lots = [{"output_type": "stream", "name": "stdout", "text": "x" * 3000}]
    few = Limits(**{**LIMITS.to_json(), "submission_output_bytes": 4000})
    ran = against(obedient(values, {0: lots, 2: lots}), obedient(values), limits=few)
    assert ran.outputs[0] == lots
    assert "sent something that is no answer" in shown(ran.outputs[2])
    assert ran.observations == {"f": ROWS}


# Answers

READABLE = [
    {"returned": 4},
    {"returned": {"$": "tuple", "v": [1, 2]}, "printed": "4"},
    {"returned": 1, "again": 2},
    {"returned": 1, "changed": [0]},
    {"raised": {"type": "ValueError", "message": "no", "line": 3}},
    {"raised": {"type": "ValueError", "message": "", "line": None}, "printed": "x"},
    {"late": 0.5},
    {"late": 0.5, "skipped": True},
    {"undefined": True, "near": None},
    {"undefined": True, "near": "g"},
    {"not_callable": 3},
]
UNREADABLE = [
    None,
    "all right",
    [],
    {},
    {"printed": "4"},
    {"returned": 4, "late": 1},
    {"returned": 4, "more": 1},
    {"returned": 4, "printed": 4},
    {"returned": 4, "printed": "x" * 1001},
    {"returned": 4, "changed": 1},
    {"returned": 4, "changed": ["0"]},
    {"raised": 1},
    {"raised": {"type": 7, "message": []}},
    {"raised": {"type": "E", "message": "m", "line": "3"}},
    {"raised": {"type": "E" * 1001, "message": "m", "line": 3}},
    {"raised": {"type": "E", "message": "m", "line": 3}, "again": 1},
    {"late": "now"},
    {"undefined": True, "near": 3},
    {"stopped": "was not reached"},
    {"unreadable": True},
    {"returned": 4, "stopped": ""},
]


@pytest.mark.parametrize("seen", READABLE)
def test_what_observe_gives_is_readable(seen):
    assert is_observation(seen)


@pytest.mark.parametrize("seen", UNREADABLE)
def test_what_observe_never_gives_is_unreadable(seen):
    assert not is_observation(seen)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x,
        lambda x: print(x),
        lambda x: 1 / 0,
        lambda x: {1, (2, float("nan"))},
        lambda x: object(),
        lambda x: x.append(1),
        lambda: 1,
        7,
        None,
    ],
)
def test_whatever_a_function_does_is_readable(function):
    request = {"kind": "call", "target": "f", "time_limit": 1.0, "checks": [[{"args": [[1]], "repeat": 2}]]}
    for namespace in ({"f": function}, {"g": function}):
        ((seen,),) = json.loads(json.dumps(observe(namespace, request)))
        assert is_observation(seen)


def test_an_unreadable_answer_harms_no_other(against):
    ran = against(obedient(lambda question: [{"returned": 1}, {"stopped": "no"}, {"returned": 3}]))
    assert ran.observations == {"f": [[{"returned": 1}, {"unreadable": True}], [{"returned": 3}]]}


@pytest.mark.parametrize(
    "answer",
    [
        lambda question: [*values(question), {"returned": 9}],
        lambda question: values(question)[:1],
        lambda question: [],
    ],
)
def test_another_number_of_answers_than_of_questions_is_asked_for_again_and_told(against, answer):
    ran = against(obedient(answer), obedient(values))
    assert ran.observations == {"f": ROWS}
    assert ran.notes == ["The check of f sent something that is no answer."]


@pytest.mark.parametrize(
    "message", [{"seen": 3}, {"seen": None, "asked": True}, {"asked": True}, {}, {"seen": {}}]
)
def test_a_message_that_is_no_answer_is_asked_for_again_and_told(against, message):
    def garbled(talk):
        talk.run_steps()
        talk.hear()
        talk.say(message)
        talk.wait()

    ran = against(garbled, obedient(values))
    assert ran.observations == {"f": ROWS}
    assert ran.notes == ["The check of f sent something that is no answer."]


def test_answers_may_come_in_several_messages(against):
    def script(talk):
        talk.run_steps()
        while (question := talk.hear()) is not None:
            for seen in values(question):
                talk.say({"seen": []})
                talk.say({"seen": [seen], "asked": None})
            talk.say({"seen": [], "asked": True})

    ran = against(script)
    assert ran.observations == {"f": ROWS}
    assert against.runs == 1


# When it dies


def dies_at(cell: int, told: str) -> Script:
    def script(talk):
        for step in talk.job["steps"]:
            if step.get("cell") == cell:
                return talk.die(told)
            talk.say(
                {"held": "f"} if "hold" in step else {"cell": step["cell"], "outputs": PRINTED, "count": 1}
            )
        talk.say({"end": True})
        return talk.answer(values)

    return script


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("exit 0", "stopped Python altogether."),
        ("signal 11", "stopped Python altogether (signal 11)."),
        ("memory", "used more memory than there is."),
        ("processes", "started more processes than are allowed."),
        ("time", "took more time than there is."),
        ("", "stopped Python altogether."),
    ],
)
def test_the_cell_that_killed_the_process_is_left_out_and_the_rest_goes_on(against, told, words):
    ran = against(dies_at(2, told))
    assert against.runs == 2
    assert [step.get("cell") for step in against.heard[1]["steps"]] == [0, None]
    assert ran.outputs[0] == PRINTED
    assert words[:-1] in shown(ran.outputs[2])
    assert ran.outputs[2][0]["output_type"] == "error"
    assert ran.observations == {"f": ROWS}
    assert ran.notes == [f"Cell 3 {words}"]


def test_outputs_of_a_second_run_of_a_cell_do_not_replace_the_first(against):
    other = [{"output_type": "stream", "name": "stdout", "text": "I have seen the inputs"}]
    ran = against(dies_at(2, "exit 0"), obedient(values, {0: other}))
    assert ran.outputs[0] == PRINTED


def answers_then(*seen: dict, end: Callable[[Talk], None]) -> Script:
    """Gives these answers to the first question, then does something else."""

    def script(talk):
        talk.run_steps({0: PRINTED})
        talk.hear()
        for one in seen:
            talk.say({"seen": [one]})
        end(talk)

    return script


def test_a_call_that_kills_the_process_costs_that_call_only(against):
    killed = answers_then({"returned": 1}, end=lambda talk: talk.die("signal 11"))
    ran = against(killed, answers_then(end=lambda talk: talk.die("signal 11")), obedient(values))
    told = {"stopped": "stopped Python altogether (signal 11)"}
    assert ran.observations == {"f": [[{"returned": 1}, told], [{"returned": 3}]]}
    questions = [one["request"] for one in against.heard if "ask" in one]
    assert [one["checks"] for one in questions[1:]] == [[[{"args": [2]}, {"args": [3]}]], [[{"args": [3]}]]]
    assert [bool(one.get("one_by_one")) for one in questions] == [False, True, True]
    assert ran.notes == ["The check of f stopped Python altogether (signal 11)."]


def test_a_process_that_dies_once_between_two_calls_costs_nothing(against):
    ran = against(answers_then({"returned": 1}, end=lambda talk: talk.die("exit 1")), obedient(values))
    assert ran.observations == {"f": ROWS}


def test_a_function_that_kills_the_process_again_and_again_is_not_asked_for_ever(against):
    many = {**CALLS, "checks": [[{"args": [n]} for n in range(20)]]}
    ran = against(answers_then(end=lambda talk: talk.die("exit 1")), f=many)
    assert against.runs == 2 + module.DEATHS_IN_A_CHECK
    assert ran.observations == {"f": [[{"stopped": "stopped Python altogether"}] * 20]}


def test_silence_in_a_call_is_late(against):
    silent = answers_then(end=lambda talk: talk.wait())
    ran = against(silent, silent, obedient(values), f={**CALLS, "time_limit": 0.1})
    assert ran.observations == {"f": [[{"late": 0.1}, {"returned": 2}], [{"returned": 3}]]}


def test_a_process_that_ends_while_nothing_of_the_student_runs_is_told(against):
    def script(talk):
        talk.say({"cell": 0, "outputs": [], "count": 1})
        talk.die("exit 5")

    ran = against(script, obedient(values))
    assert ran.observations == {"f": ROWS}
    assert ran.notes == ["The process ended by itself before f: it stopped Python altogether."]


def test_a_notebook_that_never_comes_to_its_end_is_given_up(against):
    few = Limits(**{**LIMITS.to_json(), "restarts": 2})
    ran = against(lambda talk: talk.die("exit 0"), limits=few)
    assert against.runs == 3
    told = {"stopped": "stopped Python altogether"}
    assert ran.observations == {"f": [[told] * 2, [told]]}
    assert ran.notes[-1] == "The notebook stopped Python 3 times; no more was tried."


def test_silence_never_lasts_longer_than_a_submission_may(against):
    limits = Limits(**{**LIMITS.to_json(), "cell_seconds": 0.2, "submission_seconds": 0.8})
    started = time.monotonic()
    ran = against(lambda talk: talk.wait(), limits=limits)
    assert time.monotonic() - started < 3
    assert ran.notes[-1] == "The submission took more than 0.8 seconds."
    assert ran.observations["f"][1] == [{"stopped": "was not reached"}]


def test_a_sandbox_that_is_gone_is_no_verdict_on_the_submission(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        Run(str(tmp_path / "door"), "small", {}, STEPS, {}, LIMITS).go()


# In a real sandbox

KILLERS = {
    "import os; os._exit(0)": "stopped Python altogether",
    "import ctypes; ctypes.string_at(0)": "stopped Python altogether (signal 11)",
    "block = []\nwhile True: block.append(bytearray(10_000_000))": "emory",
    "import sys\nsys.setrecursionlimit(10**9)\nf = lambda x: f(x)\nf(1)": "This cell",
}


@pytest.mark.parametrize("killer", KILLERS)
def test_a_cell_that_kills_python_costs_itself_and_nothing_else(run_cells, killer):
    ran = run_cells("a = 1", killer, "print(a + 1)")
    assert KILLERS[killer] in shown(ran.outputs[1])
    assert shown(ran.outputs[2]) == "2\n"


def test_the_first_process_of_its_own_world_cannot_be_killed_by_a_signal(run_cells):
    ran = run_cells(
        "import os\nfor number in (2, 9, 15):\n    if number != 2: os.kill(os.getpid(), number)", "1"
    )
    assert ran.outputs[0] == []
    assert ran.notes == []


def test_cells_run_again_after_a_death_so_that_later_ones_find_their_names(run_cells):
    ran = run_cells("a = [1]", "a.append(2); print(a)", "import os; os._exit(3)", "print(a)")
    assert shown(ran.outputs[1]) == shown(ran.outputs[3]) == "[1, 2]\n"


IGNORED = "signal.signal(signal.SIGALRM, signal.SIG_IGN)"
BLOCKED = "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))"
CAUGHT = "while True:\n    try:\n        time.sleep(0.1)\n    except BaseException: x = 1"
LOOPS = {
    "while True: pass": "KeyboardInterrupt",
    "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: break": "",
    f"import time\n{CAUGHT}": "took more time",
    f"import signal\n{IGNORED}\nwhile True: pass": "took more time",
    f"import signal\n{BLOCKED}\nwhile True: pass": "took more time",
    "sum(range(10**13))": "took more time",
    "import time\ntime.sleep(1000)": "KeyboardInterrupt",
}


@pytest.mark.parametrize("loop", LOOPS)
def test_an_endless_cell_ends_in_time_and_the_next_one_runs(run_hastily, loop, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.5)
    started = time.monotonic()
    ran = run_hastily("a = 1", loop, "print(a + 1)")
    assert time.monotonic() - started < 5
    assert LOOPS[loop] in shown(ran.outputs[1])
    assert shown(ran.outputs[2]) == "2\n"


def asked(source: str, *values: object, limit: float = 0.8) -> dict:
    """Steps and requests for a function of the student's, called with each of these values."""
    request = {
        "kind": "call",
        "target": "f",
        "time_limit": limit,
        "checks": [[{"args": [v]} for v in values]],
    }
    steps = [Step(0, source), Step(1, hold="f", kind="call", target="f"), Step(2, "print('the end')")]
    return {"cells": steps, "requests": {"f": request}}


def observed(run_cells, source: str, *values: object, **limits: float) -> tuple[list, Ran]:
    job = asked(source, *values, **limits)
    ran = run_cells(*job["cells"], requests=job["requests"])
    assert shown(ran.outputs[2]) == "the end\n"
    return ran.observations["f"][0], ran


@pytest.mark.parametrize(
    ("deadly", "told"),
    [
        ("os._exit(0)", {"stopped": "stopped Python altogether"}),
        ("ctypes.string_at(0)", {"stopped": "stopped Python altogether (signal 11)"}),
        ("signal.signal(signal.SIGALRM, signal.SIG_IGN)\n        while True: pass", {"late": 0.8}),
    ],
)
def test_a_call_that_kills_python_costs_that_call_and_no_other(run_cells, deadly, told, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.5)
    source = f"import os, ctypes, signal\ndef f(n):\n    if n == 2:\n        {deadly}\n    return n * 10"
    seen, _ = observed(run_cells, source, 1, 2, 3)
    assert seen == [{"returned": 10}, told, {"returned": 30}]


def test_an_endless_call_costs_its_time_once_and_no_other_call(run_cells):
    seen, ran = observed(run_cells, "def f(n):\n    while n == 2: pass\n    return n", 1, 2, 3)
    assert seen == [{"returned": 1}, {"late": 0.8}, {"returned": 3}]
    assert ran.seconds["run"] < 4


def test_a_function_that_needs_too_much_memory_raises_or_is_stopped(run_cells):
    source = "def f(n):\n    return len(bytearray(10**9)) if n == 2 else n"
    seen, _ = observed(run_cells, source, 1, 2, 3)
    assert [seen[0], seen[2]] == [{"returned": 1}, {"returned": 3}]
    assert seen[1].keys() & {"raised", "stopped"}


def test_memory_that_several_processes_use_is_counted_together(run_cells):
    hungry = (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        b = bytearray(60_000_000)\n"
    )
    hungry += "        for i in range(0, len(b), 4096): b[i] = 1\n        time.sleep(60)\ntime.sleep(60)"
    ran = run_cells("a = 1", hungry, "print(a)")
    assert "used more memory than there is" in shown(ran.outputs[1])
    assert shown(ran.outputs[2]) == "1\n"


def test_a_submission_ends_in_time_whatever_its_cells_do(run_cells, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 0.5)
    limits = Limits(**{**LIMITS.to_json(), "submission_seconds": 1.5})
    started = time.monotonic()
    ran = run_cells("print(1)", *["import time; time.sleep(0.9)"] * 6, limits=limits)
    assert time.monotonic() - started < 3
    assert shown(ran.outputs[0]) == "1\n"
    assert ran.notes[-1] == "The submission took more than 1.5 seconds."


def test_the_run_in_this_process_says_what_the_sandbox_says(run_cells):
    steps = [
        Step(0, "x = 2\n1 / 0"),
        Step(1, "x + 1"),
        Step(2, hold="f", target="f"),
        Step(3, "def f(n): return n"),
    ]
    real = run_cells(*steps, requests={"f": CALLS})
    here = RunHere("", "", {}, steps, {"f": CALLS}, LIMITS).go()
    assert real.observations == here.observations
    assert [[o["output_type"] for o in cell] for cell in real.outputs.values()] == [
        [o["output_type"] for o in cell] for cell in here.outputs.values()
    ]
    assert real.outputs[1][0]["data"] == here.outputs[1][0]["data"]


@pytest.mark.parametrize("draw", ["np.random.rand()", "np.random.default_rng().random()", "random.random()"])
def test_two_runs_draw_different_numbers_when_nobody_gave_a_seed(run_cells, draw):
    code = f"import random\nimport numpy as np\nprint({draw})"
    assert shown(run_cells(code).outputs[0]) != shown(run_cells(code).outputs[0])
