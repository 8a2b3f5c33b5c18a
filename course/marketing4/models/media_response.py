"""How searches for a brand answer to its TV advertising: an elasticity, and advertising that carries over.

The elasticity is measured for one market; that advertising decays by a fixed share a week is an assumption
of the model.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Joo, Wilbur, Cowgill and Zhu (2014), "Television Advertising and Online Search", Management Science 60(1),
# 56-73: all Google searches for a brand against its TV advertising, financial services, United States.
TV_SEARCH_ELASTICITY = 0.17


def searches_change(tv_change: ArrayLike, elasticity: float = TV_SEARCH_ELASTICITY) -> NDArray[np.float64]:
    """Relative change of searches after a relative change of TV advertising: (1 + change)^elasticity - 1.

    From ln S = k + elasticity ln TV. tv_change: 0.10 for 10 % more, -1 for none at all; number or array of -1
    or more. elasticity: 0 or more. A model of constant elasticity knows no searches without TV: do not read
    much into a change near -1. Raises ValueError out of range.
    """
    change = np.asarray(tv_change, float)
    wrong = change[~(np.isfinite(change) & (change >= -1))]
    if wrong.size:
        raise ValueError(f"tv_change must be a number of at least -1 (nothing left), got {wrong.flat[0]:g}")
    if not (math.isfinite(elasticity) and elasticity >= 0):
        raise ValueError(f"elasticity must be a number of at least 0, got {elasticity}")
    return np.asarray((1 + change) ** elasticity - 1)


def adstock(spend: ArrayLike, retention: float, before: float = 0) -> NDArray[np.float64]:
    """Advertising that still works, week by week: A_t = x_t + retention A_(t-1).

    spend: x, one number of at least 0 per week, shape (weeks,). retention: the part that is left a week
    later, from 0 up to but not 1. before: the stock A before the first week (0 or more). Same unit as spend.
    Raises ValueError out of range. Source: Broadbent (1979).
    """
    x = np.asarray(spend, float)
    if x.ndim != 1:
        raise ValueError(f"spend must be a list with a number per week, got shape {x.shape}")
    wrong = x[~(np.isfinite(x) & (x >= 0))]
    if wrong.size:
        raise ValueError(f"spend must be numbers of at least 0, got {wrong[0]:g}")
    _check_retention(retention)
    if not (math.isfinite(before) and before >= 0):
        raise ValueError(f"before must be a number of at least 0, got {before}")
    stock = np.empty(x.size)
    left = float(before)
    for week, fresh in enumerate(x.tolist()):
        left = fresh + retention * left
        stock[week] = left
    return stock


def steady_stock(spend: float, retention: float) -> float:
    """The stock that a constant weekly spend (0 or more) comes to: spend / (1 - retention), or ValueError."""
    _check_retention(retention)
    if not (math.isfinite(spend) and spend >= 0):
        raise ValueError(f"spend must be a number of at least 0, got {spend}")
    return spend / (1 - retention)


def half_life(retention: float) -> float:
    """Weeks until half of the stock is gone: ln .5 / ln retention; 0 if nothing is left after a week.

    retention: from 0 up to but not 1, or ValueError.
    """
    _check_retention(retention)
    return math.log(0.5) / math.log(retention) if retention > 0 else 0.0


def draw_searches(expected: ArrayLike, sd: float, seed: int) -> NDArray[np.float64]:
    """Searches of weeks with chance: expected times a log-normal factor with median 1.

    expected: numbers of at least 0, any shape. sd: standard deviation of the logarithm (0 or more). Raises
    ValueError out of range.
    """
    mean = np.asarray(expected, float)
    wrong = mean[~(np.isfinite(mean) & (mean >= 0))]
    if wrong.size:
        raise ValueError(f"expected must be numbers of at least 0, got {wrong.flat[0]:g}")
    if not (math.isfinite(sd) and sd >= 0):
        raise ValueError(f"sd must be a number of at least 0, got {sd}")
    return np.asarray(mean * np.exp(sd * np.random.default_rng(seed).normal(size=mean.shape)))


def _check_retention(retention: float) -> None:
    if not 0 <= retention < 1:
        raise ValueError(f"retention must be from 0 up to but not 1, got {retention}")
