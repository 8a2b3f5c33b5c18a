"""An advert is shown forty times, and viewers see it more or less often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.repetition import attitude, draw_viewers, recall
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import count, percent, plain, signed
from marketing4.views.repetition import FLOOR, SPOTS, VIEW, VIEWERS, WANTED, RepetitionScene

BEST_ATTITUDE = 0.5
REACH = 0.5  # share of spots that a viewer sees on average
FIRST_CAMPAIGN = {"spread": 0, "cap": SPOTS, "best": 10}
DIFFERENT, KEPT_BEST = 30, 10  # what the puzzle asks for


def repetition() -> Panel:
    """A panel: attitude and recall while an advert is repeated (a model tuned to a meta-analysis)."""
    return Panel(
        name="repetition",
        title="How often should they see it? A model",
        view=VIEW,
        timeline=Timeline(
            "Spots shown",
            SPOTS,
            "",
            "Shows the advert once more; viewers see half of the spots",
            interval=160,
        ),
        controls=[
            Control(
                "spread",
                "Viewers differ",
                0,
                80,
                1,
                0,
                "%",
                "0: all see half of the spots; more: some see nearly all, others nearly none",
            ),
            Control(
                "cap",
                "Stop for a viewer after",
                1,
                SPOTS,
                1,
                SPOTS,
                "exposures",
                "Frequency cap: from then on this viewer gets another advert",
            ),
            Control(
                "best",
                "Attitude is best after",
                5,
                20,
                1,
                10,
                "exposures",
                "About 10 in experiments; other adverts and settings may differ",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="In this model the first exposures to an advert each add about 0.1 to the attitude to "
            "its brand. Attitude is best after 10 exposures, at +0.5. Forty spots are shown, and every "
            "viewer sees about half of them. What is the mean attitude after all forty?",
            came_out=_came_out,
            to_see="press Play (▶).",
            options={
                "higher": "Higher than +0.5: it adds up",
                "level": "About +0.5: it levels off at its best",
                "back": "About 0: as if they had never seen it",
            },
        ),
        puzzle=Puzzle(
            task=f"All {SPOTS} spots are paid for and shown, and viewers differ by {DIFFERENT} % or more, as "
            f"real ones do. With attitude best after {KEPT_BEST} exposures, bring the mean attitude to at "
            f"least {signed(WANTED, 2)}.",
            meter=_meter,
        ),
        effect=Effect(
            name="Wear-in and wear-out",
            explanation="At first repetition makes an advert familiar and attitude rises; then it tires and "
            "attitude falls, while recall still grows. So who counts only recall repeats too long. The mean "
            "number of exposures hides a second waste: heavy viewers are worn out while light viewers have "
            "hardly met the advert. A cap for each viewer helps those who see it most and takes nothing from "
            "the others.",
            source="Inverted U: Berlyne 1970; wear-in and wear-out: Pechmann and Stewart 1988. In "
            "experiments attitude was highest at about ten exposures, and recall still rose: meta-analysis "
            "by Schmidt and Eisend 2015. The curve here is tuned to that; that it stops at −1, and how "
            "much viewers differ, are assumptions.",
        ),
        seed=Seed(f"Which {VIEWERS} viewers are drawn, and which spots they see"),
    )


@dataclass(frozen=True, eq=False)
class _Campaign:
    exposures: NDArray[np.int64]
    curve: NDArray[np.float64]
    attitude: NDArray[np.float64]
    recall: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Campaign:
    b1 = 2 * BEST_ATTITUDE / values["best"]
    curve = np.maximum(attitude(np.arange(SPOTS + 1), b1, -b1 / (2 * values["best"])), FLOOR)
    viewers = draw_viewers(VIEWERS, SPOTS, REACH, values["spread"] / 100, seed)
    seen = np.column_stack([viewers.exposures(spots) for spots in range(SPOTS + 1)])
    seen = np.minimum(seen, values["cap"])
    return _Campaign(
        exposures=seen,
        curve=curve,
        attitude=curve[seen].mean(axis=0),
        recall=recall(seen).mean(axis=0),
    )


def _compose(moment: Moment) -> RepetitionScene:
    campaign, values, memory, spots = moment.result, moment.values, moment.memory, int(moment.step)
    memory["furthest"] = max(spots, memory.get("furthest", 0))
    return RepetitionScene(
        spots=spots,
        furthest=memory["furthest"],
        exposures=campaign.exposures[:, spots],
        curve=campaign.curve,
        best=values["best"],
        attitude=campaign.attitude,
        recall=campaign.recall,
        spread=values["spread"] / 100,
        cap=values["cap"],
        seed=moment.seed,
        is_first_campaign=all(values[name] == value for name, value in FIRST_CAMPAIGN.items()),
    )


def _status(scene: RepetitionScene) -> str:
    if scene.spots == 0:
        return (
            f"No spot has been shown yet; attitude will be best after {scene.best} exposures, and "
            f"{_cap(scene)}."
        )
    return (
        f"After {count(scene.spots, 'spot')} viewers have seen {plain(scene.mean, 1)} on average: mean "
        f"attitude is {signed(scene.liking, 2)}, {percent(scene.remembering)} remember the advert, and "
        f"{scene.annoyed} of {VIEWERS} like the brand less than before."
    )


def _cap(scene: RepetitionScene) -> str:
    return "nobody is spared" if scene.cap == SPOTS else f"a viewer is spared after {scene.cap}"


def _came_out(scene: RepetitionScene) -> Outcome | None:
    if not scene.is_first_campaign or scene.spots < SPOTS:
        return None
    return Outcome(
        "back",
        f"In this model the {VIEWERS} viewers drawn here end at {signed(scene.liking, 2)} on average, while "
        f"{percent(scene.remembering)} remember the advert.",
    )


def _meter(scene: RepetitionScene) -> Meter:
    words = (
        f"Mean attitude is {signed(scene.liking, 2)} (wanted: {signed(WANTED, 2)}) after "
        f"{count(scene.spots, 'spot')} (wanted: {SPOTS}); viewers differ by {percent(scene.spread)} (wanted: "
        f"{DIFFERENT} % or more), and attitude is best after {scene.best} exposures (wanted: {KEPT_BEST})."
    )
    is_asked = scene.spots == SPOTS and round(100 * scene.spread) >= DIFFERENT and scene.best == KEPT_BEST
    return Meter(scene.liking, WANTED, -1, 1, words, is_asked and scene.liking >= WANTED)
