"""What was graded, with which submission, key and engine: a table of ours in the gradebook's database.

A row is written in the same transaction as the grades it tells of. So it is there if and only if they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from autograder.engine.gradebook import Gradebook

NAME = "autograder_journal"


@dataclass(frozen=True)
class Entry:
    """One row. `files`: the hash of each executed notebook as it was written; `flagged`: those we flagged."""

    student: str
    submission_hash: str
    key_hash: str
    engine_version: int
    files: dict[str, str]
    flagged: list[str]
    attention: list[str]
    repairs: list[str]
    score: float
    sandboxed: bool


class Journal:
    """The journal of a gradebook; the table is made when it is not there."""

    def __init__(self, gradebook: Gradebook) -> None:
        self._gradebook = gradebook
        self._table = sa.Table(
            NAME,
            gradebook.metadata,
            sa.Column("assignment", sa.String(128), primary_key=True),
            sa.Column("student", sa.String(128), primary_key=True),
            sa.Column("submission_hash", sa.String(64), primary_key=True),
            sa.Column("key_hash", sa.String(64), primary_key=True),
            sa.Column("engine_version", sa.Integer, primary_key=True),
            sa.Column("newest", sa.Boolean, nullable=False),
            sa.Column("recorded", sa.DateTime, nullable=False, server_default=sa.func.now()),
            sa.Column("sandboxed", sa.Boolean, nullable=False),
            sa.Column("score", sa.Float, nullable=False),
            sa.Column("files", sa.Text, nullable=False),
            sa.Column("flagged", sa.Text, nullable=False),
            sa.Column("attention", sa.Text, nullable=False),
            sa.Column("repairs", sa.Text, nullable=False),
            sa.Column("seconds", sa.Text, nullable=False),
            extend_existing=True,
        )
        with gradebook.transaction() as connection:
            self._table.create(connection, checkfirst=True)

    def newest(self, assignment: str) -> dict[str, Entry]:
        """The newest entry of every student of an assignment."""
        with self._gradebook.transaction() as connection:
            return {entry.student: entry for entry in self._find(connection, assignment)}

    def newest_of(self, connection: Connection, assignment: str, student: str) -> Entry | None:
        """The newest entry of one student."""
        return next(iter(self._find(connection, assignment, student)), None)

    def _find(self, connection: Connection, assignment: str, student: str | None = None) -> list[Entry]:
        table = self._table
        query = sa.select(table).where(table.c.assignment == assignment, table.c.newest)
        if student is not None:
            query = query.where(table.c.student == student)
        return [
            Entry(
                row.student,
                row.submission_hash,
                row.key_hash,
                row.engine_version,
                json.loads(row.files),
                json.loads(row.flagged),
                json.loads(row.attention),
                json.loads(row.repairs),
                row.score,
                row.sandboxed,
            )
            for row in connection.execute(query)
        ]

    def write(self, connection: Connection, entry: Entry, assignment: str, seconds: dict[str, Any]) -> None:
        """Writes an entry, which becomes the newest of its student; an equal one is written over."""
        table = self._table
        key = {
            "assignment": assignment,
            "student": entry.student,
            "submission_hash": entry.submission_hash,
            "key_hash": entry.key_hash,
            "engine_version": entry.engine_version,
        }
        mine = sa.and_(table.c.assignment == assignment, table.c.student == entry.student)
        connection.execute(table.update().where(mine).values(newest=False))
        connection.execute(table.delete().where(*(table.c[name] == value for name, value in key.items())))
        connection.execute(
            table.insert().values(
                **key,
                newest=True,
                sandboxed=entry.sandboxed,
                score=entry.score,
                files=json.dumps(entry.files),
                flagged=json.dumps(entry.flagged),
                attention=json.dumps(entry.attention),
                repairs=json.dumps(entry.repairs),
                seconds=json.dumps(seconds),
            )
        )
