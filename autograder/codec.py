"""Values to strict JSON and back; knows types and limits, not what a value means or whether it is right.

What leaves a process that ran student code passes through `encode`. A value is read only when its type *is*
one of the built-in, NumPy, pandas and matplotlib types below (compared by identity, never by name), and then
through that type's own reading; an object of any other class becomes its class name. So nothing of the
student's own classes (`__eq__`, `__repr__`, `__iter__`, `__class__`, a metaclass …) is ever called, and
nothing needs to be unpickled.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import json
import math
import re
import sys
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MAX_ITEMS = 200_000
MAX_DEPTH = 20
MAX_TEXT = 100_000
MAX_TEXT_IN_ALL = 5_000_000
MAX_BITS = 4096


@dataclass(frozen=True)
class Opaque:
    """A value that is not data: only the name of its class crossed the border."""

    type_name: str


@dataclass(frozen=True)
class Sealed:
    """A number, text or truth value of which only salted digests are known (`comparison.seal` makes them).

    `kind` is "number", "text" or "truth"; `digests` those of the value, and for a number of its neighbours
    at a distance of `step`.
    """

    kind: str
    digests: tuple[str, ...]
    salt: str
    step: float = 0.0


@dataclass(frozen=True)
class Figure:
    """What a drawn figure says: titles, labels and the data of its marks, one dictionary an axes."""

    title: str
    axes: tuple[dict[str, Any], ...]


class TooLarge(ValueError):
    """The value has more items, more depth or longer text than an answer may have."""


class _Budget:
    def __init__(self) -> None:
        self.items = MAX_ITEMS
        self.text = MAX_TEXT_IN_ALL

    def spend(self, count: int = 1) -> None:
        self.items -= count
        if self.items < 0:
            raise TooLarge(f"the value has more than {MAX_ITEMS} items")

    def allow(self, count: int) -> None:
        """Asked before a list of that length is made."""
        if count > self.items:
            raise TooLarge(f"the value has more than {MAX_ITEMS} items")

    def spend_text(self, length: int) -> None:
        self.text -= length
        if length > MAX_TEXT or self.text < 0:
            raise TooLarge(f"the text has more than {MAX_TEXT} characters")


def encode(value: Any) -> Any:
    """The value as JSON data.

    Numbers, text, `None` and lists are themselves; everything else is a dictionary with the kind under
    `"$"`. A value that is too large or cannot be read becomes an object of its class name. Never raises.
    """
    try:
        return _encode(value, _Budget(), 0)
    except TooLarge:
        return {"$": "object", "type": f"{class_name(value)}, too large to be an answer"}
    except Exception:
        return {"$": "object", "type": class_name(value)}


def dumps(value: Any) -> str:
    """The value as canonical JSON text, the same for equal values."""
    return json.dumps(encode(value), sort_keys=True, ensure_ascii=False, allow_nan=False)


def class_name(value: Any) -> str:
    """The name of the value's class, without asking the value, its class or its metaclass."""
    # `str.__str__` makes a plain text also when a class was given a name of a text class of its own.
    return str.__str__(type.__dict__["__name__"].__get__(type(value)))[:80]


def _encode(value: Any, budget: _Budget, depth: int) -> Any:
    budget.spend()
    if depth > MAX_DEPTH:
        raise TooLarge(f"the value is nested more than {MAX_DEPTH} deep")
    kind = type(value)
    # Only `is`: comparing classes with == or looking them up in a set would run a metaclass's own code.
    if value is None or kind is bool:
        return value
    if kind is float:
        return value if math.isfinite(value) else {"$": "float", "v": repr(value)}
    if kind is int:
        if value.bit_length() > MAX_BITS:
            raise TooLarge("the number has too many digits")
        return value
    if kind is str:
        budget.spend_text(len(value))
        # Lone surrogates cannot be written as UTF-8; a replacement sign keeps the text readable.
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if kind is list:
        return _encode_items(value, budget, depth)
    if kind is tuple:
        return {"$": "tuple", "v": _encode_items(value, budget, depth)}
    reader = _reader(kind)
    if reader is not None:
        return reader(value, budget, depth)
    if _is_named_tuple(kind):
        return {"$": "tuple", "v": _encode_items(tuple.__iter__(value), budget, depth)}
    return {"$": "object", "type": class_name(value)}


