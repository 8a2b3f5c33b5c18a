"""What a lower cost of dealing does to the number of deals: a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.interaction_cost import Deals, deals_realised, draw_deals
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.interaction_cost import CURVE, DEALS, HIGHEST_COST, VIEW, InteractionScene, euros
from marketing4.views.numbers import percent, plain

HALF = 50  # per cent
WANTED = 24  # of 100 possible deals; a halving can add 25 at most
FIRST_COST, FIRST_SURPLUS = 80, 20  # euros: a market in which a deal costs four times its average worth


def interaction_cost() -> Panel:
    """A panel: 100 possible deals, their cost before and after connectivity, and the deals that are made."""
    return Panel(
        name="interaction_cost",
        title="Which deals does connectivity make possible? A model",
        view=VIEW,
        controls=[
            Control(
                "cost",
                "Cost of making a deal, before",
                0,
                HIGHEST_COST,
                1,
                FIRST_COST,
                "euros",
                "Finding each other, talking, checking, paying: what both sides spend together",
            ),
            Control(
                "fall", "Connectivity lowers it by", 0, 90, 5, 0, "%", "0 is the market before connectivity"
            ),
            Control(
                "mean_surplus",
                "Average worth of a possible deal",
                5,
                40,
                1,
                FIRST_SURPLUS,
                "euros",
                "What a deal is worth to both sides together, before the cost of making it",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="In a market 100 deals are possible, worth 20 euros on average, some much more, most "
            "less. Making one costs 80 euros of time and trouble, so hardly any is made. Then messages and "
            "maps halve that cost, to 40 euros. What happens to the number of deals in this model?",
            came_out=_came_out,
            to_see="set “Connectivity lowers it by” to 50 %.",
            options={
                "same": "Hardly anything: 40 euros is still twice the average worth",
                "double": "Half the cost, so about twice the deals",
                "seven": "About seven times as many deals",
            },
        ),
        puzzle=Puzzle(
            task=f"Find a market in which halving the cost adds at least {WANTED} of every 100 possible "
            "deals in the long run.",
            meter=_meter,
        ),
        effect=Effect(
            name="Transaction costs",
            explanation="A deal that would help both sides is not made when finding each other, talking and "
            "checking cost more than it is worth. So a lower cost opens markets that seemed closed. In this "
            "model the share of deals made is e to the power of minus cost over average worth. Halving the "
            "cost multiplies the deals where cost is far above worth, changes little where cost is small "
            "already, and adds most in between: a quarter of all possible deals, where their share goes from "
            "25 to 50 %. That worth is spread like this is an assumption, not data.",
            source="Idea: Coase, The Nature of the Firm, Economica 1937.",
        ),
        seed=Seed("Which 100 possible deals the market has; the curve itself does not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    before: Deals
    now: Deals
    cost_now: float
    share_before: float
    share_now: float
    curve: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    cost, mean = values["cost"], values["mean_surplus"]
    cost_now = cost * (100 - values["fall"]) / 100
    shares = np.atleast_1d(deals_realised(np.concatenate([[cost, cost_now], CURVE]), mean))
    return _Run(
        before=draw_deals(cost, mean, DEALS, seed),
        now=draw_deals(cost_now, mean, DEALS, seed),
        cost_now=cost_now,
        share_before=float(shares[0]),
        share_now=float(shares[1]),
        curve=shares[2:],
    )


def _compose(moment: Moment) -> InteractionScene:
    run = moment.result
    return InteractionScene(
        surplus=np.sort(run.before.surplus)[::-1],
        cost_before=moment.values["cost"],
        cost_now=run.cost_now,
        fall=moment.values["fall"],
        mean_surplus=moment.values["mean_surplus"],
        made_before=int(run.before.realised.sum()),
        made_now=int(run.now.realised.sum()),
        share_before=run.share_before,
        share_now=run.share_now,
        curve=run.curve,
        seed=moment.seed,
    )


def _status(scene: InteractionScene) -> str:
    before = f"At a cost of {euros(scene.cost_before)}, {scene.made_before} of {DEALS} possible deals"
    if scene.fall == 0:
        return f"{before} are made; the long-run share in such markets is {percent(scene.share_before, 1)}."
    return (
        f"{before} were made, and at {euros(scene.cost_now)} {scene.made_now} are; in the long run the share "
        f"goes from {percent(scene.share_before, 1)} to {percent(scene.share_now, 1)}{_times(scene)}."
    )


def _times(scene: InteractionScene) -> str:
    """How many times as many deals, as the end of a sentence; "" where the number would be unreadable."""
    times = scene.share_now / scene.share_before if scene.share_before else np.inf
    if times >= 1000:
        return ""
    return f", {plain(times, 1 if times < 100 else 0)} times as many"


def _came_out(scene: InteractionScene) -> Outcome | None:
    if (scene.cost_before, scene.mean_surplus, scene.fall) != (FIRST_COST, FIRST_SURPLUS, HALF):
        return None
    return Outcome(
        "seven",
        f"In this model the share of deals made goes from {percent(scene.share_before, 1)} to "
        f"{percent(scene.share_now, 1)} in the long run{_times(scene)}.",
    )


def _meter(scene: InteractionScene) -> Meter:
    gained = 100 * (scene.share_now - scene.share_before)
    is_halved = scene.fall == HALF
    words = f"The lower cost adds {plain(gained, 1)} of 100 possible deals (wanted: {WANTED})" + (
        "." if is_halved else f"; but now the cost falls by {scene.fall} %, not by half."
    )
    return Meter(gained, WANTED, 0, 30, words, is_halved and gained >= WANTED)
