"""The panel itself, around a model and a view as small as can be: y = slope * x, one dot."""

from __future__ import annotations

import re
from dataclasses import dataclass

import ipywidgets as widgets
import pytest
from marketing4.panels import record
from marketing4.panels.controls import Choice, Control, Seed, Timeline
from marketing4.panels.learning import Effect, Meter, Outcome, Prediction, Puzzle
from marketing4.panels.panel import Action, Panel
from marketing4.views.stage import View, marker, place


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    kept: bool
    seed: int


class DotView(View[Dot]):
    def axes(self, figure):
        plane = place(figure, 40, 30, 400, 300)
        plane.set(xlim=(0, 10), ylim=(0, 100), xlabel="Week", ylabel="Customers (people)", title="Growth")
        return {"plane": plane}

    def marks(self, scene):
        plane = self.stage.planes["plane"]
        return marker("circle", plane.x(scene.x), plane.y(scene.y))

    def describe(self, scene):
        return f"A dot at {scene.y:g} customers in week {scene.x:g}."


class BrokenView(DotView):
    def marks(self, scene):
        if scene.y > 50:
            raise ZeroDivisionError("no room <here>")
        return super().marks(scene)


def number(name="slope", **changes):
    fields = {
        "label": "Slope", "low": 0, "high": 10, "step": 1, "default": 2, "unit": "a week", "help": "Growth",
    }  # fmt: skip
    return Control(name, **{**fields, **changes})


def build(**changes) -> Panel:
    parts = {
        "name": "dot",
        "title": "How fast?",
        "view": DotView(),
        "controls": [number()],
        "timeline": Timeline("Week", 10, "of 10", "Lets time run"),
        "simulate": lambda values, seed: values["slope"],
        "compose": lambda now: Dot(now.step, now.result * now.step, now.memory.get("kept", False), now.seed),
        "status": lambda dot: f"Week {dot.x}: {dot.y} customers.",
        "prediction": Prediction(
            "How many customers in week 10?",
            lambda dot: Outcome(dot.y, f"There were {dot.y}.") if dot.x == 10 else None,
            unit="customers",
        ),
        "puzzle": Puzzle("Reach 50.", lambda dot: Meter(dot.y, 50, 0, 100, f"{dot.y} of 50.", dot.y >= 50)),
        "effect": Effect("Linear growth", "It grows by the same each week.", "School."),
        "seed": Seed("Nothing is drawn"),
        "action": Action("Keep", "Keep it", lambda now: now.memory.update(kept=True)),
    }
    return Panel(**{**parts, **changes})


def everything(widget: widgets.Widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


def words_on_screen(panel: Panel) -> str:
    return " ".join(widget.value for widget in everything(panel) if isinstance(widget, widgets.HTML))


def test_a_panel_with_five_controls_is_refused():
    controls = [number(f"slope_{index}") for index in range(5)]
    with pytest.raises(ValueError, match="controls must be at most 4, got 5: slope_0, slope_1"):
        build(controls=controls)


@pytest.mark.parametrize("names", [("slope", "slope"), ("slope", "seed"), ("step", "slope")])
def test_two_controls_of_one_name_are_refused(names):
    with pytest.raises(ValueError, match="names of controls must differ"):
        build(controls=[number(name) for name in names])


def test_before_the_prediction_controls_are_closed_and_picture_and_puzzle_covered():
    panel = build()
    assert panel.rows["slope"].box.disabled
    assert panel.rows["slope"].slider.disabled
    assert "<circle" not in panel.picture
    assert panel.meter_text == ""
    assert panel.alt_text == "The picture opens after your prediction."


def test_locking_a_prediction_opens_the_panel_and_keeps_the_answer():
    panel = build()
    panel.lock_prediction(30)
    assert not panel.rows["slope"].box.disabled
    assert panel.answer == 30
    assert "<circle" in panel.picture
    assert panel.status == "Week 0: 0 customers."
    assert record.entries()["dot"].predicted == "30 customers"


def test_the_button_that_was_pressed_stays_for_the_focus_and_does_nothing_more():
    panel = build()
    panel.lock_prediction(30)
    panel.lock_prediction(99)
    panel.skip_prediction()
    assert panel.answer == 30
    assert not panel._lock_button.disabled
    assert panel._lock_button.description == "Prediction locked"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a number first, or press Skip."),
        ("many", "Your prediction must be a number from 0 to 100 customers; you typed many."),
        ("1000", "Your prediction must be a number from 0 to 100 customers; you typed 1000."),
        ("nan", "Your prediction must be a number from 0 to 100 customers; you typed nan."),
    ],
)
def test_an_answer_that_is_none_is_refused_in_one_sentence(typed, said):
    panel = build()
    panel._answer_box.value = typed
    panel._lock_button.click()
    assert not panel.is_locked
    assert said in panel.answer_words
    assert panel.errors == []


