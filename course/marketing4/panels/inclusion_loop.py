"""The loop that turns exclusive into inclusive, and where it stalls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.inclusion_loop import DrawnInclusion, Inclusion, draw_inclusion, inclusion
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.inclusion_loop import HOUSEHOLDS, PERIODS, VIEW, InclusionScene
from marketing4.views.numbers import percent, plain

FIRST_SETTING = {"first_cost": 1200, "learning_rate": 20, "margin": 0, "budget_share": 5}
WANTED, LEAST_MARGIN = 75, 50  # % of households, % of cost
FRAMES = 10  # pictures per period


def inclusion_loop() -> Panel:
    """A panel: sales lower the price, the price brings buyers, period after period (a model, not data)."""
    return Panel(
        name="inclusion_loop",
        title="From exclusive to inclusive: how far does the loop run? A model",
        view=VIEW,
        timeline=Timeline(
            "Period",
            PERIODS,
            "",
            "Lets time run: in each period half of those who can pay and have not bought yet buy",
            frames=FRAMES,
        ),
        controls=[
            Control("first_cost", "Cost at the launch", 300, 3000, 100, 1200, "euros", "Unit cost at first"),
            Control(
                "learning_rate",
                "Cost falls per doubling by",
                0,
                30,
                1,
                20,
                "%",
                "The learning rate: with each doubling of all output cost falls by this share",
            ),
            Control("margin", "Margin on top of cost", 0, 100, 5, 0, "%", "Price is cost plus this margin"),
            Control(
                "budget_share",
                "A household can spend",
                1,
                20,
                1,
                5,
                "% of its income",
                "Credit or smaller packs let a household spend more on the category",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="At the launch 4 of 100 households can pay. Each buyer adds to output, and each "
            "doubling of output makes the product 20 % cheaper, so that more can pay. Nothing else changes. "
            "How many of 100 households will have bought in the end, on average?",
            came_out=_came_out,
            to_see="press Play (▶).",
            unit="households",
        ),
        puzzle=Puzzle(
            task=f"Keep a margin of at least {LEAST_MARGIN} %, and still let the loop bring in at least "
            f"{WANTED} of 100 households in the end.",
            meter=_meter,
        ),
        effect=Effect(
            name="A feedback loop with a fixed point",
            explanation="Each buyer makes the product cheaper for the next. But each doubling needs twice "
            "as many buyers as the one before, and the poorer households are further away. The loop stalls "
            "where as many have bought as can pay. With a high margin or slow learning it may stall right at "
            "the launch: the product stays exclusive, and near that edge chance decides. Faster learning, a "
            "cheaper design, credit or smaller packs move the point where it stalls.",
            source="A model with assumed numbers. Its claim, that falling costs open mass markets: Kotler, "
            "Kartajaya and Setiawan, Marketing 4.0, ch. 1.",
        ),
        seed=Seed(
            f"Which {HOUSEHOLDS} households are drawn, and in which period each of them decides", default=3
        ),  # near the average
    )


@dataclass(frozen=True, eq=False)
class _Run:
    average: Inclusion
    market: DrawnInclusion
    bought_at: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    setting = {
        "first_cost": values["first_cost"],
        "learning_rate": values["learning_rate"] / 100,
        "budget_share": values["budget_share"] / 100,
        "margin": values["margin"] / 100,
        "periods": PERIODS,
    }
    market = draw_inclusion(HOUSEHOLDS, seed, **setting)
    return _Run(inclusion(**setting), market, _moments(market.bought_in))


def _moments(bought_in: NDArray[np.int64]) -> NDArray[np.float64]:
    """When each household buys: the buyers of a period one after the other, the richest first."""
    moments = np.full(bought_in.shape, np.inf)
    for period in range(1, PERIODS + 1):
        buyers = np.flatnonzero(bought_in == period)[::-1]
        moments[buyers] = period - 1 + np.arange(1, buyers.size + 1) / max(buyers.size, 1)
    return moments


def _compose(moment: Moment) -> InclusionScene:
    run, values = moment.result, moment.values
    return InclusionScene(
        time=moment.step,
        average=run.average,
        market=run.market,
        bought_at=run.bought_at,
        budget_share=values["budget_share"] / 100,
        margin=values["margin"] / 100,
        seed=moment.seed,
        is_first_setting=all(values[name] == value for name, value in FIRST_SETTING.items()),
    )


def _status(scene: InclusionScene) -> str:
    able, owners = int(scene.can_pay.sum()), int(scene.has_bought.sum())
    return (
        f"Period {scene.period}: at a price of {plain(scene.price)} euros {able} of {HOUSEHOLDS} households "
        f"can pay and {owners} have bought; with a margin of {percent(scene.margin)} the average market "
        f"stalls at {percent(scene.end)}."
    )


def _came_out(scene: InclusionScene) -> Outcome | None:
    if not scene.is_first_setting or scene.time < PERIODS:
        return None
    end = 100 * scene.end
    here = plain(100 * float(scene.market.buyers[-1]))
    return Outcome(
        end,
        f"In this model {plain(end)} of 100 have bought on average when the loop stalls, because then no "
        f"other can pay; this market ended at {here} of 100.",
        tolerance=5,
    )


def _meter(scene: InclusionScene) -> Meter:
    end = 100 * scene.end
    words = (
        f"On average the loop brings in {plain(end, 1)} of 100 households (wanted: at least {WANTED}) at a "
        f"margin of {percent(scene.margin)} (wanted: at least {LEAST_MARGIN} %)."
    )
    return Meter(end, WANTED, 0, 100, words, end >= WANTED and 100 * scene.margin >= LEAST_MARGIN - 1e-9)
