"""The picture of interaction cost: possible deals from most to least worth, and the cost they must beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import count, percent, plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    SOFT_INK,
    VERMILION,
    View,
    marker,
    place,
    polyline,
    segment,
    text,
)

DEALS = 100
LABEL_HEIGHT = 18  # picture units
HIGHEST_COST = 100  # euros per deal
CEILING = 150  # euros: a deal that is worth more is drawn at the upper edge
CURVE = np.linspace(0, HIGHEST_COST, 51)  # costs at which the long run is drawn


def euros(amount: float) -> str:
    """An amount as one says it: "40 euros", "7.5 euros"."""
    return f"{plain(amount, 0 if amount == round(amount) else 1)} euros"


@dataclass(frozen=True, eq=False)
class InteractionScene:
    """Possible deals of one market and their cost before and after it fell.

    `surplus` (DEALS,) in euros, highest first. `made_before`, `made_now`: how many are worth their cost.
    `share_before`, `share_now`: parts of the possible deals in the long run; `curve` those parts at CURVE.
    `fall` in per cent.
    """

    surplus: NDArray[np.float64]
    cost_before: float
    cost_now: float
    fall: int
    mean_surplus: int
    made_before: int
    made_now: int
    share_before: float
    share_now: float
    curve: NDArray[np.float64]
    seed: int


class InteractionCostView(View[InteractionScene]):
    """Deals in order of worth against a line of cost; beside them the share of deals over the cost."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """The deals of one market, and what the cost does to many markets."""
        deals = place(figure, 62, 62, 268, 264)
        deals.set(xlim=(0, DEALS + 1), ylim=(0, CEILING), xticks=range(0, 101, 25), yticks=range(0, 151, 50))
        deals.set(xlabel="Possible deals, best first (number)", ylabel="Worth (euros per deal)")
        deals.set_title("Deals worth their cost: a model", pad=26)
        deals.grid(True, axis="y")
        long_run = place(figure, 406, 62, 118, 264)
        long_run.set(
            xlim=(0, HIGHEST_COST), ylim=(0, 100), xticks=range(0, 101, 50), yticks=range(0, 101, 25)
        )
        long_run.set(xlabel="Cost (euros)", ylabel="Deals made (%)")
        long_run.set_title("Long run", pad=26)
        long_run.grid(True, axis="y")
        return {"deals": deals, "long_run": long_run}

    def marks(self, scene: InteractionScene) -> str:
        """A bar per deal, lines of cost before and now, and the points on the curve that they stand for."""
        return self._deals(scene) + self._costs(scene) + self._key(scene) + self._long_run(scene)

    def _deals(self, scene: InteractionScene) -> str:
        plane = self.stage.planes["deals"]
        xs = plane.x_offset + plane.x_scale * np.arange(1, DEALS + 1)
        ys = plane.y_offset + plane.y_scale * np.minimum(scene.surplus, CEILING)
        bars = [f"M{x:.1f} {plane.bottom:.1f}V{y:.1f}" for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
        before, now = scene.made_before, scene.made_now
        return (
            f'<path d="{"".join(bars[now:])}" stroke="#9AA5B1" stroke-width="1"/>'
            f'<path d="{"".join(bars[before:now])}" stroke="{VERMILION}" stroke-width="2"'
            ' stroke-dasharray="4 1.5"/>'
            f'<path d="{"".join(bars[:before])}" stroke="{BLUE}" stroke-width="2"/>'
        )

    def _costs(self, scene: InteractionScene) -> str:
        plane = self.stage.planes["deals"]
        before, now = plane.y(scene.cost_before), plane.y(scene.cost_now)
        drawn = [segment(plane.left, now, plane.right, now, INK, 2.2)]
        labels = [(now, f"{'now' if scene.fall else 'cost'} {euros(scene.cost_now)}", INK, True)]
        if scene.fall:
            drawn.append(segment(plane.left, before, plane.right, before, SOFT_INK, 1.6, "6 4"))
            labels.append((before, f"before {euros(scene.cost_before)}", SOFT_INK, False))
        if scene.fall and now - before < LABEL_HEIGHT:  # no room for a label between the two lines
            words = f"before {euros(scene.cost_before)}, now {euros(scene.cost_now)}"
            labels = [(before, words, INK, True)]
        for y, words, colour, is_bold in labels:
            drawn.append(text(plane.right, y - 6, words, "end", colour=colour, bold=is_bold))
        return "".join(drawn)

    def _key(self, scene: InteractionScene) -> str:
        plane = self.stage.planes["deals"]
        y, left = plane.top - 10, plane.left
        gained = scene.made_now - scene.made_before
        return (
            segment(left + 2, y + 1, left + 2, y - 10, BLUE, 3)
            + text(left + 9, y, f"{scene.made_before} made", colour=BLUE, bold=True)
            + segment(left + 96, y + 1, left + 96, y - 10, VERMILION, 3, "4 1.5")
            + text(left + 103, y, f"{gained} more", colour=VERMILION, bold=True)
            + segment(left + 190, y + 1, left + 190, y - 10, "#9AA5B1", 1.2)
            + text(left + 196, y, f"{DEALS - scene.made_now} not", colour=SOFT_INK)
        )

    def _long_run(self, scene: InteractionScene) -> str:
        plane = self.stage.planes["long_run"]
        xs = plane.x_offset + plane.x_scale * CURVE
        ys = plane.y_offset + plane.y_scale * 100 * scene.curve
        before = plane.x(scene.cost_before), plane.y(100 * scene.share_before)
        now = plane.x(scene.cost_now), plane.y(100 * scene.share_now)
        drawn = [polyline(xs, ys, INK, 2)]
        words = percent(scene.share_now)
        if scene.fall:
            drawn.append(polyline((before[0], before[0], now[0]), (before[1], now[1], now[1]), FAINT, 1.6))
            words = f"{percent(scene.share_before)} → {words}"
        drawn.append(marker("circle", *before, 5.5, BLUE))
        if scene.fall:
            drawn.append(marker("diamond", *now, 5.5, VERMILION))
        drawn.append(text(plane.left, plane.top - 10, words, bold=True))
        return "".join(drawn)

    def describe(self, scene: InteractionScene) -> str:
        """Deals, costs and the long run, in one sentence."""
        fall = ""
        if scene.fall:
            gained = scene.made_now - scene.made_before
            fall = f", and a second line at {euros(scene.cost_now)} brings {count(gained, 'more deal')}"
        return (
            f"{DEALS} possible deals as bars from most to least worth, {euros(scene.mean_surplus)} on "
            f"average: {scene.made_before} reach above a line at a cost of {euros(scene.cost_before)}{fall}; "
            f"beside them a falling curve of the share of deals made, at {percent(scene.share_now)} now."
        )


VIEW = InteractionCostView()
