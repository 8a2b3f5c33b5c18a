"""What crosses the border out of a student's process: data, whole and unchanged, and nothing that can act."""

import collections
import contextlib
import datetime
import decimal
import fractions
import json
import math
import re
import typing

import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import codec
from autograder.codec import Figure, Opaque, decode, encode, within_limits

matplotlib.use("agg")


def crossed(value):
    """The value on the other side, after a trip as JSON text."""
    return decode(json.loads(codec.dumps(value)))


def same(a, b):
    """Equal in type and value; NaN is NaN, and -0.0 is not 0.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return repr(a) == repr(b)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    return a == b


numbers = st.integers(-(10**40), 10**40) | st.floats()
plain = st.none() | st.booleans() | numbers | st.text(max_size=20)
keys = st.booleans() | st.integers() | st.text(max_size=8) | st.tuples(st.integers(), st.text(max_size=3))
nested = st.recursive(
    plain | st.frozensets(keys, max_size=4).map(set),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner, inner)
        | st.dictionaries(keys | st.frozensets(st.integers(), max_size=3), inner, max_size=4)
    ),
    max_leaves=25,
)


@given(nested)
def test_plain_values_arrive_as_they_were(value):
    assert same(crossed(value), value)


@given(nested)
def test_what_arrived_is_written_the_same_way_again(value):
    assert encode(decode(encode(value))) == encode(value)


@given(st.text(alphabet=st.characters(), max_size=30))
def test_any_text_can_be_written_as_utf8_even_with_half_a_character(text):
    arrived = crossed(text)
    arrived.encode("utf-8")
    assert len(arrived) == len(text)


def test_a_lone_surrogate_becomes_a_replacement_sign():
    assert crossed("a\ud800b") == "a?b"


@pytest.mark.parametrize("code", [c for c in np.typecodes["All"] if c not in "SVOMm"])
def test_numpy_scalars_arrive_as_plain_values(code):
    value = np.ones(1, dtype=code)[0]
    assert type(crossed(value)) in (bool, int, float, complex, str)
    assert crossed(value) == np.ones(1, dtype=code).astype(object)[0]


def test_what_unique_gives_is_an_array():
    for values in (["a", "b", None], pd.array([1, None]), pd.Categorical(["b", "a"]), [True, None]):
        unique = pd.Series(values).unique()
        assert same(crossed(unique).tolist(), decode(encode(list(unique))))
    moments = pd.Series(pd.to_datetime(["2026-01-15", "2026-01-15"])).unique()
    assert crossed(moments).tolist() == [datetime.datetime(2026, 1, 15)]


def test_an_array_without_dimensions_is_a_scalar():
    assert same(crossed(np.array(2.5)), 2.5)


def test_decimals_and_fractions_are_numbers():
    assert same(crossed(decimal.Decimal("0.25")), 0.25)
    assert same(crossed(fractions.Fraction(1, 4)), 0.25)
    assert math.isnan(crossed(decimal.Decimal("NaN")))
    assert crossed(decimal.Decimal("sNaN")) == Opaque("Decimal")


@given(
    st.lists(st.floats(width=32), max_size=12).map(lambda v: np.array(v, dtype="float32"))
    | st.lists(st.floats(), min_size=6, max_size=6).map(lambda v: np.array(v).reshape(2, 3))
    | st.lists(st.integers(-(2**63), 2**63 - 1), max_size=8).map(lambda v: np.array(v, dtype="int64"))
    | st.lists(st.booleans(), max_size=8).map(lambda v: np.array(v, dtype=bool))
    | st.lists(st.text("abc é", max_size=5), max_size=8).map(lambda v: np.array(v, dtype=str))
)
def test_arrays_arrive_with_their_shape_and_kind(array):
    arrived = crossed(array)
    assert arrived.shape == array.shape
    assert arrived.dtype.kind == array.dtype.kind
    np.testing.assert_array_equal(arrived, array)


def test_missing_moments_stay_missing():
    moments = np.array(["2026-01-15T10:00", "NaT"], dtype="datetime64[ns]")
    np.testing.assert_array_equal(crossed(moments), moments.astype("datetime64[us]"))
    assert crossed(pd.NaT) is None
    assert crossed(np.datetime64("NaT")) is None


def test_dates_and_moments_arrive():
    for value in (
        datetime.date(2026, 1, 15),
        datetime.datetime(2026, 1, 15, 10, 30),
        datetime.datetime(2026, 1, 15, 10, tzinfo=datetime.UTC),
    ):
        assert same(crossed(value), value)
    assert crossed(pd.Timestamp("2026-01-15 10:30")) == datetime.datetime(2026, 1, 15, 10, 30)
    assert crossed(np.datetime64("2026-01-15")) == datetime.datetime(2026, 1, 15)


TWO_LABELS = pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["p", "q"])
SERIES = {
    "numbers": pd.Series([1, 2, 3], name="score"),
    "missing numbers": pd.Series([1.5, np.nan, np.inf]),
    "text with a missing value": pd.Series(["yes", None, "é"], name="answer"),
    "truth": pd.Series([True, False]),
    "missing truth": pd.Series([True, None], dtype="boolean"),
    "whole numbers with a missing one": pd.Series([1, None], dtype="Int64"),
    "moments": pd.Series(pd.to_datetime(["2026-01-15", None])),
    "moments with a zone": pd.Series(pd.to_datetime(["2026-01-15", None]).tz_localize("UTC")),
    "objects": pd.Series([1, "a", None, 2.5], dtype=object),
    "categories": pd.Series(["b", "a", None], dtype="category"),
    "labels of text": pd.Series([1.0, 2.0], index=pd.Index(["x", "y"], name="brand")),
    "labels of two columns": pd.Series([1, 2], index=TWO_LABELS),
    "labels that skip": pd.Series([7, 8], index=[3, 9]),
    "nothing": pd.Series([], dtype=float),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_arrives_with_its_values_labels_and_kind(name):
    pd.testing.assert_series_equal(crossed(SERIES[name]), SERIES[name])


@pytest.mark.parametrize("name", SERIES)
def test_a_table_arrives_with_its_values_labels_and_kinds(name):
    frame = SERIES[name].to_frame("first").assign(second=1.5)
    pd.testing.assert_frame_equal(crossed(frame), frame)


def test_a_table_may_have_two_columns_of_one_name():
    frame = pd.DataFrame([[1, "a"], [2, "b"]], columns=["x", "x"])
    arrived = crossed(frame)
    assert list(arrived.columns) == ["x", "x"]
    assert arrived.to_numpy().tolist() == [[1, "a"], [2, "b"]]


def test_a_table_may_have_no_columns_or_no_rows():
    for frame in (pd.DataFrame(), pd.DataFrame(index=[1, 2]), pd.DataFrame({"a": [1]}).iloc[:0]):
        pd.testing.assert_frame_equal(crossed(frame), frame, check_column_type=False, check_index_type=False)


@settings(max_examples=50)
@given(
    st.lists(st.text(max_size=4), min_size=1, max_size=4).flatmap(
        lambda names: st.lists(
            st.tuples(*[st.none() | st.floats() | st.text(max_size=4) for _ in names]), max_size=5
        ).map(lambda rows: pd.DataFrame(rows, columns=names, dtype=object))
    )
)
def test_any_table_of_plain_cells_arrives(frame):
    pd.testing.assert_frame_equal(crossed(frame), frame, check_column_type=False)


def test_tables_of_the_student_are_read_without_what_hangs_on_the_object():
    series, frame = pd.Series([1, 2], name="n"), pd.DataFrame({"a": [1, 2]})
    for table in (series, frame):
        for method in ("tolist", "_ixs", "to_numpy", "__array__", "iget"):
            object.__setattr__(table, method, _never)
    pd.testing.assert_series_equal(crossed(series), pd.Series([1, 2], name="n"))
    pd.testing.assert_frame_equal(crossed(frame), pd.DataFrame({"a": [1, 2]}))


def test_dictionaries_of_the_standard_library_are_dictionaries():
    scores = ["promoter", "passive", "promoter"]
    grouped = collections.defaultdict(list, a=[1])
    assert crossed(collections.Counter(scores)) == {"promoter": 2, "passive": 1}
    assert crossed(grouped) == {"a": [1]}
    assert crossed(collections.OrderedDict(a=1)) == {"a": 1}


def test_a_named_tuple_is_the_tuple_it_is():
    class Interval(typing.NamedTuple):
        low: float
        high: float

        def __iter__(self):
            _never()

    assert same(crossed(Interval(1.0, 2.0)), (1.0, 2.0))


def _never(*args, **kwargs):
    raise AssertionError("code of the student's object was run")


HOOKS = """
__eq__ __ne__ __lt__ __hash__ __repr__ __str__ __format__ __bytes__ __iter__ __len__ __getitem__
__float__ __int__ __index__ __bool__ __complex__ __array__ __array_interface__ __reduce__ __reduce_ex__
__getstate__ __contains__ __call__ __getattr__ __dir__ __sizeof__ __fspath__ __next__ __reversed__ __copy__
__deepcopy__ tolist item items keys values isoformat as_integer_ratio get_suptitle get_figure ravel to_numpy
bit_length encode
"""


def evil(*bases, **extra):
    """A class of a student that answers to everything, and says a library's name is its home."""
    body = {name: _never for name in HOOKS.split()}
    body["__class__"] = property(_never)
    return type("Evil", bases, {**body, **extra})


