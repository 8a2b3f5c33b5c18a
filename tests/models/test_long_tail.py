"""The long tail: what a shelf loses, and how a list of best sellers concentrates demand again."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.concentration import gini, herfindahl
from marketing4.models.long_tail import draw_sales, long_tail, tail_share


def test_a_shelf_of_a_hundred_of_a_thousand_titles_loses_three_buyers_in_ten():
    run = long_tail(1, 1000, shelf=100)
    assert run.lost == pytest.approx(1 - 0.6930, abs=5e-5)
    assert run.shelf.sum() == pytest.approx(0.6930, abs=5e-5)
    assert run.herfindahl("web") == pytest.approx(293.39, abs=5e-3)
    assert run.herfindahl("shelf") == pytest.approx(607.60, abs=5e-3)


def test_a_web_shop_is_less_concentrated_than_the_shelf_until_its_list_is_followed():
    free, listed = long_tail(1, 1000, 100), long_tail(1, 1000, 100, recommendation=0.5)
    assert free.head("web") < free.head("shelf") < listed.head("recommended")
    assert free.herfindahl("web") < free.herfindahl("shelf") < listed.herfindahl("recommended")
    ten, hundred, all_of_them = (sum(1 / r for r in range(1, n + 1)) for n in (10, 100, 1000))
    assert free.head("web") == pytest.approx(ten / all_of_them)
    assert free.head("shelf") == pytest.approx(ten / hundred)
    assert listed.head("recommended") == pytest.approx(0.5 * ten / all_of_them + 0.5)


def test_without_followers_the_list_changes_nothing():
    run = long_tail(0.9, 500, 50)
    assert run.recommended == pytest.approx(run.web)


def test_if_everybody_follows_the_list_only_listed_titles_sell():
    run = long_tail(1, 200, 50, recommendation=1, listed=5)
    assert run.recommended[5:].sum() == 0
    assert run.head("recommended", 5) == pytest.approx(1)
    assert run.recommended_tail == 0


def test_a_list_of_all_titles_recommends_what_buyers_wanted():
    run = long_tail(1, 300, 30, recommendation=0.7, listed=300)
    assert run.recommended == pytest.approx(run.web)


@given(st.floats(0, 2), st.integers(1, 60), st.floats(0, 1), st.integers(1, 60))
def test_the_web_sells_to_every_buyer_and_the_shelf_to_the_rest(exponent, shelf, recommendation, listed):
    run = long_tail(exponent, 60, shelf, recommendation, listed)
    assert run.web.sum() == pytest.approx(1)
    assert run.recommended.sum() == pytest.approx(1)
    assert run.shelf.sum() + run.lost == pytest.approx(1)
    assert (np.diff(run.recommended) <= 1e-12).all()  # best sellers stay best sellers
    assert gini(run.recommended) >= gini(run.web) - 1e-9
    assert herfindahl(run.recommended) >= herfindahl(run.web) - 1e-6
    if shelf >= listed:
        assert run.recommended_tail == pytest.approx((1 - recommendation) * run.tail, abs=1e-12)


def test_random_buyers_take_the_shares_of_the_model_on_average():
    run = long_tail(1, 1000, 100, recommendation=0.4)
    sums = {"shelf": 0.0, "web": 0.0, "recommended": 0.0}
    for seed in range(40):
        sales = draw_sales(run, 1000, seed)
        assert sales["web"].sum() == sales["recommended"].sum() == 1000
        assert (sales["shelf"][:100] == sales["web"][:100]).all()
        assert sales["shelf"][100:].sum() == 0
        for channel in sums:
            sums[channel] += tail_share(sales[channel] / 1000, 100) / 40
    # One crowd's tail has a standard deviation of at most 1.5 points, the mean of forty a quarter of a point.
    assert sums["web"] == pytest.approx(run.tail, abs=0.01)
    assert sums["recommended"] == pytest.approx(run.recommended_tail, abs=0.01)
    assert sums["shelf"] == 0


def test_the_same_seed_draws_the_same_buyers():
    run = long_tail(1, 100, 10, 0.3)
    first, again, other = (draw_sales(run, 500, seed)["web"] for seed in (4, 4, 5))
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"exponent": -0.5}, "exponent must be a number of at least 0, got -0.5"),
        ({"titles": 0}, "n must be a whole number of at least 1, got 0"),
        ({"shelf": 0}, "shelf must be a whole number from 1 to 100, got 0"),
        ({"shelf": 101}, "shelf must be a whole number from 1 to 100, got 101"),
        ({"listed": 2.5}, "listed must be a whole number from 1 to 100, got 2.5"),
        ({"recommendation": 40}, "recommendation must be between 0 and 1, got 40"),
        ({"recommendation": math.nan}, "recommendation must be between 0 and 1, got nan"),
    ],
)
def test_impossible_shops_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        long_tail(**{"exponent": 1, "titles": 100, "shelf": 10, **arguments})


def test_a_crowd_of_nobody_is_refused():
    with pytest.raises(ValueError, match="buyers must be a whole number of at least 1, got 0"):
        draw_sales(long_tail(1, 100, 10), 0, seed=1)
