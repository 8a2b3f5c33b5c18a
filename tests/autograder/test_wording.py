"""How values are written in a sentence for a student."""

import datetime
import math

import numpy as np
import pandas as pd
import pytest

from autograder.codec import Figure, Opaque, Sealed
from autograder.wording import counted, describe_type, how_to_convert, show, show_pair


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (25.0, "25.0"),
        (25, "25"),
        (100 / 3, "33.3333"),
        (0.1 + 0.2, "0.3"),
        (1234567.891, "1234567.891"),
        (1e-9, "1e-09"),
        (math.nan, "NaN"),
        (-math.inf, "-inf"),
        (10**30, "100000… (31 digits)"),
        ("promoter", "'promoter'"),
        ("a" * 200, repr("a" * 88) + "…"),
        ([], "[]"),
        ([1, "a"], "[1, 'a']"),
        ((1,), "(1,)"),
        (set(), "set()"),
        ({2, 1}, "{1, 2}"),
        (frozenset({1}), "{1}"),
        ({"a": 1 / 3}, "{'a': 0.333333}"),
        (datetime.date(2026, 1, 15), "2026-01-15"),
        (
            list(range(100)),
            "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, …] (100 items)",
        ),
        (Opaque("Thing"), "a Thing object"),
    ],
)
def test_a_value_is_written_as_a_student_would_type_it(value, text):
    assert show(value) == text


def test_nothing_is_written_longer_than_a_line():
    for value in ("é" * 500, ["word"] * 500, {f"key {n}": "x" * 50 for n in range(50)}, ["a" * 300] * 3):
        assert len(show(value)) <= 110


def test_two_values_get_the_digits_that_tell_them_apart():
    assert show_pair(1 / 3, 0.3333333) == ("0.333333333", "0.3333333")
    assert show_pair(25.0, 30.0) == ("25.0", "30.0")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing (None)"),
        (True, "True or False"),
        (3, "a number"),
        ("a", "text"),
        (..., "three dots (...)"),
        (np.array([1]), "a NumPy array"),
        (pd.Series([1]), "a column (Series) with 1 value"),
        (pd.DataFrame({"a": [1, 2]}), "a table (DataFrame) with 2 rows and 1 column"),
        (Figure("", ()), "a matplotlib figure"),
        (Opaque("Evil"), "an Evil object"),
        (Opaque("generator"), "a generator"),
        (Opaque("function"), "a function (did you forget the brackets when you called it?)"),
        (Opaque("list, too large to be an answer"), "a list, too large to be an answer"),
        (Sealed("number", (), ""), "a number"),
    ],
)
def test_a_kind_of_value_is_named_in_words(value, text):
    assert describe_type(value) == text


def test_advice_is_given_for_usual_confusions_only():
    assert how_to_convert(1.0, "1") != ""
    assert how_to_convert(1.0, pd.Series([1.0])) != ""
    assert how_to_convert("a", 1) != ""
    assert how_to_convert(1.0, True) == ""
    assert how_to_convert([1], {"a": 1}) == ""


def test_one_is_singular():
    assert (counted(1, "row"), counted(0, "row"), counted(2, "entry", "entries")) == (
        "1 row",
        "0 rows",
        "2 entries",
    )
