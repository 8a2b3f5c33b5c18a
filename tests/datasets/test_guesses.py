"""What is documented about `guesses` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest

from tests.datasets.stored import every_table, tables


def numbers(table):
    """The table with its numbers as numbers."""
    return table.astype({"round": int, "guess": int, "truth": int})


def cleaned(table):
    """Guesses in kilograms without those that are ten times what the person says otherwise."""
    table = numbers(table)
    kilograms = table["guess"] / np.where(table["unit"] == "lb", 2.20462, 1)
    usual = kilograms.groupby(table["person"]).transform("median")
    return table.assign(guess=kilograms)[kilograms < 5 * usual]


def by_round(table, measure):
    """A row per round, a column per condition."""
    return table.groupby(["round", "condition"])["guess"].agg(measure).unstack()


@every_table("guesses")
def test_16_people_per_condition_guess_five_times(table):
    table = numbers(table)
    assert table.groupby("person")["round"].agg(list).tolist() == [[1, 2, 3, 4, 5]] * 48
    assert table.groupby("condition")["person"].nunique().to_dict() == {"none": 16, "mean": 16, "full": 16}
    assert (table.groupby("person")["condition"].nunique() == 1).all()
    assert set(table["truth"]) == {540}


@every_table("guesses")
def test_one_guess_is_in_pounds_and_fits_its_person_in_kilograms(table):
    pounds = table[table["unit"] == "lb"]
    assert pounds["condition"].tolist() == ["mean"]
    same = cleaned(table)
    own = same[(same["person"] == pounds["person"].iloc[0]) & (same["unit"] == "kg")]["guess"]
    there = same[same["unit"] == "lb"]["guess"].iloc[0]
    assert own.min() * 0.9 < there < own.max() * 1.1


@every_table("guesses")
def test_two_guesses_have_a_zero_too_much(table):
    table = numbers(table)
    left_out = table[~table.index.isin(cleaned(table).index)]
    assert left_out["condition"].tolist() == ["none", "none"]
    assert left_out["person"].nunique() == left_out["round"].nunique() == 2
    assert left_out["round"].min() >= 2
    for _, row in left_out.iterrows():
        own = cleaned(table).query("person == @row.person")["guess"].mean()
        assert row["guess"] / own == pytest.approx(10, rel=0.15)


@every_table("guesses")
def test_a_zero_too_much_pulls_the_mean_and_not_the_median(table):
    raw, clean = numbers(table).query("condition == 'none'"), cleaned(table).query("condition == 'none'")
    rounds = sorted(set(raw["round"][~raw.index.isin(clean.index)]))
    for measure, least, most in (("mean", 1.08, 10), ("median", 0.75, 1.3)):
        change = by_round(raw, measure)["none"][rounds] / by_round(clean, measure)["none"][rounds]
        assert change.between(least, most).all(), measure


@every_table("guesses")
def test_guesses_come_together_only_where_others_are_seen(table):
    spread = by_round(cleaned(table), "std")
    kept = spread.loc[5] / spread.loc[1]
    assert kept[["mean", "full"]].max() < 1 / 3
    assert kept["none"] > 0.8


@every_table("guesses")
def test_the_error_of_the_mean_does_not_fall(table):
    means = by_round(cleaned(table), "mean")[["mean", "full"]]
    assert (means.loc[5] / means.loc[1]).between(0.95, 1.05).all()


def test_first_guesses_are_right_in_the_middle():
    first = pd.concat([cleaned(table).query("round == 1") for table in tables("guesses")])
    assert np.log(first["guess"] / 540).mean() == pytest.approx(0, abs=0.1)
    assert np.log(first["guess"]).std() == pytest.approx(0.6, abs=0.06)
