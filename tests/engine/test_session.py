"""Inside the sandbox: cells put out what a kernel would, and a check keeps what it needs of its place."""

import base64
import math

import numpy as np
import pytest

from autograder.engine.inside.session import keeps_its_meaning
from autograder.engine.run import Step
from tests.engine.conftest import shown
from tests.engine.one_submission import LIMITS

# When a function needs no copy of the process


def target(source: str) -> tuple[object, dict]:
    """The function `f` after a student ran this cell, and the notebook's names."""
    namespace = {"__name__": "__main__", "math": math, "np": np}
    exec(compile(source, "<cell>", "exec"), namespace)
    return namespace["f"], namespace


LASTING = {
    "arithmetic": "def f(x): return 2 * x",
    "a number": "k = 2\ndef f(x): return k * x",
    "a text": "k = 'a'\ndef f(x): return k + x",
    "a tuple": "k = (1, (2, 'a', None), frozenset([1]))\ndef f(x): return k",
    "a library": "def f(x): return math.sqrt(np.mean([x]))",
    "functions of libraries": "from math import exp\nfrom textwrap import wrap\ndef f(x): return exp, wrap",
    "functions of numpy": "from numpy import mean, sqrt\ndef f(x): return sqrt(mean(x))",
    "a class of a library": "from collections import Counter\ndef f(x): return Counter(x)",
    "another function": "def g(x): return x\ndef f(x): return g(x)",
    "two that call each other": "def g(x): return f(x)\ndef f(x): return g(x)",
    "a default": "def f(x, k=2, *, n=(1, 2)): return k",
    "a name that does not exist": "def f(x): return no_such_name",
    "a loop within": "def f(x): return [y for y in (lambda: x)()]",
    "a list of its own": "def f(x):\n    rows = []\n    rows.append(x)\n    return rows",
    "a lambda": "f = lambda x: x",
    "an attribute": "def f(x): return x.shape",
    "a built-in function": "f = len",
    "a method of a type": "f = str.upper",
}
CHANGING = {
    "a list": "k = []\ndef f(x): return k",
    "a table": "k = {'a': 1}\ndef f(x): return k",
    "a set": "k = set()\ndef f(x): return k",
    "an array": "k = np.zeros(3)\ndef f(x): return k",
    "a list in a tuple": "k = (1, [2])\ndef f(x): return k",
    "a list that only an inner function sees": "k = []\ndef f(x): return [k for _ in (lambda: k)()]",
    "a list that another function sees": "k = []\ndef g(): return k\ndef f(x): return g()",
    "a list as a default": "def f(x, k=[]): return k",
    "a list as a default by name": "def f(x, *, k=[]): return k",
    "an attribute of its own": "def f(x): return x\nf.k = 1",
    "a closure": "def make():\n    k = []\n    return lambda x: k\nf = make()",
    "a class of the student's": "class K: pass\ndef f(x): return K()",
    "an object of it": "class K: pass\nk = K()\ndef f(x): return k",
    "a class itself": "class f: pass",
    "an object that can be called": "class K:\n    def __call__(self, x): return x\nf = K()",
    "a method of it": "class K:\n    def g(self, x): return x\nf = K().g",
    "a method of a list": "add = [].append\ndef f(x): return add(x)",
    "a method of a dictionary": "f = {}.get",
    "random numbers": "rng = np.random.default_rng(1)\ndef f(x): return rng.random()",
    "the same of a method": "draw = np.random.default_rng(1).random\ndef f(x): return draw()",
    "a function that remembers": "import functools\n@functools.lru_cache\ndef f(x): return x",
    "a part of a function": "import functools\nf = functools.partial(max, 1)",
    "a vectorised function": "k = []\nf = np.vectorize(lambda x: k)",
    "a function made for arrays": "k = []\nf = np.frompyfunc(lambda x: k, 1, 1)",
    "a polynomial": "f = np.poly1d([1, 2])",
    "a generator": "k = (n for n in 'abc')\ndef f(x): return k",
    "an open file": "import sys\nk = sys.stdout\ndef f(x): return k",
    "names of its own": "names = {'k': 1}\nexec('def f(x): return k', names)\nf = names['f']",
    "a class that is from a list": "class K: pass\nK.__module__ = ['builtins']\ndef f(x): return K",
    "a class that is from nowhere": "class K: pass\nK.__module__ = 'nowhere'\ndef f(x): return K",
}


