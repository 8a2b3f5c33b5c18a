"""Our steps in nbgrader's own pipelines, named in `nbgrader_config.py`. Nothing of nbgrader is patched.

`CompileChecks` runs in `nbgrader generate_assignment`; `GradeSubmission` is the grading engine in `nbgrader
autograde` and behind formgrader's button, the same as that of `autograder grade`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.checker import CHECKS
from autograder.compiling import compile_assignment, course_seed
from autograder.engine.assignment import HIDDEN_FOLDER
from autograder.engine.classroom import Classroom
from autograder.engine.course import Course, CourseFault
from autograder.engine.grading import Graded
from autograder.engine.sandbox import Furnishing


class CompileChecks(NbGraderPreprocessor):
    """Runs the solution over the key's cases; writes the checks beside the student's notebook.

    The visible ones go into the release folder, the hidden ones into `grading/hidden/`. A folder without
    `key.py` (a plain nbgrader assignment) is left as it is.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Compiles the assignment; the notebook itself is not changed."""
        assignment = resources["nbgrader"]["assignment"]
        root = course_root(self.config)
        settings = self.config.CourseDirectory
        folder = root / str(settings.get("source_directory", "source")) / assignment
        if not (folder / "key.py").is_file():
            return nb, resources
        compiled = compile_assignment(folder, course_seed(root))
        released = root / str(settings.get("release_directory", "release")) / assignment
        write_text(released / CHECKS, compiled.visible_json())
        write_text(root / HIDDEN_FOLDER / f"{assignment}.json", compiled.hidden_json())
        return nb, resources


class GradeSubmission(NbGraderPreprocessor):
    """The grading engine in `nbgrader autograde` and behind formgrader's button, one submission at a time.

    Takes the place of Execute, LimitOutput, SaveAutoGrades and AssignLatePenalties: it reads what was handed
    in, grades it in a sandbox, records it, and gives nbgrader the graded notebook to write.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The graded notebook in place of the submitted one."""
        about = resources["nbgrader"]
        course = Course.of(self.config, Path.cwd())
        furnishing = course.engine.furnishing()
        if not furnishing.walls:
            self.log.warning("No sandbox (c.Engine.sandbox is False): student code runs in your own account.")
        graded = _graded(course, furnishing, about, self.log)
        for sentence in graded.repairs:
            self.log.warning(f"Repaired: {sentence}")
        for sentence in graded.attention:
            self.log.warning(f"Needs attention: {sentence}")
        text = graded.notebooks[about["notebook"]].text
        return nbformat.reads(text, as_version=4), resources


class _Served:
    """The submission that was graded last, and which of its notebooks nbgrader has taken already."""

    def __init__(self, key: tuple[str, ...], graded: Graded) -> None:
        self.key = key
        self.graded = graded
        self.notebooks: set[str] = set()


_served: _Served | None = None


def _graded(course: Course, furnishing: Furnishing, about: dict[str, str], log: Any) -> Graded:
    """Grades and records a submission once for all of its notebooks, which nbgrader takes one by one.

    Raises:
        CourseFault, NoSandbox, SandboxGone: see there.
    """
    global _served
    name, student, notebook = about["assignment"], about["student"], about["notebook"]
    classroom = Classroom(course, name)
    try:
        folder = course.submissions(name).get(student)
        if folder is None:
            raise CourseFault(f"There is no submission of {student!r} for {name}.")
        submission = classroom.read(student, folder)
        key = (course.db_url, name, student, submission.hash, classroom.assignment.key_hash)
        if _served is None or _served.key != key or notebook in _served.notebooks:
            for sentence in classroom.assignment.warnings:
                log.warning(sentence)
            _served = _Served(key, classroom.grade_here(submission, furnishing))
        _served.notebooks.add(notebook)
        return _served.graded
    finally:
        classroom.close()


def course_root(config: Any) -> Path:
    """The course's root folder as nbgrader is configured."""
    return Path(str(config.CourseDirectory.get("root", "."))).resolve()


def write_text(path: Path, text: str) -> None:
    """Writes the file whole: beside it first, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
