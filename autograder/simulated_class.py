"""A class of simulated students, drawn from a key: right, right by another road, wrong, or not at all."""

from __future__ import annotations

import ast
import copy
import symtable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from nbformat import NotebookNode

from autograder.authoring import Answer, Exercise
from autograder.notebook import is_solution, solution_cell_of
from autograder.stubs import stubbed

# How often each kind of answer is drawn: a class that has mostly understood.
KINDS = {"reference": 0.40, "alternative": 0.20, "misconception": 0.27, "stub": 0.08, "crash": 0.05}
SHARE_THAT_WRITES = 0.9
WRITTEN = "*Written by a simulated student.* An instructor reads this text and gives points by the rubric."
CRASHES = (
    'raise RuntimeError("this cell stops on its own")',
    "print(undefined_name)",
    "def broken(\n    return 1",
)
# fmt: off
FIRST = (
    "Ada", "Bram", "Chloé", "Daan", "Emma", "Finn", "Guðrún", "Hugo", "Ines", "Jón", "Kim", "Louis", "Mila",
    "Noor", "Otto", "Pia", "Quinn", "Rosa", "Sem", "Tess",
)
LAST = (
    "Jansen", "Dubois", "Jónsdóttir", "Bakker", "Moreau", "de Vries", "Lefèvre", "Peeters", "Smit",
    "Arnarson", "Visser", "Laurent",
)
# fmt: on


@dataclass(frozen=True)
class Pick:
    """What one simulated student answers to one exercise: the kind, the answer's name, the cell's code."""

    exercise: str
    kind: str
    name: str
    code: str | None


@dataclass(frozen=True)
class SimulatedStudent:
    """One student with an answer to every exercise, and a text for the written cases or none."""

    student_id: str
    first_name: str
    last_name: str
    picks: tuple[Pick, ...]
    writes: bool = True

    def notebook(self, nb: NotebookNode) -> NotebookNode:
        """The student's notebook: the stubbed source notebook with this student's answers filled in."""
        filled = stubbed(nb)
        for pick in self.picks:
            cell = solution_cell_of(filled, pick.exercise)
            if cell is not None and pick.code is not None:
                cell.source = pick.code
        for cell in filled.cells:
            if cell.cell_type == "markdown" and is_solution(cell) and self.writes:
                cell.source = WRITTEN
        return filled


def draw_class(
    exercises: list[Exercise], nb: NotebookNode, key: Path, size: int, seed: int
) -> list[SimulatedStudent]:
    """A class of `size` students.

    Args:
        exercises: of the key.
        nb: the source notebook with its solutions.
        key: the path of `key.py`; the answers' code is taken from it.
        size: number of students, 1 or more.
        seed: the same seed draws the same class.

    Raises:
        ValueError: `size` is below 1.
    """
    if size < 1:
        raise ValueError(f"size must be 1 or more, got {size}")
    rng = np.random.default_rng(seed)
    sources = AnswerSources(key)
    students = []
    for number in range(size):
        picks = tuple(_pick(exercise, nb, sources, rng) for exercise in exercises)
        first, last = FIRST[number % len(FIRST)], LAST[(number * 7 + number // len(FIRST)) % len(LAST)]
        writes = bool(rng.random() < SHARE_THAT_WRITES)
        students.append(SimulatedStudent(f"s{number + 1:03d}", first, last, picks, writes))
    return students


def _pick(exercise: Exercise, nb: NotebookNode, sources: AnswerSources, rng: np.random.Generator) -> Pick:
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    if kind == "alternative" and not exercise.alternatives:
        kind = "reference"
    if kind == "reference":
        cell = solution_cell_of(nb, exercise.name)
        return Pick(exercise.name, kind, "solution", copy.copy(cell.source) if cell is not None else None)
    if kind == "stub":
        return Pick(exercise.name, kind, "stub", None)
    if kind == "crash":
        return Pick(exercise.name, kind, "crash", str(rng.choice(CRASHES)))
    if exercise.kind == "choice" and kind == "misconception":
        option = str(rng.choice([option for option, hint in exercise.options.items() if hint]))
        return Pick(exercise.name, kind, f"option {option}", f"{exercise.target} = {option!r}")
    answers = exercise.alternatives if kind == "alternative" else exercise.misconceptions
    answer = answers[int(rng.integers(len(answers)))]
    return Pick(exercise.name, kind, answer.name, sources.cell(exercise, answer))


class AnswerSources:
    """The code of a key's answers, as a student would have written it into the notebook.

    Args:
        key: the path of `key.py`.
    """

    def __init__(self, key: Path) -> None:
        self._text = key.read_text(encoding="utf-8")
        self._functions: dict[str, ast.FunctionDef] = {}
        self._constants: dict[str, ast.stmt] = {}
        self._imports: list[tuple[set[str], str]] = []
        for node in ast.parse(self._text).body:
            if isinstance(node, ast.FunctionDef):
                self._functions[node.name] = node
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self._constants[target.id] = node
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = {(alias.asname or alias.name).split(".")[0] for alias in node.names}
                self._imports.append((names, ast.unparse(node)))

    def cell(self, exercise: Exercise, answer: Answer) -> str:
        """The cell that gives this answer under the exercise's name."""
        if exercise.kind != "call" and answer.name not in self._functions:
            return f"{exercise.target} = {answer.give()!r}"
        if exercise.kind != "call":
            return f"{self._with_needs(answer.name)}\n{exercise.target} = {answer.name}()"
        return self._with_needs(answer.name, exercise.target)

    def _with_needs(self, name: str, called: str | None = None) -> str:
        """The function, under the name `called`, with everything of the key that it uses."""
        order: list[str] = []
        imports: list[str] = []

        def visit(wanted: str) -> None:
            node = self._functions.get(wanted) or self._constants.get(wanted)
            if node is None or wanted in order:
                return
            used = _globals_of(self._code(wanted, None)) - {wanted}
            for names, line in self._imports:
                if names & used and line not in imports:
                    imports.append(line)
            for other in sorted(used):
                visit(other)
            order.append(wanted)

        visit(name)
        parts = [self._code(wanted, called if wanted == name else None) for wanted in order]
        return "\n".join([*imports, *parts])

    def _code(self, name: str, called: str | None) -> str:
        node = self._functions.get(name)
        if node is None:
            return ast.unparse(self._constants[name])
        plain = copy.deepcopy(node)
        plain.decorator_list = []
        if called is not None:
            plain.name = called
            for child in ast.walk(plain):
                # A recursive answer calls itself by its new name.
                if isinstance(child, ast.Name) and child.id == name:
                    child.id = called
        return ast.unparse(plain)


def _globals_of(code: str) -> set[str]:
    """The names that code takes from its module: not its parameters, nor other names of its own."""

    def names(table: symtable.SymbolTable) -> set[str]:
        is_module = table.get_type() == "module"
        found = {
            symbol.get_name()
            for symbol in table.get_symbols()
            if (symbol.is_referenced() if is_module else symbol.is_global())
        }
        return found.union(*map(names, table.get_children()))

    return names(symtable.symtable(code, "answer", "exec"))
