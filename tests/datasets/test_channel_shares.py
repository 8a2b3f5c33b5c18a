"""What is documented about `channel_shares` holds for the stored table."""

from tests.datasets.stored import every_table


@every_table("channel_shares")
def test_the_figures_are_as_published(table):
    figures = dict(zip(table["figure"], table["per_cent"].astype(int), strict=True))
    assert figures == {
        "online only": 7,
        "store only": 20,
        "several channels": 73,
        "several channels, in the store": 4,
        "several channels, online": 10,
        "four or more channels, in the store": 9,
        "looked on the retailer's site first, in the store": 13,
    }


@every_table("channel_shares")
def test_only_the_shares_sum_to_100(table):
    sums = table["per_cent"].astype(int).groupby(table["kind"]).sum()
    assert sums["share of shoppers"] == 100
    assert sums["more spent"] == 36
