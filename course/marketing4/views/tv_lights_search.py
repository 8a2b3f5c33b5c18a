"""The picture of a TV campaign: what is spent, what still works, and what it does to searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import count, plain, signed
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    View,
    hatching,
    marker,
    place,
    polyline,
    rectangle,
    segment,
    text,
)

WEEKS, FIRST_WEEK = 28, 4  # the campaign starts after week 4
LATER = 4  # weeks after the campaign at which the puzzle looks
MOST_TV = 500  # % of normal
LEAST_CHANGE, MOST_CHANGE = -10, 40  # % of normal searches


@dataclass(frozen=True, eq=False)
class TvScene:
    """A campaign and its searches up to a time in weeks.

    `tv` (WEEKS,) is the TV of each week and `working` (WEEKS,) what still works, both in % of normal.
    `expected` (WEEKS,) is the change of searches in the model, `drawn` (WEEKS,) with chance, both in % of
    normal. `later` is the expected change LATER weeks after the campaign, `forever` what the TV would bring
    if the campaign never ended; `half` is the half-life in weeks.
    """

    time: float
    extra: float
    length: int
    retention: float
    tv: NDArray[np.float64]
    working: NDArray[np.float64]
    expected: NDArray[np.float64]
    drawn: NDArray[np.float64]
    later: float
    forever: float
    half: float
    seed: int

    @property
    def week(self) -> int:
        """Whole weeks that have passed."""
        return int(self.time)

    @property
    def last_week(self) -> int:
        """The last week of the campaign."""
        return FIRST_WEEK + self.length

    @property
    def cost(self) -> float:
        """What the campaign costs beyond normal TV, in weeks of normal TV."""
        return self.extra * self.length / 100


class TvLightsSearchView(View[TvScene]):
    """Bars of TV with the line of what still works, above the searches week by week."""

    height = 448

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """TV over weeks, searches over the same weeks."""
        tv = place(figure, 60, 66, 470, 122)
        tv.set(xlim=(0, WEEKS), ylim=(0, MOST_TV), xticks=range(0, WEEKS + 1, 4), yticks=range(0, 501, 100))
        tv.set(ylabel="TV (% of normal)")
        tv.set_title("What is sent, and what still works: a model", pad=30)
        tv.grid(True, axis="y")
        searches = place(figure, 60, 256, 470, 134)
        searches.set(xlim=(0, WEEKS), ylim=(LEAST_CHANGE, MOST_CHANGE), xticks=range(0, WEEKS + 1, 4))
        searches.set(yticks=range(LEAST_CHANGE, MOST_CHANGE + 1, 10), xlabel="Week")
        searches.set(ylabel="Change (% of normal)")
        searches.set_title("Searches for the brand", pad=30)
        searches.grid(True, axis="y")
        return {"tv": tv, "searches": searches}

    def marks(self, scene: TvScene) -> str:
        """The campaign, the stock, and the searches so far."""
        return self._tv(scene) + self._searches(scene)

    def _tv(self, scene: TvScene) -> str:
        plane = self.stage.planes["tv"]
        drawn = []
        normal = plane.y(100)
        drawn.append(rectangle(plane.left, normal, plane.right, plane.bottom, FAINT, opacity=0.7))
        left, right = plane.x(FIRST_WEEK), plane.x(scene.last_week)
        top = plane.y(100 + scene.extra)
        drawn.append(rectangle(left, top, right, normal, ORANGE, opacity=0.35))
        if normal - top > 1:
            drawn.append(hatching(left, top, right, normal, ORANGE, gap=8, width=1))
        drawn.append(rectangle(left, top, right, normal, "none", ORANGE, 1.4))
        passed = self._passed(scene)
        ends = np.arange(1, WEEKS + 1)
        drawn.append(
            polyline(
                [plane.x(0), *(plane.x(float(week)) for week in ends[:passed])],
                [normal, *(plane.y(float(stock)) for stock in scene.working[:passed])],
                BLUE,
                3,
            )
        )
        if passed:
            drawn.append(
                marker("circle", plane.x(passed), plane.y(float(scene.working[passed - 1])), 5.5, BLUE)
            )
        y = plane.top - 12
        drawn += [
            rectangle(plane.left, y - 10, plane.left + 16, y, FAINT),
            text(plane.left + 21, y, "normal TV", size=12),
            rectangle(plane.left + 96, y - 10, plane.left + 112, y, ORANGE, ORANGE, opacity=0.45),
            text(plane.left + 117, y, f"extra: {plain(scene.cost, 1)} weeks of normal", size=12),
            segment(plane.left + 304, y - 4, plane.left + 324, y - 4, BLUE, 3),
            text(plane.left + 329, y, "still works", size=12, colour=BLUE),
            text(self.width - 6, 28, f"seed {scene.seed}", "end", 12, SOFT_INK),
        ]
        return "".join(drawn)

    def _passed(self, scene: TvScene) -> int:
        return min(scene.week, WEEKS)

    def _searches(self, scene: TvScene) -> str:
        plane = self.stage.planes["searches"]
        passed = self._passed(scene)
        drawn = [segment(plane.left, plane.y(0), plane.right, plane.y(0), INK, 1.2)]
        forever = plane.y(min(scene.forever, MOST_CHANGE))
        drawn.append(segment(plane.left, forever, plane.right, forever, SOFT_INK, 1.4, "2 4"))
        look = plane.x(scene.last_week + LATER)
        drawn.append(segment(look, plane.top, look, plane.bottom, SOFT_INK, 1.2, "6 4"))
        points = [
            (plane.x(week + 1), plane.y(min(max(float(change), LEAST_CHANGE), MOST_CHANGE)))
            for week, change in enumerate(scene.drawn[:passed])
        ]
        drawn.append(
            polyline(
                [plane.x(0), *(plane.x(week + 1) for week in range(passed))],
                [plane.y(0), *(plane.y(float(change)) for change in scene.expected[:passed])],
                BLUE,
                2.6,
            )
        )
        drawn += [marker("diamond", x, y, 3.6, PAPER, INK, 1.4) for x, y in points]
        y = plane.top - 12
        drawn += [
            marker("diamond", plane.left + 6, y - 4, 3.6, PAPER, INK, 1.4),
            text(plane.left + 16, y, "searches of a week", size=12),
            segment(plane.left + 140, y - 4, plane.left + 160, y - 4, BLUE, 2.6),
            text(plane.left + 165, y, "the model", size=12, colour=BLUE),
            segment(plane.left + 244, y - 4, plane.left + 268, y - 4, SOFT_INK, 1.4, "2 4"),
            text(plane.left + 273, y, f"if it never ended: {signed(scene.forever, 1)} %", size=12),
            text(
                8,
                self.height - 8,
                f"Upright line: {LATER} weeks after the campaign. Without new TV half is gone in "
                f"{plain(scene.half, 1)} weeks.",
                size=11.5,
                colour=SOFT_INK,
            ),
        ]
        return "".join(drawn)

    def describe(self, scene: TvScene) -> str:
        """The campaign and the searches at this time, in one sentence."""
        passed = self._passed(scene)
        now = "no week has passed yet"
        if passed:
            now = (
                f"after {count(passed, 'week')} {plain(float(scene.working[passed - 1]))} % of normal TV "
                f"still works and the model has searches at {signed(float(scene.expected[passed - 1]), 1)} %"
            )
        return (
            f"Bars of TV with {plain(scene.extra)} % extra in weeks {FIRST_WEEK + 1} to {scene.last_week} "
            f"and a line of what still works, above diamonds of weekly searches: {now}; the model has "
            f"{signed(scene.later, 1)} % {LATER} weeks after the campaign and {signed(scene.forever, 1)} % "
            "if it never ended."
        )


VIEW = TvLightsSearchView()
