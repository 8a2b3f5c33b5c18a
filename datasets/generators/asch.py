"""How often 123 students gave in to a wrong majority in Asch's experiment of 1956."""

from __future__ import annotations

import pandas as pd

# Wrong answers out of 12 critical trials, and per cent of the 123 people.
PER_CENT_BY_ERRORS = {"0": 24, "1-7": 49, "8-12": 27}


def asch() -> pd.DataFrame:
    """3 rows: per cent of people by number of errors. Typed from Asch (1956).

    Trap: `errors` holds ranges (`1-7`), so it is text; the middle of a range is not in the source.
    """
    return pd.DataFrame({"errors": list(PER_CENT_BY_ERRORS), "per_cent": list(PER_CENT_BY_ERRORS.values())})
