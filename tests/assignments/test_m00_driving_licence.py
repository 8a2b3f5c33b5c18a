"""The driving licence: what counts as right, and what a beginner reads after a usual mistake."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from autograder import codec
from autograder.key_file import load_key
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m00_driving_licence"


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {found.source.target: answer})


# Reference values


def test_the_contacts_hold_394_customers_in_400_rows(variables):
    assert len(variables["contacts"]) == 400
    assert variables["unique_customers"](variables["contacts"]) == 394


def test_one_of_four_is_25_per_cent(variables):
    assert variables["share"](1, 4) == 25


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["share"](3, 12) == 25.0
    assert variables["to_number"]("€ 2.000,75") == 2000.75
    assert variables["unique_customers"](pd.DataFrame({"customer_id": ["K8", "K9", "K8"]})) == 2
    assert variables["mean_age"](pd.DataFrame({"age": [30, np.nan, 50, 70]})) == 50.0


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,56", 1234.56), ("€ 3,50", 3.5), ("1.000", 1000.0), (" 7 ", 7.0), ("", None), ("   ", None)],
)
def test_dutch_text_becomes_its_number(variables, text, number):
    assert variables["to_number"](text) == number


@pytest.mark.parametrize(
    ("exercise", "wrong"),
    [
        ("share", lambda part, whole: part / whole * 100 if part else None),
        ("to_number", lambda text: float(text.replace("€ ", "").replace(".", "").replace(",", ".") or "0")),
        (
            "to_number",
            lambda text: (
                None if text == "" else float(text.replace("€", "").replace(".", "").replace(",", "."))
            ),
        ),
    ],
    ids=["part 0 gives None", "euro sign with its space", "spaces not removed"],
)
def test_a_forgotten_special_case_shows_before_submission(compiled, exercise, wrong):
    assert not verdict_on(compiled, exercise, wrong).visible_pass


def test_no_age_gives_no_mean(variables):
    assert variables["mean_age"](variables["two_without_age"]) is None


def test_the_mean_age_is_about_44_as_in_the_case(variables):
    assert round(variables["mean_age"](variables["one_row_each"])) == 44


# Usual mistakes


def from_zero(ages):
    return ages.fillna(0).mean()


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("greeting", "Good morning, Robin. Here are the numbers.", "run both cells"),
        ("share", lambda part, whole: part / whole, "per hundred"),
        ("share", lambda part, whole: part // whole * 100 if whole else None, "cuts off"),
        ("share", lambda part, whole: 100 * part / whole, "nobody answered"),
        ("to_number", lambda text: float(text.split(",")[0].strip("€ ") or "nan"), "decimal sign here"),
        (
            "to_number",
            lambda text: float("".join(sign for sign in text if sign.isdigit()) or "nan"),
            "removed the decimal sign too",
        ),
        ("unique_customers", lambda table: table.shape[0], "customers or rows"),
        ("unique_customers", lambda table: (~table.duplicated()).sum(), "not another person"),
        ("mean_age", lambda table: from_zero(table["age"]), "not the same as age zero"),
        ("mean_age", lambda table: table["age"].mean(), "NaN"),
        ("share", lambda part, whole: 25.0, "always the same"),
        ("share", lambda part, whole: part / whole * 100 if part else None, "0 of 8 is a share"),
        ("to_number", lambda text: float(text.replace("€", "").replace(",", ".")), "Remove the dots"),
        ("to_number", lambda text: int(text.replace(".", "").replace(",", ".")), "not `int`"),
        ("unique_customers", lambda table: 4, "always counts `seven_rows`"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("greeting", "   "),
        ("greeting", "Good morning,     . Here are the numbers."),
        ("greeting", 7),
        ("share", lambda part, whole: part * whole / 100),
        ("share", lambda part, whole: {(1, 4): 25.0, (2, 3): 200 / 3}.get((part, whole))),
        ("to_number", lambda text: 1234.56),
        ("to_number", lambda text: float(text.replace(",", ".")[-4:]) if "," in text else None),
        ("unique_customers", lambda table: len(table) - 6),
        ("unique_customers", lambda table: 394 if len(table) == 400 else 4),
        ("mean_age", lambda table: None if table["age"].isna().all() else table["age"].dropna().iloc[0]),
        ("mean_age", lambda table: (table["age"].min() + table["age"].max()) / 2),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


def test_an_answer_for_the_visible_customers_only_earns_no_hidden_point(compiled):
    verdict = verdict_on(compiled, "unique_customers", lambda table: 394 if len(table) == 400 else 4)
    assert verdict.earned <= verdict.points - compiled["unique_customers"].source.points_behind_hidden_checks


def test_the_name_may_be_written_in_small_letters(compiled):
    assert verdict_on(compiled, "greeting", "Good morning, ines. Here are the numbers.").state == "right"


def test_a_column_of_whole_numbers_is_as_good_as_one_with_decimals(variables):
    assert variables["mean_age"](pd.DataFrame({"age": [20, 30]})) == 25


# The notebook keeps its word


def test_tables_in_messages_are_tables_of_the_notebook(compiled, variables):
    named = [
        call
        for found in compiled.values()
        for check in found.visible["checks"]
        for call in check["calls"]
        if "shown" in call
    ]
    assert named
    for call in named:
        pd.testing.assert_frame_equal(
            codec.decode(call["args"][0]), variables[call["shown"]], check_dtype=False, check_index_type=False
        )


def test_the_notebook_tells_the_number_of_hidden_checks_and_points(notebook):
    hidden = sum(exercise.number_of_hidden_checks for exercise in load_key(FOLDER / "key.py"))
    points = sum(
        cell.metadata.nbgrader.points
        for cell in notebook.cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade
    )
    text = "\n".join(cell.source for cell in notebook.cells)
    assert f"**{hidden} hidden checks**" in text
    assert f"{points} points." in text
