"""What is trusted about one assignment: its cells as the gradebook has them, its checks, its released files.

Everything a worker needs, as JSON, so that it needs neither the gradebook nor the course's folders.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from autograder.check_cell import exercise_in
from autograder.check_file import CheckFileFault, read_checks
from autograder.checker import CHECKS
from autograder.engine import ipynb
from autograder.engine.course import Course, CourseFault
from autograder.engine.gradebook import Gradebook
from autograder.engine.limits import Limits

HIDDEN_FOLDER = "grading/hidden"
ENGINE_VERSION = 1
SCHEMA_VERSION = 3


@dataclass(frozen=True)
class MasterCell:
    """A cell that nbgrader knows: graded, answered, or both.

    `source` is the instructor's, with hidden tests; `released` what the student was given.
    """

    name: str
    cell_type: str
    source: str
    released: str
    cell_id: str
    locked: bool
    checksum: str
    grade: bool
    solution: bool
    task: bool
    points: float

    @property
    def metadata(self) -> dict[str, Any]:
        """nbgrader's metadata of the cell."""
        about = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": SCHEMA_VERSION,
            "solution": self.solution,
            "task": self.task,
        }
        return about | ({"points": self.points} if self.grade or self.task else {})

    @property
    def is_test(self) -> bool:
        """Whether it is graded by running it."""
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def exercise(self) -> str | None:
        """The exercise that it checks: `nps` in `check("nps")`; `None` for plain tests."""
        return exercise_in(self.source) if self.is_test else None


@dataclass(frozen=True)
class MasterNotebook:
    """A notebook of the assignment; `cells` in their order."""

    name: str
    kernelspec: dict[str, Any]
    cells: tuple[MasterCell, ...]
    blank: ipynb.Notebook


@dataclass(frozen=True)
class Assignment:
    """One assignment.

    Attributes:
        name: of its folder.
        notebooks: by name, without the ending.
        checks: per exercise the visible checks with all that belongs to the exercise.
        hidden: per exercise the hidden checks.
        files: content of the released files besides notebooks, base64, by relative path.
        keep: files of which a student's own version is used.
        limits: of a run.
        max_lines, max_traceback: of the outputs that are kept.
    """

    name: str
    notebooks: dict[str, MasterNotebook]
    checks: dict[str, dict[str, Any]]
    hidden: dict[str, list[dict[str, Any]]]
    files: dict[str, str]
    keep: tuple[str, ...]
    limits: Limits
    max_lines: int = 1000
    max_traceback: int = 100
    warnings: tuple[str, ...] = ()

    @cached_property
    def key_hash(self) -> str:
        """Changes when anything changes that a grade depends on, and only then."""
        parts = {key: value for key, value in self._plain().items() if key not in ("limits", "warnings")}
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _plain(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__}
        plain["notebooks"] = {name: asdict(one) for name, one in self.notebooks.items()}
        plain["limits"] = self.limits.to_json()
        return plain

    @cached_property
    def data(self) -> bytes:
        """As JSON, for a worker."""
        return json.dumps(self._plain()).encode()

    @staticmethod
    @lru_cache(maxsize=4)
    def from_data(data: bytes) -> Assignment:
        """Back from `data`."""
        plain = json.loads(data)
        plain["limits"] = Limits.from_json(plain["limits"])
        plain["keep"], plain["warnings"] = tuple(plain["keep"]), tuple(plain["warnings"])
        plain["notebooks"] = {
            name: MasterNotebook(**{**one, "cells": tuple(MasterCell(**cell) for cell in one["cells"])})
            for name, one in plain["notebooks"].items()
        }
        return Assignment(**plain)

    def max_score(self) -> float:
        """Points of all graded cells."""
        return sum(c.points for nb in self.notebooks.values() for c in nb.cells if c.grade or c.task)


