"""What is documented about `journeys_small` holds for the stored table."""

from tests.datasets.stored import every_table


@every_table("journeys_small")
def test_it_holds_200_journeys_and_80_purchases(table):
    n, converted = table["n"].astype(int), table["converted"].astype(int)
    assert n.sum() == 200
    assert n[converted == 1].sum() == 80
    assert converted.mean() != 80 / 200


@every_table("journeys_small")
def test_last_and_first_click_are_those_of_the_lesson(table):
    bought = table[table["converted"] == "1"].assign(n=lambda rows: rows["n"].astype(int))
    steps = bought["path"].str.split(">")
    assert bought["n"].groupby(steps.str[-1]).sum().to_dict() == {"Store": 35, "Web": 45}
    first = bought["n"].groupby(steps.str[0]).sum().to_dict()
    assert first == {"TV": 50, "Search": 10, "Store": 15, "Social": 5}


@every_table("journeys_small")
def test_three_paths_stand_in_two_rows(table):
    twice = table["path"].value_counts()
    assert sorted(twice[twice == 2].index) == ["Search>Web", "Social>Search>Web", "Store"]
    assert twice.max() == 2
