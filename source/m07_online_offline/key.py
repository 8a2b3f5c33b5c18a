"""Cases, usual mistakes and other right answers of "Online versus offline" (module M07).

A line of journeys is (path, bought, n): channels in their order, 1 or 0, customers. Effects and shares lie
between 0 and 1, spending is in euro. First cases are reference values of the models; a chain's states are
start, the channels, conversion and null. Data sets: journeys_small and omni.
"""

import itertools
import math

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

CHANNELS = ["TV", "Search", "Social", "Store", "Web"]
NAME_OF = {channel.lower(): channel for channel in CHANNELS}
ALL_STATES = ["start", *CHANNELS, "conversion", "null"]

stored = data.load("journeys_small")
REPORT = [
    (path.split(">"), int(bought), int(n))
    for path, bought, n in stored[["path", "converted", "n"]].itertuples(index=False)
]

# A path as a list

parse = exercise("parse", points=2, call="parse", title="Read a path", answer="a list of channels")
parse.case("tv > Search>Web")
parse.case("SOCIAL>store>Social")
parse.case("Store ")
parse.case("")


def a_typed_path(rng):
    """A path of one to five channels, typed in one of several ways."""
    parts = rng.choice(CHANNELS, int(rng.integers(1, 6))).tolist()
    text = str(rng.choice([">", " > ", "> "])).join(parts)
    return str(rng.choice([text, text.lower(), text.upper(), f" {text} "]))


parse.hidden(a_typed_path, n=10, name="paths typed in many ways")
# Not alone, so that a constant is not right for a whole group.
edges = itertools.cycle(["   ", "  web ", "Store>store"])
parse.hidden(lambda rng: next(edges), n=3, name="spaces only, one channel among spaces, one channel twice")


@parse.alternative
def in_one_line(path):
    return [NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip()]


@parse.alternative
def spaces_first(path):
    path = path.lower().replace(" ", "")
    if path == "":
        return []
    channels = path.split(">")
    return ["TV" if channel == "tv" else channel.capitalize() for channel in channels]


@parse.misconception("Are `tv` and `TV` two channels? And what about the spaces around a name?")
def kept_as_typed(path):
    return path.split(">") if path else []


@parse.misconception("The spaces are gone. Which of the names still have other letters than in `NAMES`?")
def letters_as_typed(path):
    return [part.strip() for part in path.split(">") if part.strip()]


@parse.misconception("The keys of `NAMES` have small letters. What do its *values* look like?")
def small_letters(path):
    return [part.strip().lower() for part in path.split(">") if part.strip()]


@parse.misconception("What do `title` and `capitalize` make of `tv`? Look the name up in `NAMES` instead.")
def with_title(path):
    return [part.strip().title() for part in path.split(">") if part.strip()]


@parse.misconception("`upper` is right for one of the five names only. Look the name up in `NAMES`.")
def with_upper(path):
    return [part.strip().upper() for part in path.split(">") if part.strip()]


@parse.misconception("Two visits are two touchpoints. Did you throw one of them away?")
def each_channel_once(path):
    return list(dict.fromkeys(NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip()))


@parse.misconception("Where did the journey begin? Keep the order of the path.")
def in_alphabetical_order(path):
    return sorted(NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip())


@parse.misconception("Is the first channel of the text the first one of your list?")
def last_channel_first(path):
    return [NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip()][::-1]


@parse.misconception("Your answer is one text. How do you get a *list* of channels?")
def text_again(path):
    return ">".join(NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip())


@parse.misconception("Your list has one item only. Does `return` stand inside the loop?")
def first_channel_only(path):
    return [NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip()][:1]


@parse.misconception("What is left of an empty text after `split`? Which parts should not be looked up?")
def empty_text_looked_up(path):
    return [NAME_OF[part.strip().lower()] for part in path.split(">")]


@parse.misconception("An empty text has no channel, but it has an answer. Which list is that?")
def none_for_empty(path):
    return [NAME_OF[part.strip().lower()] for part in path.split(">") if part.strip()] or None


# Three rules of attribution

credit = exercise(
    "credit",
    points=3,
    call="credit",
    title="Three rules of credit",
    answer="purchases by channel, a dictionary",
)
SHORT = [
    (["TV", "Search", "Web"], 1, 30),
    (["TV", "Social"], 0, 50),
    (["Search", "Web", "Search", "Store"], 1, 8),
]
credit.case(SHORT, "last")
credit.case(SHORT, "first")
credit.case(SHORT, "linear")
credit.case(REPORT, "last", shown='small, "last"')
credit.case([], "linear")


def some_journeys(rng, lines=7):
    """Lines with paths of one to four channels; both ends occur, and one path has a channel twice."""
    found = []
    for line in range(lines):
        path = rng.choice(CHANNELS, int(rng.integers(1, 5))).tolist()
        found.append((path, line % 2, int(rng.integers(2, 40))))
    return [*found, (["Search", "Web", "Search"], 1, int(rng.integers(2, 20)))]


credit.hidden(lambda rng: (some_journeys(rng), "last"), n=5, name="random journeys, last click")
credit.hidden(lambda rng: (some_journeys(rng), "first"), n=5, name="random journeys, first click")
credit.hidden(lambda rng: (some_journeys(rng), "linear"), n=5, name="random journeys, linear")
credit.hidden_case([(["TV", "Social"], 0, 9), (["Web"], 0, 3)], "last", name="journeys in which nobody buys")


@credit.alternative
def with_weights(journeys, rule):
    total = {channel: 0.0 for path, _, _ in journeys for channel in path}
    for path, bought, n in journeys:
        for place, channel in enumerate(path):
            part = {"first": place == 0, "last": place == len(path) - 1, "linear": 1 / len(path)}[rule]
            total[channel] += bought * n * part
    return total


