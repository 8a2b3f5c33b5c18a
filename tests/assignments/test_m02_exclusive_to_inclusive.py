"""From exclusive to inclusive: what counts as right, and what a student reads after a usual mistake."""

import math
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from marketing4 import data
from marketing4.models import digital_gap, experience_curve, inclusion_loop, market_reach
from marketing4.models.launch_order import Market, launch

from autograder.key_file import load_key
from autograder.notebook import read_notebook
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m02_exclusive_to_inclusive"


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


# Reference values


def test_each_doubling_takes_a_fifth_of_the_cost(variables):
    assert variables["unit_cost"](np.array([2, 4, 10, 100]), 100, 0.2) == pytest.approx(
        [80, 64, 47.651, 22.706], abs=1e-3
    )


def test_the_cost_is_that_of_the_course_model(variables):
    model = experience_curve.unit_cost([3, 700], 90, 0.17)
    assert variables["unit_cost"](np.array([3, 700]), 90, 0.17) == pytest.approx(model)


def test_exact_costs_give_back_their_learning_rate(variables):
    assert variables["learning_rate"]([1, 2, 4, 8], [100, 80, 64, 51.2]) == pytest.approx(0.2)


def test_noisy_costs_give_the_rate_of_the_course_model(variables):
    points = [40, 90, 300], [20, 15, 11]
    assert variables["learning_rate"](*points) == pytest.approx(experience_curve.learning_rate_of(*points))


def test_the_stored_firm_learns_about_a_fifth_per_doubling(variables):
    assert variables["experience_rate"] == pytest.approx(0.2040, abs=5e-5)


def test_the_case_uses_the_rate_that_the_student_finds(notebook, variables):
    assert "rate = 0.20\n" in text_of(notebook)
    assert round(variables["experience_rate"], 2) == 0.20


@pytest.mark.parametrize(
    ("price", "median", "sigma", "share"),
    [(300, 6000, 0.8, 0.5), (600, 6000, 0.8, 0.193126), (600, 30000, 0.6, 0.936638), (0, 6000, 0.8, 1)],
)
def test_reach_falls_with_the_price_and_rises_with_incomes(variables, price, median, sigma, share):
    assert variables["reach"](price, 0.05, median, sigma) == pytest.approx(share, abs=1e-6)


def test_sigma_and_gini_are_two_words_for_one_inequality(variables):
    assert variables["sigma_from_gini"](0.4) == pytest.approx(0.741614, abs=1e-6)
    assert market_reach.gini(variables["sigma_from_gini"](0.37)) == pytest.approx(0.37)


@pytest.mark.parametrize("target", [0.04, 0.1, 0.2, 0.3, 0.35, 0.4])
def test_the_period_is_that_of_the_course_model(variables, target):
    (periods,) = np.nonzero(inclusion_loop.inclusion(periods=19).reach >= target)
    assert variables["first_period"](1200, 0.2, target) == periods[0]


def test_the_loop_stalls_near_the_share_that_the_notebook_names(notebook, variables):
    pilot = 0.01  # is part of the output at which the loop stalls, but nobody bought it
    assert inclusion_loop.inclusion().limit - pilot == pytest.approx(0.41, abs=5e-3)
    assert "stalls near 41 %" in text_of(notebook)
    assert variables["first_period"](1200, 0.2, 0.5) is None
    assert variables["first_period"](1200, 0.3, 0.7) == 4


def test_the_gap_grows_in_points_while_the_ratio_halves(variables):
    online = data.load("internet_use").pivot(index="year", columns="region", values="individuals_using_pct")
    gaps = {year: variables["gap"](*row) for year, *row in online[["developed", "developing"]].itertuples()}
    assert gaps[2005] == pytest.approx((43, 6.375))
    assert gaps[2010] == pytest.approx((46, 3.190), abs=1e-3)
    assert gaps[2023] == pytest.approx((33, 1.55))
    for year, row in online[["developed", "developing"]].iterrows():
        model = digital_gap.gap(*row)
        assert gaps[year] == pytest.approx((model.points, model.ratio))


