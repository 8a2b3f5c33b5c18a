"""What the panels on informed and distracted customers show, in numbers."""

from __future__ import annotations

import re
import time
from fractions import Fraction

import numpy as np
import pytest
from marketing4 import panels
from marketing4.models.drift_diffusion import accuracy, mean_decision_time
from marketing4.models.limited_attention import best_number, crowd_utility, utility
from marketing4.panels import record

from tests.panels.test_every_panel import open_panel

ATTENTION = ["many_options", "follow_or_think", "three_voices", "evidence_race", "repetition"]


def scene_of(panel):
    return panel._compose(panel._moment())


def predict(name: str, answer: float | str):
    panel = getattr(panels, name)()
    panel.lock_prediction(answer)
    return panel


# Products on a shelf.


def test_thirteen_products_are_best_for_sixty_seconds():
    panel = predict("many_options", 55)
    panel.set(options=6)
    panel.set(options=60)
    entry = record.entries()["many_options"]
    assert entry.came_out.startswith("In this model 13 products are best for her: the choice is then 1.10")
    assert entry.verdict == "You were 42 products too high."


def test_who_has_tried_only_small_shelves_is_not_told_the_answer():
    panel = predict("many_options", 55)
    panel.set(options=12)
    assert record.entries()["many_options"].came_out == ""
    assert "drawn from 4 to 12 products" in panel.alt_text


@pytest.mark.parametrize(
    ("seconds", "lost", "c"), [(60, 0, 0.1), (60, 80, 0.5), (120, 0, 0.05), (120, 50, 0.1)]
)
def test_the_shelf_panel_shows_the_model(seconds, lost, c):
    panel = open_panel("many_options")
    panel.set(seconds=seconds, lost=lost, options=24)
    scene = scene_of(panel)
    assert scene.quality(24) == pytest.approx(utility(24, c))
    assert scene.quality(6) == pytest.approx(utility(6, c))
    assert scene.top_number == best_number(c)
    # Three standard errors of 500 shoppers; the chosen quality has a standard deviation below 1.
    assert scene.drawn[24] == pytest.approx(utility(24, c), abs=0.135)


def test_the_same_two_tables_are_better_and_worse_for_different_shoppers():
    panel = open_panel("many_options")
    assert "chooses 5.4 % better from 24 (wanted: 10 %)" in panel.meter_text
    panel.set(lost=80)
    assert "chooses 17.3 % better from 6" in panel.meter_text
    assert panel.meter_text.startswith("1 of 2 found")
    panel.set(lost=0)
    assert not panel.puzzle_solved
    panel.set(seconds=120)
    assert panel.puzzle_solved
    assert "chooses 18.1 % better from 24" in panel.meter_text


def test_no_number_of_products_alone_solves_the_table_puzzle():
    panel = open_panel("many_options")
    for options in range(2, 61):
        panel.set(options=options)
    assert panel.meter_text.startswith("0 of 2 found")


def test_choice_overload_is_not_told_as_a_law():
    panel = open_panel("many_options")
    assert "a mean effect near zero" in panel.effect.source
    assert "13 with 60 seconds" in panel.effect.explanation
    assert "7 when a phone takes 80 %" in panel.effect.explanation


# Look or copy.


def test_the_first_copier_wins_and_the_last_loses():
    panel = predict("follow_or_think", "same")
    assert panel.status.startswith("With 1 of 100 copying 1 post, their choice is 1.83 above average")
    panel.set(copying=100)
    entry = record.entries()["follow_or_think"]
    assert entry.came_out == (
        "In this model the first copier chooses 1.83, the last of 100 0.84, and somebody who looks for "
        "herself 1.08."
    )
    assert entry.verdict == "You predicted otherwise."


def test_copying_stops_to_pay_at_seventy_one_copiers():
    panel = open_panel("follow_or_think")
    scene = scene_of(panel)
    assert scene.turn == 71
    assert scene.copier[70] > scene.thinker >= scene.copier[71]
    # Where copying pays no more, all choose as if nobody could copy.
    assert scene.mean[71] == pytest.approx(scene.thinker, abs=0.01)


def test_a_crowd_of_copies_is_worth_as_many_ratings_as_there_are_posts():
    panel = open_panel("follow_or_think")
    for posts in (1, 4, 10):
        panel.set(copying=100, posts=posts)
        scene = scene_of(panel)
        assert scene.worth == pytest.approx(posts)
        assert scene.copied == pytest.approx(crowd_utility(20, 4, posts, 0))
        assert int(scene.copies.sum()) == 100


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_shelves_of_the_copying_panel_agree_with_its_curves(seed):
    panel = open_panel("follow_or_think")
    panel.set(copying=60, seed=seed)
    scene = scene_of(panel)
    assert scene.drawn == pytest.approx((scene.copied, scene.thinker), abs=0.135)