@credit.alternative
def with_a_table(journeys, rule):
    if not journeys:
        return {}
    rows = []
    for path, bought, n in journeys:
        for place, channel in enumerate(path):
            chosen = {"first": 0, "last": len(path) - 1}.get(rule, place)
            part = n / len(path) if rule == "linear" else n
            rows.append((channel, part if bought and place == chosen else 0))
    return pd.DataFrame(rows, columns=["channel", "part"]).groupby("channel")["part"].sum().to_dict()


def shared_out(
    journeys,
    rule,
    *,
    sold=lambda bought, n: n if bought else 0,
    parts=lambda path: [(channel, 1 / len(path)) for channel in path],
    add=lambda old, new: old + new,
):
    """The credit of a student who goes wrong in one step only; not an answer itself."""
    total = {channel: 0 for path, _, _ in journeys for channel in path}
    for path, bought, n in journeys:
        ends = {"last": [(path[-1], 1)], "first": [(path[0], 1)]}
        for channel, part in ends[rule] if rule in ends else parts(path):
            if sold(bought, n):
                total[channel] = add(total[channel], part * sold(bought, n))
    return total


@credit.misconception("Credit for what? Some of these customers did not buy.")
def journeys_without_purchase_count(journeys, rule):
    return shared_out(journeys, rule, sold=lambda bought, n: n)


@credit.misconception("A line is not one customer. Which number of the line says how many there were?")
def lines_for_customers(journeys, rule):
    return shared_out(journeys, rule, sold=lambda bought, n: bought)


@credit.misconception("A channel without credit has an answer too: 0. Which one is missing in yours?")
def zeros_left_out(journeys, rule):
    return {channel: part for channel, part in shared_out(journeys, rule).items() if part}


@credit.misconception("Some channels were met only by customers who did not buy. Have they a key too?")
def channels_of_buyers_only(journeys, rule):
    return shared_out([line for line in journeys if line[1]], rule)


@credit.misconception("Where does a path begin, and where does it end? You have the two rules turned round.")
def ends_turned_round(journeys, rule):
    return shared_out(journeys, {"last": "first", "first": "last"}.get(rule, rule))


@credit.misconception("Three rules, three answers. Does your function look at `rule`?")
def always_last_click(journeys, rule):
    return shared_out(journeys, "last")


@credit.misconception(
    "With your rule there are more purchases than customers who bought. What are the parts?"
)
def everybody_gets_all(journeys, rule):
    return shared_out(journeys, rule, parts=lambda path: [(channel, 1) for channel in path])


@credit.misconception("A channel stands twice in this path. How many parts does it get?")
def twice_counts_once(journeys, rule):
    return shared_out(
        journeys, rule, parts=lambda path: [(channel, 1 / len(set(path))) for channel in set(path)]
    )


@credit.misconception("In how many parts is this purchase cut: contacts of the path, or different channels?")
def parts_of_different_channels(journeys, rule):
    return shared_out(journeys, rule, parts=lambda path: [(channel, 1 / len(set(path))) for channel in path])


@credit.misconception("A channel can have purchases from several lines. Do you add, or write over?")
def written_over(journeys, rule):
    return shared_out(journeys, rule, add=lambda old, new: new)


@credit.misconception("A channel that was there before keeps its purchases. When do you set it to 0?")
def set_to_zero_again(journeys, rule):
    total = {}
    for path, bought, n in journeys:
        for channel in path:
            total[channel] = 0
        for place, channel in enumerate(path):
            part = {"first": place == 0, "last": place == len(path) - 1}.get(rule, 1 / len(path))
            total[channel] = total[channel] + bought * n * part
    return total


@credit.misconception("How many purchases did each channel get? That is not the same as a share of all.")
def shares_for_purchases(journeys, rule):
    found = shared_out(journeys, rule)
    total = sum(found.values())
    return {channel: part / total for channel, part in found.items()} if total else found


@credit.misconception("A part of a purchase may have decimals. Did you round, or cut with `//`?")
def whole_parts(journeys, rule):
    return {channel: math.floor(part) for channel, part in shared_out(journeys, rule).items()}


@credit.misconception("Your answer has one line of the list only. Does `return` stand inside the loop?")
def first_line_only(journeys, rule):
    return shared_out(journeys[:1], rule)


@credit.misconception("Return the whole dictionary: what did *each* channel get?")
def winner_only(journeys, rule):
    found = shared_out(journeys, rule)
    return max(found, key=found.get) if found else {}


# The table of transitions

transitions = exercise(
    "transitions",
    points=3,
    call="transitions",
    title="The table of transitions",
    answer="shares by row, a DataFrame",
)
transitions.case([(["TV", "Web"], 1, 3), (["TV"], 0, 1)])
transitions.case([(["Search", "Search", "Store"], 0, 6), (["Store"], 1, 2)])
transitions.case(REPORT, shown="small")
transitions.case([])
transitions.hidden(some_journeys, n=4, name="random journeys")
transitions.hidden_case([(["TV"], 0, 5), (["Social"], 0, 5)], name="journeys in which nobody buys")


def counted(journeys, *, step=lambda n: n, states=lambda path, end: ["start", *path, end]):
    """Transitions in customers, ends without a row yet."""
    table = pd.DataFrame(0.0, index=ALL_STATES, columns=ALL_STATES)
    for path, bought, n in journeys:
        walk = states(path, "conversion" if bought else "null")
        for here, there in itertools.pairwise(walk):
            table.loc[here, there] += step(n)
    return table


def closed(table, *, sums=None):
    """The rows divided by their sums, and the two ends kept."""
    divided = table.div(table.sum(axis=1).replace(0, 1) if sums is None else sums, axis=0)
    for end in ("conversion", "null"):
        divided.loc[end, end] = 1.0
    return divided


