"""From hand-in to scores: the verdict is computed outside, from data, and nobody sees a hidden input."""

import base64
import json
import re

import nbformat
import pytest

from autograder.authoring import exercise
from autograder.compiling import compile_exercise
from autograder.engine import grading, run
from autograder.engine.assignment import Assignment, MasterNotebook
from autograder.engine.grading import Graded, given_up, grade
from autograder.engine.limits import Limits
from autograder.observation import observe
from tests.engine.conftest import shown
from tests.engine.one_submission import (
    AUTOMATIC,
    DOUBLE,
    FULL,
    HIDDEN,
    KERNEL,
    LIMITS,
    MASTER,
    RIGHT,
    Notebook,
    RunHere,
    after,
    answered,
    cell_of,
    code,
    hand_in,
    place_of,
    small,
    text,
)
from tests.engine.scripted_sandbox import ScriptedSandbox, obedient

BY_NAME = {cell.name: cell for cell in MASTER}
BLANK = small().notebooks["small"].blank


def scores_of(graded: Graded) -> dict[str, float | None]:
    return graded.notebooks["small"].scores


def notebook_of(graded: Graded) -> Notebook:
    """The executed notebook as a file holds it."""
    nb = nbformat.reads(graded.notebooks["small"].text, as_version=4)
    return json.loads(json.dumps(nb))


def verdict_of(graded: Graded, name: str) -> str:
    """What the student reads at a check."""
    (output,) = cell_of(notebook_of(graded), name)["outputs"]
    return re.sub(r"<[^>]+>", " ", output["data"]["text/html"])


def state_of(graded: Graded, name: str) -> str:
    (output,) = cell_of(notebook_of(graded), name)["outputs"]
    return output["metadata"]["autograder"]["state"]


# The verdict is computed outside, from what the process answers


def two_exercises(points: float = 3) -> Assignment:
    """`double`, and `triple`, which needs it; the gradebook has `points` for the first."""
    double = exercise("double", points=3, call="double", title="Twice")
    double.case(2)
    double.case(5)
    double.hidden(lambda rng: int(rng.integers(10, 99)), n=3, name="larger numbers")
    triple = exercise("triple", points=2, call="triple", title="Three times", needs=("double",))
    triple.case(2)
    answers = {"double": lambda x: 2 * x, "triple": lambda x: 3 * x}
    made = [compile_exercise(one, n + 1, answers, "small", 1) for n, one in enumerate((double, triple))]
    cells = [BY_NAME["double"], BY_NAME["total"]]
    first = vars(cells[0]) | {"points": float(points)}
    second = vars(cells[1]) | {"name": "triple", "source": 'check("triple")', "released": 'check("triple")'}
    masters = tuple(type(cells[0])(**one) for one in (first, second))
    blank = {**BLANK, "cells": [code(one.source, one.cell_id) for one in masters]}
    for cell, one in zip(blank["cells"], masters, strict=True):
        cell["metadata"] = {"nbgrader": one.metadata}
    plain = {name: getattr(small(), name) for name in Assignment.__dataclass_fields__}
    return Assignment(
        **plain
        | {
            "notebooks": {"small": MasterNotebook("small", KERNEL, masters, blank)},
            "checks": {one.visible["name"]: one.visible for one in made},
            "hidden": {one.visible["name"]: one.hidden for one in made},
        }
    )


@pytest.fixture
def judged(tmp_path):
    """`judged(double=function, ...)`: the verdicts when a process answers as these functions would."""

    def grade_one(answers=None, assignment: Assignment | None = None, **functions: object) -> Graded:
        def honest(question):
            seen = observe(functions, question["request"])
            return [one for row in seen for one in row]

        with ScriptedSandbox(tmp_path, obedient(answers or honest)) as sandbox:
            submission = hand_in((assignment or two_exercises()).notebooks["small"].blank)
            graded = grade(assignment or two_exercises(), submission, sandbox.address, True)
        grade_one.heard = sandbox.heard
        return graded

    return grade_one


