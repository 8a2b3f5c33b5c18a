"""What is documented about `brands` holds for the stored table and for those of other seeds."""

from generators.brands import BRAND_PAIRS

from tests.datasets.stored import every_table


@every_table("brands")
def test_the_published_figures_are_as_published(table):
    published = table[table["status"] == "published"].set_index("brand")
    assert sorted(published.index) == ["McDonald's", "Starbucks"]
    assert tuple(published.loc["McDonald's", ["lovers_pct", "haters_pct"]]) == ("33", "29")
    assert tuple(published.loc["Starbucks", ["lovers_pct", "haters_pct"]]) == ("30", "23")
    assert published["source"].str.contains("Luo.*Wiles.*Raithel.*Harvard Business Review").all()


@every_table("brands")
def test_every_other_brand_is_marked_synthetic(table):
    synthetic = table[table["status"] == "synthetic"]
    assert len(synthetic) == 10
    assert set(synthetic["source"]) == {"synthetic"}


@every_table("brands")
def test_rounding_leaves_two_sums_of_99_and_two_of_101(table):
    sums = table[["lovers_pct", "haters_pct", "neutral_pct"]].astype(int).sum(axis=1)
    assert sums.value_counts().to_dict() == {100: 8, 99: 2, 101: 2}
    assert (sums[table["status"] == "published"] == 100).all()


@every_table("brands")
def test_a_divided_and_a_lukewarm_brand_share_a_net_score(table):
    shares = table.set_index("brand")[["lovers_pct", "haters_pct"]].astype(int)
    for divided, lukewarm in BRAND_PAIRS:
        pair = shares.loc[[divided, lukewarm]]
        assert (pair["lovers_pct"] - pair["haters_pct"]).nunique() == 1
        assert pair["haters_pct"].iloc[0] >= 2 * pair["haters_pct"].iloc[1]
