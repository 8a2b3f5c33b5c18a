"""What the panels about journeys, complements, selection and TV show, in numbers."""

from __future__ import annotations

import re
import time
from fractions import Fraction

import numpy as np
import pytest
from marketing4 import data
from marketing4.models.complementarity import power
from marketing4.panels import record
from marketing4.panels.journey_credit import journeys_of

from tests.panels.test_every_panel import open_panel

ONLINE_OFFLINE = ["journey_credit", "high_touch", "channels_or_loyalty", "tv_lights_search"]


def scene_of(panel):
    return panel._compose(panel._moment())


# Who earned the purchase.


def test_the_first_journeys_are_those_of_the_data_set():
    small = data.load("journeys_small")
    paths, converted, counts = journeys_of(50, 10)
    assert paths == small["path"].tolist()
    assert converted == small["converted"].tolist()
    assert counts == small["n"].tolist()


@pytest.mark.parametrize("tv", [0, 5, 50, 95, 100])
def test_every_setting_has_200_journeys_and_100_of_them_start_with_tv(tv):
    for searchers in (0, 50):
        paths, _, counts = journeys_of(tv, searchers)
        assert sum(counts) == 200
        assert sum(n for path, n in zip(paths, counts, strict=True) if path.startswith("TV")) == 100


def test_without_tv_25_of_80_purchases_are_lost_although_last_click_gives_it_nothing():
    panel = open_panel("journey_credit")
    panel.set(removed="TV")
    assert panel.status == (
        "Without TV the chain says that 25.1 of 80 purchases are lost (31 %); last click gives TV 0, first "
        "click 50, linear 16.7, the removal rule 11.8."
    )
    assert record.entries()["journey_credit"].verdict == "You were 24.9 purchases too high."


@pytest.mark.parametrize(
    ("channel", "lost"),
    [("TV", 0.31374), ("Search", 0.72159), ("Web", 0.5625), ("Store", 0.4375), ("Social", 0.09412)],
)
def test_each_channel_loses_what_the_reference_says(channel, lost):
    panel = open_panel("journey_credit")
    panel.set(removed=channel)
    scene = scene_of(panel)
    assert scene.lost[channel] / 80 == pytest.approx(lost, abs=1e-5)
    assert scene.purchases - scene.left == pytest.approx(scene.lost[channel])


def test_a_loss_is_shown_only_for_a_channel_that_was_taken_out():
    panel = open_panel("journey_credit")
    assert "25.1" not in panel.picture + panel.alt_text
    assert panel.picture.count(">?<") == 5
    panel.set(removed="TV")
    panel.set(removed="")
    assert "25.1" in panel.picture
    assert "25.1 are lost without it" in panel.alt_text
    assert panel.picture.count(">?<") == 4
    panel.reset()
    assert panel.picture.count(">?<") == 5


def test_journeys_that_come_to_a_state_leave_it_again():
    panel = open_panel("journey_credit")
    for removed in ("", "Search", "Web"):
        panel.set(removed=removed, tv=35, searchers=21)
        scene = scene_of(panel)
        ends = sum(scene.leaves.values()) + scene.visits("bought")
        assert ends == pytest.approx(200)
        for state in ("TV", "Search", "Web", "Store", "Social"):
            going = sum(number for (here, _), number in scene.moves.items() if here == state)
            assert going + scene.leaves.get(state, 0) == pytest.approx(scene.visits(state))
            assert state != removed or going == 0


def test_tv_gains_when_people_who_never_saw_it_buy_more():
    panel = open_panel("journey_credit")
    panel.set(removed="TV")
    before = scene_of(panel).lost["TV"]
    panel.set(searchers=50)
    assert scene_of(panel).lost["TV"] > before + 10


