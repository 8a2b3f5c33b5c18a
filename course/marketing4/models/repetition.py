"""An advert seen again and again: attitude rises and falls, recall only rises.

Knows attitude and recall by number of exposures, and viewers who see different numbers of the same spots.
Does not know what the advert says, how far apart the exposures lie, or who is involved.

Sources: Schmidt and Eisend (2015), "Advertising Repetition", Journal of Advertising 44, 415-428: in
experiments attitude is highest at about ten exposures. The first numbers here are tuned to that; the size of
attitude has no unit of a survey. The inverted U itself: Berlyne (1970).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv

B1, B2 = 0.1, -0.005  # best after ten exposures, then at 0.5
HIT = 0.15  # chance that one exposure makes the advert remembered; an assumption


@dataclass(frozen=True, eq=False)
class Viewers:
    """Viewers of a campaign. `reach` (viewers,) is the share of spots each sees.

    `seen` (viewers, spots) tells which spots, in the order of showing.
    """

    reach: NDArray[np.float64]
    seen: NDArray[np.bool_]

    def exposures(self, spots: int) -> NDArray[np.int64]:
        """How many of the first `spots` spots each viewer has seen. Raises ValueError if there are fewer."""
        _check_whole("spots", spots, 0)
        if spots > self.seen.shape[1]:
            raise ValueError(f"spots must be at most {self.seen.shape[1]}, got {spots}")
        return np.asarray(self.seen[:, :spots].sum(axis=1))


def attitude(n: ArrayLike, b1: float = B1, b2: float = B2) -> NDArray[np.float64]:
    """Change of attitude after n exposures: b1 n + b2 n^2, shape as given; 0 is never seen.

    n: exposures (0 or more). b1: what the first exposures add, b2: how fast the gain shrinks (any finite
    number; below 0 for wear-out). Raises ValueError out of range.
    """
    seen = _exposures(n)
    _check_finite("b1", b1)
    _check_finite("b2", b2)
    return np.asarray(b1 * seen + b2 * seen**2)


def best_exposures(b1: float = B1, b2: float = B2) -> float:
    """The number of exposures with the highest attitude: -b1 / (2 b2).

    b1 must be 0 or more and b2 below 0: otherwise there is no highest point. Raises ValueError if not.
    """
    if not (math.isfinite(b1) and b1 >= 0):
        raise ValueError(f"b1 must be a number of at least 0, got {b1}")
    if not (math.isfinite(b2) and b2 < 0):
        raise ValueError(f"b2 must be negative, got {b2}")
    return -b1 / (2 * b2)


def recall(n: ArrayLike, h: float = HIT) -> NDArray[np.float64]:
    """Share of people who remember the advert after n exposures: 1 - (1 - h)^n, shape as given.

    n: exposures (0 or more). h: chance that one exposure does it (0 to 1). Raises ValueError out of range.
    """
    seen = _exposures(n)
    _check_share("h", h)
    return np.asarray(1 - (1 - h) ** seen)


def mean_attitude(spots: int, reach: float, spread: float, b1: float = B1, b2: float = B2) -> float:
    """Exact mean attitude of viewers who see each spot with their own chance.

    The chances follow a beta distribution with mean `reach` (0 to 1) and correlation `spread` (0 to below 1):
    0 if all viewers are alike. Then exposures have mean S r and variance S r (1 - r) (1 + (S - 1) spread).
    spots S: 0 or more. Raises ValueError out of range.
    """
    _check_whole("spots", spots, 0)
    _check_share("reach", reach)
    _check_spread(spread)
    _check_finite("b1", b1)
    _check_finite("b2", b2)
    mean = spots * reach
    variance = spots * reach * (1 - reach) * (1 + (spots - 1) * spread) if spots else 0.0
    return b1 * mean + b2 * (mean**2 + variance)


def draw_viewers(viewers: int, spots: int, reach: float, spread: float, seed: int) -> Viewers:
    """Random viewers of a campaign. Parameters as in `mean_attitude`; raises ValueError out of range.

    The draws do not depend on reach and spread: the same seed keeps the order of light and heavy viewers.
    """
    _check_whole("viewers", viewers, 1)
    _check_whole("spots", spots, 1)
    _check_share("reach", reach)
    _check_spread(spread)
    _check_whole("seed", seed, 0)
    rng = np.random.default_rng(seed)
    rank, chance = rng.random(viewers), rng.random((viewers, spots))
    if spread == 0 or reach in (0, 1):
        share = np.full(viewers, float(reach))
    else:
        weight = 1 / spread - 1
        share = np.asarray(betaincinv(reach * weight, (1 - reach) * weight, rank))
    return Viewers(reach=share, seen=chance < share[:, None])


def _exposures(n: ArrayLike) -> NDArray[np.float64]:
    seen = np.asarray(n, dtype=float)
    if not (np.isfinite(seen).all() and (seen >= 0).all()):
        raise ValueError(f"n must be 0 or more, got {seen.tolist()}")
    return seen


def _check_finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{name} must be finite, got {value}")


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {value}")


def _check_spread(spread: float) -> None:
    if not 0 <= spread < 1:
        raise ValueError(f"spread must be from 0 to below 1, got {spread}")


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
