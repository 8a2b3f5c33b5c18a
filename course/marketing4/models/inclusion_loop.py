"""The loop that turns exclusive into inclusive: sales lower cost, cost lowers price, price brings buyers.

Joins the experience curve to price access. That the price is cost plus a fixed margin, and that a fixed share
of the households that can pay buys in each period, are assumptions of this model, not data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marketing4.models.experience_curve import unit_cost
from marketing4.models.market_reach import draw_incomes, reach


@dataclass(frozen=True, eq=False)
class Inclusion:
    """The loop period by period; arrays have shape (periods + 1,), index 0 is the launch.

    `price` in the money of the incomes; `reach` is the share of households (0 to 1) that can pay it;
    `adopted` is all output so far as a share of the market, the pilot output before the launch included.
    `limit` is where `adopted` stalls if nothing else changes.
    """

    price: NDArray[np.float64]
    reach: NDArray[np.float64]
    adopted: NDArray[np.float64]
    limit: float

    @property
    def buyers(self) -> NDArray[np.float64]:
        """Share of households that have bought since the launch, shape (periods + 1,)."""
        return self.adopted - self.adopted[0]


@dataclass(frozen=True, eq=False)
class DrawnInclusion:
    """One random market in the same loop; arrays over time have shape (periods + 1,).

    `incomes` (households,) ascending; `bought_in` (households,) is the period after which a household owns
    the product, periods + 1 if it never bought. `price`, `reach` and `buyers` as in Inclusion, counted in
    this market.
    """

    incomes: NDArray[np.float64]
    bought_in: NDArray[np.int64]
    price: NDArray[np.float64]
    reach: NDArray[np.float64]
    buyers: NDArray[np.float64]


def inclusion(
    first_cost: float = 1200.0,
    learning_rate: float = 0.2,
    budget_share: float = 0.05,
    median_income: float = 6000.0,
    sigma: float = 0.8,
    start: float = 0.01,
    speed: float = 0.5,
    margin: float = 0.0,
    periods: int = 11,
) -> Inclusion:
    """The loop from the launch on, for an endless number of households.

    In each period: price = first_cost (X / start)^(-b) (1 + margin); r = reach(price); the new buyers are
    speed x max(0, r - (X - start)); they add to the output X.

    first_cost: unit cost at the launch, when the pilot output `start` (share of the market, above 0, at most
    1) has been made. learning_rate: cost fall per doubling of output, from 0 to below 1. budget_share,
    median_income, sigma: as for `market_reach.reach`. speed: share of the households able to pay that buys
    per period, 0 to 1. margin: on top of cost, at least 0. periods: whole, at least 0. Raises ValueError out
    of range.
    """
    _check(start, speed, margin, periods)

    def price_at(output: float) -> float:
        return float(unit_cost(output / start, first_cost, learning_rate)) * (1 + margin)

    def reach_at(output: float) -> float:
        return float(reach(price_at(output), budget_share, median_income, sigma))

    adopted = np.empty(periods + 1)
    adopted[0] = start
    for period in range(periods):
        present = float(adopted[period])
        able = reach_at(present) - (present - start)
        adopted[period + 1] = present + speed * max(0.0, able)
    prices = unit_cost(adopted / start, first_cost, learning_rate) * (1 + margin)
    able_share = reach(prices, budget_share, median_income, sigma)
    limit = start
    if speed > 0:
        # Finer near the launch, where the loop may stall at once.
        outputs = start + np.append(0, np.geomspace(1e-9, 1, 8193))
        costs = unit_cost(outputs / start, first_cost, learning_rate) * (1 + margin)
        stalls = np.flatnonzero(reach(costs, budget_share, median_income, sigma) <= outputs - start)
        # Without one the loop ends where everybody has bought.
        first_stall = int(stalls[0]) if stalls.size else len(outputs) - 1
        below, above = float(outputs[max(first_stall - 1, 0)]), float(outputs[first_stall])
        for _ in range(60):
            middle = (below + above) / 2
            if reach_at(middle) > middle - start:
                below = middle
            else:
                above = middle
        limit = above
    return Inclusion(price=prices, reach=able_share, adopted=adopted, limit=limit)


def draw_inclusion(
    households: int,
    seed: int,
    first_cost: float = 1200.0,
    learning_rate: float = 0.2,
    budget_share: float = 0.05,
    median_income: float = 6000.0,
    sigma: float = 0.8,
    start: float = 0.01,
    speed: float = 0.5,
    margin: float = 0.0,
    periods: int = 11,
) -> DrawnInclusion:
    """The same loop in one random market of `households` households (whole, at least 1).

    Incomes are drawn once; in each period every household that can pay and has not bought yet buys with
    probability `speed`. The price follows the sales in this market. For many households the course nears
    `inclusion`. Other parameters and errors as there.
    """
    _check(start, speed, margin, periods)
    rng = np.random.default_rng(seed)
    incomes = np.sort(draw_incomes(median_income, sigma, households, rng))
    reach(float(unit_cost(1, first_cost, learning_rate)), budget_share, median_income, sigma)  # checks them
    bought_in = np.full(households, periods + 1, dtype=np.int64)
    price, able_share, buyers = np.empty(periods + 1), np.empty(periods + 1), np.empty(periods + 1)
    for period in range(periods + 1):
        owns = bought_in <= period
        buyers[period] = owns.mean()
        made = (start + buyers[period]) / start
        price[period] = unit_cost(made, first_cost, learning_rate) * (1 + margin)
        is_able = budget_share * incomes >= price[period]
        able_share[period] = is_able.mean()
        if period < periods:
            bought_in[is_able & ~owns & (rng.random(households) < speed)] = period + 1
    return DrawnInclusion(incomes=incomes, bought_in=bought_in, price=price, reach=able_share, buyers=buyers)


def _check(start: float, speed: float, margin: float, periods: int) -> None:
    if not 0 < start <= 1:
        raise ValueError(f"start must be above 0 and at most 1, got {start}")
    if not 0 <= speed <= 1:
        raise ValueError(f"speed must be between 0 and 1, got {speed}")
    if not (math.isfinite(margin) and margin >= 0):
        raise ValueError(f"margin must be a number of at least 0, got {margin}")
    if not isinstance(periods, (int, np.integer)) or isinstance(periods, bool) or periods < 0:
        raise ValueError(f"periods must be a whole number of at least 0, got {periods!r}")
