"""Incomes of households in a rich and in a poor country, written in two ways, with faults to clean."""

from __future__ import annotations

import numpy as np
import pandas as pd

HOUSEHOLDS = 3000  # in each country
MEDIAN_INCOME = {"D": 3000.0, "E": 500.0}  # euros a month
SPREAD = {"D": 0.55, "E": 0.80}  # standard deviation of the logarithm of income
MORE_PEOPLE = {"D": 1.2, "E": 3.1}  # mean number of people beside the first in a household
LARGEST_HOUSEHOLD = 10
HIGHEST_INCOME = 20_000  # nobody in the sample earns more in a month
YEARLY_ROWS = 12  # all in D
YEARLY_OF = (2_100, 4_500)  # only of such monthly incomes, so that twelve times is far above HIGHEST_INCOME
NO_ANSWER = {"D": 30, "E": 60}  # incomes written as 0


def prices_incomes(seed: int) -> pd.DataFrame:
    """6,000 households, 3,000 in each of two invented countries, in a random order.

    Monthly incomes are log-normal: median 3,000 euros and sigma .55 in D (developed), median 500 and sigma
    .80 in E (emerging), redrawn above 20,000. Traps: all 3,000 incomes of E are written with a decimal comma
    (`1.234,56`, `0,00`), those of D with a point; 12 incomes of D are for a year (25,200 to 54,000 euros); an
    income that nobody told is written as zero, 30 times in D and 60 times in E.
    """
    rng = np.random.default_rng(seed)
    parts = []
    for country, median in MEDIAN_INCOME.items():
        income = _incomes(rng, median, SPREAD[country])
        size = np.minimum(1 + rng.poisson(MORE_PEOPLE[country], HOUSEHOLDS), LARGEST_HOUSEHOLD)
        untold = rng.choice(HOUSEHOLDS, NO_ANSWER[country], replace=False)
        income[untold] = 0
        if country == "D":
            lowest, highest = YEARLY_OF
            candidates = np.flatnonzero((income >= lowest) & (income <= highest))
            income[rng.choice(candidates, YEARLY_ROWS, replace=False)] *= 12
        written = [_with_comma(value) if country == "E" else f"{value:.2f}" for value in income]
        parts.append(pd.DataFrame({"country": country, "income_eur_month": written, "hh_size": size}))
    table = pd.concat(parts, ignore_index=True)
    return table.iloc[rng.permutation(len(table))].reset_index(drop=True)


def _incomes(rng: np.random.Generator, median: float, sigma: float) -> np.ndarray:
    """Log-normal incomes in euros and cents, redrawn where they are above HIGHEST_INCOME."""
    income = median * np.exp(sigma * rng.normal(size=HOUSEHOLDS))
    while (too_high := income > HIGHEST_INCOME).any():
        income[too_high] = median * np.exp(sigma * rng.normal(size=too_high.sum()))
    return np.round(income, 2)


def _with_comma(value: float) -> str:
    """An amount the Dutch way: 1.234,56."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
