"""Running a student's function: what is written down, and that nothing stays behind."""

import os
import random
import signal
import sys
import threading
import time
import warnings

import matplotlib
import numpy as np
import pandas as pd
import pytest

from autograder import codec
from autograder.codec import decode
from autograder.observation import observe, request_for

matplotlib.use("agg")
LIMIT = 0.4


def defined(code):
    """The variables after a student ran this cell."""
    namespace = {}
    exec(compile(code, "<cell>", "exec"), namespace)
    return namespace


def ask(namespace, *calls, target="f", limit=5.0, repeat=1, kind="call"):
    """One check a call; each call is the tuple of its arguments."""
    rows = [[{"args": [codec.encode(arg) for arg in args], "repeat": repeat}] for args in calls or [()]]
    return [row[0] for row in observe(namespace, request(rows, target, limit, kind))]


def request(rows, target="f", limit=5.0, kind="call"):
    return {"kind": kind, "target": target, "time_limit": limit, "checks": rows}


def first(code, *args, **how):
    return ask(defined(code), args, **how)[0]


def test_what_was_returned_is_written_down_as_data():
    assert first("def f(x): return [x, x + 0.5]", 1) == {"returned": [1, 1.5]}


def test_what_was_printed_is_told_apart_from_what_was_returned():
    seen = first("def f(x): print(x * 2)", 21)
    assert seen == {"printed": "42", "returned": None}


def test_printing_without_end_is_cut():
    assert len(first("def f(): print('a' * 10**6); return 1")["printed"]) == 500


def test_an_error_is_written_down_with_the_line_of_the_students_cell():
    seen = first("def f(rows):\n    total = 0\n    return total / len(rows)\n", [])
    assert seen["raised"] == {"type": "ZeroDivisionError", "message": "division by zero", "line": 3}


def test_the_line_is_the_students_and_not_a_librarys():
    seen = first("def f(table):\n    return table['nps'].mean()\n", pd.DataFrame({"score": [1]}))
    assert (seen["raised"]["type"], seen["raised"]["line"]) == ("KeyError", 2)


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("return {}['score']", "KeyError", "'score'"),
        ("return int('a')", "ValueError", "invalid literal for int() with base 10: 'a'"),
        ("return undefined", "NameError", "name 'undefined' is not defined"),
        ("raise NotImplementedError()", "NotImplementedError", ""),
        ("raise ValueError('first line\\nsecond line')", "ValueError", "first line"),
        ("raise SystemExit(3)", "SystemExit", "3"),
        ("exit()", "SystemExit", "None"),
        (
            "return input('Score? ')",
            "EOFError",
            "input() has nobody to ask here: use the function's arguments",
        ),
        ("return f()", "RecursionError", "maximum recursion depth exceeded"),
        ("assert 1 == 2, 'no'", "AssertionError", "no"),
    ],
)
def test_whatever_stops_a_function_is_an_observation(body, kind, message):
    raised = first(f"def f():\n    {body}")["raised"]
    assert (raised["type"], raised["message"]) == (kind, message)


def test_an_error_of_the_students_own_class_is_not_asked_for_its_text():
    seen = first(
        "class Mine(Exception):\n"
        "    def __str__(self):\n"
        "        raise SystemExit\n"
        "    __repr__ = __str__\n"
        "class Word(str):\n"
        "    __str__ = strip = splitlines = lambda self, *a: 1 / 0\n"
        "def f(kind):\n"
        "    raise Mine('own words') if kind else Mine(Word('own words'))",
        1,
    )
    assert seen["raised"] == {"type": "Mine", "message": "own words", "line": 8}
    assert first("class W:\n    __repr__ = None\ndef f(): raise KeyError(W())")["raised"]["message"] == ""


def test_a_generator_is_no_data():
    assert first("def f(): yield 1") == {"returned": {"$": "object", "type": "generator"}}
    assert first("async def f(): return 1")["returned"]["type"] == "coroutine"


