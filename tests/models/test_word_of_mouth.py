"""Word of mouth: the geometric sum, saturation and one random history."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.word_of_mouth import customers_per_seed, generations, reproduction


@pytest.mark.parametrize(("r", "customers"), [(0.2, 1.25), (0.4, 1.6667), (0.6, 2.5), (0.8, 5)])
def test_customers_per_seed_agree_with_the_reference(r, customers):
    assert customers_per_seed(r) == pytest.approx(customers, abs=1e-4)


def test_from_one_new_customer_per_customer_on_there_is_no_limit():
    assert customers_per_seed(1) is None
    assert customers_per_seed(1.7) is None


def test_reproduction_multiplies_the_chain_and_subtracts_the_detractors():
    assert reproduction(0.3, 10, 0.2) == pytest.approx(0.6)
    assert reproduction(0.3, 10, 0.2, detractor_effect=0.25) == pytest.approx(0.35)


def test_detractors_cannot_bring_less_than_no_customers():
    assert reproduction(0.1, 2, 0.1, detractor_effect=0.5) == 0


@pytest.mark.parametrize("r", [0.2, 0.4, 0.6, 0.8])
def test_in_a_large_market_the_total_reaches_the_limit(r):
    course = generations(r, seeds=10, market=10**8, steps=200)
    assert course.expected_total[-1] / 10 == pytest.approx(course.limit_per_seed, rel=1e-4)
    assert course.expected_new[1] == pytest.approx(10 * r, rel=1e-4)


@pytest.mark.parametrize(("r", "share"), [(1.5, 0.582812), (2, 0.796812), (3, 0.940480)])
def test_above_one_the_market_saturates_at_the_known_final_size(r, share):
    # The share solves share = 1 - exp(-r share), the final size of an epidemic.
    course = generations(r, seeds=1, market=10**7, steps=400)
    assert course.expected_total[-1] / 10**7 == pytest.approx(share, abs=1e-5)
    assert course.limit_per_seed is None


@given(st.floats(0, 30), st.integers(1, 50), st.integers(0, 200), st.integers(0, 15), st.integers(0, 999))
def test_no_more_people_buy_than_there_are(r, seeds, others, steps, seed):
    course = generations(r, seeds, seeds + others, steps, seed)
    for new, total in (
        (course.expected_new, course.expected_total),
        (course.random_new, course.random_total),
    ):
        assert new.shape == total.shape == (steps + 1,)
        assert total[0] == seeds
        assert (new >= 0).all()
        assert total[-1] <= (seeds + others) * (1 + 1e-9)
        assert np.diff(total) == pytest.approx(new[1:])


def test_without_word_of_mouth_only_the_seeds_buy():
    course = generations(0, seeds=5, market=100, steps=4, seed=1)
    assert course.expected_total.tolist() == [5] * 5
    assert course.random_total.tolist() == [5] * 5


def test_random_histories_scatter_around_the_smooth_course():
    smooth = generations(0.6, seeds=200, market=10**6, steps=40).expected_total[-1]
    totals = [generations(0.6, 200, 10**6, 40, seed).random_total[-1] for seed in range(300)]
    # One seed leads to 2.5 customers with variance R / (1 - R)^3 = 9.4; 200 seeds, 300 histories.
    standard_error = math.sqrt(200 * 0.6 / 0.4**3 / 300)
    assert np.mean(totals) == pytest.approx(smooth, abs=4 * standard_error)
    assert np.std(totals) == pytest.approx(math.sqrt(200 * 0.6 / 0.4**3), rel=0.2)


def test_even_a_strong_word_of_mouth_can_die_out_by_chance():
    # From one seed with R 2 a history dies out with probability 1 - .796812.
    died_out = [generations(2, 1, 10_000, 60, seed).random_total[-1] < 100 for seed in range(600)]
    assert np.mean(died_out) == pytest.approx(1 - 0.796812, abs=0.05)


def test_the_same_seed_gives_the_same_history_and_another_seed_another():
    first, again, other = (generations(1.3, 5, 500, 20, seed).random_new.tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_without_a_seed_there_is_no_random_history():
    course = generations(1.3, 5, 500, 20)
    assert course.random_new is None
    assert course.random_total is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.2, 10, 0.1), "advocates_per_customer must be between 0 and 1, got 1.2"),
        ((0.5, -1, 0.1), "contacts must be a number of at least 0, got -1"),
        ((0.5, 10, 2), "conversion must be between 0 and 1, got 2"),
        ((0.5, 10, 0.1, -0.2), "detractor_effect must be a number of at least 0, got -0.2"),
        ((0.5, math.nan, 0.1), "contacts must be a number of at least 0, got nan"),
    ],
)
def test_an_impossible_chain_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        reproduction(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"reproduction": -0.1}, "reproduction must be a number of at least 0, got -0.1"),
        ({"seeds": 0}, "seeds must be a whole number of at least 1, got 0"),
        ({"seeds": 101}, "seeds must be at most the market of 100, got 101"),
        ({"market": 99.5}, "market must be a whole number of at least 1, got 99.5"),
        ({"steps": -1}, "steps must be a whole number of at least 0, got -1"),
        ({"seed": 1.5}, "seed must be a whole number of at least 0, got 1.5"),
    ],
)
def test_an_impossible_market_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        generations(**{"reproduction": 0.5, "seeds": 5, "market": 100, "steps": 3, **arguments})


def test_a_negative_reproduction_has_no_sum():
    with pytest.raises(ValueError, match="reproduction must be a number of at least 0, got -1"):
        customers_per_seed(-1)
