"""Proves the checks of an assignment: every right answer accepted, every usual mistake named.

Says nothing about how well the exercise teaches; says whether its checks can tell right from wrong.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder import codec
from autograder.authoring import Answer, Exercise
from autograder.compiling import (
    CompiledExercise,
    answer_namespace,
    compile_assignment,
    needs_notebook,
    request_for,
)
from autograder.judge import Verdict, judge
from autograder.mutants import mutants
from autograder.notebook import find_notebook, quiet, read_notebook, run_cells, solution_cell_of
from autograder.observation import TimeLimit, call_within, observe
from autograder.stubs import stubbed

FEWEST_MISCONCEPTIONS = 4
FEWEST_ALTERNATIVES = 2
SEEDS = (1, 2)
MUTANT_SECONDS = 1.0


@dataclass(frozen=True)
class ExerciseProof:
    """What was shown for one exercise; `faults` are the sentences of what does not hold."""

    assignment: str
    exercise: str
    points: float
    visible_checks: int
    hidden_checks: int
    right_answers: int
    wrong_answers: int
    mutants: int
    mutants_detected: int
    surviving: tuple[str, ...]
    faults: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The proof as JSON data."""
        return asdict(self)


def verify_assignment(folder: Path, seeds: tuple[int, ...] = SEEDS) -> list[ExerciseProof]:
    """Proofs of all exercises, with hidden inputs drawn from each of the seeds.

    Raises:
        KeyFault: the key or the notebook cannot be used at all.
    """
    keys = [compile_assignment(folder, seed) for seed in seeds]
    stub: dict[str, Any] | None = None
    sources: dict[str, str] = {}
    if needs_notebook([compiled.source for compiled in keys[0].exercises]):
        nb = read_notebook(find_notebook(folder))
        stub = run_cells(stubbed(nb), folder)
        for exercise in keys[0].exercises:
            cell = solution_cell_of(nb, exercise.source.name)
            if cell is not None:
                sources[exercise.source.name] = cell.source
    return [
        _prove(folder.name, [key.exercises[place] for key in keys], stub, sources)
        for place in range(len(keys[0].exercises))
    ]


def evaluate(
    compiled: CompiledExercise, namespace: Mapping[str, Any], time_limit: float | None = None
) -> Verdict:
    """The verdict on a student with these variables, hidden checks included."""
    return evaluate_twice(compiled, namespace, time_limit)[0]


def evaluate_twice(
    compiled: CompiledExercise, namespace: Mapping[str, Any], time_limit: float | None = None
) -> tuple[Verdict, Verdict]:
    """Two verdicts on the same run: with the hidden checks, and as the notebook gives it, without them."""
    spec = dict(compiled.visible)
    if time_limit is not None:
        spec["time_limit"] = time_limit
    with quiet():
        rows = observe(namespace, request_for(spec, [*spec["checks"], *compiled.hidden]))
    count = len(spec["checks"])
    whole = judge(spec, rows[:count], compiled.hidden, rows[count:])
    return whole, judge(spec, rows[:count]) if compiled.hidden else whole


def _prove(
    assignment: str,
    versions: list[CompiledExercise],
    stub: Mapping[str, Any] | None,
    sources: Mapping[str, str],
) -> ExerciseProof:
    exercise = versions[0].source
    faults: list[str] = []
    for compiled in versions:
        for fault in _faults(exercise, compiled, stub):
            if fault not in faults:
                faults.append(fault)
    faults.extend(_too_few(exercise))
    detected, surviving = _mutation(versions[0], sources.get(exercise.name, ""))
    wrong = len(exercise.misconceptions) or len([hint for hint in exercise.options.values() if hint])
    return ExerciseProof(
        assignment=assignment,
        exercise=exercise.name,
        points=float(exercise.points),
        visible_checks=len(versions[0].visible["checks"]),
        hidden_checks=exercise.number_of_hidden_checks,
        right_answers=1 + len(exercise.alternatives),
        wrong_answers=wrong,
        mutants=detected + len(surviving),
        mutants_detected=detected,
        surviving=tuple(surviving),
        faults=tuple(faults),
    )


