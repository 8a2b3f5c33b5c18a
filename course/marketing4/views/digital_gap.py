"""The picture of the digital gap: two groups over the years, and their gap in points and as a ratio."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.digital_gap import Gap
from marketing4.views.numbers import plain
from marketing4.views.stage import (
    BLUE,
    INK,
    PAPER,
    SOFT_INK,
    VERMILION,
    Plane,
    View,
    marker,
    place,
    polyline,
    segment,
    spread,
    text,
)

YEARS = (2005, 2010, 2017, 2023)
RATIOS = (1, 2, 4, 8, 16)  # ticks of a logarithmic axis
LEAST, MOST = -10, 82  # points


def figure_of(value: float) -> str:
    """A share or a gap as the source prints it: a decimal only where there is one."""
    return plain(value, 0 if abs(value - round(value)) < 0.05 else 1)


def ratio_words(ratio: float | None) -> str:
    """A ratio in words; none if nobody in the second group is online."""
    return "without limit" if ratio is None else plain(ratio, 1 if ratio >= 1.95 else 2)


@dataclass(frozen=True)
class DigitalGapScene:
    """Two groups between two years of the table.

    `shares` holds (YEARS,) per cent for the group that is ahead at first and for the one behind; `gaps` the
    gap in each of YEARS; `surveyed` the gaps of one random survey of `people` in each group and year. `since`
    and `until` are positions in YEARS, in this order.
    """

    names: tuple[str, str]
    shares: tuple[tuple[float, ...], tuple[float, ...]]
    gaps: tuple[Gap, ...]
    surveyed: tuple[Gap, ...]
    people: int
    since: int
    until: int
    seed: int

    @property
    def first(self) -> Gap:
        """The gap in the first of the two years."""
        return self.gaps[self.since]

    @property
    def last(self) -> Gap:
        """The gap in the last of the two years."""
        return self.gaps[self.until]

    @property
    def growth(self) -> float:
        """Points by which the gap grew; negative if it fell."""
        return self.last.points - self.first.points


class DigitalGapView(View[DigitalGapScene]):
    """Two lines on the left; on the right their difference above and their quotient below."""

    height = 392

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """People online in per cent, the gap in points, and the ratio on a logarithmic axis, over years."""
        use = place(figure, 56, 62, 230, 272)
        use.set(xlim=(2003, 2028), ylim=(0, 100), xticks=YEARS, yticks=range(0, 101, 20))
        use.set(xlabel="Year", ylabel="People online (%)")
        use.set_title("Who is online?", pad=26)
        use.grid(True, axis="y")
        points = place(figure, 356, 62, 176, 112)
        points.set(ylim=(LEAST, MOST), yticks=range(0, 61, 20), ylabel="Gap (points)")
        points.set_title("Difference", pad=26)
        points.axhline(0, color="#9AA5B1", linewidth=1)
        ratio = place(figure, 356, 222, 176, 112)
        ratio.set(ylim=(-0.5, 5.9), ylabel="Ratio (times)", xlabel="Year")
        ratio.set_yticks([math.log2(number) for number in RATIOS], list(map(str, RATIOS)))
        ratio.set_title("Ratio")
        ratio.axhline(0, color="#9AA5B1", linewidth=1)
        for axes in (points, ratio):
            axes.set(xlim=(2003, 2025), xticks=YEARS)
            axes.grid(True, axis="y")
        return {"use": use, "points": points, "ratio": ratio}

    def marks(self, scene: DigitalGapScene) -> str:
        """The two groups, the gap of the chosen years, and both measures between these years."""
        positions = range(scene.since, scene.until + 1)
        years = [YEARS[position] for position in positions]
        points = [scene.gaps[position].points for position in positions]
        ratios = [_log2(scene.gaps[position].ratio) for position in positions]
        plane = self.stage.planes["points"]
        return (
            self._use(scene)
            + self._measure(
                plane,
                years,
                points,
                [figure_of(value) for value in points],
                [scene.surveyed[position].points for position in positions],
            )
            + self._measure(
                self.stage.planes["ratio"],
                years,
                ratios,
                [ratio_words(scene.gaps[position].ratio) for position in positions],
                [_log2(scene.surveyed[position].ratio) for position in positions],
            )
            + text(
                self.width - 4,
                plane.top - 10,
                f"◇ {scene.people} people asked (seed {scene.seed})",
                "end",
                size=11.5,
                colour=SOFT_INK,
            )
        )

    def _use(self, scene: DigitalGapScene) -> str:
        plane = self.stage.planes["use"]
        looks = ((BLUE, "", "circle", plane.left), (VERMILION, "7 4", "triangle", plane.left + 122))
        drawn = []
        for position in sorted({scene.since, scene.until}):
            x = plane.x(YEARS[position])
            ends = [plane.y(shares[position]) for shares in scene.shares]
            drawn.append(segment(x, ends[0], x, ends[1], INK, 5, opacity=0.25))
        for name, shares, (colour, dash, shape, left) in zip(scene.names, scene.shares, looks, strict=True):
            xs, ys = [plane.x(year) for year in YEARS], [plane.y(share) for share in shares]
            drawn.append(polyline(xs, ys, colour, 2.4, dash))
            drawn += [marker(shape, x, y, 5, colour) for x, y in zip(xs, ys, strict=True)]  # type: ignore[arg-type]
            drawn.append(marker(shape, left + 6, plane.top - 14, 5, colour))  # type: ignore[arg-type]
            drawn.append(text(left + 16, plane.top - 10, name, colour=colour, bold=True))
        for position in sorted({scene.since, scene.until}):
            wanted = [plane.y(shares[position]) + 4 for shares in scene.shares]
            placed = spread(wanted, 15, plane.top + 10, plane.bottom - 3)
            for shares, y, (colour, *_) in zip(scene.shares, placed, looks, strict=True):
                x = plane.x(YEARS[position]) + 8
                drawn.append(text(x, y, figure_of(shares[position]), colour=colour, size=12, bold=True))
        return "".join(drawn)

    def _measure(
        self, plane: Plane, years: list[int], values: list[float], words: list[str], surveyed: list[float]
    ) -> str:
        xs = [plane.x(year) for year in years]

        def height(value: float) -> float:
            return min(max(plane.y(value), plane.top), plane.bottom)

        ys = [height(value) for value in values]
        return (
            polyline(xs, ys, INK, 2.4)
            + "".join(
                # Beside its point, so that neither hides the other.
                marker("diamond", x + 13, height(value), 3.6, PAPER, SOFT_INK, 1.3)
                for x, value in zip(xs, surveyed, strict=True)
            )
            + "".join(marker("square", x, y, 4, INK) for x, y in zip(xs, ys, strict=True))
            + "".join(
                text(x, max(y - 9, plane.top + 9), word, "middle", size=12, bold=True)
                for x, y, word in zip(xs, ys, words, strict=True)
            )
        )

    def describe(self, scene: DigitalGapScene) -> str:
        """Both groups and both measures in one sentence."""
        since, until = YEARS[scene.since], YEARS[scene.until]
        ahead, behind = scene.shares
        return (
            f"Two lines of people online, {scene.names[0]} and {scene.names[1]}, from {since} to {until}: "
            f"{figure_of(ahead[scene.since])} and {figure_of(behind[scene.since])} per cent at first, "
            f"{figure_of(ahead[scene.until])} and {figure_of(behind[scene.until])} at last; the gap goes "
            f"from {figure_of(scene.first.points)} to {figure_of(scene.last.points)} points and the ratio "
            f"from {ratio_words(scene.first.ratio)} to {ratio_words(scene.last.ratio)}, beside diamonds of "
            "one random survey."
        )


def _log2(ratio: float | None) -> float:
    return 9.0 if ratio is None else math.log2(max(ratio, 0.01))


VIEW = DigitalGapView()
