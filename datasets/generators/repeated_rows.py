"""Plants repeated rows, a fault that several tables have."""

from __future__ import annotations

import numpy as np
import pandas as pd


def insert_later(
    rng: np.random.Generator, table: pd.DataFrame, repeated: pd.DataFrame, ends: list[int]
) -> pd.DataFrame:
    """`table` with each of the `repeated` rows put after the row that has its index and before row `end`."""
    places = [rng.uniform(first, end) for first, end in zip(repeated.index, ends, strict=True)]
    together = pd.concat([table, repeated.set_axis(places, axis=0)])
    return together.sort_index(kind="stable").reset_index(drop=True)
