"""What the panels about crowds, cascades, music worlds and conformity show, in numbers."""

from __future__ import annotations

import re
import time
from fractions import Fraction

import numpy as np
import pytest
from marketing4 import panels
from marketing4.panels import record

from tests.panels.test_every_panel import open_panel
from tests.views.test_legibility import clashes

SOCIAL = ["crowd_guess", "cascade", "music_worlds", "conformity"]


def predict(name: str, answer: float | str):
    panel = getattr(panels, name)()
    panel.lock_prediction(answer)
    return panel


# Your guess and the crowd's.


def test_the_students_own_guess_is_compared_with_the_ox_and_with_the_crowd():
    panel = predict("crowd_guess", "450")
    entry = record.entries()["crowd_guess"]
    assert entry.predicted == "450 kg"
    assert entry.verdict == "You were 93 kg too low."
    assert entry.came_out == (
        "The ox weighed 1,198 pounds, 543 kg; the mean of the 787 visitors drawn here was 542.4 kg."
    )
    assert "your guess at 450 kg" in panel.alt_text
    assert "you 450" in panel.picture


def test_who_skips_the_guess_has_no_triangle_on_the_axis():
    panel = panels.crowd_guess()
    panel.skip_prediction()
    assert "your guess" not in panel.alt_text
    assert panel.errors == []


@pytest.mark.parametrize(("answer", "shown"), [(60, "you 60 ◂"), (1400, "you 1,400 ▸"), (680, "you 680<")])
def test_a_guess_beyond_the_axis_is_shown_with_an_arrow_and_keeps_clear_of_other_words(answer, shown):
    panel = predict("crowd_guess", answer)
    panel.set(loud=100, people=7)
    panel.frame(8)
    assert shown in panel.picture
    assert clashes(panel) == []


def test_talk_takes_the_spread_and_leaves_the_error():
    panel = open_panel("crowd_guess")
    before = re.search(r"mean of 787 visitors is ([\d.]+) kg, ([\d.]+) kg off", panel.status)
    panel.frame(8)
    after = re.search(r"the spread is ([\d.]+) kg \(([\d.]+) before\)", panel.status)
    assert float(after[1]) == pytest.approx(float(after[2]) * 0.7**8, abs=0.06)
    assert f"mean of 787 visitors is {before[1]} kg, {before[2]} kg off ({before[2]} before)" in panel.status


def test_the_three_courses_obey_the_diversity_prediction_theorem():
    panel = open_panel("crowd_guess")
    panel.set(loud=60, people=57)
    panel.frame(Fraction(7, 2))
    scene = panel._compose(panel._moment())
    assert scene.typical**2 == pytest.approx(scene.misses**2 + scene.spreads**2)
    assert len(scene.times) == 5


def test_a_small_crowd_that_is_wrong_by_chance_does_not_solve_the_puzzle():
    panel = open_panel("crowd_guess")
    panel.set(loud=80, pull=40, people=7)
    panel.frame(8)
    assert "(wanted: 400 or more)" in panel.meter_text
    assert not panel.puzzle_solved


def test_a_crowd_that_is_wrong_before_it_agrees_does_not_solve_the_puzzle():
    panel = open_panel("crowd_guess")
    panel.set(loud=100, pull=30)
    panel.frame(3)
    miss, spread = re.search(r"is ([\d.]+) kg off .* spread of ([\d.]+) kg", panel.meter_text).groups()
    assert float(miss) >= 15
    assert float(spread) >= 5
    assert not panel.puzzle_solved


# The queue before two cafés.


def test_the_first_queue_ends_wrong_although_most_hints_are_right():
    panel = open_panel("cascade")
    panel.frame(45)
    assert panel.status == (
        "All 45 have chosen: café A has 45 guests and café B 0; the better one is B, as 28 of 45 hints said, "
        "and from person 3 on 43 people copied."
    )


def test_hints_and_the_better_café_stay_hidden_until_all_have_chosen():
    panel = open_panel("cascade")
    panel.frame(44)
    assert "better" not in panel.status
    assert "is better" not in panel.picture
    assert "hints: shown when all have chosen" in panel.picture
    panel.frame(45)
    assert "and B is better" in panel.picture


def test_each_step_tells_whether_the_own_hint_still_counted():
    panel = open_panel("cascade")
    panel.frame(1)
    assert panel.status.startswith("Person 1 chose café A, and the own hint still counted; now café A has 1")
    panel.frame(20)
    assert "whatever the own hint: since person 3 everybody copies" in panel.status
    panel.set(alone=30)
    assert "without looking, by the own hint" in panel.status


@pytest.mark.parametrize(
    ("setting", "share"), [({}, "63.2"), ({"tie": "own_signal"}, "69.2"), ({"accuracy": 80}, "85.7")]
)
def test_queues_end_right_as_often_as_the_exact_formula_says(setting, share):
    panel = open_panel("cascade")
    panel.set(**setting)
    assert panel.meter_text.startswith(f"{share} % of such queues end in the better café")
    drawn = panel._result.drawn
    assert 100 * drawn == pytest.approx(float(share), abs=4.6)  # three Monte Carlo errors of 1,000 queues


