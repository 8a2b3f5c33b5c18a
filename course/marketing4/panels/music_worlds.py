"""The same songs in eight worlds whose listeners copy each other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from scipy.special import ndtri

from marketing4.models.music_worlds import (
    SONGS,
    WORLDS,
    Worlds,
    appeal_of_songs,
    draw_worlds,
    gini_per_world,
    unpredictability,
)
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.music_worlds import DAYS, EARNED, LUCKY, UNEQUAL, VIEW, MusicWorldsScene
from marketing4.views.numbers import count, plain

FIRST_SETTING = {"influence": 80, "ratio": 4}
LISTENERS_A_DAY = 24  # in each world
FRAMES = 6  # pictures per day: four listeners each


def music_worlds() -> Panel:
    """A panel: downloads of the same songs in eight worlds (a model, not the experiment's data)."""
    return Panel(
        name="music_worlds",
        title="Would the hit be a hit again? A model",
        view=VIEW,
        timeline=Timeline(
            "Day", DAYS, "", f"Every day {LISTENERS_A_DAY} listeners come to each world", frames=FRAMES
        ),
        controls=[
            Control(
                "influence",
                "Choices that follow the downloads",
                0,
                100,
                1,
                80,
                "%",
                "Social influence; the other choices follow the appeal of the songs",
            ),
            Control(
                "ratio",
                "Appeal of the best song",
                1,
                12,
                1,
                4,
                "times the middle song's",
                "How much the songs differ in quality; at 1 all are equally good",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question=f"{SONGS} songs start with 0 downloads in {WORLDS} worlds that do not meet. Alone, "
            "listeners would choose the best song four times as often as the middle one; but 80 % of their "
            "choices follow the downloads in their own world. In how many worlds does the best song lead "
            f"after {DAYS} days?",
            came_out=_came_out,
            to_see="press Play (▶).",
            options={
                "most": f"In 6 to {WORLDS} of them",
                "half": "In 3 to 5 of them",
                "few": "In 0 to 2 of them",
            },
        ),
        puzzle=Puzzle(
            task=f"Two markets, both with a Gini of {UNEQUAL} or more on day {DAYS}. Find 1: the best song "
            f"leads in at least {EARNED} of {WORLDS} worlds. Find 2: it leads in at most {LUCKY}. Could you "
            "tell them apart by one chart?",
            meter=_meter,
        ),
        effect=Effect(
            name="Cumulative advantage",
            explanation="Listeners who follow the downloads lift what is ahead already, and what is ahead on "
            "the first days is partly chance. So influence makes hits that another run of history would not "
            "make. Large differences in quality make a chart as unequal as luck does: one chart cannot tell "
            "you which it was, only several worlds can.",
            source="Set up after Salganik, Dodds and Watts, Science 2006 (14,341 participants, 48 songs, "
            "eight worlds): influence raised inequality and unpredictability, yet the best songs rarely did "
            "poorly and the worst rarely did well. The numbers here are this model's.",
        ),
        seed=Seed("Which listeners come to the eight worlds", default=15),
    )


def _simulate(values: Mapping[str, Any], seed: int) -> Worlds:
    # The normal quantile of the best song turns a ratio into the spread of the logarithms.
    spread = math.log(values["ratio"]) / float(-ndtri(0.5 / SONGS))
    return draw_worlds(
        appeal_of_songs(SONGS, spread), values["influence"] / 100, DAYS * LISTENERS_A_DAY, WORLDS, seed
    )


def _compose(moment: Moment) -> MusicWorldsScene:
    worlds, memory = moment.result, moment.memory
    listeners = round(moment.step * LISTENERS_A_DAY)
    downloads = worlds.downloads_after(listeners)
    gini = float(gini_per_world(downloads).mean()) if listeners else None
    scene = MusicWorldsScene(
        time=moment.step,
        listeners=listeners,
        downloads=downloads,
        gini=gini,
        gap=100 * unpredictability(downloads) if listeners else None,
        seed=moment.seed,
        found_earned=memory.get("earned", False),
        found_lucky=memory.get("lucky", False),
        is_first_setting=all(moment.values[name] == value for name, value in FIRST_SETTING.items()),
    )
    if moment.step == DAYS and gini is not None and gini >= UNEQUAL:
        for name, is_found in (("earned", scene.best_leads >= EARNED), ("lucky", scene.best_leads <= LUCKY)):
            if is_found and not memory.get(name):
                memory[name] = True
                return _compose(moment)
    return scene


def _status(scene: MusicWorldsScene) -> str:
    if scene.gini is None or scene.gap is None:
        return (
            f"Day 0: nobody has listened yet; {count(LISTENERS_A_DAY, 'listener')} a day will come to each "
            f"of {WORLDS} worlds."
        )
    return (
        f"Day {scene.day}: the best song leads in {scene.best_leads} of {WORLDS} worlds, and "
        f"{_leading(scene)} the charts; inequality (Gini) is "
        f"{plain(scene.gini, 2)}, and a song's share differs by {plain(scene.gap, 1)} points between two "
        "worlds on average."
    )


def _leading(scene: MusicWorldsScene) -> str:
    return "the same song leads" if scene.different == 1 else f"{scene.different} different songs lead"


def _came_out(scene: MusicWorldsScene) -> Outcome | None:
    if not scene.is_first_setting or scene.day < DAYS:
        return None
    led = scene.best_leads
    return Outcome(
        "few" if led <= 2 else "half" if led <= 5 else "most",
        f"Here the best song led in {led} of {WORLDS} worlds, and {_leading(scene)} the charts.",
    )


def _meter(scene: MusicWorldsScene) -> Meter:
    finds = int(scene.found_earned) + int(scene.found_lucky)
    one, two = ("found" if found else "not yet" for found in (scene.found_earned, scene.found_lucky))
    now = f"On day {DAYS} it counts."
    if scene.gini is not None and scene.day == DAYS:
        now = (
            f"Now: Gini {plain(scene.gini, 2)} (wanted: {UNEQUAL} or more), best song leads in "
            f"{scene.best_leads} (wanted: {EARNED} or more, or {LUCKY} or fewer)."
        )
    words = f"{finds} of 2 found. Find 1, the best song leads: {one}. Find 2, it does not: {two}. {now}"
    return Meter(finds, 2, 0, 2, words, finds == 2)
