"""Reads compiled checks from a file and says in one sentence what is wrong with it, if anything is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NEWEST_FORMAT = 1
_REQUIRED = (
    "name",
    "title",
    "points",
    "kind",
    "target",
    "checks",
    "hidden_checks",
    "time_limit",
    "show_expected",
)


class CheckFileFault(Exception):
    """The checks cannot be used; the message is one sentence for the reader of the notebook."""


def read_checks(path: Path, assignment: str | None = None) -> dict[str, dict[str, Any]]:
    """The exercises by name, in their order.

    Args:
        path: the file.
        assignment: whose checks they must be, if given.

    Raises:
        CheckFileFault: the file is missing, damaged, made for a newer version, or of another assignment.
    """
    document = _read(path)
    try:
        if document["format"] > NEWEST_FORMAT:
            raise CheckFileFault(
                f"{path.name} was made for a newer version of the course. Update the course's packages, "
                "then restart the kernel. Your work is not lost."
            )
        owner = document["assignment"]
        if assignment is not None and owner != assignment:
            raise CheckFileFault(
                f"The {path.name} beside this notebook belongs to {owner}, not to {assignment}. Give each "
                "assignment a folder of its own, with the files it came with. Your work is not lost."
            )
        pool = document.get("data", {})
        exercises = [_with_data(exercise, pool) for exercise in document["exercises"]]
        for exercise in exercises:
            if "checks" not in exercise or ("kind" in exercise and any(k not in exercise for k in _REQUIRED)):
                raise KeyError("incomplete exercise")
        return {exercise["name"]: exercise for exercise in exercises}
    except (KeyError, TypeError, AttributeError) as error:
        raise CheckFileFault(_damaged(path, error)) from None


def assignment_of(path: Path) -> str | None:
    """Whose checks the file has; `None` when it is missing or cannot be read."""
    try:
        owner = _read(path).get("assignment")
    except CheckFileFault:
        return None
    return owner if isinstance(owner, str) else None


_documents: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}


def _read(path: Path) -> dict[str, Any]:
    """The file's content, read again when it has changed."""
    try:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        known = _documents.get(str(path.absolute()))
        if known is not None and known[0] == stamp:
            return known[1]
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CheckFileFault(
            f"The file {path.name} is not beside this notebook. Move the notebook back to its folder, "
            f"or copy {path.name} there. Your work is not lost."
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise CheckFileFault(_damaged(path, error)) from None
    if not isinstance(document, dict):
        raise CheckFileFault(_damaged(path, TypeError()))
    _documents[str(path.absolute())] = (stamp, document)
    return document


def _damaged(path: Path, error: BaseException) -> str:
    return (
        f"{path.name} is damaged ({type(error).__name__}). Fetch it again, or copy a fresh one from "
        "the course, beside this notebook. Your work is not lost."
    )


def _with_data(value: Any, pool: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        if value.get("$") == "shared":
            return pool[value["v"]]
        return {key: _with_data(item, pool) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_data(item, pool) for item in value]
    return value
