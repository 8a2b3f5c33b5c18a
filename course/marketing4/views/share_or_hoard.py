"""The picture of sharing or hoarding: a payoff table with its stable cells, and what patience changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.games import Repeated
from marketing4.views.numbers import plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    INK,
    PAPER,
    SOFT_INK,
    VERMILION,
    View,
    marker,
    place,
    polyline,
    rectangle,
    segment,
    text,
)

REWARD, PUNISHMENT = 8, 4  # payoff of both sharing, and of both hoarding
HIGHEST = 12
ACTIONS = ("share", "hoard")
PATIENCE = np.arange(100) / 100  # where the curves are drawn
MOST_PATIENCE = 95  # %
_CELL_W, _CELL_H, _GAP = 80, 84, 28
_LEFT, _TOP = 56, 96


@dataclass(frozen=True, eq=False)
class ShareOrHoardScene:
    """A symmetric game, its stable cells, and its repetition.

    `payoffs` (2, 2) are yours, rows your action, columns the rival's; the rival's are the transposed table.
    `curves` holds the repetition at all of PATIENCE, `patience` is the present one in per cent. `random_keep`
    and `random_break` are worth per year in `relationships` random relationships. `found_*` keep what the
    student has found.
    """

    payoffs: NDArray[np.float64]
    equilibria: tuple[tuple[int, int], ...]
    curves: Repeated
    patience: int
    reply: str
    random_keep: float
    random_break: float
    relationships: int
    seed: int
    found_two: bool
    found_lasting: bool

    @property
    def temptation(self) -> float:
        """Payoff of hoarding while the rival shares."""
        return float(self.payoffs[1, 0])

    @property
    def broken(self) -> float:
        """What hoarding first is worth per year at the present patience."""
        return float(self.curves.break_once[self.patience])

    @property
    def lasts(self) -> bool:
        """Whether sharing lasts at the present patience."""
        return bool(self.curves.lasts[self.patience])


class ShareOrHoardView(View[ShareOrHoardScene]):
    """On the left the table of one year; on the right the worth of sharing and hoarding over patience."""

    height = 400

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A plane without axes for the table, and worth per year over patience."""
        table = place(figure, 8, 62, 236, 276)
        table.set_axis_off()
        table.set_title("One year", pad=26)
        worth = place(figure, 312, 84, 216, 254)
        worth.set(xlim=(0, 100), ylim=(0, HIGHEST), xticks=range(0, 101, 25), yticks=range(0, 13, 2))
        worth.set(xlabel="Chance of another year (%)", ylabel="Worth per year (points)")
        worth.set_title("A model: year after year", pad=50)
        worth.grid(True, axis="y")
        return {"table": table, "worth": worth}

    def marks(self, scene: ShareOrHoardScene) -> str:
        """The table with the moves that pay, and the two curves with the present patience."""
        return self._table(scene) + self._worth(scene)

    def _table(self, scene: ShareOrHoardScene) -> str:
        drawn = [
            text(_LEFT + _CELL_W + _GAP / 2, 58, "Rival", "middle", colour=VERMILION, bold=True),
            text(8, _TOP - 14, "You", colour=BLUE, bold=True),
        ]
        for index, action in enumerate(ACTIONS):
            x, y = self._corner(index, index)
            drawn.append(text(x + _CELL_W / 2, _TOP - 14, f"{action}s", "middle", colour=VERMILION))
            drawn.append(text(8, y + _CELL_H / 2 + 4, action, colour=BLUE))
        for row in (0, 1):
            for column in (0, 1):
                drawn.append(self._cell(scene, row, column))
        drawn += [self._your_move(scene, column) for column in (0, 1)]
        drawn += [self._rivals_move(scene, row) for row in (0, 1)]
        y = _TOP + 2 * _CELL_H + _GAP + 24
        drawn += [
            rectangle(9, y - 11, 23, y + 1, PAPER, INK, 3),
            text(30, y, "stable: nobody moves alone"),
            _arrow(12, y + 16, 26, y + 16, BLUE, ""),
            text(30, y + 20, "your gain", colour=BLUE),
            _arrow(110, y + 16, 128, y + 16, VERMILION, "4 2.5"),
            text(134, y + 20, "the rival's gain", colour=VERMILION),
        ]
        return "".join(drawn)

    def _corner(self, row: int, column: int) -> tuple[float, float]:
        return _LEFT + column * (_CELL_W + _GAP), _TOP + row * (_CELL_H + _GAP)

    def _cell(self, scene: ShareOrHoardScene, row: int, column: int) -> str:
        x, y = self._corner(row, column)
        mine, rivals = scene.payoffs[row, column], scene.payoffs[column, row]
        is_stable = (row, column) in scene.equilibria
        drawn = [
            rectangle(
                x, y, x + _CELL_W, y + _CELL_H, PAPER, INK if is_stable else FAINT, 4 if is_stable else 1.5
            ),
            text(x + 22, y + 40, plain(mine), "middle", size=19, colour=BLUE, bold=True),
            text(x + _CELL_W - 22, y + 40, plain(rivals), "middle", size=19, colour=VERMILION, bold=True),
        ]
        if is_stable:
            drawn.append(text(x + _CELL_W / 2, y + _CELL_H - 12, "stable", "middle", bold=True))
        return "".join(drawn)

    def _your_move(self, scene: ShareOrHoardScene, column: int) -> str:
        """An arrow between the rows, towards the action that pays you more."""
        gain = scene.payoffs[1, column] - scene.payoffs[0, column]
        if gain == 0:
            return ""
        x = self._corner(0, column)[0] + 22
        upper, lower = _TOP + _CELL_H + 3, _TOP + _CELL_H + _GAP - 3
        return _arrow(x, upper, x, lower, BLUE, "") if gain > 0 else _arrow(x, lower, x, upper, BLUE, "")

    def _rivals_move(self, scene: ShareOrHoardScene, row: int) -> str:
        """An arrow between the columns, towards the action that pays the rival more."""
        gain = scene.payoffs[1, row] - scene.payoffs[0, row]
        if gain == 0:
            return ""
        y = self._corner(row, 0)[1] + 34
        left, right = _LEFT + _CELL_W + 3, _LEFT + _CELL_W + _GAP - 3
        ends = (left, right) if gain > 0 else (right, left)
        return _arrow(ends[0], y, ends[1], y, VERMILION, "4 2.5")

    def _worth(self, scene: ShareOrHoardScene) -> str:
        plane = self.stage.planes["worth"]
        curves = scene.curves
        xs = [plane.x(100 * share) for share in PATIENCE]
        here, top = plane.x(scene.patience), plane.top
        drawn = [segment(here, top, here, plane.bottom, FAINT, 1.6)]
        if curves.critical is not None and curves.critical > 0:
            edge = plane.x(100 * curves.critical)
            drawn.append(segment(edge, top, edge, plane.bottom, SOFT_INK, 1.4, "2 4"))
        drawn += [
            polyline(xs, [plane.y(value) for value in curves.keep], BLUE, 2.8),
            polyline(xs, [plane.y(value) for value in curves.break_once], VERMILION, 2.6, "7 4"),
            marker("circle", here, plane.y(REWARD), 5.5, BLUE),
            marker("square", here, plane.y(scene.broken), 5, VERMILION),
        ]
        for value, colour in ((scene.random_keep, BLUE), (scene.random_break, VERMILION)):
            y = plane.y(min(max(value, 0), HIGHEST))
            drawn.append(marker("diamond", here, y, 7, "none", PAPER, 3.6))
            drawn.append(marker("diamond", here, y, 7, "none", colour, 1.6))
        drawn += [
            segment(plane.left, top - 36, plane.left + 22, top - 36, BLUE, 2.8),
            text(plane.left + 28, top - 32, f"share always {plain(REWARD, 1)}", colour=BLUE),
            segment(plane.left, top - 17, plane.left + 22, top - 17, VERMILION, 2.6, "7 4"),
            text(plane.left + 28, top - 13, f"hoard first {plain(scene.broken, 1)}", colour=VERMILION),
            text(plane.right, plane.bottom - 10, self._edge_words(curves), "end", size=11.5, colour=SOFT_INK),
            text(
                self.width - 8,
                self.height - 6,
                f"◇ mean of {scene.relationships} random relationships (seed {scene.seed})",
                "end",
                size=11.5,
                colour=SOFT_INK,
            ),
        ]
        return "".join(drawn)

    def _edge_words(self, curves: Repeated) -> str:
        if curves.critical is None:
            return "sharing never lasts"
        if curves.critical == 0:
            return "sharing always lasts"
        return f"dotted: lasts from {plain(100 * curves.critical)} % on"

    def describe(self, scene: ShareOrHoardScene) -> str:
        """Table and patience in one sentence."""
        stable = " and that ".join(cell_words(cell) for cell in scene.equilibria)
        return (
            f"A table of two actions each, where hoarding alone brings {plain(scene.temptation)} and "
            f"sharing alone {plain(float(scene.payoffs[0, 1]))}, and it is stable that {stable}; beside it "
            f"the worth per year over the chance of another year, at {scene.patience} % a level line of "
            f"{REWARD} for sharing and {plain(scene.broken, 1)} for hoarding first, so sharing "
            f"{'lasts' if scene.lasts else 'ends'}."
        )


def cell_words(cell: tuple[int, int]) -> str:
    """A cell in words, from your side."""
    row, column = cell
    return f"both {ACTIONS[row]}" if row == column else f"you alone {ACTIONS[row]}"


def _arrow(x0: float, y0: float, x1: float, y1: float, colour: str, dash: str) -> str:
    """An arrow along one of the axes."""
    length = abs(x1 - x0) + abs(y1 - y0)
    along_x, along_y = (x1 - x0) / length, (y1 - y0) / length
    back_x, back_y = x1 - 8 * along_x, y1 - 8 * along_y
    wing_x, wing_y = -5 * along_y, 5 * along_x
    corners = ((x1, y1), (back_x + wing_x, back_y + wing_y), (back_x - wing_x, back_y - wing_y))
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return segment(x0, y0, back_x, back_y, colour, 2.4, dash) + f'<polygon points="{head}" fill="{colour}"/>'


VIEW = ShareOrHoardView()
