"""Online versus offline: what counts as right, and what a student reads after a usual mistake."""

import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from marketing4 import data
from marketing4.models import journeys, media_response

from autograder.key_file import load_key
from autograder.notebook import read_notebook
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m07_online_offline"


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


def chain(rows):
    """A table of transitions; the ends are added."""
    names = [*rows, "conversion", "null"]
    ends = {"conversion": {"conversion": 1}, "null": {"null": 1}}
    return pd.DataFrame(
        [[{**rows, **ends}[here].get(there, 0.0) for there in names] for here in names], names, names, float
    )


TASK = chain(
    {"start": {"A": 1}, "A": {"B": 0.5, "conversion": 0.25, "null": 0.25}, "B": {"A": 0.5, "null": 0.5}}
)


@pytest.fixture(scope="module")
def report(variables):
    return variables["transitions"](variables["small"])


# Reference values


@pytest.mark.parametrize(
    ("rule", "tv", "search", "social", "store", "web"),
    [
        ("last", 0, 0, 0, 35, 45),
        ("first", 50, 10, 5, 15, 0),
        ("linear", 16.6667, 23.3333, 1.6667, 21.6667, 16.6667),
    ],
)
def test_three_rules_have_three_winners(variables, rule, tv, search, social, store, web):
    expected = {"TV": tv, "Search": search, "Social": social, "Store": store, "Web": web}
    assert variables["credit"](variables["small"], rule) == pytest.approx(expected, abs=1e-4)


def test_the_report_has_two_hundred_customers_and_eighty_purchases(variables):
    assert sum(n for _, _, n in variables["small"]) == 200
    assert sum(bought * n for _, bought, n in variables["small"]) == 80


def test_half_of_those_who_saw_the_advert_search(report):
    assert report.loc["TV", "Search"] == pytest.approx(0.5)


def test_the_chain_gives_back_the_share_that_bought(variables, report):
    assert variables["conversion_prob"](report) == pytest.approx(0.4)
    table = variables["transitions"](variables["large"])
    bought = data.load("journeys")["converted"].mean()
    assert variables["conversion_prob"](table) == pytest.approx(bought)


def test_the_removal_effects_are_those_of_the_course_model(variables, report):
    stored = data.load("journeys_small")
    model = journeys.removal_effects(
        journeys.transition_matrix(stored["path"].tolist(), stored["converted"], stored["n"])
    )
    for channel, effect in model.items():
        assert variables["removal_effect"](report, channel) == pytest.approx(effect, abs=1e-9)
    assert model == pytest.approx(
        {"TV": 0.31374, "Search": 0.72159, "Web": 0.5625, "Store": 0.4375, "Social": 0.09412}, abs=1e-5
    )


def test_three_channels_in_a_row_share_one_to_two_to_two(compiled, variables):
    three = compiled["removal_shares"].source.checks[0].calls[0].args[0]
    assert variables["conversion_prob"](three) == pytest.approx(1 / 3)
    assert variables["removal_shares"](three) == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4})


def test_a_walk_that_goes_back_and_forth_ends_at_both_sides_equally(compiled, variables):
    drunkard = compiled["conversion_prob"].source.checks[1].calls[0].args[0]
    assert variables["conversion_prob"](drunkard) == pytest.approx(0.5, abs=1e-9)


def test_most_of_the_raw_uplift_is_loyalty(variables):
    assert variables["raw_uplift"] == pytest.approx(19.67, abs=5e-3)
    assert variables["within_uplift"] == pytest.approx(1.94, abs=5e-3)


@pytest.mark.parametrize(("pct", "change"), [(10, 0.0163347), (100, 0.1250585), (0, 0), (-100, -1)])
def test_searches_change_as_in_the_course_model(variables, pct, change):
    assert variables["searches_change"](pct, 0.17) == pytest.approx(change, abs=1e-7)
    assert media_response.searches_change(pct / 100) == pytest.approx(change, abs=1e-7)


