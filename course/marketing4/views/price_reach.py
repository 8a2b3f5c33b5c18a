"""The picture of a falling price that meets incomes: who can pay, and what each cut adds."""

from __future__ import annotations

import math
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
    spread,
    text,
)

DOUBLINGS = 12
FRAMES = 10  # per doubling, so that the price falls smoothly
HOUSEHOLDS = 100
INCOMES = (500, 1000, 2000, 5000, 10_000, 20_000, 50_000)  # ticks of a logarithmic axis
LOWEST, HIGHEST = math.log10(350), math.log10(110_000)


@dataclass(frozen=True, eq=False)
class PriceReachScene:
    """Price and reach at FRAMES moments per doubling of output, from 0 to DOUBLINGS.

    `price` and `reach` have shape (FRAMES x DOUBLINGS + 1,), reach as a share. `step` is the present
    doubling, `furthest` how far the student has walked. `incomes` (HOUSEHOLDS,) are those of the households
    drawn; `threshold` is the price that half of all households can pay. `cut` is the learning rate.
    """

    step: float
    furthest: float
    price: NDArray[np.float64]
    reach: NDArray[np.float64]
    incomes: NDArray[np.float64]
    budget_share: float
    gini: float
    cut: float
    threshold: float
    seed: int
    is_first_setting: bool

    def price_at(self, step: float) -> float:
        """The price after so many doublings."""
        return float(self.price[round(FRAMES * step)])

    def reach_at(self, step: float) -> float:
        """The share of households that can pay after so many doublings."""
        return float(self.reach[round(FRAMES * step)])

    def gain(self, step: int) -> float:
        """The share of households that the cut down to this step made able to pay; 0 at the first price."""
        return self.reach_at(step) - self.reach_at(step - 1) if step > 0 else 0.0

    @property
    def needed(self) -> float:
        """The income that the present price asks for."""
        return self.price_at(self.step) / self.budget_share

    @property
    def able(self) -> int:
        """How many of the households drawn can pay."""
        return int((self.incomes >= self.needed).sum())


