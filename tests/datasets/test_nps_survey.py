"""What is documented about `nps_survey` holds for the stored table and for those of other seeds."""

import numpy as np
import pandas as pd
import pytest
from generators.nps_survey import COMMENTS

from tests.datasets.stored import every_table

SIMPSON = {
    ("2024Q1", "Online"): (20, 10, 20),
    ("2024Q1", "Winkel"): (240, 60, 50),
    ("2024Q2", "Online"): (140, 70, 120),
    ("2024Q2", "Winkel"): (52, 12, 6),
}


def cleaned(table):
    """The valid answers, by the rules in the page of the data set."""
    first = table.drop_duplicates("resp_id")
    asked = first[first["note"] == ""]
    score = pd.to_numeric(asked["score"].replace({"9,0": "9", "10 - zeer waarschijnlijk": "10"}))
    return asked.assign(score=score)[score.between(0, 10)]


def counts(table):
    category = pd.cut(table["score"], [-1, 6, 8, 10], labels=["detractor", "passive", "promoter"])
    found = pd.crosstab([table["wave"], table["segment"]], category)
    return {cell: tuple(found.loc[cell, ["promoter", "passive", "detractor"]]) for cell in found.index}


@every_table("nps_survey")
def test_the_valid_answers_have_the_counts_of_the_paradox(table):
    valid = cleaned(table)
    assert len(valid) == valid["resp_id"].nunique() == 800
    assert counts(valid) == SIMPSON


@every_table("nps_survey")
def test_the_order_of_the_cleaning_steps_does_not_matter(table):
    score = pd.to_numeric(table["score"].replace({"9,0": "9", "10 - zeer waarschijnlijk": "10"}))
    valid_first = table.assign(score=score)[score.between(0, 10) & (table["note"] == "")]
    assert valid_first.drop_duplicates("resp_id").index.equals(cleaned(table).index)


@every_table("nps_survey")
def test_each_trap_is_planted_as_often_as_documented(table):
    assert (table["score"] == "9,0").sum() == 18
    assert (table["score"] == "10 - zeer waarschijnlijk").sum() == 12
    assert (table["score"] == "").sum() == 50
    assert (table["score"] == "-1").sum() == 36
    assert (table["score"] == "11").sum() == 12
    assert table["resp_id"].duplicated().sum() == 22
    assert (table["note"] == "scale=1-10").sum() == 80


@every_table("nps_survey")
def test_who_answered_twice_did_so_in_the_same_wave_and_segment(table):
    twice = table[table["resp_id"].duplicated(keep=False)].groupby("resp_id")
    assert (twice.size() == 2).all()
    assert (twice[["wave", "segment", "lang"]].nunique() == 1).all(axis=None)
    assert (twice["score"].nunique() == 2).sum() == 14
    assert set(table.loc[table["resp_id"].duplicated(keep=False), "note"]) == {""}


@every_table("nps_survey")
def test_keeping_the_last_row_or_the_other_scale_gives_another_result(table):
    by_last = table.iloc[::-1].drop_duplicates("resp_id").iloc[::-1]
    assert counts(cleaned(by_last)) != SIMPSON
    assert counts(cleaned(table.assign(note=""))) != SIMPSON


@every_table("nps_survey")
def test_the_other_scale_is_one_block_with_the_mix_of_its_wave(table):
    batch = table[table["note"] == "scale=1-10"]
    assert (np.diff(batch.index) == 1).all()
    assert set(batch["wave"]) == {"2024Q2"}
    assert (batch["segment"] == "Online").mean() == pytest.approx(330 / 400)
    assert set(batch["score"]) <= {str(answer) for answer in range(1, 11)}


@every_table("nps_survey")
def test_the_waves_follow_one_another(table):
    assert table["wave"].is_monotonic_increasing
    firsts = table.drop_duplicates("resp_id")["resp_id"]
    assert firsts.tolist() == sorted(firsts)


@every_table("nps_survey")
def test_a_comment_is_in_the_language_of_the_form(table):
    for lang, other in (("nl", "fr"), ("fr", "nl")):
        comments = set(table.loc[table["lang"] == lang, "comment"]) - {""}
        known = {text for (_, spoken), texts in COMMENTS.items() if spoken == lang for text in texts}
        assert len(comments) > 10
        assert comments <= known
        assert not comments & {
            text for (_, spoken), texts in COMMENTS.items() if spoken == other for text in texts
        }