# The notebook keeps its word


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["parse"]("social > SEARCH>Social") == ["Social", "Search", "Social"]
    lines = [(["TV", "Store"], 1, 10), (["Social"], 0, 4)]
    assert variables["credit"](lines, "linear") == {"TV": 5, "Store": 5, "Social": 0}
    assert variables["credit"](lines, "last") == {"TV": 0, "Store": 10, "Social": 0}
    table = variables["transitions"]([(["Social", "Web"], 1, 30), (["Social"], 0, 10)])
    assert table.loc["Social", ["Web", "null"]].tolist() == [0.75, 0.25]
    assert table.loc["Web", "conversion"] == 1
    assert variables["conversion_prob"](TASK) == pytest.approx(1 / 3)
    assert variables["removal_effect"](TASK, "B") == pytest.approx(0.25)
    assert variables["removal_effect"](TASK, "A") == 1
    assert variables["removal_shares"](TASK) == pytest.approx({"A": 0.8, "B": 0.2})
    assert variables["searches_change"](44, 0.5) == pytest.approx(0.2)


def test_the_weighted_mean_of_the_example_is_seven(variables):
    def level(name, size, difference):
        spend = [20.0] + [20.0 + difference] * (size - 1)
        return pd.DataFrame({"channels": [1] + [2] * (size - 1), "loyalty": name, "spend": spend})

    customers = pd.concat([level("x", 10, 4), level("y", 30, 8)], ignore_index=True)
    assert variables["uplifts"](customers)[1] == pytest.approx(7)


def test_the_small_tables_of_the_checks_stand_in_the_notebook(compiled, variables):
    for exercise in ("conversion_prob", "removal_effect", "removal_shares", "uplifts"):
        for check in compiled[exercise].source.checks:
            (call,) = check.calls
            stored = eval(call.shown.split(",")[0], variables)
            if "order" in check.name:
                stored = stored.iloc[::-1].reset_index(drop=True)
            pd.testing.assert_frame_equal(stored, call.args[0], check_dtype=False)


def test_the_small_programs_in_the_tasks_print_what_they_tell(notebook):
    told = {
        "task-parse": ("words", ["apple", "pear"]),
        "task-credit": ("cups", {"Ann": 2, "Bo": 5, "Cy": 0}),
    }
    for cell, (name, value) in told.items():
        assert run_example(notebook, cell)[name] == value
    table = run_example(notebook, "task-transitions")["table"]
    assert table.loc["Ann", "Bo"] == 0.5
    assert table.loc["Cy"].tolist() == [0, 0, 0]
    share = run_example(notebook, "task-conversion-prob")["share"]
    assert share[[-2, -1]] == pytest.approx([0.1, 0.18])


def test_the_notebook_tells_the_number_of_hidden_checks_and_points(notebook):
    hidden = sum(exercise.number_of_hidden_checks for exercise in load_key(FOLDER / "key.py"))
    points = sum(
        cell.metadata.nbgrader.points
        for cell in notebook.cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade
    )
    assert f"**{hidden} hidden checks**" in text_of(notebook)
    assert f"{points} points." in text_of(notebook)


def test_the_minutes_of_the_exercises_add_up_to_the_told_time(notebook):
    told = int(re.search(r"About (\d+) minutes", text_of(notebook))[1])
    assert sum(int(minutes) for minutes in re.findall(r"points?, (\d+) minutes\)", text_of(notebook))) == told


def test_the_model_answer_has_the_length_that_is_asked_for(notebook):
    assert 120 <= len(model_answer(notebook).split()) <= 180


def test_the_numbers_of_the_model_answer_are_the_students(notebook, variables, report):
    answer = model_answer(notebook)
    small = variables["credit"](variables["small"], "last")
    large = variables["credit"](variables["large"], "last")
    effect = {name: 100 * variables["removal_effect"](report, name) for name in ("Store", "TV")}
    for words in (
        f"Web {small['Web']} purchases, Store {small['Store']}",
        f"{effect['Store']:.0f} per cent",
        f"{effect['TV']:.0f} without TV",
        f"{large['Store']} against {large['Web']}",
        f"{variables['raw_uplift']:.2f} euro more",
        f"only {variables['within_uplift']:.2f} within",
    ):
        assert words in answer


