"""What is documented about `reviews_timeline` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd

from tests.datasets.stored import every_table


def true_times(table):
    stamps = pd.to_datetime(table["day"] + " " + table["time"])
    return stamps + pd.to_timedelta(np.where(table["note"] == "clock=UTC-8", 9, 0), unit="h")


@every_table("reviews_timeline")
def test_30_rows_were_stamped_by_a_slow_clock(table):
    assert (table["note"] == "clock=UTC-8").sum() == 30
    assert true_times(table).is_monotonic_increasing
    assert not pd.to_datetime(table["day"] + " " + table["time"]).is_monotonic_increasing


@every_table("reviews_timeline")
def test_there_are_300_attacks_and_270_defences(table):
    assert table["type"].value_counts().to_dict() == {"neutral": 330, "attack": 300, "defence": 270}


@every_table("reviews_timeline")
def test_lovers_defend_and_haters_attack(table):
    by = pd.crosstab(table["type"], table["author_type"])
    assert by.loc["defence"].idxmax() == "lover"
    assert by.loc["attack"].idxmax() == "hater"
    assert by.loc["defence", "hater"] == 0


@every_table("reviews_timeline")
def test_defences_follow_attacks_rather_than_the_other_way_round(table):
    day = (true_times(table) - pd.Timestamp("2024-01-01")).dt.days
    attacks, defences = (
        np.bincount(day[table["type"] == kind], minlength=180) for kind in ("attack", "defence")
    )
    after = np.mean([np.corrcoef(attacks[:-lag], defences[lag:])[0, 1] for lag in (1, 2, 3)])
    before = np.mean([np.corrcoef(attacks[lag:], defences[:-lag])[0, 1] for lag in (1, 2, 3)])
    assert after > before + 0.05


# No real people, and no traces of a machine
