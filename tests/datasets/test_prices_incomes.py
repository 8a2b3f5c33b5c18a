"""What is documented about `prices_incomes` holds for the stored table and for those of other seeds."""

import math

import numpy as np
import pandas as pd
import pytest

from tests.datasets.stored import every_table


def number(written, country):
    if country == "E":
        written = written.replace(".", "").replace(",", ".")
    return float(written)


def noted(table):
    """Every amount as a number, nothing left out and nothing divided."""
    return pd.Series(
        [number(*row) for row in zip(table["income_eur_month"], table["country"], strict=True)], table.index
    )


def cleaned(table, country):
    """Monthly incomes of a country, by the rules in the page of the data set."""
    income = noted(table)[table["country"] == country]
    income = income[income > 0]
    return income.where(income <= 20_000, income / 12)


@every_table("prices_incomes")
def test_each_country_has_3000_households(table):
    assert table["country"].value_counts().to_dict() == {"D": 3000, "E": 3000}


@every_table("prices_incomes")
def test_only_the_poor_country_is_written_with_a_decimal_comma(table):
    with_comma = table["income_eur_month"].str.contains(",")
    assert (with_comma == (table["country"] == "E")).all()
    assert table.loc[with_comma, "income_eur_month"].str.contains(r"\.\d{3},").sum() > 300
    assert not table.loc[~with_comma, "income_eur_month"].str.contains(r"\..*\.").any()


@every_table("prices_incomes")
def test_twelve_incomes_of_the_rich_country_are_for_a_year(table):
    yearly = noted(table) > 20_000
    assert yearly.sum() == 12
    assert set(table.loc[yearly, "country"]) == {"D"}
    assert noted(table)[yearly].between(25_200, 54_000).all()


@every_table("prices_incomes")
def test_an_untold_income_is_written_as_zero(table):
    zero = noted(table) == 0
    assert table[zero]["income_eur_month"].value_counts().to_dict() == {"0,00": 60, "0.00": 30}


@every_table("prices_incomes")
@pytest.mark.parametrize(("country", "median", "sigma"), [("D", 3000, 0.55), ("E", 500, 0.8)])
def test_incomes_are_log_normal_around_the_documented_median(table, country, median, sigma):
    income = cleaned(table, country)
    assert income.median() == pytest.approx(median, rel=0.06)
    assert np.log(income).std() == pytest.approx(sigma, abs=0.04)
    assert income.mean() / income.median() == pytest.approx(math.exp(sigma**2 / 2), rel=0.06)


@every_table("prices_incomes")
def test_fewer_than_half_of_the_households_earn_the_mean(table):
    for country in "DE":
        income = cleaned(table, country)
        assert (income >= income.mean()).mean() < 0.43


@every_table("prices_incomes")
def test_a_few_yearly_incomes_move_the_mean_but_hardly_the_median(table):
    raw = noted(table)[(table["country"] == "D") & (noted(table) > 0)]
    clean = cleaned(table, "D")
    assert raw.mean() - clean.mean() > 100
    assert raw.median() - clean.median() < 0.01 * clean.median()


@every_table("prices_incomes")
def test_the_reach_of_a_price_follows_the_curve(table):
    for country, median, sigma in (("D", 3000, 0.55), ("E", 500, 0.8)):
        for needed in (median / 2, median, 2 * median):
            expected = 0.5 * math.erfc(math.log(needed / median) / (sigma * math.sqrt(2)))
            assert (cleaned(table, country) >= needed).mean() == pytest.approx(expected, abs=0.045)


@every_table("prices_incomes")
def test_the_size_of_a_household_says_nothing_about_its_income(table):
    for country in "DE":
        income = np.log(cleaned(table, country))
        size = table.loc[income.index, "hh_size"].astype(int)
        assert abs(np.corrcoef(income, size)[0, 1]) < 0.08
