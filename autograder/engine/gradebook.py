"""nbgrader's gradebook through its own tables, as the database describes them.

nbgrader's objects compute every total of a class on every look, and commit cell by cell. Here the tables are
read as they are (SQLite or PostgreSQL): a submission costs the same in any class, and is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from autograder.engine.course import CourseFault

_TABLES = (
    "assignment", "base_cell", "comment", "course", "grade", "grade_cells", "notebook", "solution_cells",
    "source_cell", "student", "submitted_assignment", "submitted_notebook", "task_cells",
)  # fmt: skip
BUSY_SECONDS = 60


class Gradebook:
    """An open gradebook.

    Raises:
        CourseFault: it does not exist, or is of an nbgrader whose tables are others.
    """

    def __init__(self, url: str) -> None:
        try:
            sqlite = sa.engine.make_url(url).get_backend_name() == "sqlite"
            options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}} if sqlite else {}
            self._engine = sa.create_engine(url, **options)
        except ValueError:
            # Not told: part of a password may be in it.
            raise CourseFault("The gradebook's db_url is no address of a database.") from None
        except (sa.exc.ArgumentError, ImportError) as error:
            raise CourseFault(f"The gradebook's db_url cannot be used: {error}.") from None
        if sqlite:
            # A transaction that will write says so at once; two that find out later would block each other.
            sa.event.listen(self._engine, "connect", _leave_transactions_to_us)
            sa.event.listen(
                self._engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE")
            )
        self._metadata = sa.MetaData()
        try:
            if sqlite and not _file_exists(url):
                raise CourseFault(
                    f"There is no gradebook at {_shown(url)}: run nbgrader generate_assignment first."
                )
            self._metadata.reflect(self._engine, only=_TABLES)
        except sa.exc.InvalidRequestError:
            raise CourseFault(
                f"The database {_shown(url)} is not a gradebook of nbgrader, or of another version: run "
                "nbgrader generate_assignment, or nbgrader db upgrade."
            ) from None
        except sa.exc.DBAPIError as error:
            raise CourseFault(f"The gradebook {_shown(url)} cannot be opened: {_told(error)}.") from None

    def __getitem__(self, name: str) -> sa.Table:
        return self._metadata.tables[name]

    @property
    def metadata(self) -> sa.MetaData:
        """The tables."""
        return self._metadata

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing of what happens inside.

        Raises:
            CourseFault: the database does not do what it is asked.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            raise CourseFault(f"The gradebook cannot be used: {_told(error)}.") from error

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()


def _leave_transactions_to_us(connection: Any, record: Any) -> None:
    connection.isolation_level = None


def _file_exists(url: str) -> bool:
    from pathlib import Path

    name = sa.engine.make_url(url).database
    return name is None or name == ":memory:" or Path(name).is_file()


def _shown(url: str) -> str:
    plain = sa.engine.make_url(url).difference_update_query(("password",))
    return str(plain.render_as_string(hide_password=True))


def _told(error: sa.exc.DBAPIError) -> str:
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)
