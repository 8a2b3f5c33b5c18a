"""The picture of music worlds: every song's downloads in eight worlds, and whether the best song leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.music_worlds import SONGS, WORLDS
from marketing4.views.numbers import count, plain
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
    rectangle,
    segment,
    text,
)

DAYS = 30
MOST_DOWNLOADS = 160
UNEQUAL, EARNED, LUCKY = 0.45, 7, 1  # Gini, and worlds in which the best song leads: at least, at most
TOP_GINI = 0.8


@dataclass(frozen=True, eq=False)
class MusicWorldsScene:
    """Downloads (worlds, songs) so far, songs in the order of their appeal.

    `gini` is the mean over worlds and `gap` the mean difference of a song's shares between two worlds in
    points; both None before the first download. `found_*` tells what the student has found so far.
    """

    time: float
    listeners: int
    downloads: NDArray[np.int64]
    gini: float | None
    gap: float | None
    seed: int
    found_earned: bool
    found_lucky: bool
    is_first_setting: bool

    @property
    def day(self) -> int:
        """Whole days that have passed."""
        return int(self.time)

    @property
    def leaders(self) -> NDArray[np.int64]:
        """Index of the song with most downloads in each world; of equal ones the better song."""
        return np.asarray(self.downloads.argmax(axis=1))

    @property
    def best_leads(self) -> int:
        """Worlds in which the best song leads."""
        return int((self.leaders == 0).sum()) if self.listeners else 0

    @property
    def different(self) -> int:
        """How many different songs lead somewhere."""
        return len(set(self.leaders.tolist())) if self.listeners else 0


class MusicWorldsView(View[MusicWorldsScene]):
    """Eight histories of the same songs beside inequality over luck."""

    height = 408

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Downloads in the columns of eight worlds, and inequality over worlds that the best song leads."""
        worlds = place(figure, 56, 84, 288, 268)
        worlds.set(xlim=(0, WORLDS), ylim=(0, MOST_DOWNLOADS), yticks=range(0, MOST_DOWNLOADS + 1, 40))
        worlds.set_xticks(np.arange(WORLDS) + 0.5, [str(number + 1) for number in range(WORLDS)])
        worlds.tick_params(axis="x", length=0)
        worlds.set(xlabel="World (in each, songs from best to worst)", ylabel="Downloads of a song (number)")
        worlds.set_title("The same songs, eight histories", pad=50)
        worlds.grid(True, axis="y")
        outcome = place(figure, 416, 84, 116, 268)
        outcome.set(
            xlim=(-0.5, WORLDS + 0.5),
            ylim=(0, TOP_GINI),
            xticks=range(0, 9, 2),
            yticks=np.arange(0, 0.9, 0.2),
        )
        outcome.set(xlabel="Best song leads in", ylabel="Inequality (Gini, 0 to 1)")
        outcome.set_title("Who wins?", pad=50)
        return {"worlds": worlds, "outcome": outcome}

    def marks(self, scene: MusicWorldsScene) -> str:
        """Songs, the best one and the leader of each world; where this market stands."""
        return self._worlds(scene) + self._outcome(scene)

    def _worlds(self, scene: MusicWorldsScene) -> str:
        plane = self.stage.planes["worlds"]
        column = plane.x(1) - plane.x(0)
        # In its column a world's songs stand from best to worst, with a little room on both sides.
        offsets = column * (0.14 + 0.72 * np.arange(SONGS) / (SONGS - 1))
        heights = plane.y_offset + plane.y_scale * np.minimum(scene.downloads, MOST_DOWNLOADS)
        dots, drawn = [], []
        for world, row in enumerate(heights.tolist()):
            left = plane.x(world)
            dots += [f"M{left + dx:.1f} {y:.1f}h0" for dx, y in zip(offsets.tolist(), row, strict=True)]
            if world:
                drawn.append(segment(left, plane.top, left, plane.bottom, FAINT, 1))
        drawn.append(
            f'<path d="{"".join(dots)}" stroke="{SOFT_INK}" stroke-width="4" stroke-linecap="round"'
            ' opacity=".55"/>'
        )
        for world in range(WORLDS):
            left = plane.x(world)
            drawn.append(marker("diamond", left + offsets[0], heights[world, 0], 5, BLUE, INK, 0.8))
            if scene.listeners:
                leader = int(scene.leaders[world])
                x, y = left + offsets[leader], heights[world, leader]
                drawn.append(marker("circle", x, y, 8, "none", ORANGE, 2.4))
                middle = min(max(x, left + 10), left + column - 10)
                drawn.append(text(middle, y - 12, str(leader + 1), "middle", 12, bold=True))
        row = plane.top - 34
        drawn.append(marker("diamond", plane.left + 6, row - 4, 5, BLUE, INK, 0.8))
        drawn.append(text(plane.left + 18, row, "the best song", colour=BLUE, bold=True))
        drawn.append(text(plane.right, row, f"seed {scene.seed}", "end", colour=SOFT_INK))
        row += 19
        drawn.append(marker("circle", plane.left + 6, row - 4, 7, "none", ORANGE, 2.4))
        drawn.append(text(plane.left + 18, row, "leads; the number is its rank by appeal"))
        return "".join(drawn)

    def _outcome(self, scene: MusicWorldsScene) -> str:
        plane = self.stage.planes["outcome"]
        top, bottom = plane.y(TOP_GINI), plane.y(UNEQUAL)
        drawn = []
        zones = (
            ("lucky", -0.5, LUCKY + 0.5, ORANGE, scene.found_lucky),
            ("earned", EARNED - 0.5, WORLDS + 0.5, BLUE, scene.found_earned),
        )
        for name, low, high, colour, found in zones:
            left, right = plane.x(low), plane.x(high)
            drawn.append(hatching(left, top, right, bottom, colour, gap=7, width=0.8))
            drawn.append(rectangle(left, top, right, bottom, "none", colour, 1.4))
            tick = " ✓" if found else ""
            # Beside the zones and in two lines: there the square seldom comes.
            if name == "lucky":
                drawn.append(text(right + 4, top + 14, f"find 2{tick}", size=12, bold=found))
            else:
                drawn.append(text(left - 4, top + 34, f"find 1{tick}", "end", 12, bold=found))
        if scene.gini is not None:
            x, y = plane.x(scene.best_leads), plane.y(scene.gini)
            drawn.append(segment(x, y, x, plane.bottom, FAINT, 1.4))
            drawn.append(marker("square", x, y, 6.5, INK))
            drawn.append(
                text(
                    plane.right,
                    plane.top - 34,
                    f"{scene.best_leads} of {WORLDS} worlds",
                    "end",
                    bold=True,
                )
            )
            drawn.append(text(plane.right, plane.top - 15, f"Gini {plain(scene.gini, 2)}", "end", bold=True))
        return "".join(drawn)

    def describe(self, scene: MusicWorldsScene) -> str:
        """Leaders and inequality in one sentence."""
        if scene.gini is None:
            return f"{WORLDS} columns, one for each world, with the {SONGS} songs all at 0 downloads."
        ranks = ", ".join(str(leader + 1) for leader in scene.leaders)
        return (
            f"{WORLDS} columns of dots, one for each world and song, after "
            f"{count(scene.listeners, 'listener')} a world: in worlds 1 to {WORLDS} the leader's rank by "
            f"appeal is {ranks}, so the best song leads in {scene.best_leads} of {WORLDS}; beside it a "
            f"square at a mean Gini of {plain(scene.gini, 2)}."
        )


VIEW = MusicWorldsView()
