"""Which answers count as equal, and what a difference is called."""

import datetime
import decimal
import fractions
import itertools
import json
import math
import random
import time

import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import codec
from autograder.codec import Opaque, Sealed, decode, encode
from autograder.comparison import Comparison, Mismatch, seal

matplotlib.use("agg")
EXACT = Comparison(abs=0, rel=0)


def between(expected, got, **how):
    """The mismatch of two values as they arrive on the other side of the border."""
    return Comparison(**how).mismatch(decode(encode(expected)), decode(encode(got)))


def kind(expected, got, **how):
    found = between(expected, got, **how)
    return found.kind if found else None


def sealed(value, **how):
    return decode(json.loads(json.dumps(seal(encode(value), Comparison(**how), "salt"))))


HONEST = {
    "a NumPy float for a number": (25.0, np.float64(25)),
    "a NumPy int for a number": (25.0, np.int64(25)),
    "an int for a float": (25.0, 25),
    "a float for an int": (25, 25.0),
    "a Decimal": (0.25, decimal.Decimal("0.25")),
    "a Fraction": (1 / 3, fractions.Fraction(1, 3)),
    "an array without dimensions": (25.0, np.array(25.0)),
    "minus zero": (0.0, -0.0),
    "the last digit": (0.1 + 0.2, 0.3),
    "a long sum in another order": (math.fsum([0.1] * 1000), sum([0.1] * 1000)),
    "a NumPy truth value": (True, np.bool_(True)),
    "NumPy text": ("promoter", np.str_("promoter")),
    "pandas' sign for no answer": (None, pd.NA),
    "no moment for no answer": (None, pd.NaT),
    "a tuple for a list": ([1, 2], (1, 2)),
    "a list for a tuple": ((14.7, 45.3), [14.7, 45.3]),
    "a list of NumPy floats": ([1.0, 2.0], [np.float64(1), np.float64(2)]),
    "a dictionary in another order": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "a dictionary with NumPy keys": ({1: 2.0}, {np.int64(1): np.float64(2)}),
    "a set of floats with noise": ({0.1 + 0.2, 1.0}, {0.3, 1.0}),
    "a moment for a date": (datetime.date(2026, 1, 15), pd.Timestamp("2026-01-15")),
    "not a number for not a number": (math.nan, np.float64("nan")),
    "infinity": (math.inf, np.inf),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_form_of_the_answer_is_accepted(name):
    assert between(*HONEST[name]) is None


def frame(**columns):
    return pd.DataFrame(columns)


SCORES = frame(brand=["A", "B"], nps=[30.0, -5.0])
HONEST_TABLES = {
    "whole numbers in a column of floats": (SCORES, frame(brand=["A", "B"], nps=[30, -5])),
    "the columns in another order": (SCORES, frame(nps=[30.0, -5.0], brand=["A", "B"])),
    "a column of categories": (SCORES, frame(brand=pd.Categorical(["A", "B"]), nps=[30.0, -5.0])),
    "a column of objects": (SCORES, frame(brand=pd.Series(["A", "B"], dtype=object), nps=[30.0, -5.0])),
    "nullable numbers": (SCORES, frame(brand=["A", "B"], nps=pd.Series([30.0, -5.0], dtype="Float64"))),
    "rows that kept their old numbers": (SCORES, SCORES.set_axis([4, 7], axis=0)),
    "rows that were numbered anew": (SCORES.set_axis([4, 7], axis=0), SCORES),
    "None for a missing value": (
        frame(answer=["yes", np.nan]),
        frame(answer=pd.Series(["yes", None], dtype=object)),
    ),
    "a Series of another name": (pd.Series([1.0, 2.0], name="nps"), pd.Series([1, 2], name="score")),
    "labels for which nobody asked": (pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0], index=["A", "B"])),
    "an array of whole numbers": (np.array([1.0, 2.0]), np.array([1, 2])),
    "a table without rows": (SCORES.iloc[:0], SCORES[SCORES.nps > 99]),
}


@pytest.mark.parametrize("name", HONEST_TABLES)
def test_an_honest_form_of_a_table_is_accepted(name):
    assert between(*HONEST_TABLES[name]) is None


