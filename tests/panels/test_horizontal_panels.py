"""What the panels about horizontal markets show, in numbers: long tail, games, value net and trust."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from marketing4 import data
from marketing4.panels import record

from tests.panels.test_every_panel import open_panel


def words(panel) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(panel.picture).iter("text")]


def test_a_shelf_of_a_hundred_titles_loses_three_of_ten_buyers_whom_the_web_serves():
    panel = open_panel("long_tail")
    assert panel.status == (
        "In this model the shelf of 100 titles loses 307 of 1,000 buyers; on the web with 0 % following a "
        "list of 10, the tail sells 307 of 1,000 units and the ten best sellers 391."
    )
    assert "loses 31 % of buyers" in words(panel)
    assert {"608", "293"} <= set(words(panel))  # the index of the shelf and of the web


def test_half_the_buyers_on_the_list_make_the_web_more_concentrated_than_the_shelf():
    panel = open_panel("long_tail")
    panel.set(followers=50)
    assert "the tail sells 154 of 1,000 units and the ten best sellers 696" in panel.status
    entry = record.entries()["long_tail"]
    assert "56 % of sales on the shelf, 39 % on the web without the list, and 70 %" in entry.came_out
    assert entry.verdict == "You predicted otherwise."


@pytest.mark.parametrize("setting", [{"followers": 60}, {"exponent": 0.6}, {"shelf": 50, "followers": 40}])
def test_a_long_tail_or_a_big_head_alone_does_not_solve_the_puzzle(setting):
    panel = open_panel("long_tail")
    panel.set(**setting)
    assert not panel.puzzle_solved


def test_the_crowd_of_the_long_tail_comes_near_the_model():
    panel = open_panel("long_tail")
    panel.set(followers=50)
    for seed in range(5):
        panel.set(seed=seed)
        heads = panel._result.crowd_head
        # Four standard deviations of a share among a thousand buyers (of whom the shelf serves about 690).
        assert heads["shelf"] == pytest.approx(0.565, abs=0.08)
        assert heads["recommended"] == pytest.approx(0.696, abs=0.06)


def test_one_year_of_the_dilemma_ends_in_hoarding_and_a_chance_of_a_fifth_changes_it():
    panel = open_panel("share_or_hoard")
    assert panel.status == (
        "In one year it is stable that both hoard; with a chance of 10 % for another year, hoarding first is "
        "worth 8.5 a year against 8, so sharing does not last (it takes 20 %)."
    )
    panel.set(patience=19)
    assert "does not last" in panel.status
    assert "share_or_hoard" not in {name for name, entry in record.entries().items() if entry.came_out}
    panel.set(patience=20)
    assert "sharing lasts (it takes 20 %)" in panel.status
    assert record.entries()["share_or_hoard"].verdict == "You were 40 per cent too high."


@pytest.mark.parametrize(
    ("payoffs", "stable"),
    [
        ({"temptation": 9, "alone": 2}, "both hoard;"),
        ({"temptation": 5, "alone": 0}, "both share and that both hoard;"),
        ({"temptation": 9, "alone": 6}, "you alone share and that you alone hoard;"),
        ({"temptation": 5, "alone": 6}, "both share;"),
    ],
)
def test_payoffs_decide_which_cells_are_stable(payoffs, stable):
    panel = open_panel("share_or_hoard")
    panel.set(**payoffs)
    assert f"it is stable that {stable}" in panel.status
    assert words(panel).count("stable") == stable.count("that") + 1


def test_an_arrow_leads_out_of_every_cell_that_is_not_stable():
    def arrows(panel) -> int:
        heads = re.findall(r'<polygon points="[^"]*" fill="#\w+"/>', panel.picture)  # no edge: no marker
        return len(heads) - 2  # two stand in the key

    panel = open_panel("share_or_hoard")
    assert arrows(panel) == 4
    panel.set(temptation=8)  # next to a rival who shares, both actions pay the same
    assert arrows(panel) == 2
    panel.set(alone=4)
    assert arrows(panel) == 0


def test_a_short_punishment_asks_for_a_longer_view_or_is_never_enough():
    panel = open_panel("share_or_hoard")
    panel.set(reply="one")
    assert "it takes 25 %" in panel.status
    panel.set(temptation=12, patience=95)
    assert "no chance of another year would be enough" in panel.status
    assert "sharing never lasts" in words(panel)
    panel.set(temptation=8)
    assert "sharing always lasts" in words(panel)


def test_a_tie_is_no_stag_hunt_and_a_patient_dilemma_needs_the_greater_temptation():
    panel = open_panel("share_or_hoard")
    panel.set(temptation=8)
    assert panel.meter_text.startswith("0 of 2 found")
    panel.set(temptation=10, patience=60)
    assert panel.meter_text.startswith("0 of 2 found")
    panel.set(temptation=11, alone=5)
    assert panel.meter_text.startswith("0 of 2 found")  # hoarding is not the only stable cell
    panel.set(alone=3)
    assert panel.meter_text.startswith("1 of 2 found")


def test_the_first_net_pays_a_third_in_thirds_and_half_in_halves():
    panel = open_panel("value_net")
    assert "firm 33.3, community 18.3, partner 8.3; asked for 120 of 60 to share" in panel.status
    panel.frame(60)
    paid = [float(number) for number in re.findall(r"paid ([\d.]+), ([\d.]+), ([\d.]+)", panel.status)[0]]
    assert sum(paid) == pytest.approx(60, abs=0.11)  # every arrival pays out all there is
    assert paid == pytest.approx([33.3, 18.3, 8.3], abs=10)  # three errors of the mean of 60 arrivals
    entry = record.entries()["value_net"]
    assert entry.came_out.startswith("Over all six orders the firm is paid 33.3 on average")
    assert entry.verdict == "You were 26.7 thousand euros too high."


def test_the_arrivals_tell_who_came_and_what_each_added():
    panel = open_panel("value_net")
    assert "Nobody has arrived yet: press Play" in words(panel)
    for arrival in range(1, 13):
        panel.frame(arrival)
        line = next(line for line in words(panel) if line.startswith(f"Arrival {arrival}: "))
        added = {name: int(number) for name, number in re.findall(r"([A-Z]\w+) (\d+)", line)[1:]}
        assert set(added) == {"Firm", "Community", "Partner"}
        assert sum(added.values()) == 60


def test_players_who_replace_each_other_add_nothing_and_still_earn():
    panel = open_panel("value_net")
    panel.set(community=30, partner=30, together=-30)
    assert panel.puzzle_solved
    assert panel.meter_text.startswith("Asked for 40, to share 40")
    panel.set(together=-40)  # at worst the second adds nothing
    assert panel.meter_text.startswith("Asked for 40, to share 40")


@pytest.mark.parametrize(
    "setting",
    [
        {"community": 20, "partner": 20, "together": -20},  # the community earns less than 5
        {"community": 40, "partner": 20, "together": -30},  # more is asked for than there is
        {"community": 0, "partner": 0, "together": 0},
    ],
)
def test_enough_for_all_and_enough_for_the_community_are_two_conditions(setting):
    panel = open_panel("value_net")
    panel.set(**setting)
    assert not panel.puzzle_solved


def test_in_2015_a_brands_own_website_is_trusted_more_than_strangers():
    panel = open_panel("trust")
    assert record.entries()["trust"].came_out == ""
    panel.set(second="2015")
    assert record.entries()["trust"].came_out == (
        "In 2015 brands' websites had 70 %, strangers' opinions 66 % and TV ads 63 %; people they know had "
        "83 %."
    )
    assert {"earned (mean 72)", "owned (mean 63)", "paid (mean 52)"} <= set(words(panel))


def test_a_blank_is_not_taken_for_zero():
    panel = open_panel("trust")
    panel.set(first="2007", second="2007")
    assert "paid (mean 45)" in words(panel)  # 32 if the four blanks counted as nought
    panel.set(form="Editorial content")
    assert panel.status == "Editorial content has no figure in 2007, so there is nothing to compare."
    panel.set(second="2015")
    assert panel.status.startswith("Editorial content has no figure in 2007 and 66 % in 2015;")


def test_the_questions_figures_are_those_of_the_data():
    table = data.load("trust").set_index("format")
    named = ["Consumer opinions posted online", "Branded websites", "Ads on TV"]
    assert table.loc[named, "2007"].tolist() == [61, 60, 56]
    assert table.loc[named, "2011"].tolist() == [70, 58, 47]
    question = open_panel("trust").prediction.question
    assert re.findall(r"\d+", question) == ["2007", "61", "60", "56", "2011", "70", "58", "47", "2015"]


def test_tv_ads_fell_and_rose_depending_on_the_years_and_their_order_does_not_matter():
    panel = open_panel("trust")
    panel.set(form="Ads on TV")
    assert panel.status.startswith("Ads on TV went from 56 % in 2007 to 47 % in 2011, 9 points down;")
    assert panel.meter_text == "1 of 2 headlines: Ads on TV fell; now the opposite for the same ad."
    panel.set(first="2015", second="2007")
    assert panel.status.startswith("Ads on TV went from 56 % in 2007 to 63 % in 2015, 7 points up;")
    assert panel.puzzle_solved


@pytest.mark.parametrize("form", ["Recommendations from people I know", "Online banner ads"])
def test_what_is_not_paid_for_or_never_fell_gives_no_two_headlines(form):
    panel = open_panel("trust")
    panel.set(form=form)
    for first in ("2007", "2011", "2013", "2015"):
        for second in ("2007", "2011", "2013", "2015"):
            panel.set(first=first, second=second)
    assert not panel.puzzle_solved


def test_a_survey_of_ones_own_comes_near_the_figure_the_more_people_it_asks():
    panel = open_panel("trust")
    gaps = {}
    for people in (50, 1000):
        panel.set(people=people)
        gaps[people] = []
        for seed in range(20):
            panel.set(seed=seed)
            gaps[people].append(abs(panel._result.own - 92))
    assert max(gaps[1000]) < 3.5  # four standard errors
    assert sum(gaps[50]) > 2 * sum(gaps[1000])


@pytest.mark.parametrize("name", ["long_tail", "share_or_hoard", "value_net"])
def test_a_model_is_called_a_model_and_its_numbers_invented(name):
    panel = open_panel(name)
    assert "model" in panel.title.lower()
    told = (panel.effect.explanation + panel.effect.source).lower()
    assert "model" in told or "invented" in told
