"""Values to strict JSON and back; knows types and limits, not what a value means or whether it is right.

What leaves a process that ran student code passes through `encode`. Only exact built-in, NumPy and pandas
types are read; an object of any other class becomes its class name. So nothing of the student's own
classes (`__eq__`, `__repr__`, `__iter__` …) is ever called, and nothing needs to be unpickled.
"""

from __future__ import annotations

import datetime
import json
import math
from dataclasses import dataclass
from typing import Any

MAX_ITEMS = 200_000
MAX_DEPTH = 20
MAX_TEXT = 100_000


@dataclass(frozen=True)
class Opaque:
    """A value that is not data: only the name of its class crossed the border."""

    type_name: str


class TooLarge(ValueError):
    """The value has more items, more depth or longer text than an answer may have."""


class _Budget:
    def __init__(self) -> None:
        self.items = MAX_ITEMS

    def spend(self, count: int = 1) -> None:
        self.items -= count
        if self.items < 0:
            raise TooLarge(f"the value has more than {MAX_ITEMS} items")


def encode(value: Any) -> Any:
    """The value as JSON data.

    Numbers, text, `None` and lists are themselves; everything else is a dictionary with the kind under
    `"$"`. A value that is too large or cannot be read becomes an object of its class name. Never raises.
    """
    try:
        return _encode(value, _Budget(), 0)
    except TooLarge:
        return {"$": "object", "type": f"{_class_name(value)}, too large to be an answer"}
    except Exception:
        return {"$": "object", "type": _class_name(value)}


def dumps(value: Any) -> str:
    """The value as canonical JSON text, the same for equal values."""
    return json.dumps(encode(value), sort_keys=True, ensure_ascii=False, allow_nan=False)


def _class_name(value: Any) -> str:
    return str(type.__dict__["__name__"].__get__(type(value)))[:80]


