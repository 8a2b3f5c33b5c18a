"""What is documented about `ad_exposure` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest

from tests.datasets.stored import every_table, tables


def numbers(table):
    """The table with its numbers as numbers."""
    return table.set_index("person").astype(float)


@every_table("ad_exposure")
def test_each_person_is_asked_once_and_within_the_scales(table):
    assert table["person"].is_unique
    people = numbers(table)
    assert people["exposures"].between(0, 25).all()
    assert people["attitude"].between(1, 7).all()
    assert set(people["recall"]) == {0, 1}


@every_table("ad_exposure")
def test_only_twelve_people_saw_the_advert_twenty_times(table):
    assert (numbers(table)["exposures"] >= 20).sum() == 12


@every_table("ad_exposure")
def test_a_curve_finds_the_top_near_ten_exposures(table):
    people = numbers(table)
    b2, b1, _ = np.polyfit(people["exposures"], people["attitude"], 2)
    assert b2 < 0
    assert 9 < -b1 / (2 * b2) < 11


@every_table("ad_exposure")
def test_a_straight_line_is_almost_flat(table):
    people = numbers(table)
    assert abs(np.polyfit(people["exposures"], people["attitude"], 1)[0]) < 0.03


@every_table("ad_exposure")
def test_who_saw_it_twenty_times_likes_the_brand_less_and_remembers_the_advert_more(table):
    people = numbers(table)
    often, middle = people[people["exposures"] >= 20], people[people["exposures"].between(8, 12)]
    assert often["attitude"].mean() < middle["attitude"].mean() - 1
    assert often["recall"].mean() > middle["recall"].mean()


def test_recall_has_the_stated_chance():
    people = pd.concat([numbers(table) for table in tables("ad_exposure")])
    for n in (1, 5, 10):
        share = people.loc[people["exposures"] == n, "recall"].mean()
        assert share == pytest.approx(1 - 0.85**n, abs=0.06), n
