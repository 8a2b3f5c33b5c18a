"""Downloads of the same 48 songs in nine worlds: in eight of them listeners see what others downloaded."""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST_WORDS = ("Amber", "Borrowed", "Crooked", "Distant", "Eleventh", "Frozen", "Golden", "Hollow")
SECOND_WORDS = ("Harbour", "Umbrella", "Ferry", "Orchard", "Staircase", "Lantern")
SONGS = tuple(f"{first} {second}" for first in FIRST_WORDS for second in SECOND_WORDS)
WORLDS = 8  # in which downloads are shown
LISTENERS_PER_WORLD = 700
INDEPENDENT_LISTENERS = 1400
INFLUENCE = 0.6  # part of a choice that follows the downloads so far
SPREAD_OF_APPEAL = 0.25  # standard deviation of the logarithm of a song's appeal


def music_worlds(seed: int) -> pd.DataFrame:
    """432 rows: the downloads of 48 songs in the world `indep` and in the worlds 1 to 8.

    Each listener downloads one song. In `indep` (1,400 listeners) a song is chosen by its appeal alone. In
    the others (700 listeners each, one after another) the chance of a song is 0.4 times its share of appeal
    plus 0.6 times its share of the downloads so far, each song starting at 1. All worlds have the same songs
    with the same appeal. Trap: `indep` is twice as large, so only shares can be compared.
    """
    rng = np.random.default_rng(seed)
    appeal = np.exp(rng.normal(0, SPREAD_OF_APPEAL, len(SONGS)))
    appeal /= appeal.sum()
    independent = rng.multinomial(INDEPENDENT_LISTENERS, appeal)
    seen = np.ones((WORLDS, len(SONGS)))
    worlds = np.arange(WORLDS)
    for draw in rng.random((LISTENERS_PER_WORLD, WORLDS)):
        chance = (1 - INFLUENCE) * appeal + INFLUENCE * seen / seen.sum(axis=1, keepdims=True)
        reached = chance.cumsum(axis=1)
        chosen = (reached < draw[:, np.newaxis] * reached[:, -1:]).sum(axis=1)
        seen[worlds, chosen] += 1
    downloads = np.vstack([independent, seen.astype(int) - 1])
    names = ["indep", *(str(world) for world in range(1, WORLDS + 1))]
    return pd.DataFrame(
        {
            "world": np.repeat(names, len(SONGS)),
            "song": np.tile(SONGS, len(names)),
            "downloads": downloads.ravel(),
        }
    )
