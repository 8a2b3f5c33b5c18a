"""Where to launch first, when all markets share one experience curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.launch_order import EMERGING, ORDERS, LaunchOrder, launch
from marketing4.models.market_reach import draw_incomes
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.launch_order import BILLION, NAMES, VIEW, YEARS, LaunchScene
from marketing4.views.numbers import percent, plain, signed

FIRST_SETTING = {"first_cost": 2400, "learning_rate": 25, "delay": 5, "cannibalisation": 0}
BUDGET_SHARE = 0.05
HOUSEHOLDS = 200  # drawn in the emerging market
FRAMES = 10  # pictures per year
SOON = 3  # years


def launch_order() -> Panel:
    """A panel: launch in the rich market first, in the emerging one, or in both (a model, not data)."""
    return Panel(
        name="launch_order",
        title="Where to launch first? A model",
        view=VIEW,
        timeline=Timeline("Year", YEARS, "", "Lets time run for all three launch orders", frames=FRAMES),
        controls=[
            Control(
                "first_cost",
                "Cost of the design at first",
                200,
                3000,
                100,
                2400,
                "euros",
                "A cheap design leaves out what the emerging market does not need",
            ),
            Control(
                "learning_rate",
                "Cost falls per doubling by",
                0,
                30,
                1,
                25,
                "%",
                "The learning rate: all units count, wherever they are sold",
            ),
            Control("delay", "The second market waits", 1, 10, 1, 5, "years", "Time between the launches"),
            Control(
                "cannibalisation",
                "Premium profit lost",
                0,
                100,
                5,
                0,
                "% a year",
                "Of 2 billion euros a year from a dear product in the developed market, lost while the new "
                "product is on sale there",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="The emerging market has five times as many households as the developed one, with a "
            "fifth of the income. The design costs 2,400 euros at first, and each doubling of output takes "
            "25 % off. The firm launches in one market and five years later in the other. Which order brings "
            "half of the emerging households within reach sooner?",
            came_out=_came_out,
            to_see="press Play (▶).",
            options={
                "emerging_first": "Emerging first: the many households are there",
                "developed_first": "Developed first: the emerging market waits five years",
                "same": "It makes no difference: cost depends on all units",
            },
        ),
        puzzle=Puzzle(
            task="Find a firm for which “emerging first” earns more than both other orders, and for which "
            f"half of the emerging households can pay within {SOON} years.",
            meter=_meter,
        ),
        effect=Effect(
            name="Reverse innovation",
            explanation="A dear design finds hardly any buyer among poor households, so cost does not come "
            "down the experience curve: there the rich market must pay for the learning first. A cheap "
            "design is different: the many learn fast, and the firm comes to the rich market later "
            "with a lower cost. Launching everywhere at once learns fastest. Only what the new "
            "product takes from a premium product at home speaks for keeping it away from there for "
            "some years.",
            source="Term and examples (an ECG at 1,000 dollars for rural India, an ultrasound at 15,000 "
            "dollars for rural China): Immelt, Govindarajan and Trimble, Harvard Business Review, October "
            "2009. The numbers here are assumptions of this model.",
        ),
        seed=Seed(
            f"Which {HOUSEHOLDS} emerging households are drawn; the curves themselves do not depend on chance"
        ),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    orders: dict[str, LaunchOrder]
    affordable: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    orders = {
        order: launch(
            order,
            first_cost=values["first_cost"],
            learning_rate=values["learning_rate"] / 100,
            delay=values["delay"],
            cannibalisation=values["cannibalisation"] / 100,
            budget_share=BUDGET_SHARE,
            periods=YEARS,
        )
        for order in ORDERS
    }
    incomes = draw_incomes(EMERGING.median_income, EMERGING.sigma, HOUSEHOLDS, seed)
    return _Run(orders, BUDGET_SHARE * incomes)


def _compose(moment: Moment) -> LaunchScene:
    run = moment.result
    years = np.arange(YEARS + 1)
    drawn = {}
    for order, course in run.orders.items():
        price = np.interp(moment.step, years, course.price[1])
        is_on_sale = moment.step >= course.launched_at[1]
        drawn[order] = float((run.affordable >= price).mean()) if is_on_sale else 0.0
    return LaunchScene(
        time=moment.step,
        runs=run.orders,
        drawn=drawn,
        households=HOUSEHOLDS,
        seed=moment.seed,
        is_first_setting=all(moment.values[name] == value for name, value in FIRST_SETTING.items()),
    )


def _status(scene: LaunchScene) -> str:
    parts = [
        f"{percent(scene.runs[order].reach[1][scene.year])} with {name}" for order, name in NAMES.items()
    ]
    earned = [signed(scene.runs[order].earned[scene.year] / BILLION, 1) for order in NAMES]
    return (
        f"Year {scene.year}: the share of emerging households that can pay is {parts[0]}, {parts[1]} and "
        f"{parts[2]}; the firm has earned {earned[0]}, {earned[1]} and {earned[2]} billion euros."
    )


def _half(run: LaunchOrder) -> str:
    """When half of the emerging households can pay, in words."""
    return f"not within {YEARS} years" if run.half_reached is None else f"in year {run.half_reached}"


def _came_out(scene: LaunchScene) -> Outcome | None:
    if not scene.is_first_setting or scene.time < YEARS:
        return None
    runs = scene.runs
    return Outcome(
        "developed_first",
        "In this model half of the emerging households can pay "
        f"{_half(runs['developed_first'])} when the developed market comes first, "
        f"{_half(runs['emerging_first'])} when the emerging one does, and {_half(runs['both'])} with both at "
        "once.",
    )


def _meter(scene: LaunchScene) -> Meter:
    run = scene.runs["emerging_first"]
    rival = max((scene.runs[order] for order in NAMES if order != run.order), key=lambda other: other.value)
    lead = (run.value - rival.value) / BILLION
    words = (
        f"After {YEARS} years emerging first has earned {plain(abs(lead), 1)} billion euros "
        f"{'more' if lead > 0 else 'less'} than {NAMES[rival.order]} (wanted: more than both others); half "
        f"of the emerging households can pay: {_half(run)} (wanted: by year {SOON})."
    )
    is_soon = run.half_reached is not None and run.half_reached <= SOON
    return Meter(lead, 0, -12, 12, words, lead > 0 and is_soon)
