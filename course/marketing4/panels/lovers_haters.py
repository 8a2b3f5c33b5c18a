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
from marketing4.panels.panel import Action, Moment, Panel
from marketing4.views.lovers_haters import FRAMES, MOST_HATERS, VIEW, AdvocacyScene
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
        timeline=Timeline(
            "Haters", MOST_HATERS, "% of the market", "Adds one hater after the other", frames=FRAMES
        ),
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
                "Trigger strength t",
                0.0,
                16.0,
                0.5,
                6.0,
                "",
                "Assumption: the larger, the fewer haters it takes to wake the silent lovers",
            ),
            Control(
                "attack",
                "Attacks",
                0,
                60,
                5,
                50,
                "per 100 haters",
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
            to_see="press Play (▶).",
            options={
                "falls": "It falls from the first hater on",
                "hump": "It rises first, then falls",
                "rises": "It keeps rising",
            },
        ),
        puzzle=Puzzle(
            task="Find the share of haters with the highest net, within 1 point, and press “Best share”: "
            "once "
            "for a brand that some haters help (best at 5 % or more), once for a brand that no hater helps.",
            meter=_meter,
        ),
        action=Action(
            "Best share", "Claim that this share of haters gives this brand the highest net", _claim
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
        seed=Seed(
            "Which random market of 1,000 people is drawn; the curves themselves do not depend on chance"
        ),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    balance: AdvocacyBalance
    best_share: float
    random_net: NDArray[np.float64]


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    lovers, spontaneous = values["lovers"] / 100, values["spontaneous"] / 100
    trigger, attack = values["trigger"], values["attack"] / 100
    balance = net_advocacy(
        lovers, np.arange(FRAMES * MOST_HATERS + 1) / (100 * FRAMES), spontaneous, trigger, attack
    )
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
    return AdvocacyScene(
        balance=run.balance,
        haters=moment.step,
        furthest=memory["furthest"],
        random_net=float(run.random_net[round(FRAMES * moment.step)]),
        random_people=PEOPLE,
        seed=moment.seed,
        found_help=memory.get("found_help", False),
        found_no_help=memory.get("found_no_help", False),
        verdict=memory.get("verdict", ""),
    )


def _claim(moment: Moment) -> None:
    """The student says that the best share is here."""
    best = min(100 * moment.result.best_share, MOST_HATERS)
    claim = f"At {moment.step} %:"
    if moment.step < best - 1:
        verdict = f"{claim} more haters would still raise the net."
    elif moment.step > best + 1:
        verdict = f"{claim} fewer haters would give a higher net."
    elif best >= SOME:
        moment.memory["found_help"] = True
        verdict = f"{claim} right, some haters help this brand."
    elif best == 0:
        moment.memory["found_no_help"] = True
        verdict = f"{claim} right, no hater helps this brand."
    else:
        verdict = f"{claim} right, but this best share is above 0 and below {SOME} %."
    moment.memory["verdict"] = verdict


def _status(scene: AdvocacyScene) -> str:
    haters = int(scene.haters)  # while Play runs, the words keep to whole per cent
    numbers = (
        f"In this model, at {haters} % haters, {plain(scene.at('advocates', haters), 1)} advocates face "
        f"{plain(scene.at('attacks', haters), 1)} attacks per 100 people: net "
        f"{signed(scene.at('net', haters), 1)}"
    )
    if haters == MOST_HATERS:
        return numbers + "."
    more = scene.at("net", haters + 1) - scene.at("net", haters)
    return f"{numbers}; one point more of haters would change it by {signed(more, 2)}."


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
    words = f"{finds} of 2 found. Some haters help: {one}. No hater helps: {two}. {scene.verdict}".rstrip()
    return Meter(finds, 2, 0, 2, words, finds == 2)
