"""Reviews of a brand by time: attacks, and defences that follow them."""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST_DAY = pd.Timestamp("2024-01-01")
DAYS = 180
QUIET_ATTACKS, INCIDENTS, ATTACKS_PER_INCIDENT = 140, 4, 40
SPONTANEOUS_DEFENCES, PROMPTED_DEFENCES = 90, 180
NEUTRAL_REVIEWS = 330
DEFENCE_DELAY_DAYS, INCIDENT_LENGTH_DAYS = 1.2, 2.0  # means
SHIFTED_ROWS, SHIFT_HOURS = 30, -9  # UTC-8 instead of UTC+1
AUTHORS = ("lover", "hater", "other")
AUTHOR_SHARES = {"attack": (0.02, 0.76, 0.22), "defence": (0.83, 0.0, 0.17), "neutral": (0.12, 0.08, 0.80)}


def reviews_timeline(seed: int) -> pd.DataFrame:
    """900 reviews of one brand in 180 days: attacks, defences and neutral ones, in order of their true time.

    Attacks come at random and in 4 incidents of 40; 90 defences come at random, 180 follow an attack after an
    exponential delay of 1.2 days on average (a Hawkes-like process with fixed numbers). Trap: 30 rows, note
    `clock=UTC-8`, were stamped by a clock that runs 9 hours behind the others (UTC+1).
    """
    rng = np.random.default_rng(seed)
    starts = rng.uniform(0, DAYS, INCIDENTS)
    attacks = np.concatenate(
        [
            rng.uniform(0, DAYS, QUIET_ATTACKS),
            _delayed(rng, np.repeat(starts, ATTACKS_PER_INCIDENT), INCIDENT_LENGTH_DAYS),
        ]
    )
    defences = np.concatenate(
        [
            rng.uniform(0, DAYS, SPONTANEOUS_DEFENCES),
            _delayed(rng, rng.choice(attacks, PROMPTED_DEFENCES), DEFENCE_DELAY_DAYS),
        ]
    )
    when = np.concatenate([attacks, defences, rng.uniform(0, DAYS, NEUTRAL_REVIEWS)])
    kinds = np.repeat(["attack", "defence", "neutral"], [len(attacks), len(defences), NEUTRAL_REVIEWS])
    order = np.argsort(when, kind="stable")
    stamps = FIRST_DAY + pd.to_timedelta(np.floor(when[order] * 24 * 60), unit="min")
    # A shifted stamp before the first day would give the trap away.
    late_enough = np.flatnonzero(when[order] * 24 >= -SHIFT_HOURS)
    shifted = np.zeros(len(order), dtype=bool)
    shifted[rng.choice(late_enough, SHIFTED_ROWS, replace=False)] = True
    stamps = stamps + pd.to_timedelta(np.where(shifted, SHIFT_HOURS, 0), unit="h")
    return pd.DataFrame(
        {
            "review_id": [f"V{number:03d}" for number in range(1, len(order) + 1)],
            "day": stamps.strftime("%Y-%m-%d"),
            "time": stamps.strftime("%H:%M"),
            "type": kinds[order],
            "author_type": [rng.choice(AUTHORS, p=AUTHOR_SHARES[kind]) for kind in kinds[order]],
            "note": np.where(shifted, "clock=UTC-8", ""),
        }
    )


def _delayed(rng: np.random.Generator, start: np.ndarray, mean_days: float) -> np.ndarray:
    """Times after `start` by an exponential delay, redrawn where it would end after the last day."""
    times = start + rng.exponential(mean_days, len(start))
    while (late := times >= DAYS).any():
        times[late] = start[late] + rng.exponential(mean_days, late.sum())
    return times
