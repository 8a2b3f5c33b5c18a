"""What the panels from exclusive to inclusive show, in numbers."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest
from marketing4 import data
from marketing4.models.inclusion_loop import inclusion
from marketing4.models.launch_order import launch
from marketing4.panels import record
from marketing4.panels.digital_gap import GROUPS
from marketing4.views.digital_gap import YEARS

from tests.panels.test_every_panel import open_panel


@pytest.mark.parametrize("name", ["price_reach", "inclusion_loop", "launch_order"])
def test_a_model_is_called_a_model(name):
    panel = open_panel(name)
    assert "model" in panel.title.lower()
    assert "model" in (panel.effect.explanation + panel.effect.source).lower()


def test_the_cut_that_passes_the_median_threshold_wins_most():
    panel = open_panel("price_reach")
    gains = []
    for step in range(13):
        panel.frame(step)
        gains.append(float(re.search(r"The last cut brings ([\d.]+) of 100", panel.meter_text)[1]))
    assert int(np.argmax(gains)) == 6
    panel.frame(6)
    assert panel.status == (
        "After 6 cuts of 20 % the price is 262 euros, 56.7 % of households can pay it, and half could pay "
        "300; the last cut brought 11.1 of 100 households within reach."
    )
    assert sum(gains) == pytest.approx(96.7 - 6.6, abs=0.7)


def test_a_large_cut_does_not_solve_the_price_puzzle():
    panel = open_panel("price_reach")
    panel.set(learning_rate=30, sigma=0.3)
    panel.frame(3)
    assert float(re.search(r"brings ([\d.]+) of 100", panel.meter_text)[1]) > 20
    assert not panel.puzzle_solved


def test_no_moment_of_the_first_market_solves_the_price_puzzle():
    panel = open_panel("price_reach")
    for step in range(13):
        panel.frame(step)
    assert not panel.puzzle_solved


def test_households_drawn_become_able_to_pay_as_the_price_falls():
    panel = open_panel("price_reach")
    able = []
    for step in (0, 3, 6, 12):
        panel.frame(step)
        able.append(int(re.search(r"drawn on a ladder of incomes (\d+) lie above", panel.alt_text)[1]))
    assert able == sorted(able)
    assert able[0] < 20
    assert able[-1] > 85


def test_the_first_loop_stalls_at_41_of_100_households():
    panel = open_panel("inclusion_loop")
    assert panel.meter_text.startswith("On average the loop brings in 40.9 of 100 households")
    panel.frame(24)
    assert "stalls at 41 %" in panel.status
    assert "In this model 41 of 100 have bought on average" in record.entries()["inclusion_loop"].came_out


def test_the_panel_of_the_loop_shows_the_reference_run():
    average = open_panel("inclusion_loop")._result.average
    assert average.price[:12] == pytest.approx(inclusion().price)
    assert average.price[5] == pytest.approx(429.43, abs=0.01)


def test_neither_a_margin_alone_nor_more_budget_alone_solves_the_loop():
    panel = open_panel("inclusion_loop")
    panel.set(budget_share=14)
    assert float(re.search(r"brings in ([\d.]+) of 100", panel.meter_text)[1]) > 75
    assert not panel.puzzle_solved
    panel.set(budget_share=5, margin=50)
    assert not panel.puzzle_solved
    panel.set(budget_share=14)
    assert panel.puzzle_solved
    end = inclusion(budget_share=0.14, margin=0.5).limit - 0.01
    assert f"brings in {100 * end:.1f} of 100 households" in panel.meter_text


def test_a_dear_product_without_learning_stays_exclusive():
    panel = open_panel("inclusion_loop")
    panel.set(learning_rate=0)
    panel.frame(24)
    assert "stalls at 4 %" in panel.status


def test_purchases_of_a_period_spread_over_it_and_end_as_the_history_does():
    panel = open_panel("inclusion_loop")
    bought = []
    for tenth in range(31):
        panel.frame(Fraction(tenth, 10))
        bought.append(int(re.search(r"can pay and (\d+) have bought", panel.status)[1]))
    assert bought == sorted(bought)
    assert [bought[0], bought[10], bought[20], bought[30]] == [
        round(150 * share) for share in panel._result.market.buyers[:4]
    ]
    assert len(set(bought[20:31])) > 3


def test_near_the_edge_chance_decides_whether_the_loop_takes_off():
    panel = open_panel("inclusion_loop")
    panel.set(learning_rate=30, margin=50)
    panel.frame(24)
    ends = []
    for seed in range(8):
        panel.set(seed=seed)
        ends.append(int(re.search(r"and (\d+) have bought", panel.status)[1]))
    assert min(ends) < 5
    assert max(ends) > 80


def test_the_first_firm_reaches_the_poor_sooner_by_way_of_the_rich():
    panel = open_panel("launch_order")
    panel.frame(20)
    assert record.entries()["launch_order"].came_out == (
        "In this model half of the emerging households can pay in year 10 when the developed market comes "
        "first, in year 13 when the emerging one does, and in year 8 with both at once."
    )


def test_a_cheap_design_turns_the_order_round():
    panel = open_panel("launch_order")
    panel.set(first_cost=300)
    runs = panel._result.orders
    assert runs["emerging_first"].half_reached < runs["developed_first"].half_reached
    assert runs["emerging_first"].value > runs["developed_first"].value


@pytest.mark.parametrize("setting", [{"first_cost": 600}, {"cannibalisation": 75}, {"first_cost": 200}])
def test_one_change_alone_does_not_make_reverse_innovation_pay(setting):
    panel = open_panel("launch_order")
    panel.set(**setting)
    assert not panel.puzzle_solved


def test_to_earn_most_with_a_product_that_few_can_pay_does_not_solve_it():
    panel = open_panel("launch_order")
    panel.set(learning_rate=10, cannibalisation=75)
    assert "billion euros more than both at once" in panel.meter_text
    assert "can pay: not within 20 years" in panel.meter_text
    assert not panel.puzzle_solved


def test_the_panel_of_launch_orders_shows_the_model():
    panel = open_panel("launch_order")
    panel.set(first_cost=600, cannibalisation=75)
    value = launch("emerging_first", 600, 0.25, 5, 0.75).value
    rival = launch("both", 600, 0.25, 5, 0.75).value
    assert f"has earned {(value - rival) / 1000:.1f} billion euros more than both at once" in panel.meter_text


def test_no_emerging_household_counts_before_the_product_is_on_sale_there():
    panel = open_panel("launch_order")
    panel.frame(4)
    assert "that can pay is 0 % with developed first" in panel.status
    panel.frame(5)
    assert "that can pay is 24 % with developed first" in panel.status


def test_the_panel_shows_the_figures_of_the_data_set():
    table = data.load("internet_use")
    assert set(table["region"]) == set(GROUPS)
    assert set(table["year"]) == set(YEARS)
    shares = table.set_index(["region", "year"])["individuals_using_pct"]
    panel = open_panel("digital_gap")
    for one, other in (("Europe", "Africa"), ("CIS", "world")):
        panel.set(one=one, other=other, since="2017", until="2023")
        for group, course in zip(panel._result.names, panel._result.shares, strict=True):
            group = "world" if group == "the world" else group
            assert course == tuple(shares[group, year] for year in YEARS)


def test_from_2005_to_2010_the_gap_grew_in_points_and_fell_as_a_ratio():
    panel = open_panel("digital_gap")
    panel.set(until="2010")
    assert panel.status == (
        "From 2005 to 2010, developed and developing: the gap grew from 43 to 46 points, and the ratio fell "
        "from 6.4 to 3.2."
    )
    assert "In points it grew, from 43 to 46" in record.entries()["digital_gap"].came_out


def test_the_years_and_groups_may_be_chosen_in_any_order():
    panel = open_panel("digital_gap")
    status = panel.status
    panel.set(since="2023", until="2005", one="developing", other="developed")
    assert panel.status == status


def test_one_year_alone_shows_no_change():
    panel = open_panel("digital_gap")
    panel.set(since="2023")
    assert panel.status == "In 2023 the gap between developed and developing was 33 points, a ratio of 1.55."
    assert panel.meter_text.startswith("Both years are 2023")


def test_changing_one_group_alone_does_not_solve_the_puzzle_of_the_gap():
    for name in ("one", "other"):
        panel = open_panel("digital_gap")
        for group in GROUPS:
            for since in ("2005", "2010"):
                panel.set(**{name: group, "since": since})
        assert not panel.puzzle_solved
