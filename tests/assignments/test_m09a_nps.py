"""NPS without mistakes: its reference values, what beginners read after a usual mistake, what is refused."""

import math
import random
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from marketing4.models import nps as model

from autograder import codec
from autograder.key_file import load_key
from autograder.verifying import evaluate

FOLDER = Path(__file__).parents[2] / "source" / "m09a_nps"
TEN_ANSWERS = [10, 9, 10, 9, 9, 7, 8, 7, 3, 0]


def verdict_on(compiled, exercise, answer):
    found = compiled[exercise]
    return evaluate(found, found.reference | {found.source.target: answer})


def text_of(notebook, cell_id):
    return next(cell.source for cell in notebook.cells if cell.id == cell_id)


# Reference values


def test_50_promoters_30_passives_20_detractors_have_an_nps_of_30(variables):
    scores = [10] * 50 + [7] * 30 + [6] * 20
    assert variables["nps"](scores) == 30.0
    assert variables["nps_se"](50, 30, 20) == pytest.approx(7.81025, abs=1e-5)
    assert variables["nps_ci"](50, 30, 20) == pytest.approx((14.6922, 45.3078), abs=1e-4)
    assert variables["nps_ci_adj"](50, 30, 20) == pytest.approx((14.0511, 44.2013), abs=1e-4)
    assert variables["nps_boot"](scores, 10_000, 1) == pytest.approx((15, 45), abs=2)


def test_four_of_thirteen_minus_two_of_thirteen_is_rounded_by_nobody(variables):
    assert variables["nps"]([9] * 4 + [8] * 7 + [0] * 2) == pytest.approx(15.385, abs=1e-3)


def test_ten_promoters_have_no_wald_interval_to_speak_of(variables):
    assert variables["nps_ci"](10, 0, 0) == (100, 100)
    assert variables["nps_ci_adj"](10, 0, 0) == pytest.approx((47.50, 100), abs=0.01)


def test_same_nps_different_brand(variables):
    assert variables["nps_se"](45, 10, 45) == pytest.approx(9.48683, abs=1e-5)
    assert variables["nps_se"](10, 80, 10) == pytest.approx(4.47214, abs=1e-5)


@pytest.mark.parametrize(("margin", "variance", "n"), [(10, 0.61, 235), (5, 0.61, 938), (5, 1, 1537)])
def test_a_smaller_margin_takes_more_answers(variables, margin, variance, n):
    assert variables["n_needed"](margin, variance) == n


def test_the_survey_has_800_valid_answers_and_says_why_200_rows_are_left_out(variables):
    score, n, excluded = variables["clean_scores"](variables["survey"])
    assert (score, n) == (32.0, 800)
    assert excluded == {"other scale": 80, "repeated": 22, "blank": 50, "invalid": 48}
    line = variables["report"](score, n, excluded)
    assert "n = 800" in line
    assert "80 (other scale)" in line


def test_the_solutions_agree_with_the_course_s_model(variables):
    rng = np.random.default_rng(20)
    for counts in rng.integers(1, 60, (50, 3)).tolist():
        estimate = model.estimate(*counts)
        assert variables["nps_se"](*counts) == pytest.approx(estimate.standard_error)
        assert variables["nps_ci"](*counts) == pytest.approx(estimate.wald_cut, abs=1e-4)
        assert variables["nps_ci_adj"](*counts) == pytest.approx(estimate.adjusted_cut, abs=1e-4)
    for score in (0, 6, 7, 8, 9, 10, 11, -1, 8.5, 9.0, None, math.nan, "9,0"):
        assert variables["categorise"](score) == model.categorise(score)


