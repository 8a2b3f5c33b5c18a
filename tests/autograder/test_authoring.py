"""What an author may write, and what is refused at once."""

import numpy as np
import pandas as pd
import pytest

from autograder.authoring import KeyFault, collecting, exercise


def test_a_third_of_the_points_is_behind_hidden_checks_unless_the_author_says_otherwise():
    made = exercise("nps", points=3, call="nps")
    assert made.points_behind_hidden_checks == 0.0
    made.hidden(lambda rng: [], name="empty")
    assert made.points_behind_hidden_checks == 1.0
    assert exercise("n", points=3, call="n", hidden_points=2).points_behind_hidden_checks == 2.0


def test_the_expected_value_is_shown_for_a_call_and_not_for_a_value():
    assert exercise("f", points=1, call="f").show_expected
    assert not exercise("v", points=1, value="v").show_expected
    assert exercise("v", points=1, value="v", show_expected=True).show_expected


def test_other_rows_are_the_same_rows_in_another_order():
    made = exercise("f", points=1, call="f")
    made.shuffled_rows([1, 2, 3], "second")
    made.shuffled_rows(pd.DataFrame({"a": [1, 2]}), shown="table")
    assert made.checks[0].calls[0].args == ([3, 2, 1], "second")
    table = made.checks[1].calls[0].args[0]
    assert (table.a.tolist(), table.index.tolist()) == ([2, 1], [0, 1])


def test_every_part_knows_the_line_that_wrote_it():
    made = exercise("f", points=1, call="f")
    made.case(1)
    made.hidden_case(2, name="two")

    @made.misconception("Look again.")
    def wrong(x): ...

    lines = [part.where.rpartition(" ")[2] for part in (made, *made.checks, *made.hidden_groups)]
    assert [int(line) - int(lines[0]) for line in lines] == [0, 1, 2]
    assert all(part.where.startswith(__file__) for part in (made, made.checks[0], made.misconceptions[0]))


def test_exercises_are_collected_whatever_the_key_does_with_them():
    with collecting() as found:
        exercise("first", points=1, call="f")
        [exercise("second", points=1, call="f")]
    exercise("outside", points=1, call="f")
    assert [made.name for made in found] == ["first", "second"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "nps: give exactly one of call=, value= and choice=, got 0"),
        ({"call": "f", "value": "v"}, "nps: give exactly one of call=, value= and choice=, got 2"),
        ({"call": "f", "points": -1}, "nps: points must be between 0 and 100, got -1"),
        ({"call": "f", "points": float("nan")}, "nps: points must be between 0 and 100, got nan"),
        ({"call": "f", "hidden_points": 2}, "nps: hidden_points must be between 0 and 1, got 2"),
        ({"call": "f", "options": {"a": ""}}, "nps: options= belongs to choice="),
        ({"choice": "c"}, "nps: options= belongs to choice="),
        ({"call": "f", "time_limit": 0}, "nps: time_limit must be above 0 and at most 60 seconds, got 0"),
        ({"call": "f", "needs": "other"}, "nps: needs must be a list of names, got 'other'"),
        (
            {"call": "f", "name": "an nps"},
            "the name of an exercise must be letters, digits and _, got 'an nps'",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings, sentence):
    with pytest.raises(KeyFault) as raised:
        exercise(**{"name": "nps", "points": 1} | settings)
    assert str(raised.value) == sentence


def test_a_part_that_does_not_belong_to_the_kind_is_refused():
    value = exercise("v", points=1, value="v")
    call = exercise("f", points=1, call="f")
    for attempt, sentence in (
        (lambda: value.case(1), "v: case(...) is for exercises with call=, this one has value="),
        (
            lambda: value.hidden(lambda rng: 1),
            "v: hidden(...) is for exercises with call=, this one has value=",
        ),
        (lambda: call.wrong(1, "hint"), "f: wrong(...) is for exercises with value=, this one has call="),
        (lambda: call.right(1), "f: right(...) is for a value or a choice; use @alternative"),
        (lambda: call.hidden(lambda rng: 1, n=0), "f: n must be 1 or more, got 0"),
    ):
        with pytest.raises(KeyFault) as raised:
            attempt()
        assert str(raised.value) == sentence


def test_points_may_be_a_numpy_number(compiled):
    made = exercise("f", points=np.float64(1.5), call="f")
    made.case(1)
    assert type(compiled(made, lambda x: x).visible["points"]) is float
