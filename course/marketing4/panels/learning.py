"""The parts of a panel that make it teach: a prediction before playing, a puzzle, and the name at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marketing4.views.numbers import plain


@dataclass(frozen=True)
class Outcome:
    """What came out, once the picture has shown it.

    `value` answers the question in the form that was asked for (a number or an option); `words` say it in
    one sentence. A number within `tolerance` counts as right.
    """

    value: float | str
    words: str
    tolerance: float = 0.5


@dataclass(frozen=True)
class Prediction:
    """The question a student answers before playing: a number in `unit`, or one of `options` {value: words}.

    `came_out` looks at a scene and gives the outcome, or None while it has not been seen. `to_see` goes on
    after "To see what comes out:" and names the control to move; "" where the first picture shows it.
    """

    question: str
    came_out: Callable[[Any], Outcome | None]
    to_see: str = ""
    low: float = 0
    high: float = 100
    unit: str = ""
    options: Mapping[str, str] | None = None

    def admit(self, value: object) -> tuple[float | str | None, str]:
        """The answer, and "" or one sentence that says why it is none (then the answer is None)."""
        if self.options is not None:
            if value in self.options:
                return str(value), ""
            return None, "Choose one of the answers first, or press Skip."
        if value is None or not str(value).strip():
            return None, "Type a number first, or press Skip."
        rule = f"Your prediction must be a number from {self.low:g} to {self.high:g} {self.unit}".rstrip()
        typed = str(value).strip().replace("−", "-")
        bare = typed.removesuffix("%").removesuffix(self.unit).strip().replace(",", ".")
        try:
            number = float(bare)
        except ValueError:
            return None, f"{rule}; you typed {typed}."
        if not self.low <= number <= self.high:
            return None, f"{rule}; you typed {typed}."
        return number, ""

    def words(self, answer: float | str) -> str:
        """An answer as the student would say it."""
        if self.options is not None:
            return self.options[str(answer)]
        return f"{_number(float(answer))} {self.unit}".rstrip()

    def verdict(self, answer: float | str, outcome: Outcome) -> str:
        """How the answer compares with what came out."""
        if self.options is not None:
            return "That is what you predicted." if answer == outcome.value else "You predicted otherwise."
        gap = float(answer) - float(outcome.value)
        if abs(gap) <= outcome.tolerance:
            return "That is what you predicted."
        return f"You were {_number(abs(gap))} {self.unit} too {'high' if gap > 0 else 'low'}."


@dataclass(frozen=True)
class Meter:
    """How far the student is: a value on the scale `low` to `high` with a mark at `goal`, and words."""

    value: float
    goal: float
    low: float
    high: float
    words: str
    is_solved: bool


@dataclass(frozen=True)
class Puzzle:
    """A task with a live meter; `meter` reads it off a scene."""

    task: str
    meter: Callable[[Any], Meter]


@dataclass(frozen=True)
class Effect:
    """The name of what the student has just seen, told only afterwards, and where it comes from."""

    name: str
    explanation: str
    source: str


def _number(value: float) -> str:
    """A number without needless decimals."""
    return plain(value, 0 if abs(value - round(value)) < 0.05 else 1)
