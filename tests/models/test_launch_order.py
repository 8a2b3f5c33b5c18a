"""Launch orders: what must hold whatever the numbers, and who wins where."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marketing4.models.experience_curve import progress_exponent
from marketing4.models.inclusion_loop import inclusion
from marketing4.models.launch_order import EMERGING, ORDERS, Market, launch
from marketing4.models.market_reach import reach


def test_without_learning_the_order_does_not_change_the_cost():
    for order in ORDERS:
        run = launch(order, learning_rate=0)
        assert (run.cost == 1200).all()
        assert (run.price == 1500).all()
    assert (
        launch("developed_first", learning_rate=0).reach[1, -1]
        == launch("both", learning_rate=0).reach[1, -1]
    )


def test_emerging_first_brings_down_the_cost_at_which_the_developed_market_is_entered():
    run = launch("emerging_first", first_cost=300, delay=6)
    sold = run.output[6]
    assert run.output[6] == pytest.approx(1 + EMERGING.households * run.bought[1, 6])
    assert run.cost[6] == pytest.approx(300 * sold ** -progress_exponent(0.2))
    assert (run.reach[0, :6] == 0).all()
    assert (run.bought[0, :7] == 0).all()
    assert run.bought[0, 7] > 0


def test_one_market_alone_is_the_inclusion_loop():
    alone = Market(6000, 0.8, 100)
    run = launch(
        "both", developed=Market(1e-9, 0.1, 1e-9), emerging=alone, margin=0, speed=0.5, start=1, periods=11
    )
    loop = inclusion(start=0.01, speed=0.5, periods=11)
    assert run.price[1] == pytest.approx(loop.price)
    assert run.bought[1] == pytest.approx(loop.buyers)


def test_reach_and_cost_fit_together_in_both_markets():
    run = launch("both")
    assert run.reach[1] == pytest.approx(reach(run.price[1], 0.05, 6000, 0.8))
    assert run.reach[0] == pytest.approx(reach(run.price[0], 0.05, 30_000, 0.6))
    assert run.cost * 1.25 == pytest.approx(run.price[0])


@settings(max_examples=40, deadline=None)
@given(st.floats(100, 5000), st.floats(0, 0.4), st.integers(0, 15), st.floats(0, 1))
def test_both_at_once_never_learns_more_slowly_than_either_order(first_cost, rate, delay, kappa):
    both, *others = (
        launch(order, first_cost, rate, delay, kappa)
        for order in ("both", "developed_first", "emerging_first")
    )
    for run in others:
        assert (both.output >= run.output - 1e-9).all()
        assert (run.bought <= run.reach.max(axis=1, keepdims=True) + 1e-12).all()
        assert (np.diff(run.cost) <= 1e-9).all()
        assert run.value == pytest.approx(run.contribution - run.cannibalised)
        assert run.earned[0] == 0
        assert run.earned[-1] == pytest.approx(run.value)


def test_without_a_delay_all_orders_are_one():
    outcomes = {(run.half_reached, run.value) for run in (launch(order, delay=0) for order in ORDERS)}
    assert len(outcomes) == 1


def test_a_dear_design_reaches_the_poor_sooner_by_way_of_the_rich():
    developed, emerging = (launch(order, 2400, 0.3) for order in ("developed_first", "emerging_first"))
    assert developed.half_reached < emerging.half_reached
    assert developed.value > emerging.value


def test_a_cheap_design_reaches_and_earns_more_when_launched_among_the_many():
    developed, emerging = (launch(order, 300, 0.2) for order in ("developed_first", "emerging_first"))
    assert emerging.half_reached < developed.half_reached
    assert emerging.value > developed.value


def test_an_emerging_market_where_half_never_can_pay_has_no_such_period():
    assert launch("both", first_cost=4800, learning_rate=0.1).half_reached is None


def test_cannibalisation_takes_the_premium_contribution_of_the_periods_on_sale():
    run = launch(
        "emerging_first", cannibalisation=0.5, premium_contribution=100, delay=3, periods=5, discount=0.9
    )
    assert run.cannibalised == pytest.approx(50 * (0.9**3 + 0.9**4))
    assert launch("both", cannibalisation=0).cannibalised == 0


def test_the_discounted_contribution_is_price_less_cost_times_sales():
    run = launch("developed_first", delay=4, periods=12)
    sales = np.diff(run.bought, axis=1) * np.array([[100], [500]])
    margin = (run.price - run.cost)[:, :-1]
    assert run.contribution == pytest.approx(float((sales * margin * 0.9 ** np.arange(12)).sum()))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"order": "rich"}, "order must be one of developed_first, emerging_first, both, got 'rich'"),
        ({"first_cost": -1}, "first_cost must be a positive number, got -1"),
        ({"learning_rate": 1.2}, "learning_rate must be at least 0 and below 1, got 1.2"),
        ({"delay": 1.5}, "delay must be a whole number of at least 0, got 1.5"),
        ({"cannibalisation": 2}, "cannibalisation must be between 0 and 1, got 2"),
        ({"premium_contribution": -5}, "premium_contribution must be a number of at least 0, got -5"),
        ({"budget_share": 0}, "budget_share must be above 0 and at most 1, got 0"),
        ({"margin": -0.2}, "margin must be a number of at least 0, got -0.2"),
        ({"discount": 0}, "discount must be above 0 and at most 1, got 0"),
        ({"speed": -1}, "speed must be between 0 and 1, got -1"),
        ({"start": 0}, "start must be a positive number, got 0"),
        ({"periods": -1}, "periods must be a whole number of at least 0, got -1"),
        ({"developed": Market(30_000, 0.6, 0)}, "households of developed must be a positive number, got 0"),
        ({"emerging": Market(-1, 0.8, 10)}, "median_income must be a positive number, got -1"),
    ],
)
def test_an_impossible_launch_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        launch(**{"order": "both", **arguments})
