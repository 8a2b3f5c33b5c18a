"""From what happened to points, one sentence and at most one hint."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import feedback
from autograder.authoring import Comparison, exercise
from autograder.codec import encode
from autograder.judge import judge


@pytest.fixture
def nps_check(compiled, nps_exercise, solution):
    return compiled(nps_exercise, solution)


def by_name(made, name):
    return next(wrong.give for wrong in made.misconceptions if wrong.name == name)


def test_the_right_answer_earns_what_is_visible_and_with_the_hidden_checks_all(nps_check, judged, solution):
    assert judged(nps_check, solution).earned == 2.0
    assert judged(nps_check, solution, hidden=True).earned == 3.0
    assert judged(nps_check, solution, hidden=True).state == "right"


def test_every_alternative_earns_all(nps_check, judged, nps_exercise):
    for answer in nps_exercise.alternatives:
        assert judged(nps_check, answer.give, hidden=True).earned == 3.0


@pytest.mark.parametrize("hidden", [False, True])
def test_each_misconception_is_recognised_and_gets_its_own_hint(nps_check, judged, nps_exercise, hidden):
    for wrong in nps_exercise.misconceptions:
        verdict = judged(nps_check, wrong.give, hidden)
        assert (verdict.misconception, verdict.hint) == (wrong.name, wrong.hint)
        assert verdict.earned < verdict.points


def test_points_are_shared_equally_among_the_checks_of_a_part(nps_check, judged, nps_exercise):
    verdict = judged(nps_check, by_name(nps_exercise, "no_care_for_nobody"))
    assert [check.passed for check in verdict.checks] == [True, True, False]
    assert verdict.earned == pytest.approx(2 * 2 / 3, abs=0.005)
    assert verdict.state == "partly"


def test_an_empty_function_earns_nothing_for_cases_without_an_answer(nps_check, judged):
    for hidden in (False, True):
        verdict = judged(nps_check, lambda scores: None, hidden)
        assert verdict.earned == 0.0
        assert any(check.passed for check in verdict.checks)


def test_a_part_in_which_every_answer_is_none_earns_only_with_the_other_part(compiled, judged):
    made = exercise("f", points=3, call="f")
    made.case(1)
    made.hidden_case(0, name="nothing")
    one = compiled(made, lambda x: x or None)
    assert judged(one, lambda x: None, hidden=True).earned == 0.0
    assert judged(one, lambda x: x or None, hidden=True).earned == 3.0


@given(
    st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 2)),
    st.floats(0, 1),
    st.lists(st.booleans(), min_size=1, max_size=5),
    st.lists(st.booleans(), max_size=5),
)
def test_points_are_a_plain_number_between_none_and_all(points, share, visible, secret):
    def checks(passes, name):
        return [{"name": f"{name} {n}", "calls": [{"args": [], "expected": 1}]} for n, _ in enumerate(passes)]

    def rows(passes):
        return [[{"returned": 1 if passed else 2}] for passed in passes]

    spec = {
        "name": "f",
        "title": "F",
        "points": points,
        "hidden_points": round(points * share, 2) if secret else 0.0,
        "kind": "call",
        "target": "f",
        "show_expected": True,
        "hidden_checks": len(secret),
        "checks": checks(visible, "visible"),
    }
    verdict = judge(spec, rows(visible), checks(secret, "hidden"), rows(secret))
    assert type(verdict.earned) is float
    assert 0.0 <= verdict.earned <= points
    assert not repr(verdict.earned).startswith("-")
    if all(visible) and all(secret):
        assert verdict.earned == points
    if not any(visible) and not any(secret):
        assert verdict.earned == 0.0
    alone = judge(spec, rows(visible))
    assert 0.0 <= alone.earned <= points - spec["hidden_points"] + 0.005


def test_a_misconception_is_recognised_by_its_value_alone(compiled, judged):
    made = exercise("share", points=1, call="share")
    made.case(1, 4)
    made.case(3, 4)

    @made.misconception("Per hundred?")
    def fraction(part, whole):
        return part / whole

    @made.misconception("Which is the part?")
    def upside_down(part, whole):
        return whole / part

    one = compiled(made, lambda part, whole: 100 * part / whole)
    assert judged(one, lambda p, w: np.float64(p) / w).misconception == "fraction"
    assert judged(one, lambda p, w: str(p / w)).misconception is None
    assert judged(one, lambda p, w: 7.0).hint != "Per hundred?"


def test_what_explains_every_failing_call_comes_before_what_explains_the_first(compiled, judged):
    made = exercise("f", points=1, call="f")
    made.case(2)
    made.case(3)

    @made.misconception("Only the first agrees.")
    def double(x):
        return 2 * x

    @made.misconception("Both agree.")
    def plus_two(x):
        return x + 2

    one = compiled(made, lambda x: x**3)
    assert judged(one, lambda x: x + 2).hint == "Both agree."
    assert judged(one, lambda x: 2 * x).hint == "Only the first agrees."
    assert judged(one, lambda x: 4 if x == 2 else 99).hint == "Only the first agrees."


def test_of_two_that_explain_all_failures_the_one_that_agrees_most_is_named(compiled, judged):
    made = exercise("f", points=1, call="f")
    made.case(0)
    made.case(5)

    @made.misconception("Agrees where it fails only.")
    def never_right(x):
        return -1 if x == 0 else 99

    @made.misconception("Agrees everywhere.")
    def forgets_nothing(x):
        return -1 if x == 0 else x

    one = compiled(made, lambda x: x or None)
    assert judged(one, lambda x: -1 if x == 0 else x).hint == "Agrees everywhere."


def test_a_crash_is_recognised_by_its_kind(nps_check, judged):
    def crashes(scores):
        sum(scores) / len(scores)
        return 100 * sum((s >= 9) - (s <= 6) for s in scores) / len(scores)

    verdict = judged(nps_check, crashes)
    assert verdict.misconception == "no_care_for_nobody"
    assert verdict.headline.startswith("`nps([])` stopped with ZeroDivisionError: division by zero")


def test_an_empty_answer_is_no_misconception(compiled, judged):
    made = exercise("f", points=1, call="f")
    made.case(1)

    @made.misconception("Use return.")
    def prints(x):
        print(x)

    one = compiled(made, lambda x: x)
    assert judged(one, print).misconception == "prints"
    assert judged(one, lambda x: None).misconception is None


def test_a_misconception_that_gives_another_result_each_time_is_recognised(compiled, judged):
    made = exercise("draw", points=1, call="draw")
    made.case(7, repeat=2)
    made.case(8)

    @made.misconception("Does the seed reach your generator?")
    def forgets_the_seed(seed):
        return np.random.default_rng().random()

    @made.misconception("One number for every seed?")
    def always_the_same(seed):
        return 0.5

    one = compiled(made, lambda seed: np.random.default_rng(seed).random())
    text = json.dumps(one.visible["misconceptions"])
    assert "again" in text
    assert "varies" in text
    verdict = judged(one, lambda seed: np.random.default_rng().random())
    assert verdict.misconception == "forgets_the_seed"
    assert verdict.headline.startswith("`draw(7)` was called twice and gave 0.")
    assert judged(one, lambda seed: 0.25).misconception is None
    assert judged(one, lambda seed: 0.5).misconception == "always_the_same"


def test_hidden_checks_are_told_by_name_only(nps_check, judged):
    def guesses(scores):
        return {4: 25.0, 3: 100 * -1 / 3}.get(len(scores))

    verdict = judged(nps_check, guesses, hidden=True)
    assert verdict.headline == ("All visible checks pass; 1 of 2 hidden checks does not: “random surveys”.")
    assert verdict.hint == ""
    assert verdict.earned == pytest.approx(2.0, abs=0.51)
    secret = json.dumps(nps_check.hidden[0]["calls"][0]["args"])
    assert secret not in feedback.to_html(verdict)


SENTENCES = [
    (
        lambda s: 100 * sum((x >= 7) - (x <= 6) for x in s) / len(s) if s else None,
        "`nps([10, 9, 8, 3])` returned 50.0; expected 25.0.",
        "Is an 8 a fan? Look again at where promoters start.",
    ),
    (
        lambda s: print(25.0),
        "Your function printed 25.0 but returned nothing. Use `return`.",
        "`print` shows a value to a person; `return` hands it back to the one who called.",
    ),
    (
        lambda s: None,
        "`nps([10, 9, 8, 3])` returned nothing (None); expected 25.0.",
        "No `return` with a result was reached. Is it missing, indented too far, or are the dots left?",
    ),
    (
        lambda s: "25.0",
        "`nps([10, 9, 8, 3])` returned '25.0'; expected 25.0.",
        "The answer should be a number, but it is text; leave out quotation marks and signs such as % or €: "
        "a number stands by itself.",
    ),
    (
        lambda s: (x for x in s),
        "`nps([10, 9, 8, 3])` returned a generator; expected 25.0.",
        "The answer should be a number, but it is a generator.",
    ),
    (
        lambda s: s.clear(),
        "`nps([10, 9, 8, 3])` changed the data it was given.",
        "Work on a copy, such as `list(values)` or `table.copy()`: the caller's data stays unchanged.",
    ),
    (
        lambda: 1,
        "`nps([10, 9, 8, 3])` stopped with TypeError: ",
        "Look at the line with `def`: does it take the arguments that the task names, in that order?",
    ),
    (
        3,
        "`nps` should be a function, but it is a number.",
        "Does a later line use the name `nps` for something",
    ),
]


@pytest.mark.parametrize(("answer", "headline", "hint"), SENTENCES)
def test_a_student_reads_what_was_called_what_came_back_and_one_hint(
    nps_check, judged, answer, headline, hint
):
    verdict = judged(nps_check, answer)
    assert verdict.headline.startswith(headline)
    assert verdict.hint.startswith(hint)
    assert "\n" not in verdict.headline + verdict.hint


def test_a_name_that_is_not_defined_is_told_so(nps_check):
    verdict = judge(nps_check.visible, [[{"undefined": True, "near": None}]] * 3)
    assert (
        verdict.headline == "`nps` is not defined yet. Run the cell above, or check the spelling of its name."
    )
    assert (verdict.state, verdict.earned, verdict.hint) == ("missing", 0.0, "")
    verdict = judge(nps_check.visible, [[{"undefined": True, "near": "NPS"}]] * 3)
    assert verdict.hint == "There is a `NPS`: did you mean that?"


def test_who_waits_for_another_exercise_is_told_for_which(nps_check, judged, solution):
    verdict = judged(nps_check, lambda s: 1.0, waiting_for="exercise 2")
    assert (verdict.state, verdict.headline) == (
        "waiting",
        "Not checked yet: needs exercise 2 to work first.",
    )
    assert verdict.hint == ""


def test_a_right_answer_is_never_withheld(nps_check, judged, solution):
    verdict = judged(nps_check, solution, hidden=True, waiting_for="exercise 1")
    assert (verdict.state, verdict.earned) == ("right", 3.0)


def test_all_visible_checks_pass_is_said_with_what_is_still_to_come(nps_check, judged, solution):
    text = feedback.to_text(judged(nps_check, solution))
    assert text.endswith(
        "All 3 visible checks pass (2 of 3 points so far); 2 hidden checks run after you submit."
    )


def test_a_loop_is_named_and_calls_that_were_not_tried_are_no_loops(nps_check):
    late = [[{"late": 5.0}], [{"late": 5.0, "skipped": True}], [{"returned": None}]]
    verdict = judge(nps_check.visible, late)
    assert verdict.headline == "`nps([10, 9, 8, 3])` did not finish within 5 seconds."
    assert verdict.hint == "Look for a loop that never ends: does its condition ever change?"
    skipped = judge(nps_check.visible, [late[1], late[1], late[1]])
    assert skipped.headline == "`nps([10, 9, 8, 3])` was not tried: other calls took all the time there is."


def value_exercise(compiled, value, **settings):
    made = exercise("total", points=2, value="total", **settings)
    made.wrong(-4711.25, "What sign should a loved brand get?")
    return compiled(made, value)


@pytest.mark.parametrize(
    ("answer", "headline", "hint"),
    [
        (4711.2, "`total` is 4711.2; that is not the answer yet.", ""),
        (47.1125, "`total` is 47.1125; that is not the answer yet.", "The result is 100 times too small"),
        (-4711.25, "`total` is -4711.25; that is not the answer yet.", "What sign should a loved brand get?"),
        (
            "4711.25",
            "`total` is '4711.25'; that is not the answer yet.",
            "The answer should be a number, but",
        ),
        (True, "`total` is True; that is not the answer yet.", "The answer should be a number, but"),
        (..., "`total` has no value yet.", "Give it your answer in the cell above and run that cell."),
        (None, "`total` has no value yet.", "Give it your answer in the cell above and run that cell."),
        (print, "`total` is a function (did you forget", "The answer should be a number"),
    ],
)
def test_a_wrong_value_does_not_show_the_right_one(compiled, judged, answer, headline, hint):
    one = value_exercise(compiled, 4711.25)
    assert "4711" not in json.dumps(one.visible)
    verdict = judged(one, answer)
    assert verdict.headline.startswith(headline)
    assert verdict.hint.startswith(hint)
    assert bool(verdict.hint) is bool(hint)
    assert verdict.earned == 0.0


@pytest.mark.parametrize("answer", [4711.25, np.float64(4711.25), 4711.2500000001])
def test_a_right_value_is_right_in_every_honest_form(compiled, judged, answer):
    verdict = judged(value_exercise(compiled, 4711.25), answer)
    assert (verdict.state, verdict.earned, verdict.headline) == ("right", 2.0, "That is right.")


def test_a_value_may_be_shown_where_the_author_wants_it(compiled, judged):
    one = value_exercise(compiled, 4711.25, show_expected=True, answer="euros")
    assert judged(one, 4000).headline == "`total` is 4000; expected 4711.25 (euros)."


def test_a_value_made_of_parts_is_sealed_part_by_part(compiled, judged):
    made = exercise("counts", points=1, value="counts")
    one = compiled(made, {"promoters": 4711, "shops": ["Utrecht", "Delft"]})
    text = json.dumps(one.visible)
    assert "4711" not in text
    assert "Utrecht" not in text
    verdict = judged(one, {"promoters": 4711, "shops": ["Delft", "Utrecht"]})
    assert verdict.hint == (
        "The items are right, but in another order (under 'shops': got ['Delft', 'Utrecht'])."
    )
    assert "expected" not in verdict.headline + verdict.hint
    assert judged(one, {"promoters": 4711, "shops": ["Utrecht", "Delft"]}).state == "right"


def choice(compiled, correct, **settings):
    options = {"a": "Think of a.", "b": "Think of b.", "c": "Think of c."}
    if isinstance(correct, str):
        options[correct] = ""
    return compiled(exercise("claim", points=1, choice="answer", options=options, **settings), correct)


@pytest.mark.parametrize(
    ("answer", "state", "headline", "hint"),
    [
        ("b", "right", "That is right.", ""),
        (" B ", "right", "That is right.", ""),
        (["b"], "right", "That is right.", ""),
        ("a", "wrong", '`answer` is "a"; that is not the answer yet.', "Think of a."),
        ("d", "wrong", '`answer` is \'d\'; choose from "a", "b", "c".', "Write the letter"),
        (2, "wrong", "`answer` is 2; choose from", "Write the letter"),
        (["a", "b"], "wrong", "`answer` has 2 options; choose one of", ""),
        (..., "wrong", "`answer` has no value yet.", 'Give it one of "a", "b", "c".'),
    ],
)
def test_a_choice_gets_the_hint_of_the_option_that_was_chosen(
    compiled, judged, answer, state, headline, hint
):
    verdict = judged(choice(compiled, "b"), answer)
    assert verdict.state == state
    assert verdict.headline.startswith(headline)
    assert verdict.hint.startswith(hint)
    assert bool(verdict.hint) is bool(hint)


@pytest.mark.parametrize(
    ("answer", "state", "headline", "hint"),
    [
        ({"a", "c"}, "right", "That is right.", ""),
        (["C", "a"], "right", "That is right.", ""),
        (("c", "a", "a"), "right", "That is right.", ""),
        ({"a", "b", "c"}, "wrong", "`answer` is {'a', 'b', 'c'}: 1 option is misjudged.", "Think of b."),
        ({"a"}, "wrong", "`answer` is {'a'}: 1 option is misjudged.", "Think of c."),
        ("a", "wrong", "`answer` is 'a': 1 option is misjudged.", "Think of c."),
        ([], "wrong", "`answer` is []: 2 options are misjudged.", "Think of a."),
        ([["a"]], "wrong", "`answer` is [['a']]; choose from", "Each letter stands in its own"),
    ],
)
def test_a_choice_of_several_gets_the_hint_of_the_first_misjudged(
    compiled, judged, answer, state, headline, hint
):
    verdict = judged(choice(compiled, {"a", "c"}), answer)
    assert verdict.state == state
    assert verdict.headline.startswith(headline)
    assert verdict.hint.startswith(hint)


def test_a_table_that_is_wrong_in_one_cell_is_told_where(compiled, judged):
    made = exercise("by_shop", points=1, call="by_shop", answer="NPS by shop")
    made.case(pd.DataFrame({"shop": ["A", "B"], "nps": [1.0, 2.0]}), shown="survey")
    one = compiled(made, lambda table: table.assign(nps=table.nps * 10))
    assert judged(one, lambda t: t.assign(nps=[10.0, 27.0])).headline == (
        "`by_shop(survey)` is not right yet: column 'nps', row 2: got 27.0, expected 20.0."
    )
    wrong_columns = judged(one, lambda t: t[["shop"]])
    assert wrong_columns.headline == (
        "`by_shop(survey)` returned a table (DataFrame) with 2 rows and 1 column; expected a table "
        "(DataFrame) with 2 rows and 2 columns (NPS by shop)."
    )
    assert wrong_columns.hint == "The column 'nps' is missing."
    assert judged(one, lambda t: pd.concat([t, t], axis=1)).state == "wrong"


def test_a_figure_that_lacks_something_is_told_what(compiled, judged):
    import matplotlib.pyplot as plt

    def draw(heights, label="customers"):
        figure, ax = plt.subplots()
        ax.bar(["promoters", "others"], heights)
        ax.set(title="Half are promoters", xlabel="group", ylabel=label)
        return figure

    made = exercise("bars", points=1, call="bars", compare=Comparison(words={"ylabel": ("customers",)}))
    made.case([5, 5])
    made.case([7, 3])

    @made.misconception("Where is the unit?")
    def no_label(heights):
        return draw(heights, "")

    @made.misconception("Did you draw what you were given?")
    def other_heights(heights):
        return draw([h * 2 for h in heights])

    one = compiled(made, draw)
    assert judged(one, draw).state == "right"
    assert judged(one, lambda h: draw(h).axes[0]).state == "right"
    unlabelled = judged(one, lambda h: draw(h, " "))
    assert unlabelled.headline == "`bars([5, 5])` is not right yet: the figure has no label on the y axis."
    assert unlabelled.misconception == "no_label"
    assert judged(one, lambda h: draw([2 * x for x in h])).misconception == "other_heights"
    assert judged(one, lambda h: draw([3 * x for x in h])).misconception is None
    assert judged(one, lambda h: draw(h, "n")).hint == "Name what is measured, and its unit."


def test_a_function_may_change_its_argument_where_that_is_allowed(compiled, judged):
    made = exercise("f", points=1, call="f", may_modify=True)
    made.case([1])
    one = compiled(made, lambda x: len(x))
    assert judged(one, lambda x: x.append(1) or len(x) - 1).state == "right"


def test_data_that_is_no_observation_is_not_judged(nps_check):
    with pytest.raises(ValueError, match="checks but"):
        judge(nps_check.visible, [])
    with pytest.raises(ValueError, match="calls but"):
        judge(nps_check.visible, [[], [], []])
    with pytest.raises(ValueError, match="not encoded data"):
        judge(nps_check.visible, [[{"returned": {"evil": 1}}]] * 3)
    with pytest.raises(KeyError):
        judge(nps_check.visible, [[{}]] * 3)


def test_a_verdict_is_the_same_for_the_same_data(nps_check, judged):
    answers = [lambda s: 1.0, lambda s: None, lambda s: 25.0, print]
    for answer in answers:
        assert judged(nps_check, answer, hidden=True) == judged(nps_check, answer, hidden=True)


def test_none_and_nan_are_told_apart_where_there_is_no_answer(nps_check, judged, solution):
    verdict = judged(nps_check, lambda s: solution(s) if s else float("nan"))
    assert verdict.headline == "`nps([])` returned NaN; expected None."
    assert verdict.hint == "When no answer is possible, return `None`, not a made-up value."
    assert judged(nps_check, lambda s: solution(s) if s else pd.NA).state == "right"


def test_the_misconceptions_of_a_student_can_be_read_by_a_program(nps_check, judged):
    verdict = judged(nps_check, lambda s: encode)
    assert verdict.failed_kinds == ("type", "type", "value")


def test_an_object_that_is_no_data_is_told_from_a_misconception_that_gives_a_table(compiled, judged):
    made = exercise("means", points=1, call="means")
    made.case(pd.DataFrame({"class": ["a", "a", "b"], "trust": [1.0, 2.0, 3.0]}))

    @made.misconception("Means of what?")
    def sums(table):
        return table.groupby("class")["trust"].sum()

    one = compiled(made, lambda table: table.groupby("class")["trust"].mean())
    assert judged(one, lambda table: table.groupby("class")["trust"]).misconception is None
    assert judged(one, sums).misconception == "sums"
