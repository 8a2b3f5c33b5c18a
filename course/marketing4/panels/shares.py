"""Two controls that are parts of the same hundred people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Settle = Callable[[dict[str, Any], str], tuple[dict[str, Any], str]]


def parts_of_hundred(first: str, second: str) -> Settle:
    """A rule for Panel: the two controls share 100; when one needs the other's room, the other gives way."""

    def settle(values: dict[str, Any], changed: str) -> tuple[dict[str, Any], str]:
        if values[first] + values[second] <= 100:
            return values, ""
        other = first if changed == second else second
        room = 100 - values[second if other == first else first]
        sentence = (
            f"{first.capitalize()} and {second} cannot be more than 100 together, so {other} went down to "
            f"{room}."
        )
        return {**values, other: room}, sentence

    return settle
