"""A thousand customer journeys through five channels, drawn from a Markov chain with known chances."""

from __future__ import annotations

import numpy as np
import pandas as pd

JOURNEYS = 1000
CHANNELS = ("TV", "Search", "Social", "Store", "Web")
# Chance of each channel as the first touchpoint.
FIRST = (0.35, 0.25, 0.20, 0.12, 0.08)
# From the channel of the row to each channel, then to a purchase; the rest is the end without a purchase.
NEXT = {
    "TV": (0.05, 0.40, 0.05, 0.12, 0.08, 0.00),
    "Search": (0.02, 0.08, 0.05, 0.20, 0.35, 0.02),
    "Social": (0.05, 0.25, 0.10, 0.05, 0.10, 0.00),
    "Store": (0.00, 0.05, 0.00, 0.05, 0.05, 0.45),
    "Web": (0.00, 0.08, 0.02, 0.10, 0.07, 0.35),
}
MEDIAN_REVENUE = 60.0  # euros
SPREAD_OF_REVENUE = 0.5  # standard deviation of the logarithm of revenue
WITH_SPACES = 60  # paths written `TV > Search`
SMALL_LETTERS = 40
CAPITALS = 25


def journeys(seed: int) -> pd.DataFrame:
    """1,000 journeys: the first touchpoint is drawn from FIRST, each next one from the row of NEXT.

    Nobody buys straight after TV or Social: their chance of a purchase as the next step is 0. Revenue is
    log-normal, median 60 euros, and 0 without a purchase. A touchpoint may follow itself (`Search>Search`):
    two contacts. Traps: 60 paths have spaces around `>`, 40 others are in small letters, 25 others in
    capitals.
    """
    rng = np.random.default_rng(seed)
    paths, converted = [], []
    for _ in range(JOURNEYS):
        path, bought = _one_journey(rng)
        paths.append(path)
        converted.append(bought)
    revenue = np.round(np.exp(rng.normal(np.log(MEDIAN_REVENUE), SPREAD_OF_REVENUE, JOURNEYS)), 2)
    written = [">".join(path) for path in paths]
    free = rng.permutation(JOURNEYS)
    several = [place for place in free if len(paths[place]) > 1]
    for place in several[:WITH_SPACES]:
        written[place] = " > ".join(paths[place])
    free = np.setdiff1d(free, several[:WITH_SPACES], assume_unique=True)
    small = rng.choice(free, SMALL_LETTERS, replace=False)
    for place in small:
        written[place] = written[place].lower()
    # A path of TV alone is in capitals anyway.
    visible = [place for place in np.setdiff1d(free, small) if set(paths[place]) != {"TV"}]
    for place in rng.choice(visible, CAPITALS, replace=False):
        written[place] = written[place].upper()
    return pd.DataFrame(
        {
            "journey_id": [f"J{number:04d}" for number in range(1, JOURNEYS + 1)],
            "path": written,
            "converted": converted,
            "revenue_eur": np.where(converted, revenue, 0.0),
        }
    )


def _one_journey(rng: np.random.Generator) -> tuple[list[str], int]:
    """The touchpoints of a journey, and 1 if it ended in a purchase."""
    path = [CHANNELS[rng.choice(len(CHANNELS), p=FIRST)]]
    while True:
        step = int(np.searchsorted(np.cumsum(NEXT[path[-1]]), rng.random(), side="right"))
        if step >= len(CHANNELS):
            return path, int(step == len(CHANNELS))
        path.append(CHANNELS[step])
