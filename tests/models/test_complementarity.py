"""Complements: the value of two together, the best split of a budget, and a test that measures it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.complementarity import (
    best_split,
    draw_test,
    interaction_of,
    interaction_standard_error,
    is_complement,
    power,
    value,
)

numbers = st.floats(-50, 50)
shares = st.floats(0, 1)


def corners(a, b, c):
    return np.array([[value(x, y, a, b, c) for y in (0, 1)] for x in (0, 1)])


@given(numbers, numbers, numbers)
def test_the_difference_in_differences_of_the_four_corners_is_the_interaction(a, b, c):
    assert interaction_of(corners(a, b, c)) == pytest.approx(c, abs=1e-9)


@given(numbers, numbers, st.floats(-50, 50).filter(lambda c: abs(c) > 1e-6))
def test_touch_is_worth_more_with_technology_exactly_if_they_are_complements(a, b, c):
    means = corners(a, b, c)
    assert is_complement(a, b, c) == (means[1, 1] - means[1, 0] > means[0, 1] - means[0, 0])


@given(numbers, numbers, numbers, shares)
def test_no_split_of_the_budget_is_worth_more_than_the_best(a, b, c, x):
    best = best_split(a, b, c)
    assert 0 <= best <= 1
    assert value(x, 1 - x, a, b, c) <= value(best, 1 - best, a, b, c) + 1e-9


def test_the_weaker_of_two_complements_gets_a_part_of_the_budget():
    assert best_split(12, 6, 20) == pytest.approx(0.65)
    assert best_split(12, 6, 6) == 1
    assert best_split(6, 12, 6) == 0
    assert best_split(8, 8, -3) == 1


def test_the_constant_of_a_value_does_not_touch_the_interaction():
    assert interaction_of([[40, 46], [52, 64]]) == 6
    assert interaction_of([[0, 6], [12, 24]]) == 6


def test_the_interaction_has_twice_the_standard_error_of_a_mean():
    assert interaction_standard_error(30, 100) == 6
    assert interaction_standard_error(30, 400) == 3


def test_an_interaction_of_one_standard_error_is_found_in_about_one_test_of_six():
    assert power(6, 30, 100) == pytest.approx(0.1685, abs=1e-4)
    assert power(0, 30, 100) == pytest.approx(0.025, abs=1e-9)
    assert power(6 * 1.959964, 30, 100) == pytest.approx(0.5, abs=1e-6)


def test_random_tests_find_the_interaction_as_often_as_the_power_says():
    tests = [draw_test(12, 6, 6, 30, 400, seed) for seed in range(2000)]
    found = np.array([test.interaction for test in tests])
    assert found.mean() == pytest.approx(6, abs=4 * 3 / math.sqrt(2000))
    assert found.std() == pytest.approx(3, rel=0.06)
    assert np.mean([test.low > 0 for test in tests]) == pytest.approx(power(6, 30, 400), abs=0.045)
    assert np.mean([test.low < 6 < test.high for test in tests]) == pytest.approx(0.95, abs=0.02)


def test_a_test_without_spread_shows_the_values_themselves():
    test = draw_test(12, 6, 20, 0, 10, seed=1, base=40)
    assert test.means == pytest.approx(np.array([[40, 46], [52, 78]]))
    assert (test.low, test.interaction, test.high) == pytest.approx((20, 20, 20))


def test_the_same_seed_draws_the_same_lots_at_every_interaction():
    one, other = (draw_test(12, 6, c, 30, 100, seed=5) for c in (0, 10))
    assert other.interaction - one.interaction == pytest.approx(10)
    assert draw_test(12, 6, 0, 30, 100, seed=6).interaction != one.interaction


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: value(1.2, 0, 1, 1, 1), "tech must be from 0 to 1, got 1.2"),
        (lambda: value(0, [0.5, -1], 1, 1, 1), "touch must be from 0 to 1, got -1"),
        (lambda: value(0, 0, math.nan, 1, 1), "a must be a finite number, got nan"),
        (lambda: best_split(1, math.inf, 1), "b must be a finite number, got inf"),
        (lambda: is_complement(1, 1, math.nan), "c must be a finite number, got nan"),
        (
            lambda: interaction_of([1, 2, 3, 4]),
            r"means must be a table of 2 rows and 2 columns, got shape \(4,\)",
        ),
        (lambda: interaction_of([[1, 2], [3, math.nan]]), "means must be finite numbers, got nan"),
        (lambda: interaction_standard_error(-1, 5), "sd must be a number of at least 0, got -1"),
        (lambda: power(1, 0, 5), "sd must be above 0 for a power, got 0"),
        (lambda: draw_test(1, 1, 1, 1, 0, 1), "n must be a whole number of at least 1, got 0"),
        (lambda: draw_test(1, 1, 1, 1, 1, -1), "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_impossible_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
