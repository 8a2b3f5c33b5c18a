"""What the panels about the connected customer show, in numbers."""

from __future__ import annotations

import re

import pytest
from marketing4.models.interaction_cost import deals_realised
from marketing4.panels import record

from tests.panels.test_every_panel import open_panel


def test_half_the_cost_makes_seven_times_the_deals_where_cost_was_high():
    panel = open_panel("interaction_cost")
    panel.set(fall=50)
    assert "from 1.8 % to 13.5 %, 7.4 times as many" in panel.status
    assert "7.4 times as many" in record.entries()["interaction_cost"].came_out


@pytest.mark.parametrize(("cost", "surplus", "times"), [(4, 40, "1.1"), (28, 20, "2.0"), (100, 10, "148")])
def test_the_same_halving_means_little_or_much(cost, surplus, times):
    panel = open_panel("interaction_cost")
    panel.set(cost=cost, mean_surplus=surplus, fall=50)
    assert f", {times} times as many" in panel.status


def test_the_deals_made_are_counted_and_the_others_too():
    panel = open_panel("interaction_cost")
    panel.set(cost=60, fall=40, mean_surplus=30)
    before, now = map(int, re.search(r"(\d+) of 100 .* (\d+) are;", panel.status).groups())
    assert f">{before} made<" in panel.picture
    assert f">{now - before} more<" in panel.picture
    assert f">{100 - now} not<" in panel.picture


def test_random_markets_scatter_around_the_long_run():
    panel = open_panel("interaction_cost")
    panel.set(cost=20, mean_surplus=20)
    made = []
    for seed in range(100):
        panel.set(seed=seed)
        made.append(int(re.search(r"(\d+) of 100", panel.status)[1]))
    assert sum(made) / 100 == pytest.approx(100 * deals_realised(20, 20), abs=2)
    assert max(made) > min(made) + 8


def test_a_halving_that_adds_too_little_or_a_larger_fall_does_not_solve_the_puzzle():
    panel = open_panel("interaction_cost")
    panel.set(fall=50)
    assert panel.meter_text.startswith("The lower cost adds 11.7 of 100 possible deals")
    panel.set(fall=90)
    assert "but now the cost falls by 90 %, not by half" in panel.meter_text
    assert not panel.puzzle_solved
    panel.set(fall=50, cost=40, mean_surplus=29)
    assert panel.puzzle_solved


def test_without_any_cost_every_deal_is_made_before_and_after():
    panel = open_panel("interaction_cost")
    panel.set(cost=0, fall=50)
    assert "100 of 100 possible deals were made, and at 0 euros 100 are" in panel.status


def test_the_interaction_panel_calls_its_model_a_model():
    panel = open_panel("interaction_cost")
    assert "model" in panel.title.lower()
    assert "assumption" in panel.effect.explanation


def test_the_youngest_third_holds_41_connected_of_100_and_a_lot_would_bring_33():
    panel = open_panel("connected_not_young")
    panel.set(young_below=38)
    assert panel.status == (
        "These 300 customers have r = −0.20, so age explains 4 % of the differences in connectedness; of 100 "
        "younger than 38 years, 41 are among the 100 most connected: 41 %."
    )
    assert "41 belong to the 100 most connected" in record.entries()["connected_not_young"].came_out


def test_other_groups_of_customers_say_about_the_same():
    panel = open_panel("connected_not_young")
    panel.set(young_below=38)
    shares = []
    for seed in range(60):
        panel.set(seed=seed)
        shares.append(int(re.search(r"connected: (\d+) %", panel.status)[1]))
    assert sum(shares) / 60 == pytest.approx(41.5, abs=1.5)


def test_the_four_kinds_of_customers_are_counted_and_add_up():
    panel = open_panel("connected_not_young")
    panel.set(young_below=50, correlation=-60)
    kinds = ("both", "young only", "connected only", "neither")
    numbers = [int(re.search(rf">(\d+) {kind}<", panel.picture)[1]) for kind in kinds]
    assert sum(numbers) == 300
    assert numbers[0] + numbers[2] == 100
    assert f"of {numbers[0] + numbers[1]} younger than 50 years, {numbers[0]} are" in panel.status


def test_a_higher_age_limit_finds_more_of_the_connected_and_is_less_often_right():
    panel = open_panel("connected_not_young")
    panel.set(correlation=-88)
    right, found = [], []
    for limit in (28, 38, 48, 58):
        panel.set(young_below=limit)
        numbers = re.match(r"(\d+) of 100 young are connected, and (\d+) of 100", panel.meter_text).groups()
        right.append(int(numbers[0]))
        found.append(int(numbers[1]))
    assert right == sorted(right, reverse=True)
    assert found == sorted(found)


def test_one_setting_alone_does_not_make_youth_a_good_guide():
    panel = open_panel("connected_not_young")
    for limit in range(18, 71):
        panel.set(young_below=limit)
    assert not panel.puzzle_solved
    panel.set(young_below=25)
    for correlation in range(-100, 51):
        panel.set(correlation=correlation)
    assert not panel.puzzle_solved


def test_a_correlation_that_is_too_strong_is_refused_in_words():
    panel = open_panel("connected_not_young")
    panel.set(correlation=-95, young_below=38)
    assert panel.meter_text.endswith("but this correlation is stronger than −0.90.")
    assert not panel.puzzle_solved
    panel.set(correlation=-90)
    assert panel.puzzle_solved


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_the_puzzle_of_the_young_can_be_solved_for_other_groups_too(seed):
    panel = open_panel("connected_not_young")
    panel.set(seed=seed, correlation=-90)
    for limit in range(34, 46):
        panel.set(young_below=limit)
    assert panel.puzzle_solved


def test_an_age_limit_below_everyone_picks_nobody():
    panel = open_panel("connected_not_young")
    panel.set(young_below=18)
    assert panel.status.endswith("; nobody is younger than 18.")
    assert panel.errors == []


def marks_of(panel) -> list[int]:
    """How many marks each path of the picture holds, in the order they are drawn."""
    return [path.count("M") for path in re.findall(r'<path d="([^"]*)"', panel.picture)]


def test_every_deal_is_one_bar_of_its_kind():
    panel = open_panel("interaction_cost")
    panel.set(cost=60, fall=40, mean_surplus=30)
    counts = [int(re.search(rf">(\d+) {kind}<", panel.picture)[1]) for kind in ("not", "more", "made")]
    assert marks_of(panel)[:3] == counts
    assert min(counts) > 0


def test_every_customer_is_one_mark_of_its_kind():
    panel = open_panel("connected_not_young")
    panel.set(young_below=50)
    kinds = ("neither", "young only", "connected only", "both")
    counts = [int(re.search(rf">(\d+) {kind}<", panel.picture)[1]) for kind in kinds]
    assert marks_of(panel)[:4] == counts
    assert panel.picture.count("l6 6m0-6l-6 6") == counts[1]
