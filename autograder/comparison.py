"""Is this value the expected one, and if not, in which way is it different? Works on decoded data only."""

from __future__ import annotations

import datetime
import hashlib
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os.path import commonprefix
from typing import Any

from autograder.codec import Figure, Opaque, Sealed, decode
from autograder.wording import counted, describe_type, how_to_convert, show, show_pair

# Up to this many items each is tried against each; longer lists are compared in sorted order only.
FEW = 200
LARGE = 1e300  # numbers from here on are equal or not, without a tolerance
LONG_TEXT = 16  # characters from which two texts are compared for the reader
SHORT_LIST = 3


@dataclass(frozen=True)
class Mismatch:
    """One way in which a value differs: `kind` for programs, `sentence` for the student."""

    kind: str
    sentence: str = ""


@dataclass(frozen=True)
class Comparison:
    """How two values are compared.

    Attributes:
        abs: largest absolute difference of two numbers that count as equal.
        rel: largest relative difference that counts as equal; the larger of both tolerances holds.
        row_order: whether the order of rows (tables) or items (lists) matters.
        column_order: whether the order of a table's columns matters.
        row_labels: whether the labels of rows (the index) matter; `None`: when they say something, i.e. when
            they have a name or are not whole numbers.
        ignore_case: whether text is compared without regard to case and outer spaces.
        words: for figures, per label (`title`, `xlabel`, `ylabel`) the words of which one must appear.
        data: for figures, whether the drawn data must be the reference's data.
    """

    abs: float = 1e-6
    rel: float = 1e-9
    row_order: bool = True
    column_order: bool = False
    row_labels: bool | None = None
    ignore_case: bool = False
    words: Mapping[str, tuple[str, ...]] | None = None
    data: bool = True

    def __post_init__(self) -> None:
        for name in ("abs", "rel"):
            if not 0 <= getattr(self, name) < math.inf:
                raise ValueError(f"{name} must be 0 or more, got {getattr(self, name)}")

    def to_json(self) -> dict[str, Any]:
        """The settings that differ from the default, as JSON data."""
        default = Comparison()
        changed = {k: v for k, v in vars(self).items() if v != getattr(default, k)}
        if self.words is not None:
            changed["words"] = {label: list(words) for label, words in self.words.items()}
        return changed

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Comparison:
        """The comparison that `to_json` wrote."""
        settings = dict(data)
        if settings.get("words"):
            settings["words"] = {label: tuple(words) for label, words in settings["words"].items()}
        return cls(**settings)

    def tolerance(self, value: float) -> float:
        """The largest difference from `value` that counts as equal."""
        return max(self.abs, self.rel * abs(value))

    def close(self, a: float, b: float) -> bool:
        """Whether two plain numbers are equal within the tolerance; NaN equals NaN."""
        if math.isnan(a) or math.isnan(b):
            return math.isnan(a) and math.isnan(b)
        if math.isinf(a) or math.isinf(b):
            return a == b
        return abs(a - b) <= max(self.tolerance(a), self.tolerance(b))

    def mismatch(self, expected: Any, got: Any) -> Mismatch | None:
        """`None` if `got` is the expected value, else the first difference that explains the most."""
        if expected is None:
            return None if got is None else Mismatch("value", "expected None (no answer)")
        if got is None or got is Ellipsis:
            return Mismatch("nothing", "nothing came back")
        if isinstance(got, Opaque):
            return self._wrong_type(expected, got)
        if isinstance(expected, Sealed):
            return self._sealed(expected, got)
        if isinstance(expected, bool):
            if isinstance(got, bool):
                return None if expected == got else Mismatch("value")
            return self._wrong_type(expected, got)
        if isinstance(expected, int | float):
            return self._number(expected, got)
        if isinstance(expected, str):
            return self._text(expected, got)
        if isinstance(expected, list | tuple):
            return self._sequence(expected, got)
        if isinstance(expected, set | frozenset):
            return self._set(expected, got)
        if isinstance(expected, dict):
            return self._dict(expected, got)
        if isinstance(expected, datetime.date):
            if not isinstance(got, datetime.date):
                return self._wrong_type(expected, got)
            return None if _moment(expected) == _moment(got) else Mismatch("value")
        if isinstance(expected, Figure):
            return self._figure(expected, got)
        if hasattr(expected, "dtype") or hasattr(expected, "columns"):
            return self._table(expected, got)
        # What remains (a complex number) is of a trusted type on both sides.
        if type(expected) is not type(got):
            return self._wrong_type(expected, got)
        return None if expected == got else Mismatch("value")

    def _wrong_type(self, expected: Any, got: Any) -> Mismatch:
        sentence = f"the answer should be {describe_type(expected)}, but it is {describe_type(got)}"
        advice = how_to_convert(expected, got)
        return Mismatch("type", f"{sentence}; {advice}" if advice else sentence)

    def _sealed(self, expected: Sealed, got: Any) -> Mismatch | None:
        if kind_of(got) != expected.kind:
            return self._wrong_type(expected, got)
        if isinstance(got, int) and abs(got) > 10**300:
            return Mismatch("value")
        if opens(expected, got):
            return None
        if expected.kind == "number" and got and math.isfinite(got):
            for factor, kind, sentence in _CONFUSIONS:
                if opens(expected, got * factor):
                    return Mismatch(kind, sentence)
        if expected.kind == "text" and digest(_folded(got), expected.salt) in expected.digests:
            if self.ignore_case:
                return None
            return Mismatch("case", "the letters are right, but spaces, capitals or small letters differ")
        return Mismatch("value")

    def _number(self, expected: float, got: Any) -> Mismatch | None:
        if isinstance(got, bool) or not isinstance(got, int | float):
            return self._wrong_type(expected, got)
        try:
            expected, got = float(expected), float(got)
        except OverflowError:
            return None if expected == got else Mismatch("value")
        if self.close(expected, got):
            return None
        if math.isnan(got):
            return Mismatch("nan", "the result is NaN, “not a number”: a missing value took part in it")
        if not math.isfinite(expected) or not math.isfinite(got):
            return Mismatch("value")
        if expected:
            for factor, kind, sentence in _CONFUSIONS:
                if self.close(expected, got * factor):
                    return Mismatch(kind, sentence)
        off = abs(got - expected)
        if got and off <= 0.2 * abs(expected) and any(got == round(expected, n) for n in range(4)):
            return Mismatch("rounding", "the result was rounded; return it unrounded")
        if off < min(1.0, 0.01 * abs(expected)):
            if expected == round(expected) and got != round(got):
                return Mismatch("near", "close: should the result be a whole number, rounded up or down?")
            return Mismatch("near", "close, but not within the tolerance: is something rounded on the way?")
        return Mismatch("value")

    def _text(self, expected: str, got: Any) -> Mismatch | None:
        if not isinstance(got, str):
            return self._wrong_type(expected, got)
        if expected == got:
            return None
        if _folded(expected) == _folded(got):
            if self.ignore_case:
                return None
            if expected.strip() == got.strip():
                return Mismatch("spaces", "the words are right, but there are spaces too many or too few")
            return Mismatch("case", "the letters are right, but capitals and small letters differ")
        if min(len(expected), len(got)) < LONG_TEXT:
            return Mismatch("value")
        place = len(commonprefix([expected, got]))  # noqa: RUF071, character by character is meant
        return Mismatch(
            "value",
            f"the texts differ after {expected[max(place - 12, 0) : place]!r}: yours goes on with "
            f"{got[place : place + 8]!r}, expected {expected[place : place + 8]!r}",
        )

    def _sequence(self, expected: Any, got: Any) -> Mismatch | None:
        if not isinstance(got, list | tuple):
            return self._wrong_type(expected, got)
        if len(expected) != len(got):
            return Mismatch("length", f"it has {counted(len(got), 'item')}, expected {len(expected)}")
        for position, (wanted, found) in enumerate(zip(expected, got, strict=True)):
            inner = self.mismatch(wanted, found)
            if inner is None:
                continue
            if self._same_items(expected, got):
                return self._order("items")
            if len(expected) <= SHORT_LIST and not inner.sentence and found is not None:
                # The headline shows so short a list whole.
                return Mismatch(inner.kind, f"item {position + 1} is the first that differs")
            return _placed(inner, f"item {position + 1}", wanted, found)
        return None

    def _order(self, what: str) -> Mismatch | None:
        return Mismatch("order", f"the {what} are right, but in another order") if self.row_order else None

    def _same_items(self, expected: Any, got: Any) -> bool:
        """Whether both have the same items in whatever order; the parts of an item stay in theirs.

        Items are put together with those that are equal but for their numbers. Among these, each number by
        itself must have a partner, and sorted numbers are paired as well as they can be.
        """
        if len(expected) != len(got):
            return False
        wanted, found = self._alike(expected), self._alike(got)
        if wanted is None or found is None:
            return self._pairs_up(expected, got)
        return wanted.keys() == found.keys() and all(
            self._same_numbers(rows, found[frame]) for frame, rows in wanted.items()
        )

    def _alike(self, items: Any) -> dict[Any, list[tuple[float, ...]]] | None:
        """The numbers of each item, under what else is in it; None if there is more than data in rows."""
        alike: dict[Any, list[tuple[float, ...]]] = {}
        for item in items:
            numbers: list[float] = []
            try:
                frame = self._frame_of(item, numbers)
            except TypeError:
                return None
            alike.setdefault(frame, []).append(tuple(numbers))
        return alike

    def _frame_of(self, value: Any, numbers: list[float]) -> Any:
        """What is equal in equal values; numbers that may be a little different are put into `numbers`."""
        if value is None or isinstance(value, bool):
            return value, "constant"
        if isinstance(value, int | float):
            if abs(value) < LARGE:
                numbers.append(value)
                return "number"
            return str(value), "number"  # NaN, infinite, or too large to be calculated with
        if isinstance(value, str):
            return (_folded(value) if self.ignore_case else value), "text"
        if isinstance(value, list | tuple):
            return tuple([self._frame_of(item, numbers) for item in value])
        raise TypeError(f"{type(value).__name__} is not compared by its parts")

    def _same_numbers(self, expected: list[tuple[float, ...]], got: list[tuple[float, ...]]) -> bool:
        """Whether both have the same rows of as many numbers, in whatever order."""
        if len(expected) != len(got):
            return False
        for wanted, found in zip(zip(*expected, strict=True), zip(*got, strict=True), strict=True):
            if not all(map(self.close, sorted(wanted), sorted(found))):
                return False
        return len(expected[0]) < 2 or self._pairs_up(expected, got)

    def _pairs_up(self, expected: Any, got: Any) -> bool:
        """Whether each item has a partner: tried in sorted order, and in a short list each with each."""
        in_order = replace(self, row_order=True)
        for digits in (None, self._digits_that_hold()):
            a, b = _sorted(expected, digits), _sorted(got, digits)
            if all(in_order.mismatch(x, y) is None for x, y in zip(a, b, strict=True)):
                return True
        return len(expected) <= FEW and not self._unmatched(expected, got)[0]

    def _unmatched(self, expected: Any, got: Any) -> tuple[int, int]:
        """How many items of each have no partner in the other."""
        in_order = replace(self, row_order=True)
        rest = list(got)
        missing = 0
        for wanted in expected:
            place = next(
                (n for n, found in enumerate(rest) if in_order.mismatch(wanted, found) is None), None
            )
            if place is None:
                missing += 1
            else:
                del rest[place]
        return missing, len(rest)

    def _digits_that_hold(self) -> int:
        """Decimals at which equal numbers are nearly always rounded to the same."""
        return 6 if self.abs == 0 else math.floor(-math.log10(self.abs)) - 3

    def _set(self, expected: Any, got: Any) -> Mismatch | None:
        if not isinstance(got, set | frozenset):
            return self._wrong_type(expected, got)
        wanted, found = list(expected - got), list(got - expected)
        if self._same_items(wanted, found):
            return None
        few = max(len(wanted), len(found)) <= FEW
        missing, extra = self._unmatched(wanted, found) if few else (len(wanted), len(found))
        return Mismatch("items", f"{missing} missing and {extra} too many")

    def _dict(self, expected: dict[Any, Any], got: Any) -> Mismatch | None:
        if not isinstance(got, dict):
            return self._wrong_type(expected, got)
        missing = [key for key in expected if key not in got]
        if missing:
            return Mismatch("keys", f"the key {show(missing[0])} is missing")
        extra = [key for key in got if key not in expected]
        if extra:
            return Mismatch("keys", f"the key {show(extra[0])} was not asked for")
        for key, wanted in expected.items():
            inner = self.mismatch(wanted, got[key])
            if inner is not None:
                return _placed(inner, f"under {show(key)}", wanted, got[key])
        return None

    def _table(self, expected: Any, got: Any) -> Mismatch | None:
        import numpy as np
        import pandas as pd

        if isinstance(expected, np.ndarray):
            if not isinstance(got, np.ndarray):
                return self._wrong_type(expected, got)
            if expected.shape != got.shape:
                return Mismatch("length", f"its shape is {got.shape}, expected {expected.shape}")
            return self._sequence(expected.ravel().tolist(), got.ravel().tolist())
        if isinstance(expected, pd.Series):
            if not isinstance(got, pd.Series):
                return self._wrong_type(expected, got)
            return self._rows(expected.to_frame("value"), got.to_frame("value"), [""])
        if not isinstance(got, pd.DataFrame):
            return self._wrong_type(expected, got)
        return self._frame(expected, got)

    def _frame(self, expected: Any, got: Any) -> Mismatch | None:
        wanted, found = list(expected.columns), list(got.columns)
        if wanted != found:
            missing = [name for name in wanted if name not in found]
            if missing:
                in_index = "; it is the index, `reset_index()` makes a column of it"
                told = f"the column {show(missing[0])} is missing"
                return Mismatch("columns", told + in_index if missing[0] in got.index.names else told)
            extra = [name for name in found if name not in wanted]
            if extra:
                return Mismatch("columns", f"the column {show(extra[0])} was not asked for")
            twice = [name for name, count in Counter(found).items() if count > 1]
            if twice:
                return Mismatch("columns", f"the column {show(twice[0])} is there more than once")
            if self.column_order:
                return Mismatch("columns", f"the columns should be in the order {show(wanted)}")
            got = got.iloc[:, [found.index(name) for name in wanted]]
        return self._rows(expected, got, [f"column {show(name)}, " for name in wanted])

    def _rows(self, expected: Any, got: Any, places: list[str]) -> Mismatch | None:
        """Two tables of the same columns, cell by cell; `places` names the columns in a message."""
        if len(expected) != len(got):
            return Mismatch("length", f"it has {counted(len(got), 'row')}, expected {len(expected)}")
        columns, found_columns = _columns(expected), _columns(got)
        named = self._labels_matter(expected.index)
        if named:
            places = ["label of ", *places]
            columns, found_columns = [_row_labels(expected), *columns], [_row_labels(got), *found_columns]
        rows = list(zip(*columns, strict=True))
        found_rows = list(zip(*found_columns, strict=True))
        for number, (row, found_row) in enumerate(zip(rows, found_rows, strict=True)):
            for place, a, b in zip(places, row, found_row, strict=True):
                inner = self.mismatch(a, b)
                if inner is None:
                    continue
                if self._same_items(rows, found_rows):
                    return self._order("rows")
                label = f" ({show(found_row[0])})" if named and place != "label of " else ""
                return _placed(inner, f"{place}row {number + 1}{label}", a, b)
        return None

    def _labels_matter(self, index: Any) -> bool:
        if self.row_labels is not None:
            return self.row_labels
        named = any(name is not None for name in index.names)
        return named or index.nlevels > 1 or not all(type(label) is int for label in index.tolist())

    def _figure(self, expected: Figure, got: Any) -> Mismatch | None:
        if not isinstance(got, Figure):
            return self._wrong_type(expected, got)
        if len(expected.axes) != len(got.axes):
            return Mismatch("axes", f"the figure has {len(got.axes)} axes, expected {len(expected.axes)}")
        for wanted, found in zip(expected.axes, got.axes, strict=True):
            problem = self._labels(got, found) or (self._drawn(wanted, found) if self.data else None)
            if problem is not None:
                return problem
        return None

    def same_mistake(self, expected: Figure, a: Figure, b: Figure) -> bool:
        """Whether two figures differ from the expected one in the same way, whatever their words."""
        first, second = self.mismatch(expected, a), self.mismatch(expected, b)
        if first is None or second is None or first.kind != second.kind:
            return first is None and second is None
        if first.kind != "data":
            return True
        return all(self._drawn(x, y) is None for x, y in zip(a.axes, b.axes, strict=True))

    def _labels(self, figure: Figure, ax: dict[str, Any]) -> Mismatch | None:
        names = {"title": "title", "xlabel": "label on the x axis", "ylabel": "label on the y axis"}
        for label, name in names.items():
            text = str(ax[label]).strip() or (figure.title if label == "title" else "")
            if not text.strip():
                return Mismatch(f"no {label}", f"the figure has no {name}")
            words = (self.words or {}).get(label, ())
            # A title may be shared between the figure and its axes.
            said = f"{text} {figure.title}" if label == "title" else text
            if words and not any(word.casefold() in said.casefold() for word in words):
                return Mismatch(
                    label, f"the {name} is {show(text)}: say there what is shown, and in which unit"
                )
        return None

    def _drawn(self, expected: dict[str, Any], got: dict[str, Any]) -> Mismatch | None:
        if expected["bars"]["height"]:
            problem = self._bars(expected, got)
            if problem is not None:
                return problem
        candidates = got["lines"] + got["points"]
        for what, name in (("lines", "line"), ("points", "points")):
            for series in expected[what]:
                wanted = _pairs(series["x"], series["y"])
                if any(self._same_items(wanted, _pairs(found["x"], found["y"])) for found in candidates):
                    continue
                if any(self._same_items(wanted, _pairs(found["y"], found["x"])) for found in candidates):
                    return Mismatch("axis", "the data is drawn with x and y exchanged")
                return Mismatch("data", f"the {name} asked for cannot be found in the figure")
        return None

    def _bars(self, expected: dict[str, Any], got: dict[str, Any]) -> Mismatch | None:
        wanted, found = _named_bars(expected), _named_bars(got)
        heights, found_heights = [height for _, height in wanted], [height for _, height in found]
        if not found:
            return Mismatch("data", "no bars are drawn")
        if self._same_items(wanted, found):
            return None
        if not self._same_items(heights, found_heights):
            if self._same_items(heights, got["bars"]["width"]):
                return Mismatch("axis", "the values lie along the x axis; they belong on the y axis")
            return Mismatch("data", "the heights of the bars are not the values asked for")
        if self._same_items([name for name, _ in wanted], [name for name, _ in found]):
            return Mismatch("data", "the heights are right, but they stand above the wrong names")
        # Other names for the same bars in the same order say the same.
        if self._sequence(heights, found_heights) is None:
            return None
        return Mismatch("data", "the heights are right, but not in the order asked for, and with other names")


