"""The long tail: what a shelf leaves out, what a web shop adds, and how recommendations pull demand back.

Teaching assumptions, not findings: tastes follow Zipf's law; a shop with a shelf has the best sellers only,
and who does not find a title there leaves without buying; on the web everything is found; of the web shop's
buyers some do not search but take a title from the list of best sellers.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from numpy.typing import NDArray

from marketing4.models.concentration import concentration_ratio, herfindahl, zipf_shares


@dataclass(frozen=True, eq=False)
class LongTail:
    """Units sold per buyer who comes, by title (arrays (titles,), best seller first) and channel.

    `web` is what the buyers want and sums to 1, as `recommended` does: the web shop with its list. `shelf` is
    `web` cut after the shelf's last title, so it sums to 1 - `lost`.
    """

    shelf_size: int
    shelf: NDArray[np.float64]
    web: NDArray[np.float64]
    recommended: NDArray[np.float64]

    @property
    def lost(self) -> float:
        """Part of the buyers whom the shelf loses."""
        return tail_share(self.web, self.shelf_size)

    @property
    def tail(self) -> float:
        """Part of the web shop's units that no shelf would hold, without recommendations."""
        return tail_share(self.web, self.shelf_size)

    @property
    def recommended_tail(self) -> float:
        """The same with recommendations."""
        return tail_share(self.recommended, self.shelf_size)

    def head(self, channel: str, k: int = 10) -> float:
        """Share of the k best sellers in what a channel ("shelf", "web", "recommended") sells."""
        return concentration_ratio(getattr(self, channel), k)

    def herfindahl(self, channel: str) -> float:
        """Herfindahl-Hirschman index of the titles in what a channel sells, in points."""
        return herfindahl(getattr(self, channel))


def long_tail(
    exponent: float, titles: int, shelf: int, recommendation: float = 0.0, listed: int = 10
) -> LongTail:
    """What a shelf, a web shop, and a web shop with a list of best sellers sell of each title.

    web: w_r = r^(-exponent) / sum (Zipf). shelf: w_r for r up to `shelf`, then 0. recommended: (1 - q) w_r,
    plus q w_r / (w_1 + ... + w_listed) for the titles on the list: a share q (`recommendation`) of the
    buyers takes one of the listed titles, in proportion to their sales, whatever they wanted before.

    exponent: 0 or more; titles: whole, 1 or more; shelf and listed: whole, 1 to titles; recommendation: 0
    to 1. Raises ValueError out of range. The list is an assumption of this model: real recommendations can
    also point to rare titles.
    """
    web = zipf_shares(exponent, titles)
    for name, size in (("shelf", shelf), ("listed", listed)):
        if not isinstance(size, Integral) or isinstance(size, bool) or not 1 <= size <= titles:
            raise ValueError(f"{name} must be a whole number from 1 to {titles}, got {size!r}")
    if not 0 <= recommendation <= 1:
        raise ValueError(f"recommendation must be between 0 and 1, got {recommendation}")
    on_shelf = web.copy()
    on_shelf[shelf:] = 0
    recommended = (1 - recommendation) * web
    recommended[:listed] += recommendation * web[:listed] / web[:listed].sum()
    return LongTail(int(shelf), on_shelf, web, recommended)


def tail_share(shares: NDArray[np.float64], shelf: int) -> float:
    """What the titles after the first `shelf` have of the total, as a part of 1. shares: (titles,), sum 1."""
    return float(np.asarray(shares, dtype=float)[shelf:].sum())


def draw_sales(run: LongTail, buyers: int, seed: int) -> dict[str, NDArray[np.int64]]:
    """Units per title that one random crowd of `buyers` takes, by channel: arrays (titles,).

    Every buyer wants one title by lot. The shelf sells what it has of the titles that the web shop sells,
    so the two differ by the lost sales alone; the web shop with its list draws the buyers anew. The same
    seed draws the same. Raises ValueError if buyers is not a whole number of at least 1.
    """
    if not isinstance(buyers, Integral) or isinstance(buyers, bool) or buyers < 1:
        raise ValueError(f"buyers must be a whole number of at least 1, got {buyers!r}")
    rng = np.random.default_rng(seed)
    web = rng.multinomial(buyers, run.web)
    shelf = web.copy()
    shelf[run.shelf_size :] = 0
    return {"shelf": shelf, "web": web, "recommended": rng.multinomial(buyers, run.recommended)}
