"""Galton's table of 787 guesses of the weight of an ox, as he printed it in 1907."""

from __future__ import annotations

import pandas as pd

# Per cent of the guesses that lie below, and the guess at that place in pounds.
PERCENTILES = {
    5: 1074,
    10: 1109,
    15: 1126,
    20: 1148,
    25: 1162,
    30: 1174,
    35: 1181,
    40: 1188,
    45: 1197,
    50: 1207,
    55: 1214,
    60: 1219,
    65: 1225,
    70: 1230,
    75: 1236,
    80: 1243,
    85: 1254,
    90: 1267,
    95: 1293,
}


def galton() -> pd.DataFrame:
    """19 rows: every fifth percentile of 787 guesses, in pounds. Typed from Galton (1907). No traps."""
    return pd.DataFrame({"percentile": list(PERCENTILES), "pounds": list(PERCENTILES.values())})
