"""What is documented about `experience` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest

from tests.datasets.stored import every_table, generate, stored


def numbers(table):
    return table.apply(pd.to_numeric)


def learning_rate(quantity, cost):
    slope = np.polyfit(np.log(quantity), np.log(cost), 1)[0]
    return 1 - 2**slope


def from_cumulative(table):
    """The estimate by the right way: add up all years, then leave out the year without a cost."""
    together = table.assign(ever_made=table["units_in_year"].cumsum()).dropna()
    return learning_rate(together["ever_made"], together["unit_cost"])


@every_table("experience")
def test_fourteen_years_follow_one_another_and_all_units_are_known(table):
    assert table["year"].tolist() == [str(year) for year in range(2009, 2023)]
    assert (table["units_in_year"] != "").all()


@every_table("experience")
def test_the_cost_of_one_year_is_missing(table):
    missing = table[table["unit_cost"] == ""]
    assert len(missing) == 1
    assert missing["year"].astype(int).between(2012, 2016).all()


@every_table("experience")
def test_the_log_log_slope_gives_a_learning_rate_near_one_fifth(table):
    assert from_cumulative(numbers(table)) == pytest.approx(0.20, abs=0.015)


@every_table("experience")
def test_yearly_units_give_a_learning_rate_that_is_far_too_high(table):
    known = numbers(table).dropna()
    assert learning_rate(known["units_in_year"], known["unit_cost"]) > from_cumulative(numbers(table)) + 0.05


@every_table("experience")
def test_dropping_the_year_without_a_cost_first_loses_its_units(table):
    known = numbers(table).dropna()
    too_few = learning_rate(known["units_in_year"].cumsum(), known["unit_cost"])
    assert too_few > from_cumulative(numbers(table)) + 0.001


def test_in_the_stored_table_the_right_way_comes_nearer_to_the_true_rate_than_the_trap():
    values = numbers(stored("experience"))
    known = values.dropna()
    too_few = learning_rate(known["units_in_year"].cumsum(), known["unit_cost"])
    assert from_cumulative(values) == pytest.approx(0.20, abs=0.005)
    assert too_few > 0.20 + 0.012


@every_table("experience")
def test_output_falls_at_the_end_while_the_cost_is_below_that_of_the_best_year(table):
    values = numbers(table)
    best = values["units_in_year"].idxmax()
    assert 5 <= best <= 10
    assert values["units_in_year"].iloc[-1] < 0.7 * values["units_in_year"].max()
    assert values["unit_cost"].iloc[-1] < values["unit_cost"].iloc[: best - 1].min()


def test_the_noise_averages_out():
    estimates = [from_cumulative(generate.table("experience", seed)) for seed in range(40)]
    assert np.mean(estimates) == pytest.approx(0.20, abs=0.002)
    assert 0.001 < np.std(estimates) < 0.008
