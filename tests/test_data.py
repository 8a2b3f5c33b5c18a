"""Data sets load as stored, from any folder, and every fault of the folder gets one sentence."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from marketing4 import data

ROOT = Path(__file__).resolve().parents[1]
MODULES = tomllib.loads((ROOT / "course" / "syllabus.toml").read_text(encoding="utf-8"))["module"]


@pytest.fixture
def copy_of_data(tmp_path, monkeypatch):
    folder = tmp_path / "datasets"
    shutil.copytree(ROOT / "datasets", folder)
    monkeypatch.setattr(data, "FOLDERS", (tmp_path / "elsewhere", folder))
    return folder


def test_the_names_come_in_the_order_of_the_course():
    assert set(data.names()) == {name for module in MODULES for name in module["datasets"]}
    places = [[n for n, module in enumerate(MODULES) if name in module["datasets"]] for name in data.names()]
    here = 0
    for modules in places:
        # A table that two modules use may stand with either.
        here = min(place for place in modules if place >= here)


def test_text_stays_as_typed_and_blanks_are_missing():
    survey = data.load("nps_survey")
    assert survey["score"].isna().sum() == 50
    assert {"9,0", "10 - zeer waarschijnlijk", "-1", "11"} < set(survey["score"].dropna())
    assert pd.api.types.is_string_dtype(survey["score"])
    assert set(survey["note"].dropna()) == {"scale=1-10"}


def test_a_space_after_a_word_is_kept():
    assert (data.load("contacts_wide")["city_type"] == "stad ").sum() == 9


def test_a_number_with_blanks_is_a_number_with_missing_values():
    ages = data.load("contacts_wide")["age"]
    assert ages.isna().sum() == 9
    assert ages.dtype == float
    assert (ages.dropna() > 0).all()


def test_dates_are_dates():
    days = data.load("reviews_timeline")["day"]
    assert pd.api.types.is_datetime64_any_dtype(days)
    assert days.notna().all()


@pytest.mark.parametrize("name", ["contacts_wide", "nps_survey", "brands", "reviews_timeline"])
def test_the_table_has_every_line_and_column_of_the_file(name):
    table = data.load(name)
    lines = (ROOT / "datasets" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == len(lines) - 1
    assert ",".join(table.columns) == lines[0]


def test_the_word_na_in_a_comment_is_not_a_blank(copy_of_data):
    path = copy_of_data / "brands.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Brugpils", "NA"), encoding="utf-8")
    assert "NA" in data.load("brands")["brand"].tolist()


def test_changing_a_loaded_table_does_not_change_the_next_one():
    brands = data.load("brands")
    brands.loc[0, "lovers_pct"] = 0
    assert data.load("brands").loc[0, "lovers_pct"] != 0


def test_data_load_from_any_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(data.load("contacts_wide")) == 400


def test_data_load_from_inside_an_installed_package(tmp_path):
    package = tmp_path / "site" / "marketing4"
    package.mkdir(parents=True)
    for name in ("__init__.py", "data.py"):
        shutil.copy(ROOT / "course" / "marketing4" / name, package)
    shutil.copytree(ROOT / "datasets", package / "datasets")
    code = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r}); import marketing4.data as data; "
        "print(data.__file__, data.FOLDERS[0].is_dir(), data.FOLDERS[1].is_dir(), len(data.load('brands')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split() == [str(package / "data.py"), "True", "False", "12"], done.stderr


def test_the_package_itself_loads_nothing_heavy():
    code = "import sys, marketing4; print([m for m in ('numpy', 'pandas', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("name", ["contacts_wide", "nps_survey", "brands", "reviews_timeline"])
def test_a_description_tells_columns_units_source_and_licence(name):
    text = data.describe(name)
    table = data.load(name)
    for column in table.columns:
        assert column in text
    assert f"{len(table)} rows, {len(table.columns)} columns" in text
    for word in ("Source: ", "Licence: CC-BY-4.0", "Seed: ", f"Page: datasets/cards/{name}.md"):
        assert word in text
    assert (ROOT / "datasets" / "cards" / f"{name}.md").exists()
    assert max(len(line) for line in text.splitlines() if not line.startswith("Source")) <= 100


def test_units_stand_beside_the_column():
    assert "[contacts per month]" in data.describe("contacts_wide")


@pytest.mark.parametrize(
    ("name", "near"),
    [("nps_servey", "nps_survey"), ("NPS_Survey.csv", "nps_survey"), ("contacts", "contacts_wide")],
)
def test_an_unknown_name_is_answered_with_the_nearest_and_all(name, near):
    for function in (data.load, data.describe):
        with pytest.raises(ValueError, match=f"There is no data set '{name}'. Did you mean {near}") as caught:
            function(name)
        assert str(caught.value).endswith(f"The data sets are {', '.join(data.names())}.")


@pytest.mark.parametrize("name", ["zzzz", "", None, 3, ["brands"]])
def test_a_name_near_to_nothing_gets_the_list_alone(name):
    with pytest.raises(ValueError, match="There is no data set") as caught:
        data.load(name)
    assert "Did you mean" not in str(caught.value) or name == ["brands"]


def test_a_missing_data_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "FOLDERS", (tmp_path / "a", tmp_path / "datasets"))
    for function in (data.names, lambda: data.load("brands")):
        with pytest.raises(
            FileNotFoundError, match=r"The data folder is missing: it should be .*datasets\. Get"
        ):
            function()


def test_a_missing_file_is_named(copy_of_data):
    (copy_of_data / "brands.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"The file of the data set brands is missing: .*brands\.csv"):
        data.load("brands")
    assert len(data.load("contacts_wide")) == 400


def test_a_missing_description_is_named(copy_of_data):
    (copy_of_data / "datapackage.json").unlink()
    with pytest.raises(
        FileNotFoundError, match=r"description of the data sets is missing: .*datapackage\.json"
    ):
        data.load("brands")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"resources": [{"name": "brands"}]}', '{"resources": [3]}']
)
def test_a_damaged_description_is_named(copy_of_data, content):
    (copy_of_data / "datapackage.json").write_text(content, encoding="utf-8")
    for function in (data.names, lambda: data.load("brands"), lambda: data.describe("brands")):
        with pytest.raises(ValueError, match=r"datapackage\.json is damaged \(.+\)\. Get this file again"):
            function()


def test_a_field_without_a_type_is_a_damaged_description(copy_of_data):
    path = copy_of_data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    del package["resources"][2]["schema"]["fields"][1]["type"]
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(ValueError, match=r"damaged .*'type'"):
        data.load("brands")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "No columns"),
        (b"brand;lovers_pct\nBrugpils;40\n", "it should have the columns brand, lovers_pct"),
        (b'brand,lovers_pct\n"Brugpils', "EOF inside string"),
        (b"brand,lovers_pct,haters_pct\nV\xe9lo,40,3\n", "codec can't decode"),
    ],
)
def test_a_damaged_file_is_named(copy_of_data, content, reason):
    (copy_of_data / "brands.csv").write_bytes(content)
    with pytest.raises(ValueError, match=rf"brands\.csv does not fit its description: .*{reason}") as caught:
        data.load("brands")
    assert "\n" not in str(caught.value)
