"""Are blanks zeros?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketing4.models.missing_answers import MissingMean, mean_with_missing
from marketing4.panels.controls import Choice, Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.missing_answers import VIEW, MissingScene
from marketing4.views.numbers import count, percent, plain

# Ages of forty customers: synthetic, spread like those of an adult public.
AGES = (
    *(18, 19, 21, 22, 23, 24, 26, 27, 28, 29, 31, 32, 33, 34, 35, 36, 37, 38, 39, 41),
    *(42, 43, 44, 45, 46, 47, 48, 51, 52, 53, 55, 57, 58, 61, 63, 64, 66, 69, 72, 76),
)
LEANING = {"any": 0.0, "young": 0.6, "old": -0.6}  # who goes blank: see mean_with_missing


def missing_answers() -> Panel:
    """A panel: forty ages, some left blank, and the mean when blanks are dropped or counted as zero."""
    return Panel(
        name="missing_answers",
        title="Are blanks zeros?",
        view=VIEW,
        controls=[
            Control("missing_share", "Answers left blank", 0, 80, 5, 25, "%", "Share of the forty customers"),
            Choice(
                "treatment",
                "Blanks are",
                {"dropped": "left out of the mean", "zero": "counted as zero"},
                "dropped",
                "What a program does with a blank",
            ),
            Choice(
                "who",
                "Who leaves it blank",
                {"any": "anyone, by chance", "young": "mostly the young", "old": "mostly the old"},
                "any",
                "An assumption you can change",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="Forty customers are asked their age. Ten leave it blank, and a program counts every "
            "blank as "
            "0. What happens to the mean age?",
            came_out=_came_out,
            to_see="set “Blanks are” to counted as zero.",
            options={
                "same": "It stays about the same",
                "tenth": "It falls by about a tenth",
                "quarter": "It falls by a quarter",
            },
        ),
        puzzle=Puzzle(
            task="Count blanks as zero, and find the share of blanks at which this wrong mean is half of "
            "the mean of "
            "the answers.",
            meter=_meter,
        ),
        effect=Effect(
            name="Missing is not zero",
            explanation="A blank says that nobody answered; a zero says that somebody answered 0. Counted "
            "as zero, "
            "blanks pull the mean down by exactly their share: half blank, half the mean. Leaving them out "
            "is "
            "right when blanks fall by chance. When mostly the young leave the question blank, the mean of "
            "the answers is too high; when mostly the old do, it is too low. So always say how many were "
            "missing.",
            source="In this model; the ages are synthetic.",
        ),
        seed=Seed("Which customers leave the question blank"),
    )


def _simulate(values: Mapping[str, Any], seed: int) -> MissingMean:
    return mean_with_missing(AGES, values["missing_share"] / 100, LEANING[values["who"]], seed)


def _compose(moment: Moment) -> MissingScene:
    return MissingScene(moment.result, moment.values["treatment"])


def _status(scene: MissingScene) -> str:
    answers = scene.answers
    blanks = f"{count(answers.missing, 'age is', 'ages are')} blank of {len(AGES)}"
    known = answers.mean_of_answers or 0.0
    if scene.treatment == "zero":
        return (
            f"{blanks} and counted as zero: the mean is {plain(answers.mean_with_zeros, 1)} years, "
            f"{percent(1 - answers.mean_with_zeros / known)} below the {plain(known, 1)} years of those "
            f"who answered{_unseen(answers)}."
        )
    return (
        f"{blanks} and left out: the mean of the {answers.answered} answers is {plain(known, 1)} "
        f"years{_unseen(answers)}."
    )


def _unseen(answers: MissingMean) -> str:
    """The mean that only this model knows, as the end of a sentence."""
    return f"; all forty together, which no survey sees, have a mean of {plain(answers.mean_of_all, 1)}"


def _came_out(scene: MissingScene) -> Outcome | None:
    answers = scene.answers
    if scene.treatment != "zero" or answers.missing * 4 != len(AGES):
        return None
    return Outcome(
        "quarter",
        f"It fell from {plain(answers.mean_of_answers or 0, 1)} to {plain(answers.mean_with_zeros, 1)} "
        "years, by a "
        "quarter: as much as the share of blanks.",
    )


def _meter(scene: MissingScene) -> Meter:
    answers = scene.answers
    ratio = answers.mean_with_zeros / (answers.mean_of_answers or 1)
    is_shown = scene.treatment == "zero"
    words = f"With blanks as zero the mean is {percent(ratio)} of the mean of the answers (wanted: 50 %)" + (
        "." if is_shown else "; now blanks are left out."
    )
    return Meter(100 * ratio, 50, 0, 100, words, is_shown and abs(ratio - 0.5) < 0.01)
