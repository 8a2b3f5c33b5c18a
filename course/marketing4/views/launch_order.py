"""The picture of three launch orders: who can pay in the emerging market, and what the firm earns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.launch_order import LaunchOrder
from marketing4.views.numbers import percent, plain, signed
from marketing4.views.stage import (
    BLUE,
    INK,
    SOFT_INK,
    VERMILION,
    Plane,
    Shape,
    View,
    marker,
    place,
    polyline,
    segment,
    spread,
    text,
)

YEARS = 20
BILLION = 1000  # the model counts millions
FLOOR, CEILING = -20, 30  # billions of euros

NAMES = {"developed_first": "developed first", "emerging_first": "emerging first", "both": "both at once"}
LOOKS: dict[str, tuple[str, str, Shape]] = {
    "developed_first": (BLUE, "", "circle"),
    "emerging_first": (VERMILION, "8 4", "triangle"),
    "both": (INK, "2 3", "square"),
}


@dataclass(frozen=True, eq=False)
class LaunchScene:
    """Three launch orders up to a time in years.

    `drawn` holds for each order the share of `households` drawn at random in the emerging market that can pay
    at the present year.
    """

    time: float
    runs: Mapping[str, LaunchOrder]
    drawn: Mapping[str, float]
    households: int
    seed: int
    is_first_setting: bool

    @property
    def year(self) -> int:
        """Whole years that have passed."""
        return int(self.time)

    def reach(self, order: str) -> float:
        """The share of emerging households that can pay for it at this time."""
        return float(np.interp(self.time, np.arange(YEARS + 1), self.runs[order].reach[1]))

    def earned(self, order: str) -> float:
        """What the order has earned so far, in billions, in money of the first year."""
        return float(np.interp(self.time, np.arange(YEARS + 1), self.runs[order].earned)) / BILLION


class LaunchOrderView(View[LaunchScene]):
    """Reach in the emerging market above, earnings below, over the same years."""

    height = 452

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Households in per cent and money in billions over years."""
        reach = place(figure, 58, 62, 284, 160)
        reach.set(xlim=(0, YEARS), ylim=(0, 100), xticks=range(0, YEARS + 1, 5), yticks=range(0, 101, 25))
        reach.set_ylabel("Households (%)")
        reach.set_title("Emerging households that can pay", pad=26)
        reach.grid(True, axis="y")
        earned = place(figure, 58, 280, 284, 122)
        earned.set(xlim=(0, YEARS), ylim=(FLOOR, CEILING), xticks=range(0, YEARS + 1, 5))
        earned.set(yticks=range(FLOOR, CEILING + 1, 10), xlabel="Year", ylabel="Billion (euros)")
        earned.set_title("What the firm has earned, discounted")
        earned.grid(True, axis="y")
        earned.axhline(0, color="#9AA5B1", linewidth=1)
        return {"reach": reach, "earned": earned}

    def marks(self, scene: LaunchScene) -> str:
        """Three curves in each plane as far as time has run, and the households drawn."""
        plane = self.stage.planes["reach"]
        half = plane.y(50)
        return (
            segment(plane.left, half, plane.right, half, SOFT_INK, 1, "1 4")
            + self._households(plane, scene)
            + self._curves(
                plane,
                scene,
                {order: 100 * run.reach[1] for order, run in scene.runs.items()},
                {order: percent(scene.reach(order)) for order in NAMES},
            )
            + self._curves(
                self.stage.planes["earned"],
                scene,
                {order: run.earned / BILLION for order, run in scene.runs.items()},
                {order: signed(scene.earned(order), 1) for order in NAMES},
            )
            + text(
                plane.left,
                plane.top - 10,
                f"hollow: {scene.households} emerging households drawn (seed {scene.seed})",
                size=11.5,
                colour=SOFT_INK,
            )
        )

    def _curves(
        self, plane: Plane, scene: LaunchScene, series: Mapping[str, np.ndarray], words: Mapping[str, str]
    ) -> str:
        years = np.arange(YEARS + 1)
        walked = np.append(years[years < scene.time], scene.time)
        xs = plane.x_offset + plane.x_scale * walked
        drawn, ends = [], []
        for order in NAMES:
            colour, dash, shape = LOOKS[order]
            values = np.clip(np.interp(walked, years, series[order]), FLOOR, 100)
            ys = plane.y_offset + plane.y_scale * values
            ends.append(float(ys[-1]))
            drawn.append(polyline(xs, ys, colour, 2.6, dash))
            drawn.append(marker(shape, float(xs[-1]), ends[-1], 5, colour))
        placed = spread([end + 4 for end in ends], 18, plane.top + 8, plane.bottom)
        for order, y in zip(NAMES, placed, strict=True):
            colour, dash, _ = LOOKS[order]
            left = plane.right + 14
            drawn.append(segment(left, y - 4, left + 20, y - 4, colour, 2.4, dash))
            drawn.append(
                text(left + 25, y, f"{NAMES[order]} {words[order]}", colour=colour, size=12, bold=True)
            )
        return "".join(drawn)

    def _households(self, plane: Plane, scene: LaunchScene) -> str:
        x = plane.x(scene.time)
        return "".join(
            marker(LOOKS[order][2], x, plane.y(100 * share), 8, "none", LOOKS[order][0], 1.4)
            for order, share in scene.drawn.items()
        )

    def describe(self, scene: LaunchScene) -> str:
        """Reach and earnings of the three orders at this time, in one sentence."""
        parts = [
            f"{percent(scene.reach(order))} and {plain(scene.earned(order), 1)} billion euros with {name}"
            for order, name in NAMES.items()
        ]
        return (
            f"Three curves over {YEARS} years, drawn to year {scene.year}, of the emerging households that "
            f"can pay and, below, of what the firm has earned: {parts[0]}, {parts[1]}, {parts[2]}."
        )


VIEW = LaunchOrderView()
