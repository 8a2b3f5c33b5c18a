"""Word of mouth as reproduction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.word_of_mouth import Generations, customers_per_seed, generations, reproduction
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import plain
from marketing4.views.word_of_mouth import MARKET, SEEDS, VIEW, WEEKS, WordOfMouthScene, last_week

FIRST_SETTING = {"advocates": 25, "contacts": 12, "conversion": 20, "detractors": 0}  # R = 0.6
GOAL, NEAR = 5.0, 0.5  # customers per first customer, and how near counts
FRAMES = 14  # pictures per week


def word_of_mouth() -> Panel:
    """A panel: how many customers one customer brings, week after week (a model, not data)."""
    return Panel(
        name="word_of_mouth",
        title="How far does one recommendation go? A model",
        view=VIEW,
        timeline=Timeline(
            "Week",
            WEEKS,
            "",
            "Lets time run: in this model a customer talks in the week after buying",
            frames=FRAMES,
        ),
        last_step=lambda result: last_week(result[0].random_total),
        controls=[
            Control("advocates", "Customers who recommend", 0, 100, 5, 25, "%", "Advocates per customer"),
            Control("contacts", "Each of them tells", 0, 30, 1, 12, "people", "Contacts per advocate"),
            Control("conversion", "Those told who buy", 0, 50, 1, 20, "%", "Conversion"),
            Control(
                "detractors",
                "Sales lost through critics",
                0,
                100,
                5,
                0,
                "per 100 customers",
                "Effect of detractors: taken off R",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="Five people buy first. Each customer brings 0.6 new customers on average, who again "
            "bring "
            "0.6 each, and so on. How many customers will there be in the end, the first five included?",
            came_out=_came_out,
            to_see="press Play (▶).",
            low=0,
            high=1000,
            unit="customers",
        ),
        puzzle=Puzzle(
            task=f"Make each first customer lead to {GOAL:g} customers in the long run, itself included, "
            "in an endless "
            "market. Word of mouth must still die out. How large must R be?",
            meter=_meter,
        ),
        effect=Effect(
            name="Reproduction rate R",
            explanation="R is how many new customers one customer brings: advocates × people told × "
            "conversion, "
            "less what detractors undo. Below 1 every generation is smaller than the one before, and one "
            "first "
            "customer leads to 1 / (1 − R) in all: 2.5 at R = 0.6, 5 at 0.8, 10 at 0.9. From 1 on nothing "
            "stops "
            "growth but the size of the market. Near 1 a small change of R changes everything.",
            source="A model: everyone talks once, to people drawn at random.",
        ),
        seed=Seed(
            "Which history is drawn: who buys, and how many in each week", default=21
        ),  # near the average
    )


def _simulate(values: Mapping[str, Any], seed: int) -> tuple[Generations, NDArray[np.int64]]:
    rate = reproduction(
        values["advocates"] / 100, values["contacts"], values["conversion"] / 100, values["detractors"] / 100
    )
    order = np.random.default_rng(seed).permutation(MARKET)
    return generations(rate, SEEDS, MARKET, WEEKS, seed), order


def _compose(moment: Moment) -> WordOfMouthScene:
    run, order = moment.result
    return WordOfMouthScene(
        time=moment.step,
        reproduction=run.reproduction,
        limit_per_seed=run.limit_per_seed,
        expected=run.expected_total,
        history=run.random_total,
        order=order,
        seed=moment.seed,
        is_first_setting=all(moment.values[name] == value for name, value in FIRST_SETTING.items()),
    )


def _status(scene: WordOfMouthScene) -> str:
    ended = ""
    if scene.time >= scene.last_week and scene.has_died_out:
        ended = f"word of mouth died out in week {scene.last_week}; "
    return (
        f"Week {scene.week}: {scene.customers} of {MARKET} bought, {scene.customers - SEEDS} because a "
        f"friend did; {ended}"
        f"with R = {plain(scene.reproduction, 2)} ten customers bring {plain(10 * scene.reproduction, 1)} "
        "new ones "
        "on average."
    )


def _came_out(scene: WordOfMouthScene) -> Outcome | None:
    if not scene.is_first_setting or scene.time < scene.last_week:
        return None
    limit = SEEDS * (customers_per_seed(scene.reproduction) or 0)
    sum_of_all = f"{SEEDS}\u00a0/\u00a0(1\u00a0−\u00a00.6)"  # kept on one line
    average = plain(float(scene.expected[-1]), 1)
    return Outcome(
        limit,
        f"In an endless market it is {sum_of_all} = {plain(limit, 1)} on average; in this market of "
        f"{MARKET} the "
        f"average is {average}, and this history ended at {scene.history[-1]}.",
        tolerance=1,
    )


def _meter(scene: WordOfMouthScene) -> Meter:
    rate, limit = scene.reproduction, scene.limit_per_seed
    if limit is None:
        words = f"R = {plain(rate, 2)}: from 1 on there is no long run in an endless market; it only grows."
        return Meter(10, GOAL, 1, 10, words, False)
    words = (
        f"R = {plain(rate, 2)}: each first customer leads to {plain(limit, 2)} customers in the long run "
        f"(wanted: {GOAL - NEAR:g} to {GOAL + NEAR:g})."
    )
    return Meter(limit, GOAL, 1, 10, words, abs(limit - GOAL) <= NEAR)
