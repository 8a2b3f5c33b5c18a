"""A panel: one model, one view, and the path a student takes through them.

Predict, play, solve the puzzle, and only then read the name of what was seen. Built from ipywidgets alone, so
it behaves alike in JupyterLab, on Binder and offline.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import wraps
from html import escape, unescape
from typing import Any

import ipywidgets as widgets

from marketing4.panels import record
from marketing4.panels.appearance import STYLE, on_page
from marketing4.panels.controls import Choice, Control, Row, Seed, SeedRow, Timeline, TimeRow, Value
from marketing4.panels.learning import Effect, Meter, Prediction, Puzzle
from marketing4.views.numbers import plain
from marketing4.views.stage import View

MOST_CONTROLS = 4
SECONDS_BETWEEN_WORDS = 0.15  # while Play runs: nobody reads twenty sentences a second
RESET_FIRST = "If you have moved other controls, press Reset first."
COVER = "The picture opens after your prediction."


@dataclass(frozen=True)
class Moment:
    """Everything a scene is composed from: settings, seed, step, and the run that belongs to them.

    `step` lies between two whole ones only while Play runs. `memory` is kept from moment to moment until
    Reset, for what the student has collected on the way.
    """

    values: Mapping[str, Any]
    seed: int
    step: float
    result: Any
    memory: dict[str, Any]


@dataclass(frozen=True)
class Action:
    """A button of the panel. `do` may write into the moment's memory."""

    label: str
    help: str
    do: Callable[[Moment], None]


