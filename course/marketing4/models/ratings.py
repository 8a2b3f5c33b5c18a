"""How to rank things by reviews when some have few of them.

Knows shares of positive reviews and mean ratings, and how both are held back while they rest on little. Does
not know whether a review is honest.

Sources: Wilson (1927), "Probable inference, the law of succession, and statistical inference", Journal of the
American Statistical Association 22, 209-212, for the interval.
"""

from __future__ import annotations

import math
from numbers import Integral
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike


def wilson_lower(positive: int, n: int, confidence: float = 0.95) -> float:
    """Lower bound of Wilson's interval for the share of positive reviews (0 to 1).

    (s + z^2/2n - z sqrt(s (1 - s)/n + z^2/4n^2)) / (1 + z^2/n) with s = positive / n and z for a two-sided
    `confidence` (above 0, below 1). Raises ValueError if n is below 1 or positive not between 0 and n.
    """
    _check_whole("n", n, 1)
    if not isinstance(positive, Integral) or isinstance(positive, bool) or not 0 <= positive <= n:
        raise ValueError(f"positive must be a whole number between 0 and {n}, got {positive!r}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be above 0 and below 1, got {confidence}")
    if positive == 0:
        return 0.0  # exactly, where rounding would leave a trace
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = positive / n
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (share + z * z / (2 * n) - half) / (1 + z * z / n)


def bayesian_mean(ratings: ArrayLike, prior_mean: float, prior_weight: float) -> float:
    """Mean rating, held near `prior_mean` while there are few: (C m + sum x) / (C + n).

    `prior_weight` C (0 or more) is how many ratings the prior is worth. Without ratings it is the prior mean.
    Raises ValueError if C is negative, a rating is no number, or there is neither a rating nor a weight.
    """
    given = np.asarray(ratings, dtype=float)
    if given.ndim != 1 or not np.isfinite(given).all():
        raise ValueError(f"ratings must be a list of numbers, got {given.tolist()}")
    if not math.isfinite(prior_mean):
        raise ValueError(f"prior_mean must be a finite number, got {prior_mean}")
    if not (math.isfinite(prior_weight) and prior_weight >= 0):
        raise ValueError(f"prior_weight must be a number of at least 0, got {prior_weight}")
    if given.size == 0 and prior_weight == 0:
        raise ValueError("prior_weight must be above 0 if there is no rating, got 0")
    return float((prior_weight * prior_mean + given.sum()) / (prior_weight + given.size))


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