def right(x):
    return x + x


def test_a_right_answer_earns_visible_and_hidden_points(judged):
    graded = judged(double=right)
    assert scores_of(graded)["double"] == 3.0
    assert state_of(graded, "double") == "right"


def test_an_answer_for_the_visible_cases_only_earns_no_hidden_points(judged):
    graded = judged(double=lambda x: {2: 4, 5: 10}.get(x))
    assert scores_of(graded)["double"] == 2.0
    assert "larger numbers" in verdict_of(graded, "double")


def test_the_process_is_sent_inputs_and_no_expected_value(judged):
    judged(double=right)
    heard = json.dumps(judged.heard)
    assert "args" in heard
    assert "expected" not in heard
    assert "larger numbers" not in heard
    questions = [one for one in judged.heard if one.get("ask") == "double"]
    assert sum(len(check) for one in questions for check in one["request"]["checks"]) == 5


def answering(*answers: object):
    """The same answers to every question, as many as are asked for."""

    def give(question):
        calls = [call for check in question["request"]["checks"] for call in check]
        return [answers[n % len(answers)] for n in range(len(calls))]

    return give


@pytest.mark.parametrize(
    "seen",
    [
        None,
        "all right",
        [],
        {},
        {"earned": 3.0},
        {"state": "right", "returned": 4},
        {"returned": {"$": "pickle", "v": "cos\nsystem"}},
        {"returned": {"$": "float", "v": "9" * 99}},
        {"returned": {"$": "sealed", "v": [1]}},
        {"returned": {"$": "array", "dtype": "object", "v": []}},
        {"returned": {"$": []}},
        {"returned": [[[[[[[[]]]]]]]] * 100},
        {"returned": 4, "again": {"$": "nothing"}},
        {"raised": {"type": 7, "message": []}},
        {"raised": None},
        {"late": "now"},
        {"undefined": False},
        {"undefined": []},
        {"not_callable": {"$": "pickle"}},
        {"unreadable": True},
        {"stopped": 1},
    ],
)
def test_an_answer_that_is_no_data_earns_nothing(judged, seen):
    graded = judged(answering(seen))
    assert scores_of(graded) == {"double": 0.0, "triple": 0.0}
    notebook_of(graded)


def test_deep_data_earns_nothing_and_stops_nobody(judged, tmp_path):
    deep = b'{"returned": ' + b"[" * 900 + b"]" * 900 + b"}"

    def script(talk):
        talk.run_steps()
        while (question := talk.hear()) is not None:
            several = b",".join([deep] * len(question["request"]["checks"][0]))
            talk.say_bytes(b'{"asked": true, "seen": [' + several + b"]}")

    with ScriptedSandbox(tmp_path, script) as sandbox:
        graded = grade(
            two_exercises(), hand_in(two_exercises().notebooks["small"].blank), sandbox.address, True
        )
    assert scores_of(graded) == {"double": 0.0, "triple": 0.0}


def test_a_fault_of_the_course_costs_nothing_and_is_told(judged):
    assignment = two_exercises()
    assignment.checks["double"]["compare"] = {"no_such_setting": 1}
    graded = judged(assignment=assignment, double=lambda x: None)
    assert scores_of(graded)["double"] == 3.0
    assert state_of(graded, "double") == "fault"
    assert "not your mistake" in verdict_of(graded, "double")
    assert graded.notebooks["small"].flagged
    assert any("the check double has a fault of its own" in told for told in graded.attention)


def test_a_wrong_answer_waits_for_the_exercise_it_needs_and_a_right_one_does_not(judged):
    graded = judged(double=lambda x: x, triple=lambda x: x)
    assert state_of(graded, "triple") == "waiting"
    assert "exercise 1 (Twice)" in verdict_of(graded, "triple")
    graded = judged(double=lambda x: x, triple=lambda x: 3 * x)
    assert scores_of(graded) == {"double": 0.0, "triple": 2.0}


