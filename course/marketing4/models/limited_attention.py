"""Choosing among many options with little attention, alone or by what a crowd says.

The true utilities of the options are independent and standard normal: 0 is an average option, 1 is one
standard deviation better. A chooser looks equally long at every option and takes the one that looks best.
Knows exact expectations and random shelves; does not know price, taste, or the effort of looking.

Source of the limit: Simon (1971), "Designing Organizations for an Information-Rich World", on attention that
information uses up. The model is built for teaching; its numbers are no data about shoppers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from marketing4.models.crowd import variance_of_mean

# Beyond 12 standard deviations a normal density adds nothing; at this step the sum is exact to 1e-12.
_GRID = np.arange(-12, 12, 0.01)
_LOG_DENSITY = -0.5 * _GRID**2 - 0.5 * math.log(2 * math.pi)
_LOG_BELOW = log_ndtr(_GRID)


@dataclass(frozen=True, eq=False)
class Shelves:
    """Random shelves. `quality`, `own` and `crowd` have shape (shelves, options).

    `quality` is the true utility, `own` how it looks to a person who thinks alone, `crowd` what the crowd's
    mean rating says. `chosen_alone` and `chosen_crowd` (shelves,) are the indices of the best-looking option.
    """

    quality: NDArray[np.float64]
    own: NDArray[np.float64]
    crowd: NDArray[np.float64]

    @property
    def chosen_alone(self) -> NDArray[np.int64]:
        """Index of the option that looks best to the person."""
        return np.asarray(self.own.argmax(axis=1))

    @property
    def chosen_crowd(self) -> NDArray[np.int64]:
        """Index of the option that the crowd rates best."""
        return np.asarray(self.crowd.argmax(axis=1))

    @property
    def mean_alone(self) -> float:
        """Mean true utility of what is chosen alone."""
        return float(np.take_along_axis(self.quality, self.chosen_alone[:, None], 1).mean())

    @property
    def mean_crowd(self) -> float:
        """Mean true utility of what the crowd rates best."""
        return float(np.take_along_axis(self.quality, self.chosen_crowd[:, None], 1).mean())


@lru_cache(maxsize=4096)
def expected_best(n: int) -> float:
    """Expected largest of n standard normal values: the integral of x n φ(x) Φ(x)^(n-1).

    0 for one value, 1.54 for ten, 2.51 for a hundred. n: 1 or more. Raises ValueError out of range.
    """
    _check_whole("n", n, 1)
    density = np.exp(math.log(n) + _LOG_DENSITY + (n - 1) * _LOG_BELOW)
    return float((_GRID * density).sum() * (_GRID[1] - _GRID[0]))


def utility(n: int, c: float) -> float:
    """Expected true utility of the option that looks best: E_n / sqrt(1 + c n).

    The attention is split over n options (1 or more), so each is seen with a noise variance of c n.
    c = s^2 / T (0 or more) is the noise variance of one option that gets all attention: s^2 that of one unit
    of attention, T the budget. Raises ValueError out of range.
    """
    _check_number("c", c, 0)
    return expected_best(n) / math.sqrt(1 + c * n)


def best_number(c: float) -> int:
    """The number of options with the highest `utility`.

    c: 0.001 or more; without noise more is always better and there is no such number. Raises ValueError out
    of range.
    """
    _check_number("c", c, 0.001)
    n = 1
    while utility(n + 1, c) > utility(n, c):
        n += 1
    return n


def crowd_noise(w2: float, m: int, rho: float) -> float:
    """Noise variance of the mean of m ratings: w^2 (rho + (1 - rho) / m).

    w2: noise variance of one rating (0 or more). m: ratings of each option (1 or more). rho: correlation of
    two ratings' errors (0 to 1). Raises ValueError out of range.
    """
    _check_number("w2", w2, 0)
    _check_whole("m", m, 1)
    _check_share("rho", rho)
    return variance_of_mean(math.sqrt(w2), m, rho)


def crowd_utility(n: int, w2: float, m: int, rho: float) -> float:
    """Expected true utility of the option with the best mean rating.

    E_n / sqrt(1 + w^2 (rho + (1 - rho) / m)); parameters and errors as in `utility` and `crowd_noise`.
    """
    return expected_best(n) / math.sqrt(1 + crowd_noise(w2, m, rho))


def follow_crowd(s2: float, n: int, T: float, w2: float, m: int, rho: float = 0.0) -> bool:
    """Whether the crowd's rating is less noisy than one's own look: s^2 n / T > w^2 (rho + (1 - rho) / m).

    s2: noise variance of a look of one unit of attention (0 or more). T: attention in those units (positive),
    split over n options (1 or more). w2, m, rho as in `crowd_noise`. Raises ValueError out of range.
    """
    _check_number("s2", s2, 0)
    _check_whole("n", n, 1)
    if not (math.isfinite(T) and T > 0):
        raise ValueError(f"T must be positive, got {T}")
    return s2 * n / T > crowd_noise(w2, m, rho)


def correlation_of_copies(m: int, copies: int, posts: int = 1) -> float:
    """Mean correlation of two ratings when `copies` of m ratings repeat what a few posts say.

    The copies are shared out evenly over `posts` different posts, as far as whole copies allow; two copies of
    one post have a correlation of 1, all other pairs 0. m: 2 or more; copies: 0 to m; posts: 1 or more.
    Raises ValueError out of range.
    """
    _check_whole("m", m, 2)
    _check_whole("copies", copies, 0)
    _check_whole("posts", posts, 1)
    if copies > m:
        raise ValueError(f"copies must be at most m = {m}, got {copies}")
    size, larger = divmod(copies, posts)
    pairs = (posts - larger) * size * (size - 1) + larger * (size + 1) * size
    return pairs / (m * (m - 1))


def draw_shelves(n: int, own_noise: float, crowd_noise: float, shelves: int, seed: int) -> Shelves:
    """Random shelves of n options, seen by one person and by a crowd.

    own_noise and crowd_noise are noise variances per option (0 or more): c n and `crowd_noise`. The draws do
    not depend on them, so a change of noise changes only what it must. Raises ValueError out of range.
    """
    _check_whole("n", n, 1)
    _check_number("own_noise", own_noise, 0)
    _check_number("crowd_noise", crowd_noise, 0)
    _check_whole("shelves", shelves, 1)
    _check_whole("seed", seed, 0)
    quality, own, crowd = np.random.default_rng(seed).standard_normal((3, shelves, n))
    return Shelves(
        quality=quality,
        own=quality + math.sqrt(own_noise) * own,
        crowd=quality + math.sqrt(crowd_noise) * crowd,
    )


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")


def _check_number(name: str, value: float, lowest: float) -> None:
    if not (math.isfinite(value) and value >= lowest):
        raise ValueError(f"{name} must be a number of at least {lowest}, got {value}")


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {value}")
