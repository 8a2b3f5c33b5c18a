"""Games of two players: equilibria of a payoff table, and what repetition changes.

A table holds the payoffs of one player, one row per action of the row player, one column per action of the
column player. Repetition knows one threat: who breaks the agreement is punished for some rounds or for ever.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq


def pure_equilibria(row_payoffs: ArrayLike, column_payoffs: ArrayLike) -> list[tuple[int, int]]:
    """The cells (row, column) in which neither player would gain by changing the own action alone.

    Both tables have the shape (row actions, column actions); rows and columns count from 0. A tie is no
    gain. In reading order; an empty list if there is none. Raises ValueError for tables that do not fit
    together. Source: Nash (1950).
    """
    rows, columns = _tables(row_payoffs, column_payoffs)
    is_best_row = rows >= rows.max(axis=0, keepdims=True)
    is_best_column = columns >= columns.max(axis=1, keepdims=True)
    return [(int(row), int(column)) for row, column in np.argwhere(is_best_row & is_best_column)]


def mixed_equilibrium(row_payoffs: ArrayLike, column_payoffs: ArrayLike) -> tuple[float, float] | None:
    """How often each player of a 2 x 2 game takes the first action where both mix; None if both never mix.

    Each mixes so that the *other* is indifferent: with row payoffs [[a, b], [c, d]] the column player takes
    the first column with probability q = (d - b) / (a - b - c + d), and p follows in the same way from the
    column payoffs. Gives (p, q), both strictly between 0 and 1. Raises ValueError for other than 2 x 2
    tables.
    """
    rows, columns = _tables(row_payoffs, column_payoffs)
    if rows.shape != (2, 2):
        raise ValueError(f"row_payoffs must have the shape (2, 2), got {rows.shape}")
    p, q = _indifferent(columns.T), _indifferent(rows)
    return None if p is None or q is None else (p, q)


def critical_discount(temptation: float, reward: float, punishment: float) -> float:
    """The least patience with which cooperation lasts under grim trigger: (T - R) / (T - P).

    temptation T: payoff of breaking the agreement while the other keeps it; reward R: of both keeping it;
    punishment P: of both breaking it, from then on for ever. Patience, the discount factor, is what one
    unit of payoff in the next round is worth today, or the chance that there is a next round. Strictly
    between 0 and 1. Raises ValueError unless T > R > P: else there is nothing to gain by breaking, or
    nothing to lose. Source: Friedman (1971).
    """
    _check_finite(temptation=temptation, reward=reward, punishment=punishment)
    if not temptation > reward > punishment:
        raise ValueError(
            "temptation, reward and punishment must be temptation > reward > punishment, got "
            f"{temptation:g}, {reward:g}, {punishment:g}"
        )
    return (temptation - reward) / (temptation - punishment)


@dataclass(frozen=True, eq=False)
class Repeated:
    """What keeping and breaking an agreement are worth when a game is repeated, per round.

    `keep` and `break_once` have the shape of `discount`: all rounds to come, weighted with discount^round and
    multiplied by (1 - discount), so that 8 in every round is worth 8. `lasts` tells where keeping is worth at
    least as much. `critical` is the least discount with which it is; None if no patience below 1 is enough.
    """

    discount: NDArray[np.float64]
    keep: NDArray[np.float64]
    break_once: NDArray[np.float64]
    lasts: NDArray[np.bool_]
    critical: float | None


def repeat_game(
    temptation: float,
    reward: float,
    punishment: float,
    discount: ArrayLike,
    punished_rounds: int | None = None,
) -> Repeated:
    """Keep an agreement for ever, or break it in the first round and be punished.

    Breaking brings T now, P in each of the k `punished_rounds`, then R again (the agreement is back).
    Keeping is worth at least as much iff T - R <= (R - P)(d + d^2 + ... + d^k). With None the punishment
    never ends (grim trigger) and `critical` is `critical_discount`. In this model the threat is always
    carried out.

    discount: patience d, one number or an array, 0 <= d < 1. punished_rounds: None or whole, 0 or more.
    Raises ValueError out of range or if reward is not above punishment.
    """
    _check_finite(temptation=temptation, reward=reward, punishment=punishment)
    if not reward > punishment:
        raise ValueError(f"reward must be above punishment = {punishment:g}, got {reward:g}")
    _check_rounds(punished_rounds)
    patience = np.asarray(discount, dtype=float)
    if not np.all((patience >= 0) & (patience < 1)):
        raise ValueError(f"discount must be at least 0 and below 1, got {patience.tolist()}")
    # (1 - d)(T + P(d + ... + d^k)) + R d^(k+1); d^(k+1) is gone when the punishment never ends.
    back = np.zeros(patience.shape) if punished_rounds is None else patience ** (punished_rounds + 1)
    break_once = (1 - patience) * temptation + (patience - back) * punishment + back * reward
    keep = np.full(patience.shape, float(reward))
    return Repeated(
        discount=patience,
        keep=keep,
        break_once=break_once,
        lasts=keep >= break_once - 1e-9,  # room for rounding at the critical discount itself
        critical=_critical(temptation, reward, punishment, punished_rounds),
    )


def draw_rounds(discount: float, n: int, seed: int) -> NDArray[np.int64]:
    """How many rounds each of n random relationships lasts, if every round is followed by another by chance.

    discount: the chance of another round, at least 0 and below 1; the mean length is 1 / (1 - discount).
    Whole numbers of at least 1, shape (n,). The same seed draws the same lots at every discount, so that a
    longer chance never makes a relationship shorter. Raises ValueError out of range.
    """
    if not 0 <= discount < 1:
        raise ValueError(f"discount must be at least 0 and below 1, got {discount}")
    if not isinstance(n, Integral) or isinstance(n, bool) or n < 1:
        raise ValueError(f"n must be a whole number of at least 1, got {n!r}")
    lots = 1 - np.random.default_rng(seed).random(n)  # above 0, so that the logarithm exists
    if discount == 0:
        return np.ones(n, dtype=np.int64)
    return 1 + np.floor(np.log(lots) / math.log(discount)).astype(np.int64)


def payoff_of_rounds(
    temptation: float,
    reward: float,
    punishment: float,
    rounds: ArrayLike,
    punished_rounds: int | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What relationships of so many `rounds` pay in all: to who keeps the agreement, and to who breaks it.

    rounds: whole numbers of at least 1, any shape; both results have it. Payoffs and punished_rounds as in
    `repeat_game`. Averaged over `draw_rounds` and multiplied by (1 - discount), they give its two values.
    Raises ValueError out of range.
    """
    _check_finite(temptation=temptation, reward=reward, punishment=punishment)
    _check_rounds(punished_rounds)
    lengths = np.asarray(rounds)
    if lengths.size == 0 or not np.all((lengths >= 1) & (lengths == np.floor(lengths))):
        raise ValueError(f"rounds must be whole numbers of at least 1, got {lengths.tolist()}")
    later = lengths.astype(float) - 1
    punished = later if punished_rounds is None else np.minimum(later, punished_rounds)
    broken = temptation + punished * punishment + (later - punished) * reward
    return lengths.astype(float) * reward, broken