def _encode_items(items: Iterable[Any], budget: _Budget, depth: int) -> list[Any]:
    return [_encode(item, budget, depth + 1) for item in items]


def _is_named_tuple(kind: type) -> bool:
    """A class made by `namedtuple` is read as the tuple it is, through tuple's own iteration."""
    bases = type.__dict__["__mro__"].__get__(kind)
    return len(bases) == 3 and bases[1] is tuple and "_fields" in type.__dict__["__dict__"].__get__(kind)


Reader = Callable[[Any, _Budget, int], Any]


def _encode_set(value: Any, budget: _Budget, depth: int) -> Any:
    items = _encode_items(value, budget, depth)
    return {"$": "set", "v": sorted(items, key=lambda item: json.dumps(item, sort_keys=True))}


def _encode_dict(value: Any, budget: _Budget, depth: int) -> Any:
    pairs = [
        [_encode(key, budget, depth + 1), _encode(item, budget, depth + 1)] for key, item in dict.items(value)
    ]
    return {"$": "dict", "v": pairs}


def _encode_complex(value: Any, budget: _Budget, depth: int) -> Any:
    return {"$": "complex", "v": [repr(value.real), repr(value.imag)]}


def _encode_time(value: Any, budget: _Budget, depth: int) -> Any:
    zone = getattr(value, "tzinfo", None)
    if zone is not None and not _one_of(type(zone), (datetime.timezone, zoneinfo.ZoneInfo)):
        return {"$": "object", "type": class_name(value)}
    return {"$": "time", "v": value.isoformat()}


def _encode_exact_number(value: Any, budget: _Budget, depth: int) -> Any:
    """A Decimal or Fraction is a number like any other."""
    if type(value) is fractions.Fraction:
        parts = [fractions.Fraction.__dict__[name].__get__(value) for name in ("_numerator", "_denominator")]
        if not all(type(part) is int for part in parts):
            return {"$": "object", "type": "Fraction"}
        number = parts[0] / parts[1]
    else:
        number = float(value)
    return {"$": "scalar", "dtype": class_name(value), "v": _encode(number, budget, depth + 1)}


_READERS: dict[int, Reader] = {
    id(set): _encode_set,
    id(frozenset): _encode_set,
    id(dict): _encode_dict,
    id(collections.OrderedDict): _encode_dict,
    id(collections.defaultdict): _encode_dict,
    id(collections.Counter): _encode_dict,
    id(complex): _encode_complex,
    id(datetime.datetime): _encode_time,
    id(datetime.date): _encode_time,
    id(decimal.Decimal): _encode_exact_number,
    id(fractions.Fraction): _encode_exact_number,
    id(type(Ellipsis)): lambda value, budget, depth: {"$": "ellipsis"},
}
_known_libraries: set[str] = set()


def _reader(kind: type) -> Reader | None:
    """How a value of exactly this type is read. Classes are told apart by `id`, which runs no code."""
    if id(kind) not in _READERS:
        for library, readers in _LIBRARIES.items():
            # A value of a library's type cannot exist before the library is loaded.
            if library not in _known_libraries and library in sys.modules:
                _known_libraries.add(library)
                _READERS.update({id(known): reader for known, reader in readers()})
    return _READERS.get(id(kind))


def _one_of(kind: Any, known: Iterable[Any]) -> bool:
    return any(kind is other for other in known)


def _numpy_readers() -> list[tuple[type, Reader]]:
    import numpy as np

    scalars = {np.dtype(code).type for code in np.typecodes["All"]} - {np.object_, np.void}
    return [(np.ndarray, _encode_array), *((scalar, _encode_scalar) for scalar in scalars)]