def test_the_examples_in_the_tasks_are_true(variables):
    assert variables["categorise"](3) == "detractor"
    assert variables["categorise"](12) is None
    assert variables["nps"]([10, 8, 2, 9]) == variables["nps"]([10, 8, 2, 9, None]) == 25.0
    assert variables["nps_se"](12, 5, 3) == pytest.approx(16.5454, abs=5e-5)
    assert variables["nps_ci"](12, 5, 3) == pytest.approx((12.57, 77.43), abs=5e-3)
    assert variables["nps_ci_adj"](12, 5, 3) == pytest.approx((8.43, 69.83), abs=5e-3)
    assert variables["n_needed"](8, 0.75) == 451
    assert variables["nps_boot"]([10, 10, 10, 9, 7, 7, 2, 2], 10_000, 4) == pytest.approx((-37.5, 75.0))
    table = pd.DataFrame({"resp_id": list("abcd"), "score": ["9", "6", None, "10"], "note": [None] * 4})
    table.loc[3, "note"] = "scale=1-10"
    excluded = {"other scale": 1, "repeated": 0, "blank": 1, "invalid": 0}
    assert variables["clean_scores"](table) == (0.0, 2, excluded)
    line = "NPS 12.3 points, n = 65. Left out: 4 (other scale), 9 (blank)."
    assert (
        variables["report"](12.3077, 65, {"other scale": 4, "repeated": 0, "blank": 9, "invalid": 0}) == line
    )


# Usual mistakes, by the value that they give


def right_but_for(compiled, exercise, case, value):
    """A function that is right, but for one visible case in which it gives `value`."""
    found = compiled[exercise]
    function = found.reference[found.source.target]
    wrong = found.visible["checks"][case]["calls"][0]["args"]
    return lambda *args: value if [codec.encode(arg) for arg in args] == wrong else function(*args)


@pytest.mark.parametrize(
    ("exercise", "case", "value", "words"),
    [
        ("categorise", 1, "promoter", "Is an 8 a fan?"),
        ("categorise", 3, "passive", "where the lowest group ends"),
        ("categorise", 11, "promoter", "highest possible answer"),
        ("nps", 0, 300 / 7, "missing from the denominator"),
        ("nps", 0, 0.3, "not a share"),
        ("nps", 0, -30.0, "sign should a loved brand get"),
        ("nps", 0, 60.0, "A 7 or an 8 is no fan"),
        ("nps", 1, 300 / 11, "A blank is no answer"),
        ("nps", 0, 50.0, "What about the critics?"),
        ("nps", 0, sum(TEN_ANSWERS) / 10, "not an average grade"),
        ("nps", 2, 16.0, "Round last"),
        ("nps", 0, "30%", "Return a number"),
        ("nps_se", 0, 6.403124237, "not independent: one person cannot be both"),
        ("nps_se", 0, 0.078102497, "same unit as the NPS"),
        ("nps_se", 0, 5.0, "two shares, not one"),
        ("nps_se", 0, 7.849596, "Divide by n"),
        ("nps_ci", 0, (17.1521, 42.8479), "95 % has two sides"),
        ("nps_ci", 0, (14.3795, 45.6205), "rule of thumb"),
        ("nps_ci", 2, (76.8522, 103.1478), "No NPS is above 100"),
        ("nps_ci_adj", 2, (47.5036, 106.3425), "The scale of an NPS ends somewhere"),
        ("nps_ci_adj", 0, (14.6922, 45.3078), "interval of exercise 4"),
        ("n_needed", 0, 384, "known by heart"),
        ("n_needed", 0, 97, "not that of one share"),
        ("n_needed", 2, 2160, "one answer too few"),
        ("nps_boot", 0, (37.5, 100.0), "as many as in the survey"),
        ("report", 0, "NPS 40.0 points. Left out: 3 (repeated), 1 (blank).", "How many answers stand behind"),
    ],
)
def test_a_usual_wrong_value_gets_its_hint(compiled, exercise, case, value, words):
    verdict = verdict_on(compiled, exercise, right_but_for(compiled, exercise, case, value))
    assert verdict.state in ("wrong", "partly")
    assert words.casefold() in verdict.hint.casefold()
    assert verdict.earned < verdict.points


@pytest.mark.parametrize(
    "wrong",
    [
        lambda score: None if score in range(1, 6) else model.categorise(score),
        lambda score: "detractor" if score == -1 else model.categorise(score),
        lambda score: model.categorise(int(score)),
    ],
    ids=["(0, 6) for 0 to 6", "-1 counts", "int cuts 8.5"],
)
def test_a_wrong_border_shows_before_the_next_exercise_depends_on_it(compiled, wrong):
    assert not verdict_on(compiled, "categorise", wrong).visible_pass