@pytest.mark.parametrize("typed", ["12,5", " 12.5 ", "12.5 customers"])
def test_a_number_is_read_as_people_type_it(typed):
    panel = build()
    panel.lock_prediction(typed)
    assert panel.answer == 12.5


def test_a_prediction_can_be_skipped():
    panel = build()
    panel._skip_button.click()
    assert "<circle" in panel.picture
    assert record.entries()["dot"].predicted == "You skipped this one"


def test_what_came_out_is_told_once_it_was_seen_and_stays():
    panel = build()
    panel.lock_prediction(30)
    assert record.entries()["dot"].came_out == ""
    panel.frame(10)
    entry = record.entries()["dot"]
    assert (entry.came_out, entry.verdict) == ("There were 20.", "You were 10 customers too high.")
    panel.set(slope=5)
    assert record.entries()["dot"] == entry


def test_every_setting_changes_picture_status_and_description():
    panel = build()
    panel.skip_prediction()
    panel.frame(4)
    before = {panel.picture, panel.status, panel.alt_text}
    panel.set(slope=7)
    assert panel.status == "Week 4: 28 customers."
    assert f'aria-label="{panel.alt_text}"' in panel.picture
    assert before.isdisjoint({panel.picture, panel.status, panel.alt_text})


def test_a_slider_and_its_box_are_one_control_with_one_label():
    row = build().rows["slope"]
    assert row.box.description == "Slope (a week)"
    assert not row.slider.readout
    row.slider.value = 7
    assert row.box.value == "7"
    row.box.value = "3"
    assert row.slider.value == 3


@pytest.mark.parametrize(
    ("value", "used", "said"),
    [
        (99, 10, "Slope must be a whole number from 0 to 10 a week; you typed 99, and the panel uses 10."),
        (-1, 0, "Slope must be a whole number from 0 to 10 a week; you typed -1, and the panel uses 0."),
        (2.6, 3, "Slope must be a whole number from 0 to 10 a week; you typed 2.6, and the panel uses 3."),
        (
            "fast",
            2,
            "Slope must be a whole number from 0 to 10 a week; you typed fast, and the panel uses 2.",
        ),
        (
            float("nan"),
            2,
            "Slope must be a whole number from 0 to 10 a week; you typed nan, and the panel uses 2.",
        ),
        (None, 2, "Slope must be a whole number from 0 to 10 a week; you typed None, and the panel uses 2."),
    ],
)
def test_a_value_out_of_range_is_named_with_its_range_and_nothing_breaks(value, used, said):
    panel = build()
    panel.skip_prediction()
    panel.set(slope=value)
    assert panel.values["slope"] == used
    assert panel.rows["slope"].box.value == f"{used}"
    assert panel.notice == said
    assert panel.errors == []
    panel.set(slope=4)
    assert panel.notice == ""


def test_values_set_together_are_settled_together():
    runs = []
    panel = build(
        controls=[number(), number("start", label="Start")],
        simulate=lambda values, seed: runs.append(dict(values)) or values["slope"],
    )
    panel.skip_prediction()
    runs.clear()
    panel.set(slope=5, start=99)
    assert runs == [{"slope": 5, "start": 10}]


def test_a_typed_value_out_of_range_is_named_too():
    panel = build()
    panel.skip_prediction()
    panel.rows["slope"].box.value = "140"
    assert panel.rows["slope"].box.value == "10"
    assert panel.notice.endswith("you typed 140, and the panel uses 10.")


def test_a_slider_that_sends_rounding_noise_is_no_complaint():
    panel = build(controls=[number(low=-20.0, high=40.0, step=0.5, default=5.0)])
    panel.skip_prediction()
    panel.rows["slope"].slider.value = 5.0000000000000036
    assert panel.values["slope"] == 5.0
    assert panel.rows["slope"].box.value == "5"
    assert panel.notice == ""


@pytest.mark.parametrize("typed", ["2,5", " 2.5 ", "2,5 a week"])
def test_a_box_reads_a_number_as_people_type_it(typed):
    panel = build(controls=[number(low=0.0, high=8.0, step=0.5, default=5.0)])
    panel.skip_prediction()
    panel.rows["slope"].box.value = typed
    assert panel.values["slope"] == 2.5
    assert (panel.rows["slope"].box.value, panel.rows["slope"].slider.value) == ("2.5", 2.5)
    assert panel.notice == ""


def test_a_number_between_two_steps_of_the_slider_is_kept():
    panel = build(controls=[number(low=0.0, high=8.0, step=0.5, default=5.0)])
    panel.skip_prediction()
    row = panel.rows["slope"]
    row.box.value = "2,3"
    assert (panel.values["slope"], row.box.value, row.slider.value) == (2.3, "2.3", 2.5)


