"""The picture of survey after survey: one interval each, and how often they hold the true score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from marketing4.models.nps import Coverage
from marketing4.views.numbers import count, percent, signed
from marketing4.views.stage import (
    BLUE,
    INK,
    PAPER,
    SOFT_INK,
    VERMILION,
    View,
    hatching,
    marker,
    place,
    rectangle,
    segment,
    text,
)

SURVEYS = 100
PROMISE = 0.95

METHOD_NAMES = {"wald": "Wald", "adjusted": "Adjusted"}


@dataclass(frozen=True, eq=False)
class SamplingScene:
    """The first `drawn` of a series of surveys, by one method, and the coverage of both methods.

    `centres` (SURVEYS,) and `intervals` (SURVEYS, 2) are in points; `is_hit` tells which intervals hold the
    true score. `scores` are the plain scores.
    """

    drawn: int
    people: int
    true_score: float
    method: Literal["wald", "adjusted"]
    scores: NDArray[np.float64]
    centres: NDArray[np.float64]
    intervals: NDArray[np.float64]
    is_hit: NDArray[np.bool_]
    coverage: Coverage
    coverage_surveys: int
    is_first_brand: bool

    @property
    def hits(self) -> int:
        """Surveys drawn so far whose interval holds the true score."""
        return int(self.is_hit[: self.drawn].sum())


class SurveySamplingView(View[SamplingScene]):
    """Intervals side by side in the order of the surveys; on the right the coverage in the long run."""

    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """The scores of the surveys, and the share of intervals that hold the true score."""
        surveys = place(figure, 64, 62, 302, 262)
        surveys.set(
            xlim=(0, SURVEYS + 1), ylim=(-100, 100), xticks=range(0, 101, 20), yticks=range(-100, 101, 50)
        )
        surveys.set(xlabel="Survey", ylabel="NPS (points)")
        surveys.set_title("Each line is the interval of one survey", pad=26)
        surveys.grid(True, axis="y")
        long_run = place(figure, 430, 62, 104, 262)
        long_run.set(
            xlim=(0, 2),
            ylim=(0, 100),
            xticks=[],
            yticks=range(0, 101, 25),
            ylabel="Intervals that hold it (%)",
        )
        long_run.set_title("Long run", pad=26)
        return {"surveys": surveys, "long_run": long_run}

    def marks(self, scene: SamplingScene) -> str:
        """One line per survey drawn; a miss is thicker, of another colour and carries a cross."""
        plane = self.stage.planes["surveys"]
        bounds = np.clip(scene.intervals[: scene.drawn], -100, 100)
        xs = [plane.x(number + 1) for number in range(scene.drawn)]
        lows, highs = (plane.y_offset + plane.y_scale * bounds).T if scene.drawn else ((), ())
        centres = plane.y_offset + plane.y_scale * np.clip(scene.centres[: scene.drawn], -100, 100)
        hits, misses, dots = [], [], []
        for x, low, high, y, is_hit in zip(
            xs, lows, highs, centres, scene.is_hit[: scene.drawn], strict=True
        ):
            if is_hit:
                hits.append(f"M{x:.1f} {low:.1f}V{high:.1f}")
                dots.append(f"M{x:.1f} {y:.1f}h0")
            else:
                misses.append(f"M{x:.1f} {low:.1f}V{high:.1f}M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6")
        truth = plane.y(scene.true_score)
        return (
            f'<path d="{"".join(hits)}" stroke="{BLUE}" stroke-width="1.3" opacity=".75" fill="none"/>'
            f'<path d="{"".join(dots)}" stroke="{BLUE}" stroke-width="3.2" stroke-linecap="round"/>'
            f'<path d="{"".join(misses)}" stroke="{VERMILION}" stroke-width="2.2" fill="none"/>'
            + segment(plane.left, truth, plane.right, truth, INK, 1.6, "6 4")
            + self._tally(scene)
            + self._long_run(scene)
        )

    def _tally(self, scene: SamplingScene) -> str:
        plane = self.stage.planes["surveys"]
        y = plane.top - 10
        missed = scene.drawn - scene.hits
        return (
            segment(plane.left, y - 4, plane.left + 22, y - 4, INK, 1.6, "6 4")
            + text(plane.left + 28, y, f"true NPS {signed(scene.true_score)}")
            + segment(plane.left + 150, y - 10, plane.left + 150, y + 2, BLUE, 1.6)
            + text(plane.left + 157, y, f"{scene.hits} hold", colour=BLUE)
            + marker("cross", plane.left + 236, y - 4, 3.5, VERMILION, width=2.2)
            + text(plane.left + 246, y, f"{missed} miss", colour=VERMILION, bold=missed > 0)
        )

    def _long_run(self, scene: SamplingScene) -> str:
        plane = self.stage.planes["long_run"]
        promise = plane.y(100 * PROMISE)
        drawn = []
        for column, (method, share) in enumerate(
            (("wald", scene.coverage.wald), ("adjusted", scene.coverage.adjusted))
        ):
            left, right = plane.x(column + 0.16), plane.x(column + 0.84)
            top, bottom = plane.y(100 * share), plane.bottom
            is_shown = method == scene.method
            drawn.append(rectangle(left, top, right, bottom, PAPER, INK if is_shown else SOFT_INK, 1.2))
            if method == "wald":
                drawn.append(hatching(left, top, right, bottom, BLUE, gap=6))
            else:
                drawn.append(rectangle(left, top, right, bottom, BLUE, opacity=0.75))
            middle = (left + right) / 2
            drawn.append(text(middle, plane.top - 10, percent(share), "middle", bold=share < 0.9))
            drawn.append(text(middle, plane.bottom + 18, METHOD_NAMES[method], "middle", bold=is_shown))
        drawn.append(segment(plane.left, promise, plane.right, promise, INK, 1.6, "2 3"))
        drawn.append(text(plane.left, plane.bottom + 40, "dotted: 95 %", colour=SOFT_INK))
        return "".join(drawn)

    def describe(self, scene: SamplingScene) -> str:
        """What was drawn and what held, in one sentence."""
        method = METHOD_NAMES[scene.method]
        return (
            f"{count(scene.drawn, 'survey')} of {count(scene.people, 'person', 'people')} as vertical "
            f"{method} intervals around a dashed line at the true NPS of {signed(scene.true_score)}: "
            f"{scene.hits} "
            f"hold it and {scene.drawn - scene.hits} miss it; beside them two bars, in the long run "
            f"{percent(scene.coverage.wald)} of Wald and {percent(scene.coverage.adjusted)} of adjusted "
            "intervals."
        )


VIEW = SurveySamplingView()
