"""The picture of the long tail: how much the best sellers sell on a shelf, on the web, and with a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.long_tail import LongTail
from marketing4.views.numbers import percent, plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    PAPER,
    SOFT_INK,
    VERMILION,
    View,
    hatching,
    marker,
    place,
    polyline,
    rectangle,
    segment,
    text,
)

TITLES, BEST, BUYERS = 1000, 10, 1000
CHANNELS = ("shelf", "web", "recommended")
NAMES = {"shelf": "Shelf", "web": "Web", "recommended": "Web, list"}
STYLES = {"shelf": (SOFT_INK, "1.5 4", 3.0), "web": (BLUE, "", 2.6), "recommended": (VERMILION, "8 4", 2.6)}
_ROW, _FIRST_ROW, _BAR = 46, 306, 16


@dataclass(frozen=True, eq=False)
class LongTailScene:
    """Three shops with the same buyers, and the share of the best sellers in one random crowd per shop.

    `crowd_head` maps the channels to parts of 1.
    """

    run: LongTail
    followers: int
    listed: int
    exponent: float
    crowd_head: Mapping[str, float]
    seed: int

    def head(self, channel: str) -> float:
        """What the ten best sellers have of a shop's sales."""
        return self.run.head(channel, BEST)

    def tail(self, channel: str) -> float:
        """What titles that no shelf would hold have of a shop's sales."""
        return {"shelf": 0.0, "web": self.run.tail, "recommended": self.run.recommended_tail}[channel]


class LongTailView(View[LongTailScene]):
    """Above, sales added up from the best seller on; below, one bar per shop, cut at ten and at the shelf."""

    height = 462

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Ranks as their logarithm, so that ten titles and a thousand fit; and the bars' scale."""
        ranks = place(figure, 62, 42, 448, 196)
        ranks.set(xlim=(0, 3), ylim=(0, 100), yticks=range(0, 101, 25))
        ranks.set_xticks(range(4), ["1", "10", "100", "1,000"])
        ranks.set(
            xlabel="Best sellers counted, from the first on (titles)", ylabel="Their share of sales (%)"
        )
        ranks.set_title("A model: shelf, web, and web with a list of best sellers")
        ranks.grid(True, axis="y")
        bars = place(figure, 96, _FIRST_ROW, 354, 3 * _ROW - 14)
        bars.set_axis_off()
        bars.set(xlim=(0, 1), ylim=(0, 1))
        return {"ranks": ranks, "bars": bars}

    def marks(self, scene: LongTailScene) -> str:
        """The three curves with the shelf's end and the ten best sellers, then the bars."""
        return self._curves(scene) + self._bars(scene)

    def _curves(self, scene: LongTailScene) -> str:
        plane = self.stage.planes["ranks"]
        end = plane.x(float(np.log10(scene.run.shelf_size)))
        ten = plane.x(1)
        drawn = [
            segment(ten, plane.top, ten, plane.bottom, FAINT, 1.4),
            segment(end, plane.top, end, plane.bottom, SOFT_INK, 1.2, "2 4"),
        ]
        xs = plane.x_offset + plane.x_scale * np.log10(_SHOWN)
        for channel in CHANNELS:
            colour, dash, width = STYLES[channel]
            ys = plane.y_offset + plane.y_scale * 100 * _cumulated(scene.run, channel)
            drawn.append(polyline(xs, ys, colour, width, dash))
            y = plane.y(100 * scene.head(channel))
            drawn.append(marker("circle", ten, y, 4.5, colour))
        words = f"shelf ends: {scene.run.shelf_size} titles"
        if end > plane.left + 230:
            drawn.append(text(end - 6, plane.bottom - 8, words, "end", size=11.5, colour=SOFT_INK))
        else:
            drawn.append(text(end + 6, plane.bottom - 8, words, size=11.5, colour=SOFT_INK))
        return "".join(drawn)

    def _bars(self, scene: LongTailScene) -> str:
        plane = self.stage.planes["bars"]
        x = plane.x
        drawn = [
            text(self.width - 8, _FIRST_ROW - 18, "HHI (points)", "end", colour=SOFT_INK),
            text(8, _FIRST_ROW - 18, "Each bar is all sales of one shop:", colour=SOFT_INK),
        ]
        for row, channel in enumerate(CHANNELS):
            colour, dash, width = STYLES[channel]
            top = _FIRST_ROW + row * _ROW + 10
            bottom, head, tail = top + _BAR, scene.head(channel), scene.tail(channel)
            drawn += [
                segment(8, top + 13, 84, top + 13, colour, width, dash),
                text(8, top + 4, NAMES[channel], colour=colour, bold=True),
                rectangle(x(0), top, x(1), bottom, PAPER, INK),
                rectangle(x(0), top, x(head), bottom, colour, INK),
            ]
            if tail > 0:
                drawn.append(hatching(x(1 - tail), top, x(1), bottom, colour, gap=6, width=1.3))
                drawn.append(rectangle(x(1 - tail), top, x(1), bottom, "none", INK))
            crowd = x(scene.crowd_head[channel])
            drawn += [
                marker("diamond", crowd, (top + bottom) / 2, 5, PAPER, INK, 1.5),
                text(x(0), top - 5, f"ten best sellers {percent(head)}", colour=colour),
                text(x(1), top - 5, self._at_the_end(scene, channel), "end", colour=colour),
                text(self.width - 8, bottom - 3, plain(scene.run.herfindahl(channel)), "end", bold=True),
            ]
        drawn.append(
            text(
                8,
                self.height - 8,
                f"◇ the ten best sellers among {BUYERS:,} random buyers of each shop (seed {scene.seed})",
                size=11.5,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def _at_the_end(self, scene: LongTailScene, channel: str) -> str:
        if channel == "shelf":
            return f"loses {percent(scene.run.lost)} of buyers"
        return f"tail {percent(scene.tail(channel))}"

    def describe(self, scene: LongTailScene) -> str:
        """The three shops in one sentence."""
        heads = [percent(scene.head(channel)) for channel in CHANNELS]
        return (
            f"Three rising curves and three bars: the ten best sellers make {heads[0]} of the sales of a "
            f"shelf with {scene.run.shelf_size} titles, {heads[1]} on the web and {heads[2]} on a web where "
            f"{scene.followers} % of buyers follow a list of {scene.listed}; the tail makes "
            f"{percent(scene.run.tail)} without and {percent(scene.run.recommended_tail)} with the list."
        )


# Ranks at which the curves are drawn: each of the first thirty, then evenly in their logarithm.
_SHOWN: NDArray[np.int64] = np.unique(
    np.concatenate([np.arange(1, 31), np.round(np.logspace(np.log10(30), 3, 50))])
).astype(np.int64)


def _cumulated(run: LongTail, channel: str) -> NDArray[np.float64]:
    sales: NDArray[np.float64] = getattr(run, channel).cumsum()
    shown: NDArray[np.float64] = sales[_SHOWN - 1] / sales[-1]
    return shown


VIEW = LongTailView()
