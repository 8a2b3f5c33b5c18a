"""Who earns what in a value net: by order of arrival, and by what would be lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketing4.models.value_net import Arrivals, added_values, arrivals, shapley
from marketing4.panels.controls import Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Moment, Panel
from marketing4.views.numbers import plain
from marketing4.views.value_net import ARRIVALS, PLAYERS, VIEW, ValueNetScene

FIRST_NET = {"firm": 10, "community": 30, "partner": 10, "together": 10}
ENOUGH = 5  # thousand euros that the puzzle asks for the community
MOST_TOO_MUCH = 120  # thousand euros asked for beyond what there is, at the ends of the controls
UNIT = "thousand €"


def value_net() -> Panel:
    """A panel: a firm, a community and a partner, and two ways to say who of them earns what (a model)."""
    return Panel(
        name="value_net",
        title="Who earns it? A model of a value net",
        view=VIEW,
        timeline=Timeline(
            "Arrivals",
            ARRIVALS,
            "",
            "Lets firm, community and partner arrive in random order, again and again",
            interval=160,
        ),
        controls=[
            Control(
                "firm", "The firm alone earns", 0, 30, 1, 10, UNIT, "Value of the firm without the others"
            ),
            Control(
                "community",
                "The community adds to the firm",
                0,
                40,
                1,
                30,
                UNIT,
                "Firm and community together earn so much more than the firm alone",
            ),
            Control(
                "partner",
                "The partner adds to the firm",
                0,
                40,
                1,
                10,
                UNIT,
                "Firm and partner together earn so much more than the firm alone",
            ),
            Control(
                "together",
                "Extra when both join",
                -40,
                20,
                1,
                10,
                UNIT,
                "Below 0 the two do partly the same; at worst the second adds nothing",
            ),
        ],
        simulate=_simulate,
        compose=_compose,
        status=_status,
        prediction=Prediction(
            question="A firm alone earns 10, with a community 40, with a partner 20, with both 60; without "
            "the firm the others earn nothing. They arrive in random order, and each is paid what it adds "
            "on arrival. What is the firm paid on average?",
            came_out=_came_out,
            to_see="press Play (▶).",
            low=0,
            high=60,
            unit="thousand euros",
        ),
        puzzle=Puzzle(
            task="Everyone asks for what would be lost without it. Find a net where what is asked for is "
            f"exactly what there is to share, and the mean of all orders still gives the community {ENOUGH} "
            "or more.",
            meter=_meter,
        ),
        effect=Effect(
            name="Shapley value and added value",
            explanation="The added value of a player is what would be lost without it. Added values can be "
            "more together than there is, so they cannot all be paid: each is an upper bound. The Shapley "
            "value, the mean over all orders of arrival, always sums to what there is: what a player earns "
            "alone stays its own, what two earn together is halved, what only three earn comes in thirds. "
            "Who can be replaced by another adds nothing at the end, and the firm keeps more.",
            source="Shapley (1953); Brandenburger and Nalebuff, Co-opetition (1996). The numbers are "
            "invented.",
        ),
        seed=Seed("In which orders the three arrive; the bars themselves do not depend on chance"),
    )


@dataclass(frozen=True, eq=False)
class _Net:
    total: float
    means: tuple[float, ...]
    added: tuple[float, ...]
    arrivals: Arrivals


def _simulate(values: Mapping[str, Any], seed: int) -> _Net:
    firm, community, partner = (float(values[name]) for name in ("firm", "community", "partner"))
    # Work done twice is worth nothing, but costs nothing either: two never earn less than the better of them.
    both = max(community + partner + values["together"], community, partner)
    worth = {
        "F": firm,
        "C": 0.0,
        "P": 0.0,
        "FC": firm + community,
        "FP": firm + partner,
        "FCP": firm + both,
    }
    return _Net(
        total=firm + both,
        means=tuple(shapley(worth).values()),
        added=tuple(added_values(worth).values()),
        arrivals=arrivals(worth, ARRIVALS, seed),
    )


def _compose(moment: Moment) -> ValueNetScene:
    net = moment.result
    return ValueNetScene(
        total=net.total,
        means=net.means,
        added=net.added,
        arrivals=net.arrivals,
        arrived=int(moment.step),
        seed=moment.seed,
        is_first_net=all(moment.values[name] == value for name, value in FIRST_NET.items()),
    )


def _status(scene: ValueNetScene) -> str:
    means = ", ".join(
        f"{name.lower()} {plain(mean, 1)}" for name, mean in zip(PLAYERS, scene.means, strict=True)
    )
    asked = f"asked for {plain(scene.added_together)} of {plain(scene.total)} to share"
    if scene.arrived == 0:
        return f"Nobody has arrived yet; over all orders of arrival the three earn {means}; {asked}."
    paid = ", ".join(plain(mean, 1) for mean in scene.paid)
    return (
        f"In {scene.arrived} random arrivals the three were paid {paid} on average (all orders: {means}); "
        f"{asked}."
    )


def _came_out(scene: ValueNetScene) -> Outcome | None:
    if not scene.is_first_net or scene.arrived < ARRIVALS:
        return None
    return Outcome(
        scene.means[0],
        f"Over all six orders the firm is paid {plain(scene.means[0], 1)} on average, and in these "
        f"{ARRIVALS} random arrivals {plain(scene.paid[0], 1)}.",
        tolerance=1,
    )


def _meter(scene: ValueNetScene) -> Meter:
    asked, total, community = scene.added_together, scene.total, scene.means[1]
    words = (
        f"Asked for {plain(asked)}, to share {plain(total)} (wanted: the same); the mean of all orders "
        f"gives the community {plain(community, 1)} (wanted: {ENOUGH} or more)."
    )
    is_solved = abs(asked - total) < 1e-9 and community >= ENOUGH - 1e-9
    return Meter(asked - total, 0, 0, MOST_TOO_MUCH, words, is_solved)