class Panel(widgets.VBox):
    """A panel around one model and one view.

    simulate(values, seed) -> result: runs the model, whenever a control changes.
    compose(moment) -> scene: what the view shows at this step; must be quick, Play calls it for every frame.
    status(scene): one sentence. settle(values, changed) -> (values, sentence): for controls that depend on
    each other. last_step(result): where Play stops, if nothing happens after it.

    Nothing raised in a callback escapes: it is kept in `errors` and shown in the panel. Raises ValueError for
    more than four controls or a name used twice.
    """

    def __init__(
        self,
        *,
        name: str,
        title: str,
        view: View[Any],
        controls: Sequence[Control | Choice],
        simulate: Callable[[Mapping[str, Any], int], Any],
        compose: Callable[[Moment], Any],
        status: Callable[[Any], str],
        prediction: Prediction,
        puzzle: Puzzle,
        effect: Effect,
        seed: Seed,
        timeline: Timeline | None = None,
        action: Action | None = None,
        settle: Callable[[dict[str, Any], str], tuple[dict[str, Any], str]] | None = None,
        last_step: Callable[[Any], int] | None = None,
    ) -> None:
        names = [control.name for control in controls]
        if len(names) > MOST_CONTROLS:
            raise ValueError(
                f"controls must be at most {MOST_CONTROLS}, got {len(names)}: {', '.join(names)}"
            )
        if len({*names, "seed", "step"}) < len(names) + 2:
            raise ValueError(f"names of controls must differ, and from seed and step, got {', '.join(names)}")
        self.name, self.title, self.view = name, title, view
        self.prediction, self.puzzle, self.effect, self.action = prediction, puzzle, effect, action
        self._simulate, self._compose, self._status, self._settle = simulate, compose, status, settle
        self._last_step = last_step
        self.timeline = timeline
        self.errors: list[Exception] = []
        self.memory: dict[str, Any] = {}
        self.puzzle_solved = False
        self.is_locked = False
        self.answer: float | str | None = None
        self._saw_outcome = False
        self._is_setting = False
        self._result: Any = None
        self._alt_text = ""
        self._next_words = 0.0
        self._time: TimeRow | None = None
        self._meter: Meter | None = None

        declared: list[Control | Choice] = [*controls, seed.control]
        if timeline is not None:
            declared.append(timeline.control)
        self.controls = {control.name: control for control in declared}
        self.rows: dict[str, Row] = {name: control.row() for name, control in self.controls.items()}
        self._accepted: dict[str, Value] = {name: control.default for name, control in self.controls.items()}
        super().__init__(self._build())
        self.add_class("m4-panel")
        for control_name, row in self.rows.items():
            row.observe(self._guard(lambda value, of=control_name: self._changed(of, value)))
        time_row = self.rows.get("step")
        if isinstance(time_row, TimeRow):
            self._time = time_row
            time_row.play.observe(self._guard(lambda _: self._play_changed()), names="playing")
        self._enable(False)
        self._guard(self._run)()

    # What tests and authors use.

    def set(self, **values: object) -> None:
        """Set controls by name, all at once. A value out of range is corrected, and the panel says so.

        Raises ValueError for a name that is no control of this panel.
        """
        for name in values:
            if name not in self.controls:
                raise ValueError(f"name must be one of {', '.join(self.controls)}, got {name}")
        self._guard(self._take)(values)

    def frame(self, step: int | Fraction) -> None:
        """Go to a step of the timeline, or between two (a Fraction), as Play does.

        Raises ValueError for a panel without a timeline.
        """
        self.set(step=step)

    def lock_prediction(self, answer: float | str) -> None:
        """Answer the question and open the panel. An impossible answer is refused in words."""
        self._guard(self._lock)(answer)

    def skip_prediction(self) -> None:
        """Open the panel without an answer."""
        self._guard(self._skip)()

    def act(self) -> None:
        """Press the panel's own button, if it has one."""
        self._guard(self._act)()

    def reset(self) -> None:
        """Everything as it was when the panel opened, except the prediction: it stays made."""
        self._guard(self._reset)()

    @property
    def values(self) -> dict[str, Value]:
        """The settings in force, by name of control."""
        return dict(self._accepted)

    @property
    def status(self) -> str:
        """The sentence below the picture."""
        return _bare(self._status_line.value)

    @property
    def notice(self) -> str:
        """The sentence about the last value that was not possible, or ""."""
        return _bare(self._notice_line.value)

    @property
    def answer_words(self) -> str:
        """What was predicted, and how it compares with what came out or how to see that."""
        return _bare(self._answer_line.value)

    @property
    def picture(self) -> str:
        """The marks on the picture, as SVG text."""
        return self._overlay.value

    def to_svg(self) -> str:
        """The picture of this moment as a stand-alone SVG file, axes included."""
        return self.view.to_svg(self._compose(self._moment()))

    @property
    def alt_text(self) -> str:
        """The picture in one sentence."""
        return self._alt_text

    @property
    def meter_text(self) -> str:
        """The words of the puzzle's meter."""
        return self._meter.words if self._meter else ""

    @property
    def explanation(self) -> str:
        """The effect's name and explanation, or "" while it is still to be discovered."""
        return f"{self.effect.name}. {self.effect.explanation}" if self.puzzle_solved else ""

    def __repr__(self) -> str:
        return f"Panel: {self.title}"  # what a page without widgets shows

    # Widgets, built once.

    def _build(self) -> list[widgets.Widget]:
        sheet = _html("m4-sheet", STYLE)
        heading = _html("", f'<p class="m4-title" role="heading" aria-level="3">{escape(self.title)}</p>')
        self._alert = _html("")
        return [
            sheet,
            heading,
            self._build_prediction(),
            self._build_body(),
            self._build_lines(),
            self._build_puzzle(),
            self._build_reveal(),
            self._alert,
        ]

    def _build_prediction(self) -> widgets.Widget:
        prediction = self.prediction
        question = _html("", f'<p><span class="m4-tag">Predict</span> {on_page(prediction.question)}</p>')
        if prediction.options is None:
            unit = f" ({prediction.unit})" if prediction.unit else ""
            # Sent when the box is left: letter by letter, the last one could arrive after the button's press.
            self._answer_box = widgets.Text(
                description=f"Your prediction{unit}", placeholder="a number", continuous_update=False
            )
        else:
            options = [(words, value) for value, words in prediction.options.items()]
            self._answer_box = widgets.RadioButtons(options=options, value=None)
        self._lock_button = _button("Lock my prediction", self._guard(self._lock_pressed), "m4-main")
        self._skip_button = _button(
            "Skip", self._guard(self._skip), help="Open the panel without a prediction"
        )
        ask = widgets.Box([self._answer_box, self._lock_button, self._skip_button])
        ask.add_class("m4-ask")
        self._answer_line = _html(
            "m4-answer",
            _paragraph("The controls and the picture open when you have locked a prediction.", "m4-soft"),
        )
        return _block(question, ask, self._answer_line)

    def _build_body(self) -> widgets.Widget:
        first = [name for name in ("step",) if name in self.rows]
        shown = [*first, *(name for name in self.rows if name not in ("seed", "step"))]
        self._action_buttons = []
        if self.action is not None:
            button = _button(self.action.label, self._guard(self._act), help=self.action.help)
            button.add_class("m4-action")
            self._action_buttons.append(button)
        seed = self.rows["seed"]
        if isinstance(seed, SeedRow):
            seed.draw_button.on_click(self._guard(self._next_seed))
            seed.reset_button.on_click(self._guard(self._reset))
        controls = widgets.VBox(
            [*(self.rows[name].widget for name in shown), *self._action_buttons, seed.widget]
        )
        controls.add_class("m4-controls")

        self._overlay = _html("m4-overlay", self.view.cover(COVER))
        layers = [_html("", self.view.background), self._overlay]
        for layer in layers:
            layer.layout.grid_area = "1 / 1 / 2 / 2"  # the same cell: the overlay lies on the axes
        picture = widgets.GridBox(layers, layout=widgets.Layout(grid_template_columns="100%"))
        picture.add_class("m4-picture")
        picture.add_class("m4-view")
        body = widgets.Box([controls, picture])
        body.add_class("m4-body")
        return body

    def _build_lines(self) -> widgets.Widget:
        self._status_line, self._notice_line = _html("m4-status"), _html("m4-notice")
        lines = widgets.VBox([self._status_line, self._notice_line])
        lines.add_class("m4-lines")
        return lines

    def _build_puzzle(self) -> widgets.Widget:
        task = _html("", f'<p><span class="m4-tag">Puzzle</span> {on_page(self.puzzle.task)}</p>')
        self._bar = _html("", _bar(Meter(0, 0, 0, 1, "", False)))
        self._meter_line = _html("m4-words")
        self._puzzle_block = _block(task, self._bar, self._meter_line)
        self._puzzle_block.add_class("m4-closed")
        return self._puzzle_block

    def _build_reveal(self) -> widgets.Widget:
        self._reveal = _html("m4-reveal")
        self._hide_effect()
        return self._reveal

    # Callbacks: each is wrapped once, and none prints.

    def _guard(self, callback: Callable[..., None]) -> Callable[..., None]:
        """The callback, with anything it raises recorded and shown."""

        @wraps(callback)
        def guarded(*arguments: Any) -> None:
            try:
                callback(*arguments)
            except Exception as error:
                self.errors.append(error)
                what = escape(f"{type(error).__name__}: {error}")
                self._alert.value = (
                    '<p role="alert" class="m4-panel-error">This panel could not show the new result '
                    f"({what}). Press Reset; if this message comes back, restart the kernel and run the cell "
                    "again.</p>"
                )

        return guarded

    def _changed(self, name: str, value: object) -> None:
        if not self._is_setting:
            self._take({name: value})

    def _take(self, wanted: Mapping[str, object]) -> None:
        """Accept new values of controls, correct what depends on them, and draw."""
        values, complaints = dict(self._accepted), []
        for name, value in wanted.items():
            values[name], complaint = self.controls[name].admit(value, self._accepted[name])
            complaints.append(complaint)
        if self._settle is not None:
            for name in wanted:
                values, consequence = self._settle(values, name)
                complaints.append(consequence)
        changed = {key for key, new in values.items() if new != self._accepted[key]}
        self._accepted = values
        self._notice_line.value = _paragraph(" ".join(filter(None, complaints)))
        if not self._is_playing:
            self._show_values()
        if changed <= {"step"}:
            self._draw()
        else:
            self._run()

    def _show_values(self) -> None:
        """Make the widgets show the accepted values without calling back."""
        self._is_setting = True
        try:
            for name, row in self.rows.items():
                row.show(self._accepted[name])
        finally:
            self._is_setting = False

    def _play_changed(self) -> None:
        """Play has started or stopped: go where it is, and bring words and box up to the picture."""
        self._next_words = 0.0
        assert self._time is not None
        # The browser may send a new start and its step at once: then the step accepted before is outdated,
        # and sending it back would stop Play.
        self._accepted["step"], _ = self._time.control.admit(self._time.moment)
        self._show_values()
        self._draw()

    def _lock_pressed(self, _button: object = None) -> None:
        self._lock(self._answer_box.value)

    def _lock(self, answer: object) -> None:
        if self.is_locked:
            return  # a second press keeps the focus on the button and changes nothing
        admitted, complaint = self.prediction.admit(answer)
        self._notice_line.value = _paragraph("")
        if admitted is None:
            self._answer_line.value = _paragraph(complaint, role="status")
            return
        self.answer = admitted
        self._answer_box.value = admitted if self.prediction.options is not None else str(answer)
        words = self.prediction.words(admitted)
        record.note_prediction(self.name, self.prediction.question, words)
        self._say_answer(f"You predicted: {words}.")
        self._open(self._lock_button, "Prediction locked", self._skip_button)

    def _skip(self, _button: object = None) -> None:
        if self.is_locked:
            return
        record.note_prediction(self.name, self.prediction.question, "You skipped this one")
        self._say_answer("You skipped the prediction.")
        self._open(self._skip_button, "Skipped", self._lock_button)

    def _say_answer(self, answer: str) -> None:
        """What was predicted, and how to see what comes out; a picture that shows it already says that."""
        if self.prediction.to_see:
            answer += f" To see what comes out: {self.prediction.to_see} {RESET_FIRST}"
        self._answer_line.value = _paragraph(answer, role="status")

    def _open(self, pressed: widgets.Button, done: str, other: widgets.Button) -> None:
        """Open controls, picture and puzzle. The pressed button stays, so that the focus is not lost."""
        self.is_locked = True
        pressed.description = done
        pressed.remove_class("m4-main")
        pressed.add_class("m4-done")
        other.add_class("m4-gone")
        self._answer_box.disabled = True
        self._puzzle_block.remove_class("m4-closed")
        self._enable(True)
        self._draw()

    def _act(self, _button: object = None) -> None:
        if self.action is not None and self.is_locked:
            self.action.do(self._moment())
            self._draw()

    def _next_seed(self, _button: object = None) -> None:
        seed = self.controls["seed"]
        assert isinstance(seed, Control)
        self._take({"seed": (int(self._accepted["seed"]) + 1) % (int(seed.high) + 1)})

    def _reset(self, _button: object = None) -> None:
        if self._time is not None:
            self._time.play.playing = False
        self._accepted = {name: control.default for name, control in self.controls.items()}
        self._show_values()
        self.memory.clear()
        self.puzzle_solved = False
        self._hide_effect()
        self._notice_line.value = _paragraph("")
        self._run()

    # From settings to picture.

    def _enable(self, enabled: bool) -> None:
        for row in self.rows.values():
            row.enable(enabled)
        for button in self._action_buttons:
            button.disabled = not enabled

    @property
    def _is_playing(self) -> bool:
        return self._time is not None and self._time.is_playing

    def _run(self) -> None:
        settings = {name: value for name, value in self._accepted.items() if name not in ("seed", "step")}
        self._result = self._simulate(settings, int(self._accepted["seed"]))
        if self._time is not None and self._last_step is not None:
            self._is_setting = (
                True  # an earlier end may move Play's own count, which is no wish of the student
            )
            try:
                self._time.end_at(self._last_step(self._result))
            finally:
                self._is_setting = False
        self._draw()

    def _moment(self) -> Moment:
        step = float(self._accepted.get("step", 0))
        step = int(step) if step.is_integer() else step
        return Moment(dict(self._accepted), int(self._accepted["seed"]), step, self._result, self.memory)

    def _draw(self) -> None:
        """Show the present moment. While Play runs, the picture keeps up with it and the words follow."""
        is_playing = self._is_playing
        if self.is_locked:
            scene = self._compose(self._moment())
            self._overlay.value = self.view.overlay(scene)
            self._alt_text = self.view.describe(scene)
            if is_playing and time.monotonic() < self._next_words:
                return
            self._next_words = time.monotonic() + SECONDS_BETWEEN_WORDS
            self._say(self._status(scene), is_playing)
            self._show_meter(self.puzzle.meter(scene))
            self._look_for_outcome(scene)
        else:
            self._alt_text = COVER
            self._status_line.value = _paragraph("Lock a prediction, or skip it, to start.", "m4-soft")
        if is_playing:
            self._show_values()
        if self._alert.value:
            self._alert.value = ""

    def _say(self, sentence: str, is_playing: bool) -> None:
        """The status line. Screen readers are told when Play has stopped, not all the way."""
        live = "off" if is_playing else "polite"
        self._status_line.value = f'<p role="status" aria-live="{live}">{on_page(sentence)}</p>'

    def _show_meter(self, meter: Meter) -> None:
        self._meter = meter
        self._bar.value = _bar(meter)
        if meter.is_solved and not self.puzzle_solved:
            self.puzzle_solved = True
            self._show_effect()
        solved = ""
        if self.puzzle_solved:
            when = "Solved." if meter.is_solved else "Solved before. Now:"
            solved = f'<span class="m4-tag">{when}</span> '
        self._meter_line.value = f"<p>{solved}{on_page(meter.words)}</p>"

    def _look_for_outcome(self, scene: Any) -> None:
        if self._saw_outcome:
            return
        outcome = self.prediction.came_out(scene)
        if outcome is None:
            return
        self._saw_outcome = True
        if self.answer is None:
            record.note_outcome(self.name, outcome.words, "")
            self._answer_line.value = _paragraph(
                f"You skipped the prediction. {outcome.words}", role="status"
            )
            return
        verdict = self.prediction.verdict(self.answer, outcome)
        record.note_outcome(self.name, outcome.words, verdict)
        predicted = self.prediction.words(self.answer)
        self._answer_line.value = _paragraph(
            f"You predicted: {predicted}. {outcome.words} {verdict}", role="status"
        )

    def _show_effect(self) -> None:
        effect = self.effect
        self._reveal.value = (
            f'<p role="status" class="m4-named"><strong>{escape(effect.name)}.</strong> '
            f'{on_page(effect.explanation)} <span class="m4-soft">{on_page(effect.source)}</span></p>'
        )

    def _hide_effect(self) -> None:
        """Keep the room that the explanation will take, without its words."""
        name, rest = (
            re.sub(r"\w+", lambda word: word[0][::-1], words)  # as wide as the words, and not yet the words
            for words in (f"{self.effect.name}.", f"{self.effect.explanation} {self.effect.source}")
        )
        self._reveal.value = (
            '<p class="m4-wait">The name of what you see here appears when you have solved the puzzle.</p>'
            f'<p class="m4-blind" aria-hidden="true"><strong>{escape(name)}</strong> {on_page(rest)}</p>'
        )


