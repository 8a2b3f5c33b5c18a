"""People before two cafés choose one after another and copy each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from marketing4.models.cascade import History, expected_informative, history, p_correct, simulate
from marketing4.models.crowd import condorcet
from marketing4.panels.controls import Choice, Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.cascade import GOAL, PEOPLE, VIEW, CascadeScene
from marketing4.views.numbers import count, percent, plain

FIRST_SETTING = {"accuracy": 60, "alone": 0, "tie": "coin"}
MOST_ALONE, WEAK = 15, 60  # what the puzzle allows: people who choose blind, and % of right hints
RUNS = 1000  # random queues behind the diamond


def cascade() -> Panel:
    """A panel: an information cascade told step by step, and the chance that it ends right (a model)."""
    first = FIRST_SETTING["accuracy"] / 100  # type: ignore[operator]
    return Panel(
        name="cascade",
        title="The full café and the empty one: a model",
        view=VIEW,
        timeline=Timeline(
            "People who have chosen", PEOPLE, "", "Lets one person after the other choose", interval=220
        ),
        controls=[
            Control("accuracy", "Private hints that are right", 51, 95, 1, 60, "%", "Quality of each hint"),
            Control(
                "alone",
                "Choose before they can look",
                0,
                40,
                1,
                0,
                "people",
                "The first people decide by their own hint; everybody later sees their choices too",
            ),
            Choice(
                "tie",
                "When hint and choices weigh the same",
                {"coin": "Toss a coin", "own_signal": "Follow the own hint"},
                "coin",
                "What a person does who sees a lead of one against the own hint",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question=f"Two cafés; one is better. {PEOPLE} people choose one after another. Each has a "
            "private hint, right in 60 of 100 cases, and sees what all before chose. Everybody follows the "
            "better evidence. Think of 100 such queues: in how many will the last person sit in the better "
            "café?",
            came_out=_came_out,
            to_see="press Play (▶).",
            unit="queues",
        ),
        puzzle=Puzzle(
            task=f"With hints that are right at most {WEAK} % of the time, let at least {percent(GOAL)} of "
            f"the queues end in the better café, while at most {MOST_ALONE} people choose before they can "
            "look. It takes two changes.",
            meter=_meter,
        ),
        effect=Effect(
            name="Information cascade",
            explanation="As soon as the choices in sight outweigh one private hint, it is sensible to copy, "
            "and from then on no hint reaches the others: with hints right in 60 % only the first "
            f"{plain(expected_informative(first), 1)} people on average add what they know. So a long queue "
            f"ends right in {percent(p_correct(first))}, where a vote of all {PEOPLE} hints would be right "
            f"in {percent(condorcet(first, PEOPLE))}. Nobody here is foolish; the crowd is large, its "
            "evidence is small. Counts that stay hidden at first let more hints in.",
            source="Banerjee 1992; Bikhchandani, Hirshleifer and Welch 1992 (coin); Anderson and Holt 1997 "
            "saw cascades in the laboratory (own hint at a tie). That people reckon so exactly is an "
            "assumption.",
        ),
        seed=Seed(
            "Which hints the people get, and which café is better",
            default=51,  # all choose the café that 17 of 45 hints point to
        ),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    queue: History
    better: str
    exact: float
    pooled: float
    drawn: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    rule = {"p": values["accuracy"] / 100, "tie": values["tie"], "alone": values["alone"]}
    return _Run(
        queue=history(people=PEOPLE, seed=seed, **rule),
        better="AB"[int(np.random.default_rng((seed, 2)).integers(2))],
        exact=p_correct(**rule),
        pooled=condorcet(rule["p"], PEOPLE),
        drawn=simulate(people=PEOPLE, runs=RUNS, seed=seed, **rule).share_correct,
    )


def _compose(moment: Moment) -> CascadeScene:
    run, values = moment.result, moment.values
    return CascadeScene(
        chosen=int(moment.step),
        queue=run.queue,
        better=run.better,
        alone=values["alone"],
        tie=values["tie"],
        one=values["accuracy"] / 100,
        exact=run.exact,
        pooled=run.pooled,
        drawn=run.drawn,
        runs=RUNS,
        seed=moment.seed,
        is_first_setting=all(values[name] == value for name, value in FIRST_SETTING.items()),
    )


def _status(scene: CascadeScene) -> str:
    if scene.chosen == 0:
        blind = f"the first {scene.alone} choose" if scene.alone > 1 else "nobody chooses"
        return (
            f"Nobody has chosen yet: each of {PEOPLE} people has a private hint that is right in "
            f"{percent(scene.one)}, and {blind} before looking."
        )
    seats = f"café A has {count(scene.guests('A'), 'guest')} and café B {scene.guests('B')}"
    copying = f"from person {scene.start + 1} on {count(scene.copied, 'person', 'people')} copied"
    if scene.is_over:
        right = int(scene.queue.signals.sum())
        return (
            f"All {PEOPLE} have chosen: {seats}; the better one is {scene.better}, as {right} of {PEOPLE} "
            f"hints said, and {copying if scene.copied else 'nobody copied'}."
        )
    person = scene.chosen - 1
    chose = scene.cafe(bool(scene.queue.actions[person]))
    if person < scene.alone:
        why = "without looking, by the own hint"
    elif person >= scene.start:
        why = f"whatever the own hint: since person {scene.start + 1} everybody copies"
    else:
        why = "and the own hint still counted"
    return f"Person {scene.chosen} chose café {chose}, {why}; now {seats}."


def _came_out(scene: CascadeScene) -> Outcome | None:
    if not (scene.is_first_setting and scene.is_over):
        return None
    return Outcome(
        round(100 * scene.exact),
        f"In this model {100 * scene.exact:.0f} of 100 such queues end in the better café (of "
        f"{scene.runs:,} drawn here: {percent(scene.drawn, 1)}), hardly more than one hint alone.",
        tolerance=4,
    )


def _meter(scene: CascadeScene) -> Meter:
    words = (
        f"{plain(100 * scene.exact, 1)} % of such queues end in the better café (wanted: {percent(GOAL)}), "
        f"with hints right in {percent(scene.one)} (wanted: at most {WEAK} %) and {scene.alone} who choose "
        f"before they look (wanted: at most {MOST_ALONE})."
    )
    is_solved = scene.exact >= GOAL and 100 * scene.one <= WEAK + 1e-9 and scene.alone <= MOST_ALONE
    return Meter(100 * scene.exact, 100 * GOAL, 50, 100, words, is_solved)
