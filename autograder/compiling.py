"""Key plus reference to check data: the visible checks a student gets, and the hidden ones kept back.

The reference is the solution in the notebook. It is run over all cases here, once; what is written is data
(inputs, expected answers, what each misconception gives), no code and no solution.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import codec, judge
from autograder.authoring import Answer, Check, Exercise, KeyFault
from autograder.comparison import digest, seal
from autograder.key_file import load_key
from autograder.notebook import find_notebook, is_check, quiet, read_notebook, run_cells
from autograder.observation import observe, request_for

FORMAT = 1
SHARED_DATA_FROM = 2000


@dataclass(frozen=True)
class CompiledExercise:
    """One exercise as data: `visible` for the student's folder, `hidden` for the grader."""

    source: Exercise
    visible: dict[str, Any]
    hidden: list[dict[str, Any]]
    reference: dict[str, Any]


@dataclass(frozen=True)
class CompiledKey:
    """All exercises of an assignment."""

    assignment: str
    exercises: tuple[CompiledExercise, ...]

    def visible_json(self) -> str:
        """The content of `checks.json`: the same text for the same key and solution."""
        return _with_shared_data(self.assignment, [compiled.visible for compiled in self.exercises])

    def hidden_json(self) -> str:
        """The content of the hidden checks' file, which stays with the instructor."""
        rows = [{"name": c.visible["name"], "checks": c.hidden} for c in self.exercises]
        return _with_shared_data(self.assignment, rows)


def course_seed(root: Path) -> int:
    """The course's secret seed, which draws the hidden inputs.

    Taken from the environment variable AUTOGRADER_SEED or from `grading/seed`, which is made at random when
    it does not exist.

    Raises:
        KeyFault: it is not a whole number.
    """
    path = root / "grading" / "seed"
    text = os.environ.get("AUTOGRADER_SEED")
    if text is None:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{secrets.randbits(62)}\n")
        text = path.read_text().strip()
    if not text.isdigit():
        raise KeyFault(f"the course seed must be a whole number, got {text!r} (AUTOGRADER_SEED or {path})")
    return int(text)


def compile_assignment(folder: Path, seed: int) -> CompiledKey:
    """Compiles `key.py` and the notebook of `folder`.

    Raises:
        KeyFault: one sentence that names the file, the exercise and what to mend.
    """
    exercises = load_key(folder / "key.py")
    namespace: dict[str, Any] = {}
    if needs_notebook(exercises):
        path = find_notebook(folder)
        nb = read_notebook(path)
        _same_exercises(path, nb, exercises)
        namespace = run_cells(nb, folder)
    compiled = tuple(
        compile_exercise(exercise, number + 1, namespace, folder.name, seed)
        for number, exercise in enumerate(exercises)
    )
    return CompiledKey(folder.name, compiled)


def needs_notebook(exercises: list[Exercise]) -> bool:
    """Whether the right answers are solutions in a notebook; self-checks of lessons bring their own."""
    return any(exercise.given_reference is None and exercise.given_value is None for exercise in exercises)


def _same_exercises(path: Path, nb: Any, exercises: list[Exercise]) -> None:
    """Notebook and key must name the same exercises, with the same points."""
    from autograder.notebook import checked_exercise

    in_notebook: dict[str, float] = {}
    for cell in nb.cells:
        if not is_check(cell):
            continue
        name = checked_exercise(cell)
        about = cell.metadata["nbgrader"]
        if name is None:
            continue
        if about["grade_id"] != name:
            raise KeyFault(
                f"{path}: the cell check({name!r}) has the grade_id {about['grade_id']!r}; give it {name!r}"
            )
        in_notebook[name] = float(about.get("points", 0))
    for exercise in exercises:
        if exercise.name not in in_notebook:
            raise KeyFault(
                f"{path} has no graded cell with check({exercise.name!r}), but the key has that exercise"
            )
        if in_notebook[exercise.name] != exercise.points:
            raise KeyFault(
                f"{path}: {exercise.name} has {in_notebook[exercise.name]:g} points in the notebook "
                f"and {exercise.points:g} in the key"
            )
    for name in in_notebook:
        if name not in {exercise.name for exercise in exercises}:
            raise KeyFault(f"{path}: check({name!r}) has no exercise in key.py")


