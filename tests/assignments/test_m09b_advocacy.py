"""Lovers, haters, change: what counts as right, and what a student reads after a usual mistake."""

import math
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from marketing4.models import nps
from marketing4.models.advocacy import net_advocacy

from autograder import codec
from autograder.key_file import load_key
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m09b_advocacy"


@pytest.fixture(autouse=True)
def _no_open_figures():
    yield
    plt.close("all")


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


# Reference values


def test_fifteen_points_among_200_people_are_just_significant(variables):
    difference, z, p = variables["nps_diff"]((100, 60, 40), (120, 50, 30))
    assert difference == pytest.approx(15)
    assert z == pytest.approx(1.97172, abs=1e-5)
    assert p == pytest.approx(0.0486, abs=1e-4)


def test_the_adjusted_method_gives_the_other_verdict_as_the_notebook_says(notebook):
    adjusted = nps.difference((100, 60, 40), (120, 50, 30), "adjusted")
    assert adjusted.p_value == pytest.approx(0.0505, abs=5e-5)
    assert "0.0505" in text_of(notebook)


def test_the_same_shares_among_100_people_are_not_significant(variables):
    assert variables["nps_diff"]((50, 30, 20), (60, 25, 15))[2] == pytest.approx(0.163, abs=5e-4)


def test_the_difference_is_that_of_the_course_model(variables):
    model = nps.difference((90, 40, 70), (80, 50, 90))
    assert variables["nps_diff"]((90, 40, 70), (80, 50, 90)) == pytest.approx(
        (model.difference, model.z, model.p_value)
    )


def test_both_segments_rise_and_the_total_falls(variables):
    first, second = (variables["segment_nps"](variables[wave]) for wave in ("first_wave", "second_wave"))
    assert first.to_dict() == pytest.approx({"Online": 0, "Winkel": 54.286, "total": 47.5}, abs=1e-3)
    assert second.to_dict() == pytest.approx({"Online": 6.061, "Winkel": 65.714, "total": 16.5}, abs=1e-3)


def test_the_unweighted_mean_would_rise(variables):
    first, second = (variables["segment_nps"](variables[wave]) for wave in ("first_wave", "second_wave"))
    assert first.drop("total").mean() < second.drop("total").mean()


def test_equal_scores_can_hide_unequal_polarisation(variables):
    assert variables["polarisation"](0.45, 0.45) == pytest.approx(0.9)
    assert variables["polarisation"](0.1, 0.1) == pytest.approx(0.2)


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["polarisation"](0.5, 0.3) == pytest.approx(0.76)
    assert variables["nps_diff"]((40, 40, 20), (55, 30, 15)) == pytest.approx((20, 1.907, 0.0565), abs=5e-4)
    north_and_south = pd.DataFrame({"segment": ["North", "North", "South"], "score": [9, 7, 5]})
    expected = {"North": 50, "South": -100, "total": 0}
    assert variables["segment_nps"](north_and_south).to_dict() == pytest.approx(expected)


def test_the_two_drawn_brands_have_an_nps_of_zero(variables):
    for brand, promoters in ((variables["brand_a"], 45), (variables["brand_b"], 10)):
        assert (sum(brand), sum(brand[9:]), sum(brand[:7])) == (100, promoters, promoters)


def test_the_narrower_interval_belongs_to_the_brand_with_less_polarisation():
    assert nps.estimate(45, 10, 45).standard_error > nps.estimate(10, 80, 10).standard_error


# Usual mistakes


def score_and_error(counts):
    answers = np.repeat([100, 0, -100], counts)
    return answers.mean(), answers.std() / math.sqrt(len(answers))


def nps_diff_with(error):
    """A student's `nps_diff` with another rule for the standard error of the difference."""

    def nps_diff(first, second):
        if not sum(first) or not sum(second):
            return None
        (score_1, error_1), (score_2, error_2) = score_and_error(first), score_and_error(second)
        z = (score_2 - score_1) / error(error_1, error_2)
        return score_2 - score_1, z, math.erfc(abs(z) / math.sqrt(2))

    return nps_diff


def balance(scores):
    return 100 * ((scores > 8).mean() - (scores < 7).mean())


def segments_with(total):
    """A student's `segment_nps` with another rule for the total."""

    def segment_nps(table):
        if not len(table):
            return None
        result = table.groupby("segment")["score"].apply(balance)
        result["total"] = total(table, result)
        return result

    return segment_nps


def two_lines(first, second, xlabel="score", ylabel="per cent of customers", title="Same NPS"):
    _, ax = plt.subplots()
    ax.plot(first)
    ax.plot(second)
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    return ax


def variance(p, d):
    return None if min(p, d) < 0 or p + d > 1 else p + d - (p - d) ** 2


def counts_both_ways(table):
    """A loop that asks `len` for the number of true rows."""
    if len(table) == 0:
        return None
    scores = {}
    for name in table["segment"].unique():
        part = table[table["segment"] == name]["score"]
        scores[name] = 100 * (len(part >= 9) - len(part <= 6)) / len(part)
    part = table["score"]
    scores["total"] = 100 * (len(part >= 9) - len(part <= 6)) / len(part)
    return pd.Series(scores)


def stops_in_the_loop(table):
    if len(table) == 0:
        return None
    scores = {}
    for name in table["segment"].unique():
        scores[name] = balance(table[table["segment"] == name]["score"])
        return pd.Series(scores)


def half_an_answer(first, second):
    if sum(first) == 0 or sum(second) == 0:
        return None
    return score_and_error(second)[0] - score_and_error(first)[0]