def _encode_scalar(value: Any, budget: _Budget, depth: int) -> Any:
    import numpy as np

    sort = value.dtype.kind
    if sort == "M":
        plain = value.astype("datetime64[us]").item()
        if plain is None:
            return {"$": "missing"}
        return {"$": "time", "v": plain.isoformat()} if type(plain) is datetime.datetime else _unread(value)
    convert = {"b": bool, "i": int, "u": int, "f": float, "c": complex}.get(sort)
    if convert is None and not isinstance(value, np.str_):
        return _unread(value)
    plain = convert(value) if convert else value.item()
    return {"$": "scalar", "dtype": value.dtype.name, "v": _encode(plain, budget, depth + 1)}


def _encode_array(value: Any, budget: _Budget, depth: int) -> Any:
    if value.ndim == 0:
        return _encode(value[()], budget, depth + 1)
    budget.allow(value.size)
    name = "str" if value.dtype.kind == "U" else str(value.dtype)
    return {"$": "array", "dtype": name, "shape": list(value.shape)} | {
        "v": _encode_cells(value.ravel(), budget, depth)
    }


def _encode_cells(flat: Any, budget: _Budget, depth: int) -> list[Any]:
    import numpy as np

    budget.allow(flat.size)
    if flat.dtype.kind == "f":
        flat = flat.astype(float)
    if flat.dtype.kind in "biu" or (flat.dtype.kind == "f" and np.isfinite(flat).all()):
        budget.spend(flat.size)
        return flat.tolist()
    if flat.dtype.kind == "M":
        flat = flat.astype("datetime64[us]")
        return [
            {"$": "missing"} if item is None else _encode(item, budget, depth + 1) for item in flat.tolist()
        ]
    return _encode_items(flat.tolist(), budget, depth)


def _unread(value: Any) -> dict[str, str]:
    return {"$": "object", "type": class_name(value)}


def _pandas_readers() -> list[tuple[type, Reader]]:
    import pandas as pd

    missing: list[tuple[type, Reader]] = [
        (type(sign), lambda value, budget, depth: {"$": "missing"}) for sign in (pd.NA, pd.NaT)
    ]
    return [
        *missing,
        (pd.Timestamp, _encode_time),
        (pd.Series, _encode_series),
        (pd.DataFrame, _encode_frame),
        *((index, _encode_plain_index) for index in _indexes()),
        *((array, _encode_extension_array) for array in _extension_arrays()),
    ]


def _extension_arrays() -> list[type]:
    """What `unique()` gives for a column of text, whole numbers with gaps, and so on."""
    import pandas as pd

    names = ("StringArray", "ArrowStringArray", "IntegerArray", "FloatingArray", "BooleanArray")
    others = (pd.Categorical, pd.arrays.DatetimeArray, pd.arrays.NumpyExtensionArray)
    return [*(getattr(pd.arrays, name) for name in names if hasattr(pd.arrays, name)), *others]


def _indexes() -> tuple[type, ...]:
    import pandas as pd

    return (
        pd.Index,
        pd.RangeIndex,
        pd.MultiIndex,
        pd.DatetimeIndex,
        pd.CategoricalIndex,
        pd.TimedeltaIndex,
        pd.PeriodIndex,
        pd.IntervalIndex,
    )


def _clean(value: Any) -> Any:
    """The same table without what a student may have hung on the object, such as a `tolist` of their own."""
    from pandas.core.internals.managers import BlockManager, SingleBlockManager

    kept = object.__getattribute__(value, "__dict__")
    if not _one_of(type(kept["_mgr"]), (BlockManager, SingleBlockManager)):
        raise TypeError("not a table of pandas")
    made = type(value)._from_mgr(kept["_mgr"], axes=kept["_mgr"].axes)
    if "_name" in kept:
        object.__setattr__(made, "_name", kept["_name"])
    return made


def _encode_series(value: Any, budget: _Budget, depth: int) -> Any:
    value = _clean(value)
    return {
        "$": "series",
        "name": _encode(value.name, budget, depth + 1),
        "dtype": _dtype_name(value.dtype),
        "index": _encode_index(value.index, budget, depth),
        "v": _encode_column(value, budget, depth),
    }


