"""The gap between two groups, measured in two ways: in points and as a ratio.

Knows no figures; those of the internet are in the data set internet_use.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """A gap between two shares: `points` (per cent points, + if the first is ahead) and `ratio`.

    `ratio` is how many times as high the first share is; None if the second is 0.
    """

    points: float
    ratio: float | None


def gap(developed: float, developing: float) -> Gap:
    """How far a share in one group lies ahead of a share in another: difference and quotient.

    developed, developing: per cent of each group, 0 to 100. Raises ValueError out of range.
    """
    for name, share in (("developed", developed), ("developing", developing)):
        if not (math.isfinite(share) and 0 <= share <= 100):
            raise ValueError(f"{name} must be between 0 and 100 per cent, got {share}")
    return Gap(developed - developing, developed / developing if developing > 0 else None)
