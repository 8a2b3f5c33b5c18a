"""Games of two: textbook equilibria, and the patience that makes an agreement last."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.games import (
    critical_discount,
    draw_rounds,
    mixed_equilibrium,
    payoff_of_rounds,
    pure_equilibria,
    repeat_game,
)

# Payoffs of the row player; both games are symmetric. First action: share, second: hoard.
DILEMMA = np.array([[8, 2], [9, 4]])
STAG_HUNT = np.array([[8, 0], [5, 4]])
CHICKEN = np.array([[8, 5], [9, 4]])
PENNIES = np.array([[1, -1], [-1, 1]])


def test_in_the_prisoners_dilemma_both_hoard_and_nothing_else_is_stable():
    assert pure_equilibria(DILEMMA, DILEMMA.T) == [(1, 1)]
    assert mixed_equilibrium(DILEMMA, DILEMMA.T) is None


def test_the_stag_hunt_has_two_pure_equilibria_and_a_mixed_one_between_them():
    assert pure_equilibria(STAG_HUNT, STAG_HUNT.T) == [(0, 0), (1, 1)]
    p, q = mixed_equilibrium(STAG_HUNT, STAG_HUNT.T)
    assert p == pytest.approx(4 / 7, abs=1e-12)
    assert q == pytest.approx(4 / 7, abs=1e-12)
    assert 8 * q == pytest.approx(5 * q + 4 * (1 - q))  # both actions pay the same


def test_in_chicken_one_shares_and_the_other_hoards():
    assert pure_equilibria(CHICKEN, CHICKEN.T) == [(0, 1), (1, 0)]


def test_matching_pennies_have_no_pure_equilibrium_but_a_fair_coin():
    assert pure_equilibria(PENNIES, -PENNIES) == []
    assert mixed_equilibrium(PENNIES, -PENNIES) == pytest.approx((0.5, 0.5))


def test_the_battle_of_the_sexes_mixes_each_by_the_payoffs_of_the_other():
    p, q = mixed_equilibrium([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    assert (p, q) == pytest.approx((2 / 3, 1 / 3))


def test_a_tie_is_no_reason_to_change():
    assert len(pure_equilibria([[1, 1], [1, 1]], [[2, 2], [2, 2]])) == 4
    assert mixed_equilibrium([[1, 1], [1, 1]], [[2, 2], [2, 2]]) is None


def test_games_need_not_be_square():
    assert pure_equilibria([[3, 1, 2], [0, 2, 1]], [[1, 2, 3], [4, 4, 0]]) == [(0, 2), (1, 1)]


@given(st.lists(st.integers(-5, 5), min_size=8, max_size=8))
def test_nobody_gains_by_leaving_an_equilibrium_alone(payoffs):
    rows, columns = np.array(payoffs[:4]).reshape(2, 2), np.array(payoffs[4:]).reshape(2, 2)
    found = pure_equilibria(rows, columns)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        is_stable = (
            rows[row, column] >= rows[1 - row, column] and columns[row, column] >= columns[row, 1 - column]
        )
        assert ((row, column) in found) == is_stable
    mixed = mixed_equilibrium(rows, columns)
    assert found or mixed  # Nash: every finite game has an equilibrium
    if mixed is not None:
        p, q = mixed
        assert (rows @ [q, 1 - q])[0] == pytest.approx((rows @ [q, 1 - q])[1])
        assert ([p, 1 - p] @ columns)[0] == pytest.approx(([p, 1 - p] @ columns)[1])


def test_sharing_lasts_in_the_course_example_from_a_patience_of_a_fifth():
    assert critical_discount(9, 8, 4) == pytest.approx(0.2, abs=1e-12)
    assert repeat_game(9, 8, 4, [0.1, 0.19, 0.2, 0.3]).lasts.tolist() == [False, False, True, True]


def test_at_the_critical_patience_breaking_and_keeping_are_worth_the_same():
    for rounds in (None, 1, 3):
        critical = repeat_game(10, 8, 4, 0, rounds).critical
        run = repeat_game(10, 8, 4, critical, rounds)
        assert run.break_once == pytest.approx(8)
        assert run.lasts


@given(st.floats(0.1, 20), st.floats(0.1, 20), st.floats(0, 0.99))
def test_cooperation_lasts_exactly_from_the_critical_patience_on(gain, loss, discount):
    run = repeat_game(5 + gain, 5, 5 - loss, discount)
    if abs(discount - run.critical) > 1e-6:
        assert bool(run.lasts) == (discount > run.critical)


def test_a_shorter_punishment_asks_for_more_patience():
    run = {rounds: repeat_game(10, 8, 4, 0.5, rounds) for rounds in (None, 3, 1)}
    assert run[1].critical == pytest.approx(0.5)  # 2 = 4 d
    assert run[None].critical == pytest.approx(1 / 3)
    assert run[None].critical < run[3].critical < run[1].critical


def test_no_patience_is_enough_when_the_punishment_costs_less_than_the_temptation_brings():
    assert repeat_game(13, 8, 4, 0.95, 1).critical is None
    assert not repeat_game(13, 8, 4, 0.95, 1).lasts
    assert repeat_game(9, 8, 4, 0.95, 0).critical is None


def test_without_temptation_no_patience_is_needed():
    run = repeat_game(5, 8, 4, 0.0)
    assert run.critical == 0
    assert run.lasts


def test_the_worth_of_an_agreement_is_the_discounted_sum_of_its_rounds():
    discount, rounds = 0.7, 2
    weights = 0.3 * discount ** np.arange(400)
    paid = np.full(400, 8.0)
    paid[0], paid[1 : 1 + rounds] = 11, 4
    run = repeat_game(11, 8, 4, discount, rounds)
    assert run.break_once == pytest.approx((weights * paid).sum())
    assert run.keep == pytest.approx(8)


@pytest.mark.parametrize("rounds", [None, 2])
def test_random_relationships_pay_what_the_discounted_sum_says(rounds):
    discount = 0.8
    lengths = draw_rounds(discount, 100_000, seed=6)
    assert lengths.min() == 1
    assert lengths.mean() == pytest.approx(5, abs=0.06)  # four Monte Carlo errors of 0.014
    kept, broken = payoff_of_rounds(12, 8, 4, lengths, rounds)
    run = repeat_game(12, 8, 4, discount, rounds)
    assert 0.2 * kept.mean() == pytest.approx(float(run.keep), abs=0.1)
    assert 0.2 * broken.mean() == pytest.approx(float(run.break_once), abs=0.1)


def test_one_relationship_can_be_followed_round_by_round():
    kept, broken = payoff_of_rounds(9, 8, 4, [1, 2, 5], punished_rounds=2)
    assert kept.tolist() == [8, 16, 40]
    assert broken.tolist() == [9, 13, 9 + 4 + 4 + 8 + 8]


def test_a_better_chance_of_another_round_never_makes_a_relationship_shorter():
    lengths = [draw_rounds(discount, 50, seed=2) for discount in (0, 0.3, 0.6, 0.9)]
    assert lengths[0].tolist() == [1] * 50
    for shorter, longer in itertools.pairwise(lengths):
        assert (shorter <= longer).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pure_equilibria([[1, 2]], [[1], [2]]), "column_payoffs must have the shape of row_payoffs"),
        (lambda: pure_equilibria([1, 2], [1, 2]), "row_payoffs must be a table of rows and columns"),
        (lambda: pure_equilibria([[math.nan]], [[1]]), "row_payoffs must be finite numbers"),
        (lambda: mixed_equilibrium([[1, 2, 3]], [[1, 2, 3]]), r"must have the shape \(2, 2\), got \(1, 3\)"),
        (lambda: critical_discount(8, 9, 4), "must be temptation > reward > punishment, got 8, 9, 4"),
        (lambda: critical_discount(9, 4, 4), "must be temptation > reward > punishment, got 9, 4, 4"),
        (lambda: critical_discount(math.inf, 8, 4), "temptation must be a finite number, got inf"),
        (lambda: repeat_game(9, 4, 8, 0.5), "reward must be above punishment = 8, got 4"),
        (lambda: repeat_game(9, 8, 4, 1), "discount must be at least 0 and below 1, got 1"),
        (lambda: repeat_game(9, 8, 4, [0.5, -1]), "discount must be at least 0 and below 1"),
        (lambda: repeat_game(9, 8, 4, 0.5, -1), "punished_rounds must be None or a whole number"),
        (lambda: draw_rounds(1, 5, 1), "discount must be at least 0 and below 1, got 1"),
        (lambda: draw_rounds(0.5, 0, 1), "n must be a whole number of at least 1, got 0"),
        (lambda: payoff_of_rounds(9, 8, 4, [0]), "rounds must be whole numbers of at least 1"),
    ],
)
def test_impossible_games_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
