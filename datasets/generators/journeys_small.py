"""Two hundred journeys as a table of frequencies: an exact example, fixed in every number."""

from __future__ import annotations

import pandas as pd

# Path, 1 if it ended in a purchase, number of journeys: 200 journeys, 80 purchases.
FREQUENCIES = (
    ("TV>Search>Web", 1, 30),
    ("TV>Search>Store", 1, 20),
    ("TV", 0, 50),
    ("Search>Web", 0, 40),
    ("Search>Web", 1, 10),
    ("Store", 1, 15),
    ("Store", 0, 20),
    ("Social>Search>Web", 0, 10),
    ("Social>Search>Web", 1, 5),
)


def journeys_small() -> pd.DataFrame:
    """9 rows: a path, whether it ended in a purchase, and how many journeys were like that.

    Synthetic but fixed, so that every result is exact. Trap: a row is not a journey but `n` journeys, and the
    same path stands in two rows if some of its journeys ended in a purchase and others did not.
    """
    return pd.DataFrame(FREQUENCIES, columns=["path", "converted", "n"])
