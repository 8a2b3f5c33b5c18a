"""The picture of the loop from exclusive to inclusive: who has bought, who can pay, and where it stalls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.inclusion_loop import DrawnInclusion, Inclusion
from marketing4.views.numbers import percent, plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    SOFT_INK,
    VERMILION,
    View,
    marker,
    place,
    polyline,
    segment,
    spread,
    text,
)

HOUSEHOLDS, PERIODS = 150, 24
COLUMNS = 10


@dataclass(frozen=True, eq=False)
class InclusionScene:
    """One random market and the average of all, up to a time in periods.

    `bought_at` (HOUSEHOLDS,) is the moment at which each household of the random market bought (infinite if
    never), in the order of its ascending incomes: the purchases of a period spread evenly over it.
    """

    time: float
    average: Inclusion
    market: DrawnInclusion
    bought_at: NDArray[np.float64]
    budget_share: float
    margin: float
    seed: int
    is_first_setting: bool

    @property
    def period(self) -> int:
        """Whole periods that have passed."""
        return int(self.time)

    @property
    def price(self) -> float:
        """The price of the present period in the random market."""
        return float(self.market.price[self.period])

    @property
    def has_bought(self) -> NDArray[np.bool_]:
        """Which households own the product at this time."""
        return self.bought_at <= self.time

    @property
    def can_pay(self) -> NDArray[np.bool_]:
        """Which households can pay the present price."""
        return self.budget_share * self.market.incomes >= self.price

    @property
    def end(self) -> float:
        """The share of households that have bought when the average loop stalls."""
        return self.average.limit - float(self.average.adopted[0])


class InclusionLoopView(View[InclusionScene]):
    """A market of households ordered by income beside the curves of its loop."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A plane without axes for the households, and shares of them over periods."""
        people = place(figure, 8, 62, 165, 246)
        people.set_axis_off()
        people.set(xlim=(0, COLUMNS), ylim=(HOUSEHOLDS / COLUMNS, 0))
        people.set_title(f"{HOUSEHOLDS} households", pad=26)
        growth = place(figure, 236, 62, 204, 264)
        growth.set(xlim=(0, PERIODS), ylim=(0, 100), xticks=range(0, PERIODS + 1, 4))
        growth.set(yticks=range(0, 101, 20), xlabel="Period", ylabel="Households (%)")
        growth.set_title("Cheaper, so more buy, so cheaper", pad=26)
        growth.grid(True, axis="y")
        return {"people": people, "growth": growth}

    def marks(self, scene: InclusionScene) -> str:
        """Who has bought, who could, who cannot; and the curves of this market and of the average."""
        return self._people(scene) + self._growth(scene)

    def _people(self, scene: InclusionScene) -> str:
        plane = self.stage.planes["people"]
        owns, able = scene.has_bought, scene.can_pay
        buyers, waiting, others = [], [], []
        for rank in range(HOUSEHOLDS):
            x, y = plane.x(rank % COLUMNS + 0.5), plane.y(rank // COLUMNS + 0.5)
            household = HOUSEHOLDS - 1 - rank  # the richest first
            if owns[household]:
                buyers.append(f"M{x:.1f} {y:.1f}h0")
            elif able[household]:
                waiting.append(marker("diamond", x, y, 4.4, ORANGE, INK, 1))
            else:
                others.append(f"M{x:.1f} {y:.1f}h0")
        left, y = plane.left + 6, plane.bottom + 20
        return (
            # A line without length and with round ends is a dot: the shortest mark there is.
            f'<path d="{"".join(others)}" stroke="{FAINT}" stroke-width="6" stroke-linecap="round"/>'
            f'<path d="{"".join(buyers)}" stroke="{BLUE}" stroke-width="11" stroke-linecap="round"/>'
            + "".join(waiting)
            + text(plane.left, plane.top - 10, "the richest at the top", size=11.5, colour=SOFT_INK)
            + marker("circle", left, y - 4, 5.5, BLUE, BLUE)
            + text(left + 12, y, f"{int(owns.sum())} have bought", colour=BLUE)
            + marker("diamond", left, y + 14, 4.4, ORANGE, INK, 1)
            + text(left + 12, y + 18, f"{len(waiting)} can pay, not yet")
            + marker("circle", left, y + 32, 3, FAINT, FAINT)
            + text(left + 12, y + 36, f"{len(others)} cannot pay", colour=SOFT_INK)
        )

    def _growth(self, scene: InclusionScene) -> str:
        plane = self.stage.planes["growth"]
        ends = np.arange(PERIODS + 1)
        walked = np.append(ends[ends < scene.time], scene.time)
        xs = [plane.x(period) for period in walked]
        bought = 100 * np.interp(walked, ends, scene.market.buyers)
        able = 100 * np.interp(walked, ends, scene.market.reach)
        stall = plane.y(100 * scene.end)
        y_bought, y_able = plane.y(float(bought[-1])), plane.y(float(able[-1]))
        labels = spread([y_bought + 1, y_able, stall - 1], 38, plane.top + 8, plane.bottom - 14)
        left = plane.right + 8
        return (
            segment(plane.left, stall, plane.right, stall, SOFT_INK, 1, "1 4")
            + polyline(
                (plane.x(period) for period in range(PERIODS + 1)),
                (plane.y(100 * share) for share in scene.average.buyers),
                SOFT_INK,
                2,
                "6 4",
            )
            + polyline(xs, (plane.y(y) for y in able), VERMILION, 2, "2 3")
            + polyline(xs, (plane.y(y) for y in bought), BLUE, 3)
            + marker("triangle", xs[-1], y_able, 5, VERMILION)
            + marker("circle", xs[-1], y_bought, 5.5, BLUE)
            + text(left, labels[0], "have bought", colour=BLUE, bold=True)
            + text(left, labels[0] + 16, percent(float(bought[-1]) / 100), colour=BLUE, bold=True)
            + text(left, labels[1], "can pay", colour=VERMILION, bold=True)
            + text(left, labels[1] + 16, percent(float(able[-1]) / 100), colour=VERMILION, bold=True)
            + text(left, labels[2], "average ends", colour=SOFT_INK)
            + text(left, labels[2] + 16, f"at {percent(scene.end)}", colour=SOFT_INK)
            + text(
                plane.left,
                plane.top - 10,
                f"Price {plain(scene.price)} euros, seed {scene.seed}",
                bold=True,
            )
        )

    def describe(self, scene: InclusionScene) -> str:
        """Who has bought and who can pay at this time, in one sentence."""
        return (
            f"A market of {HOUSEHOLDS} households ordered by income in period {scene.period}: at a price of "
            f"{plain(scene.price)} euros {int(scene.can_pay.sum())} can pay and "
            f"{int(scene.has_bought.sum())} have bought; beside it the curve of buyers follows the curve of "
            f"those who can pay, and the dashed average of all markets stalls at {percent(scene.end)}."
        )


VIEW = InclusionLoopView()
