"""What is documented about `contacts_wide` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest

from tests.datasets.stored import every_table, generate


@every_table("contacts_wide")
def test_400_rows_hold_394_customers(table):
    assert len(table) == 400
    assert table["customer_id"].nunique() == 394
    assert table["customer_id"].value_counts().max() == 2


@every_table("contacts_wide")
def test_dropping_equal_rows_is_not_the_same_as_counting_customers(table):
    assert len(table.drop_duplicates()) == 398
    pairs = [rows for _, rows in table.groupby("customer_id") if len(rows) == 2]
    differing = [tuple(column for column in rows if rows[column].nunique() > 1) for rows in pairs]
    assert sorted(differing) == [(), (), ("age",), ("age",), ("city_type",), ("city_type",)]
    for rows in pairs:
        assert rows["city_type"].str.strip().str.lower().nunique() == 1


@every_table("contacts_wide")
def test_nine_ages_are_missing_and_none_is_0(table):
    assert (table["age"] == "").sum() == 9
    assert (table.loc[table["customer_id"].duplicated(keep=False), "age"] != "").all()
    assert pd.to_numeric(table["age"]).min() >= 18


@every_table("contacts_wide")
def test_town_is_spelled_in_four_ways(table):
    spellings = table["city_type"].value_counts().to_dict()
    assert {"Stad": 12, "stad ": 9, "STAD": 7}.items() <= spellings.items()
    assert set(spellings) == {"stad", "Stad", "stad ", "STAD", "dorp"}


def test_connectedness_is_not_age():
    correlations = []
    for seed in range(20):
        table = generate.table("contacts_wide", seed)
        known = table.dropna(subset="age")
        correlations.append(np.corrcoef(known["age"].astype(float), known["connected_friends"])[0, 1])
    assert np.mean(correlations) == pytest.approx(-0.2, abs=0.04)
