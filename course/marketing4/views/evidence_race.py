"""The picture of customers who decide by a race of evidence: paths, times, accuracy over speed."""

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
    GREEN,
    INK,
    ORANGE,
    PAPER,
    PURPLE,
    SKY,
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

SECONDS = 4  # on the axis of time
TICKS = 10  # steps of the timeline in a second
SHOWN = 6  # paths drawn
BIN = 0.2  # seconds
TALLEST = 120  # customers in a bin
FROM, TO = 0.70, 0.76  # share of right decisions that the puzzle asks for
SLOW, QUICK = 2.0, 0.4  # mean seconds: at least, at most
LONGEST_MEAN = 3.4
BROWN = "#8A5A00"  # orange, dark enough for words
PATHS = (BLUE, GREEN, VERMILION, PURPLE, SKY, SOFT_INK)


@dataclass(frozen=True, eq=False)
class EvidenceRaceScene:
    """Customers who have raced for `time` seconds with this drift and bound.

    `paths` (SHOWN, points) is evidence every `dt` seconds. `times` (customers,) are decision times, nan if
    later than the longest, and `correct` (customers,) tells for which product. `accuracy` and `mean_time` are
    exact; `tried` holds (mean time, accuracy) of the customers who have raced to the end.
    """

    time: float
    drift: float
    bound: float
    paths: NDArray[np.float64]
    dt: float
    times: NDArray[np.float64]
    correct: NDArray[np.bool_]
    accuracy: float
    mean_time: float
    tried: tuple[tuple[float, float], ...]
    seed: int
    found_slow: bool
    found_quick: bool
    is_question: bool

    @property
    def is_over(self) -> bool:
        """Whether the race is shown to its end."""
        return self.time >= SECONDS

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Which customers have decided so far."""
        return np.asarray(self.times <= self.time + 1e-9)

    @property
    def right(self) -> int:
        """How many so far chose the better product."""
        return int((self.decided & self.correct).sum())

    @property
    def wrong(self) -> int:
        """How many so far chose the worse product."""
        return int((self.decided & ~self.correct).sum())


class EvidenceRaceView(View[EvidenceRaceScene]):
    """A few paths over the times of all customers, beside speed and accuracy."""

    height = 424

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Evidence over time, customers over the same time, and right decisions over mean time."""
        race = place(figure, 62, 62, 272, 174)
        race.set(xlim=(0, SECONDS), ylim=(-2, 2), xticks=range(SECONDS + 1), yticks=range(-2, 3))
        race.set_xticklabels([])
        race.set_ylabel("Evidence (units)")
        race.set_title("The race in six heads", pad=26)
        race.grid(True, axis="x")
        times = place(figure, 62, 262, 272, 100)
        times.set(xlim=(0, SECONDS), ylim=(-TALLEST / 2, TALLEST), xticks=range(SECONDS + 1))
        times.set_yticks([-50, 0, 50, 100], ["50", "0", "50", "100"])
        times.set(xlabel="Seconds until the decision", ylabel="Customers (of 400)")
        times.grid(True, axis="x")
        speed = place(figure, 404, 62, 128, 300)
        speed.set(xlim=(0, LONGEST_MEAN), ylim=(50, 100), xticks=range(4), yticks=range(50, 101, 10))
        speed.set(xlabel="Mean time (s)", ylabel="Right decisions (%)")
        speed.set_title("How they decide", pad=26)
        speed.grid(True, axis="y")
        return {"race": race, "times": times, "speed": speed}

    def marks(self, scene: EvidenceRaceScene) -> str:
        """Paths up to the present moment, decisions made so far, and the customers tried."""
        return self._race(scene) + self._times(scene) + self._speed(scene)

    def _race(self, scene: EvidenceRaceScene) -> str:
        plane = self.stage.planes["race"]
        upper, lower, now = plane.y(scene.bound), plane.y(-scene.bound), plane.x(scene.time)
        drawn = [
            segment(plane.left, plane.y(0), plane.right, plane.y(0), FAINT, 1.2),
            segment(plane.left, upper, plane.right, upper, BLUE, 2.4),
            segment(plane.left, lower, plane.right, lower, ORANGE, 2.4, "7 4"),
        ]
        for number, path in enumerate(scene.paths):
            time, is_right = scene.times[number], scene.correct[number]
            end = min(scene.time, time if np.isfinite(time) else scene.time)
            points = round(end / scene.dt) + 1
            every = np.unique(np.append(np.arange(0, points, 2), points - 1))
            xs = plane.x_offset + plane.x_scale * scene.dt * every
            ys = plane.y_offset + plane.y_scale * path[every]
            drawn.append(polyline(xs, ys, PATHS[number], 1.5, opacity=0.85))
            if end == time:
                drawn.append(
                    marker("circle", float(xs[-1]), upper, 5, BLUE, INK, 1)
                    if is_right
                    else marker("square", float(xs[-1]), lower, 4.6, ORANGE, INK, 1)
                )
            else:
                drawn.append(marker("diamond", float(xs[-1]), float(ys[-1]), 2.6, INK, PAPER, 0.8))
        drawn.append(segment(now, plane.top, now, plane.bottom, INK, 1, "1 3"))
        drawn.append(text(plane.right, upper - 6, "chooses the better product", "end", 12, BLUE))
        drawn.append(text(plane.right, lower + 15, "chooses the worse product", "end", 12, BROWN))
        words = f"drift {plain(scene.drift, 2)}, bound {plain(scene.bound, 2)}"
        drawn.append(text(plane.left, plane.top - 10, words, bold=True))
        drawn.append(text(plane.right, plane.top - 10, f"{plain(scene.time, 1)} s", "end", bold=True))
        return "".join(drawn)

    def _times(self, scene: EvidenceRaceScene) -> str:
        plane = self.stage.planes["times"]
        edges = np.arange(0, SECONDS + BIN / 2, BIN)
        drawn = []
        for side, is_right in ((1, True), (-1, False)):
            seen = scene.times[scene.decided & (scene.correct == is_right)]
            counts, _ = np.histogram(seen, edges)
            for left, number in zip(edges, counts.tolist(), strict=False):
                if number == 0:
                    continue
                x0, x1 = plane.x(left) + 0.6, plane.x(left + BIN) - 0.6
                room = TALLEST if is_right else TALLEST // 2
                y = plane.y(side * min(number, room))
                drawn.append(rectangle(x0, plane.y(0), x1, y, BLUE if is_right else ORANGE))
                if not is_right:
                    drawn.append(hatching(x0, plane.y(0), x1, y, INK, gap=5, width=0.7))
                if number > room:  # a bar that leaves the picture says how tall it is
                    words = f"{number} {'▴' if is_right else '▾'}"
                    drawn.append(text(x1 + 5, y + 10 if is_right else y - 3, words, size=11.5))
        drawn.append(segment(plane.left, plane.y(0), plane.right, plane.y(0), INK, 1.2))
        open_ones = len(scene.times) - scene.right - scene.wrong
        top = plane.top
        drawn.append(text(plane.right, top + 4, f"{scene.right} right", "end", 12.5, BLUE, bold=True))
        drawn.append(text(plane.right, top + 22, f"{open_ones} undecided", "end", 12.5, SOFT_INK))
        drawn.append(
            text(plane.right, plane.bottom - 6, f"{scene.wrong} wrong", "end", 12.5, BROWN, bold=True)
        )
        words = f"{len(scene.times)} random customers, seed {scene.seed}; a model, its seconds are not data"
        drawn.append(text(8, self.height - 8, words, size=11.5, colour=SOFT_INK))
        return "".join(drawn)

    def _speed(self, scene: EvidenceRaceScene) -> str:
        plane = self.stage.planes["speed"]
        drawn = []
        for find, low, high, found in (
            (1, SLOW, LONGEST_MEAN, scene.found_slow),
            (2, 0, QUICK, scene.found_quick),
        ):
            left, right, top, bottom = plane.x(low), plane.x(high), plane.y(100 * TO), plane.y(100 * FROM)
            drawn.append(hatching(left, top, right, bottom, SOFT_INK, gap=6, width=0.7))
            drawn.append(rectangle(left, top, right, bottom, "none", INK, 1.3))
            words = f"find {find}{' ✓' if found else ''}"
            if find == 1:
                drawn.append(text(right, top - 6, words, "end", 12, bold=found))
            else:
                drawn.append(text(left + 3, bottom + 15, words, size=12, bold=found))
        for time, accuracy in scene.tried[:-1] if scene.is_over else scene.tried:
            drawn.append(marker("circle", plane.x(time), plane.y(100 * accuracy), 3.4, SKY, PAPER, 0.8))
        if scene.is_over:
            x, y = plane.x(scene.mean_time), plane.y(100 * scene.accuracy)
            drawn.append(marker("circle", x, y, 6, BLUE, INK, 1.2))
            words = f"{percent(scene.accuracy)} in {plain(scene.mean_time, 2)} s"
        else:
            words = "when played to 4 s"
        drawn.append(text(plane.left, plane.top - 10, words, bold=scene.is_over))
        return "".join(drawn)

    def describe(self, scene: EvidenceRaceScene) -> str:
        """Decisions so far and the exact speed and accuracy in one sentence."""
        ending = ""
        if scene.is_over:
            ending = (
                f"; a circle stands at {percent(scene.accuracy)} right decisions and a mean time of "
                f"{plain(scene.mean_time, 2)} seconds"
            )
        return (
            f"{SHOWN} paths of evidence between bounds at plus and minus {plain(scene.bound, 2)}, with a "
            f"drift of {plain(scene.drift, 2)} to the upper one, over bars of the decision times of "
            f"{len(scene.times)} customers: after {plain(scene.time, 1)} seconds {scene.right} have chosen "
            f"the better and {scene.wrong} the worse product{ending}."
        )


VIEW = EvidenceRaceView()
