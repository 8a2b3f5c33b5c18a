"""What is documented about `internet_use` holds for the stored table."""

import pandas as pd
import pytest

from tests.datasets.stored import stored

REGIONS = ["Africa", "Americas", "Arab States", "Asia-Pacific", "CIS", "Europe"]


@pytest.fixture(scope="module")
def shares():
    """Per cent online, a row per region and a column per year."""
    table = stored("internet_use")
    table["individuals_using_pct"] = pd.to_numeric(table["individuals_using_pct"])
    return table.pivot(index="region", columns="year", values="individuals_using_pct")


def test_nine_regions_stand_in_four_years(shares):
    assert sorted(shares.index) == sorted(["world", "developed", "developing", *REGIONS])
    assert list(shares.columns) == ["2005", "2010", "2017", "2023"]
    assert shares.notna().all(axis=None)


def test_the_figures_are_as_published(shares):
    assert shares.loc["world"].tolist() == [16, 30, 48, 67]
    assert shares.loc["Africa"].tolist() == [2, 10, 21.8, 37]
    assert shares.loc["Europe"].tolist() == [46, 67, 79.6, 91]
    assert shares.sum(axis=1)[["Americas", "Arab States", "Asia-Pacific", "CIS"]].tolist() == [
        pytest.approx(36 + 49 + 65.9 + 87),
        pytest.approx(8 + 26 + 43.7 + 69),
        pytest.approx(9 + 23 + 43.9 + 66),
        pytest.approx(10 + 34 + 67.7 + 89),
    ]


@pytest.mark.parametrize(
    ("year", "points", "ratio"),
    [("2005", 43, 6.375), ("2010", 46, 3.190), ("2017", 39.7, 1.961), ("2023", 33, 1.550)],
)
def test_the_gap_in_points_first_grew_while_the_ratio_fell(shares, year, points, ratio):
    developed, developing = shares.loc["developed", year], shares.loc["developing", year]
    assert developed - developing == pytest.approx(points)
    assert developed / developing == pytest.approx(ratio, abs=5e-4)


def test_the_mean_of_the_regions_is_not_the_world(shares):
    assert (shares.loc[REGIONS].mean() - shares.loc["world"]).min() > 2


def test_the_world_lies_between_its_two_groups(shares):
    assert (shares.loc["developing"] < shares.loc["world"]).all()
    assert (shares.loc["world"] < shares.loc["developed"]).all()


def test_a_whole_figure_is_not_stored_with_a_decimal():
    values = stored("internet_use").set_index("year")["individuals_using_pct"]
    assert not values.drop("2017").str.contains(".", regex=False).any()
    assert values["2017"].str.contains(".", regex=False).sum() == 7