@transitions.alternative
def with_crosstab(journeys):
    pairs = [
        (here, there, n)
        for path, bought, n in journeys
        for here, there in zip(["start", *path], [*path, ["null", "conversion"][bought]])  # noqa: B905
    ]
    found = pd.DataFrame(0.0, index=ALL_STATES, columns=ALL_STATES)
    if pairs:
        a, b, n = (list(column) for column in zip(*pairs))  # noqa: B905
        shares = pd.crosstab(pd.Series(a), pd.Series(b), pd.Series(n), aggfunc="sum", normalize="index")
        found.update(shares)
    found.loc["conversion", "conversion"] = found.loc["null", "null"] = 1.0
    return found


@transitions.alternative
def with_numpy(journeys):
    place = {state: number for number, state in enumerate(ALL_STATES)}
    table = np.zeros((len(ALL_STATES), len(ALL_STATES)))
    for path, bought, n in journeys:
        here = place["start"]
        for name in [*path, "conversion" if bought == 1 else "null"]:
            table[here, place[name]] += n
            here = place[name]
    table[-2, -2] = table[-1, -1] = 1
    sums = table.sum(axis=1, keepdims=True)
    return pd.DataFrame(table / np.where(sums == 0, 1, sums), index=ALL_STATES, columns=ALL_STATES)


@transitions.misconception("Divide by what leaves *this* state. By which number did you divide?")
def divided_by_all(journeys):
    table = counted(journeys)
    return closed(table / max(table.to_numpy().sum(), 1), sums=1)


@transitions.misconception("How many of *all* customers do this: or how many of those who are here?")
def divided_by_customers(journeys):
    return closed(counted(journeys) / max(sum(n for _, _, n in journeys), 1), sums=1)


@transitions.misconception("Each *row* adds up to 1. What adds up to 1 in your table?")
def divided_by_columns(journeys):
    table = counted(journeys)
    return closed(table / table.sum().replace(0, 1), sums=1)


@transitions.misconception("Is it the columns of your table that add up to 1? What should?")
def ends_and_columns(journeys):
    table = closed(counted(journeys), sums=1)
    return table / table.sum().replace(0, 1)


@transitions.misconception("Where is the customer after the first step? Does `here` follow?")
def never_moves_on(journeys):
    table = pd.DataFrame(0.0, index=ALL_STATES, columns=ALL_STATES)
    for path, bought, n in journeys:
        for there in [*path, "conversion" if bought else "null"]:
            table.loc["start", there] += n
    return closed(table)


def start_set_once(journeys):
    """Customers by transition if each line goes on where the line before it ended; not an answer itself."""
    table = pd.DataFrame(0.0, index=ALL_STATES, columns=ALL_STATES)
    here = "start"
    for path, bought, n in journeys:
        for there in [*path, "conversion" if bought else "null"]:
            table.loc[here, there] += n
            here = there
    return table


@transitions.misconception("In your table a customer leaves an end. Where does each new line begin?")
def one_long_journey(journeys):
    return closed(start_set_once(journeys))


@transitions.misconception(
    "Every line begins in `start` again. Is `here` set before the loop over the lines?"
)
def one_long_journey_divided_last(journeys):
    table = start_set_once(journeys)
    table.loc["conversion", "conversion"] = table.loc["null", "null"] = 1.0
    return table.div(table.sum(axis=1).replace(0, 1), axis=0)


@transitions.misconception("These are customers. Which step makes shares of them?")
def customers_for_shares(journeys):
    return closed(counted(journeys), sums=1)


@transitions.misconception("A line can stand for many customers. Did you count it once?")
def lines_once(journeys):
    return closed(counted(journeys, step=lambda n: 1))


@transitions.misconception("Where does a journey come from before its first channel? One row is empty.")
def without_start(journeys):
    return closed(counted(journeys, states=lambda path, end: [*path, end]))


@transitions.misconception("How does a journey end? Add its last step.")
def without_end(journeys):
    return closed(counted(journeys, states=lambda path, end: ["start", *path]))


@transitions.misconception("Customers who did not buy walked too. Where did they go in the end?")
def buyers_only(journeys):
    return closed(counted([line for line in journeys if line[1]]))


@transitions.misconception("Did everybody buy? Look at the second item of a line.")
def everybody_buys(journeys):
    return closed(counted([(path, 1, n) for path, _, n in journeys]))


@transitions.misconception("Rows say *from*, columns say *to*. Which of them is which in your table?")
def rows_and_columns_swapped(journeys):
    return closed(counted(journeys)).T


@transitions.misconception("Nobody leaves the two ends. Where does a customer go who has bought already?")
def ends_without_row(journeys):
    table = counted(journeys)
    return table.div(table.sum(axis=1).replace(0, 1), axis=0)


@transitions.misconception("0 divided by 0 is no number. What should the row of an unused channel hold?")
def nothing_divided_by_nothing(journeys):
    table = counted(journeys)
    return closed(table, sums=table.sum(axis=1))


@transitions.misconception("A share, not per cent: is there a 100 too many?")
def rows_in_per_cent(journeys):
    return 100 * closed(counted(journeys))


@transitions.misconception("A customer who stays at a channel makes a step too. Did you leave it out?")
def repeats_left_out(journeys):
    return closed(
        counted(
            [([c for c, before in zip(p, [None, *p]) if c != before], b, n) for p, b, n in journeys]  # noqa: B905
        )
    )


@transitions.misconception("A table has rows *and* columns for all `STATES`, also for unused ones.")
def unused_states_left_out(journeys):
    table = closed(counted(journeys))
    used = [s for s in ALL_STATES if table.loc[s].sum() > 0]
    return table.loc[used, used]


# The walk to its end


