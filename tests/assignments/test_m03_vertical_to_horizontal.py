"""From vertical to horizontal: what counts as right, and what a student reads after a usual mistake."""

import math
from itertools import permutations
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from marketing4.models import concentration, games, value_net
from marketing4.models.long_tail import long_tail

from autograder import codec
from autograder.key_file import load_key
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m03_vertical_to_horizontal"


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


# Reference values


def test_four_firms_with_half_of_the_market_in_one_hand_have_an_hhi_of_3600(variables):
    assert variables["hhi"]([50, 30, 10, 10]) == pytest.approx(3600)
    assert variables["hhi"]([50, 30, 10, 10], 1) == pytest.approx(0.36)


def test_the_gini_coefficient_stays_below_one_even_if_one_has_all(variables):
    assert variables["gini"]([0, 0, 0, 1]) == pytest.approx(0.75)
    assert variables["gini"]([1, 2, 3, 4]) == pytest.approx(0.25)


def test_the_top_fifth_of_a_zipf_market_of_a_hundred_titles_sells_69_per_cent(variables):
    assert variables["top_share"](variables["zipf_100"]) == pytest.approx(0.6936, abs=5e-5)


def test_concentration_is_that_of_the_course_model(variables):
    units = [12, 0, 7, 3, 88, 41, 5, 9, 1, 30]
    assert variables["hhi"](units) == pytest.approx(concentration.herfindahl(units))
    assert variables["gini"](units) == pytest.approx(concentration.gini(units))
    assert variables["top_share"](units, 0.2) == pytest.approx(concentration.top_share(units, 0.2))


def test_the_dilemma_has_one_equilibrium_the_stag_hunt_two_the_pennies_none(variables):
    def cells(name):
        tables = variables[f"{name}_A"], variables[f"{name}_B"]
        assert variables["nash_pure"](*tables) == games.pure_equilibria(*tables)
        return variables["nash_pure"](*tables)

    assert cells("dilemma") == [(1, 1)]
    assert cells("stag") == [(0, 0), (1, 1)]
    assert cells("pennies") == []


def test_one_fifth_of_patience_holds_the_dilemma_together(variables):
    assert variables["critical_delta"](9, 8, 4) == pytest.approx(games.critical_discount(9, 8, 4))
    assert variables["critical_delta"](9, 8, 4) == pytest.approx(0.2)


def test_shapley_values_of_the_value_net_and_of_the_gloves(variables):
    found = variables["shapley"](variables["value_net"])
    assert found == pytest.approx({"C": 55 / 3, "F": 100 / 3, "P": 25 / 3})
    assert found == pytest.approx(value_net.shapley(variables["value_net"]))
    gloves = {"L": 0, "R": 0, "S": 0, "LR": 1, "LS": 1, "RS": 0, "LRS": 1}
    assert variables["shapley"](gloves) == pytest.approx({"L": 2 / 3, "R": 1 / 6, "S": 1 / 6})


def test_trust_by_class(variables):
    def means(year):
        return variables["class_means"](variables["trust"], year).to_dict()

    assert means("2015") == pytest.approx({"earned": 71.667, "owned": 63, "paid": 51.643}, abs=1e-3)
    assert means("2007")["paid"] == pytest.approx(44.70, abs=5e-3)


def test_text_ads_rose_most_and_newspapers_alone_fell(variables):
    trust = variables["trust"]
    names = variables["riser_and_faller"](trust, "2007", "2015")
    assert names == ("Text ads on mobile phones", "Ads in newspapers")
    change = (trust["2015"] - trust["2007"]).dropna()
    assert (change < 0).sum() == 1
    assert len(change) == 14


def test_the_true_claims_are_true_and_the_false_ones_false(variables):
    trust = variables["trust"].set_index("format")
    assert trust.loc["Branded websites", "2015"] > trust.loc["Consumer opinions posted online", "2015"]
    assert trust.loc["Ads on TV", "2015"] > trust.loc["Ads on TV", "2007"]
    for year in ("2007", "2011", "2013", "2015"):
        assert trust[year].idxmax() == "Recommendations from people I know"
    assert not any("follow" in name.casefold() or "fans" in name.casefold() for name in trust.index)


# What the notebook tells is so


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["hhi"]([3, 1]) == pytest.approx(6250)
    assert variables["hhi"]([3, 1], 1) == pytest.approx(0.625)
    assert variables["gini"]([4, 0, 2]) == pytest.approx(4 / 9)
    dragon = pd.DataFrame({"title": ["Rode Draak", "rode draak", "Rode Draak"], "units": [10, 4, -1]})
    assert variables["units_by_title"](dragon).to_dict() == {"rode draak": 13}
    assert variables["top_share"]([10, 40, 20, 20, 10], 0.4) == pytest.approx(0.6)
    assert variables["nash_pure"]([[3, 0], [0, 2]], [[2, 0], [0, 3]]) == [(0, 0), (1, 1)]
    assert variables["critical_delta"](10, 7, 2) == 0.375
    assert value_net.shapley({"A": 2, "B": 4, "AB": 10}) == pytest.approx({"A": 4, "B": 6})
    paid = pd.DataFrame({"class": ["paid"] * 3, "2015": [40, 20, None]})
    assert variables["class_means"](paid, "2015").to_dict() == {"paid": 30}
    formats = pd.DataFrame({"format": ["a", "b", "c"], "2007": [40, 10, 60], "2015": [52, 20, 55]})
    assert variables["riser_and_faller"](formats, "2007", "2015") == ("a", "c")


