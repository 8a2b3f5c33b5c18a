"""What is documented about `asch` holds for the stored table."""

from tests.datasets.stored import every_table


@every_table("asch")
def test_the_shares_are_as_published_and_sum_to_100(table):
    assert dict(zip(table["errors"], table["per_cent"].astype(int), strict=True)) == {
        "0": 24,
        "1-7": 49,
        "8-12": 27,
    }
    assert table["per_cent"].astype(int).sum() == 100


@every_table("asch")
def test_the_mean_number_of_errors_is_possible_in_these_ranges(table):
    ranges = {"0": (0, 0), "1-7": (1, 7), "8-12": (8, 12)}
    share = table.set_index("errors")["per_cent"].astype(int) / 100
    fewest, most = (sum(share[name] * limits[end] for name, limits in ranges.items()) for end in (0, 1))
    assert fewest < 4.41 < most


@every_table("asch")
def test_chance_alone_would_leave_far_fewer_who_never_gave_in(table):
    never = table.set_index("errors").loc["0", "per_cent"]
    assert int(never) / 100 > 50 * (1 - 0.368) ** 12


@every_table("asch")
def test_a_range_is_no_number(table):
    assert not table["errors"].str.isdigit().all()
