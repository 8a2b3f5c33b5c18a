"""How many people trust which form of advertising, in four surveys: typed from Nielsen's figures."""

from __future__ import annotations

import pandas as pd

YEARS = ("2007", "2011", "2013", "2015")
# People who trust the form completely or somewhat, per cent; None where the form was not asked about.
TRUST: tuple[tuple[str, str, tuple[int | None, ...]], ...] = (
    ("Recommendations from people I know", "earned", (78, 92, 84, 83)),
    ("Branded websites", "owned", (60, 58, 69, 70)),
    ("Consumer opinions posted online", "earned", (61, 70, 68, 66)),
    ("Editorial content", "earned", (None, 58, 67, 66)),
    ("Ads on TV", "paid", (56, 47, 62, 63)),
    ("Brand sponsorships", "paid", (49, 47, 61, 61)),
    ("Ads in newspapers", "paid", (63, 46, 61, 60)),
    ("Ads in magazines", "paid", (56, 47, 60, 58)),
    ("Billboards and other outdoor ads", "paid", (53, 47, 57, 56)),
    ("E-mails I signed up for", "owned", (49, 50, 56, 56)),
    ("TV programme product placements", "paid", (None, 40, 55, 55)),
    ("Ads before movies", "paid", (38, 41, 56, 54)),
    ("Ads on radio", "paid", (54, 42, 57, 54)),
    ("Online video ads", "paid", (None, 36, 48, 48)),
    ("Ads in search engine results", "paid", (34, 40, 48, 47)),
    ("Ads on social networks", "paid", (None, 36, 48, 46)),
    ("Display ads on mobile devices", "paid", (None, 33, 45, 43)),
    ("Online banner ads", "paid", (26, 33, 42, 42)),
    ("Text ads on mobile phones", "paid", (18, 29, 37, 36)),
)


def trust() -> pd.DataFrame:
    """19 forms of advertising with their class and the share (per cent) who trust them, one column per year.

    Traps: the years are names of columns, so the table is wide; five forms have no figure for 2007 (blank).
    """
    table = pd.DataFrame([(form, kind) for form, kind, _ in TRUST], columns=["format", "class"])
    for place, year in enumerate(YEARS):
        table[year] = pd.array([shares[place] for *_, shares in TRUST], dtype="Int64")
    return table