def _encode_frame(value: Any, budget: _Budget, depth: int) -> Any:
    value = _clean(value)
    budget.allow(max(value.size, *value.shape))
    columns = [value.iloc[:, position] for position in range(value.shape[1])]
    return {
        "$": "frame",
        "columns": _encode_items(_labels(value.columns), budget, depth),
        "dtypes": [_dtype_name(column.dtype) for column in columns],
        "index": _encode_index(value.index, budget, depth),
        "v": [_encode_column(column, budget, depth) for column in columns],
    }


def _encode_column(column: Any, budget: _Budget, depth: int) -> list[Any]:
    import numpy as np

    budget.allow(column.size)
    if issubclass(type(column.dtype), np.dtype):
        return _encode_cells(np.asarray(column), budget, depth)
    if not _one_of(type(column.dtype), _extension_dtypes()):
        raise TypeError("a column of a class of its own")
    return _encode_items(column.tolist(), budget, depth)


def _extension_dtypes() -> tuple[type, ...]:
    import pandas as pd

    numbers = [getattr(pd, f"{sort}{bits}Dtype") for sort in ("Int", "UInt") for bits in (8, 16, 32, 64)]
    others = (pd.Float32Dtype, pd.Float64Dtype, pd.BooleanDtype, pd.StringDtype, pd.CategoricalDtype)
    return (*numbers, *others, pd.DatetimeTZDtype, pd.PeriodDtype, pd.IntervalDtype)


def _dtype_name(dtype: Any) -> str:
    return str(dtype)[:80]


def _labels(index: Any) -> list[Any]:
    if not _one_of(type(index), _indexes()):
        raise TypeError("an index of a class of its own")
    return index.tolist()


def _encode_index(index: Any, budget: _Budget, depth: int) -> Any:
    import pandas as pd

    if type(index) is pd.RangeIndex and index.start == 0 and index.step == 1 and index.name is None:
        return {"rows": len(index)}
    budget.allow(len(index))
    names = [_encode(name, budget, depth + 1) for name in index.names]
    return {"names": names, "labels": _encode_items(_labels(index), budget, depth)}


def _encode_plain_index(value: Any, budget: _Budget, depth: int) -> Any:
    budget.allow(len(value))
    return {"$": "array", "dtype": "object", "shape": [len(value)]} | {
        "v": _encode_items(_labels(value), budget, depth)
    }


def _encode_extension_array(value: Any, budget: _Budget, depth: int) -> Any:
    import pandas as pd

    budget.allow(len(value))
    cells = _encode_column(pd.Series(value), budget, depth)
    return {"$": "array", "dtype": "object", "shape": [len(cells)], "v": cells}


def _figure_readers() -> list[tuple[type, Reader]]:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as DrawnFigure
    from matplotlib.projections.polar import PolarAxes

    return [(DrawnFigure, _encode_figure), (Axes, _encode_figure), (PolarAxes, _encode_figure)]


def _encode_figure(value: Any, budget: _Budget, depth: int) -> Any:
    """A figure, also when its axes were handed back, as pandas' `plot` does."""
    from matplotlib.figure import Figure as DrawnFigure

    figure = value if type(value) is DrawnFigure else value.get_figure(root=True)
    if type(figure) is not DrawnFigure:
        return _unread(value)
    own = {label: _text_of(getattr(figure, f"_{label}", None)) for label in ("supxlabel", "supylabel")}
    axes = []
    for ax in figure.axes:
        if _reader(type(ax)) is not _encode_figure:
            return _unread(ax)
        told = _encode_axes(ax, budget, depth + 1)
        # A label of the whole figure says it for each of its axes.
        axes.append(
            told
            | {"xlabel": told["xlabel"] or own["supxlabel"], "ylabel": told["ylabel"] or own["supylabel"]}
        )
    return {"$": "figure", "title": _text_of(getattr(figure, "_suptitle", None)), "axes": axes}


