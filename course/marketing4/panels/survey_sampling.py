"""Draw survey after survey of one brand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketing4.models.nps import Coverage, SurveyDraws, coverage, draw_surveys, holds
from marketing4.panels.controls import Choice, Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.panels.shares import parts_of_hundred
from marketing4.views.numbers import count, percent, signed
from marketing4.views.survey_sampling import METHOD_NAMES, SURVEYS, VIEW, SamplingScene

LONG_RUN = 4000  # surveys behind a coverage: its Monte Carlo error is then about half a point
FEW, ENOUGH = 0.90, 0.93  # what the puzzle asks of Wald and of the adjusted interval
FIRST_BRAND = {"promoters": 50, "detractors": 20, "respondents": 100}


def survey_sampling() -> Panel:
    """A panel: repeated samples of one brand, their intervals, and the coverage of two methods."""
    return Panel(
        name="survey_sampling",
        title="The same brand, asked again and again",
        view=VIEW,
        timeline=Timeline(
            "Surveys drawn", SURVEYS, "", "Draws one survey after the other from the same brand"
        ),
        controls=[
            Control("promoters", "Promoters of the brand", 0, 100, 1, 50, "%", "True share of promoters"),
            Control("detractors", "Detractors of the brand", 0, 100, 1, 20, "%", "True share of detractors"),
            Control("respondents", "Answers per survey", 5, 500, 5, 100, "people", "Size of each survey"),
            Choice(
                "method",
                "Interval",
                {"wald": "Wald: the textbook formula", "adjusted": "Adjusted: three answers added"},
                "wald",
                "How the 95 % interval is computed",
            ),
        ],
        settle=parts_of_hundred("promoters", "detractors"),
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A brand has 50 % promoters, 30 % passives and 20 % detractors. Two surveys ask 100 "
            "of its "
            "customers each. How far apart can the two scores be? Name a gap that 95 of 100 such pairs do "
            "not "
            "exceed.",
            came_out=_came_out,
            to_see="press Play (▶).",
            low=0,
            high=200,
            unit="points",
        ),
        puzzle=Puzzle(
            task="Find a brand and a survey size for which fewer than 90 % of the Wald intervals hold the "
            "true "
            "NPS, while more than 93 % of the adjusted ones do.",
            meter=_meter,
        ),
        effect=Effect(
            name="Coverage",
            explanation="A 95 % interval promises to hold the true score in 95 of 100 surveys. The Wald "
            "interval "
            "breaks the promise in small surveys of brands with almost only one kind of answer: it takes the "
            "agreement in the sample for certainty. The adjusted interval adds ¾ promoter, 1½ passives and ¾ "
            "detractor before it computes, and stays near its promise.",
            source="Rocks, The American Statistician 2016; Lewis and Sauro, measuringu.com.",
        ),
        seed=Seed("Which surveys are drawn", default=8),  # misses as many of its hundred as it promises
    )


@dataclass(frozen=True, eq=False)
class _Series:
    draws: SurveyDraws
    coverage: Coverage
    centres: Mapping[str, np.ndarray]
    hits: Mapping[str, np.ndarray]


def _simulate(values: Mapping[str, Any], seed: int) -> _Series:
    brand = values["promoters"] / 100, values["detractors"] / 100
    draws = draw_surveys(*brand, n=values["respondents"], repeats=SURVEYS, seed=seed)
    intervals = {"wald": draws.wald, "adjusted": draws.adjusted}
    return _Series(
        draws=draws,
        coverage=coverage(*brand, n=values["respondents"], repeats=LONG_RUN, seed=seed),
        centres={method: bounds.mean(axis=1) for method, bounds in intervals.items()},
        hits={method: holds(draws.true_score, bounds) for method, bounds in intervals.items()},
    )


def _compose(moment: Moment) -> SamplingScene:
    series, method = moment.result, moment.values["method"]
    return SamplingScene(
        drawn=int(moment.step),
        people=moment.values["respondents"],
        true_score=series.draws.true_score,
        method=method,
        scores=series.draws.scores,
        centres=series.centres[method],
        intervals=series.draws.wald if method == "wald" else series.draws.adjusted,
        is_hit=series.hits[method],
        coverage=series.coverage,
        coverage_surveys=LONG_RUN,
        is_first_brand=all(moment.values[name] == value for name, value in FIRST_BRAND.items()),
    )


def _status(scene: SamplingScene) -> str:
    if scene.drawn == 0:
        return (
            f"No survey drawn yet: the brand's true NPS is {signed(scene.true_score)}, and each survey "
            "will ask "
            f"{count(scene.people, 'person', 'people')}."
        )
    scores = scene.scores[: scene.drawn]
    method = METHOD_NAMES[scene.method]
    return (
        f"{count(scene.drawn, 'survey')} of {scene.people} people gave scores from {signed(scores.min())} to "
        f"{signed(scores.max())}; of their {method} intervals {scene.hits} hold the true NPS of "
        f"{signed(scene.true_score)} and {scene.drawn - scene.hits} miss it."
    )


def _came_out(scene: SamplingScene) -> Outcome | None:
    if not scene.is_first_brand or scene.drawn < SURVEYS:
        return None
    scores = scene.scores[: scene.drawn]
    first, second = np.triu_indices(scene.drawn, k=1)
    gap = float(np.quantile(np.abs(scores[first] - scores[second]), 0.95))
    return Outcome(
        gap,
        f"Of all pairs among the {scene.drawn} surveys drawn, 95 in 100 lie at most {gap:.0f} points apart.",
        tolerance=3,
    )


def _meter(scene: SamplingScene) -> Meter:
    wald, adjusted = scene.coverage.wald, scene.coverage.adjusted
    words = (
        f"In {scene.coverage_surveys:,} surveys {percent(wald, 1)} of the Wald intervals hold the true NPS "
        f"(wanted: below {percent(FEW)}) and {percent(adjusted, 1)} of the adjusted ones (wanted: above "
        f"{percent(ENOUGH)})."
    )
    return Meter(100 * wald, 100 * FEW, 50, 100, words, wald < FEW and adjusted > ENOUGH)
