"""How often people saw an advert, how they like the brand, and whether they remember the advert."""

from __future__ import annotations

import numpy as np
import pandas as pd

PEOPLE = 500
MOST_EXPOSURES = 25
OFTEN, OFTEN_FROM = 12, 20  # people who saw it 20 times or more
MEAN_EXPOSURES, SHAPE = 7.0, 2.5  # of a gamma-Poisson distribution, for everybody else
NEVER_SEEN, FIRST_GAIN, WEAR_OUT = 3.0, 0.28, -0.014  # attitude; best after 10 exposures
ATTITUDE_NOISE = 0.7  # standard deviation
LOWEST, HIGHEST = 1, 7
FORGOTTEN = 0.85  # chance that one exposure leaves nothing in memory


def ad_exposure(seed: int) -> pd.DataFrame:
    """500 rows, one person each: exposures (0 to 25), attitude (1 to 7, one decimal), recall (0 or 1).

    Attitude is 3 + .28 n - .014 n² plus normal noise (sd .7), cut off at 1 and 7: best after 10 exposures.
    Recall has the probability 1 - .85 ** n. Trap: only 12 people saw the advert 20 times or more, so what
    happens there is uncertain; no other fault.
    """
    rng = np.random.default_rng(seed)
    pool = rng.poisson(rng.gamma(SHAPE, MEAN_EXPOSURES / SHAPE, 10 * PEOPLE))
    exposures = np.concatenate(
        [
            pool[pool < OFTEN_FROM][: PEOPLE - OFTEN],
            rng.integers(OFTEN_FROM, MOST_EXPOSURES, OFTEN, endpoint=True),
        ]
    )
    exposures = rng.permutation(exposures)
    attitude = NEVER_SEEN + FIRST_GAIN * exposures + WEAR_OUT * exposures**2
    attitude = np.clip(attitude + ATTITUDE_NOISE * rng.normal(size=PEOPLE), LOWEST, HIGHEST)
    recall = rng.random(PEOPLE) < 1 - FORGOTTEN**exposures
    return pd.DataFrame(
        {
            "person": [f"V{number:03d}" for number in range(1, PEOPLE + 1)],
            "exposures": exposures,
            "attitude": np.round(attitude, 1),
            "recall": recall.astype(int),
        }
    )
