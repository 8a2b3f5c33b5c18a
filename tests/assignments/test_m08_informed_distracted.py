"""Informed versus distracted: what counts as right, and what a student reads after a usual mistake."""

import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from marketing4 import data
from marketing4.models import drift_diffusion, evidence_weights, limited_attention
from marketing4.panels.many_options import NOISE

from autograder.key_file import load_key
from autograder.notebook import read_notebook
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m08_informed_distracted"


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


# Reference values


def test_others_get_most_weight_if_they_are_least_noisy(variables):
    found = variables["weights"]([4, 1, 9])
    assert found == pytest.approx([0.183673, 0.734694, 0.081633], abs=1e-6)
    assert found == pytest.approx(evidence_weights.precision_weights([4, 1, 9]))


@pytest.mark.parametrize(("c", "best"), [(0.05, 19), (0.1, 13), (0.2, 10), (0.5, 7), (1, 6)])
def test_the_more_distraction_the_fewer_options_are_best(variables, c, best):
    assert variables["best_n"](c, variables["E"]) == best == limited_attention.best_number(c)


def test_the_key_expects_of_the_best_option_what_the_model_does(compiled):
    case = next(
        check for check in compiled["best_n"].source.checks if "0.1, E" in (check.calls[0].shown or "")
    )
    model = [limited_attention.expected_best(n) for n in range(1, 101)]
    assert case.calls[0].args[1] == pytest.approx(model, abs=1e-6)


@pytest.mark.parametrize(("rho", "follow"), [(0, True), (0.1, False)])
def test_fifty_copies_know_less_than_fifty_people(variables, rho, follow):
    arguments = (1, 20, 200, 4, 50, rho)
    assert variables["follow_crowd"](*arguments) is follow is limited_attention.follow_crowd(*arguments)
    assert variables["crowd_noise"](4, 50, rho) == pytest.approx(limited_attention.crowd_noise(4, 50, rho))


@pytest.mark.parametrize(
    ("race", "accuracy", "time"),
    [((0.5, 1, 1), 0.731059, 0.924234), ((1, 1, 1), 0.880797, 0.761594), ((0.5, 2, 1), 0.880797, 3.046377)],
)
def test_the_race_is_that_of_the_course_model(variables, race, accuracy, time):
    assert variables["race"](*race) == pytest.approx((accuracy, time), abs=1e-6)
    model = drift_diffusion.accuracy(*race), drift_diffusion.mean_decision_time(*race)
    assert variables["race"](*race) == pytest.approx(model)


def test_the_stored_advert_is_best_after_about_ten_exposures(variables):
    assert variables["best_exposures"](variables["viewers"]) == pytest.approx(9.93, abs=0.01)
    assert (variables["viewers"]["exposures"] >= 20).sum() == 12


def test_more_options_help_one_group_and_harm_the_other(variables):
    gains = [variables["gain_of_more"](variables["choices"], screen, 30) for screen in (0, 1)]
    assert gains[0] > 0.1
    assert gains[1] < -0.05


def test_the_times_matter_to_the_gain(variables):
    raw = data.load("attention")
    raw = raw[raw["second_screen"] == 1]
    means = raw[raw["seconds"] <= 30].groupby("n_options")["chosen_quality"].mean()
    assert means[24] - means[6] != pytest.approx(variables["gain_of_more"](raw, 1, 30), abs=1e-3)


# The notebook keeps its word


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["weights"]([1, 4]) == pytest.approx([0.8, 0.2])
    assert variables["best_n"](0.5, [0, 0.5, 0.9, 0.95]) == 3
    qualities = [quality / math.sqrt(1 + 0.5 * n) for n, quality in enumerate([0, 0.5, 0.9, 0.95], start=1)]
    assert np.round(qualities, 3).tolist() == [0, 0.354, 0.569, 0.548]
    assert variables["crowd_noise"](2, 10, 0.5) == pytest.approx(1.1)
    assert variables["crowd_noise"](5, 10, 0) == 0.5
    assert variables["crowd_noise"](5, 10, 0.9) == pytest.approx(4.55)
    assert [variables["follow_crowd"](2, 6, 3, 5, 10, rho) for rho in (0, 0.9)] == [True, False]
    assert variables["race"](0.4, 1.5, 1) == pytest.approx((0.7685, 2.0139), abs=5e-5)
    four_people = pd.DataFrame({"exposures": [0, 2, 4, 6], "attitude": [1, 4, 5, 4]})
    assert variables["best_exposures"](four_people) == pytest.approx(4)
    rows = [(6, 0.4), (6, 0.8), (24, 1.0), (24, 1.2)]
    table = pd.DataFrame(
        [(n, 10.0, 0, quality) for n, quality in rows],
        columns=["n_options", "seconds", "second_screen", "chosen_quality"],
    )
    assert variables["gain_of_more"](table, 0, 60) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("exercise", "table"),
    [
        ("best_exposures", "six_people"),
        ("best_exposures", "still_rising"),
        ("best_exposures", "a_valley"),
        ("best_exposures", "two_numbers"),
        ("gain_of_more", "ten_choices"),
    ],
)
def test_the_small_tables_of_the_checks_stand_in_the_notebook(compiled, variables, exercise, table):
    calls = [check.calls[0] for check in compiled[exercise].source.checks]
    used = [call.args[0] for call in calls if call.shown.split(",")[0] == table]
    assert used
    for found in used:
        pd.testing.assert_frame_equal(found, variables[table])


