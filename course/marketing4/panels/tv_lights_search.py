"""A TV campaign and the searches that follow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from marketing4.models.media_response import (
    adstock,
    draw_searches,
    half_life,
    searches_change,
    steady_stock,
)
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import plain, signed
from marketing4.views.tv_lights_search import FIRST_WEEK, LATER, VIEW, WEEKS, TvScene

NORMAL = 100.0  # TV of a week and searches of a week, both as an index
NOISE = 0.012  # standard deviation of the logarithm of a week's searches
FIRST_SETTING = {"extra": 100, "length": 10, "retention": 50}
WANTED, MOST_COST = 5, 6  # % more searches, weeks of normal TV


def tv_lights_search() -> Panel:
    """A panel: a TV campaign, what of it still works later, and searches (an elasticity from a study)."""
    return Panel(
        name="tv_lights_search",
        title="TV lights up search: how much, and for how long? A model",
        view=VIEW,
        timeline=Timeline("Week", WEEKS, "", f"The campaign starts after week {FIRST_WEEK}", interval=220),
        controls=[
            Control(
                "extra",
                "Extra TV in the campaign",
                0,
                400,
                5,
                FIRST_SETTING["extra"],
                "% of normal",
                "100 % is twice the normal TV",
            ),
            Control(
                "length",
                "The campaign lasts",
                1,
                16,
                1,
                FIRST_SETTING["length"],
                "weeks",
                "Then TV goes back to normal",
            ),
            Control(
                "retention",
                "Of a week's TV still works a week later",
                0,
                95,
                1,
                FIRST_SETTING["retention"],
                "%",
                "People remember; an assumption that differs between brands",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A study of financial brands in the United States found an elasticity of 0.17 of Google "
            "searches for a brand to its TV advertising. A brand doubles its TV and keeps it doubled for "
            "weeks. By how many per cent do its searches rise, if this elasticity holds?",
            came_out=_came_out,
            to_see="press Play (▶).",
            low=0,
            high=200,
            unit="per cent",
        ),
        puzzle=Puzzle(
            task=f"{LATER} weeks after a campaign, let searches still be {WANTED} % above normal. The extra "
            f"TV may cost no more than {MOST_COST} weeks of normal TV.",
            meter=_meter,
        ),
        effect=Effect(
            name="Elasticity and adstock",
            explanation="An elasticity multiplies logarithms: searches grow as TV to the power 0.17. Twice "
            "the TV makes 2 to the power 0.17, that is 1.125: 12.5 %, not 17. The next doubling brings 12.5 "
            "% again, but costs twice as much. Adstock is the TV that still works: each week a part is left "
            "of the week before. So searches climb slowly and fall slowly, and with a short memory nothing "
            "is left after four weeks, however large the campaign. Count only the clicks of one day, and TV "
            "looks weaker than it is.",
            source="Elasticity 0.17: Joo, Wilbur, Cowgill and Zhu, Management Science 2014. That TV carries "
            "over by a fixed part a week (Broadbent 1979), and that the elasticity applies to what still "
            "works, are assumptions of this model.",
        ),
        seed=Seed("The searches of each week by chance; the line of the model does not depend on it"),
    )


def _simulate(values: Mapping[str, Any], seed: int) -> dict[str, Any]:
    extra, length, retention = float(values["extra"]), values["length"], values["retention"] / 100
    tv = np.full(WEEKS, NORMAL)
    tv[FIRST_WEEK : FIRST_WEEK + length] += extra
    normal_stock = steady_stock(NORMAL, retention)
    working = adstock(tv, retention, before=normal_stock) / normal_stock
    change = searches_change(working - 1)
    drawn = draw_searches(NORMAL * (1 + change), NOISE, seed)
    return {
        "tv": tv,
        "working": NORMAL * working,
        "expected": 100 * change,
        "drawn": drawn - NORMAL,
        "later": float(100 * change[FIRST_WEEK + length + LATER - 1]),
        "forever": float(100 * searches_change(extra / NORMAL)),
        "half": half_life(retention),
    }


def _compose(moment: Moment) -> TvScene:
    values = moment.values
    return TvScene(
        time=moment.step,
        extra=float(values["extra"]),
        length=values["length"],
        retention=values["retention"] / 100,
        seed=moment.seed,
        **moment.result,
    )


def _status(scene: TvScene) -> str:
    if scene.week == 0:
        return (
            f"Week 0: the campaign adds {plain(scene.extra)} % of normal TV in weeks {FIRST_WEEK + 1} to "
            f"{scene.last_week}; {plain(100 * scene.retention)} % of a week's TV still works a week later."
        )
    week = scene.week - 1
    return (
        f"Week {scene.week}: TV is {plain(float(scene.tv[week]))} % of normal, "
        f"{plain(float(scene.working[week]))} % still works, and searches changed by "
        f"{signed(float(scene.drawn[week]), 1)} % (the model: {signed(float(scene.expected[week]), 1)} %)."
    )


def _came_out(scene: TvScene) -> Outcome | None:
    is_first = (scene.extra, scene.length) == (FIRST_SETTING["extra"], FIRST_SETTING["length"])
    if not is_first or 100 * scene.retention != FIRST_SETTING["retention"] or scene.week < scene.last_week:
        return None
    reached = float(scene.expected[scene.last_week - 1])
    return Outcome(
        reached,
        f"With TV doubled for {scene.length} weeks, searches in the model are {plain(reached, 1)} % above "
        "normal: 2 to the power 0.17 is 1.125.",
        tolerance=1,
    )


def _meter(scene: TvScene) -> Meter:
    words = (
        f"{LATER} weeks after the campaign the model has searches at {signed(scene.later, 1)} % (wanted: "
        f"+{WANTED}); the extra TV costs {plain(scene.cost, 1)} weeks of normal TV (wanted: {MOST_COST} or "
        "less)."
    )
    is_solved = scene.later >= WANTED and scene.cost <= MOST_COST + 1e-9
    return Meter(scene.later, WANTED, 0, 12, words, is_solved)
