"""Customers who use many channels: do the channels make them spend, or do the loyal choose the channels?

A teaching model: loyalty drives spending, and as much as one wants also the number of channels. It shows how
far a comparison of groups that chose themselves can be from an effect; its numbers are assumptions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVELS = ("low", "mid", "high")  # of loyalty, equally frequent
BASE_SPEND, GROWTH = 40.0, 0.5  # euros a month at low loyalty; growth of its logarithm per level
NOISE = 6.0  # euros, standard deviation
MOST_DIFFERENCE = 0.4  # at full selection .1, .5 and .9 of the levels use several channels


@dataclass(frozen=True, eq=False)
class Uplift:
    """Mean spending with several channels minus mean spending with one, in euros a month.

    `raw` compares everybody, `within` only customers of equal loyalty: the mean of `by_level` (3,), weighted
    with the customers of each level that has both kinds (None where there is nobody to compare, NaN in the
    array). `means` (3, 2): mean spending by level, with one and with several channels.
    """

    raw: float | None
    within: float | None
    by_level: NDArray[np.float64]
    means: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Customers:
    """One random group; arrays (n,): loyalty 0, 1 or 2; more than one channel; spending in euros a month."""

    loyalty: NDArray[np.int64]
    has_several: NDArray[np.bool_]
    spend: NDArray[np.float64]
    uplift: Uplift


def several_shares(selection: float) -> NDArray[np.float64]:
    """Share of each level of loyalty (3,) that uses several channels: .5 - .4 s, .5 and .5 + .4 s.

    selection: s, from 0 (loyalty does not matter) to 1, or ValueError.
    """
    if not 0 <= selection <= 1:
        raise ValueError(f"selection must be from 0 to 1, got {selection}")
    return 0.5 + MOST_DIFFERENCE * selection * np.array([-1.0, 0.0, 1.0])


def mean_spend() -> NDArray[np.float64]:
    """Mean spending of each level (3,) with one channel: 40 exp(.5 loyalty), in euros a month."""
    spend: NDArray[np.float64] = BASE_SPEND * np.exp(GROWTH * np.arange(len(LEVELS)))
    return spend


def expected_uplift(selection: float, effect: float) -> tuple[float, float]:
    """Raw uplift and uplift within levels, in a population without end; the latter is the effect itself.

    selection: from 0 to 1. effect: what several channels add for everybody, in euros a month. ValueError out
    of range.
    """
    _check_effect(effect)
    several = several_shares(selection)
    with_several, with_one = several / several.sum(), (1 - several) / (1 - several).sum()
    return effect + float((with_several - with_one) @ mean_spend()), effect


def draw_customers(selection: float, effect: float, n: int, seed: int) -> Customers:
    """n customers (6 or more): a third of each level (rounded), channels by chance, spending with noise.

    Spending is 40 exp(.5 loyalty) + effect (with several channels) + normal noise of 6 euros. With the same
    seed a customer keeps the lots at every selection and effect. Raises ValueError out of range.
    """
    _check_effect(effect)
    shares = several_shares(selection)
    for name, number, lowest in (("n", n, 6), ("seed", seed, 0)):
        if not isinstance(number, Integral) or isinstance(number, bool) or number < lowest:
            raise ValueError(f"{name} must be a whole number of at least {lowest}, got {number!r}")
    rng = np.random.default_rng(int(seed))
    loyalty = np.arange(int(n)) % len(LEVELS)
    has_several = rng.random(int(n)) < shares[loyalty]
    spend = mean_spend()[loyalty] + effect * has_several + rng.normal(0, NOISE, int(n))
    return Customers(loyalty, has_several, spend, uplift_of(loyalty, has_several, spend))


def uplift_of(loyalty: ArrayLike, has_several: ArrayLike, spend: ArrayLike) -> Uplift:
    """Raw and within-level uplift of these customers. loyalty: 0, 1 or 2; all of shape (n,), n from 1.

    Raises ValueError for other shapes or levels.
    """
    level, several, euros = np.asarray(loyalty), np.asarray(has_several, bool), np.asarray(spend, float)
    if not level.shape == several.shape == euros.shape or level.ndim != 1 or level.size == 0:
        raise ValueError(
            "loyalty, has_several and spend must be equally long lists, got shapes "
            f"{level.shape}, {several.shape} and {euros.shape}"
        )
    wrong = level[~np.isin(level, range(len(LEVELS)))]
    if wrong.size:
        raise ValueError(f"loyalty must be 0, 1 or 2, got {wrong[0]}")
    cell = 2 * level.astype(np.int64) + several
    counts = np.bincount(cell, minlength=6).reshape(3, 2)
    sums = np.bincount(cell, euros, minlength=6).reshape(3, 2)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    by_level = means[:, 1] - means[:, 0]
    weights = np.where((counts > 0).all(axis=1), counts.sum(axis=1), 0)
    totals = counts.sum(axis=0)
    return Uplift(
        raw=float(sums[:, 1].sum() / totals[1] - sums[:, 0].sum() / totals[0]) if totals.all() else None,
        within=float(np.nansum(weights * by_level) / weights.sum()) if weights.any() else None,
        by_level=by_level,
        means=means,
    )


def _check_effect(effect: float) -> None:
    if not math.isfinite(effect):
        raise ValueError(f"effect must be a finite number of euros, got {effect}")
