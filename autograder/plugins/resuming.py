"""Lets `nbgrader autograde` go on after it was killed, for which nbgrader has no means of its own.

nbgrader takes a submission for graded as soon as its folder of graded notebooks is there, and passes it over
from then on. Here such a folder is looked into before nbgrader does. Knows nothing of grades.
"""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde

from autograder.engine.classroom import alone
from autograder.engine.course import Course, CourseFault
from autograder.engine.repair import NOT_GRADED


class ResumingExporter(NotebookExporter):
    """nbgrader's exporter; where a run begins with it, folders that a killed one left go away.

    While it works, no other run of this course begins to grade or to clear away.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._alone = ExitStack()
        grader = self.parent
        # With --force nbgrader makes every folder again by itself.
        if not isinstance(grader, Autograde) or grader.force:
            return
        course = Course.of(self.config, Path.cwd())
        try:
            self._alone.enter_context(alone(course))
        except CourseFault as fault:
            self.log.warning(f"{fault} What an earlier run left unfinished stays as it is.")
            return
        places = grader.coursedir
        for folder in unfinished(course, places.assignment_id, places.student_id):
            self.log.warning(f"Grading again what was left unfinished: {folder}")
            _remove(folder)


def unfinished(course: Course, assignment: str, students: str) -> list[Path]:
    """Folders of graded notebooks in which one is missing, written in part, or was never run.

    Args:
        course: the course.
        assignment: name.
        students: a pattern, as nbgrader has it: "*" for all.
    """
    wanted = {path.name for path in course.folder("release", ".", assignment).glob("*.ipynb")}
    found = []
    for student, submitted in course.submissions(assignment).items():
        folder = course.folder("autograded", student, assignment)
        if not fnmatch.fnmatchcase(student, students) or not folder.is_dir():
            continue
        # Of notebooks that were not handed in, nbgrader makes none.
        notebooks = wanted & {path.name for path in submitted.glob("*.ipynb")}
        if not all(_was_run(folder / name) for name in notebooks):
            found.append(folder)
    return found


def _was_run(path: Path) -> bool:
    """Whether a notebook is whole, and not the one without outputs that nbgrader writes before it is run."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        # In the place of what could not be read stands a blank notebook that says so.
        blank = any(cell.get("id") == NOT_GRADED for cell in cells)
        return blank or not code or any(cell["execution_count"] or cell["outputs"] for cell in code)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _remove(folder: Path) -> None:
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o755)
    shutil.rmtree(folder)
