"""An assignment in memory, and what a student hands in for it: no gradebook, no nbgrader, no folders.

`small` has every kind of cell that nbgrader knows. Automatic points are 8: `double` 3 (1 of them hidden),
`total` 2, `plain` 2, `parts` 1. Knows nothing of what a test does with it.
"""

from __future__ import annotations

import ast
import base64
import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from autograder.authoring import exercise
from autograder.compiling import compile_exercise
from autograder.engine import scoring
from autograder.engine.assignment import Assignment, MasterCell, MasterNotebook
from autograder.engine.limits import Limits
from autograder.engine.run import Ran, Step
from autograder.engine.submission import Submission
from autograder.observation import observe

# Small, so that what is stopped is stopped soon; but time enough for honest cells on a busy machine.
LIMITS = Limits(
    cell_seconds=10.0,
    submission_seconds=30.0,
    cpu_seconds=20.0,
    memory_mb=150,
    disk_mb=20,
    file_mb=10,
    processes=16,
    cell_output_bytes=100_000,
    submission_output_bytes=1_000_000,
    cells=100,
)
# For what never ends.
HASTY = Limits(**{**LIMITS.to_json(), "cell_seconds": 0.7})
STUB = "\n# Write your code below this line.\n..."
DOUBLE = "def double(number):\n    return 2 * number"
RIGHT = {
    "double_answer": DOUBLE,
    "total_answer": "total = 5050",
    "why": "Because *it* is so.",
    "draw": "print('a line')",
}
FULL = {"double": 3.0, "total": 2.0, "plain": 2.0, "parts": 1.0, "why": None, "draw": None, "map": None}
AUTOMATIC = 8.0
HIDDEN = (7_111_113, 7_222_227, 7_333_339)
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

Notebook = dict[str, Any]
Cell = dict[str, Any]


def _master(
    name: str, source: str, points: float = 0, released: str | None = None, kind: str = "code", **roles: bool
) -> MasterCell:
    flags = {"grade": False, "solution": False, "task": False, **roles}
    cell = MasterCell(
        name=name,
        cell_type=kind,
        source=source,
        released=source if released is None else released,
        cell_id=name.replace("_", "-"),
        locked=not flags["solution"] and not flags["task"],
        checksum="",
        points=float(points),
        **flags,
    )
    return MasterCell(**{**vars(cell), "checksum": scoring.checksum({"source": source}, cell)})


MASTER = (
    _master("double_answer", f"def double(number):{STUB.replace(chr(10), chr(10) + '    ')}", solution=True),
    _master("double", 'check("double")', 3, grade=True),
    _master("total_answer", f"total = None{STUB}", solution=True),
    _master("total", 'check("total")', 2, grade=True),
    _master("plain", "assert double(2) == 4\nassert double(5) == 10", 2, "assert double(2) == 4", grade=True),
    _master("parts", "0.5 * (double(1) == 2) + 0.5 * (total == 5050)", 1, grade=True),
    _master("given", "LIMIT = 10"),
    _master("why", "Write your answer here.", 3, kind="markdown", grade=True, solution=True),
    _master("draw", STUB.strip(), 2, grade=True, solution=True),
    _master("map", "Draw a map.", 5, kind="markdown", task=True),
)


def code(source: str, name: str = "") -> Cell:
    """A code cell of the student's own."""
    name = name or hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:8]
    new = {"cell_type": "code", "id": name, "metadata": {}, "source": source}
    return {**new, "execution_count": None, "outputs": []}


