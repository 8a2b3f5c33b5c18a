"""Stored files are what the generators make, and fit their description."""

import json
import re
import shutil

import frictionless
import pandas as pd
import pytest

from tests.datasets.stored import DRAWN, FOLDER, NAMES, PACKAGE, RESOURCES, SEEDS, generate, tables

# The package


def test_every_file_fits_its_description():
    report = frictionless.validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert [task.name for task in report.tasks] == NAMES


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_of_another_seed_fits_the_description_too(name, seed, tmp_path):
    content = generate.as_csv(generate.table(name, seed))
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
    assert isinstance(resource["seed"], int) or "typed" in resource["description"]
    assert resource["title"]
    assert len(resource["description"]) > 80
    assert resource["sources"]
    assert (FOLDER / resource["card"]).exists()
    for field in resource["schema"]["fields"]:
        assert field["type"] in {"string", "integer", "number", "date"}
        assert field["description"].endswith(".")
        if field["type"] in {"integer", "number"}:
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
    origin = f"seed {RESOURCES[name]['seed']}" if name in DRAWN else "typed from"
    for words in (origin, "CC BY 4.0", "## After you tried"):
        assert words in card


def test_the_readme_lists_every_data_set():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"cards/{name}.md" in readme


@pytest.mark.parametrize("name", NAMES)
def test_no_path_or_address_of_a_machine_is_stored(name):
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8") + json.dumps(PACKAGE)
    assert not re.search(r"/(home|work|tmp|root)/|localhost|@", text)


# The generator


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_gives_the_stored_file_byte_for_byte(name):
    made = generate.as_csv(generate.table(name, RESOURCES[name]["seed"]))
    assert made == (FOLDER / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_seed_gives_the_same_table(name):
    pd.testing.assert_frame_equal(generate.table(name, 5), generate.table(name, 5))


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
