"""Customers of a shop, how many channels they use and what they spend; loyalty drives both."""

from __future__ import annotations

import numpy as np
import pandas as pd

CUSTOMERS = {"low": 800, "mid": 700, "high": 500}  # by loyalty, 0, 1 and 2 in the formula of spending
# Part of the customers of a level of loyalty who use 1, 2, 3, 4, 5 channels.
CHANNEL_SHARES = {
    "low": (0.60, 0.22, 0.11, 0.05, 0.02),
    "mid": (0.30, 0.30, 0.22, 0.12, 0.06),
    "high": (0.20, 0.22, 0.26, 0.20, 0.12),
}
BASE_SPEND = 40.0  # euros a month at low loyalty
GROWTH_BY_LOYALTY = 0.5  # in the logarithm, per level
EFFECT = 2.0  # euros a month: what more than one channel adds
NOISE = 6.0  # euros, standard deviation
COMPANIES = {"low": 2, "mid": 2, "high": 2}  # an order of a company, above 1,000 euros


def omni(seed: int) -> pd.DataFrame:
    """2,000 customers: 800 of low, 700 of mid and 500 of high loyalty, in a random order.

    Spending per month is 40 exp(.5 loyalty) + 2 (if more than one channel) + noise with a standard deviation
    of 6 euros, where loyalty is 0, 1 or 2. The number of channels depends on loyalty alone; the number of
    customers per level and channel count is the same for every seed. Traps: every amount is written the Dutch
    way with a euro sign (`€ 54,20`, `€ 1.204,50`); 6 rows, all with one channel, hold a company's order of
    1,050 to 1,400 euros, which is not a month of one customer.
    """
    rng = np.random.default_rng(seed)
    parts = []
    for level, (loyalty, customers) in enumerate(CUSTOMERS.items()):
        counts = np.round(np.multiply(CHANNEL_SHARES[loyalty], customers)).astype(int)
        channels = np.repeat(np.arange(1, 6), counts)
        mean = BASE_SPEND * np.exp(GROWTH_BY_LOYALTY * level) + EFFECT * (channels > 1)
        spend = np.maximum(mean + rng.normal(0, NOISE, customers), 1.0)
        companies = rng.choice(np.flatnonzero(channels == 1), COMPANIES[loyalty], replace=False)
        spend[companies] = rng.uniform(1050, 1400, len(companies))
        written = [_in_euros(value) for value in spend]
        parts.append(pd.DataFrame({"channels": channels, "loyalty": loyalty, "spend_eur": written}))
    table = pd.concat(parts, ignore_index=True)
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "customer", [f"C{number:04d}" for number in range(1, len(table) + 1)])
    return table


def _in_euros(value: float) -> str:
    """An amount the Dutch way: € 1.204,50."""
    return "€ " + f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
