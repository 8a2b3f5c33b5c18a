"""From observations to a verdict: which checks pass, how many points, which one sentence and hint.

Works on data only: the specification of an exercise and the observations of a run. It never sees the
student's objects, so it gives the same verdict in the notebook, in validation and outside the sandbox.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from autograder import codec, error_advice
from autograder.codec import Opaque
from autograder.comparison import Comparison, Mismatch, digest
from autograder.wording import describe_type, show, show_pair

State = Literal["right", "partly", "wrong", "missing", "waiting", "fault"]
Observations = Sequence[Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class CheckOutcome:
    """One line of the list of checks."""

    name: str
    passed: bool
    hidden: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a student and a gradebook need to know about one exercise.

    `earned` is a plain float within [0, points]. `headline` says what happened, `hint` the one most likely
    cause (may be empty), `misconception` the name of the wrong answer that was recognised.
    """

    name: str
    title: str
    state: State
    earned: float
    points: float
    headline: str
    hint: str = ""
    misconception: str | None = None
    checks: tuple[CheckOutcome, ...] = ()
    hidden_checks: int = 0
    hidden_judged: bool = False
    note: str = ""
    failed_kinds: tuple[str, ...] = field(default=())

    @property
    def visible_pass(self) -> bool:
        """Whether every visible check passes."""
        return bool(self.checks) and all(check.passed for check in self.checks if not check.hidden)


class _Problem(NamedTuple):
    """Why a call is not right: what the student reads, and what kind of difference it is."""

    sentence: str
    advice: str
    kind: str


@dataclass(frozen=True)
class _Call:
    """One call of one check, what was seen of it, whether that is right, and how its value differs if not."""

    check: int
    place: int
    call: Mapping[str, Any]
    seen: Mapping[str, Any]
    is_right: bool
    mismatch: Mismatch | None = None


def judge(
    spec: Mapping[str, Any],
    observations: Observations,
    hidden: Sequence[Mapping[str, Any]] = (),
    hidden_observations: Observations = (),
    waiting_for: str = "",
) -> Verdict:
    """The verdict on one exercise.

    Args:
        spec: the exercise as in `checks.json`.
        observations: of its visible checks, in their order.
        hidden: the hidden checks (the same form), when they are judged too.
        hidden_observations: of the hidden checks.
        waiting_for: title of an exercise that this one needs and that does not work yet.

    Raises:
        ValueError, KeyError: the specification is damaged; a fault of the course, not of the student.
    """
    comparison = Comparison.from_json(spec.get("compare", {}))
    checks = [*spec["checks"], *hidden]
    seen = [*observations, *hidden_observations]
    if len(checks) != len(seen):
        raise ValueError(f"{len(checks)} checks but {len(seen)} observations")
    calls = _calls(spec, comparison, checks, seen)
    # Of each check that is not passed, the first call that is not right.
    failures: dict[int, _Problem] = {}
    for one in calls:
        if not one.is_right and one.check not in failures:
            failures[one.check] = _problem(spec, one)
    outcomes = [
        CheckOutcome(check["name"], position not in failures, position >= len(spec["checks"]))
        for position, check in enumerate(checks)
    ]
    judged_hidden = bool(hidden)
    earned = _points(spec, checks, outcomes)
    common = {
        "name": spec["name"],
        "title": spec["title"],
        "points": float(spec["points"]),
        "checks": tuple(outcomes),
        "hidden_checks": int(spec["hidden_checks"]),
        "hidden_judged": judged_hidden,
    }
    if not failures:
        return Verdict(state="right", earned=earned, headline=_praise(spec, judged_hidden), **common)
    at, first = next(iter(failures.items()))
    kinds = tuple(problem.kind for problem in failures.values())
    if first.kind in ("undefined", "not_callable"):
        return Verdict(
            state="missing",
            earned=0.0,
            headline=first.sentence,
            hint=first.advice,
            failed_kinds=kinds,
            **common,
        )
    if waiting_for:
        sentence = f"Not checked yet: needs {waiting_for} to work first."
        return Verdict(state="waiting", earned=earned, headline=sentence, failed_kinds=kinds, **common)
    recognised = _recognise(spec, comparison, checks, calls)
    hint = recognised["hint"] if recognised else first.advice
    hidden_only = at >= len(spec["checks"])
    return Verdict(
        state="partly" if earned else "wrong",
        earned=earned,
        headline=_hidden_headline(spec, outcomes) if hidden_only else first.sentence,
        hint="" if hidden_only and not recognised else hint,
        misconception=recognised["id"] if recognised else _option(first),
        failed_kinds=kinds,
        **common,
    )