def chain(states, rows):
    """A table of transitions from rows such as {"start": {"A": 1}}; the two ends are added."""
    names = ["start", *states, "conversion", "null"]
    table = pd.DataFrame(0.0, index=names, columns=names)
    for here, row in {**rows, "conversion": {"conversion": 1}, "null": {"null": 1}}.items():
        for there, part in row.items():
            table.loc[here, there] = part
    return table


THREE = chain(
    ["C1", "C2", "C3"],
    {
        "start": {"C1": 2 / 3, "C2": 1 / 3},
        "C1": {"C2": 0.5, "null": 0.5},
        "C2": {"C3": 1},
        "C3": {"conversion": 0.5, "null": 0.5},
    },
)
DRUNKARD = chain(
    ["right", "middle", "left"],  # so that the first channel's answer is not that of a short walk
    {
        "start": {"middle": 1},
        "right": {"middle": 0.5, "conversion": 0.5},
        "middle": {"left": 0.5, "right": 0.5},
        "left": {"null": 0.5, "middle": 0.5},
    },
)
REPORT_TABLE = closed(counted(REPORT))
NOBODY = chain(["A", "B"], {"start": {"A": 0.4, "B": 0.6}, "A": {"B": 1}, "B": {"null": 1}})

conversion_prob = exercise(
    "conversion_prob",
    points=3,
    call="conversion_prob",
    title="Conversion of a chain",
    answer="a share between 0 and 1",
    compare=Comparison(abs=1e-5),
)
conversion_prob.case(THREE, shown="three")
conversion_prob.case(DRUNKARD, shown="back_and_forth")
conversion_prob.case(REPORT_TABLE, shown="transitions(small)")


def a_chain(rng, loops=True):
    """Three to five channels; with `loops` a customer may come back to a channel or stay there."""
    names = [f"channel {letter}" for letter in "ABCDE"[: int(rng.integers(3, 6))]]
    rows = {"start": dict(zip(names, rng.dirichlet(np.ones(len(names))).tolist(), strict=True))}
    for place, name in enumerate(names):
        goals = [*(names if loops else names[place + 1 :]), "conversion", "null"]
        rows[name] = dict(zip(goals, rng.dirichlet(np.ones(len(goals))).tolist(), strict=True))
    return chain(names, rows)


conversion_prob.hidden(lambda rng: a_chain(rng, loops=False), n=4, name="random journeys forward")
conversion_prob.hidden(a_chain, n=4, name="random journeys with loops")
conversion_prob.hidden_case(NOBODY, name="a market in which nobody buys")


def walked(P, steps=128):
    """Where those who start are after `steps` steps, as an array."""
    return np.linalg.matrix_power(P.to_numpy(), steps)[0]


def arrived(P):
    return float(walked(P)[-2])


@conversion_prob.alternative
def with_linear_equations(P):
    inner = [name for name in P.index if name not in ("conversion", "null")]
    left = np.eye(len(inner)) - P.loc[inner, inner].to_numpy()
    return float(np.linalg.solve(left, P.loc[inner, "conversion"].to_numpy())[inner.index("start")])


@conversion_prob.alternative
def with_a_power(P):
    far = np.linalg.matrix_power(P.to_numpy(), 128)
    names = list(P.index)
    return far[names.index("start"), names.index("conversion")]


@conversion_prob.alternative
def by_names(P):
    share = P.loc["start"]
    for _ in range(99):
        share = share @ P
    return share["conversion"]


@conversion_prob.alternative
def backwards(P):
    chance = pd.Series(0.0, index=P.index)
    chance["conversion"] = 1
    for _ in range(100):
        chance = P @ chance
    return chance["start"]


@conversion_prob.misconception("A journey has many steps. How many did your crowd take?")
def one_step(P):
    return P.loc["start", "conversion"]


@conversion_prob.misconception(
    "After two steps most are still on their way. Does `return` stand inside the loop?"
)
def two_steps(P):
    return float(walked(P, 2)[-2])


@conversion_prob.misconception("Some are still on their way. How many steps does the task ask for?")
def four_steps(P):
    return float(walked(P, 4)[-2])


@conversion_prob.misconception("Five steps are few when customers come back to a channel. Let them walk on.")
def five_steps(P):
    return float(walked(P, 5)[-2])


@conversion_prob.misconception("That is the share of those who are lost. Which end is asked for?")
def the_other_end(P):
    return 1 - arrived(P)


@conversion_prob.misconception("You added up a column. Do equally many customers come to each of these rows?")
def column_added_up(P):
    return float(P["conversion"].iloc[:-2].sum())


@conversion_prob.misconception(
    "You added up a whole column, with the row of the end in it. Who stands there?"
)
def whole_column_added_up(P):
    return float(P["conversion"].sum())


@conversion_prob.misconception(
    "A mean of the channels treats them as equally large. Where do customers begin?"
)
def mean_of_channels(P):
    return float(P["conversion"].iloc[1:-2].mean())


@conversion_prob.misconception(
    "Who has bought stays in `conversion`. Did you count these people at each step?"
)
def counted_at_each_step(P):
    return float(sum(walked(P, steps)[-2] for steps in range(101)))


@conversion_prob.misconception("Where does the walk begin: in `start`, or in the first channel?")
def from_the_first_channel(P):
    return float(np.linalg.matrix_power(P.to_numpy(), 128)[1, -2])


@conversion_prob.misconception("Return where people are in *one* end, not everywhere.")
def all_places(P):
    return walked(P).tolist()


@conversion_prob.misconception("A share, not per cent: is there a 100 too many?")
def conversion_in_per_cent(P):
    return 100 * arrived(P)


@conversion_prob.misconception("Return the share as it is. Did you round it?")
def conversion_rounded(P):
    return round(arrived(P), 2)


# One channel less

