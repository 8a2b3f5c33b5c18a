"""`check("nps")` in a student's session: an answer in words at once, and nothing else touched."""

import json
import os
import random
import sys
import time
import warnings

import matplotlib
import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder import Checker, checker
from autograder.authoring import exercise
from autograder.checker import CheckFailed, Result, find_checks
from autograder.compiling import CompiledKey, compile_exercise

matplotlib.use("agg")


def write(folder, *made, assignment="demo", **solutions):
    rows = tuple(
        compile_exercise(one, number + 1, solutions, assignment, 1) for number, one in enumerate(made)
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "checks.json"
    path.write_text(CompiledKey(assignment, rows).visible_json(), encoding="utf-8")
    return path


def double_exercise():
    made = exercise("double", points=3, call="double", title="Twice")
    made.case(2)
    made.case(5)
    made.hidden_case(100, name="a hundred")

    @made.misconception("Twice, not squared?")
    def squared(x):
        return x * x

    return made


def total_exercise():
    return exercise("total", points=1, value="total", title="The sum", needs=["double"])


def twice(x):
    return 2 * x


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with the checks of two exercises; the second needs the first."""
    write(tmp_path / "demo", double_exercise(), total_exercise(), double=twice, total=12.5)
    monkeypatch.chdir(tmp_path / "demo")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.delenv("AUTOGRADER_CHECKS", raising=False)
    return tmp_path


def session(code="", name="double", check=None):
    """A student's session after this cell, and the result of the check cell."""
    variables = {"check": check or Checker("demo")}
    exec(code, variables)
    exec(f"result = check({name!r})", variables)
    return variables.pop("result")


RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return x * x"


def test_a_right_answer_is_told_with_its_points(course):
    result = session(RIGHT)
    assert (result.verdict.state, float(result)) == ("right", 2.0)
    assert str(result) == (
        "✔ Twice: Right so far. Both visible checks pass (2 of 3 points so far); "
        "1 hidden check runs after you submit."
    )


def test_a_wrong_answer_is_told_with_one_hint(course):
    assert str(session(WRONG)) == (
        "◐ Twice: Partly right. `double(5)` returned 25; expected 10.\n"
        "  Hint: Twice, not squared?\n"
        "  1 of 3 points so far; 1 hidden check runs after you submit."
    )


def test_in_a_terminal_the_words_are_shown_and_in_a_kernel_the_points(course, monkeypatch):
    result = session(WRONG)
    assert repr(result) == str(result)
    monkeypatch.setattr(checker, "in_kernel", lambda: True)
    assert repr(result) == "1.0"
    assert result._repr_html_().startswith("<div")


def test_what_an_exercise_needs_is_named_once(course):
    waiting = session(WRONG + "\ntotal = 1", "total")
    assert waiting.verdict.headline == "Not checked yet: needs exercise 1 (Twice) to work first."
    assert session(RIGHT + "\ntotal = 1", "total").verdict.state == "wrong"
    assert session("total = 1", "total").verdict.state == "waiting"


def test_of_a_chain_of_needs_the_first_link_that_fails_is_named(course):
    last = exercise("last", points=1, value="last", needs=["total"])
    write(course / "demo", double_exercise(), total_exercise(), last, double=twice, total=12.5, last=1)
    broken = session(WRONG + "\ntotal = 1\nlast = 2", "last")
    assert broken.verdict.headline == "Not checked yet: needs exercise 1 (Twice) to work first."
    later = session(RIGHT + "\ntotal = 1\nlast = 2", "last")
    assert later.verdict.headline == "Not checked yet: needs exercise 2 (The sum) to work first."


def test_a_right_answer_is_never_withheld(course):
    assert float(session(WRONG + "\ntotal = 12.5", "total")) == 1.0
    assert float(session("total = 12.5", "total")) == 1.0


def test_what_is_not_defined_is_told_before_what_it_needs(course):
    assert session("", "total").verdict.headline.startswith("`total` is not defined yet.")


def test_an_exercise_that_does_not_exist_is_told_with_the_one_that_was_meant(course):
    result = session(RIGHT, "dubble")
    assert result.verdict.state == "fault"
    assert str(result) == (
        "! dubble: Could not check. There is no exercise `dubble` in demo. Did you mean `double`?"
    )
    assert "There are: double, total." in str(session(RIGHT, "xyz"))


def test_a_function_in_place_of_its_name_is_understood(course):
    variables = {"check": Checker("demo")}
    exec(RIGHT + "\nresult = check(double)", variables)
    assert variables["result"].verdict.state == "right"


@pytest.mark.parametrize("text", ["", "{", '{"format": 9}', '{"format": 1, "exercises": [{}]}'])
def test_a_damaged_file_is_our_fault_and_costs_nothing(course, monkeypatch, text):
    (course / "demo" / "checks.json").write_text(text)
    result = session(RIGHT, check=Checker("demo", course / "demo" / "checks.json"))
    assert result.verdict.state == "fault"
    assert "Your work is not lost." in str(result)
    monkeypatch.setattr(checker, "in_kernel", lambda: True)
    with pytest.raises(ValueError, match="could not"):
        float(repr(result))


def test_a_fault_in_the_check_itself_is_reported_as_ours(course, monkeypatch):
    path = course / "demo" / "checks.json"
    document = json.loads(path.read_text())
    document["exercises"][0]["checks"][0]["calls"][0]["expected"] = {"$": "nonsense"}
    path.write_text(json.dumps(document))
    result = session(RIGHT)
    assert result.verdict.state == "fault"
    assert "This is not your mistake and costs you nothing; please tell your instructor." in str(result)
    assert "Traceback" not in str(result)


def test_a_missing_file_says_what_to_do(course, monkeypatch):
    monkeypatch.chdir(course)
    (course / "demo" / "checks.json").unlink()
    assert "The file checks.json is not beside this notebook." in str(session(RIGHT))


def test_a_notebook_that_was_moved_within_the_course_still_finds_its_checks(course, monkeypatch):
    write(course / "release" / "other", double_exercise(), assignment="other", double=twice)
    deep = course / "demo" / "attempts" / "monday"
    deep.mkdir(parents=True)
    for folder in (deep, course, course / "release"):
        monkeypatch.chdir(folder)
        assert session(RIGHT).verdict.state == "right"
        assert session(RIGHT, check=Checker("other")).verdict.state == "right"


def test_the_file_of_another_assignment_is_passed_over(course, monkeypatch):
    write(course / "release" / "other", double_exercise(), assignment="other", double=twice)
    assert find_checks("other") == course / "release" / "other" / "checks.json"
    monkeypatch.chdir(course / "demo")
    assert "belongs to demo, not to third" in str(session(RIGHT, check=Checker("third")))


def test_while_grading_the_instructors_checks_are_read_and_not_the_students(course, monkeypatch):
    mine = exercise("double", points=3, call="double")
    mine.case(1)
    write(course / "release" / "demo", mine, double=lambda x: 7)
    monkeypatch.setenv("AUTOGRADER_CHECKS", str(course / "release"))
    assert session(RIGHT).verdict.state == "right"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert session(RIGHT).verdict.state == "wrong"
    assert float(session("def double(x): return 7")) == 3.0


def test_while_validating_our_words_are_raised(course, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(CheckFailed) as raised:
        session(WRONG)
    assert "Twice, not squared?" in str(raised.value)
    shown = raised.value._render_traceback_()
    # nbgrader's validator cuts longer lines.
    assert max(map(len, shown)) <= 80
    assert " ".join(" ".join(shown).split()) == " ".join(str(raised.value).split())
    with pytest.raises(CheckFailed, match="is not defined yet"):
        session("")
    with pytest.raises(CheckFailed, match="There is no exercise"):
        session(RIGHT, "nothing")
    assert float(session(RIGHT)) == 3.0


def test_the_session_is_left_as_it_was(course, capfd):
    import matplotlib.pyplot as plt

    code = (
        "import warnings, random\nimport numpy as np\nimport matplotlib.pyplot as plt\ncalls = 0\n"
        "def double(x):\n    global calls\n    calls += 1\n    random.seed(0), np.random.seed(0)\n"
        "    warnings.warn('old'), warnings.simplefilter('error')\n    plt.close('all'), plt.figure()\n"
        "    print('hello')\n    return 2 * x"
    )
    variables = {"check": Checker("demo")}
    exec(code, variables)
    plt.close("all")
    plt.figure(5)
    before = dict(variables)
    state = random.getstate(), np.random.get_state()[1].tolist(), list(warnings.filters), sys.stdout
    exec("check('double')", variables)
    after = random.getstate(), np.random.get_state()[1].tolist(), list(warnings.filters), sys.stdout
    assert variables == before
    assert after == state
    assert plt.get_fignums() == [5]
    assert capfd.readouterr() == ("", "")
    plt.close("all")


def test_the_students_interrupt_passes_through(course):
    with pytest.raises(KeyboardInterrupt):
        session("def double(x):\n    raise KeyboardInterrupt")


@pytest.mark.parametrize(
    "answer",
    [
        "'<script>alert(1)</script>'",
        "type('<img src=x onerror=alert(1)>', (), {})()",
        "[float('nan'), {'</div>': '<b>'}]",
        "'$x$ `code` </code>'",
    ],
)
def test_what_a_student_returns_is_text_on_the_page(course, answer):
    page = session(f"def double(x):\n    return {answer}")._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<div") == page.count("</div")


@pytest.mark.parametrize(
    "answer",
    [
        "pd.DataFrame([[1, 2]], columns=['a', 'a'])",
        "pd.Series([1, 2], index=[[1, 1], [2, 3]])",
        "np.zeros((2, 0))",
        "{float('nan'): 1, None: 2, (1, 2): 3}",
        "{frozenset({1}), (1, 2), 'a', None, 2.5}",
        "[..., 1j, b'', object(), type]",
        "10 ** 3000",
        "'\\ud800'",
        "pd.NaT",
    ],
)
def test_whatever_a_student_returns_is_judged_and_no_fault_of_ours(course, answer):
    made = session(f"import numpy as np, pandas as pd\ndef double(x):\n    return {answer}")
    assert made.verdict.state == "wrong"
    table = exercise("table", points=1, call="table")
    table.case(1)
    frame = pd.DataFrame({"a": [1.0]}, index=pd.Index(["x"], name="brand"))
    write(course / "demo", table, table=lambda x: frame)
    made = session(f"import numpy as np, pandas as pd\ndef table(x):\n    return {answer}", "table")
    assert made.verdict.state == "wrong"


def test_a_check_costs_less_than_a_tenth_of_a_second(course):
    made = exercise("mean_age", points=3, call="mean_age")
    rng = np.random.default_rng(1)
    survey = pd.DataFrame(rng.integers(18, 90, (2000, 8)), columns=[f"q{n}" for n in range(8)])
    survey["answer"] = rng.choice(["yes", "no", None], 2000)
    made.case(survey, shown="survey")
    made.case(survey.iloc[:100], shown="first")
    for number in range(8):

        @made.misconception(f"Is it column {number}?")
        def another_column(table, number=number):
            return float(table.iloc[:, number].mean()) + 1

    write(course / "demo", made, mean_age=lambda table: float(table.q0.mean()))
    check = Checker("demo")
    code = "def mean_age(table):\n    return table.shape[0]"
    session(code, "mean_age", check)
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert session(code, "mean_age", check).verdict.state == "wrong"
        times.append(time.perf_counter() - started)
    assert min(times) < 0.1


def test_the_checks_survive_a_reset_of_the_variables(course):
    check = Checker("demo")
    variables = {"check": check}
    exec(RIGHT, variables)
    variables.clear()
    variables.update(check=check)
    exec("result = check('double')", variables)
    assert variables["result"].verdict.headline.startswith("`double` is not defined yet.")


def test_who_shows_the_checker_itself_is_told_what_to_write(course):
    assert repr(Checker("demo")) == 'The checks of demo: write check("...") with the name of an exercise.'


LOGGING = """
import logging, sys, warnings
log = logging.getLogger("mine")
log.addHandler(logging.StreamHandler(sys.stderr))
kept = sys.stderr
def double(x):
    warnings.warn("this is old", DeprecationWarning)
    log.error("a log line")
    print("straight to stderr", file=kept, flush=True)
    print("to the notebook")
    from IPython.display import display
    display("shown")
    return 2 * x
"""


def in_kernel(folder, *cells, **environment):
    nb = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(nb, timeout=60, resources={"metadata": {"path": str(folder)}}).execute(
        env={**os.environ, **environment}
    )
    nbformat.validate(nb)
    return [cell.outputs for cell in nb.cells]


SETUP = 'from autograder import Checker\ncheck = Checker("demo")'


def test_in_a_real_kernel_the_points_are_the_value_and_the_page_is_shown(course):
    folder = course / "demo"
    outputs = in_kernel(
        folder, SETUP, LOGGING, 'check("double")', WRONG, 'check("double")', NBGRADER_EXECUTION="autograde"
    )
    for cell, points, words in ((2, "2.0", "Both visible checks pass"), (4, "1.0", "Twice, not squared?")):
        (output,) = outputs[cell]
        assert output.output_type == "execute_result"
        assert output.data["text/plain"] == points
        assert words in output.data["text/html"]


def test_a_result_is_a_plain_object():
    assert Result.__mro__ == (Result, object)


def test_a_check_after_a_red_error_says_that_it_speaks_of_the_older_version(course):
    cells = [
        SETUP,
        "def double(x):\n    return 2 * x",
        "def double(x)\n    return 3 * x",
        *2 * ['check("double")'],
    ]
    nb = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    NotebookClient(nb, allow_errors=True, resources={"metadata": {"path": str(course / "demo")}}).execute()
    first, second = ("".join(str(output) for output in cell.outputs) for cell in nb.cells[-2:])
    assert "ended in a red error (SyntaxError)" in first
    assert "red error" not in second
