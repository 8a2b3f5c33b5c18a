"""Records a graded submission: files beside and renamed, then grades and journal entry in one transaction.

Only the coordinator does this. What a person has graded or commented is never touched.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import importlib
import json
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from autograder.engine.assignment import ENGINE_VERSION, Assignment
from autograder.engine.course import Course
from autograder.engine.gradebook import Gradebook
from autograder.engine.grading import Graded, GradedNotebook
from autograder.engine.journal import Entry, Journal
from autograder.engine.submission import Submission

READ_ONLY = 0o444
_OF_A_NAME = (errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL)


class Recorder:
    """Writes into one course's gradebook and its folder of graded notebooks."""

    def __init__(self, course: Course, gradebook: Gradebook, assignment: Assignment) -> None:
        self._course = course
        self._gradebook = gradebook
        self._assignment = assignment
        self._journal = Journal(gradebook)
        self._ids = _Ids(gradebook, assignment.name)

    def up_to_date(self, submission: Submission, entry: Entry | None) -> bool:
        """Whether exactly this submission is recorded, with this key and engine, and its files are there."""
        if entry is None or (entry.submission_hash, entry.key_hash, entry.engine_version) != (
            submission.hash,
            self._assignment.key_hash,
            ENGINE_VERSION,
        ):
            return False
        folder = self._folder(submission.student)
        return all(_hash_of(_content(folder / name)) == digest for name, digest in entry.files.items())

    def entries(self) -> dict[str, Entry]:
        """The newest journal entry of each student whose hand-in is in the gradebook."""
        table = self._gradebook["submitted_assignment"]
        wanted = sa.select(table.c.student_id).where(table.c.assignment_id == self._ids.assignment)
        with self._gradebook.transaction() as connection:
            there = set(connection.execute(wanted).scalars())
        newest = self._journal.newest(self._assignment.name)
        return {student: entry for student, entry in newest.items() if student in there}

    def record(self, graded: Graded, submission: Submission | None = None) -> None:
        """Records a submission; with `submission`, its files are written too.

        A run that is killed in between leaves old files and old grades, or new files and old grades without a
        journal entry; then the next run does it again.
        """
        if submission is not None:
            self._write_files(graded, submission)
        files = {f"{name}.ipynb": _hash_of(nb.text.encode()) or "" for name, nb in graded.notebooks.items()}
        entry = Entry(
            graded.student,
            graded.submission_hash,
            graded.key_hash,
            graded.engine_version,
            files,
            [name for name, nb in graded.notebooks.items() if nb.flagged],
            graded.attention,
            graded.repairs,
            graded.score(),
            graded.sandboxed,
        )
        with self._gradebook.transaction() as connection:
            before = self._journal.newest_of(connection, graded.assignment, graded.student)
            self._ids.student(connection, graded.student)
            late = self._record_hand_in(connection, graded)
            for name, nb in graded.notebooks.items():
                was_flagged = before is not None and name in before.flagged
                self._record_notebook(connection, graded.student, name, nb, late, was_flagged)
            self._journal.write(connection, entry, graded.assignment, graded.seconds)

    # Files

    def _folder(self, student: str) -> Path:
        return self._course.folder("autograded", student, self._assignment.name)

    def clear_away(self, student: str) -> None:
        """Removes what a killed run left beside the folder of graded notebooks."""
        for left_over in _beside(self._folder(student)):
            _remove(left_over)

    def _write_files(self, graded: Graded, submission: Submission) -> None:
        """The graded notebooks with the files they were handed in with, complete before they are in place."""
        folder = self._folder(graded.student)
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.clear_away(graded.student)
        draft, old = _beside(folder)
        draft.mkdir()
        kept = {n: c for n, c in submission.files.items() if not n.lower().endswith(".ipynb")}
        trusted = {
            n: c for n, c in self._assignment.files.items() if n not in self._assignment.keep or n not in kept
        }
        for name, nb in graded.notebooks.items():
            _write(draft / f"{name}.ipynb", nb.text.encode())
        # After the notebooks: a student's folder may have a notebook's name, or a name that is too long here.
        for name, content in {**kept, **trusted}.items():
            try:
                _write(draft / name, base64.b64decode(content))
            except OSError as error:
                if error.errno not in _OF_A_NAME:
                    raise
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
        _remove(old)

    # Grades

    def _record_hand_in(self, connection: Connection, graded: Graded) -> float:
        """The row of the hand-in; how many seconds it was late."""
        table = self._gradebook["submitted_assignment"]
        assignment = self._gradebook["assignment"]
        when = datetime.fromisoformat(graded.timestamp) if graded.timestamp else None
        row = connection.execute(
            sa.select(table).where(
                table.c.assignment_id == self._ids.assignment, table.c.student_id == graded.student
            )
        ).one_or_none()
        if row is None:
            connection.execute(
                table.insert().values(
                    id=_new_id(),
                    assignment_id=self._ids.assignment,
                    student_id=graded.student,
                    timestamp=when,
                    extension=None,
                )
            )
        elif when is not None and when != row.timestamp:
            connection.execute(table.update().where(table.c.id == row.id).values(timestamp=when))
        due = connection.execute(
            sa.select(assignment.c.duedate).where(assignment.c.id == self._ids.assignment)
        ).scalar_one()
        when = when or (row.timestamp if row else None)
        if due is None or when is None:
            return 0.0
        extension = _duration(row.extension) if row is not None else None
        return max(0.0, (when - (due + extension if extension else due)).total_seconds())

    def _record_notebook(
        self,
        connection: Connection,
        student: str,
        name: str,
        nb: GradedNotebook,
        late: float,
        was_flagged: bool,
    ) -> None:
        table, hand_in = self._gradebook["submitted_notebook"], self._gradebook["submitted_assignment"]
        parent = connection.execute(
            sa.select(hand_in.c.id).where(
                hand_in.c.assignment_id == self._ids.assignment, hand_in.c.student_id == student
            )
        ).scalar_one()
        row = connection.execute(
            sa.select(table).where(
                table.c.notebook_id == self._ids.notebooks[name], table.c.assignment_id == parent
            )
        ).one_or_none()
        book = row.id if row is not None else _new_id()
        if row is None:
            connection.execute(
                table.insert().values(
                    id=book,
                    assignment_id=parent,
                    notebook_id=self._ids.notebooks[name],
                    flagged=nb.flagged,
                )
            )
        elif nb.flagged or was_flagged:
            # A flag that a person has set stays.
            connection.execute(table.update().where(table.c.id == book).values(flagged=nb.flagged))
        total = self._record_grades(connection, book, name, nb)
        self._record_comments(connection, book, name, nb)
        penalty = _late_penalty(self._course, student, total, late)
        connection.execute(table.update().where(table.c.id == book).values(late_submission_penalty=penalty))

    def _record_grades(self, connection: Connection, book: str, name: str, nb: GradedNotebook) -> float:
        """Automatic points; a person's stay, and are marked for another look. The notebook's total."""
        table = self._gradebook["grade"]
        rows = _rows(connection, table, book, self._ids.graded[name])
        total = 0.0
        fresh, changed = [], []
        for cell, cell_id in self._ids.graded[name].items():
            points = nb.scores.get(cell, 0.0)
            row = rows.get(cell_id)
            manual = row.manual_score if row is not None else None
            extra = (row.extra_credit if row is not None else None) or 0.0
            values = {"auto_score": points, "needs_manual_grade": points is None or manual is not None}
            if row is None:
                fresh.append({"id": _new_id(), "cell_id": cell_id, "notebook_id": book, **values})
            else:
                changed.append({"row": row.id, **values})
            total += (manual if manual is not None else points or 0.0) + extra
        if fresh:
            connection.execute(table.insert(), fresh)
        if changed:
            connection.execute(table.update().where(table.c.id == sa.bindparam("row")), changed)
        return total

    def _record_comments(self, connection: Connection, book: str, name: str, nb: GradedNotebook) -> None:
        table = self._gradebook["comment"]
        rows = _rows(connection, table, book, self._ids.commented[name])
        fresh, changed = [], []
        for cell, cell_id in self._ids.commented[name].items():
            row = rows.get(cell_id)
            if row is None:
                values = {"cell_id": cell_id, "notebook_id": book, "auto_comment": nb.comments.get(cell)}
                fresh.append({"id": _new_id(), **values})
            elif row.auto_comment != nb.comments.get(cell):
                changed.append({"row": row.id, "auto_comment": nb.comments.get(cell)})
        if fresh:
            connection.execute(table.insert(), fresh)
        if changed:
            connection.execute(table.update().where(table.c.id == sa.bindparam("row")), changed)


