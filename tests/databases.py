"""A PostgreSQL server of the tests' own, with fresh databases; knows nothing of what goes into them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from signal import SIGQUIT

import pytest

from tests.components import find_postgresql, postgresql_user
from tests.processes import identity, running, wait_until

USER = "grader"
PORT = 5432  # only a part of the socket's name: the server listens in its own folder, and on no network
INITDB = [
    "--auth=trust",
    f"--username={USER}",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
]
SETTINGS = {
    "port": str(PORT),
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "16MB",
    # The data need not outlive a power cut. That a client is killed is another matter: these do not touch it.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@pytest.fixture(scope="session")
def postgresql(require: Callable[[str], None]) -> Iterator[Callable[[], str]]:
    """`postgresql()` is the URL of an empty database that nobody else uses, for SQLAlchemy and nbgrader."""
    require("postgresql")
    import psycopg
    from psycopg import sql

    programs = find_postgresql()
    assert programs is not None
    user = postgresql_user()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment["LC_ALL"] = "C"
    # Not in pytest's folders: those are for the present user only, and too long for the name of a socket.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        data, log = folder / "data", folder / "log"
        if user is not None:
            shutil.chown(folder, user)
        made = subprocess.run(
            [programs / "initdb", *INITDB, data],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            **identity(user),
        )
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed. It said:\n{made.stdout}{made.stderr}")
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", data, "-k", folder, *settings]
        names = (f"test_{number}" for number in count(1))

        def connect() -> psycopg.Connection:
            return psycopg.connect(host=str(folder), port=PORT, user=USER, dbname="postgres", autocommit=True)

        def answers() -> bool:
            try:
                connect().close()
            except psycopg.OperationalError:
                return False
            return True

        def fresh() -> str:
            name = next(names)
            with connect() as connection:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            return f"postgresql+psycopg://{USER}@/{name}?host={folder}&port={PORT}"

        # SIGQUIT: at once, without waiting for connections that a test left open.
        with running(command, log, folder=folder, environment=environment, user=user, stop=SIGQUIT) as server:
            wait_until(answers, "PostgreSQL", log, server)
            yield fresh
    finally:
        shutil.rmtree(folder, ignore_errors=True)