def load_assignment(course: Course, gradebook: Gradebook, name: str) -> Assignment:
    """The assignment as it was generated.

    Raises:
        CourseFault: it was not generated, or its files are damaged.
    """
    rows = _cells(gradebook, name)
    if not rows:
        raise CourseFault(
            f"The gradebook knows no assignment {name!r}: run nbgrader generate_assignment {name} first."
        )
    released = course.folder("release", ".", name)
    if not released.is_dir():
        raise CourseFault(f"There is no {released}: run nbgrader generate_assignment {name} first.")
    limits = course.engine.limits()
    notebooks = {}
    for notebook, (kernelspec, cells) in sorted(rows.items()):
        if kernelspec.get("language", "python") != "python":
            raise CourseFault(
                f"{notebook} is for the kernel {kernelspec.get('name')}, and the engine runs Python only: "
                "grade it with nbgrader's own preprocessors."
            )
        path = released / f"{notebook}.ipynb"
        try:
            blank = ipynb.read(path.read_bytes(), limits.cells)
        except (OSError, ipynb.Unreadable) as error:
            raise CourseFault(
                f"{path} cannot be read ({error}): run nbgrader generate_assignment {name} --force."
            ) from None
        notebooks[notebook] = MasterNotebook(notebook, kernelspec, _in_order(cells, blank), blank)
    checks, hidden, warnings = _load_checks(course, name)
    options = course.config.LimitOutput
    return Assignment(
        name=name,
        notebooks=notebooks,
        checks=checks,
        hidden=hidden,
        files=_released_files(course, name),
        keep=tuple(course.config.Autograde.get("exclude_overwriting", {}).get(name, [])),
        limits=limits,
        max_lines=int(options.get("max_lines", 1000)),
        max_traceback=int(options.get("max_traceback", 100)),
        warnings=warnings,
    )


def _cells(gradebook: Gradebook, name: str) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Per notebook its kernel and the cells, from the gradebook."""
    assignment, notebook = gradebook["assignment"], gradebook["notebook"]
    source, base = gradebook["source_cell"], gradebook["base_cell"]
    grade, task = gradebook["grade_cells"], gradebook["task_cells"]
    found: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    with gradebook.transaction() as connection:
        books = connection.execute(
            sa.select(notebook.c.id, notebook.c.name, notebook.c.kernelspec)
            .join(assignment, assignment.c.id == notebook.c.assignment_id)
            .where(assignment.c.name == name)
        ).all()
        for book in books:
            roles: dict[str, dict[str, float]] = {}
            rows = connection.execute(
                sa.select(base.c.name, base.c.type, grade.c.max_score, task.c.max_score)
                .select_from(base)
                .outerjoin(grade, grade.c.id == base.c.id)
                .outerjoin(task, task.c.id == base.c.id)
                .where(base.c.notebook_id == book.id)
            )
            for cell, kind, points, task_points in rows:
                roles.setdefault(cell, {})[kind] = float(points or task_points or 0)
            cells = [
                {
                    "name": row.name,
                    "cell_type": row.cell_type,
                    "source": row.source or "",
                    "locked": bool(row.locked),
                    "checksum": row.checksum or "",
                    "grade": "GradeCell" in roles.get(row.name, {}),
                    "solution": "SolutionCell" in roles.get(row.name, {}),
                    "task": "TaskCell" in roles.get(row.name, {}),
                    "points": max(roles.get(row.name, {}).values(), default=0.0),
                }
                for row in connection.execute(sa.select(source).where(source.c.notebook_id == book.id))
            ]
            found[book.name] = (json.loads(book.kernelspec or "{}"), cells)
    return found


def _in_order(cells: list[dict[str, Any]], blank: ipynb.Notebook) -> tuple[MasterCell, ...]:
    """The cells in the order of the released notebook, with what was released of each."""
    places = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): (place, cell)
        for place, cell in enumerate(blank["cells"])
    }
    nowhere = (len(places), {"source": "", "id": ""})
    ordered = sorted(cells, key=lambda cell: (places.get(cell["name"], nowhere)[0], cell["name"]))
    return tuple(
        MasterCell(
            **cell,
            released=places.get(cell["name"], nowhere)[1]["source"],
            cell_id=places.get(cell["name"], nowhere)[1]["id"],
        )
        for cell in ordered
    )


def _load_checks(course: Course, name: str) -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]:
    """Visible and hidden checks; none for an assignment without a key."""
    path = course.folder("release", ".", name) / CHECKS
    if not path.is_file():
        return {}, {}, ()
    try:
        visible = read_checks(path, name)
    except CheckFileFault as fault:
        raise CourseFault(f"{path}: {fault}") from None
    promised = any(spec["hidden_checks"] and spec["kind"] != "choice" for spec in visible.values())
    try:
        rows = read_checks(course.root / HIDDEN_FOLDER / f"{name}.json", name)
    except CheckFileFault:
        if not promised:
            return visible, {}, ()
        warning = (
            f"The hidden checks of {name} are not in {HIDDEN_FOLDER}: only the visible ones are graded. "
            f"Run nbgrader generate_assignment {name} --force to make them."
        )
        return visible, {}, (warning,)
    return visible, {exercise: row["checks"] for exercise, row in rows.items()}, ()


def _released_files(course: Course, name: str) -> dict[str, str]:
    folder = course.folder("release", ".", name)
    found = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.suffix == ".ipynb" or not path.is_file() or any(map(course.is_ignored, relative.parts)):
            continue
        found[relative.as_posix()] = base64.b64encode(path.read_bytes()).decode()
    return found
