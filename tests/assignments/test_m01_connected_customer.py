"""The connected customer: what counts as right, and what a student reads after a usual mistake."""

import math
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

from autograder import codec
from autograder.key_file import load_key
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m01_connected_customer"
LESSON = Path(__file__).parents[2] / "course" / "01_connected_customer.ipynb"
CHANNELS = ["chat", "store", "phone", "email"]


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


# Reference values


def test_at_a_cost_of_the_mean_surplus_a_share_of_one_over_e_is_left(variables):
    deals = variables["deals_realised"]
    assert deals(0, 20) == 1
    assert deals(20, 20) == pytest.approx(0.367879, abs=1e-6)
    np.testing.assert_allclose(deals(np.array([0, 20]), 20), [1, math.exp(-1)])


def test_two_of_four_customers_use_two_channels(variables):
    assert variables["multi_channel_share"](variables["four_customers"]) == pytest.approx(50)


def test_age_and_friends_are_weakly_related_in_the_shop(variables):
    r = variables["r_age"](variables["contacts"])
    assert r == pytest.approx(-0.21, abs=0.005)
    assert variables["strength"](r) == "weak"
    assert 1 - r**2 > 0.9  # what option c of the question says


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["clean_city"]("  Oud GENT ") == "oud gent"
    assert variables["strength"](-0.45) == "moderate"
    assert variables["deals_realised"](30, 60) == pytest.approx(0.6065, abs=5e-5)
    three = pd.DataFrame(
        {
            "customer_id": ["A", "B", "C"],
            "age": [20, 40, 60],
            "connected_friends": [50, 30, 10],
            "chat": [1, 0, 0],
            "store": [0, 6, 0],
            "phone": [0, 0, 0],
            "email": [5, 0, 0],
        }
    )
    assert variables["multi_channel_share"](three) == pytest.approx(100 / 3)
    assert variables["r_age"](three) == pytest.approx(-1)


def test_cleaned_places_are_two_words(variables):
    places = variables["customers"]["city_type"].map(variables["clean_city"])
    assert set(places) == {"stad", "dorp"}


def test_the_older_firm_cannot_copy_the_younger_one(notebook):
    assert "PayPal began in the USA in 1998–99. Alipay was set up in China in 2004." in text_of(notebook)


def test_the_letters_of_two_answers_and_the_right_claim_make_all_claims(compiled):
    wrong, half = (compiled[name].reference[name] for name in ("not_supported", "half_right"))
    assert not wrong & half
    assert wrong | half == set("abcdef")


def test_the_cards_of_three_levels_do_not_overlap(compiled):
    assert not compiled["level_2"].reference["level_2"] & compiled["level_3"].reference["level_3"]


def test_the_lesson_counts_the_young_among_the_connected_and_the_connected_among_the_young(variables):
    lesson = nbformat.read(LESSON, as_version=4)
    known = variables["aged"]
    young = known["age"] < 30
    connected = known.index.isin(known.nlargest(77, "connected_friends").index)
    both, old_too = (young & connected).sum(), (~young & connected).sum()
    assert f"Of the {young.sum()} customers under 30, {both} are among the best connected" in text_of(lesson)
    assert f"Of the {(~young).sum()} others it is {old_too}" in text_of(lesson)
    assert both / young.sum() > 1 / 3
    assert old_too / (~young).sum() == pytest.approx(1 / 6, abs=0.005)
    at_the_counter = (known["store"] > 0)[connected]
    assert f"Of the 77 best connected {at_the_counter.sum()} came" in text_of(lesson)
    assert f"{at_the_counter.mean():.0%}".replace("%", " per cent") in text_of(lesson)


# Usual mistakes


def share_of_rows(table):
    return float(((table[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100) if len(table) else None


def share_of_sums(table):
    first = table.drop_duplicates("customer_id")
    return float((first[CHANNELS].sum(axis=1) > 1).mean() * 100) if len(table) else None


def forgets_the_sign(r):
    if r < 0.1:
        return "negligible"
    if r < 0.3:
        return "weak"
    return "moderate" if r < 0.5 else "strong"


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("level_3", {"b"}, "only a pipe here"),
        ("level_2", {"c", "d", "e"}, "what they have together"),
        ("horizontal_cards", {"i"}, "who supplies the content"),
        ("distracted_cards", "k", "channels or information"),
        ("not_supported", {"a", "c", "d", "f"}, "order of the percentages"),
        ("half_right", {"b", "e"}, "brand websites"),
        ("half_right", {"b", "f"}, "others have seen"),
        ("from_experiment", {"e", "f"}, "asked a question"),
        ("clean_city", lambda s: s.lower() if s and s.strip() else None, "repr"),
        ("clean_city", lambda s: s.strip().lower() or None, "is None"),
        ("multi_channel_share", share_of_sums, "ten times is one channel"),
        ("multi_channel_share", share_of_rows, "Customers or rows"),
        ("r_age", lambda table: table["age"].corr(table["connected_friends"]), "Who counts twice"),
        ("strength", forgets_the_sign, "minus sign"),
        ("what_r_says", "a", "how much of the variance"),
        ("what_r_says", "b", "two customers of one age"),
        ("what_r_says", "e", "one month"),
        ("deals_realised", lambda cost, mean: 1 - cost / mean if mean > 0 else None, "negative"),
        ("deals_realised", lambda cost, mean: np.exp(-mean / cost) if mean > 0 else None, "cost of zero"),
        ("deals_realised", lambda cost, mean: math.exp(-cost / mean) if mean > 0 else None, "whole array"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("level_3", set("abcdef")),
        ("distracted_cards", {"k", "l"}),
        ("from_experiment", set()),
        ("clean_city", lambda s: "stad"),
        ("multi_channel_share", lambda table: 50.0),
        ("r_age", lambda table: -0.2116),
        ("strength", lambda r: "weak"),
        ("what_r_says", "all of them"),
        ("deals_realised", lambda cost, mean: 1.0),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


# The notebook keeps its word


@pytest.mark.parametrize("exercise", ["multi_channel_share", "r_age"])
def test_tables_in_messages_are_tables_of_the_notebook(compiled, variables, exercise):
    for check in compiled[exercise].visible["checks"]:
        (call,) = check["calls"]
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
    assert f"**{hidden} hidden checks**" in text_of(notebook)
    assert f"{points} points." in text_of(notebook)


def test_the_model_answer_has_the_length_that_is_asked_for(notebook):
    (text,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    assert 120 <= len(text.split("### BEGIN SOLUTION")[1].split("### END")[0].split()) <= 180


def test_the_numbers_in_the_model_answer_are_those_of_the_data(variables, notebook):
    (text,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    customers, known = variables["customers"], variables["aged"]
    assert f"{len(customers)} customers, {customers['age'].isna().sum()} gave no age" in text
    assert f"Among the other {len(known)}" in text
    friends = known["connected_friends"].groupby(known["age"] < 30)
    means, sizes, spread = friends.mean(), friends.size(), friends.std()
    assert f"The {sizes[True]} customers under 30 have {means[True]:.0f} friends" in text
    assert f"the {sizes[False]} older ones {means[False]:.0f}" in text
    assert spread.min() > means[True] - means[False]
    by_place = customers["connected_friends"].groupby(variables["place"]).mean()
    assert f"Townspeople have {by_place['stad']:.0f} friends, villagers {by_place['dorp']:.0f}" in text
    assert f"leaves about {100 * (1 - variables['r_age'](customers) ** 2):.0f} per cent" in text