def test_the_points_of_the_gradebook_count_should_they_differ_from_the_keys(judged):
    graded = judged(assignment=two_exercises(points=6), double=lambda x: {2: 4, 5: 10}.get(x))
    assert scores_of(graded)["double"] == 4.0


# A whole submission, in the sandbox


def test_right_answers_earn_all_points_and_the_rest_is_for_a_person(graded):
    found = graded(answered())
    assert scores_of(found) == FULL
    assert found.score() == AUTOMATIC
    assert found.notebooks["small"].comments == {
        "double_answer": None,
        "total_answer": None,
        "why": None,
        "draw": None,
        "map": None,
    }
    assert (found.repairs, found.attention, found.notebooks["small"].flagged) == ([], [], False)
    assert found.sandboxed
    assert {"prepare", "run", "judge", "all"} <= found.seconds.keys()


def test_the_blank_notebook_earns_nothing_and_nobody_has_to_look(graded):
    found = graded(BLANK)
    assert scores_of(found) == dict.fromkeys(FULL, 0.0) | {"map": None}
    assert found.notebooks["small"].comments == {
        "double_answer": "No response.",
        "total_answer": "No response.",
        "why": "No response.",
        "draw": "No response.",
        "map": None,
    }
    assert found.attention == []


def test_the_graded_notebook_shows_what_a_kernel_would_have_shown(graded):
    nb = after(answered(), "total_answer", code("print(total)\ntotal + 1", "shown"))
    found = notebook_of(graded(nb))
    cell = found["cells"][place_of(found, "total_answer") + 1]
    assert [output["output_type"] for output in cell["outputs"]] == ["stream", "execute_result"]
    counts = [
        c["execution_count"] for c in found["cells"] if c["cell_type"] == "code" and c["execution_count"]
    ]
    assert counts == sorted(set(counts))
    assert cell["outputs"][1]["execution_count"] == cell["execution_count"]
    assert cell_of(found, "draw")["outputs"] == [
        {"output_type": "stream", "name": "stdout", "text": "a line\n"}
    ]


def test_a_check_shows_its_points_and_its_words(graded):
    found = graded(answered(double_answer="def double(number):\n    return number"))
    (output,) = cell_of(notebook_of(found), "double")["outputs"]
    assert output["data"]["text/plain"] == "0.0"
    assert re.search(r"double\(4\)\s+returned\s+4", verdict_of(found, "double"))
    assert output["metadata"]["autograder"] == {"state": "wrong", "misconception": None}


def test_hidden_tests_of_an_instructor_are_run(graded):
    found = graded(answered(double_answer="def double(number):\n    return {2: 4, 1: 2}[number]"))
    assert scores_of(found)["plain"] == 0.0
    assert scores_of(found)["parts"] == 1.0


def test_a_test_earns_what_its_last_value_says_and_a_warning_is_free(graded):
    noisy = f"import sys\n{DOUBLE.replace('return', 'print(number, file=sys.stderr); return')}"
    assert scores_of(graded(answered(double_answer=noisy))) == FULL
    half = graded(answered(total_answer="total = 1"))
    assert scores_of(half) == FULL | {"total": 0.0, "parts": 0.5}


@pytest.mark.parametrize(
    "noise",
    [
        "print('x' * 10**6)",
        "for _ in range(10): print('x' * 30_000)",
        "raise ExceptionGroup('two', [ValueError(), TypeError()])",
        "from IPython.display import clear_output; clear_output(); clear_output(wait=True)",
        "get_ipython().showtraceback = lambda *parts, **rest: None",
    ],
)
def test_a_test_that_failed_earns_nothing_however_much_was_put_out(graded, noise):
    found = graded(answered(double_answer=f"def double(number):\n    {noise}\n    return 0", total_answer=""))
    assert scores_of(found) == FULL | {"double": 0.0, "total": 0.0, "plain": 0.0, "parts": 0.0}


