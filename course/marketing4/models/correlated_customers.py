"""Customers with an age and a connectedness that go together as much, or as little, as one wants.

A teaching model: the strength of the relation is chosen, not measured. Shows how well one attribute picks out
customers who are high in another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

YOUNGEST, OLDEST = 18.0, 85.0  # years
MEAN_AGE, SD_AGE = 44.0, 15.0  # years, of the normal curve, of which the part from youngest to oldest is used
MEAN_INDEX, SD_INDEX = 50.0, 15.0  # of connectedness, in index points


@dataclass(frozen=True, eq=False)
class Customers:
    """One random group of customers; `age` (years) and `connectedness` (index points) have shape (n,).

    `correlation` is Pearson's r of the two in this group. `explained` is its square: the part, from 0 to 1,
    of the differences (variance) in connectedness that goes with age on a straight line.
    """

    age: NDArray[np.float64]
    connectedness: NDArray[np.float64]
    correlation: float
    explained: float


@dataclass(frozen=True, eq=False)
class Pick:
    """Customers picked by age, against those who are connected; both arrays have shape (n,).

    `precision` is the part of the picked who are connected (None if nobody is picked), `recall` the part of
    the connected who are picked; both from 0 to 1.
    """

    is_picked: NDArray[np.bool_]
    is_connected: NDArray[np.bool_]
    threshold: float
    picked: int
    connected: int
    both: int
    precision: float | None
    recall: float


def draw_customers(correlation: float, n: int = 300, seed: int = 0) -> Customers:
    """`n` customers (at least 3) from a population in which age and connectedness have this correlation.

    Ages follow a normal curve (mean 44, standard deviation 15 years) between 18 and 85. connectedness =
    50 + 15 (r a + sqrt(1 - r^2) e) with a the age in standard deviations from the mean of the group and e
    standard normal. The correlation found in a group of n misses r (from -1 to 1) by about
    (1 - r^2) sqrt((1 - r^2 / 2) / n). With the same seed the ages and the e are the same at every
    correlation. Raises ValueError out of range.
    """
    if not -1 <= correlation <= 1:
        raise ValueError(f"correlation must be between -1 and 1, got {correlation}")
    for name, value, lowest in (("n", n, 3), ("seed", seed, 0)):
        if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
            raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
    rng = np.random.default_rng(int(seed))
    lowest_part, highest_part = ndtr((YOUNGEST - MEAN_AGE) / SD_AGE), ndtr((OLDEST - MEAN_AGE) / SD_AGE)
    age = MEAN_AGE + SD_AGE * ndtri(rng.uniform(lowest_part, highest_part, int(n)))
    old = (age - age.mean()) / age.std()
    latent = correlation * old + math.sqrt(1 - correlation**2) * rng.normal(size=int(n))
    found = float(np.corrcoef(age, latent)[0, 1])
    return Customers(age, MEAN_INDEX + SD_INDEX * latent, found, found**2)


def pick_younger(customers: Customers, than: float, connected_share: float = 1 / 3) -> Pick:
    """Pick everyone younger than an age (`than`, years) and compare with the most connected.

    Connected are the customers with the highest connectedness, a `connected_share` of the group (above 0, at
    most 1; rounded to at least one customer). `threshold` is the index half-way between the last of them and
    the next. Raises ValueError if the share is out of range or the age is no number.
    """
    if not math.isfinite(than):
        raise ValueError(f"than must be an age in years, got {than}")
    if not 0 < connected_share <= 1:
        raise ValueError(f"connected_share must be above 0 and at most 1, got {connected_share}")
    index = customers.connectedness
    connected = max(1, round(connected_share * index.size))
    order = np.argsort(-index, kind="stable")
    is_connected = np.zeros(index.size, dtype=bool)
    is_connected[order[:connected]] = True
    last, following = index[order[connected - 1]], index[order[min(connected, index.size - 1)]]
    is_picked = customers.age < than
    picked, both = int(is_picked.sum()), int((is_picked & is_connected).sum())
    return Pick(
        is_picked=is_picked,
        is_connected=is_connected,
        threshold=float((last + following) / 2),
        picked=picked,
        connected=connected,
        both=both,
        precision=both / picked if picked else None,
        recall=both / connected,
    )
