"""The picture of word of mouth: who has bought, and how the number of customers grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    SOFT_INK,
    View,
    marker,
    place,
    polyline,
    segment,
    spread,
    text,
)

MARKET, SEEDS, WEEKS = 150, 5, 26
COLUMNS = 10


@dataclass(frozen=True, eq=False)
class WordOfMouthScene:
    """One history of word of mouth up to a time in weeks, and the average of all histories.

    `expected` and `history` (WEEKS + 1,) are customers at the end of each week; purchases of a week spread
    evenly over it. `order` (MARKET,) tells which person buys as which customer.
    """

    time: float
    reproduction: float
    limit_per_seed: float | None
    expected: NDArray[np.float64]
    history: NDArray[np.int64]
    order: NDArray[np.int64]
    seed: int
    is_first_setting: bool

    @property
    def week(self) -> int:
        """Whole weeks that have passed."""
        return int(self.time)

    @property
    def last_week(self) -> int:
        """The first week in which nobody bought, or WEEKS."""
        return last_week(self.history)

    @property
    def has_died_out(self) -> bool:
        """Whether a week passed without a new customer: without one there is nobody left to talk."""
        return bool(self.history[self.last_week] == self.history[self.last_week - 1])

    @property
    def customers(self) -> int:
        """Customers of the random history at this time."""
        return int(np.interp(self.time, _week_ends(), self.history) + 1e-9)


class WordOfMouthView(View[WordOfMouthScene]):
    """A market of 150 people beside the curve of its customers."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A plane without axes for the people, and customers over weeks."""
        people = place(figure, 8, 62, 165, 264)
        people.set_axis_off()
        people.set(xlim=(0, COLUMNS), ylim=(MARKET / COLUMNS, 0))
        people.set_title(f"{MARKET} people", pad=26)
        growth = place(figure, 236, 62, 196, 264)
        growth.set(
            xlim=(0, WEEKS), ylim=(0, MARKET), xticks=range(0, WEEKS + 1, 5), yticks=range(0, MARKET + 1, 25)
        )
        growth.set(xlabel="Week", ylabel="Customers (people)")
        growth.set_title("Customers so far", pad=26)
        growth.grid(True, axis="y")
        return {"people": people, "growth": growth}

    def marks(self, scene: WordOfMouthScene) -> str:
        """Who has bought and why; the average curve and the history so far."""
        return self._crowd(scene) + self._growth(scene)

    def _crowd(self, scene: WordOfMouthScene) -> str:
        plane = self.stage.planes["people"]
        seeds, friends, others = [], [], []
        for rank, person in enumerate(scene.order.tolist()):
            x, y = plane.x(person % COLUMNS + 0.5), plane.y(person // COLUMNS + 0.5)
            if rank < SEEDS:
                seeds.append(marker("diamond", x, y, 5, ORANGE, INK, 1))
            elif rank < scene.customers:
                friends.append(f"M{x:.1f} {y:.1f}h0")
            else:
                others.append(f"M{x:.1f} {y:.1f}h0")
        left, y = plane.left + 6, plane.bottom + 20
        return (
            # A line without length and with round ends is a dot: the shortest mark there is.
            f'<path d="{"".join(others)}" stroke="{FAINT}" stroke-width="6" stroke-linecap="round"/>'
            f'<path d="{"".join(friends)}" stroke="{BLUE}" stroke-width="11" stroke-linecap="round"/>'
            + "".join(seeds)
            + marker("diamond", left, y - 4, 5, ORANGE, INK, 1)
            + text(left + 12, y, f"{SEEDS} bought first")
            + marker("circle", left, y + 14, 5.5, BLUE, BLUE)
            + text(left + 12, y + 18, f"{scene.customers - SEEDS} through a friend", colour=BLUE)
        )

    def _growth(self, scene: WordOfMouthScene) -> str:
        plane = self.stage.planes["growth"]
        ends = _week_ends()
        walked = np.append(ends[ends < scene.time], scene.time)
        customers = np.interp(walked, ends, scene.history)
        here_x, here_y = plane.x(scene.time), plane.y(float(customers[-1]))
        average_end = plane.y(float(scene.expected[-1]))
        labels = spread([here_y, average_end], 40, plane.top + 4, plane.bottom - 14)
        left = plane.right + 10
        half = plane.y(MARKET / 2)
        return (
            segment(plane.left, half, plane.right, half, SOFT_INK, 1, "1 4")
            + text(plane.right - 4, half - 6, "half of the market", "end", size=11.5, colour=SOFT_INK)
            + polyline(
                (plane.x(week) for week in range(WEEKS + 1)),
                (plane.y(y) for y in scene.expected),
                SOFT_INK,
                2,
                "6 4",
            )
            + polyline((plane.x(week) for week in walked), (plane.y(y) for y in customers), BLUE, 3)
            + marker("circle", here_x, here_y, 5.5, BLUE)
            + text(left, labels[0], "this history", colour=BLUE, bold=True)
            + text(left, labels[0] + 16, f"{scene.customers}", colour=BLUE, bold=True)
            + text(left, labels[1], "average, in", colour=SOFT_INK)
            + text(left, labels[1] + 16, f"the end {plain(float(scene.expected[-1]))}", colour=SOFT_INK)
            + text(
                plane.left,
                plane.top - 10,
                f"R = {plain(scene.reproduction, 2)}, seed {scene.seed}",
                bold=True,
            )
        )

    def describe(self, scene: WordOfMouthScene) -> str:
        """Customers at this time in one sentence."""
        return (
            f"A market of {MARKET} people in week {scene.week}: {SEEDS} bought first and "
            f"{scene.customers - SEEDS} through a friend; the curve of this history stands at "
            f"{scene.customers} "
            f"customers, and the dashed average of all histories ends at {plain(float(scene.expected[-1]))}."
        )


def last_week(history: NDArray[np.int64]) -> int:
    """The first week in which nobody bought, so that nobody is left to talk; WEEKS if there is none."""
    quiet = np.flatnonzero(np.diff(history) == 0)
    return int(quiet[0]) + 1 if quiet.size else len(history) - 1


def _week_ends() -> NDArray[np.int64]:
    return np.arange(WEEKS + 1)


VIEW = WordOfMouthView()
