"""What is documented about `omni` holds for the stored table and for those of other seeds."""

import pytest

from tests.datasets.stored import every_table


def amounts(table):
    """Spending in euros."""
    digits = table["spend_eur"].str.removeprefix("€ ").str.replace(".", "", regex=False)
    return digits.str.replace(",", ".", regex=False).astype(float)


def customers(table):
    """Orders of companies left out, by the rules in the page of the data set."""
    clean = table.assign(spend=amounts(table), several=table["channels"].astype(int) > 1)
    return clean[clean["spend"] <= 1000]


def raw_uplift(rows):
    mean = rows.groupby("several")["spend"].mean()
    return mean[True] - mean[False]


def uplifts(rows):
    """Uplift within each level of loyalty."""
    mean = rows.groupby(["loyalty", "several"])["spend"].mean().unstack()
    return mean[True] - mean[False]


@every_table("omni")
def test_every_amount_is_written_the_dutch_way(table):
    assert table["spend_eur"].str.fullmatch(r"€ (\d{1,3}|\d\.\d{3}),\d{2}").all()
    assert table["spend_eur"].str.contains(".", regex=False).sum() == 6


@every_table("omni")
def test_six_orders_of_companies_stand_among_those_with_one_channel(table):
    orders = table[amounts(table) > 1000]
    assert len(orders) == 6
    assert set(orders["channels"]) == {"1"}
    assert amounts(orders).between(1050, 1400).all()
    assert customers(table)["spend"].max() < 200


@every_table("omni")
def test_each_level_of_loyalty_has_customers_with_one_and_with_several_channels(table):
    counts = table.assign(several=table["channels"].astype(int) > 1).groupby(["loyalty", "several"]).size()
    assert counts["low"].tolist() == [480, 320]
    assert counts["mid"].tolist() == [210, 490]
    assert counts["high"].tolist() == [100, 400]
    assert table.groupby("loyalty")["channels"].nunique().eq(5).all()


@every_table("omni")
def test_the_raw_uplift_is_ten_times_the_uplift_within_levels_of_loyalty(table):
    rows = customers(table)
    within = uplifts(rows)
    average = (within * rows["loyalty"].value_counts(normalize=True)).sum()
    assert raw_uplift(rows) == pytest.approx(19.7, abs=1)
    assert average == pytest.approx(2, abs=1)
    assert (within > 0).all()
    assert (within < raw_uplift(rows) / 3).all()


@every_table("omni")
def test_orders_left_in_hide_about_half_of_the_raw_uplift(table):
    rows = table.assign(spend=amounts(table), several=table["channels"].astype(int) > 1)
    assert raw_uplift(customers(table)) - raw_uplift(rows) == pytest.approx(9, abs=1)
