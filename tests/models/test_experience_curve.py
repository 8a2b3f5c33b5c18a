"""The experience curve: its tabulated values, and what a learning rate means."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.experience_curve import doublings, learning_rate_of, progress_exponent, unit_cost

learning_rate = st.floats(0, 0.9)


@pytest.mark.parametrize(
    ("rate", "exponent"),
    [(0.10, 0.152003), (0.15, 0.234465), (0.20, 0.321928), (0.25, 0.415037), (0.30, 0.514573)],
)
def test_the_exponent_agrees_with_the_reference(rate, exponent):
    assert progress_exponent(rate) == pytest.approx(exponent, abs=1e-6)


def test_the_exponent_of_a_fifth_agrees_to_nine_digits():
    assert progress_exponent(0.2) == pytest.approx(0.3219280949, abs=1e-9)


@pytest.mark.parametrize(("units", "cost"), [(2, 80), (4, 64), (10, 47.651), (50, 28.383), (100, 22.706)])
def test_unit_costs_agree_with_the_reference(units, cost):
    assert unit_cost(units, 100, 0.2) == pytest.approx(cost, abs=5e-4)


def test_the_thousandth_unit_costs_a_ninth_of_the_first():
    assert unit_cost(1000, 1000, 0.2) == pytest.approx(108.197, abs=5e-4)


@given(learning_rate, st.floats(1e-3, 1e6), st.floats(0.01, 1e5))
def test_every_doubling_takes_the_same_share_off(rate, made, first_cost):
    before, after = unit_cost([made, 2 * made], first_cost, rate)
    assert after == pytest.approx((1 - rate) * before)


def test_the_first_unit_costs_the_first_cost_and_without_learning_all_do():
    assert unit_cost(1, 250, 0.3) == 250
    assert unit_cost([1, 10, 1000], 250, 0).tolist() == [250, 250, 250]
    assert math.copysign(1, progress_exponent(0)) == 1


@pytest.mark.parametrize(("rate", "needed", "output"), [(0.2, 10.3189, 1277), (0.3, 6.4557, 87.8)])
def test_the_doublings_down_to_a_tenth_agree_with_the_reference(rate, needed, output):
    found = doublings(rate, 0.1)
    assert found == pytest.approx(needed, abs=1e-4)
    assert 2**found == pytest.approx(output, rel=1e-3)
    assert unit_cost(2**found, 1, rate) == pytest.approx(0.1)


def test_without_learning_cost_never_falls():
    assert doublings(0, 0.5) is None
    assert doublings(0, 1) == 0


def test_the_learning_rate_is_read_from_four_exact_costs():
    assert learning_rate_of([1, 2, 4, 8], [100, 80, 64, 51.2]) == pytest.approx(0.2)


@given(learning_rate, st.floats(1, 1e5))
def test_the_learning_rate_comes_back_from_any_exact_curve(rate, first_cost):
    made = np.array([1, 3, 10, 40, 500])
    assert learning_rate_of(made, unit_cost(made, first_cost, rate)) == pytest.approx(rate, abs=1e-9)


def test_noise_moves_the_estimate_but_not_its_centre():
    made = np.geomspace(1, 1000, 14)
    noise = np.exp(np.random.default_rng(1).normal(0, 0.04, (500, 14)))
    estimates = [learning_rate_of(made, cost) for cost in unit_cost(made, 100, 0.2) * noise]
    # The standard error of the slope is .04 / (2.15 sqrt 14) = .005, of the rate about .0028.
    assert np.std(estimates) == pytest.approx(0.0028, rel=0.15)
    assert np.mean(estimates) == pytest.approx(0.2, abs=4 * 0.0028 / math.sqrt(500))


def test_a_cost_that_rises_gives_a_negative_rate():
    assert learning_rate_of([1, 2], [100, 110]) == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: progress_exponent(1), "learning_rate must be at least 0 and below 1, got 1"),
        (lambda: progress_exponent(-0.1), "learning_rate must be at least 0 and below 1, got -0.1"),
        (lambda: progress_exponent(math.nan), "learning_rate must be at least 0 and below 1, got nan"),
        (lambda: unit_cost(0, 100, 0.2), "cumulative must be positive, got 0.0"),
        (lambda: unit_cost([1, -2], 100, 0.2), r"cumulative must be positive, got \[1.0, -2.0\]"),
        (lambda: unit_cost(1, 0, 0.2), "first_cost must be a positive number, got 0"),
        (lambda: doublings(0.2, 0), "cost_share must be above 0 and at most 1, got 0"),
        (lambda: doublings(0.2, 1.2), "cost_share must be above 0 and at most 1, got 1.2"),
        (lambda: doublings(1.0, 1), "learning_rate must be at least 0 and below 1, got 1.0"),
        (lambda: learning_rate_of([1, 2], [100]), "two rows of equal length"),
        (lambda: learning_rate_of([2, 2], [100, 90]), "at least two different outputs"),
        (lambda: learning_rate_of([1, 2], [100, 0]), r"cost must be positive, got \[100.0, 0.0\]"),
    ],
)
def test_impossible_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