class _Ids:
    """The gradebook's ids of one assignment, read once."""

    def __init__(self, gradebook: Gradebook, name: str) -> None:
        self._gradebook = gradebook
        assignment, notebook, base = (gradebook[n] for n in ("assignment", "notebook", "base_cell"))
        with gradebook.transaction() as connection:
            self.assignment = connection.execute(
                sa.select(assignment.c.id).where(assignment.c.name == name)
            ).scalar_one()
            self.notebooks: dict[str, str] = {
                row.name: row.id
                for row in connection.execute(
                    sa.select(notebook.c.name, notebook.c.id).where(
                        notebook.c.assignment_id == self.assignment
                    )
                )
            }
            self.graded: dict[str, dict[str, str]] = {}
            self.commented: dict[str, dict[str, str]] = {}
            for book, book_id in self.notebooks.items():
                rows = connection.execute(
                    sa.select(base.c.name, base.c.type, base.c.id).where(base.c.notebook_id == book_id)
                ).all()
                self.graded[book] = {r.name: r.id for r in rows if r.type in ("GradeCell", "TaskCell")}
                self.commented[book] = {r.name: r.id for r in rows if r.type in ("SolutionCell", "TaskCell")}

    def student(self, connection: Connection, student: str) -> None:
        """Makes the student's row when there is none."""
        table = self._gradebook["student"]
        if connection.execute(sa.select(table.c.id).where(table.c.id == student)).first() is None:
            connection.execute(table.insert().values(id=student))


