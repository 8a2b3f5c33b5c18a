"""The controls of a panel: each is declared once, with its range, unit and help.

A number is a labelled box for the keyboard, linked in the browser to a slider for the mouse. The boxes are
unbounded on purpose: a bounded box silently cuts what is typed, and the reader would never learn why.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import ipywidgets as widgets
from traitlets import CInt

Value = float | int | str
Row: TypeAlias = "NumberRow | SeedRow | TimeRow | ChoiceRow"

DECIMALS = 3  # a slider may send 5.0000000000000036 for 5


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

    def admit(self, value: object) -> tuple[float, str]:
        """The nearest value in range, and one sentence if that is not the value given (else "")."""
        kind = "a whole number from" if self.is_whole else "from"
        rule = f"{self.label} must be {kind} {self.low:g} to {self.high:g} {self.unit}".rstrip()
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            number = math.nan
        if math.isnan(number):
            return self.default, f"{rule}, got {value!r}; the panel uses {self.default:g}."
        nearest = min(max(number, self.low), self.high)
        nearest = round(nearest) if self.is_whole else round(nearest, DECIMALS)
        if abs(nearest - number) > 0.5 * 10**-DECIMALS:
            return nearest, f"{rule}, got {value}; the panel uses {nearest:g}."
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

    def admit(self, value: object) -> tuple[str, str]:
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
    """The step of a timeline; `interval` is in milliseconds."""

    interval: int = 40

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

    `interval` is the time from step to step in milliseconds.
    """

    label: str
    steps: int
    unit: str
    help: str
    interval: int = 40

    @property
    def control(self) -> TimeControl:
        """The step as a control; it does not count among the four."""
        return TimeControl("step", self.label, 0, self.steps, 1, 0, self.unit, self.help, self.interval)


class NumberRow:
    """A labelled box, and a slider that the browser keeps equal to it."""

    def __init__(self, control: Control) -> None:
        self.control = control
        box, slider = (
            (widgets.IntText, widgets.IntSlider)
            if control.is_whole
            else (widgets.FloatText, widgets.FloatSlider)
        )
        unit = f" ({control.unit})" if control.unit else ""
        self.box = box(
            value=control.default,
            step=control.step,
            description=control.label + unit,
            tooltip=control.help,
            continuous_update=False,
        )
        self.slider = slider(
            value=control.default,
            min=control.low,
            max=control.high,
            step=control.step,
            readout=False,
            tooltip=control.help,
        )
        self.link = widgets.jslink((self.box, "value"), (self.slider, "value"))
        self.widget = widgets.Box([self.box, self.slider])
        self.widget.add_class("m4-number")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        self.box.disabled = self.slider.disabled = not enabled

    def observe(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call back when the value changes."""
        self.box.observe(callback, names="value")

    def show(self, value: Value) -> None:
        """Show this value."""
        if self.box.value != value:
            self.box.value = value


class SeedRow:
    """A labelled box for the seed, a button for the next one, and Reset."""

    def __init__(self, control: Control) -> None:
        self.control = control
        self.box = widgets.IntText(
            value=control.default, description=control.label, tooltip=control.help, continuous_update=False
        )
        self.draw_button = widgets.Button(description="New draw", tooltip=control.help)
        self.reset_button = widgets.Button(description="Reset", tooltip="Back to the first settings")
        self.widget = widgets.Box([self.box, widgets.Box([self.draw_button, self.reset_button])])
        self.widget.add_class("m4-number")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        for widget in (self.box, self.draw_button, self.reset_button):
            widget.disabled = not enabled

    def observe(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call back when the value changes."""
        self.box.observe(callback, names="value")

    def show(self, value: Value) -> None:
        """Show this value."""
        if self.box.value != value:
            self.box.value = value


class QuietPlay(widgets.Play):
    """Play whose value the kernel does not send back: that would be one more message for every frame."""

    value = CInt(0).tag(sync=True, echo_update=False)


class TimeRow:
    """A labelled box, a slider and Play for the step.

    Kept equal by the kernel, not linked in the browser: there each linked widget would send the kernel a
    message of its own for every frame, and Play would lose frames to them.
    """

    def __init__(self, control: TimeControl) -> None:
        self.control = control
        numbers = NumberRow(control)
        numbers.link.unlink()
        self.box, self.slider = numbers.box, numbers.slider
        self.play = QuietPlay(
            min=control.low,
            max=control.high,
            interval=control.interval,
            show_repeat=False,
            tooltip=control.help,
        )
        self.widget = widgets.VBox([numbers.widget, self.play])
        self.widget.add_class("m4-time")

    def enable(self, enabled: bool) -> None:
        """Open or close the row."""
        self.box.disabled = self.slider.disabled = self.play.disabled = not enabled

    def observe(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call back when any of the three changes the step."""
        for widget in (self.box, self.slider, self.play):
            widget.observe(callback, names="value")

    @property
    def is_playing(self) -> bool:
        """Whether Play runs."""
        return bool(self.play.playing)

    def show(self, value: Value) -> None:
        """Show this step in all three."""
        for widget in (self.box, self.slider, self.play):
            if widget.value != value:
                widget.value = value


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

    def observe(self, callback: Callable[[dict[str, Any]], None]) -> None:
        """Call back when the value changes."""
        self.box.observe(callback, names="value")

    def show(self, value: Value) -> None:
        """Show this value."""
        if self.box.value != value:
            self.box.value = value