def _option(problem: _Problem) -> str | None:
    """For a choice, the misjudged option is the misconception."""
    return problem.kind if problem.kind.startswith("option ") else None


def _points(
    spec: Mapping[str, Any], checks: Sequence[Mapping[str, Any]], outcomes: list[CheckOutcome]
) -> float:
    """Points of both parts; each is shared equally among its checks.

    A check whose expected answers are all None ("no answer possible") earns only together with another one,
    of its part if there is one: an empty function returns None everywhere and has earned nothing.
    """
    total = float(spec["points"])
    parts = {False: total - float(spec["hidden_points"]), True: float(spec["hidden_points"])}
    if all(outcome.passed for outcome in outcomes) and any(outcome.hidden for outcome in outcomes):
        return total
    earned = 0.0
    telling_at_all = [o.passed for c, o in zip(checks, outcomes, strict=True) if not _expects_nothing(c)]
    for hidden, points in parts.items():
        rows = [(c, o) for c, o in zip(checks, outcomes, strict=True) if o.hidden is hidden]
        if not rows:
            continue
        telling = [o.passed for c, o in rows if not _expects_nothing(c)] or telling_at_all
        if telling and not any(telling):
            continue
        earned += points * sum(o.passed for _, o in rows) / len(rows)
    return min(max(round(earned, 2), 0.0), total)


def _expects_nothing(check: Mapping[str, Any]) -> bool:
    return all("expected" in call and call["expected"] is None for call in check["calls"])


def _calls(
    spec: Mapping[str, Any],
    comparison: Comparison,
    checks: Sequence[Mapping[str, Any]],
    seen: Observations,
) -> list[_Call]:
    calls = []
    for number, (check, row) in enumerate(zip(checks, seen, strict=True)):
        if len(row) != len(check["calls"]):
            raise ValueError(f"{len(check['calls'])} calls but {len(row)} observations")
        for place, (call, observation) in enumerate(zip(check["calls"], row, strict=True)):
            is_right, mismatch = _compared(spec, comparison, call, observation)
            calls.append(_Call(number, place, call, observation, is_right, mismatch))
    return calls


_NOT_A_RESULT = {"undefined", "not_callable", "stopped", "unreadable", "late", "raised", "again"}


def _compared(
    spec: Mapping[str, Any], comparison: Comparison, call: Mapping[str, Any], seen: Mapping[str, Any]
) -> tuple[bool, Mismatch | None]:
    """Whether an observation is right, and how its value differs if it is one that does."""
    if seen.keys() & _NOT_A_RESULT or (seen.get("changed") and not spec.get("may_modify")):
        return False, None
    if spec["kind"] == "choice":
        return _explain_choice(spec, codec.decode(seen["returned"])) is None, None
    mismatch = _mismatch(comparison, call, seen)
    return mismatch is None, mismatch


def _mismatch(comparison: Comparison, call: Mapping[str, Any], seen: Mapping[str, Any]) -> Mismatch | None:
    """How the returned value differs from the expected one."""
    if _written_alike(call["expected"], seen["returned"]):
        return None
    got, expected = codec.decode(seen["returned"]), codec.decode(call["expected"])
    return _of_call(comparison, call).mismatch(expected, got)