def test_the_three_channels_are_as_the_notebook_reads_them(variables, notebook):
    channels = pd.DataFrame(variables["rows"], columns=variables["columns"]).set_index("channel")
    assert channels["titles sold"].tolist() == [60, 200, 200]
    for per_cent, hhi in zip(channels["top 20 titles"] * 100, channels["HHI"], strict=True):
        assert f"{per_cent:.0f} %" in text_of(notebook)
        assert f"{hhi:.0f}" in text_of(notebook)
    assert channels["Gini, all 200"].idxmax() == "shelf"
    assert channels["Gini, titles sold"].idxmax() == "web_reco"


def test_the_case_is_a_dilemma_in_which_the_larger_firm_needs_more_patience(variables, notebook):
    map_A, map_B = variables["map_A"], variables["map_B"]
    assert variables["nash_pure"](map_A, map_B) == [(1, 1)]
    assert (map_A[1][1], map_B[1][1]) == (variables["map_net"]["A"], variables["map_net"]["B"])
    assert map_A[0][0] + map_B[0][0] == variables["map_net"]["AB"]
    assert (variables["critical_delta"](9, 8, 4), variables["critical_delta"](10, 8, 6)) == (0.2, 0.5)
    (answer,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    for value in variables["shapley"](variables["map_net"]).values():
        assert f"{value:.1f}" in answer


def test_tables_in_messages_are_tables_of_the_notebook(compiled, variables):
    for check in compiled["units_by_title"].visible["checks"]:
        (call,) = check["calls"]
        pd.testing.assert_frame_equal(
            codec.decode(call["args"][0]), variables[call["shown"]], check_dtype=False, check_index_type=False
        )
    for check in compiled["nash_pure"].visible["checks"]:
        (call,) = check["calls"]
        assert [codec.decode(arg) for arg in call["args"]] == [
            variables[n] for n in call["shown"].split(", ")
        ]
    for check in compiled["shapley"].visible["checks"]:
        (call,) = check["calls"]
        assert codec.decode(call["args"][0]) == variables[call["shown"]]
    calls = [call for check in compiled["top_share"].visible["checks"] for call in check["calls"]]
    (shown,) = [call for call in calls if "shown" in call]
    assert codec.decode(shown["args"][0]) == variables[shown["shown"]]


def test_the_notebook_tells_the_number_of_hidden_checks_and_points(notebook):
    hidden = sum(exercise.number_of_hidden_checks for exercise in load_key(FOLDER / "key.py"))
    points = sum(
        cell.metadata.nbgrader.points
        for cell in notebook.cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade
    )
    assert f"**{hidden} hidden checks**" in text_of(notebook)
    assert f"{points} points." in text_of(notebook)


def test_the_minutes_of_the_tasks_add_up(notebook):
    minutes = [
        int(line.rsplit(", ", 1)[1].split()[0])
        for cell in notebook.cells
        for line in cell.source.splitlines()
        if line.startswith("## Exercise")
    ]
    assert f"About {sum(minutes)} minutes" in text_of(notebook)


def test_the_model_answer_has_the_length_that_is_asked_for(notebook):
    (text,) = (cell.source for cell in notebook.cells if cell.id == "case-a")
    assert 120 <= len(text.split("### BEGIN SOLUTION")[1].split("### END")[0].split()) <= 180


# Usual mistakes


def gini_unsorted(values):
    if not sum(values):
        return None
    n = len(values)
    return 2 * sum(i * x for i, x in enumerate(values, 1)) / (n * sum(values)) - (n + 1) / n


def gini_that_sorts_its_argument(values):
    values.sort()
    return gini_unsorted(values)


def all_best_for_both(A, B):
    total = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(A, B, strict=True)]
    top = max(max(row) for row in total)
    return [(r, c) for r in range(len(A)) for c in range(len(A[0])) if total[r][c] == top]


def cut_off(units, part=0.2):
    if not sum(units):
        return None
    return sum(sorted(units)[::-1][: max(int(part * len(units)), 1)]) / sum(units)


def fair_thirds(v):
    names = max(v, key=len)
    return {name: v[names] / 3 for name in names}


def gini_that_returns_in_the_loop(values):
    n = len(values)
    if not sum(values):
        return None
    weighted = 0
    for i, x in enumerate(sorted(values), start=1):
        weighted = weighted + i * x
        return 2 * weighted / (n * sum(values)) - (n + 1) / n


