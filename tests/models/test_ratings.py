"""Ratings that rest on few reviews are held back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.ratings import bayesian_mean, wilson_lower


@pytest.mark.parametrize(
    ("positive", "n", "lower"),
    [(1, 1, 0.20655), (9, 10, 0.59585), (48, 50, 0.86540), (90, 100, 0.82563), (900, 1000, 0.87985)],
)
def test_the_lower_bound_agrees_with_the_reference(positive, n, lower):
    assert wilson_lower(positive, n) == pytest.approx(lower, abs=1e-5)


def test_nine_of_ten_rank_below_ninety_of_a_hundred():
    assert wilson_lower(9, 10) < wilson_lower(90, 100) < wilson_lower(900, 1000) < 0.9
    assert wilson_lower(1, 1) < wilson_lower(48, 50)


@given(st.integers(1, 300), st.data())
def test_the_bound_lies_between_zero_and_the_share(n, data):
    positive = data.draw(st.integers(0, n))
    assert 0 <= wilson_lower(positive, n) <= positive / n + 1e-12


def test_the_true_share_is_rarely_below_the_bound():
    positive = np.random.default_rng(1).binomial(50, 0.8, 4000)
    above = [wilson_lower(int(number), 50) > 0.8 for number in positive]
    assert np.mean(above) == pytest.approx(0.025, abs=0.012)


def test_more_confidence_asks_for_a_lower_bound():
    assert wilson_lower(9, 10, 0.99) < wilson_lower(9, 10, 0.8) < 0.9
    assert wilson_lower(0, 5) == 0


def test_few_ratings_stay_near_the_prior_and_many_leave_it():
    assert bayesian_mean([5], 3.5, 9) == pytest.approx((9 * 3.5 + 5) / 10)
    assert bayesian_mean([5] * 991, 3.5, 9) == pytest.approx(4.9865)
    assert bayesian_mean([], 3.5, 9) == 3.5
    assert bayesian_mean([1, 2, 4], 3.5, 0) == pytest.approx(7 / 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: wilson_lower(1, 0), "n must be a whole number of at least 1, got 0"),
        (lambda: wilson_lower(6, 5), "positive must be a whole number between 0 and 5, got 6"),
        (lambda: wilson_lower(0.5, 5), "positive must be a whole number between 0 and 5, got 0.5"),
        (lambda: wilson_lower(1, 5, 1), "confidence must be above 0 and below 1, got 1"),
        (lambda: bayesian_mean([float("nan")], 3, 1), "ratings must be a list of numbers"),
        (lambda: bayesian_mean([4], float("inf"), 1), "prior_mean must be a finite number, got inf"),
        (lambda: bayesian_mean([4], 3, -1), "prior_weight must be a number of at least 0, got -1"),
        (lambda: bayesian_mean([], 3, 0), "prior_weight must be above 0 if there is no rating, got 0"),
    ],
)
def test_impossible_ratings_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
