"""How values and types are written in a sentence for a student: short, plain, without running their code."""

from __future__ import annotations

import math
from typing import Any

from autograder.codec import Figure, Opaque

_LONGEST = 72
_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}


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
    if isinstance(value, list | tuple | set):
        return _collection(value, digits)
    if isinstance(value, dict):
        pairs = [f"{show(key)}: {show(item, digits)}" for key, item in value.items()]
        return _shorten("{", pairs, "}", f"{len(value)} entries")
    return describe_type(value)


def _number(value: float, digits: int) -> str:
    if not math.isfinite(value):
        return {"nan": "NaN"}.get(repr(value), repr(value))
    text = f"{value:.{digits}g}"
    if "e" in text or float(text) == value:
        return repr(value)
    return text if "." in text else repr(round(value, digits))


def _collection(value: Any, digits: int) -> str:
    left, right = _BRACKETS[type(value).__name__]
    if isinstance(value, set):
        if not value:
            return "set()"
        parts = sorted(show(item, digits) for item in value)
    else:
        parts = [show(item, digits) for item in value]
    if isinstance(value, tuple) and len(parts) == 1:
        return f"({parts[0]},)"
    return _shorten(left, parts, right, f"{len(parts)} items")


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


def describe_type(value: Any) -> str:
    """The kind of value in words: "a number", "text", "a table with 4 rows and 2 columns"."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, Opaque):
        if value.type_name in ("generator", "map", "filter", "zip", "range", "dict_values", "dict_keys"):
            return f"a {value.type_name} (turn it into a list with list(...))"
        if value.type_name in ("function", "method", "builtin_function_or_method"):
            return "a function (did you forget the brackets when you called it?)"
        article = "an" if value.type_name[:1].lower() in "aeiou" else "a"
        return f"{article} {value.type_name} object"
    if isinstance(value, bool):
        return "True or False"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, Figure):
        return "a matplotlib figure"
    names = {"str": "text", "list": "a list", "tuple": "a tuple", "set": "a set", "dict": "a dictionary"}
    if type(value).__name__ in names:
        return names[type(value).__name__]
    shape = getattr(value, "shape", None)
    if shape is not None and type(value).__name__ == "DataFrame":
        return f"a table (DataFrame) with {shape[0]} rows and {shape[1]} columns"
    if shape is not None and type(value).__name__ == "Series":
        return f"a column (Series) with {shape[0]} values"
    if shape is not None:
        return "a NumPy array (turn it into a list with .tolist())"
    return f"a value of type {type(value).__name__}"
