"""The picture of journeys as a chain of channels, with one taken out, and of four rules of credit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from marketing4.views.numbers import plain
from marketing4.views.stage import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PAPER,
    SKY,
    SOFT_INK,
    VERMILION,
    Shape,
    View,
    marker,
    place,
    rectangle,
    segment,
    text,
)

CHANNELS = ("TV", "Search", "Web", "Store", "Social")
START, BOUGHT = "start", "bought"
JOURNEYS = 200
MOST_CREDIT = 120  # purchases, right end of the axis
LANES: tuple[tuple[str, str, Shape, str], ...] = (
    ("last", "last click", "circle", ORANGE),
    ("first", "first click", "square", SKY),
    ("linear", "linear", "triangle", GREEN),
    ("removal", "removal", "diamond", BLUE),
)
# Middle of each state in picture coordinates.
PLACES = {
    START: (38, 158),
    "TV": (150, 84),
    "Social": (150, 232),
    "Search": (272, 148),
    "Web": (398, 84),
    "Store": (398, 222),
    BOUGHT: (500, 153),
}
_HALF_WIDTH, _HALF_HEIGHT, _ROW = 32, 18, 26
_WIDEST = 13  # picture units for 100 journeys


@dataclass(frozen=True, eq=False)
class JourneyScene:
    """The chain of 200 journeys and its credit; `removed` is the channel taken out, "" for none.

    `moves` maps (from, to) to expected journeys with this channel gone; `leaves` those that end at a state
    without a purchase. `purchases` are all with every channel, `left` what is left of them. `credit` maps a
    rule to purchases per channel, `lost` a channel to the purchases that are lost without it, `drawn` to its
    removal credit in 200 journeys drawn anew. `tried` are the channels that were taken out so far: only for
    these the loss is shown.
    """

    removed: str
    moves: Mapping[tuple[str, str], float]
    leaves: Mapping[str, float]
    purchases: float
    left: float
    credit: Mapping[str, Mapping[str, float]]
    lost: Mapping[str, float]
    drawn: Mapping[str, float]
    seed: int
    tried: frozenset[str]
    found: frozenset[str]
    is_first_setting: bool

    def visits(self, state: str) -> float:
        """Journeys that come to a state, counted as often as they come."""
        if state == START:
            return float(JOURNEYS)
        return sum(number for (_, there), number in self.moves.items() if there == state)


class JourneyCreditView(View[JourneyScene]):
    """A flow of journeys from the left to a purchase on the right, above a row of credits per channel."""

    height = 506

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A plane without axes for the chain, and purchases credited to each channel."""
        chain = place(figure, 8, 40, 524, 238)
        chain.set_axis_off()
        chain.set_title("A model: 200 journeys as a chain", pad=12)
        credit = place(figure, 84, 334, 362, 5 * _ROW)
        credit.set(xlim=(0, MOST_CREDIT), ylim=(5, 0), xticks=range(0, MOST_CREDIT + 1, 20), yticks=[])
        credit.set_xlabel("Purchases credited (number)")
        credit.set_title("Who earned the purchases?", pad=26, x=-76 / 362)
        credit.grid(True, axis="x")
        return {"chain": chain, "credit": credit}

    def marks(self, scene: JourneyScene) -> str:
        """The flows and the states of the chain, then the four credits of each channel."""
        return self._flows(scene) + self._states(scene) + self._credit(scene)

    def _flows(self, scene: JourneyScene) -> str:
        drawn = []
        for (here, there), number in scene.moves.items():
            if number < 0.05:
                continue
            (x0, y0), (x1, y1) = PLACES[here], PLACES[there]
            is_lost = there == scene.removed
            width = max(1.2, _WIDEST * number / 100)
            # From middle to middle: the boxes lie on top.
            if is_lost:
                drawn.append(segment(x0, y0, x1, y1, VERMILION, width, "5 4", 0.7))
            else:
                drawn.append(segment(x0, y0, x1, y1, BLUE, width, opacity=0.45))
        for here, number in scene.leaves.items():
            if number < 0.05:
                continue
            x, y = PLACES[here]
            is_gone = here == scene.removed
            colour, words = (VERMILION, "end here") if is_gone else (SOFT_INK, "leave")
            width = max(1.2, _WIDEST * number / 100)
            drawn.append(segment(x, y + _HALF_HEIGHT, x, y + _HALF_HEIGHT + 9, colour, width, opacity=0.6))
            drawn.append(
                text(x, y + _HALF_HEIGHT + 22, f"{plain(number)} {words}", "middle", 12, colour, is_gone)
            )
        return "".join(drawn)

    def _states(self, scene: JourneyScene) -> str:
        drawn = []
        for state, (x, y) in PLACES.items():
            left, right, top, bottom = x - _HALF_WIDTH, x + _HALF_WIDTH, y - _HALF_HEIGHT, y + _HALF_HEIGHT
            is_gone, is_end = state == scene.removed, state in (START, BOUGHT)
            fill, stroke = (BLUE, BLUE) if state == BOUGHT else (PAPER, VERMILION if is_gone else INK)
            colour = PAPER if state == BOUGHT else INK
            drawn.append(
                rectangle(
                    left, top, right, bottom, fill, stroke, 1.8, radius=6, dash="5 4" if is_gone else ""
                )
            )
            if is_gone:
                drawn.append(segment(left, top, right, bottom, VERMILION, 1.4))
                drawn.append(segment(left, bottom, right, top, VERMILION, 1.4))
            name = state.capitalize() if is_end else state
            drawn.append(text(x, y - 3, name, "middle", 13, colour, True, halo=is_gone))
            number = scene.left if state == BOUGHT else scene.visits(state)
            words = "gone" if is_gone else plain(number, 1 if state == BOUGHT and scene.removed else 0)
            drawn.append(text(x, y + 13, words, "middle", 12.5, colour, halo=is_gone))
        if scene.removed:
            x, y = PLACES[BOUGHT]
            was = f"was {plain(scene.purchases)}"
            drawn.append(text(x, y + _HALF_HEIGHT + 18, was, "middle", 12.5, VERMILION, True))
        return "".join(drawn)

    def _credit(self, scene: JourneyScene) -> str:
        plane = self.stage.planes["credit"]
        y = plane.top - 12
        drawn = []
        for (_, words, shape, colour), x in zip(LANES, (14, 104, 200, 268), strict=True):
            drawn.append(marker(shape, x, y - 4, 4.4, colour, INK, 0.8))
            drawn.append(text(x + 10, y, words, size=12))
        drawn.append(marker("diamond", 352, y - 4, 4, PAPER, BLUE, 1.4))
        drawn.append(text(362, y, f"drawn, seed {scene.seed}", size=12))
        drawn.append(text(self.width - 6, y - 18, "lost without it", "end", 12, VERMILION, True))
        for row, channel in enumerate(CHANNELS):
            top = plane.top + row * _ROW
            if row:
                drawn.append(segment(8, top, self.width - 6, top, FAINT, 1))
            tick = " ✓" if channel in scene.found else ""
            drawn.append(text(8, top + 18, channel + tick, bold=True))
            for lane, (rule, _, shape, colour) in enumerate(LANES):
                credited = plane.x(min(scene.credit[rule][channel], MOST_CREDIT))
                middle = top + 4.4 + 5.7 * lane
                if rule == "removal":
                    drawn.append(
                        marker("diamond", plane.x(scene.drawn[channel]), middle, 4, PAPER, BLUE, 1.4)
                    )
                drawn.append(marker(shape, credited, middle, 4.2, colour, INK, 0.8))
            is_gone = channel == scene.removed
            words = plain(scene.lost[channel], 1) if channel in scene.tried else "?"
            drawn.append(
                text(self.width - 6, top + 18, words, "end", 13, VERMILION if is_gone else INK, is_gone)
            )
        return "".join(drawn)

    def describe(self, scene: JourneyScene) -> str:
        """The chain, what is lost, and the credits of every channel, in one sentence."""
        gone = f"without {scene.removed}" if scene.removed else "with all channels"
        parts = []
        for channel in CHANNELS:
            numbers = ", ".join(plain(scene.credit[rule][channel], 1) for rule, *_ in LANES)
            lost = f" ({plain(scene.lost[channel], 1)} are lost without it)" if channel in scene.tried else ""
            parts.append(f"{channel} {numbers}{lost}")
        return (
            f"A chain of boxes joined by lines as wide as the journeys between them: {gone} "
            f"{plain(scene.left, 1)} of {JOURNEYS} journeys end in a purchase; below, the purchases credited "
            f"by last click, first click, linear and removal rule: {'; '.join(parts)}."
        )


VIEW = JourneyCreditView()
