"""A market of songs in which listeners copy each other, replayed in several worlds that do not meet.

Knows downloads, how unequal they are within a world and how much they differ between worlds. Set up after
the Music Lab experiment of Salganik, Dodds and Watts (2006), "Experimental Study of Inequality and
Unpredictability in an Artificial Cultural Market", Science 311, 854-856; the rule by which listeners choose
is an assumption, and no number that comes out is one of the experiment's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

SONGS, WORLDS = 48, 8  # as in the experiment


@dataclass(frozen=True, eq=False)
class Worlds:
    """The same songs in several worlds.

    `appeal` (songs,) sums to 1: the shares that listeners would give who see nobody. `choices` (listeners,
    worlds) is the index of each song chosen, in order. `downloads` (worlds, songs) are the counts in the end,
    `gini` (worlds,) their inequality, `unpredictability` the mean gap between the shares of a song in two
    worlds (None with one world).
    """

    appeal: NDArray[np.float64]
    choices: NDArray[np.int64]
    downloads: NDArray[np.int64]
    gini: NDArray[np.float64]
    unpredictability: float | None

    def downloads_after(self, listeners: int) -> NDArray[np.int64]:
        """Downloads (worlds, songs) after the first `listeners` of each world.

        Raises ValueError if that is not between 0 and all of them.
        """
        if not 0 <= listeners <= len(self.choices):
            raise ValueError(f"listeners must be between 0 and {len(self.choices)}, got {listeners}")
        return _counts(self.choices[:listeners], len(self.appeal))


def appeal_of_songs(songs: int = SONGS, spread: float = 0.6) -> NDArray[np.float64]:
    """How attractive each song is by itself, the best first; shares that sum to 1.

    exp(spread * z), z the evenly spaced normal quantiles: at `spread` 0 all songs are alike, at 0.6 the best
    of 48 has about four times the share of the median one. An assumption. Raises ValueError if songs is below
    1 or spread negative.
    """
    _check_whole("songs", songs, 1)
    if not (math.isfinite(spread) and spread >= 0):
        raise ValueError(f"spread must be a number of at least 0, got {spread}")
    weights = np.exp(-spread * ndtri((np.arange(songs) + 0.5) / songs))
    return weights / weights.sum()


def draw_worlds(appeal: ArrayLike, influence: float, listeners: int, worlds: int, seed: int) -> Worlds:
    """`listeners` per world choose one song each, one after another.

    P(i) = (1 - b) q_i / sum(q) + b (D_i + 1) / sum(D + 1): with probability b (`influence`, 0 to 1) a
    listener follows the downloads D so far in that world, else the appeal q. At b = 1 this is Polya's urn.

    The lots do not depend on appeal or influence, so a change of these changes only what it must. Raises
    ValueError if an appeal is negative or all are 0, influence is out of range, or a number is below 1.
    """
    weights = np.asarray(appeal, dtype=float)
    if weights.ndim != 1 or weights.size == 0 or not (np.isfinite(weights) & (weights >= 0)).all():
        raise ValueError(f"appeal must be a list of numbers of at least 0, got {weights.tolist()}")
    if weights.sum() == 0:
        raise ValueError("appeal must be above 0 for at least one song, got only 0")
    if not 0 <= influence <= 1:
        raise ValueError(f"influence must be between 0 and 1, got {influence}")
    for name, value, lowest in (("listeners", listeners, 1), ("worlds", worlds, 1), ("seed", seed, 0)):
        _check_whole(name, value, lowest)
    weights = weights / weights.sum()
    songs = weights.size
    copy, taste, slot = np.random.default_rng(seed).random((3, listeners, worlds))
    choices = np.minimum(np.searchsorted(weights.cumsum(), taste, side="right"), songs - 1)
    # Choosing by (D + 1) / sum(D + 1) is drawing one slot from a list that begins with every song once and
    # then holds every download so far.
    slots = (slot * (songs + np.arange(listeners))[:, None]).astype(np.int64)
    follows = copy < influence
    columns = np.arange(worlds)
    for listener in range(listeners):
        who = columns[follows[listener]]
        drawn = slots[listener, who]
        earlier = choices[np.maximum(drawn - songs, 0), who]
        choices[listener, who] = np.where(drawn < songs, drawn, earlier)
    downloads = _counts(choices, songs)
    return Worlds(
        appeal=weights,
        choices=choices,
        downloads=downloads,
        gini=gini_per_world(downloads),
        unpredictability=unpredictability(downloads) if worlds > 1 else None,
    )


def gini_per_world(downloads: ArrayLike) -> NDArray[np.float64]:
    """Gini coefficient of each row: 0 if all songs have the same, (songs - 1) / songs if one has all.

    2 sum(i x_i) / (n sum x) - (n + 1) / n with the row sorted upwards. downloads: (worlds, songs) of at least
    0. Raises ValueError if one is negative or a world has no download.
    """
    rows = np.sort(_worlds(downloads), axis=1)
    n = rows.shape[1]
    gini: NDArray[np.float64] = 2 * (rows @ np.arange(1, n + 1)) / (n * rows.sum(axis=1)) - (n + 1) / n
    return gini


def unpredictability(downloads: ArrayLike) -> float:
    """Mean over songs and pairs of worlds of the gap between a song's two shares (0 to 1).

    Shares, not counts: worlds may differ in size. downloads: (worlds, songs). Raises ValueError for fewer
    than two worlds, a negative number or a world without downloads.
    """
    rows = _worlds(downloads)
    worlds = len(rows)
    if worlds < 2:
        raise ValueError(f"downloads must have at least 2 worlds, got {worlds}")
    shares = np.sort(rows / rows.sum(axis=1, keepdims=True), axis=0)
    # Sorted, a share is the larger one of a pair as often as there are smaller ones.
    signs = 2 * np.arange(worlds) - (worlds - 1)
    return float((signs @ shares).mean() / (worlds * (worlds - 1) / 2))


def expected_gini_of_copying(songs: int) -> float:
    """Mean Gini coefficient of endless full copying: (songs - 1) / (2 songs).

    At influence 1 the shares become uniform on all ways to divide 1 among the songs, whatever their appeal.
    Raises ValueError if songs is below 1.
    """
    _check_whole("songs", songs, 1)
    return (songs - 1) / (2 * songs)


def expected_unpredictability_of_copying(songs: int) -> float:
    """Mean gap between a song's shares in two worlds of endless full copying: 2 (K - 1) / (K (2K - 1)).

    About 1 / K for many songs K. Raises ValueError if songs is below 1.
    """
    _check_whole("songs", songs, 1)
    return 2 * (songs - 1) / (songs * (2 * songs - 1))


def _counts(choices: NDArray[np.int64], songs: int) -> NDArray[np.int64]:
    worlds = choices.shape[1]
    cells = np.arange(worlds) * songs + choices
    return np.bincount(cells.ravel(), minlength=worlds * songs).reshape(worlds, songs)


def _worlds(downloads: ArrayLike) -> NDArray[np.float64]:
    rows = np.atleast_2d(np.asarray(downloads, dtype=float))
    if rows.ndim != 2 or rows.size == 0 or not (np.isfinite(rows) & (rows >= 0)).all():
        raise ValueError(f"downloads must be a table of numbers of at least 0, got {rows.tolist()}")
    if not (rows.sum(axis=1) > 0).all():
        raise ValueError("downloads must be above 0 somewhere in every world, got a world with only 0")
    return rows


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