def text(source: str, name: str) -> Cell:
    """A text cell of the student's own."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def _released() -> Notebook:
    cells = [text("# Small numbers", "title"), code("import math", "setup")]
    for master in MASTER:
        make = code if master.cell_type == "code" else text
        cell = make(master.released, master.cell_id)
        cell["metadata"] = {"nbgrader": master.metadata}
        cells.append(cell)
    return {
        "cells": cells,
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@cache
def _checks() -> tuple[dict[str, Any], dict[str, Any]]:
    double = exercise("double", points=3, hidden_points=1, call="double", title="Double", time_limit=1.0)
    double.case(4)
    double.case(-1.5)
    for number in HIDDEN:
        double.hidden_case(number, name=f"a large number ({HIDDEN.index(number) + 1})")
    total = exercise("total", points=2, value="total", title="Total")
    answers = {"double": lambda number: 2 * number, "total": 5050}
    made = [compile_exercise(one, n + 1, answers, "small", 1) for n, one in enumerate((double, total))]
    return (
        {one.visible["name"]: one.visible for one in made},
        {one.visible["name"]: one.hidden for one in made},
    )


def small(limits: Limits = LIMITS, keep: Sequence[str] = (), **files: str) -> Assignment:
    """The assignment; released files by name, with `__` for a dot."""
    visible, hidden = _checks()
    return Assignment(
        name="small",
        notebooks={"small": MasterNotebook("small", KERNEL, MASTER, _released())},
        checks=visible,
        hidden=hidden,
        files={name.replace("__", "."): base64.b64encode(c.encode()).decode() for name, c in files.items()},
        keep=tuple(keep),
        limits=limits,
    )


def answered(**answers: str) -> Notebook:
    """What was released with right answers in it, or with these."""
    nb = _released()
    for cell in nb["cells"]:
        cell["source"] = {**RIGHT, **answers}.get(name_of(cell), cell["source"])
    return nb


def name_of(cell: Cell) -> str:
    """nbgrader's name of a cell, or ""."""
    about = cell["metadata"].get("nbgrader")
    name = about.get("grade_id") if isinstance(about, dict) else None
    return name if isinstance(name, str) else ""


def cell_of(nb: Notebook, name: str) -> Cell:
    """The one cell of that name."""
    (found,) = [cell for cell in nb["cells"] if name_of(cell) == name]
    return found


def place_of(nb: Notebook, name: str) -> int:
    """Where the one cell of that name stands."""
    return nb["cells"].index(cell_of(nb, name))


def after(nb: Notebook, name: str, *cells: Cell) -> Notebook:
    """The notebook with more cells behind the one of that name ("": in front of all)."""
    place = place_of(nb, name) + 1 if name else 0
    nb["cells"][place:place] = cells
    return nb


def hand_in(nb: Notebook | bytes | None, name: str = "small.ipynb", **files: bytes) -> Submission:
    """A submission; files beside the notebook by name, with `__` for a dot."""
    contents = {one.replace("__", "."): content for one, content in files.items()}
    if nb is not None:
        contents[name] = nb if isinstance(nb, bytes) else json.dumps(nb).encode()
    encoded = {one: base64.b64encode(content).decode() for one, content in contents.items()}
    digest = hashlib.sha256(json.dumps(encoded, sort_keys=True).encode()).hexdigest()
    return Submission("ada", "small", encoded, (), digest)


class RunHere:
    """In place of a `Run`: the cells, which are ours, run in this process. A hundred times faster.

    Only what the tests need of a notebook: errors, the value of a last expression, checks at their place.
    """

    def __init__(
        self,
        address: str,
        folder: str,
        files: Mapping[str, str],
        steps: Sequence[Step],
        requests: Mapping[str, Mapping[str, Any]],
        limits: Limits,
        visible: Mapping[str, int] | None = None,
    ) -> None:
        self._steps, self._requests = steps, requests

    def go(self) -> Ran:
        """The whole run."""
        ran = Ran()
        namespace: dict[str, Any] = {"print": lambda *parts: None}
        for step in self._steps:
            if step.hold is not None:
                ran.observations[step.hold] = observe(namespace, self._requests[step.hold])
            else:
                ran.outputs[step.cell] = _outputs(step.code, namespace)
        return ran


def _outputs(source: str, namespace: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), namespace)
        if last is None:
            return []
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)
    except Exception as error:
        told = {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
        return [{"output_type": "error", **told}]
    if value is None:
        return []
    data = {"text/plain": repr(value)}
    return [{"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}]


def as_it_was(nb: Notebook) -> Notebook:
    """A copy that can be damaged."""
    return copy.deepcopy(nb)