def test_the_two_channels_of_the_puzzle_are_search_and_tv():
    panel = open_panel("journey_credit")
    panel.set(tv=100, searchers=50)
    for channel in ("Web", "Store", "Social"):
        panel.set(removed=channel)
    assert panel.meter_text.startswith("0 of 2 found.")
    panel.set(removed="TV", tv=50, searchers=10)
    assert panel.meter_text.startswith("0 of 2 found.")
    panel.set(removed="Search")
    assert panel.meter_text.startswith("1 of 2 found (Search).")
    panel.set(removed="TV", tv=75)
    assert panel.puzzle_solved


# App and advisers.


def test_the_best_split_gives_the_weaker_one_a_third():
    panel = open_panel("high_touch")
    assert record.entries()["high_touch"].came_out == ""
    panel.set(share=66)
    entry = record.entries()["high_touch"]
    assert entry.came_out.startswith("The best split gives 65 % to the app")
    assert "14.45 euros per customer in place of 12.00" in entry.came_out
    assert entry.verdict == "You were 35 euros too high."


def test_no_share_is_worth_more_than_the_diamond():
    panel = open_panel("high_touch")
    for extra in (-20, 0, 5, 7, 30):
        panel.set(extra=extra)
        scene = scene_of(panel)
        assert scene.values.max() <= scene.best_worth + 1e-9
        assert scene.values.max() == pytest.approx(scene.best_worth, abs=0.001)


def test_a_small_extra_leaves_everything_to_the_app():
    panel = open_panel("high_touch")
    panel.set(extra=6)
    assert scene_of(panel).best == 1
    panel.set(extra=7)
    assert scene_of(panel).best < 1


def test_the_meter_of_the_test_is_its_power():
    panel = open_panel("high_touch")
    panel.set(extra=8, share=85, customers=400)
    assert f"shown in {100 * power(8, 30, 400):.0f} of 100 tests" in panel.meter_text
    assert not panel.puzzle_solved
    panel.set(customers=450)
    assert panel.puzzle_solved


@pytest.mark.parametrize(
    "setting",
    [
        {"extra": 20, "share": 80, "customers": 1000},
        {"extra": 10, "share": 100, "customers": 1000},
        {"extra": 10, "share": 50, "customers": 1000},
        {"extra": 10, "share": 80, "customers": 275},
    ],
)
def test_the_extra_the_split_and_the_test_are_all_needed(setting):
    panel = open_panel("high_touch")
    panel.set(**setting)
    assert not panel.puzzle_solved


def test_about_as_many_tests_show_the_extra_as_the_meter_says():
    panel = open_panel("high_touch")
    panel.set(extra=10, customers=300)
    shown = []
    for seed in range(120):
        panel.set(seed=seed)
        shown.append(scene_of(panel).test.low > 0)
    # Three errors of a share of .82 in 120 tests are .105.
    assert np.mean(shown) == pytest.approx(power(10, 30, 300), abs=0.105)


# Channels or loyalty.


def test_twenty_euros_become_two_among_customers_of_equal_loyalty():
    panel = open_panel("channels_or_loyalty")
    uplift = scene_of(panel).customers.uplift
    assert uplift.raw == pytest.approx(20, abs=1)
    assert uplift.within == pytest.approx(2, abs=1)
    assert record.entries()["channels_or_loyalty"].came_out == (
        f"Among all customers the uplift is {uplift.raw:.1f} euros, among customers of equal loyalty "
        f"{uplift.within:.1f}; the channels add 2."
    )


def test_the_uplifts_pull_apart_as_loyalty_decides_more():
    panel = open_panel("channels_or_loyalty")
    gaps = []
    for selection in (0, 50, 100):
        panel.set(selection=selection, customers=900)
        uplift = scene_of(panel).customers.uplift
        gaps.append(uplift.raw - uplift.within)
    assert gaps == pytest.approx([0, 18.3, 36.7], abs=4)


def test_harm_looks_like_help_only_when_loyalty_decides():
    panel = open_panel("channels_or_loyalty")
    panel.set(effect=-5)
    assert not panel.puzzle_solved
    panel.set(effect=2, selection=100)
    assert not panel.puzzle_solved
    panel.set(effect=-5)
    assert panel.puzzle_solved


