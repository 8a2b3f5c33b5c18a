"""The picture of a crowd that guesses: everybody's guess, and how spread and miss go on while people talk."""

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
    INK,
    ORANGE,
    PURPLE,
    SKY,
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

ROUNDS = 8
LIGHTEST, HEAVIEST = 400, 680  # kg, ends of the axis
MOST_MISS = 60  # kg, upper end of the second axis


@dataclass(frozen=True, eq=False)
class CrowdGuessScene:
    """Guesses in kg at a time between 0 and ROUNDS, and what they were in every whole round before.

    `guesses` (people,), `first` is the first row; person 0 is the loud one. `heights` (people,) from 0 to 1
    only keep dots apart. `spreads`, `misses` and `typical` hold one value per whole round passed and one for
    now, at `times`.
    """

    time: float
    truth: float
    guesses: NDArray[np.float64]
    first: NDArray[np.float64]
    heights: NDArray[np.float64]
    times: NDArray[np.float64]
    spreads: NDArray[np.float64]
    misses: NDArray[np.float64]
    typical: NDArray[np.float64]
    loud: float
    own_guess: float | None
    seed: int

    @property
    def people(self) -> int:
        """Visitors in this crowd."""
        return len(self.guesses)

    @property
    def round(self) -> int:
        """Whole rounds of talk that have passed."""
        return int(self.time)

    @property
    def mean(self) -> float:
        """Mean guess now, in kg."""
        return float(self.guesses.mean())


class CrowdGuessView(View[CrowdGuessScene]):
    """A dot for everybody's guess beside the course of three errors."""

    height = 408

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Guesses over kilograms without a second scale, and kilograms over rounds of talk."""
        guesses = place(figure, 14, 88, 268, 268)
        guesses.set(xlim=(LIGHTEST, HEAVIEST), ylim=(0, 1), yticks=[], xticks=range(400, 681, 50))
        guesses.spines["left"].set_visible(False)
        guesses.set_xlabel("Guess (kg)")
        guesses.set_title("Every dot is one visitor's guess", pad=54)
        errors = place(figure, 334, 88, 100, 268)
        errors.set(
            xlim=(0, ROUNDS), ylim=(0, MOST_MISS), xticks=range(0, ROUNDS + 1, 2), yticks=range(0, 61, 10)
        )
        errors.set(xlabel="Rounds of talk", ylabel="Kilograms (kg)")
        errors.set_title("Agreement and error", pad=54)
        errors.grid(True, axis="y")
        return {"guesses": guesses, "errors": errors}

    def marks(self, scene: CrowdGuessScene) -> str:
        """The crowd with its mean and the truth; the three courses so far."""
        return self._crowd(scene) + self._errors(scene)

    def _crowd(self, scene: CrowdGuessScene) -> str:
        plane = self.stage.planes["guesses"]
        shown = np.clip(scene.guesses, LIGHTEST, HEAVIEST)
        xs = plane.x_offset + plane.x_scale * shown
        ys = plane.top + 8 + scene.heights * (plane.bottom - plane.top - 16)
        dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in zip(xs.tolist(), ys.tolist(), strict=True))
        truth, mean = plane.x(scene.truth), plane.x(min(max(scene.mean, LIGHTEST), HEAVIEST))
        left, right, row = plane.left, plane.left + 128, plane.top - 34
        drawn = [
            f'<path d="{dots}" stroke="{SKY}" stroke-width="5" stroke-linecap="round"/>',
            segment(mean, plane.top, mean, plane.bottom, BLUE, 2.6),
            segment(truth, plane.top - 4, truth, plane.bottom, INK, 1.8, "6 4"),
            segment(left, row - 4, left + 22, row - 4, INK, 1.8, "6 4"),
            text(left + 28, row, f"the ox {plain(scene.truth)}", bold=True),
            segment(right, row - 4, right + 22, row - 4, BLUE, 2.6),
            text(right + 28, row, f"their mean {plain(scene.mean, 1)}", colour=BLUE, bold=True),
        ]
        row += 20
        if scene.own_guess is not None:
            own = plane.x(min(max(scene.own_guess, LIGHTEST), HEAVIEST))
            drawn.append(marker("triangle", own, plane.bottom - 7, 7, ORANGE, INK, 1.2))
            drawn.append(marker("triangle", left + 11, row - 4, 6, ORANGE, INK, 1.2))
            drawn.append(text(left + 28, row, f"you {plain(scene.own_guess)}{_beyond(scene.own_guess)}"))
        if scene.loud:
            voice = float(scene.guesses[0])
            x = plane.x(min(max(voice, LIGHTEST), HEAVIEST))
            drawn.append(marker("square", x, plane.top + 12, 6, PURPLE, INK, 1.2))
            drawn.append(marker("square", right + 11, row - 4, 5.5, PURPLE, INK, 1.2))
            drawn.append(text(right + 28, row, f"loud voice {plain(voice)}"))
        return "".join(drawn)

    def _errors(self, scene: CrowdGuessScene) -> str:
        plane = self.stage.planes["errors"]
        xs = [plane.x(time) for time in scene.times.tolist()]
        courses = (
            ("spread", scene.spreads, SOFT_INK, "7 4", 2.4, "circle"),
            ("one visitor", scene.typical, VERMILION, "2 3", 2.4, "diamond"),
            ("the crowd", scene.misses, BLUE, "", 3.2, "square"),
        )
        drawn, ends = [], []
        for _, course, colour, dash, width, shape in courses:
            ys = plane.y_offset + plane.y_scale * np.minimum(course, MOST_MISS)
            drawn.append(polyline(xs, ys.tolist(), colour, width, dash))
            drawn.append(marker(shape, xs[-1], float(ys[-1]), 5, colour))  # type: ignore[arg-type]
            ends.append(float(ys[-1]))
        left = plane.right + 12
        heads = {"spread": "spread", "one visitor": "miss of one", "the crowd": "crowd's miss"}
        for (name, course, colour, *_), y in zip(
            courses, spread(ends, 36, plane.top + 8, plane.bottom - 18), strict=True
        ):
            is_crowd = name == "the crowd"
            value = f"{plain(float(course[-1]), 1)} kg"
            drawn.append(text(left, y, heads[name], colour=colour, bold=is_crowd))
            drawn.append(text(left, y + 16, value, colour=colour, bold=is_crowd))
        drawn.append(text(plane.left, plane.top - 34, f"{count(scene.people, 'visitor')}", bold=True))
        drawn.append(text(plane.left, plane.top - 14, f"seed {scene.seed}", colour=SOFT_INK))
        return "".join(drawn)

    def describe(self, scene: CrowdGuessScene) -> str:
        """Guesses, truth and errors in one sentence."""
        own = "" if scene.own_guess is None else f" and your guess at {plain(scene.own_guess)} kg"
        voice = f", a loud voice at {plain(float(scene.guesses[0]))} kg" if scene.loud else ""
        return (
            f"The guesses of {count(scene.people, 'visitor')} as dots around a solid line at their mean of "
            f"{plain(scene.mean, 1)} kg{voice}, with a dashed line at the ox's {plain(scene.truth)} kg{own}; "
            f"after {count(scene.round, 'round')} of talk they spread by {plain(float(scene.spreads[-1]), 1)}"
            f" kg and the crowd misses by {plain(float(scene.misses[-1]), 1)} kg."
        )


def _beyond(guess: float) -> str:
    """An arrow for a guess that the axis does not reach."""
    return " ◂" if guess < LIGHTEST else " ▸" if guess > HEAVIEST else ""


VIEW = CrowdGuessView()
