"""Customers whose age and connectedness go together by choice, and what picking them by age is worth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.correlated_customers import Customers, draw_customers, pick_younger
from scipy.stats import multivariate_normal, norm, truncnorm

correlation = st.floats(-1, 1)
seed = st.integers(0, 10_000)


@pytest.mark.parametrize("wanted", [-0.9, -0.2, 0.0, 0.5])
def test_groups_have_the_wanted_correlation_on_average(wanted):
    found = [draw_customers(wanted, 300, seed).correlation for seed in range(200)]
    assert np.mean(found) == pytest.approx(wanted, abs=0.02)
    assert np.std(found) == pytest.approx((1 - wanted**2) * math.sqrt((1 - wanted**2 / 2) / 300), rel=0.2)


def test_a_correlation_of_one_fifth_leaves_four_per_cent_of_the_variance():
    customers = draw_customers(-0.2, 200_000, seed=1)
    assert customers.explained == pytest.approx(0.04, abs=0.003)


@given(correlation, seed)
def test_explained_is_the_part_of_the_variance_that_a_straight_line_takes_away(wanted, seed):
    customers = draw_customers(wanted, 60, seed)
    line = np.polyval(np.polyfit(customers.age, customers.connectedness, 1), customers.age)
    left = np.var(customers.connectedness - line) / np.var(customers.connectedness)
    assert customers.explained == pytest.approx(1 - left, abs=1e-9)
    assert customers.explained == pytest.approx(customers.correlation**2)
    assert customers.correlation == pytest.approx(
        np.corrcoef(customers.age, customers.connectedness)[0, 1], abs=1e-9
    )


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_perfect_correlation_puts_all_customers_on_a_line(sign):
    customers = draw_customers(sign, 50, seed=4)
    assert customers.correlation == pytest.approx(sign)
    assert (np.argsort(sign * customers.age) == np.argsort(customers.connectedness)).mean() > 0.9


def test_the_ages_are_adult_and_the_index_has_its_mean_and_spread():
    truncated = truncnorm((18 - 44) / 15, (85 - 44) / 15, 44, 15)
    customers = draw_customers(-0.2, 20_000, seed=2)
    assert 18 <= customers.age.min() < 18.1
    assert 84 < customers.age.max() <= 85
    assert customers.age.mean() == pytest.approx(truncated.mean(), abs=0.4)
    assert customers.age.std() == pytest.approx(truncated.std(), abs=0.3)
    assert customers.connectedness.mean() == pytest.approx(50, abs=0.4)
    assert customers.connectedness.std() == pytest.approx(15, abs=0.3)


def test_a_seed_keeps_the_ages_while_the_correlation_moves():
    weak, strong = draw_customers(-0.2, 80, seed=5), draw_customers(-0.9, 80, seed=5)
    assert (weak.age == strong.age).all()
    assert (draw_customers(-0.2, 80, seed=6).age != weak.age).any()


def exact_precision(r):
    """Part of the youngest third who are in the most connected third, for two normal attributes."""
    third = norm.ppf(1 / 3)
    return 3 * multivariate_normal(cov=[[1, -r], [-r, 1]]).cdf([third, third])


@pytest.mark.parametrize(("r", "precision"), [(0.0, 0.333), (-0.2, 0.412), (-0.9, 0.808)])
def test_the_youngest_third_holds_as_many_connected_as_two_normal_attributes_say(r, precision):
    customers = draw_customers(r, 200_000, seed=3)
    pick = pick_younger(customers, np.quantile(customers.age, 1 / 3))
    assert pick.precision == pytest.approx(exact_precision(r), abs=0.008)
    assert pick.precision == pytest.approx(precision, abs=0.008)


def test_a_pick_counts_who_is_young_who_is_connected_and_who_is_both():
    customers = Customers(
        np.array([20.0, 30, 40, 50, 60, 70]), np.array([90.0, 40, 80, 30, 20, 10]), math.nan, math.nan
    )
    pick = pick_younger(customers, 35)
    assert pick.is_picked.tolist() == [True, True, False, False, False, False]
    assert pick.is_connected.tolist() == [True, False, True, False, False, False]
    assert (pick.picked, pick.connected, pick.both) == (2, 2, 1)
    assert (pick.precision, pick.recall) == (0.5, 0.5)
    assert pick.threshold == 60


def test_who_picks_nobody_has_no_precision():
    pick = pick_younger(draw_customers(-0.2, 30, seed=1), 18)
    assert (pick.picked, pick.precision, pick.recall) == (0, None, 0.0)


def test_who_picks_everybody_finds_all_connected_and_as_many_others():
    pick = pick_younger(draw_customers(-0.2, 300, seed=1), 99)
    assert (pick.precision, pick.recall) == (pytest.approx(1 / 3), 1.0)


@given(correlation, seed, st.floats(18, 90), st.floats(0.01, 1))
def test_precision_and_recall_share_their_count(wanted, seed, than, share):
    pick = pick_younger(draw_customers(wanted, 40, seed), than, share)
    assert pick.connected == max(1, round(40 * share))
    assert pick.both == (pick.is_picked & pick.is_connected).sum()
    assert (pick.precision or 0) * pick.picked == pytest.approx(pick.recall * pick.connected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.1, 10, 1), "correlation must be between -1 and 1, got 1.1"),
        ((math.nan, 10, 1), "correlation must be between -1 and 1, got nan"),
        ((0, 2, 1), "n must be a whole number of at least 3, got 2"),
        ((0, 10.5, 1), "n must be a whole number of at least 3, got 10.5"),
        ((0, 10, -1), "seed must be a whole number of at least 0, got -1"),
        ((0, 10, False), "seed must be a whole number of at least 0, got False"),
    ],
)
def test_impossible_customers_are_not_drawn(arguments, message):
    with pytest.raises(ValueError, match=message):
        draw_customers(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((math.nan,), "than must be an age in years, got nan"),
        ((40, 0), "connected_share must be above 0 and at most 1, got 0"),
        ((40, 1.5), "connected_share must be above 0 and at most 1, got 1.5"),
    ],
)
def test_an_impossible_pick_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        pick_younger(draw_customers(0, 10, 1), *arguments)
