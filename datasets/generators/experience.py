"""What a hearing aid cost to make in each year, while its maker learned."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

FIRST_YEAR, YEARS = 2009, 14
FIRST_YEAR_UNITS = 900
# Growth of the yearly output, per cent: first fast, then the output falls while experience still adds up.
GROWTH = (90, 75, 60, 45, 30, 20, 10, 0, -8, -12, -15, -15, -12)
GROWTH_NOISE = 0.05  # standard deviation of the logarithm
FIRST_COST = 4000.0  # euros, of the first unit ever made
LEARNING_RATE = 0.20
COST_NOISE = 0.04  # standard deviation of the logarithm
MISSING_COST_YEARS = (3, 8)  # the year without a cost is drawn from the 4th to the 8th


def experience(seed: int) -> pd.DataFrame:
    """14 years of one maker, from its first year on: units made in the year, cost of a unit at its end.

    The cost follows Wright's law with a learning rate of .20: `cost = 4000 * X ** log2(1 - .20)`, where X is
    the number of units made since the start, times log-normal noise with standard deviation .04. Traps: X is
    not in the table, only the units of each year; these rise for eight years and then fall; the cost of one
    year is missing, so a reader who drops that row too early loses its units.
    """
    rng = np.random.default_rng(seed)
    trend = FIRST_YEAR_UNITS * np.cumprod([1, *(1 + rate / 100 for rate in GROWTH)])
    units = np.rint(trend * np.exp(GROWTH_NOISE * rng.normal(size=YEARS))).astype(int)
    cost = FIRST_COST * np.cumsum(units) ** math.log2(1 - LEARNING_RATE)
    cost = np.round(cost * np.exp(COST_NOISE * rng.normal(size=YEARS)), 2)
    cost[rng.integers(*MISSING_COST_YEARS)] = np.nan
    return pd.DataFrame(
        {"year": np.arange(FIRST_YEAR, FIRST_YEAR + YEARS), "units_in_year": units, "unit_cost": cost}
    )
