"""The picture of a queue before two cafés: who chose what, who copied, and how such queues end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.cascade import History
from marketing4.views.numbers import count, percent
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    Shape,
    View,
    hatching,
    marker,
    place,
    rectangle,
    segment,
    text,
)

PEOPLE, COLUMNS = 45, 9
GOAL = 0.8  # share of queues that the puzzle asks for
CAFES: Mapping[str, tuple[Shape, str]] = {"A": ("circle", BLUE), "B": ("square", ORANGE)}


@dataclass(frozen=True, eq=False)
class CascadeScene:
    """One queue of which the first `chosen` people have chosen, and the chances of all such queues.

    `better` is the better café, A or B, which the queue's True stands for. `alone` people chose before they
    could look. Shares from 0 to 1: `one` hint is right, a queue ends right (`exact`, and `drawn` of `runs`
    random ones), a vote of all hints is right (`pooled`).
    """

    chosen: int
    queue: History
    better: str
    alone: int
    tie: str
    one: float
    exact: float
    pooled: float
    drawn: float
    runs: int
    seed: int
    is_first_setting: bool

    @property
    def is_over(self) -> bool:
        """Whether everybody has chosen: then hints and the better café are shown."""
        return self.chosen == PEOPLE

    @property
    def start(self) -> int:
        """Index of the first person who copies, PEOPLE if nobody does."""
        return PEOPLE if self.queue.cascade_start is None else self.queue.cascade_start

    @property
    def copied(self) -> int:
        """People so far whose own hint did not count."""
        return max(0, self.chosen - self.start)

    def cafe(self, is_better: bool) -> str:
        """The café that a hint or a choice stands for."""
        return self.better if is_better else "B" if self.better == "A" else "A"

    def guests(self, cafe: str) -> int:
        """How many so far chose this café."""
        return sum(self.cafe(bool(action)) == cafe for action in self.queue.actions[: self.chosen])


class CascadeView(View[CascadeScene]):
    """People in the order of their choice beside three bars."""

    height = 408

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A plane without axes for the queue, and shares of queues that end right."""
        queue = place(figure, 8, 62, 306, 258)
        queue.set_axis_off()
        queue.set(xlim=(0, COLUMNS), ylim=(PEOPLE / COLUMNS, 0))
        queue.set_title(f"One queue of {PEOPLE} people", pad=30)
        shares = place(figure, 380, 62, 152, 258)
        shares.set(xlim=(0, 3), ylim=(0, 100), xticks=[], yticks=range(0, 101, 20))
        shares.set_ylabel("How often right (%)")
        shares.set_title("All such queues", pad=30)
        shares.grid(True, axis="y")
        return {"queue": queue, "shares": shares}

    def marks(self, scene: CascadeScene) -> str:
        """Choices so far, at the end the hints, and the three shares."""
        return self._queue(scene) + self._legend(scene) + self._shares(scene)

    def _queue(self, scene: CascadeScene) -> str:
        plane = self.stage.planes["queue"]
        drawn = []
        for person in range(PEOPLE):
            x, y = plane.x(person % COLUMNS + 0.5), plane.y(person // COLUMNS + 0.42)
            if person >= scene.chosen:
                drawn.append(marker("circle", x, y, 3.5, FAINT, FAINT, 0))
                continue
            shape, colour = CAFES[scene.cafe(bool(scene.queue.actions[person]))]
            is_copy = person >= scene.start
            drawn.append(marker(shape, x, y, 9, PAPER if is_copy else colour, colour, 2.6))
            if person < scene.alone:  # eyes closed
                drawn.append(segment(x - 5, y, x + 5, y, INK, 2))
            if scene.is_over:
                shape, colour = CAFES[scene.cafe(bool(scene.queue.signals[person]))]
                drawn.append(marker(shape, x, y + 19, 4, colour, INK, 0.8))
        return "".join(drawn)

    def _legend(self, scene: CascadeScene) -> str:
        plane = self.stage.planes["queue"]
        left, y = plane.left + 12, plane.top - 12
        drawn = []
        for cafe, x in (("A", left), ("B", left + 104)):
            shape, colour = CAFES[cafe]
            drawn.append(marker(shape, x, y - 4, 7, colour, colour))
            drawn.append(text(x + 13, y, f"café {cafe}: {scene.guests(cafe)}", bold=True))
        drawn.append(text(left + 208, y, f"seed {scene.seed}", colour=SOFT_INK))
        y = plane.bottom + 20
        drawn.append(marker("circle", left, y - 4, 7, PAPER, INK, 2.2))
        drawn.append(text(left + 15, y, f"hollow: copied, own hint did not count ({scene.copied})"))
        y += 21
        drawn.append(marker("circle", left, y - 4, 7, SOFT_INK, SOFT_INK))
        drawn.append(segment(left - 5, y - 4, left + 5, y - 4, PAPER, 2))
        drawn.append(
            text(left + 15, y, f"bar: chose before they could look ({min(scene.alone, scene.chosen)})")
        )
        y += 21
        if scene.is_over:
            drawn.append(marker("circle", left - 4, y - 4, 4, BLUE, INK, 0.8))
            drawn.append(marker("square", left + 6, y - 4, 4, ORANGE, INK, 0.8))
            right = int(scene.queue.signals.sum())
            words = (
                f"small: private hints; {right} of {PEOPLE} said {scene.better}, and {scene.better} is better"
            )
            drawn.append(text(left + 15, y, words, bold=True))
        else:
            drawn.append(text(left + 15, y, "private hints: shown when all have chosen", colour=SOFT_INK))
        return "".join(drawn)

    def _shares(self, scene: CascadeScene) -> str:
        plane = self.stage.planes["shares"]
        goal = plane.y(100 * GOAL)
        bars = (("one hint", scene.one), ("queue", scene.exact), ("all hints", scene.pooled))
        drawn = [segment(plane.left, goal, plane.right, goal, INK, 1.6, "2 3")]
        for column, (name, share) in enumerate(bars):
            left, right = plane.x(column + 0.16), plane.x(column + 0.84)
            top, bottom = plane.y(100 * share), plane.bottom
            middle = (left + right) / 2
            drawn.append(rectangle(left, top, right, bottom, PAPER, INK, 1.2))
            if name == "queue":
                drawn.append(rectangle(left, top, right, bottom, BLUE, opacity=0.75))
                y = plane.y(100 * scene.drawn)
                drawn.append(marker("diamond", middle, y, 6, "none", PAPER, 4))
                drawn.append(marker("diamond", middle, y, 6, "none", INK, 1.6))
            else:
                drawn.append(hatching(left, top, right, bottom, SOFT_INK, gap=7))
            drawn.append(text(middle, plane.top - 12, percent(share), "middle", bold=name == "queue"))
            drawn.append(text(middle, plane.bottom + 20, name, "middle", 11.5, bold=name == "queue"))
        drawn.append(
            text(plane.right, plane.bottom + 41, f"◇ of {scene.runs:,} random queues", "end", 11.5, SOFT_INK)
        )
        return "".join(drawn)

    def describe(self, scene: CascadeScene) -> str:
        """Choices so far and the three shares in one sentence."""
        ending = ""
        if scene.is_over:
            ending = f", the better café is {scene.better}"
        return (
            f"A queue of {PEOPLE} people of whom {scene.chosen} have chosen, {scene.guests('A')} café A and "
            f"{scene.guests('B')} café B, {scene.copied} of them copying{ending}; beside it three bars: one "
            f"hint is right in {percent(scene.one)}, such a queue ends right in {percent(scene.exact)} "
            f"({percent(scene.drawn)} of {count(scene.runs, 'random queue')}), a vote of all hints would be "
            f"right in {percent(scene.pooled)}."
        )


VIEW = CascadeView()
