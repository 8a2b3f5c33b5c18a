"""The digital gap between groups of countries, in points and as a ratio: real figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from marketing4 import data
from marketing4.models.digital_gap import gap
from marketing4.panels.controls import Choice, Seed
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Panel
from marketing4.views.digital_gap import VIEW, YEARS, DigitalGapScene, figure_of, ratio_words
from marketing4.views.numbers import plain

GROUPS = {
    "developed": "Developed countries",
    "developing": "Developing countries",
    "world": "The world",
    "Africa": "Africa",
    "Americas": "The Americas",
    "Arab States": "Arab States",
    "Asia-Pacific": "Asia and the Pacific",
    "CIS": "CIS: Russia and neighbours",
    "Europe": "Europe",
}
PEOPLE = 400  # asked in each group and year
WANTED = 25  # points of growth


def digital_gap() -> Panel:
    """A panel: who is online in two groups of countries, and the gap between them in two measures."""
    years = {str(year): str(year) for year in YEARS}
    return Panel(
        name="digital_gap",
        title="Did the digital gap close?",
        view=VIEW,
        controls=[
            Choice("one", "One group", GROUPS, "developed", "A group of countries or a region"),
            Choice("other", "Another group", GROUPS, "developing", "A group of countries or a region"),
            Choice("since", "From", years, "2005", "First year of the comparison"),
            Choice("until", "To", years, "2023", "Last year of the comparison"),
        ],
        simulate=_simulate,
        compose=lambda moment: moment.result,
        status=_status,
        prediction=Prediction(
            question="In 2005, 51 % of the people in developed countries were online and 8 % in developing "
            "countries. From 2005 to 2010 the second share became more than two and a half times as large, "
            "the first less than one and a half times. What happened to the gap between them in these five "
            "years?",
            came_out=_came_out,
            to_see="set “To” to 2010.",
            options={
                "shrank": "It shrank",
                "grew": "It grew",
                "both": "It shrank in one measure and grew in another",
            },
        ),
        puzzle=Puzzle(
            task=f"Find two groups and two years between which the gap grew by at least {WANTED} points "
            "while the ratio fell to less than half.",
            meter=_meter,
        ),
        effect=Effect(
            name="Absolute and relative gap",
            explanation="The difference says how many more of 100 people are online, the ratio how many "
            "times as many. Who starts low can multiply fast and still add fewer points: from 2005 to 2010 "
            "developing countries went from 8 to 21 %, times 2.6 but plus 13 points; developed ones from 51 "
            "to 67 %, times 1.3 but plus 16. So “the gap closed” and “the gap grew” can both be true: say "
            "which measure you use. To be online once says nothing of speed, price or use.",
            source="International Telecommunication Union (ITU), individuals using the internet, 2005 to "
            "2023, as collected by Wikipedia; later editions differ slightly.",
        ),
        seed=Seed(
            f"Which {PEOPLE} people of each group a survey of each year asks; the figures do not change"
        ),
    )


@cache
def _internet_use() -> dict[str, tuple[float, ...]]:
    """Per cent of the people online in YEARS, by group."""
    table = data.load("internet_use")
    shares = table.pivot(index="region", columns="year", values="individuals_using_pct")[list(YEARS)]
    return {
        str(region): tuple(map(float, row)) for region, row in zip(shares.index, shares.values, strict=True)
    }


def _simulate(values: Mapping[str, Any], seed: int) -> DigitalGapScene:
    use = _internet_use()
    since, until = sorted(YEARS.index(int(values[name])) for name in ("since", "until"))
    # The group that is ahead at first comes first, whichever box it was chosen in.
    ahead, behind = sorted(
        (values["one"], values["other"]), key=lambda group: use[group][since], reverse=True
    )
    drawn = []
    for order, group in enumerate((ahead, behind)):
        rng = np.random.default_rng((seed, order, list(GROUPS).index(group)))
        drawn.append(100 * rng.binomial(PEOPLE, np.array(use[group]) / 100) / PEOPLE)
    return DigitalGapScene(
        names=(_name(ahead), _name(behind)),
        shares=(use[ahead], use[behind]),
        gaps=tuple(gap(*pair) for pair in zip(use[ahead], use[behind], strict=True)),
        surveyed=tuple(gap(*map(float, pair)) for pair in zip(*drawn, strict=True)),
        people=PEOPLE,
        since=since,
        until=until,
        seed=seed,
    )


def _name(group: str) -> str:
    return "the world" if group == "world" else group


def _moved(what: str, before: str, after: str, change: float) -> str:
    """What a measure did: "the gap grew from 43 to 46"."""
    if abs(change) < 1e-9:
        return f"{what} stayed at {before}"
    return f"{what} {'grew' if change > 0 else 'fell'} from {before} to {after}"


def _status(scene: DigitalGapScene) -> str:
    since, until = YEARS[scene.since], YEARS[scene.until]
    one, other = scene.names
    if since == until:
        return (
            f"In {since} the gap between {one} and {other} was {figure_of(scene.first.points)} points, a "
            f"ratio of {ratio_words(scene.first.ratio)}."
        )
    first, last = scene.first, scene.last
    ratio_change = (last.ratio or 0) - (first.ratio or 0)
    points = _moved("the gap", figure_of(first.points), f"{figure_of(last.points)} points", scene.growth)
    ratio = _moved("the ratio", ratio_words(first.ratio), ratio_words(last.ratio), ratio_change)
    return f"From {since} to {until}, {one} and {other}: {points}, and {ratio}."


def _came_out(scene: DigitalGapScene) -> Outcome | None:
    if scene.names != ("developed", "developing") or (scene.since, scene.until) != (0, 1):
        return None
    first, last = scene.first, scene.last
    return Outcome(
        "both",
        f"In points it grew, from {figure_of(first.points)} to {figure_of(last.points)}; as a ratio it fell, "
        f"from {ratio_words(first.ratio)} to {ratio_words(last.ratio)}.",
    )


def _meter(scene: DigitalGapScene) -> Meter:
    growth = scene.growth
    if scene.since == scene.until:
        words = f"Both years are {YEARS[scene.since]}: choose two different years to see a change."
        return Meter(0, WANTED, -20, 60, words, False)
    part = (scene.last.ratio or 0) / (scene.first.ratio or 1)
    moved = f"grew by {figure_of(growth)}" if growth >= 0 else f"fell by {figure_of(-growth)}"
    words = (
        f"From {YEARS[scene.since]} to {YEARS[scene.until]} the gap {moved} points (wanted: a growth of at "
        f"least {WANTED}); the ratio is {plain(part, 2)} times what it was (wanted: less than 0.50)."
    )
    return Meter(growth, WANTED, -20, 60, words, growth >= WANTED - 1e-9 and part < 0.5)
