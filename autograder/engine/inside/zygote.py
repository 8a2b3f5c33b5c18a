"""The warm process of a sandbox: imports once, then forks for every submission, and ends what goes too far.

Student code never runs in this process; each run is a process of its own namespaces that cannot see this one.
It knows limits and processes, nothing of notebooks or checks.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from dataclasses import dataclass

from autograder.engine.inside import confinement
from autograder.engine.limits import Limits

LOOK_EVERY = 0.1
READY = "ready"


@dataclass
class _Run:
    """One submission that is being run: its process, the way to the grader, the way for our last word."""

    pid: int
    ended: int
    connection: socket.socket
    last_word: int
    started: float
    disk: str | None
    reason: str = ""


class Zygote:
    """Serves runs, one connection each, until its standard input ends."""

    def __init__(self, listener: socket.socket, limits: Limits, confined: bool) -> None:
        self._listener = listener
        self._limits = limits
        self._confined = confined
        self._runs: dict[int, _Run] = {}
        self._looked = 0.0
        self._own_memory = _memory_of("self")

    def serve(self) -> None:
        """Waits for connections, ends of runs and overruns."""
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        poll.register(sys.stdin, select.POLLIN | select.POLLHUP)
        while True:
            for number, _ in poll.poll(LOOK_EVERY * 1000 if self._runs else None):
                if number == sys.stdin.fileno():
                    return self._end()
                if number == self._listener.fileno():
                    self._start(poll)
                else:
                    self._ended_or_left(number, poll)
            self._look()

    def _start(self, poll: select.poll) -> None:
        connection, _ = self._listener.accept()
        _, numbers, _, _ = socket.recv_fds(connection, 16, 1)
        if not numbers:
            connection.close()
            return
        disk = None if self._confined else tempfile.mkdtemp(prefix="autograder-run-")
        pid = confinement.fork_into_namespaces() if self._confined else os.fork()
        if pid == 0:
            self._become(connection, numbers[0], disk)
        run = _Run(pid, os.pidfd_open(pid), connection, numbers[0], time.monotonic(), disk)
        self._runs[run.ended] = self._runs[connection.fileno()] = run
        poll.register(run.ended, select.POLLIN)
        poll.register(connection, select.POLLRDHUP | select.POLLHUP)

    def _become(self, connection: socket.socket, last_word: int, disk: str | None) -> None:
        """The child's life: shut in, run, end. Never returns."""
        try:
            self._listener.close()
            os.close(last_word)
            nothing = os.open("/dev/null", os.O_RDWR)
            for stream in (0, 1):
                os.dup2(nothing, stream)
            os.close(nothing)
            for number, run in self._runs.items():
                if number == run.ended:
                    os.close(run.ended)
                    os.close(run.last_word)
                    run.connection.close()
            self._shut_in(disk)
            from autograder.engine.inside.session import Session

            Session(connection, self._limits).serve()
        except BaseException as error:
            with contextlib.suppress(BaseException):
                print(f"run: {type(error).__name__}: {error}", file=sys.__stderr__, flush=True)
        finally:
            os._exit(0)

    def _shut_in(self, disk: str | None) -> None:
        # A group of its own: a signal to "my group" crosses namespaces, and would end this sandbox.
        os.setsid()
        if self._confined:
            confinement.limit_resources(self._limits)
            confinement.private_disk(self._limits)
            confinement.give_up_privileges()
            home = confinement.HOME
        else:
            assert disk is not None
            home = disk
        os.environ["HOME"] = home
        os.chdir(home)

    def _ended_or_left(self, number: int, poll: select.poll) -> None:
        run = self._runs.get(number)
        if run is None:
            return
        if number != run.ended:
            # The grader hung up: nobody wants this run any more.
            poll.unregister(run.connection)
            self._kill(run)
            return
        _, status = os.waitpid(run.pid, 0)
        if run.disk is not None:
            self._kill(run)
            shutil.rmtree(run.disk, ignore_errors=True)
        told = run.reason or _how_it_ended(status)
        with contextlib.suppress(OSError):
            os.write(run.last_word, told.encode())
        del self._runs[run.ended], self._runs[run.connection.fileno()]
        poll.unregister(run.ended)
        with contextlib.suppress(KeyError):
            poll.unregister(run.connection)
        os.close(run.ended)
        os.close(run.last_word)
        run.connection.close()

    def _end(self) -> None:
        """Leaves nothing behind: without walls, a run does not end with this process."""
        for number, run in self._runs.items():
            if number == run.ended:
                self._kill(run)
                if run.disk is not None:
                    os.waitpid(run.pid, 0)
                    shutil.rmtree(run.disk, ignore_errors=True)

    def _kill(self, run: _Run) -> None:
        # The first process of its namespace takes all others with it; without one, the session does.
        for kill in [os.kill] if self._confined else [os.kill, os.killpg]:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(run.pid, signal.SIGKILL)

    def _look(self) -> None:
        """Ends runs that use too much time, memory or processes in all."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY or not self._runs:
            return
        self._looked = now
        children = _children() if self._confined else {}
        for number, run in list(self._runs.items()):
            if number != run.ended or run.reason:
                continue
            family = _family(run.pid, children)
            if now - run.started > self._limits.submission_seconds:
                run.reason = "time"
            elif len(family) >= self._limits.processes:
                run.reason = "processes"
            elif self._memory(family) > self._limits.memory_mb << 20:
                run.reason = "memory"
            if run.reason:
                self._kill(run)

    def _memory(self, family: list[int]) -> int:
        """Bytes of all processes of a run beyond what they share with this process."""
        rough = sum(max(0, _memory_of(pid) - self._own_memory) for pid in family)
        if rough <= self._limits.memory_mb << 20 or len(family) == 1:
            return rough
        # Forks share pages, which the quick count counts several times.
        return sum(_own_share_of(pid) for pid in family)


def _how_it_ended(status: int) -> str:
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) == signal.SIGXCPU:
            return "time"
        return f"signal {os.WTERMSIG(status)}"
    return f"exit {os.WEXITSTATUS(status)}"


def _children() -> dict[int, list[int]]:
    """The processes of this sandbox by parent."""
    found: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:
                parent = int(file.read().rpartition(b")")[2].split()[1])
                found.setdefault(parent, []).append(int(name))
    return found


def _family(pid: int, children: dict[int, list[int]]) -> list[int]:
    family = [pid]
    for member in family:
        family += children.get(member, [])
    return family


def _memory_of(pid: int | str) -> int:
    """Bytes in memory that belong to no file on disk."""
    with contextlib.suppress(OSError, IndexError), open(f"/proc/{pid}/status", "rb") as file:
        rows = dict(line.split(b":", 1) for line in file.read().splitlines() if b":" in line)
        return sum(int(rows[name].split()[0]) << 10 for name in (b"RssAnon", b"RssShmem") if name in rows)
    return 0


def _own_share_of(pid: int) -> int:
    with contextlib.suppress(OSError, IndexError), open(f"/proc/{pid}/smaps_rollup", "rb") as file:
        rows = dict(line.split(b":", 1) for line in file.read().splitlines() if line.startswith(b"Pss_"))
        return sum(int(rows[name].split()[0]) << 10 for name in (b"Pss_Anon", b"Pss_Shmem") if name in rows)
    return 0


def warm_up(modules: list[str]) -> None:
    """Imports what submissions will need, once; a module that is not installed is passed over."""
    # An import makes much and leaves little behind: to look for it meanwhile costs a tenth of the time.
    gc.disable()
    # The session, too: a run that read it from disk would take longer, and could get another version.
    from autograder.engine.inside import session, shell  # noqa: F401

    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    shell.prepare()
    _answer_once()
    # What was made up to now is left alone by the collector, so that children keep sharing it.
    gc.freeze()
    gc.enable()


def _answer_once() -> None:
    """A check of a table, for what the codec and pandas load at first use."""
    with contextlib.suppress(ImportError):
        import pandas as pd

        from autograder import codec, observation

        table = codec.encode(pd.DataFrame({"a": [1.5], "b": ["x"]}))
        request = {"kind": "call", "target": "f", "time_limit": 5.0, "checks": [[{"args": [table]}]]}
        observation.observe({"f": lambda table: table}, request)


def main() -> None:
    """Reads its settings from the command line, warms up, says so, serves."""
    settings = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if settings["confined"]:
        os.chmod("/tmp", 0o1777)
        confinement.become_nobody()
    listener = socket.socket(fileno=settings["listener"])
    warm_up(settings["warm"])
    zygote = Zygote(listener, Limits.from_json(settings["limits"]), settings["confined"])
    print(READY, flush=True)
    zygote.serve()
