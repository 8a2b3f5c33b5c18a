"""The controls of a panel: each is declared once, with its range, unit and help.

A number is a labelled box for typing and a slider for mouse and arrow keys, kept equal by the kernel. The box
takes any text on purpose: a browser's number box drops what it does not know, so that a Dutch 2,3 becomes 23,
and a bounded one cuts what is typed without a word.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import ipywidgets as widgets
from traitlets import CInt

from marketing4.views.numbers import plain

Value = float | int | str
Row: TypeAlias = "NumberRow | SeedRow | TimeRow | ChoiceRow"

DECIMALS = 3  # a program may set 5.0000000000000036 for 5


@dataclass(frozen=True)
class Control:
    """A number the student sets. `name` is the field's term for it; `low`, `high` and `default` in `unit`.

    If range, step and default are whole numbers, so is the value. Raises ValueError if the default is
    outside the range or the step is not positive.
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    default: float
    unit: str
    help: str

    def __post_init__(self) -> None:
        if not self.low <= self.default <= self.high:
            raise ValueError(
                f"default of {self.name} must be from {self.low} to {self.high}, got {self.default}"
            )
        if not self.step > 0:
            raise ValueError(f"step of {self.name} must be positive, got {self.step}")

    @property
    def is_whole(self) -> bool:
        """Whether the value is a whole number."""
        return all(isinstance(number, int) for number in (self.low, self.high, self.step, self.default))

    def admit(self, value: object, present: Value | None = None) -> tuple[float, str]:
        """The nearest value in range, and one sentence if that is not the value given (else "").

        What is no number at all leaves the `present` value in force, or the default.
        """
        kind = "a whole number from" if self.is_whole else "from"
        rule = f"{self.label} must be {kind} {plain(self.low)} to {plain(self.high)} {self.unit}".rstrip()
        number = _as_typed(value, self.unit)
        if math.isnan(number):
            kept = self.default if present is None else float(present)
            kept = round(kept) if self.is_whole else kept
            return kept, f"{rule}; you typed {value}, and the panel uses {shown(kept)}."
        nearest = min(max(number, self.low), self.high)
        nearest = round(nearest) if self.is_whole else round(nearest, DECIMALS)
        if abs(nearest - number) > 0.5 * 10**-DECIMALS:
            return nearest, f"{rule}; you typed {value}, and the panel uses {shown(nearest)}."
        return nearest, ""

    def row(self) -> NumberRow | SeedRow | TimeRow:
        """Widgets for this control."""
        return NumberRow(self)


@dataclass(frozen=True)
class Choice:
    """One of a few options, given as {value: words}."""

    name: str
    label: str
    options: Mapping[str, str]
    default: str
    help: str

    def __post_init__(self) -> None:
        if self.default not in self.options:
            raise ValueError(
                f"default of {self.name} must be one of {list(self.options)}, got {self.default!r}"
            )

    def admit(self, value: object, present: Value | None = None) -> tuple[str, str]:
        """The value if it is an option, else the default and one sentence."""
        if value in self.options:
            return str(value), ""
        known = ", ".join(map(repr, self.options))
        return (
            self.default,
            f"{self.label} must be one of {known}, got {value!r}; the panel uses {self.default!r}.",
        )

    def row(self) -> ChoiceRow:
        """Widgets for this control."""
        return ChoiceRow(self)


@dataclass(frozen=True)
class Seed:
    """What chance decides in this panel. The same seed draws the same."""

    help: str
    default: int = 1
    highest: int = 9999

    @property
    def control(self) -> SeedControl:
        """The seed as a control; it does not count among the four."""
        return SeedControl("seed", "Seed", 0, self.highest, 1, self.default, "", self.help)


@dataclass(frozen=True)
class TimeControl(Control):
    """The step of a timeline. Play shows `frames` pictures a step, `interval` milliseconds apart."""

    interval: int = 40
    frames: int = 1

    def admit(self, value: object, present: Value | None = None) -> tuple[float, str]:
        """As for any number; a Fraction is a moment between two steps, which only Play reaches."""
        if not isinstance(value, Fraction):
            return super().admit(value, present)
        moment = min(max(value, Fraction(int(self.low))), Fraction(int(self.high)))
        return int(moment) if moment.denominator == 1 else float(moment), ""

    def row(self) -> TimeRow:
        """Widgets for this control."""
        return TimeRow(self)


class SeedControl(Control):
    """A number that means nothing in itself, so it has a button for the next one in place of a slider."""

    def row(self) -> SeedRow:
        """Widgets for this control."""
        return SeedRow(self)


@dataclass(frozen=True)
class Timeline:
    """Steps that Play walks through. The run behind them is computed beforehand; playing only draws.

    Play shows `frames` pictures for every step, `interval` milliseconds apart; box and slider know whole
    steps.
    """

    label: str
    steps: int
    unit: str
    help: str
    interval: int = 40
    frames: int = 1

    @property
    def control(self) -> TimeControl:
        """The step as a control; it does not count among the four."""
        return TimeControl(
            "step", self.label, 0, self.steps, 1, 0, self.unit, self.help, self.interval, self.frames
        )


