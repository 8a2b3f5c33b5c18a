"""The picture of an advert shown again and again: who has seen it how often, attitude and recall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import count, percent, plain, signed
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    SOFT_INK,
    View,
    hatching,
    marker,
    place,
    polyline,
    rectangle,
    segment,
    text,
)

SPOTS = 40
VIEWERS = 100
LOWEST, HIGHEST = -1.08, 0.6  # attitude
FLOOR = -1.0  # attitude falls no further, an assumption
TALLEST = 40  # viewers with the same number of exposures
WANTED = 0.35  # mean attitude
BROWN = "#8A5A00"  # orange, dark enough for words


@dataclass(frozen=True, eq=False)
class RepetitionScene:
    """The campaign after `spots` spots; histories have shape (SPOTS + 1,), by number of spots shown.

    `exposures` (VIEWERS,) is how often each viewer has seen it, at most `cap` times. `curve` is the attitude
    after 0 to SPOTS exposures, best after `best` of them. `attitude` and `recall` are means over the viewers.
    `furthest` is how far the student has played.
    """

    spots: int
    furthest: int
    exposures: NDArray[np.int64]
    curve: NDArray[np.float64]
    best: int
    attitude: NDArray[np.float64]
    recall: NDArray[np.float64]
    spread: float
    cap: int
    seed: int
    is_first_campaign: bool

    @property
    def liking(self) -> float:
        """Mean attitude now."""
        return float(self.attitude[self.spots])

    @property
    def remembering(self) -> float:
        """Share of viewers who remember the advert now."""
        return float(self.recall[self.spots])

    @property
    def mean(self) -> float:
        """Mean number of exposures now."""
        return float(self.exposures.mean())

    @property
    def annoyed(self) -> int:
        """Viewers whose attitude is lower than if they had never seen it."""
        return int((self.curve[self.exposures] < -1e-9).sum())


class RepetitionView(View[RepetitionScene]):
    """Attitude over exposures with the viewers below, beside the two means over the campaign."""

    height = 424

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Attitude and viewers over exposures; mean attitude and recall over spots."""
        curve = place(figure, 62, 62, 250, 176)
        curve.set(xlim=(-0.5, SPOTS + 0.5), ylim=(LOWEST, HIGHEST), xticks=range(0, SPOTS + 1, 10))
        curve.set_yticks([-1, -0.5, 0, 0.5], ["−1.0", "−0.5", "0", "+0.5"])
        curve.set_xticklabels([])
        curve.set_ylabel("Attitude (0: never seen)")
        curve.set_title("Seen once more", pad=26)
        curve.grid(True, axis="y")
        people = place(figure, 62, 262, 250, 100)
        people.set(xlim=(-0.5, SPOTS + 0.5), ylim=(0, TALLEST), xticks=range(0, SPOTS + 1, 10))
        people.set(yticks=range(0, TALLEST + 1, 20), xlabel="Exposures so far", ylabel="Viewers (of 100)")
        people.grid(True, axis="y")
        liking = place(figure, 396, 62, 136, 176)
        liking.set(xlim=(0, SPOTS), ylim=(LOWEST, HIGHEST), xticks=range(0, SPOTS + 1, 20), xticklabels=[])
        liking.set_yticks([-1, -0.5, 0, 0.5], ["−1.0", "−0.5", "0", "+0.5"])
        liking.set_ylabel("Mean attitude (0: before)")
        liking.set_title("The campaign", pad=26)
        liking.grid(True, axis="y")
        recall = place(figure, 396, 262, 136, 100)
        recall.set(xlim=(0, SPOTS), ylim=(0, 100), xticks=range(0, SPOTS + 1, 20), yticks=range(0, 101, 50))
        recall.set(xlabel="Spots shown", ylabel="Remember (%)")
        recall.grid(True, axis="y")
        return {"curve": curve, "people": people, "liking": liking, "recall": recall}

    def marks(self, scene: RepetitionScene) -> str:
        """Viewers by exposures on the curve and below it; two histories as far as played."""
        return self._curve(scene) + self._people(scene) + self._histories(scene)

    def _curve(self, scene: RepetitionScene) -> str:
        plane = self.stage.planes["curve"]
        # Nobody has been there yet: the curve grows with the viewer who has seen most.
        last = int(min(scene.furthest, scene.cap, SPOTS))
        inside = np.arange(last + 1)
        xs = plane.x_offset + plane.x_scale * inside
        ys = plane.y_offset + plane.y_scale * scene.curve[: last + 1]
        zero = plane.y(0)
        drawn = [
            segment(plane.left, zero, plane.right, zero, INK, 1.4),
            polyline(xs, ys, FAINT, 3),
        ]
        for exposures, number in self._groups(scene):
            x, value = plane.x(exposures), float(scene.curve[exposures])
            y, size = plane.y(value), 2.4 + 0.55 * number**0.5
            if value < -1e-9:
                drawn.append(marker("square", x, y, size, ORANGE, INK, 0.8))
            else:
                drawn.append(marker("circle", x, y, size, BLUE, INK, 0.8))
        drawn.append(text(plane.left, plane.top - 10, f"mean {plain(scene.mean, 1)} times", bold=True))
        words = f"{scene.annoyed} like it less"
        drawn.append(text(plane.right, plane.top - 10, words, "end", colour=BROWN, bold=True))
        return "".join(drawn)

    def _people(self, scene: RepetitionScene) -> str:
        plane = self.stage.planes["people"]
        drawn = []
        for exposures, number in self._groups(scene):
            left, right = plane.x(exposures - 0.42), plane.x(exposures + 0.42)
            top = plane.y(min(number, TALLEST))
            is_worse = scene.curve[exposures] < -1e-9
            drawn.append(rectangle(left, top, right, plane.bottom, ORANGE if is_worse else BLUE))
            if is_worse:
                drawn.append(hatching(left, top, right, plane.bottom, INK, gap=4, width=0.7))
            if number > TALLEST:  # a bar that leaves the picture says how tall it is
                is_last = exposures > SPOTS - 8
                x = left - 4 if is_last else right + 4
                drawn.append(text(x, top + 10, f"{number} ▴", "end" if is_last else "start", 11.5))
        if scene.cap < SPOTS:
            x = plane.x(scene.cap + 0.5)
            drawn.append(segment(x, plane.top - 18, x, plane.bottom, INK, 1.6, "2 3"))
            is_right = scene.cap > SPOTS / 2
            drawn.append(
                text(
                    x - 5 if is_right else x + 5,
                    plane.top - 8,
                    f"cap {scene.cap}",
                    "end" if is_right else "start",
                    12,
                )
            )
        words = f"{VIEWERS} random viewers, seed {scene.seed}; a model, its sizes are assumptions"
        drawn.append(text(8, self.height - 8, words, size=11.5, colour=SOFT_INK))
        return "".join(drawn)

    def _histories(self, scene: RepetitionScene) -> str:
        drawn = []
        played = scene.furthest + 1
        for name, history, now, words in (
            ("liking", scene.attitude, scene.liking, f"attitude {signed(scene.liking, 2)}"),
            ("recall", 100 * scene.recall, 100 * scene.remembering, f"recall {percent(scene.remembering)}"),
        ):
            plane = self.stage.planes[name]
            xs = plane.x_offset + plane.x_scale * np.arange(played)
            ys = plane.y_offset + plane.y_scale * history[:played]
            x, y = plane.x(scene.spots), plane.y(now)
            if name == "liking":
                goal = plane.y(WANTED)
                drawn.append(segment(plane.left, plane.y(0), plane.right, plane.y(0), INK, 1.4))
                drawn.append(segment(plane.left, goal, plane.right, goal, INK, 1.4, "2 3"))
                drawn.append(polyline(xs, ys, BLUE, 3))
                drawn.append(marker("circle", x, y, 5.5, BLUE, INK, 1))
            else:
                drawn.append(polyline(xs, ys, SOFT_INK, 3, "7 3"))
                drawn.append(marker("diamond", x, y, 5, SOFT_INK, INK, 1))
            drawn.append(text(plane.left, plane.top - 10, words, bold=True))
        return "".join(drawn)

    def _groups(self, scene: RepetitionScene) -> list[tuple[int, int]]:
        """Numbers of exposures that occur, and how many viewers have each."""
        numbers, sizes = np.unique(scene.exposures, return_counts=True)
        return list(zip(numbers.tolist(), sizes.tolist(), strict=True))

    def describe(self, scene: RepetitionScene) -> str:
        """Exposures, attitude and recall in one sentence."""
        return (
            f"{VIEWERS} viewers on a curve of attitude over exposures, best after {scene.best}: after "
            f"{count(scene.spots, 'spot')} they have seen the advert {plain(scene.mean, 1)} times on "
            f"average, between {scene.exposures.min()} and {scene.exposures.max()}, and {scene.annoyed} "
            f"like the brand less than before; beside it the mean attitude at {signed(scene.liking, 2)} and "
            f"the share who remember at {percent(scene.remembering)}."
        )


VIEW = RepetitionView()
