"""What an author writes in `key.py`: exercises, their cases, right and wrong answers. No checking here.

from autograder.authoring import exercise

nps = exercise("nps", points=3, call="nps", title="Net Promoter Score", answer="points")
nps.case([10, 10, 9, 7, 3])
nps.hidden(lambda rng: rng.integers(0, 11, 200).tolist(), n=5, name="random surveys")

@nps.misconception("Is an 8 a fan? Look again at where promoters start.")
def passives_count_as_promoters(scores): ...

@nps.alternative
def with_pandas(scores): ...
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from autograder.comparison import Comparison

__all__ = ["Comparison", "Exercise", "KeyFault", "exercise"]

Function = TypeVar("Function", bound=Callable[..., Any])


class KeyFault(Exception):
    """A key that cannot be used; the message is one sentence for its author."""


@dataclass(frozen=True)
class Call:
    """One call of the student's function: its arguments, how they are written, how it is compared."""

    args: tuple[Any, ...] = ()
    shown: str | None = None
    repeat: int = 1
    abs: float | None = None


@dataclass(frozen=True)
class Check:
    """One thing that is checked: a visible case, or a hidden group of calls that must all be right."""

    name: str
    calls: tuple[Call, ...]
    where: str = ""


@dataclass(frozen=True)
class HiddenGroup:
    """Hidden calls to be drawn when the assignment is compiled with the course's secret seed."""

    name: str
    draw: Callable[[Any], Any]
    n: int
    where: str = ""


@dataclass(frozen=True)
class Answer:
    """A right or wrong answer that an author wrote as a function (or, for a value, as the value)."""

    name: str
    give: Callable[..., Any]
    hint: str = ""
    where: str = ""


@dataclass
class Exercise:
    """One exercise of a key. Made by `exercise`; see there for the meaning of the settings."""

    name: str
    points: float
    hidden_points: float | None
    kind: str
    target: str
    title: str
    answer: str
    comparison: Comparison
    needs: tuple[str, ...]
    time_limit: float
    show_expected: bool
    may_modify: bool
    options: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    hidden_groups: list[HiddenGroup] = field(default_factory=list)
    misconceptions: list[Answer] = field(default_factory=list)
    alternatives: list[Answer] = field(default_factory=list)
    given_reference: Callable[..., Any] | None = None
    given_value: Any = None
    where: str = ""

    def case(
        self,
        *args: Any,
        shown: str | None = None,
        name: str | None = None,
        repeat: int = 1,
        abs: float | None = None,
    ) -> None:
        """A visible case: call the student's function with `args`.

        Args:
            args: the positional arguments, made of plain data, NumPy arrays or pandas objects.
            shown: how the call's arguments are written in messages, for long ones: `"contacts"`.
            name: a name for the list of checks; the call itself by default.
            repeat: how often the call is made; every result must be the same (same seed, same result).
            abs: the tolerance of this case, where it is another than that of the exercise: a small survey of
                a simulation shows cheaply that results repeat, but not what they are.
        """
        self._need("call", "case")
        if abs is not None:
            if not self.show_expected:
                raise KeyFault(f"{self.name}: a case has no tolerance of its own when answers are sealed")
            replace(self.comparison, abs=abs)  # raises what is wrong with the number
        call = Call(args, shown, repeat, abs)
        self.checks.append(Check(name or "", (call,), _caller()))

    def shuffled_rows(
        self, *args: Any, shown: str | None = None, name: str = "the same rows in another order"
    ) -> None:
        """A visible case whose first argument (a list or a table) is given in another order of rows.

        For exercises in which the order of rows is irrelevant: the expected answer is the reference's.
        """
        self._need("call", "shuffled_rows")
        self.checks.append(Check(name, (Call((_reversed(args[0]), *args[1:]), shown),), _caller()))

    def hidden(self, draw: Callable[[Any], Any], n: int = 1, name: str | None = None) -> None:
        """A hidden check of `n` calls, drawn by `draw(rng)` with the course's secret seed.

        `draw` returns the one argument, or a tuple of the arguments. The check is passed when all `n`
        answers are right, so that a lucky guess on some inputs earns nothing.
        """
        self._add_hidden(draw, n, name, _caller())

    def _add_hidden(self, draw: Callable[[Any], Any], n: int, name: str | None, where: str) -> None:
        self._need("call", "hidden")
        if n < 1:
            raise KeyFault(f"{self.name}: n must be 1 or more, got {n}")
        name = name or f"hidden check {len(self.hidden_groups) + 1}"
        self.hidden_groups.append(HiddenGroup(name, draw, n, where))

    def hidden_case(self, *args: Any, name: str) -> None:
        """A hidden check with one fixed call, e.g. an empty survey."""
        self._add_hidden(lambda rng: args, 1, name, _caller())

    def misconception(self, hint: str) -> Callable[[Function], Function]:
        """A usual wrong answer, executable, with the hint for the student who gives it.

        The hint names the idea to look at again, never the number.
        """

        where = _caller()

        def register(function: Function) -> Function:
            self.misconceptions.append(Answer(function.__name__, function, hint, where))
            return function

        return register

    def alternative(self, function: Function) -> Function:
        """Another right answer, by another road: it must earn all points."""
        self.alternatives.append(Answer(function.__name__, function, "", _caller()))
        return function

    def wrong(self, value: Any, hint: str) -> None:
        """For a value: a usual wrong value and its hint."""
        self._need("value", "wrong")
        name = f"wrong_{len(self.misconceptions) + 1}"
        self.misconceptions.append(Answer(name, lambda: value, hint, _caller()))

    def right(self, value: Any) -> None:
        """For a value or a choice: another form of the right value that must be accepted."""
        if self.kind == "call":
            raise KeyFault(f"{self.name}: right(...) is for a value or a choice; use @alternative")
        name = f"right_{len(self.alternatives) + 1}"
        self.alternatives.append(Answer(name, lambda: value, "", _caller()))

    def reference(self, function: Function) -> Function:
        """The right answer, for self-checks in lessons, which have no solution cell."""
        self.given_reference = function
        return function

    def _need(self, kind: str, what: str) -> None:
        if self.kind != kind:
            raise KeyFault(
                f"{self.name}: {what}(...) is for exercises with {kind}=, this one has {self.kind}="
            )

    @property
    def number_of_hidden_checks(self) -> int:
        """How many checks run after submission."""
        return len(self.hidden_groups)

    @property
    def points_behind_hidden_checks(self) -> float:
        """The points that only hidden checks give: as set, else a third when there are hidden checks."""
        if self.hidden_points is not None:
            return float(self.hidden_points)
        return round(self.points / 3, 2) if self.hidden_groups else 0.0