def _faults(exercise: Exercise, compiled: CompiledExercise, stub: Mapping[str, Any] | None) -> list[str]:
    faults = []
    whole = evaluate(compiled, compiled.reference)
    if whole.state != "right" or whole.earned != exercise.points:
        faults.append(f"the solution earns {whole.earned:g} of {exercise.points:g}: {whole.headline}")
    for answer in exercise.alternatives:
        verdict = evaluate(compiled, answer_namespace(exercise, answer))
        if verdict.state != "right" or verdict.earned != exercise.points:
            faults.append(f"the right answer {answer.name} earns {verdict.earned:g}: {verdict.headline}")
    for answer, hint in _wrong_answers(exercise, compiled):
        verdict, at_once = evaluate_twice(compiled, answer_namespace(exercise, answer))
        if verdict.state == "right":
            faults.append(f"the wrong answer {answer.name} is accepted")
        elif exercise.points and verdict.earned >= exercise.points:
            faults.append(f"the wrong answer {answer.name} loses no points")
        elif exercise.kind == "choice" and not hint.strip():
            faults.append(f"the wrong answer {answer.name} has no hint")
        elif verdict.hint != hint:
            got = f"the hint {verdict.hint!r}" if verdict.hint else "no hint"
            faults.append(f"the wrong answer {answer.name} gets {got} instead of its own")
        elif at_once.state != "right" and at_once.hint != hint:
            faults.append(
                f"the wrong answer {answer.name} gets the hint {at_once.hint!r} in the notebook, "
                "where only visible checks run, instead of its own"
            )
    if stub is not None:
        verdict = evaluate(compiled, stub)
        if verdict.earned or verdict.state == "right":
            faults.append(f"the untouched stub earns {verdict.earned:g}")
    faults.extend(_hard_coded(exercise, compiled))
    return faults


def _wrong_answers(exercise: Exercise, compiled: CompiledExercise) -> list[tuple[Answer, str]]:
    """Every wrong answer of the key with its hint; for a choice, each single misjudged option."""
    if exercise.kind != "choice":
        return [(wrong, wrong.hint) for wrong in exercise.misconceptions]
    correct = compiled.reference[exercise.target]
    if isinstance(correct, str):
        others = [option for option in exercise.options if option.casefold() != correct.strip().casefold()]
        return [(_giving(option), exercise.options[option]) for option in others]
    right = {str(option).casefold() for option in correct}
    rows = []
    for option in exercise.options:
        toggled = right ^ {option.casefold()}
        rows.append((_giving(sorted(toggled), f"misjudges_{option}"), exercise.options[option]))
    return rows


def _giving(value: Any, name: str | None = None) -> Answer:
    return Answer(name or f"option {value}", lambda: value)


def _too_few(exercise: Exercise) -> list[str]:
    """The least that every exercise needs; half of it for an ungraded self-check."""
    faults = []
    graded = exercise.points > 0
    hints = [wrong.hint for wrong in exercise.misconceptions]
    if exercise.kind == "choice":
        hints = [hint for hint in exercise.options.values() if hint]
        fewest_wrong, fewest_right = 2, 0
    else:
        fewest_wrong = FEWEST_MISCONCEPTIONS if graded else 2
        fewest_right = FEWEST_ALTERNATIVES if graded else 1
    if len(hints) < fewest_wrong:
        faults.append(f"it has {len(hints)} wrong answers with a hint; it needs {fewest_wrong}")
    if len(exercise.alternatives) < fewest_right:
        faults.append(f"it has {len(exercise.alternatives)} other right answers; it needs {fewest_right}")
    if len(set(hints)) < len(hints):
        faults.append("two wrong answers have the same hint")
    if any(not hint.strip() for hint in hints):
        faults.append("a wrong answer has no hint")
    return faults


def _hard_coded(exercise: Exercise, compiled: CompiledExercise) -> list[str]:
    """Answers looked up from the visible cases must earn nothing of what hidden checks give."""
    if exercise.kind != "call" or not compiled.hidden:
        return []
    table = {}
    for check in compiled.visible["checks"]:
        for call in check["calls"]:
            if exercise.show_expected:
                table[codec.dumps([codec.decode(arg) for arg in call["args"]])] = call["expected"]
    if not table:
        return []
    visible = exercise.points - exercise.points_behind_hidden_checks
    faults = []
    fallbacks = {"None": None} | {
        f"the answer to case {n + 1}": value for n, value in enumerate(table.values())
    }
    for told, fallback in fallbacks.items():
        verdict = evaluate(compiled, {exercise.target: _lookup(table, fallback)})
        if verdict.earned > visible + 1e-9 or (exercise.points and verdict.earned >= exercise.points):
            faults.append(f"an answer hard-coded to the visible cases, else {told}, earns hidden points")
    return faults


def _lookup(table: Mapping[str, Any], fallback: Any) -> Callable[..., Any]:
    def looked_up(*args: Any) -> Any:
        return codec.decode(table.get(codec.dumps(list(args)), fallback))

    return looked_up


def _mutation(compiled: CompiledExercise, source: str) -> tuple[int, list[str]]:
    """How many mutants of the solution lose points, and what the others change."""
    if compiled.source.kind != "call" or not source:
        return 0, []
    try:
        ast.parse(source)
    except SyntaxError:
        return 0, []
    detected, surviving = 0, []
    for mutant in mutants(source):
        namespace = dict(compiled.reference)
        try:
            with quiet():
                call_within(MUTANT_SECONDS, exec, compile(mutant.source, "<mutant>", "exec"), namespace)
            verdict = evaluate(compiled, namespace, MUTANT_SECONDS)
        except (Exception, SystemExit, TimeLimit):
            detected += 1
            continue
        if verdict.state == "right":
            surviving.append(mutant.what)
        else:
            detected += 1
    return detected, surviving