class PriceReachView(View[PriceReachScene]):
    """The curve of reach with a bar for each cut, beside households on a ladder of incomes."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Households in per cent over doublings of output; incomes on a logarithmic ladder."""
        reach = place(figure, 58, 62, 268, 262)
        reach.set(xlim=(-0.5, DOUBLINGS + 0.5), ylim=(0, 100), xticks=range(0, DOUBLINGS + 1, 2))
        reach.set(yticks=range(0, 101, 20), xlabel="Doublings of all output so far", ylabel="Households (%)")
        reach.set_title("A price falls, cut after cut", pad=26)
        reach.grid(True, axis="y")
        ladder = place(figure, 410, 62, 122, 262)
        ladder.set(xlim=(0, 1), ylim=(LOWEST, HIGHEST), xticks=[])
        ladder.set_yticks([math.log10(income) for income in INCOMES], [f"{income:,}" for income in INCOMES])
        ladder.set_ylabel("Income (euros a year)")
        ladder.set_title(f"{HOUSEHOLDS} households", pad=26)
        return {"reach": reach, "ladder": ladder}

    def marks(self, scene: PriceReachScene) -> str:
        """The curve and its bars as far as walked, the present price, and who of the drawn can pay."""
        return self._curve(scene) + self._ladder(scene)

    def _curve(self, scene: PriceReachScene) -> str:
        plane = self.stage.planes["reach"]
        drawn = []
        for step in range(1, math.floor(scene.furthest) + 1):
            left, right, top = plane.x(step - 0.34), plane.x(step + 0.34), plane.y(100 * scene.gain(step))
            is_last = step == math.floor(scene.step)
            drawn.append(rectangle(left, top, right, plane.bottom, ORANGE, opacity=1 if is_last else 0.45))
            drawn.append(hatching(left, top, right, plane.bottom, INK, gap=6, width=0.7))
            drawn.append(rectangle(left, top, right, plane.bottom, "none", INK, 1.6 if is_last else 0.8))
        walked = slice(round(FRAMES * scene.furthest) + 1)
        xs = plane.x_offset + plane.x_scale * np.arange(len(scene.reach))[walked] / FRAMES
        ys = plane.y_offset + plane.y_scale * 100 * scene.reach[walked]
        here = plane.x(scene.step)
        share, gain = scene.reach_at(scene.step), scene.gain(math.floor(scene.step))
        bar = plane.x(math.floor(scene.step))
        half = plane.y(50)
        y_reach, y_gain = spread(
            [plane.y(100 * share) - 10, plane.y(100 * gain) - 6], 17, plane.top + 12, plane.bottom - 6
        )
        is_left = scene.step > DOUBLINGS / 2
        drawn += [
            segment(plane.left, half, plane.right, half, SOFT_INK, 1, "1 4"),
            polyline(xs, ys, BLUE, 3),
            marker("circle", here, plane.y(100 * share), 5.5, BLUE),
            text(
                here - 9 if is_left else here + 9,
                y_reach,
                f"{percent(share)} can pay",
                "end" if is_left else "start",
                colour=BLUE,
                bold=True,
            ),
        ]
        if scene.step >= 1:
            words = f"+{plain(100 * gain)}"
            drawn.append(text(bar, min(y_gain, plane.bottom - 6), words, "middle", bold=True))
        drawn.append(text(plane.left, plane.top - 10, self._price_words(scene), bold=True))
        drawn.append(
            text(
                8,
                self.height - 6,
                "bars: how many of 100 each cut brings within reach",
                size=11.5,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def _price_words(self, scene: PriceReachScene) -> str:
        step = math.floor(scene.step)
        now = plain(scene.price_at(step))
        if step == 0:
            return f"First price: {now} euros"
        return f"Last cut: {plain(scene.price_at(step - 1))} → {now} euros"

    def _ladder(self, scene: PriceReachScene) -> str:
        plane = self.stage.planes["ladder"]
        drawn = []
        for rank, income in enumerate(scene.incomes.tolist()):
            # A fixed sideways order that is no pattern: multiples of the golden ratio.
            x = plane.x(0.06 + 0.88 * ((rank + 1) * 0.618034 % 1))
            y = plane.y(min(max(math.log10(income), LOWEST + 0.02), HIGHEST - 0.02))
            can_pay = income >= scene.needed
            drawn.append(
                marker("circle", x, y, 4, BLUE, PAPER, 1)
                if can_pay
                else marker("square", x, y, 2.6, PAPER, SOFT_INK, 1)
            )
        line = plane.y(min(max(math.log10(scene.needed), LOWEST), HIGHEST))
        return (
            segment(plane.left, line, plane.right, line, PAPER, 5)
            + segment(plane.left, line, plane.right, line, INK, 2.2, "7 4")
            + "".join(drawn)
            + text(self.width - 6, plane.top - 10, f"dashed: {plain(scene.needed)} needed", "end", size=11.5)
            + marker("circle", plane.left + 2, plane.bottom + 15, 4, BLUE, PAPER, 1)
            + text(plane.left + 10, plane.bottom + 19, f"{scene.able} can pay", colour=BLUE, bold=True)
            + text(
                self.width - 6,
                plane.bottom + 38,
                f"Gini index {plain(scene.gini, 2)}, seed {scene.seed}",
                "end",
                size=11.5,
                colour=SOFT_INK,
            )
            + segment(plane.left, plane.bottom, plane.right, plane.bottom, FAINT, 1)
        )

    def describe(self, scene: PriceReachScene) -> str:
        """Price, reach and the last cut in one sentence."""
        step = math.floor(scene.step)
        return (
            f"A curve of the share of households that can pay, drawn over {plain(scene.furthest)} doublings "
            f"of output with a bar for each price cut: after {count(step, 'doubling')} the price is "
            f"{plain(scene.price_at(step))} euros, {percent(scene.reach_at(step))} can pay and the last cut "
            f"added {plain(100 * scene.gain(step), 1)} points; of {HOUSEHOLDS} households drawn on a ladder "
            f"of incomes {scene.able} lie above the dashed income of {plain(scene.needed)} euros that is "
            "needed."
        )


VIEW = PriceReachView()
