"""Shoppers at a tasting table with 24 jams or with 6: how many stopped, and how many of these bought."""

from __future__ import annotations

import pandas as pd

# Jams on the table; per cent of passers-by who stopped; per cent of those who stopped who bought a jam.
FIGURES = ((24, 60, 3), (6, 40, 30))


def jam_study() -> pd.DataFrame:
    """2 rows, one per table. Typed from reports of Iyengar and Lepper (2000), in whole per cent.

    Trap: the two percentages have different wholes; `bought_pct` counts only the people who stopped.
    """
    return pd.DataFrame(FIGURES, columns=["jams", "stopped_pct", "bought_pct"])
