"""The list of modules against what the lessons, assignments and the README really hold."""

import tomllib
from pathlib import Path

import nbformat
import pytest
from marketing4 import data

ROOT = Path(__file__).resolve().parent.parent
MODULES = tomllib.loads((ROOT / "course" / "syllabus.toml").read_text(encoding="utf-8"))["module"]
IDS = [module["id"] for module in MODULES]


def cells_of(module):
    return nbformat.read(ROOT / "course" / module["lesson"], as_version=4).cells


def tags(module, kind):
    return [tag for cell in cells_of(module) for tag in cell.metadata.get("marketing4", {}).get(kind, [])]


def test_every_lesson_in_the_folder_is_in_the_list():
    notebooks = sorted(path.name for path in (ROOT / "course").glob("*.ipynb"))
    assert notebooks == sorted(module["lesson"] for module in MODULES)


def test_every_assignment_is_in_the_list():
    folders = sorted(path.parent.name for path in (ROOT / "source").glob("*/key.py"))
    assert folders == sorted(m["assignment"] for m in MODULES)


def test_prerequisites_come_earlier():
    for place, module in enumerate(MODULES):
        assert set(module["prerequisites"]) <= set(IDS[:place])


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_every_concept_of_a_module_is_taught_in_a_tagged_cell(module):
    assert set(tags(module, "concepts")) == set(module["concepts"])


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_every_correction_of_a_module_is_a_card(module):
    claims = tags(module, "claims")
    assert set(claims) == set(module["corrections"])
    for cell in cells_of(module):
        if cell.metadata.get("marketing4", {}).get("claims"):
            assert "source" in cell.source.casefold(), cell.id


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_panels_and_data_sets_of_a_module_are_used_in_its_lesson(module):
    code = "\n".join(cell.source for cell in cells_of(module) if cell.cell_type == "code")
    for panel in module["panels"]:
        assert f"panels.{panel}(" in code
    assert set(module["datasets"]) <= set(data.names())


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_a_lesson_has_the_length_and_parts_that_students_know(module):
    cells = cells_of(module)
    assert 25 <= len(cells) <= 35
    text = "\n".join(cell.source for cell in cells)
    assert "panels.predictions()" in text
    assert 'Checker("course")' in text
    assert text.count('check("') >= 1
    long = [c.id for c in cells if c.cell_type == "code" and len(c.source.splitlines()) > 6]
    assert long == []


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_a_lesson_states_the_minutes_of_the_syllabus_and_the_readmes_too(module):
    assert f"**Time:** {module['minutes']} minutes" in cells_of(module)[0].source
    for page in ("README.md", "course/README.md"):
        rows = (ROOT / page).read_text(encoding="utf-8").splitlines()
        (row,) = [row for row in rows if row.startswith("|") and module["lesson"] in row]
        assert f"| {module['minutes']} |" in row


@pytest.mark.parametrize("module", MODULES, ids=IDS)
def test_the_readme_lists_the_module(module):
    for page in ("README.md", "course/README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert module["lesson"] in text
        assert module["assignment"] in text
        assert module["question"] in text