def test_a_hostile_value_can_pass_a_plain_assertion_but_no_check(graded):
    equal = "class Equal:\n    def __eq__(self, other): return True\ndef double(number): return Equal()"
    found = graded(answered(double_answer=equal))
    assert (scores_of(found)["double"], scores_of(found)["plain"]) == (0.0, 2.0)


def test_points_of_a_test_stay_within_its_own(graded):
    nan = "class Mine(float):\n    __rmul__ = lambda s, o: Mine('nan')\n    __radd__ = __add__ = __rmul__\n"
    nan += "class Two:\n    def __eq__(self, other): return Mine('nan')\ndouble = lambda n: Two()"
    found = graded(answered(double_answer=nan))
    assert scores_of(found)["parts"] == 0.0
    assert found.attention == ["parts: its result is not a number (nan): counted as 0"]
    found = graded(answered(double_answer=nan.replace("'nan'", "'1e9'")))
    assert scores_of(found)["parts"] == 1.0
    assert found.attention == ["parts: its result 1e+09 is not between 0 and 1"]


def test_outputs_are_shortened_as_configured(sandbox):
    assignment = small()
    plain = {name: getattr(assignment, name) for name in Assignment.__dataclass_fields__}
    short = Assignment(**plain | {"max_lines": 5, "max_traceback": 3})
    nb = answered(draw="for i in range(100): print(i)\n1 / 0")
    found = grade(short, hand_in(nb), sandbox.address, True)
    outputs = cell_of(notebook_of(found), "draw")["outputs"]
    assert outputs[0]["text"].count("\n") == 4
    assert "truncated" in outputs[0]["text"]
    assert "... Traceback truncated ..." in outputs[1]["traceback"]


# A process that dies keeps what it earned


@pytest.mark.parametrize(
    "killer",
    [
        "import os; os._exit(0)",
        "import ctypes; ctypes.string_at(0)",
        "import os\nfor number in range(3, 200):\n    try: os.close(number)\n    except OSError: pass",
    ],
)
def test_a_cell_that_kills_the_process_costs_no_point_that_does_not_need_it(graded, killer):
    for nb in (
        after(answered(), "", code(killer)),
        after(answered(), "double", code(killer)),
        after(answered(), "map", code(killer)),
    ):
        found = graded(nb)
        assert scores_of(found) == FULL
        assert found.attention != []
        assert "without it" in found.notebooks["small"].text


def test_a_function_that_kills_the_process_costs_its_own_points(graded):
    found = graded(answered(double_answer="import os\ndef double(number):\n    os._exit(0)"))
    assert scores_of(found) == FULL | {"double": 0.0, "plain": 0.0, "parts": 0.0}
    assert "stopped Python altogether" in verdict_of(found, "double")


def test_a_function_that_kills_the_process_for_one_input_loses_that_check_only(graded):
    source = (
        f"import os\ndef double(number):\n    if number == {HIDDEN[1]}: os._exit(0)\n    return 2 * number"
    )
    found = graded(answered(double_answer=source))
    assert scores_of(found) == FULL | {"double": 2.67}
    assert str(HIDDEN[1]) not in verdict_of(found, "double")


def test_a_function_that_never_ends_for_one_input_loses_that_check_only(graded):
    source = "def double(number):\n    while number == 4: pass\n    return 2 * number"
    found = graded(answered(double_answer=source))
    assert scores_of(found) == FULL | {"double": 2.0}
    assert "did not finish within 1 seconds" in verdict_of(found, "double")


def test_a_plain_test_that_never_ends_earns_nothing_and_the_others_do(graded_hastily):
    source = "def double(number):\n    while number == 5: pass\n    return 2 * number"
    assert scores_of(graded_hastily(answered(double_answer=source))) == FULL | {"plain": 0.0}


