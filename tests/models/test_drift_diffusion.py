"""Drift diffusion: accuracy and time in closed form, and random paths that agree with them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.drift_diffusion import accuracy, mean_decision_time, simulate

drift, bound, noise = st.floats(0.01, 3), st.floats(0.05, 3), st.floats(0.3, 3)


@pytest.mark.parametrize(
    ("v", "a", "right", "seconds"),
    [
        *((0.5, 1, 0.731059, 0.924234), (1, 1, 0.880797, 0.761594), (0.2, 1, 0.598688, 0.986877)),
        *((0.5, 0.5, 0.622459, 0.244919), (0.5, 2, 0.880797, 3.046377)),
    ],
)
def test_accuracy_and_time_are_the_published_closed_forms(v, a, right, seconds):
    assert accuracy(v, a) == pytest.approx(right, abs=1e-6)
    assert mean_decision_time(v, a) == pytest.approx(seconds, abs=1e-6)


@given(drift, bound)
def test_distraction_makes_slower_and_worse(v, a):
    assert accuracy(v / 2, a) < accuracy(v, a)
    assert mean_decision_time(v / 2, a) > mean_decision_time(v, a)


@given(drift, bound)
def test_haste_makes_faster_and_worse(v, a):
    assert accuracy(v, a / 2) < accuracy(v, a)
    assert mean_decision_time(v, a / 2) < mean_decision_time(v, a)


@given(drift, bound, noise)
def test_only_evidence_relative_to_noise_counts(v, a, s):
    assert accuracy(v, a, s) == pytest.approx(accuracy(v / s, a / s))
    assert mean_decision_time(v, a, s) == pytest.approx(mean_decision_time(v / s, a / s))


def test_without_drift_it_is_a_coin_that_takes_its_time():
    assert accuracy(0, 1.5) == 0.5
    assert mean_decision_time(0, 1.5) == 2.25
    assert mean_decision_time(1e-5, 1.5) == pytest.approx(2.25)
    assert mean_decision_time(0, 1, 2) == 0.25


def test_a_strong_drift_is_right_and_goes_straight():
    assert accuracy(40, 2) == pytest.approx(1)
    assert mean_decision_time(40, 2) == pytest.approx(0.05)
    assert accuracy(1000, 1000) == 1


@pytest.mark.parametrize(("v", "a"), [(0.5, 1), (1, 1), (0.2, 1), (0.5, 0.5), (1.5, 0.75)])
def test_random_paths_agree_with_the_closed_forms(v, a):
    drawn = simulate(v, a, paths=4000, seed=11, longest=8, dt=0.01)
    assert drawn.decided.mean() > 0.999
    # Three standard errors of 4,000 paths, and the step of a hundredth of a second.
    assert drawn.correct.mean() == pytest.approx(accuracy(v, a), abs=0.024)
    assert np.nanmean(drawn.time) == pytest.approx(mean_decision_time(v, a), abs=0.05)


def test_a_small_step_stays_within_two_hundredths():
    drawn = simulate(1, 0.5, paths=1600, seed=3, longest=3, dt=0.001)
    assert drawn.decided.all()
    assert np.nanmean(drawn.time) == pytest.approx(mean_decision_time(1, 0.5), abs=0.02)


def test_wrong_decisions_take_as_long_as_right_ones():
    drawn = simulate(0.6, 1, paths=4000, seed=5, longest=8, dt=0.01)
    right, wrong = drawn.time[drawn.correct], drawn.time[~drawn.correct & drawn.decided]
    assert right.mean() == pytest.approx(wrong.mean(), abs=0.09)  # a property of this model


def test_a_decided_path_stays_at_its_bound_and_an_open_one_between():
    drawn = simulate(0.8, 1, paths=300, seed=2, longest=1)
    assert 0 < drawn.decided.sum() < 300
    assert drawn.evidence.shape == (300, 201)
    ends = drawn.evidence[:, -1]
    assert (ends[drawn.correct] == 1).all()
    assert (ends[drawn.decided & ~drawn.correct] == -1).all()
    assert (np.abs(ends[~drawn.decided]) < 1).all()
    assert (drawn.evidence[:, 0] == 0).all()
    first = round(float(drawn.time[drawn.decided][0]) / drawn.dt)
    path = drawn.evidence[drawn.decided][0]
    assert abs(path[first]) == 1
    assert abs(path[first - 1]) < 1


def test_the_same_seed_meets_the_same_noise():
    one, other = simulate(0.5, 1, paths=50, seed=7), simulate(0.5, 1, paths=50, seed=7)
    assert (one.evidence == other.evidence).all()
    assert (one.evidence != simulate(0.5, 1, paths=50, seed=8).evidence).any()
    slower = simulate(0.25, 1, paths=50, seed=7)
    assert one.correct.sum() >= slower.correct.sum()
    assert one.evidence[:, 1] - slower.evidence[:, 1] == pytest.approx(0.25 * one.dt)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: accuracy(-0.1, 1), "v must be a number of at least 0, got -0.1"),
        (lambda: accuracy(1, 0), "a must be positive, got 0"),
        (lambda: accuracy(1, 1, 0), "s must be positive, got 0"),
        (lambda: mean_decision_time(math.nan, 1), "v must be a number of at least 0, got nan"),
        (lambda: mean_decision_time(1, math.inf), "a must be positive, got inf"),
        (lambda: simulate(1, 1, paths=0, seed=1), "paths must be a whole number of at least 1, got 0"),
        (lambda: simulate(1, 1, paths=5, seed=-1), "seed must be a whole number of at least 0, got -1"),
        (lambda: simulate(1, 1, paths=5, seed=1, dt=0), "dt must be positive, got 0"),
        (lambda: simulate(1, 1, paths=5, seed=1, longest=-2), "longest must be positive, got -2"),
        (lambda: simulate(1, 1, paths=10**6, seed=1), r"must be at most 5000000, got 2000000000"),
    ],
)
def test_impossible_decisions_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
