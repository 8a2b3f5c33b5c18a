"""Grades as a CSV file: nbgrader's columns, with names that stay names."""

import csv
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from autograder.plugins.exporting import COLUMNS, QuotedCsvExport, as_data

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """Two assignments; one student handed in the first one late, the others nothing."""
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader makes a gradebook with alembic, which it looks for on the PATH.
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        made = Gradebook(f"sqlite:///{tmp_path_factory.mktemp('book') / 'gradebook.db'}", "demo")
    with made as gradebook:
        for name in ("ps1", "ps2"):
            gradebook.add_assignment(name, duedate="2026-01-15 10:00:00 UTC")
            gradebook.add_notebook("nb", name)
            gradebook.add_grade_cell("a", "nb", name, max_score=5, cell_type="code")
        gradebook.add_student("ada", first_name="Ada, Countess", last_name='O"Neil', email="ada@example.org")
        gradebook.add_student("eve", first_name="=HYPERLINK(1)", last_name="@SUM(A1)", email="-1+1")
        gradebook.add_student("zoë", first_name=None, last_name="de\nVries")
        gradebook.add_submission("ps1", "ada", timestamp=datetime(2026, 1, 15, 11))
        notebook = gradebook.find_submission_notebook("nb", "ps1", "ada")
        notebook.late_submission_penalty = 1
        notebook.grades[0].manual_score = 4
        gradebook.db.commit()
        yield gradebook


def exported(plugin, gradebook, path, **chosen):
    step = plugin(**chosen)
    step.to = str(path)
    step.export(gradebook)
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}


def test_names_with_commas_and_quotes_stay_in_their_column(gradebook, tmp_path):
    rows = exported(QuotedCsvExport, gradebook, tmp_path / "grades.csv")
    assert set(rows) == {(name, student) for name in ("ps1", "ps2") for student in ("ada", "eve", "zoë")}
    assert all(list(row) == COLUMNS for row in rows.values())
    ada = rows["ps1", "ada"]
    assert (ada["first_name"], ada["last_name"]) == ("Ada, Countess", 'O"Neil')
    zoe = rows["ps2", "zoë"]
    assert (zoe["first_name"], zoe["last_name"]) == ("", "de\nVries")


def test_scores_are_numbers_with_the_penalty_taken_off(gradebook, tmp_path):
    rows = exported(QuotedCsvExport, gradebook, tmp_path / "grades.csv")
    ada, eve = rows["ps1", "ada"], rows["ps1", "eve"]
    numbers = ("raw_score", "late_submission_penalty", "score", "max_score")
    assert [float(ada[name]) for name in numbers] == [4, 1, 3, 5]
    assert [float(eve[name]) for name in numbers] == [0, 0, 0, 5]
    assert (ada["timestamp"], eve["timestamp"]) == ("2026-01-15 11:00:00", "")


def test_a_name_like_a_formula_is_text(gradebook, tmp_path):
    eve = exported(QuotedCsvExport, gradebook, tmp_path / "grades.csv")["ps1", "eve"]
    assert (eve["first_name"], eve["last_name"], eve["email"]) == ("'=HYPERLINK(1)", "'@SUM(A1)", "'-1+1")


def test_one_assignment_or_one_student_can_be_chosen(gradebook, tmp_path):
    rows = exported(QuotedCsvExport, gradebook, tmp_path / "one.csv", assignment=["ps2"], student=["eve"])
    assert list(rows) == [("ps2", "eve")]


def test_for_ordinary_names_the_file_is_that_of_nbgrader(gradebook, tmp_path):
    chosen = {"student": ["plain"]}
    gradebook.add_student("plain", first_name="Kim", last_name="Smit", email="kim@example.org")
    ours = exported(QuotedCsvExport, gradebook, tmp_path / "ours.csv", **chosen)
    assert ours == exported(CsvExportPlugin, gradebook, tmp_path / "theirs.csv", **chosen)
    assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "theirs.csv").read_bytes()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "  =1"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert as_data(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Jón", "1-2", "a=b", "", -1.5, 0, datetime(2026, 1, 15)])
def test_other_values_stay_as_they_are(value):
    assert as_data(value) == value
