"""How often people yield to a majority that is wrong, and how much they differ in it.

Knows counts of yielding answers and two explanations: everybody yields with the same probability, or each
person has an own one (beta-binomial). Does not know why a person yields. The figures are those of Asch
(1956), "Studies of independence and conformity", Psychological Monographs 70(9); Bond and Smith (1996),
Psychological Bulletin 119, 111-137, found that conformity in such studies in the USA has declined since.
"""

from __future__ import annotations

from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import betaln, gammaln

# Asch (1956): 123 students, 12 critical trials each, 36.8 % of answers yielded.
ASCH_STUDENTS, ASCH_TRIALS, ASCH_MEAN = 123, 12, 0.368
ASCH_GROUPS = (0.24, 0.49, 0.27)  # share of students who yielded never, 1-7 times, 8-12 times
OFTEN = 8  # from here on a student counts as one who yields often

_ALIKE, _ALL_OR_NONE = 1e-9, 1 - 1e-9  # nearer to the ends than this, the limit is used


def p_never(p: float, k: int) -> float:
    """Probability that somebody who yields with probability p each time yields in none of k trials.

    (1 - p)^k, if the trials are independent. Raises ValueError if p is not between 0 and 1 or k not a whole
    number of at least 0.
    """
    _check_share("p", p)
    _check_whole("k", k, 0)
    return float((1 - p) ** k)


def yielding_counts(mean: float, correlation: float = 0.0, k: int = ASCH_TRIALS) -> NDArray[np.float64]:
    """Probability of yielding 0, 1, ..., k times in k trials; shape (k + 1,).

    Each person's own probability is drawn from a beta distribution with this `mean` (0 to 1). `correlation`
    (0 to 1) is that of two answers of the same person, 1 / (a + b + 1) with a and b the parameters of the
    distribution: at 0 all people are alike (binomial), at 1 each yields always or never. Raises ValueError
    out of range.
    """
    _check_share("mean", mean)
    _check_share("correlation", correlation)
    _check_whole("k", k, 1)
    times = np.arange(k + 1)
    if not _ALIKE < mean < _ALL_OR_NONE or correlation >= _ALL_OR_NONE:
        ends = np.zeros(k + 1)
        ends[0], ends[-1] = 1 - mean, mean
        return ends
    log_ways = gammaln(k + 1) - gammaln(times + 1) - gammaln(k - times + 1)
    if correlation <= _ALIKE:
        return np.asarray(np.exp(log_ways + times * np.log(mean) + (k - times) * np.log1p(-mean)))
    a, b = _beta(mean, correlation)
    return np.asarray(np.exp(log_ways + betaln(a + times, b + k - times) - betaln(a, b)))


def correlation_for_never(mean: float, never: float, k: int = ASCH_TRIALS) -> float:
    """How much people must differ (see `yielding_counts`) for a share `never` of them to yield in no trial.

    Raises ValueError if mean is not between 0 and 1, or never is not between what alike people give,
    (1 - mean)^k, and what people give who yield always or never, 1 - mean.
    """
    if not 0 < mean < 1:
        raise ValueError(f"mean must be above 0 and below 1, got {mean}")
    _check_whole("k", k, 2)
    low, high = p_never(mean, k), 1 - mean
    if not low <= never <= high:
        raise ValueError(f"never must be between {low:.6g} and {high:.6g}, got {never}")
    if never in (low, high):
        return 0.0 if never == low else 1.0
    return float(
        brentq(lambda r: yielding_counts(mean, r, k)[0] - never, 2 * _ALIKE, 1 - 2 * _ALIKE, xtol=1e-12)
    )


def groups(counts: ArrayLike, often: int = OFTEN) -> tuple[float, float, float]:
    """Shares of people who yielded never, sometimes (1 to often - 1 times) and often (at least `often`).

    counts: weights or numbers of people who yielded 0, 1, ..., k times. Raises ValueError if one is negative,
    their sum is 0, or often is not between 2 and k.
    """
    weights = np.asarray(counts, dtype=float)
    if weights.ndim != 1 or not (weights >= 0).all() or not weights.sum() > 0:
        raise ValueError(f"counts must be numbers of at least 0, not all 0, got {weights.tolist()}")
    if not 2 <= often <= len(weights) - 1:
        raise ValueError(f"often must be between 2 and {len(weights) - 1}, got {often}")
    shares = weights / weights.sum()
    return float(shares[0]), float(shares[1:often].sum()), float(shares[often:].sum())


def draw_yielding(
    mean: float, correlation: float, people: int, seed: int, k: int = ASCH_TRIALS
) -> NDArray[np.int64]:
    """How often each of `people` random persons yields in k trials; shape (people,), in random order.

    Parameters and errors as in `yielding_counts`. The same seed gives the same persons at every setting: who
    yields little stays one who yields little.
    """
    _check_whole("people", people, 1)
    _check_whole("seed", seed, 0)
    ladder = yielding_counts(mean, correlation, k).cumsum()
    lots = np.random.default_rng(seed).random(people)
    return np.minimum(np.searchsorted(ladder, lots, side="right"), k)


def _beta(mean: float, correlation: float) -> tuple[float, float]:
    total = 1 / correlation - 1
    return mean * total, (1 - mean) * total


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {value}")


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
