"""The picture of customers by age and connectedness: who is picked for being young, and who is connected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.correlated_customers import Customers, Pick
from marketing4.views.numbers import percent, signed
from marketing4.views.stage import (
    BLUE,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    VERMILION,
    View,
    hatching,
    marker,
    place,
    rectangle,
    segment,
    text,
)

CUSTOMERS = 300
YOUNG_END, OLD_END = 15, 88  # years, ends of the axis
LEAST, MOST = 0, 100  # index points, ends of the axis
GREY = "#9AA5B1"


@dataclass(frozen=True, eq=False)
class ConnectedScene:
    """One group of customers, and who is picked by an age limit (`young_below`, years).

    `wanted_correlation` is the correlation of the population that the group was drawn from.
    """

    customers: Customers
    pick: Pick
    young_below: int
    wanted_correlation: float
    seed: int


class ConnectedNotYoungView(View[ConnectedScene]):
    """A mark per customer, of a shape that tells whether age judged it right; beside them two shares."""

    height = 404

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Age and connectedness; and how good the age limit is, in two shares."""
        cloud = place(figure, 58, 78, 314, 244)
        cloud.set(xlim=(YOUNG_END, OLD_END), ylim=(LEAST, MOST))
        cloud.set(xticks=range(20, 81, 10), yticks=range(0, 101, 25))
        cloud.set(xlabel="Age (years)", ylabel="Connectedness (index points)")
        cloud.set_title("Each mark is one customer: a model", pad=46)
        quality = place(figure, 436, 78, 92, 244)
        quality.set(xlim=(0, 2), ylim=(0, 100), xticks=[], yticks=range(0, 101, 25), ylabel="Share (%)")
        quality.set_title("How well?", pad=46)
        return {"cloud": cloud, "quality": quality}

    def marks(self, scene: ConnectedScene) -> str:
        """The cloud in four kinds of marks, the two limits, the key with counts and the two shares."""
        return self._cloud(scene) + self._limits(scene) + self._key(scene) + self._quality(scene)

    def _cloud(self, scene: ConnectedScene) -> str:
        plane = self.stage.planes["cloud"]
        xs = plane.x_offset + plane.x_scale * scene.customers.age
        ys = plane.y_offset + plane.y_scale * np.clip(scene.customers.connectedness, LEAST, MOST)
        both, wrong, missed, rest = [], [], [], []
        kinds = zip(
            xs.tolist(),
            ys.tolist(),
            scene.pick.is_picked.tolist(),
            scene.pick.is_connected.tolist(),
            strict=True,
        )
        for x, y, is_picked, is_connected in kinds:
            if is_picked and is_connected:
                both.append(f"M{x:.1f} {y:.1f}h0")
            elif is_picked:
                wrong.append(f"M{x - 3:.1f} {y - 3:.1f}l6 6m0-6l-6 6")
            elif is_connected:
                missed.append(f"M{x:.1f} {y - 4.4:.1f}l4.4 4.4-4.4 4.4-4.4-4.4z")
            else:
                rest.append(f"M{x:.1f} {y:.1f}h0")
        return (
            f'<path d="{"".join(rest)}" stroke="{GREY}" stroke-width="3.4" stroke-linecap="round"/>'
            f'<path d="{"".join(wrong)}" stroke="{VERMILION}" stroke-width="1.7" fill="none"/>'
            f'<path d="{"".join(missed)}" fill="{ORANGE}" stroke="{INK}" stroke-width=".8"/>'
            f'<path d="{"".join(both)}" stroke="{BLUE}" stroke-width="7.4" stroke-linecap="round"/>'
        )

    def _limits(self, scene: ConnectedScene) -> str:
        plane = self.stage.planes["cloud"]
        x, y = plane.x(scene.young_below), plane.y(min(max(scene.pick.threshold, LEAST), MOST))
        found = scene.customers
        return (
            segment(x, plane.top, x, plane.bottom, INK, 2)
            + segment(plane.left, y, plane.right, y, INK, 1.4, "6 4")
            + text(
                plane.right,
                plane.bottom - 8,
                f"r = {signed(found.correlation, 2)}: age explains {percent(found.explained)}",
                "end",
                bold=True,
            )
        )

    def _key(self, scene: ConnectedScene) -> str:
        plane, pick = self.stage.planes["cloud"], scene.pick
        top, y, left, middle = plane.top - 29, plane.top - 11, plane.left, plane.left + 130
        wrong, missed = pick.picked - pick.both, pick.connected - pick.both
        rest = CUSTOMERS - pick.picked - missed
        return (
            marker("circle", left + 4, top - 4, 3.9, BLUE, BLUE, 0)
            + text(left + 14, top, f"{pick.both} both", colour=BLUE, bold=True)
            + marker("cross", left + 4, y - 4, 3.2, VERMILION, width=1.8)
            + text(left + 14, y, f"{wrong} young only", colour=VERMILION, bold=True)
            + marker("diamond", middle + 10, top - 4, 3.4, ORANGE, INK, 0.8)
            + text(middle + 20, top, f"{missed} connected only")
            + marker("circle", middle + 10, y - 4, 1.9, GREY, GREY, 0)
            + text(middle + 20, y, f"{rest} neither", colour=SOFT_INK)
        )

    def _quality(self, scene: ConnectedScene) -> str:
        plane, pick = self.stage.planes["quality"], scene.pick
        drawn = []
        bars = (("right", pick.precision), ("found", pick.recall))
        for column, (name, share) in enumerate(bars):
            left, right = plane.x(column + 0.14), plane.x(column + 0.86)
            top = plane.y(100 * (share or 0))
            drawn.append(rectangle(left, top, right, plane.bottom, PAPER, INK, 1.2))
            if column:
                drawn.append(hatching(left, top, right, plane.bottom, BLUE, gap=6))
            else:
                drawn.append(rectangle(left, top, right, plane.bottom, BLUE, opacity=0.75))
            words = "–" if share is None else percent(share)
            drawn.append(text((left + right) / 2, plane.top - 11, words, "middle", bold=True))
            drawn.append(text((left + right) / 2, plane.bottom + 18, name, "middle"))
        left = self.stage.planes["cloud"].left
        notes = (
            f"connected: the {pick.connected} customers above the dashed line",
            "right: young who are connected; found: connected who are young",
        )
        for line, note in enumerate(notes):
            drawn.append(text(left, self.height - 26 + 18 * line, note, size=11.5, colour=SOFT_INK))
        return "".join(drawn)

    def describe(self, scene: ConnectedScene) -> str:
        """The cloud, the pick and its quality, in one sentence."""
        pick = scene.pick
        return (
            f"{CUSTOMERS} customers as marks over age and connectedness, correlation "
            f"{signed(scene.customers.correlation, 2)}: {pick.picked} are younger than {scene.young_below}, "
            f"{pick.both} of them among the {pick.connected} most connected, and "
            f"{pick.connected - pick.both} of the most connected are not young; beside the cloud two bars of "
            "these shares."
        )


VIEW = ConnectedNotYoungView()
