"""What is documented about `attention` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest
from marketing4.models.limited_attention import utility

from tests.datasets.stored import every_table, tables

OPTIONS = [2, 6, 12, 24]


def numbers(table):
    """The table with its numbers as numbers."""
    return table.set_index("person").astype(float)


def means(table):
    """Mean quality: a row per second_screen, a column per number of options."""
    return numbers(table).pivot_table(index="second_screen", columns="n_options", values="chosen_quality")


@every_table("attention")
def test_75_people_choose_in_each_group(table):
    assert table["person"].is_unique
    sizes = numbers(table).groupby(["second_screen", "n_options"]).size()
    assert sizes.to_dict() == {(screen, n): 75 for screen in (0, 1) for n in OPTIONS}


@every_table("attention")
def test_30_times_are_in_milliseconds_and_a_gap_shows_which(table):
    seconds = numbers(table)["seconds"]
    assert (seconds > 60).sum() == 30
    assert seconds[seconds > 60].min() >= 2500
    assert seconds[(seconds > 0) & (seconds <= 60)].between(2.5, 55).all()


@every_table("attention")
def test_12_times_are_negative(table):
    assert (numbers(table)["seconds"] < 0).sum() == 12


@every_table("attention")
def test_more_options_help_the_attentive_and_harm_the_distracted(table):
    quality = means(table)
    assert quality.loc[0, 24] - quality.loc[0, 6] > 0.12
    assert quality.loc[1, 24] - quality.loc[1, 6] < -0.04
    assert quality.loc[1, 6] - quality.loc[1, 2] > 0.15


@every_table("attention")
def test_the_mean_of_all_people_hides_that_the_distracted_choose_worse(table):
    pooled = numbers(table).groupby("n_options")["chosen_quality"].mean()
    assert pooled[24] > pooled[6]


def test_the_means_are_those_of_the_model():
    for screen, c in ((0, 0.05), (1, 0.4)):
        found = pd.concat([means(table).loc[screen] for table in tables("attention")], axis=1).mean(axis=1)
        np.testing.assert_allclose(found, [utility(n, c) for n in OPTIONS], atol=0.03)


@every_table("attention")
def test_the_distracted_follow_the_badge_more_and_more_with_each_larger_choice(table):
    followed = numbers(table).groupby(["second_screen", "n_options"])["followed_crowd"].mean().unstack()
    assert (followed.loc[1] > followed.loc[0]).all()
    assert (followed.diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
    assert followed.loc[1, 24] == pytest.approx(9.6 / 13.6, abs=0.01)
