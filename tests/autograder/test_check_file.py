"""A file of checks that cannot be used is told in one sentence, with what to do; nothing is lost."""

import json
import os

import pytest

from autograder.authoring import exercise
from autograder.check_file import CheckFileFault, assignment_of, read_checks
from autograder.compiling import CompiledKey


@pytest.fixture
def checks(tmp_path, compiled):
    made = exercise("nps", points=1, call="nps")
    made.case(list(range(2000)), shown="scores")
    made.case(list(range(2000)), shown="scores")
    path = tmp_path / "checks.json"
    path.write_text(CompiledKey("m09a_nps", (compiled(made, sum),)).visible_json(), encoding="utf-8")
    return path


def fault(path, assignment="m09a_nps"):
    with pytest.raises(CheckFileFault) as raised:
        read_checks(path, assignment)
    sentence = str(raised.value)
    assert sentence.endswith("Your work is not lost.")
    assert str(path.parent) not in sentence
    return sentence


def test_a_good_file_gives_the_exercises_with_their_shared_data(checks):
    found = read_checks(checks, "m09a_nps")
    assert list(found) == ["nps"]
    assert [call["args"] for check in found["nps"]["checks"] for call in check["calls"]] == [
        [list(range(2000))]
    ] * 2


def test_a_missing_file_says_where_it_should_be(tmp_path):
    assert fault(tmp_path / "checks.json").startswith(
        "The file checks.json is not beside this notebook. Move the notebook back to its folder"
    )


DAMAGE = {
    "half a file": lambda text: text[: len(text) // 2],
    "nothing": lambda text: "",
    "no JSON": lambda text: "<html>404</html>",
    "no object": lambda text: "[1, 2]",
    "only a number": lambda text: "3",
    "no format": lambda text: text.replace('"format"', '"fermat"'),
    "no assignment": lambda text: text.replace('"assignment"', '"assigned"'),
    "a format in words": lambda text: text.replace('"format": 1', '"format": "one"'),
    "no exercises": lambda text: text.replace('"exercises"', '"exercise"'),
    "an exercise that is text": lambda text: json.dumps(json.loads(text) | {"exercises": ["nps"]}),
    "an exercise without checks": lambda text: text.replace('"checks"', '"tests"'),
    "an exercise without a name": lambda text: text.replace('"name": "nps"', '"nom": "nps"'),
    "data that is not there": lambda text: json.dumps(json.loads(text) | {"data": {}}),
    "brackets without end": lambda text: "[" * 100_000,
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_told_so(checks, name):
    checks.write_text(DAMAGE[name](checks.read_text(encoding="utf-8")), encoding="utf-8")
    sentence = fault(checks)
    assert sentence.startswith("checks.json is damaged (")
    assert "Fetch it again" in sentence


def test_bytes_that_are_no_text_are_damage(checks):
    checks.write_bytes(b"\xff\xfe\x00")
    assert fault(checks).startswith("checks.json is damaged (UnicodeDecodeError)")


def test_a_folder_in_its_place_is_damage(tmp_path):
    (tmp_path / "checks.json").mkdir()
    assert fault(tmp_path / "checks.json").startswith("checks.json is damaged (")


def test_a_file_for_a_newer_course_asks_for_an_update(checks):
    checks.write_text(checks.read_text(encoding="utf-8").replace('"format": 1', '"format": 2'))
    assert fault(checks).startswith(
        "checks.json was made for a newer version of the course. Update the course's packages"
    )


def test_the_file_of_another_assignment_is_told_so(checks):
    assert fault(checks, "m09b_advocacy").startswith(
        "The checks.json beside this notebook belongs to m09a_nps, not to m09b_advocacy."
    )


def test_a_file_that_changed_is_read_again(checks):
    read_checks(checks, "m09a_nps")
    checks.write_text("{}", encoding="utf-8")
    os.utime(checks, (1, 1))
    assert fault(checks).startswith("checks.json is damaged")


def test_the_owner_of_a_file_is_known_without_its_exercises(checks, tmp_path):
    assert assignment_of(checks) == "m09a_nps"
    assert assignment_of(tmp_path / "nothing.json") is None
    checks.write_text('{"assignment": 3}')
    assert assignment_of(checks) is None
