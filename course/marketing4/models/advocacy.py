"""Lovers, haters and prompted advocacy: a toy model in which an attack wakes advocates who were silent.

Every formula and default here is a teaching assumption, not a finding. It puts a claim of Kotler, Kartajaya and
Setiawan (Marketing 4.0, 2017, ch. 2) into numbers: negative advocacy may activate dormant positive advocacy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class AdvocacyBalance:
    """Volumes per person in the market and period; arrays have the shape of `haters`.

    `advocates = spontaneous + prompted`; `net = advocates - attacks`.
    """

    haters: NDArray[np.float64]
    spontaneous: NDArray[np.float64]
    prompted: NDArray[np.float64]
    advocates: NDArray[np.float64]
    attacks: NDArray[np.float64]
    net: NDArray[np.float64]


def net_advocacy(
    lovers: float,
    haters: ArrayLike,
    spontaneous: float = 0.1,
    trigger: float = 6.0,
    attack: float = 0.5,
) -> AdvocacyBalance:
    """Advocates, attacks and their balance for one or many shares of haters."""


def best_hater_share(
    lovers: float, spontaneous: float = 0.1, trigger: float = 6.0, attack: float = 0.5
) -> float:
    """The share of haters (0 to 1 - lovers) with the highest net advocacy in this model."""
