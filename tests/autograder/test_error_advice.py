"""What a beginner is told to try after an error that Python explains in other words."""

import pytest

from autograder.error_advice import advice


def error_of(code, **names):
    try:
        exec(code, names)
    except Exception as error:
        return type(error).__name__, str(error)
    raise AssertionError("no error")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1.5 ^ 2", "`**`"),
        ("len([].append)", "Brackets are missing"),
        ("for i in 5: pass", "range(n)"),
        ("5 in 7", "`in` needs a list"),
        ("None + 1", "None, which means"),
        ("[1] + 2", "values.append"),
        ("2 + [1]", "values.append"),
        ("1 / [1, 2]", "np.array(values)"),
        ("[1, 2] - 3", "np.array(values)"),
        ("def f():\n    round = round(2.5)\nf()", "another one"),
        ('"NPS " + 2', "do not fit together"),
        ("(1, 2)['note']", "row.name"),
        ("(1, 2) - (1, 2)", "Take it apart"),
        ("3(4)", "no function stands before the brackets"),
        ("(lambda a: a)(0, 75)", "decimal comma"),
        ("none", "capital letter"),
        ("promoter", "quotation marks"),
        ("{}['blank']", "Was it made?"),
        ("1 / 0", "nothing to divide by"),
        ('float("8,0")', "Which character"),
        ("None.split()", "before the dot is None"),
        ("import pandas\nif pandas.Series([1, 2]): pass", ".any()"),
    ],
)
def test_usual_errors_get_the_advice_that_fits(code, words):
    kind, message = error_of(code)
    assert words in advice(kind, message, inside=True)


def test_a_def_line_with_other_arguments_is_told_apart_from_a_call_inside():
    kind, message = error_of("(lambda a: a)(1, 2)")
    assert "def" in advice(kind, message, inside=False)
    assert "def" not in advice(kind, message, inside=True)


def test_an_error_nobody_thought_of_still_gets_a_next_step():
    assert advice("LookupError", "strange", inside=True)
