"""What every panel does, driven without a browser as a student would drive it."""

from __future__ import annotations

import importlib
import re
import xml.etree.ElementTree as ElementTree
from types import ModuleType

import numpy as np
import pytest
from marketing4 import panels
from marketing4.panels import record
from marketing4.panels.panel import RESET_FIRST

EVERY = [name for name in panels.__all__ if name != "predictions"]


def play_of(name: str) -> ModuleType:
    """How a student plays it: WRONG and RIGHT predictions, `solve`, `see` (which shows what came out)."""
    return importlib.import_module(f"tests.panels.plays.{name}")


def open_panel(name: str) -> panels.nps_composition:
    panel = getattr(panels, name)()
    panel.lock_prediction(play_of(name).WRONG)
    assert panel.is_locked
    assert panel.errors == []
    return panel


def values_of(control) -> list:
    if hasattr(control, "options"):
        return list(control.options)
    return [control.low, control.high, control.default]


def is_one_sentence(words: str) -> bool:
    return (words.endswith(".") and not re.search(r"[.!?]\s", words) and words[0].isupper()) or words[
        0
    ].isdigit()


@pytest.mark.parametrize("name", EVERY)
def test_every_control_changes_the_picture_and_its_description_from_end_to_end(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    for control in panel.controls.values():
        seen = set()
        for value in values_of(control):
            panel.set(**{control.name: value})
            assert panel.values[control.name] == value
            # Two parts of a hundred make room for each other, and say so.
            assert panel.notice == "" or "went down to" in panel.notice
            seen.add((panel.picture, panel.status))
            assert is_one_sentence(panel.status), panel.status
            assert is_one_sentence(panel.alt_text), panel.alt_text
        assert len(seen) >= 2, f"{control.name} changes nothing"
    assert panel.errors == []


@pytest.mark.parametrize("name", EVERY)
def test_the_status_changes_with_every_control_but_the_seed(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps // 2)
    play_of(name).see(panel)
    for control in panel.controls.values():
        if control.name == "seed":
            continue
        sentences = set()
        for value in values_of(control):
            panel.set(**{control.name: value})
            sentences.add(panel.status + panel.meter_text)
        assert len(sentences) >= 2, f"{control.name} changes no words"
        panel.set(**{control.name: control.default})


@pytest.mark.parametrize("name", EVERY)
def test_at_most_four_controls_besides_seed_and_time(name):
    controls = set(getattr(panels, name)().controls) - {"seed", "step"}
    assert 1 <= len(controls) <= 4


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_picture_and_another_gives_another(name):
    first, second = open_panel(name), open_panel(name)
    for panel in (first, second):
        panel.set(seed=42)
        if panel.timeline is not None:
            panel.frame(panel.timeline.steps)
    assert first.picture == second.picture
    second.set(seed=43)
    assert first.picture != second.picture


@pytest.mark.parametrize("name", EVERY)
def test_reset_brings_back_the_first_picture(name):
    panel = open_panel(name)
    first = panel.picture, panel.status, panel.meter_text, panel.values
    for control in panel.controls.values():
        panel.set(**{control.name: values_of(control)[0]})
    panel.act()
    panel.reset()
    assert (panel.picture, panel.status, panel.meter_text, panel.values) == first
    assert panel.errors == []


@pytest.mark.parametrize("name", EVERY)
def test_the_puzzle_can_be_solved_is_open_at_first_and_names_its_effect_last(name):
    panel = open_panel(name)
    assert not panel.puzzle_solved
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
        assert not panel.puzzle_solved, "playing alone must not solve it"
    assert panel.explanation == ""
    before = panel.meter_text
    play_of(name).solve(panel)
    assert panel.puzzle_solved, panel.meter_text
    assert panel.meter_text != before
    assert panel.explanation.startswith(panel.effect.name)
    assert panel.errors == []


@pytest.mark.parametrize("name", EVERY)
def test_what_was_predicted_is_compared_with_what_came_out(name):
    panel = open_panel(name)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    play_of(name).solve(panel)
    play_of(name).see(panel)
    entry = record.entries()[name]
    assert entry.question == panel.prediction.question
    assert is_one_sentence(entry.came_out), entry.came_out
    assert entry.verdict.startswith("You ")
    assert entry.predicted in panels.predictions().value


def follow(panel, advice: str) -> None:
    """Do what a student is told to do to see what comes out."""
    for step in advice.removesuffix(".").split(", and "):
        if step == "press Play (▶)":
            for moment in range(panel.timeline.steps + 1):
                panel.frame(moment)
            continue
        what, label, wanted = re.fullmatch(r"(set|move|raise) “(.+)” (.+)", step).groups()
        (control,) = [c for c in panel.controls.values() if c.label == label]
        if what == "set":
            panel.set(**{control.name: value_called(control, wanted.removeprefix("to "))})
        else:
            for value in np.arange(control.low, control.high + 1, 1):
                panel.set(**{control.name: float(value)})


def value_called(control, words: str) -> object:
    if hasattr(control, "options"):
        (value,) = [value for value, shown in control.options.items() if shown == words]
        return value
    return float(words.removesuffix(control.unit))


@pytest.mark.parametrize("name", EVERY)
def test_a_student_is_told_how_to_see_what_came_out_and_the_advice_works(name):
    panel = open_panel(name)
    if record.entries()[name].came_out:
        assert panel.prediction.to_see == "", "the first picture shows it"
        return
    advice = panel.prediction.to_see
    assert f"To see what comes out: {advice} {RESET_FIRST}" in panel.answer_words
    for control in panel.controls.values():
        panel.set(**{control.name: values_of(control)[0]})
    panel.reset()
    follow(panel, advice)
    assert panel.notice == ""
    assert record.entries()[name].came_out
    assert "To see" not in panel.answer_words


@pytest.mark.parametrize("name", EVERY)
def test_the_right_answer_is_recognised(name):
    panel = getattr(panels, name)()
    panel.lock_prediction(play_of(name).RIGHT)
    if panel.timeline is not None:
        panel.frame(panel.timeline.steps)
    play_of(name).see(panel)
    assert record.entries()[name].verdict == "That is what you predicted."


@pytest.mark.parametrize("name", EVERY)
def test_a_slider_meets_its_steps_without_rounding_noise(name):
    for control in open_panel(name).controls.values():
        if hasattr(control, "low") and not control.is_whole:
            steps = (control.high - control.low) / control.step
            # The browser reckons in shares of the range: exact when the steps are a power of two.
            assert steps == 2 ** round(np.log2(steps))


@pytest.mark.parametrize("name", EVERY)
def test_the_picture_of_a_moment_can_be_kept_as_a_file(name):
    panel = open_panel(name)
    file = ElementTree.fromstring(panel.to_svg())
    assert file.get("aria-label") == panel.alt_text
    assert len(list(file.iter())) > 50