@given(st.floats(-1e12, 1e12), st.floats(-1, 1))
def test_numbers_within_the_tolerance_are_equal_and_outside_are_not(value, share):
    how = Comparison(abs=0.5, rel=1e-9)
    step = how.tolerance(value)
    assert how.mismatch(value, value + share * step * 0.99) is None
    assert how.mismatch(value, value + math.copysign(step * 1.1 + abs(value) * 1e-8, share)) is not None


@pytest.mark.parametrize(
    ("expected", "got", "name"),
    [
        (25.0, "25.0", "type"),
        (25.0, True, "type"),
        (25.0, [25.0], "type"),
        (1, True, "type"),
        (True, 1, "type"),
        (True, "True", "type"),
        ("a", 1, "type"),
        ([1], 1, "type"),
        ([1], {1}, "type"),
        ([1], np.array([1]), "type"),
        ({1}, [1], "type"),
        ({"a": 1}, [("a", 1)], "type"),
        (25.0, None, "nothing"),
        (25.0, ..., "nothing"),
        (None, 0, "value"),
        (None, math.nan, "value"),
        (None, "", "value"),
        (30.0, -30.0, "sign"),
        (30.0, 0.3, "factor"),
        (0.3, 30.0, "factor"),
        (15.384615, 15.0, "rounding"),
        (15.384615, 15.38, "rounding"),
        (66.666, 66.0, "near"),
        (25.0, math.nan, "nan"),
        (25.0, math.inf, "value"),
        (math.nan, 25.0, "value"),
        (math.inf, 25.0, "value"),
        (0.004, 0.0, "value"),
        (0.6, 1.0, "value"),
        (25.0, 10**400, "value"),
        (10**400, 1, "value"),
        ("promoter", " promoter", "spaces"),
        ("promoter", "Promoter", "case"),
        ("promoter", "passive", "value"),
        ([1, 2], [1], "length"),
        ([1, 2], [2, 1], "order"),
        ([1, 2], [1, -2], "sign"),
        ([1, 2], [1, None], "nothing"),
        ({1, 2}, {1, 3}, "items"),
        ({"a": 1}, {}, "keys"),
        ({"a": 1}, {"a": 1, "b": 2}, "keys"),
        ({"a": 1}, {"a": 100}, "factor"),
        (datetime.date(2026, 1, 15), datetime.date(2026, 1, 16), "value"),
        (datetime.date(2026, 1, 15), "2026-01-15", "type"),
        (1j, 1.0, "type"),
        (1j, 2j, "value"),
    ],
)
def test_a_difference_has_a_name(expected, got, name):
    assert kind(expected, got) == name


@pytest.mark.parametrize(
    ("got", "name"),
    [
        (SCORES[["brand"]], "columns"),
        (SCORES.assign(n=1), "columns"),
        (pd.concat([SCORES, SCORES[["nps"]]], axis=1), "columns"),
        (SCORES.iloc[:1], "length"),
        (SCORES.iloc[::-1].reset_index(drop=True), "order"),
        (SCORES.assign(nps=[30.0, 5.0]), "sign"),
        (SCORES.assign(nps=[30.0, np.nan]), "nothing"),
        (SCORES.assign(nps=["30", "-5"]), "type"),
        (SCORES.nps, "type"),
        ({"brand": ["A", "B"]}, "type"),
        (None, "nothing"),
    ],
)
def test_a_difference_of_tables_has_a_name(got, name):
    assert kind(SCORES, got) == name


def test_the_order_of_rows_or_columns_matters_only_where_it_was_asked_for():
    shuffled, exchanged = SCORES.iloc[::-1], SCORES[["nps", "brand"]]
    assert kind(SCORES, shuffled) == "order"
    assert kind(SCORES, shuffled, row_order=False) is None
    assert kind(SCORES, exchanged) is None
    assert kind(SCORES, exchanged, column_order=True) == "columns"
    assert kind([1, 2], [2, 1], row_order=False) is None


BY_BRAND = pd.Series([30.0, -5.0], index=pd.Index(["A", "B"], name="brand"))


