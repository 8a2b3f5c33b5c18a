"""Does youth tell who is connected? A model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketing4.models.correlated_customers import Customers, Pick, draw_customers, pick_younger
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.connected_not_young import CUSTOMERS, VIEW, ConnectedScene
from marketing4.views.numbers import percent, signed

FIRST_CORRELATION = -20  # hundredths
YOUNGEST_THIRD = 38  # years: about a third of the customers are younger
GOOD = 70  # of 100
STRONGEST = -90  # hundredths: the puzzle allows nothing stronger


def connected_not_young() -> Panel:
    """A panel: 300 customers, the correlation of age with connectedness, and an age limit that picks some."""
    return Panel(
        name="connected_not_young",
        title="Are the young the connected? A model",
        view=VIEW,
        controls=[
            Control(
                "correlation",
                "Correlation of age and connectedness",
                -100,
                50,
                1,
                FIRST_CORRELATION,
                "hundredths",
                "−20 stands for r = −0.20: the older, the less connected, but only a little",
            ),
            Control(
                "young_below",
                "Young means younger than",
                18,
                70,
                1,
                25,
                "years",
                "Everyone below this age is picked as a connected customer",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="Among 300 customers the correlation of age with connectedness is −0.20: older people "
            "tend to be less connected. You pick everyone younger than 38, a third of them all. How many of "
            "100 customers you pick belong to the most connected third? (By chance: 33.)",
            came_out=_came_out,
            to_see="set “Young means younger than” to 38 years.",
            unit="customers",
        ),
        puzzle=Puzzle(
            task=f"Make youth a good guide: let at least {GOOD} of 100 young customers be connected, and at "
            f"least {GOOD} of 100 connected customers be young, with a correlation no stronger than −0.90.",
            meter=_meter,
        ),
        effect=Effect(
            name="Correlation is not classification",
            explanation="A correlation of −0.20 means that age goes with 4 % of the differences in "
            "connectedness (r squared); 96 % go with other things. So of 100 of the youngest third about 41 "
            "are connected, where chance would bring 33. To reach 70 of 100, the correlation must be about "
            "−0.8, and age must explain about 60 %. To find connected customers, measure connectedness, not "
            "age.",
            source="In this model. On the myth that youth brings digital skill: Kirschner and De Bruyckere, "
            "Teaching and Teacher Education 2017.",
        ),
        seed=Seed("Which 300 customers are drawn", default=1125),  # r is -.20 here, and 100 are below 38
    )


@dataclass(frozen=True, eq=False)
class _Run:
    customers: Customers
    pick: Pick


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    customers = draw_customers(values["correlation"] / 100, CUSTOMERS, seed)
    return _Run(customers, pick_younger(customers, values["young_below"], 1 / 3))


def _compose(moment: Moment) -> ConnectedScene:
    return ConnectedScene(
        customers=moment.result.customers,
        pick=moment.result.pick,
        young_below=moment.values["young_below"],
        wanted_correlation=moment.values["correlation"] / 100,
        seed=moment.seed,
    )


def _status(scene: ConnectedScene) -> str:
    pick, found = scene.pick, scene.customers
    drawn = (
        f"These {CUSTOMERS} customers have r = {signed(found.correlation, 2)}, so age explains "
        f"{percent(found.explained)} of the differences in connectedness"
    )
    if pick.precision is None:
        return f"{drawn}; nobody is younger than {scene.young_below}."
    return (
        f"{drawn}; of {pick.picked} younger than {scene.young_below} years, {pick.both} are among the "
        f"{pick.connected} most connected: {percent(pick.precision)}."
    )


def _came_out(scene: ConnectedScene) -> Outcome | None:
    pick = scene.pick
    is_asked = scene.young_below == YOUNGEST_THIRD and scene.wanted_correlation == FIRST_CORRELATION / 100
    if not is_asked or pick.precision is None:
        return None
    return Outcome(
        100 * pick.precision,
        f"Of the {pick.picked} customers younger than {YOUNGEST_THIRD}, {pick.both} belong to the "
        f"{pick.connected} most connected: {percent(pick.precision)}.",
        tolerance=5,
    )


def _meter(scene: ConnectedScene) -> Meter:
    precision, recall = 100 * (scene.pick.precision or 0), 100 * scene.pick.recall
    is_fair = scene.wanted_correlation >= STRONGEST / 100
    words = (
        f"{precision:.0f} of 100 young are connected, and {recall:.0f} of 100 connected are young "
        f"(wanted: {GOOD} and {GOOD})"
        + ("." if is_fair else "; but this correlation is stronger than −0.90.")
    )
    return Meter(min(precision, recall), GOOD, 0, 100, words, is_fair and min(precision, recall) >= GOOD)
