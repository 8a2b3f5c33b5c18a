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


def read_checks(path: Path) -> dict[str, dict[str, Any]]:
    """The exercises by name, in their order.

    Raises:
        CheckFileFault: the file is missing, damaged, or made for a newer version.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CheckFileFault(
            f"The file {path.name} is not beside this notebook. Move the notebook back to its folder, "
            f"or copy {path.name} there. Your work is not lost."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CheckFileFault(_damaged(path, error)) from None
    try:
        document = json.loads(text)
        newer = document["format"] > NEWEST_FORMAT
    except (ValueError, TypeError, KeyError) as error:
        raise CheckFileFault(_damaged(path, error)) from None
    if newer:
        raise CheckFileFault(
            f"{path.name} was made for a newer version of the course. Update the course's packages, "
            "then restart the kernel. Your work is not lost."
        )
    try:
        pool = document.get("data", {})
        exercises = [_with_data(exercise, pool) for exercise in document["exercises"]]
        for exercise in exercises:
            if "checks" not in exercise or ("kind" in exercise and any(k not in exercise for k in _REQUIRED)):
                raise KeyError("incomplete exercise")
        return {exercise["name"]: exercise for exercise in exercises}
    except (KeyError, TypeError, AttributeError) as error:
        raise CheckFileFault(_damaged(path, error)) from None


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