def test_a_test_that_was_not_reached_earns_nothing_and_is_told(graded, monkeypatch):
    monkeypatch.setattr(run, "GRACE", 0.5)
    limits = Limits(**{**LIMITS.to_json(), "submission_seconds": 0.5})
    nb = after(answered(), "total", *[code(f"import time\ntime.sleep(0.9) # {n}") for n in range(3)])
    found = graded(nb, limits=limits)
    assert scores_of(found)["plain"] == 0.0
    assert "plain: its test was not reached" in found.attention
    assert any("took more than 0.5 seconds" in told for told in found.attention)


# Each check is answered as of its place


LATER = {
    "a list that is changed": ("rows = [2]\ndef double(n): return rows[0] * n", "rows[0] = 3"),
    "a dictionary": ("d = {'a': 2}\ndef double(n): return d['a'] * n", "d.clear()"),
    "an array": ("import numpy as np\na = np.array([2])\ndef double(n): return float(a[0] * n)", "a[0] = 9"),
    "an object": ("class C: k = 2\nc = C()\ndef double(n): return c.k * n", "c.k = 3"),
    "its class": ("class C:\n    k = 2\ndef double(n): return C.k * n", "C.k = 3"),
    "a name that is bound again": ("k = 2\ndef double(n): return k * n", "k = 3"),
    "a name that is deleted": ("k = 2\ndef double(n): return k * n", "del k"),
    "a helper that is written again": (
        "def g(n): return 2\ndef double(n): return g(n) * n",
        "def g(n): return 3",
    ),
    "an import that is hidden": ("import math\ndef double(n): return math.fsum([n, n])", "math = None"),
    "a built-in that is hidden": ("def double(n): return sum([n, n])", "sum = 5"),
    "itself": (DOUBLE, "def double(number):\n    return 0"),
    "itself, deleted": (DOUBLE, "del double"),
    "everything": (DOUBLE, "%reset -f"),
    "a default": ("rows = [2]\ndef double(n, rows=rows): return rows[0] * n", "rows[0] = 3"),
    "a closure": ("def f():\n    k = [2]\n    return lambda n: k[0] * n, k\ndouble, k = f()", "k[0] = 3"),
    "an attribute of a function": ("def double(n): return double.k * n\ndouble.k = 2", "double.k = 3"),
    "a dictionary of names": (
        "names = {}\nexec('k = 2\\ndef double(n): return k * n', names)\ndouble = names['double']",
        "names['k'] = 3",
    ),
    "a method of a dictionary": (
        "d = {'a': 2}\nget = d.get\ndef double(n): return get('a') * n",
        "d['a'] = 3",
    ),
    "a function in an object of numpy": (
        "import numpy as np\nd = [2]\ndouble_all = np.vectorize(lambda n: d[0] * n)\n"
        "def double(n): return float(double_all(n))",
        "d[0] = 3",
    ),
    "a function made for arrays": (
        "import numpy as np\nd = [2]\ndouble_all = np.frompyfunc(lambda n: d[0] * n, 1, 1)\n"
        "def double(n): return double_all(n)",
        "d[0] = 3",
    ),
    "a polynomial": (
        "import numpy as np\np = np.poly1d([2, 0])\ndef double(n): return float(p(n))",
        "p[1] = 3",
    ),
    "a module of the student's own": ("import mine\ndef double(n): return mine.k * n", "mine.k = 3"),
    "a function of that module": ("from mine import double", "import mine; mine.k = 3"),
}


@pytest.mark.parametrize("name", LATER)
def test_a_function_is_judged_as_it_was_at_its_check(graded, name):
    source, later = LATER[name]
    mine = b"k = 2\ndef double(number):\n    return k * number\n"
    nb = after(answered(double_answer=source), "double", code(later))
    found = graded(nb, mine__py=mine)
    assert scores_of(found)["double"] == 3.0
    assert found.attention == []
    if "frompyfunc" not in source:
        nb = answered(double_answer=f"{source}\n{later}" if not later.startswith("%") else later)
        assert scores_of(graded(nb, mine__py=mine))["double"] < 3.0


