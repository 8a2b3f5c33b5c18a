"""The picture of customers with one channel and with several, by loyalty, and of two kinds of uplift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.channel_selection import LEVELS, Customers
from marketing4.views.numbers import plain, signed
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
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

MOST_SPEND = 160  # euros a month
LEAST_UPLIFT, MOST_UPLIFT = -30, 70  # euros a month
_SPREAD = 0.32  # half the width of a column of marks


@dataclass(frozen=True, eq=False)
class ChannelsScene:
    """One random group of customers; `effect` is what several channels add, `expected` the raw uplift of all.

    `places` (n,) are sideways positions from -1 to 1 without meaning; `counts` (3, 2) are the customers by
    level of loyalty, with one and with several channels; `overall` (2,) the mean spending of all with one and
    with several, NaN if nobody.
    """

    customers: Customers
    effect: float
    selection: float
    expected: float
    places: NDArray[np.float64]
    counts: NDArray[np.int64]
    overall: NDArray[np.float64]
    seed: int


class ChannelsOrLoyaltyView(View[ChannelsScene]):
    """A mark per customer in six columns, and two bars of uplift beside them."""

    height = 424

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Spending in six columns, and uplift in euros."""
        people = place(figure, 56, 96, 312, 254)
        people.set(xlim=(0, 6), ylim=(0, MOST_SPEND), yticks=range(0, MOST_SPEND + 1, 40))
        people.set_xticks([1, 3, 5], LEVELS)
        people.tick_params(axis="x", length=0)
        people.set(xlabel="Loyalty", ylabel="Spending (euros a month)")
        people.set_title("Each mark is one customer: a model", pad=60)
        uplift = place(figure, 434, 96, 98, 254)
        uplift.set(xlim=(0, 2), ylim=(LEAST_UPLIFT, MOST_UPLIFT), xticks=[])
        uplift.set(yticks=range(-20, 61, 20), ylabel="Several minus one (euros)")
        uplift.set_title("Uplift", pad=60)
        uplift.grid(True, axis="y")
        return {"people": people, "uplift": uplift}

    def marks(self, scene: ChannelsScene) -> str:
        """Customers, their means, and the two uplifts."""
        return self._people(scene) + self._key(scene) + self._uplift(scene)

    def _people(self, scene: ChannelsScene) -> str:
        plane = self.stage.planes["people"]
        group = scene.customers
        columns = 2 * group.loyalty + group.has_several + 0.5
        xs = plane.x_offset + plane.x_scale * (columns + _SPREAD * scene.places)
        ys = plane.y_offset + plane.y_scale * np.clip(group.spend, 0, MOST_SPEND)
        single, several = [], []
        for x, y, has_several in zip(xs.tolist(), ys.tolist(), group.has_several.tolist(), strict=True):
            if has_several:
                several.append(f"M{x:.1f} {y:.1f}h0")
            else:
                single.append(f"M{x - 1.9:.1f} {y - 1.9:.1f}h3.8v3.8h-3.8z")
        drawn = [
            f'<path d="{"".join(single)}" fill="{ORANGE}" stroke="{INK}" stroke-width=".4" opacity=".8"/>',
            f'<path d="{"".join(several)}" stroke="{BLUE}" stroke-width="4.6" stroke-linecap="round"'
            ' opacity=".75"/>',
        ]
        for line in (2, 4):
            drawn.append(segment(plane.x(line), plane.top, plane.x(line), plane.bottom, FAINT, 1))
        for kind, dash in ((0, "6 4"), (1, "")):
            mean = float(scene.overall[kind])
            if not np.isnan(mean):
                y = plane.y(min(max(mean, 0), MOST_SPEND))
                drawn.append(segment(plane.left, y, plane.right, y, VERMILION, 2, dash))
        for level in range(3):
            for kind in (0, 1):
                x, mean = plane.x(2 * level + kind + 0.5), float(group.uplift.means[level, kind])
                drawn.append(text(x, plane.top - 8, str(scene.counts[level, kind]), "middle", 12, SOFT_INK))
                if not np.isnan(mean):
                    y = plane.y(min(max(mean, 0), MOST_SPEND))
                    drawn.append(segment(x - 19, y, x + 19, y, INK, 3.4))
        return "".join(drawn)

    def _key(self, scene: ChannelsScene) -> str:
        plane = self.stage.planes["people"]
        y = plane.top - 34
        return (
            marker("square", plane.left + 4, y - 4, 4, ORANGE, INK, 0.8)
            + text(plane.left + 13, y, "one channel", size=12)
            + marker("circle", plane.left + 104, y - 4, 4.4, BLUE, BLUE, 0)
            + text(plane.left + 113, y, "several", size=12)
            + segment(plane.left + 172, y - 4, plane.left + 192, y - 4, INK, 3.4)
            + text(plane.left + 197, y, "mean of a column", size=12)
            + text(8, plane.top - 8, "number", size=12, colour=SOFT_INK)
            + text(
                8,
                self.height - 12,
                "Long lines: mean of all with several channels (solid) and of all with one (dashed).",
                size=11.5,
                colour=SOFT_INK,
            )
        )

    def _uplift(self, scene: ChannelsScene) -> str:
        plane = self.stage.planes["uplift"]
        zero = plane.y(0)
        drawn = []
        bars = (("all", scene.customers.uplift.raw), ("equals", scene.customers.uplift.within))
        for column, (name, uplift) in enumerate(bars):
            left, right = plane.x(column + 0.14), plane.x(column + 0.86)
            middle = (left + right) / 2
            drawn.append(text(middle, plane.bottom + 18, name, "middle"))
            words = "–" if uplift is None else signed(uplift, 1)
            drawn.append(text(middle, plane.top - 8, words, "middle", bold=True))
            if uplift is None:
                continue
            top = plane.y(min(max(uplift, LEAST_UPLIFT), MOST_UPLIFT))
            if column:
                drawn.append(rectangle(left, top, right, zero, BLUE, INK, 1.2, opacity=0.8))
            else:
                drawn.append(hatching(left, top, right, zero, VERMILION, gap=6, width=1.4))
                drawn.append(rectangle(left, top, right, zero, "none", VERMILION, 1.6))
        true = plane.y(scene.effect)
        drawn.append(segment(plane.left, zero, plane.right, zero, INK, 1.2))
        drawn.append(segment(plane.left, true, plane.right, true, INK, 2.2, "3 3"))
        drawn.append(text(self.width - 6, plane.top - 34, f"true {signed(scene.effect)}", "end"))
        drawn.append(
            text(
                self.width - 6,
                plane.bottom + 38,
                f"seed {scene.seed}",
                "end",
                11.5,
                SOFT_INK,
            )
        )
        return "".join(drawn)

    def describe(self, scene: ChannelsScene) -> str:
        """Counts, means and uplifts in one sentence."""
        parts = [
            f"{one} with one and {several} with several channels at {level} loyalty"
            for level, (one, several) in zip(LEVELS, scene.counts.tolist(), strict=True)
        ]
        uplift = scene.customers.uplift
        raw, within = (
            "cannot be measured" if number is None else f"is {signed(number, 1)} euros"
            for number in (uplift.raw, uplift.within)
        )
        return (
            f"{plain(scene.customers.spend.size)} customers as marks over loyalty and spending: "
            f"{', '.join(parts)}; beside them bars of the uplift, which {raw} among all and {within} among "
            f"customers of equal loyalty, with a line at the true effect of {signed(scene.effect)}."
        )


VIEW = ChannelsOrLoyaltyView()
