"""The picture of missing answers: forty ages, some blank, and what two ways of counting make of their "
"mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.missing_answers import MissingMean
from marketing4.views.numbers import plain
from marketing4.views.stage import (
    BLUE,
    PAPER,
    SOFT_INK,
    VERMILION,
    Plane,
    View,
    marker,
    place,
    segment,
    text,
)

BIN = 5  # years in one column of dots
ROW = 11.0  # picture units from dot to dot
MIDDLE = 47  # years: means above it have their label on the left
NEAR = 5  # years: a mean with another this close on its right has its label on the left
ZERO_COLUMNS = (-2, -1)  # the blanks that are counted as 0 stand in two columns around it


@dataclass(frozen=True, eq=False)
class MissingScene:
    """Answers with blanks, and which way of counting them is shown."""

    answers: MissingMean
    treatment: Literal["dropped", "zero"]


class MissingAnswersView(View[MissingScene]):
    """A dot per customer over the age; blanks are hollow where they belong and filled where they are put."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Age in years; the height of a column is a number of people and needs no axis."""
        plane = place(figure, 20, 50, 506, 276)
        plane.set(xlim=(-5, 90), ylim=(0, 1), xticks=range(0, 91, 10), yticks=[])
        plane.set(xlabel="Age (years)", title="Each dot is one customer")
        plane.spines["left"].set_visible(False)
        return {"plane": plane}

    def marks(self, scene: MissingScene) -> str:
        """Dots in columns, then the means as lines with their labels."""
        return self._dots(scene) + self._means(scene)

    def _dots(self, scene: MissingScene) -> str:
        plane, answers = self.stage.planes["plane"], scene.answers
        heights: dict[int, int] = {}
        drawn = []
        # Answers first, so that blanks stand on top of their column.
        for is_blank, age in sorted(zip(answers.is_missing.tolist(), answers.values.tolist(), strict=True)):
            column = int(age // BIN)
            x, y = plane.x((column + 0.5) * BIN), self._row(heights, column)
            if not is_blank:
                drawn.append(marker("circle", x, y, 4.7, BLUE, BLUE, 0.5))
                continue
            drawn.append(marker("circle", x, y, 4.2, PAPER, SOFT_INK, 1))
            if scene.treatment == "zero":
                side = min(ZERO_COLUMNS, key=lambda column: heights.get(column, 0))
                x, y = plane.x(0) + (6 if side == ZERO_COLUMNS[0] else -6), self._row(heights, side)
                drawn.append(marker("square", x, y, 4.2, VERMILION, VERMILION, 0.5))
        return "".join(drawn)

    def _row(self, heights: dict[int, int], column: int) -> float:
        """The height of the next dot in a column."""
        heights[column] = heights.get(column, 0) + 1
        return self.stage.planes["plane"].bottom - ROW * (heights[column] - 0.45)

    def _means(self, scene: MissingScene) -> str:
        plane, answers = self.stage.planes["plane"], scene.answers
        is_zero = scene.treatment == "zero"
        means = [(answers.mean_of_all, "everyone (unseen)", 72, SOFT_INK, "1 4", False)]
        if answers.mean_of_answers is not None:
            known = f"mean of the {answers.answered} answers"
            means.append((answers.mean_of_answers, known, 20, BLUE, "", not is_zero))
        if is_zero:
            means.append((answers.mean_with_zeros, "mean with blanks as 0", 46, VERMILION, "7 4", True))
        lines, labels = [], []
        for mean, label, down, colour, dash, is_main in means:
            x, y = plane.x(mean), plane.top + down
            lines.append(segment(x, y - 12, x, plane.bottom, colour, 2.6 if is_main else 1.4, dash))
            has_neighbour = any(0 < other - mean < NEAR for other, *_ in means)
            is_right = mean > MIDDLE or has_neighbour
            words = f"{label}: {plain(mean, 1)}"
            at, anchor = (x - 7, "end") if is_right else (x + 7, "start")
            labels.append(text(at, y, words, anchor, colour=colour, bold=is_main))  # type: ignore[arg-type]
        return "".join(lines + labels) + self._key(plane)

    def _key(self, plane: Plane) -> str:
        y = plane.top - 10
        return (
            marker("circle", plane.right - 222, y - 4, 4.7, BLUE, BLUE, 0.5)
            + text(plane.right - 213, y, "answer")
            + marker("circle", plane.right - 150, y - 4, 4.2, PAPER, SOFT_INK, 1)
            + text(plane.right - 141, y, "blank")
            + marker("square", plane.right - 86, y - 4, 4.2, VERMILION, VERMILION, 0.5)
            + text(plane.right - 77, y, "blank as 0")
        )

    def describe(self, scene: MissingScene) -> str:
        """Blanks and means in one sentence."""
        answers = scene.answers
        total = answers.answered + answers.missing
        known = answers.mean_of_answers
        mean = "nothing to average" if known is None else f"a line at their mean of {plain(known, 1)} years"
        zero = ""
        if scene.treatment == "zero":
            zero = (
                f", {answers.missing} squares at age 0 for the blanks, and a dashed line at the mean of "
                f"{plain(answers.mean_with_zeros, 1)} that they lead to"
            )
        return f"{answers.answered} of {total} customers as dots over their age, {mean}{zero}."


VIEW = MissingAnswersView()
