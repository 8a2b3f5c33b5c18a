"""Which deals are worth their cost: the exact share, its limits, and markets drawn by chance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.interaction_cost import deals_realised, draw_deals

cost = st.floats(0, 1e4)
mean = st.floats(1e-2, 1e4)


@pytest.mark.parametrize(("ratio", "share"), [(1, 0.3679), (0.1, 0.9048), (0, 1.0), (4, 0.018316)])
def test_the_share_of_deals_agrees_with_the_reference(ratio, share):
    assert deals_realised(ratio * 20, 20) == pytest.approx(share, abs=5e-5)


def test_a_tenth_of_the_cost_brings_two_and_a_half_times_the_deals():
    assert deals_realised(2, 20) / deals_realised(20, 20) == pytest.approx(math.exp(0.9))


def test_halving_the_cost_adds_at_most_a_quarter_of_all_possible_deals():
    costs = np.linspace(0, 200, 20_001)
    gained = deals_realised(costs / 2, 20) - deals_realised(costs, 20)
    assert gained.max() == pytest.approx(0.25, abs=1e-7)
    assert costs[gained.argmax()] == pytest.approx(2 * math.log(2) * 20, abs=0.01)


@given(cost, mean)
def test_a_higher_cost_never_makes_more_deals(t, u):
    assert 0 <= deals_realised(t + 1, u) <= deals_realised(t, u) <= 1


@given(cost, mean, st.floats(0.01, 100))
def test_only_cost_in_proportion_to_worth_counts(t, u, factor):
    assert deals_realised(factor * t, factor * u) == pytest.approx(deals_realised(t, u))


def test_numbers_give_a_number_and_arrays_an_array():
    assert type(deals_realised(3, 20)) is float
    assert deals_realised([0, 20], 20) == pytest.approx([1, math.exp(-1)])
    assert deals_realised(20, [10, 20, 40]) == pytest.approx(np.exp([-2, -1, -0.5]))
    assert deals_realised([[0], [20]], [10, 20]).shape == (2, 2)


def test_many_random_markets_agree_with_the_exact_share():
    shares = [draw_deals(25, 20, 200, seed).share for seed in range(400)]
    exact = deals_realised(25, 20)
    monte_carlo_error = math.sqrt(exact * (1 - exact) / (200 * 400))
    assert np.mean(shares) == pytest.approx(exact, abs=4 * monte_carlo_error)
    assert np.std(shares) == pytest.approx(math.sqrt(exact * (1 - exact) / 200), rel=0.15)


def test_the_deals_made_are_those_worth_more_than_their_cost():
    deals = draw_deals(30, 20, 500, seed=3)
    assert deals.surplus.shape == deals.realised.shape == (500,)
    assert (deals.realised == (deals.surplus > 30)).all()
    assert deals.share == deals.realised.mean()
    assert deals.surplus.mean() == pytest.approx(20, rel=0.15)


def test_a_seed_keeps_the_market_while_the_cost_moves():
    dear, cheap = draw_deals(40, 20, 50, seed=7), draw_deals(5, 20, 50, seed=7)
    assert (dear.surplus == cheap.surplus).all()
    assert (cheap.realised >= dear.realised).all()
    assert draw_deals(40, 30, 50, seed=7).surplus == pytest.approx(1.5 * dear.surplus)
    assert (draw_deals(40, 20, 50, seed=8).surplus != dear.surplus).any()


def test_without_a_cost_every_deal_is_made():
    assert draw_deals(0, 20, 300, seed=1).share == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 20), "cost must be a number of at least 0, got -1"),
        (([1, math.nan], 20), "cost must be a number of at least 0, got"),
        ((math.inf, 20), "cost must be a number of at least 0, got inf"),
        ((1, 0), "mean_surplus must be a number above 0, got 0"),
        ((1, [20, -3]), "mean_surplus must be a number above 0, got"),
    ],
)
def test_an_impossible_market_has_no_share(arguments, message):
    with pytest.raises(ValueError, match=message):
        deals_realised(*arguments)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"cost": -2}, "cost must be a number of at least 0, got -2"),
        ({"mean_surplus": 0}, "mean_surplus must be a number above 0, got 0"),
        ({"n": 0}, "n must be a whole number of at least 1, got 0"),
        ({"n": 2.5}, "n must be a whole number of at least 1, got 2.5"),
        ({"n": True}, "n must be a whole number of at least 1, got True"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_an_impossible_market_is_not_drawn(changed, message):
    with pytest.raises(ValueError, match=message):
        draw_deals(**{"cost": 10, "mean_surplus": 20, "n": 5, "seed": 1, **changed})
