"""A value net: what a firm, its customers, partners and rivals earn together, and who of them earns it.

Knows cooperative games: a value for every coalition. It does not know whether anybody is paid so.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

MOST_PLAYERS = 12  # 4,096 coalitions; every player more doubles them

Values = Mapping[str, float] | Mapping[frozenset[Hashable], float] | Mapping[tuple[Hashable, ...], float]


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Players arrive in random order, and each is paid what it adds when it arrives.

    `players` names the columns of the arrays; `orders` (n, players) holds the players' numbers in their
    order of arrival, `added` (n, players) what each player added. Every row of `added` sums to the value of
    all.
    """

    players: tuple[Hashable, ...]
    orders: NDArray[np.int64]
    added: NDArray[np.float64]


def shapley(values: Values) -> dict[Hashable, float]:
    """Shapley value of each player: what it adds, averaged over all orders of arrival.

    phi_i = sum over coalitions S without i of |S|! (n - |S| - 1)! / n! (v(S and i) - v(S)). The values of all
    players sum to the value of all.

    values: the value of each coalition; a coalition is a set or tuple of players, or a text with one letter
    per player: {"F": 10, "FC": 40, "FP": 20, "FCP": 60}. A coalition that is not named is worth 0; the
    players are all that are named. Raises ValueError for no players or more than 12, a coalition given
    twice, a value that is no finite number, or an empty coalition worth something. Source: Shapley (1953).
    """
    players, worth = _game(values)
    n = len(players)
    earned = dict.fromkeys(players, 0.0)
    for size in range(n):
        weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
        for player in players:
            others = [other for other in players if other != player]
            for coalition in combinations(others, size):
                before = frozenset(coalition)
                earned[player] += weight * (worth.get(before | {player}, 0.0) - worth.get(before, 0.0))
    return earned


def added_values(values: Values) -> dict[Hashable, float]:
    """What would be lost without each player: v(all) - v(all others).

    In a bargain nobody can expect more; together the added values can be more than there is. values and
    errors as in `shapley`. Source: Brandenburger and Nalebuff, Co-opetition (1996).
    """
    players, worth = _game(values)
    everyone = frozenset(players)
    total = worth.get(everyone, 0.0)
    return {player: total - worth.get(everyone - {player}, 0.0) for player in players}


def arrivals(values: Values, n: int, seed: int) -> Arrivals:
    """n random orders of arrival, all equally likely; the mean of `added` comes near the Shapley value.

    n: whole number, 1 or more. values and errors as in `shapley`. The same seed draws the same orders,
    whatever the values.
    """
    players, worth = _game(values)
    if not isinstance(n, Integral) or isinstance(n, bool) or n < 1:
        raise ValueError(f"n must be a whole number of at least 1, got {n!r}")
    rng = np.random.default_rng(seed)
    orders = rng.permuted(np.tile(np.arange(len(players)), (n, 1)), axis=1)
    added = np.empty(orders.shape)
    for row, order in enumerate(orders.tolist()):
        present: frozenset[Hashable] = frozenset()
        for number in order:
            joined = present | {players[number]}
            added[row, number] = worth.get(joined, 0.0) - worth.get(present, 0.0)
            present = joined
    return Arrivals(players, orders, added)


def _game(values: Values) -> tuple[tuple[Hashable, ...], dict[frozenset[Hashable], float]]:
    """Players in the order in which they are first named, and the value of each named coalition."""
    worth: dict[frozenset[Hashable], float] = {}
    named: dict[Hashable, None] = {}
    for key, value in values.items():
        members: Iterable[Hashable] = key if not isinstance(key, frozenset) else sorted(key, key=str)
        members = list(members)
        coalition = frozenset(members)
        if coalition in worth:
            raise ValueError(f"values must name each coalition once, got {_words(coalition)} twice")
        if not math.isfinite(value):
            raise ValueError(f"the value of {_words(coalition)} must be a finite number, got {value}")
        worth[coalition] = float(value)
        named.update(dict.fromkeys(members))
    if worth.get(frozenset(), 0.0) != 0:
        raise ValueError(f"the value of no players must be 0, got {worth[frozenset()]:g}")
    if not 1 <= len(named) <= MOST_PLAYERS:
        raise ValueError(f"values must name 1 to {MOST_PLAYERS} players, got {len(named)}")
    return tuple(named), worth


def _words(coalition: frozenset[Hashable]) -> str:
    return "{" + ", ".join(sorted(map(str, coalition))) + "}"