removal_effect = exercise(
    "removal_effect",
    points=3,
    call="removal_effect",
    title="The removal effect",
    answer="a share of the purchases",
    compare=Comparison(abs=1e-5),
    needs=("conversion_prob",),
)
removal_effect.case(THREE, "C1", shown='three, "C1"')
removal_effect.case(THREE, "C3", shown='three, "C3"')
removal_effect.case(REPORT_TABLE, "TV", shown='transitions(small), "TV"')
removal_effect.case(NOBODY, "A", shown='nobody_buys, "A"')
removal_effect.hidden(
    lambda rng: (a_chain(rng), f"channel {rng.choice(list('ABC'))}"), n=4, name="random journeys with loops"
)
UNUSED = chain(["A", "B"], {"start": {"A": 1}, "A": {"conversion": 0.3, "null": 0.7}, "B": {"conversion": 1}})
removal_effect.hidden_case(UNUSED, "B", name="a channel that nobody comes to")


def without(P, channel, to="null"):
    """The table in which those who would go to the channel go elsewhere."""
    other = P.copy()
    other[to] = other[to] + other[channel]
    other[channel] = 0.0
    return other


def renormalised(P, channel):
    """The table without the channel's row and column, its other rows stretched to 1."""
    other = P.drop(index=channel, columns=channel)
    return other.div(other.sum(axis=1).replace(0, 1), axis=0)


@removal_effect.alternative
def with_an_empty_row(P, channel):
    base = arrived(P)
    if base == 0:
        return None
    other = P.copy()
    other.loc[channel] = 0.0
    return 1 - arrived(other) / base


@removal_effect.alternative
def by_dropping_it(P, channel):
    base = arrived(P)
    return (base - arrived(P.drop(index=channel, columns=channel))) / base if base > 0 else None


@removal_effect.misconception(
    "Where does the customer go when the channel is gone? Not to the other channels."
)
def others_take_over(P, channel):
    base = arrived(P)
    return 1 - arrived(renormalised(P, channel)) / base if base else None


@removal_effect.misconception(
    "How much is lost *of what there was*? Divide by the conversion with all channels."
)
def difference_only(P, channel):
    base = arrived(P)
    return base - arrived(without(P, channel)) if base else None


@removal_effect.misconception("That share of the purchases is *left*. Which share is lost?")
def what_is_left(P, channel):
    base = arrived(P)
    return arrived(without(P, channel)) / base if base else None


@removal_effect.misconception("That is the conversion without the channel. Compare it with the one before.")
def conversion_without(P, channel):
    return arrived(without(P, channel)) if arrived(P) else None


@removal_effect.misconception("Is a loss above 0 or below 0 here? Which of the two is subtracted?")
def sign_turned(P, channel):
    base = arrived(P)
    return arrived(without(P, channel)) / base - 1 if base else None


@removal_effect.misconception("Do customers buy when their channel is closed? To which end do they go?")
def everybody_buys_at_once(P, channel):
    base = arrived(P)
    return 1 - arrived(without(P, channel, to="conversion")) / base if base else None


@removal_effect.misconception(
    "Did you close the way *to* the channel, or only the way from it to a purchase?"
)
def last_step_only(P, channel):
    base = arrived(P)
    other = P.copy()
    other.loc[channel, "null"] += other.loc[channel, "conversion"]
    other.loc[channel, "conversion"] = 0.0
    return 1 - arrived(other) / base if base else None


@removal_effect.misconception(
    "People can come to the channel from everywhere. Did you close the way from `start` only?"
)
def only_from_start(P, channel):
    base = arrived(P)
    other = P.copy()
    other.loc["start", "null"] += other.loc["start", channel]
    other.loc["start", channel] = 0.0
    return 1 - arrived(other) / base if base else None


@removal_effect.misconception("You divided by what is left. What was the whole before?")
def divided_by_what_is_left(P, channel):
    base, left = arrived(P), arrived(without(P, channel))
    if base == 0:
        return None
    return base / left - 1 if left else 1.0


@removal_effect.misconception("A share, not per cent: is there a 100 too many?")
def effect_in_per_cent(P, channel):
    base = arrived(P)
    return 100 * (1 - arrived(without(P, channel)) / base) if base else None


@removal_effect.misconception("Return the effect as it is. Did you round it?")
def effect_rounded(P, channel):
    base = arrived(P)
    return round(1 - arrived(without(P, channel)) / base, 2) if base else None


@removal_effect.misconception("If nobody buys, nothing can be lost. Is 0 an answer, or is there none?")
def zero_if_nobody_buys(P, channel):
    base = arrived(P)
    return 1 - arrived(without(P, channel)) / base if base else 0.0


@removal_effect.misconception("Nothing can be divided by 0. Ask first whether anybody buys.")
def divided_by_nothing(P, channel):
    base = np.float64(arrived(P))
    return 1 - arrived(without(P, channel)) / base if base else math.nan


# Shares of all effects

removal_shares = exercise(
    "removal_shares",
    points=2,
    call="removal_shares",
    title="Shares by removal",
    answer="a share for each channel, a dictionary",
    compare=Comparison(abs=1e-5),
    needs=("conversion_prob", "removal_effect"),
)
removal_shares.case(THREE, shown="three")
removal_shares.case(REPORT_TABLE, shown="transitions(small)")
removal_shares.case(NOBODY, shown="nobody_buys")
removal_shares.hidden(a_chain, n=3, name="random journeys with loops")
removal_shares.hidden_case(UNUSED, name="a channel that nobody comes to")


def effects_of(P, other=without):
    base = arrived(P)
    return {name: 1 - arrived(other(P, name)) / base for name in P.columns[1:-2]} if base else {}


@removal_shares.alternative
def with_a_series(P):
    effects = pd.Series(effects_of(P), dtype=float)
    return (effects / effects.sum()).to_dict() if len(effects) else None