@pytest.mark.parametrize("name", LASTING)
def test_a_function_that_nothing_can_change_is_only_remembered(name):
    assert keeps_its_meaning(*target(LASTING[name]))


@pytest.mark.parametrize("name", CHANGING)
def test_a_function_that_a_later_cell_can_change_is_kept_with_its_process(name):
    assert not keeps_its_meaning(*target(CHANGING[name]))


def test_a_module_is_the_students_when_it_lies_beside_the_notebook(tmp_path, monkeypatch):
    (tmp_path / "helper_of_mine.py").write_text("k = 1\ndef g(): return k\nclass K: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    for use in ("import helper_of_mine", "from helper_of_mine import g", "from helper_of_mine import K"):
        name = use.split()[-1]
        assert not keeps_its_meaning(*target(f"{use}\ndef f(x): return {name}"))


def test_a_function_with_very_many_helpers_is_looked_through_without_end_or_depth():
    helpers = "\n".join(f"def g{n}(x): return g{n + 1}(x)" for n in range(3000))
    assert keeps_its_meaning(*target(f"{helpers}\ndef f(x): return g0(x)"))
    value, namespace = target(f"{helpers}\ng3000 = []\ndef f(x): return g0(x)")
    assert not keeps_its_meaning(value, namespace)


# What cells put out


def outputs(run_cells, *cells: str) -> list[list[dict]]:
    """The outputs of each cell, without the traces of errors."""
    ran = run_cells(*cells)
    assert ran.notes == []
    return [ran.outputs[place] for place in range(len(cells))]


def stream(text: str, name: str = "stdout") -> dict:
    return {"output_type": "stream", "name": name, "text": text}


CLEAR = "from IPython.display import clear_output\nprint(1)\nclear_output"
ASIDE = "import contextlib, io\nfrom IPython.utils.capture import capture_output\nwith"
STREAMS = [
    ("print('a')\nprint('b')", [stream("a\nb\n")]),
    ("pass", []),
    ("1 + 1;", []),
    ("x = 3", []),
    ("None", []),
    (
        "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)",
        [stream("1\n"), stream("2\n", "stderr"), stream("3\n")],
    ),
    ("print('é', end='')\nprint('\\ud800')", [stream("é\ud800\n")]),
    ("print('a\\rb\\x08')", [stream("a\rb\x08\n")]),
    ("!echo hello; echo no >&2", [stream("hello\n"), stream("no\n", "stderr")]),
    ("print('first')\n!echo second", [stream("first\nsecond\n")]),
    ("%%bash\necho hello", [stream("hello\n")]),
    ("import os\nos.system('echo hello');", [stream("hello\n")]),
    ("import subprocess\nsubprocess.run(['echo', 'hello'], check=True);", [stream("hello\n")]),
    ("import os\nos.write(1, b'raw\\xff');", [stream("raw\ufffd")]),
    ("import sys\nsys.stdout.write('a');\nsys.stdout.flush()", [stream("a")]),
    (f"{ASIDE} capture_output(): print(1)\nprint(2)", [stream("2\n")]),
    (f"{ASIDE} contextlib.redirect_stdout(io.StringIO()): print(1)\nprint(2)", [stream("2\n")]),
    ("%%capture\nprint(1)", []),
    ("import logging\nlogging.warning('soon')", [stream("WARNING:root:soon\n", "stderr")]),
    (f"{CLEAR}()\nprint(2)", [stream("2\n")]),
    (f"{CLEAR}(wait=True)", [stream("1\n")]),
    (f"{CLEAR}(wait=True)\nprint(2)", [stream("2\n")]),
    ("quit()", []),
    ("exit()", []),
]


@pytest.mark.parametrize(("cell", "wanted"), STREAMS)
def test_what_a_cell_prints_is_its_output_in_order(run_cells, cell, wanted):
    found, after = outputs(run_cells, cell, "print('next')")
    assert found == wanted
    assert after == [stream("next\n")]


def test_the_last_value_is_the_result_with_its_number(run_cells):
    first, second = outputs(run_cells, "6 * 7", "_ + 1")
    assert first == [
        {"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": "42"}, "metadata": {}}
    ]
    assert (second[0]["execution_count"], second[0]["data"]["text/plain"]) == (2, "43")


