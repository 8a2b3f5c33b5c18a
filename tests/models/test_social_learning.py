"""Averaging and copying of opinions: whose opinion counts, and how long agreement takes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.social_learning import (
    degroot,
    degroot_weights,
    friends_heard_alike,
    simulate_voters,
    voter_consensus_time,
)

JACKSON = [[0, 0.5, 0.5], [1, 0, 0], [0, 1, 0]]
OTHER = [[1 / 3, 1 / 3, 1 / 3], [1 / 2, 1 / 2, 0], [0, 1 / 4, 3 / 4]]


@pytest.mark.parametrize(
    ("weights", "influence"), [(JACKSON, (0.4, 0.4, 0.2)), (OTHER, (3 / 11, 4 / 11, 4 / 11))]
)
def test_the_influence_of_each_person_agrees_with_the_reference(weights, influence):
    assert degroot_weights(weights) == pytest.approx(influence, abs=1e-9)
    course = degroot(weights, [1, 0, 0], 200)
    assert course[-1] == pytest.approx(np.full(3, influence[0]), abs=1e-9)
    assert course.shape == (201, 3)


def test_the_consensus_is_not_the_average_opinion():
    opinions = np.array([10.0, 20, 60])
    agreed = degroot(JACKSON, opinions, 300)[-1]
    assert agreed == pytest.approx(np.full(3, 24))
    assert opinions.mean() == 30


@given(st.integers(2, 8), st.integers(0, 1000))
def test_among_friends_heard_alike_influence_grows_with_friends(people, seed):
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.random((people, people)) < 0.4, k=1)
    upper[np.arange(people - 1), np.arange(1, people)] = True  # a chain, so that nobody is cut off
    friends = (upper | upper.T).astype(int)
    degree = friends.sum(axis=1)
    expected = (degree + 1) / (degree + 1).sum()
    assert degroot_weights(friends_heard_alike(friends)) == pytest.approx(expected, abs=1e-9)


def test_someone_alone_has_all_the_influence():
    assert degroot_weights([[1.0]]) == pytest.approx([1])


def test_voters_end_with_an_option_as_often_as_it_had_followers():
    all_a, _ = simulate_voters(20, 6, 8000, seed=1)
    assert all_a.mean() == pytest.approx(0.3, abs=0.02)


def test_voters_agree_after_about_as_many_rounds_as_computed():
    assert voter_consensus_time(100, 0.5) == pytest.approx(69.3, abs=0.05)
    _, rounds = simulate_voters(100, 50, 800, seed=2)
    assert rounds.mean() == pytest.approx(69.3, rel=0.08)


def test_voters_who_agree_need_no_time():
    assert voter_consensus_time(50, 0) == voter_consensus_time(50, 1) == 0
    all_a, rounds = simulate_voters(10, 10, 4, seed=1)
    assert all_a.all()
    assert (rounds == 0).all()


def test_the_same_seed_draws_the_same_voters():
    one, again = (simulate_voters(10, 5, 30, seed=4) for _ in range(2))
    assert (one[1] == again[1]).all()
    assert (one[1] != simulate_voters(10, 5, 30, seed=5)[1]).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: degroot_weights([[1, 0]]), r"weights must be a square table, got shape \(1, 2\)"),
        (lambda: degroot_weights([[0.5, 0.4], [0, 1]]), r"weights must sum to 1 in every row, got \[0.9"),
        (lambda: degroot_weights([[2, -1], [0, 1]]), "weights must be numbers of at least 0"),
        (lambda: degroot_weights([[1, 0], [0, 1]]), "weights must let everybody hear of everybody else"),
        (lambda: degroot_weights([[0, 1], [1, 0]]), "weights must let everybody hear of everybody else"),
        (lambda: degroot(JACKSON, [1, 2], 3), r"opinions must be 3 numbers, got \[1.0, 2.0\]"),
        (lambda: degroot(JACKSON, [1, 2, 3], -1), "steps must be a whole number of at least 0, got -1"),
        (lambda: friends_heard_alike([[0, 1], [0, 0]]), "adjacency must be symmetric"),
        (lambda: friends_heard_alike([[0, 1]]), r"adjacency must be a square table, got shape \(1, 2\)"),
        (lambda: voter_consensus_time(1, 0.5), "people must be a whole number of at least 2, got 1"),
        (lambda: voter_consensus_time(10, 2), "share must be between 0 and 1, got 2"),
        (lambda: simulate_voters(10, 11, 5, 1), "first must be a whole number between 0 and 10, got 11"),
    ],
)
def test_impossible_groups_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
