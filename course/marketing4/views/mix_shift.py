"""The picture of a mix shift: two waves, a bar per segment as wide as its share, and the totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.nps import MixShift
from marketing4.views.numbers import percent, plain, signed
from marketing4.views.stage import (
    BLUE,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    Plane,
    View,
    hatching,
    marker,
    place,
    rectangle,
    segment,
    text,
)

NAMES = ("Online", "Shops")
FLOOR, CEILING = -40, 100


def move(what: str, change: float) -> str:
    """What a score does: "The total falls by 20.4 points"."""
    if abs(change) < 0.05:
        return f"{what} stays"
    return f"{what} {'rises' if change > 0 else 'falls'} by {plain(abs(change), 1)}"


@dataclass(frozen=True)
class MixShiftScene:
    """Two waves, and totals that other customers of wave 2 might have given by chance."""

    waves: MixShift
    other_totals: tuple[float, ...]
    seed: int


class MixShiftView(View[MixShiftScene]):
    """Area is what counts: a bar's height is a segment's NPS, its width the segment's share of customers."""

    height = 408

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """One plane per wave with the same scales."""
        planes = {}
        for name, left in (("Wave 1", 56), ("Wave 2", 300)):
            wave = place(figure, left, 90, 162, 248)
            wave.set(
                xlim=(0, 100), ylim=(FLOOR, CEILING), xticks=range(0, 101, 25), yticks=range(-25, 101, 25)
            )
            wave.set_xlabel("Share of those who answered (%)")
            wave.set_title(name)
            wave.grid(True, axis="y")
            wave.axhline(0, color="#9AA5B1", linewidth=1)
            planes[name] = wave
        planes["Wave 1"].set_ylabel("NPS (points)")
        return planes

    def marks(self, scene: MixShiftScene) -> str:
        """Bars, totals, and the change as a headline."""
        waves = scene.waves
        first, second = (self.stage.planes[name] for name in ("Wave 1", "Wave 2"))
        before = second.y(waves.total_first)
        return (
            self._bars(first, waves.weights_first, waves.scores_first)
            + self._bars(second, waves.weights_second, waves.scores_second)
            + segment(second.left, before, second.right, before, INK, 1.4, "1 4")
            + self._names(first, waves.scores_first)
            + self._names(second, waves.scores_second)
            + self._total(first, waves.total_first, 8)
            + self._total(second, waves.total_second, 20)
            + self._others(second, scene)
            + text(
                8,
                22,
                f"{move('The online score', waves.rises[0])}, {move('the shop score', waves.rises[1])}.",
                size=14,
                bold=True,
            )
            + text(8, 43, f"{move('The total', waves.change)}.", size=14, bold=True)
            + text(
                self.width - 8,
                self.height - 8,
                f"dotted: total of wave 1; ○ totals if 400 other customers had answered (seed {scene.seed})",
                "end",
                size=11.5,
                colour=SOFT_INK,
            )
        )

    def _bars(self, plane: Plane, weights: tuple[float, ...], scores: tuple[float, ...]) -> str:
        edge = plane.x(100 * weights[0])
        zero = plane.y(0)
        online, shops = (plane.y(score) for score in scores)
        return (
            rectangle(plane.left, online, edge, zero, ORANGE, INK, opacity=0.55)
            + hatching(plane.left, online, edge, zero, INK, gap=7, width=0.8)
            + rectangle(plane.left, online, edge, zero, "none", INK)
            + rectangle(edge, shops, plane.right, zero, BLUE, INK, opacity=0.7)
        )

    def _names(self, plane: Plane, scores: tuple[float, ...]) -> str:
        zero, shops = plane.y(0), plane.y(scores[1])
        names = [f"{name}: score {signed(score)}" for name, score in zip(NAMES, scores, strict=True)]
        return (
            # Online on the side of the zero line where it has no bar: there it never meets the other label.
            text(plane.left, zero + 17 if scores[0] >= 0 else zero - 8, names[0], bold=True)
            + text(plane.right, shops - 8, names[1], "end", colour=BLUE, bold=True)
        )

    def _total(self, plane: Plane, total: float, gap: float) -> str:
        y = plane.y(total)
        return (
            segment(plane.left, y, plane.right + 4, y, PAPER, 5)
            + segment(plane.left, y, plane.right + 4, y, INK, 2.4, "8 3")
            + text(plane.right + gap, y - 3, "Total", bold=True)
            + text(plane.right + gap, y + 13, signed(total, 1), bold=True)
        )

    def _others(self, plane: Plane, scene: MixShiftScene) -> str:
        # One narrow column beside the total: only the height of a circle means something.
        return "".join(
            marker("circle", plane.right + 11, plane.y(total), 3, PAPER, SOFT_INK, 1.2, opacity=0.75)
            for total in scene.other_totals
        )

    def describe(self, scene: MixShiftScene) -> str:
        """Both waves in one sentence."""
        waves = scene.waves
        parts = [
            f"{name} from {signed(before)} at {percent(share)} of answers to {signed(after)} at "
            f"{percent(later)}"
            for name, before, share, after, later in zip(
                NAMES,
                waves.scores_first,
                waves.weights_first,
                waves.scores_second,
                waves.weights_second,
                strict=True,
            )
        ]
        return (
            "Two waves of bars, as high as a segment's NPS and as wide as its share: "
            f"{' and '.join(parts)}, while "
            f"the dashed total goes from {signed(waves.total_first, 1)} to {signed(waves.total_second, 1)}."
        )


VIEW = MixShiftView()