def _rows(
    connection: Connection, table: sa.Table, book: str, cells: Mapping[str, str]
) -> dict[str, sa.Row[Any]]:
    """A notebook's rows by cell; named cell by cell, because only so nbgrader's tables have an index."""
    wanted = sa.select(table).where(table.c.notebook_id == book, table.c.cell_id.in_(cells.values()))
    return {row.cell_id: row for row in connection.execute(wanted)}


def _duration(value: timedelta | datetime | None) -> timedelta | None:
    """An extension; SQLite has no column for durations, and keeps them as a time since 1970."""
    return value - datetime(1970, 1, 1) if isinstance(value, datetime) else value


def _late_penalty(course: Course, student: str, score: float, late: float) -> float | None:
    """As nbgrader's AssignLatePenalties: the plugin's penalty, within 0 and the score; `None` in time."""
    if late <= 0:
        return None
    chosen = course.config.AssignLatePenalties.get("plugin_class")
    if chosen is None:
        method = course.config.LateSubmissionPlugin.get("penalty_method", "none")
        return score if method == "zero" else None
    plugin: Any = chosen
    if isinstance(chosen, str):
        module, _, name = chosen.rpartition(".")
        plugin = getattr(importlib.import_module(module), name)
    penalty = plugin(config=course.config).late_submission_penalty(student, score, late)
    return None if penalty is None else min(max(float(penalty), 0.0), score)


def _beside(folder: Path) -> tuple[Path, Path]:
    """Where a folder is made complete, and where the one that it replaces waits for its end."""
    return folder.with_name(f".{folder.name}.draft"), folder.with_name(f".{folder.name}.old")


def _new_id() -> str:
    return uuid4().hex


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _hash_of(notebook: bytes | None) -> str | None:
    """Of what a notebook file says, however it is laid out; nbgrader writes it in its own way."""
    try:
        plain = json.dumps(json.loads(notebook or b""), sort_keys=True)
    except ValueError:
        return None
    return hashlib.sha256(plain.encode()).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(READ_ONLY)


def _remove(folder: Path) -> None:
    if not folder.exists():
        return
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)
