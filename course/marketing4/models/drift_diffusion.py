"""A decision between two options as evidence that drifts, with noise, to one of two bounds.

Evidence starts at 0. The upper bound +a is the better option, the lower bound -a the worse one; the first
bound that is met is the decision. Knows accuracy and mean time in closed form, and random paths; does not
know the time for seeing and moving, a starting bias, or bounds that fall.

Sources: Ratcliff (1978), "A Theory of Memory Retrieval", Psychological Review 85, 59-108; Bogacz, Brown,
Moehlis, Holmes and Cohen (2006), "The Physics of Optimal Decision Making", Psychological Review 113, 700-765,
for the closed forms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

# A path looked at every dt seconds misses short visits beyond a bound; a bound that lies so many standard
# deviations of one step nearer makes up for it: Broadie, Glasserman and Kou (1997), -ζ(1/2) / √(2π).
BARRIER_SHIFT = 0.5826
MOST_KEPT = 500_000
MOST_POINTS = 5_000_000  # of all paths together; up to MOST_KEPT the noise is kept for the next call


@dataclass(frozen=True, eq=False)
class Decisions:
    """Random decisions. `evidence` has shape (paths, steps + 1), at times 0, dt, 2 dt, ...

    From its decision on a path stays at the bound. `time` (paths,) is the decision time in seconds, nan if
    none was made by the end; `correct` (paths,) tells whether the upper bound was met.
    """

    evidence: NDArray[np.float64]
    time: NDArray[np.float64]
    correct: NDArray[np.bool_]
    dt: float

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Whether a decision was made by the end."""
        return np.isfinite(self.time)


def accuracy(v: float, a: float, s: float = 1.0) -> float:
    """Probability that the better option is chosen: 1 / (1 + exp(-2 v a / s^2)).

    v: drift, evidence per second (0 or more). a: bound, evidence asked for (positive). s: noise, standard
    deviation of the evidence of one second (positive). Raises ValueError out of range.
    """
    _check(v, a, s)
    return float(expit(2 * v * a / s**2))


def mean_decision_time(v: float, a: float, s: float = 1.0) -> float:
    """Mean time to a decision in seconds: (a / v) tanh(v a / s^2), and a^2 / s^2 without drift.

    Parameters and errors as in `accuracy`.
    """
    _check(v, a, s)
    pull = v * a / s**2
    if pull < 1e-6:  # tanh(x) / x is 1 there to twelve digits
        return a**2 / s**2
    return a / v * math.tanh(pull)


def simulate(
    v: float, a: float, s: float = 1.0, *, paths: int, seed: int, longest: float = 10.0, dt: float = 0.005
) -> Decisions:
    """Random decisions of at most `longest` seconds, looked at every dt seconds.

    Parameters as in `accuracy`; paths: 1 or more; longest and dt in seconds, positive. The noise does not
    depend on v, a or s, so a change of these changes only what it must. Raises ValueError out of range, and
    for more than 5 million points.
    """
    _check(v, a, s)
    for name, value, lowest in (("paths", paths, 1), ("seed", seed, 0)):
        if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
            raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
    _check_positive("dt", dt)
    _check_positive("longest", longest)
    steps = max(1, math.ceil(longest / dt - 1e-9))
    if paths * steps > MOST_POINTS:
        raise ValueError(f"paths * longest / dt must be at most {MOST_POINTS}, got {paths * steps}")
    noise = _kept(paths, steps, seed) if paths * steps <= MOST_KEPT else _brownian(paths, steps, seed)
    times = dt * np.arange(steps + 1)
    evidence = v * times + s * math.sqrt(dt) * noise
    bound = max(a - BARRIER_SHIFT * s * math.sqrt(dt), 1e-12)
    beyond = np.abs(evidence) >= bound
    is_decided = beyond.any(axis=1)
    first = np.where(is_decided, beyond.argmax(axis=1), steps)
    correct = is_decided & (evidence[np.arange(paths), first] > 0)
    after = np.arange(steps + 1) >= np.where(is_decided, first, steps + 1)[:, None]
    evidence = np.where(after, np.where(correct, a, -a)[:, None], evidence)
    return Decisions(evidence=evidence, time=np.where(is_decided, dt * first, np.nan), correct=correct, dt=dt)


def _brownian(paths: int, steps: int, seed: int) -> NDArray[np.float64]:
    """Sums of standard normal steps from 0."""
    walk = np.zeros((paths, steps + 1))
    np.cumsum(np.random.default_rng(seed).standard_normal((paths, steps)), axis=1, out=walk[:, 1:])
    walk.flags.writeable = False
    return walk


_kept = lru_cache(maxsize=2)(_brownian)  # a slider asks for the same noise again and again


def _check(v: float, a: float, s: float) -> None:
    if not (math.isfinite(v) and v >= 0):
        raise ValueError(f"v must be a number of at least 0, got {v}")
    _check_positive("a", a)
    _check_positive("s", s)


def _check_positive(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be positive, got {value}")