def test_the_weights_are_read_as_they_are(notebook, variables):
    own, others, outer = (round(100 * weight) for weight in variables["weights"]([4, 1, 9]))
    assert f"Others get {others} % of the weight, own {own} %, the brand {outer} %" in text_of(notebook)


def test_the_race_is_read_as_it_is(notebook, variables):
    near, far = variables["race"](0.5, 1, 1), variables["race"](0.5, 2, 1)
    assert f"{100 * far[0]:.0f} % instead of {100 * near[0]:.0f} %" in text_of(notebook)
    assert 3 < far[1] / near[1] < 4
    distracted = variables["race"](0.25, 1, 1)
    assert f"Now only {100 * distracted[0]:.0f} % are right" in text_of(notebook)
    assert 1 < distracted[1] / near[1] < 1.1


def test_a_fit_of_two_numbers_of_exposures_would_find_a_top_in_their_table(variables):
    table = variables["two_numbers"]
    with pytest.warns(np.exceptions.RankWarning):
        top = top_of(table)
    assert table["exposures"].min() < top < table["exposures"].max()
    assert variables["best_exposures"](table) is None


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
    assert 120 <= len(model_answer(notebook).split()) <= 180


def test_the_numbers_of_the_model_answer_come_from_the_model(notebook):
    answer = model_answer(notebook)
    six, many = (limited_attention.utility(n, 0.5) for n in (6, 24))
    assert f"six options give a choice of quality {six:.2f} and 24 only {many:.2f}" in answer
    assert limited_attention.utility(24, 0.05) > limited_attention.utility(6, 0.05)
    assert f"{16 * 0.04 * 0.96 / 0.01**2:,.0f} visitors" in answer


def test_the_rule_of_thumb_for_visitors_has_the_stated_power():
    p, d = 0.04, 0.01
    needed = (1.96 + 0.8416) ** 2 * 2 * p * (1 - p) / d**2
    assert 16 * p * (1 - p) / d**2 == pytest.approx(needed, rel=0.03)


def test_the_lesson_tells_what_its_cells_print(capsys):
    lesson = read_notebook(FOLDER.parents[1] / "course" / "08_informed_distracted.ipynb")
    cells = {cell.id: cell.source for cell in lesson.cells}
    printed, variables = {}, {"data": data}
    for name in ("utility-code", "jam-code", "exposure-code", "weights-code", "followed-code"):
        exec(cells[name], variables)
        printed[name] = capsys.readouterr().out
    quiet, train = printed["utility-code"].splitlines()
    assert "6: 1.0," in quiet
    assert "24: 1.06" in quiet
    assert quiet.endswith("best: 13")
    assert "6: 0.63" in train
    assert "24: 0.54" in train
    assert train.endswith("best: 7")
    assert "24 options (1.06) beat 6 (1.00), and 13" in cells["read-utility"]
    assert "6 options (0.63) beat 24 (0.54), and 7" in cells["read-utility"]
    assert [row.split()[-1] for row in printed["jam-code"].splitlines()[1:]] == ["1.8", "12.0"]
    assert "1.8 buyers of 100" in cells["card-overload"]
    people, *means = printed["exposure-code"].splitlines()
    assert people == "[190, 191, 80, 27, 12]"
    assert "190, 191, 80, 27 and **12**" in cells["card-repetition"]
    rows = [row.split() for row in means[2:]]
    assert [row[1] for row in rows] == ["3.52", "4.15", "4.22", "3.70", "2.17"]
    assert "from 3.52 to 4.22, and falls to 2.17" in cells["card-repetition"]
    assert (rows[0][2], rows[-1][2]) == ("0.29", "1.00")
    independent, shared = printed["weights-code"].splitlines()
    assert independent.endswith("[0.05 0.93 0.02]")
    assert shared.endswith("[0.3  0.57 0.13]")
    assert "93 per cent" in cells["card-others"]
    assert "from 5 to 30" in cells["card-others"]
    followed = [row.split()[1:] for row in printed["followed-code"].splitlines()[2:]]
    assert [(row[0], row[-1]) for row in followed] == [("0.03", "0.23"), ("0.17", "0.71")]
    assert "3 to 23 per cent" in cells["read-followed"]
    assert "17 to 71 per cent" in cells["read-followed"]


