"""Price access: what share of households can pay a price, when incomes are log-normal.

Reach is ability to pay, not sales. That incomes are log-normal, and that a category has a fixed share of the
budget, are assumptions of this model.

Source of the log-normal income distribution: Aitchison and Brown (1957), The Lognormal Distribution.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtr, ndtri

_LOG_SQRT_2_PI = 0.5 * math.log(2 * math.pi)


def reach(price: ArrayLike, budget_share: float, median_income: float, sigma: float) -> NDArray[np.float64]:
    """Share of households (0 to 1) that can pay `price`: 1 - Phi((ln(price / budget_share) - ln m) / sigma).

    price: one or many, positive, in the money of the incomes. budget_share: the part of a household's income
    that it can spend on the category, above 0, at most 1. median_income m: half of the households have
    less; positive. sigma: standard deviation of log income, positive; larger is more unequal. The result has
    the shape of `price`. Half of the households can pay budget_share x m. Raises ValueError out of range.
    """
    return ndtr(-_threshold(price, budget_share, median_income, sigma))


def elasticity(
    price: ArrayLike, budget_share: float, median_income: float, sigma: float
) -> NDArray[np.float64]:
    """Per cent change of reach for one per cent change of price: -phi(z) / (sigma (1 - Phi(z))).

    Always negative, nearer to 0 where nearly everyone can pay already. Parameters, shape and errors as for
    `reach`.
    """
    z = _threshold(price, budget_share, median_income, sigma)
    # In logarithms, because far out in the tail both parts are too small for a float.
    return -np.exp(-0.5 * z**2 - _LOG_SQRT_2_PI - log_ndtr(-z)) / sigma


def best_cut(cut: float, budget_share: float, median_income: float, sigma: float) -> tuple[float, float]:
    """The price at which lowering it by a share `cut` makes most households new customers, and how many.

    (price before the cut, share of all households gained). The best cut has the median threshold
    budget_share x m in its middle (geometrically): price = budget_share x m / sqrt(1 - cut), gain =
    2 Phi(-ln(1 - cut) / (2 sigma)) - 1. cut: above 0 and below 1. Other parameters and errors as for `reach`.
    """
    if not 0 < cut < 1:
        raise ValueError(f"cut must be above 0 and below 1, got {cut}")
    _check(budget_share, median_income, sigma)
    gain = 2 * float(ndtr(-math.log(1 - cut) / (2 * sigma))) - 1
    return budget_share * median_income / math.sqrt(1 - cut), gain


def mean_income(median_income: float, sigma: float) -> float:
    """The mean of a log-normal income with this median: m exp(sigma^2 / 2), always above the median.

    In the money of `median_income`. Raises ValueError if a parameter is not positive.
    """
    _check_positive("median_income", median_income)
    _check_positive("sigma", sigma)
    return median_income * math.exp(sigma**2 / 2)


def gini(sigma: float) -> float:
    """Gini index (0 to 1) of a log-normal distribution: 2 Phi(sigma / sqrt 2) - 1.

    Raises ValueError if sigma is not positive.
    """
    _check_positive("sigma", sigma)
    return 2 * float(ndtr(sigma / math.sqrt(2))) - 1


def sigma_from_gini(gini: float) -> float:
    """The sigma of the log-normal distribution with this Gini index: sqrt 2 x Phi^-1((1 + gini) / 2).

    gini: above 0 and below 1 (a per cent figure must be divided by 100 first). Raises ValueError out of
    range.
    """
    if not 0 < gini < 1:
        raise ValueError(f"gini must be above 0 and below 1, got {gini}")
    return math.sqrt(2) * float(ndtri((1 + gini) / 2))


def draw_incomes(
    median_income: float, sigma: float, households: int, seed: int | np.random.Generator
) -> NDArray[np.float64]:
    """Incomes of `households` households drawn at random, shape (households,), in the money of the median.

    The same seed draws the same households; another median or sigma then moves each of them. Raises
    ValueError if the median or sigma is not positive or `households` is not a whole number of at least 1.
    """
    _check_positive("median_income", median_income)
    _check_positive("sigma", sigma)
    if not isinstance(households, (int, np.integer)) or isinstance(households, bool) or households < 1:
        raise ValueError(f"households must be a whole number of at least 1, got {households!r}")
    return median_income * np.exp(sigma * np.random.default_rng(seed).standard_normal(households))


def _threshold(
    price: ArrayLike, budget_share: float, median_income: float, sigma: float
) -> NDArray[np.float64]:
    """The income needed for the price, in standard deviations of log income from the median."""
    prices = np.asarray(price, dtype=float)
    if not np.all(np.isfinite(prices) & (prices > 0)):
        raise ValueError(f"price must be positive, got {prices.tolist()}")
    _check(budget_share, median_income, sigma)
    return np.log(prices / (budget_share * median_income)) / sigma


def _check(budget_share: float, median_income: float, sigma: float) -> None:
    if not 0 < budget_share <= 1:
        raise ValueError(f"budget_share must be above 0 and at most 1, got {budget_share}")
    _check_positive("median_income", median_income)
    _check_positive("sigma", sigma)


def _check_positive(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, got {value}")