def _encode(value: Any, budget: _Budget, depth: int) -> Any:
    budget.spend()
    if depth > MAX_DEPTH:
        raise TooLarge(f"the value is nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is int:
        if value.bit_length() > 4096:
            raise TooLarge("the number has too many digits")
        return value
    if kind is float:
        return value if math.isfinite(value) else {"$": "float", "v": repr(value)}
    if kind is str:
        if len(value) > MAX_TEXT:
            raise TooLarge(f"the text has more than {MAX_TEXT} characters")
        # Lone surrogates cannot be written as UTF-8; a replacement sign keeps the text readable.
        return value.encode("utf-8", "replace").decode("utf-8")
    if kind is list:
        return [_encode(item, budget, depth + 1) for item in value]
    if kind is tuple:
        return {"$": "tuple", "v": [_encode(item, budget, depth + 1) for item in value]}
    if kind in (set, frozenset):
        items = [_encode(item, budget, depth + 1) for item in value]
        return {"$": "set", "v": sorted(items, key=lambda item: json.dumps(item, sort_keys=True))}
    if kind is dict:
        pairs = [[_encode(k, budget, depth + 1), _encode(v, budget, depth + 1)] for k, v in value.items()]
        return {"$": "dict", "v": pairs}
    if kind is complex:
        return {"$": "complex", "v": [repr(value.real), repr(value.imag)]}
    if kind in (datetime.datetime, datetime.date):
        return {"$": "time", "v": value.isoformat()}
    if value is Ellipsis:
        return {"$": "ellipsis"}
    module = kind.__module__ if isinstance(kind.__module__, str) else ""
    if module.startswith("numpy"):
        return _encode_numpy(value, budget, depth)
    if module.startswith("pandas"):
        return _encode_pandas(value, budget, depth)
    if module.startswith("matplotlib"):
        return _encode_matplotlib(value, budget, depth)
    return {"$": "object", "type": _class_name(value)}


def _encode_numpy(value: Any, budget: _Budget, depth: int) -> Any:
    import numpy as np

    kind = type(value)
    if kind is np.ndarray:
        if value.dtype.hasobject and value.size > MAX_ITEMS:
            raise TooLarge("the array is too large")
        flat = [_encode(item, budget, depth + 1) for item in value.ravel().tolist()]
        return {"$": "array", "dtype": str(value.dtype), "shape": list(value.shape), "v": flat}
    if kind.__module__ == "numpy" and issubclass(kind, np.generic):
        plain = value.item()
        if type(plain) in (bool, int, float, str, complex) or plain is None:
            return {"$": "scalar", "dtype": str(value.dtype), "v": _encode(plain, budget, depth + 1)}
        if isinstance(plain, datetime.datetime | datetime.date):
            return {"$": "time", "v": plain.isoformat()}
    return {"$": "object", "type": _class_name(value)}


def _encode_pandas(value: Any, budget: _Budget, depth: int) -> Any:
    import pandas as pd

    kind = type(value)
    if value is pd.NaT or value is pd.NA:
        return {"$": "missing"}
    if kind is pd.Timestamp:
        return {"$": "time", "v": value.isoformat()}
    if kind is pd.Series:
        return {
            "$": "series",
            "name": _encode(value.name, budget, depth + 1),
            "dtype": str(value.dtype),
            "index": _encode_index(value.index, budget, depth),
            "v": [_encode(item, budget, depth + 1) for item in value.tolist()],
        }
    if kind is pd.DataFrame:
        columns = [value.iloc[:, position] for position in range(value.shape[1])]
        return {
            "$": "frame",
            "columns": [_encode(name, budget, depth + 1) for name in value.columns.tolist()],
            "dtypes": [str(column.dtype) for column in columns],
            "index": _encode_index(value.index, budget, depth),
            "v": [[_encode(item, budget, depth + 1) for item in column.tolist()] for column in columns],
        }
    if isinstance(value, pd.Index) and kind.__module__.startswith("pandas"):
        return {"$": "array", "dtype": str(value.dtype), "shape": [len(value)]} | {
            "v": [_encode(item, budget, depth + 1) for item in value.tolist()]
        }
    return {"$": "object", "type": _class_name(value)}


def _encode_index(index: Any, budget: _Budget, depth: int) -> Any:
    import pandas as pd

    if type(index) is pd.RangeIndex and index.start == 0 and index.step == 1:
        return {"rows": len(index)}
    labels = [_encode(item, budget, depth + 1) for item in index.tolist()]
    return {"name": _encode(index.name, budget, depth + 1), "labels": labels}


def _encode_matplotlib(value: Any, budget: _Budget, depth: int) -> Any:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if isinstance(value, Axes):
        value = value.figure
    if not isinstance(value, Figure):
        return {"$": "object", "type": _class_name(value)}
    figure_title = value.get_suptitle() or ""
    axes = [_encode_axes(ax, budget, depth + 1) for ax in value.axes]
    return {"$": "figure", "title": str(figure_title)[:500], "axes": axes}


def _encode_axes(ax: Any, budget: _Budget, depth: int) -> dict[str, Any]:
    def numbers(values: Any) -> list[Any]:
        import numpy as np

        return [_encode(item, budget, depth + 1) for item in np.asarray(values, dtype=float).ravel().tolist()]

    bars = [patch for patch in ax.patches if type(patch).__name__ == "Rectangle"]
    points = [collection.get_offsets() for collection in ax.collections if hasattr(collection, "get_offsets")]
    legend = ax.get_legend()
    return {
        "title": str(ax.get_title() or ax.get_title("left") or ax.get_title("right"))[:500],
        "xlabel": str(ax.get_xlabel())[:500],
        "ylabel": str(ax.get_ylabel())[:500],
        "xticks": [str(label.get_text())[:200] for label in ax.get_xticklabels()[:200]],
        "yticks": [str(label.get_text())[:200] for label in ax.get_yticklabels()[:200]],
        "legend": [str(text.get_text())[:200] for text in legend.get_texts()] if legend else [],
        "lines": [
            {"x": numbers(line.get_xdata()), "y": numbers(line.get_ydata())} for line in ax.lines[:200]
        ],
        "bars": {
            "x": numbers([bar.get_x() + bar.get_width() / 2 for bar in bars]),
            "y": numbers([bar.get_y() + bar.get_height() / 2 for bar in bars]),
            "width": numbers([bar.get_width() for bar in bars]),
            "height": numbers([bar.get_height() for bar in bars]),
        },
        "points": [{"x": numbers(offsets[:, 0]), "y": numbers(offsets[:, 1])} for offsets in points[:200]],
    }


@dataclass(frozen=True)
class Figure:
    """What a drawn figure says: titles, labels and the data of its marks, one dictionary an axes."""

    title: str
    axes: tuple[dict[str, Any], ...]


def decode(data: Any) -> Any:
    """The value that `encode` wrote, made of trusted types only.

    Raises:
        ValueError: the data is not of a form that `encode` writes.
    """
    if data is None or type(data) in (bool, int, float, str):
        return data
    if type(data) is list:
        return [decode(item) for item in data]
    if type(data) is not dict or "$" not in data:
        raise ValueError(f"not encoded data: {str(data)[:80]}")
    kind = data["$"]
    if kind == "float":
        if data["v"] not in ("nan", "inf", "-inf"):
            raise ValueError(f"not a float: {str(data['v'])[:80]}")
        return float(data["v"])
    if kind == "tuple":
        return tuple(decode(item) for item in data["v"])
    if kind == "set":
        return {decode(item) for item in data["v"]}
    if kind == "dict":
        return {decode(key): decode(value) for key, value in data["v"]}
    if kind == "scalar":
        return decode(data["v"])
    if kind == "complex":
        return complex(float(data["v"][0]), float(data["v"][1]))
    if kind == "time":
        return datetime.datetime.fromisoformat(data["v"])
    if kind == "ellipsis":
        return Ellipsis
    if kind == "missing":
        return None
    if kind == "object":
        return Opaque(str(data["type"])[:120])
    if kind == "figure":
        return Figure(str(data["title"]), tuple(_decode_axes(ax) for ax in data["axes"]))
    if kind in ("array", "series", "frame"):
        return _decode_table(kind, data)
    raise ValueError(f"unknown kind of data: {str(kind)[:80]}")


def _decode_axes(ax: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, dict) and "$" not in value:
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return decode(value)

    return plain(ax)


def _decode_table(kind: str, data: dict[str, Any]) -> Any:
    import numpy as np
    import pandas as pd

    if kind == "array":
        values = [decode(item) for item in data["v"]]
        return np.array(values, dtype=_safe_dtype(data["dtype"])).reshape(data["shape"])
    index = _decode_index(data["index"])
    if kind == "series":
        return pd.Series(_column(data["v"], data["dtype"], index), name=decode(data["name"]))
    columns = [_column(values, dtype, index) for values, dtype in zip(data["v"], data["dtypes"], strict=True)]
    frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
    frame.columns = pd.Index([decode(name) for name in data["columns"]])
    return frame


def _decode_index(data: dict[str, Any]) -> Any:
    import pandas as pd

    if "rows" in data:
        return pd.RangeIndex(int(data["rows"]))
    labels = [decode(label) for label in data["labels"]]
    return pd.Index(labels, name=decode(data["name"]))


def _column(values: list[Any], dtype: str, index: Any) -> Any:
    import pandas as pd

    plain = [decode(value) for value in values]
    return pd.Series(plain, index=index, dtype=_safe_dtype(dtype))


def _safe_dtype(name: str) -> Any:
    """A dtype that only holds data; anything else is kept as Python objects."""
    known = ("bool", "int", "uint", "float", "str", "object", "datetime64", "category", "Int", "boolean")
    plain = name.startswith(known) and not name.startswith("category")
    return name if plain and "<" not in name else object