class EvilMeta(type):
    __eq__ = __hash__ = __instancecheck__ = __subclasscheck__ = __iter__ = __len__ = __repr__ = _never
    __name__ = __module__ = __mro__ = __dict__ = property(_never)

    def __getattribute__(cls, name):
        _never()


CLASSES = {
    "a plain class": evil(),
    "a float": evil(float),
    "an int": evil(int),
    "a str": evil(str),
    "a list": evil(list),
    "a tuple": evil(tuple),
    "a dict": evil(dict),
    "a set": evil(set),
    "a datetime": evil(datetime.date, __new__=lambda cls: datetime.date.__new__(cls, 2026, 1, 15)),
    "a Decimal": evil(decimal.Decimal),
    "a Fraction": evil(fractions.Fraction),
    "a NumPy float": evil(np.float64, __module__="numpy"),
    "a pandas index": evil(pd.Index, __module__="pandas.core.indexes.base", __new__=object.__new__),
    "a class with a metaclass": EvilMeta("Evil", (), {}),
}


@pytest.mark.parametrize("name", CLASSES)
def test_an_object_of_a_students_class_is_only_its_class_name(name):
    kind = CLASSES[name]
    value = kind.__new__(kind) if name != "a class with a metaclass" else type.__call__(kind)
    assert encode(value) == {"$": "object", "type": "Evil"}
    assert encode([value]) == [{"$": "object", "type": "Evil"}]
    assert encode({"answer": value})["v"][0][1] == {"$": "object", "type": "Evil"}


