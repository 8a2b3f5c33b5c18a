"""How much each voice deserves: own experience, other people, and the brand's own messages.

Each voice tells the truth plus an error of its own, unbiased and independent of the other voices. Knows the
weights that make the error of the mix smallest; does not know whether people weigh in this way, and nothing
of voices that are biased on purpose.

Source: weights by precision, the inverse of the variance, are the classical least-squares result; Ernst and
Banks (2002), Nature 415, 429-433, found people near it when they combine sight and touch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Mix:
    """What several voices say together: `weights` (voices,) sum to 1, `estimate`, and its `variance`."""

    weights: NDArray[np.float64]
    estimate: float
    variance: float


def precision_weights(variances: ArrayLike) -> NDArray[np.float64]:
    """Weights (1 / v_k) / Σ (1 / v_j) of independent voices, shape as given, sum 1.

    variances: one or more positive numbers, the error variance of each voice. Raises ValueError if not.
    """
    values = _variances(variances)
    precision = values.min() / values  # a scale that keeps the smallest variances finite
    return np.asarray(precision / precision.sum())


def variance_of_mix(weights: ArrayLike, variances: ArrayLike) -> float:
    """Error variance of a weighted mean of independent voices: Σ w_k^2 v_k, in squared units.

    weights: as many numbers of 0 or more as variances, with sum 1. Raises ValueError if not.
    """
    values = _variances(variances)
    shares = np.asarray(weights, dtype=float)
    if shares.shape != values.shape:
        raise ValueError(f"weights must have shape {values.shape}, got {shares.shape}")
    if not ((shares >= 0).all() and math.isclose(float(shares.sum()), 1, abs_tol=1e-9)):
        raise ValueError(f"weights must be 0 or more with sum 1, got {shares.tolist()}")
    return float((shares**2 * values).sum())


def combine(messages: ArrayLike, variances: ArrayLike) -> Mix:
    """The best mix of what independent voices say: weighted by precision, with variance 1 / Σ (1 / v_k).

    messages: as many finite numbers as variances. Raises ValueError if not.
    """
    weights = precision_weights(variances)
    said = np.asarray(messages, dtype=float)
    if said.shape != weights.shape or not np.isfinite(said).all():
        raise ValueError(f"messages must be {weights.size} finite numbers, got {said.tolist()}")
    return Mix(weights, float(weights @ said), variance_of_mix(weights, variances))


def draw_voices(truth: float, variances: ArrayLike, times: int, seed: int) -> NDArray[np.float64]:
    """What the voices say on `times` random occasions, shape (times, voices), with normal errors.

    The draws do not depend on the variances. Raises ValueError if truth is not finite, a variance is not
    positive, times is below 1 or seed below 0.
    """
    values = _variances(variances)
    if not math.isfinite(truth):
        raise ValueError(f"truth must be finite, got {truth}")
    _check_whole("times", times, 1)
    _check_whole("seed", seed, 0)
    errors = np.random.default_rng(seed).standard_normal((times, values.size))
    return np.asarray(truth + np.sqrt(values) * errors)


def draw_others(truth: float, sd: float, m: int, rho: float, times: int, seed: int) -> NDArray[np.float64]:
    """What m other people say on `times` random occasions, shape (times, m), with normal errors.

    sd: typical error of each (0 or more). rho: correlation of two people's errors (0 to 1), because they
    share a source; the mean of all then has the variance sd^2 (rho + (1 - rho) / m). The draws do not depend
    on sd and rho. Raises ValueError out of range.
    """
    if not math.isfinite(truth):
        raise ValueError(f"truth must be finite, got {truth}")
    if not (math.isfinite(sd) and sd >= 0):
        raise ValueError(f"sd must be a number of at least 0, got {sd}")
    if not 0 <= rho <= 1:
        raise ValueError(f"rho must be between 0 and 1, got {rho}")
    _check_whole("m", m, 1)
    _check_whole("times", times, 1)
    _check_whole("seed", seed, 0)
    rng = np.random.default_rng(seed)
    shared, own = rng.standard_normal((times, 1)), rng.standard_normal((times, m))
    return np.asarray(truth + sd * (math.sqrt(rho) * shared + math.sqrt(1 - rho) * own))


def _variances(variances: ArrayLike) -> NDArray[np.float64]:
    values = np.asarray(variances, dtype=float)
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"variances must be a list of one or more numbers, got shape {values.shape}")
    if not (np.isfinite(values).all() and (values > 0).all()):
        raise ValueError(f"variances must be positive, got {values.tolist()}")
    return values


def _check_whole(name: str, value: int, lowest: int) -> None:
    if not isinstance(value, Integral) or isinstance(value, bool) or value < lowest:
        raise ValueError(f"{name} must be a whole number of at least {lowest}, got {value!r}")