def test_a_display_stands_between_what_is_printed_before_and_after(run_cells):
    cell = "from IPython.display import display, HTML\nprint(1)\ndisplay(HTML('<b>2</b>'))\nprint(3)\n4"
    (found,) = outputs(run_cells, cell)
    assert [output["output_type"] for output in found] == [
        "stream",
        "display_data",
        "stream",
        "execute_result",
    ]
    assert found[1]["data"]["text/html"] == "<b>2</b>"
    assert found[1]["metadata"] == {}


def test_a_display_that_is_updated_shows_its_last_state_once(run_cells):
    cell = "from IPython.display import display\nh = display('a', display_id=True)\nprint(1)\nh.update('b')"
    (found,) = outputs(run_cells, cell)
    assert [output["output_type"] for output in found] == ["display_data", "stream"]
    assert found[0]["data"]["text/plain"] == "'b'"
    assert found[0].keys() == {"output_type", "data", "metadata"}


def test_a_figure_is_a_picture_once_and_closed(run_cells):
    draw = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2]);"
    first, again, closed = outputs(
        run_cells, draw, draw + "\nplt.show()\nprint('after')", "plt.get_fignums()"
    )
    (picture,) = first
    assert picture["output_type"] == "display_data"
    assert base64.b64decode(picture["data"]["image/png"]).startswith(b"\x89PNG")
    assert [output["output_type"] for output in again] == ["display_data", "stream"]
    assert closed[0]["data"]["text/plain"] == "[]"


def test_a_figure_that_was_closed_is_not_shown(run_cells):
    cell = "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('a.png')\nplt.close()"
    found, size = outputs(run_cells, cell, "import os; os.path.getsize('a.png') > 1000")
    assert found == []
    assert shown(size) == "True"


def test_a_table_is_text_and_html(run_cells):
    pytest.importorskip("pandas")
    (found,) = outputs(run_cells, "import pandas as pd\npd.DataFrame({'a': [1]})")
    assert found[0]["data"].keys() == {"text/plain", "text/html"}


ERRORS = {
    "1 / 0": "ZeroDivisionError",
    "def f(:": "SyntaxError",
    "no_such_name": "NameError",
    "assert False, 'why'": "AssertionError",
    "import sys; sys.exit(3)": "SystemExit",
    "raise SystemExit": "SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "input('name? ')": "StdinNotImplementedError",
    "import getpass; getpass.getpass()": "",
    "class E(BaseException): pass\nraise E": "E",
    "raise BaseExceptionGroup('two', [ValueError(), KeyboardInterrupt()])": "BaseExceptionGroup",
    "class E(Exception):\n    def __str__(self): raise ValueError\nraise E": "",
    "%no_such_magic": "",
    "import no_such_module": "ModuleNotFoundError",
    "raise ExceptionGroup('two', [ValueError(), TypeError()])": "ExceptionGroup",
    "get_ipython().showtraceback = lambda *parts, **rest: None\n1 / 0": "ZeroDivisionError",
    "get_ipython().set_custom_exc((Exception,), lambda *parts, **rest: None)\n1 / 0": "ZeroDivisionError",
    "import asyncio\nawait asyncio.sleep(0.001)\n1 / 0": "ZeroDivisionError",
}


@pytest.mark.parametrize("cell", ERRORS)
def test_an_error_ends_its_cell_and_no_other(run_cells, cell):
    found, after = outputs(
        run_cells, cell + "\n" if cell.startswith("%") else f"{cell}\nprint('not reached')", "1"
    )
    kinds = [output["output_type"] for output in found]
    if ERRORS[cell]:
        (error,) = [output for output in found if output["output_type"] == "error"]
        assert error["ename"] == ERRORS[cell]
        assert isinstance(error["evalue"], str)
        assert "\x1b[" not in "".join(error["traceback"])
    assert "error" in kinds or cell.startswith("%") or "stderr" in str(found)
    assert "not reached\n" not in [output.get("text") for output in found]
    assert shown(after) == "1"


