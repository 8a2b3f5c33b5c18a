"""Is this value the expected one, and if not, in which way is it different? Works on decoded data only."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.codec import Figure, Opaque
from autograder.wording import describe_type, show


@dataclass(frozen=True)
class Mismatch:
    """One way in which a value differs: `kind` for programs, `sentence` for the student."""

    kind: str
    sentence: str


@dataclass(frozen=True)
class Comparison:
    """How two values are compared.

    Attributes:
        abs: largest absolute difference of two numbers that count as equal.
        rel: largest relative difference that counts as equal; the larger of both tolerances holds.
        row_order: whether the order of rows (tables) or items (lists) matters.
        column_order: whether the order of a table's columns matters.
        ignore_case: whether text is compared without regard to case and outer spaces.
        words: for figures, per label (`title`, `xlabel`, `ylabel`) the words of which one must appear.
        data: for figures, whether the drawn data must be the reference's data.
    """

    abs: float = 1e-6
    rel: float = 1e-9
    row_order: bool = True
    column_order: bool = False
    ignore_case: bool = False
    words: Mapping[str, tuple[str, ...]] | None = None
    data: bool = True

    def __post_init__(self) -> None:
        for name in ("abs", "rel"):
            if not getattr(self, name) >= 0:
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

    def close(self, a: float, b: float) -> bool:
        """Whether two plain numbers are equal within the tolerance; NaN equals NaN."""
        if math.isnan(a) or math.isnan(b):
            return math.isnan(a) and math.isnan(b)
        if math.isinf(a) or math.isinf(b):
            return a == b
        return abs(a - b) <= max(self.abs, self.rel * max(abs(a), abs(b)))

    def mismatch(self, expected: Any, got: Any) -> Mismatch | None:
        """`None` if `got` is the expected value, else the first difference that explains the most."""
        if expected is None:
            return None if got is None else Mismatch("value", "expected None (no answer)")
        if got is None or got is Ellipsis:
            return Mismatch("nothing", "nothing came back")
        if isinstance(got, Opaque):
            return Mismatch("type", f"got {describe_type(got)}, expected {describe_type(expected)}")
        if isinstance(expected, bool):
            if isinstance(got, bool):
                return None if expected == got else Mismatch("value", "")
            return self._wrong_type(expected, got)
        if isinstance(expected, int | float):
            return self._number(float(expected), got)
        if isinstance(expected, str):
            return self._text(expected, got)
        if isinstance(expected, list | tuple):
            return self._sequence(expected, got)
        if isinstance(expected, set):
            return self._set(expected, got)
        if isinstance(expected, dict):
            return self._dict(expected, got)
        if isinstance(expected, Figure):
            return self._figure(expected, got)
        return self._table(expected, got)

    def _wrong_type(self, expected: Any, got: Any) -> Mismatch:
        return Mismatch(
            "type", f"the answer should be {describe_type(expected)}, but it is {describe_type(got)}"
        )

    def _number(self, expected: float, got: Any) -> Mismatch | None:
        if isinstance(got, bool) or not isinstance(got, int | float):
            return self._wrong_type(expected, got)
        try:
            got = float(got)
        except OverflowError:
            return Mismatch("value", "the number is far too large")
        if self.close(expected, got):
            return None
        if math.isnan(got):
            return Mismatch("nan", "the result is NaN, “not a number”: a missing value took part in it")
        if expected and self.close(-expected, got):
            return Mismatch("sign", "the size is right, the sign is the other way round")
        if expected and self.close(expected, got * 100):
            return Mismatch(
                "factor", "the result is 100 times too small: a share was wanted in per cent or points"
            )
        if expected and self.close(expected, got / 100):
            return Mismatch("factor", "the result is 100 times too large: a share between 0 and 1 was wanted")
        for digits in range(0, 4):
            if got == round(expected, digits):
                return Mismatch("rounding", "the result was rounded; return it unrounded")
        if abs(got - expected) < 1 and abs(got - expected) < 0.05 * abs(expected):
            return Mismatch("near", "close, but not within the tolerance: is something rounded on the way?")
        return Mismatch("value", "")

    def _text(self, expected: str, got: Any) -> Mismatch | None:
        if not isinstance(got, str):
            return self._wrong_type(expected, got)
        if expected == got:
            return None
        if expected.strip().casefold() == got.strip().casefold():
            if self.ignore_case:
                return None
            if expected.strip() == got.strip():
                return Mismatch("spaces", "the words are right, but there are extra spaces")
            return Mismatch("case", "the letters are right, but capitals and small letters differ")
        return Mismatch("value", "")

    def _sequence(self, expected: Any, got: Any) -> Mismatch | None:
        if not isinstance(got, list | tuple):
            return self._wrong_type(expected, got)
        if len(expected) != len(got):
            return Mismatch("length", f"it has {len(got)} items, expected {len(expected)}")
        first = self._first_difference(expected, got)
        if first is None:
            return None
        if self._same_items(expected, got):
            if not self.row_order:
                return None
            return Mismatch("order", "the items are right, but in another order")
        position, inner = first
        place = f"item {position + 1}: got {show(got[position])}, expected {show(expected[position])}"
        return Mismatch(inner.kind, f"{inner.sentence} ({place})" if inner.sentence else place)

    def _first_difference(self, expected: Any, got: Any) -> tuple[int, Mismatch] | None:
        for position, (wanted, found) in enumerate(zip(expected, got, strict=True)):
            inner = self.mismatch(wanted, found)
            if inner is not None:
                return position, inner
        return None

    def _same_items(self, expected: Any, got: Any) -> bool:
        rest = list(got)
        if len(rest) > 2000:
            return False
        for wanted in expected:
            for position, found in enumerate(rest):
                if self.mismatch(wanted, found) is None:
                    del rest[position]
                    break
            else:
                return False
        return True

    def _set(self, expected: set[Any], got: Any) -> Mismatch | None:
        if not isinstance(got, set):
            return self._wrong_type(expected, got)
        if self._same_items(list(expected), list(got)) and len(expected) == len(got):
            return None
        missing, extra = len(expected - got), len(got - expected)
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
                place = f"under {show(key)}: got {show(got[key])}, expected {show(wanted)}"
                return Mismatch(inner.kind, f"{inner.sentence} ({place})" if inner.sentence else place)
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
            return self._frame(expected.to_frame("value"), got.to_frame("value"))
        if isinstance(expected, pd.DataFrame):
            if not isinstance(got, pd.DataFrame):
                return self._wrong_type(expected, got)
            return self._frame(expected, got)
        return Mismatch("type", f"expected {describe_type(expected)}")

    def _frame(self, expected: Any, got: Any) -> Mismatch | None:
        import pandas as pd

        wanted, found = list(expected.columns), list(got.columns)
        missing = [name for name in wanted if name not in found]
        if missing:
            return Mismatch("columns", f"the column {show(missing[0])} is missing")
        extra = [name for name in found if name not in wanted]
        if extra:
            return Mismatch("columns", f"the column {show(extra[0])} was not asked for")
        if self.column_order and wanted != found:
            return Mismatch("columns", f"the columns should be in the order {show(wanted)}")
        if len(expected) != len(got):
            return Mismatch("length", f"the table has {len(got)} rows, expected {len(expected)}")
        labelled = not isinstance(expected.index, pd.RangeIndex)
        if labelled:
            expected = expected.reset_index(names="row label")
            got = got.reset_index(names="row label")
            wanted = ["row label", *wanted]
        rows = list(zip(*(_plain(expected[name]) for name in wanted), strict=True))
        found_rows = list(zip(*(_plain(got[name]) for name in wanted), strict=True))
        for number, (row, found_row) in enumerate(zip(rows, found_rows, strict=True)):
            for name, a, b in zip(wanted, row, found_row, strict=True):
                inner = self.mismatch(a, b)
                if inner is None:
                    continue
                if self._same_items(rows, found_rows):
                    return (
                        Mismatch("order", "the rows are right, but in another order")
                        if self.row_order
                        else None
                    )
                place = f"column {show(name)}, row {number + 1}: got {show(b)}, expected {show(a)}"
                return Mismatch(inner.kind, f"{inner.sentence} ({place})" if inner.sentence else place)
        return None

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

    def _labels(self, figure: Figure, ax: dict[str, Any]) -> Mismatch | None:
        names = {"title": "title", "xlabel": "label on the x axis", "ylabel": "label on the y axis"}
        for label, name in names.items():
            text = str(ax[label]) or (figure.title if label == "title" else "")
            if not text.strip():
                return Mismatch(f"no {label}", f"the figure has no {name}")
            words = (self.words or {}).get(label, ())
            if words and not any(word.casefold() in text.casefold() for word in words):
                return Mismatch(
                    label, f"the {name} is {show(text)}: say there what is shown, and in which unit"
                )
        return None

    def _drawn(self, expected: dict[str, Any], got: dict[str, Any]) -> Mismatch | None:
        def pairs(series: dict[str, Any], x: str, y: str) -> list[tuple[float, float]]:
            return sorted(zip(series[x], series[y], strict=True), key=repr)

        def same(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> bool:
            return len(a) == len(b) and self._same_items(a, b)

        if expected["bars"]["height"]:
            wanted = pairs(expected["bars"], "height", "width")
            found = pairs(got["bars"], "height", "width")
            if not found:
                return Mismatch("data", "no bars are drawn")
            if not _same_numbers(self, [h for h, _ in wanted], [h for h, _ in found]):
                if _same_numbers(self, [h for h, _ in wanted], [w for _, w in found]):
                    return Mismatch("axis", "the values lie along the x axis; they belong on the y axis")
                return Mismatch("data", "the heights of the bars are not the values asked for")
        for what, word in (("lines", "line"), ("points", "points")):
            for series in expected[what]:
                wanted = pairs(series, "x", "y")
                candidates = got["lines"] + got["points"]
                if any(same(wanted, pairs(found, "x", "y")) for found in candidates):
                    continue
                if any(same(wanted, pairs(found, "y", "x")) for found in candidates):
                    return Mismatch("axis", "the data is drawn with x and y exchanged")
                return Mismatch("data", f"the {word} asked for is not in the figure")
        return None


def _same_numbers(how: Comparison, a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and how._same_items(a, b)


def _plain(column: Any) -> list[Any]:
    """A column as plain values; every way to say “missing” becomes None."""
    return [None if _is_missing(value) else value for value in column.tolist()]


def _is_missing(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or type(value).__name__
        in (
            "NaTType",
            "NAType",
        )
    )


def digest(value: Any, salt: str, digits: int = 6) -> list[str]:
    """Salted digests of a number or a text, so that a check file does not show the answer.

    A courtesy to the learner, not a secret: a short list of candidates can be tried. For a number the
    first digest is that of the value rounded to `digits` decimals, the others those of its neighbours.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return [_sha(salt, repr(value).strip().casefold())]
    grid = round(float(value) * 10**digits)
    return [_sha(salt, str(grid + step)) for step in (0, -1, 1)]


def _sha(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()[:24]