@removal_shares.alternative
def from_differences(P):
    base = arrived(P)
    if base == 0:
        return None
    lost = {name: base - arrived(without(P, name)) for name in P.columns[1:-2]}
    total = sum(lost.values())
    return {name: part / total for name, part in lost.items()}


@removal_shares.misconception(
    "These are the effects. They are more than 1 together: what is still to be done?"
)
def effects_themselves(P):
    return effects_of(P) or None


@removal_shares.misconception("Does `start` belong to the channels? Nobody can switch it off.")
def start_is_a_channel(P):
    effects = {"start": 1.0, **effects_of(P)}
    return {n: e / sum(effects.values()) for n, e in effects.items()} if len(effects) > 1 else None


@removal_shares.misconception("The two ends are no channels. Which names must be left out of the loop?")
def ends_are_channels(P):
    effects = {**effects_of(P), "conversion": 1.0, "null": 0.0}
    return {n: e / sum(effects.values()) for n, e in effects.items()} if len(effects) > 2 else None


@removal_shares.misconception("You divided by the number of channels. What do shares add up to?")
def divided_by_the_number(P):
    effects = effects_of(P)
    return {name: effect / len(effects) for name, effect in effects.items()} if effects else None


@removal_shares.misconception("You divided by the largest effect. What do shares add up to?")
def divided_by_the_largest(P):
    effects = effects_of(P)
    return {name: effect / max(effects.values()) for name, effect in effects.items()} if effects else None


@removal_shares.misconception("Your effects let other channels take over. Does `removal_effect` do that too?")
def shares_of_stretched_rows(P):
    effects = effects_of(P, renormalised)
    total = sum(effects.values())
    return {name: effect / total for name, effect in effects.items()} if total else None


@removal_shares.misconception("A share, not per cent: is there a 100 too many?")
def shares_in_per_cent(P):
    effects = effects_of(P)
    return {n: 100 * e / sum(effects.values()) for n, e in effects.items()} if effects else None


@removal_shares.misconception("Return the shares as they are. Did you round them?")
def shares_rounded(P):
    effects = effects_of(P)
    return {n: round(e / sum(effects.values()), 2) for n, e in effects.items()} if effects else None


@removal_shares.misconception("Equal parts for all? Which channel can the market do without best?")
def equal_parts(P):
    effects = effects_of(P)
    return {name: 1 / len(effects) for name in effects} if effects else None


@removal_shares.misconception("The shares are right. Which channel does each of them belong to?")
def without_names(P):
    effects = effects_of(P)
    return [effect / sum(effects.values()) for effect in effects.values()] if effects else None


@removal_shares.misconception(
    "If nobody buys, no channel has earned anything. Is a dictionary an answer then?"
)
def zeros_if_nobody_buys(P):
    effects = effects_of(P)
    if not effects:
        return dict.fromkeys(P.columns[1:-2], 0.0)
    return {name: effect / sum(effects.values()) for name, effect in effects.items()}


@removal_shares.misconception("A channel without effect has a share too: 0. Which one is missing in yours?")
def channels_without_effect_left_out(P):
    effects = effects_of(P)
    total = sum(effects.values())
    return {n: e / total for n, e in effects.items() if e > 1e-9} if effects else None


# Raw uplift and uplift within levels

uplifts = exercise(
    "uplifts",
    points=3,
    call="uplifts",
    title="Like with like",
    answer="raw uplift and uplift within, in euro",
)
FEW = pd.DataFrame(
    {
        "channels": [1, 1, 1, 2, 1, 3, 2, 5],
        "loyalty": ["low", "low", "low", "low", "high", "high", "high", "high"],
        "spend": [10.0, 12.0, 14.0, 15.0, 40.0, 41.0, 42.0, 46.0],
    }
)
UNEQUAL = pd.DataFrame(
    {
        "channels": [1, 2, 1, 1, 2, 3, 3, 4],
        "loyalty": ["low", "low", "mid", "mid", "mid", "mid", "mid", "mid"],
        "spend": [20.0, 30.0, 50.0, 50.0, 55.0, 57.0, 54.0, 54.0],
    }
)
uplifts.case(FEW, shown="eight")
uplifts.case(UNEQUAL, shown="two_and_six")
uplifts.shuffled_rows(FEW, shown="eight", name="eight, in another order")


def some_customers(rng):
    """Sixty customers of three levels of unequal size; who likes the shop uses more channels."""
    level = np.repeat([0, 1, 2], rng.permutation([32, 18, 10]))
    channels = 1 + rng.binomial(4, 0.1 + 0.15 * level)
    starts = np.flatnonzero(np.diff(level, prepend=-1))
    channels[starts], channels[starts + 1], channels[starts + 2] = 1, 2, 4
    spend = 30 + 25 * level + 3 * (channels > 1) + rng.normal(0, 4, 60)
    names = np.array(["Gent", "Delft", "Akureyri"])[level]
    found = pd.DataFrame({"channels": channels, "loyalty": names, "spend": spend.round(2)})
    return found.sample(frac=1, random_state=int(rng.integers(1000))).reset_index(drop=True)


uplifts.hidden(some_customers, n=5, name="random customers")
uplifts.hidden_case(FEW.assign(loyalty="all"), name="one level only")


def gap_of(group, middle="mean", many=2):
    spend = group["spend"].groupby(group["channels"] >= many).agg(middle)
    return float(spend.get(True, math.nan) - spend.get(False, math.nan))


def levels_of(customers, **how):
    """Difference, customers, customers with several channels, per level; an array with a row a level."""
    return np.array(
        [
            (gap_of(group, **how), len(group), (group["channels"] > 1).sum(), (group["channels"] == 1).sum())
            for _, group in customers.groupby("loyalty")
        ]
    )


def weighted(customers, weight=1, **how):
    levels = levels_of(customers, **how)
    return float(np.average(levels[:, 0], weights=levels[:, weight]))


