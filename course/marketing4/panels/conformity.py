"""Who conforms: equal people or people who differ, against what Asch saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.conformity import (
    ASCH_GROUPS,
    ASCH_MEAN,
    ASCH_STUDENTS,
    ASCH_TRIALS,
    draw_yielding,
    groups,
    p_never,
    yielding_counts,
)
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.conformity import GROUPS, VIEW, ConformityScene
from marketing4.views.numbers import percent, plain

NEAR = 2  # points by which each of the three groups may miss


def conformity() -> Panel:
    """A panel: how often students yield to a wrong majority, in Asch's data and in a model."""
    return Panel(
        name="conformity",
        title="Does everybody follow the others a little?",
        view=VIEW,
        controls=[
            Control("mean", "Answers that yield", 5.0, 69.0, 0.25, 50.0, "%", "Mean over all students"),
            Control(
                "difference",
                "How much people differ",
                0,
                100,
                1,
                0,
                "%",
                "Correlation of two answers of one person: 0 all alike, 100 each always or never",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question=f"Asch, 1956: {ASCH_TRIALS} times each of {ASCH_STUDENTS} students heard the others in "
            "the room give the same wrong answer to an easy question. "
            f"{percent(ASCH_MEAN, 1)} of the students' answers followed the others. How many of 100 students "
            "never did, not once?",
            came_out=_came_out,
            unit="students",
        ),
        puzzle=Puzzle(
            task=f"Set the model so that all three groups come within {NEAR} points of Asch's.",
            meter=_meter,
        ),
        effect=Effect(
            name="Individual differences (overdispersion)",
            explanation=f"Had everybody yielded with the same chance of {percent(ASCH_MEAN, 1)}, only "
            f"{percent(p_never(ASCH_MEAN, ASCH_TRIALS), 2)} would have stayed independent all "
            f"{ASCH_TRIALS} times; it was {percent(ASCH_GROUPS[0])}, about 60 times as many. People differ, "
            "and the mean describes few of them: some never follow, some nearly always. A model in which "
            "each person has an own chance (beta-binomial) meets all three groups. So ask who follows the "
            "crowd, not only how many answers do.",
            source="Asch, Psychological Monographs 1956. In such studies in the USA conformity has declined "
            "since the 1950s (Bond and Smith 1996): today's share need not be his.",
        ),
        seed=Seed(f"Which {ASCH_STUDENTS} students are drawn from the model"),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    counts: NDArray[np.float64]
    drawn: NDArray[np.int64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    mean, correlation = values["mean"] / 100, values["difference"] / 100
    students = draw_yielding(mean, correlation, ASCH_STUDENTS, seed)
    return _Run(yielding_counts(mean, correlation), np.bincount(students, minlength=ASCH_TRIALS + 1))


def _compose(moment: Moment) -> ConformityScene:
    run = moment.result
    return ConformityScene(
        mean=moment.values["mean"] / 100,
        correlation=moment.values["difference"] / 100,
        expected=ASCH_STUDENTS * run.counts,
        drawn=run.drawn,
        model=groups(run.counts),
        asch=ASCH_GROUPS,
        seed=moment.seed,
    )


def _status(scene: ConformityScene) -> str:
    never, often = scene.model[0], scene.model[2]
    people = "everybody alike"
    if scene.correlation:
        people = f"differences of {percent(scene.correlation)} between people"
    return (
        f"With {people} and {percent(scene.mean, 1)} of answers yielding, {percent(never, 1)} of students "
        f"never yield (Asch: {percent(scene.asch[0])}) and {percent(often, 1)} yield {GROUPS[2]} (Asch: "
        f"{percent(scene.asch[2])}); of this draw of {ASCH_STUDENTS}, {scene.drawn[0]} never did."
    )


def _came_out(scene: ConformityScene) -> Outcome | None:
    return Outcome(
        round(100 * scene.asch[0]),
        f"Of 100 students {100 * scene.asch[0]:.0f} never yielded; had all yielded alike, with a chance of "
        f"{percent(ASCH_MEAN, 1)}, it would have been {plain(100 * p_never(ASCH_MEAN, ASCH_TRIALS), 2)}.",
        tolerance=3,
    )


def _meter(scene: ConformityScene) -> Meter:
    misses = [100 * (model - asch) for model, asch in zip(scene.model, scene.asch, strict=True)]
    worst = max(abs(miss) for miss in misses)
    pairs = ", ".join(
        f"{name} {percent(model, 1)} (Asch {percent(asch)})"
        for name, model, asch in zip(GROUPS, scene.model, scene.asch, strict=True)
    )
    words = f"{pairs}: the largest miss is {plain(worst, 1)} points (wanted: {NEAR} or less)."
    return Meter(worst, NEAR, 0, 50, words[0].upper() + words[1:], worst <= NEAR)
