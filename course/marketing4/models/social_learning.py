"""How opinions spread between people who listen to each other: averaging (DeGroot) and copying (voters).

Knows who listens to whom as a table of weights. Does not know the truth, so it cannot tell a wise consensus
from a wrong one.

Sources: DeGroot (1974), "Reaching a consensus", Journal of the American Statistical Association 69, 118-121;
Jackson (2008), Social and Economic Networks, ch. 8.
"""

from __future__ import annotations

import math
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ROUNDING = 1e-9  # room for floating-point error in sums of weights


def friends_heard_alike(adjacency: ArrayLike) -> NDArray[np.float64]:
    """Weights of people who listen to themselves and to each friend alike.

    adjacency: (people, people), 1 where two are friends, symmetric, 0 on the diagonal. Then the weight of a
    person in the consensus is proportional to the number of friends plus 1. Raises ValueError for any other
    table.
    """
    friends = np.asarray(adjacency, dtype=float)
    if friends.ndim != 2 or friends.shape[0] != friends.shape[1] or friends.size == 0:
        raise ValueError(f"adjacency must be a square table, got shape {friends.shape}")
    if not np.isin(friends, (0, 1)).all() or (friends != friends.T).any() or friends.diagonal().any():
        raise ValueError(
            f"adjacency must be symmetric with 0 on the diagonal and 0 or 1 elsewhere, got {friends.tolist()}"
        )
    heard = friends + np.eye(len(friends))
    return heard / heard.sum(axis=1, keepdims=True)


def degroot_weights(weights: ArrayLike) -> NDArray[np.float64]:
    """How much each person's first opinion counts in the consensus; shape (people,), sums to 1.

    The left unit eigenvector s = s W of the weights W (people, people), whose rows sum to 1: W[i, j] is how
    much i listens to j. Raises ValueError for another table, or if it leads to no single consensus (some
    people never hear of others, or opinions go round in circles).
    """
    table = _weights(weights)
    people = len(table)
    # Everybody hears of everybody in the end, and not in a fixed rhythm: some power of W has no zero.
    reach = (table > 0).astype(float)
    for _ in range(max(1, math.ceil(2 * math.log2(people + 1)))):
        reach = ((reach @ reach) > 0).astype(float)
    if not reach.all():
        raise ValueError("weights must let everybody hear of everybody else without a fixed rhythm")
    system = np.vstack([table.T - np.eye(people), np.ones(people)])
    solution, *_ = np.linalg.lstsq(system, np.append(np.zeros(people), 1.0), rcond=None)
    return solution


def degroot(weights: ArrayLike, opinions: ArrayLike, steps: int) -> NDArray[np.float64]:
    """Opinions at each step, x(t + 1) = W x(t); shape (steps + 1, people), row 0 the first opinions.

    Raises ValueError if a row of weights does not sum to 1 or one is negative, there is not one opinion per
    person, or steps is negative.
    """
    table = _weights(weights)
    first = np.asarray(opinions, dtype=float)
    if first.shape != (len(table),) or not np.isfinite(first).all():
        raise ValueError(f"opinions must be {len(table)} numbers, got {first.tolist()}")
    _check_whole("steps", steps, 0)
    course = np.empty((steps + 1, len(table)))
    course[0] = first
    for step in range(steps):
        course[step + 1] = table @ course[step]
    return course


def voter_consensus_time(people: int, share: float) -> float:
    """Mean number of rounds until all voters agree if in each step one copies another at random.

    About -N (x ln x + (1 - x) ln(1 - x)) for N people of whom a share x (0 to 1) begins with option A; a
    round is N steps. All end with A with probability x. Raises ValueError out of range.
    """
    _check_whole("people", people, 2)
    if not 0 <= share <= 1:
        raise ValueError(f"share must be between 0 and 1, got {share}")
    return -people * sum(part * math.log(part) for part in (share, 1 - share) if part > 0)


def simulate_voters(
    people: int, first: int, runs: int, seed: int
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Random histories of voters who copy each other: whether all ended with A, and after how many rounds.

    `first` of `people` begin with A; in each step one person at random copies another at random. Both arrays
    have shape (runs,). Raises ValueError if first is not between 0 and people or a number is too small.
    """
    _check_whole("people", people, 2)
    _check_whole("runs", runs, 1)
    _check_whole("seed", seed, 0)
    if not isinstance(first, Integral) or isinstance(first, bool) or not 0 <= first <= people:
        raise ValueError(f"first must be a whole number between 0 and {people}, got {first!r}")
    rng = np.random.default_rng(seed)
    with_a = np.full(runs, first)
    steps = np.zeros(runs)
    is_open = (with_a > 0) & (with_a < people)
    while is_open.any():
        mixed = with_a[is_open]
        # Up and down are equally likely, so only the waiting time in between depends on the mixture.
        steps[is_open] += rng.geometric(2 * mixed * (people - mixed) / (people * (people - 1)))
        with_a[is_open] = mixed + np.where(rng.random(mixed.size) < 0.5, 1, -1)
        is_open = (with_a > 0) & (with_a < people)
    return with_a == people, steps / people


def _weights(weights: ArrayLike) -> NDArray[np.float64]:
    table = np.asarray(weights, dtype=float)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or table.size == 0:
        raise ValueError(f"weights must be a square table, got shape {table.shape}")
    if not (np.isfinite(table) & (table >= 0)).all():
        raise ValueError(f"weights must be numbers of at least 0, got {table.tolist()}")
    sums = table.sum(axis=1)
    if not (np.abs(sums - 1) <= _ROUNDING).all():
        raise ValueError(f"weights must sum to 1 in every row, got {sums.tolist()}")
    return table


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
