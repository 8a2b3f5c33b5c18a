"""Word of mouth as reproduction: how many new customers one customer brings, and what follows from it.

Teaching assumptions: every customer talks once, right after buying, to people drawn at random from the market.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Generations:
    """Customers per generation; arrays have shape (steps + 1,), index 0 holds the seeds.

    `expected_*` is the smooth course, `random_*` one random history (None without a seed). `limit_per_seed` is
    1 / (1 - reproduction) in an endless market, None where no limit exists (reproduction 1 or more).
    """

    reproduction: float
    market: int
    expected_new: NDArray[np.float64]
    expected_total: NDArray[np.float64]
    random_new: NDArray[np.int64] | None
    random_total: NDArray[np.int64] | None
    limit_per_seed: float | None


def reproduction(
    advocates_per_customer: float, contacts: float, conversion: float, detractor_effect: float = 0.0
) -> float:
    """New customers that one customer brings on average; 0 where detractors undo all of it."""


def customers_per_seed(reproduction: float) -> float | None:
    """1 / (1 - R): all customers that one first customer leads to, itself included; None if R is 1 or more."""


def generations(
    reproduction: float, seeds: int, market: int, steps: int, seed: int | None = None
) -> Generations:
    """Generations of word of mouth in a market of limited size."""