def test_labels_that_say_something_matter():
    assert kind(BY_BRAND, BY_BRAND.set_axis(["B", "A"])) == "value"
    assert kind(BY_BRAND, BY_BRAND.reset_index(drop=True)) == "type"
    by_score = pd.Series([7, 8], index=pd.Index([0, 10], name="score"))
    assert kind(by_score, by_score.set_axis([0, 9])) is not None
    assert kind(by_score.rename_axis(None), by_score.set_axis([0, 9]), row_labels=True) is not None
    assert kind(BY_BRAND, BY_BRAND.set_axis(["B", "A"]), row_labels=False) is None


def test_labels_of_two_columns_matter():
    rows = frame(brand=["A", "A", "B"], wave=[1, 2, 1], nps=[1.0, 2.0, 3.0])
    grouped = rows.groupby(["brand", "wave"])["nps"].mean()
    assert kind(grouped, grouped.copy()) is None
    assert kind(grouped, grouped.iloc[::-1]) == "order"
    assert kind(grouped, grouped.iloc[::-1], row_order=False) is None
    assert kind(grouped, grouped.reset_index()) == "type"


def test_two_columns_of_one_name_are_compared_by_place():
    twice = pd.DataFrame([[1, 2]], columns=["x", "x"])
    assert kind(twice, twice.copy()) is None
    assert kind(twice, pd.DataFrame([[2, 1]], columns=["x", "x"])) is not None


def test_where_rows_may_stand_in_any_order_their_cells_may_not():
    table = pd.DataFrame({"promoters": [50, 20], "detractors": [20, 5]})
    exchanged = table.rename(columns={"promoters": "detractors", "detractors": "promoters"})
    assert kind(table, exchanged, row_order=False) == "value"
    assert kind([(1, 2), (3, 4)], [(3, 4), (2, 1)], row_order=False) == "value"
    assert kind([(1, 2), (3, 4)], [(3, 4), (1, 2)], row_order=False) is None


NUMBERS = st.sampled_from([0.0, 0.4, 1.0, 1.4, 2.0, 2.8, math.nan, math.inf])
ITEM = st.one_of(NUMBERS, st.tuples(NUMBERS, st.sampled_from(["a", "A", None]), NUMBERS))


@given(st.lists(ITEM, max_size=4), st.data())
@settings(max_examples=300)
def test_items_in_any_order_are_equal_exactly_when_they_can_be_paired(expected, data):
    """Tried against every order there is; 0.5 apart still counts as equal."""
    got = data.draw(st.permutations(expected))
    for place in data.draw(st.sets(st.integers(0, 3))):
        got[place : place + 1] = [data.draw(ITEM)]
    loose, free = Comparison(abs=0.5), Comparison(abs=0.5, row_order=False)
    paired = len(expected) == len(got) and any(
        loose.mismatch(expected, list(order)) is None for order in itertools.permutations(got)
    )
    assert (free.mismatch(expected, got) is None) is paired


@pytest.mark.parametrize("n", [10, 5000])
def test_many_items_in_another_order_are_found_equal_and_soon(n):
    rng = random.Random(1)
    rows = [(rng.choice("abc"), rng.random(), rng.randrange(5)) for _ in range(n)]
    noisy = [(a, b + 1e-13, c) for a, b, c in rows]
    rng.shuffle(noisy)
    table, other = (pd.DataFrame(r, columns=list("xyz")) for r in (rows, noisy))
    started = time.perf_counter()
    assert kind(rows, noisy) == "order"
    assert kind(table, other, row_order=False) is None
    assert kind({b for _, b, _ in rows}, {b for _, b, _ in noisy}) is None
    assert kind(rows, [*noisy[:-1], ("d", 0, 0)]) != "order"
    assert time.perf_counter() - started < 5


def test_a_column_that_became_the_index_is_told_so():
    found = between(SCORES, SCORES.set_index("brand"))
    assert (
        found.sentence
        == "the column 'brand' is missing; it is the index, `reset_index()` makes a column of it"
    )


