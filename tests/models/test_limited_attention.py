"""Limited attention: the best number of options, the crowd's advice, and random shelves that agree."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.limited_attention import (
    best_number,
    correlation_of_copies,
    crowd_noise,
    crowd_utility,
    draw_shelves,
    expected_best,
    follow_crowd,
    utility,
)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        *((2, 0.56419), (3, 0.84628), (4, 1.02938), (5, 1.16296), (10, 1.53875), (20, 1.86748)),
        *((25, 1.96531), (50, 2.24907), (100, 2.50759), (200, 2.74604), (1000, 3.24144), (10_000, 3.85162)),
    ],
)
def test_the_best_of_n_is_as_high_as_in_the_tables(n, expected):
    assert expected_best(n) == pytest.approx(expected, abs=1e-5)


def test_one_option_is_average_and_two_have_a_closed_form():
    assert expected_best(1) == pytest.approx(0, abs=1e-12)
    assert expected_best(2) == pytest.approx(1 / math.sqrt(math.pi), abs=1e-12)
    assert expected_best(3) == pytest.approx(1.5 / math.sqrt(math.pi), abs=1e-12)


@pytest.mark.parametrize(
    ("c", "number", "highest"),
    [
        *((0.01, 52, 1.8366), (0.02, 33, 1.6163), (0.05, 19, 1.3209), (0.1, 13, 1.0998)),
        *((0.2, 10, 0.8884), (0.5, 7, 0.6374), (1, 6, 0.4790)),
    ],
)
def test_the_best_number_of_options_falls_with_attention(c, number, highest):
    assert best_number(c) == number
    assert utility(number, c) == pytest.approx(highest, abs=5e-5)


@pytest.mark.parametrize("c", [0.004, 0.03, 0.3, 4])
def test_no_other_number_of_options_is_better(c):
    values = [utility(n, c) for n in range(1, 400)]
    assert best_number(c) == 1 + int(np.argmax(values))


def test_many_options_help_the_attentive_and_hurt_the_distracted():
    assert utility(24, 0.1) == pytest.approx(1.0563, abs=5e-5)
    assert utility(6, 0.1) == pytest.approx(1.0018, abs=5e-5)
    assert utility(24, 0.5) == pytest.approx(0.5402, abs=5e-5)
    assert utility(6, 0.5) == pytest.approx(0.6336, abs=5e-5)


def test_without_noise_the_best_is_found():
    assert utility(30, 0) == expected_best(30)
    assert crowd_utility(30, 0, 5, 0.5) == expected_best(30)


@pytest.mark.parametrize(
    ("m", "rho", "expected"),
    [
        *((10, 0, 1.5783), (10, 0.1, 1.4077), (10, 0.5, 1.0440)),
        *((1000, 0, 1.8638), (1000, 0.1, 1.5763), (1000, 0.5, 1.0778)),
    ],
)
def test_a_crowd_that_agrees_with_itself_knows_little(m, rho, expected):
    assert crowd_utility(20, 4, m, rho) == pytest.approx(expected, abs=5e-5)


def test_the_crowd_is_worth_following_below_two_hundred_and_fifty_units_of_attention():
    assert follow_crowd(1, 20, 249.9, 4, 50)
    assert not follow_crowd(1, 20, 250.1, 4, 50)
    assert follow_crowd(1, 20, 200, 4, 50, 0)
    assert not follow_crowd(1, 20, 200, 4, 50, 0.1)


@given(
    *(st.integers(2, 200), st.floats(0.1, 5), st.floats(1, 500)),
    *(st.floats(0.1, 9), st.integers(1, 300), st.floats(0, 1)),
)
def test_following_is_advised_exactly_when_the_crowd_chooses_better(n, s2, T, w2, m, rho):
    gap = crowd_utility(n, w2, m, rho) - utility(n, s2 / T)
    if abs(gap) > 1e-9:
        assert follow_crowd(s2, n, T, w2, m, rho) == (gap > 0)


def test_ratings_that_are_all_copies_are_worth_one_rating():
    assert correlation_of_copies(50, 50) == 1
    assert crowd_noise(4, 50, correlation_of_copies(50, 50)) == pytest.approx(4)
    assert correlation_of_copies(50, 0) == correlation_of_copies(50, 1) == 0


@given(st.integers(2, 60), st.data())
def test_the_mean_correlation_gives_the_exact_noise_of_the_mean(m, data):
    copies = data.draw(st.integers(0, m))
    posts = data.draw(st.integers(1, 12))
    sizes = [copies // posts + (post < copies % posts) for post in range(posts)]
    exact = 4 * (m - copies + sum(size**2 for size in sizes)) / m**2  # a post counts once per copy
    assert crowd_noise(4, m, correlation_of_copies(m, copies, posts)) == pytest.approx(exact)


@pytest.mark.parametrize(("n", "c"), [(13, 0.1), (24, 0.5), (6, 0.5)])
def test_random_shelves_agree_with_the_expectation(n, c):
    many = draw_shelves(n, c * n, crowd_noise(4, 20, 0.1), 20_000, seed=4)
    # Over three standard errors: the chosen quality has a standard deviation of at most 1.
    assert many.mean_alone == pytest.approx(utility(n, c), abs=0.022)
    assert many.mean_crowd == pytest.approx(crowd_utility(n, 4, 20, 0.1), abs=0.022)


def test_another_noise_leaves_the_options_as_they_are():
    one, other = draw_shelves(8, 1, 1, 5, 3), draw_shelves(8, 4, 0, 5, 3)
    assert (one.quality == other.quality).all()
    assert other.own - other.quality == pytest.approx(2 * (one.own - one.quality))
    assert (other.chosen_crowd == other.quality.argmax(axis=1)).all()
    assert (one.quality != draw_shelves(8, 1, 1, 5, 4).quality).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: expected_best(0), "n must be a whole number of at least 1, got 0"),
        (lambda: expected_best(2.5), "n must be a whole number of at least 1, got 2.5"),
        (lambda: utility(5, -0.1), "c must be a number of at least 0, got -0.1"),
        (lambda: utility(5, math.nan), "c must be a number of at least 0, got nan"),
        (lambda: best_number(0), "c must be a number of at least 0.001, got 0"),
        (lambda: crowd_noise(-1, 5, 0), "w2 must be a number of at least 0, got -1"),
        (lambda: crowd_utility(5, 4, 0, 0), "m must be a whole number of at least 1, got 0"),
        (lambda: crowd_utility(5, 4, 9, 1.1), "rho must be between 0 and 1, got 1.1"),
        (lambda: follow_crowd(-1, 5, 9, 4, 9), "s2 must be a number of at least 0, got -1"),
        (lambda: follow_crowd(1, 5, 0, 4, 9), "T must be positive, got 0"),
        (lambda: correlation_of_copies(1, 0), "m must be a whole number of at least 2, got 1"),
        (lambda: correlation_of_copies(5, 6), "copies must be at most m = 5, got 6"),
        (lambda: correlation_of_copies(5, 3, 0), "posts must be a whole number of at least 1, got 0"),
        (lambda: draw_shelves(5, -1, 0, 9, 1), "own_noise must be a number of at least 0, got -1"),
        (lambda: draw_shelves(5, 1, 0, 0, 1), "shelves must be a whole number of at least 1, got 0"),
        (lambda: draw_shelves(5, 1, 0, 9, -1), "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_impossible_shelves_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