def compile_exercise(
    exercise: Exercise, number: int, namespace: Mapping[str, Any], assignment: str, seed: int
) -> CompiledExercise:
    """One exercise as data.

    Args:
        exercise: as the key has it.
        number: its place in the assignment, from 1.
        namespace: the variables of the notebook with its solutions (empty for lessons).
        assignment: name, part of the salt.
        seed: draws the hidden inputs.
    """
    reference = _reference(exercise, namespace)
    salt = hashlib.sha256(f"{assignment}/{exercise.name}".encode()).hexdigest()[:16]
    spec: dict[str, Any] = {
        "name": exercise.name,
        "number": number,
        "title": exercise.title,
        "points": float(exercise.points),
        "hidden_points": exercise.points_behind_hidden_checks,
        "kind": exercise.kind,
        "target": exercise.target,
        "answer": exercise.answer,
        "needs": list(exercise.needs),
        "time_limit": exercise.time_limit,
        "show_expected": exercise.show_expected,
        "may_modify": exercise.may_modify,
        "compare": exercise.comparison.to_json(),
        "salt": salt,
        "hidden_checks": exercise.number_of_hidden_checks,
    }
    if exercise.kind == "choice":
        spec["options"] = _options(exercise, reference, salt)
        spec["checks"] = [{"name": exercise.target, "calls": [{"args": []}]}]
        spec["misconceptions"] = []
        return CompiledExercise(exercise, spec, [], reference)
    spec["checks"] = [_expect(exercise, spec, check, reference) for check in exercise.checks]
    hidden_checks = _draw(exercise, seed)
    hidden = [_expect(exercise, spec, check, reference, secret=True) for check in hidden_checks]
    spec["misconceptions"] = []
    for wrong in exercise.misconceptions:
        outcomes = _outcomes(exercise, spec, wrong, [*spec["checks"], *hidden])
        visible = outcomes[: len(spec["checks"])]
        spec["misconceptions"].append(
            {"id": wrong.name, "hint": wrong.hint, "outcomes": _concealed(exercise, spec, visible)}
        )
        for check, rows in zip(hidden, outcomes[len(spec["checks"]) :], strict=True):
            check.setdefault("misconceptions", {})[wrong.name] = rows
    return CompiledExercise(exercise, spec, hidden, reference)


