"""Repetition: attitude with a highest point, recall without, and viewers who differ."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.repetition import attitude, best_exposures, draw_viewers, mean_attitude, recall


def test_attitude_is_highest_after_ten_exposures_and_back_at_zero_after_twenty():
    assert best_exposures(0.1, -0.005) == pytest.approx(10)
    assert float(attitude(10)) == pytest.approx(0.5)
    assert attitude([0, 20]) == pytest.approx([0, 0], abs=1e-12)
    assert int(np.argmax(attitude(np.arange(30)))) == 10


@given(st.floats(0.01, 2), st.floats(-1, -0.001), st.floats(0, 50))
def test_no_number_of_exposures_beats_the_best(b1, b2, n):
    best = best_exposures(b1, b2)
    assert attitude(n, b1, b2) <= attitude(best, b1, b2) + 1e-9


def test_recall_only_rises_and_ever_more_slowly():
    values = recall(np.arange(30), 0.15)
    assert values[0] == 0
    assert values[1] == pytest.approx(0.15)
    assert values[10] == pytest.approx(1 - 0.85**10)
    assert (np.diff(values) > 0).all()
    assert (np.diff(values, 2) < 0).all()
    assert recall([0, 1, 5], 1) == pytest.approx([0, 1, 1])
    assert recall(9, 0) == 0


@pytest.mark.parametrize(("spots", "spread"), [(40, 0), (40, 0.3), (20, 0.3), (20, 0.7)])
def test_random_viewers_agree_with_the_exact_mean(spots, spread):
    drawn = draw_viewers(20_000, 40, 0.5, spread, seed=1)
    seen = drawn.exposures(spots)
    values = attitude(seen)
    error = values.std() / math.sqrt(len(values))
    assert values.mean() == pytest.approx(mean_attitude(spots, 0.5, spread), abs=3.5 * error)
    assert seen.mean() == pytest.approx(spots * 0.5, rel=0.03)


def test_viewers_who_differ_like_the_advert_less_at_the_same_mean():
    means = [mean_attitude(20, 0.5, spread) for spread in (0, 0.2, 0.4, 0.8)]
    assert (np.diff(means) < 0).all()
    assert means[0] == pytest.approx(0.5 - 0.005 * 5)  # the variance of 20 coins


def test_exposures_grow_spot_by_spot():
    drawn = draw_viewers(50, 40, 0.5, 0.3, seed=3)
    assert (drawn.exposures(0) == 0).all()
    counts = [drawn.exposures(spots) for spots in range(41)]
    assert set(np.diff(counts, axis=0).ravel().tolist()) == {0, 1}


def test_alike_viewers_share_one_chance_and_the_same_seed_keeps_their_order():
    assert (draw_viewers(9, 5, 0.4, 0, 1).reach == 0.4).all()
    assert draw_viewers(9, 5, 1, 0.4, 1).seen.all()
    one, other = draw_viewers(30, 5, 0.5, 0.1, 6), draw_viewers(30, 5, 0.5, 0.6, 6)
    assert (np.argsort(one.reach) == np.argsort(other.reach)).all()
    assert (one.reach != draw_viewers(30, 5, 0.5, 0.1, 7).reach).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: attitude(-1), "n must be 0 or more, got -1"),
        (lambda: attitude(3, math.nan), "b1 must be finite, got nan"),
        (lambda: attitude(3, 0.1, math.inf), "b2 must be finite, got inf"),
        (lambda: best_exposures(0.1, 0), "b2 must be negative, got 0"),
        (lambda: best_exposures(-0.1, -1), "b1 must be a number of at least 0, got -0.1"),
        (lambda: recall(3, 1.2), "h must be between 0 and 1, got 1.2"),
        (lambda: recall([-2, 1]), "n must be 0 or more, got"),
        (lambda: mean_attitude(-1, 0.5, 0), "spots must be a whole number of at least 0, got -1"),
        (lambda: mean_attitude(5, 1.5, 0), "reach must be between 0 and 1, got 1.5"),
        (lambda: mean_attitude(5, 0.5, 1), "spread must be from 0 to below 1, got 1"),
        (lambda: draw_viewers(0, 5, 0.5, 0, 1), "viewers must be a whole number of at least 1, got 0"),
        (lambda: draw_viewers(5, 0, 0.5, 0, 1), "spots must be a whole number of at least 1, got 0"),
        (lambda: draw_viewers(5, 5, 0.5, 0, -1), "seed must be a whole number of at least 0, got -1"),
        (lambda: draw_viewers(5, 5, 0.5, 0, 1).exposures(6), "spots must be at most 5, got 6"),
    ],
)
def test_impossible_campaigns_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
