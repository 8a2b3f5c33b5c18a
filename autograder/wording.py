"""How values and types are written in a sentence for a student: short, plain, without running their code."""

from __future__ import annotations

import datetime
import math
from typing import Any

from autograder.codec import Figure, Opaque, Sealed

_LONGEST = 100


def show(value: Any, digits: int = 6) -> str:
    """The value as a student would type it, shortened when long."""
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, float):
        return _number(value, digits)
    if isinstance(value, int):
        text = str(value)
        return text if len(text) <= 20 else f"{text[:6]}… ({len(text)} digits)"
    if isinstance(value, str):
        return repr(value) if len(value) <= _LONGEST else repr(value[: _LONGEST - 12]) + "…"
    if isinstance(value, list | tuple | set | frozenset):
        return _collection(value, digits)
    if isinstance(value, dict):
        pairs = [f"{show(key)}: {show(item, digits)}" for key, item in value.items()]
        return _shorten("{", pairs, "}", counted(len(value), "entry", "entries"))
    if isinstance(value, datetime.date):
        return str(value)
    return describe_type(value)


def _number(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return {"nan": "NaN"}.get(repr(value), repr(value))
    text = f"{value:.{digits}g}"
    if "e" in text or float(text) == value:
        return repr(value)
    return text if "." in text else repr(round(value, digits))


def _collection(value: Any, digits: int) -> str:
    parts = [show(item, digits) for item in value]
    if isinstance(value, set | frozenset):
        left, right = "{", "}"
        parts.sort()
        if not parts:
            return "set()"
    elif isinstance(value, tuple):
        left, right = "(", ")"
        if len(parts) == 1:
            return f"({parts[0]},)"
    else:
        left, right = "[", "]"
    return _shorten(left, parts, right, counted(len(parts), "item"))


def _shorten(left: str, parts: list[str], right: str, count: str) -> str:
    whole = left + ", ".join(parts) + right
    if len(whole) <= _LONGEST:
        return whole
    kept: list[str] = []
    for part in parts:
        if sum(len(p) + 2 for p in kept) + len(part) > _LONGEST - 24:
            break
        kept.append(part)
    return f"{left}{', '.join(kept)}{', ' if kept else ''}…{right} ({count})"


def show_pair(got: Any, expected: Any) -> tuple[str, str]:
    """Two values with as many digits as it takes to tell them apart."""
    for digits in (6, 9, 12, 17):
        a, b = show(got, digits), show(expected, digits)
        if a != b:
            break
    return a, b


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 row", "2 rows"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


_ITERATORS = ("generator", "map", "filter", "zip", "range", "dict_values", "dict_keys", "dict_items")
_FUNCTIONS = ("function", "method", "builtin_function_or_method")
_KINDS = {
    bool: "True or False",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    tuple: "a tuple",
    set: "a set",
    frozenset: "a set",
    dict: "a dictionary",
    Figure: "a matplotlib figure",
    datetime.date: "a date",
    datetime.datetime: "a date with a time",
    type(Ellipsis): "three dots (...)",
}
_SEALED = {"number": "a number", "text": "text", "truth": "True or False", "moment": "a date"}


def describe_type(value: Any) -> str:
    """The kind of value in words: "a number", "text", "a table with 4 rows and 2 columns"."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, Opaque):
        return _describe_object(value.type_name)
    if isinstance(value, Sealed):
        return _SEALED.get(value.kind, "a value")
    if type(value) in _KINDS:
        return _KINDS[type(value)]
    shape = getattr(value, "shape", None)
    if shape is not None and type(value).__name__ == "DataFrame":
        rows, columns = counted(shape[0], "row"), counted(shape[1], "column")
        return f"a table (DataFrame) with {rows} and {columns}"
    if shape is not None and type(value).__name__ == "Series":
        return f"a column (Series) with {counted(shape[0], 'value')}"
    if shape is not None:
        return "a NumPy array"
    return f"a value of type {type(value).__name__}"


def _describe_object(name: str) -> str:
    if name in _FUNCTIONS:
        return "a function (did you forget the brackets when you called it?)"
    article = "an" if name[:1].lower() in "aeiou" else "a"
    if name in _ITERATORS or name.endswith("too large to be an answer"):
        return f"{article} {name}"
    return f"{article} {name} object"


def how_to_convert(expected: Any, got: Any) -> str:
    """What makes of one kind of value the other kind, for the usual confusions; empty for all others."""
    number = isinstance(expected, int | float) or (isinstance(expected, Sealed) and expected.kind == "number")
    shape = getattr(got, "shape", None)
    if isinstance(expected, bool) or isinstance(got, bool):
        return ""
    if number and isinstance(got, str):
        return "leave out quotation marks and signs such as % or €: a number stands by itself"
    if number and (isinstance(got, list | tuple | set) or shape):
        return "one number is asked for: take it out, or sum up"
    if isinstance(expected, str) and isinstance(got, int | float):
        return "text stands between quotation marks"
    if isinstance(expected, list | tuple):
        loose = isinstance(got, Opaque) and got.type_name in _ITERATORS
        if loose or isinstance(got, set) or (shape is not None and len(shape) == 1):
            return "`list(...)` makes a list of it"
    if hasattr(expected, "dtype") and not hasattr(expected, "iloc") and isinstance(got, list | tuple):
        return "`np.array(...)` makes an array of it"
    if type(expected).__name__ == "Series" and type(got).__name__ == "DataFrame":
        return "choose one column of it: `table[name]`"
    return ""
