"""Source notebooks as the harness sees them: solution cells, check cells, and running them in this process.

Only for notebooks of the course's own authors; a submission is never run here.
"""

from __future__ import annotations

import contextlib
import io
import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring import KeyFault
from autograder.check_cell import exercise_in


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in the current format.

    Raises:
        KeyFault: it is missing or cannot be read.
    """
    if not path.is_file():
        raise KeyFault(f"there is no notebook {path}")
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise KeyFault(f"{path} is not a notebook that can be read: {error}") from error


def find_notebook(folder: Path) -> Path:
    """The one notebook of an assignment's folder.

    Raises:
        KeyFault: there is none, or more than one.
    """
    found = sorted(folder.glob("*.ipynb"))
    if len(found) != 1:
        raise KeyFault(f"{folder} should hold one notebook, but has {len(found)}")
    return found[0]


def is_solution(cell: NotebookNode) -> bool:
    """Whether a student writes in this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_check(cell: NotebookNode) -> bool:
    """Whether this is a locked, graded code cell."""
    about = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(about.get("grade")) and not about.get("solution")


def checked_exercise(cell: NotebookNode) -> str | None:
    """The exercise that a check cell checks; `None` for any other cell."""
    return exercise_in(cell.source) if is_check(cell) else None


def solution_cell_of(nb: NotebookNode, exercise: str) -> NotebookNode | None:
    """The last solution code cell before the exercise's check cell."""
    last = None
    for cell in nb.cells:
        if cell.cell_type == "code" and is_solution(cell):
            last = cell
        if checked_exercise(cell) == exercise:
            return last
    return None


def run_cells(
    nb: NotebookNode, folder: Path, upto: str | None = None, tolerant: bool = False
) -> dict[str, Any]:
    """The variables after running the notebook's code cells, check cells left out.

    Args:
        nb: the notebook of an author.
        folder: where it runs.
        upto: stop at the check cell of this exercise.
        tolerant: go on after a cell that fails, as nbgrader does (for simulated students).

    Raises:
        KeyFault: a cell fails; the sentence names it.
    """
    from IPython.core.inputtransformer2 import TransformerManager

    namespace: dict[str, Any] = {"__name__": "__main__"}
    with working_directory(folder), quiet():
        for cell in nb.cells:
            if upto is not None and checked_exercise(cell) == upto:
                break
            if cell.cell_type != "code" or is_check(cell):
                continue
            code = TransformerManager().transform_cell(cell.source)
            name = cell.get("id", "cell")
            try:
                exec(compile(code, f"<{name}>", "exec"), namespace)
            except (Exception, SystemExit) as error:
                if tolerant:
                    continue
                told = f"{type(error).__name__}: {error}"
                raise KeyFault(f"{folder.name}, cell {name}, line {_line(error, name)}: {told}") from error
    return namespace


def _line(error: BaseException, cell: str) -> int | str:
    """The line of the cell in which the error arose, or that could not be read."""
    if isinstance(error, SyntaxError):
        return error.lineno or "?"
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == f"<{cell}>"
    ]
    return (lines and lines[-1]) or "?"


@contextlib.contextmanager
def working_directory(folder: Path) -> Iterator[None]:
    """Runs inside `folder` and comes back."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps prints to itself and draws without a screen."""
    import matplotlib

    backend = matplotlib.get_backend()
    matplotlib.use("agg")
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        import matplotlib.pyplot as plt

        plt.close("all")
        matplotlib.use(backend)