def test_what_the_notebook_reads_from_the_two_files_is_true(notebook, variables, report):
    effects = [
        variables["removal_effect"](variables["transitions"](variables[name]), "TV")
        for name in ("small", "large")
    ]
    assert [f"{100 * effect:.0f}" for effect in effects] == ["31", "32"]
    assert "about 31 of 100 purchases of the first file, and 32 of the second" in text_of(notebook)


def test_the_lesson_tells_what_its_cells_print(capsys):
    lesson = read_notebook(FOLDER.parents[1] / "course" / "07_online_offline.ipynb")
    cells = {cell.id: cell.source for cell in lesson.cells}
    printed, variables = {}, {"pd": pd, "data": data}
    for name in (
        "four-groups",
        "transitions",
        "walk",
        "remove-radio",
        "elasticity-and-adstock",
        "ten-customers",
    ):
        exec(cells[name], variables)
        printed[name] = capsys.readouterr().out
    assert "adds 4 without the app and 11 with it\nextra: 7" in printed["four-groups"]
    assert "adds 4 euros, with it 11. The extra is 7 euros" in cells["read-four-groups"]
    assert variables["P"].loc["Web", "conversion"] == 24 / 32
    assert "step 3 [0.  0.  0.  0.4 0.6]" in printed["walk"]
    assert "0.4 have bought. That is 24 of 60" in cells["read-walk"]
    assert "bought: 0.25  removal effect: 0.375" in printed["remove-radio"]
    radio = 0.375 / (1 + 0.375)
    assert f"Radio {radio:.2f}, Web {1 - radio:.2f}" in cells["read-remove-radio"]
    assert "The chain says 15" in cells["read-remove-radio"]
    told = [row.split()[-3] for row in printed["elasticity-and-adstock"].splitlines() if "searches" in row]
    assert told == ["0.17", "7.14", "26.58"]
    assert "brings 26.6 per cent more, and not 51" in cells["card-tv-search"]
    assert "half-life 3.1 weeks" in printed["elasticity-and-adstock"]
    table = variables["ten"]
    assert table.groupby("several")["spend"].mean().to_dict() == {"no": 28, "yes": 55}
    within = table.pivot_table(index="likes", columns="several", values="spend")
    assert (within["yes"] - within["no"]).tolist() == [3, 3]
    assert "spend 55 and the others 28: a **raw uplift** of 27 euros" in cells["card-46000"]


def test_the_figures_of_the_real_shoppers_are_those_of_the_data_set():
    lesson = read_notebook(FOLDER.parents[1] / "course" / "07_online_offline.ipynb")
    (card,) = (cell.source for cell in lesson.cells if cell.id == "card-46000")
    for per_cent in data.load("channel_shares")["per_cent"]:
        assert f"{per_cent} %" in card


# Usual mistakes


def stretched(P, channel):
    """The other channels take over."""
    other = P.drop(index=channel, columns=channel)
    other = other.div(other.sum(axis=1).replace(0, 1), axis=0)
    ends = np.linalg.matrix_power(other.to_numpy(), 200)[0, -2]
    base = np.linalg.matrix_power(P.to_numpy(), 200)[0, -2]
    return 1 - ends / base if base else None


def raw_only(customers):
    several = customers["channels"] > 1
    raw = customers[several]["spend"].mean() - customers[~several]["spend"].mean()
    return raw, raw


def one_long_journey(lines):
    """The start is set once, before the loop over the lines."""
    states = ["start", "TV", "Search", "Social", "Store", "Web", "conversion", "null"]
    table = pd.DataFrame(0.0, index=states, columns=states)
    here = "start"
    for path, bought, n in lines:
        for there in [*path, "conversion" if bought == 1 else "null"]:
            table.loc[here, there] += n
            here = there
    table = table.div(table.sum(axis=1).replace(0, 1), axis=0)
    table.loc["conversion", "conversion"] = table.loc["null", "null"] = 1.0
    return table


def gap(customers, several=2):
    spend, channels = customers["spend"], customers["channels"]
    return spend[channels >= several].mean() - spend[channels == 1].mean()


