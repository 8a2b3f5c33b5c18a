"""From individual to social: what counts as right, and what a student reads after a usual mistake."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from marketing4 import data
from marketing4.models import cascade, conformity, crowd, music_worlds

from autograder import codec
from autograder.key_file import load_key
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m05_individual_to_social"


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, {**found.reference, found.source.target: answer})


# Reference values


def test_four_guests_are_badly_off_and_their_mean_is_not(variables):
    assert variables["decompose"]([40, 50, 60, 90], 55) == (25, 375, 350)
    model = crowd.decompose([12, 19, 40], 22)
    expected = (model.collective_error, model.average_error, model.diversity)
    assert variables["decompose"]([12, 19, 40], 22) == pytest.approx(expected)


def test_a_thousand_people_who_share_much_are_three(variables):
    assert variables["n_eff"](100, 0.1) == pytest.approx(9.1743, abs=5e-5)
    assert variables["n_eff"](1000, 0.3) == pytest.approx(3.3256, abs=5e-5)


@pytest.mark.parametrize(("p", "chance"), [(0.55, 0.56645), (0.6, 12 / 19), (0.7, 0.75316), (0.8, 6 / 7)])
def test_a_long_queue_is_right_as_often_as_in_the_paper(variables, p, chance):
    assert variables["p_correct"](p) == pytest.approx(chance, abs=5e-6)
    assert variables["p_correct"](p) == pytest.approx(cascade.p_correct(p))


def test_the_simulated_queue_agrees_with_the_formula(variables):
    assert variables["simulate"](0.7, 10, 20_000, 3) == pytest.approx(variables["p_correct"](0.7), abs=0.02)


def test_two_guests_are_no_better_than_one(variables):
    assert variables["simulate"](0.7, 2, 20_000, 3) == pytest.approx(0.7, abs=0.02)


def test_asch_would_hardly_see_anyone_who_never_yields(variables):
    assert variables["p_never"](0.368, 12) == pytest.approx(0.0040607, abs=1e-6)
    assert variables["p_never"](0.368, 12) == pytest.approx(conformity.p_never(0.368, 12))
    assert 0.24 / variables["p_never"](0.368, 12) == pytest.approx(59, abs=0.5)


def test_the_worlds_are_measured_as_in_the_course_model(variables):
    table = variables["influence_worlds"]
    wide = table.pivot(index="world", columns="song", values="downloads")
    ginis, gap = variables["compare_worlds"](table)
    assert list(ginis.values()) == pytest.approx(music_worlds.gini_per_world(wide))
    assert gap == pytest.approx(music_worlds.unpredictability(wide))


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["decompose"]([10, 20, 30], 25) == pytest.approx((25, 91.67, 66.67), abs=5e-3)
    assert variables["n_eff"](20, 0.5) == pytest.approx(1.904762, abs=5e-7)
    assert variables["p_correct"](0.9) == pytest.approx(0.93956, abs=5e-7)
    assert variables["simulate"](0.9, 4, 30_000, 1) == pytest.approx(0.93, abs=0.005)
    assert variables["p_never"](0.2, 3) == pytest.approx(0.512)
    downloads = {"a": (6, 3, 1), "b": (3, 1, 1)}
    rows = [
        (world, song, n) for world, counts in downloads.items() for song, n in zip("xyz", counts, strict=True)
    ]
    ginis, gap = variables["compare_worlds"](pd.DataFrame(rows, columns=["world", "song", "downloads"]))
    assert ginis == pytest.approx({"a": 0.3333, "b": 0.2667}, abs=5e-5)
    assert gap == pytest.approx(0.0667, abs=5e-5)
    rounds = pd.DataFrame({"condition": "x", "round": [1, 1, 2, 2], "guess": [40, 60, 44, 52], "truth": 55})
    assert variables["by_round"](rounds, "x") == {1: (10, 5), 2: (4, 7)}


def test_what_the_reading_aids_say_is_true(variables):
    assert variables["simulate"](0.6, 20, 5_000, 1) == pytest.approx(variables["p_correct"](0.6), abs=0.015)
    assert crowd.condorcet(0.6, 101) == pytest.approx(0.98, abs=0.005)
    ginis, _ = variables["compare_worlds"](variables["songs"])
    assert min(ginis, key=ginis.get) == "indep"


@pytest.mark.parametrize("condition", ["mean", "full"])
def test_who_sees_others_agrees_more_and_is_not_nearer_to_the_truth(variables, condition):
    rounds = variables["by_round"](variables["guesses"], condition)
    assert rounds[5][0] < 0.3 * rounds[1][0]
    assert rounds[5][1] > rounds[1][1]


def test_who_sees_nothing_keeps_the_spread(variables):
    rounds = variables["by_round"](variables["guesses"], "none")
    assert rounds[5][0] > 0.9 * rounds[1][0]


def test_the_model_answer_tells_what_the_songs_show(variables, notebook):
    shares = variables["shares"]
    hits = shares.drop(columns="indep").idxmax()
    places = shares.rank(ascending=False, method="min").loc[shares["indep"].idxmax()].drop("indep")
    ginis, _ = variables["compare_worlds"](variables["songs"])
    seen = [gini for world, gini in ginis.items() if world != "indep"]
    (text,) = (cell.source for cell in notebook.cells if cell.id == "case-answer")
    assert hits.nunique() == 7
    assert "seven different hits" in text
    assert f"from {min(places):.0f} to {max(places):.0f}" in text
    assert f"{ginis['indep']:.2f} without" in text
    assert f"between {min(seen):.2f} and {max(seen):.2f}" in text


def test_many_different_hits_prove_little_and_the_gaps_between_worlds_prove_more(variables):
    wide = variables["songs"].pivot(index="world", columns="song", values="downloads")
    influence = music_worlds.unpredictability(wide.drop(index="indep"))
    alone = wide.loc["indep"] / wide.loc["indep"].sum()
    draws = [np.random.default_rng(seed).multinomial(700, alone, size=8) for seed in range(200)]
    assert np.mean([len(set(draw.argmax(axis=1))) for draw in draws]) == pytest.approx(5, abs=0.4)
    assert max(music_worlds.unpredictability(draw) for draw in draws) < 0.7 * influence


# A right answer of a simulation never fails


@pytest.mark.parametrize("p", [0.55, 0.6, 0.7, 0.74, 0.79, 0.84])
def test_the_acceptance_of_a_simulation_is_five_standard_deviations_wide(compiled, p):
    spec = compiled["simulate"].visible
    calls = [call for check in spec["checks"] for call in check["calls"]]
    settings = [(*[codec.decode(arg) for arg in call["args"]], call.get("abs", 0.025)) for call in calls]
    hidden = [(0.74, 3), (0.84, 3), (0.6, 6), (0.55, 1)]
    settings += [(accuracy, guests, 20_000, 0, 0.025) for accuracy, guests in hidden]
    for accuracy, guests, runs, _, tolerance in settings:
        if accuracy != p or guests == 0:
            continue
        right = cascade.p_correct(p) if guests > 3 else p + (p * (1 - p) * (p - 0.5) if guests == 3 else 0)
        # After an even number of guests the rest is open with a small chance; 0.25 bounds the variance.
        variance = right * (1 - right) if guests <= 3 else 0.24
        assert tolerance >= 5 * math.sqrt(2 * variance / runs)


# Usual mistakes


def play(p, guests, runs, seed, count):
    """Queues by the rule of the task; `count` says which of a queue's choices count."""
    rng = np.random.default_rng(seed)
    total = 0
    for _ in range(runs):
        choices = []
        for _ in range(guests):
            votes = sum(choices) + (1 if rng.random() < p else -1)
            choices.append(int(np.sign(votes)) or (1 if rng.random() < 0.5 else -1))
        total += count(choices)
    return total / runs