def _critical(temptation: float, reward: float, punishment: float, rounds: int | None) -> float | None:
    gain, loss = temptation - reward, reward - punishment
    if gain <= 0:
        return 0.0
    if rounds is None:
        return critical_discount(temptation, reward, punishment)
    if gain >= rounds * loss:
        return None
    powers = np.arange(1, rounds + 1)
    return float(brentq(lambda d: loss * float((d**powers).sum()) - gain, 0.0, 1.0, xtol=1e-14))


def _tables(
    row_payoffs: ArrayLike, column_payoffs: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows, columns = np.asarray(row_payoffs, dtype=float), np.asarray(column_payoffs, dtype=float)
    for name, table in (("row_payoffs", rows), ("column_payoffs", columns)):
        if table.ndim != 2 or table.size == 0:
            raise ValueError(f"{name} must be a table of rows and columns, got shape {table.shape}")
        if not np.isfinite(table).all():
            raise ValueError(f"{name} must be finite numbers, got {table.tolist()}")
    if rows.shape != columns.shape:
        raise ValueError(
            f"column_payoffs must have the shape of row_payoffs, {rows.shape}, got {columns.shape}"
        )
    return rows, columns


def _indifferent(payoffs: NDArray[np.float64]) -> float | None:
    """How often the other takes its first action to leave this player, who chooses rows, indifferent."""
    (a, b), (c, d) = payoffs
    if a - b - c + d == 0:
        return None
    q = float((d - b) / (a - b - c + d))
    return q if 0 < q < 1 else None


def _check_finite(**payoffs: float) -> None:
    for name, payoff in payoffs.items():
        if not math.isfinite(payoff):
            raise ValueError(f"{name} must be a finite number, got {payoff}")


def _check_rounds(rounds: int | None) -> None:
    if rounds is None:
        return
    if not isinstance(rounds, Integral) or isinstance(rounds, bool) or rounds < 0:
        raise ValueError(f"punished_rounds must be None or a whole number of at least 0, got {rounds!r}")
