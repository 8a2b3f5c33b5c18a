"""The six panels, driven without a browser as a student would drive them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import numpy as np
import pytest
from marketing4 import panels
from marketing4.panels import record

ANSWERS = {
    "missing_answers": "tenth",
    "nps_composition": 43,
    "survey_sampling": 10,
    "mix_shift": "rises",
    "lovers_haters": "falls",
    "word_of_mouth": 9,
}
EVERY = list(ANSWERS)


def open_panel(name: str) -> panels.nps_composition:
    panel = getattr(panels, name)()
    panel.lock_prediction(ANSWERS[name])
    assert panel.is_locked
    assert panel.errors == []
    return panel


def values_of(control) -> list:
    if hasattr(control, "options"):
        return list(control.options)
    return [control.low, control.high, control.default]


def is_one_sentence(words: str) -> bool:
    return (words.endswith(".") and not re.search(r"[.!?]\s", words) and words[0].isupper()) or words[
        0
    ].isdigit()


@pytest.mark.parametrize("name", EVERY)
def test_every_control_changes_the_picture_and_its_description_from_end_to_end(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    for control in panel.controls.values():
        seen = set()
        for value in values_of(control):
            panel.set(**{control.name: value})
            assert panel.values[control.name] == value
            # Two parts of a hundred make room for each other, and say so.
            assert panel.notice == "" or "went down to" in panel.notice
            seen.add((panel.picture, panel.status))
            assert is_one_sentence(panel.status), panel.status
            assert is_one_sentence(panel.alt_text), panel.alt_text
        assert len(seen) >= 2, f"{control.name} changes nothing"
    assert panel.errors == []


@pytest.mark.parametrize("name", EVERY)
def test_the_status_changes_with_every_control_but_the_seed(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps // 2)
    if name == "missing_answers":
        panel.set(treatment="zero")
    for control in panel.controls.values():
        if control.name == "seed":
            continue
        sentences = set()
        for value in values_of(control):
            panel.set(**{control.name: value})
            sentences.add(panel.status + panel.meter_text)
        assert len(sentences) >= 2, f"{control.name} changes no words"
        panel.set(**{control.name: control.default})


@pytest.mark.parametrize("name", EVERY)
def test_at_most_four_controls_besides_seed_and_time(name):
    controls = set(getattr(panels, name)().controls) - {"seed", "step"}
    assert 1 <= len(controls) <= 4


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_picture_and_another_gives_another(name):
    first, second = open_panel(name), open_panel(name)
    for panel in (first, second):
        panel.set(seed=42)
        if panel.timeline is not None:
            panel.frame(panel.timeline.steps)
    assert first.picture == second.picture
    second.set(seed=43)
    assert first.picture != second.picture


@pytest.mark.parametrize("name", EVERY)
def test_reset_brings_back_the_first_picture(name):
    panel = open_panel(name)
    first = panel.picture, panel.status, panel.meter_text, panel.values
    for control in panel.controls.values():
        panel.set(**{control.name: values_of(control)[0]})
    panel.act()
    panel.reset()
    assert (panel.picture, panel.status, panel.meter_text, panel.values) == first
    assert panel.errors == []


def solve_missing_answers(panel):
    panel.set(treatment="zero", missing_share=50)


def solve_nps_composition(panel):
    panel.set(promoters=65, detractors=35)
    panel.act()
    panel.set(detractors=0, promoters=30)


def solve_survey_sampling(panel):
    panel.set(promoters=70, detractors=5, respondents=10)


def solve_mix_shift(panel):
    panel.set(online=330)


def solve_lovers_haters(panel):
    panel.frame(21)
    panel.act()
    panel.set(lovers=5)
    panel.frame(0)
    panel.act()


def solve_word_of_mouth(panel):
    panel.set(contacts=16)


@pytest.mark.parametrize("name", EVERY)
def test_the_puzzle_can_be_solved_is_open_at_first_and_names_its_effect_last(name):
    panel = open_panel(name)
    assert not panel.puzzle_solved
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
        assert not panel.puzzle_solved, "playing alone must not solve it"
    assert panel.explanation == ""
    before = panel.meter_text
    globals()[f"solve_{name}"](panel)
    assert panel.puzzle_solved, panel.meter_text
    assert panel.meter_text != before
    assert panel.explanation.startswith(panel.effect.name)
    assert panel.errors == []


@pytest.mark.parametrize("name", EVERY)
def test_what_was_predicted_is_compared_with_what_came_out(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    globals()[f"solve_{name}"](panel)
    if name == "missing_answers":
        panel.set(missing_share=25)
    entry = record.entries()[name]
    assert entry.question == panel.prediction.question
    assert is_one_sentence(entry.came_out), entry.came_out
    assert entry.verdict.startswith("You ")
    assert entry.predicted in panels.predictions().value


@pytest.mark.parametrize("name", EVERY)
def test_the_right_answer_is_recognised(name):
    right = {
        "missing_answers": "quarter",
        "nps_composition": "30",
        "survey_sampling": "21",
        "mix_shift": "falls",
        "lovers_haters": "hump",
        "word_of_mouth": "12,5",
    }
    panel = getattr(panels, name)()
    panel.lock_prediction(right[name])
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    if name == "missing_answers":
        panel.set(treatment="zero")
    if name == "mix_shift":
        panel.set(online=330)
    assert record.entries()[name].verdict == "That is what you predicted."


def test_ten_blanks_of_forty_counted_as_zero_take_a_quarter_off_the_mean():
    panel = open_panel("missing_answers")
    panel.set(treatment="zero")
    assert "25 % below" in panel.status
    assert "It fell from 43.9 to 32.9 years" in record.entries()["missing_answers"].came_out


def test_when_the_young_are_silent_the_mean_of_the_answers_is_too_high():
    panel = open_panel("missing_answers")
    by_chance = panel._result.mean_of_answers
    panel.set(who="young")
    assert panel._result.mean_of_answers > by_chance + 3


def test_fifty_thirty_twenty_scores_thirty_with_its_standard_error():
    panel = open_panel("nps_composition")
    assert panel.status == (
        "50 promoters, 30 passives, 20 detractors: NPS +30, standard error 7.8 points, "
        "95 % interval +15 to +45, polarisation 0.61."
    )


def test_four_times_the_answers_halve_the_standard_error():
    panel = open_panel("nps_composition")
    panel.set(respondents=400)
    assert "standard error 3.9 points" in panel.status


def test_two_parts_of_a_hundred_people_make_room_for_each_other():
    panel = open_panel("nps_composition")
    panel.set(promoters=90)
    assert panel.values["detractors"] == 10
    assert panel.notice == (
        "Promoters and detractors cannot be more than 100 together, so detractors went down to 10."
    )
    panel.set(detractors=100)
    assert panel.values["promoters"] == 0


def test_a_brand_is_no_opposite_of_itself():
    panel = open_panel("nps_composition")
    panel.act()
    assert panel.meter_text.startswith("Same NPS, +30.")
    assert not panel.puzzle_solved
    panel.set(promoters=100, detractors=0)
    panel.set(promoters=0)
    assert "not the same yet" in panel.meter_text


def test_the_first_hundred_surveys_miss_about_as_often_as_promised():
    panel = open_panel("survey_sampling")
    panel.frame(100)
    assert "95 hold the true NPS of +30 and 5 miss it" in panel.status


def test_small_lopsided_surveys_break_the_wald_promise_but_not_the_adjusted_one():
    panel = open_panel("survey_sampling")
    panel.set(promoters=70, detractors=5, respondents=10)
    wald, adjusted = map(float, re.findall(r"([\d.]+) % of the", panel.meter_text))
    assert wald == pytest.approx(85.8, abs=1.7)  # three Monte Carlo errors of 4,000 surveys
    assert adjusted == pytest.approx(95.1, abs=1.1)


def test_the_course_example_of_the_mix_shift_goes_from_47_5_to_16_5():
    panel = open_panel("mix_shift")
    panel.set(online=330, online_rise=6.061, shop_rise=11.429)
    assert "from +47.5 to +16.5" in panel.status
    assert panel.puzzle_solved


def test_a_segment_that_does_not_rise_enough_does_not_solve_the_mix_shift():
    panel = open_panel("mix_shift")
    panel.set(online=390, shop_rise=4.5)
    assert not panel.puzzle_solved


def test_the_first_brand_is_helped_by_haters_up_to_21_percent():
    panel = open_panel("lovers_haters")
    panel.frame(0)
    assert "net +3.3" in panel.status
    panel.frame(20)
    assert "net +14.1" in panel.status
    panel.frame(10)
    panel.act()
    assert panel.meter_text.endswith("At 10 %: more haters would still raise the net.")
    panel.frame(30)
    panel.act()
    assert panel.meter_text.endswith("At 30 %: fewer haters would give a higher net.")


def test_curves_of_lovers_and_haters_grow_only_as_far_as_the_student_walks():
    panel = open_panel("lovers_haters")
    panel.frame(10)
    assert "drawn from 0 to 10 %" in panel.alt_text
    panel.frame(3)
    assert "drawn from 0 to 10 %" in panel.alt_text


@pytest.mark.parametrize("name", ["lovers_haters", "word_of_mouth"])
def test_a_model_is_called_a_model(name):
    panel = open_panel(name)
    assert "model" in panel.title.lower()
    assert "model" in (panel.effect.explanation + panel.effect.source).lower()


def test_word_of_mouth_below_one_fades_and_above_one_takes_most_of_the_market():
    panel = open_panel("word_of_mouth")
    panel.frame(26)
    assert panel.status.startswith("Week 26: 13 of 150 bought, 8 because a friend did")
    panel.set(contacts=30, conversion=40)
    assert panel.meter_text.startswith("R = 3.00: from 1 on there is no long run")
    bought = int(re.search(r"(\d+) of 150 bought", panel.status)[1])
    assert bought > 120
    assert not panel.puzzle_solved


def test_purchases_of_a_week_spread_over_its_days():
    panel = open_panel("word_of_mouth")
    bought = []
    for day in range(0, 15):
        panel.frame(Fraction(day, 7))
        bought.append(int(re.search(r"(\d+) of 150 bought", panel.status)[1]))
    assert bought == sorted(bought)
    assert bought[0] == 5
    assert bought[7] == panel._result[0].random_total[1]
    assert bought[14] == panel._result[0].random_total[2]


def test_play_ends_when_word_of_mouth_has_died_out_and_the_panel_says_so():
    panel = open_panel("word_of_mouth")
    history = panel._result[0].random_total
    last = panel.rows["step"].play.max // 14
    assert history[last] == history[last - 1] == history[-1]
    assert history[last - 1] > history[last - 2]
    assert "died out" not in panel.status
    panel.frame(last)
    assert f"word of mouth died out in week {last};" in panel.status
    assert record.entries()["word_of_mouth"].came_out


def test_when_the_old_are_silent_the_status_gives_the_mean_of_all_forty():
    panel = open_panel("missing_answers")
    panel.set(who="old")
    assert "all forty together, which no survey sees, have a mean of" in panel.status
    assert panel._result.mean_of_answers < panel._result.mean_of_all - 3


@pytest.mark.parametrize("name", EVERY)
def test_a_slider_meets_its_steps_without_rounding_noise(name):
    for control in open_panel(name).controls.values():
        if hasattr(control, "low") and not control.is_whole:
            steps = (control.high - control.low) / control.step
            # The browser reckons in shares of the range: exact when the steps are a power of two.
            assert steps == 2 ** round(np.log2(steps))


@pytest.mark.parametrize("name", EVERY)
def test_the_picture_of_a_moment_can_be_kept_as_a_file(name):
    panel = open_panel(name)
    file = ElementTree.fromstring(panel.to_svg())
    assert file.get("aria-label") == panel.alt_text
    assert len(list(file.iter())) > 50
