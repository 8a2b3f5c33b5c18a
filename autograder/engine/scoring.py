"""The points of a graded cell: from a verdict, from the outputs of a plain test, or left to a person.

Everything is a plain number between 0 and the cell's points, or `None` for "a person decides". Other than in
nbgrader, text on stderr costs nothing, and what is no number is never full points by accident.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

from autograder.engine import ipynb
from autograder.engine.assignment import MasterCell


@dataclass(frozen=True)
class Score:
    """Automatic points (`None`: a person decides) and a sentence for the instructor, or ""."""

    points: float | None
    attention: str = ""


def checksum(cell: ipynb.Cell, master: MasterCell) -> str:
    """nbgrader's checksum of a cell with the master's settings; the master's own if nothing was written."""
    digest = hashlib.md5(usedforsecurity=False)
    # For nbgrader an answer is never locked, and another graded cell always is.
    locked = not master.solution and (master.grade or master.locked)
    parts = [
        cell["source"],
        master.cell_type,
        str(master.grade),
        str(master.solution),
        str(locked),
        master.name,
    ]
    parts += [str(float(master.points))] if master.grade else []
    for part in parts:
        digest.update(part.encode("utf-8", "replace"))
    return digest.hexdigest()


def is_unanswered(cell: ipynb.Cell, master: MasterCell) -> bool:
    """Whether the student wrote nothing into an answer."""
    return checksum(cell, master) == master.checksum or cell["source"].strip() == master.released.strip()


def score_of_answer(cell: ipynb.Cell, master: MasterCell, missing: bool) -> Score:
    """A graded answer or task: nothing written is 0, everything else is for a person."""
    if master.task:
        return Score(None)
    return Score(0.0 if missing or is_unanswered(cell, master) else None)


def score_of_outputs(outputs: list[dict[str, Any]], points: float) -> Score:
    """A plain test cell: an error is 0, a number as its last value is that many points, all else is full."""
    if any(output["output_type"] == "error" for output in outputs):
        return Score(0.0)
    results = [output for output in outputs if output["output_type"] == "execute_result"]
    if not results:
        return Score(points)
    text = results[-1]["data"].get("text/plain")
    try:
        value = float(text)
    except (TypeError, ValueError):
        return Score(points)
    if math.isnan(value):
        return Score(0.0, "its result is not a number (nan): counted as 0")
    if not 0 <= value <= points:
        return Score(min(max(value, 0.0), points), f"its result {value:g} is not between 0 and {points:g}")
    return Score(value)