def _problem(spec: Mapping[str, Any], one: _Call) -> _Problem:
    """What is wrong with an observation that is not right.

    Written only for those that a student reads about: to show a table takes longer than to compare it.
    """
    call, seen = one.call, one.seen
    name = f"`{spec['target']}`"
    if seen.get("undefined"):
        near = seen.get("near")
        advice = f"There is a `{near}`: did you mean that?" if near else ""
        return _Problem(
            f"{name} is not defined yet. Run the cell above, or check the spelling of its name.",
            advice,
            "undefined",
        )
    if "not_callable" in seen:
        found = describe_type(codec.decode(seen["not_callable"]))
        return _Problem(
            f"{name} should be a function, but it is {found}.",
            f"Does a later line use the name {name} for something else? Run the cell with `def` again.",
            "not_callable",
        )

    def shown() -> str:
        return f"`{call_text(spec, call)}`"

    if "stopped" in seen:
        return _Problem(f"{shown()} {seen['stopped']}.", "Your other cells were run without it.", "stopped")
    if "unreadable" in seen:
        return _Problem(f"The answer of {shown()} could not be read.", "", "unreadable")
    if spec["kind"] == "choice":
        misjudged = _explain_choice(spec, codec.decode(seen["returned"]))
        assert misjudged is not None
        return misjudged
    if "late" in seen:
        if seen.get("skipped"):
            return _Problem(f"{shown()} was not tried: other calls took all the time there is.", "", "late")
        return _Problem(
            f"{shown()} did not finish within {seen['late']:g} seconds.",
            "Look for a loop that never ends: does its condition ever change?",
            "late",
        )
    if "raised" in seen:
        return _explain_error(spec, shown(), seen["raised"])
    if seen.get("changed") and not spec.get("may_modify"):
        return _Problem(
            f"{shown()} changed the data it was given.",
            "Work on a copy, such as `list(values)` or `table.copy()`: the caller's data stays unchanged.",
            "modified",
        )
    if "again" in seen:
        a, b = show_pair(codec.decode(seen["returned"]), codec.decode(seen["again"]))
        return _Problem(
            f"{shown()} was called twice and gave {a}, then {b}.",
            "The same seed must give the same result: make the generator inside the function.",
            "not repeatable",
        )
    got = codec.decode(seen["returned"])
    assert one.mismatch is not None
    return _explain_mismatch(spec, shown(), codec.decode(call["expected"]), got, seen, one.mismatch)


def _written_alike(expected: Any, returned: Any) -> bool:
    """Whether two encoded values are the same text, as most right answers are: nothing else need be asked.

    Not so where the expected value is sealed: its text is no value, and is there to be read.
    """
    text = json.dumps(expected)
    return '"sealed"' not in text and text == json.dumps(returned)


def call_text(spec: Mapping[str, Any], call: Mapping[str, Any]) -> str:
    """The call as the student would write it: `nps([10, 9, 3])`; for a value, its name."""
    if spec["kind"] != "call":
        return str(spec["target"])
    if call.get("shown"):
        return f"{spec['target']}({call['shown']})"
    return f"{spec['target']}({', '.join(show(codec.decode(arg)) for arg in call['args'])})"


def _explain_error(spec: Mapping[str, Any], shown: str, raised: Mapping[str, Any]) -> _Problem:
    kind, message = str(raised["type"]), str(raised["message"])
    place = f" (line {raised['line']} of your cell)" if raised.get("line") else ""
    told = f"{kind}: {message}" if message else kind
    return _Problem(
        f"{shown} stopped with {told}{place}.",
        error_advice.advice(kind, message, bool(raised.get("line"))),
        "raised",
    )


def _explain_mismatch(
    spec: Mapping[str, Any], shown: str, expected: Any, got: Any, seen: Mapping[str, Any], found: Mismatch
) -> _Problem:
    verb = "returned" if spec["kind"] == "call" else "is"
    if got is None or got is Ellipsis:
        return _explain_nothing(spec, shown, expected, seen)
    if expected is None:
        return _Problem(
            f"{shown} {verb} {show(got)}; expected None.",
            "When no answer is possible, return `None`, not a made-up value.",
            found.kind,
        )
    if found.kind in _ADVICE:
        return _Problem(f"{shown} is not right yet: {found.sentence}.", _ADVICE[found.kind], found.kind)
    if _is_large(expected) and not _is_structural(found, got):
        return _Problem(f"{shown} is not right yet: {found.sentence}.", "", found.kind)
    if not spec["show_expected"]:
        return _Problem(
            f"{shown} {verb} {show(got)}; that is not the answer yet.",
            _sentence(found.sentence),
            found.kind,
        )
    a, b = show_pair(got, expected)
    if a == b:
        return _Problem(
            f"{shown} {verb} {a}, but not the one expected.", _sentence(found.sentence), found.kind
        )
    what = f" ({spec['answer']})" if spec.get("answer") else ""
    return _Problem(f"{shown} {verb} {a}; expected {b}{what}.", _sentence(found.sentence), found.kind)


