"""The wisdom of crowds: the identity of errors, correlated crowds, juries, and what talking does."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.data import load
from marketing4.models.crowd import (
    GALTON_CARDS,
    GALTON_PERCENTILES,
    GALTON_POUNDS,
    GALTON_TRUTH,
    condorcet,
    decompose,
    draw_galton,
    draw_guesses,
    effective_size,
    effective_voices,
    talk,
    variance_of_mean,
)

guesses = st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=40)
share = st.floats(0, 1)


def test_the_error_of_the_mean_is_the_average_error_less_diversity():
    crowd = decompose([40, 50, 60, 90], 55)
    assert (crowd.mean, crowd.collective_error, crowd.average_error, crowd.diversity) == (60, 25, 375, 350)


@given(guesses, st.floats(-1e4, 1e4))
def test_the_identity_holds_for_any_crowd(row, truth):
    crowd = decompose(row, truth)
    parts = crowd.average_error - crowd.diversity
    assert crowd.collective_error == pytest.approx(parts, rel=1e-9, abs=1e-9 * (1 + crowd.average_error))
    assert crowd.collective_error <= crowd.average_error * (1 + 1e-9) + 1e-9


@pytest.mark.parametrize(
    ("n", "correlation", "size"),
    [(100, 0.1, 9.1743), (1000, 0.05, 19.6271), (1000, 0.3, 3.3256), (10, 0.1, 5.2632)],
)
def test_correlated_people_are_worth_few_independent_ones(n, correlation, size):
    assert effective_size(n, correlation) == pytest.approx(size, abs=1e-4)


@given(st.integers(1, 5000), share)
def test_the_effective_size_is_what_the_variance_of_the_mean_says(n, correlation):
    size = effective_size(n, correlation)
    assert 4 / size == pytest.approx(variance_of_mean(2, n, correlation))
    assert 1 - 1e-9 <= size <= n + 1e-9


def test_the_largest_crowd_is_worth_no_more_than_one_over_the_correlation():
    assert effective_size(10**9, 0.1) == pytest.approx(10, abs=1e-6)
    assert effective_size(50, 0) == 50
    assert effective_size(50, 1) == 1


def test_a_correlated_crowd_varies_as_the_formula_says():
    rng = np.random.default_rng(5)
    common, own = rng.standard_normal((20_000, 1)), rng.standard_normal((20_000, 10))
    means = (math.sqrt(0.3) * common + math.sqrt(0.7) * own).mean(axis=1)
    assert means.var() == pytest.approx(variance_of_mean(1, 10, 0.3), rel=0.03)


@pytest.mark.parametrize(
    ("n", "probability"),
    [(1, 0.6), (3, 0.648), (5, 0.68256), (11, 0.75350), (25, 0.84623), (51, 0.92647), (101, 0.97910)],
)
def test_a_larger_jury_of_independent_voters_is_right_more_often(n, probability):
    assert condorcet(0.6, n) == pytest.approx(probability, abs=1e-5)


def test_a_coin_decides_the_tie_of_an_even_jury():
    votes = np.random.default_rng(3).binomial(4, 0.6, 200_000)
    drawn = (votes > 2).mean() + (votes == 2).mean() / 2
    assert condorcet(0.6, 4) == pytest.approx(drawn, abs=0.004)
    assert condorcet(0.6, 4) == pytest.approx(condorcet(0.6, 3))


def test_a_jury_of_bad_voters_grows_worse_with_its_size():
    assert condorcet(0.4, 101) < condorcet(0.4, 11) < 0.4
    assert (condorcet(0.5, 33), condorcet(1, 8), condorcet(0, 8)) == (pytest.approx(0.5), 1, 0)


def test_galtons_percentiles_have_their_known_mean_and_quartile_deviation():
    assert np.mean(GALTON_POUNDS) == pytest.approx(1197.2105, abs=1e-4)
    table = dict(zip(GALTON_PERCENTILES, GALTON_POUNDS, strict=True))
    assert (table[75] - table[25]) / 2 == 37
    assert (table[50] - GALTON_TRUTH) / GALTON_TRUTH == pytest.approx(0.00751, abs=1e-5)


def test_drawn_visitors_spread_as_galtons_table():
    drawn = draw_galton(100_000, seed=2)
    quantiles = np.quantile(drawn, np.array(GALTON_PERCENTILES) / 100)
    assert quantiles == pytest.approx(np.array(GALTON_POUNDS), abs=3)
    assert drawn.min() < GALTON_POUNDS[0] - 50
    assert drawn.max() > GALTON_POUNDS[-1] + 50


@given(st.integers(0, 500), share)
def test_when_all_are_heard_alike_talk_moves_no_mean(seed, pull):
    course = talk(draw_galton(50, seed), GALTON_TRUTH, 6, pull)
    assert course.mean == pytest.approx(np.full(7, course.mean[0]))
    assert course.diversity == pytest.approx(course.diversity[0] * (1 - pull) ** (2 * np.arange(7)), abs=1e-6)
    assert course.average_error == pytest.approx(course.collective_error + course.diversity)


def test_a_loud_voice_draws_the_consensus_towards_its_own_guess():
    first = np.array([100.0, 20, 30, 10])
    course = talk(first, 40, 60, 0.3, loud=0.5)
    assert course.guesses[-1] == pytest.approx(np.full(4, 0.5 * 100 + 0.5 * 40), abs=1e-6)
    assert talk(first, 40, 1, 1.0, loud=1.0).guesses[1] == pytest.approx(np.full(4, 100))


def test_a_crowd_that_follows_one_voice_is_worth_one_person():
    assert effective_voices(787, 0) == pytest.approx(787)
    assert effective_voices(787, 1) == 1
    assert effective_voices(787, 0.5) == pytest.approx(4, abs=0.03)


def test_the_variance_of_a_talked_out_crowd_is_that_of_its_effective_voices():
    rng = np.random.default_rng(8)
    agreed = [talk(rng.standard_normal(20), 0, 40, 0.5, 0.3).mean[-1] for _ in range(4000)]
    assert np.var(agreed) == pytest.approx(1 / effective_voices(20, 0.3), rel=0.08)


def test_drawn_guesses_are_skewed_with_the_truth_in_the_middle():
    course = draw_guesses(500, 40_000, seed=4)
    assert np.median(course.guesses[0]) == pytest.approx(500, rel=0.02)
    assert course.mean[0] == pytest.approx(500 * math.exp(0.18), rel=0.02)
    assert course.guesses.shape == (1, 40_000)


def test_the_same_seed_draws_the_same_guesses_however_they_talk():
    silent = draw_guesses(500, 30, seed=4)
    talking = draw_guesses(500, 30, seed=4, rounds=4, pull=0.3)
    assert (silent.guesses[0] == talking.guesses[0]).all()
    assert (draw_guesses(500, 30, seed=5).guesses[0] != silent.guesses[0]).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: decompose([], 1), "guesses must be a list of at least one number"),
        (lambda: decompose([1, math.nan], 1), "guesses must be a list of at least one number"),
        (lambda: decompose([1], math.inf), "truth must be a finite number, got inf"),
        (lambda: variance_of_mean(-1, 5, 0), "sd must be a number of at least 0, got -1"),
        (lambda: effective_size(0, 0.1), "n must be a whole number of at least 1, got 0"),
        (lambda: effective_size(10, 1.1), "correlation must be between 0 and 1, got 1.1"),
        (lambda: condorcet(-0.1, 3), "p must be between 0 and 1, got -0.1"),
        (lambda: condorcet(0.6, 2.5), "n must be a whole number of at least 1, got 2.5"),
        (lambda: talk([], 1, 1, 0.5), "guesses must be a list of at least one number"),
        (lambda: talk([1], 1, -1, 0.5), "rounds must be a whole number of at least 0, got -1"),
        (lambda: talk([1], 1, 1, 2), "pull must be between 0 and 1, got 2"),
        (lambda: talk([1], 1, 1, 0.5, -1), "loud must be between 0 and 1, got -1"),
        (lambda: effective_voices(5, 2), "loud must be between 0 and 1, got 2"),
        (lambda: draw_guesses(0, 5, 1), "truth must be positive, got 0"),
        (lambda: draw_guesses(5, 5, 1, spread=-1), "spread must be a number of at least 0, got -1"),
        (lambda: draw_guesses(5, 5, -1), "seed must be a whole number of at least 0, got -1"),
        (lambda: draw_galton(0, 1), "people must be a whole number of at least 1, got 0"),
    ],
)
def test_impossible_crowds_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_models_constants_are_those_of_the_data_set():
    table = load("galton")
    assert tuple(table["percentile"]) == GALTON_PERCENTILES
    assert tuple(table["pounds"]) == GALTON_POUNDS
    assert GALTON_CARDS == 787
