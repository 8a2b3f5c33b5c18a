"""Value nets: published Shapley values, the axioms behind them, and why added values cannot all be paid."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.value_net import added_values, arrivals, shapley

NET = {"F": 10, "FC": 40, "FP": 20, "FCP": 60}
COALITIONS = ["F", "C", "P", "FC", "FP", "CP", "FCP"]
worths = st.lists(st.floats(-100, 100), min_size=7, max_size=7).map(
    lambda values: dict(zip(COALITIONS, values, strict=True))
)


def test_firm_community_and_partner_earn_their_tabulated_values():
    earned = shapley(NET)
    assert list(earned) == ["F", "C", "P"]
    assert list(earned.values()) == pytest.approx([33 + 1 / 3, 18 + 1 / 3, 8 + 1 / 3], abs=1e-9)


def test_the_one_left_glove_earns_two_thirds():
    gloves = {("left", "right 1"): 1, ("left", "right 2"): 1, ("left", "right 1", "right 2"): 1}
    earned = shapley(gloves)
    assert earned == pytest.approx({"left": 2 / 3, "right 1": 1 / 6, "right 2": 1 / 6}, abs=1e-9)
    assert added_values(gloves) == {"left": 1, "right 1": 0, "right 2": 0}


def test_the_added_values_of_the_net_are_more_than_there_is_to_share():
    added = added_values(NET)
    assert added == {"F": 60, "C": 40, "P": 20}
    assert sum(added.values()) == 2 * NET["FCP"]


def test_what_two_bring_is_halved_and_what_three_bring_comes_in_thirds():
    assert shapley({"FC": 30, "FCP": 30}) == pytest.approx({"F": 15, "C": 15, "P": 0})
    assert shapley({"FCP": 30}) == pytest.approx({"F": 10, "C": 10, "P": 10})


@given(worths)
def test_all_that_is_earned_is_paid_out(values):
    assert sum(shapley(values).values()) == pytest.approx(values["FCP"], abs=1e-9)


@given(worths, worths)
def test_the_value_of_two_games_is_the_sum_of_their_values(one, other):
    both = shapley({coalition: one[coalition] + other[coalition] for coalition in one})
    first, second = shapley(one), shapley(other)
    assert all(both[player] == pytest.approx(first[player] + second[player], abs=1e-9) for player in both)


@given(worths)
def test_the_value_is_the_mean_over_all_orders_of_arrival(values):
    worth = {frozenset(coalition): value for coalition, value in values.items()} | {frozenset(): 0}
    earned = dict.fromkeys("FCP", 0.0)
    for order in itertools.permutations("FCP"):
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            earned[player] += (worth[before | {player}] - worth[before]) / 6
    assert shapley(values) == pytest.approx(earned, abs=1e-9)


def test_who_adds_nothing_to_anybody_earns_nothing():
    assert shapley({"F": 10, "FN": 10, "N": 0})["N"] == 0


def test_players_who_can_replace_each_other_earn_the_same_and_add_nothing_in_the_end():
    net = {"FC": 30, "FP": 30, "FCP": 30}
    assert shapley(net) == pytest.approx({"F": 20, "C": 5, "P": 5})
    assert sum(added_values(net).values()) == 30


def test_sets_texts_and_tuples_name_the_same_coalitions():
    as_sets = {frozenset(coalition): value for coalition, value in NET.items()}
    as_tuples = {tuple(reversed(coalition)): value for coalition, value in NET.items()}
    assert shapley(as_sets) == pytest.approx(shapley(NET))
    assert shapley(as_tuples) == pytest.approx(shapley(NET))


def test_random_arrivals_average_to_the_shapley_value():
    run = arrivals(NET, 20_000, seed=3)
    assert run.players == ("F", "C", "P")
    assert run.added.sum(axis=1) == pytest.approx(np.full(20_000, 60))
    # What the firm adds has a standard deviation below 25: four errors of the mean are 0.7.
    assert run.added.mean(axis=0) == pytest.approx(list(shapley(NET).values()), abs=0.7)


def test_every_order_of_arrival_is_equally_likely():
    run = arrivals(NET, 6000, seed=8)
    counts = np.unique(run.orders, axis=0, return_counts=True)[1]
    assert counts.size == 6
    assert np.abs(counts - 1000).max() < 4 * math.sqrt(1000)


def test_the_first_to_arrive_is_paid_its_value_alone():
    run = arrivals({"F": 10, "C": 3, "FC": 40}, 30, seed=1)
    for order, added in zip(run.orders.tolist(), run.added, strict=True):
        first, second = order
        assert added[first] == (10, 3)[first]
        assert added[second] == 40 - added[first]


def test_the_same_seed_brings_the_same_orders_whatever_the_values():
    first, other = arrivals(NET, 50, seed=4), arrivals({**NET, "FCP": 90}, 50, seed=4)
    assert (first.orders == other.orders).all()
    assert (arrivals(NET, 50, seed=5).orders != first.orders).any()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "values must name 1 to 12 players, got 0"),
        ({"ABCDEFGHIJKLM": 1}, "values must name 1 to 12 players, got 13"),
        ({"FC": 40, "CF": 30}, "values must name each coalition once, got {C, F} twice"),
        ({"F": math.nan}, "the value of {F} must be a finite number, got nan"),
        ({"F": 1, frozenset(): 5}, "the value of no players must be 0, got 5"),
    ],
)
def test_impossible_nets_are_refused(values, message):
    for call in (shapley, added_values):
        with pytest.raises(ValueError, match=message):
            call(values)


def test_no_arrivals_are_refused():
    with pytest.raises(ValueError, match="n must be a whole number of at least 1, got 0"):
        arrivals(NET, 0, seed=1)
