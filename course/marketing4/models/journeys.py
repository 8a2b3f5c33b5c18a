"""Customer journeys as an absorbing Markov chain, and rules that divide purchases among the channels.

Knows touchpoints in their order and whether a journey ended in a purchase. It does not know when a contact
took place, what it cost, or what a channel causes: a chain repeats what was seen.

Sources: Kemeny and Snell, Finite Markov Chains (1960), for absorption; Anderl, Becker, von Wangenheim and
Schumann (2016), "Mapping the customer journey", International Journal of Research in Marketing 33(3),
457-474, for the removal effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from numbers import Integral
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

START, CONVERSION, NULL = "start", "conversion", "null"
Rule = Literal["last", "first", "linear", "removal"]
RULES: tuple[Rule, ...] = ("last", "first", "linear", "removal")
LONGEST = 1000  # steps of a drawn journey; a chain that takes longer hardly ends
_ROUNDING = 1e-9

Paths = Sequence[str] | Sequence[Sequence[str]]


@dataclass(frozen=True, eq=False)
class Chain:
    """A first-order chain. `states` are start, the channels, conversion and null, in this order.

    `moves` (states, states) counts the moves from the state of the row, `probabilities` (states, states) are
    the shares of a row: every row sums to 1, and conversion and null keep to themselves.
    """

    states: tuple[str, ...]
    moves: NDArray[np.float64]
    probabilities: NDArray[np.float64]

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels, in the order in which the paths first name them."""
        return self.states[1:-2]


@dataclass(frozen=True, eq=False)
class Absorption:
    """What happens before a chain ends. s transient states, a absorbing ones.

    `visits` (s, s): N, the expected visits to the state of the column from the state of the row. `steps`
    (s,): t, the expected number of steps. `ends` (s, a): B, the probability of each end; rows sum to 1.
    """

    visits: NDArray[np.float64]
    steps: NDArray[np.float64]
    ends: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Journeys:
    """`paths` as tuples of channels; `converted` (n,) is True where the journey ended in a purchase."""

    paths: tuple[tuple[str, ...], ...]
    converted: NDArray[np.bool_]


def transition_matrix(paths: Paths, converted: ArrayLike, counts: ArrayLike | None = None) -> Chain:
    """The chain of these journeys: from each state the share of moves to every other.

    paths: for each line its channels in order, as a list or as a text with ">" between ("TV>Search").
    converted: 1 or True for lines that ended in a purchase, else 0. counts: how many journeys a line stands
    for (0 or more; default 1 each). A contact that follows itself is a move of a channel to itself. Raises
    ValueError for no journeys, an empty path, a channel with the name of another state, lists of different
    lengths or numbers out of range.
    """
    lines, bought, n = _journeys(paths, converted, counts)
    channels = tuple(dict.fromkeys(channel for line in lines for channel in line))
    states = (START, *channels, CONVERSION, NULL)
    place = {state: number for number, state in enumerate(states)}
    moves = np.zeros((len(states), len(states)))
    for line, is_bought, number in zip(lines, bought.tolist(), n.tolist(), strict=True):
        walk = [START, *line, CONVERSION if is_bought else NULL]
        for here, there in pairwise(walk):
            moves[place[here], place[there]] += number
    probabilities = moves / np.maximum(moves.sum(axis=1, keepdims=True), 1e-300)
    for end in (-2, -1):
        probabilities[end, end] = 1
    return Chain(states, moves, probabilities)


