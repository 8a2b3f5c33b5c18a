"""Who yields: Asch's groups against equal people and against people who differ."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.data import load
from marketing4.models.conformity import (
    ASCH_GROUPS,
    ASCH_MEAN,
    ASCH_STUDENTS,
    ASCH_TRIALS,
    correlation_for_never,
    draw_yielding,
    groups,
    p_never,
    yielding_counts,
)

share = st.floats(0, 1)


def test_equal_people_would_almost_never_stay_independent_twelve_times():
    assert p_never(0.368, 12) == pytest.approx(0.0040607, abs=1e-6)
    assert yielding_counts(ASCH_MEAN)[0] == pytest.approx(p_never(ASCH_MEAN, ASCH_TRIALS))
    assert ASCH_GROUPS[0] / p_never(ASCH_MEAN, ASCH_TRIALS) == pytest.approx(59, abs=0.5)


def test_aschs_groups_are_those_of_the_data_set():
    assert tuple(load("asch")["per_cent"] / 100) == pytest.approx(ASCH_GROUPS)
    assert sum(ASCH_GROUPS) == pytest.approx(1)


def test_people_who_differ_explain_all_three_of_aschs_groups():
    # Only the first group is fitted; the other two follow.
    correlation = correlation_for_never(ASCH_MEAN, ASCH_GROUPS[0])
    assert correlation == pytest.approx(0.443, abs=1e-3)
    assert groups(yielding_counts(ASCH_MEAN, correlation)) == pytest.approx(ASCH_GROUPS, abs=0.005)


@given(share, share, st.integers(1, 30))
def test_differences_between_people_never_change_the_mean(mean, correlation, k):
    counts = yielding_counts(mean, correlation, k)
    assert counts.sum() == pytest.approx(1)
    assert counts @ np.arange(k + 1) == pytest.approx(k * mean, abs=1e-6)


@given(st.floats(0.05, 0.95), st.floats(0.01, 0.99))
def test_the_correlation_is_that_of_two_answers_of_one_person(mean, correlation):
    both = yielding_counts(mean, correlation, 2)[2]
    assert (both - mean**2) / (mean * (1 - mean)) == pytest.approx(correlation, abs=1e-6)


def test_people_who_differ_completely_yield_always_or_never():
    counts = yielding_counts(0.368, 1.0)
    assert (counts[0], counts[12]) == (pytest.approx(0.632), pytest.approx(0.368))
    assert counts[1:12].sum() == 0
    assert yielding_counts(0.368, 0.9999)[0] == pytest.approx(0.632, abs=1e-3)
    assert yielding_counts(0.368, 1e-7) == pytest.approx(yielding_counts(0.368), abs=1e-5)


@given(st.floats(0.1, 0.9), st.floats(0.05, 0.95))
def test_the_correlation_can_be_read_from_those_who_never_yield(mean, correlation):
    never = yielding_counts(mean, correlation)[0]
    assert correlation_for_never(mean, never) == pytest.approx(correlation, abs=1e-6)


def test_the_ends_of_never_are_equal_people_and_all_or_none():
    assert correlation_for_never(0.368, p_never(0.368, 12)) == 0
    assert correlation_for_never(0.368, 0.632) == 1


def test_random_students_yield_as_often_as_the_distribution_says():
    drawn = draw_yielding(0.368, 0.443, 40_000, seed=1)
    observed = np.bincount(drawn, minlength=13) / 40_000
    assert observed == pytest.approx(yielding_counts(0.368, 0.443), abs=0.008)
    assert drawn.min() >= 0
    assert drawn.max() <= 12


def test_the_same_seed_draws_the_same_students():
    one = draw_yielding(0.368, 0.443, ASCH_STUDENTS, seed=1)
    assert (one == draw_yielding(0.368, 0.443, ASCH_STUDENTS, seed=1)).all()
    assert (one != draw_yielding(0.368, 0.443, ASCH_STUDENTS, seed=2)).any()


def test_groups_are_shares_of_never_sometimes_and_often():
    assert groups([1, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]) == pytest.approx((1 / 8, 2 / 8, 5 / 8))
    assert groups([2, 1, 1, 0], often=2) == pytest.approx((0.5, 0.25, 0.25))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: p_never(1.5, 12), "p must be between 0 and 1, got 1.5"),
        (lambda: p_never(0.5, -1), "k must be a whole number of at least 0, got -1"),
        (lambda: yielding_counts(-0.1), "mean must be between 0 and 1, got -0.1"),
        (lambda: yielding_counts(0.5, 1.2), "correlation must be between 0 and 1, got 1.2"),
        (lambda: yielding_counts(0.5, 0.2, 0), "k must be a whole number of at least 1, got 0"),
        (lambda: correlation_for_never(0.368, 0.7), "never must be between 0.0040.* and 0.632, got 0.7"),
        (lambda: correlation_for_never(0, 0.5), "mean must be above 0 and below 1, got 0"),
        (lambda: groups([0, 0, 0]), "counts must be numbers of at least 0, not all 0"),
        (lambda: groups([1, 1, 1], often=5), "often must be between 2 and 2, got 5"),
        (lambda: draw_yielding(0.5, 0, 0, 1), "people must be a whole number of at least 1, got 0"),
    ],
)
def test_impossible_experiments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