def xlabel_of_pyplot(first, second):
    _, ax = plt.subplots()
    ax.plot(range(11), first, label="first")
    ax.plot(range(11), second, label="second")
    ax.xlabel("score")  # type: ignore[attr-defined]
    return ax


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("nps_diff", nps_diff_with(lambda a, b: math.sqrt(a + b)), "square each error"),
        ("nps_diff", half_an_answer, "Three numbers"),
        ("segment_nps", counts_both_ways, "counts every row"),
        ("segment_nps", stops_in_the_loop, "inside the loop"),
        ("polarisation", lambda p, d: variance(p / 100, d / 100), "shares already"),
        ("polarisation", lambda p, d: None if p + d > 1 else p + d - (p - d) ** 2, "below 0"),
        ("draw_brands", lambda a, b: two_lines(a, b, xlabel="Rating"), "`score` or `answer`"),
        ("draw_brands", lambda a, b: two_lines(a, b, title="Two brands"), "missing in your title"),
        ("draw_brands", xlabel_of_pyplot, "after `ax.`"),
        ("nps_diff", nps_diff_with(lambda a, b: a + b), "intervals overlap"),
        ("segment_nps", segments_with(lambda table, result: result.mean()), "equally big"),
        ("why_total_fell", "d", "equally big"),
        ("polarisation", lambda p, d: None if p + d > 1 or min(p, d) < 0 else p + d, "mean of the squares"),
        ("polarisation", lambda p, d: p + d - (p - d) ** 2, "70 % love"),
        ("same_score", "a", "where do the customers"),
        ("true_claims", {"a", "b", "c", "e"}, "made Ben speak"),
        ("true_claims", {"a", "c"}, "performance, and to risk"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("nps_diff", nps_diff_with(lambda a, b: math.hypot(a, b) / math.sqrt(2))),
        ("nps_diff", nps_diff_with(lambda a, b: 7.60756)),
        ("nps_diff", lambda first, second: (15.0, 1.97172, 0.0486413)),
        ("segment_nps", segments_with(lambda table, result: result.max())),
        (
            "segment_nps",
            segments_with(lambda table, result: result["Kiosk" if "Kiosk" in result else "Online"]),
        ),
        ("why_total_fell", "the mix"),
        ("polarisation", lambda p, d: p * d),
        ("polarisation", lambda p, d: (p + d) / 2 if p + d <= 1 else None),
        ("draw_brands", lambda first, second: two_lines(first, first)),
        ("draw_brands", lambda first, second: two_lines(first[::-1], second[::-1])),
        ("same_score", {"b", "d"}),
        ("true_claims", {"a", "b", "c", "d", "e", "f"}),
        ("true_claims", "a"),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_a_rounded_polarisation_is_seen_before_it_is_submitted(compiled, decimals):
    def rounded(p, d):
        return None if variance(p, d) is None else round(variance(p, d), decimals)

    verdict = verdict_on(compiled, "polarisation", rounded)
    assert verdict.headline.startswith("`polarisation(0.6, 0.25)` returned")
    assert "unrounded" in verdict.hint


@pytest.mark.parametrize("missing", ["xlabel", "ylabel", "title"])
def test_a_picture_without_a_label_is_not_finished(compiled, missing):
    picture = verdict_on(compiled, "draw_brands", lambda a, b: two_lines(a, b, **{missing: ""}))
    assert picture.state == "wrong"


def test_a_picture_without_the_unit_is_not_finished(compiled):
    picture = verdict_on(compiled, "draw_brands", lambda a, b: two_lines(a, b, ylabel="customers"))
    assert picture.state == "wrong"


def test_colours_and_the_order_of_the_lines_are_free(compiled):
    assert verdict_on(compiled, "draw_brands", lambda a, b: two_lines(b, a)).state == "right"


# The notebook keeps its word


def test_tables_in_messages_are_tables_of_the_notebook(compiled, variables):
    for check in compiled["segment_nps"].visible["checks"]:
        (call,) = check["calls"]
        pd.testing.assert_frame_equal(
            codec.decode(call["args"][0]), variables[call["shown"]], check_dtype=False, check_index_type=False
        )


def test_brands_in_messages_are_brands_of_the_notebook(compiled, variables):
    for check in compiled["draw_brands"].visible["checks"]:
        (call,) = check["calls"]
        names = call["shown"].split(", ")
        assert [codec.decode(arg) for arg in call["args"]] == [variables[name] for name in names]


def test_the_notebook_tells_the_number_of_hidden_checks_and_points(notebook):
    hidden = sum(exercise.number_of_hidden_checks for exercise in load_key(FOLDER / "key.py"))
    points = sum(
        cell.metadata.nbgrader.points
        for cell in notebook.cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade
    )
    assert f"**{hidden} hidden checks**" in text_of(notebook)
    assert f"{points} points." in text_of(notebook)


def test_the_poster_helps_or_harms_by_numbers_that_nobody_measured(notebook):
    (answer,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    for trigger, attack in ((6, 0.5), (9, 0.5), (9, 0.6)):
        assert f"{net_advocacy(0.25, 0.29, 0.1, trigger, attack).net:.3f}" in answer


@pytest.mark.parametrize(("case", "fewest", "most"), [("case-a", 120, 180), ("case-b", 80, 100)])
def test_the_model_answers_have_the_length_that_is_asked_for(notebook, case, fewest, most):
    (text,) = (cell.source for cell in notebook.cells if cell.id == case)
    assert fewest <= len(text.split("### BEGIN SOLUTION")[1].split("### END")[0].split()) <= most


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)
