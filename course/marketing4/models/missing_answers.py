"""What blanks do to a mean: dropping them, or counting them as zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class MissingMean:
    """One set of answers of which some are blank. Means in the unit of the answers.

    `values` and `is_missing` have shape (n,). `mean_of_all` is what nobody sees in practice: the mean if everyone
    had answered. `mean_of_answers` drops the blanks (None if nobody answered), `mean_with_zeros` counts each as 0.
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

    low_answer_bias: 0 blanks fall anywhere, 1 the lowest answers go blank first, -1 the highest.
    """
