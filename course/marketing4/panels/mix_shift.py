"""Both segments rise, the total falls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from marketing4.models.nps import FIRST_WAVE, MixShift, draw_surveys
from marketing4.models.nps import mix_shift as shift_mix
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.mix_shift import VIEW, MixShiftScene, move
from marketing4.views.numbers import plain, signed

CUSTOMERS = 400  # per wave, as in the course's example
FALL = 20  # points that the puzzle asks for
CHANCE_TOTALS = 24
ONLINE, SHOPS = FIRST_WAVE  # names in the data; "Winkel" is Dutch for shop


def mix_shift() -> Panel:
    """A panel: two waves of two segments, their scores, their mix, and the total."""
    return Panel(
        name="mix_shift",
        title="Every segment happier, and the total?",
        view=VIEW,
        controls=[
            Control(
                "online",
                "Wave 2: online customers who answered",
                10,
                390,
                10,
                50,
                "people",
                "Of 400 customers who answered; in wave 1 they were 50 online and 350 in shops",
            ),
            Control(
                "online_rise", "Online score rises by", -24.0, 40.0, 0.5, 5.0, "points", "Online stood at 0"
            ),
            Control(
                "shop_rise", "Shop score rises by", -24.0, 40.0, 0.5, 5.0, "points", "Shops stood at +54"
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A firm sells online and in shops. Both segments' NPS rise by at least 5 points. What "
            "is the "
            "worst that can happen to the total NPS of the firm?",
            came_out=_came_out,
            to_see="move “Wave 2: online customers who answered” from one end to the other.",
            options={
                "rises": "It must rise by at least 5 points",
                "stays": "It may stay where it is",
                "falls": "It can fall, even by 20 points",
            },
        ),
        puzzle=Puzzle(
            task=f"Let both segments rise by at least 5 points and the total fall by at least {FALL} points.",
            meter=_meter,
        ),
        effect=Effect(
            name="Mix shift, a case of Simpson's paradox",
            explanation="The total is a mean of the segments, weighted with their customers. When many more "
            "of those who answered belong to the segment with the lower score, the total falls although "
            "every segment rises. So read a total beside its segments and their sizes, and ask which of the "
            "two questions the manager has.",
            source="The example with 330 online customers, +6.1 and +11.4, goes from 47.5 to 16.5 "
            "(synthetic data).",
        ),
        seed=Seed(
            "Which other 400 customers answer in wave 2; bars and totals themselves do not depend on chance"
        ),
    )


def _simulate(values: Mapping[str, Any], seed: int) -> tuple[MixShift, tuple[float, ...]]:
    online = values["online"]
    waves = shift_mix(
        sizes={ONLINE: online, SHOPS: CUSTOMERS - online},
        rises={ONLINE: values["online_rise"], SHOPS: values["shop_rise"]},
    )
    return waves, _totals_by_chance(waves, seed)


def _totals_by_chance(waves: MixShift, seed: int) -> tuple[float, ...]:
    """Totals of wave 2 if other customers had answered, each segment with the passives it had in wave 1."""
    sums = np.zeros(CHANCE_TOTALS)
    segments = zip(waves.segments, waves.sizes_second, waves.scores_second, strict=True)
    for stream, (name, size, score) in enumerate(segments):
        first = FIRST_WAVE[name]
        passives = min(first.passives / sum(first), 1 - abs(score) / 100)
        promoters = (1 - passives + score / 100) / 2
        draws = draw_surveys(
            promoters, max(0.0, 1 - passives - promoters), size, CHANCE_TOTALS, 2 * seed + stream
        )
        sums += draws.scores * size
    return tuple((sums / CUSTOMERS).tolist())


def _compose(moment: Moment) -> MixShiftScene:
    waves, others = moment.result
    return MixShiftScene(waves, others, moment.seed)


def _status(scene: MixShiftScene) -> str:
    waves = scene.waves
    before, after = waves.sizes_first[0], waves.sizes_second[0]
    mix = "as in wave 1" if after == before else f"after {before} in wave 1"
    return (
        f"{move('The online score', waves.rises[0])} and {move('the shop score', waves.rises[1])}; of "
        f"{CUSTOMERS} customers who answered, {after} are online, {mix}: the total goes from "
        f"{signed(waves.total_first, 1)} to {signed(waves.total_second, 1)}."
    )


def _came_out(scene: MixShiftScene) -> Outcome | None:
    waves = scene.waves
    if min(waves.rises) < 5 or waves.change > -0.05:
        return None
    return Outcome(
        "falls",
        f"Both rose by at least 5 points, and the total fell by {plain(-waves.change, 1)}.",
    )


def _meter(scene: MixShiftScene) -> Meter:
    waves = scene.waves
    rises = min(waves.rises)
    fall = -waves.change
    moved = f"The total falls by {plain(fall, 1)}" if fall > 0 else f"The total rises by {plain(-fall, 1)}"
    words = (
        f"{moved} points (wanted: a fall of {FALL}); the smaller of the two rises is {plain(rises, 1)} "
        "points "
        "(wanted: 5)."
    )
    return Meter(fall, FALL, 0, 40, words, fall >= FALL - 1e-9 and rises >= 5 - 1e-9)
