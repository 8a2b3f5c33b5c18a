"""Customers choose between two products when evidence for one of them reaches a bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketing4.models.drift_diffusion import Decisions, accuracy, mean_decision_time, simulate
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.evidence_race import (
    FROM,
    QUICK,
    SECONDS,
    SHOWN,
    SLOW,
    TICKS,
    TO,
    VIEW,
    EvidenceRaceScene,
)
from marketing4.views.numbers import percent, plain

FIRST = {"drift": 1.0, "bound": 1.0}
DISTRACTED = {"drift": 0.5, "bound": 1.0}
CUSTOMERS, LONGEST, DT = 400, 12.0, 0.01  # until 12 seconds nearly all have decided
KEPT = 12  # customers who stay on the map


def evidence_race() -> Panel:
    """A panel: decisions between two products as a race of evidence (a model, not data)."""
    right = accuracy(FIRST["drift"], FIRST["bound"])
    seconds = mean_decision_time(FIRST["drift"], FIRST["bound"])
    return Panel(
        name="evidence_race",
        title="Hasty or distracted? A model",
        view=VIEW,
        timeline=Timeline(
            "Time",
            TICKS * SECONDS,
            "tenths of a second",
            "Lets evidence come in",
            interval=50,
            frames=2,
        ),
        controls=[
            Control(
                "drift",
                "Attention to the products",
                0.0,
                1.6,
                0.05,
                1.0,
                "units a second",
                "Drift: evidence for the better product that comes in each second, under noise of 1",
            ),
            Control(
                "bound",
                "Evidence she asks for",
                0.2,
                1.8,
                0.05,
                1.0,
                "units",
                "Bound: how far ahead one product must be before she decides",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A customer compares two products. Evidence for the better one comes in at 1 unit a "
            "second, mixed with noise, and she decides when one product is 1 unit ahead: she is right in "
            f"{percent(right)}, after {plain(seconds, 2)} seconds on average. Now a phone takes half of her "
            "attention: 0.5 units a second. She asks for as much evidence as before. What happens?",
            came_out=_came_out,
            to_see="set “Attention to the products” to 0.5, and press Play (▶).",
            options={
                "faster": "She decides faster, and more often wrongly",
                "slower": "She decides more slowly, and as well as before",
                "both": "She decides more slowly, and more often wrongly",
                "wrong": "She decides as fast as before, and more often wrongly",
            },
        ),
        puzzle=Puzzle(
            task=f"You only know that customers are right in {plain(100 * FROM)} to {percent(TO)}. Find 1: "
            f"such customers who take {plain(SLOW)} seconds or more on average. Find 2: such customers who "
            f"take {plain(QUICK, 1)} seconds or less. It counts when all four seconds have passed.",
            meter=_meter,
        ),
        effect=Effect(
            name="Speed-accuracy trade-off",
            explanation="A decision falls when one product is far enough ahead. Who asks for less evidence "
            "decides faster and is wrong more often: speed is paid for with errors. Who gives less "
            "attention gets less evidence a second, and noise decides more: slower and more often wrong, a "
            "loss on both sides. The share of errors alone does not tell haste from distraction; the times "
            "do. A hasty customer needs a reason to look longer, a distracted one a clearer message.",
            source="Drift diffusion: Ratcliff 1978; closed forms: Bogacz and others 2006. That distraction "
            "lowers the drift, and the sizes, are assumptions.",
        ),
        seed=Seed(f"The noise in the heads of {CUSTOMERS} customers", default=4),
    )


@dataclass(frozen=True, eq=False)
class _Race:
    drawn: Decisions
    accuracy: float
    mean_time: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Race:
    drift, bound = values["drift"], values["bound"]
    return _Race(
        drawn=simulate(drift, bound, paths=CUSTOMERS, seed=seed, longest=LONGEST, dt=DT),
        accuracy=accuracy(drift, bound),
        mean_time=mean_decision_time(drift, bound),
    )


def _compose(moment: Moment) -> EvidenceRaceScene:
    race, values, memory = moment.result, moment.values, moment.memory
    tried = memory.get("tried", ())
    if moment.step >= TICKS * SECONDS:
        here = (race.mean_time, race.accuracy)
        tried = (*(other for other in tried if other != here), here)[-KEPT:]
        memory["tried"] = tried
        is_asked = FROM <= race.accuracy <= TO
        memory["slow"] = memory.get("slow", False) or (is_asked and race.mean_time >= SLOW)
        memory["quick"] = memory.get("quick", False) or (is_asked and race.mean_time <= QUICK)
    return EvidenceRaceScene(
        time=moment.step / TICKS,
        drift=values["drift"],
        bound=values["bound"],
        paths=race.drawn.evidence[:SHOWN],
        dt=race.drawn.dt,
        times=race.drawn.time,
        correct=race.drawn.correct,
        accuracy=race.accuracy,
        mean_time=race.mean_time,
        tried=tried,
        seed=moment.seed,
        found_slow=memory.get("slow", False),
        found_quick=memory.get("quick", False),
        is_question=all(values[name] == value for name, value in DISTRACTED.items()),
    )


def _status(scene: EvidenceRaceScene) -> str:
    so_far = (
        f"After {plain(scene.time, 1)} seconds {scene.right} of {len(scene.times)} customers have chosen the "
        f"better product and {scene.wrong} the worse one"
    )
    if not scene.is_over:
        return (
            f"{so_far}, with a drift of {plain(scene.drift, 2)} and a bound of {plain(scene.bound, 2)} units."
        )
    return (
        f"{so_far}; over all time {percent(scene.accuracy, 1)} are right in this model, after "
        f"{plain(scene.mean_time, 2)} seconds on average."
    )


def _came_out(scene: EvidenceRaceScene) -> Outcome | None:
    if not (scene.is_question and scene.is_over):
        return None
    right = accuracy(FIRST["drift"], FIRST["bound"])
    seconds = mean_decision_time(FIRST["drift"], FIRST["bound"])
    return Outcome(
        "both",
        f"In this model she takes {plain(scene.mean_time, 2)} seconds in place of {plain(seconds, 2)}, and "
        f"is right in {percent(scene.accuracy)} in place of {percent(right)}.",
    )


def _meter(scene: EvidenceRaceScene) -> Meter:
    finds = int(scene.found_slow) + int(scene.found_quick)
    one, two = ("found" if found else "not yet" for found in (scene.found_slow, scene.found_quick))
    now = f"It counts after {SECONDS} seconds."
    if scene.is_over:
        now = (
            f"These are right in {percent(scene.accuracy, 1)} (wanted: {plain(100 * FROM)} to {percent(TO)}) "
            f"after {plain(scene.mean_time, 2)} seconds (wanted: {plain(SLOW)} or more, or {plain(QUICK, 1)} "
            "or less)."
        )
    words = f"{finds} of 2 found. Find 1, slow: {one}. Find 2, quick: {two}. {now}"
    return Meter(finds, 2, 0, 2, words, finds == 2)