_collected: list[Exercise] | None = None


@contextlib.contextmanager
def collecting() -> Iterator[list[Exercise]]:
    """The list of exercises that are made inside, in their order, whatever the key does with them."""
    global _collected
    before, _collected = _collected, []
    try:
        yield _collected
    finally:
        _collected = before


def _caller() -> str:
    """File and line of the key that called the function from which this is called."""
    frame = sys._getframe(2)
    return f"{frame.f_code.co_filename}, line {frame.f_lineno}"


def exercise(
    name: str,
    *,
    points: float,
    call: str | None = None,
    value: str | None = None,
    choice: str | None = None,
    options: Mapping[str, str] | None = None,
    correct: Any = None,
    hidden_points: float | None = None,
    title: str = "",
    answer: str = "",
    compare: Comparison | None = None,
    needs: Sequence[str] = (),
    time_limit: float = 5.0,
    show_expected: bool | None = None,
    may_modify: bool = False,
) -> Exercise:
    """One exercise.

    Args:
        name: its name in `check("name")`, and the `grade_id` of its test cell.
        points: points for a full answer, 0 for an ungraded self-check.
        call: the student's function, by name; give `case` and `hidden` inputs.
        value: the student's variable, by name.
        choice: the student's variable that holds one option, or a set or list of options.
        options: for a choice, each option and the hint for a student who misjudges it ("" if it is right).
        correct: for a choice or value in a lesson, the right answer (assignments take it from the solution).
        hidden_points: the part of `points` that only hidden checks give; a third by default.
        title: the exercise in two or three words, for messages.
        answer: what is expected, in words: "an NPS in points".
        compare: tolerance and what to disregard; see `Comparison`.
        needs: names of exercises that this one builds on.
        time_limit: seconds that one call may take.
        show_expected: whether messages name the expected value; by default not for a value or a choice,
            where it would give the answer away.
        may_modify: whether the function may change its arguments.

    Raises:
        KeyFault: settings that contradict each other; the sentence names the exercise.
    """
    kinds = {"call": call, "value": value, "choice": choice}
    given = [kind for kind, target in kinds.items() if target]
    if len(given) != 1:
        raise KeyFault(f"{name}: give exactly one of call=, value= and choice=, got {len(given)}")
    if not name.isidentifier():
        raise KeyFault(f"the name of an exercise must be letters, digits and _, got {name!r}")
    if not 0 <= points <= 100:
        raise KeyFault(f"{name}: points must be between 0 and 100, got {points}")
    if hidden_points is not None and not 0 <= hidden_points <= points:
        raise KeyFault(f"{name}: hidden_points must be between 0 and {points}, got {hidden_points}")
    if (options is None) != (choice is None):
        raise KeyFault(f"{name}: options= belongs to choice=")
    if isinstance(needs, str):
        raise KeyFault(f"{name}: needs must be a list of names, got {needs!r}")
    if not 0 < time_limit <= 60:
        raise KeyFault(f"{name}: time_limit must be above 0 and at most 60 seconds, got {time_limit}")
    kind = given[0]
    made = Exercise(
        name=name,
        points=points,
        hidden_points=hidden_points,
        kind=kind,
        target=str(kinds[kind]),
        title=title or name.replace("_", " "),
        answer=answer,
        comparison=compare or Comparison(ignore_case=kind == "choice"),
        needs=tuple(needs),
        time_limit=time_limit,
        show_expected=kind == "call" if show_expected is None else show_expected,
        may_modify=may_modify,
        options=dict(options or {}),
        where=_caller(),
    )
    if _collected is not None:
        _collected.append(made)
    if kind != "call":
        made.checks.append(Check("", (Call(),), made.where))
        made.given_value = correct
    return made


def _reversed(rows: Any) -> Any:
    """The rows in another order that is the same every time, with a table's labels renumbered."""
    if hasattr(rows, "iloc"):
        return rows.iloc[::-1].reset_index(drop=True)
    return list(rows)[::-1]