def guarded(count):
    return lambda p, guests, runs, seed: play(p, guests, runs, seed, count) if guests and runs else None


def right_queues(p, guests, runs, seed):
    """How many queues end right: a number, and not yet a share."""
    return round(runs * play(p, guests, runs, seed, lambda choices: choices[-1] == 1))


def first_guest_only(guesses, truth):
    n, mean = len(guesses), sum(guesses) / len(guesses)
    for guess in guesses:
        return (mean - truth) ** 2, (guess - truth) ** 2 / n, (guess - mean) ** 2 / n


def eight_worlds(table):
    wide = table.pivot(index="world", columns="song", values="downloads")
    ginis = music_worlds.gini_per_world(wide)
    return dict(zip(wide.index, map(float, ginis), strict=True)), music_worlds.unpredictability(wide)


def with_n(table, condition):
    part = table[table["condition"] == condition].groupby("round")
    return {n: (g["guess"].std(ddof=0), abs(g["guess"].mean() - g["truth"].iloc[0])) for n, g in part}


def widest_shares(table):
    wide = table.pivot(index="song", columns="world", values="downloads")
    return {w: float(wide[w].max() / wide[w].sum()) for w in wide}, None


def last_world_wins(table):
    for world in table["world"].unique():
        part = table[table["world"] == world]["downloads"].sort_values().to_numpy()
        places = np.arange(1, len(part) + 1)
        ginis = {world: float((2 * places - len(part) - 1) @ part / (len(part) * part.sum()))}
    wide = table.pivot(index="song", columns="world", values="downloads")
    shares = (wide / wide.sum()).to_numpy().T
    gaps = [np.abs(a - b).mean() for i, a in enumerate(shares) for b in shares[:i]]
    return ginis, float(np.mean(gaps)) if gaps else None


