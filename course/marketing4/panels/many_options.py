"""A shopper divides the attention she has left over the products on a shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketing4.models.limited_attention import best_number, draw_shelves, expected_best, utility
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.many_options import FEW, MANY, MOST_OPTIONS, VIEW, WANTED, ManyOptionsScene
from marketing4.views.numbers import count, percent, plain

FIRST_SHOPPER = {"seconds": 60, "lost": 0}
NOISE = 6  # s squared: after six seconds of looking the error is as large as the differences
SHOPPERS = 500
SEEN_FROM, SEEN_TO = 8, 24  # the numbers between which the top must have been tried


def many_options() -> Panel:
    """A panel: the choice from 2 to 60 products with limited attention (a model, not data)."""
    return Panel(
        name="many_options",
        title="How many products help a shopper? A model",
        view=VIEW,
        controls=[
            Control("options", "Products on the shelf", 2, MOST_OPTIONS, 1, 4, "", "She looks at all"),
            Control(
                "seconds",
                "Seconds for the shelf",
                6,
                300,
                6,
                60,
                "s",
                "Divided equally over the products",
            ),
            Control(
                "lost",
                "Lost to a second screen",
                0,
                90,
                5,
                0,
                "% of the seconds",
                "Time in which she looks at her phone and not at the shelf",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A shopper has 60 seconds for one shelf and looks equally long at every product. Six "
            "seconds on a product leave her an error as large as the differences between products. She takes "
            "what looks best. With how many products on the shelf is her choice best on average?",
            came_out=_came_out,
            to_see="move “Products on the shelf” from one end to the other.",
            low=1,
            high=MOST_OPTIONS,
            unit="products",
        ),
        puzzle=Puzzle(
            task=f"One table offers {FEW} jams, another {MANY}. Find 1: a shopper who chooses at least "
            f"{percent(WANTED)} better from {MANY}. Find 2: a shopper who chooses at least {percent(WANTED)} "
            f"better from {FEW}.",
            meter=_meter,
        ),
        effect=Effect(
            name="The inverted U of information load",
            explanation="Each product more makes the best one on the shelf a little better, and takes "
            "looking time from all. At first the better best wins, then the worse looks do. So choice rises "
            f"and falls with the number of products: best at {best_number(0.1)} with 60 seconds, at "
            f"{best_number(0.5)} when a phone takes 80 % of them. Whether 24 jams are too many "
            "depends on the attention they get, not on the 24.",
            source="In this model, after Simon 1971. Inverted U: Jacoby, Speller and Kohn 1974 (their "
            "method is disputed); Eppler and Mengis 2004. 24 against 6 jams: Iyengar and Lepper 2000. A "
            "meta-analysis of 50 experiments found a mean effect near zero: Scheibehenne, Greifeneder and "
            "Todd 2010.",
        ),
        seed=Seed(f"Which {SHOPPERS} shoppers and shelves are drawn; the curve does not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Shopper:
    chosen: NDArray[np.float64]
    drawn: Mapping[int, float]
    top_number: int


BEST = np.array([expected_best(number) for number in range(1, MOST_OPTIONS + 1)])


def _simulate(values: Mapping[str, Any], seed: int) -> _Shopper:
    c = NOISE / (values["seconds"] * (1 - values["lost"] / 100))
    numbers = sorted({values["options"], FEW, MANY})
    return _Shopper(
        chosen=np.array([utility(number, c) for number in range(1, MOST_OPTIONS + 1)]),
        drawn={n: draw_shelves(n, c * n, 0, SHOPPERS, seed).mean_alone for n in numbers},
        top_number=best_number(c),
    )


def _compose(moment: Moment) -> ManyOptionsScene:
    shopper, values, memory = moment.result, moment.values, moment.memory
    low, high = memory.get("explored", (MOST_OPTIONS, 1))
    memory["explored"] = min(low, values["options"]), max(high, values["options"])
    gain = shopper.chosen[MANY - 1] / shopper.chosen[FEW - 1]
    memory["many"] = memory.get("many", False) or gain >= 1 + WANTED
    memory["few"] = memory.get("few", False) or 1 / gain >= 1 + WANTED
    return ManyOptionsScene(
        options=values["options"],
        seconds=values["seconds"],
        lost=values["lost"] / 100,
        chosen=shopper.chosen,
        best=BEST,
        explored=memory["explored"],
        drawn=shopper.drawn,
        shoppers=SHOPPERS,
        top_number=shopper.top_number,
        seed=moment.seed,
        found_many=memory["many"],
        found_few=memory["few"],
        is_first_shopper=all(values[name] == value for name, value in FIRST_SHOPPER.items()),
    )


def _status(scene: ManyOptionsScene) -> str:
    here = scene.quality(scene.options)
    best = float(scene.best[scene.options - 1])
    return (
        f"With {count(scene.options, 'product')} she looks {plain(scene.looking, 1)} seconds at each and "
        f"chooses {plain(here, 2)} above average, where the best product on the shelf is {plain(best, 2)} "
        f"above it."
    )


def _came_out(scene: ManyOptionsScene) -> Outcome | None:
    low, high = scene.explored
    if not scene.is_first_shopper or low > SEEN_FROM or high < SEEN_TO:
        return None
    top = scene.top_number
    return Outcome(
        top,
        f"In this model {top} products are best for her: the choice is then {plain(scene.quality(top), 2)}, "
        f"with {MOST_OPTIONS} products {plain(scene.quality(MOST_OPTIONS), 2)}.",
        tolerance=3,
    )


def _meter(scene: ManyOptionsScene) -> Meter:
    finds = int(scene.found_many) + int(scene.found_few)
    one, two = ("found" if found else "not yet" for found in (scene.found_many, scene.found_few))
    number, gain = scene.better
    words = (
        f"{finds} of 2 found. Find 1, {MANY} are better: {one}. Find 2, {FEW} are better: {two}. This "
        f"shopper has {plain(scene.seconds * (1 - scene.lost), 1)} seconds for the shelf and chooses "
        f"{percent(gain, 1)} better from {number} (wanted: {percent(WANTED)})."
    )
    return Meter(finds, 2, 0, 2, words, finds == 2)
