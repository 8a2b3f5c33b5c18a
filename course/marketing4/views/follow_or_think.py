"""The picture of a crowd that copies: what a copier and a thinker choose, and who still looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import count, plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    View,
    marker,
    place,
    polyline,
    segment,
    text,
)

PEOPLE, COLUMNS = 100, 10
HALF = 50  # copiers, of whom the first find allows no more
TOP = 2.4
BROWN = "#8A5A00"  # orange, dark enough for words


@dataclass(frozen=True, eq=False)
class FollowOrThinkScene:
    """Expected quality of the choice by number of people who copy, 0 is an average product.

    `copier` has shape (PEOPLE + 1,); `thinker` is the same whatever the others do. `drawn` gives the means of
    `shelves` random shelves, of the copier's and of the thinker's choice. `copies` (PEOPLE,) tells who
    copies, `worth` is the number of independent ratings that all ratings are worth. `explored` is the
    smallest and the largest number of copiers tried.
    """

    copying: int
    posts: int
    options: int
    seconds: int
    copier: NDArray[np.float64]
    thinker: float
    drawn: tuple[float, float]
    shelves: int
    copies: NDArray[np.bool_]
    worth: float
    seed: int
    found_useless: bool
    found_useful: bool
    explored: tuple[int, int]
    is_first_market: bool

    @property
    def copied(self) -> float:
        """Expected quality of a copier's choice at the present number of copiers."""
        return float(self.copier[self.copying])

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean quality of all choices by number of people who copy."""
        share = np.arange(PEOPLE + 1) / PEOPLE
        return np.asarray(share * self.copier + (1 - share) * self.thinker)

    @property
    def turn(self) -> int | None:
        """The smallest number of copiers at which copying pays no more, None if it always pays."""
        useless = self.copier <= self.thinker
        return int(useless.argmax()) if useless.any() else None


class FollowOrThinkView(View[FollowOrThinkScene]):
    """The choice over the number of copiers, beside a hundred people."""

    height = 428

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Quality over the number of copiers, and a plane without axes for the people."""
        curve = place(figure, 58, 86, 270, 262)
        curve.set(xlim=(0, PEOPLE), ylim=(0, TOP), xticks=range(0, 101, 20), yticks=np.arange(0, 2.1, 0.5))
        curve.set(
            xlabel="People of 100 who copy",
            ylabel="Quality (standard deviations; 0: average)",
        )
        curve.set_title("What people choose", pad=50)
        curve.grid(True, axis="y")
        people = place(figure, 362, 86, 170, 206)
        people.set_axis_off()
        people.set(xlim=(0, COLUMNS), ylim=(PEOPLE / COLUMNS, 0))
        people.set_title(f"{PEOPLE} ratings", pad=50)
        return {"curve": curve, "people": people}

    def marks(self, scene: FollowOrThinkScene) -> str:
        """Three curves with the present number of copiers, and the people behind the ratings."""
        return self._curves(scene) + self._people(scene)

    def _curves(self, scene: FollowOrThinkScene) -> str:
        plane = self.stage.planes["curve"]
        low, high = scene.explored
        tried = slice(low, high + 1)
        xs = plane.x_offset + plane.x_scale * np.arange(PEOPLE + 1)[tried]
        here, thinker, copier = plane.x(scene.copying), plane.y(scene.thinker), plane.y(scene.copied)
        drawn = [segment(here, plane.top, here, plane.bottom, FAINT, 1.6)]
        if scene.turn is not None and low <= scene.turn <= high:
            turn = plane.x(scene.turn)
            drawn.append(segment(turn, thinker - 13, turn, thinker + 13, INK, 2))
        drawn += [
            polyline(xs, plane.y_offset + plane.y_scale * scene.mean[tried], SOFT_INK, 2, "2 4"),
            segment(plane.left, thinker, plane.right, thinker, ORANGE, 3, "8 4"),
            polyline(xs, plane.y_offset + plane.y_scale * scene.copier[tried], BLUE, 3.2),
        ]
        for quality, y in zip(scene.drawn, (copier, thinker), strict=True):
            dot = plane.y(min(max(quality, 0), TOP))
            drawn.append(marker("diamond", here, dot, 5, "none", PAPER, 4))
            drawn.append(marker("diamond", here, dot, 5, "none", INK if y == copier else SOFT_INK, 1.5))
        drawn.append(marker("square", here, thinker, 5, ORANGE, INK, 0.8))
        drawn.append(marker("circle", here, copier, 5.5, BLUE))
        row = plane.top - 32
        drawn.append(marker("circle", plane.left + 6, row - 4, 5.5, BLUE))
        words = f"copies: {plain(scene.copied, 2)}"
        drawn.append(text(plane.left + 17, row, words, colour=BLUE, bold=True))
        drawn.append(marker("square", plane.left + 138, row - 4, 5, ORANGE, INK, 0.8))
        words = f"thinks: {plain(scene.thinker, 2)}"
        drawn.append(text(plane.left + 149, row, words, colour=BROWN, bold=True))
        gap = scene.copied - scene.thinker
        verdict = f"copying pays {plain(gap, 2)}" if gap > 0 else f"copying costs {plain(-gap, 2)}"
        drawn.append(text(plane.left, plane.top - 12, f"{scene.copying} copy: {verdict}", bold=True))
        drawn.append(
            text(
                8,
                self.height - 24,
                "drawn as far as tried; dotted: mean of all; tick: copying no longer pays",
                size=11.5,
            )
        )
        drawn.append(
            text(
                8,
                self.height - 6,
                f"◇ means of {scene.shelves} random shelves, seed {scene.seed}",
                size=11.5,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def _people(self, scene: FollowOrThinkScene) -> str:
        plane = self.stage.planes["people"]
        drawn = []
        for person, copies in enumerate(scene.copies.tolist()):
            x, y = plane.x(person % COLUMNS + 0.5), plane.y(person // COLUMNS + 0.5)
            if copies:
                drawn.append(marker("circle", x, y, 6, PAPER, BLUE, 2))
            else:
                drawn.append(marker("square", x, y, 5.5, ORANGE, INK, 0.8))
        words = f"worth {plain(scene.worth, 1 if scene.worth < 10 else 0)}"
        drawn.append(text(plane.left, plane.top - 32, words, bold=True))
        drawn.append(text(plane.left, plane.top - 12, "independent ratings"))
        y = plane.bottom + 22
        posts = count(scene.posts, "post")
        drawn.append(marker("square", plane.left + 7, y - 4, 5.5, ORANGE, INK, 0.8))
        drawn.append(text(plane.left + 20, y, f"own look: {PEOPLE - scene.copying}"))
        drawn.append(marker("circle", plane.left + 7, y + 16, 6, PAPER, BLUE, 2))
        drawn.append(text(plane.left + 20, y + 20, f"repeats {posts}: {scene.copying}"))
        for find, found, height in ((1, scene.found_useless, 48), (2, scene.found_useful, 66)):
            state = "✓ found" if found else "– not yet"
            drawn.append(text(plane.left, y + height, f"find {find} {state}", size=12))
        return "".join(drawn)

    def describe(self, scene: FollowOrThinkScene) -> str:
        """The two choices and the ratings in one sentence."""
        low, high = scene.explored
        return (
            f"A curve of the quality of a copier's choice, drawn from {low} to {high} copiers, and a level "
            f"line for people who think: with {scene.copying} of {PEOPLE} copying it is "
            f"{plain(scene.copied, 2)} against {plain(scene.thinker, 2)}; beside it {PEOPLE} people, "
            f"{PEOPLE - scene.copying} squares with an own look and {scene.copying} rings that repeat "
            f"{count(scene.posts, 'post')}, together worth {plain(scene.worth, 1)} independent ratings."
        )


VIEW = FollowOrThinkView()
