"""Notebook files as plain JSON: read with suspicion, written in the notebook format's own layout.

A submitted file may hold anything. What comes out of `read` has the form of a notebook of version 4.5 and
nothing unexpected in it; outputs are dropped. Knows nothing of grades.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
_KINDS = ("code", "markdown", "raw")
DEEPEST = 50


class Unreadable(Exception):
    """The file is not a notebook that can be graded; the message is the reason, as the end of a sentence."""


def read(content: bytes, most_cells: int) -> Notebook:
    """The notebook in a file.

    Args:
        content: of the file.
        most_cells: how many cells are accepted.

    Raises:
        Unreadable: see there.
    """
    try:
        found = json.loads(_text(content), parse_constant=lambda name: None)
    except (ValueError, RecursionError, MemoryError) as error:
        told = "it is nested too deep" if isinstance(error, RecursionError) else "it is not JSON"
        raise Unreadable(told) from None
    if type(found) is not dict:
        raise Unreadable("it holds no notebook")
    version = found.get("nbformat")
    if version in (1, 2, 3):
        found = _upgraded(found, int(version))
    elif version != 4:
        raise Unreadable(f"its notebook format is {str(version)[:20]}, not 4")
    cells = found.get("cells")
    if type(cells) is not list:
        raise Unreadable("it has no cells")
    if len(cells) > most_cells:
        raise Unreadable(f"it has {len(cells)} cells, more than {most_cells}")
    known: set[str] = set()
    tidied = [_tidied(cell, place, known) for place, cell in enumerate(cells) if type(cell) is dict]
    metadata = found.get("metadata")
    return {
        "cells": tidied,
        "metadata": _clean(metadata) if type(metadata) is dict else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def is_whole(content: bytes) -> bool:
    """Whether every byte of a file is part of a character."""
    try:
        content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        return False
    return True


def _text(content: bytes) -> str:
    return content.decode(json.detect_encoding(content), "replace")


def _upgraded(found: dict[str, Any], version: int) -> dict[str, Any]:
    import nbformat

    try:
        return json.loads(json.dumps(nbformat.convert(nbformat.from_dict(found), 4)))
    except Exception:
        raise Unreadable(f"its notebook format is {version}, and it cannot be brought to 4") from None


def _tidied(cell: Cell, place: int, known: set[str]) -> Cell:
    kind = cell.get("cell_type")
    source = cell.get("source", "")
    if type(source) is list:
        source = "".join(part for part in source if type(part) is str)
    metadata = cell.get("metadata")
    name = cell.get("id")
    if type(name) is not str or not _ID.fullmatch(name) or name in known:
        name = hashlib.sha256(f"{place} {name!r}".encode()).hexdigest()[:8]
    known.add(name)
    tidied: Cell = {
        "cell_type": kind if kind in _KINDS else "raw",
        "id": name,
        "metadata": _clean(metadata) if type(metadata) is dict else {},
        "source": _clean(source).replace("\r\n", "\n") if type(source) is str else "",
    }
    attachments = cell.get("attachments")
    if kind == "code":
        tidied |= {"execution_count": None, "outputs": []}
    elif type(attachments) is dict and all(_is_attachment(one) for one in attachments.values()):
        tidied["attachments"] = _clean(attachments)
    return tidied


def _is_attachment(bundle: Any) -> bool:
    return type(bundle) is dict and all(type(data) is str for data in bundle.values())


def _clean(value: Any, depth: int = 0) -> Any:
    """Without what cannot be written: halves of characters, endless numbers, and what is nested too deep."""
    if type(value) is str:
        return value.encode("utf-8", "replace").decode("utf-8")
    if depth > DEEPEST or (type(value) is float and not math.isfinite(value)):
        return None
    if type(value) is dict:
        return {_clean(key): _clean(item, depth + 1) for key, item in value.items()}
    if type(value) is list:
        return [_clean(item, depth + 1) for item in value]
    return value


def write(nb: Notebook) -> str:
    """The text of the file, with a line for each cell: Jupyter's own layout takes six times as long."""

    def line(part: Any) -> str:
        return json.dumps(part, ensure_ascii=False, sort_keys=True)

    cells = ",\n".join(line(_laid_out(cell)) for cell in nb["cells"])
    rest = line({key: value for key, value in nb.items() if key != "cells"})
    text = f'{{"cells": [\n{cells}\n],\n{rest[1:]}\n'
    return text.encode("utf-8", "replace").decode("utf-8")


def _laid_out(cell: Cell) -> Cell:
    """The cell with its texts as lists of lines."""
    cell = {**cell, "source": cell["source"].splitlines(keepends=True)}
    if "outputs" in cell:
        cell["outputs"] = [_output_laid_out(_clean(output)) for output in cell["outputs"]]
    return cell


def _output_laid_out(output: dict[str, Any]) -> dict[str, Any]:
    if output["output_type"] == "stream":
        return {**output, "text": output["text"].splitlines(keepends=True)}
    if "data" in output:
        data = {
            kind: value.splitlines(keepends=True) if type(value) is str and _in_lines(kind) else value
            for kind, value in output["data"].items()
        }
        return {**output, "data": data}
    return output


def _in_lines(kind: str) -> bool:
    return kind.startswith("text/") or kind in ("application/javascript", "image/svg+xml")


def retyped(cell: Cell, kind: str) -> Cell:
    """The cell as one of another type, with its source."""
    fresh = {key: cell[key] for key in ("id", "metadata", "source")} | {"cell_type": kind}
    return fresh | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def new_cell(kind: str, name: str, source: str) -> Cell:
    """A cell with no metadata."""
    known: set[str] = set()
    return _tidied({"cell_type": kind, "id": name, "source": source, "metadata": {}}, 0, known)


TRUNCATED = "... Output truncated ..."


def limit_output(outputs: list[dict[str, Any]], lines: int, traceback: int) -> list[dict[str, Any]]:
    """As nbgrader's LimitOutput: at most so many lines of streams and of each traceback; -1 is no limit."""
    kept = []
    used = 0
    for output in outputs:
        if output["output_type"] == "stream" and lines != -1:
            if used >= lines:
                continue
            text = output["text"].split("\n")
            if used + len(text) > lines:
                text = [*text[: lines - used - 1], TRUNCATED]
            used += len(text)
            output = {**output, "text": "\n".join(text)}
        elif output["output_type"] == "error" and traceback != -1 and len(output["traceback"]) > traceback:
            start = traceback // 2
            rest = output["traceback"]
            shorter = [*rest[:start], "... Traceback truncated ...", *rest[-(traceback - start - 1) :]]
            output = {**output, "traceback": shorter}
        kept.append(output)
    return kept