def _explain_nothing(spec: Mapping[str, Any], shown: str, expected: Any, seen: Mapping[str, Any]) -> _Problem:
    if spec["kind"] != "call":
        return _Problem(
            f"{shown} has no value yet.",
            "Give it your answer in the cell above and run that cell.",
            "nothing",
        )
    if seen.get("printed"):
        printed = show(seen["printed"].splitlines()[0]).strip("'\"")
        return _Problem(
            f"Your function printed {printed} but returned nothing. Use `return`.",
            "`print` shows a value to a person; `return` hands it back to the one who called.",
            "printed",
        )
    what = f" ({spec['answer']})" if spec.get("answer") else ""
    wanted = f"; expected {show(expected)}{what}" if spec["show_expected"] else ""
    return _Problem(
        f"{shown} returned nothing (None){wanted}.",
        "No `return` with a result was reached. Is it missing, indented too far, or are the dots left?",
        "nothing",
    )


_ADVICE = {
    "no title": "A title says what the picture shows: `ax.set_title(...)`.",
    "no xlabel": "Use `ax.set_xlabel(...)`, with the unit.",
    "no ylabel": "Use `ax.set_ylabel(...)`, with the unit.",
    "title": "Let the title say what the reader should see.",
    "xlabel": "Name what is measured, and its unit.",
    "ylabel": "Name what is measured, and its unit.",
}


def _is_structural(found: Mismatch, got: Any) -> bool:
    """Whether the whole value is of another form, so that naming what it is says more than one cell."""
    return isinstance(got, Opaque) or found.kind in ("type", "length", "columns", "axes")


def _is_large(value: Any) -> bool:
    """Whether a value cannot be written in a sentence: a table, an array, a figure."""
    return isinstance(value, codec.Figure) or hasattr(value, "dtype") or hasattr(value, "columns")


def _sentence(text: str) -> str:
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."


def normalise_choice(value: Any) -> list[str] | None:
    """The chosen options, in order and without regard to capitals and spaces; `None` if it is no choice."""
    if isinstance(value, str):
        return [value.strip().casefold()]
    if isinstance(value, list | tuple | set) and all(isinstance(item, str) for item in value):
        return sorted({item.strip().casefold() for item in value})
    return None


_SEVERAL = 'Each letter stands in its own quotation marks, all in curly brackets: `{"a", "b"}`.'


def _explain_choice(spec: Mapping[str, Any], got: Any) -> _Problem | None:
    name = f"`{spec['target']}`"
    options = spec["options"]["names"]
    listed = ", ".join(f'"{option}"' for option in options)
    if got is None or got is Ellipsis:
        if spec["options"]["multiple"]:
            return _Problem(
                f"{name} has no value yet.",
                f"Put the letters of your choice into it. {_SEVERAL}",
                "nothing",
            )
        return _Problem(f"{name} has no value yet.", f"Give it one of {listed}.", "nothing")
    chosen = normalise_choice(got)
    known = {option.casefold(): option for option in options}
    if chosen is None or any(option not in known for option in chosen):
        return _Problem(
            f"{name} is {show(got)}; choose from {listed}.",
            _SEVERAL if spec["options"]["multiple"] else "Write the letter between quotation marks.",
            "type",
        )
    if not spec["options"]["multiple"] and len(chosen) != 1:
        return _Problem(f"{name} has {len(chosen)} options; choose one of {listed}.", "", "length")
    salt = spec["salt"]
    misjudged = [
        option
        for folded, option in known.items()
        if digest(f"{folded}|{folded in chosen}", salt) != spec["options"]["members"][option]
    ]
    if not misjudged:
        return None
    if spec["options"]["multiple"]:
        hint = _option_hint(spec, misjudged[0])
        many = "option is" if len(misjudged) == 1 else "options are"
        return _Problem(
            f"{name} is {show(got)}: {len(misjudged)} {many} misjudged.", hint, f"option {misjudged[0]}"
        )
    choice = known[chosen[0]]
    return _Problem(
        f'{name} is "{choice}"; that is not the answer yet.',
        _option_hint(spec, choice),
        f"option {choice}",
    )