class NumberRow:
    """A labelled box and a slider for one number."""

    def __init__(self, control: Control) -> None:
        self.control = control
        unit = f" ({control.unit})" if control.unit else ""
        self.box = widgets.Text(
            value=shown(control.default),
            description=control.label + unit,
            tooltip=control.help,
            continuous_update=False,
        )
        slider = widgets.IntSlider if control.is_whole else widgets.FloatSlider
        self.slider = slider(
            value=control.default,
            min=control.low,
            max=control.high,
            step=control.step,
            readout=False,
            tooltip=control.help,
        )
        self.widget = widgets.Box([self.box, self.slider])
        self.widget.add_class("m4-number")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        self.box.disabled = self.slider.disabled = not enabled

    def observe(self, callback: Callable[[Any], None]) -> None:
        """Call back with the new value when box or slider changes."""
        for widget in (self.box, self.slider):
            widget.observe(lambda change: callback(change["new"]), names="value")

    def show(self, value: Value) -> None:
        """Show this value in both: the box as it is, the slider at its nearest step.

        Between two steps the browser would move the slider by itself, and send that as the student's wish.
        """
        _put(self.box, shown(value))
        low, high, step = self.control.low, self.control.high, self.control.step
        _put(self.slider, min(low + round((float(value) - low) / step) * step, high))


class SeedRow:
    """A labelled box for the seed, a button for the next one, and Reset."""

    def __init__(self, control: Control) -> None:
        self.control = control
        self.box = widgets.Text(
            value=shown(control.default),
            description=control.label,
            tooltip=control.help,
            continuous_update=False,
        )
        self.draw_button = widgets.Button(description="New draw", tooltip=control.help)
        self.reset_button = widgets.Button(description="Reset", tooltip="Back to the first settings")
        self.widget = widgets.Box([self.box, widgets.Box([self.draw_button, self.reset_button])])
        self.widget.add_class("m4-number")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        for widget in (self.box, self.draw_button, self.reset_button):
            widget.disabled = not enabled

    def observe(self, callback: Callable[[Any], None]) -> None:
        """Call back with the new value when it changes."""
        self.box.observe(lambda change: callback(change["new"]), names="value")

    def show(self, value: Value) -> None:
        """Show this value."""
        _put(self.box, shown(value))


class QuietPlay(widgets.Play):
    """Play whose value the kernel does not send back: that would be one more message for every frame."""

    value = CInt(0).tag(sync=True, echo_update=False)


class TimeRow:
    """A labelled box, a slider and Play for the step. Play counts frames, box and slider whole steps."""

    def __init__(self, control: TimeControl) -> None:
        self.control = control
        self._numbers = NumberRow(control)
        self.box, self.slider = self._numbers.box, self._numbers.slider
        self.play = QuietPlay(
            min=0,
            max=int(control.high) * control.frames,
            interval=control.interval,
            show_repeat=False,
            tooltip=control.help,
        )
        self.widget = widgets.VBox([self._numbers.widget, self.play])
        self.widget.add_class("m4-time")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        self._numbers.enable(enabled)
        self.play.disabled = not enabled

    def observe(self, callback: Callable[[Any], None]) -> None:
        """Call back with the new step when any of the three changes it."""
        self._numbers.observe(callback)
        self.play.observe(lambda _: callback(self.moment), names="value")

    @property
    def is_playing(self) -> bool:
        """Whether Play runs."""
        return bool(self.play.playing)

    @property
    def moment(self) -> Fraction:
        """The step that Play has reached: between two while it runs, the nearest whole one when it stops."""
        step = Fraction(self.play.value, self.control.frames)
        return step if self.is_playing else Fraction(round(step))

    def end_at(self, step: int) -> None:
        """Let Play stop at this step; box and slider still reach the end of the timeline."""
        _put(self.play, step * self.control.frames, "max")

    def show(self, value: Value) -> None:
        """Show this step in all three."""
        self._numbers.show(int(value))
        _put(self.play, min(round(float(value) * self.control.frames), self.play.max))


class ChoiceRow:
    """A labelled drop-down list: one stop for the keyboard, and its state is a word."""

    def __init__(self, control: Choice) -> None:
        self.control = control
        self.box = widgets.Dropdown(
            options=[(words, value) for value, words in control.options.items()],
            value=control.default,
            description=control.label,
            tooltip=control.help,
        )
        self.widget = widgets.Box([self.box])
        self.widget.add_class("m4-choice")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        self.box.disabled = not enabled

    def observe(self, callback: Callable[[Any], None]) -> None:
        """Call back with the new value when it changes."""
        self.box.observe(lambda change: callback(change["new"]), names="value")

    def show(self, value: Value) -> None:
        """Show this value."""
        _put(self.box, value)


def shown(value: Value) -> str:
    """A number as its box shows it: without needless decimals."""
    return f"{round(float(value), DECIMALS):.12g}"


def _as_typed(value: object, unit: str) -> float:
    """A number as people type it, with a comma or a point, a true minus, its unit; nan if it is none."""
    if isinstance(value, str):
        value = value.strip().replace("−", "-").removesuffix("%").removesuffix(unit).strip().replace(",", ".")
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan


def _put(widget: widgets.Widget, value: Value, trait: str = "value") -> None:
    """Set a widget's trait, without a message to the browser when it has that value already."""
    if getattr(widget, trait) != value:
        setattr(widget, trait, value)