def test_what_was_printed_before_an_error_is_kept(run_cells):
    (found,) = outputs(run_cells, "print('before')\nraise ValueError('why')")
    assert [output["output_type"] for output in found] == ["stream", "error"]
    assert found[1]["evalue"] == "why"


WARNINGS = "import warnings\nwarnings.warn('careful')"


def test_a_warning_goes_to_stderr(run_cells):
    (found,) = outputs(run_cells, WARNINGS)
    (output,) = found
    assert output["name"] == "stderr"
    assert "UserWarning: careful" in output["text"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("import asyncio\nawait asyncio.sleep(0.001)\n7", "7"),
        ("async def f():\n    return 7\nawait f()", "7"),
        ("import asyncio\nawait asyncio.gather(*[asyncio.sleep(0, n) for n in range(3)])", "[0, 1, 2]"),
        ("%%time\n7", "7"),
        ("%%timeit -n1 -r1\npass", "per loop"),
        ("%matplotlib inline\n7", "7"),
        ("%pwd", "small"),
        ("words = !echo a b\nwords", "['a b']"),
        (
            "import threading\nt = threading.Thread(target=print, args=['aside'])\nt.start(); t.join()",
            "aside",
        ),
        ("from concurrent.futures import *\nwith ThreadPoolExecutor(2) as p: print(*p.map(abs, [-7]))", "7"),
        ("import multiprocessing\nwith multiprocessing.Pool(1) as p: print(p.map(abs, [-7]))", "[7]"),
        ("import os\nos.environ['NBGRADER_EXECUTION']", "autograde"),
        ("get_ipython().__class__.__name__", "Shell"),
        ("__name__", "__main__"),
        ("In[1][:2], Out", "('In', {})"),
        ("import tempfile\nwith tempfile.TemporaryFile('w+') as f: print(f.write('abc'))", "3"),
        ("open('new.txt', 'w').write('abc')\nopen('new.txt').read()", "abc"),
        ("import sqlite3\nsqlite3.connect(':memory:').execute('select 7').fetchone()", "(7,)"),
        ("import locale, time\n'é'.encode().decode()", "é"),
        ("def f(x):\n    '''Doc.'''\nf?", ""),
    ],
)
def test_what_works_in_a_notebook_works_here(run_cells, cell, text):
    found, _ = outputs(run_cells, cell, "1")
    assert text in shown(found)
    assert "error" not in [output["output_type"] for output in found]


def test_widgets_are_made_and_shown(run_cells):
    pytest.importorskip("ipywidgets")
    cell = "import ipywidgets as w\ns = w.IntSlider(3)\ndisplay(w.VBox([s, w.Output()]))\ns.value = 4\ns"
    use = "@w.interact(x=3)\ndef f(x): print(x * 7)"
    found, _, value = outputs(run_cells, cell, use, "s.value")
    views = [output["data"] for output in found if "data" in output]
    assert all("application/vnd.jupyter.widget-view+json" in data for data in views)
    assert len(views) == 2
    assert shown(value) == "4"


def test_an_output_that_is_too_large_is_cut_and_says_so(run_cells):
    flood, lines, picture, after = outputs(
        run_cells,
        "print('x' * 10**7)\nprint('more')",
        "for n in range(10**5): print('x' * 10)\nprint('last')",
        "from IPython.display import HTML, display\ndisplay(HTML('x' * 10**6))",
        "1",
    )
    for found in (flood, lines):
        assert len(shown(found)) < LIMITS.cell_output_bytes + 100
        assert shown(found).endswith("... Output truncated ...\n")
    assert shown(picture) == "\n... Output truncated ...\n"
    assert shown(after) == "1"


