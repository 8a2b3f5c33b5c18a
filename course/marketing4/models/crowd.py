"""The wisdom of crowds: how far a crowd's mean lies from the truth, and what talking does to it.

Knows guesses of one number, votes between two options, and what it costs when judgements are not independent.
Does not know why people listen to each other. Guesses, spreads and pounds are in the unit of the thing
guessed, errors and diversity in that unit squared.

Sources: Page (2007), The Difference, for the diversity prediction theorem; Condorcet (1785) for the jury
theorem; Galton (1907), "Vox populi", Nature 75, 450-451, for the guesses of an ox's weight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrc, ndtri

# Galton (1907): of 787 legible cards, this per cent guessed at most so many pounds.
GALTON_PERCENTILES = (5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)
GALTON_POUNDS = (
    *(1074, 1109, 1126, 1148, 1162, 1174, 1181, 1188, 1197, 1207),
    *(1214, 1219, 1225, 1230, 1236, 1243, 1254, 1267, 1293),
)
GALTON_CARDS = 787
GALTON_TRUTH = 1198  # pounds, dressed, as Galton printed it; Wallis (2014) corrects it to 1197
KILOGRAMS_PER_POUND = 0.45359237


@dataclass(frozen=True)
class Crowd:
    """One crowd: its mean, and its error taken apart.

    `collective_error = average_error - diversity`, always: the diversity prediction theorem.
    """

    mean: float
    collective_error: float
    average_error: float
    diversity: float


@dataclass(frozen=True, eq=False)
class Talk:
    """Guesses before and after each round of talk.

    `guesses` has shape (rounds + 1, people), row 0 are the independent ones; the other arrays have shape
    (rounds + 1,) and mean what they mean in `Crowd`.
    """

    truth: float
    guesses: NDArray[np.float64]
    mean: NDArray[np.float64]
    collective_error: NDArray[np.float64]
    average_error: NDArray[np.float64]
    diversity: NDArray[np.float64]


def decompose(guesses: ArrayLike, truth: float) -> Crowd:
    """The error of a crowd's mean as average error minus diversity.

    (c - truth)^2 = mean (s_i - truth)^2 - mean (s_i - c)^2, with c the mean of the guesses s_i. Divides by n,
    not n - 1, or the identity breaks. Raises ValueError without guesses or if one is no number.
    """
    row = np.asarray(guesses, dtype=float)
    if row.ndim != 1 or row.size == 0 or not np.isfinite(row).all():
        raise ValueError(f"guesses must be a list of at least one number, got {row.tolist()}")
    _check_number("truth", truth)
    mean, collective, average, diversity = _parts(row[None, :], truth)
    return Crowd(float(mean[0]), float(collective[0]), float(average[0]), float(diversity[0]))


def variance_of_mean(sd: float, n: int, correlation: float) -> float:
    """Variance of the mean of n judgements with standard deviation `sd` and the same correlation in pairs.

    sd^2 (r + (1 - r) / n). Raises ValueError if sd is negative, n below 1 or correlation outside 0 to 1.
    """
    if not (math.isfinite(sd) and sd >= 0):
        raise ValueError(f"sd must be a number of at least 0, got {sd}")
    _check_whole("n", n, 1)
    _check_share("correlation", correlation)
    return sd**2 * (correlation + (1 - correlation) / n)


def effective_size(n: int, correlation: float) -> float:
    """How many independent people n correlated ones are worth: n / (1 + (n - 1) r), never above 1 / r.

    `correlation` (0 to 1) is that of two people's errors. Raises ValueError out of range.
    """
    _check_whole("n", n, 1)
    _check_share("correlation", correlation)
    return n / (1 + (n - 1) * correlation)


def condorcet(p: float, n: int) -> float:
    """Probability that the majority of n independent voters is right, if each is right with probability p.

    A tie of an even number is decided by a fair coin. Source: Condorcet (1785). Raises ValueError if p is not
    between 0 and 1 or n is not a whole number of at least 1.
    """
    _check_share("p", p)
    _check_whole("n", n, 1)
    # With an even n the last voter changes nothing on average: a tie and a lead of two are equally near.
    votes = n if n % 2 else n - 1
    return float(bdtrc(votes // 2, votes, p))


def talk(guesses: ArrayLike, truth: float, rounds: int, pull: float, loud: float = 0.0) -> Talk:
    """Rounds of talk: each round everybody moves a share `pull` of the way to what is heard.

    What is heard is `loud` times the guess of the first person plus (1 - loud) times the mean of all. With
    `loud` = 0 all are heard alike: then the mean never moves, and only diversity falls. In the end all agree
    on loud * (first guess) + (1 - loud) * (first mean). A teaching assumption, of the kind of DeGroot (1974).

    Raises ValueError if pull or loud is not between 0 and 1, rounds is negative or there is no guess.
    """
    row = np.asarray(guesses, dtype=float)
    if row.ndim != 1 or row.size == 0 or not np.isfinite(row).all():
        raise ValueError(f"guesses must be a list of at least one number, got {row.tolist()}")
    _check_number("truth", truth)
    _check_whole("rounds", rounds, 0)
    _check_share("pull", pull)
    _check_share("loud", loud)
    after = np.empty((rounds + 1, row.size))
    after[0] = row
    for number in range(rounds):
        present = after[number]
        heard = loud * present[0] + (1 - loud) * present.mean()
        after[number + 1] = present + pull * (heard - present)
    return Talk(truth, after, *_parts(after, truth))


def effective_voices(people: int, loud: float) -> float:
    """How many independent people a crowd that has talked to the end is worth: 1 / sum of squared weights.

    After `talk` with `loud` (0 to 1) the first person weighs loud + (1 - loud) / people in what all agree on,
    everybody else (1 - loud) / people. Raises ValueError out of range.
    """
    _check_whole("people", people, 1)
    _check_share("loud", loud)
    others = (1 - loud) / people
    return 1 / ((loud + others) ** 2 + (people - 1) * others**2)


def draw_guesses(
    truth: float,
    people: int,
    seed: int,
    rounds: int = 0,
    pull: float = 0.0,
    loud: float = 0.0,
    spread: float = 0.6,
) -> Talk:
    """Random independent guesses around a positive truth, and what becomes of them in rounds of talk.

    Guesses are log-normal with median `truth` and standard deviation `spread` of their logarithm, so a few
    are far too high and the mean is above the median: an assumption. The rest is as in `talk`. Raises
    ValueError out of range.
    """
    if not (math.isfinite(truth) and truth > 0):
        raise ValueError(f"truth must be positive, got {truth}")
    if not (math.isfinite(spread) and spread >= 0):
        raise ValueError(f"spread must be a number of at least 0, got {spread}")
    _check_whole("people", people, 1)
    _check_whole("seed", seed, 0)
    draws = np.random.default_rng(seed).standard_normal(people)
    return talk(truth * np.exp(spread * draws), truth, rounds, pull, loud)


def draw_galton(people: int, seed: int) -> NDArray[np.float64]:
    """Random guesses (pounds) of an ox's weight, spread as in Galton's table of percentiles.

    Between two rows of the table the guess is linear in the normal deviate, and beyond the first and last row
    it goes on as steeply; that is an assumption. Shape (people,). Raises ValueError if people is below 1.
    """
    _check_whole("people", people, 1)
    _check_whole("seed", seed, 0)
    deviates = np.random.default_rng(seed).standard_normal(people)
    known = ndtri(np.array(GALTON_PERCENTILES) / 100)
    pounds = np.array(GALTON_POUNDS, dtype=float)
    guesses = np.interp(deviates, known, pounds)
    for row, inner, is_beyond in ((0, 1, deviates < known[0]), (-1, -2, deviates > known[-1])):
        slope = (pounds[row] - pounds[inner]) / (known[row] - known[inner])
        guesses[is_beyond] = pounds[row] + slope * (deviates[is_beyond] - known[row])
    return guesses


def _parts(rows: NDArray[np.float64], truth: float) -> tuple[NDArray[np.float64], ...]:
    mean = rows.mean(axis=1)
    return (
        mean,
        (mean - truth) ** 2,
        ((rows - truth) ** 2).mean(axis=1),
        ((rows - mean[:, None]) ** 2).mean(axis=1),
    )


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {value}")


def _check_number(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, got {value}")


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
