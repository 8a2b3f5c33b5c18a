"""The toy model of lovers and haters: its tabulated values and its shape."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.models.advocacy import best_hater_share, net_advocacy

share = st.floats(0, 1)
rate = st.floats(0, 20)


@pytest.mark.parametrize(
    ("haters", "net"),
    [(0, 0.0330), (0.05, 0.0850), (0.1, 0.1170), (0.2, 0.1406), (0.3, 0.1309), (0.4, 0.1031)],
)
def test_net_advocacy_agrees_with_the_reference(haters, net):
    # At .2 the table prints .1406 where its formula gives .14055, so a unit in the last place is allowed.
    assert net_advocacy(0.33, haters, 0.1, 6, 0.5).net == pytest.approx(net, abs=1e-4)


def test_five_percent_haters_wake_advocates():
    balance = net_advocacy(0.33, 0.05, 0.1, 6, 0.5)
    assert balance.advocates == pytest.approx(0.10998, abs=1e-5)
    assert balance.spontaneous == pytest.approx(0.033)
    assert balance.attacks == pytest.approx(0.025)


def test_some_haters_help_and_many_harm():
    best = best_hater_share(0.33, 0.1, 6, 0.5)
    assert best == pytest.approx(0.211814, abs=1e-6)
    grid = np.linspace(0, 0.67, 6_701)
    assert grid[net_advocacy(0.33, grid, 0.1, 6, 0.5).net.argmax()] == pytest.approx(best, abs=1e-4)


def test_without_haters_only_the_spontaneous_speak_up():
    balance = net_advocacy(0.4, 0, spontaneous=0.25)
    assert (balance.advocates, balance.prompted, balance.attacks) == (pytest.approx(0.1), 0, 0)


def test_lovers_that_no_attack_wakes_make_every_hater_a_loss():
    assert best_hater_share(0.33, trigger=0) == 0
    assert best_hater_share(0.33, spontaneous=1) == 0
    assert best_hater_share(0.0) == 0


def test_haters_who_never_attack_cannot_be_too_many():
    assert best_hater_share(0.33, attack=0) == pytest.approx(0.67)


def test_the_best_share_of_haters_leaves_room_for_the_lovers():
    assert best_hater_share(0.9, trigger=3, attack=0.01) == pytest.approx(0.1)


@given(share, share, share, rate, rate)
def test_the_volumes_add_up_for_any_market(lovers, part, spontaneous, trigger, attack):
    haters = np.linspace(0, 1 - lovers, 5) * part
    balance = net_advocacy(lovers, haters, spontaneous, trigger, attack)
    assert balance.advocates == pytest.approx(balance.spontaneous + balance.prompted)
    assert balance.net == pytest.approx(balance.advocates - balance.attacks, abs=1e-12)
    assert (balance.advocates <= lovers + 1e-12).all()
    assert (np.diff(balance.advocates) >= -1e-12).all()


@given(share, share, rate, rate)
def test_no_share_of_haters_beats_the_best_one(lovers, spontaneous, trigger, attack):
    best = best_hater_share(lovers, spontaneous, trigger, attack)
    assert 0 <= best <= 1 - lovers
    others = net_advocacy(lovers, np.linspace(0, 1 - lovers, 50), spontaneous, trigger, attack).net
    assert net_advocacy(lovers, best, spontaneous, trigger, attack).net >= others.max() - 1e-9


def test_many_shares_give_what_each_gives_alone():
    haters = [0.0, 0.1, 0.3]
    together = net_advocacy(0.33, haters).net
    assert together.shape == (3,)
    assert together == pytest.approx([float(net_advocacy(0.33, share).net) for share in haters])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"lovers": 1.2}, "lovers must be between 0 and 1, got 1.2"),
        ({"haters": [0.1, 0.8]}, "haters must be between 0 and 1 - lovers = 0.67"),
        ({"haters": -0.1}, "haters must be between 0 and 1 - lovers = 0.67, got -0.1"),
        ({"haters": math.nan}, "haters must be between 0"),
        ({"spontaneous": -0.1}, "spontaneous must be between 0 and 1, got -0.1"),
        ({"trigger": -1}, "trigger must be a number of at least 0, got -1"),
        ({"attack": math.inf}, "attack must be a number of at least 0, got inf"),
    ],
)
def test_impossible_markets_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        net_advocacy(**{"lovers": 0.33, "haters": 0.1, **arguments})


def test_the_best_share_refuses_impossible_markets_too():
    with pytest.raises(ValueError, match="lovers must be between 0 and 1, got nan"):
        best_hater_share(math.nan)