def test_a_slip_of_the_finger_keeps_the_number_in_force():
    panel = build()
    panel.skip_prediction()
    panel.set(slope=7)
    panel.rows["slope"].box.value = "7o"
    assert panel.values["slope"] == 7
    assert panel.rows["slope"].box.value == "7"
    assert panel.notice.endswith("you typed 7o, and the panel uses 7.")


def test_an_unknown_choice_is_named_and_replaced():
    choice = Choice("pace", "Pace", {"slow": "slow pace", "fast": "fast pace"}, "slow", "How fast")
    panel = build(controls=[number(), choice])
    panel.skip_prediction()
    panel.set(pace="medium")
    assert panel.values["pace"] == "slow"
    assert panel.notice == "Pace must be one of 'slow', 'fast', got 'medium'; the panel uses 'slow'."


def test_a_name_that_is_no_control_is_refused():
    with pytest.raises(ValueError, match="name must be one of slope, seed, step, got speed"):
        build().set(speed=1)


def test_a_panel_without_a_timeline_has_no_frames():
    panel = build(timeline=None)
    with pytest.raises(ValueError, match="name must be one of slope, seed, got step"):
        panel.frame(3)


def test_an_error_in_a_callback_is_recorded_and_shown_and_breaks_nothing():
    panel = build(view=BrokenView())
    panel.skip_prediction()
    panel.frame(10)
    assert "m4-panel-error" not in words_on_screen(panel)
    panel.rows["slope"].box.value = "9"
    assert [type(error) for error in panel.errors] == [ZeroDivisionError]
    alert = panel._alert.value
    assert 'role="alert"' in alert
    assert 'class="m4-panel-error"' in alert
    assert "no room &lt;here&gt;" in alert
    assert "Press Reset" in alert


def test_after_an_error_reset_brings_the_panel_back():
    panel = build(view=BrokenView())
    panel.skip_prediction()
    panel.frame(10)
    panel.set(slope=9)
    panel.reset()
    assert "m4-panel-error" not in words_on_screen(panel)
    assert panel.status == "Week 0: 0 customers."
    assert len(panel.errors) == 1


def test_no_callback_prints(capsys):
    panel = build(view=BrokenView())
    panel.skip_prediction()
    panel.set(slope=9, step=10)
    panel.reset()
    panel.act()
    assert capsys.readouterr() == ("", "")


def test_a_healthy_panel_holds_no_trace_of_the_error_class():
    assert "m4-panel-error" not in words_on_screen(build())


def test_the_name_of_the_effect_is_nowhere_before_the_puzzle_is_solved():
    panel = build()
    panel.skip_prediction()
    assert "Linear growth" not in words_on_screen(panel)
    panel.set(slope=5, step=10)
    assert panel.puzzle_solved
    assert "Linear growth" in words_on_screen(panel)
    assert panel.explanation == "Linear growth. It grows by the same each week."


def test_a_solved_puzzle_stays_solved_while_its_meter_moves_on():
    panel = build()
    panel.skip_prediction()
    panel.set(slope=5, step=10)
    panel.set(slope=1)
    assert panel.puzzle_solved
    assert panel.meter_text == "10 of 50."
    assert "Solved before. Now:" in panel._meter_line.value
    panel.set(slope=6)
    assert "Solved.</span> 60 of 50." in panel._meter_line.value


def test_the_meter_is_told_in_numbers_not_by_colour_alone():
    panel = build()
    panel.skip_prediction()
    panel.set(slope=2, step=10)
    bar = panel._bar.value
    assert 'role="meter"' in bar
    assert 'aria-valuenow="20.00"' in bar
    assert re.findall(r"m4-end\">(\d+)<", bar) == ["0", "100"]
    assert "width:20.0%" in bar
    assert "left:50.0%" in bar


def test_reset_brings_back_settings_seed_step_memory_and_puzzle_but_not_the_question():
    panel = build()
    panel.lock_prediction(30)
    first = panel.picture, panel.status, panel.values, panel.meter_text
    panel.set(slope=6, step=10, seed=7)
    panel.act()
    panel.reset()
    assert (panel.picture, panel.status, panel.values, panel.meter_text) == first
    assert panel.memory == {}
    assert not panel.puzzle_solved
    assert panel.explanation == ""
    assert panel.is_locked
    assert panel.answer == 30


def test_the_button_of_the_panel_acts_only_when_the_panel_is_open():
    panel = build()
    panel.act()
    assert panel.memory == {}
    panel.skip_prediction()
    panel.act()
    assert panel.memory == {"kept": True}


def test_new_draw_takes_the_next_seed_and_starts_again_after_the_last():
    panel = build()
    panel.skip_prediction()
    panel.rows["seed"].draw_button.click()
    assert panel.values["seed"] == 2
    panel.set(seed=9999)
    panel.rows["seed"].draw_button.click()
    assert panel.values["seed"] == 0


