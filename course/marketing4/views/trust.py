"""The picture of trust in advertising: nineteen forms, in an earlier and a later survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.views.numbers import plain, signed
from marketing4.views.stage import (
    BLUE,
    GREEN,
    INK,
    PAPER,
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

FORMS = 19
CLASSES: Mapping[str, tuple[Shape, str]] = {
    "earned": ("circle", BLUE),
    "owned": ("square", GREEN),
    "paid": ("triangle", VERMILION),
}
_SMALL = 11.5


@dataclass(frozen=True, eq=False)
class TrustScene:
    """Per cent of people who trust each form, in two waves (FORMS,); nan where a wave has no figure.

    `chosen` is the number of one form, of which `own` is the share (per cent) in a survey of `people` drawn
    by chance at the later wave, None where there is no figure. `found_fall` and `found_rise` hold the paid
    forms for which the student has seen one.
    """

    forms: tuple[str, ...]
    classes: tuple[str, ...]
    waves: tuple[str, str]
    earlier: NDArray[np.float64]
    later: NDArray[np.float64]
    chosen: int
    own: float | None
    people: int
    seed: int
    found_fall: frozenset[str]
    found_rise: frozenset[str]

    @property
    def form(self) -> str:
        """The chosen form."""
        return self.forms[self.chosen]

    @property
    def change(self) -> float | None:
        """Points by which trust in the chosen form changed; None where a figure is missing."""
        change = float(self.later[self.chosen] - self.earlier[self.chosen])
        return None if np.isnan(change) else change

    def mean(self, group: str) -> float:
        """Mean of a class over its forms with a figure in the later wave."""
        return float(np.nanmean(self.later[[name == group for name in self.classes]]))

    def in_later(self, form: str) -> float:
        """Trust in a form, by its name, in the later wave."""
        return float(self.later[self.forms.index(form)])


class TrustView(View[TrustScene]):
    """One row per form: hollow in the earlier wave, full in the later one, and the change."""

    height = 468

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """A scale of per cent, one row per form."""
        rows = place(figure, 246, 74, 234, 328)
        rows.set(xlim=(0, 100), ylim=(FORMS, 0), xticks=range(0, 101, 25), yticks=[])
        rows.set_xlabel("Trust it completely or somewhat (% of people asked)", x=0.22)
        rows.set_title("Whom people online say they trust", pad=52, x=-238 / 234)
        rows.grid(True, axis="x")
        rows.spines["left"].set_visible(False)
        return {"rows": rows}

    def marks(self, scene: TrustScene) -> str:
        """Rows, the key with the means of the classes, and a survey of one's own."""
        return self._key(scene) + self._rows(scene)

    def _key(self, scene: TrustScene) -> str:
        plane = self.stage.planes["rows"]
        first, second = scene.waves
        drawn = []
        for x, (group, (shape, colour)) in zip((14, 178, 334), CLASSES.items(), strict=True):
            drawn.append(marker(shape, x, 38, 5, colour))
            words = f"{group} (mean {plain(scene.mean(group))})"
            drawn.append(text(x + 11, 43, words, colour=colour, bold=True))
        when = f"{second}" if first == second else f"hollow: {first}, full: {second}"
        drawn.append(text(8, 64, when, colour=SOFT_INK))
        drawn.append(text(plane.right + 50, 64, "change", "end", colour=SOFT_INK))
        drawn.append(
            text(
                8,
                self.height - 8,
                f"◇ {scene.people:,} people drawn by chance, if Nielsen's figure is true (seed {scene.seed})",
                size=_SMALL,
                colour=SOFT_INK,
            )
        )
        return "".join(drawn)

    def _rows(self, scene: TrustScene) -> str:
        plane = self.stage.planes["rows"]
        drawn = []
        for row, (form, group) in enumerate(zip(scene.forms, scene.classes, strict=True)):
            shape, colour = CLASSES[group]
            y, is_chosen = plane.y(row + 0.5), row == scene.chosen
            before, after = float(scene.earlier[row]), float(scene.later[row])
            if is_chosen:
                drawn.append(rectangle(4, y - 8.5, self.width - 4, y + 8.5, "#EEF2F6", "none", radius=3))
            ink = INK if is_chosen else SOFT_INK
            drawn.append(text(plane.left - 10, y + 4, form, "end", _SMALL, ink, halo=False))
            if not np.isnan(before):
                drawn.append(segment(plane.x(before), y, plane.x(after), y, colour, 1.6))
                drawn.append(marker(shape, plane.x(before), y, 3.6, PAPER, colour, 1.5))
            if not np.isnan(after):
                drawn.append(marker(shape, plane.x(after), y, 4.6, colour))
            if is_chosen and scene.own is not None:
                drawn.append(marker("diamond", plane.x(scene.own), y, 6, "none", PAPER, 3.4))
                drawn.append(marker("diamond", plane.x(scene.own), y, 6, "none", INK, 1.5))
            change = "no figure" if np.isnan(after - before) else signed(after - before)
            drawn.append(text(plane.right + 50, y + 4, change, "end", _SMALL, bold=is_chosen))
        return "".join(drawn)

    def describe(self, scene: TrustScene) -> str:
        """The classes and the chosen form in one sentence."""
        first, second = scene.waves
        means = ", ".join(f"{group} {plain(scene.mean(group))} %" for group in CLASSES)
        change = "no change known" if scene.change is None else f"a change of {signed(scene.change)} points"
        return (
            f"Nineteen rows of trust in {first} and {second}, with a mean in {second} of {means}; chosen is "
            f"{scene.form} with {change}."
        )


VIEW = TrustView()
