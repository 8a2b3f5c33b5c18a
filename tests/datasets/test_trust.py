"""What is documented about `trust` holds for the stored table."""

import pandas as pd
import pytest

from tests.datasets.stored import stored

YEARS = ["2007", "2011", "2013", "2015"]


@pytest.fixture(scope="module")
def trust():
    table = stored("trust").set_index("format")
    table[YEARS] = table[YEARS].apply(pd.to_numeric)
    return table


def test_the_years_are_names_of_columns(trust):
    assert list(trust.columns) == ["class", *YEARS]
    assert len(trust) == 19


def test_there_are_three_earned_two_owned_and_fourteen_paid_forms(trust):
    assert trust["class"].value_counts().to_dict() == {"paid": 14, "earned": 3, "owned": 2}


def test_five_forms_have_no_figure_for_the_first_year(trust):
    assert trust["2007"].isna().sum() == 5
    assert trust[YEARS[1:]].notna().all(axis=None)


@pytest.mark.parametrize(("kind", "mean"), [("earned", 71.667), ("owned", 63.0), ("paid", 51.643)])
def test_the_class_means_of_the_last_survey_are_the_published_ones(trust, kind, mean):
    assert trust.loc[trust["class"] == kind, "2015"].mean() == pytest.approx(mean, abs=1e-3)


def test_a_blank_counted_as_zero_makes_trust_in_paid_forms_far_too_low(trust):
    paid = trust.loc[trust["class"] == "paid", "2007"]
    assert paid.mean() == pytest.approx(44.7)
    assert paid.fillna(0).mean() == pytest.approx(31.93, abs=5e-3)


def test_mobile_text_rose_most_and_newspapers_alone_fell(trust):
    change = (trust["2015"] - trust["2007"]).dropna()
    assert change.idxmax() == "Text ads on mobile phones"
    assert change.max() == 18
    assert change.sort_values()[-3:-1].tolist() == [16, 16]
    assert change[change < 0].to_dict() == {"Ads in newspapers": -3}
    assert change["Ads on radio"] == 0


def test_friends_lead_and_a_brands_own_website_beats_strangers(trust):
    in_2015 = trust["2015"]
    assert in_2015.idxmax() == "Recommendations from people I know"
    assert in_2015["Branded websites"] > in_2015["Consumer opinions posted online"] > in_2015["Ads on TV"]
    assert trust.loc["Recommendations from people I know", "2011"] - in_2015.max() == 9