@pytest.mark.parametrize("exercise", ["nps", "nps_se", "nps_ci", "nps_ci_adj", "n_needed"])
def test_no_answer_is_a_visible_case(compiled, exercise):
    expected = [check["calls"][0]["expected"] for check in compiled[exercise].visible["checks"]]
    assert expected.count(None) == 1


def counters_begin_in_the_loop(scores):
    n = 0
    for score in scores:
        balance, n = 0, 0
        if model.categorise(score) is not None:
            n = n + 1
        if model.categorise(score) == "promoter":
            balance = balance + 1
        if model.categorise(score) == "detractor":
            balance = balance - 1
    return 100 * balance / n if n else None


@pytest.mark.parametrize(
    ("exercise", "answer", "words"),
    [
        ("categorise", lambda score: "promoter", "score in (9, 10)"),
        ("categorise", lambda score: model.categorise(score) if score else None, "0 is an answer"),
        ("categorise", lambda score: model.categorise(score) or "None", "without quotation marks"),
        ("nps", counters_begin_in_the_loop, "before the loop"),
        ("nps", lambda scores: 0.0 if scores else None, "holds numbers, no words"),
        ("nps_ci", lambda *counts: (-100, 100) if sum(counts) else None, "`min` and `max` are exchanged"),
        ("n_needed", lambda margin, variance: variance * (196 / margin) ** 2, "rounded up?"),
    ],
)
def test_a_beginner_s_slip_is_told_in_plain_words(compiled, exercise, answer, words):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert words in verdict.hint


def test_who_rescales_another_scale_is_asked_whether_it_is_the_same_question(compiled):
    mistakes = {wrong.name: wrong.give for wrong in compiled["clean_scores"].source.misconceptions}
    verdict = verdict_on(compiled, "clean_scores", mistakes["rescales_silently"])
    assert verdict.misconception == "rescales_silently"
    assert "same answer on a scale without a 0" in verdict.hint


def test_each_claim_has_a_hint_of_its_own(compiled):
    hints = {letter: verdict_on(compiled, "claims", {"b", "e"} ^ {letter}).hint for letter in "abcdef"}
    assert len(set(hints.values())) == 6
    assert "which sign does a loved brand get" in hints["a"]
    assert verdict_on(compiled, "claims", {"E", "B"}).state == "right"
    assert verdict_on(compiled, "claims", {"b"}).state != "right"


def test_who_draws_everybody_once_is_told_that_it_is_the_same_sample(compiled):
    def without_replacement(scores, resamples, seed):
        if not scores:
            return None
        source = random.Random(seed)
        drawn = [source.sample(scores, len(scores)) for _ in range(20)]
        estimates = [model.estimate(*model.count_categories(answers)).score for answers in drawn]
        return float(np.percentile(estimates, 2.5)), float(np.percentile(estimates, 97.5))

    verdict = verdict_on(compiled, "nps_boot", without_replacement)
    assert "The same sample again?" in verdict.hint


def test_an_interval_that_changes_from_run_to_run_is_noticed(compiled):
    def without_seed(scores, resamples, seed):
        if not scores:
            return None
        draws = np.random.default_rng().choice(scores, (resamples, len(scores)))
        estimates = 100 * ((draws >= 9).mean(axis=1) - (draws <= 6).mean(axis=1))
        return tuple(np.percentile(estimates, [2.5, 97.5]))

    verdict = verdict_on(compiled, "nps_boot", without_seed)
    assert "Would another person get the same interval?" in verdict.hint


# Other wrong answers


def drops_the_first_answer(scores):
    valid = [score for score in scores if model.categorise(score)][1:]
    return 100 * (sum(s >= 9 for s in valid) - sum(s <= 6 for s in valid)) / len(valid) if valid else None