# The notebook keeps its word


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["unit_cost"](2, 40, 0.1) == pytest.approx(36)
    assert variables["unit_cost"](4, 40, 0.1) == pytest.approx(32.4)
    assert variables["learning_rate"]([1, 2, 4], [40, 36, 32.4]) == pytest.approx(0.1)
    assert variables["reach"](400, 0.02, 20000, 0.5) == pytest.approx(0.5)
    assert variables["reach"](500, 0.02, 20000, 0.5) == pytest.approx(0.3277, abs=5e-5)
    assert variables["sigma_from_gini"](0.3) == pytest.approx(0.5449, abs=5e-5)
    assert variables["first_period"](700, 0.2, 0.3) == 1
    assert variables["gap"](60, 24) == (36, 2.5)
    assert variables["gap"](60, 0) == (60, None)


def test_the_loop_of_the_example_reaches_what_the_task_says():
    found = inclusion_loop.inclusion(first_cost=700, periods=1)
    assert found.reach == pytest.approx([0.14, 0.42], abs=5e-3)


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


def earns(order, budget_share=0.05, lost_premium=0.3):
    return launch(
        order,
        first_cost=800,
        start=0.005,
        learning_rate=0.20,
        budget_share=budget_share,
        cannibalisation=lost_premium,
        premium_contribution=20,
        developed=Market(36_000, 0.55, 0.4),
        emerging=Market(6_000, 0.8, 3),
    )


def test_the_numbers_of_the_model_answer_come_from_the_model(notebook):
    answer = model_answer(notebook)
    run = earns("emerging_first")
    assert f"falls to {run.cost[3]:.0f} euro" in answer
    assert f"{100 * run.reach[1, 3]:.0f} % of the households" in answer
    for order in ("emerging_first", "both", "developed_first"):
        assert f"{earns(order).value:.1f}" in answer
    assert f"we earn {earns('emerging_first', budget_share=0.03).value:.1f}" in answer
    periods = [earns("emerging_first", budget_share=share).half_reached for share in (0.03, 0.05)]
    assert "from period {}, not {}".format(*periods) in answer


def test_from_a_quarter_of_lost_sales_on_the_other_order_wins():
    for lost, winner in ((0.24, "both"), (0.25, "emerging_first")):
        assert (
            max(("emerging_first", "both"), key=lambda order: earns(order, lost_premium=lost).value) == winner
        )


def test_the_lesson_tells_what_its_cells_print(capsys):
    lesson = read_notebook(FOLDER.parents[1] / "course" / "02_exclusive_to_inclusive.ipynb")
    cells = {cell.id: cell.source for cell in lesson.cells}
    printed, variables = {}, {"data": data}
    worked = ("look-first", "median-and-mean", "count-and-formula", "estimate-code", "loop-code", "gap-code")
    for name in worked:
        exec(cells[name], variables)
        printed[name] = capsys.readouterr().out
    assert "['350,86', " in printed["look-first"]
    assert "[39268.44, 44489.88, 48200.04]" in printed["look-first"]
    assert "39,268 to 48,200" in cells["three-traps"]
    assert "median 490.1 mean 687.28\nabove the mean: 33.9" in printed["median-and-mean"]
    assert "490.10 euro" in cells["reach-formula"]
    assert "687.28. Only 34 per cent" in cells["reach-formula"]
    for row in printed["count-and-formula"].splitlines():
        counted, formula = float(row.split()[-3]), float(row.split()[-1])
        assert counted == pytest.approx(formula, abs=0.01)
    assert "slope -0.353 learning rate 0.217" in printed["estimate-code"]
    assert "0.217" in cells["read-rate"]
    assert [row.split()[-1] for row in printed["loop-code"].splitlines()] == ["0.1", "0.41", "0.88"]
    assert "stops at 41 of 100" in cells["read-loop"]
    gaps = [(row.split()[2], row.split()[4]) for row in printed["gap-code"].splitlines()]
    assert gaps == [("44.0", "23.0"), ("57.0", "6.7"), ("57.8", "3.7"), ("54.0", "2.5")]
    assert "from 23 to 2.5" in cells["card-no-barriers"]


