"""Channels and loyalty: a raw uplift mixes the effect with who chose the channels."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.channel_selection import (
    draw_customers,
    expected_uplift,
    mean_spend,
    several_shares,
    uplift_of,
)

selections, effects = st.floats(0, 1), st.floats(-30, 30)


def test_spending_grows_with_loyalty_as_the_data_set_says():
    assert mean_spend() == pytest.approx([40, 40 * math.exp(0.5), 40 * math.e])


@given(effects)
def test_without_selection_the_raw_uplift_is_the_effect(effect):
    assert expected_uplift(0, effect) == pytest.approx((effect, effect))


@given(selections, effects)
def test_the_raw_uplift_adds_to_the_effect_in_proportion_to_selection(selection, effect):
    raw, within = expected_uplift(selection, effect)
    assert within == effect
    assert raw - effect == pytest.approx(selection * (8 / 15) * 40 * (math.e - 1), abs=1e-9)


def test_a_harmful_channel_can_look_useful():
    raw, within = expected_uplift(0.8, -10)
    assert within == -10
    assert raw > 15


@pytest.mark.parametrize("selection", [0, 0.5, 1])
def test_many_customers_come_near_the_expected_uplifts(selection):
    customers = draw_customers(selection, 2, 90_000, seed=2)
    raw, within = expected_uplift(selection, 2)
    # Standard errors: of raw about .2 (spending has a standard deviation of 29), of within below .06.
    assert customers.uplift.raw == pytest.approx(raw, abs=0.8)
    assert customers.uplift.within == pytest.approx(within, abs=0.24)
    shares = [customers.has_several[customers.loyalty == level].mean() for level in range(3)]
    assert shares == pytest.approx(several_shares(selection), abs=0.012)


def test_the_uplifts_of_eight_customers_are_those_of_pencil_and_paper():
    uplift = uplift_of([0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 1, 0, 1, 1, 1, 1], [10, 12, 14, 20, 24, 26, 40, 42])
    assert uplift.raw == pytest.approx((14 + 24 + 26 + 40 + 42) / 5 - (10 + 12 + 20) / 3)
    assert uplift.by_level[:2] == pytest.approx([3, 5])
    assert np.isnan(uplift.by_level[2])
    assert uplift.within == pytest.approx((3 * 3 + 3 * 5) / 6)


def test_where_nobody_can_be_compared_there_is_no_uplift():
    alone = uplift_of([0, 1, 2], [1, 1, 1], [1.0, 2.0, 3.0])
    assert alone.raw is None
    assert alone.within is None
    apart = uplift_of([0, 1], [0, 1], [1.0, 2.0])
    assert apart.raw == 1
    assert apart.within is None


def test_a_customer_keeps_the_lots_at_every_setting():
    one, other = draw_customers(0.5, 0, 60, seed=3), draw_customers(0.5, 7, 60, seed=3)
    assert other.spend - one.spend == pytest.approx(7.0 * one.has_several)
    assert (draw_customers(0.5, 0, 60, seed=4).spend != one.spend).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: several_shares(1.5), "selection must be from 0 to 1, got 1.5"),
        (lambda: expected_uplift(math.nan, 1), "selection must be from 0 to 1, got nan"),
        (lambda: expected_uplift(0.5, math.inf), "effect must be a finite number of euros, got inf"),
        (lambda: draw_customers(0.5, 1, 5, 1), "n must be a whole number of at least 6, got 5"),
        (lambda: draw_customers(0.5, 1, 60, -1), "seed must be a whole number of at least 0, got -1"),
        (lambda: uplift_of([3], [1], [1]), "loyalty must be 0, 1 or 2, got 3"),
        (lambda: uplift_of([0, 1], [1], [1]), "must be equally long lists"),
    ],
)
def test_impossible_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
