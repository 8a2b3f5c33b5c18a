"""Stored files are what the generator makes, fit their description and hold the documented faults."""

import functools
import importlib.util
import io
import json
import re
import shutil
from pathlib import Path

import frictionless
import numpy as np
import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "datasets"
NAMES = ["contacts_wide", "nps_survey", "brands", "reviews_timeline"]
SIMPSON = {
    ("2024Q1", "Online"): (20, 10, 20),
    ("2024Q1", "Winkel"): (240, 60, 50),
    ("2024Q2", "Online"): (140, 70, 120),
    ("2024Q2", "Winkel"): (52, 12, 6),
}


def _generator():
    specification = importlib.util.spec_from_file_location("generate_datasets", FOLDER / "generate.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


generate = _generator()
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
SEEDS = [*range(6), 2024]


def stored(name):
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


def drawn(name, seed):
    """A table of another seed, read back as it would be stored."""
    return pd.read_csv(
        io.BytesIO(generate.as_csv(generate.TABLES[name](seed))), dtype=str, keep_default_na=False
    )


@functools.cache
def tables(name):
    """The stored table and tables of other seeds: what is documented must hold for all."""
    return [stored(name), *(drawn(name, seed) for seed in SEEDS)]


def every_table(name):
    ids = ["stored", *(f"seed {seed}" for seed in SEEDS)]
    return pytest.mark.parametrize("table", tables(name), ids=ids)


# The package


def test_every_file_fits_its_description():
    report = frictionless.validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert [task.name for task in report.tasks] == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_of_another_seed_fits_the_description_too(name, seed, tmp_path):
    content = generate.as_csv(generate.TABLES[name](seed))
    (tmp_path / f"{name}.csv").write_bytes(content)
    (tmp_path / "datapackage.json").write_text(json.dumps({**PACKAGE, "resources": [RESOURCES[name]]}))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert content != (FOLDER / f"{name}.csv").read_bytes()


def test_a_fault_that_is_not_documented_does_not_fit_the_description(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "datasets")
    path = tmp_path / "datasets" / "nps_survey.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",9,", ",negen,", 1), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datasets" / "datapackage.json")).valid


@pytest.mark.parametrize("name", NAMES)
def test_each_description_is_complete(name):
    resource = RESOURCES[name]
    assert isinstance(resource["seed"], int)
    assert resource["title"]
    assert len(resource["description"]) > 80
    assert resource["sources"]
    assert (FOLDER / resource["card"]).exists()
    for field in resource["schema"]["fields"]:
        assert field["type"] in {"string", "integer", "date"}
        assert field["description"].endswith(".")
        if field["type"] == "integer":
            assert field["unit"], field["name"]
    assert PACKAGE["licenses"][0]["name"] == "CC-BY-4.0"


@pytest.mark.parametrize("name", NAMES)
def test_the_number_of_rows_is_as_described(name):
    assert {len(table) for table in tables(name)} == {RESOURCES[name]["rows"]}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_small_utf8_with_lf(name):
    content = (FOLDER / f"{name}.csv").read_bytes()
    assert len(content) < 200_000
    assert b"\r" not in content
    assert content.endswith(b"\n")
    content.decode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_card_names_every_column_the_seed_and_the_licence(name):
    card = (FOLDER / "cards" / f"{name}.md").read_text(encoding="utf-8")
    for field in RESOURCES[name]["schema"]["fields"]:
        assert f"`{field['name']}`" in card
    for words in (f"seed {RESOURCES[name]['seed']}", "CC BY 4.0", "## After you tried"):
        assert words in card


def test_the_readme_lists_every_data_set():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"cards/{name}.md" in readme


# The generator


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_gives_the_stored_file_byte_for_byte(name):
    made = generate.as_csv(generate.TABLES[name](RESOURCES[name]["seed"]))
    assert made == (FOLDER / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_table(name):
    pd.testing.assert_frame_equal(generate.TABLES[name](5), generate.TABLES[name](5))


def test_the_generator_writes_what_it_then_finds_in_order(tmp_path, capsys):
    assert generate.main(["--folder", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.csv" for name in NAMES)
    assert generate.main(["--check", "--folder", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


def test_a_check_names_the_file_that_differs_and_changes_nothing(tmp_path, capsys):
    generate.main(["--folder", str(tmp_path)])
    path = tmp_path / "brands.csv"
    changed = path.read_bytes().replace(b"33,29", b"34,29")
    path.write_bytes(changed)
    (tmp_path / "contacts_wide.csv").unlink()
    assert generate.main(["--check", "--folder", str(tmp_path)]) == 1
    message = capsys.readouterr().err
    assert "brands.csv differs" in message
    assert "contacts_wide.csv is missing" in message
    assert "nps_survey" not in message
    assert path.read_bytes() == changed


# contacts_wide


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
        table = generate.contacts_wide(seed)
        known = table.dropna(subset="age")
        correlations.append(np.corrcoef(known["age"].astype(float), known["connected_friends"])[0, 1])
    assert np.mean(correlations) == pytest.approx(-0.2, abs=0.04)


# nps_survey


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
        known = {text for (_, spoken), texts in generate.COMMENTS.items() if spoken == lang for text in texts}
        assert len(comments) > 10
        assert comments <= known
        assert not comments & {
            text for (_, spoken), texts in generate.COMMENTS.items() if spoken == other for text in texts
        }


# brands


@every_table("brands")
def test_the_published_figures_are_as_published(table):
    published = table[table["status"] == "published"].set_index("brand")
    assert sorted(published.index) == ["McDonald's", "Starbucks"]
    assert tuple(published.loc["McDonald's", ["lovers_pct", "haters_pct"]]) == ("33", "29")
    assert tuple(published.loc["Starbucks", ["lovers_pct", "haters_pct"]]) == ("30", "23")
    assert published["source"].str.contains("Luo.*Wiles.*Raithel.*Harvard Business Review").all()


@every_table("brands")
def test_every_other_brand_is_marked_synthetic(table):
    synthetic = table[table["status"] == "synthetic"]
    assert len(synthetic) == 10
    assert set(synthetic["source"]) == {"synthetic"}


@every_table("brands")
def test_rounding_leaves_two_sums_of_99_and_two_of_101(table):
    sums = table[["lovers_pct", "haters_pct", "neutral_pct"]].astype(int).sum(axis=1)
    assert sums.value_counts().to_dict() == {100: 8, 99: 2, 101: 2}
    assert (sums[table["status"] == "published"] == 100).all()


@every_table("brands")
def test_a_divided_and_a_lukewarm_brand_share_a_net_score(table):
    shares = table.set_index("brand")[["lovers_pct", "haters_pct"]].astype(int)
    for divided, lukewarm in generate.BRAND_PAIRS:
        pair = shares.loc[[divided, lukewarm]]
        assert (pair["lovers_pct"] - pair["haters_pct"]).nunique() == 1
        assert pair["haters_pct"].iloc[0] >= 2 * pair["haters_pct"].iloc[1]


# reviews_timeline


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


@pytest.mark.parametrize("name", NAMES)
def test_no_path_or_address_of_a_machine_is_stored(name):
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8") + json.dumps(PACKAGE)
    assert not re.search(r"/(home|work|tmp|root)/|localhost|@", text)
