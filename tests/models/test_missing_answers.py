"""Blanks: dropped or counted as zero, at random or among the low answers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.missing_answers import mean_with_missing

values = st.lists(st.floats(-1000, 1000), min_size=1, max_size=40)


def test_counting_blanks_as_zero_pulls_the_mean_down_in_proportion():
    result = mean_with_missing([40] * 10, missing_share=0.3)
    assert result.mean_of_all == result.mean_of_answers == 40
    assert result.mean_with_zeros == pytest.approx(28)


def test_when_the_lowest_answers_go_blank_the_mean_of_the_rest_is_too_high():
    result = mean_with_missing([5, 1, 4, 2, 3], missing_share=0.4, low_answer_bias=1)
    assert result.is_missing.tolist() == [False, True, False, True, False]
    assert result.mean_of_answers == 4
    assert result.mean_of_all == 3
    assert result.mean_with_zeros == pytest.approx(12 / 5)


def test_when_the_highest_answers_go_blank_the_mean_of_the_rest_is_too_low():
    result = mean_with_missing([5, 1, 4, 2, 3], missing_share=0.4, low_answer_bias=-1)
    assert result.mean_of_answers == 2


def test_blanks_that_fall_anywhere_leave_the_mean_in_place_on_average():
    ages = np.random.default_rng(1).integers(18, 80, 200)
    means = [mean_with_missing(ages, 0.5, 0, seed).mean_of_answers for seed in range(400)]
    assert np.mean(means) == pytest.approx(ages.mean(), abs=0.3)


def test_a_stronger_bias_moves_the_mean_further():
    ages = np.random.default_rng(1).integers(18, 80, 2000)
    means = [mean_with_missing(ages, 0.4, bias, seed=3).mean_of_answers for bias in (-1, -0.5, 0, 0.5, 1)]
    assert means == sorted(means)
    assert len(set(means)) == 5


def test_among_equal_answers_chance_decides_even_with_full_bias():
    masks = {tuple(mean_with_missing([1] * 6, 0.5, 1, seed).is_missing) for seed in range(20)}
    assert len(masks) > 1


def test_when_nobody_answers_there_is_no_mean():
    result = mean_with_missing([4, 5], missing_share=1)
    assert result.mean_of_answers is None
    assert result.mean_with_zeros == 0
    assert (result.answered, result.missing) == (0, 2)


@given(values, st.floats(0, 1), st.floats(-1, 1), st.integers(0, 1000))
def test_answered_and_missing_make_up_everyone(answers, missing_share, bias, seed):
    result = mean_with_missing(answers, missing_share, bias, seed)
    assert result.answered + result.missing == len(answers)
    assert result.is_missing.sum() == result.missing
    assert abs(result.missing - missing_share * len(answers)) <= 0.5 + 1e-9
    if result.answered:
        assert result.mean_with_zeros == pytest.approx(
            result.mean_of_answers * result.answered / len(answers), abs=1e-9
        )


@given(values, st.floats(-1, 1), st.integers(0, 1000))
def test_more_blanks_keep_the_old_ones(answers, bias, seed):
    few, many = (mean_with_missing(answers, part, bias, seed).is_missing for part in (0.3, 0.7))
    assert (many | ~few).all()


@given(values, st.floats(-1, 1), st.integers(0, 1000))
def test_the_same_seed_blanks_the_same_answers(answers, bias, seed):
    first, second = (mean_with_missing(answers, 0.5, bias, seed) for _ in range(2))
    assert np.array_equal(first.is_missing, second.is_missing)


def test_the_given_answers_are_not_changed():
    answers = np.array([3.0, 1.0, 2.0])
    result = mean_with_missing(answers, 0.5)
    result.values[0] = 99
    assert answers.tolist() == [3, 1, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"values": []}, "values must be a list of at least one number"),
        ({"values": [1, math.nan]}, "values must be a list of at least one number without blanks"),
        ({"missing_share": 1.1}, "missing_share must be between 0 and 1, got 1.1"),
        ({"missing_share": math.nan}, "missing_share must be between 0 and 1, got nan"),
        ({"low_answer_bias": -2}, "low_answer_bias must be between -1 and 1, got -2"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_impossible_answers_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        mean_with_missing(**{"values": [1, 2], "missing_share": 0.5, **arguments})