def _reference(exercise: Exercise, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The namespace in which the exercise's target is the right answer."""
    if exercise.given_reference is not None:
        return {exercise.target: exercise.given_reference}
    if exercise.kind != "call" and exercise.given_value is not None:
        return {exercise.target: exercise.given_value}
    if exercise.target not in namespace:
        missing = f"the solutions of the notebook do not define {exercise.target!r}"
        raise KeyFault(f"{exercise.where}: {exercise.name}: {missing}")
    return dict(namespace)


def _draw(exercise: Exercise, seed: int) -> list[Check]:
    import numpy as np

    from autograder.authoring import Call

    checks = []
    for position, group in enumerate(exercise.hidden_groups):
        rng = np.random.default_rng([seed, zlib.crc32(exercise.name.encode()), position])
        calls = []
        for _ in range(group.n):
            try:
                drawn = group.draw(rng)
            except Exception as error:
                told = f"{type(error).__name__}: {error}"
                raise KeyFault(
                    f"{group.where}: {exercise.name}: the hidden check {group.name!r} cannot be drawn: {told}"
                ) from error
            calls.append(Call(drawn if isinstance(drawn, tuple) else (drawn,)))
        checks.append(Check(group.name, tuple(calls), group.where))
    return checks


def _expect(
    exercise: Exercise,
    spec: Mapping[str, Any],
    check: Check,
    reference: Mapping[str, Any],
    secret: bool = False,
) -> dict[str, Any]:
    """A check with the expected answers that the reference gives."""
    calls: list[dict[str, Any]] = []
    for call in check.calls:
        row: dict[str, Any] = {"args": [codec.encode(arg) for arg in call.args]}
        for encoded in row["args"]:
            found = _object_inside(encoded)
            if found:
                told = f"an argument must be plain data, got an object of class {found}"
                raise KeyFault(f"{check.where}: {exercise.name}: {told}")
        if call.shown:
            row["shown"] = call.shown
        if call.repeat != 1:
            row["repeat"] = call.repeat
        if call.abs is not None:
            row["abs"] = call.abs
        calls.append(row)
    with quiet():
        seen = observe(reference, request_for(spec, [{"calls": calls}]))[0]
    for row, observation in zip(calls, seen, strict=True):
        try:
            _add_expected(exercise, spec, row, observation, secret)
        except KeyFault as fault:
            raise KeyFault(f"{check.where}: {exercise.name}: {fault}") from None
    return {"name": check.name or judge.call_text(spec, calls[0]), "calls": calls}


def _object_inside(encoded: Any) -> str:
    """The name of the first class in encoded data that is no data; empty if there is none."""
    if isinstance(encoded, dict) and encoded.get("$") == "object":
        return str(encoded["type"])
    parts = encoded.values() if isinstance(encoded, dict) else encoded if isinstance(encoded, list) else ()
    return next(filter(None, map(_object_inside, parts)), "")


def _add_expected(
    exercise: Exercise, spec: Mapping[str, Any], row: dict[str, Any], seen: Mapping[str, Any], secret: bool
) -> None:
    shown = judge.call_text(spec, row)
    if "returned" not in seen:
        told = seen.get("raised", {}).get(
            "type", "no answer within the time limit" if "late" in seen else "no answer"
        )
        raise KeyFault(f"the solution gives {told} for {shown}")
    if seen.get("changed") and not exercise.may_modify:
        raise KeyFault(f"the solution changes its argument in {shown}")
    if "again" in seen:
        raise KeyFault(f"the solution gives two results for {shown}: use the seed")
    found = _object_inside(seen["returned"])
    if found:
        raise KeyFault(f"the solution gives an object of class {found} for {shown}; answers must be data")
    plainly = exercise.show_expected or secret
    row["expected"] = (
        seen["returned"] if plainly else seal(seen["returned"], exercise.comparison, spec["salt"])
    )


def _options(exercise: Exercise, reference: Mapping[str, Any], salt: str) -> dict[str, Any]:
    correct = judge.normalise_choice(reference[exercise.target])
    names = {option.casefold(): option for option in exercise.options}
    if correct is None or any(option not in names for option in correct):
        raise KeyFault(
            f"{exercise.where}: {exercise.name}: the solution is {reference[exercise.target]!r}, "
            f"which is not among the options {sorted(exercise.options)}"
        )
    return {
        "names": list(exercise.options),
        "multiple": not isinstance(reference[exercise.target], str),
        "members": {
            option: digest(f"{folded}|{folded in correct}", salt) for folded, option in names.items()
        },
        # Under digests, because the one option without a hint would be the answer.
        "hints": dict(
            sorted((digest(f"hint {name}", salt), hint) for name, hint in exercise.options.items() if hint)
        ),
    }


def answer_namespace(exercise: Exercise, answer: Answer) -> dict[str, Any]:
    """The variables of a student who gives this answer."""
    value: Any = answer.give
    if exercise.kind != "call":
        value = answer.give()
    return {exercise.target: value}


def _outcomes(
    exercise: Exercise, spec: Mapping[str, Any], wrong: Answer, checks: list[dict[str, Any]]
) -> list[list[dict[str, Any]]]:
    """What the misconception does in every call, without what differs from run to run."""
    request = request_for(spec, checks)
    runs = []
    for _ in range(2):
        with quiet():
            try:
                runs.append(observe(answer_namespace(exercise, wrong), request))
            except Exception as error:
                told = f"{type(error).__name__}: {error}"
                raise KeyFault(f"{wrong.where}: {exercise.name}: {wrong.name} fails: {told}") from error
    return [
        [_steady(first, second) for first, second in zip(*rows, strict=True)]
        for rows in zip(*runs, strict=True)
    ]


def _steady(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """An outcome that is the same in every run, so that the compiled text is too."""
    if "again" in first or "again" in second:  # results by chance may be equal in one of the runs
        return {"again": True}
    if first.get("returned") != second.get("returned"):
        return {"varies": True}
    if "raised" in first:
        return {"raised": {"type": first["raised"]["type"]}}
    kept = {key: value for key, value in first.items() if key in ("returned", "late", "skipped", "changed")}
    return {**kept, "printed": True} if first.get("printed") else kept


def _concealed(
    exercise: Exercise, spec: Mapping[str, Any], outcomes: list[list[dict[str, Any]]]
) -> list[list[dict[str, Any]]]:
    """Wrong values sealed too where the right one is: the odd one out would tell."""
    if exercise.show_expected:
        return outcomes
    return [
        [
            {**seen, "returned": seal(seen["returned"], exercise.comparison, spec["salt"])}
            if "returned" in seen
            else seen
            for seen in check
        ]
        for check in outcomes
    ]


def _with_shared_data(assignment: str, exercises: list[dict[str, Any]]) -> str:
    """JSON text in which large arguments that several calls share are written once."""
    pool: dict[str, Any] = {}

    def pooled(value: Any) -> Any:
        text = json.dumps(value, sort_keys=True)
        if len(text) <= SHARED_DATA_FROM:
            return value
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        pool[name] = value
        return {"$": "shared", "v": name}

    def share(value: Any) -> Any:
        if isinstance(value, dict):
            if value.get("$") in ("frame", "series", "array"):
                return pooled(value)
            return {
                key: [pooled(arg) for arg in item] if key == "args" else share(item)
                for key, item in value.items()
            }
        return [share(item) for item in value] if isinstance(value, list) else value

    rows = [share(exercise) for exercise in exercises]
    document = {"format": FORMAT, "assignment": assignment, "exercises": rows, "data": pool}
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True, default=_refuse) + "\n"


def _refuse(value: Any) -> Callable[..., Any]:
    raise KeyFault(f"a {type(value).__name__} cannot be written into the checks")