def test_the_hurried_and_the_distracted_of_the_lesson_are_right_equally_often(variables):
    lesson = read_notebook(FOLDER.parents[1] / "course" / "08_informed_distracted.ipynb")
    (text,) = (cell.source for cell in lesson.cells if cell.id == "explain-race")
    calm, hurried, distracted = (variables["race"](v, a, 1) for v, a in ((1, 1), (1, 0.6), (0.6, 1)))
    assert f"right in {100 * calm[0]:.0f} %, after {calm[1]:.2f} seconds on average" in text
    assert f"right in {100 * hurried[0]:.0f} %, after {hurried[1]:.2f} seconds" in text
    assert f"again {100 * distracted[0]:.0f} %, but after {distracted[1]:.2f} seconds" in text


def test_the_shopper_of_the_panel_has_the_distraction_that_the_lesson_tells():
    lesson = read_notebook(FOLDER.parents[1] / "course" / "08_informed_distracted.ipynb")
    assert f"In the panel $s^2$ is {NOISE:.0f}, so with 60 seconds $c = 6/60 = 0.1$" in text_of(lesson)


def test_the_minutes_of_the_lesson_add_up():
    lesson = read_notebook(FOLDER.parents[1] / "course" / "08_informed_distracted.ipynb")
    headings = re.findall(r"^## .*\((\d+) minutes\)$", text_of(lesson), re.MULTILINE)
    assert sum(map(int, headings)) == 75


# Usual mistakes


def top_of(table):
    b2, b1, _ = np.polyfit(table["exposures"], table["attitude"], 2)
    return -b1 / (2 * b2)


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("weights", lambda variances: [v / sum(variances) for v in variances], "noisy voice more"),
        ("weights", lambda variances: [1 / v for v in variances], "add up to"),
        ("best_n", lambda c, E: len(E) or None, "divided by more"),
        (
            "best_n",
            lambda c, E: int(np.argmax(E / np.sqrt(1 + c * np.arange(1, len(E) + 1)))),
            "counts from 0",
        ),
        ("crowd_noise", lambda w2, m, rho: w2 / m if m else None, "thousand copies"),
        ("follow_crowd", lambda s2, n, T, w2, m, rho: m > 0 and s2 * n / T > w2 / m, "thousand copies"),
        (
            "follow_crowd",
            lambda s2, n, T, w2, m, rho: m > 0 and s2**2 * n / T > w2 * (rho + (1 - rho) / m),
            "squared already",
        ),
        ("best_exposures", lambda t: top_of(t) if t["exposures"].nunique() > 2 else None, "beyond the data"),
        ("trail", ["e", "c", "a", "d", "b"], "Where do you start"),
        ("true_claims", {"a", "b", "c", "f"}, "Claim a"),
        ("true_claims", {"b", "c", "d", "f"}, "Claim d"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("weights", lambda variances: [0.2, 0.7, 0.1]),
        ("best_n", lambda c, E: 13),
        ("crowd_noise", lambda w2, m, rho: 0.08),
        ("follow_crowd", lambda s2, n, T, w2, m, rho: True),
        ("race", lambda v, a, s: (0.5, 1.0)),
        ("best_exposures", lambda table: 10),
        ("gain_of_more", lambda table, second_screen, longest: 0.2),
        ("trail", ["b", "a", "c", "d", "e"]),
        ("true_claims", {"a", "b", "c", "d", "e", "f"}),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


def model_answer(notebook):
    (answer,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    return answer.split("### BEGIN SOLUTION")[1].split("### END")[0]


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)