def test_text_without_regard_to_case_where_that_was_asked_for():
    assert kind("Net Promoter Score", " net promoter score", ignore_case=True) is None
    assert kind(["A"], ["a"], ignore_case=True) is None


def test_the_sentence_names_the_place_with_both_values():
    assert between([1, 2, 3, 4], [1, 5, 3, 4]).sentence == "item 2: got 5, expected 2"
    assert between([1, 2, 3], [1, 5, 3]).sentence == "item 2 is the first that differs"
    assert between([1, 2], [1, None]).sentence == "item 2 is missing (None or NaN)"
    line = between("NPS 12.3 points, n = 65.", "NPS 12.3 points, n=65.")
    assert (
        line.sentence == "the texts differ after '.3 points, n': yours goes on with '=65.', expected ' = 65.'"
    )
    assert between({"a": 1.5}, {"a": 2}).sentence == "under 'a': got 2, expected 1.5"
    column = between(SCORES, SCORES.assign(nps=[31.0, -5.0]))
    assert column.sentence == "column 'nps', row 1: got 31.0, expected 30.0"
    assert between(BY_BRAND, BY_BRAND + 9).sentence == "row 1 ('A'): got 39.0, expected 30.0"
    hundredth = between([30.0], [0.3])
    assert hundredth.sentence.endswith("or the other way round (item 1: got 0.3, expected 30.0)")


def test_the_sentence_on_a_wrong_type_says_how_to_convert():
    assert "`list(...)` makes a list of it" in between([1], np.array([1])).sentence
    assert "`list(...)` makes a list of it" in between([1], (x for x in [1])).sentence
    assert "leave out quotation marks" in between(25.0, "25 %").sentence
    assert "`np.array(...)` makes an array of it" in between(np.array([1]), [1]).sentence
    assert "choose one column" in between(SCORES.nps, SCORES[["nps"]]).sentence


class Anything:
    """A student's class that says yes to everything."""

    def __eq__(self, other):
        return True

    __ne__ = __lt__ = __bool__ = __float__ = __len__ = __eq__

    def __hash__(self):
        return 0


@pytest.mark.parametrize("expected", [25.0, "a", True, [1], {1}, {"a": 1}, SCORES, BY_BRAND, np.array([1])])
def test_an_object_that_equals_everything_proves_nothing(expected):
    assert kind(expected, Anything()) == "type"
    assert kind([expected], [Anything()]) is not None
    assert kind({"a": expected}, {"a": Anything()}) is not None


def test_settings_survive_the_file():
    how = Comparison(abs=0.5, row_order=False, words={"title": ("NPS",)}, row_labels=True)
    assert Comparison.from_json(json.loads(json.dumps(how.to_json()))) == how
    assert Comparison().to_json() == {}


@pytest.mark.parametrize("value", [-1, math.nan, math.inf])
def test_an_impossible_tolerance_is_refused(value):
    with pytest.raises(ValueError, match=r"abs must be 0 or more, got"):
        Comparison(abs=value)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        [
            ...,
            1j,
            Opaque("Thing"),
            Sealed("number", ("x",), "s", 0.1),
            Sealed("text", ("x",), "s"),
            datetime.date(2026, 1, 15),
            datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC),
            SCORES,
            BY_BRAND,
            pd.DataFrame(),
            pd.DataFrame([[1, 2]], columns=["nps", "nps"]),
            np.array([[1.0, math.nan]]),
            np.array([], dtype=object),
            decode({"$": "figure", "title": "", "axes": []}),
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.dictionaries(st.integers(0, 2) | st.text(max_size=2) | st.floats(), inner, max_size=3)
        | st.sets(st.integers() | st.floats() | st.text(max_size=2), max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=500)
@given(anything, anything, st.booleans())
def test_any_two_values_can_be_compared(expected, got, ordered):
    found = Comparison(row_order=ordered, ignore_case=ordered).mismatch(expected, got)
    assert found is None or isinstance(found, Mismatch)


@settings(max_examples=300)
@given(anything)
def test_a_value_is_equal_to_itself(value):
    if not isinstance(value, Opaque) and "Sealed" not in repr(value) and "Opaque" not in repr(value):
        found = Comparison().mismatch(value, value)
        assert found is None or "Ellipsis" in repr(value)


