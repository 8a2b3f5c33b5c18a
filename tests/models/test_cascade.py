"""Information cascades: the exact chances, and random queues that agree with them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.cascade import (
    expected_informative,
    history,
    p_correct,
    p_down_cascade,
    p_no_cascade,
    p_up_cascade,
    simulate,
)
from marketing4.models.crowd import condorcet

signal = st.floats(0.5, 1)
ties = st.sampled_from(["coin", "own_signal"])


@pytest.mark.parametrize(
    ("p", "correct"),
    [
        *((0.51, 0.51333), (0.55, 0.56645), (0.6, 0.63158), (0.65, 0.69417)),
        *((0.7, 0.75316), (0.75, 0.80769), (0.8, 0.85714), (0.9, 0.93956)),
    ],
)
def test_a_queue_with_a_coin_at_ties_ends_right_as_often_as_published(p, correct):
    assert p_correct(p) == pytest.approx(correct, abs=1e-5)
    assert p_up_cascade(p, 1000) == pytest.approx(correct, abs=1e-5)
    assert p_down_cascade(p, 1000) == pytest.approx(1 - correct, abs=1e-5)


def test_hints_of_sixty_percent_give_twelve_nineteenths():
    assert p_correct(0.6) == pytest.approx(12 / 19, abs=1e-12)
    assert p_correct(0.6, "own_signal") == pytest.approx(9 / 13, abs=1e-12)


@pytest.mark.parametrize(("p", "correct"), [(0.6, 0.69231), (2 / 3, 0.8), (0.7, 0.84483), (0.8, 0.94118)])
def test_ones_own_hint_at_ties_helps_the_queue(p, correct):
    assert p_correct(p, "own_signal") == pytest.approx(correct, abs=1e-5)


@pytest.mark.parametrize(
    ("n", "up", "none", "down"), [(2, 0.48, 0.24, 0.28), (10, 0.63108, 0.00079626, 0.36813)]
)
def test_the_chances_after_a_few_people(n, up, none, down):
    assert p_up_cascade(0.6, n) == pytest.approx(up, abs=1e-5)
    assert p_no_cascade(0.6, n) == pytest.approx(none, abs=1e-8)
    assert p_down_cascade(0.6, n) == pytest.approx(down, abs=1e-5)


@given(signal, st.integers(0, 60), ties)
def test_a_queue_is_right_wrong_or_open(p, n, tie):
    chances = p_up_cascade(p, n, tie), p_down_cascade(p, n, tie), p_no_cascade(p, n, tie)
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0


def test_few_hints_reach_the_public():
    assert expected_informative(0.6, "own_signal") == pytest.approx(3.8462, abs=1e-4)
    assert expected_informative(0.7, "own_signal") == pytest.approx(3.4483, abs=1e-4)
    assert expected_informative(0.6) == pytest.approx(2 / 0.76)


@pytest.mark.parametrize(
    ("p", "tie", "alone"),
    [(0.6, "coin", 0), (0.6, "own_signal", 0), (0.7, "coin", 0), (0.6, "coin", 7), (0.6, "own_signal", 10)],
)
def test_random_queues_agree_with_the_exact_chance(p, tie, alone):
    many = simulate(p, 60, 20_000, seed=1, tie=tie, alone=alone)
    assert many.share_correct == pytest.approx(p_correct(p, tie, alone), abs=0.012)  # over three errors
    assert many.actions.shape == many.signals.shape == (20_000, 60)


def test_the_first_copy_comes_as_late_as_computed():
    for tie in ("coin", "own_signal"):
        starts = simulate(0.6, 80, 20_000, seed=2, tie=tie).cascade_start
        assert starts.mean() == pytest.approx(expected_informative(0.6, tie), abs=0.06)


def test_the_hints_pooled_would_be_right_far_more_often_than_the_queue():
    many = simulate(0.6, 101, 20_000, seed=3)
    assert many.share_pooled == pytest.approx(condorcet(0.6, 101), abs=0.004)
    assert many.share_pooled == pytest.approx(0.97910, abs=0.004)
    assert many.share_correct == pytest.approx(0.632, abs=0.012)


def test_people_who_choose_before_they_look_bring_the_queue_near_a_jury():
    assert p_correct(0.6, alone=1) == pytest.approx(p_correct(0.6))
    chances = [p_correct(0.6, alone=alone) for alone in range(0, 400, 2)]
    assert (np.diff(chances) > 0).all()
    assert chances[-1] == pytest.approx(condorcet(0.6, 398), abs=1e-3)


def test_perfect_hints_are_never_wrong_and_empty_ones_are_a_coin():
    for tie in ("coin", "own_signal"):
        assert p_correct(1, tie) == 1
        assert p_correct(0.5, tie) == pytest.approx(0.5)
        assert p_correct(0.5, tie, alone=9) == pytest.approx(0.5)


@pytest.mark.parametrize("seed", range(40))
def test_from_its_start_a_cascade_is_never_left(seed):
    queue = history(0.6, 30, seed)
    assert queue.cascade_start is not None
    copied = queue.actions[queue.cascade_start :]
    assert copied.all() or not copied.any()
    assert queue.cascade_start % 2 == 0
    assert abs(queue.lead[queue.cascade_start]) == 2
    assert queue.actions[0] == queue.signals[0]


def test_a_tie_with_ones_own_hint_is_decided_by_it():
    queues = [history(0.6, 2, seed, "own_signal") for seed in range(60)]
    assert all((queue.actions == queue.signals).all() for queue in queues)
    tossed = [history(0.6, 2, seed, "coin") for seed in range(60)]
    assert any((queue.actions != queue.signals).any() for queue in tossed)


def test_people_who_see_nobody_follow_their_hint():
    queue = history(0.6, 20, 5, alone=12)
    assert (queue.actions[:12] == queue.signals[:12]).all()
    assert queue.cascade_start is None or queue.cascade_start >= 12


def test_a_queue_too_short_for_a_cascade_has_none():
    assert history(0.6, 2, 1).cascade_start is None
    assert (simulate(0.6, 2, 50, 1).cascade_start == 2).all()


def test_the_same_seed_draws_the_same_hints_whatever_the_rule():
    one, other = simulate(0.6, 9, 30, 7), simulate(0.6, 9, 30, 7, "own_signal", alone=4)
    assert (one.signals == other.signals).all()
    assert (one.signals != simulate(0.6, 9, 30, 8).signals).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: p_correct(0.4), "p must be between 0.5 and 1, got 0.4"),
        (lambda: p_correct(math.nan), "p must be between 0.5 and 1, got nan"),
        (lambda: p_correct(0.6, "dice"), "tie must be one of coin, own_signal, got 'dice'"),
        (lambda: p_correct(0.6, alone=-1), "alone must be a whole number of at least 0, got -1"),
        (lambda: p_no_cascade(0.6, -2), "n must be a whole number of at least 0, got -2"),
        (lambda: expected_informative(1.2), "p must be between 0.5 and 1, got 1.2"),
        (lambda: simulate(0.6, 0, 5, 1), "people must be a whole number of at least 1, got 0"),
        (lambda: simulate(0.6, 5, 0, 1), "runs must be a whole number of at least 1, got 0"),
        (lambda: history(0.6, 5, -1), "seed must be a whole number of at least 0, got -1"),
    ],
)
def test_impossible_queues_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