def _option_hint(spec: Mapping[str, Any], option: str) -> str:
    return spec["options"]["hints"].get(digest(f"hint {option}", spec["salt"]), "")


def _praise(spec: Mapping[str, Any], judged_hidden: bool) -> str:
    count = len(spec["checks"])
    if spec["kind"] != "call":
        return "That is right."
    if judged_hidden:
        return "All visible and all hidden checks pass."
    words = {1: "The visible check passes.", 2: "Both visible checks pass."}
    return words.get(count, f"All {count} visible checks pass.")


def _hidden_headline(spec: Mapping[str, Any], outcomes: list[CheckOutcome]) -> str:
    failed = [outcome.name for outcome in outcomes if outcome.hidden and not outcome.passed]
    total = sum(outcome.hidden for outcome in outcomes)
    names = ", ".join(f"“{name}”" for name in failed)
    verb = "does" if len(failed) == 1 else "do"
    return f"All visible checks pass; {len(failed)} of {total} hidden checks {verb} not: {names}."


def _recognise(
    spec: Mapping[str, Any],
    comparison: Comparison,
    checks: Sequence[Mapping[str, Any]],
    calls: Sequence[_Call],
) -> Mapping[str, Any] | None:
    """The misconception whose results are the student's results, if any.

    First choice: one that gives the student's result in every failing call, and then in most of all calls.
    Second: one that gives the student's result in the first failing call, unless that result is nothing.
    """
    failing = [one for one in calls if not one.is_right]
    best: tuple[int, Mapping[str, Any]] | None = None
    second: Mapping[str, Any] | None = None
    for wrong in spec.get("misconceptions", []):

        def agrees(one: _Call, wrong: Mapping[str, Any] = wrong) -> bool | None:
            told = _told(wrong, checks[one.check], one.check, spec)
            return told is not None and _same_outcome(comparison, one.call, told[one.place], one.seen)

        sure = False
        for one in failing:
            agreed = agrees(one)
            if agreed is False:
                break
            sure = sure or agreed is True
            if second is None and agreed and one is failing[0] and one.seen.get("returned") is not None:
                second = wrong
        else:
            agreements = sum(agrees(one) is True for one in calls) if sure else 0
            if sure and (best is None or agreements > best[0]):
                best = (agreements, wrong)
    return best[1] if best else second


def _told(
    wrong: Mapping[str, Any], check: Mapping[str, Any], number: int, spec: Mapping[str, Any]
) -> Sequence[Mapping[str, Any]] | None:
    if number < len(spec["checks"]):
        return wrong["outcomes"][number]
    return check.get("misconceptions", {}).get(wrong["id"])


def _same_outcome(
    comparison: Comparison, call: Mapping[str, Any], wrong: Mapping[str, Any], seen: Mapping[str, Any]
) -> bool | None:
    """Whether both calls ended alike; `None` when the misconception gives another result every time."""
    if wrong.get("varies"):
        return None if seen.get("returned") is not None else False
    if "late" in wrong or "late" in seen:
        return "late" in wrong and "late" in seen
    if "raised" in wrong or "raised" in seen:
        return wrong.get("raised", {}).get("type") == seen.get("raised", {}).get("type")
    if bool(wrong.get("changed")) != bool(seen.get("changed")):
        return False
    if "again" in wrong or "again" in seen:
        return "again" in wrong and "again" in seen
    if "returned" not in wrong or "returned" not in seen:
        return False
    a, b = codec.decode(wrong["returned"]), codec.decode(seen["returned"])
    if a is None or b is None:
        return a is None and b is None and bool(wrong.get("printed")) == bool(seen.get("printed"))
    if isinstance(a, Opaque) or isinstance(b, Opaque):
        return type(a) is type(b) and bool(a == b)
    if isinstance(a, codec.Figure) and isinstance(b, codec.Figure):
        return comparison.same_mistake(codec.decode(call["expected"]), a, b)
    return _of_call(comparison, call).mismatch(a, b) is None


def _of_call(comparison: Comparison, call: Mapping[str, Any]) -> Comparison:
    """The exercise's comparison with the tolerance of this call, if it has one."""
    return replace(comparison, abs=float(call["abs"])) if "abs" in call else comparison