def _text_of(artist: Any) -> str:
    from matplotlib.text import Text

    if not _one_of(type(artist), (Text,)):
        return ""
    text = Text.get_text(artist)
    return text[:500].encode("utf-8", "replace").decode("utf-8") if type(text) is str else ""


def _encode_axes(ax: Any, budget: _Budget, depth: int) -> dict[str, Any]:
    import numpy as np
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    def numbers(values: Any) -> list[Any]:
        flat: Any = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel()
        return _encode_cells(flat, budget, depth)

    def ticks(axis: Any) -> list[list[Any]]:
        axis.get_majorticklabels()  # lays the ticks out, as drawing would
        ticks = axis.get_major_ticks()[:200]
        return [[*numbers([tick.get_loc()]), _text_of(tick.label1)] for tick in ticks]

    # A line across the whole picture (`axhline`) or a shaded band (`axvspan`) is not drawn in data units.
    bars = [
        patch
        for patch in ax.patches
        if type(patch) is Rectangle and patch.get_data_transform() is ax.transData
    ]
    lines = [line for line in ax.lines if type(line) is Line2D and line.get_transform() is ax.transData]
    clouds = [
        np.ma.filled(cloud.get_offsets(), np.nan) for cloud in ax.collections if type(cloud) is PathCollection
    ]
    titles = (_text_of(ax.title), _text_of(ax._left_title), _text_of(ax._right_title))
    legend = ax.get_legend()
    return {
        "title": next((title for title in titles if title.strip()), ""),
        "xlabel": _text_of(ax.xaxis.label),
        "ylabel": _text_of(ax.yaxis.label),
        "xticks": ticks(ax.xaxis),
        "yticks": ticks(ax.yaxis),
        "legend": [_text_of(text) for text in legend.get_texts()] if legend else [],
        # The drawn positions: names of categories and dates are numbers there.
        "lines": [
            {"x": numbers(line.get_xdata(orig=False)), "y": numbers(line.get_ydata(orig=False))}
            for line in lines[:200]
        ],
        "bars": {
            "x": numbers([bar.get_x() + bar.get_width() / 2 for bar in bars]),
            "y": numbers([bar.get_y() + bar.get_height() / 2 for bar in bars]),
            "width": numbers([bar.get_width() for bar in bars]),
            "height": numbers([bar.get_height() for bar in bars]),
        },
        "points": [{"x": numbers(cloud[:, 0]), "y": numbers(cloud[:, 1])} for cloud in clouds[:200]],
    }


_LIBRARIES: dict[str, Callable[[], list[tuple[type, Reader]]]] = {
    "numpy": _numpy_readers,
    "pandas": _pandas_readers,
    "matplotlib.figure": _figure_readers,
}


def decode(data: Any) -> Any:
    """The value that `encode` wrote, made of trusted types only.

    Raises:
        ValueError: the data is not of a form that `encode` writes.
    """
    try:
        return _decode(data)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"not encoded data: {type(error).__name__}") from error


MAX_LARGE_KEYS = 1000


def within_limits(data: Any) -> None:
    """Refuses what `encode` never writes: it was forged, to cost the reader time or memory.

    For data from a process that is not trusted, before it is decoded.

    Raises:
        ValueError: the data is too large, too deep, or made to collide.
    """
    # In JSON a value of `encode` is nested up to three times as deep, and has up to four times as many parts.
    items, text, large = 4 * MAX_ITEMS, 2 * MAX_TEXT_IN_ALL, MAX_LARGE_KEYS
    open_ends = [(data, 3 * MAX_DEPTH, False)]
    while open_ends:
        value, depth, keyed = open_ends.pop()
        kind = type(value)
        items -= 1
        if kind is str:
            text -= len(value)
        elif kind is int:
            if value.bit_length() > MAX_BITS:
                raise ValueError("not encoded data: a number of too many digits")
            # Equal hashes: Python takes a whole number modulo 2 ** 61 - 1, and compares those that agree.
            large -= keyed and value.bit_length() > 60
        elif kind is list:
            if len(value) > items:
                raise ValueError("not encoded data: larger than any answer")
            open_ends += [(item, depth - 1, keyed) for item in value]
        elif kind is dict:
            keyed = keyed or value.get("$") in ("set", "dict")
            open_ends += [(item, depth - 1, keyed) for item in value.values()]
        if items < 0 or text < 0 or large < 0 or depth < 0:
            raise ValueError("not encoded data: larger than any answer")


