"""The picture of who conforms: how often 123 students yielded, and three groups beside those of Asch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.conformity import ASCH_STUDENTS, ASCH_TRIALS, OFTEN
from marketing4.views.numbers import percent, plain
from marketing4.views.stage import (
    BLUE,
    INK,
    ORANGE,
    PAPER,
    View,
    hatching,
    marker,
    place,
    polyline,
    rectangle,
    segment,
    text,
)

GROUPS = ("never", f"1-{OFTEN - 1} times", f"{OFTEN}-{ASCH_TRIALS} times")
SHORT = ("never", f"1-{OFTEN - 1}×", f"{OFTEN}-{ASCH_TRIALS}×")  # below narrow bars
TOP_STUDENTS, TOP_SHARE = 80, 100  # students, %


@dataclass(frozen=True, eq=False)
class ConformityScene:
    """One random group of students and the model it was drawn from.

    `mean` is the share of answers that yield and `correlation` how much people differ, both 0 to 1.
    `expected` (13,) are students who yield 0 to 12 times in the model, `drawn` (13,) those of the random
    group. `model` and `asch` are the shares of the three GROUPS.
    """

    mean: float
    correlation: float
    expected: NDArray[np.float64]
    drawn: NDArray[np.int64]
    model: tuple[float, float, float]
    asch: tuple[float, float, float]
    seed: int


class ConformityView(View[ConformityScene]):
    """Bars for the students of one draw with the model's line, and pairs of bars for three groups."""

    height = 400

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Students over times yielded, and shares of three groups."""
        times = place(figure, 56, 66, 262, 262)
        times.set(
            xlim=(-0.6, ASCH_TRIALS + 0.6),
            ylim=(0, TOP_STUDENTS),
            xticks=range(0, ASCH_TRIALS + 1, 2),
            yticks=range(0, TOP_STUDENTS + 1, 20),
        )
        times.set(xlabel=f"Times yielded (of {ASCH_TRIALS})", ylabel="Students (number)")
        times.set_title(f"{ASCH_STUDENTS} students of the model", pad=30)
        times.grid(True, axis="y")
        groups = place(figure, 378, 66, 156, 262)
        groups.set(xlim=(0, 3), ylim=(0, TOP_SHARE), xticks=[], yticks=range(0, TOP_SHARE + 1, 25))
        groups.set_ylabel("Share of students (%)")
        groups.set_title("Asch and the model", pad=30)
        groups.grid(True, axis="y")
        return {"times": times, "groups": groups}

    def marks(self, scene: ConformityScene) -> str:
        """The draw, the model and Asch's three groups."""
        return self._times(scene) + self._groups(scene)

    def _times(self, scene: ConformityScene) -> str:
        plane = self.stage.planes["times"]
        drawn = []
        for times, students in enumerate(scene.drawn.tolist()):
            left, right = plane.x(times - 0.4), plane.x(times + 0.4)
            top = plane.y(min(students, TOP_STUDENTS))
            drawn.append(rectangle(left, top, right, plane.bottom, BLUE, INK, 0.8, opacity=0.75))
            if students > TOP_STUDENTS:
                drawn.append(text((left + right) / 2 + 12, plane.top + 14, f"{students} ▴", size=11.5))
        points = [
            (plane.x(times), plane.y(min(students, TOP_STUDENTS)))
            for times, students in enumerate(scene.expected.tolist())
        ]
        xs, ys = zip(*points, strict=True)
        drawn.append(polyline(xs, ys, INK, 1.6, "5 3"))
        drawn += [marker("diamond", x, y, 3.6, INK, PAPER, 1) for x, y in points]
        left, y = plane.left, plane.top - 12
        drawn.append(rectangle(left, y - 10, left + 12, y + 1, BLUE, INK, 0.8, opacity=0.75))
        drawn.append(text(left + 18, y, f"this draw (seed {scene.seed})"))
        drawn.append(segment(left + 158, y - 4, left + 184, y - 4, INK, 1.6, "5 3"))
        drawn.append(marker("diamond", left + 171, y - 4, 3.6, INK, PAPER, 1))
        drawn.append(text(left + 190, y, "the model"))
        return "".join(drawn)

    def _groups(self, scene: ConformityScene) -> str:
        plane = self.stage.planes["groups"]
        drawn = []
        for name, shares, offset in (("Asch", scene.asch, 0.1), ("model", scene.model, 0.52)):
            for column, share in enumerate(shares):
                left, right = plane.x(column + offset), plane.x(column + offset + 0.38)
                top = plane.y(100 * share)
                if name == "Asch":
                    drawn.append(rectangle(left, top, right, plane.bottom, ORANGE, INK, 0.8))
                else:
                    drawn.append(rectangle(left, top, right, plane.bottom, PAPER, INK, 1.2))
                    drawn.append(hatching(left, top, right, plane.bottom, INK, gap=6, width=0.8))
        for column, words in enumerate(SHORT):
            middle = plane.x(column + 0.5)
            asch, model = (
                percent(shares[column], 1 if 0.0005 < shares[column] < 0.01 else 0)
                for shares in (scene.asch, scene.model)
            )
            drawn.append(text(middle, plane.bottom + 17, words, "middle", 12, bold=True))
            drawn.append(text(middle, plane.bottom + 36, asch, "middle", 12))
            drawn.append(text(middle, plane.bottom + 54, model, "middle", 12, bold=True))
        left, y = plane.left, plane.bottom + 36
        for name, row in (("Asch", y), ("model", y + 18)):
            box = left - 56
            if name == "Asch":
                drawn.append(rectangle(box, row - 10, box + 11, row + 1, ORANGE, INK, 0.8))
            else:
                drawn.append(rectangle(box, row - 10, box + 11, row + 1, PAPER, INK, 1.2))
                drawn.append(hatching(box, row - 10, box + 11, row + 1, INK, gap=5, width=0.8))
            drawn.append(text(box + 16, row, name, size=12, bold=name == "model"))
        yielding = f"yielding: {percent(scene.mean, 1)} of answers"
        drawn.append(text(plane.right, plane.top - 12, yielding, "end", 12))
        return "".join(drawn)

    def describe(self, scene: ConformityScene) -> str:
        """The draw and the three groups in one sentence."""
        pairs = ", ".join(
            f"{percent(model, 1)} {name} (Asch: {percent(asch)})"
            for name, model, asch in zip(GROUPS, scene.model, scene.asch, strict=True)
        )
        busiest = int(scene.drawn.argmax())
        return (
            f"Bars for {ASCH_STUDENTS} students by the times they yielded, the tallest at {busiest} times "
            f"with {plain(int(scene.drawn[busiest]))} students, and three pairs of bars for model and Asch: "
            f"{pairs}."
        )


VIEW = ConformityView()
