"""Do channels make customers spend, or do the loyal use more channels?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.channel_selection import Customers, draw_customers, expected_uplift
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.channels_or_loyalty import VIEW, ChannelsScene
from marketing4.views.numbers import percent, plain, signed

FIRST_SETTING = {"selection": 50, "effect": 2, "customers": 600}
HARM, PRETENCE = -5, 15  # euros a month: what the channels do, and what the comparison of all shows
LIKE_HARM = -3  # euros a month, among customers of equal loyalty


def channels_or_loyalty() -> Panel:
    """A panel: customers who choose their channels, and two ways to compare them (a model)."""
    return Panel(
        name="channels_or_loyalty",
        title="Do many channels make customers spend? A model",
        view=VIEW,
        controls=[
            Control(
                "selection",
                "Loyalty decides who uses several channels",
                0,
                100,
                1,
                FIRST_SETTING["selection"],
                "%",
                "At 0 half of every group uses several; at 100 it is 10, 50 and 90 %",
            ),
            Control(
                "effect",
                "What several channels really add",
                -15,
                15,
                1,
                FIRST_SETTING["effect"],
                "euros",
                "The same for every customer, in euros a month",
            ),
            Control(
                "customers",
                "Customers",
                60,
                900,
                30,
                FIRST_SETTING["customers"],
                "people",
                "A third per level",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="In this shop customers with several channels spend about 20 euros a month more than "
            "customers with one. But loyal customers spend more anyway, and more of them use several "
            "channels. Compare only customers of equal loyalty with each other: how many of the "
            "20 euros are left?",
            came_out=_came_out,
            low=-20,
            high=40,
            unit="euros",
        ),
        puzzle=Puzzle(
            task=f"Let several channels do harm: {HARM} euros or worse. Still the comparison of all "
            f"customers shows {PRETENCE} euros or more in their favour, while the comparison of equals tells "
            f"the truth ({LIKE_HARM} or below).",
            meter=_meter,
        ),
        effect=Effect(
            name="Confounding by selection",
            explanation="Loyalty is a common cause: it makes people spend more, and it makes them use more "
            "channels. So those with several channels are other people, and the comparison of all adds what "
            "loyalty does to what the channels do. It can even turn the sign. Comparing equals removes the "
            "common cause that you measured; one that you did not measure stays. A fair test gives the "
            "second channel to customers by chance.",
            source="In this model. Among about 46,000 shoppers of one retailer, those with several channels "
            "spent 4 % more in the store and 10 % more online (Sopadjieva, Dholakia and Benjamin, Harvard "
            "Business Review 2017): a comparison, not a test.",
        ),
        seed=Seed("Which customers are drawn, and who of them uses several channels"),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    customers: Customers
    places: NDArray[np.float64]
    counts: NDArray[np.int64]
    overall: NDArray[np.float64]
    expected: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    selection, effect = values["selection"] / 100, float(values["effect"])
    group = draw_customers(selection, effect, values["customers"], seed)
    several = group.has_several
    return _Run(
        customers=group,
        # A fixed sideways order that is no pattern: multiples of the golden ratio.
        places=np.asarray(2 * (np.arange(several.size) * 0.618034 % 1) - 1, float),
        counts=np.bincount(2 * group.loyalty + several, minlength=6).reshape(3, 2),
        overall=np.array(
            [group.spend[chosen].mean() if chosen.any() else np.nan for chosen in (~several, several)]
        ),
        expected=expected_uplift(selection, effect)[0],
    )


def _compose(moment: Moment) -> ChannelsScene:
    run = moment.result
    return ChannelsScene(
        customers=run.customers,
        effect=float(moment.values["effect"]),
        selection=moment.values["selection"] / 100,
        expected=run.expected,
        places=run.places,
        counts=run.counts,
        overall=run.overall,
        seed=moment.seed,
    )


def _status(scene: ChannelsScene) -> str:
    raw, within = (
        "nobody to compare" if number is None else f"{signed(number, 1)} euros"
        for number in (scene.customers.uplift.raw, scene.customers.uplift.within)
    )
    (low_one, low_several), _, (high_one, high_several) = scene.counts.tolist()
    low, high = low_several / (low_one + low_several), high_several / (high_one + high_several)
    return (
        f"{percent(low)} of the {low_one + low_several} customers with low loyalty and {percent(high)} of "
        f"those with high loyalty use several channels: the uplift among all is {raw}, among equals "
        f"{within}, and the truth is {signed(scene.effect)}."
    )


def _came_out(scene: ChannelsScene) -> Outcome | None:
    is_first = scene.effect == FIRST_SETTING["effect"] and 100 * scene.selection == FIRST_SETTING["selection"]
    raw, within = scene.customers.uplift.raw, scene.customers.uplift.within
    if not is_first or raw is None or within is None:
        return None
    return Outcome(
        within,
        f"Among all customers the uplift is {plain(raw, 1)} euros, among customers of equal loyalty "
        f"{plain(within, 1)}; the channels add {plain(scene.effect)}.",
        tolerance=2,
    )


def _meter(scene: ChannelsScene) -> Meter:
    raw, within = scene.customers.uplift.raw, scene.customers.uplift.within
    if raw is None or within is None:
        return Meter(0, PRETENCE, -20, 50, "There is nobody to compare: take more customers.", False)
    words = (
        f"The channels add {signed(scene.effect)} euros (wanted: {signed(HARM)} or worse); among all they "
        f"seem to add {signed(raw, 1)} (wanted: {signed(PRETENCE)} or more), among equals "
        f"{signed(within, 1)} (wanted: {signed(LIKE_HARM)} or below)."
    )
    is_solved = scene.effect <= HARM and raw >= PRETENCE and within <= LIKE_HARM
    return Meter(raw, PRETENCE, -20, 50, words, is_solved)