def test_a_value_is_judged_as_it_was_at_its_check(graded):
    later = "total = 0" + "\nrows = [1]"
    assert scores_of(graded(after(answered(), "total", code(later))))["total"] == 2.0
    assert scores_of(graded(after(answered(), "total", code("del total"))))["total"] == 2.0
    before = after(answered(total_answer="total = 1"), "total", code("total = 5050"))
    assert scores_of(graded(before))["total"] == 0.0


def test_a_function_that_is_defined_after_its_check_is_not_there(graded):
    nb = after(answered(double_answer="pass"), "double", code(DOUBLE))
    found = graded(nb)
    assert scores_of(found) == FULL | {"double": 0.0}
    assert state_of(found, "double") == "missing"


# Nobody sees a hidden input

STASHES = {
    "a list": "seen = []\ndef double(n):\n    seen.append(n)\n    return 2 * n",
    "a file": "def double(n):\n    open('/tmp/seen', 'a').write(f'{n} ')\n    return 2 * n",
    "a file in the home": (
        "import os\nhome = os.path.expanduser('~/seen')\n"
        "def double(n):\n    open(home, 'a').write(f'{n} ')\n    return 2 * n"
    ),
    "a module": "import math\nmath.seen = []\ndef double(n):\n    math.seen.append(n)\n    return 2 * n",
    "the environment": (
        "import os\nos.environ['SEEN'] = ''\n"
        "def double(n):\n    os.environ['SEEN'] += f'{n} '\n    return 2 * n"
    ),
    "standard output": "def double(n):\n    print(n)\n    return 2 * n",
    "the process's own output": (
        "import os\ndef double(n):\n    os.write(1, f'{n} '.encode()); os.write(2, f'{n} '.encode())\n"
        "    return 2 * n"
    ),
    "a display": "from IPython.display import display\ndef double(n):\n    display(n)\n    return 2 * n",
    "an error": "def double(n):\n    raise ValueError(n)",
    "a wrong result": "def double(n):\n    return n + 1",
    "a result that is no data": "class Seen: pass\ndef double(n):\n    return type(f'Seen{n}', (), {})()",
    "a name of another exercise": "def double(n):\n    global total\n    total = n\n    return 2 * n",
    "a process left behind": (
        "import os\ndef double(n):\n    if os.fork() == 0:\n        import time; time.sleep(0.1)\n"
        "        get_ipython().run_cell(f'print({n})'); os._exit(0)\n    return 2 * n"
    ),
    "a thread": (
        "import threading\ndef double(n):\n    threading.Timer(0.05, print, [n]).start()\n    return 2 * n"
    ),
    "a warning": "import warnings\ndef double(n):\n    warnings.warn(str(n))\n    return 2 * n",
    "a death": "import os\ndef double(n):\n    open('/tmp/seen', 'a').write(f'{n} ')\n    os._exit(n % 7)",
    "the collected outputs": (
        "from autograder.engine.inside.shell import collected\ndef double(n):\n"
        "    collected.outputs.append({'output_type': 'stream', 'name': 'stdout', 'parts': [str(n)]})\n"
        "    return 2 * n"
    ),
}
LOOK = """
import os, math
try: print(seen)
except NameError: pass
for place in ('/tmp/seen', os.path.expanduser('~/seen')):
    if os.path.exists(place): print(open(place).read())
print(getattr(math, 'seen', ''), os.environ.get('SEEN'), globals().get('total'))
import time; time.sleep(0.05)
"""


@pytest.mark.parametrize("name", STASHES)
def test_hidden_inputs_never_reach_an_output_wherever_a_function_puts_them(graded, name):
    nb = answered(double_answer=STASHES[name], draw=LOOK)
    nb = after(after(nb, "double", code(LOOK, "look")), "", text("first", "first"))
    nb["cells"].append(code(LOOK, "last"))
    found = graded(nb)
    everything = json.dumps([found.notebooks["small"].text, found.attention, found.repairs])
    for number in HIDDEN:
        assert str(number) not in everything
        assert str(number + 1) not in everything


