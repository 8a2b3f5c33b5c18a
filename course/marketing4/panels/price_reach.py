"""A price falls along the experience curve and meets incomes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.experience_curve import unit_cost
from marketing4.models.market_reach import draw_incomes, gini, reach
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import count, percent, plain
from marketing4.views.price_reach import DOUBLINGS, FRAMES, HOUSEHOLDS, VIEW, PriceReachScene

MEDIAN_INCOME = 6000  # euros a year
FIRST_SETTING = {"first_price": 1000, "learning_rate": 20, "budget_share": 5, "sigma": 0.8}
WANTED, LARGEST_CUT = 20, 20  # % of households, and % of the price


def price_reach() -> Panel:
    """A panel: a price that falls with each doubling of output, and who can pay it (a model, not data)."""
    return Panel(
        name="price_reach",
        title="Which price cut wins most customers? A model",
        view=VIEW,
        timeline=Timeline(
            "Output has doubled",
            DOUBLINGS,
            "times",
            "Doubles all output so far again and again",
            frames=FRAMES,
        ),
        controls=[
            Control("first_price", "First price", 200, 2000, 50, 1000, "euros", "Price of the first unit"),
            Control(
                "learning_rate",
                "Price cut per doubling",
                0,
                30,
                1,
                20,
                "%",
                "The learning rate: each doubling of output takes this share off cost and price",
            ),
            Control(
                "budget_share",
                "A household can spend",
                1,
                20,
                1,
                5,
                "% of its income",
                "Assumption: the same share for every household",
            ),
            Control(
                "sigma",
                "Inequality of incomes σ",
                0.2,
                1.0,
                0.05,
                0.8,
                "",
                "Standard deviation of log income; the picture shows the Gini index that belongs to it",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A product costs 1,000 euros at first. Then its price is cut by 20 %, twelve times in a "
            "row. Half of the households can pay 300 euros or more. Which cut brings most new households "
            "within reach?",
            came_out=_came_out,
            to_see="press Play (▶).",
            options={
                "first": "The first: it takes most euros off",
                "middle": "The one that passes 300 euros",
                "last": "The last: then even the poorest can pay",
                "same": "All the same: each is a cut of 20 %",
            },
        ),
        puzzle=Puzzle(
            task=f"Find a market and a moment where one cut of at most {LARGEST_CUT} % brings at least "
            f"{WANTED} of 100 households within reach.",
            meter=_meter,
        ),
        effect=Effect(
            name="Reach is an S-curve",
            explanation="A household can pay when the price is at most its budget share of its income. A cut "
            "wins the households whose incomes lie between the old and the new threshold. Most incomes lie "
            "around the middle, so the cut that passes the median threshold (budget share × median income) "
            "wins most, and the first and the last cuts win few. The more equal the incomes, the more "
            "households arrive at once. So one and the same cut of 20 % can do much or little. To be able to "
            "pay is not yet to buy.",
            source="Experience curve: Wright 1936. Log-normal incomes: Aitchison and Brown 1957. That price "
            "follows cost and that budget shares are equal are assumptions of this model.",
        ),
        seed=Seed(f"Which {HOUSEHOLDS} households are drawn; the curve itself does not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Fall:
    price: NDArray[np.float64]
    reach: NDArray[np.float64]
    incomes: NDArray[np.float64]
    gini: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Fall:
    output = 2 ** (np.arange(FRAMES * DOUBLINGS + 1) / FRAMES)
    price = unit_cost(output, values["first_price"], values["learning_rate"] / 100)
    return _Fall(
        price=price,
        reach=reach(price, values["budget_share"] / 100, MEDIAN_INCOME, values["sigma"]),
        incomes=draw_incomes(MEDIAN_INCOME, values["sigma"], HOUSEHOLDS, seed),
        gini=gini(values["sigma"]),
    )


def _compose(moment: Moment) -> PriceReachScene:
    fall, values, memory = moment.result, moment.values, moment.memory
    memory["furthest"] = max(moment.step, memory.get("furthest", 0))
    return PriceReachScene(
        step=moment.step,
        furthest=memory["furthest"],
        price=fall.price,
        reach=fall.reach,
        incomes=fall.incomes,
        budget_share=values["budget_share"] / 100,
        gini=fall.gini,
        cut=values["learning_rate"] / 100,
        threshold=values["budget_share"] / 100 * MEDIAN_INCOME,
        seed=moment.seed,
        is_first_setting=all(values[name] == value for name, value in FIRST_SETTING.items()),
    )


def _status(scene: PriceReachScene) -> str:
    step = math.floor(scene.step)
    now = (
        f"the price is {plain(scene.price_at(step))} euros, {percent(scene.reach_at(step), 1)} of households "
        f"can pay it, and half could pay {plain(scene.threshold)}"
    )
    if step == 0:
        return f"Before the first cut {now}."
    return (
        f"After {count(step, 'cut')} of {percent(scene.cut)} {now}; the last cut brought "
        f"{plain(100 * scene.gain(step), 1)} of 100 households within reach."
    )


def _came_out(scene: PriceReachScene) -> Outcome | None:
    if not scene.is_first_setting or scene.furthest < DOUBLINGS:
        return None
    gains = [scene.gain(step) for step in range(DOUBLINGS + 1)]
    best = int(np.argmax(gains))
    before, after = plain(scene.price_at(best - 1)), plain(scene.price_at(best))
    return Outcome(
        "middle",
        f"In this model the cut from {before} to {after} euros brings most, {plain(100 * gains[best], 1)} of "
        f"100 households; the first brings {plain(100 * gains[1], 1)} and the last "
        f"{plain(100 * gains[-1], 1)}.",
    )


def _meter(scene: PriceReachScene) -> Meter:
    step = math.floor(scene.step)
    gain = 100 * scene.gain(step)
    words = (
        f"The last cut brings {plain(gain, 1)} of 100 households within reach (wanted: at least {WANTED}); "
        f"each cut is {percent(scene.cut)} (wanted: at most {LARGEST_CUT} %)."
    )
    is_small = 100 * scene.cut <= LARGEST_CUT + 1e-9
    return Meter(gain, WANTED, 0, 40, words, is_small and gain >= WANTED)