def test_a_students_table_class_is_only_its_class_name():
    class Table(pd.DataFrame):
        @property
        def shape(self):
            _never()

    class Column(pd.Series):
        def tolist(self):
            _never()

    class Array(np.ndarray):
        def ravel(self):
            _never()

    assert crossed(Table({"a": [1]})) == Opaque("Table")
    assert crossed(Column([1])) == Opaque("Column")
    assert crossed(np.array([1.0]).view(Array)) == Opaque("Array")


def test_objects_inside_tables_and_arrays_are_only_their_class_names():
    inside = CLASSES["a plain class"]
    cells = np.empty(1, dtype=object)
    cells[0] = inside()
    assert crossed(cells).tolist() == [Opaque("Evil")]
    assert crossed(pd.Series(cells, dtype=object)).tolist() == [Opaque("Evil")]


def test_a_class_cannot_speak_through_its_name():
    class Name(str):
        __slots__ = ()
        __str__ = __getitem__ = __len__ = __repr__ = _never

    class Thing:
        pass

    Thing.__name__ = Name("<script>")
    assert encode(Thing()) == {"$": "object", "type": "<script>"}


def test_a_time_zone_of_the_students_own_is_not_asked():
    class Zone(datetime.tzinfo):
        utcoffset = dst = tzname = _never

    assert crossed(datetime.datetime(2026, 1, 15, tzinfo=Zone())) == Opaque("datetime")