def cells_of_the_first_row(A, B):
    found = []
    for row in range(len(A)):
        for column in range(len(A[0])):
            best_of_column = max(line[column] for line in A)
            if A[row][column] == best_of_column and B[row][column] == max(B[row]):
                found.append((row, column))
        return found


def orders_that_never_start_again(v):
    totals = dict.fromkeys(max(v, key=len), 0)
    before = ""
    for order in permutations(totals):
        for player in order:
            after = before + player
            totals[player] += v.get("".join(sorted(after)), 0) - v.get("".join(sorted(before)), 0)
            before = after
    return {player: total / 6 for player, total in totals.items()}


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("hhi", lambda shares, scale=10000: sum(x * x for x in shares) or None, "Divide each by their sum"),
        ("gini", gini_unsorted, "Order matters"),
        ("units_by_title", lambda s: s.groupby("title")["units"].sum(), "Clean the titles"),
        ("top_share", cut_off, "cuts the decimals off"),
        ("nash_pure", all_best_for_both, "change alone"),
        ("critical_delta", lambda T, R, P: (T - R) / (T - P) if R > P else None, "below zero"),
        ("shapley", fair_thirds, "all orders of arrival"),
        ("class_means", lambda t, y: t.fillna(0).groupby("class")[y].mean(), "Blank is not zero"),
        (
            "riser_and_faller",
            lambda t, a, b: tuple(t.set_index("format")[b].astype(float).agg(["idxmax", "idxmin"])),
            "*changed* most",
        ),
        ("f_factor_claims", {"a", "b", "c", "f"}, "Claim b"),
        ("gini", gini_that_returns_in_the_loop, "after one value"),
        ("nash_pure", cells_of_the_first_row, "after the first row"),
        ("shapley", orders_that_never_start_again, "begins with nobody"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("hhi", lambda shares, scale=10000: 3600.0),
        ("gini", gini_that_sorts_its_argument),
        ("units_by_title", lambda s: s.set_index("title")["units"]),
        ("top_share", lambda units, part=0.2: 0.8),
        ("nash_pure", lambda A, B: [(1, 1)]),
        ("critical_delta", lambda T, R, P: 0.2),
        ("shapley", lambda v: {"F": 100 / 3, "C": 55 / 3, "P": 25 / 3}),
        ("class_means", lambda t, y: t.groupby("class")["2015"].mean()),
        ("riser_and_faller", lambda t, a, b: ("Text ads on mobile phones", "Ads in newspapers")),
        ("f_factor_claims", {"a", "b", "c", "d", "e", "f", "g"}),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


def test_lists_and_pairs_are_both_taken_for_cells(compiled):
    def as_lists(A, B):
        return [list(cell) for cell in games.pure_equilibria(A, B)]

    assert verdict_on(compiled, "nash_pure", as_lists).state == "right"


def test_a_rounded_gini_is_seen_before_it_is_submitted(compiled):
    def rounded(values):
        found = gini_unsorted(sorted(values))
        return None if found is None or math.isnan(found) else round(found, 2)

    assert verdict_on(compiled, "gini", rounded).state != "right"


# What the lesson tells is so


def lesson_text():
    lesson = Path(__file__).parents[2] / "course" / "03_vertical_to_horizontal.ipynb"
    return text_of(nbformat.read(lesson, as_version=4))


def test_the_lesson_reads_the_two_forces_from_the_model():
    run = long_tail(exponent=1.0, titles=1000, shelf=100, recommendation=0.5, listed=10)
    shelf, web, followed = (f"{100 * run.head(channel):.0f} %" for channel in ("shelf", "web", "recommended"))
    assert f"{shelf} of the sales on the shelf, {web} on the web, and {followed}" in lesson_text()


def test_the_lesson_divides_the_net_of_shop_fans_and_printer_as_the_model_does():
    net = {"S": 12, "FS": 30, "PS": 24, "FPS": 48}
    assert value_net.shapley(net) == pytest.approx({"S": 29, "F": 11, "P": 8})
    assert "29 + 11 + 8 = 48" in lesson_text()
    assert value_net.added_values(net) == pytest.approx({"S": 48, "F": 24, "P": 18})
    assert "48, 24 and 18: together 90" in lesson_text()


def test_the_lesson_quotes_trust_as_the_table_has_it(variables):
    trust = variables["trust"].set_index("format")
    tv = trust.loc["Ads on TV"]
    assert (tv["2007"] - tv["2011"], tv["2015"] - tv["2007"]) == (9, 7)
    assert "falls by 9 points, from 2007 to 2015 it *rises* by 7" in lesson_text()
    for row, share in {
        "Recommendations from people I know": 83,
        "Branded websites": 70,
        "Consumer opinions posted online": 66,
    }.items():
        assert trust.loc[row, "2015"] == share
        assert f"{share} %" in lesson_text()