def test_the_cascade_puzzle_needs_hidden_counts_and_the_own_hint_at_a_tie():
    panel = open_panel("cascade")
    panel.set(alone=15)
    assert not panel.puzzle_solved
    panel.set(alone=0, tie="own_signal")
    assert not panel.puzzle_solved
    panel.set(alone=16)
    assert not panel.puzzle_solved
    panel.set(alone=0, accuracy=95)
    assert not panel.puzzle_solved
    panel.set(alone=13, accuracy=60)
    assert panel.puzzle_solved


# The same songs in eight worlds.


def test_in_the_first_market_the_best_song_leads_in_one_world_of_eight():
    panel = open_panel("music_worlds")
    panel.frame(30)
    assert record.entries()["music_worlds"].came_out == (
        "Here the best song led in 1 of 8 worlds, and 8 different songs lead the charts."
    )
    assert "after 720 listeners a world" in panel.alt_text
    assert "Now: Gini 0.41 (wanted: 0.45 or more)" in panel.meter_text
    assert panel.meter_text.startswith("0 of 2 found")


def test_without_influence_every_world_tells_nearly_the_same():
    panel = open_panel("music_worlds")
    panel.frame(30)
    followed = panel._compose(panel._moment())
    panel.set(influence=0)
    free = panel._compose(panel._moment())
    assert free.gap < followed.gap / 2
    assert free.best_leads >= 5
    assert free.gini < followed.gini


def test_downloads_grow_with_every_listener_and_nothing_is_found_before_the_last_day():
    panel = open_panel("music_worlds")
    panel.set(influence=100)
    sums = []
    for step in (0, Fraction(1, 6), 1, 29):
        panel.frame(step)
        sums.append(int(panel._compose(panel._moment()).downloads.sum()))
    assert sums == [0, 8 * 4, 8 * 24, 8 * 29 * 24]
    assert panel.meter_text.startswith("0 of 2 found")
    panel.frame(30)
    assert panel.meter_text.startswith("1 of 2 found. Find 1, the best song leads: not yet.")
    panel.set(influence=0, ratio=1)
    assert panel.meter_text.startswith("1 of 2 found")


def test_twelve_times_the_appeal_is_drawn_from_the_model():
    panel = open_panel("music_worlds")
    panel.set(ratio=12)
    appeal = panel._result.appeal
    assert appeal[0] / np.sqrt(appeal[23] * appeal[24]) == pytest.approx(12)


def test_no_number_is_called_one_of_the_experiment():
    panel = open_panel("music_worlds")
    assert "The numbers here are this model's." in panel.effect.source
    assert not re.search(r"0\.\d", panel.effect.explanation + panel.effect.source)


# Who conforms.


def test_equal_people_leave_almost_nobody_independent():
    panel = open_panel("conformity")
    panel.set(mean=36.75)
    assert "0.4 % of students never yield (Asch: 24 %)" in panel.status
    assert "it would have been 0.41" in record.entries()["conformity"].came_out
    assert not panel.puzzle_solved


def test_people_who_differ_meet_all_three_groups():
    panel = open_panel("conformity")
    panel.set(difference=44)
    assert not panel.puzzle_solved
    panel.set(mean=36.75)
    assert panel.puzzle_solved
    shares = [float(number) for number in re.findall(r"([\d.]+) % \(Asch", panel.meter_text)]
    assert shares == pytest.approx([23.9, 49.6, 26.6], abs=0.06)


def test_one_group_that_fits_is_not_enough():
    panel = open_panel("conformity")
    panel.set(mean=50, difference=63)
    assert panel.meter_text.startswith("Never 24.0 % (Asch 24 %)")
    assert not panel.puzzle_solved


def test_all_or_none_is_what_sixty_three_of_a_hundred_would_mean():
    panel = open_panel("conformity")
    assert record.entries()["conformity"].verdict == "You were 39 students too high."
    panel.set(mean=36.75, difference=100)
    assert "63.3 % of students never yield" in panel.status


def test_every_draw_has_a_hundred_and_twenty_three_students():
    panel = open_panel("conformity")
    for seed in (1, 2, 3):
        panel.set(seed=seed, mean=20, difference=60)
        assert panel._result.drawn.sum() == 123


# All four.


@pytest.mark.parametrize("name", SOCIAL)
def test_the_name_of_the_effect_is_not_given_away(name):
    panel = open_panel(name)
    told = panel.title + panel.prediction.question + panel.puzzle.task + panel.status + panel.meter_text
    told += panel.alt_text + panel.to_svg()
    assert panel.effect.name.lower() not in told.lower()


@pytest.mark.parametrize("name", SOCIAL)
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
