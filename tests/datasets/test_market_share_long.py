"""What is documented about `market_share_long` holds for the stored table and for those of other seeds."""

import numpy as np
import pytest

from tests.datasets.stored import every_table

CHANNELS = ("web", "web_reco", "shelf")


def net_units(table):
    """Net units, a row per title and a column per channel, by the rules in the page of the data set."""
    clean = table.assign(title=table["title"].str.strip().str.lower(), units=table["units"].astype(int))
    return clean.groupby(["title", "channel"])["units"].sum().unstack()


def gini(values):
    ordered = np.sort(values)
    places = np.arange(1, len(ordered) + 1)
    return 2 * (places * ordered).sum() / (len(ordered) * ordered.sum()) - (len(ordered) + 1) / len(ordered)


def herfindahl(values):
    return ((values / values.sum()) ** 2).sum()


def top_fifth(values):
    ordered = np.sort(values)[::-1]
    return ordered[: len(ordered) // 5].sum() / ordered.sum()


@every_table("market_share_long")
def test_cleaning_leaves_200_titles_in_each_of_three_channels(table):
    net = net_units(table)
    assert sorted(net.columns) == sorted(CHANNELS)
    assert len(net) == 200
    assert net.notna().all(axis=None)
    assert (net >= 0).all(axis=None)


@every_table("market_share_long")
def test_nine_titles_of_a_channel_are_spelled_in_a_second_way(table):
    title = table["title"]
    for channel in CHANNELS:
        here = table["channel"] == channel
        assert (here & (title == title.str.lower()) & (title == title.str.strip())).sum() == 3
        assert (here & (title == title.str.upper())).sum() == 3
        assert (here & title.str.endswith(" ")).sum() == 3
        assert not (here & title.str.startswith(" ")).any()
        assert table[here].groupby(title.str.strip().str.lower()).size().max() == 2


@every_table("market_share_long")
def test_six_titles_of_a_channel_came_back(table):
    units = table["units"].astype(int)
    assert table[units < 0]["channel"].value_counts().to_dict() == dict.fromkeys(CHANNELS, 6)


@every_table("market_share_long")
def test_the_shelf_holds_60_titles_and_the_web_all(table):
    sold = (net_units(table) > 0).sum()
    assert sold["shelf"] == 60
    assert sold["web"] == sold["web_reco"] == 200


@every_table("market_share_long")
def test_the_web_spreads_sales_and_recommendations_concentrate_them_again(table):
    net = net_units(table)
    for measure, expected in ((gini, (0.53, 0.67, 0.895)), (top_fifth, (0.605, 0.726, 0.932))):
        found = [measure(net[channel].to_numpy()) for channel in CHANNELS]
        assert found == sorted(found)
        assert found == pytest.approx(expected, abs=0.015)


@every_table("market_share_long")
def test_a_table_that_is_not_cleaned_looks_less_concentrated(table):
    for channel in CHANNELS:
        raw = table.loc[table["channel"] == channel, "units"].astype(int).to_numpy()
        net = net_units(table)[channel].to_numpy()
        assert herfindahl(raw) < 0.95 * herfindahl(net)
        assert abs(top_fifth(raw) - top_fifth(net)) > 1e-4
        assert raw.max() < net.max()


@every_table("market_share_long")
def test_the_titles_outside_the_shelf_sell_a_good_part_of_the_web(table):
    net = net_units(table)
    outside = net[net["shelf"] == 0]
    tail = outside.sum() / net.sum()
    assert tail["shelf"] == 0
    assert tail["web_reco"] < tail["web"] - 0.05
    assert tail["web"] > 0.25
