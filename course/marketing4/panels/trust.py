"""Whom people say they trust: Nielsen's surveys against a popular claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4 import data
from marketing4.panels.controls import Choice, Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import plain
from marketing4.views.trust import VIEW, TrustScene

WAVES = ("2007", "2011", "2013", "2015")
FRIENDS, STRANGERS = "Recommendations from people I know", "Consumer opinions posted online"
WEBSITE, TV = "Branded websites", "Ads on TV"
POINTS = 5  # a change that the puzzle counts


def trust() -> Panel:
    """A panel: trust in 19 forms of advertising in two waves of one's choice (real figures)."""
    table = _read()
    return Panel(
        name="trust",
        title="Whom do people trust? Real figures",
        view=VIEW,
        controls=[
            Choice("form", "Look at", {form: form for form in table.forms}, FRIENDS, "One of the 19 forms"),
            Choice("first", "Compare", {wave: wave for wave in WAVES}, "2007", "One survey of Nielsen"),
            Choice("second", "with", {wave: wave for wave in WAVES}, "2011", "Another survey of Nielsen"),
            Control(
                "people",
                "A survey of your own",
                50,
                1000,
                50,
                500,
                "people",
                "How many people you ask, at the time of the later survey",
            ),
        ],
        simulate=lambda values, seed: _simulate(table, values, seed),
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="In 2007, 61 % trusted opinions that strangers post online, 60 % brands' websites and "
            "56 % TV ads. In 2011 it was 70, 58 and 47 %. Which of the three did most people trust in 2015?",
            came_out=_came_out,
            to_see="set “with” to 2015.",
            options={
                "strangers": "Opinions that strangers post online",
                "website": "Brands' websites",
                "tv": "TV ads",
            },
        ),
        puzzle=Puzzle(
            task=f"Prove two opposite headlines with one kind of paid ad: “trust fell by {POINTS} points or "
            f"more” between two surveys, and “trust rose by {POINTS} points or more” between two others.",
            meter=_meter,
        ),
        effect=Effect(
            name="Picked end points, and the F-factor",
            explanation="Who picks the years picks the trend. Part of each change may also come from who "
            "was asked: online people, in another set of countries each time. What holds in every survey "
            "is that people they know come first, with 83 % in 2015. But strangers' opinions (66 %) do not "
            "beat brands' own websites (70 %), and TV ads stood at 63 %, above their 56 % of 2007. So the "
            "claim that people no longer trust campaigns but the F-factor (friends, families, fans, "
            "followers) is half true. And trust that is stated is not yet buying.",
            source="Nielsen, Global Trust in Advertising, 2007 to 2015. Claim: Kotler, Kartajaya and "
            "Setiawan, Marketing 4.0.",
        ),
        seed=Seed("Whom your own survey asks; Nielsen's figures do not depend on it"),
    )


@dataclass(frozen=True, eq=False)
class _Table:
    """`percent` (forms, waves) with nan for blanks."""

    forms: tuple[str, ...]
    classes: tuple[str, ...]
    percent: NDArray[np.float64]

    def wave(self, name: str) -> NDArray[np.float64]:
        """All forms in one wave."""
        return self.percent[:, WAVES.index(name)]


@dataclass(frozen=True, eq=False)
class _Comparison:
    table: _Table
    waves: tuple[str, str]
    chosen: int
    own: float | None


def _read() -> _Table:
    table = data.load("trust")
    return _Table(tuple(table["format"]), tuple(table["class"]), table[list(WAVES)].to_numpy(dtype=float))


def _simulate(table: _Table, values: Mapping[str, Any], seed: int) -> _Comparison:
    first, second = sorted((values["first"], values["second"]))
    chosen, people = table.forms.index(values["form"]), values["people"]
    true = table.wave(second)[chosen] / 100
    own = None
    if not np.isnan(true):
        # One lot per person: the same people say yes to whatever is trusted enough, in every wave and form.
        own = 100 * float((np.random.default_rng(seed).random(people) < true).mean())
    return _Comparison(table, (first, second), chosen, own)


def _compose(moment: Moment) -> TrustScene:
    result, memory = moment.result, moment.memory
    table = result.table
    earlier, later = (table.wave(name) for name in result.waves)
    fell, rose = memory.setdefault("fell", set()), memory.setdefault("rose", set())
    change, form = later[result.chosen] - earlier[result.chosen], table.forms[result.chosen]
    if table.classes[result.chosen] == "paid":  # a missing figure is neither a fall nor a rise
        if change <= -POINTS:
            fell.add(form)
        if change >= POINTS:
            rose.add(form)
    return TrustScene(
        forms=table.forms,
        classes=table.classes,
        waves=result.waves,
        earlier=earlier,
        later=later,
        chosen=result.chosen,
        own=result.own,
        people=moment.values["people"],
        seed=moment.seed,
        found_fall=frozenset(fell),
        found_rise=frozenset(rose),
    )


def _status(scene: TrustScene) -> str:
    first, second = scene.waves
    if scene.own is None:
        return f"{scene.form} has no figure in {second}, so there is nothing to compare."
    later = plain(float(scene.later[scene.chosen]))
    own = f"a survey of your own with {scene.people:,} people would have found {plain(scene.own, 1)} %"
    if scene.change is None:
        return f"{scene.form} has no figure in {first} and {later} % in {second}; {own}."
    if first == second:
        return f"{scene.form} had the trust of {later} % in {second}; {own}."
    return f"{scene.form} went {_course(scene)}; {own}."


def _course(scene: TrustScene) -> str:
    first, second = scene.waves
    before, after = (plain(float(wave[scene.chosen])) for wave in (scene.earlier, scene.later))
    points = plain(abs(scene.change or 0))
    move = "no points" if not scene.change else f"{points} points {'up' if scene.change > 0 else 'down'}"
    return f"from {before} % in {first} to {after} % in {second}, {move}"


def _came_out(scene: TrustScene) -> Outcome | None:
    if scene.waves[1] != WAVES[-1]:
        return None
    levels = {
        "strangers": scene.in_later(STRANGERS),
        "website": scene.in_later(WEBSITE),
        "tv": scene.in_later(TV),
    }
    return Outcome(
        max(levels, key=lambda name: levels[name]),
        f"In 2015 brands' websites had {plain(levels['website'])} %, strangers' opinions "
        f"{plain(levels['strangers'])} % and TV ads {plain(levels['tv'])} %; people they know had "
        f"{plain(scene.in_later(FRIENDS))} %.",
    )


def _meter(scene: TrustScene) -> Meter:
    both = scene.found_fall & scene.found_rise
    seen = form if (form := scene.form) in scene.found_fall | scene.found_rise else ""
    if both:
        return Meter(2, 2, 0, 2, f"2 of 2 headlines: {sorted(both)[0]} both fell and rose.", True)
    if seen:
        what = "fell" if seen in scene.found_fall else "rose"
        return Meter(1, 2, 0, 2, f"1 of 2 headlines: {seen} {what}; now the opposite for the same ad.", False)
    words = "0 of 2 headlines for this form so far"
    is_paid = scene.classes[scene.chosen] == "paid"
    return Meter(0, 2, 0, 2, f"{words}." if is_paid else f"{words}: it is not a paid ad.", False)
