"""The picture of a shelf with many options: the choice over their number, and 6 against 24."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import percent, plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    Anchor,
    View,
    hatching,
    marker,
    place,
    polyline,
    rectangle,
    segment,
    text,
)

MOST_OPTIONS = 60
FEW, MANY = 6, 24  # the two tables
WANTED = 0.1  # by what share one table must be the better one
TOP = 2.4


@dataclass(frozen=True, eq=False)
class ManyOptionsScene:
    """Expected quality of the choice from 1 to MOST_OPTIONS options, 0 is an average one.

    `chosen` and `best` have shape (MOST_OPTIONS,): of what looks best, and of what is best.
    `explored` is the smallest and the largest number tried. `drawn` gives the mean of `shoppers` random ones
    by number of options, for the present number, FEW and MANY. `top_number` is the best number of options.
    """

    options: int
    seconds: int
    lost: float
    chosen: NDArray[np.float64]
    best: NDArray[np.float64]
    explored: tuple[int, int]
    drawn: Mapping[int, float]
    shoppers: int
    top_number: int
    seed: int
    found_many: bool
    found_few: bool
    is_first_shopper: bool

    def quality(self, options: int) -> float:
        """Expected quality of the choice from so many options."""
        return float(self.chosen[options - 1])

    @property
    def looking(self) -> float:
        """Seconds for each option."""
        return self.seconds * (1 - self.lost) / self.options

    @property
    def gain(self) -> float:
        """By what share the choice from MANY is better than from FEW; negative if it is worse."""
        return self.quality(MANY) / self.quality(FEW) - 1

    @property
    def better(self) -> tuple[int, float]:
        """The table with the better choice, and by what share it is better than the other."""
        return (MANY, self.gain) if self.gain >= 0 else (FEW, self.quality(FEW) / self.quality(MANY) - 1)


class ManyOptionsView(View[ManyOptionsScene]):
    """The choice over the number of options, as far as tried, beside two tables."""

    height = 392

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Quality over the number of options, and for two numbers."""
        curve = place(figure, 58, 62, 282, 266)
        curve.set(xlim=(0, MOST_OPTIONS), ylim=(0, TOP), xticks=range(0, 61, 10))
        curve.set(
            yticks=np.arange(0, 2.1, 0.5),
            xlabel="Products on the shelf",
            ylabel="Quality (standard deviations; 0: average)",
        )
        curve.set_title("What she takes home", pad=26)
        curve.grid(True, axis="y")
        tables = place(figure, 408, 62, 124, 266)
        tables.set(xlim=(0, 2), ylim=(0, TOP), xticks=[], yticks=np.arange(0, 2.1, 0.5))
        tables.set_title(f"{FEW} or {MANY}?", pad=26)
        tables.grid(True, axis="y")
        return {"curve": curve, "tables": tables}

    def marks(self, scene: ManyOptionsScene) -> str:
        """The curve as far as tried, the present shelf, and two tables for the same shopper."""
        return self._curve(scene) + self._tables(scene)

    def _curve(self, scene: ManyOptionsScene) -> str:
        plane = self.stage.planes["curve"]
        numbers = np.arange(1, MOST_OPTIONS + 1)
        xs = plane.x_offset + plane.x_scale * numbers
        low, high = scene.explored
        tried = slice(low - 1, high)
        x, y = plane.x(scene.options), plane.y(scene.quality(scene.options))
        best = plane.y(float(scene.best[scene.options - 1]))
        dot = plane.y(min(scene.drawn[scene.options], TOP))
        is_left = scene.options > MOST_OPTIONS / 2
        drawn = [
            polyline(xs, plane.y_offset + plane.y_scale * scene.best, SOFT_INK, 1.8, "2 4"),
            text(plane.right, plane.y(1.78), "dotted: the best on the shelf", "end", 12, SOFT_INK),
            segment(x, best, x, plane.bottom, FAINT, 1.4),
            polyline(xs[tried], plane.y_offset + plane.y_scale * scene.chosen[tried], BLUE, 3.2),
            marker("diamond", x, dot, 6, "none", PAPER, 4),
            marker("diamond", x, dot, 6, "none", INK, 1.6),
            marker("circle", x, y, 5.5, BLUE),
        ]
        below = max(y, dot) + 24
        anchor: Anchor
        anchor, words_x = ("end", x + 4) if is_left else ("start", max(x - 4, plane.left + 6))
        drawn.append(
            text(
                words_x,
                min(below, plane.bottom - 8),
                f"she chooses {plain(scene.quality(scene.options), 2)}",
                anchor,
                colour=BLUE,
                bold=True,
            )
        )
        per = f"{scene.options} products, {plain(scene.looking, 1)} s for each"
        drawn.append(text(plane.left, plane.top - 10, per, bold=True))
        drawn.append(
            text(
                8,
                self.height - 6,
                f"◇ mean of {scene.shoppers} shoppers, seed {scene.seed}; the blue line shows what you tried",
                size=11.5,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def _tables(self, scene: ManyOptionsScene) -> str:
        plane = self.stage.planes["tables"]
        drawn = []
        for column, (number, colour) in enumerate(((FEW, ORANGE), (MANY, BLUE))):
            left, right = plane.x(column + 0.18), plane.x(column + 0.82)
            quality = scene.quality(number)
            top, middle, dot = plane.y(quality), (left + right) / 2, plane.y(min(scene.drawn[number], TOP))
            drawn.append(rectangle(left, top, right, plane.bottom, colour, opacity=0.75))
            if number == FEW:
                drawn.append(hatching(left, top, right, plane.bottom, INK, gap=7, width=0.7))
            drawn.append(rectangle(left, top, right, plane.bottom, "none", INK, 1.2))
            drawn.append(marker("diamond", middle, dot, 6, "none", PAPER, 4))
            drawn.append(marker("diamond", middle, dot, 6, "none", INK, 1.6))
            words_y = min(top, dot - 8) - 8
            drawn.append(text(middle, words_y, plain(quality, 2), "middle", bold=scene.better[0] == number))
            drawn.append(text(middle, plane.bottom + 19, f"{number}", "middle", bold=True))
        number, gain = scene.better
        drawn.append(text(plane.left, plane.top - 10, f"{number}: {percent(gain)} better", bold=True))
        ticks = [
            f"find {find} {'✓' if found else '–'}"
            for find, found in ((1, scene.found_many), (2, scene.found_few))
        ]
        drawn.append(text(plane.left, plane.bottom + 40, ",  ".join(ticks), size=12))
        return "".join(drawn)

    def describe(self, scene: ManyOptionsScene) -> str:
        """The present shelf and the two tables in one sentence."""
        low, high = scene.explored
        return (
            f"A curve of the quality of the choice, drawn from {low} to {high} products, below a dotted "
            f"curve of the best product on the shelf: from {scene.options} products the choice is "
            f"{plain(scene.quality(scene.options), 2)} and the best product "
            f"{plain(float(scene.best[scene.options - 1]), 2)}; beside it two bars for the same shopper, "
            f"{plain(scene.quality(FEW), 2)} from {FEW} products and {plain(scene.quality(MANY), 2)} from "
            f"{MANY}, with a diamond for the mean of {scene.shoppers} random shoppers."
        )


VIEW = ManyOptionsView()
