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
