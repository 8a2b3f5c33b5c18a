"""Units of 200 titles in three channels of a bookshop, with second spellings and returns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

# fmt: off
FIRST_WORDS = (
    "Stille", "Blauwe", "Verloren", "Laatste", "Gouden", "Zachte", "Vreemde", "Lange", "Groene", "Oude",
    "Kleine", "Witte", "Verre", "Zilveren", "Warme", "Wilde", "Donkere", "Nieuwe", "Rode", "Lichte",
)
LAST_WORDS = ("Haven", "Winter", "Brief", "Tuin", "Rivier", "Zomer", "Straat", "Droom", "Toren", "Kust")
# fmt: on
ON_SHELF = 60  # titles for which the shop has room; the web shows all
# Demand for the title of rank r is proportional to r ** -exponent (Zipf).
EXPONENT = {"shelf": 1.1, "web": 0.8, "web_reco": 1.0}
UNITS = {"shelf": 18_000, "web": 24_000, "web_reco": 24_000}  # expected units of a channel
SPLIT_ROWS = 9  # per channel: 3 in each of the other spellings
RETURN_ROWS = 6  # per channel
FAVOURITES = 40  # faults are planted among the best-selling titles, where they are seen


def market_share_long(seed: int) -> pd.DataFrame:
    """645 rows: units of 200 titles in 3 channels, 600 first rows, 27 in another spelling, 18 returns.

    Net units (all rows of a title in a channel, added) are Poisson with means that follow Zipf's law:
    exponent 1.1 on the shelf, where only 60 titles stand and the other 140 have 0 units; .8 on the web; 1.0
    on the web with recommendations. Every channel ranks the titles in the same order. Traps: in each channel
    9 titles have a second row, spelled in small letters (3), capitals (3) or with a space at the end (3),
    which holds part of the units (the best-selling title is one of them); 6 titles have a row of returned
    books, with units below zero.
    """
    rng = np.random.default_rng(seed)
    titles = [f"{first} {last}" for first in FIRST_WORDS for last in LAST_WORDS]
    titles = [titles[place] for place in rng.permutation(len(titles))]
    rows: list[tuple[str, str, int]] = []
    for channel, exponent in EXPONENT.items():
        demand = np.arange(1, len(titles) + 1) ** -exponent
        if channel == "shelf":
            demand[ON_SHELF:] = 0
        units = rng.poisson(UNITS[channel] * demand / demand.sum())
        others = 1 + rng.permutation(FAVOURITES - 1)
        split = rng.permuted([0, *others[: SPLIT_ROWS - 1]])
        returned = others[SPLIT_ROWS - 1 :][:RETURN_ROWS]
        for place, spell in zip(split, _spellings(), strict=True):
            part = int(units[place] * rng.uniform(0.2, 0.5))
            units[place] -= part
            rows.append((channel, spell(titles[place]), part))
        for place in returned:
            back = max(1, int(units[place] * rng.uniform(0.05, 0.15)))
            units[place] += back
            rows.append((channel, titles[place], -back))
        rows += [(channel, title, int(sold)) for title, sold in zip(titles, units, strict=True)]
    table = pd.DataFrame(rows, columns=["channel", "title", "units"])
    return table.iloc[rng.permutation(len(table))].reset_index(drop=True)


def _spellings() -> list[Callable[[str], str]]:
    """The other spelling of each of the SPLIT_ROWS titles."""
    return 3 * [str.lower] + 3 * [str.upper] + 3 * [lambda title: f"{title} "]