@settings(max_examples=200)
@given(st.floats(-1e9, 1e9), st.sampled_from([1e-6, 0.05, 0.5, 3.0, 0.0]), st.floats(-1, 1))
def test_a_sealed_number_is_never_stricter_than_its_tolerance(value, tolerance, share):
    how = Comparison(abs=tolerance)
    seal_of = sealed(value, abs=tolerance)
    assert how.mismatch(seal_of, value + share * how.tolerance(value) * 0.999) is None
    assert how.mismatch(seal_of, value + 3.2 * how.tolerance(value) + 1e-7) is not None


@pytest.mark.parametrize(
    ("value", "got", "name"),
    [
        (30.0, 30, None),
        (30.0, np.float64(30), None),
        (30.0, -30.0, "sign"),
        (30.0, 0.3, "factor"),
        (0.3, 30.0, "factor"),
        (30.0, 31.0, "value"),
        (30.0, "30", "type"),
        (30.0, True, "type"),
        (30.0, ..., "nothing"),
        (30.0, Anything(), "type"),
        (30.0, 10**400, "value"),
        (30.0, math.nan, "value"),
        (0.0, -0.0, None),
        (math.nan, math.nan, None),
        (True, True, None),
        (True, False, "value"),
        (True, 1, "type"),
        ("shop", "shop", None),
        ("shop", "Shop ", "case"),
        ("shop", "web", "value"),
        ("shop", 3, "type"),
        ([1.5, "a"], [1.5, "a"], None),
        ([1.5, "a"], ["a", 1.5], "order"),
        ([1.5, "a"], [1.5], "length"),
        ({"a": 1, "b": None}, {"a": 1, "b": None}, None),
        ({"a": 1}, {"a": 2}, "value"),
        ({1, 2}, {2, 1}, None),
        ({1, 2}, {2, 3}, "items"),
        ((1, 2), np.array([1, 2]), "type"),
        (datetime.date(2026, 1, 15), datetime.date(2026, 1, 15), None),
        (SCORES, SCORES, None),
        (SCORES, SCORES.assign(nps=0.0), "value"),
        (SCORES.assign(nps=[np.nan, 1.0]), SCORES.assign(nps=[np.nan, 1.0]), None),
        (BY_BRAND, BY_BRAND, None),
        (np.array([1.0, 2.0]), np.array([1, 2]), None),
    ],
)
def test_a_sealed_answer_is_recognised_without_being_known(value, got, name):
    found = Comparison().mismatch(sealed(value), decode(encode(got)))
    assert (found.kind if found else None) == name


def test_a_sealed_text_forgives_case_only_where_that_was_asked_for():
    assert Comparison(ignore_case=True).mismatch(sealed("shop"), " Shop") is None


def test_a_seal_shows_no_value_and_a_message_names_none():
    text = json.dumps(seal(encode({"total": 4711.25, "shop": "Utrecht", "rise": True}), Comparison(), "s"))
    assert "4711" not in text
    assert "Utrecht" not in text
    assert "true" not in text
    found = Comparison().mismatch(sealed([1.5, 2.5, 0.5, 0.5]), [1.5, 3.5, 0.5, 0.5])
    assert found.sentence == "item 2: got 3.5"


def test_a_seal_has_no_middle():
    assert seal(1.0, Comparison(), "s")["v"] == sorted(seal(1.0, Comparison(), "s")["v"])


def bars(names, heights, horizontal=False, **words):
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    (ax.barh if horizontal else ax.bar)(names, heights)
    ax.set(**{"title": "Half are promoters", "xlabel": "group", "ylabel": "customers"} | words)
    told = decode(encode(figure))
    plt.close(figure)
    return told


def lines(*series, kind="plot", **words):
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    for x, y in series:
        getattr(ax, kind)(x, y)
    ax.set(**{"title": "NPS falls", "xlabel": "wave", "ylabel": "NPS (points)"} | words)
    told = decode(encode(figure))
    plt.close(figure)
    return told


