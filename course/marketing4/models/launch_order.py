"""Where to launch first: a developed market, an emerging one, or both, when they share one experience curve.

Every unit sold anywhere lowers the cost everywhere. Price is cost plus a margin; a share of the households
that can pay buys in each period; a firm that already sells a premium product in the developed market loses a
part of that business once the new, cheaper product is on sale there. All of this is a teaching assumption,
not data.

"Reverse innovation" is a launch in the emerging market first: Immelt, Govindarajan and Trimble, How GE is
disrupting itself, Harvard Business Review, October 2009.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marketing4.models.experience_curve import progress_exponent
from marketing4.models.market_reach import reach

ORDERS = ("developed_first", "emerging_first", "both")


@dataclass(frozen=True)
class Market:
    """Households of one market: how many, in millions, and their log-normal yearly incomes."""

    median_income: float
    sigma: float
    households: float


DEVELOPED = Market(median_income=30_000, sigma=0.6, households=100)
EMERGING = Market(median_income=6_000, sigma=0.8, households=500)


@dataclass(frozen=True, eq=False)
class LaunchOrder:
    """One launch order period by period; index 0 along time is the first launch.

    Arrays over time have shape (periods + 1,) or (2, periods + 1) with rows developed, emerging. `cost` and
    `price` in the money of the incomes; `reach` is the share of households that can pay in a market where the
    product is on sale (0 before); `bought` the share that owns it. `output` in millions, pilot output
    included. `launched_at` holds the two launch periods. `earned` is the value that the periods before each
    one brought. `contribution` is the discounted sum of (price - cost) x sales, `cannibalised` the discounted
    premium contribution lost, all in millions of money.
    """

    order: str
    launched_at: tuple[int, int]
    cost: NDArray[np.float64]
    price: NDArray[np.float64]
    reach: NDArray[np.float64]
    bought: NDArray[np.float64]
    output: NDArray[np.float64]
    earned: NDArray[np.float64]
    contribution: float
    cannibalised: float

    @property
    def value(self) -> float:
        """What the order earns: contribution less what the new product takes from the premium product."""
        return self.contribution - self.cannibalised

    @property
    def half_reached(self) -> int | None:
        """The first period in which half of the emerging households can pay for it there; None if never."""
        periods = np.flatnonzero(self.reach[1] >= 0.5)
        return int(periods[0]) if periods.size else None


def launch(
    order: str,
    first_cost: float = 1200.0,
    learning_rate: float = 0.2,
    delay: int = 5,
    cannibalisation: float = 0.0,
    developed: Market = DEVELOPED,
    emerging: Market = EMERGING,
    budget_share: float = 0.05,
    margin: float = 0.25,
    premium_contribution: float = 2000.0,
    discount: float = 0.9,
    speed: float = 0.3,
    start: float = 1.0,
    periods: int = 20,
) -> LaunchOrder:
    """Follow a launch order: "developed_first", "emerging_first" (the other market `delay` later) or "both".

    cost = first_cost (output / start)^(-b); price = cost (1 + margin) in both markets; in a market on sale,
    speed x max(0, reach - bought) of the households buy per period. contribution = sum over periods t of
    discount^t (price - cost) x sales.

    first_cost: unit cost at the launch, positive. learning_rate: from 0 to below 1. delay: periods between
    the two launches, whole, at least 0. cannibalisation: share (0 to 1) of `premium_contribution` (what the
    premium product earns per period in the developed market, millions of money, at least 0) lost while the
    new product is on sale there. budget_share: as for `market_reach.reach`. margin: on top of cost, at least
    0. discount: value of money one period later, above 0, at most 1. speed: 0 to 1. start: pilot output in
    millions, positive. periods: whole, at least 0. Raises ValueError for another order or out of range.
    """
    _check(order, first_cost, delay, cannibalisation, premium_contribution, margin, discount, speed, start)
    for name, market in (("developed", developed), ("emerging", emerging)):
        _check_positive(f"households of {name}", market.households)
    _check_whole("periods", periods)
    exponent = progress_exponent(learning_rate)
    markets = (developed, emerging)
    launched_at = {"developed_first": (0, delay), "emerging_first": (delay, 0), "both": (0, 0)}[order]
    cost, output, earned = np.empty(periods + 1), np.empty(periods + 1), np.empty(periods + 1)
    able, bought = np.zeros((2, periods + 1)), np.zeros((2, periods + 1))
    owns, made = [0.0, 0.0], start
    contribution = cannibalised = 0.0
    for period in range(periods + 1):
        cost[period] = first_cost * (made / start) ** -exponent
        output[period], earned[period] = made, contribution - cannibalised
        worth = discount**period
        for row, market in enumerate(markets):
            bought[row, period] = owns[row]
            if period < launched_at[row]:
                continue
            able[row, period] = reach(
                cost[period] * (1 + margin), budget_share, market.median_income, market.sigma
            )
            share = speed * max(0.0, float(able[row, period]) - owns[row])
            if period < periods:  # the sales of a period count in the next one
                owns[row] += share
                made += share * market.households
                contribution += worth * margin * float(cost[period]) * share * market.households
                cannibalised += worth * cannibalisation * premium_contribution * (row == 0)
    return LaunchOrder(
        order=order,
        launched_at=launched_at,
        cost=cost,
        price=np.tile(cost * (1 + margin), (2, 1)),
        reach=able,
        bought=bought,
        output=output,
        earned=earned,
        contribution=contribution,
        cannibalised=cannibalised,
    )


def _check(
    order: str,
    first_cost: float,
    delay: int,
    cannibalisation: float,
    premium_contribution: float,
    margin: float,
    discount: float,
    speed: float,
    start: float,
) -> None:
    if order not in ORDERS:
        raise ValueError(f"order must be one of {', '.join(ORDERS)}, got {order!r}")
    _check_positive("first_cost", first_cost)
    _check_positive("start", start)
    _check_whole("delay", delay)
    for name, share in (("cannibalisation", cannibalisation), ("speed", speed)):
        if not 0 <= share <= 1:
            raise ValueError(f"{name} must be between 0 and 1, got {share}")
    for name, amount in (("premium_contribution", premium_contribution), ("margin", margin)):
        if not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"{name} must be a number of at least 0, got {amount}")
    if not 0 < discount <= 1:
        raise ValueError(f"discount must be above 0 and at most 1, got {discount}")


def _check_positive(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, got {value}")


def _check_whole(name: str, value: int) -> None:
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} must be a whole number of at least 0, got {value!r}")
