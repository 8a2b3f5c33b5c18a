"""Who earned the purchases? A chain of touchpoints, with a channel taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketing4.models.journeys import (
    CONVERSION,
    NULL,
    RULES,
    Chain,
    attribution,
    conversion_probability,
    draw_journeys,
    expected_moves,
    removal_effects,
    share_out,
    transition_matrix,
)
from marketing4.panels.controls import Choice, Control, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.journey_credit import BOUGHT, CHANNELS, JOURNEYS, START, VIEW, JourneyScene
from marketing4.views.numbers import plain

FIRST_SETTING = {"tv": 50, "searchers": 10}
NEEDED = 40  # % of purchases that the puzzle asks to be lost
NOTHING = ""


def journey_credit() -> Panel:
    """A panel: 200 journeys as a chain, one channel taken out, and four rules of credit (a model)."""
    return Panel(
        name="journey_credit",
        title="Who earned the purchase? A model",
        view=VIEW,
        controls=[
            Choice(
                "removed",
                "Take out",
                {NOTHING: "nothing", **{channel: channel for channel in CHANNELS}},
                NOTHING,
                "Whoever would go to this channel ends there, without a purchase",
            ),
            Control(
                "tv",
                "Of 100 TV viewers go on to search",
                0,
                100,
                5,
                50,
                "people",
                "All of them buy: 60 % on the web, 40 % in the store; the other viewers do nothing",
            ),
            Control(
                "searchers",
                "Of 50 who start with a search buy",
                0,
                50,
                1,
                10,
                "people",
                "They go from search to the web; TV played no part for them",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="80 of 200 journeys end in a purchase. 50 of the 80 began with TV; none ended with TV, "
            "so the rule of the last click gives TV nothing. In a chain of touchpoints, take TV out: whoever "
            "would see it ends there. How many of the 80 purchases does the chain say are lost?",
            came_out=_came_out,
            to_see="set “Take out” to TV.",
            low=0,
            high=80,
            unit="purchases",
        ),
        puzzle=Puzzle(
            task="Last click gives two channels nothing that many purchases need. Find both: take out a "
            f"channel with 0 last clicks, so that at least {NEEDED} % of the purchases are lost. One of the "
            "two needs another market.",
            meter=_meter,
        ),
        effect=Effect(
            name="The removal effect",
            explanation="Last click looks at the end of a journey and gives nothing to a channel that opens "
            "it. The chain asks another question: how many purchases are lost without the channel? One "
            "purchase can need several channels, so the losses sum to more than all purchases; the removal "
            "rule divides the purchases in proportion. But the chain forgets: of those at Search it does not "
            "know who saw TV. That is why it says 25 where 50 purchases began with TV, and why TV gains when "
            "people who never saw it buy more. And neither rule is a cause: only a test that switches TV off "
            "somewhere can show what TV does.",
            source="Anderl, Becker, von Wangenheim and Schumann, International Journal of Research in "
            "Marketing 2016, for the method; the 200 journeys are invented.",
        ),
        seed=Seed("Which 200 journeys are drawn from the chain for the open diamonds"),
    )


@dataclass(frozen=True, eq=False)
class _Run:
    moves: Mapping[tuple[str, str], float]
    leaves: Mapping[str, float]
    purchases: float
    left: float
    credit: Mapping[str, Mapping[str, float]]
    lost: Mapping[str, float]
    drawn: Mapping[str, float]


def journeys_of(tv: int, searchers: int) -> tuple[list[str], list[int], list[float]]:
    """Paths, whether they ended in a purchase, and counts; at 50 and 10 those of the course's example."""
    lines = (
        ("TV>Search>Web", 1, 3 * tv / 5),
        ("TV>Search>Store", 1, 2 * tv / 5),
        ("TV", 0, 100 - tv),
        ("Search>Web", 0, 50 - searchers),
        ("Search>Web", 1, searchers),
        ("Store", 1, 15),
        ("Store", 0, 20),
        ("Social>Search>Web", 0, 10),
        ("Social>Search>Web", 1, 5),
    )
    paths, converted, counts = zip(*lines, strict=True)
    return list(paths), list(converted), list(counts)


