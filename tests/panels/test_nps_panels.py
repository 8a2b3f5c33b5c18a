"""What the panels about missing answers and the Net Promoter Score show, in numbers."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from marketing4.panels import record

from tests.panels.test_every_panel import open_panel


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
