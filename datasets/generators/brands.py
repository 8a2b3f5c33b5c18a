"""Lovers and haters of twelve brands: two as published, ten synthetic."""

from __future__ import annotations

import numpy as np
import pandas as pd

LUO_WILES_RAITHEL = (
    "Luo, X., Wiles, M. and Raithel, S. (2013). Make the Most of a Polarizing Brand. "
    "Harvard Business Review, November 2013 (YouGov BrandIndex data)"
)
# Lovers and haters in per cent, as published; the neutral share is what is left of 100.
PUBLISHED_BRANDS = {"McDonald's": (33, 29), "Starbucks": (30, 23)}
# In each pair the first brand divides people, the second leaves them cool; lovers minus haters is equal.
BRAND_PAIRS = (
    ("Brugpils", "Papier Volant"),
    ("Fanfare Bleue", "Tramlijn Nul"),
    ("Norðurljós Café", "Brume du Matin"),
    ("Molenrak Kaas", "Hraunbrauð"),
    ("Zwanenveer", "Citronnade Zélie"),
)
SUMS_OF_SYNTHETIC_BRANDS = (99, 99, 101, 101, 100, 100, 100, 100, 100, 100)


def brands(seed: int) -> pd.DataFrame:
    """12 brands with the shares (per cent) of lovers, haters and neutral people.

    Two brands carry published figures, ten are synthetic: five pairs with the same lovers minus haters, one
    brand divided and the other lukewarm. Trap: shares are rounded one by one, so two rows sum to 99 and two
    to 101.
    """
    rng = np.random.default_rng(seed)
    rows = [
        (brand, lovers, haters, 100 - lovers - haters, "published", LUO_WILES_RAITHEL)
        for brand, (lovers, haters) in PUBLISHED_BRANDS.items()
    ]
    sums = iter(rng.permutation(SUMS_OF_SYNTHETIC_BRANDS).tolist())
    for divided, lukewarm in BRAND_PAIRS:
        net = int(rng.integers(-6, 13))
        for brand, fewest, most in ((divided, 28, 40), (lukewarm, 7, 14)):
            haters = int(rng.integers(fewest, most + 1))
            lovers = haters + net
            rows.append((brand, lovers, haters, next(sums) - lovers - haters, "synthetic", "synthetic"))
    columns = ["brand", "lovers_pct", "haters_pct", "neutral_pct", "status", "source"]
    return pd.DataFrame([rows[place] for place in rng.permutation(len(rows))], columns=columns)
