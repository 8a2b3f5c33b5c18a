"""Complementarity: two things of which each is worth more when there is more of the other.

Knows a value with an interaction, the best split of one budget, and a test in four groups that measures the
interaction. The numbers are the user's: it does not know what technology or personal contact are worth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri


@dataclass(frozen=True, eq=False)
class FactorialTest:
    """A test in four groups of n customers each.

    `means` (2, 2) are the mean values of the groups, rows without and with technology, columns without and
    with touch. `interaction` is estimated from them, `low` and `high` are its 95 % confidence interval;
    `standard_error` is that of the interaction. All in the unit of the value.
    """

    means: NDArray[np.float64]
    interaction: float
    standard_error: float
    low: float
    high: float


def value(tech: ArrayLike, touch: ArrayLike, a: float, b: float, c: float) -> NDArray[np.float64]:
    """V = a x + b y + c x y.

    tech, touch: x and y, from 0 (none) to 1 (in full); numbers or arrays. a, b: what each brings alone. c:
    what both in full bring beyond that: complements if c > 0, substitutes if c < 0. a, b, c in the unit of V.
    Raises ValueError out of range. Source: supermodularity, as in Milgrom and Roberts (1990), American
    Economic Review 80(3), 511-528.
    """
    x, y = np.asarray(tech, float), np.asarray(touch, float)
    for name, array in (("tech", x), ("touch", y)):
        wrong = array[~((array >= 0) & (array <= 1))]
        if wrong.size:
            raise ValueError(f"{name} must be from 0 to 1, got {wrong.flat[0]:g}")
    _check_finite(a=a, b=b, c=c)
    return np.asarray(a * x + b * y + c * x * y)


def is_complement(a: float, b: float, c: float) -> bool:
    """Whether V(1,1) - V(1,0) > V(0,1) - V(0,0): touch is worth more with technology than without."""
    _check_finite(a=a, b=b, c=c)
    return c > 0


def best_split(a: float, b: float, c: float) -> float:
    """The share x of one budget for technology that is worth most; 1 - x is for touch.

    V = a x + b (1 - x) + c x (1 - x) is highest at x = 1/2 + (a - b) / (2 c) if that lies between 0 and 1 and
    c > 0; otherwise all goes to the stronger one. If a = b and c is 0 or less, 1. Raises ValueError for
    numbers that are not finite.
    """
    _check_finite(a=a, b=b, c=c)
    if c > abs(a - b):
        return 0.5 + (a - b) / (2 * c)
    return 1.0 if a >= b else 0.0


def interaction_of(means: ArrayLike) -> float:
    """The interaction in a table of four means: (m11 - m10) - (m01 - m00), a difference in differences.

    means: (2, 2), rows without and with the one, columns without and with the other. Raises ValueError for
    another shape or a mean that is no finite number.
    """
    table = np.asarray(means, float)
    if table.shape != (2, 2):
        raise ValueError(f"means must be a table of 2 rows and 2 columns, got shape {table.shape}")
    if not np.isfinite(table).all():
        raise ValueError(f"means must be finite numbers, got {table[~np.isfinite(table)][0]:g}")
    return float((table[1, 1] - table[1, 0]) - (table[0, 1] - table[0, 0]))


def interaction_standard_error(sd: float, n: int) -> float:
    """Standard error of the interaction: 2 sd / sqrt(n), twice that of one group's mean.

    sd: standard deviation of a customer's value (0 or more). n: customers per group (1 or more). ValueError
    out of range.
    """
    if not (math.isfinite(sd) and sd >= 0):
        raise ValueError(f"sd must be a number of at least 0, got {sd}")
    _check_whole("n", n, 1)
    return 2 * sd / math.sqrt(n)


def power(c: float, sd: float, n: int) -> float:
    """Probability that the test's 95 % interval lies above 0 if the interaction is c.

    1 - Phi(1.96 - c / standard error). Raises ValueError as `interaction_standard_error`, or for sd 0.
    """
    _check_finite(c=c)
    error = interaction_standard_error(sd, n)
    if error == 0:
        raise ValueError(f"sd must be above 0 for a power, got {sd}")
    return float(ndtr(c / error - ndtri(0.975)))


def draw_test(a: float, b: float, c: float, sd: float, n: int, seed: int, base: float = 0) -> FactorialTest:
    """One random test: the means of four groups of n customers, each normal around base + V with this sd.

    The interval is interaction +- 1.96 standard errors with sd known. The same seed draws the same lots
    whatever the other numbers. Raises ValueError out of range.
    """
    _check_finite(a=a, b=b, c=c, base=base)
    error = interaction_standard_error(sd, n)
    _check_whole("seed", seed, 0)
    corners = np.array([[0, 0], [1, 1]]), np.array([[0, 1], [0, 1]])
    # A group's mean is normal itself: no need to draw every customer.
    lots = np.random.default_rng(int(seed)).normal(size=(2, 2))
    means = base + value(*corners, a, b, c) + sd / math.sqrt(n) * lots
    found = interaction_of(means)
    reach = float(ndtri(0.975)) * error
    return FactorialTest(means, found, error, found - reach, found + reach)


def _check_finite(**numbers: float) -> None:
    for name, number in numbers.items():
        if not math.isfinite(number):
            raise ValueError(f"{name} must be a finite number, got {number}")


def _check_whole(name: str, number: int, lowest: int) -> None:
    if not isinstance(number, Integral) or isinstance(number, bool) or number < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {number!r}")
