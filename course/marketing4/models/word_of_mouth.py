"""Word of mouth as reproduction: how many new customers one customer brings, and what follows from it.

Teaching assumptions: every customer talks once, right after buying, to people drawn at random from the
market.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Generations:
    """Customers per generation; arrays have shape (steps + 1,), index 0 holds the seeds.

    `expected_*` is the smooth course, `random_*` one random history (None without a seed). `limit_per_seed`
    is 1 / (1 - reproduction) in an endless market, None where no limit exists (reproduction 1 or more).
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
    """New customers that one customer brings on average, R.

    advocates_per_customer (share of customers who recommend, 0 to 1) x contacts (people told per advocate,
    0 or more) x conversion (share of them who buy, 0 to 1) - detractor_effect (customers lost per customer,
    0 or more). Cut at 0: in this model detractors can undo word of mouth but not take customers away.
    Raises ValueError out of range.
    """
    for name, share in (("advocates_per_customer", advocates_per_customer), ("conversion", conversion)):
        if not 0 <= share <= 1:
            raise ValueError(f"{name} must be between 0 and 1, got {share}")
    for name, amount in (("contacts", contacts), ("detractor_effect", detractor_effect)):
        if not (math.isfinite(amount) and amount >= 0):
            raise ValueError(f"{name} must be a number of at least 0, got {amount}")
    return max(0.0, advocates_per_customer * contacts * conversion - detractor_effect)


def customers_per_seed(reproduction: float) -> float | None:
    """All customers that one first customer leads to, itself included, in an endless market: 1 / (1 - R).

    None if R is 1 or more: then there is no limit but the market. Raises ValueError if R is negative.
    """
    _check_reproduction(reproduction)
    return 1 / (1 - reproduction) if reproduction < 1 else None


def generations(
    reproduction: float, seeds: int, market: int, steps: int, seed: int | None = None
) -> Generations:
    """`steps` generations of word of mouth that starts with `seeds` customers in a market of `market` people.

    The recommendations of a generation fall on people drawn at random, buyers included, so someone who has
    not bought yet is won with probability 1 - e^(-R new / market). `expected_*` moves by that share of the
    remaining people each step; `random_*` (with a seed) draws it from a binomial distribution. While the
    market is large beside the sales each generation is R times the one before; later it saturates. This is
    the chain-binomial model of epidemics (Reed and Frost) with customers for patients; that buying spreads
    so is an assumption.

    Raises ValueError if R is negative, a number of people or steps is not whole, `seeds` is not between 1 and
    `market`, or `steps` is negative.
    """
    _check_reproduction(reproduction)
    _check_whole("market", market, lowest=1)
    _check_whole("seeds", seeds, lowest=1)
    _check_whole("steps", steps, lowest=0)
    if seeds > market:
        raise ValueError(f"seeds must be at most the market of {market}, got {seeds}")
    expected_new = np.empty(steps + 1)
    expected_new[0], remaining = seeds, float(market - seeds)
    for step in range(1, steps + 1):
        expected_new[step] = remaining * -math.expm1(-reproduction * expected_new[step - 1] / market)
        remaining -= expected_new[step]
    random_new = None
    if seed is not None:
        _check_whole("seed", seed, lowest=0)
        random_new = _random_history(reproduction, seeds, market, steps, np.random.default_rng(seed))
    return Generations(
        reproduction=reproduction,
        market=market,
        expected_new=expected_new,
        expected_total=expected_new.cumsum(),
        random_new=random_new,
        random_total=None if random_new is None else random_new.cumsum(),
        limit_per_seed=customers_per_seed(reproduction),
    )


def _random_history(
    reproduction: float, seeds: int, market: int, steps: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    new = np.zeros(steps + 1, dtype=np.int64)
    new[0], remaining = seeds, market - seeds
    for step in range(1, steps + 1):
        new[step] = rng.binomial(remaining, -math.expm1(-reproduction * new[step - 1] / market))
        remaining -= int(new[step])
    return new


def _check_reproduction(reproduction: float) -> None:
    if not (math.isfinite(reproduction) and reproduction >= 0):
        raise ValueError(f"reproduction must be a number of at least 0, got {reproduction}")


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