def test_counts_and_means_are_those_of_the_marks():
    panel = open_panel("channels_or_loyalty")
    panel.set(customers=60, selection=100)
    scene = scene_of(panel)
    assert scene.counts.sum() == 60
    assert (scene.counts.sum(axis=1) == 20).all()
    group = scene.customers
    assert scene.overall[1] - scene.overall[0] == pytest.approx(group.uplift.raw)
    assert group.spend[group.has_several].mean() == pytest.approx(scene.overall[1])


# TV and searches.


def test_twice_the_tv_brings_twelve_and_a_half_per_cent():
    panel = open_panel("tv_lights_search")
    panel.frame(13)
    assert record.entries()["tv_lights_search"].came_out == ""
    panel.frame(14)
    entry = record.entries()["tv_lights_search"]
    assert entry.came_out.startswith("With TV doubled for 10 weeks, searches in the model are 12.5 % above")
    assert entry.verdict == "You were 4.5 per cent too high."


def test_before_the_campaign_all_is_normal_and_after_it_the_stock_decays():
    panel = open_panel("tv_lights_search")
    panel.set(retention=80, extra=200, length=5)
    scene = scene_of(panel)
    assert scene.working[:4] == pytest.approx(np.full(4, 100.0))
    over = scene.working[8:] - 100
    assert over[1:] / over[:-1] == pytest.approx(np.full(over.size - 1, 0.8))
    assert scene.half == pytest.approx(3.1063, abs=1e-4)
    assert over[0] == pytest.approx(200 * (1 - 0.8**5))


def test_a_longer_memory_alone_or_a_larger_campaign_alone_does_not_solve_the_puzzle():
    panel = open_panel("tv_lights_search")
    panel.set(retention=95)
    assert not panel.puzzle_solved
    panel.set(retention=50, extra=400, length=1)
    assert not panel.puzzle_solved
    panel.set(length=16)
    assert not panel.puzzle_solved
    panel.set(retention=85, extra=200, length=3)
    assert panel.puzzle_solved


def test_the_weeks_scatter_around_the_model():
    panel = open_panel("tv_lights_search")
    gaps = []
    for seed in range(40):
        panel.set(seed=seed)
        scene = scene_of(panel)
        gaps.append(scene.drawn - scene.expected)
    assert np.mean(gaps) == pytest.approx(0, abs=0.15)
    assert np.std(gaps) == pytest.approx(1.25, abs=0.15)


def test_a_moment_between_two_weeks_shows_the_weeks_that_have_passed():
    panel = open_panel("tv_lights_search")
    panel.frame(6)
    whole = panel.picture
    panel.frame(Fraction(13, 2))
    assert panel.picture == whole


# All four.


@pytest.mark.parametrize("name", ONLINE_OFFLINE)
def test_the_name_of_the_effect_is_not_given_away(name):
    panel = open_panel(name)
    told = panel.title + panel.puzzle.task + panel.status + panel.meter_text + panel.alt_text + panel.to_svg()
    assert panel.effect.name.lower() not in told.lower()


@pytest.mark.parametrize("name", ONLINE_OFFLINE)
def test_what_is_assumed_is_called_a_model_and_a_source_is_named(name):
    panel = open_panel(name)
    assert "model" in panel.title.lower()
    assert re.search(r"(19|20)\d\d", panel.effect.source)


@pytest.mark.parametrize("name", ONLINE_OFFLINE)
def test_a_changed_control_shows_its_picture_at_once(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    control = next(control for control in panel.controls.values() if hasattr(control, "low"))
    times = []
    for number in range(9):
        started = time.perf_counter()
        panel.set(**{control.name: control.low + number % 2 * control.step})
        times.append(time.perf_counter() - started)
    assert sorted(times)[4] < 0.1
