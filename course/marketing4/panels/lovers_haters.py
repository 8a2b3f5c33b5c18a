"""Attack wakes dormant advocacy: a toy model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.advocacy import AdvocacyBalance, best_hater_share, net_advocacy
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.lovers_haters import MOST_HATERS, VIEW, AdvocacyScene
from marketing4.views.numbers import plain, signed

PEOPLE = 1000  # in the random market
FIRST_BRAND = {"lovers": 33, "spontaneous": 10, "trigger": 6.0, "attack": 50}
WALKED_ENOUGH = 30  # % haters after which the shape of the net can be seen
SOME = 5  # % haters: from here on "some haters help"


def lovers_haters() -> Panel:
    """A panel: the share of haters against advocates, attacks and their balance (a model, not data)."""
    return Panel(
        name="lovers_haters",
        title="Can haters help a brand? A model",
        view=VIEW,
        timeline=Timeline("Haters", MOST_HATERS, "% of the market", "Adds one hater after the other"),
        controls=[
            Control("lovers", "Lovers", 5, 40, 1, 33, "% of the market", "People who love the brand"),
            Control(
                "spontaneous",
                "Lovers who speak up unasked",
                0,
                100,
                5,
                10,
                "%",
                "The spontaneous rate of advocacy",
            ),
            Control(
                "trigger",
                "How strongly attacks wake lovers",
                0.0,
                12.0,
                0.5,
                6.0,
                "trigger e",
                "Assumption: the larger, the fewer haters it takes to wake the silent lovers",
            ),
            Control(
                "attack",
                "Attacks by 100 haters",
                0,
                60,
                5,
                50,
                "attacks",
                "What the haters cost: each attack undoes one advocate",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A brand has 33 % lovers, most of them silent, and no haters. Then haters appear, "
            "more and "
            "more, and attack it. What happens to its net advocacy (advocates minus attacks) in this model?",
            came_out=_came_out,
            options={
                "falls": "It falls from the first hater on",
                "hump": "It rises first, then falls",
                "rises": "It keeps rising",
            },
        ),
        puzzle=Puzzle(
            task="Two finds. One: a brand that some haters help. Stop at its best share of haters (at "
            "least 5 %, "
            "within 1 point). Two: a brand that no hater helps. Walk it to 20 % haters or more.",
            meter=_meter,
        ),
        effect=Effect(
            name="Prompted advocacy",
            explanation="Some lovers recommend unasked; others stay silent until somebody attacks the "
            "brand. In "
            "this model the first haters wake many of them, later ones few, and each attack costs the "
            "same: so "
            "there is a best share, and it is zero where lovers are few, loud already or hard to wake. That "
            "attacks work like this is an assumption, not data.",
            source="Claim: Kotler, Kartajaya and Setiawan, Marketing 4.0, ch. 2. Evidence cuts both ways: "
            "brands "
            "with both lovers and haters tended to perform worse, at lower risk (Luo, Wiles and Raithel "
            "2013).",
        ),
        seed=Seed("Which random market of 1,000 people is drawn; the curves themselves hold no chance"),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    balance: AdvocacyBalance
    best_share: float
    random_net: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    lovers, spontaneous = values["lovers"] / 100, values["spontaneous"] / 100
    trigger, attack = values["trigger"], values["attack"] / 100
    balance = net_advocacy(lovers, np.arange(MOST_HATERS + 1) / 100, spontaneous, trigger, attack)
    # One market of real people: each is a lover or hater by lot, and each lover speaks up or not. The same
    # lots at every share of haters, so that the market changes only where a person changes sides.
    rng = np.random.default_rng(seed)
    side, voice = rng.random(PEOPLE), rng.random(PEOPLE)
    share_who_speak = (balance.advocates / lovers)[:, None]
    advocates = ((side < lovers) & (voice < share_who_speak)).sum(axis=1)
    attacks = ((side > 1 - balance.haters[:, None]) & (voice < attack)).sum(axis=1)
    return _Run(
        balance, best_hater_share(lovers, spontaneous, trigger, attack), (advocates - attacks) * 100 / PEOPLE
    )


def _compose(moment: Moment) -> AdvocacyScene:
    run, memory = moment.result, moment.memory
    memory["furthest"] = max(moment.step, memory.get("furthest", 0))
    best = 100 * run.best_share
    if best >= SOME and abs(moment.step - best) <= 1:
        memory["found_help"] = True
    if best == 0 and moment.step >= 20 and moment.values["attack"] > 0:
        memory["found_no_help"] = True
    return AdvocacyScene(
        balance=run.balance,
        haters=moment.step,
        furthest=memory["furthest"],
        best_share=run.best_share,
        random_net=float(run.random_net[moment.step]),
        random_people=PEOPLE,
        seed=moment.seed,
        found_help=memory.get("found_help", False),
        found_no_help=memory.get("found_no_help", False),
    )


def _status(scene: AdvocacyScene) -> str:
    haters = scene.haters
    numbers = (
        f"In this model, at {haters} % haters, {plain(scene.at('advocates', haters), 1)} advocates face "
        f"{plain(scene.at('attacks', haters), 1)} attacks per 100 people: net "
        f"{signed(scene.at('net', haters), 1)}"
    )
    if haters == MOST_HATERS:
        return numbers + "."
    more = scene.at("net", haters + 1) - scene.at("net", haters)
    return f"{numbers}; one hater more would change it by {signed(more, 2)}."


def _came_out(scene: AdvocacyScene) -> Outcome | None:
    if scene.furthest < WALKED_ENOUGH:
        return None
    first = {name: value / 100 if name != "trigger" else value for name, value in FIRST_BRAND.items()}
    best = best_hater_share(**first)
    nets = 100 * net_advocacy(haters=np.array([0.0, best, MOST_HATERS / 100]), **first).net
    return Outcome(
        "hump",
        f"In this model the net of that brand rises from {signed(nets[0], 1)} to {signed(nets[1], 1)} per "
        "100 people "
        f"at {100 * best:.0f} % haters, and falls to {signed(nets[2], 1)} at {MOST_HATERS} %.",
    )


def _meter(scene: AdvocacyScene) -> Meter:
    finds = int(scene.found_help) + int(scene.found_no_help)
    one = "found" if scene.found_help else "not yet"
    two = "found" if scene.found_no_help else "not yet"
    words = f"{finds} of 2 found. Some haters help: {one}. No hater helps: {two}."
    return Meter(finds, 2, 0, 2, words, finds == 2)