def test_a_changed_argument_is_noticed_whatever_its_kind():
    assert first("def f(x): x.append(1)", [])["changed"] == [0]
    assert first("def f(a, b): b['k'] = 1; return 1", [], {})["changed"] == [1]
    assert first("def f(t): t['new'] = 1", pd.DataFrame({"a": [1]}))["changed"] == [0]
    assert first("def f(t): t.sort_values('a', inplace=True)", pd.DataFrame({"a": [2, 1]}))["changed"] == [0]
    assert first("def f(x): x[0] = 9", np.array([1, 2]))["changed"] == [0]


@pytest.mark.parametrize(
    "argument",
    [
        [1, 2],
        np.float64(2.5),
        np.array(["a", "bc"]),
        np.array(["2026-01-15"], dtype="datetime64[D]"),
        pd.Timestamp("2026-01-15"),
        pd.Series(["a", None]),
        pd.Series(["a", "b"], dtype="category"),
        pd.DataFrame({"a": [1.5, np.nan]}, index=["x", "y"]),
        {1, 2},
        {(1, 2): [3]},
        None,
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_argument_that_was_only_read_is_not_called_changed(argument):
    assert "changed" not in first("def f(x): return 1", argument)


def test_each_call_gets_its_arguments_fresh():
    code = "def f(x):\n    x.append(0)\n    return len(x)"
    shared = [5]
    seen = ask(defined(code), (shared,), (shared,), repeat=2)
    assert [row["returned"] for row in seen] == [2, 2]
    assert shared == [5]


def test_the_same_call_with_two_results_is_noticed():
    code = "import random\ndef f(seed): return random.random()"
    seen = first(code, 1, repeat=2)
    assert seen["again"] != seen["returned"]
    assert "again" not in first("def f(seed): return seed", 1, repeat=3)


def test_a_name_that_is_missing_is_told_with_the_one_that_was_meant():
    code = "import numpy as np\ndef nps_score(x): return 1\n_nps = nsp = 3"
    assert ask(defined(code), target="nps")[0] == {"undefined": True, "near": None}
    assert ask(defined(code), target="nps_scores")[0]["near"] == "nps_score"
    assert ask(defined(code), target="nps", kind="value")[0]["near"] == "nsp"
    assert ask(defined("def NPS(x): return 1"), target="nps")[0]["near"] == "NPS"


def test_a_name_that_is_no_function_is_told_with_what_it_is():
    assert ask(defined("f = 25.0"))[0] == {"not_callable": 25.0}


def test_a_value_is_read_without_being_called():
    assert ask(defined("answer = 25.0"), target="answer", kind="value")[0] == {"returned": 25.0}


STATE = """
import random, warnings, sys
import numpy as np
import matplotlib.pyplot as plt
total = 0
def f(n):
    global total, fresh
    total, fresh = total + n, 1
    random.seed(1), np.random.seed(1), random.random(), np.random.rand()
    warnings.simplefilter("error")
    warnings.warn("take care")
    plt.close("all")
    plt.figure()
    plt.plot([1, 2])
    print("out"), print("err", file=sys.stderr)
    return total
"""


def test_the_session_is_left_as_it_was(capfd):
    import matplotlib.pyplot as plt

    namespace = defined(STATE)
    variables = dict(namespace)
    plt.close("all")
    figure = plt.figure()
    random.seed(7), np.random.seed(7)
    states = random.getstate(), np.random.get_state()[1].tolist()
    filters = list(warnings.filters)
    out = sys.stdout
    ask(namespace, (1,), (2,))
    assert plt.get_fignums() == [figure.number]
    assert not figure.axes
    assert (random.getstate(), np.random.get_state()[1].tolist()) == states
    assert warnings.filters == filters
    assert sys.stdout is out
    assert namespace == variables
    assert capfd.readouterr() == ("", "")
    plt.close("all")


def test_variables_that_a_function_deletes_come_back():
    namespace = defined("kept = [1]\ndef f():\n    global kept\n    del kept\n    return 1")
    ask(namespace)
    assert namespace["kept"] == [1]


def test_a_function_that_counts_its_calls_does_so_only_within_a_check():
    namespace = defined("n = 0\ndef f():\n    global n\n    n += 1\n    return n")
    assert [row["returned"] for row in ask(namespace, (), ())] == [1, 2]
    assert [row["returned"] for row in ask(namespace, (), ())] == [1, 2]


def test_each_call_draws_on_a_fresh_figure():
    code = "import matplotlib.pyplot as plt\ndef f(y):\n    plt.plot(y)\n    return plt.gcf()"
    seen = ask(defined(code), ([1, 2],), ([3, 4],))
    drawn = [decode(row["returned"]).axes[0]["lines"] for row in seen]
    assert drawn == [[{"x": [0, 1], "y": [1, 2]}], [{"x": [0, 1], "y": [3, 4]}]]


def test_a_warning_is_neither_shown_nor_an_error(capfd):
    code = "import warnings\ndef f():\n    warnings.warn('old', DeprecationWarning)\n    return 1"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert first(code) == {"returned": 1}
    assert capfd.readouterr().err == ""


needs_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm signal on this platform")
ENDLESS = {
    "a plain loop": "while True: pass",
    "a loop that counts": "n = 0\n    while n < 1: n -= 1",
    "a bare except": "while True:\n        try:\n            x = 1\n        except:\n            pass",
    "a bare except around sleep": (
        "import time\n    while True:\n        try:\n         time.sleep(9)\n        except:\n         n = 0"
    ),
    "a bare except that goes on": (
        "import time\n    while True:\n        try: time.sleep(9)\n        except: continue"
    ),
    "BaseException caught": (
        "while True:\n        try:\n            x = 1\n        except BaseException as e:\n            x = e"
    ),
    "a loop in finally": "try:\n        while True: pass\n    finally:\n        while True: pass",
    "a value after all": "try:\n        while True: pass\n    except:\n        return 25.0",
    "an endless iterator": "return [x for x in iter(int, 1)]",
    "sleep": "import time\n    time.sleep(60)",
    "waiting": "import threading\n    threading.Event().wait()",
}


@needs_alarm
@pytest.mark.parametrize("name", ENDLESS)
def test_a_loop_without_end_is_stopped(name):
    handler = signal.getsignal(signal.SIGALRM)
    started = time.monotonic()
    seen = first(f"def f():\n    {ENDLESS[name]}", limit=LIMIT)
    assert seen["late"] == LIMIT
    assert "returned" not in seen
    assert time.monotonic() - started < 5 * LIMIT
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())


@needs_alarm
def test_one_loop_does_not_cost_the_time_of_all_cases():
    started = time.monotonic()
    seen = ask(defined("def f(n):\n    while True: pass"), *[(n,) for n in range(50)], limit=LIMIT)
    assert time.monotonic() - started < 4 * LIMIT
    assert all("late" in row for row in seen)
    assert seen[-1]["skipped"]


@needs_alarm
def test_one_loop_does_not_cost_the_points_of_the_other_cases():
    code = "def f(n):\n    while n == 1: pass\n    return n"
    seen = ask(defined(code), *[(n,) for n in range(6)], limit=LIMIT)
    assert [row.get("returned") for row in seen] == [0, None, 2, 3, 4, 5]


@needs_alarm
def test_the_students_interrupt_ends_the_check_and_leaves_no_alarm():
    namespace = defined("import time\ndef f():\n    time.sleep(9)")
    before = dict(namespace)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        ask(namespace)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert namespace == before


def test_outside_the_main_thread_there_is_no_limit_but_an_answer():
    found = []
    thread = threading.Thread(target=lambda: found.append(first("def f(): return 1", limit=LIMIT)))
    thread.start()
    thread.join()
    assert found == [{"returned": 1}]


def test_where_there_is_no_alarm_the_main_thread_is_interrupted(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    assert first("def f():\n    while True: pass", limit=LIMIT)["late"] == LIMIT
    assert first("def f(): return 1", limit=LIMIT) == {"returned": 1}


def test_nothing_that_is_expected_is_asked_for():
    spec = {"kind": "call", "target": "f", "time_limit": 5.0}
    checks = [{"name": "secret", "calls": [{"args": [1], "expected": 2, "shown": "x", "repeat": 2}]}]
    assert request_for(spec, checks) == request([[{"args": [1], "repeat": 2}]])


def test_a_call_costs_little_besides_the_students_own_code():
    namespace = defined("def f(x): return x")
    ask(namespace, ([1],))
    started = time.perf_counter()
    ask(namespace, *[([1, 2, 3],)] * 50)
    assert time.perf_counter() - started < 0.5