def pandas_spread(table, condition):
    part = table[table["condition"] == condition].groupby("round")
    return {n: (g["guess"].std(), abs(g["guess"].mean() - g["truth"].iloc[0])) for n, g in part}


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        (
            "decompose",
            lambda g, t: (
                ((np.mean(g) - t) ** 2, np.mean((np.array(g) - t) ** 2), np.var(g, ddof=1))
                if len(g) > 1
                else ((g[0] - t) ** 2, (g[0] - t) ** 2, 0)
                if g
                else None
            ),
            "needs n",
        ),
        ("decompose", lambda g, t: first_guest_only(g, t) if g else None, "far left as `for`"),
        ("n_eff", lambda n, rho: n * (1 - rho) if n > 0 and 0 <= rho <= 1 else None, "all say the same"),
        ("p_correct", lambda p: p**3 + 3 * p**2 * (1 - p) if 0 <= p <= 1 else None, "do not vote"),
        ("p_correct", lambda p: p**2 / (p**2 + (1 - p) ** 2) if 0 <= p <= 1 else None, "tie"),
        ("simulate", guarded(lambda choices: choices[0] == 1), "about p"),
        ("simulate", guarded(lambda choices: choices.count(1) / len(choices)), "Whose choice"),
        ("simulate", guarded(lambda choices: choices[-1]), "Count the 1s"),
        ("simulate", lambda p, n, runs, seed: right_queues(p, n, runs, seed) if n else None, "makes a share"),
        (
            "simulate",
            lambda p, n, runs, seed: right_queues(p, n, runs, seed) / n if n else None,
            "of the queues",
        ),
        ("compare_worlds", last_world_wins, "before the loop"),
        ("compare_worlds", lambda table: eight_worlds(data.load("music_worlds")), "measures `songs`"),
        ("p_never", lambda p, k: p**k if 0 <= p <= 1 else None, "every time"),
        ("p_never", lambda p, k: (1 - p) ** k if 0 < p < 1 else None, "chances too"),
        ("asch", "a", "chance"),
        ("by_round", pandas_spread, "ddof=0"),
        ("by_round", lambda table, condition: {}, "quotation marks"),
        ("by_round", lambda table, condition: with_n(table, "mean"), "name `condition`"),
        ("narrower", "a", "move to the truth"),
    ],
)
def test_a_usual_mistake_is_named(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert verdict.earned < verdict.points
    assert words in verdict.hint


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("decompose", lambda guesses, truth: (25.0, 375.0, 350.0)),
        ("n_eff", lambda n, rho: 9.174311926605505),
        ("p_correct", lambda p: 12 / 19),
        ("simulate", lambda p, guests, runs, seed: cascade.p_correct(p) if 0.5 <= p <= 1 and runs else None),
        ("simulate", guarded(lambda choices: sum(choices) > 0 and choices[0] == 1)),
        ("compare_worlds", widest_shares),
        ("asch", "never"),
        ("narrower", {"b", "c"}),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state != "right"
    assert verdict.earned < verdict.points


def test_a_slow_list_of_choices_is_right_too(compiled):
    verdict = verdict_on(compiled, "simulate", guarded(lambda choices: choices[-1] == 1))
    assert verdict.state == "right"


# The notebook keeps its word


@pytest.mark.parametrize("exercise", ["compare_worlds", "by_round"])
def test_tables_in_messages_are_tables_of_the_notebook(compiled, variables, exercise):
    for check in compiled[exercise].visible["checks"]:
        (call,) = check["calls"]
        name = call["shown"].split(",")[0]
        if "." in name or "order" in check["name"]:
            continue
        told = codec.decode(call["args"][0])
        columns = list(variables[name].columns.intersection(told.columns))
        pd.testing.assert_frame_equal(
            told[sorted(columns)],
            variables[name][sorted(columns)],
            check_dtype=False,
            check_index_type=False,
        )


def test_the_notebook_tells_the_number_of_hidden_checks_and_points(notebook):
    exercises = load_key(FOLDER / "key.py")
    hidden = sum(exercise.number_of_hidden_checks for exercise in exercises)
    behind = sum(exercise.points_behind_hidden_checks for exercise in exercises)
    seen = sum(exercise.points for exercise in exercises) - behind
    points = sum(
        cell.metadata.nbgrader.points
        for cell in notebook.cells
        if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade
    )
    assert f"**{hidden} hidden checks**" in text_of(notebook)
    assert f"give {seen:g} points" in text_of(notebook)
    assert f"They give {behind:g} points" in text_of(notebook)
    assert f"{points} points." in text_of(notebook)


def test_the_model_answer_has_the_length_that_is_asked_for(notebook):
    (text,) = (cell.source for cell in notebook.cells if cell.id == "case-answer")
    assert 120 <= len(text.split("### BEGIN SOLUTION")[1].split("### END")[0].split()) <= 180


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)