def several_from_three_against_one(customers):
    levels = [(gap(group), len(group)) for _, group in customers.groupby("loyalty")]
    return gap(customers, several=3), sum(each * n for each, n in levels) / len(customers)


def weighted_with_several(customers):
    levels = [(gap(group), (group["channels"] > 1).sum()) for _, group in customers.groupby("loyalty")]
    return gap(customers), sum(each * n for each, n in levels) / sum(n for _, n in levels)


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("parse", lambda path: path.split(">") if path else [], "spaces around"),
        ("parse", lambda path: [p.strip().title() for p in path.split(">") if p.strip()], "title"),
        ("parse", lambda path: [p.strip().capitalize() for p in path.split(">") if p.strip()], "capitalize"),
        ("transitions", one_long_journey, "each new line begin"),
        ("conversion_prob", lambda P: np.linalg.matrix_power(P.to_numpy(), 4)[0, -2], "still on their way"),
        (
            "conversion_prob",
            lambda P: np.linalg.matrix_power(P.to_numpy(), 99)[1, -2],
            "in the first channel",
        ),
        ("conversion_prob", lambda P: P.loc["start", "conversion"], "many steps"),
        ("conversion_prob", lambda P: P["conversion"].sum(), "whole column"),
        ("removal_effect", stretched, "when the channel is gone"),
        ("uplifts", raw_only, "Who chooses many channels"),
        ("uplifts", several_from_three_against_one, "exactly two channels"),
        ("uplifts", weighted_with_several, "those who have several"),
        ("within_uplift", 19.673345, "Who chooses many channels"),
        ("within_uplift", -9.053717, "whose orders"),
        ("within_uplift", 1.878858, "weight them"),
        ("searches_change", lambda pct, e: e * pct / 100 if pct >= -100 else None, "exponent"),
        ("searches_change", lambda pct, e: (1 + pct / 100) ** e if pct >= -100 else None, "how many times"),
        ("searches_change", lambda pct, e: abs(pct / 100) ** e if pct >= -100 else None, "raised the change"),
        ("true_claims", {"b", "d", "e", "f"}, "two channels"),
        ("true_claims", {"c", "d", "e", "f"}, "chooses several"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


def test_who_weights_with_the_wrong_customers_reads_it_before_the_hand_in(compiled, variables):
    unequal = compiled["uplifts"].source.checks[1].calls[0].args[0]
    right = variables["uplifts"](unequal)
    assert right == pytest.approx((10, 6.25))
    assert weighted_with_several(unequal) == pytest.approx((10, 6))


def test_a_channel_of_those_who_did_not_buy_is_asked_for_before_the_hand_in(compiled):
    lines, _ = compiled["credit"].source.checks[0].calls[0].args
    buyers = {channel for path, bought, _ in lines if bought for channel in path}
    assert {channel for path, _, _ in lines for channel in path} - buyers == {"Social"}


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("parse", lambda path: ["TV", "Search", "Web"]),
        ("credit", lambda lines, rule: {"TV": 0, "Search": 0, "Web": 30, "Store": 8}),
        ("transitions", lambda lines: pd.DataFrame()),
        ("conversion_prob", lambda P: 0.4),
        ("removal_effect", lambda P, channel: 0.5),
        ("removal_shares", lambda P: {"C1": 0.2, "C2": 0.4, "C3": 0.4}),
        ("uplifts", lambda customers: (10.0, 2.0)),
        ("searches_change", lambda pct, elasticity: math.log1p(elasticity * pct / 100) if pct > 0 else None),
        ("true_claims", {"a", "b", "c", "d", "e", "f"}),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


def run_example(notebook, name):
    """The variables of the small program in a task's text."""
    (cell,) = (cell.source for cell in notebook.cells if cell.id == name)
    found = {"pd": pd}
    exec(cell.split("```python\n")[1].split("```")[0], found)
    return found


def model_answer(notebook):
    (answer,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    return answer.split("### BEGIN SOLUTION")[1].split("### END")[0]


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)
