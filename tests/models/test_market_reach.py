"""Price access on log-normal incomes: tabulated values, limits, and households drawn at random."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.market_reach import (
    best_cut,
    draw_incomes,
    elasticity,
    gini,
    mean_income,
    reach,
    sigma_from_gini,
)

MARKET = (0.05, 6000, 0.8)


@pytest.mark.parametrize(
    ("price", "share"),
    [
        (100, 0.915165),
        (200, 0.693863),
        (300, 0.5),
        (400, 0.359572),
        (500, 0.261564),
        (600, 0.193126),
        (1000, 0.066166),
        (2000, 0.008860),
    ],
)
def test_reach_agrees_with_the_reference(price, share):
    assert reach(price, *MARKET) == pytest.approx(share, abs=1e-6)


def test_a_price_at_the_median_threshold_reaches_half():
    assert reach(0.1 * 20_000, 0.1, 20_000, 0.55) == pytest.approx(0.5, abs=1e-12)


def test_the_same_price_reaches_nearly_all_of_a_rich_market():
    assert reach(600, 0.05, 30_000, 0.6) == pytest.approx(0.936638, abs=1e-6)


def test_a_gift_reaches_all_and_a_fortune_nobody():
    assert reach(1e-9, *MARKET) == pytest.approx(1)
    assert reach(1e12, *MARKET) == pytest.approx(0)


@given(st.floats(1, 1e5), st.floats(0.01, 1), st.floats(100, 1e6), st.floats(0.05, 2))
def test_a_lower_price_never_reaches_fewer(price, budget_share, median, sigma):
    dear, cheap = reach([price, 0.9 * price], budget_share, median, sigma)
    assert 0 <= dear <= cheap <= 1


@pytest.mark.parametrize(("price", "response"), [(100, -0.2122), (300, -0.9974), (600, -1.7740)])
def test_elasticity_agrees_with_the_reference(price, response):
    assert elasticity(price, *MARKET) == pytest.approx(response, abs=1e-4)


def test_elasticity_at_the_median_threshold_is_known_exactly():
    for sigma in (0.4, 0.8, 1.1):
        assert elasticity(300, 0.05, 6000, sigma) == pytest.approx(-0.797885 / sigma, abs=1e-5)


@given(st.floats(20, 5000), st.floats(0.2, 1.5))
def test_elasticity_is_the_slope_of_log_reach_over_log_price(price, sigma):
    step = 1e-5
    up, down = reach([price * (1 + step), price / (1 + step)], 0.05, 6000, sigma)
    if down > 1e-9:
        slope = math.log(up / down) / (2 * math.log1p(step))
        assert elasticity(price, 0.05, 6000, sigma) == pytest.approx(slope, rel=1e-3, abs=1e-6)


def test_elasticity_stays_a_number_where_nobody_can_pay():
    assert np.isfinite(elasticity(1e9, *MARKET))
    assert elasticity(1e9, *MARKET) < -10


@given(st.floats(0.05, 0.6), st.floats(0.2, 1.4))
def test_no_price_gains_more_by_a_cut_than_the_best_one(cut, sigma):
    price, gain = best_cut(cut, 0.05, 6000, sigma)
    prices = np.geomspace(20, 5000, 400)
    gains = reach((1 - cut) * prices, 0.05, 6000, sigma) - reach(prices, 0.05, 6000, sigma)
    here = reach((1 - cut) * price, 0.05, 6000, sigma) - reach(price, 0.05, 6000, sigma)
    assert here == pytest.approx(gain)
    assert gains.max() <= gain + 1e-12


def test_a_ten_percent_cut_wins_most_just_above_the_median_threshold():
    price, gain = best_cut(0.1, *MARKET)
    assert price == pytest.approx(316.23, abs=0.01)
    assert gain == pytest.approx(0.0525, abs=1e-4)


def test_the_mean_income_lies_above_the_median():
    assert mean_income(6000, 0.8) == pytest.approx(8262.77, abs=0.005)


@pytest.mark.parametrize(
    ("sigma", "index"),
    [
        (0.4, 0.222703),
        (0.5, 0.276326),
        (0.6, 0.328627),
        (0.7, 0.379382),
        (0.8, 0.428392),
        (0.9, 0.475482),
        (1.0, 0.520500),
    ],
)
def test_the_gini_index_agrees_with_the_reference(sigma, index):
    assert gini(sigma) == pytest.approx(index, abs=1e-6)


@pytest.mark.parametrize(
    ("index", "sigma"), [(0.3, 0.544925), (0.4, 0.741614), (0.5, 0.953873), (0.6, 1.190232)]
)
def test_sigma_from_gini_agrees_with_the_reference(index, sigma):
    assert sigma_from_gini(index) == pytest.approx(sigma, abs=1e-6)


@given(st.floats(0.01, 0.99))
def test_sigma_and_gini_undo_each_other(index):
    assert gini(sigma_from_gini(index)) == pytest.approx(index)


def test_drawn_households_have_the_median_mean_gini_and_reach_of_the_model():
    incomes = draw_incomes(6000, 0.8, 200_000, seed=4)
    assert incomes.shape == (200_000,)
    # Standard errors: log median 1.2533 x .8 / sqrt n = .0022, mean 7 821 / sqrt n = 17.5, share .00112.
    assert math.log(np.median(incomes) / 6000) == pytest.approx(0, abs=4 * 0.0022)
    assert incomes.mean() == pytest.approx(mean_income(6000, 0.8), abs=4 * 17.5)
    assert (0.05 * incomes >= 600).mean() == pytest.approx(0.193126, abs=4 * 0.00112)
    ranks = np.arange(1, incomes.size + 1)
    observed = 2 * (ranks @ np.sort(incomes)) / (incomes.size * incomes.sum()) - 1
    assert observed == pytest.approx(gini(0.8), abs=0.005)


def test_the_same_seed_draws_the_same_households():
    first, again, other = (draw_incomes(6000, 0.8, 20, seed).tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: reach(-3, *MARKET), "price must be positive, got -3"),
        (lambda: reach([100, 0], *MARKET), r"price must be positive, got \[100.0, 0.0\]"),
        (lambda: reach(100, 0, 6000, 0.8), "budget_share must be above 0 and at most 1, got 0"),
        (lambda: reach(100, 5, 6000, 0.8), "budget_share must be above 0 and at most 1, got 5"),
        (lambda: reach(100, 0.05, -1, 0.8), "median_income must be a positive number, got -1"),
        (lambda: elasticity(100, 0.05, 6000, 0), "sigma must be a positive number, got 0"),
        (lambda: best_cut(1, *MARKET), "cut must be above 0 and below 1, got 1"),
        (lambda: mean_income(6000, math.inf), "sigma must be a positive number, got inf"),
        (lambda: gini(-0.4), "sigma must be a positive number, got -0.4"),
        (lambda: sigma_from_gini(40), "gini must be above 0 and below 1, got 40"),
        (lambda: sigma_from_gini(0), "gini must be above 0 and below 1, got 0"),
        (lambda: draw_incomes(6000, 0.8, 0, 1), "households must be a whole number of at least 1, got 0"),
    ],
)
def test_impossible_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
