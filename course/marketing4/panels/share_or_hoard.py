"""Share with a rival, or hoard: which outcomes are stable, once and year after year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.games import Repeated, draw_rounds, payoff_of_rounds, pure_equilibria, repeat_game
from marketing4.panels.controls import Choice, Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import plain
from marketing4.views.share_or_hoard import (
    HIGHEST,
    MOST_PATIENCE,
    PATIENCE,
    PUNISHMENT,
    REWARD,
    VIEW,
    ShareOrHoardScene,
    cell_words,
)

FIRST_GAME = {"temptation": 9, "alone": 2, "reply": "ever"}
GREED = 11  # the temptation that the puzzle asks for
RELATIONSHIPS = 200
PUNISHED_YEARS = {"ever": None, "three": 3, "one": 1}
BOTH_SHARE, BOTH_HOARD = (0, 0), (1, 1)


def share_or_hoard() -> Panel:
    """A panel: a game of two firms, its equilibria, and what the chance of another year changes."""
    return Panel(
        name="share_or_hoard",
        title="Share with a rival? A model of two firms",
        view=VIEW,
        controls=[
            Control(
                "temptation",
                "You hoard, the rival shares: you get",
                0,
                HIGHEST,
                1,
                9,
                "points",
                "Temptation T. Both share: 8 each; both hoard: 4 each. The rival has the same payoffs",
            ),
            Control(
                "alone",
                "You share, the rival hoards: you get",
                0,
                8,
                1,
                2,
                "points",
                "The sucker's payoff S",
            ),
            Control(
                "patience",
                "Chance of another year",
                0,
                MOST_PATIENCE,
                1,
                10,
                "%",
                "Patience: how likely it is, each year, that the two firms meet again next year",
            ),
            Choice(
                "reply",
                "After you hoard, the rival hoards",
                {"ever": "for ever", "three": "for three years", "one": "for one year"},
                "ever",
                "The punishment; afterwards both share again. Meanwhile you hoard too",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="Two rival firms can share a parking map or hoard it. Both share: 8 each a year; both "
            "hoard: 4 each. Who hoards while the other shares gets 9, the other 2; from then on both hoard "
            "for ever. How likely must another year together be, at least, for sharing to pay?",
            came_out=_came_out,
            to_see="raise “Chance of another year” until sharing pays.",
            low=0,
            high=100,
            unit="per cent",
        ),
        puzzle=Puzzle(
            task="Find two games. One where two cells are stable: both share, and both hoard. And one with "
            f"a temptation of {GREED} or more where only hoarding is stable in one year, but sharing lasts "
            "year after year.",
            meter=_meter,
        ),
        effect=Effect(
            name="The shadow of the future",
            explanation="In the first game, a prisoner's dilemma, both hoard although both would gain by "
            "sharing: no firm is better off by changing alone. If they may meet again, a hoarder loses "
            "tomorrow what it gains today. Sharing lasts when patience is at least (T − R) / (T − P), 1 / "
            "5 at T = 9. With a small temptation the game is a stag hunt: it takes trust, not patience. In "
            "this model everyone sees who hoarded, and the threat is always carried out. Sharing a map is "
            "one thing; agreeing on prices is forbidden by competition law.",
            source="Axelrod, The Evolution of Cooperation (1984); Brandenburger and Nalebuff, Co-opetition "
            "(1996). The payoffs are invented.",
        ),
        seed=Seed(
            f"How many years each of {RELATIONSHIPS} random relationships lasts; curves and table do not "
            "depend on chance"
        ),
    )


@dataclass(frozen=True, eq=False)
class _Game:
    payoffs: NDArray[np.float64]
    equilibria: tuple[tuple[int, int], ...]
    curves: Repeated
    random_keep: float
    random_break: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Game:
    temptation, years = values["temptation"], PUNISHED_YEARS[values["reply"]]
    payoffs = np.array([[REWARD, values["alone"]], [temptation, PUNISHMENT]], dtype=float)
    patience = values["patience"] / 100
    lengths = draw_rounds(patience, RELATIONSHIPS, seed)
    kept, broken = payoff_of_rounds(temptation, REWARD, PUNISHMENT, lengths, years)
    return _Game(
        payoffs=payoffs,
        equilibria=tuple(pure_equilibria(payoffs, payoffs.T)),
        curves=repeat_game(temptation, REWARD, PUNISHMENT, PATIENCE, years),
        random_keep=(1 - patience) * float(kept.mean()),
        random_break=(1 - patience) * float(broken.mean()),
    )


def _compose(moment: Moment) -> ShareOrHoardScene:
    game, memory, patience = moment.result, moment.memory, moment.values["patience"]
    only_hoarding = game.equilibria == (BOTH_HOARD,)
    if game.equilibria == (BOTH_SHARE, BOTH_HOARD) and moment.values["temptation"] < REWARD:
        memory["found_two"] = True
    if only_hoarding and moment.values["temptation"] >= GREED and game.curves.lasts[patience]:
        memory["found_lasting"] = True
    return ShareOrHoardScene(
        payoffs=game.payoffs,
        equilibria=game.equilibria,
        curves=game.curves,
        patience=patience,
        reply=moment.values["reply"],
        random_keep=game.random_keep,
        random_break=game.random_break,
        relationships=RELATIONSHIPS,
        seed=moment.seed,
        found_two=memory.get("found_two", False),
        found_lasting=memory.get("found_lasting", False),
    )


def _status(scene: ShareOrHoardScene) -> str:
    stable = " and that ".join(cell_words(cell) for cell in scene.equilibria)
    critical = scene.curves.critical
    if critical is None:
        needed = "no chance of another year would be enough"
    elif critical == 0:
        needed = "it needs no other year"
    else:
        needed = f"it takes {plain(100 * critical)} %"
    return (
        f"In one year it is stable that {stable}; with a chance of {scene.patience} % for another year, "
        f"hoarding first is worth {plain(scene.broken, 1)} a year against {REWARD}, so sharing "
        f"{'lasts' if scene.lasts else 'does not last'} ({needed})."
    )


def _came_out(scene: ShareOrHoardScene) -> Outcome | None:
    is_first = (
        scene.temptation == FIRST_GAME["temptation"]
        and scene.payoffs[0, 1] == FIRST_GAME["alone"]
        and scene.reply == FIRST_GAME["reply"]
    )
    if not is_first or not scene.lasts or scene.curves.critical is None:
        return None
    return Outcome(
        100 * scene.curves.critical,
        "In this model 20 % is enough: hoarding wins 9 − 8 = 1 once, and loses 8 − 4 = 4 in every year "
        "that follows.",
        tolerance=2,
    )


def _meter(scene: ShareOrHoardScene) -> Meter:
    finds = int(scene.found_two) + int(scene.found_lasting)
    two = "found" if scene.found_two else "not yet"
    lasting = "found" if scene.found_lasting else "not yet"
    words = (
        f"{finds} of 2 found. Both share and both hoard are stable: {two}. Temptation of {GREED} or more, "
        f"only hoarding stable, sharing lasts: {lasting}."
    )
    return Meter(finds, 2, 0, 2, words, finds == 2)
