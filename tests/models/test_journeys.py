"""Journeys as a chain: textbook chains, the course's example, and four ways to give credit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4 import data
from marketing4.models.journeys import (
    RULES,
    absorption,
    attribution,
    conversion_probability,
    draw_journeys,
    expected_moves,
    removal_effects,
    transition_matrix,
)

SMALL = data.load("journeys_small")
EXAMPLE = (SMALL["path"].tolist(), SMALL["converted"].to_numpy(), SMALL["n"].to_numpy())
THREE = (["C1>C2>C3", "C1", "C2>C3"], [1, 0, 0])
lines = st.lists(
    st.tuples(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=6), st.booleans(), st.integers(1, 9)),
    min_size=1,
    max_size=12,
)


def unpacked(some):
    paths, converted, counts = zip(*some, strict=True)
    return list(paths), list(converted), list(counts)


# Absorption.


def test_the_drunkard_gets_home_as_in_the_textbook():
    q = [[0, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0]]
    r = [[0.5, 0], [0, 0], [0, 0.5]]
    walk = absorption(q, r)
    assert walk.visits == pytest.approx(np.array([[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]]), abs=1e-12)
    assert walk.steps == pytest.approx(np.array([3, 4, 3]), abs=1e-12)
    assert walk.ends == pytest.approx(np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]), abs=1e-12)


def test_a_state_that_leads_nowhere_else_is_left_after_one_step():
    end = absorption([[0]], [[0.3, 0.7]])
    assert end.steps == pytest.approx([1])
    assert end.ends == pytest.approx(np.array([[0.3, 0.7]]))


@pytest.mark.parametrize(
    ("q", "r", "message"),
    [
        ([[0.5, 0.5]], [[0]], "q must be square with as many rows as r"),
        ([[0.5]], [[0.4]], "rows of q and r together must sum to 1, got 0.9"),
        ([[1.5]], [[-0.5]], "probabilities in q and r must be from 0 to 1, got 1.5"),
        ([[1]], [[0]], "q must let every state reach an end"),
        ([[0, 1, 0], [1, 0, 0], [0, 0, 0]], [[0], [0], [1]], "q must let every state reach an end"),
    ],
)
def test_impossible_chains_are_refused(q, r, message):
    with pytest.raises(ValueError, match=message):
        absorption(q, r)


# The chain of the course's example.


def test_the_chain_of_the_example_counts_moves_from_each_state():
    chain = transition_matrix(*EXAMPLE)
    assert chain.channels == ("TV", "Search", "Web", "Store", "Social")
    place = {state: number for number, state in enumerate(chain.states)}
    assert chain.probabilities[place["TV"], place["Search"]] == 0.5
    assert chain.probabilities[place["start"], place["TV"]] == 0.5
    assert chain.probabilities[place["Web"], place["conversion"]] == pytest.approx(45 / 95)
    assert chain.moves[place["start"]].sum() == 200
    assert chain.probabilities.sum(axis=1) == pytest.approx(np.ones(len(chain.states)))


def test_the_chain_of_the_example_converts_as_often_as_its_journeys_did():
    assert conversion_probability(transition_matrix(*EXAMPLE)) == pytest.approx(0.4, abs=1e-12)


def test_the_removal_effects_of_the_example_are_as_tabulated():
    effects = removal_effects(transition_matrix(*EXAMPLE))
    expected = {"TV": 0.31374, "Search": 0.72159, "Web": 0.5625, "Store": 0.4375, "Social": 0.09412}
    assert effects == pytest.approx(expected, abs=1e-5)
    assert sum(effects.values()) > 1


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("last", (0, 0, 45, 35, 0)),
        ("first", (50, 10, 0, 15, 5)),
        ("linear", (16.667, 23.333, 16.667, 21.667, 1.667)),
        ("removal", (11.787, 27.109, 21.132, 16.436, 3.536)),
    ],
)
def test_the_example_is_credited_as_tabulated(rule, expected):
    credit = attribution(*EXAMPLE, rule=rule)
    assert list(credit) == ["TV", "Search", "Web", "Store", "Social"]
    assert list(credit.values()) == pytest.approx(expected, abs=1e-3)


def test_three_channels_share_one_purchase_as_in_the_known_example():
    chain = transition_matrix(*THREE)
    assert conversion_probability(chain) == pytest.approx(1 / 3)
    assert removal_effects(chain) == pytest.approx({"C1": 0.5, "C2": 1, "C3": 1}, abs=1e-12)
    assert attribution(*THREE, rule="removal") == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-12)


# Properties.


@given(lines)
def test_the_chain_always_converts_at_the_observed_rate(some):
    paths, converted, counts = unpacked(some)
    chain = transition_matrix(paths, converted, counts)
    assert conversion_probability(chain) == pytest.approx(np.average(converted, weights=counts), abs=1e-9)


@given(lines)
def test_every_rule_gives_away_all_purchases_and_no_more(some):
    paths, converted, counts = unpacked(some)
    total = np.dot(converted, counts)
    for rule in RULES if total else RULES[:3]:
        assert sum(attribution(paths, converted, counts, rule).values()) == pytest.approx(total)


@given(lines)
def test_a_contact_that_follows_itself_does_not_change_the_removal_effects(some):
    paths, converted, counts = unpacked(some)
    if not np.dot(converted, counts):
        return
    once = [[c for i, c in enumerate(path) if i == 0 or c != path[i - 1]] for path in paths]
    long = removal_effects(transition_matrix(paths, converted, counts))
    short = removal_effects(transition_matrix(once, converted, counts))
    assert long == pytest.approx(short, abs=1e-9)


@given(lines)
def test_a_line_with_a_count_is_as_many_lines(some):
    paths, converted, counts = unpacked(some)
    each = [path for path, count in zip(paths, counts, strict=True) for _ in range(count)]
    repeated = transition_matrix(each, np.repeat(converted, counts))
    assert repeated.moves == pytest.approx(transition_matrix(paths, converted, counts).moves)


@given(lines)
def test_without_all_channels_nobody_buys(some):
    chain = transition_matrix(*unpacked(some))
    assert conversion_probability(chain, chain.channels) == 0


@given(lines)
def test_expected_moves_add_up_to_the_moves_that_were_counted(some):
    paths, converted, counts = unpacked(some)
    chain = transition_matrix(paths, converted, counts)
    assert expected_moves(chain) * sum(counts) == pytest.approx(chain.moves, abs=1e-6)


@given(lines)
def test_whoever_comes_to_a_channel_that_is_gone_ends_there(some):
    chain = transition_matrix(*unpacked(some))
    gone = chain.channels[0]
    moves = expected_moves(chain, gone)
    place = chain.states.index(gone)
    assert moves[place, -1] == pytest.approx(moves[:, place].sum())
    assert moves[:, -2].sum() == pytest.approx(conversion_probability(chain, gone))
    assert moves[:, -2:].sum() == pytest.approx(1)


def test_lines_that_stand_for_no_journey_do_not_count():
    assert transition_matrix(["A", "B"], [1, 0], [3, 0]).channels == ("A",)


def test_a_touchpoint_that_stands_twice_gets_two_parts_of_a_linear_credit():
    credit = attribution(["A>A>B"], [1], rule="linear")
    assert credit == pytest.approx({"A": 2 / 3, "B": 1 / 3})


def test_random_journeys_follow_the_chain():
    chain = transition_matrix(*EXAMPLE)
    drawn = draw_journeys(chain, 20_000, seed=4)
    # Four errors of a share of .4 in 20,000 journeys are .014.
    assert drawn.converted.mean() == pytest.approx(0.4, abs=0.014)
    assert np.mean([path[0] == "TV" for path in drawn.paths]) == pytest.approx(0.5, abs=0.015)
    again = removal_effects(transition_matrix(drawn.paths, drawn.converted))
    assert again == pytest.approx(removal_effects(chain), abs=0.03)


def test_the_same_seed_draws_the_same_journeys_and_another_draws_others():
    chain = transition_matrix(*EXAMPLE)
    assert draw_journeys(chain, 50, 3).paths == draw_journeys(chain, 50, 3).paths
    assert draw_journeys(chain, 50, 3).paths != draw_journeys(chain, 50, 4).paths


# Bad input.


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], []), "counts must hold at least one journey, got 0"),
        ((["A"], [1], [0]), "counts must hold at least one journey, got 0"),
        ((["A", "B"], [1]), "paths, converted and counts must be equally long, got 2, 1 and 2"),
        ((["A"], [2]), "converted must be 0 or 1, got 2"),
        ((["A"], [1], [-3]), "counts must be numbers of at least 0, got -3"),
        (([[]], [1]), r"paths must name at least one channel each, got \(\)"),
        ((["A>>B"], [1]), "paths must name at least one channel each"),
        ((["A>null"], [1]), "paths must not name a channel like a state of the chain, got 'null'"),
    ],
)
def test_impossible_journeys_are_refused(arguments, message):
    for call in (transition_matrix, attribution):
        with pytest.raises(ValueError, match=message):
            call(*arguments)


def test_other_impossible_requests_are_refused():
    chain = transition_matrix(*THREE)
    with pytest.raises(ValueError, match=r"without must name channels \(C1, C2, C3\), got 'Radio'"):
        conversion_probability(chain, "Radio")
    with pytest.raises(ValueError, match="without must name channels"):
        expected_moves(chain, "Radio")
    with pytest.raises(ValueError, match="rule must be one of last, first, linear, removal, got 'best'"):
        attribution(*THREE, rule="best")
    with pytest.raises(ValueError, match="conversion must be above 0 for removal effects, got 0"):
        attribution(["A"], [0], rule="removal")
    with pytest.raises(ValueError, match="n must be a whole number of at least 1, got 0"):
        draw_journeys(chain, 0, 1)
