"""A dask cluster on this machine, whose workers a test may kill; knows nothing of what they compute."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path

import pytest

from tests.processes import running, wait_until

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
# One thread, and no nanny: a worker is one process, and nobody starts it again when it is killed.
WORKER = ["--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0"]
SCHEDULER = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]


class Cluster:
    """A running scheduler and its workers."""

    def __init__(self, folder: Path, cleanup: ExitStack) -> None:
        self.folder = folder
        self.log = folder / "log"
        self._cleanup = cleanup
        self._card = folder / "scheduler.json"
        self._environment = dict(os.environ, DASK_CONFIG=str(folder / "no-settings"))
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self._names = (f"worker-{number}" for number in count(1))
        self.address = ""
        self._scheduler = self._start("scheduler", *SCHEDULER, "--scheduler-file", self._card)
        wait_until(self._read_address, "The scheduler", self.log, self._scheduler)

    def _start(self, kind: str, *words: str | Path) -> subprocess.Popen[bytes]:
        # In the root of the project, so that a worker can import the module of a test.
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words]
        return self._cleanup.enter_context(
            running(command, self.log, folder=ROOT, environment=self._environment)
        )

    def _read_address(self) -> str:
        with suppress(OSError, ValueError):  # not there yet, or written in part
            self.address = json.loads(self._card.read_text(encoding="utf-8"))["address"]
        return self.address

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers that live."""
        return [worker.pid for worker in self._living().values()]

    def _living(self) -> dict[str, subprocess.Popen[bytes]]:
        return {name: worker for name, worker in self._workers.items() if worker.poll() is None}

    def complete(self) -> None:
        """Start as many workers as are missing; afterwards the scheduler knows exactly those that live.

        A worker that an earlier test has brought down may still be ending now: it is replaced too.
        """
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:

            def all_there() -> bool:
                self._replace_the_dead()
                known = client.scheduler_info(n_workers=-1)["workers"].values()
                return {worker["name"] for worker in known} == set(self._workers)

            wait_until(all_there, "A worker", self.log, self._scheduler)

    def _replace_the_dead(self) -> None:
        self._workers = self._living()
        while len(self._workers) < WORKERS:
            name = next(self._names)
            self._workers[name] = self._start(
                "worker", self.address, *WORKER, "--name", name, "--local-directory", self.folder
            )

    def kill_a_worker(self) -> int:
        """Kill a worker as a crash would, without a word to the scheduler; return what its process id was."""
        victim = next(iter(self._living().values()))
        victim.kill()
        victim.wait()
        return victim.pid


@pytest.fixture(scope="session")
def running_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One cluster for all tests: it takes about two seconds to start."""
    with ExitStack() as cleanup:
        yield Cluster(tmp_path_factory.mktemp("dask"), cleanup)


@pytest.fixture
def dask_cluster(running_cluster: Cluster) -> Cluster:
    """A dask cluster with two workers, also when an earlier test killed some."""
    running_cluster.complete()
    return running_cluster
