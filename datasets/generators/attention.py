"""How well people choose among 2 to 24 options, with and without a second screen."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

OPTIONS = (2, 6, 12, 24)
PEOPLE_PER_CELL = 75  # of each number of options, with and without a second screen
NOISE = {0: 0.05, 1: 0.4}  # noise variance of an option that gets all attention, by second_screen
CROWD_NOISE = 4.0  # noise variance of the badge "most chosen": as bad as one rating of a crowd of copies
CANDIDATES = 200  # choices drawn per person that is kept
FIRST_SECONDS, SECONDS_PER_OPTION, SLOWER = 6.0, 0.5, 1.2  # median time; the last factor: second screen
TIME_NOISE = 0.35  # standard deviation of the logarithm
SHORTEST, LONGEST = 2.5, 55.0
MILLISECONDS = 30  # rows
NEGATIVE = 12  # rows


def attention(seed: int) -> pd.DataFrame:
    """600 rows, one choice of one person each: 75 people per number of options and second screen.

    The true qualities of the options are standard normal. Each option looks like its quality plus noise of
    variance c n, with c .05 without and .4 with a second screen, and n options; the one that looks best is
    chosen. Of each cell's possible choices 75 are taken evenly from the lowest to the highest quality, so a
    cell's mean is near the model's. The badge is followed with the probability c n / (c n + 4), apart from
    quality. Times are log-normal around (6 + n / 2) seconds, 20 % longer with a second screen. Traps: 30
    times are in milliseconds (2,500 or more; in seconds no time is above 55); 12 other times are negative.
    """
    rng = np.random.default_rng(seed)
    blocks = []
    for options in OPTIONS:
        for screen, noise in NOISE.items():
            quality = rng.normal(size=(CANDIDATES * PEOPLE_PER_CELL, options))
            looks = quality + math.sqrt(noise * options) * rng.normal(size=quality.shape)
            chosen = np.sort(np.take_along_axis(quality, looks.argmax(axis=1)[:, None], 1)[:, 0])
            one_of_each = rng.integers(CANDIDATES, size=PEOPLE_PER_CELL)
            median = (FIRST_SECONDS + SECONDS_PER_OPTION * options) * (SLOWER if screen else 1)
            seconds = median * np.exp(TIME_NOISE * rng.normal(size=PEOPLE_PER_CELL))
            share = noise * options / (noise * options + CROWD_NOISE)
            blocks.append(
                pd.DataFrame(
                    {
                        "n_options": options,
                        "seconds": np.round(np.clip(seconds, SHORTEST, LONGEST), 1),
                        "second_screen": screen,
                        "chosen_quality": np.round(
                            chosen.reshape(PEOPLE_PER_CELL, CANDIDATES)[
                                np.arange(PEOPLE_PER_CELL), one_of_each
                            ],
                            2,
                        ),
                        "followed_crowd": rng.permutation(
                            (np.arange(PEOPLE_PER_CELL) < round(share * PEOPLE_PER_CELL)).astype(int)
                        ),
                    }
                )
            )
    table = pd.concat(blocks, ignore_index=True)
    table = table.loc[rng.permutation(len(table))].reset_index(drop=True)
    faulty = rng.permutation(len(table))
    table.loc[faulty[:MILLISECONDS], "seconds"] = np.round(table.loc[faulty[:MILLISECONDS], "seconds"] * 1000)
    table.loc[faulty[MILLISECONDS : MILLISECONDS + NEGATIVE], "seconds"] *= -1
    table.insert(0, "person", [f"A{number:03d}" for number in range(1, len(table) + 1)])
    return table
