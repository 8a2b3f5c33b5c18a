"""How many shoppers of a retailer use one channel or several, and how much more they spend: typed figures."""

from __future__ import annotations

import pandas as pd

# Figure, kind, per cent: Sopadjieva, Dholakia and Benjamin (2017), about 46,000 shoppers of one retailer.
FIGURES = (
    ("online only", "share of shoppers", 7),
    ("store only", "share of shoppers", 20),
    ("several channels", "share of shoppers", 73),
    ("several channels, in the store", "more spent", 4),
    ("several channels, online", "more spent", 10),
    ("four or more channels, in the store", "more spent", 9),
    ("looked on the retailer's site first, in the store", "more spent", 13),
)


def channel_shares() -> pd.DataFrame:
    """7 rows: three shares of shoppers, then four differences in average spending.

    Typed from Sopadjieva, Dholakia and Benjamin (2017). Trap: `per_cent` holds two kinds of percentages, and
    only those of the kind `share of shoppers` sum to 100.
    """
    return pd.DataFrame(FIGURES, columns=["figure", "kind", "per_cent"])
