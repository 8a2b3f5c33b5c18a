"""Compose an NPS from a hundred people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketing4.models.nps import NpsEstimate, draw_surveys, estimate
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Action, Moment, Panel
from marketing4.panels.shares import parts_of_hundred
from marketing4.views.nps_composition import VIEW, CompositionScene
from marketing4.views.numbers import plain, signed

APART = 0.5  # polarisation: from here on the puzzle calls two brands opposites


def nps_composition() -> Panel:
    """A panel: 100 customers, their NPS, its standard error and its intervals."""
    return Panel(
        name="nps_composition",
        title="What does one Net Promoter Score say?",
        view=VIEW,
        controls=[
            Control("promoters", "Promoters", 0, 100, 1, 50, "people", "Answers 9 and 10"),
            Control("detractors", "Detractors", 0, 100, 1, 20, "people", "Answers 0 to 6"),
            Control(
                "respondents",
                "Answers in the survey",
                100,
                2000,
                100,
                100,
                "people",
                "How many people answered; the shares stay as they are",
            ),
        ],
        settle=parts_of_hundred("promoters", "detractors"),
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="Of 100 customers 50 are promoters, 30 passives and 20 detractors. What is the NPS?",
            came_out=_came_out,
            low=-100,
            high=100,
            unit="points",
        ),
        puzzle=Puzzle(
            task="Find two opposite brands with the same NPS. Build one, press “Keep this brand”, then "
            "build the "
            f"other: same score, polarisation at least {APART:g} away.",
            meter=_meter,
        ),
        effect=Effect(
            name="Polarisation",
            explanation="The NPS is a difference, and a difference hides its two parts. A brand that nobody "
            "dislikes and a brand that is loved and hated can have the same score. Polarisation, "
            "p + d − (p − d)², tells them apart: 0 when all customers agree, 1 when half are promoters "
            "and half detractors. It is also the variance of one answer, so a polarised brand "
            "needs a larger survey.",
            source="On polarising brands: Luo, Wiles and Raithel, Harvard Business Review, November 2013.",
        ),
        seed=Seed("Which other survey of the same brand is drawn; the 100 customers do not depend on chance"),
        action=Action("Keep this brand", "Keep this brand to compare the next one with it", _keep),
    )


def _simulate(values: Mapping[str, Any], seed: int) -> tuple[NpsEstimate, float]:
    hundreds = values["respondents"] // 100
    promoters, detractors = values["promoters"], values["detractors"]
    survey = estimate(promoters * hundreds, (100 - promoters - detractors) * hundreds, detractors * hundreds)
    another = draw_surveys(promoters / 100, detractors / 100, survey.n, repeats=1, seed=seed)
    return survey, float(another.scores[0])


def _compose(moment: Moment) -> CompositionScene:
    survey, another = moment.result
    return CompositionScene(survey, another, moment.seed, moment.memory.get("kept"))


def _keep(moment: Moment) -> None:
    moment.memory["kept"] = moment.result[0]


def _status(scene: CompositionScene) -> str:
    survey = scene.survey
    promoters, passives, detractors = (round(100 * share) for share in survey.shares)
    low, high = survey.wald_cut
    return (
        f"{promoters} promoters, {passives} passives, {detractors} detractors: NPS {signed(survey.score)}, "
        f"standard error {plain(survey.standard_error, 1)} points, 95 % interval {signed(low)} to "
        f"{signed(high)}, "
        f"polarisation {plain(survey.polarisation, 2)}."
    )


def _came_out(_: CompositionScene) -> Outcome:
    asked = estimate(50, 30, 20)
    return Outcome(
        asked.score,
        f"The NPS is {signed(asked.score)}: 50 % promoters minus 20 % detractors, out of all 100.",
    )


def _meter(scene: CompositionScene) -> Meter:
    here, kept = scene.survey, scene.kept
    if kept is None:
        words = "No brand kept yet, so there is nothing to compare with."
        return Meter(0, APART, 0, 1, words, False)
    distance = abs(here.polarisation - kept.polarisation)
    is_same_score = abs(here.score - kept.score) < 1e-9
    if is_same_score:
        scores = f"Same NPS, {signed(here.score)}."
    else:
        scores = f"NPS {signed(here.score)} here and {signed(kept.score)} kept: not the same yet."
    words = (
        f"{scores} Polarisation {plain(here.polarisation, 2)} here and {plain(kept.polarisation, 2)} kept: "
        f"{plain(distance, 2)} apart, wanted {plain(APART, 2)}."
    )
    return Meter(distance, APART, 0, 1, words, is_same_score and distance >= APART - 1e-9)
