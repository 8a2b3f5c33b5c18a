"""What is documented about `journeys` holds for the stored table and for those of other seeds."""

import numpy as np
import pytest

from tests.datasets.stored import every_table, generate, tables

CHANNELS = {"tv": "TV", "search": "Search", "social": "Social", "store": "Store", "web": "Web"}


def touchpoints(path):
    """The channels of a path, by the rules in the page of the data set."""
    return [CHANNELS[part.strip().lower()] for part in path.split(">")]


@every_table("journeys")
def test_cleaning_leaves_five_channels(table):
    assert {channel for path in table["path"] for channel in touchpoints(path)} == set(CHANNELS.values())


@every_table("journeys")
def test_every_journey_has_a_number_of_its_own_in_order(table):
    assert table["journey_id"].tolist() == [f"J{number:04d}" for number in range(1, 1001)]


@every_table("journeys")
def test_each_fault_of_spelling_occurs_as_often_as_the_card_says(table):
    path = table["path"]
    clean = path.map(lambda text: ">".join(touchpoints(text)))
    spaced = path.str.contains(" ")
    assert spaced.sum() == 60
    assert (path[spaced] == clean[spaced].str.replace(">", " > ")).all()
    small = (path == clean.str.lower()) & (path != clean)
    capitals = (path == clean.str.upper()) & (path != clean)
    assert (small.sum(), capitals.sum()) == (40, 25)
    assert (path != clean).sum() == 125


@every_table("journeys")
def test_revenue_is_there_if_and_only_if_the_journey_ended_in_a_purchase(table):
    bought = table["converted"] == "1"
    revenue = table["revenue_eur"].astype(float)
    assert (revenue[bought] > 0).all()
    assert (revenue[~bought] == 0).all()
    assert revenue[bought].median() == pytest.approx(60, rel=0.15)


@every_table("journeys")
def test_nobody_buys_straight_after_tv_or_social_so_last_click_gives_them_zero(table):
    last = table["path"].map(lambda path: touchpoints(path)[-1])[table["converted"] == "1"]
    assert set(last) == {"Search", "Store", "Web"}
    assert (last == "Search").sum() < 0.15 * len(last)


@every_table("journeys")
def test_tv_opens_more_than_a_fifth_of_the_journeys_that_end_in_a_purchase(table):
    first = table["path"].map(lambda path: touchpoints(path)[0])[table["converted"] == "1"]
    assert (first == "TV").mean() > 0.2


@every_table("journeys")
def test_a_touchpoint_stands_twice_in_a_row_in_many_paths(table):
    repeated = table["path"].map(touchpoints).map(lambda path: any(np.equal(path[1:], path[:-1])))
    assert 60 < repeated.sum() < 180


def test_the_share_of_purchases_is_that_of_the_chain():
    chain = generate.importlib.import_module("generators.journeys")
    q = np.array([chain.NEXT[channel][:5] for channel in chain.CHANNELS])
    to_purchase = np.array([chain.NEXT[channel][5] for channel in chain.CHANNELS])
    expected = np.array(chain.FIRST) @ np.linalg.solve(np.eye(5) - q, to_purchase)
    found = np.mean([(table["converted"] == "1").mean() for table in tables("journeys")])
    assert found == pytest.approx(expected, abs=0.015)
    assert sum(chain.FIRST) == pytest.approx(1)
    assert all(sum(row) < 1 for row in chain.NEXT.values())