def test_a_fraction_of_other_objects_is_not_asked():
    made = fractions.Fraction(1, 2)
    made._numerator = CLASSES["a plain class"]()
    assert crossed(made) == Opaque("Fraction")


def test_functions_generators_and_modules_are_not_data():
    assert crossed(len) == Opaque("builtin_function_or_method")
    assert crossed(x for x in "ab") == Opaque("generator")
    assert crossed(math) == Opaque("module")
    assert crossed(object) == Opaque("type")
    assert crossed(b"ab") == Opaque("bytes")


def too_deep():
    value = []
    for _ in range(codec.MAX_DEPTH + 2):
        value = [value]
    return value


def circular():
    value = []
    value.append(value)
    return value


TOO_LARGE = {
    "many items": lambda: [0] * (codec.MAX_ITEMS + 1),
    "an endless shape": lambda: np.broadcast_to(0.0, (10**6, 10**6)),
    "a long array": lambda: np.zeros(codec.MAX_ITEMS + 1),
    "a long table": lambda: pd.DataFrame(index=pd.RangeIndex(10**9)),
    "a long series": lambda: pd.Series(np.broadcast_to(1, 10**7)),
    "long text": lambda: "a" * (codec.MAX_TEXT + 1),
    "much text": lambda: ["a" * codec.MAX_TEXT] * 1000,
    "a huge number": lambda: 10**5000,
    "depth": too_deep,
    "a list in itself": circular,
    "the same list again and again": lambda: [[[[[[0] * 20] * 20] * 20] * 20] * 20] * 20,
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_value_without_bounds_is_refused_quickly(name):
    arrived = crossed(TOO_LARGE[name]())
    assert isinstance(arrived, Opaque)
    assert arrived.type_name.endswith("too large to be an answer")


def test_a_value_at_the_limit_crosses():
    assert len(crossed([0] * (codec.MAX_ITEMS - 1))) == codec.MAX_ITEMS - 1
    assert crossed("a" * codec.MAX_TEXT) == "a" * codec.MAX_TEXT


NONSENSE = [
    {},
    {"$": "unknown"},
    {"$": 3},
    {"$": ["list"]},
    {"v": 1},
    {"$": "float", "v": "1.0"},
    {"$": "float"},
    {"$": "tuple", "v": "ab"},
    {"$": "tuple"},
    {"$": "set", "v": [[1]]},
    {"$": "dict", "v": [[1]]},
    {"$": "dict", "v": [[[1], 2]]},
    {"$": "scalar", "dtype": "float64", "v": [1]},
    {"$": "scalar", "dtype": "float64", "v": {"$": "scalar", "v": []}},
    {"$": "time", "v": "yesterday"},
    {"$": "time", "v": 3},
    {"$": "complex", "v": ["1"]},
    {"$": "object", "type": 5},
    {"$": "sealed", "kind": "number", "v": "ab", "salt": "s"},
    {"$": "array", "dtype": "int64", "shape": [2], "v": [1]},
    {"$": "array", "dtype": "int64", "shape": [-1], "v": [1]},
    {"$": "array", "dtype": "int64", "shape": [1], "v": ["a"]},
    {"$": "array", "dtype": 3, "shape": [1], "v": [1]},
    {"$": "series", "dtype": "int64", "v": [1], "name": None, "index": {"rows": 2}},
    {"$": "series", "dtype": "int64", "v": [1], "name": None, "index": {"rows": -1}},
    {"$": "series", "dtype": "int64", "v": [1], "name": None, "index": [1]},
    {"$": "series", "dtype": "datetime64[us, Mars/Base]", "v": ["x"], "name": None, "index": {"rows": 1}},
    {"$": "frame", "columns": ["a"], "dtypes": [], "v": [[1]], "index": {"rows": 1}},
    {"$": "frame", "columns": ["a", "b"], "dtypes": ["int64"], "v": [[1]], "index": {"rows": 1}},
    {"$": "frame", "columns": [], "dtypes": [], "v": [], "index": {"rows": 10**15}},
    {"$": "figure", "title": "", "axes": [{}]},
    {"$": "figure", "title": 3, "axes": []},
    object(),
    1j,
    (1, 2),
]


@pytest.mark.parametrize("data", NONSENSE, ids=lambda data: re.sub(r" at 0x\w+", "", str(data))[:60])
def test_nonsense_is_refused_in_one_way(data):
    with pytest.raises(ValueError, match=r".+"):
        decode(data)


def test_nesting_without_end_is_refused():
    data = 1
    for _ in range(100_000):
        data = [data]
    with pytest.raises(ValueError, match="RecursionError"):
        decode(data)
    with pytest.raises(ValueError, match="larger than any answer"):
        within_limits(data)


FIELDS = "$ v dtype shape index name rows labels names columns axes type"
KINDS = "float tuple set dict scalar time array series frame object sealed"
json_data = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS.split()), inner | st.sampled_from(KINDS.split()), max_size=5)
    ),
    max_leaves=15,
)


