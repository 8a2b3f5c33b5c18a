"""The experience curve (Wright's law): how unit cost falls with all units made so far.

Knows cost and cumulative output, nothing of prices or customers.

Source: Wright (1936), Factors affecting the cost of airplanes, Journal of the Aeronautical Sciences 3(4).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def progress_exponent(learning_rate: float) -> float:
    """The exponent b of the experience curve, -log2(1 - learning_rate).

    learning_rate: share of cost that disappears with each doubling of cumulative output, from 0 to below 1;
    1 - learning_rate is called the progress ratio. Raises ValueError out of range.
    """
    _check_learning_rate(learning_rate)
    return -math.log2(1 - learning_rate) + 0.0  # + 0.0: a rate of 0 gives 0, not -0


def unit_cost(cumulative: ArrayLike, first_cost: float, learning_rate: float) -> NDArray[np.float64]:
    """Cost of one unit when `cumulative` units have been made, first_cost x cumulative^(-b).

    cumulative: all units made so far, the first one included; one number or an array, each positive. Counted
    in units of the output at which `first_cost` holds. first_cost: cost at cumulative = 1, positive, in any
    money. The result has the shape of `cumulative` and the money of `first_cost`. Raises ValueError out of
    range.
    """
    made = _positive("cumulative", cumulative)
    _check_first_cost(first_cost)
    return first_cost * made ** -progress_exponent(learning_rate)


def learning_rate_of(cumulative: ArrayLike, cost: ArrayLike) -> float:
    """The learning rate that fits observed costs best: 1 - 2^slope, a share per doubling.

    slope is the least-squares slope of log cost over log cumulative output, both of shape (n,), positive,
    with at least two different outputs. A negative result means that cost rises with output. Raises
    ValueError otherwise.
    """
    made, costs = _positive("cumulative", cumulative), _positive("cost", cost)
    if made.ndim != 1 or made.shape != costs.shape:
        raise ValueError(
            f"cumulative and cost must be two rows of equal length, got shapes {made.shape} and {costs.shape}"
        )
    if np.unique(made).size < 2:
        raise ValueError(f"cumulative must hold at least two different outputs, got {made.tolist()}")
    x, y = np.log(made), np.log(costs)
    x = x - x.mean()
    slope = float(x @ (y - y.mean()) / (x @ x))
    return 1 - 2**slope


def doublings(learning_rate: float, cost_share: float) -> float | None:
    """How often cumulative output must double until cost has fallen to `cost_share` of the first cost.

    log(cost_share) / log(1 - learning_rate); 2 to this power is the output needed. cost_share: above 0, at
    most 1. None if the learning rate is 0 and cost should fall: it never does. Raises ValueError out of
    range.
    """
    _check_learning_rate(learning_rate)
    if not 0 < cost_share <= 1:
        raise ValueError(f"cost_share must be above 0 and at most 1, got {cost_share}")
    if cost_share == 1:
        return 0.0
    if learning_rate == 0:
        return None
    return math.log(cost_share) / math.log(1 - learning_rate)


def _check_learning_rate(learning_rate: float) -> None:
    if not 0 <= learning_rate < 1:
        raise ValueError(f"learning_rate must be at least 0 and below 1, got {learning_rate}")


def _check_first_cost(first_cost: float) -> None:
    if not (math.isfinite(first_cost) and first_cost > 0):
        raise ValueError(f"first_cost must be a positive number, got {first_cost}")


def _positive(name: str, values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=float)
    if not np.all(np.isfinite(numbers) & (numbers > 0)):
        raise ValueError(f"{name} must be positive, got {numbers.tolist()}")
    return numbers