_PLAIN = (bool, int, float, str, type(None))


def _decode(data: Any, hashable: bool = False) -> Any:
    if type(data) in _PLAIN:
        return data
    if type(data) is list:
        return _decode_items(data)
    if type(data) is not dict or type(data.get("$")) is not str:
        raise ValueError(f"not encoded data: {str(data)[:80]}")
    decoder = _DECODERS.get(data["$"])
    if decoder is not None:
        return decoder(data)
    if data["$"] == "set":
        # A set within a set, or as a key, was a frozenset.
        items = {_decode(item, hashable=True) for item in _list(data["v"])}
        return frozenset(items) if hashable else items
    if data["$"] == "tuple":
        return tuple(_decode(item, hashable) for item in _list(data["v"]))
    raise ValueError(f"unknown kind of data: {data['$'][:80]}")


def _decode_items(items: list[Any]) -> list[Any]:
    return [item if type(item) in _PLAIN else _decode(item) for item in items]


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError(f"not a list: {str(value)[:80]}")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(f"not text: {str(value)[:80]}")
    return value


def _decode_float(data: dict[str, Any]) -> float:
    if data["v"] not in ("nan", "inf", "-inf"):
        raise ValueError(f"not a float: {str(data['v'])[:80]}")
    return float(data["v"])


def _decode_dict(data: dict[str, Any]) -> dict[Any, Any]:
    return {_decode(key, hashable=True): _decode(value) for key, value in _list(data["v"])}


def _decode_scalar(data: dict[str, Any]) -> Any:
    value = _decode(data["v"])
    if type(value) not in (bool, int, float, str, complex):
        raise ValueError(f"not a scalar: {str(data['v'])[:80]}")
    return value


def _decode_time(data: dict[str, Any]) -> datetime.datetime | datetime.date:
    text = _text(data["v"])
    if len(text) == len("2026-01-15"):
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text)


def _decode_sealed(data: dict[str, Any]) -> Sealed:
    digests = tuple(_text(item) for item in _list(data["v"]))
    return Sealed(_text(data["kind"]), digests, _text(data["salt"]), float(data.get("step", 0.0)))


_DECODERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "float": _decode_float,
    "dict": _decode_dict,
    "scalar": _decode_scalar,
    "complex": lambda data: complex(float(data["v"][0]), float(data["v"][1])),
    "time": _decode_time,
    "ellipsis": lambda data: Ellipsis,
    "missing": lambda data: None,
    "object": lambda data: Opaque(_text(data["type"])[:120]),
    "sealed": _decode_sealed,
    "figure": lambda data: Figure(
        _text(data["title"]), tuple(_decode_axes(ax) for ax in _list(data["axes"]))
    ),
    "array": lambda data: _decode_array(data),
    "series": lambda data: _decode_series(data),
    "frame": lambda data: _decode_frame(data),
}


def _decode_axes(ax: Any) -> dict[str, Any]:
    def numbers(values: Any) -> list[float]:
        decoded = _decode_items(_list(values))
        if any(type(value) not in (int, float) for value in decoded):
            raise ValueError("the data of a figure must be numbers")
        return [float(value) for value in decoded]

    def columns(series: Any, names: tuple[str, ...]) -> dict[str, list[float]]:
        found = {name: numbers(series[name]) for name in names}
        if len({len(values) for values in found.values()}) > 1:
            raise ValueError("the data of a figure must have equal lengths")
        return found

    def ticks(rows: Any) -> list[tuple[float, str]]:
        return [(numbers([place])[0], _text(text)) for place, text in _list(rows)]

    return {
        **{label: _text(ax[label]) for label in ("title", "xlabel", "ylabel")},
        **{label: ticks(ax[label]) for label in ("xticks", "yticks")},
        "legend": [_text(text) for text in _list(ax["legend"])],
        "lines": [columns(series, ("x", "y")) for series in _list(ax["lines"])],
        "bars": columns(ax["bars"], ("x", "y", "width", "height")),
        "points": [columns(series, ("x", "y")) for series in _list(ax["points"])],
    }