def absorption(q: ArrayLike, r: ArrayLike) -> Absorption:
    """N = (I - Q)^-1, t = N 1 and B = N R of an absorbing chain.

    q: (s, s) probabilities among the transient states. r: (s, a) probabilities from these to the ends. Every
    row of q and r together sums to 1. Raises ValueError for other shapes, probabilities or sums, and for a
    chain that may never end.
    """
    among, to_ends = np.atleast_2d(np.asarray(q, float)), np.atleast_2d(np.asarray(r, float))
    if among.shape[0] != among.shape[1] or to_ends.shape[0] != among.shape[0] or among.size == 0:
        raise ValueError(f"q must be square with as many rows as r, got {among.shape} and {to_ends.shape}")
    both = np.hstack([among, to_ends])
    wrong = both[~((both >= 0) & (both <= 1 + _ROUNDING))]
    if wrong.size:
        raise ValueError(f"probabilities in q and r must be from 0 to 1, got {wrong[0]:g}")
    sums = both.sum(axis=1)
    if np.abs(sums - 1).max() > 1e-6:
        raise ValueError(f"rows of q and r together must sum to 1, got {sums[np.abs(sums - 1).argmax()]:g}")
    if not _can_end(among, to_ends).all():
        raise ValueError("q must let every state reach an end, got a state that never does")
    visits = np.linalg.inv(np.eye(len(among)) - among)
    return Absorption(visits, visits.sum(axis=1), visits @ to_ends)


def conversion_probability(chain: Chain, without: str | Iterable[str] = ()) -> float:
    """Probability that a journey from the start ends in a purchase; with all channels the observed share.

    without: a channel, or several, taken out: whoever would go there ends without a purchase. Raises
    ValueError for a name that is no channel of the chain.
    """
    gone = [without] if isinstance(without, str) else list(without)
    _check_channels(chain, gone)
    kept = [0, *(1 + place for place, name in enumerate(chain.channels) if name not in gone)]
    among = chain.probabilities[np.ix_(kept, kept)]
    to_purchase = chain.probabilities[kept, len(chain.states) - 2]
    return float(np.linalg.solve(np.eye(len(kept)) - among, to_purchase)[0])


def expected_moves(chain: Chain, without: str | Iterable[str] = ()) -> NDArray[np.float64]:
    """Expected moves of one journey from the state of the row to that of the column, (states, states).

    without: channels taken out, as in `conversion_probability`: whoever comes there goes on to null. The
    column of conversion sums to the conversion probability.
    """
    gone = [without] if isinstance(without, str) else list(without)
    _check_channels(chain, gone)
    shares = chain.probabilities.copy()
    for name in gone:
        shares[chain.states.index(name)] = 0
        shares[chain.states.index(name), -1] = 1
    among = shares[:-2, :-2]
    visits = np.linalg.solve((np.eye(len(among)) - among).T, np.eye(len(among))[0])
    moves = np.zeros_like(shares)
    moves[:-2] = visits[:, np.newaxis] * shares[:-2]
    return moves


def removal_effects(chain: Chain) -> dict[str, float]:
    """Share of all purchases that is lost without each channel: 1 - conversion without it / conversion.

    From 0 to 1 each; they do not sum to 1, because one purchase can need several channels. Raises ValueError
    if the chain has no purchase to lose.
    """
    conversion = conversion_probability(chain)
    if conversion <= 0:
        raise ValueError(f"conversion must be above 0 for removal effects, got {conversion:g}")
    return {name: 1 - conversion_probability(chain, name) / conversion for name in chain.channels}


def attribution(
    paths: Paths, converted: ArrayLike, counts: ArrayLike | None = None, rule: Rule = "last"
) -> dict[str, float]:
    """Purchases credited to each channel; together they are all purchases.

    rule: "last" or "first" gives a purchase to the last or first touchpoint, "linear" an equal part to each
    touchpoint (one that stands twice gets two parts), "removal" divides all purchases in proportion to the
    removal effects. paths, converted, counts and errors as in `transition_matrix`; ValueError also for
    another rule, or for "removal" without a purchase.
    """
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)}, got {rule!r}")
    lines, bought, n = _journeys(paths, converted, counts)
    purchases = n * bought
    if rule == "removal":
        effects = removal_effects(transition_matrix(lines, bought, n))
        return share_out(effects, float(purchases.sum()))
    credit = {channel: 0.0 for line in lines for channel in line}
    for line, number in zip(lines, purchases.tolist(), strict=True):
        if rule == "last":
            credit[line[-1]] += number
        elif rule == "first":
            credit[line[0]] += number
        else:
            for channel in line:
                credit[channel] += number / len(line)
    return credit


