"""The picture of three voices about a product: what each says, how far off it is, and the weight it gets."""

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
    GREEN,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    Shape,
    View,
    hatching,
    interval,
    marker,
    place,
    rectangle,
    segment,
    text,
)

LOW, HIGH = 0, 20  # the scale of ratings
VOICES: tuple[tuple[str, Shape, str, str], ...] = (
    ("own", "square", ORANGE, "your own experience"),
    ("friends", "circle", BLUE, "friends"),
    ("advert", "triangle", GREEN, "the advert"),
)
ROWS = (3.55, 2.55, 1.55, 0.5)  # heights of three voices and of the mix


@dataclass(frozen=True, eq=False)
class ThreeVoicesScene:
    """Three voices, own, friends, advert: `weights` (3,) of the best mix, `errors` (3,) typical ones.

    On one occasion `said` (3,) are their messages, `friends` what each friend says, `estimate` the mix and
    `truth` what the product is worth. Typical errors of mixes: `error` of the best one, `error_equal` of
    thirds, and `drawn` of the best one over `occasions` random ones.
    """

    weights: NDArray[np.float64]
    errors: NDArray[np.float64]
    said: NDArray[np.float64]
    friends: NDArray[np.float64]
    shared: float
    estimate: float
    truth: float
    error: float
    error_equal: float
    drawn: float
    occasions: int
    seed: int
    is_question: bool


def points(value: float) -> str:
    """A message in points, or where it leaves the scale."""
    return f"below {LOW}" if value < LOW else f"above {HIGH}" if value > HIGH else plain(value, 1)


class ThreeVoicesView(View[ThreeVoicesScene]):
    """Messages with their typical errors, beside three bars of weight."""

    height = 404

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """The scale of ratings with four rows, and weights."""
        voices = place(figure, 22, 62, 312, 264)
        voices.set(xlim=(LOW, HIGH), ylim=(0, 4.1), xticks=range(LOW, HIGH + 1, 4), yticks=[])
        voices.set_xlabel("What they say the product is worth (points)")
        voices.set_title("One occasion", pad=26)
        voices.spines["left"].set_visible(False)
        voices.grid(True, axis="x")
        weights = place(figure, 404, 62, 128, 264)
        weights.set(xlim=(0, 3), ylim=(0, 108), xticks=[], yticks=range(0, 101, 20))
        weights.set_ylabel("Weight in the best mix (of 100)")
        weights.set_title("Weights", pad=26)
        weights.grid(True, axis="y")
        return {"voices": voices, "weights": weights}

    def marks(self, scene: ThreeVoicesScene) -> str:
        """Each voice with its typical error, the mix, and the weights."""
        return self._voices(scene) + self._weights(scene)

    def _voices(self, scene: ThreeVoicesScene) -> str:
        plane = self.stage.planes["voices"]

        def at(value: float) -> float:
            return plane.x(min(max(value, LOW), HIGH))

        truth = plane.x(scene.truth)
        drawn = [segment(truth, plane.top, truth, plane.bottom, INK, 1.6, "2 4")]
        drawn.append(text(plane.left, plane.top - 10, f"dotted: the truth, {plain(scene.truth)}", bold=True))
        drawn.append(text(plane.right, plane.top - 10, f"seed {scene.seed}", "end", colour=SOFT_INK))
        for (name, shape, colour, words), row, message, error in zip(
            VOICES, ROWS, scene.said.tolist(), scene.errors.tolist(), strict=False
        ):
            y = plane.y(row)
            if name == "friends":
                # Below the mean, in a fixed order that is no pattern: multiples of the golden ratio.
                for rank, rating in enumerate(scene.friends.tolist()):
                    nudge = 10 + 12 * ((rank + 1) * 0.618034 % 1)
                    drawn.append(marker("circle", at(rating), y + nudge, 2.6, colour, PAPER, 0.6, 0.5))
                words = f"{count(len(scene.friends), 'friend')}, mean"
            drawn.append(interval(at(message - error), at(message + error), y, INK, 4.4))
            drawn.append(interval(at(message - error), at(message + error), y, colour, 3))
            drawn.append(marker(shape, at(message), y, 7, colour, INK, 1))
            label = f"{words}: {points(message)} ± {plain(error, 1)}"
            drawn.append(text(plane.left, y - 18, label, size=12.5))
        y = plane.y(ROWS[-1])
        mix = scene.estimate
        drawn.append(interval(at(mix - scene.error), at(mix + scene.error), y, INK, 3.4))
        drawn.append(marker("diamond", at(mix), y, 6.5, INK))
        label = f"best mix: {points(mix)} ± {plain(scene.error, 1)}"
        drawn.append(text(plane.left, y - 18, label, size=12.5, bold=True))
        words = f"±: typical error; the best mix missed by {plain(scene.drawn, 2)} on {scene.occasions} draws"
        drawn.append(text(8, self.height - 8, words, size=11.5, colour=SOFT_INK))
        return "".join(drawn)

    def _weights(self, scene: ThreeVoicesScene) -> str:
        plane = self.stage.planes["weights"]
        third = plane.y(100 / 3)
        drawn = []
        for column, ((name, shape, colour, _), weight) in enumerate(
            zip(VOICES, scene.weights.tolist(), strict=True)
        ):
            left, right = plane.x(column + 0.14), plane.x(column + 0.86)
            middle, top = (left + right) / 2, plane.y(100 * weight)
            drawn.append(rectangle(left, top, right, plane.bottom, colour, opacity=0.8))
            if name == "own":
                drawn.append(hatching(left, top, right, plane.bottom, INK, gap=7, width=0.7))
            drawn.append(rectangle(left, top, right, plane.bottom, "none", INK, 1.2))
            drawn.append(text(middle, min(top, plane.bottom) - 7, plain(100 * weight), "middle", bold=True))
            drawn.append(marker(shape, middle, plane.bottom + 12, 5, colour, INK, 0.8))
            drawn.append(text(middle, plane.bottom + 32, name, "middle", 11.5))
        drawn.append(segment(plane.left, third, plane.right, third, INK, 1.4, "2 3"))
        words = f"shared error: {plain(100 * scene.shared)} %"
        drawn.append(text(self.width - 6, plane.top - 10, words, "end"))
        words = f"dotted: equal weights, ± {plain(scene.error_equal, 1)}"
        drawn.append(text(self.width - 6, plane.bottom + 52, words, "end", 11.5))
        return "".join(drawn)

    def describe(self, scene: ThreeVoicesScene) -> str:
        """Messages, errors and weights in one sentence."""
        parts = [
            f"{name} {points(message)} with a typical error of {plain(error, 2)} and a weight of "
            f"{plain(100 * weight)}"
            for (name, *_), message, error, weight in zip(
                VOICES, scene.said, scene.errors, scene.weights, strict=True
            )
        ]
        return (
            f"Three voices on a scale from {LOW} to {HIGH} around a truth of {plain(scene.truth)}: "
            f"{parts[0]}, {parts[1]} from {count(len(scene.friends), 'friend')}, {parts[2]}, mixed to "
            f"{points(scene.estimate)} with a typical error of {plain(scene.error, 2)}."
        )


VIEW = ThreeVoicesView()