@uplifts.alternative
def with_averages(customers):
    return gap_of(customers), weighted(customers)


@uplifts.alternative
def with_a_pivot(customers):
    means = customers.assign(several=customers["channels"] > 1).pivot_table(
        index="loyalty", columns="several", values="spend", aggfunc="mean"
    )
    weights = customers["loyalty"].value_counts(normalize=True)
    raw = customers.loc[customers["channels"] > 1, "spend"].mean()
    raw = raw - customers.loc[customers["channels"] < 2, "spend"].mean()
    return [raw, ((means[True] - means[False]) * weights).sum()]


@uplifts.misconception("Who chooses many channels? Compare customers of the same level only.")
def raw_twice(customers):
    return gap_of(customers), gap_of(customers)


@uplifts.misconception("The levels are not equally large. Which weights does the task name?")
def levels_count_equally(customers):
    return gap_of(customers), float(levels_of(customers)[:, 0].mean())


@uplifts.misconception("You weighted with those who have several channels. Does the task name only them?")
def weighted_with_several(customers):
    return gap_of(customers), weighted(customers, weight=2)


@uplifts.misconception("You weighted with those who have one channel. Does the task name only them?")
def weighted_with_one(customers):
    return gap_of(customers), weighted(customers, weight=3)


@uplifts.misconception("You added the levels up. What must you divide by to get a mean?")
def levels_added_up(customers):
    return gap_of(customers), float(levels_of(customers)[:, 0].sum())


@uplifts.misconception(
    "You multiplied with customers and added up. What is the last step of a weighted mean?"
)
def not_divided(customers):
    levels = levels_of(customers)
    return gap_of(customers), float((levels[:, 0] * levels[:, 1]).sum())


@uplifts.misconception("A large level should count more, not less. Do you divide where you should multiply?")
def divided_by_the_level(customers):
    levels = levels_of(customers)
    return gap_of(customers), float((levels[:, 0] / levels[:, 1]).sum())


@uplifts.misconception("Several channels against *one*, not against everybody. Whom do you compare with?")
def compared_with_everybody(customers):
    def difference(group):
        return float(group.loc[group["channels"] > 1, "spend"].mean() - group["spend"].mean())

    parts = [difference(group) * len(group) for _, group in customers.groupby("loyalty")]
    return difference(customers), sum(parts) / len(customers)


@uplifts.misconception("Both numbers are right. In which order does the task ask for them?")
def order_turned(customers):
    return weighted(customers), gap_of(customers)


@uplifts.misconception(
    "If those with several channels spend more, both numbers are above 0. What is subtracted?"
)
def signs_turned(customers):
    return -gap_of(customers), -weighted(customers)


@uplifts.misconception("Where do *several* channels begin? Look at your comparison again.")
def several_from_three(customers):
    return gap_of(customers, many=3), weighted(customers, many=3)


@uplifts.misconception("Who has exactly two channels? These customers are in none of your groups.")
def two_channels_in_no_group(customers):
    return gap_of(customers[customers["channels"] != 2]), weighted(customers[customers["channels"] != 2])


@uplifts.misconception("The comparison for `raw` leaves out somebody: those with exactly two channels.")
def two_channels_not_in_raw(customers):
    return gap_of(customers[customers["channels"] != 2]), weighted(customers)


@uplifts.misconception("The task asks for means. Did you take the middle value?")
def medians(customers):
    return gap_of(customers, middle="median"), weighted(customers, middle="median")


@uplifts.misconception("A sum grows with the number of customers. Which word of the task did you read over?")
def sums(customers):
    return gap_of(customers, middle="sum"), weighted(customers, middle="sum")


@uplifts.misconception("Two numbers tell the story here. Which one is missing?")
def raw_only(customers):
    return gap_of(customers)


@uplifts.misconception("Return the differences as they are. Did you round them?")
def uplifts_rounded(customers):
    return round(gap_of(customers), 1), round(weighted(customers), 1)


@uplifts.misconception("Is the difference asked for in euro, or as a part of the spending?")
def relative(customers):
    base = customers.loc[customers["channels"] == 1, "spend"].mean()
    return gap_of(customers) / base, weighted(customers) / base


# The uplift of the stored file

omni = data.load("omni")
amounts = omni["spend_eur"].str.replace("€ ", "", regex=False).str.replace(".", "", regex=False)
everybody = omni.assign(spend=amounts.str.replace(",", ".", regex=False).astype(float))
customers_only = everybody[everybody["spend"] <= 1000]

within_uplift = exercise(
    "within_uplift",
    points=2,
    value="within_uplift",
    title="The uplift of the file",
    answer="an uplift in euro",
    compare=Comparison(abs=6e-4),
    needs=("uplifts",),
)
within_uplift.right(round(weighted(customers_only), 3))
within_uplift.right(np.float64(weighted(customers_only)))
within_uplift.wrong(
    gap_of(customers_only),
    "Who chooses many channels? This number compares loyal customers with others.",
)
within_uplift.wrong(
    weighted(everybody), "Is an uplift below 0 likely? Look at the largest amounts: whose orders are they?"
)
within_uplift.wrong(
    gap_of(everybody),
    "Two things are left: whose orders are above 1,000 euro, and which of the two uplifts is asked for?",
)
within_uplift.wrong(
    float(levels_of(customers_only)[:, 0].mean()),
    "The levels are not equally large. Does your function weight them?",
)
within_uplift.wrong(
    weighted(customers_only, weight=2),
    "Does your function weight with all customers of a level, or with some of them?",
)
within_uplift.wrong(
    (gap_of(customers_only), weighted(customers_only)),
    "Your function gives two numbers. Which of them is the uplift *within* the levels?",
)
within_uplift.wrong(
    100 * weighted(customers_only), "Euro or cents? Look at what you did with the comma of the amounts."
)
within_uplift.wrong(
    round(weighted(customers_only), 1), "That is rounded too much. How many decimals does the task ask for?"
)
within_uplift.wrong(math.nan, "The answer is nan: is there a blank in your column of spending?")

