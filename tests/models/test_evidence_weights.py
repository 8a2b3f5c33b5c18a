"""Weights of voices: precision decides, and no other mix errs less."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.evidence_weights import (
    combine,
    draw_others,
    draw_voices,
    precision_weights,
    variance_of_mix,
)
from marketing4.models.limited_attention import crowd_noise

variances = st.lists(st.floats(0.01, 100), min_size=1, max_size=6)


def test_own_four_others_one_outer_nine():
    weights = precision_weights([4, 1, 9])
    assert weights == pytest.approx([0.183673, 0.734694, 0.081633], abs=1e-6)
    assert weights == pytest.approx([9 / 49, 36 / 49, 4 / 49], abs=1e-12)


@given(variances)
def test_weights_sum_to_one_and_the_noisier_voice_weighs_less(values):
    weights = precision_weights(values)
    assert weights.sum() == pytest.approx(1)
    assert weights * values == pytest.approx(weights[0] * values[0])


@given(variances)
def test_the_mix_is_as_precise_as_all_voices_together(values):
    mix = combine(np.zeros(len(values)), values)
    assert 1 / mix.variance == pytest.approx((1 / np.asarray(values)).sum())
    assert mix.variance <= min(values) * (1 + 1e-12)


@given(
    st.lists(st.floats(0.1, 9), min_size=3, max_size=3), st.lists(st.floats(0.01, 1), min_size=3, max_size=3)
)
def test_no_other_weights_err_less(values, other):
    shares = np.asarray(other) / sum(other)
    assert variance_of_mix(precision_weights(values), values) <= variance_of_mix(shares, values) + 1e-12


def test_equal_voices_weigh_alike_and_one_voice_weighs_all():
    assert precision_weights([2, 2]) == pytest.approx([0.5, 0.5])
    assert precision_weights([5]) == pytest.approx([1])


def test_the_estimate_lies_nearest_to_the_most_precise_voice():
    mix = combine([2, 7, 10], [4, 1, 9])
    assert mix.estimate == pytest.approx((2 * 9 + 7 * 36 + 10 * 4) / 49)
    assert mix.variance == pytest.approx(36 / 49)


def test_random_voices_agree_with_the_exact_variance():
    said = draw_voices(6, [4, 1, 9], 40_000, seed=2)
    assert said.mean(axis=0) == pytest.approx([6, 6, 6], abs=0.06)
    assert said.var(axis=0) == pytest.approx([4, 1, 9], rel=0.03)  # four standard errors
    mixed = said @ precision_weights([4, 1, 9])
    assert mixed.var() == pytest.approx(36 / 49, rel=0.03)


def test_the_same_seed_draws_the_same_errors_whatever_their_size():
    one, other = draw_voices(5, [1, 4], 7, 3), draw_voices(5, [4, 4], 7, 3)
    assert other[:, 0] - 5 == pytest.approx(2 * (one[:, 0] - 5))
    assert (other[:, 1] == one[:, 1]).all()
    assert (draw_voices(5, [1, 4], 7, 4) != one).any()


@pytest.mark.parametrize(("m", "rho"), [(4, 0), (4, 0.5), (20, 0.2), (20, 1)])
def test_the_mean_of_others_errs_as_much_as_the_formula_says(m, rho):
    said = draw_others(6, 2, m, rho, 20_000, seed=8)
    assert said.shape == (20_000, m)
    assert said.mean(axis=1).var() == pytest.approx(crowd_noise(4, m, rho), rel=0.04)  # four standard errors
    assert said[:, 0].var() == pytest.approx(4, rel=0.04)
    if m > 1:
        assert np.corrcoef(said[:, 0], said[:, 1])[0, 1] == pytest.approx(rho, abs=0.03)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: precision_weights([4, 0]), r"variances must be positive, got \[4.0, 0.0\]"),
        (lambda: precision_weights([math.nan]), "variances must be positive, got"),
        (lambda: precision_weights([]), "variances must be a list of one or more numbers, got shape"),
        (lambda: precision_weights(3), "variances must be a list of one or more numbers, got shape"),
        (lambda: variance_of_mix([1], [1, 2]), r"weights must have shape \(2,\), got \(1,\)"),
        (lambda: variance_of_mix([0.5, 0.6], [1, 2]), "weights must be 0 or more with sum 1, got"),
        (lambda: variance_of_mix([-0.5, 1.5], [1, 2]), "weights must be 0 or more with sum 1, got"),
        (lambda: combine([1], [1, 2]), "messages must be 2 finite numbers, got"),
        (lambda: combine([1, math.inf], [1, 2]), "messages must be 2 finite numbers, got"),
        (lambda: draw_voices(math.nan, [1], 3, 1), "truth must be finite, got nan"),
        (lambda: draw_voices(1, [1], 0, 1), "times must be a whole number of at least 1, got 0"),
        (lambda: draw_others(1, -1, 3, 0, 3, 1), "sd must be a number of at least 0, got -1"),
        (lambda: draw_others(1, 1, 0, 0, 3, 1), "m must be a whole number of at least 1, got 0"),
        (lambda: draw_others(1, 1, 3, 1.5, 3, 1), "rho must be between 0 and 1, got 1.5"),
        (lambda: draw_others(math.inf, 1, 3, 0, 3, 1), "truth must be finite, got inf"),
        (lambda: draw_voices(1, [1], 3, -1), "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_impossible_voices_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
