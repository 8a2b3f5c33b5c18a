"""Measures of concentration: published and tabulated values, their bounds, and what they ignore."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.concentration import (
    concentration_ratio,
    effective_number,
    gini,
    herfindahl,
    pareto_exponent,
    pareto_gini,
    top_share,
    zipf_shares,
)

sizes = st.lists(st.floats(0.001, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("exponent", "n", "top", "inequality", "index"),
    [
        (0.8, 1000, 0.6462, 0.5719, 0.009441),
        (1, 100, 0.6936, 0.6244, 0.060760),
        (1, 1000, 0.7853, 0.7338, 0.029339),
        (1, 10_000, 0.8356, 0.7958, 0.017170),
        (1.2, 1000, 0.8902, 0.8564, 0.073584),
    ],
)
def test_a_zipf_market_has_its_tabulated_concentration(exponent, n, top, inequality, index):
    shares = zipf_shares(exponent, n)
    assert shares.sum() == pytest.approx(1)
    assert top_share(shares, 0.2) == pytest.approx(top, abs=5e-5)
    assert gini(shares) == pytest.approx(inequality, abs=5e-5)
    assert herfindahl(shares, scale=1) == pytest.approx(index, abs=5e-7)


@pytest.mark.parametrize(("n", "part"), [(1000, 0.6930), (10_000, 0.5300)])
def test_the_hundred_best_sellers_lose_weight_as_the_catalogue_grows(n, part):
    assert concentration_ratio(zipf_shares(1, n), 100) == pytest.approx(part, abs=5e-5)


@pytest.mark.parametrize(
    ("shares", "index", "number", "two"),
    [((50, 30, 10, 10), 3600, 2.7778, 0.8), ((40, 30, 20, 10), 3000, 3.3333, 0.7)],
)
def test_four_firms_have_the_textbook_index(shares, index, number, two):
    assert herfindahl(shares) == pytest.approx(index)
    assert herfindahl(shares, scale=1) == pytest.approx(index / 10_000)
    assert effective_number(shares) == pytest.approx(number, abs=5e-5)
    assert concentration_ratio(shares, 2) == pytest.approx(two)


def test_shares_in_percent_in_parts_or_as_sales_have_the_same_index():
    assert herfindahl([50, 30, 10, 10]) == pytest.approx(herfindahl([0.5, 0.3, 0.1, 0.1]))
    assert herfindahl([50, 30, 10, 10]) == pytest.approx(herfindahl([1000, 600, 200, 200]))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5, 5, 5, 5], 0),
        ([0, 0, 0, 1], 0.75),
        ([1, 2, 3, 4], 0.25),
        ([4, 1, 3, 2], 0.25),
        ([1, 1, 1, 7], 0.45),
        ([0] * 90 + [10 / 9] * 9 + [90], 0.98),  # 90-9-1: nine share a tenth of the posts, one has the rest
        ([0] * 90 + [1] * 9 + [10], 0.942632),
    ],
)
def test_the_gini_coefficient_agrees_with_hand_computed_values(values, expected):
    assert gini(values) == pytest.approx(expected, abs=1e-12 if expected != 0.942632 else 5e-7)


def test_the_gini_coefficient_is_half_the_mean_difference_over_the_mean():
    values = np.random.default_rng(3).exponential(size=60)
    differences = np.abs(values[:, None] - values[None, :])
    assert gini(values) == pytest.approx(differences.mean() / (2 * values.mean()))


@given(sizes, st.floats(0.1, 100))
def test_measures_depend_on_shares_alone_and_keep_their_bounds(values, factor):
    n = len(values)
    scaled = [factor * value for value in reversed(values)]
    for measure in (gini, herfindahl, effective_number, lambda v: top_share(v, 0.2)):
        assert measure(scaled) == pytest.approx(measure(values), abs=1e-9)
    assert -1e-12 <= gini(values) <= (n - 1) / n + 1e-12
    assert 10_000 / n - 1e-6 <= herfindahl(values) <= 10_000 + 1e-6
    assert 1 - 1e-9 <= effective_number(values) <= n + 1e-9


@given(sizes)
def test_the_largest_together_have_no_less_than_an_equal_part(values):
    ratios = [concentration_ratio(values, k) for k in range(1, len(values) + 1)]
    assert ratios[-1] == pytest.approx(1)
    assert all(ratio >= k / len(values) - 1e-9 for k, ratio in enumerate(ratios, start=1))
    assert ratios == sorted(ratios)


def test_a_fifth_of_the_items_is_a_whole_number_of_them_and_at_least_one():
    assert top_share([1, 1, 1, 1, 6], 0.2) == pytest.approx(0.6)
    assert top_share([5, 3, 1, 1], 0.2) == pytest.approx(0.5)
    assert top_share([4, 3, 1, 1, 1, 0, 0], 0.2) == pytest.approx(0.7)
    assert top_share(np.arange(1, 11), 0.3) == pytest.approx(27 / 55)  # 0.3 x 10 is 3, not 4
    assert top_share([2, 3], 1) == pytest.approx(1)


def test_without_an_exponent_all_titles_are_equal():
    assert zipf_shares(0, 4) == pytest.approx([0.25] * 4)
    assert gini(zipf_shares(0, 50)) == pytest.approx(0, abs=1e-12)


def test_the_eighty_twenty_rule_is_a_pareto_distribution():
    exponent = pareto_exponent(0.2, 0.8)
    assert exponent == pytest.approx(1.160964, abs=5e-7)
    assert pareto_gini(exponent) == pytest.approx(0.756471, abs=5e-7)


def test_pareto_draws_have_the_gini_coefficient_of_their_distribution():
    draws = 1 + np.random.default_rng(5).pareto(3, size=200_000)
    assert gini(draws) == pytest.approx(pareto_gini(3), abs=0.003)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: zipf_shares(-1, 10), "exponent must be a number of at least 0, got -1"),
        (lambda: zipf_shares(math.nan, 10), "exponent must be a number of at least 0, got nan"),
        (lambda: zipf_shares(1, 0), "n must be a whole number of at least 1, got 0"),
        (lambda: zipf_shares(1, 2.5), "n must be a whole number of at least 1, got 2.5"),
        (lambda: herfindahl([50, -1]), "shares must be numbers of at least 0, got -1"),
        (lambda: herfindahl([0, 0]), "shares must have a positive sum, got 0"),
        (lambda: herfindahl([]), "shares must be a list of one or more numbers"),
        (lambda: herfindahl([50, 50], scale=0), "scale must be a positive number, got 0"),
        (lambda: effective_number([math.nan, 1]), "shares must be numbers of at least 0, got nan"),
        (lambda: concentration_ratio([1, 2], 3), "k must be at most the number of shares, 2, got 3"),
        (lambda: concentration_ratio([1, 2], 0), "k must be a whole number of at least 1, got 0"),
        (lambda: gini([3, -2, 1]), "values must be numbers of at least 0, got -2"),
        (lambda: gini([[1, 2], [3, 4]]), r"values must be a list of one or more numbers, got shape \(2, 2\)"),
        (lambda: top_share([1, 2], 0), "share must be above 0 and at most 1, got 0"),
        (lambda: top_share([1, 2], 20), "share must be above 0 and at most 1, got 20"),
        (lambda: pareto_exponent(0.8, 0.2), "must be 0 < top < share < 1, got 0.8 and 0.2"),
        (lambda: pareto_gini(1), "exponent must be a number above 1, got 1"),
    ],
)
def test_impossible_input_is_refused_with_its_value_and_range(call, message):
    with pytest.raises(ValueError, match=message):
        call()
