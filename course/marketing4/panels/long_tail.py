"""More titles spread demand, a list of best sellers gathers it again: a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketing4.models.long_tail import LongTail, draw_sales
from marketing4.models.long_tail import long_tail as sales_of_titles
from marketing4.panels.controls import Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.long_tail import BEST, BUYERS, CHANNELS, TITLES, VIEW, LongTailScene
from marketing4.views.numbers import percent, plain

FIRST_SHOP = {"exponent": 1.0, "shelf": 100, "listed": 10}
HALF = 50  # % of buyers who follow the list, in the question
TAIL = 0.40  # of sales, what the puzzle asks of the tail


def long_tail() -> Panel:
    """A panel: one demand sold from a shelf, on the web, and on the web with a list (a model, not data)."""
    return Panel(
        name="long_tail",
        title="Does a web shop make small titles big? A model",
        view=VIEW,
        controls=[
            Control(
                "exponent",
                "How much hits rule tastes",
                0.4,
                2.0,
                0.1,
                1.0,
                "",
                "Zipf exponent a: title number r sells in proportion to 1 / r^a",
            ),
            Control(
                "shelf",
                "Titles on the shelf",
                10,
                400,
                10,
                100,
                f"of {TITLES:,}",
                "The shop holds the best sellers; buyers of other titles leave without buying",
            ),
            Control(
                "followers",
                "Web buyers who follow the list",
                0,
                100,
                5,
                0,
                "%",
                "They take a title from the list of best sellers, whatever they wanted before",
            ),
            Control(
                "listed", "Titles on the list", 1, 50, 1, 10, "titles", "How many best sellers are listed"
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question=f"A shop has the 100 best sellers of {TITLES:,} titles on its shelf; the ten best of "
            "all make 56 % of its sales. It moves to the web and sells all titles; half of its buyers then "
            "choose from a list of these ten. What happens to the share of the ten?",
            came_out=_came_out,
            to_see="set “Web buyers who follow the list” to 50 %.",
            options={
                "falls": "It falls: there are ten times as many titles",
                "stays": "It stays about the same",
                "rises": "It rises, in spite of all the new titles",
            },
        ),
        puzzle=Puzzle(
            task="Build a web shop with a list that has both: a tail (titles beyond the shelf) with at least "
            f"{percent(TAIL)} of its sales, and ten best sellers with a larger share than on the shelf.",
            meter=_meter,
        ),
        effect=Effect(
            name="The long tail, and the pull of the list",
            explanation="Without a shelf every title finds its buyers: that is the long tail, and it spreads "
            "demand. A list of best sellers that many follow gathers demand again, so a shop with ten times "
            "as many titles can be more concentrated than a shelf. Both can be true at once. That the list "
            "shows only best sellers is an assumption of this model; real recommendations can also point to "
            "rare titles.",
            source="Web sales were less concentrated than catalogue sales of the same firm (Brynjolfsson, Hu "
            "and Simester 2011); seeing others' choices made hits bigger (Salganik, Dodds and Watts 2006).",
        ),
        seed=Seed(
            f"Which {BUYERS:,} buyers come to each shop; curves and bars themselves do not depend on chance"
        ),
    )


@dataclass(frozen=True, eq=False)
class _Shops:
    run: LongTail
    crowd_head: Mapping[str, float]


def _simulate(values: Mapping[str, Any], seed: int) -> _Shops:
    run = sales_of_titles(
        values["exponent"], TITLES, values["shelf"], values["followers"] / 100, values["listed"]
    )
    crowd = draw_sales(run, BUYERS, seed)
    # The ten titles that are best sellers in the model; nobody may come for what a shelf holds.
    heads = {channel: sold[:BEST].sum() / max(1, sold.sum()) for channel, sold in crowd.items()}
    return _Shops(run, heads)


def _compose(moment: Moment) -> LongTailScene:
    return LongTailScene(
        run=moment.result.run,
        followers=moment.values["followers"],
        listed=moment.values["listed"],
        exponent=moment.values["exponent"],
        crowd_head=moment.result.crowd_head,
        seed=moment.seed,
    )


def _status(scene: LongTailScene) -> str:
    run = scene.run
    return (
        f"In this model the shelf of {run.shelf_size} titles loses {plain(BUYERS * run.lost)} of {BUYERS:,} "
        f"buyers; on the web with {scene.followers} % following a list of {scene.listed}, the tail sells "
        f"{plain(BUYERS * run.recommended_tail)} of {BUYERS:,} units and the ten best sellers "
        f"{plain(BUYERS * scene.head('recommended'))}."
    )


def _came_out(scene: LongTailScene) -> Outcome | None:
    is_first = (
        scene.exponent == FIRST_SHOP["exponent"]
        and scene.run.shelf_size == FIRST_SHOP["shelf"]
        and scene.listed == FIRST_SHOP["listed"]
    )
    if not is_first or scene.followers != HALF:
        return None
    shelf, web, listed = (percent(scene.head(channel)) for channel in CHANNELS)
    return Outcome(
        "rises",
        f"In this model the ten make {shelf} of sales on the shelf, {web} on the web without the list, and "
        f"{listed} when half of the buyers follow it.",
    )


def _meter(scene: LongTailScene) -> Meter:
    tail, head, on_shelf = scene.run.recommended_tail, scene.head("recommended"), scene.head("shelf")
    words = (
        f"With the list the tail makes {percent(tail, 1)} of sales (wanted: {percent(TAIL)}), and the ten "
        f"best sellers {percent(head, 1)} (wanted: more than the {percent(on_shelf, 1)} of the shelf)."
    )
    return Meter(100 * tail, 100 * TAIL, 0, 80, words, tail >= TAIL and head > on_shelf)