def test_the_copying_puzzle_needs_another_attention_or_other_posts():
    panel = open_panel("follow_or_think")
    for copying in (0, 25, 50, 100):
        panel.set(copying=copying)
    assert panel.meter_text.startswith("0 of 2 found")
    panel.set(copying=50, seconds=150)
    assert panel.meter_text.startswith("1 of 2 found. Find 1, at most 50 copy in vain: found.")
    panel.set(copying=100)
    assert not panel.puzzle_solved
    panel.set(seconds=24)
    assert panel.puzzle_solved


# Three voices.


def test_four_friends_as_unsure_as_you_deserve_seventy_three_of_a_hundred():
    panel = predict("three_voices", 50)
    assert record.entries()["three_voices"].came_out == ""
    panel.set(friends=4)
    scene = scene_of(panel)
    assert scene.weights == pytest.approx([0.183673, 0.734694, 0.081633], abs=1e-6)
    assert scene.errors == pytest.approx([2, 1, 3])
    assert scene.error == pytest.approx(6 / 7)
    assert scene.error_equal == pytest.approx(np.sqrt(14) / 3)
    entry = record.entries()["three_voices"]
    assert entry.came_out == (
        "In this model the four friends deserve 73 of 100, your own word 18 and the advert 8."
    )
    assert entry.verdict == "You were 23 of 100 too low."


def test_friends_who_share_their_whole_error_are_worth_one():
    panel = open_panel("three_voices")
    panel.set(friends=100, shared=100)
    scene = scene_of(panel)
    assert scene.weights[0] == pytest.approx(scene.weights[1])
    assert scene.friends == pytest.approx(np.full(100, scene.friends[0]))
    assert scene.said[1] == pytest.approx(scene.friends[0])


@pytest.mark.parametrize("setting", [{}, {"friends": 30, "shared": 50}, {"own": 0.5, "advert": 8.5}])
def test_the_drawn_mixes_miss_as_much_as_computed(setting):
    panel = open_panel("three_voices")
    panel.set(**setting)
    scene = scene_of(panel)
    assert scene.drawn == pytest.approx(scene.error, rel=0.1)  # over three errors of 500 draws
    assert scene.error < scene.error_equal


def test_the_puzzle_of_voices_needs_many_friends_who_share_an_error():
    panel = open_panel("three_voices")
    assert panel.meter_text.startswith("Your own word deserves 40.9 of 100")
    panel.set(friends=50)
    assert not panel.puzzle_solved
    panel.set(own=0.5)
    assert not panel.puzzle_solved
    panel.set(own=2, friends=49, shared=100)
    assert not panel.puzzle_solved
    panel.set(friends=50)
    assert panel.puzzle_solved


def test_a_voice_off_the_scale_is_told_so_and_drawn_at_its_end():
    panel = open_panel("three_voices")
    panel.set(own=4.5, friends=100, shared=40, advert=8.5, seed=3)
    assert "own above 20 with a typical error of 4.50" in panel.alt_text
    assert "advert below 0 with" in panel.alt_text
    assert "the advert: below 0 ± 8.5" in panel.picture


# The race of evidence.


def test_distraction_costs_time_and_accuracy():
    panel = predict("evidence_race", "slower")
    panel.frame(40)
    assert record.entries()["evidence_race"].came_out == ""
    panel.set(drift=0.5)
    entry = record.entries()["evidence_race"]
    assert entry.came_out == (
        "In this model she takes 0.92 seconds in place of 0.76, and is right in 73 % in place of 88 %."
    )
    assert entry.verdict == "You predicted otherwise."


@pytest.mark.parametrize(("drift", "bound"), [(1.0, 1.0), (0.5, 1.0), (0.0, 1.8), (1.6, 0.2)])
def test_the_customers_drawn_agree_with_the_closed_forms(drift, bound):
    panel = open_panel("evidence_race")
    panel.set(drift=drift, bound=bound)
    race = panel._result
    assert race.accuracy == accuracy(drift, bound)
    assert race.mean_time == mean_decision_time(drift, bound)
    decided = race.drawn.decided
    assert decided.mean() > 0.97
    # Three Monte Carlo errors of 400 customers; the step of a hundredth of a second adds a little.
    assert race.drawn.correct[decided].mean() == pytest.approx(race.accuracy, abs=0.08)
    spread = np.nanstd(race.drawn.time) / 20
    assert np.nanmean(race.drawn.time) == pytest.approx(race.mean_time, abs=3.5 * spread + 0.01)