@settings(max_examples=300)
@given(json_data)
def test_decoding_ends_in_a_value_or_a_value_error(data):
    with contextlib.suppress(ValueError):
        decode(data)


@pytest.fixture
def drawn():
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    yield figure, ax
    plt.close(figure)


def test_a_figure_tells_its_words_and_its_data(drawn):
    figure, ax = drawn
    ax.plot([1, 2], [3, 4], label="nps")
    ax.scatter([5, 6], [7, 8])
    ax.bar([0, 1], [9, 10])
    ax.set(title="NPS falls", xlabel="wave", ylabel="NPS (points)")
    ax.legend()
    arrived = crossed(figure)
    assert isinstance(arrived, Figure)
    told = arrived.axes[0]
    assert (told["title"], told["xlabel"], told["ylabel"]) == ("NPS falls", "wave", "NPS (points)")
    assert told["lines"] == [{"x": [1, 2], "y": [3, 4]}]
    assert told["points"] == [{"x": [5, 6], "y": [7, 8]}]
    assert told["bars"]["height"] == [9, 10]
    assert told["legend"] == ["nps"]


def test_axes_handed_back_stand_for_their_figure(drawn):
    figure, ax = drawn
    ax.set_title("the same")
    assert encode(ax) == encode(figure)


def test_a_line_over_names_or_dates_has_numbers_for_its_places(drawn):
    figure, ax = drawn
    ax.plot(["promoters", "passives"], [50, 30])
    assert crossed(figure).axes[0]["lines"] == [{"x": [0, 1], "y": [50, 30]}]


def test_the_names_below_bars_are_told_with_their_places(drawn):
    figure, ax = drawn
    ax.bar(["promoters", "passives"], [50, 30])
    assert crossed(figure).axes[0]["xticks"] == [(0.0, "promoters"), (1.0, "passives")]


def test_decorations_are_not_data(drawn):
    figure, ax = drawn
    ax.axhline(0)
    ax.axvspan(0, 1)
    ax.fill_between([0, 1], [1, 2])
    told = crossed(figure).axes[0]
    assert not told["lines"]
    assert not told["points"]
    assert not told["bars"]["height"]


def test_a_gap_in_a_line_stays_a_gap(drawn):
    figure, ax = drawn
    ax.plot([1, 2], [np.nan, 4])
    ax.scatter([1, 2], [np.nan, 4])
    told = crossed(figure).axes[0]
    assert math.isnan(told["lines"][0]["y"][0])
    assert math.isnan(told["points"][0]["y"][0])


def test_labels_of_the_whole_figure_are_labels_of_its_axes(drawn):
    figure, _ = drawn
    figure.suptitle("the title")
    figure.supxlabel("weeks")
    figure.supylabel("customers")
    arrived = crossed(figure)
    assert arrived.title == "the title"
    assert (arrived.axes[0]["xlabel"], arrived.axes[0]["ylabel"]) == ("weeks", "customers")


def test_a_figure_class_of_the_student_is_only_its_class_name():
    from matplotlib.figure import Figure as DrawnFigure

    class Mine(DrawnFigure):
        pass

    mine = Mine()
    Mine.axes = property(_never)
    assert crossed(mine) == Opaque("Mine")
