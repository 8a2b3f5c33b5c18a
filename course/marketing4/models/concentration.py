"""Concentration: how unequally a total is spread over firms, titles or people.

Knows measures of shares (Herfindahl-Hirschman index, concentration ratio, Gini coefficient, top share) and
two model distributions (Zipf, Pareto). It does not know what the shares are shares of.
"""

from __future__ import annotations

import math
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ROUNDING = 1e-9  # a fifth of 1,000 titles is 200 of them, not 201


def zipf_shares(exponent: float, n: int) -> NDArray[np.float64]:
    """Shares of n titles, best seller first, when demand falls with the rank: w_r = r^(-a) / sum of r^(-a).

    exponent: a, 0 or more; 0 makes all titles equal, at 1 the second sells half as much as the first.
    n: whole number, 1 or more. Gives an array (n,) that sums to 1. Raises ValueError out of range.
    Source: Zipf (1949), who found it in words and cities.
    """
    if not (math.isfinite(exponent) and exponent >= 0):
        raise ValueError(f"exponent must be a number of at least 0, got {exponent}")
    _check_whole("n", n)
    demand: NDArray[np.float64] = np.arange(1, n + 1, dtype=float) ** -exponent
    return demand / demand.sum()


def herfindahl(shares: ArrayLike, scale: float = 10_000) -> float:
    """Herfindahl-Hirschman index: `scale` times the sum of squared shares.

    shares: market shares in any unit (parts of 1, per cent, sales): they are divided by their sum first.
    scale: 10,000 for the usual points (shares in per cent, squared), 1 for parts of 1. From scale / n (n
    equal firms) to scale (one firm has all). The US Merger Guidelines (2023) call a market above 1,800
    points highly concentrated. Raises ValueError for a negative share, shares without a sum, or a scale
    that is not positive.
    """
    if not (math.isfinite(scale) and scale > 0):
        raise ValueError(f"scale must be a positive number, got {scale}")
    return float(scale * np.square(_parts(shares, "shares")).sum())


def effective_number(shares: ArrayLike) -> float:
    """How many firms of equal size would be as concentrated: 1 / sum of squared shares.

    From 1 to the number of shares. shares and errors as in `herfindahl`.
    """
    return 1 / herfindahl(shares, scale=1)


def concentration_ratio(shares: ArrayLike, k: int) -> float:
    """CR_k: what the k largest have together, as a part of 1.

    k: whole number from 1 to the number of shares. shares and errors as in `herfindahl`.
    """
    parts = _parts(shares, "shares")
    _check_whole("k", k)
    if k > parts.size:
        raise ValueError(f"k must be at most the number of shares, {parts.size}, got {k}")
    return float(np.sort(parts)[::-1][:k].sum())


def gini(values: ArrayLike) -> float:
    """Gini coefficient of non-negative values: 0 if all are equal, (n - 1) / n if one has everything.

    G = 2 sum(i x_i) / (n sum(x)) - (n + 1) / n, with x_1 <= ... <= x_n. The order of `values` does not
    matter. This is the coefficient of the n values themselves, without the factor n / (n - 1) that some
    programs apply. Raises ValueError for a negative value or values without a sum. Source: Gini (1912).
    """
    parts = np.sort(_parts(values, "values"))
    n = parts.size
    ranks = np.arange(1, n + 1)
    return float(2 * (ranks * parts).sum() / n - (n + 1) / n)


def top_share(values: ArrayLike, share: float) -> float:
    """What the top `share` of the items has of the total, as a part of 1: top_share(units, 0.2) for 80/20.

    share: part of the items, above 0 up to 1. A part of an item counts as an item: the top 20 % of 7 items
    are the 2 largest. values and errors as in `gini`.
    """
    parts = _parts(values, "values")
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, got {share}")
    return concentration_ratio(parts, max(1, math.ceil(share * parts.size - _ROUNDING)))


def pareto_exponent(top: float, share: float) -> float:
    """The exponent of the Pareto distribution in which the top `top` of all people have `share` of the total.

    alpha = ln(top) / ln(top / share): ln 5 / ln 4 for 80/20. 0 < top < share < 1, or ValueError.
    """
    if not 0 < top < share < 1:
        raise ValueError(f"top and share must be 0 < top < share < 1, got {top} and {share}")
    return math.log(top) / math.log(top / share)


def pareto_gini(exponent: float) -> float:
    """Gini coefficient of a Pareto distribution: 1 / (2 alpha - 1).

    exponent: alpha, above 1 (otherwise the mean, and with it the coefficient, does not exist), or ValueError.
    """
    if not (math.isfinite(exponent) and exponent > 1):
        raise ValueError(f"exponent must be a number above 1, got {exponent}")
    return 1 / (2 * exponent - 1)


def _parts(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Values divided by their sum; ValueError if they are no shares of anything."""
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name} must be a list of one or more numbers, got shape {array.shape}")
    wrong = array[~(np.isfinite(array) & (array >= 0))]
    if wrong.size:
        raise ValueError(f"{name} must be numbers of at least 0, got {wrong[0]:g}")
    if not 0 < array.sum() < math.inf:
        raise ValueError(f"{name} must have a positive sum, got {array.sum():g}")
    parts: NDArray[np.float64] = array / array.sum()
    return parts


def _check_whole(name: str, value: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, got {value!r}")
