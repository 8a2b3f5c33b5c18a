"""An app, advisers, and what both are worth together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketing4.models.complementarity import FactorialTest, best_split, draw_test, power, value
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.high_touch import VIEW, HighTouchScene
from marketing4.views.numbers import percent, plain, signed

APP, ADVISERS = 12.0, 6.0  # euros a customer that each brings alone, in full
BASE, SD = 40.0, 30.0  # euros: mean spending with neither, standard deviation of customers
FIRST_EXTRA = 20
MOST_EXTRA, LEAST_TOUCH, LEAST_GAIN, WANTED = 10, 10, 0.1, 80  # euros, %, euros, tests of 100
SHARES = np.linspace(0, 1, 101)


def high_touch() -> Panel:
    """A panel: one budget for an app and advisers that help each other, and a test of it (a model)."""
    return Panel(
        name="high_touch",
        title="High tech or high touch? A model",
        view=VIEW,
        controls=[
            Control(
                "extra",
                "Both together bring extra",
                -20,
                30,
                1,
                FIRST_EXTRA,
                "euros",
                "Beyond 12 + 6 euros; below 0 the two do partly the same work",
            ),
            Control(
                "share", "Share of the budget for the app", 0, 100, 1, 100, "%", "The rest is for advisers"
            ),
            Control(
                "customers",
                "Customers in each of four test groups",
                25,
                1000,
                25,
                50,
                "people",
                "Groups with neither, with the app, with advisers and with both",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="Your whole budget in an app brings 12 euros per customer; in advisers it brings 6. "
            "Twice the budget, both in full, brings 38: 12 + 6 and an extra of 20, because each makes the "
            "other better. You have one budget and can split it. Of every 100 euros of it, how many go "
            "to the app in the best split?",
            came_out=_came_out,
            to_see="move “Share of the budget for the app” to where you find the most.",
            unit="euros",
        ),
        puzzle=Puzzle(
            task=f"Let the extra be {MOST_EXTRA} euros or less. Give advisers at least {LEAST_TOUCH} % of "
            f"the budget, gain at least {plain(LEAST_GAIN, 2)} euros per customer more than with the app "
            f"alone, and plan a test that would show the extra (interval above 0) in {WANTED} of 100 cases.",
            meter=_meter,
        ),
        effect=Effect(
            name="Complements",
            explanation="Two things are complements if each is worth more when there is more of the other: "
            "V = 12 x + 6 y + extra · x · y. Then it can pay to give money to the weaker one, because it "
            "lifts the stronger one. With an extra below 0 they are substitutes, and all goes to one of "
            "them. A test in four groups measures the extra as a difference of two differences. Its standard "
            "error is twice that of one group's mean, so an extra half as large needs four times the "
            "customers.",
            source="Milgrom and Roberts, American Economic Review 1990, for complements; “high tech, high "
            "touch” is from Naisbitt, Megatrends (1982). All euros here are assumed.",
        ),
        seed=Seed("Which customers take part in the test; the curve itself does not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    test: FactorialTest
    power: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    extra, customers = float(values["extra"]), values["customers"]
    return _Run(
        draw_test(APP, ADVISERS, extra, SD, customers, seed, BASE),
        power(extra, SD, customers),
    )


def _compose(moment: Moment) -> HighTouchScene:
    extra, share = float(moment.values["extra"]), moment.values["share"] / 100
    best = best_split(APP, ADVISERS, extra)
    worth, best_worth, app_only = value(
        np.array([share, best, 1]), np.array([1 - share, 1 - best, 0]), APP, ADVISERS, extra
    ).tolist()
    return HighTouchScene(
        extra=extra,
        share=share,
        customers=moment.values["customers"],
        shares=SHARES,
        values=value(SHARES, 1 - SHARES, APP, ADVISERS, extra),
        apart=value(SHARES, 1 - SHARES, APP, ADVISERS, 0),
        worth=worth,
        app_only=app_only,
        best=best,
        best_worth=best_worth,
        test=moment.result.test,
        group_error=1.96 * SD / math.sqrt(moment.values["customers"]),
        power=moment.result.power,
        seed=moment.seed,
    )


def _status(scene: HighTouchScene) -> str:
    test = scene.test
    return (
        f"With {percent(scene.share)} for the app a customer brings {plain(scene.worth, 2)} euros "
        f"({plain(scene.app_only, 2)} with the app alone); a test with {scene.customers} customers a group "
        f"finds an extra of {signed(test.interaction, 1)} euros, {signed(test.low, 1)} to "
        f"{signed(test.high, 1)}."
    )


def _came_out(scene: HighTouchScene) -> Outcome | None:
    # The student has to try the split: the number counts once the mark stands near the top of the curve.
    if scene.extra != FIRST_EXTRA or abs(scene.share - scene.best) > 0.05:
        return None
    return Outcome(
        100 * scene.best,
        f"The best split gives {percent(scene.best)} to the app and the rest to advisers, although they are "
        f"the weaker of the two: {plain(scene.best_worth, 2)} euros per customer in place of "
        f"{plain(scene.app_only, 2)}.",
        tolerance=5,
    )


def _meter(scene: HighTouchScene) -> Meter:
    more = scene.worth - scene.app_only
    touch = 100 * (1 - scene.share)
    found = 100 * scene.power
    words = (
        f"Extra {signed(scene.extra)} euros (wanted: {MOST_EXTRA} or less), advisers {plain(touch)} % of the "
        f"budget (wanted: {LEAST_TOUCH} or more), gain {signed(more, 2)} euros (wanted: +"
        f"{plain(LEAST_GAIN, 2)}), shown in {plain(found)} of 100 tests (wanted: {WANTED})."
    )
    is_solved = (
        scene.extra <= MOST_EXTRA
        and touch >= LEAST_TOUCH - 1e-9
        and more >= LEAST_GAIN - 1e-9
        and found >= WANTED
    )
    return Meter(found, WANTED, 0, 100, words, is_solved)