def test_decisions_only_add_up_while_the_race_runs():
    panel = open_panel("evidence_race")
    counts = []
    for step in (0, Fraction(1, 2), 5, 20, 40):
        panel.frame(step)
        scene = scene_of(panel)
        counts.append(scene.right + scene.wrong)
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[-1] == 400


def test_the_times_tell_haste_from_distraction():
    panel = open_panel("evidence_race")
    panel.frame(39)
    panel.set(drift=0.3, bound=1.6)
    assert panel.meter_text.endswith("It counts after 4 seconds.")
    assert panel.meter_text.startswith("0 of 2 found")
    panel.frame(40)
    assert panel.meter_text.startswith("1 of 2 found. Find 1, slow: found. Find 2, quick: not yet.")
    panel.set(drift=0.75, bound=0.65)
    assert panel.puzzle_solved
    assert len(scene_of(panel).tried) == 2


@pytest.mark.parametrize(("name", "found"), [("drift", 0), ("bound", 1)])
def test_one_slider_alone_does_not_solve_the_race(name, found):
    panel = open_panel("evidence_race")
    panel.frame(40)
    control = panel.controls[name]
    for value in np.linspace(control.low, control.high, 33):
        panel.set(**{name: float(value)})
    assert panel.meter_text.startswith(f"{found} of 2 found. Find 1, slow: not yet.")


def test_a_bar_that_leaves_the_picture_says_how_tall_it_is():
    panel = open_panel("evidence_race")
    panel.set(bound=0.2)
    panel.frame(40)
    assert re.search(r">\d{3} ▴<", panel.picture)


# An advert again and again.


def test_after_forty_spots_it_is_as_if_they_had_never_seen_it():
    panel = predict("repetition", "higher")
    for step in range(41):
        panel.frame(step)
    entry = record.entries()["repetition"]
    end = float(re.search(r"end at (\S+) on average", entry.came_out)[1].replace("−", "-"))
    assert end == pytest.approx(-0.05, abs=0.1)  # b1 m + b2 (m^2 + var) = 2 - .005 (400 + 10)
    assert entry.verdict == "You predicted otherwise."
    assert not panel.puzzle_solved


@pytest.mark.parametrize("best", [5, 10, 20])
def test_attitude_is_best_where_the_control_says(best):
    panel = open_panel("repetition")
    panel.set(best=best)
    curve = scene_of(panel).curve
    assert int(np.argmax(curve)) == best
    assert curve[best] == pytest.approx(0.5)
    assert curve.min() >= -1


def test_attitude_falls_while_recall_still_rises():
    panel = open_panel("repetition")
    panel.frame(40)
    scene = scene_of(panel)
    assert scene.attitude[20] > scene.attitude[40] + 0.4
    assert (np.diff(scene.recall) >= 0).all()
    assert scene.recall[40] > 0.9


def test_a_cap_helps_the_heavy_viewers_and_takes_nothing_from_the_light_ones():
    panel = open_panel("repetition")
    panel.set(spread=30)
    panel.frame(40)
    free = scene_of(panel)
    panel.set(cap=11)
    capped = scene_of(panel)
    light = free.exposures <= 11
    assert (capped.exposures[light] == free.exposures[light]).all()
    assert (capped.exposures[~light] == 11).all()
    assert capped.annoyed == 0 < free.annoyed
    assert capped.liking > 0.35 > free.liking


def test_the_campaign_puzzle_needs_different_viewers_and_a_cap():
    panel = open_panel("repetition")
    panel.frame(40)
    panel.set(cap=10)
    assert not panel.puzzle_solved
    panel.set(cap=40, spread=30)
    assert not panel.puzzle_solved
    panel.set(best=20, cap=20)
    assert not panel.puzzle_solved
    panel.frame(30)
    panel.set(best=10, cap=10)
    assert not panel.puzzle_solved
    panel.frame(40)
    assert panel.puzzle_solved


# All five.


@pytest.mark.parametrize("name", ATTENTION)
def test_the_name_of_the_effect_is_not_given_away(name):
    panel = open_panel(name)
    told = panel.title + panel.prediction.question + panel.puzzle.task + panel.status + panel.meter_text
    told += panel.alt_text + panel.to_svg() + str(panel.prediction.options)
    told += "".join(control.label + control.help for control in panel.controls.values())
    assert panel.effect.name.lower() not in told.lower()


@pytest.mark.parametrize("name", ATTENTION)
def test_a_model_is_called_a_model_and_names_its_sources(name):
    panel = getattr(panels, name)()
    assert panel.title.endswith("A model")
    assert re.search(r"\b(19|20)\d\d\b", panel.effect.source)
    assert "assumption" in panel.effect.source or "In this model" in panel.effect.source


@pytest.mark.parametrize("name", ATTENTION)
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
