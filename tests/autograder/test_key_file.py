"""A key with an error in it: one sentence with file and line, and what to mend."""

import pytest

from autograder.authoring import KeyFault
from autograder.compiling import compile_assignment
from autograder.key_file import load_key

GOOD = 'nps = exercise("nps", points=1, call="nps")\nnps.case([10])\n'
SOLVED = "def nps(scores):\n    return 100.0 * len(scores)"

# What is written below line 2, the line of the fault, and the sentence after it.
BAD_KEYS = {
    "a syntax error": ("nps = exercise(\n", 3, "Python cannot read it: '(' was never closed"),
    "an error at run time": (GOOD + "\n1 / 0\n", 6, "ZeroDivisionError: division by zero"),
    "an error in a function": (
        "def f():\n    return missing\nf()\n",
        4,
        "NameError: name 'missing' is not defined",
    ),
    "a module that is not there": ("import nothing_like_that\n", 3, "ModuleNotFoundError: No module named"),
    "the end of Python": ("raise SystemExit\n", 3, "SystemExit: "),
    "a setting that contradicts": (
        "\nnps = exercise('nps', points=-3, call='nps')\n",
        4,
        "nps: points must be between 0 and 100, got -3",
    ),
    "an unknown setting": (
        "nps = exercise('nps', points=1, call='nps', tolerance=3)\n",
        3,
        "TypeError: exercise() got an unexpected keyword argument 'tolerance'",
    ),
    "an impossible tolerance": (
        "nps = exercise('nps', points=1, call='nps', compare=Comparison(abs=-1))\n",
        3,
        "ValueError: abs must be 0 or more, got -1",
    ),
    "no exercise": ("x = 3\n", 1, "it defines no exercise; start with `name = exercise(...)`"),
    "no case": (
        "nps = exercise('nps', points=1, call='nps')\n",
        3,
        "nps has no visible case: add nps.case(...)",
    ),
    "two exercises of one name": (GOOD + GOOD, 5, "nps is the name of two exercises; the other is in "),
    "a need that does not exist": (
        "nps = exercise('nps', points=1, call='nps', needs=['share'])\nnps.case([1])\n",
        3,
        "nps needs 'share', which is not an exercise before it",
    ),
    "a need that comes later": (
        "a = exercise('a', points=1, value='a', needs=['nps'])\n" + GOOD,
        3,
        "a needs 'nps', which is not an exercise before it",
    ),
    "hidden points without a hidden check": (
        "nps = exercise('nps', points=1, call='nps', hidden_points=1)\nnps.case([1])\n",
        3,
        "nps has hidden_points=1 but no hidden check",
    ),
    "a choice of one": (
        "c = exercise('c', points=1, choice='c', options={'a': ''}, correct='a')\n",
        3,
        "c needs two options or more",
    ),
}


def fault(act, *args):
    with pytest.raises(KeyFault) as raised:
        act(*args)
    sentence = str(raised.value)
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", BAD_KEYS)
def test_a_bad_key_is_told_with_its_line(assignment, name):
    text, line, sentence = BAD_KEYS[name]
    path = assignment(text) / "key.py"
    assert fault(load_key, path).startswith(f"{path}, line {line}: {sentence}")


def test_a_key_that_is_missing_or_no_text_is_told(tmp_path):
    path = tmp_path / "key.py"
    assert fault(load_key, path) == f"there is no {path}: every assignment needs a key.py beside its notebook"
    path.write_bytes(b"\xff\xfe = 3\n")
    assert fault(load_key, path).startswith(f"{path}, line ")
    path.write_bytes(b"x = '\x00'\n")
    assert fault(load_key, path).startswith(f"{path}, line ")


def test_an_exercise_counts_even_when_it_has_no_name_in_the_key(assignment):
    folder = assignment(
        "exercise('claim', points=1, choice='claim', options={'a': '', 'b': 'Hm?'}, correct='a')\n" + GOOD
    )
    assert [made.name for made in load_key(folder / "key.py")] == ["claim", "nps"]