def _html(css_class: str, value: str = "") -> widgets.HTML:
    html = widgets.HTML(value)
    if css_class:
        html.add_class(css_class)
    return html


def _button(label: str, press: Callable[..., None], css_class: str = "", help: str = "") -> widgets.Button:
    button = widgets.Button(description=label, tooltip=help or label)
    button.on_click(press)
    if css_class:
        button.add_class(css_class)
    return button


def _block(*children: widgets.Widget) -> widgets.VBox:
    block = widgets.VBox(list(children))
    block.add_class("m4-block")
    return block


def _paragraph(words: str, css_class: str = "", role: str = "") -> str:
    attributes = (f' class="{css_class}"' if css_class else "") + (f' role="{role}"' if role else "")
    return f"<p{attributes}>{on_page(words)}</p>"


def _bare(html: str) -> str:
    """The words of a line without its markup."""
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\u00a0", " ")


def _bar(meter: Meter) -> str:
    """The meter as a bar with numbers at its ends and a mark at the goal."""

    def along(value: float) -> float:
        return 100 * min(max((value - meter.low) / (meter.high - meter.low), 0), 1)

    return (
        f'<div class="m4-meter"><span class="m4-end">{plain(meter.low)}</span>'
        f'<div class="m4-bar" role="meter" aria-label="Puzzle" aria-valuemin="{meter.low:g}"'
        f' aria-valuemax="{meter.high:g}" aria-valuenow="{meter.value:.2f}"'
        f' aria-valuetext="{escape(meter.words)}">'
        f'<div class="m4-fill" style="width:{along(meter.value):.1f}%"></div>'
        f'<div class="m4-goal" style="left:{along(meter.goal):.1f}%"></div></div>'
        f'<span class="m4-end">{plain(meter.high)}</span></div>'
    )
