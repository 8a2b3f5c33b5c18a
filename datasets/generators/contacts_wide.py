"""How often customers contact a shop, with repeated rows and four spellings of "town"."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from generators.repeated_rows import insert_later

CUSTOMERS = 394
MISSING_AGES = 9
CITY_SPELLINGS = {"Stad": 11, "stad ": 9, "STAD": 6}  # planted in first rows; two repeated rows add one each
CONNECTEDNESS_AND_AGE = -0.2  # correlation of the latent connectedness with age


def contacts_wide(seed: int) -> pd.DataFrame:
    """400 rows, 394 customers: how often each contacts a shop per month, through which channel.

    Contacts are Poisson with means that depend on age and on a latent connectedness which is nearly
    independent of age. Traps: 6 repeated customer_id (2 rows are copies, 2 differ in age, 2 in the spelling
    of city_type), 9 missing ages, city_type spelled `Stad` (12 rows), `stad ` (9) and `STAD` (7).
    """
    rng = np.random.default_rng(seed)
    age = np.clip(np.rint(rng.normal(44, 15, CUSTOMERS)), 18, 85)
    old = (age - age.mean()) / age.std()
    rho = CONNECTEDNESS_AND_AGE
    connected = rho * old + math.sqrt(1 - rho**2) * rng.normal(size=CUSTOMERS)
    table = pd.DataFrame(
        {
            "customer_id": [f"K{number:04d}" for number in range(1, CUSTOMERS + 1)],
            "age": pd.array(age.astype(int), dtype="Int64"),
            "city_type": np.where(rng.random(CUSTOMERS) < 0.65, "stad", "dorp"),
            "chat": rng.poisson(np.exp(0.7 + 0.55 * connected - 0.25 * old)),
            "store": rng.poisson(np.exp(1.0 - 0.10 * connected + 0.10 * old)),
            "phone": rng.poisson(np.exp(0.1 + 0.15 * connected + 0.30 * old)),
            "email": rng.poisson(np.exp(0.9 + 0.35 * connected)),
            "connected_friends": rng.poisson(np.maximum(40 + 15 * connected, 1)),
        }
    )
    town = rng.permutation(np.flatnonzero(table["city_type"] == "stad"))
    copied, older, respelled = np.split(rng.permutation(town[:6]), 3)
    position = 6
    for spelling, rows in CITY_SPELLINGS.items():
        table.loc[town[position : position + rows], "city_type"] = spelling
        position += rows
    others = np.setdiff1d(np.arange(CUSTOMERS), town[:6])
    table.loc[rng.choice(others, MISSING_AGES, replace=False), "age"] = pd.NA

    repeated = table.loc[[*copied, *older, *respelled]].copy()
    repeated.loc[older, "age"] += 1
    repeated.loc[respelled, "city_type"] = ["Stad", "STAD"]
    return insert_later(rng, table, repeated, [CUSTOMERS] * len(repeated))
