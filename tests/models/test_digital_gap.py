"""The gap in points and as a ratio, on the ITU's figures for internet use."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.digital_gap import gap


@pytest.mark.parametrize(
    ("developed", "developing", "points", "ratio"),
    [(51, 8, 43, 6.375), (67, 21, 46, 3.190), (81, 41.3, 39.7, 1.961), (93, 60, 33, 1.550)],
)
def test_the_gap_between_developed_and_developing_agrees_with_the_reference(
    developed, developing, points, ratio
):
    found = gap(developed, developing)
    assert found.points == pytest.approx(points)
    assert found.ratio == pytest.approx(ratio, abs=5e-4)


def test_from_2005_to_2010_the_gap_grew_in_points_while_the_ratio_halved():
    before, after = gap(51, 8), gap(67, 21)
    assert after.points > before.points
    assert after.ratio < 0.51 * before.ratio


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_other_way_round_points_change_sign_and_the_ratio_is_inverted(one, other):
    forward, back = gap(one, other), gap(other, one)
    assert forward.points == pytest.approx(-back.points)
    assert forward.ratio * back.ratio == pytest.approx(1)


def test_no_ratio_to_nobody():
    assert gap(12, 0).ratio is None
    assert gap(12, 0).points == 12


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ((101, 8), "developed must be between 0 and 100 per cent, got 101"),
        ((51, -1), "developing must be between 0 and 100 per cent, got -1"),
        ((51, math.nan), "developing must be between 0 and 100 per cent, got nan"),
    ],
)
def test_shares_that_cannot_be_are_refused(shares, message):
    with pytest.raises(ValueError, match=message):
        gap(*shares)
