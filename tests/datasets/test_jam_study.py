"""What is documented about `jam_study` holds for the stored table."""

import pytest

from tests.datasets.stored import every_table


@every_table("jam_study")
def test_the_figures_are_as_reported(table):
    assert table.astype(int).to_numpy().tolist() == [[24, 60, 3], [6, 40, 30]]


@every_table("jam_study")
def test_of_a_hundred_who_pass_two_buy_at_the_large_table_and_twelve_at_the_small_one(table):
    buyers = table["stopped_pct"].astype(int) * table["bought_pct"].astype(int) / 100
    assert buyers.tolist() == pytest.approx([1.8, 12])
