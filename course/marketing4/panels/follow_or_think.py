"""People with little attention look for themselves or copy the crowd, and the crowd is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.crowd import effective_size
from marketing4.models.limited_attention import (
    correlation_of_copies,
    crowd_noise,
    crowd_utility,
    draw_shelves,
    utility,
)
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.follow_or_think import HALF, PEOPLE, VIEW, FollowOrThinkScene
from marketing4.views.numbers import count, plain

FIRST_MARKET = {"posts": 1, "options": 20, "seconds": 60}
LOOK_NOISE = 6  # s squared, for one second: after six seconds the error is as large as the differences
RATING_NOISE = 4  # w squared: one rating errs twice as much as products differ
SHELVES = 500


def follow_or_think() -> Panel:
    """A panel: copying a crowd of which more and more copy too (a model, not data)."""
    return Panel(
        name="follow_or_think",
        title="Look for yourself or copy? A model",
        view=VIEW,
        controls=[
            Control("copying", "People who copy", 0, PEOPLE, 1, 1, "of 100", "The others look at the shelf"),
            Control("posts", "Posts they repeat", 1, 10, 1, 1, "", "Copiers are spread over so many posts"),
            Control("options", "Products on the shelf", 2, 60, 1, 20, "", "A thinker looks at all of them"),
            Control(
                "seconds", "A thinker's attention", 6, 300, 6, 60, "s", "Divided equally over the products"
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question=f"{PEOPLE} people rate the same {FIRST_MARKET['options']} products. One of them stops "
            "looking and buys what has the best mean rating: she chooses far better than the 99 who look "
            "themselves. The 99 see that. In the end all copy, and the ratings repeat one post. How well "
            "does a copier choose then?",
            came_out=_came_out,
            to_see="set “People who copy” to 100.",
            options={
                "better": "Better still: now all follow the crowd",
                "same": "As well as the first copier did",
                "thinker": "Not so well, but better than somebody who looks for herself",
                "worse": "Worse than somebody who looks for herself",
            },
        ),
        puzzle=Puzzle(
            task=f"Find 1: a market in which at most {HALF} copy, and a copier chooses no better than a "
            f"thinker. Find 2: a market in which all {PEOPLE} copy, and copying is still the better choice.",
            meter=_meter,
        ),
        effect=Effect(
            name="Rogers' paradox",
            explanation="A crowd knows what its people have looked up. The first copier gets that for "
            "nothing, so copying spreads. But a copy adds a rating and no look: the errors become alike, and "
            "the crowd's advantage shrinks. If everybody may choose, copying spreads until it pays no more. "
            "From there on all do as well as if nobody could copy. Little attention moves that point: for "
            "very distracted people even a crowd of copies is the better guide.",
            source="After Rogers 1988 on learning from others, here with ratings. People who were shown the "
            "guesses of others came closer to each other, and the crowd no closer to the truth: Lorenz and "
            "others 2011. Sizes, and that copies repeat a post exactly, are assumptions.",
        ),
        seed=Seed(f"Who copies, and which {SHELVES} shelves are drawn; the curves do not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Market:
    copier: NDArray[np.float64]
    thinker: float
    drawn: tuple[float, float]
    copies: NDArray[np.bool_]
    worth: float


def _simulate(values: Mapping[str, Any], seed: int) -> _Market:
    n, copying, posts = values["options"], values["copying"], values["posts"]
    c = LOOK_NOISE / values["seconds"]
    correlations = [correlation_of_copies(PEOPLE, copies, posts) for copies in range(PEOPLE + 1)]
    present = correlations[copying]
    shelves = draw_shelves(n, c * n, crowd_noise(RATING_NOISE, PEOPLE, present), SHELVES, seed)
    order = np.random.default_rng((seed, 1)).permutation(PEOPLE)
    return _Market(
        copier=np.array([crowd_utility(n, RATING_NOISE, PEOPLE, rho) for rho in correlations]),
        thinker=utility(n, c),
        drawn=(shelves.mean_crowd, shelves.mean_alone),
        copies=order < copying,
        worth=effective_size(PEOPLE, present),
    )


def _compose(moment: Moment) -> FollowOrThinkScene:
    market, values, memory = moment.result, moment.values, moment.memory
    copying = values["copying"]
    pays = market.copier[copying] > market.thinker
    low, high = memory.get("explored", (PEOPLE, 0))
    memory["explored"] = min(low, copying), max(high, copying)
    memory["useless"] = memory.get("useless", False) or (copying <= HALF and not pays)
    memory["useful"] = memory.get("useful", False) or (copying == PEOPLE and pays)
    return FollowOrThinkScene(
        copying=copying,
        posts=values["posts"],
        options=values["options"],
        seconds=values["seconds"],
        copier=market.copier,
        thinker=market.thinker,
        drawn=market.drawn,
        shelves=SHELVES,
        copies=market.copies,
        worth=market.worth,
        seed=moment.seed,
        found_useless=bool(memory["useless"]),
        found_useful=bool(memory["useful"]),
        explored=memory["explored"],
        is_first_market=all(values[name] == value for name, value in FIRST_MARKET.items()),
    )


def _status(scene: FollowOrThinkScene) -> str:
    return (
        f"With {scene.copying} of {PEOPLE} copying {count(scene.posts, 'post')}, their choice is "
        f"{plain(scene.copied, 2)} above average and a thinker's {plain(scene.thinker, 2)}; the "
        f"{PEOPLE} ratings are worth {plain(scene.worth, 1)} independent ones."
    )


def _came_out(scene: FollowOrThinkScene) -> Outcome | None:
    if not scene.is_first_market or scene.copying < PEOPLE:
        return None
    return Outcome(
        "worse",
        f"In this model the first copier chooses {plain(float(scene.copier[1]), 2)}, the last of {PEOPLE} "
        f"{plain(scene.copied, 2)}, and somebody who looks for herself {plain(scene.thinker, 2)}.",
    )


def _meter(scene: FollowOrThinkScene) -> Meter:
    finds = int(scene.found_useless) + int(scene.found_useful)
    one, two = ("found" if found else "not yet" for found in (scene.found_useless, scene.found_useful))
    pays = "better than" if scene.copied > scene.thinker else "no better than"
    words = (
        f"{finds} of 2 found. Find 1, at most {HALF} copy in vain: {one}. Find 2, all copy with success: "
        f"{two}. Now {scene.copying} copy and choose {pays} a thinker ({plain(scene.copied, 2)} against "
        f"{plain(scene.thinker, 2)})."
    )
    return Meter(finds, 2, 0, 2, words, finds == 2)
