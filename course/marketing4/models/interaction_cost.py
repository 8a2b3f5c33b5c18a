"""What making a deal costs the two sides, and which of the possible deals are then made.

A deal is made when it is worth more than it costs to find each other, talk, check and pay. Coase (1937) named
such costs as a reason why firms exist. That the worth of possible deals is spread exponentially is an
assumption of this model, not a finding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Deals:
    """Possible deals of one random market.

    `surplus` has shape (n,), in euros: what each deal is worth to both sides together, before the cost of
    making it. `realised` has the same shape and tells which deals are made. `share` is the part of the n
    deals that is made, from 0 to 1.
    """

    surplus: NDArray[np.float64]
    realised: NDArray[np.bool_]
    share: float


def deals_realised(cost: ArrayLike, mean_surplus: ArrayLike) -> float | NDArray[np.float64]:
    """Share of the possible deals that are made, from 0 to 1: e^(-t / u).

    A deal with surplus U is made if U is larger than the interaction cost t (`cost`, euros per deal, at least
    0); U is exponential with mean u (`mean_surplus`, euros per deal, above 0). Numbers or arrays; a float if
    both are numbers. At t = 0 every deal is made, at t = u 36.8 % are. Raises ValueError out of range.
    """
    costs, means = np.asarray(cost, dtype=float), np.asarray(mean_surplus, dtype=float)
    if not np.all(np.isfinite(costs) & (costs >= 0)):
        raise ValueError(f"cost must be a number of at least 0, got {costs.tolist()}")
    if not np.all(np.isfinite(means) & (means > 0)):
        raise ValueError(f"mean_surplus must be a number above 0, got {means.tolist()}")
    shares = np.exp(-costs / means)
    return float(shares) if shares.ndim == 0 else shares


def draw_deals(cost: float, mean_surplus: float, n: int = 200, seed: int = 0) -> Deals:
    """`n` possible deals of one random market (at least 1), and those that are made at this cost.

    With the same seed the deals are the same at every cost, and in proportion at every mean. Cost and mean as
    in `deals_realised`, but numbers. Raises ValueError out of range.
    """
    if not (math.isfinite(cost) and cost >= 0):
        raise ValueError(f"cost must be a number of at least 0, got {cost}")
    if not (math.isfinite(mean_surplus) and mean_surplus > 0):
        raise ValueError(f"mean_surplus must be a number above 0, got {mean_surplus}")
    for name, value, lowest in (("n", n, 1), ("seed", seed, 0)):
        if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
            raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
    surplus = mean_surplus * np.random.default_rng(int(seed)).exponential(size=int(n))
    realised = surplus > cost
    return Deals(surplus, realised, float(realised.mean()))
