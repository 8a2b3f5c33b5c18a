"""How many people use the internet, by region, in four years: typed from a table of the ITU's estimates."""

from __future__ import annotations

import pandas as pd

YEARS = (2005, 2010, 2017, 2023)
# Individuals who use the internet, per cent of the people. Only 2017 was found with a decimal.
SHARES = {
    "world": (16, 30, 48, 67),
    "developing": (8, 21, 41.3, 60),
    "developed": (51, 67, 81, 93),
    "Africa": (2, 10, 21.8, 37),
    "Americas": (36, 49, 65.9, 87),
    "Arab States": (8, 26, 43.7, 69),
    "Asia-Pacific": (9, 23, 43.9, 66),
    "CIS": (10, 34, 67.7, 89),
    "Europe": (46, 67, 79.6, 91),
}


def internet_use() -> pd.DataFrame:
    """36 rows: 9 regions in 4 years, with the share (per cent) of the people who use the internet.

    Trap: `region` mixes the world, two groups of countries that make up the world, and six regions that make
    up the world too. Adding or averaging all nine counts everyone three times.
    """
    rows = [
        (region, year, share)
        for region, shares in SHARES.items()
        for year, share in zip(YEARS, shares, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["region", "year", "individuals_using_pct"])
    # As typed: 67, not 67.0, which would claim a precision that the source does not have.
    text = [f"{share:g}" for share in table["individuals_using_pct"]]
    return table.assign(individuals_using_pct=text)
