"""The picture of an app and advisers: what a split of one budget is worth, and what a test would find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.complementarity import FactorialTest
from marketing4.views.numbers import percent, plain, signed
from marketing4.views.stage import (
    BLUE,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    VERMILION,
    View,
    interval,
    marker,
    place,
    polyline,
    segment,
    spread,
    text,
)

MOST_VALUE = 20  # euros a customer
LEAST_SPEND, MOST_SPEND = 20, 120  # euros, ends of the axis of the test
LEAST_EXTRA, MOST_EXTRA = -60, 80  # euros, ends of the axis of the interval
LABELLED_GAP = 15  # picture units between the two words beside the lines


@dataclass(frozen=True, eq=False)
class HighTouchScene:
    """One budget between app and advisers, and one test of both.

    `shares`, `values` (points,) draw the curve; `apart` (points,) is the value without the extra. `share` is
    the part for the app, `worth` its value, `app_only` that of the whole budget in the app, `best` the best
    share. `group_error` is the 95 % reach of one group's mean, `power` the chance to find the extra.
    """

    extra: float
    share: float
    customers: int
    shares: NDArray[np.float64]
    values: NDArray[np.float64]
    apart: NDArray[np.float64]
    worth: float
    app_only: float
    best: float
    best_worth: float
    test: FactorialTest
    group_error: float
    power: float
    seed: int

    @property
    def finding(self) -> str:
        """What this test says about the sign of the extra."""
        if self.test.low > 0:
            return "above 0: more than the sum"
        return "below 0: less than the sum" if self.test.high < 0 else "0 is possible: not shown"


class HighTouchView(View[HighTouchScene]):
    """A curve over the split of a budget, four groups of a test, and the interval of the extra."""

    height = 490

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Value over the share of the app; spending of four groups; the extra of both together."""
        split = place(figure, 54, 68, 214, 216)
        split.set(xlim=(0, 100), ylim=(0, MOST_VALUE), xticks=range(0, 101, 25), yticks=range(0, 21, 5))
        split.set(xlabel="Share for the app (%)", ylabel="Gain per customer (euros)")
        split.set_title("One budget: a model", pad=32)
        split.grid(True, axis="y")
        groups = place(figure, 342, 68, 114, 216)
        groups.set(xlim=(-0.2, 1.2), ylim=(LEAST_SPEND, MOST_SPEND), yticks=range(20, 121, 20))
        groups.set_xticks([0, 1], ["no app", "app"])
        groups.set(ylabel="Mean spending (euros)", xlabel="Four groups")
        groups.set_title("A test of both", pad=32)
        groups.grid(True, axis="y")
        extra = place(figure, 54, 392, 474, 36)
        extra.set(xlim=(LEAST_EXTRA, MOST_EXTRA), ylim=(0, 1), yticks=[])
        extra.set(xticks=range(LEAST_EXTRA, MOST_EXTRA + 1, 20))
        extra.set_xlabel("Extra of both together (euros per customer)")
        return {"split": split, "groups": groups, "extra": extra}

    def marks(self, scene: HighTouchScene) -> str:
        """The curve with this split and the best, the four groups, the interval."""
        return self._split(scene) + self._groups(scene) + self._extra(scene)

    def _split(self, scene: HighTouchScene) -> str:
        plane = self.stage.planes["split"]
        xs = [plane.x(100 * share) for share in scene.shares.tolist()]
        x, y = plane.x(100 * scene.share), plane.y(scene.worth)
        best_x, best_y = plane.x(100 * scene.best), plane.y(scene.best_worth)
        row = plane.top - 12
        return (
            polyline(xs, (plane.y(value) for value in scene.apart.tolist()), SOFT_INK, 2, "6 4")
            + polyline(xs, (plane.y(value) for value in scene.values.tolist()), BLUE, 3)
            + segment(x, y, x, plane.bottom, INK, 1.4, "1 3")
            + marker("diamond", best_x, best_y, 5.5, PAPER, BLUE, 2)
            + marker("circle", x, y, 6, INK)
            + marker("circle", plane.left + 6, row - 4, 5.5, INK)
            + text(plane.left + 16, row, f"{plain(scene.worth, 2)} here", bold=True)
            + marker("diamond", plane.left + 112, row - 4, 5, PAPER, BLUE, 2)
            + text(plane.left + 123, row, f"{plain(scene.best_worth, 2)} at best", colour=BLUE, bold=True)
            + text(
                8,
                plane.bottom + 62,
                "Dashed: without the extra. What does not go to the app goes to advisers.",
                size=11.5,
                colour=SOFT_INK,
            )
        )

    def _groups(self, scene: HighTouchScene) -> str:
        plane = self.stage.planes["groups"]
        drawn = []
        ends = []
        looks = ((0, VERMILION, "square", "6 4"), (1, BLUE, "circle", ""))
        for touch, colour, _, dash in looks:
            ys = [plane.y(float(scene.test.means[tech, touch])) for tech in (0, 1)]
            drawn.append(polyline([plane.x(0), plane.x(1)], ys, colour, 2.4, dash))
            ends.append(ys[1] + 4)
        for touch, colour, shape, _ in looks:
            for tech in (0, 1):
                mean = float(scene.test.means[tech, touch])
                x = plane.x(tech) + (3 if touch else -3)
                top = max(plane.y(mean + scene.group_error), plane.top)
                bottom = min(plane.y(mean - scene.group_error), plane.bottom)
                drawn.append(segment(x, top, x, bottom, colour, 1.6))
                drawn.append(marker("square" if shape == "square" else "circle", x, plane.y(mean), 5, colour))
        labels = spread(ends, LABELLED_GAP, plane.top + 10, plane.bottom - 4)
        left = plane.right + 4
        drawn.append(text(left, labels[0], "no adviser", size=12, colour=VERMILION, bold=True))
        drawn.append(text(left, labels[1], "adviser", size=12, colour=BLUE, bold=True))
        drawn.append(
            text(plane.left, plane.top - 12, f"{plain(scene.customers)} in each, seed {scene.seed}", size=12)
        )
        return "".join(drawn)

    def _extra(self, scene: HighTouchScene) -> str:
        plane = self.stage.planes["extra"]
        middle = (plane.top + plane.bottom) / 2
        low, found, high = (
            plane.x(min(max(number, LEAST_EXTRA), MOST_EXTRA))
            for number in (scene.test.low, scene.test.interaction, scene.test.high)
        )
        true = plane.x(scene.extra)
        return (
            segment(plane.x(0), plane.top - 4, plane.x(0), plane.bottom, INK, 1.6)
            + segment(true, plane.top, true, plane.bottom, ORANGE, 3, "4 3")
            + interval(low, high, middle, BLUE, 2.6, cap=6)
            + marker("circle", found, middle, 5.5, BLUE)
            + text(
                plane.left,
                plane.top - 12,
                f"Test finds {signed(scene.test.interaction, 1)} ({signed(scene.test.low, 1)} to "
                f"{signed(scene.test.high, 1)}); {scene.finding}",
                bold=True,
            )
            + text(
                self.width - 6,
                self.height - 8,
                f"dashed orange: the true extra, {signed(scene.extra)}",
                "end",
                11.5,
                SOFT_INK,
            )
        )

    def describe(self, scene: HighTouchScene) -> str:
        """The split, the best split and the test, in one sentence."""
        (neither, adviser), (app, both) = scene.test.means.tolist()
        return (
            f"A curve of the gain per customer over the share of the app: {plain(scene.worth, 2)} euros at "
            f"{percent(scene.share)} and at best {plain(scene.best_worth, 2)} at {percent(scene.best)}; "
            f"beside it the mean spending of four groups of {scene.customers}: {plain(neither, 1)} with "
            f"neither, {plain(app, 1)} with the app, {plain(adviser, 1)} with advisers, {plain(both, 1)} "
            f"with both; below, an interval of the extra from {signed(scene.test.low, 1)} to "
            f"{signed(scene.test.high, 1)} euros around {signed(scene.test.interaction, 1)}."
        )


VIEW = HighTouchView()