def _decode_array(data: dict[str, Any]) -> Any:
    import numpy as np

    values, shape = _decode_items(_list(data["v"])), _list(data["shape"])
    if any(type(size) is not int or size < 0 for size in shape) or math.prod(shape) != len(values):
        raise ValueError(f"not the shape of {len(values)} items: {str(shape)[:80]}")
    name = _text(data["dtype"])
    longest = max((len(str(item)) for item in values), default=0) if name == "str" else 0
    if len(values) * longest > 4 * MAX_TEXT_IN_ALL:
        raise ValueError("not encoded data: in NumPy every text takes as much room as the longest")
    flat: Any = np.fromiter(values, dtype=object, count=len(values))
    if _NUMPY_DTYPE.fullmatch(name):
        flat = flat.astype(name) if values or name != "str" else np.empty(0, dtype="<U1")
    return flat.reshape(shape)


def _decode_series(data: dict[str, Any]) -> Any:
    column = _column(data["v"], _text(data["dtype"]), _decode_index(data["index"], len(data["v"])))
    return column.rename(_decode(data["name"], hashable=True))


def _decode_frame(data: dict[str, Any]) -> Any:
    import pandas as pd

    rows = len(data["v"][0]) if data["v"] else None
    index = _decode_index(data["index"], rows)
    columns = {
        place: _column(values, _text(dtype), index)
        for place, (values, dtype) in enumerate(zip(data["v"], data["dtypes"], strict=True))
    }
    # Numbered first: names may occur twice.
    frame = pd.DataFrame(columns, index=index)
    frame.columns = pd.Index([_decode(name, hashable=True) for name in _list(data["columns"])])
    return frame


def _decode_index(data: Any, rows: int | None) -> Any:
    import pandas as pd

    if "rows" in data:
        count = data["rows"]
        if type(count) is not int or not 0 <= count <= MAX_ITEMS or rows not in (None, count):
            raise ValueError(f"not a number of rows: {str(count)[:80]}")
        return pd.RangeIndex(count)
    labels = [_decode(label, hashable=True) for label in _list(data["labels"])]
    if rows not in (None, len(labels)):
        raise ValueError(f"{len(labels)} labels for {rows} rows")
    return _index(labels, [_decode(name, hashable=True) for name in _list(data["names"])])


def _index(labels: list[Any], names: list[Any]) -> Any:
    import pandas as pd

    if len(names) == 1:
        return pd.Index(labels, name=names[0], tupleize_cols=False)
    if not labels:
        return pd.MultiIndex.from_arrays([[] for _ in names], names=names)
    return pd.MultiIndex.from_tuples(labels, names=names)


def _column(values: Any, name: str, index: Any) -> Any:
    import numpy as np
    import pandas as pd

    plain = _decode_items(_list(values))
    if name == "category" or _PANDAS_DTYPE.fullmatch(name):
        return pd.Series(plain, index=index, dtype=name)
    cells = np.fromiter(plain, dtype=object, count=len(plain))
    return pd.Series(cells, index=index, dtype=object)


# Types that only hold data; a column of any other type comes back as Python objects.
_NUMBERS = "bool|u?int(8|16|32|64)|float(16|32|64)|complex(64|128)"
_NUMPY_DTYPE = re.compile(rf"{_NUMBERS}|str|datetime64\[us\]")
_PANDAS_DTYPE = re.compile(
    rf"{_NUMBERS}|str|string|boolean|U?Int(8|16|32|64)|Float(32|64)|datetime64\[(s|ms|us|ns)(, [\w/+:-]+)?\]"
)
