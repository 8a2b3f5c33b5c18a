"""What blanks do to a mean: dropping them, or counting them as zero."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class MissingMean:
    """One set of answers of which some are blank. Means in the unit of the answers.

    `values` and `is_missing` have shape (n,). `mean_of_all` is what nobody sees in practice: the mean if
    everyone had answered. `mean_of_answers` drops the blanks (None if nobody answered), `mean_with_zeros`
    counts each as 0.
    """

    values: NDArray[np.float64]
    is_missing: NDArray[np.bool_]
    answered: int
    missing: int
    mean_of_all: float
    mean_of_answers: float | None
    mean_with_zeros: float


def mean_with_missing(
    values: ArrayLike, missing_share: float, low_answer_bias: float = 0.0, seed: int = 0
) -> MissingMean:
    """Blank out a share of the answers and take the mean in two ways.

    values: the answers everyone would have given, at least one, in any unit. missing_share: from 0 to 1; as
    many answers go blank as is nearest to this share. low_answer_bias: from -1 to 1; 0 blanks fall
    anywhere, 1 the lowest answers go blank first, -1 the highest, in between a mix of rank and chance (an
    assumption of this model). With the same seed a larger share blanks the same answers and more. Raises
    ValueError out of range.
    """
    answers = np.array(values, dtype=float)
    if answers.ndim != 1 or answers.size == 0 or not np.all(np.isfinite(answers)):
        raise ValueError(f"values must be a list of at least one number without blanks, got {values!r}")
    if not 0 <= missing_share <= 1:
        raise ValueError(f"missing_share must be between 0 and 1, got {missing_share}")
    if not -1 <= low_answer_bias <= 1:
        raise ValueError(f"low_answer_bias must be between -1 and 1, got {low_answer_bias}")
    if not isinstance(seed, Integral) or isinstance(seed, bool) or seed < 0:
        raise ValueError(f"seed must be a whole number of at least 0, got {seed!r}")
    n = answers.size
    chance = np.random.default_rng(int(seed)).permutation(n)
    rank = np.empty(n, dtype=int)
    rank[np.lexsort((chance, answers if low_answer_bias >= 0 else -answers))] = np.arange(n)
    order = np.lexsort((chance, (1 - abs(low_answer_bias)) * chance + abs(low_answer_bias) * rank))
    missing = round(missing_share * n)
    is_missing = np.zeros(n, dtype=bool)
    is_missing[order[:missing]] = True
    answered = answers[~is_missing]
    return MissingMean(
        values=answers,
        is_missing=is_missing,
        answered=int(answered.size),
        missing=missing,
        mean_of_all=float(answers.mean()),
        mean_of_answers=float(answered.mean()) if answered.size else None,
        mean_with_zeros=float(answered.sum() / n),
    )