def _simulate(values: Mapping[str, Any], seed: int) -> _Run:
    journeys = journeys_of(values["tv"], values["searchers"])
    chain = transition_matrix(*journeys)
    gone = [values["removed"]] if values["removed"] else []
    purchases = JOURNEYS * conversion_probability(chain)
    drawn = draw_journeys(chain, JOURNEYS, seed)
    # A channel that no drawn journey touched earns nothing, and if nobody bought there is nothing to earn.
    again = attribution(drawn.paths, drawn.converted, rule="removal") if drawn.converted.any() else {}
    effects = removal_effects(chain)
    credit: dict[str, Mapping[str, float]] = {}
    for rule in RULES:
        credit[rule] = (
            attribution(*journeys, rule=rule) if rule != "removal" else share_out(effects, purchases)
        )
    moves, leaves = _flows(chain, gone)
    return _Run(
        moves=moves,
        leaves=leaves,
        purchases=purchases,
        left=JOURNEYS * conversion_probability(chain, gone),
        credit=credit,
        lost={channel: purchases * effect for channel, effect in effects.items()},
        drawn={channel: again.get(channel, 0.0) for channel in CHANNELS},
    )


def _flows(chain: Chain, gone: list[str]) -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    """Expected journeys from state to state, and those that end at a state without a purchase."""
    shown = {"start": START, CONVERSION: BOUGHT}
    moves: dict[tuple[str, str], float] = {}
    leaves: dict[str, float] = {}
    for row, numbers in zip(chain.states, (JOURNEYS * expected_moves(chain, gone)).tolist(), strict=True):
        for column, number in zip(chain.states, numbers, strict=True):
            here = shown.get(row, row)
            if number > 0 and column == NULL:
                leaves[here] = number
            elif number > 0:
                moves[here, shown.get(column, column)] = number
    return moves, leaves


def _compose(moment: Moment) -> JourneyScene:
    run, removed = moment.result, moment.values["removed"]
    found, tried = (moment.memory.get(name, frozenset()) for name in ("found", "tried"))
    if removed:
        tried = moment.memory["tried"] = tried | {removed}
    if removed and run.credit["last"][removed] == 0 and _share(run, removed) >= NEEDED - 1e-9:
        found = moment.memory["found"] = found | {removed}
    return JourneyScene(
        removed=removed,
        moves=run.moves,
        leaves=run.leaves,
        purchases=run.purchases,
        left=run.left,
        credit=run.credit,
        lost=run.lost,
        drawn=run.drawn,
        seed=moment.seed,
        tried=tried,
        found=found,
        is_first_setting=all(moment.values[name] == value for name, value in FIRST_SETTING.items()),
    )


def _share(run: _Run | JourneyScene, channel: str) -> float:
    """Per cent of the purchases that are lost without the channel."""
    return 100 * run.lost[channel] / run.purchases


def _number(credit: float) -> str:
    """A credit, with a decimal only where there is something to show."""
    return plain(credit, 0 if abs(credit - round(credit)) < 0.05 else 1)


def _status(scene: JourneyScene) -> str:
    channel = scene.removed or "TV"
    last, first, linear, removal = (_number(scene.credit[rule][channel]) for rule in RULES)
    rules = (
        f"last click gives {channel} {last}, first click {first}, linear {linear}, the removal rule {removal}"
    )
    if not scene.removed:
        return (
            f"With all channels {plain(scene.purchases)} of {JOURNEYS} journeys end in a purchase; of these "
            f"{rules}."
        )
    return (
        f"Without {channel} the chain says that {plain(scene.lost[channel], 1)} of {plain(scene.purchases)} "
        f"purchases are lost ({plain(_share(scene, channel))} %); {rules}."
    )


def _came_out(scene: JourneyScene) -> Outcome | None:
    if scene.removed != "TV" or not scene.is_first_setting:
        return None
    return Outcome(
        scene.lost["TV"],
        f"Without TV the chain loses {plain(scene.lost['TV'], 1)} of {plain(scene.purchases)} purchases: "
        "more than the last click gives TV, fewer than began with TV.",
        tolerance=3,
    )


def _meter(scene: JourneyScene) -> Meter:
    finds = len(scene.found)
    named = f" ({', '.join(channel for channel in CHANNELS if channel in scene.found)})" if finds else ""
    now = "Take out a channel."
    if scene.removed:
        last = _number(scene.credit["last"][scene.removed])
        now = (
            f"Now: {scene.removed} has {last} last clicks (wanted: 0), and without it "
            f"{plain(_share(scene, scene.removed), 1)} % of the purchases are lost (wanted: {NEEDED} "
            "or more)."
        )
    return Meter(finds, 2, 0, 2, f"{finds} of 2 found{named}. {now}", finds >= 2)
