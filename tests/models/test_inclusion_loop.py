"""The loop of cost and reach: its tabulated run, where it stalls, and random markets."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marketing4.models.inclusion_loop import draw_inclusion, inclusion
from marketing4.models.market_reach import reach


@pytest.mark.parametrize(
    ("period", "price", "able", "adopted"),
    [
        (0, 1200.00, 0.04156, 0.01),
        (1, 835.59, 0.10019, 0.03078),
        (2, 639.96, 0.17181, 0.07049),
        (3, 530.61, 0.23798, 0.12615),
        (5, 429.43, 0.32695, 0.24338),
        (8, 380.78, 0.38283, 0.35359),
        (11, 366.84, 0.40073, 0.39701),
    ],
)
def test_the_run_agrees_with_the_reference(period, price, able, adopted):
    run = inclusion()
    assert run.price[period] == pytest.approx(price, abs=0.01)
    assert run.reach[period] == pytest.approx(able, abs=1e-5)
    assert run.adopted[period] == pytest.approx(adopted, abs=1e-5)


def test_reach_passes_35_percent_in_period_6():
    assert int(np.flatnonzero(inclusion().reach >= 0.35)[0]) == 6


def test_the_loop_stalls_near_two_fifths_of_the_market():
    run = inclusion(periods=400)
    assert run.limit == pytest.approx(0.4192, abs=1e-4)
    assert run.adopted[-1] == pytest.approx(run.limit, abs=1e-9)
    assert run.reach[-1] == pytest.approx(run.buyers[-1], abs=1e-9)


def test_the_limit_is_the_first_stall_even_where_a_far_higher_one_exists():
    run = inclusion(learning_rate=0.4, margin=1.0, budget_share=0.03, periods=300)
    assert run.limit < 0.012
    assert run.adopted[-1] == pytest.approx(run.limit, abs=1e-9)
    # Had the market started with a tenth of the households, the loop would have run.
    price = 2400 * 11 ** math.log2(1 - 0.4)
    assert reach(price, 0.03, 6000, 0.8) > 0.1


def test_without_learning_nothing_becomes_inclusive():
    run = inclusion(learning_rate=0, periods=50)
    assert (run.price == 1200).all()
    assert run.buyers[-1] == pytest.approx(0.04156, abs=1e-5)


def test_a_margin_can_keep_a_product_exclusive_that_a_lower_one_opens():
    closed = inclusion(learning_rate=0.25, margin=1.0, periods=60)
    opened = inclusion(learning_rate=0.25, margin=0.5, periods=60)
    assert closed.reach[-1] < 0.04
    assert opened.reach[-1] > 0.35


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0, 0.5),
    st.floats(0.01, 0.3),
    st.floats(0.3, 1.2),
    st.floats(0.001, 0.1),
    st.floats(0.05, 1),
    st.floats(0, 2),
)
def test_prices_only_fall_buyers_only_grow_and_none_buys_who_cannot(
    rate, budget, sigma, start, speed, margin
):
    run = inclusion(1200, rate, budget, 6000, sigma, start, speed, margin, 30)
    assert run.price.shape == run.reach.shape == run.adopted.shape == (31,)
    assert (np.diff(run.price) <= 1e-9).all()
    assert (np.diff(run.adopted) >= 0).all()
    assert (run.buyers <= run.reach + 1e-12).all()
    assert run.adopted[-1] <= run.limit + 1e-9
    # At the limit as many have bought as can pay.
    price = 1200 * (run.limit / start) ** math.log2(1 - rate) * (1 + margin)
    assert reach(price, budget, 6000, sigma) == pytest.approx(run.limit - start, abs=1e-6)


def test_nobody_hurries_in_a_market_without_speed():
    run = inclusion(speed=0, periods=5)
    assert run.adopted.tolist() == [0.01] * 6
    assert run.limit == 0.01


def test_a_large_random_market_follows_the_smooth_course():
    smooth, drawn = inclusion(periods=20), draw_inclusion(100_000, seed=3, periods=20)
    # The binomial error of a share is at most .0016; the loop multiplies early errors a few times.
    assert drawn.buyers == pytest.approx(smooth.buyers, abs=0.012)
    assert drawn.reach == pytest.approx(smooth.reach, abs=0.012)


def test_households_buy_once_and_only_at_a_price_they_can_pay():
    drawn = draw_inclusion(300, seed=8, periods=20)
    assert (np.diff(drawn.incomes) >= 0).all()
    for income, period in zip(drawn.incomes, drawn.bought_in, strict=True):
        if period <= 20:
            assert 0.05 * income >= drawn.price[period - 1]
    assert [float((drawn.bought_in <= period).mean()) for period in range(21)] == drawn.buyers.tolist()
    assert drawn.buyers[0] == 0


def test_the_same_seed_gives_the_same_market():
    first, again, other = (draw_inclusion(100, seed).bought_in.tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"first_cost": 0}, "first_cost must be a positive number, got 0"),
        ({"learning_rate": 1}, "learning_rate must be at least 0 and below 1, got 1"),
        ({"budget_share": 5}, "budget_share must be above 0 and at most 1, got 5"),
        ({"median_income": -1}, "median_income must be a positive number, got -1"),
        ({"sigma": 0}, "sigma must be a positive number, got 0"),
        ({"start": 0}, "start must be above 0 and at most 1, got 0"),
        ({"speed": 1.5}, "speed must be between 0 and 1, got 1.5"),
        ({"margin": -0.1}, "margin must be a number of at least 0, got -0.1"),
        ({"periods": 2.5}, "periods must be a whole number of at least 0, got 2.5"),
    ],
)
def test_an_impossible_loop_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        inclusion(**arguments)
    with pytest.raises(ValueError, match=message):
        draw_inclusion(50, 1, **arguments)


def test_a_random_market_needs_households():
    with pytest.raises(ValueError, match="households must be a whole number of at least 1, got 0"):
        draw_inclusion(0, 1)
