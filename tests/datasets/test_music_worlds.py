"""What is documented about `music_worlds` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest

from tests.datasets.stored import every_table, tables

SHOWN = [str(world) for world in range(1, 9)]


def downloads(table):
    """A row per song, a column per world."""
    return table.assign(downloads=table["downloads"].astype(int)).pivot(
        index="song", columns="world", values="downloads"
    )


def gini(values):
    """Half the mean difference of all pairs, as a share of the mean."""
    values = np.asarray(values, dtype=float)
    return np.abs(values[:, np.newaxis] - values).mean() / (2 * values.mean())


def disagreement(shares):
    """Mean difference of a song's share between two columns, over songs and pairs of columns."""
    shares = np.asarray(shares)
    pairs = [(one, other) for one in range(shares.shape[1]) for other in range(one)]
    return np.mean([np.abs(shares[:, one] - shares[:, other]).mean() for one, other in pairs])


def test_gini_is_that_of_the_books():
    assert gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert gini([5, 5, 5]) == 0


@every_table("music_worlds")
def test_every_world_has_the_same_48_songs(table):
    assert table["world"].unique().tolist() == ["indep", *SHOWN]
    songs = table.groupby("world")["song"].agg(list)
    assert all(names == songs["indep"] for names in songs)
    assert len(set(songs["indep"])) == 48


@every_table("music_worlds")
def test_the_independent_world_is_twice_as_large(table):
    assert downloads(table).sum().to_dict() == {"indep": 1400, **dict.fromkeys(SHOWN, 700)}


@every_table("music_worlds")
def test_shown_downloads_make_every_world_more_unequal(table):
    inequality = downloads(table).apply(gini)
    assert inequality[SHOWN].min() > inequality["indep"] + 0.02


@every_table("music_worlds")
def test_worlds_disagree_more_than_two_halves_of_the_independent_one(table):
    of = downloads(table)
    rng = np.random.default_rng(0)
    halves = rng.multivariate_hypergeometric(of["indep"].to_numpy(), 700, size=50)
    by_chance = np.mean([disagreement(np.column_stack([half, of["indep"] - half]) / 700) for half in halves])
    assert disagreement(of[SHOWN] / 700) == pytest.approx(1.75 * by_chance, rel=0.25)


@every_table("music_worlds")
def test_the_hit_of_a_world_is_not_the_hit_of_the_others(table):
    assert downloads(table)[SHOWN].idxmax().nunique() >= 5


@every_table("music_worlds")
def test_a_song_that_people_like_alone_does_better_than_one_they_do_not(table):
    of = downloads(table)
    alone = of["indep"].sort_values().index
    others = of[SHOWN].mean(axis=1)
    assert others[alone[-12:]].mean() > 1.1 * others[alone[:12]].mean()


@every_table("music_worlds")
def test_counts_make_the_independent_world_look_like_the_home_of_the_hits(table):
    of = downloads(table)
    by_count = (of["indep"] > of[SHOWN].mean(axis=1)).mean()
    by_share = (of["indep"] / 1400 > of[SHOWN].mean(axis=1) / 700).mean()
    assert by_count > 0.9
    assert 0.25 < by_share < 0.75


def test_a_song_without_a_download_is_in_the_table():
    assert (pd.concat(tables("music_worlds"))["downloads"] == "0").any()
