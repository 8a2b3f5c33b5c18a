"""A crowd guesses the weight of an ox, alone and after talking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.crowd import (
    GALTON_CARDS,
    GALTON_TRUTH,
    KILOGRAMS_PER_POUND,
    Talk,
    draw_galton,
    effective_voices,
    talk,
)
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.crowd_guess import ROUNDS, VIEW, CrowdGuessScene
from marketing4.views.numbers import count, plain

TRUTH = GALTON_TRUTH * KILOGRAMS_PER_POUND  # 543 kg
NEAR = 15  # kg by which a prediction may miss
AGREED, WRONG_BY, ENOUGH_PEOPLE = 5, 15, 400  # what the puzzle asks for: kg, kg, visitors
FRAMES = 12  # pictures per round


def crowd_guess() -> Panel:
    """A panel: your guess and a crowd's, independent and after rounds of talk."""
    # The view shows the student's own guess, which only the panel knows.
    panel = Panel(
        name="crowd_guess",
        title="Your guess and the crowd's",
        view=VIEW,
        timeline=Timeline(
            "Rounds of talk", ROUNDS, "", "Lets the visitors hear each other, round by round", frames=FRAMES
        ),
        controls=[
            Control("people", "Visitors", 7, GALTON_CARDS, 10, GALTON_CARDS, "people", "Size of the crowd"),
            Control(
                "pull",
                "How far a visitor gives way in a round",
                0,
                100,
                5,
                30,
                "% of the way",
                "From the own guess to what was heard: an assumption",
            ),
            Control(
                "loud",
                "Heard from one loud voice",
                0,
                100,
                5,
                0,
                "%",
                "The rest of what a visitor hears is the mean of all",
            ),
        ],
        simulate=_simulate,
        compose=lambda moment: _compose(moment, panel.answer),
        status=_status,
        prediction=Prediction(
            question=f"Plymouth, 1906: at a fair {GALTON_CARDS} visitors each write on a card how much an ox "
            "will weigh when it is slaughtered and dressed (the meat, not the living animal). What is your "
            "own guess?",
            came_out=_came_out,
            low=50,
            high=1500,
            unit="kg",
        ),
        puzzle=Puzzle(
            task=f"Let a crowd of {ENOUGH_PEOPLE} or more agree on a wrong weight: a spread below {AGREED} "
            f"kg and a mean that is at least {WRONG_BY} kg off.",
            meter=_meter,
        ),
        effect=Effect(
            name="Social influence effect",
            explanation="Alone, people err in different directions, and in the mean the errors cancel: the "
            "crowd's squared error is the average squared error less diversity (the diversity prediction "
            "theorem). Talk takes diversity away. When all are heard alike the mean stays where it was: each "
            "visitor comes nearer to it, the crowd learns nothing. When all follow one voice they make its "
            "error together: with half of what is heard from one voice, "
            f"{GALTON_CARDS} visitors are worth about {effective_voices(GALTON_CARDS, 0.5):.0f} independent "
            "ones. So collect judgements before people see those of others.",
            source="Galton, Nature 1907 (cards only: the talk is an assumption of this model); Page, The "
            "Difference, 2007; Lorenz and others, PNAS 2011: 144 people who saw the estimates of others grew "
            "alike, not better.",
        ),
        seed=Seed(
            "Which visitors come, spread as in Galton's table; the first of them is the loud voice",
            default=6,  # a loud voice that is off, but no more than many visitors
        ),
    )
    return panel


@dataclass(frozen=True, eq=False)
class _Run:
    course: Talk
    heights: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    # All 787 are drawn, so that a smaller crowd is a part of the larger one.
    first = draw_galton(GALTON_CARDS, seed)[: values["people"]] * KILOGRAMS_PER_POUND
    heights = np.random.default_rng((seed, 1)).random(GALTON_CARDS)[: values["people"]]
    return _Run(talk(first, TRUTH, ROUNDS, values["pull"] / 100, values["loud"] / 100), heights)


def _compose(moment: Moment, answer: float | str | None) -> CrowdGuessScene:
    course = moment.result.course
    before = int(moment.step)
    part = moment.step - before
    guesses = course.guesses[before]
    if part:
        guesses = guesses + part * (course.guesses[before + 1] - guesses)
    passed = slice(before + 1)
    mean = guesses.mean()
    now = {
        "spreads": guesses.std(),
        "misses": abs(mean - TRUTH),
        "typical": np.sqrt(((guesses - TRUTH) ** 2).mean()),
    }
    courses = {
        "spreads": np.sqrt(course.diversity[passed]),
        "misses": np.abs(course.mean[passed] - TRUTH),
        "typical": np.sqrt(course.average_error[passed]),
    }
    return CrowdGuessScene(
        time=moment.step,
        truth=TRUTH,
        guesses=guesses,
        first=course.guesses[0],
        heights=moment.result.heights,
        times=np.append(np.arange(before + 1), moment.step),
        loud=moment.values["loud"] / 100,
        own_guess=None if answer is None else float(answer),
        seed=moment.seed,
        **{name: np.append(row, now[name]) for name, row in courses.items()},
    )


def _status(scene: CrowdGuessScene) -> str:
    spread, miss, typical = (
        plain(float(course[-1]), 1) for course in (scene.spreads, scene.misses, scene.typical)
    )
    crowd = f"the mean of {count(scene.people, 'visitor')} is {plain(scene.mean, 1)} kg, {miss} kg off"
    if scene.round == 0:
        return (
            f"Nobody has talked yet: {crowd}, while a typical visitor is {typical} kg off and the guesses "
            f"spread by {spread} kg."
        )
    return (
        f"After {count(scene.round, 'round')} of talk the spread is {spread} kg "
        f"({plain(float(scene.spreads[0]), 1)} before) and {crowd} ({plain(float(scene.misses[0]), 1)} "
        f"before); a typical visitor is {typical} kg off."
    )


def _came_out(scene: CrowdGuessScene) -> Outcome | None:
    return Outcome(
        round(scene.truth),
        f"The ox weighed {GALTON_TRUTH:,} pounds, {plain(scene.truth)} kg; the mean of the "
        f"{count(scene.people, 'visitor')} drawn here was {plain(float(scene.first.mean()), 1)} kg.",
        tolerance=NEAR,
    )


def _meter(scene: CrowdGuessScene) -> Meter:
    spread, miss = float(scene.spreads[-1]), float(scene.misses[-1])
    began = abs(float(scene.first[0]) - scene.truth)
    voice = f" The loud voice began {plain(began, 1)} kg off." if scene.loud else ""
    words = (
        f"The mean of {count(scene.people, 'visitor')} (wanted: {ENOUGH_PEOPLE} or more) is {plain(miss, 1)} "
        f"kg off (wanted: {WRONG_BY} or more), at a spread of {plain(spread, 1)} kg (wanted: below {AGREED})."
        f"{voice}"
    )
    is_solved = scene.people >= ENOUGH_PEOPLE and spread < AGREED and miss >= WRONG_BY
    return Meter(miss, WRONG_BY, 0, 40, words, is_solved)
