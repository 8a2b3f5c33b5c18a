"""What is documented about `galton` holds for the stored table."""

import pytest

from tests.datasets.stored import every_table


@every_table("galton")
def test_the_median_is_nine_pounds_above_the_weight(table):
    table = table.astype(int)
    assert table.loc[table["percentile"] == 50, "pounds"].item() == 1198 + 9


@every_table("galton")
def test_every_fifth_percentile_is_there_and_guesses_rise(table):
    table = table.astype(int)
    assert table["percentile"].tolist() == list(range(5, 100, 5))
    assert table["pounds"].is_monotonic_increasing
    assert table["pounds"].is_unique


@every_table("galton")
def test_the_mean_of_the_percentiles_is_near_the_mean_of_the_cards(table):
    assert table["pounds"].astype(int).mean() == pytest.approx(1197.2105, abs=1e-4)


@every_table("galton")
def test_half_the_distance_of_the_quartiles_is_what_galton_gave(table):
    by_percentile = table.astype(int).set_index("percentile")["pounds"]
    assert (by_percentile[75] - by_percentile[25]) / 2 == 37
