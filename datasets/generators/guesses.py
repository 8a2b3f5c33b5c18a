"""Five rounds of guesses of one weight, alone and with the guesses of others in view."""

from __future__ import annotations

import numpy as np
import pandas as pd

TRUTH_KG = 540
CONDITIONS = ("none", "mean", "full")
PEOPLE_PER_CONDITION = 16
ROUNDS = 5
SPREAD = 0.6  # standard deviation of the logarithm of a first guess
PULL = 0.3  # part of the way to the group's mean that a guess moves per round, where others are shown
SECOND_THOUGHTS = 0.03  # standard deviation of the logarithm of a person's own change per round
POUNDS_PER_KG = 2.20462
EXTRA_ZEROS = 2


def guesses(seed: int) -> pd.DataFrame:
    """240 rows: 48 people guess the weight of an ox in five rounds, 16 people in each of three conditions.

    First guesses are log-normal around the truth (median 540 kg, sd of the logarithm 0.6). In `none` nobody
    sees anything. In `mean` and in `full` each guess moves 30 % towards the mean of the group's last round.
    Everybody changes a little per round (sd of the logarithm 0.03). Traps: 1 guess of a person in `mean` is
    written in pounds (unit `lb`); 2 guesses in `none`, of two people, in two of the rounds 2 to 5, carry a
    zero too much (ten times the guess).
    """
    rng = np.random.default_rng(seed)
    blocks = {}
    for condition in CONDITIONS:
        guess = np.empty((ROUNDS, PEOPLE_PER_CONDITION))
        guess[0] = TRUTH_KG * np.exp(rng.normal(0, SPREAD, PEOPLE_PER_CONDITION))
        for place in range(1, ROUNDS):
            last = guess[place - 1]
            pull = 0.0 if condition == "none" else PULL
            moved = last + pull * (last.mean() - last)
            guess[place] = moved * np.exp(rng.normal(0, SECOND_THOUGHTS, PEOPLE_PER_CONDITION))
        blocks[condition] = np.rint(guess)
    rounds = 1 + rng.choice(np.arange(1, ROUNDS), EXTRA_ZEROS, replace=False)
    for number, person in zip(
        rounds, rng.choice(PEOPLE_PER_CONDITION, EXTRA_ZEROS, replace=False), strict=True
    ):
        blocks["none"][number - 1, person] *= 10
    in_pounds = (int(rng.integers(1, ROUNDS)), int(rng.integers(PEOPLE_PER_CONDITION)))
    blocks["mean"][in_pounds] = np.rint(blocks["mean"][in_pounds] * POUNDS_PER_KG)

    rows = []
    for block, condition in enumerate(CONDITIONS):
        for person in range(PEOPLE_PER_CONDITION):
            name = f"G{block * PEOPLE_PER_CONDITION + person + 1:02d}"
            for place in range(ROUNDS):
                unit = "lb" if condition == "mean" and (place, person) == in_pounds else "kg"
                rows.append(
                    (name, place + 1, condition, int(blocks[condition][place, person]), unit, TRUTH_KG)
                )
    return pd.DataFrame(rows, columns=["person", "round", "condition", "guess", "unit", "truth"])
