"""Where submissions are graded: processes of this machine, or a Dask cluster; both are executors.

A worker gets bytes and gives bytes. It needs the course's packages and bubblewrap, but no gradebook, no key
and no folder of the course.
"""

from __future__ import annotations

import atexit
import importlib
import multiprocessing
import os
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import Any

from autograder.engine.assignment import Assignment
from autograder.engine.grading import grade
from autograder.engine.inside.confinement import die_with_parent
from autograder.engine.sandbox import Furnishing, NoSandbox, Sandbox
from autograder.engine.submission import Submission

GO_ON = "What is graded is recorded: run it again to go on."
PATIENCE = 300.0  # seconds in which a cluster may get new workers


class SandboxGone(Exception):
    """The sandbox ended while a submission ran; nothing was decided about the submission."""


def grade_task(assignment: bytes, submission: bytes, furnishing: Furnishing, address: str | None) -> bytes:
    """Grades one submission; what a worker does.

    Args:
        assignment: from `packed`.
        submission: from `packed`.
        furnishing: of the sandbox to start here, when there is none yet.
        address: of a sandbox of this machine that is already there.

    Raises:
        SandboxGone, NoSandbox: see there.
    """
    trusted = _assignment(assignment)
    handed_in = Submission.from_data(zlib.decompress(submission))
    try:
        found = address if address is not None else own_sandbox(furnishing).address
        return zlib.compress(grade(trusted, handed_in, found, furnishing.walls).data, 1)
    except OSError as error:
        raise SandboxGone(str(error)) from None


def packed(data: bytes) -> bytes:
    """Bytes on their way to a worker."""
    return zlib.compress(data, 1)


def unpacked(data: bytes) -> bytes:
    """Bytes on their way back."""
    return zlib.decompress(data)


@lru_cache(maxsize=2)
def _assignment(data: bytes) -> Assignment:
    return Assignment.from_data(zlib.decompress(data))


_own: dict[Furnishing, Sandbox] = {}


@atexit.register
def _close_own() -> None:
    for running in _own.values():
        running.close()


_starting = threading.Lock()


def own_sandbox(furnishing: Furnishing) -> Sandbox:
    """The sandbox of this process, started when there is none."""
    with _starting:
        running = _own.get(furnishing)
        if running is None or not running.alive or running.outdated():
            if running is not None:
                running.close()
            running = _own[furnishing] = Sandbox(furnishing).wait()
        return running


class Workers:
    """An executor with all that one grading run needs of it; it can be made anew when it breaks.

    Args:
        make: gives the executor.
        sandbox: of this machine, shared by all workers; `None` when each worker has its own.
        at_once: how many submissions are given out at the same time.
        look: is called from time to time while nothing comes back; raises when nothing will.
        leave: is called when the run is over.
    """

    def __init__(
        self,
        make: Callable[[], Executor],
        sandbox: Sandbox | None,
        at_once: int,
        look: Callable[[], None] = lambda: None,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        self._make = make
        self.look = look
        self._leave = leave
        self._sandbox = sandbox
        self.at_once = at_once
        self.executor = make()

    @property
    def address(self) -> str | None:
        """Of the shared sandbox."""
        return self._sandbox.address if self._sandbox is not None else None

    def renew(self) -> None:
        """Replaces what has broken: the executor, and the sandbox if it ended."""
        self._drop()
        if self._sandbox is not None and not self._sandbox.alive:
            furnishing = self._sandbox.furnishing
            self._sandbox.close()
            self._sandbox = Sandbox(furnishing).wait()
        self.executor = self._make()

    def _drop(self) -> None:
        # An executor whose cluster is gone cannot even be told that it is over.
        with suppress(Exception):
            self.executor.shutdown(wait=False)

    def close(self) -> None:
        """Ends all work; whoever gave it out has taken it back."""
        self._drop()
        if self._sandbox is not None:
            self._sandbox.close()
        self._leave()


def local_workers(jobs: int, sandbox: Sandbox) -> Workers:
    """Processes of this machine, one per job, around one sandbox."""

    for name in ("numpy", "pandas"):
        # Values come back as these; a worker that is forked has them already.
        with suppress(ImportError):
            importlib.import_module(name)

    def make() -> Executor:
        # Forked from this process: what is imported is not imported again.
        context = multiprocessing.get_context("fork")
        executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_settle, initargs=(os.getpid(),))
        executor.submit(_settle, 0).result()
        return executor

    return Workers(make, sandbox, jobs * 2)


def _settle(parent: int) -> None:
    """A worker ends with the coordinator, leaves Ctrl-C to it, and ends when it is asked to."""
    if parent:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with_parent()
        if os.getppid() != parent:
            os._exit(1)


def cluster_workers(scheduler: str) -> Workers:
    """The workers of a Dask cluster.

    Args:
        scheduler: its address, such as tcp://10.0.0.1:8786.

    Raises:
        NoSandbox: Dask is not installed, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise NoSandbox(
            "A cluster needs Dask, which is not installed: pip install 'marketing4-course[cluster]'."
        ) from None
    try:
        client: Any = Client(scheduler, timeout="20s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoSandbox(f"No Dask scheduler answers at {scheduler}: {error}.") from None
    threads = sum(client.nthreads().values())
    if not threads:
        raise NoSandbox(f"The Dask scheduler at {scheduler} has no workers.")
    seen = time.monotonic()

    def check() -> None:
        # The client looks for a scheduler that it has lost; after a while it gives up, and ends.
        if client.status in ("closing", "closed"):
            raise NoSandbox(f"The Dask scheduler at {scheduler} is gone. {GO_ON}")

    def make() -> Executor:
        check()
        executor: Executor = client.get_executor(pure=False)
        return executor

    def look() -> None:
        nonlocal seen
        check()
        with suppress(OSError):
            if client.status != "running" or client.nthreads():
                seen = time.monotonic()
        if time.monotonic() - seen > PATIENCE:
            raise NoSandbox(f"The Dask scheduler at {scheduler} has no workers any more. {GO_ON}")

    return Workers(make, None, threads * 4, look, client.close)
