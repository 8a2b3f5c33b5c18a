"""Numbers as a reader sees them: signs that are signs, shares in per cent, plurals that agree."""

from __future__ import annotations


def signed(value: float, digits: int = 0) -> str:
    """A score with its sign: "+30", "−7", "0". The minus is a true minus, not a hyphen."""
    rounded = round(value, digits)
    if rounded == 0:
        return f"{0:.{digits}f}"
    return f"{rounded:+,.{digits}f}".replace("-", "−")


def plain(value: float, digits: int = 0) -> str:
    """A number with thousands separated and a true minus: "1,000", "−2.5"; "0", never "−0"."""
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")


def percent(share: float, digits: int = 0) -> str:
    """A share between 0 and 1 in per cent: "25 %"."""
    return f"{plain(100 * share, digits)} %"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 person", "3 people"; the plural defaults to `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