def share_out(effects: Mapping[str, float], total: float) -> dict[str, float]:
    """`total` divided in proportion to the effects (0 or more, not all 0), or ValueError."""
    everything = sum(effects.values())
    if not (everything > 0 and min(effects.values()) >= -_ROUNDING):
        raise ValueError(f"effects must be 0 or more and not all 0, got {dict(effects)}")
    return {name: total * effect / everything for name, effect in effects.items()}


def draw_journeys(chain: Chain, n: int, seed: int) -> Journeys:
    """n random journeys of this chain (n from 1). The same seed draws the same lots for every chain.

    Raises ValueError out of range, and if a journey has not ended after 1,000 steps.
    """
    for name, value, lowest in (("n", n, 1), ("seed", seed, 0)):
        if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
            raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
    rng = np.random.default_rng(int(seed))
    reached = chain.probabilities.cumsum(axis=1)
    reached[:, -1] = 1  # rounding must not leave a gap above the last state
    first_end = len(chain.states) - 2
    state = np.zeros(int(n), dtype=np.int64)
    walks: list[list[str]] = [[] for _ in range(int(n))]
    for _ in range(LONGEST):
        lots = rng.random(int(n))
        is_going = state < first_end
        state = np.where(is_going, (reached[state] <= lots[:, np.newaxis]).sum(axis=1), state)
        for walker in np.flatnonzero(is_going & (state < first_end)).tolist():
            walks[walker].append(chain.states[state[walker]])
        if (state >= first_end).all():
            return Journeys(tuple(map(tuple, walks)), state == first_end)
    raise ValueError(f"a journey must end within {LONGEST} steps, got one that did not")


def _check_channels(chain: Chain, names: Iterable[str]) -> None:
    for name in names:
        if name not in chain.channels:
            raise ValueError(f"without must name channels ({', '.join(chain.channels)}), got {name!r}")


def _journeys(
    paths: Paths, converted: ArrayLike, counts: ArrayLike | None
) -> tuple[list[tuple[str, ...]], NDArray[np.float64], NDArray[np.float64]]:
    """Lines that stand for at least one journey: their channels, 1 or 0 for a purchase, and their number."""
    lines = [tuple(path.split(">") if isinstance(path, str) else path) for path in paths]
    bought = np.atleast_1d(np.asarray(converted, float))
    n = np.ones(len(lines)) if counts is None else np.atleast_1d(np.asarray(counts, float))
    if not len(lines) == bought.size == n.size:
        raise ValueError(
            f"paths, converted and counts must be equally long, got {len(lines)}, {bought.size} and {n.size}"
        )
    for name, array, is_right, rule in (
        ("converted", bought, np.isin(bought, (0, 1)), "0 or 1"),
        ("counts", n, np.isfinite(n) & (n >= 0), "numbers of at least 0"),
    ):
        if not is_right.all():
            raise ValueError(f"{name} must be {rule}, got {array[~is_right][0]:g}")
    lines = [tuple(channel.strip() for channel in line) for line in lines]
    for line in lines:
        if not line or "" in line:
            raise ValueError(f"paths must name at least one channel each, got {line!r}")
        for channel in line:
            if channel in (START, CONVERSION, NULL):
                raise ValueError(f"paths must not name a channel like a state of the chain, got {channel!r}")
    is_there = n > 0
    if not is_there.any():
        raise ValueError(f"counts must hold at least one journey, got {n.sum():g}")
    kept = [line for line, keep in zip(lines, is_there.tolist(), strict=True) if keep]
    return kept, bought[is_there], n[is_there]


def _can_end(among: NDArray[np.float64], to_ends: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which transient states can reach an end."""
    # A chain of s states reaches an end within s steps or never.
    steps = np.linalg.matrix_power(np.eye(len(among)) + (among > 0), len(among))
    return np.asarray(((steps > 0) @ (to_ends > 0)).any(axis=1))
