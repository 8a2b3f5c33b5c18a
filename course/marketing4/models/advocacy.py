"""Lovers, haters and prompted advocacy: a toy model in which haters wake advocates who were silent.

Every formula and default here is a teaching assumption, not a finding. It puts a claim of Kotler, Kartajaya
and Setiawan (Marketing 4.0, 2017, ch. 2) into numbers: negative advocacy may activate dormant positive
advocacy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ROUNDING = 1e-9  # room for floating-point error where an exact bound is compared


@dataclass(frozen=True, eq=False)
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
    """Advocates, attacks and their balance for one or many shares of haters.

    advocates = L (1 - (1 - s) e^(-e H)): of the lovers L (share of the market), a share s (`spontaneous`)
    speaks up unasked; the presence of haters wakes the others, the more so the larger their share H and
    the rate e (`trigger`; t in the lesson). attacks = a H with a (`attack`) the attacks per hater.
    Assumptions of this model, not data.

    haters: one share (0 to 1 - lovers) or an array of them. Raises ValueError if a share is outside its
    range or a rate is negative.
    """
    _check(lovers, spontaneous, trigger, attack)
    shares = np.asarray(haters, dtype=float)
    if not np.all((shares >= 0) & (shares <= 1 - lovers + _ROUNDING)):
        raise ValueError(f"haters must be between 0 and 1 - lovers = {1 - lovers:g}, got {shares.tolist()}")
    unasked = np.full(shares.shape, lovers * spontaneous)
    prompted = lovers * (1 - spontaneous) * -np.expm1(-trigger * shares)
    attacks = attack * shares
    return AdvocacyBalance(
        haters=shares,
        spontaneous=unasked,
        prompted=prompted,
        advocates=unasked + prompted,
        attacks=attacks,
        net=unasked + prompted - attacks,
    )


def best_hater_share(
    lovers: float, spontaneous: float = 0.1, trigger: float = 6.0, attack: float = 0.5
) -> float:
    """The share of haters (0 to 1 - lovers) with the highest net advocacy in this model.

    ln(L (1 - s) e / a) / e, where one more hater wakes as many advocates as it attacks; 0 if every hater
    costs more than it wakes (or nothing changes), 1 - lovers if none does. Parameters and errors as in
    `net_advocacy`.
    """
    _check(lovers, spontaneous, trigger, attack)
    woken_by_first = lovers * (1 - spontaneous) * trigger
    if woken_by_first <= attack:
        return 0.0
    if attack == 0:
        return 1 - lovers
    return min(math.log(woken_by_first / attack) / trigger, 1 - lovers)


def _check(lovers: float, spontaneous: float, trigger: float, attack: float) -> None:
    for name, share in (("lovers", lovers), ("spontaneous", spontaneous)):
        if not 0 <= share <= 1:
            raise ValueError(f"{name} must be between 0 and 1, got {share}")
    for name, rate in (("trigger", trigger), ("attack", attack)):
        if not (math.isfinite(rate) and rate >= 0):
            raise ValueError(f"{name} must be a number of at least 0, got {rate}")