def with_t_instead_of_z(promoters, passives, detractors):
    if promoters + passives + detractors == 0:
        return None
    found = model.estimate(promoters, passives, detractors)
    return max(-100, found.score - 2.09 * found.standard_error), min(
        100, found.score + 2.09 * found.standard_error
    )


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("categorise", lambda score: {9: 1, 10: 1, 7: 0, 8: 0}.get(score, -1)),
        ("categorise", lambda score: model.categorise(None if score == 5 else score)),
        ("nps", drops_the_first_answer),
        ("nps", lambda scores: 30.0),
        ("nps_se", lambda promoters, passives, detractors: promoters / 6.4),
        ("nps_se", lambda promoters, passives, detractors: round(7.81025, 2)),
        ("nps_ci", with_t_instead_of_z),
        ("nps_ci", lambda promoters, passives, detractors: "14.7 to 45.3"),
        ("nps_ci_adj", with_t_instead_of_z),
        ("nps_ci_adj", lambda promoters, passives, detractors: (-100, 100)),
        ("n_needed", lambda margin, variance: math.ceil(variance * 38415 / margin)),
        ("n_needed", lambda margin, variance: 235),
        ("claims", set()),
        ("claims", "be"),
        ("claims", True),
        ("nps_boot", lambda scores, resamples, seed: (-10.0, 40.0)),
        ("nps_boot", lambda scores, resamples, seed: [scores, resamples, seed]),
        ("clean_scores", lambda table: (32.0, 800, {"other scale": 80})),
        ("clean_scores", lambda table: table.dropna()),
        ("report", lambda score, n, excluded: f"NPS {score:.1f} (n = {n})"),
        ("report", lambda score, n, excluded: [score, n, excluded]),
    ],
)
def test_another_wrong_answer_is_not_accepted(compiled, exercise, answer):
    verdict = verdict_on(compiled, exercise, answer)
    assert verdict.state in ("wrong", "partly")
    assert verdict.earned < verdict.points


def test_all_good_ways_to_resample_end_at_the_same_scores(compiled, variables):
    """The cases of the bootstrap lie so that no seed of any right answer leaves the tolerance."""
    found = compiled["nps_boot"]
    for check in [*found.visible["checks"], *found.hidden]:
        for call in check["calls"]:
            scores, resamples, _ = (codec.decode(arg) for arg in call["args"])
            if not scores:
                continue
            expected = codec.decode(call["expected"])
            tolerance = call.get("abs", found.source.comparison.abs)
            for seed in range(20):
                assert variables["nps_boot"](scores, resamples, seed) == pytest.approx(
                    expected, abs=tolerance
                )


# The notebook keeps its word


def test_the_notebook_tells_the_number_of_hidden_checks_and_how_points_are_shared(notebook):
    exercises = load_key(FOLDER / "key.py")
    hidden_points = sum(exercise.points_behind_hidden_checks for exercise in exercises)
    visible_points = sum(exercise.points for exercise in exercises) - hidden_points
    by_hand = next(cell for cell in notebook.cells if cell.id == "case-answer").metadata.nbgrader.points
    intro = text_of(notebook, "title")
    assert f"**{sum(exercise.number_of_hidden_checks for exercise in exercises)} hidden checks**" in intro
    assert f"The checks that you see give {visible_points:g} points" in intro
    assert f"They give {hidden_points:g} points" in intro
    assert f"up to {by_hand} points" in intro
    assert f"{visible_points + hidden_points + by_hand:g} points.*" in intro


def test_the_headings_tell_points_and_minutes_that_add_up(notebook):
    pattern = re.compile(r"^## Exercise (\d+): .*\((\d+) points?, (\d+) minutes\)$", re.MULTILINE)
    found = pattern.findall("\n".join(cell.source for cell in notebook.cells))
    assert [int(number) for number, _, _ in found] == list(range(1, 12))
    assert sum(int(points) for _, points, _ in found) == 30
    minutes = sum(int(minutes) for _, _, minutes in found)
    assert f"About {minutes} minutes if Python is new to you" in text_of(notebook, "title")


def test_tables_in_messages_are_tables_of_the_notebook(compiled, variables):
    shown = [check["calls"][0] for check in compiled["clean_scores"].visible["checks"]]
    assert [call["shown"] for call in shown] == ["small_survey", "two_reasons", "survey"]
    for call in shown:
        columns = ["resp_id", "score", "note"]
        pd.testing.assert_frame_equal(codec.decode(call["args"][0]), variables[call["shown"]][columns])


def test_the_model_answer_keeps_to_the_words_and_numbers_asked_for(notebook, variables):
    answer = text_of(notebook, "case-answer").split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
    assert 80 <= len(answer.split()) <= 100
    low, high = variables["nps_ci"](452, 152, 196)
    assert (round(low), round(high)) == (26, 38)
    assert "from 26 to 38" in answer