# TV and search

searches_change = exercise(
    "searches_change",
    points=2,
    call="searches_change",
    title="TV and search",
    answer="a change as a share",
    compare=Comparison(abs=1e-7),
)
searches_change.case(10, 0.17)
searches_change.case(-50, 0.17)
searches_change.case(44, 0.5)
searches_change.case(-100, 0.17)
searches_change.case(-120, 0.17)
searches_change.hidden(
    lambda rng: (int(rng.integers(20, 300)), round(float(rng.uniform(0.05, 0.9)), 2)),
    n=8,
    name="random campaigns that grow",
)
searches_change.hidden(
    lambda rng: (-int(rng.integers(20, 95)), round(float(rng.uniform(0.05, 0.9)), 2)),
    n=5,
    name="random campaigns that shrink",
)
searches_change.hidden_case(100, 0.17, name="twice as much advertising")
searches_change.hidden_case(0, 0.3, name="no change at all")


@searches_change.alternative
def with_logarithms(pct, elasticity):
    if pct < -100:
        return None
    if pct == -100:
        return -1.0
    return math.expm1(elasticity * math.log1p(pct / 100))


@searches_change.alternative
def new_over_old(pct, elasticity):
    old, new = 200, 200 + 2 * pct
    return (3 * new**elasticity) / (3 * old**elasticity) - 1 if new >= 0 else None


@searches_change.misconception(
    "For a small change that is nearly right. The elasticity is an *exponent* here."
)
def per_cent_times_elasticity(pct, elasticity):
    return elasticity * pct / 100 if pct >= -100 else None


@searches_change.misconception(
    "Two steps are missing: the elasticity is an exponent, and the answer a share."
)
def per_cent_of_searches(pct, elasticity):
    return elasticity * pct if pct >= -100 else None


@searches_change.misconception(
    "That is how many times as many searches there are. By how much did they *change*?"
)
def factor_for_change(pct, elasticity):
    return (1 + pct / 100) ** elasticity if pct >= -100 else None


@searches_change.misconception("A share, not per cent: is there a 100 too many?")
def change_in_per_cent(pct, elasticity):
    return 100 * ((1 + pct / 100) ** elasticity - 1) if pct >= -100 else None


@searches_change.misconception("That is a change of the logarithm. How do you get back to searches?")
def change_of_the_logarithm(pct, elasticity):
    if pct < -100:
        return None
    return elasticity * math.log1p(pct / 100) if pct > -100 else -1.0


@searches_change.misconception(
    "`math.log10` and `math.exp` have different bases. Or do you need a logarithm at all?"
)
def mixed_bases(pct, elasticity):
    if pct < -100:
        return None
    return math.exp(elasticity * math.log10(1 + pct / 100)) - 1 if pct > -100 else -1.0


@searches_change.misconception("What changes with what? Your exponent turns searches into advertising.")
def exponent_upside_down(pct, elasticity):
    return (1 + pct / 100) ** (1 / elasticity) - 1 if pct >= -100 else None


@searches_change.misconception("10 is ten per cent. How many times as much is it? Divide by 100 first.")
def per_cent_as_share(pct, elasticity):
    return (1 + max(pct, -1)) ** elasticity - 1 if pct >= -100 else None


@searches_change.misconception(
    "How much is the new amount, compared with the old one: the change, or 1 plus the change?"
)
def change_without_the_whole(pct, elasticity):
    return abs(pct / 100) ** elasticity - 1 if pct >= -100 else None


@searches_change.misconception(
    "You raised the change. Which amount, divided by which, gets the exponent? What is left to do?"
)
def change_to_the_power(pct, elasticity):
    return abs(pct / 100) ** elasticity if pct >= -100 else None


@searches_change.misconception("Python makes the power first. What must stand in brackets?")
def brackets_forgotten(pct, elasticity):
    return 1 + (pct / 100) * 1**elasticity - 1 if pct >= -100 else None


@searches_change.misconception("Less advertising, and more searches? What does `abs` throw away?")
def sign_lost(pct, elasticity):
    return (1 + abs(pct) / 100) ** elasticity - 1 if pct >= -100 else None


@searches_change.misconception("Return the change as it is. Did you round it?")
def change_rounded(pct, elasticity):
    return round((1 + pct / 100) ** elasticity - 1, 3) if pct >= -100 else None


@searches_change.misconception("Is less advertising than none possible? Ask for it first.")
def less_than_nothing(pct, elasticity):
    return max(1 + pct / 100, 0) ** elasticity - 1


@searches_change.misconception(
    "All advertising stops: does that have an answer? Where exactly does `None` begin?"
)
def none_for_a_stop(pct, elasticity):
    return (1 + pct / 100) ** elasticity - 1 if pct > -100 else None


@searches_change.misconception("Advertising can fall too. For which changes does the task ask for `None`?")
def only_growth(pct, elasticity):
    return (1 + pct / 100) ** elasticity - 1 if pct >= 0 else None


# Claims

true_claims = exercise(
    "true_claims",
    points=2,
    choice="true_claims",
    title="True claims about channels",
    options={
        "a": "Claim a: where on a path does a channel stand that makes others begin?",
        "b": "Claim b: can one purchase need two channels? What does each of their effects count?",
        "c": "Claim c: who chooses several channels? Was anybody made to?",
        "d": "Claim d: what sign has the elasticity that was measured?",
        "e": "Claim e: what does a complement do to the worth of the other?",
        "f": "Claim f: is an idea wrong because its example got old?",
    },
)