_CONFUSIONS = (
    (-1, "sign", "the size is right, the sign is the other way round"),
    (
        100,
        "factor",
        "the result is 100 times too small: look where shares become per cent, or the other way round",
    ),
    (
        0.01,
        "factor",
        "the result is 100 times too large: look where shares become per cent, or the other way round",
    ),
)


def _placed(inner: Mismatch, place: str, wanted: Any, found: Any) -> Mismatch:
    """The mismatch of a part, with where it is; a sealed value is not named."""
    if found is None:
        return Mismatch(inner.kind, f"{place} is missing (None or NaN)")
    a, b = show_pair(found, wanted)
    told = f"{place}: got {a}" if _is_sealed(wanted) else f"{place}: got {a}, expected {b}"
    return Mismatch(inner.kind, f"{inner.sentence} ({told})" if inner.sentence else told)


def _is_sealed(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_is_sealed(item) for item in value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return any(_is_sealed(item) for item in value)
    return isinstance(value, Sealed)


def _pairs(x: list[float], y: list[float]) -> list[tuple[float, float]]:
    return list(zip(x, y, strict=True))


def _named_bars(ax: dict[str, Any]) -> list[tuple[Any, float]]:
    """Height of each bar from left to right, with the name below it, or its place when it has no name."""
    bars = ax["bars"]
    rows = _sorted(zip(bars["x"], bars["width"], bars["height"], strict=True))
    return [(_name_below(x, width, ax["xticks"]), height) for x, width, height in rows]


def _name_below(x: float, width: float, ticks: list[tuple[float, str]]) -> str | float:
    place, text = min(ticks, key=lambda tick: abs(tick[0] - x), default=(math.nan, ""))
    # A bar may be centred on its tick or begin there.
    if not abs(place - x) <= 0.51 * abs(width) or not text.strip():
        return x
    try:
        number = float(text.replace("\u2212", "-"))
    except ValueError:
        return _folded(text)
    # A tick that only says its own place is no name.
    return x if math.isclose(number, place, abs_tol=1e-9) else number


def _sorted(items: Any, digits: int | None = None) -> list[Any]:
    return sorted(items, key=lambda item: _rank(item, digits))


def _rank(value: Any, digits: int | None) -> tuple[Any, ...]:
    """A key that sorts any mixture of decoded values; numbers rounded to `digits` decimals, if given."""
    if value is None:
        return (0,)
    if isinstance(value, bool):
        return (1, value)
    if isinstance(value, int | float):
        if isinstance(value, float) and math.isnan(value):
            return (2,)
        return (3, value if digits is None else round(value, digits))
    if isinstance(value, str):
        return (4, _folded(value), value)
    if isinstance(value, list | tuple):
        return (5, tuple(_rank(item, digits) for item in value))
    return (6, show(value))


def _columns(table: Any) -> list[list[Any]]:
    return [_plain(table.iloc[:, place].tolist()) for place in range(table.shape[1])]


def _row_labels(table: Any) -> list[Any]:
    return _plain(table.index.tolist())


def _plain(cells: list[Any]) -> list[Any]:
    """The cells of a column; every way to say “missing” becomes None."""
    return [None if _is_missing(value) else value for value in cells]


def _is_missing(value: Any) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in ("NaTType", "NAType")


def _moment(value: datetime.date) -> datetime.datetime:
    """A date is the moment at which it begins."""
    if isinstance(value, datetime.datetime):
        return value
    return datetime.datetime(value.year, value.month, value.day)


def _folded(text: str) -> str:
    return text.strip().casefold()


def kind_of(value: Any) -> str:
    """The kind of a value that can be sealed: "truth", "number", "text" or "moment"; else empty."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    return "moment" if isinstance(value, datetime.date) else ""


def seal(data: Any, comparison: Comparison, salt: str) -> Any:
    """Encoded data in which each number, text and truth value is replaced by salted digests.

    So a check file does not show the answer to what is asked. A courtesy to the learner, not a secret: a
    short list of candidates can be tried. Lengths, keys and names of columns stay readable.
    """
    if isinstance(data, list):
        return [seal(item, comparison, salt) for item in data]
    kind = data.get("$") if isinstance(data, dict) else None
    if kind in ("tuple", "set", "array"):
        sealed = {**data, "v": seal(data["v"], comparison, salt)}
        return {**sealed, "dtype": "object"} if kind == "array" else sealed
    if kind == "dict":
        return {**data, "v": [[key, seal(item, comparison, salt)] for key, item in data["v"]]}
    if kind == "series":
        return {**data, "dtype": "object", "v": _seal_column(data["v"], comparison, salt)}
    if kind == "frame":
        cells = [_seal_column(column, comparison, salt) for column in data["v"]]
        return {**data, "dtypes": ["object"] * len(cells), "v": cells}
    value = decode(data) if kind in (None, "float", "scalar", "time") else None
    if not kind_of(value):
        return data
    return _seal_one(value, comparison, salt)


def _seal_column(cells: list[Any], comparison: Comparison, salt: str) -> list[Any]:
    # In a table NaN means “missing”, and what is missing is compared as such.
    missing = {"$": "float", "v": "nan"}
    return [cell if cell == missing else seal(cell, comparison, salt) for cell in cells]


def _seal_one(value: Any, comparison: Comparison, salt: str) -> dict[str, Any]:
    kind = kind_of(value)
    sealed: dict[str, Any] = {"$": "sealed", "kind": kind, "salt": salt}
    if kind == "text":
        return sealed | {"v": [digest(f"exactly {value}", salt), digest(_folded(value), salt)]}
    if kind == "number" and math.isfinite(value) and comparison.tolerance(value) > 0:
        tolerance = comparison.tolerance(value)
        step = 10.0 ** math.floor(math.log10(tolerance))
        reach = min(math.ceil(tolerance / step - 1e-9), 10)
        grid = round(value / step)
        # Sorted, so that the place in the list does not tell which one is the middle.
        digests = sorted(digest(str(grid + off), salt) for off in range(-reach, reach + 1))
        return sealed | {"step": step, "v": digests}
    return sealed | {"v": [_digest_of(value, salt, 0.0)]}


def opens(sealed: Sealed, got: Any) -> bool:
    """Whether a value of the right kind is the one that was sealed."""
    return _digest_of(got, sealed.salt, sealed.step) in sealed.digests


def _digest_of(value: Any, salt: str, step: float) -> str:
    if isinstance(value, str):
        return digest(f"exactly {value}", salt)
    if isinstance(value, bool):
        return digest(repr(value), salt)
    if isinstance(value, datetime.date):
        return digest(_moment(value).isoformat(), salt)
    if step and math.isfinite(value / step):
        return digest(str(round(value / step)), salt)
    # Adding 0.0 makes -0.0 the same as 0.0.
    return digest(repr(float(value) + 0.0), salt)


def digest(text: str, salt: str) -> str:
    """A salted digest of a text."""
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()[:24]
