"""Songs in several worlds: the exact ends of no and full influence, and what lies between."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.music_worlds import (
    appeal_of_songs,
    draw_worlds,
    expected_gini_of_copying,
    expected_unpredictability_of_copying,
    gini_per_world,
    unpredictability,
)


def test_full_copying_has_the_mean_inequality_of_polyas_urn():
    assert expected_gini_of_copying(48) == pytest.approx(0.489583, abs=1e-6)
    worlds = draw_worlds(appeal_of_songs(), 1.0, 3000, 400, seed=1)
    assert worlds.gini.mean() == pytest.approx(expected_gini_of_copying(48), abs=0.01)


def test_full_copying_forgets_what_the_songs_are_worth():
    worlds = draw_worlds([0.97, 0.01, 0.01, 0.01], 1.0, 400, 3000, seed=2)
    shares = worlds.downloads / 400
    assert shares.mean(axis=0) == pytest.approx(np.full(4, 0.25), abs=0.015)
    assert shares.var(axis=0) == pytest.approx(np.full(4, 3 / 80), rel=0.08)  # Dirichlet(1, 1, 1, 1)


def test_full_copying_differs_between_worlds_by_about_one_over_the_songs():
    assert expected_unpredictability_of_copying(48) == pytest.approx(1 / 48, rel=0.02)
    worlds = draw_worlds(appeal_of_songs(), 1.0, 3000, 200, seed=3)
    assert worlds.unpredictability == pytest.approx(expected_unpredictability_of_copying(48), rel=0.04)


def test_without_influence_listeners_choose_by_appeal():
    appeal = appeal_of_songs()
    worlds = draw_worlds(appeal, 0.0, 2000, 100, seed=4)
    assert worlds.downloads.sum(axis=0) / 200_000 == pytest.approx(appeal, abs=0.0015)
    assert (worlds.downloads.sum(axis=1) == 2000).all()
    assert worlds.downloads[:, 0].var() == pytest.approx(2000 * appeal[0] * (1 - appeal[0]), rel=0.5)


def test_influence_makes_worlds_less_equal_and_less_predictable():
    appeal = appeal_of_songs(spread=0.3)
    free, followed = (draw_worlds(appeal, share, 720, 40, seed=5) for share in (0.0, 0.8))
    assert followed.gini.mean() > free.gini.mean() + 0.05
    assert followed.unpredictability > 1.5 * free.unpredictability


def test_the_next_listener_follows_the_rule_of_the_model():
    # Two songs, the second listener: P(same as first) = 2/3 by copying, appeal by taste.
    influence, appeal = 0.6, np.array([0.7, 0.3])
    choices = draw_worlds(appeal, influence, 2, 60_000, seed=6).choices
    for song in (0, 1):
        second = choices[1, choices[0] == song]
        expected = (1 - influence) * appeal[song] + influence * 2 / 3
        assert (second == song).mean() == pytest.approx(expected, abs=0.012)


def test_downloads_can_be_read_at_every_listener():
    worlds = draw_worlds(appeal_of_songs(10), 0.5, 50, 3, seed=7)
    assert worlds.downloads_after(0).sum() == 0
    assert (worlds.downloads_after(20).sum(axis=1) == 20).all()
    assert (worlds.downloads_after(50) == worlds.downloads).all()
    with pytest.raises(ValueError, match="listeners must be between 0 and 50, got 51"):
        worlds.downloads_after(51)


def test_the_same_seed_draws_the_same_worlds():
    one, again, other = (draw_worlds(appeal_of_songs(), 0.6, 100, 8, seed) for seed in (1, 1, 2))
    assert (one.choices == again.choices).all()
    assert (one.choices != other.choices).any()


def test_songs_are_sorted_by_appeal_and_alike_without_spread():
    appeal = appeal_of_songs(48, 0.6)
    assert appeal.sum() == pytest.approx(1)
    assert (np.diff(appeal) < 0).all()
    assert appeal[0] / np.median(appeal) == pytest.approx(4, abs=0.05)
    assert appeal_of_songs(5, 0) == pytest.approx(np.full(5, 0.2))


def test_the_gini_coefficient_agrees_with_examples_worked_by_hand():
    assert gini_per_world([[1, 2, 3, 4], [4, 2, 1, 3], [1, 1, 1, 7], [0, 0, 0, 1], [3, 3, 3, 3]]) == (
        pytest.approx([0.25, 0.25, 0.45, 0.75, 0])
    )


def test_unpredictability_compares_shares_and_not_counts():
    assert unpredictability([[1, 1], [50, 50]]) == 0
    assert unpredictability([[1, 0], [0, 7]]) == 1
    # Three worlds: gaps of song 1 are .2, .5 and .3, of song 2 the same.
    assert unpredictability([[0.5, 0.5], [0.7, 0.3], [1, 0]]) == pytest.approx(1 / 3)


@given(st.lists(st.lists(st.integers(1, 50), min_size=3, max_size=3), min_size=2, max_size=6))
def test_unpredictability_is_the_mean_gap_of_all_pairs(rows):
    shares = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    first, second = np.triu_indices(len(rows), k=1)
    assert unpredictability(rows) == pytest.approx(np.abs(shares[first] - shares[second]).mean(), abs=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: appeal_of_songs(0), "songs must be a whole number of at least 1, got 0"),
        (lambda: appeal_of_songs(5, -1), "spread must be a number of at least 0, got -1"),
        (lambda: draw_worlds([], 0.5, 5, 2, 1), "appeal must be a list of numbers of at least 0"),
        (lambda: draw_worlds([1, -1], 0.5, 5, 2, 1), "appeal must be a list of numbers of at least 0"),
        (lambda: draw_worlds([0, 0], 0.5, 5, 2, 1), "appeal must be above 0 for at least one song"),
        (lambda: draw_worlds([1, 1], 1.5, 5, 2, 1), "influence must be between 0 and 1, got 1.5"),
        (lambda: draw_worlds([1, 1], 0.5, 0, 2, 1), "listeners must be a whole number of at least 1, got 0"),
        (lambda: draw_worlds([1, 1], 0.5, 5, 0, 1), "worlds must be a whole number of at least 1, got 0"),
        (lambda: gini_per_world([[0, 0]]), "downloads must be above 0 somewhere in every world"),
        (lambda: gini_per_world([[1, -1]]), "downloads must be a table of numbers of at least 0"),
        (lambda: unpredictability([[1, 2]]), "downloads must have at least 2 worlds, got 1"),
        (lambda: expected_gini_of_copying(0), "songs must be a whole number of at least 1, got 0"),
        (lambda: expected_unpredictability_of_copying(0), "songs must be a whole number of at least 1"),
    ],
)
def test_impossible_markets_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
