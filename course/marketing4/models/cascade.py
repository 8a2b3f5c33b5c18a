"""Information cascades: people who choose one after another and see what those before them chose.

One of two options is better. Everybody has a private hint that is right with probability p, sees all earlier
choices (not the hints), and follows the better evidence. Knows the exact chances and random histories; does
not know taste, price or any other reason to choose.

Sources: Bikhchandani, Hirshleifer and Welch (1992), "A Theory of Fads, Fashion, Custom, and Cultural Change
as Informational Cascades", Journal of Political Economy 100, 992-1026, for the model with a coin at a tie;
Anderson and Holt (1997), "Information Cascades in the Laboratory", American Economic Review 87, 847-862, for
the tie that is broken by one's own hint.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc

Tie = Literal["coin", "own_signal"]
TIES: tuple[Tie, ...] = ("coin", "own_signal")
LEAD = 2  # a public lead of two is stronger evidence than one private hint


@dataclass(frozen=True, eq=False)
class History:
    """One queue of people. Arrays have shape (people,); True is the better option.

    `signals` are the private hints, `actions` the choices. `lead` is what can be learnt from the choices
    before a person: right minus wrong ones, counted until a cascade starts. `cascade_start` is the index of
    the first person whose hint makes no difference, None if there is none.
    """

    signals: NDArray[np.bool_]
    actions: NDArray[np.bool_]
    lead: NDArray[np.int64]
    cascade_start: int | None


@dataclass(frozen=True, eq=False)
class Cascades:
    """Many queues. `signals` and `actions` have shape (runs, people); True is the better option.

    `cascade_start` (runs,) is the index of the first person who copies, or the number of people if nobody
    does. `share_correct` is the share of queues whose last person chose the better option, `share_pooled` the
    share in which most hints were right (a tie counts half).
    """

    signals: NDArray[np.bool_]
    actions: NDArray[np.bool_]
    cascade_start: NDArray[np.int64]
    share_correct: float
    share_pooled: float


def p_correct(p: float, tie: Tie = "coin", alone: int = 0) -> float:
    """Probability that an endless queue ends up choosing the better option.

    With a coin at a tie p (p + 1) / (2 (1 - p + p^2)); with one's own hint p^2 / (p^2 + (1 - p)^2). `alone`
    people (0 or more) choose before anybody can see a choice; everybody later sees theirs as well.

    p: probability that a hint is right (0.5 to 1). Raises ValueError out of range.
    """
    _check(p, tie)
    _check_whole("alone", alone, 0)
    from_even = _from_even(p, tie)
    if alone == 0:
        return from_even
    q = 1 - p
    # From a lead of one the next hint decides, or a tie does.
    copied = 0.5 if tie == "coin" else 0.0
    ahead = p + q * (copied + (1 - copied) * from_even)
    behind = p * (1 - copied) * from_even
    right_for = {0: from_even, 1: ahead, -1: behind}
    total = float(bdtrc((alone + LEAD - 1) // 2, alone, p))  # 2 * right - alone >= LEAD
    for lead, chance in right_for.items():
        if (alone + lead) % 2 == 0 and abs(lead) <= alone:
            total += _binomial((alone + lead) // 2, alone, p) * chance
    return total


def p_no_cascade(p: float, n: int, tie: Tie = "coin") -> float:
    """Probability that no cascade has started after n people: (p - p^2)^(n/2) with a coin at a tie.

    With one's own hint at a tie (2 (p - p^2))^(n/2). A cascade can start only after an even number of people,
    so an odd n counts as n - 1. Raises ValueError if p or n is out of range.
    """
    _check(p, tie)
    _check_whole("n", n, 0)
    return float(_undecided(p, tie) ** (n // 2))


def p_up_cascade(p: float, n: int, tie: Tie = "coin") -> float:
    """Probability that after n people all copy the better option. Range and errors as in `p_no_cascade`."""
    return p_correct(p, tie) * (1 - p_no_cascade(p, n, tie))


def p_down_cascade(p: float, n: int, tie: Tie = "coin") -> float:
    """Probability that after n people all copy the worse option. Range and errors as in `p_no_cascade`."""
    return (1 - p_correct(p, tie)) * (1 - p_no_cascade(p, n, tie))


def expected_informative(p: float, tie: Tie = "coin") -> float:
    """Mean number of people whose choice still depends on their hint: 2 / (1 - u).

    u is the probability that two more people leave the matter open; with one's own hint at a tie the mean is
    2 / (p^2 + (1 - p)^2). Raises ValueError if p is not between 0.5 and 1.
    """
    _check(p, tie)
    return 2 / (1 - _undecided(p, tie))


def simulate(p: float, people: int, runs: int, seed: int, tie: Tie = "coin", alone: int = 0) -> Cascades:
    """`runs` random queues of `people`. Parameters as in `p_correct`; raises ValueError out of range.

    The lots do not depend on p, tie or alone, so a change of these changes only what it must.
    """
    _check(p, tie)
    for name, value, lowest in (("people", people, 1), ("runs", runs, 1), ("seed", seed, 0)):
        _check_whole(name, value, lowest)
    _check_whole("alone", alone, 0)
    signals, actions, leads = _play(p, people, runs, seed, tie, alone)
    sees = np.arange(people) >= alone
    copies = (np.abs(leads) >= LEAD) & sees
    start = np.where(copies.any(axis=1), copies.argmax(axis=1), people)
    right = signals.sum(axis=1)
    return Cascades(
        signals=signals,
        actions=actions,
        cascade_start=start,
        share_correct=float(actions[:, -1].mean()),
        share_pooled=float(((2 * right > people) + 0.5 * (2 * right == people)).mean()),
    )


def history(p: float, people: int, seed: int, tie: Tie = "coin", alone: int = 0) -> History:
    """One random queue, step by step. Parameters and errors as in `simulate`."""
    many = simulate(p, people, 1, seed, tie, alone)
    _, _, leads = _play(p, people, 1, seed, tie, alone)
    start = int(many.cascade_start[0])
    return History(many.signals[0], many.actions[0], leads[0], start if start < people else None)


def _play(
    p: float, people: int, runs: int, seed: int, tie: Tie, alone: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    signals = rng.random((runs, people)) < p
    heads = rng.random((runs, people)) < 0.5
    actions = signals.copy()
    leads = np.zeros((runs, people), dtype=np.int64)
    lead = np.zeros(runs, dtype=np.int64)
    for person in range(people):
        leads[:, person] = lead
        own = signals[:, person]
        choice = own
        if person >= alone:
            # A lead of one against one's own hint is a tie; a longer lead outweighs the hint.
            is_tie = (lead == 1) & ~own | (lead == -1) & own
            if tie == "coin":
                choice = np.where(is_tie, heads[:, person], choice)
            choice = np.where(np.abs(lead) >= LEAD, lead > 0, choice)
            actions[:, person] = choice
        is_open = (np.abs(lead) < LEAD) | (person < alone)
        lead = lead + np.where(is_open, np.where(choice, 1, -1), 0)
    return signals, actions, leads


def _from_even(p: float, tie: Tie) -> float:
    if tie == "coin":
        return p * (p + 1) / (2 * (1 - p + p * p))
    return p * p / (p * p + (1 - p) ** 2)


def _undecided(p: float, tie: Tie) -> float:
    """Probability that two people, starting even, leave the matter open."""
    return p * (1 - p) * (1 if tie == "coin" else 2)


def _binomial(k: int, n: int, p: float) -> float:
    """Probability of exactly k successes."""
    return float(bdtr(k, n, p) - (bdtr(k - 1, n, p) if k > 0 else 0.0))


def _check(p: float, tie: str) -> None:
    if not 0.5 <= p <= 1:
        raise ValueError(f"p must be between 0.5 and 1, got {p}")
    if tie not in TIES:
        raise ValueError(f"tie must be one of {', '.join(TIES)}, got {tie!r}")


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