BAD_COMPILES = {
    "a solution that raises": (GOOD, "def nps(s):\n    return s[5]", 4, "the solution gives IndexError for "),
    "a solution that changes its argument": (
        GOOD,
        "def nps(s):\n    s.clear()\n    return 1",
        4,
        "the solution changes its argument in nps([10])",
    ),
    "a solution that takes for ever": (
        GOOD.replace("call=", "time_limit=0.3, call="),
        "def nps(s):\n    while True: pass",
        4,
        "the solution gives no answer within the time limit for nps([10])",
    ),
    "a solution without the seed": (
        GOOD.replace("[10]", "[10], repeat=2"),
        "import random\ndef nps(s):\n    return random.random()",
        4,
        "the solution gives two results for nps([10]): use the seed",
    ),
    "a solution that is no data": (
        GOOD,
        "def nps(s):\n    return (x for x in s)",
        4,
        "the solution gives an object of class generator for nps([10]); answers must be data",
    ),
    "a solution with an object inside": (
        GOOD,
        "def nps(s):\n    return {'a': [object()]}",
        4,
        "the solution gives an object of class object for nps([10]); answers must be data",
    ),
    "a solution of another name": (
        GOOD,
        "def nsp(s):\n    return 1",
        3,
        "the solutions of the notebook do not define 'nps'",
    ),
    "a solution that is no function": (GOOD, "nps = 3", 4, "the solution gives no answer for nps([10])"),
    "an argument that is no data": (
        GOOD.replace("[10]", "[object()]"),
        SOLVED,
        4,
        "an argument must be plain data, got an object of class object",
    ),
    "a hidden draw that fails": (
        GOOD + "nps.hidden(lambda rng: rng.nothing(), name='random')\n",
        SOLVED,
        5,
        "the hidden check 'random' cannot be drawn: AttributeError: ",
    ),
    "a hidden draw that is no data": (
        GOOD + "nps.hidden(lambda rng: object(), name='random')\n",
        SOLVED,
        5,
        "an argument must be plain data, got an object of class object",
    ),
    "a hidden case the solution cannot take": (
        GOOD + "nps.hidden_case(None, name='none')\n",
        SOLVED,
        5,
        "the solution gives TypeError for nps(None)",
    ),
}


@pytest.mark.parametrize("name", BAD_COMPILES)
def test_a_key_that_does_not_fit_its_solution_is_told_with_its_line(assignment, name):
    key, code, line, sentence = BAD_COMPILES[name]
    folder = assignment(key, nps=code)
    told = fault(compile_assignment, folder, 1)
    assert told.startswith(f"{folder / 'key.py'}, line {line}: nps: {sentence}")


def test_a_choice_whose_solution_is_no_option_is_told(assignment):
    key = "c = exercise('c', points=1, choice='c', options={'a': 'Hm?', 'b': 'Hm?'})\n"
    folder = assignment(key, c="c = 'd'")
    assert fault(compile_assignment, folder, 1).endswith(
        "line 3: c: the solution is 'd', which is not among the options ['a', 'b']"
    )


def test_a_wrong_value_that_cannot_be_made_is_told(assignment):
    key = "v = exercise('v', points=1, value='v')\n@v.misconception('Hm?')\ndef fails():\n    return 1 / 0\n"
    folder = assignment(key, v="v = 3")
    assert fault(compile_assignment, folder, 1).endswith(
        "line 4: v: fails fails: ZeroDivisionError: division by zero"
    )


def test_a_notebook_that_does_not_fit_the_key_is_told(assignment):
    folder = assignment(GOOD, nps=SOLVED, other="other = 1")
    notebook = folder / "demo.ipynb"
    assert fault(compile_assignment, folder, 1) == f"{notebook}: check('other') has no exercise in key.py"
    folder = assignment(GOOD, points={"nps": 2}, nps=SOLVED)
    assert fault(compile_assignment, folder, 1) == (
        f"{notebook}: nps has 2 points in the notebook and 1 in the key"
    )
    folder = assignment(GOOD, other="other = 1")
    assert fault(compile_assignment, folder, 1) == (
        f"{notebook} has no graded cell with check('nps'), but the key has that exercise"
    )
    folder = assignment(GOOD, nps="1 / 0")
    assert fault(compile_assignment, folder, 1) == (
        "demo, cell nps_answer, line 2: ZeroDivisionError: division by zero"
    )
    notebook.write_text("{")
    assert fault(compile_assignment, folder, 1).startswith(f"{notebook} is not a notebook that can be read")
    notebook.unlink()
    assert fault(compile_assignment, folder, 1) == f"{folder} should hold one notebook, but has 0"
