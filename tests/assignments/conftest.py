"""What the tests of every assignment start from: its proven key and its notebook with solutions.

A test module names its assignment's folder in `FOLDER`.
"""

from __future__ import annotations

from typing import Any

import pytest
from nbformat import NotebookNode

from autograder.compiling import CompiledExercise, compile_assignment
from autograder.notebook import find_notebook, read_notebook, run_cells


@pytest.fixture(scope="module")
def compiled(request: pytest.FixtureRequest) -> dict[str, CompiledExercise]:
    """The compiled exercises by name."""
    return {found.source.name: found for found in compile_assignment(request.module.FOLDER, seed=5).exercises}


@pytest.fixture(scope="module")
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    """The source notebook."""
    return read_notebook(find_notebook(request.module.FOLDER))


@pytest.fixture(scope="module")
def variables(request: pytest.FixtureRequest, notebook: NotebookNode) -> dict[str, Any]:
    """The variables of the notebook with its solutions."""
    return run_cells(notebook, request.module.FOLDER)
