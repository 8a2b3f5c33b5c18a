"""TV and searches: what an elasticity says, and how long advertising carries over."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.media_response import (
    adstock,
    draw_searches,
    half_life,
    searches_change,
    steady_stock,
)

changes = st.floats(-0.99, 10)


def test_ten_per_cent_more_tv_brings_under_two_per_cent_more_searches():
    assert searches_change(0.10) == pytest.approx(0.016335, abs=1e-6)
    assert 100 * searches_change(0.10) == pytest.approx(1.6335, abs=1e-4)


def test_twice_the_tv_is_not_seventeen_per_cent_more():
    assert searches_change(1.0) == pytest.approx(0.125058, abs=1e-6)


@given(changes, changes)
def test_two_changes_one_after_the_other_multiply(first, second):
    both = (1 + first) * (1 + second) - 1
    expected = (1 + searches_change(first)) * (1 + searches_change(second)) - 1
    assert searches_change(both) == pytest.approx(float(expected), abs=1e-9)


def test_a_small_change_is_the_elasticity_times_the_change():
    assert searches_change(1e-5) / 1e-5 == pytest.approx(0.17, abs=1e-5)
    assert searches_change(0.4, elasticity=1) == pytest.approx(0.4)
    assert searches_change([0.4, -0.4], elasticity=0).tolist() == [0, 0]


def test_no_tv_means_no_searches_in_a_model_of_constant_elasticity():
    assert searches_change(-1) == -1


def test_a_single_advert_decays_by_its_retention():
    assert adstock([100, 0, 0, 0], 0.5).tolist() == [100, 50, 25, 12.5]


def test_a_constant_spend_comes_to_its_steady_stock_and_stays_there():
    assert steady_stock(100, 0.8) == pytest.approx(500)
    assert adstock([100] * 200, 0.8)[-1] == pytest.approx(500)
    assert adstock([100] * 5, 0.8, before=500) == pytest.approx(np.full(5, 500.0))


def test_four_fifths_retention_halves_the_stock_in_about_three_weeks():
    assert half_life(0.8) == pytest.approx(3.1063, abs=1e-4)
    assert half_life(0.5) == 1
    assert half_life(0) == 0


@given(st.floats(0.05, 0.99))
def test_after_a_half_life_half_is_left(retention):
    assert retention ** half_life(retention) == pytest.approx(0.5)


def test_searches_scatter_around_what_is_expected():
    drawn = draw_searches(np.full(20_000, 1000.0), 0.05, seed=1)
    assert np.log(drawn / 1000).mean() == pytest.approx(0, abs=0.0015)
    assert np.log(drawn / 1000).std() == pytest.approx(0.05, abs=0.001)
    assert (draw_searches(drawn, 0, seed=2) == drawn).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: searches_change(-1.1), "tv_change must be a number of at least -1"),
        (lambda: searches_change(math.nan), "tv_change must be a number of at least -1"),
        (lambda: searches_change(0.1, -1), "elasticity must be a number of at least 0, got -1"),
        (lambda: adstock([1, -2], 0.5), "spend must be numbers of at least 0, got -2"),
        (lambda: adstock(3, 0.5), r"spend must be a list with a number per week, got shape \(\)"),
        (lambda: adstock([1], 1), "retention must be from 0 up to but not 1, got 1"),
        (lambda: adstock([1], 0.5, -1), "before must be a number of at least 0, got -1"),
        (lambda: steady_stock(-1, 0.5), "spend must be a number of at least 0, got -1"),
        (lambda: half_life(-0.1), "retention must be from 0 up to but not 1, got -0.1"),
        (lambda: draw_searches([-1], 0.1, 1), "expected must be numbers of at least 0, got -1"),
        (lambda: draw_searches([1], -0.1, 1), "sd must be a number of at least 0, got -0.1"),
    ],
)
def test_impossible_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
