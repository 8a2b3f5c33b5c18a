"""The picture of a value net: what each player earns over all orders of arrival, and what it adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.models.value_net import Arrivals
from marketing4.views.numbers import plain
from marketing4.views.stage import (
    BLUE,
    INK,
    ORANGE,
    PAPER,
    SOFT_INK,
    View,
    hatching,
    marker,
    place,
    rectangle,
    text,
)

PLAYERS = ("Firm", "Community", "Partner")
ARRIVALS = 60
MOST_EARNED, MOST_ADDED = 140, 275  # thousand euros, right ends of the two scales
_ROW, _BAR = 52, 17


@dataclass(frozen=True, eq=False)
class ValueNetScene:
    """A net of three players, in the order of PLAYERS, and its first `arrived` random arrivals.

    `means` are paid over all orders, `added` at the end; `total` is what there is to share.
    """

    total: float
    means: tuple[float, ...]
    added: tuple[float, ...]
    arrivals: Arrivals
    arrived: int
    seed: int
    is_first_net: bool

    @property
    def added_together(self) -> float:
        """The sum of the added values."""
        return sum(self.added)

    @property
    def paid(self) -> tuple[float, ...]:
        """What each was paid on average in the arrivals so far; nothing before the first."""
        if self.arrived == 0:
            return (0.0,) * len(PLAYERS)
        return tuple(self.arrivals.added[: self.arrived].mean(axis=0).tolist())

    @property
    def last_arrival(self) -> str:
        """The latest order of arrival, and what each brought."""
        if self.arrived == 0:
            return "Nobody has arrived yet: press Play"
        order, added = self.arrivals.orders[self.arrived - 1], self.arrivals.added[self.arrived - 1]
        steps = ", ".join(f"{PLAYERS[player]} {plain(added[player])}" for player in order.tolist())
        return f"Arrival {self.arrived}: {steps}"


class ValueNetView(View[ValueNetScene]):
    """Two bars per player, a diamond for the arrivals so far, and below the sum of what is asked for."""

    height = 452

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Earnings of each player, and of all together on a scale of its own."""
        players = place(figure, 102, 82, 418, 3 * _ROW + 4)
        players.set(xlim=(0, MOST_EARNED), ylim=(3, 0), xticks=range(0, MOST_EARNED + 1, 20), yticks=[])
        players.set_xlabel("Earnings (thousand euros)")
        players.set_title("A model: who earns what in a value net?", pad=54, x=-94 / 418)
        players.grid(True, axis="x")
        players.spines["left"].set_color("#9AA5B1")
        sums = place(figure, 102, 320, 418, 62)
        sums.set(xlim=(0, MOST_ADDED), ylim=(2, 0), xticks=range(0, 251, 50), yticks=[])
        sums.set_xlabel("All together (thousand euros)")
        sums.set_title("Is there enough?", pad=8, x=-94 / 418)
        sums.grid(True, axis="x")
        return {"players": players, "sums": sums}

    def marks(self, scene: ValueNetScene) -> str:
        """Bars and diamonds of the players, then the two sums."""
        return self._players(scene) + self._sums(scene)

    def _players(self, scene: ValueNetScene) -> str:
        plane = self.stage.planes["players"]
        zero = plane.x(0)
        drawn = [
            rectangle(8, 38, 22, 50, BLUE, INK),
            text(28, 49, "mean of all orders", colour=BLUE),
            rectangle(168, 38, 182, 50, ORANGE, "none", opacity=0.45),
            hatching(168, 38, 182, 50, INK, gap=5, width=0.8),
            rectangle(168, 38, 182, 50, "none", INK),
            text(188, 49, "lost without it"),
            marker("diamond", 308, 44, 5, PAPER, INK, 1.6),
            text(318, 49, f"paid in {scene.arrived} arrivals (seed {scene.seed})"),
            text(8, 72, scene.last_arrival, colour=SOFT_INK),
        ]
        rows = zip(PLAYERS, scene.means, scene.added, scene.paid, strict=True)
        for row, (name, mean, added, paid) in enumerate(rows):
            top = plane.top + 8 + row * _ROW
            middle, bottom = top + _BAR + 2, top + 2 * _BAR + 2
            drawn += [
                text(8, middle + 4, name, bold=True),
                rectangle(zero, top, plane.x(mean), top + _BAR, BLUE, INK, opacity=0.85),
                rectangle(zero, middle, plane.x(added), bottom, ORANGE, "none", opacity=0.45),
                hatching(zero, middle, plane.x(added), bottom, INK, gap=7, width=0.8),
                rectangle(zero, middle, plane.x(added), bottom, "none", INK),
                text(plane.x(added) + 8, bottom - 4, plain(added)),
            ]
            ahead = max(mean, paid if scene.arrived else 0)
            drawn.append(text(plane.x(ahead) + 12, top + 13, plain(mean, 1), colour=BLUE, bold=True))
            if scene.arrived:
                drawn.append(marker("diamond", plane.x(paid), top + _BAR / 2, 5, PAPER, INK, 1.6))
        return "".join(drawn)

    def _sums(self, scene: ValueNetScene) -> str:
        plane = self.stage.planes["sums"]
        zero, top = plane.x(0), plane.top + 8
        middle, bottom = top + _BAR + 8, top + 2 * _BAR + 8
        end = plane.x(scene.added_together)
        drawn = [
            text(8, top + 13, "To share", colour=BLUE, bold=True),
            rectangle(zero, top, plane.x(scene.total), top + _BAR, BLUE, INK, opacity=0.85),
            text(plane.x(scene.total) + 8, top + 13, plain(scene.total), colour=BLUE, bold=True),
            text(8, middle + 13, "Asked for", bold=True),
            rectangle(zero, middle, end, bottom, ORANGE, "none", opacity=0.45),
            hatching(zero, middle, end, bottom, INK, gap=7, width=0.8),
            text(end + 8, middle + 13, plain(scene.added_together), bold=True),
        ]
        start = zero
        for added in scene.added:
            stop = start + plane.x(added) - zero
            drawn.append(rectangle(start, middle, stop, bottom, "none", INK, 1.4))
            start = stop
        drawn.append(
            text(
                8,
                self.height - 8,
                "Asked for: if each wants what would be lost without it. All numbers are invented.",
                size=11.5,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def describe(self, scene: ValueNetScene) -> str:
        """Both bars of every player, and the sums, in one sentence."""
        rows = zip(PLAYERS, scene.means, scene.added, scene.paid, strict=True)
        parts = [
            f"{name} {plain(mean, 1)} as mean of all orders, {plain(paid, 1)} in the arrivals so far and "
            f"{plain(added)} lost without it"
            for name, mean, added, paid in rows
        ]
        return (
            f"Bars of what three players earn after {scene.arrived} arrivals, in thousand euros: "
            f"{'; '.join(parts)}; below, {plain(scene.total)} to share and {plain(scene.added_together)} "
            "asked for."
        )


VIEW = ValueNetView()
