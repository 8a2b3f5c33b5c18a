"""The picture of lovers and haters: advocates, attacks and their balance over the share of haters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.advocacy import AdvocacyBalance
from marketing4.views.numbers import plain, signed
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    PAPER,
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

MOST_HATERS = 40  # % of the market, right end of the axis
FRAMES = 4  # per point of haters, so that curves grow smoothly
FLOOR, CEILING = -20, 42


@dataclass(frozen=True, eq=False)
class AdvocacyScene:
    """The balance at FRAMES shares per point from 0 to MOST_HATERS % haters.

    `furthest` is how far the student has walked along it. `random_net` is the net of one random market of
    `random_people` at the present share, per 100 people. `found_*` and `verdict` keep
    what the student has claimed so far.
    """

    balance: AdvocacyBalance
    haters: float
    furthest: float
    random_net: float
    random_people: int
    seed: int
    found_help: bool
    found_no_help: bool
    verdict: str

    def at(self, curve: str, haters: float) -> float:
        """A curve's value per 100 people at a share of haters in per cent."""
        return float(100 * getattr(self.balance, curve)[round(FRAMES * haters)])


class LoversHatersView(View[AdvocacyScene]):
    """Three curves that grow as the student adds haters."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """One plane; its unit is acts per 100 people in the market."""
        plane = place(figure, 58, 62, 304, 264)
        plane.set(xlim=(0, MOST_HATERS), ylim=(FLOOR, CEILING), yticks=range(FLOOR, CEILING, 10))
        plane.set(xlabel="Haters (% of the market)", ylabel="Per 100 people in the market")
        plane.set_title("A model: haters wake silent lovers", pad=26)
        plane.grid(True, axis="y")
        plane.axhline(0, color="#9AA5B1", linewidth=1)
        return {"plane": plane}

    def marks(self, scene: AdvocacyScene) -> str:
        """The curves as far as they were walked, the present point, and one random market."""
        plane = self.stage.planes["plane"]
        walked = slice(round(FRAMES * scene.furthest) + 1)
        xs = plane.x_offset + plane.x_scale * 100 * scene.balance.haters[walked]
        here = plane.x(scene.haters)
        curves = (
            ("advocates", BLUE, "", 2.4, "circle"),
            ("attacks", VERMILION, "7 4", 2.4, "triangle"),
            ("net", INK, "", 3.4, "square"),
        )
        drawn = [segment(here, plane.top, here, plane.bottom, FAINT, 1.4)]
        ends = []
        for curve, colour, dash, width, _ in curves:
            ys = plane.y_offset + plane.y_scale * 100 * getattr(scene.balance, curve)[walked]
            drawn.append(polyline(xs, ys, colour, width, dash))
            ends.append(float(ys[round(FRAMES * scene.haters)]))
        y_random = plane.y(min(max(scene.random_net, FLOOR), CEILING))
        for (_, colour, _, _, shape), y in zip(curves, ends, strict=True):
            drawn.append(marker(shape, here, y, 5, colour))  # type: ignore[arg-type]
        # Hollow, and wide enough to be seen around the square of the net when the two are equal.
        drawn.append(marker("diamond", here, y_random, 9, "none", PAPER, 4))
        drawn.append(marker("diamond", here, y_random, 9, "none", INK, 1.6))
        left = plane.right + 14
        for (curve, colour, dash, width, _), end, y in zip(
            curves, ends, spread(ends, 34, plane.top + 8, plane.bottom - 20), strict=True
        ):
            value = scene.at(curve, scene.haters)
            words = signed(value, 1) if curve == "net" else plain(value, 1)
            if scene.haters == scene.furthest:  # further right the curve itself would be in the way
                bend = max(here + 8, plane.right)
                drawn.append(polyline((here + 8, bend, left - 2), (end, end, y - 4), colour, 1, "1 4"))
            drawn.append(segment(left + 2, y - 4, left + 24, y - 4, colour, width, dash))
            drawn.append(text(left + 30, y, f"{curve} {words}", colour=colour, bold=True))
        drawn.append(
            text(
                plane.left,
                plane.top - 10,
                f"◇ net of one random market of {scene.random_people:,} people (seed {scene.seed})",
                size=11.5,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def describe(self, scene: AdvocacyScene) -> str:
        """The three curves at the present share, in one sentence."""
        return (
            f"Three curves over the share of haters, drawn from 0 to {scene.furthest:g} %: at "
            f"{scene.haters:g} % haters there are {plain(scene.at('advocates', scene.haters), 1)} advocates "
            f"and {plain(scene.at('attacks', scene.haters), 1)} attacks per 100 people, a net advocacy of "
            f"{signed(scene.at('net', scene.haters), 1)}."
        )


VIEW = LoversHatersView()