GROUPS = ["promoters", "passives", "detractors"]
ASKED_BARS = bars(GROUPS, [50, 30, 20])
ASKED_LINE = lines(([1, 2, 3], [30.0, 25.0, 10.0]))


@pytest.mark.parametrize(
    ("got", "name"),
    [
        (bars(GROUPS, [50, 30, 20]), None),
        (bars(["Promoters", "Passives", "Detractors"], [50, 30, 20]), None),
        (bars(GROUPS[::-1], [20, 30, 50]), None),
        (bars(["P", "N", "D"], [50, 30, 20]), None),
        (bars([0, 1, 2], [50, 30, 20]), None),
        (bars(GROUPS[::-1], [50, 30, 20]), "data"),
        (bars(GROUPS, [0.5, 0.3, 0.2]), "data"),
        (bars(GROUPS[:2], [50, 30]), "data"),
        (bars(GROUPS, [50, 30, 20], horizontal=True), "axis"),
        (lines(([0, 1, 2], [50, 30, 20])), "data"),
        (bars(GROUPS, [50, 30, 20], title=""), "no title"),
        (bars(GROUPS, [50, 30, 20], xlabel="  "), "no xlabel"),
        (bars(GROUPS, [50, 30, 20], ylabel=""), "no ylabel"),
        (Opaque("BarContainer"), "type"),
        (None, "nothing"),
    ],
)
def test_a_bar_chart_is_judged_by_its_bars_and_words(got, name):
    found = Comparison().mismatch(ASKED_BARS, got)
    assert (found.kind if found else None) == name


@pytest.mark.parametrize(
    ("got", "name"),
    [
        (lines(([1, 2, 3], [30, 25, 10])), None),
        (lines(([3, 2, 1], [10, 25, 30])), None),
        (lines(([1, 2, 3], [30, 25, 10]), kind="scatter"), None),
        (lines(([1, 2], [0, 0]), ([1, 2, 3], [30, 25, 10])), None),
        (lines(([30, 25, 10], [1, 2, 3])), "axis"),
        (lines(([0, 1, 2], [30, 25, 10])), "data"),
        (lines(), "data"),
    ],
)
def test_a_line_is_judged_by_its_points(got, name):
    found = Comparison().mismatch(ASKED_LINE, got)
    assert (found.kind if found else None) == name


def test_years_as_names_are_years_as_numbers():
    assert Comparison().mismatch(bars(["2024", "2025"], [1, 2]), bars([2024, 2025], [1, 2])) is None


def test_a_title_above_all_axes_is_a_title():
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    ax.bar(GROUPS, [50, 30, 20])
    ax.set(xlabel="group", ylabel="customers")
    figure.suptitle("Half are promoters")
    got = decode(encode(figure))
    plt.close(figure)
    assert Comparison(words={"title": ("promoters",)}).mismatch(ASKED_BARS, got) is None


def test_labels_must_have_the_words_that_were_asked_for():
    how = Comparison(words={"ylabel": ("points", "%")})
    assert how.mismatch(ASKED_LINE, lines(([1, 2, 3], [30, 25, 10]), ylabel="NPS in POINTS")) is None
    found = how.mismatch(ASKED_LINE, lines(([1, 2, 3], [30, 25, 10]), ylabel="NPS"))
    assert found.kind == "ylabel"


def test_only_the_words_count_where_the_data_was_not_asked_for():
    assert Comparison(data=False).mismatch(ASKED_LINE, lines(([5], [5]))) is None


def test_many_points_are_compared_soon():
    rng = np.random.default_rng(1)
    x, y = rng.random(5000), rng.random(5000)
    order = rng.permutation(5000)
    started = time.perf_counter()
    assert Comparison().mismatch(lines((x, y)), lines((x[order], y[order]), kind="scatter")) is None
    assert Comparison().mismatch(lines((x, y)), lines((x, x))).kind == "data"
    assert time.perf_counter() - started < 5


def test_codec_and_comparison_agree_on_what_is_data():
    assert between(SCORES, decode(json.loads(codec.dumps(SCORES)))) is None
