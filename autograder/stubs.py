"""The student's version of a source notebook: solutions replaced by stubs, by nbgrader's own preprocessor."""

from __future__ import annotations

import copy

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

CODE_STUB = "# Write your code below this line.\n..."
TEXT_STUB = "Write your answer here."


def stubbed(nb: NotebookNode) -> NotebookNode:
    """A copy of the notebook as a student opens it, with the stubs that `nbgrader_config.py` sets too."""
    clear = ClearSolutions(code_stub={"python": CODE_STUB}, text_stub=TEXT_STUB, enforce_metadata=False)
    cleared, _ = clear.preprocess(copy.deepcopy(nb), {})
    return cleared