@pytest.mark.parametrize(
    "flood",
    [
        "print('x' * 10**6)",
        f"print('x' * {LIMITS.cell_output_bytes - 1})",
        "for _ in range(200): print('x' * 1000)",
        "!yes | head -c 1000000",
        "from IPython.display import HTML, display\ndisplay(HTML('x' * 10**6))",
        "import sys; print('x' * 10**6, file=sys.stderr)",
    ],
)
def test_an_error_and_a_result_are_told_however_much_was_put_out_before(run_cells, flood):
    found, result = outputs(run_cells, f"{flood}\nraise ValueError('why')", f"{flood}\n0.5")
    (error,) = [output for output in found if output["output_type"] == "error"]
    assert (error["ename"], error["evalue"]) == ("ValueError", "why")
    (value,) = [output for output in result if output["output_type"] == "execute_result"]
    assert value["data"] == {"text/plain": "0.5"}


def test_an_error_with_a_long_message_and_a_long_result_are_shortened(run_cells):
    found, result = outputs(run_cells, "raise ValueError('x' * 10**6)", "list(range(10**5))")
    assert found[-1]["evalue"] == "x" * 500
    assert result[-1]["data"]["text/plain"].startswith("[0,")


def test_an_error_is_told_when_earlier_cells_used_up_all_the_room(run_cells):
    ran = run_cells(*["print('x' * 99_000)"] * 8, "assert False", "0.5")
    assert ran.outputs[8][-1]["output_type"] == "error"
    assert ran.outputs[9][-1]["data"] == {"text/plain": "0.5"}


def test_what_a_program_puts_out_is_cut_where_a_cells_output_is(run_cells):
    (found,) = outputs(run_cells, "!yes | head -c 1000000")
    assert shown(found).endswith("... Output truncated ...\n")
    assert len(shown(found)) > LIMITS.cell_output_bytes - 100


def test_a_number_that_json_does_not_have_is_shown_by_its_name(run_cells):
    found, _ = outputs(run_cells, "from IPython.display import JSON\nJSON({'a': float('nan')})", "1")
    assert found[0]["data"]["application/json"] == {"a": "NaN"}


def test_all_outputs_together_are_limited_and_the_points_are_not_lost(run_cells):
    request = {"kind": "value", "target": "x", "time_limit": 1.0, "checks": [[{}]]}
    cells = ["x = 7", *["print('y' * 90_000)"] * 20, Step(21, hold="x", kind="value", target="x")]
    ran = run_cells(*cells, requests={"x": request})
    assert ran.observations == {"x": [[{"returned": 7}]]}
    assert sum(len(shown(found)) for found in ran.outputs.values()) < LIMITS.submission_output_bytes
    assert ran.notes == []


# Where it runs


def test_a_cell_finds_the_files_that_were_handed_in(run_cells):
    ran = run_cells("sorted(__import__('os').listdir())", "open('a.csv').read()", a__csv=b"1;2", b__txt=b"")
    assert shown(ran.outputs[0]) == "['a.csv', 'b.txt']"
    assert shown(ran.outputs[1]) == "'1;2'"


def test_a_module_beside_the_notebook_is_imported_and_a_namesake_of_the_library_is_not(run_cells):
    ran = run_cells(
        "import helper\nhelper.k",
        "import random\nrandom.Random(1).random()",
        "import colorsys\nhasattr(colorsys, 'rgb_to_hsv')",
        helper__py=b"k = 7",
        random__py=b"1 / 0",
        colorsys__py=b"1 / 0",
    )
    assert [shown(ran.outputs[n]) for n in range(3)] == ["7", "0.13436424411240122", "True"]


def test_two_runs_of_the_same_cells_put_out_the_same(run_cells):
    cells = ["{'a', 'b', 'c', 'd'}", "hash('a')", "import random\nrandom.seed(1)\nrandom.random()"]
    assert run_cells(*cells).outputs == run_cells(*cells).outputs


def test_random_numbers_without_a_seed_are_not_the_same_in_every_submission(run_cells):
    first, second = run_cells("import random\nrandom.random()"), run_cells("import random\nrandom.random()")
    assert shown(first.outputs[0]) != shown(second.outputs[0])