def test_play_slider_and_box_follow_each_other():
    panel = build()
    panel.skip_prediction()
    row = panel.rows["step"]
    row.play.value = 3
    assert (row.box.value, row.slider.value) == ("3", 3)
    row.slider.value = 5
    assert (row.box.value, row.play.value) == ("5", 5)
    row.box.value = "8"
    assert (row.slider.value, row.play.value) == (8, 8)
    assert panel.status.startswith("Week 8")


def test_while_play_runs_every_frame_is_drawn_and_the_words_follow():
    panel = build()
    panel.skip_prediction()
    row = panel.rows["step"]
    row.play.playing = True
    pictures = set()
    for step in range(1, 11):
        row.play.value = step
        pictures.add(panel.picture)
    assert len(pictures) == 10
    assert 'aria-live="off"' in panel._status_line.value
    row.play.playing = False
    assert panel.status == "Week 10: 20 customers."
    assert 'aria-live="polite"' in panel._status_line.value
    assert (row.box.value, row.slider.value) == ("10", 10)
    assert record.entries()["dot"].came_out == "There were 20."


def smooth(**changes) -> Panel:
    panel = build(timeline=Timeline("Week", 10, "", "Lets time run", frames=4), **changes)
    panel.skip_prediction()
    return panel


def test_play_may_show_moments_between_two_steps_and_stops_at_a_whole_one():
    panel = smooth()
    row = panel.rows["step"]
    assert row.play.max == 40
    row.play.playing = True
    panel._next_words = 0.0
    row.play.value = 11
    assert panel.values["step"] == 2.75
    assert "week 2.75" in panel.alt_text
    assert (row.box.value, row.slider.value) == ("2", 2)
    row.play.playing = False
    assert panel.values["step"] == 3
    assert (row.box.value, row.slider.value, row.play.value) == ("3", 3, 12)
    row.play.set_state({"playing": True})
    row.play.set_state({"value": 13, "playing": False})  # the browser may send both at once
    assert panel.values["step"] == 3
    assert row.play.value == 12


def test_play_starts_again_from_its_end():
    panel = smooth()
    row = panel.rows["step"]
    row.play.set_state({"playing": True})
    row.play.set_state({"value": 40, "playing": False})
    sent = []
    row.play.observe(sent.append, names="value")
    row.play.set_state({"playing": True, "value": 0})
    assert [change["new"] for change in sent] == [0]  # nothing is sent back that would stop it
    assert (panel.values["step"], row.slider.value) == (0, 0)


def test_play_ends_where_nothing_happens_any_more_but_the_slider_goes_on():
    panel = smooth(last_step=lambda slope: 10 - slope)
    row = panel.rows["step"]
    assert row.play.max == 32
    row.slider.value = 10
    assert panel.values["step"] == 10
    assert row.play.value == 32
    panel.set(slope=5)
    assert (panel.values["step"], row.play.max, row.play.value) == (10, 20, 20)
    assert panel.errors == []


def test_play_draws_at_least_fifteen_frames_a_second():
    assert build().rows["step"].play.interval <= 66


def test_the_axes_are_sent_once():
    panel = build()
    panel.skip_prediction()
    background = panel._overlay is not None and panel.view.background
    layers = [
        widget for widget in everything(panel)
        if isinstance(widget, widgets.HTML) and widget.layout.grid_area == "1 / 1 / 2 / 2"
    ]  # fmt: skip
    assert [layer.value == background for layer in layers] == [True, False]
    sent = []
    layers[0].observe(sent.append)
    panel.set(slope=5, step=3)
    assert sent == []


def test_controls_that_depend_on_each_other_are_settled_with_a_sentence():
    def settle(values, changed):
        if values["slope"] + values["start"] <= 10:
            return values, ""
        return {**values, "start": 10 - values["slope"]}, "Start went down."

    panel = build(controls=[number(), number("start", label="Start")], settle=settle)
    panel.skip_prediction()
    panel.set(slope=9)
    assert panel.values["start"] == 1
    assert panel.rows["start"].box.value == "1"
    assert panel.notice == "Start went down."


def test_a_default_out_of_range_is_the_authors_mistake():
    with pytest.raises(ValueError, match="default of slope must be from 0 to 10, got 11"):
        number(default=11)
    with pytest.raises(ValueError, match="step of slope must be positive, got 0"):
        number(step=0)
    with pytest.raises(ValueError, match="default of pace must be one of"):
        Choice("pace", "Pace", {"slow": "slow"}, "fast", "")


def test_a_page_without_widgets_shows_the_title():
    assert repr(build()) == "Panel: How fast?"


def test_a_typed_prediction_is_sent_whole_before_the_button_is_pressed():
    assert not build()._answer_box.continuous_update