def test_the_lesson_tells_when_half_of_the_emerging_market_can_pay():
    lesson = read_notebook(FOLDER.parents[1] / "course" / "02_exclusive_to_inclusive.ipynb")
    (told,) = (cell.source for cell in lesson.cells if cell.id == "explain-launch")

    def year(order, first_cost):  # the first setting of the panel, but for the design
        return launch(order, first_cost=first_cost, learning_rate=0.25, delay=5, periods=20).half_reached

    dear, cheap = (
        [year(order, cost) for order in ("developed_first", "emerging_first")] for cost in (2400, 800)
    )
    assert "year {} if the rich market comes first, and in year {} if E does".format(*dear) in told
    assert "800 euro it is year {} and year {}".format(*cheap) in told


def test_the_reach_that_the_lesson_calculates_by_hand_is_right():
    z = math.log(600 / 0.05 / 6000) / 0.8
    assert z == pytest.approx(0.87, abs=5e-3)
    assert NormalDist().cdf(z) == pytest.approx(0.81, abs=5e-3)
    assert experience_curve.doublings(0.2, cost_share=0.1) == pytest.approx(10.3, abs=0.05)
    assert 2 ** experience_curve.doublings(0.2, cost_share=0.1) == pytest.approx(1277, abs=1)


# Usual mistakes


def curve(base, sign=1):
    """A student's `unit_cost` with another exponent."""
    return lambda cumulative, first_cost, rate: first_cost * cumulative ** (sign * base(1 - rate))


def sold_out(start_price, learning_rate, target):
    """A loop that compares after the buyers of the period are added."""
    X = 0.01
    for period in range(20):
        price = start_price * (X / 0.01) ** math.log2(1 - learning_rate)
        r = 1 - NormalDist().cdf(math.log(price / 0.05 / 6000) / 0.8)
        X = X + 0.5 * max(0, r - (X - 0.01))
        if target <= X:
            return period
    return None


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("unit_cost", curve(math.log10), "base 2"),
        ("unit_cost", curve(math.log2, -1), "rises with experience"),
        ("unit_cost", lambda x, c, rate: c * (1 - rate) ** x, "every doubling"),
        (
            "learning_rate",
            lambda x, c: None if len(x) < 2 else np.polyfit(np.log(x), np.log(c), 1)[0],
            "slope",
        ),
        ("experience_rate", 0.3315, "since its start"),
        ("experience_rate", 0.2122, "Add up first"),
        ("experience_rate", 0.2036, "nobody reported"),
        ("experience_rate", 20.40, "100 times too large"),
        ("experience_rate", 0.2, "decimals"),
        ("reach", lambda p, a, m, s: NormalDist().cdf(math.log(p / a / m) / s) if p else 1.0, "higher price"),
        ("sigma_from_gini", lambda g: NormalDist().inv_cdf((1 + g) / 2) if 0 <= g < 1 else None, "factor"),
        ("gap", lambda a, b: (a - b, a / b if b else 0), "no answer"),
        ("gap", lambda a, b: a - b, "two stories"),
        ("gap_story", "a", "other measure"),
        ("true_claims", {"a", "b", "d", "f"}, "began first"),
        ("true_claims", {"b", "c", "d", "f"}, "launched first"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("unit_cost", lambda cumulative, first_cost, learning_rate: 80.0),
        ("learning_rate", lambda cumulative, costs: 0.2),
        ("experience_rate", 0.21),
        ("reach", lambda price, budget_share, median_income, sigma: 0.5),
        ("sigma_from_gini", lambda gini: 1.854 * gini if 0 <= gini < 1 else None),
        ("first_period", lambda start_price, learning_rate, target: 6),
        ("first_period", sold_out),
        ("gap", lambda developed, developing: (43, 6.375)),
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