def test_the_stashes_do_hold_what_a_function_was_called_with(graded):
    """The same looks find the number when the student calls the function with it in a cell."""
    for name in ("a list", "a file", "a module", "standard output", "the process's own output", "a display"):
        nb = after(
            answered(double_answer=STASHES[name]), "double", code("double(123454321)\n" + LOOK, "look")
        )
        assert graded(nb).notebooks["small"].text.count("123454321") > 1, name


# Files beside the notebook


def test_a_module_of_the_students_own_is_found_beside_the_notebook(graded):
    helper = b"def double(number):\n    return 2 * number\n"
    found = graded(answered(double_answer="from helper import double"), helper__py=helper)
    assert scores_of(found) == FULL


@pytest.mark.parametrize("name", ["random", "json", "numpy", "typing", "autograder", "IPython", "ast"])
def test_a_file_named_like_a_library_does_not_hide_the_library(graded, name):
    files = {f"{name}__py": b"raise SystemExit('not this one')"}
    source = f"import {name}, random, json\nassert 'small' not in {name}.__file__\n{DOUBLE}"
    found = graded(answered(double_answer=source), **files)
    if name in ("numpy", "IPython"):
        # Installed packages come after the notebook's folder, as in Jupyter; what is imported already stays.
        assert scores_of(found)["total"] == 2.0
    else:
        assert scores_of(found) == FULL


def assignment_with_files(**files: str) -> Assignment:
    return small(keep=("mine.csv",), **files)


def test_released_files_are_the_instructors_except_those_that_are_the_students(sandbox):
    assignment = assignment_with_files(table__csv="theirs", mine__csv="released")
    nb = after(answered(), "", code("print(open('table.csv').read(), open('mine.csv').read())", "read"))
    found = grade(assignment, hand_in(nb, table__csv=b"changed", mine__csv=b"my own"), sandbox.address, True)
    assert shown(notebook_of(found)["cells"][0]["outputs"]) == "theirs my own\n"
    found = grade(assignment, hand_in(nb), sandbox.address, True)
    assert shown(notebook_of(found)["cells"][0]["outputs"]) == "theirs released\n"


def test_a_file_where_a_released_folder_must_be_gives_way(sandbox):
    assignment = small()
    content = base64.b64encode(b"theirs").decode()
    assignment.files.update({"data/deep/table.csv": content, "flat.csv": content})
    submission = hand_in(after(answered(), "", code("print(open('data/deep/table.csv').read())", "read")))
    submission.files.update({"data": content, "flat.csv/inside.txt": content, "data/own.csv": content})
    found = grade(assignment, submission, sandbox.address, True)
    assert shown(notebook_of(found)["cells"][0]["outputs"]) == "theirs\n"
    assert scores_of(found) == FULL


# What is given back


def test_a_graded_submission_comes_back_from_a_worker_unchanged(monkeypatch):
    monkeypatch.setattr(grading, "Run", RunHere)
    found = grade(small(), hand_in(answered(why="\ud800é")), "", True)
    assert Graded.from_data(found.data) == found


def test_a_refused_file_flags_the_submission_and_costs_nothing(graded):
    submission = hand_in(answered())
    linked = type(submission)(**vars(submission) | {"refused": ("link is a link, and was refused",)})
    found = graded(linked)
    assert scores_of(found) == FULL
    assert found.attention == ["link is a link, and was refused"]
    assert found.notebooks["small"].flagged


@pytest.mark.parametrize("submitted", [answered(), b"{", None])
def test_a_submission_that_stops_the_grader_is_left_to_a_person_whole(submitted):
    found = given_up(small(), hand_in(submitted), "it stopped the grader 3 times", True)
    assert scores_of(found) == dict.fromkeys(FULL)
    assert found.attention == ["it stopped the grader 3 times"]
    assert found.notebooks["small"].flagged
    if isinstance(submitted, dict):
        assert cell_of(notebook_of(found), "double_answer")["source"] == RIGHT["double_answer"]
