"""One submission in the sandbox: runs its cells, keeps what each check needs, then answers what is asked.

The checks are asked after the last cell, so that no cell can put out an input it learnt from a check. Each is
answered as of the place where its cell stands. Nothing here knows an expected value.
"""

from __future__ import annotations

import base64
import os
import signal
import socket
import sys
import time
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder import observation
from autograder.engine import wire
from autograder.engine.inside import shell
from autograder.engine.limits import Limits

AT_LEAST_EVERY = 0.2


class Session:
    """The conversation with the grader over one connection."""

    def __init__(self, connection: socket.socket, limits: Limits) -> None:
        self._connection = connection
        self._limits = limits
        self._shell = shell.Shell.instance()
        self._held: dict[str, _Held] = {}
        # Half of what the grader takes: the answers to the checks come after the outputs.
        self._bytes_left = limits.submission_output_bytes // 2

    def serve(self) -> None:
        """Runs the job that comes first, then answers questions until the grader hangs up."""
        job = wire.receive(self._connection)
        if job is None:
            return
        self._unpack(job["folder"], job["files"])
        _draw_anew()
        programs = shell.Programs(os.environ["HOME"])
        self._cells_end = time.monotonic() + job["seconds"]
        for step in job["steps"]:
            if "hold" in step:
                self._held[step["hold"]] = self._hold(step)
                wire.send(self._connection, {"held": step["hold"]})
            else:
                self._run(step, programs)
        wire.send(self._connection, {"end": True})
        while (question := wire.receive(self._connection)) is not None:
            self._held[question["ask"]].answer(self._connection, question["request"])

    def _unpack(self, folder: str, files: Mapping[str, str]) -> None:
        """Writes the submission's files into a folder of its own and goes there."""
        here = Path(os.environ["HOME"], folder)
        here.mkdir()
        for name, content in files.items():
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(content))
        os.chdir(here)
        # As in a notebook: the notebook's folder comes after the standard library.
        first = next((n for n, path in enumerate(sys.path) if path.endswith("-packages")), len(sys.path))
        sys.path.insert(first, "")

    def _run(self, step: Mapping[str, Any], programs: shell.Programs) -> None:
        most = min(self._limits.cell_output_bytes, self._bytes_left)
        seconds = min(self._limits.cell_seconds, self._cells_end - time.monotonic())
        if seconds <= 0:
            wire.send(self._connection, {"cell": step["cell"], "outputs": [], "count": 0, "no_time": True})
            return
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        try:
            outputs = shell.run_cell(self._shell, step["code"], most, programs)
        except KeyboardInterrupt:
            # The alarm rang between the end of the cell and ours.
            outputs = shell.collected.finished()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        self._bytes_left = max(0, shell.collected.left + self._bytes_left - most)
        told = {"cell": step["cell"], "outputs": outputs, "count": self._shell.execution_count - 1}
        wire.send(self._connection, told)

    def _hold(self, step: Mapping[str, Any]) -> _Held:
        """Keeps what the check at this place needs, the cheapest way that gives the same answer later."""
        namespace = self._shell.user_ns
        target = step["target"]
        if step["kind"] != "call" or target not in namespace:
            request = {"kind": step["kind"], "target": target, "checks": [[{}]]}
            (seen,) = observation.observations(namespace, request)
            return _Written(seen)
        try:
            lasting = keeps_its_meaning(namespace[target], namespace)
        except Exception:
            # Only what was made to fail on a look does.
            lasting = False
        return _Remembered(namespace) if lasting else _Copied(namespace, self._connection)


def _draw_anew() -> None:
    """Gives numpy's own generator another state than the process has from which all runs are forked."""
    drawing = sys.modules.get("numpy.random")
    if drawing is not None:
        drawing.seed()


def _interrupt(signum: int, frame: types.FrameType | None) -> None:
    raise KeyboardInterrupt


class _Held:
    def answer(self, connection: socket.socket, request: Mapping[str, Any]) -> None:
        """Sends an observation for each call of the request.

        Several in one message where calls are quick; each in its own (`one_by_one`) where it must be known
        which call ended the process.
        """
        ready: list[dict[str, Any]] = []
        last = time.monotonic()
        for seen in self.observations(request):
            ready.append(seen)
            if request.get("one_by_one") or time.monotonic() - last > AT_LEAST_EVERY:
                wire.send(connection, {"seen": ready})
                ready, last = [], time.monotonic()
        wire.send(connection, {"seen": ready, "asked": True})

    def observations(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The answers, one by one."""
        raise NotImplementedError


class _Written(_Held):
    """A value, or the absence of one: written down at its place."""

    def __init__(self, seen: dict[str, Any]) -> None:
        self._seen = seen

    def observations(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The same for every call."""
        for check in request["checks"]:
            yield from (self._seen for _ in check)


class _Remembered(_Held):
    """A function that means the same later, once the names are bound as they were."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._names = dict(namespace)

    def observations(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Binds the names as they were, and observes."""
        self._namespace.clear()
        self._namespace.update(self._names)
        yield from observation.observations(self._namespace, request)


class _Copied(_Held):
    """A function that depends on things which a later cell may change: a copy of the process waits for it."""

    def __init__(self, namespace: dict[str, Any], connection: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            try:
                ours.close()
                held = _Remembered(namespace)
                while (question := wire.receive(theirs)) is not None:
                    held.answer(connection, question)
                    wire.send(theirs, {"done": True})
            finally:
                os._exit(0)
        theirs.close()
        self._copy = ours

    def answer(self, connection: socket.socket, request: Mapping[str, Any]) -> None:
        """Has the copy answer; when it dies, so does this process, and the grader starts another."""
        wire.send(self._copy, dict(request))
        if wire.receive(self._copy) is None:
            os._exit(1)


_PLAIN = (int, float, complex, str, bytes, bool, type(None), type(...))
_COMPILED = (types.MethodDescriptorType, types.WrapperDescriptorType)
_INSTALLED = tuple({sys.prefix, sys.base_prefix, str(Path(observation.__file__).parents[1])})


def keeps_its_meaning(value: Any, namespace: Mapping[str, Any]) -> bool:
    """Whether a function gives later what it gives now, if the notebook's names are bound as they are now.

    True when all it can reach through the notebook's names is functions, installed modules and values that
    never change. What a table, a list, an object or the student's module holds may change in a later cell.
    """
    known: set[int] = set()
    open_ends = [value]
    while open_ends:
        value = open_ends.pop()
        if id(value) in known:
            continue
        known.add(id(value))
        kind = type(value)
        if kind in _PLAIN or kind in _COMPILED:
            continue
        if kind in (tuple, frozenset):
            open_ends += value
        elif kind is types.BuiltinFunctionType:
            # A method of an object (`rows.append`) or a function of a module.
            open_ends.append(value.__self__)
        elif kind is types.ModuleType:
            if not _is_installed(vars(value)):
                return False
        elif kind is type:
            if not _is_installed(_names_of_module(value.__module__)):
                return False
        elif kind is types.FunctionType:
            if value.__globals__ is not namespace:
                if not _is_installed(value.__globals__):
                    return False
                continue
            if value.__closure__ or value.__dict__:
                return False
            open_ends += value.__defaults__ or ()
            open_ends += (value.__kwdefaults__ or {}).values()
            open_ends += [namespace[name] for name in _names_in(value.__code__) if name in namespace]
        elif not _is_of_numpy(value):
            return False
    return True


def _is_installed(names: Mapping[str, Any]) -> bool:
    """Whether these are the names of an installed module, and not those of a file of the student's."""
    name, file = names.get("__name__"), names.get("__file__")
    if type(file) is str:
        return file.startswith(_INSTALLED)
    return type(name) is str and name in sys.builtin_module_names


def _names_of_module(name: Any) -> Mapping[str, Any]:
    is_known = type(name) is str and name != "__main__" and name in sys.modules
    return vars(sys.modules[name]) if is_known else {}


def _is_of_numpy(value: Any) -> bool:
    """Whether this is a function that numpy itself offers, such as `np.mean` or `np.sqrt`."""
    numpy = sys.modules.get("numpy")
    if numpy is None or type(value) not in (numpy.ufunc, type(numpy.mean)):
        return False
    return getattr(numpy, value.__name__, None) is value


def _names_in(code: types.CodeType) -> set[str]:
    inner = (part for part in code.co_consts if type(part) is types.CodeType)
    return set(code.co_names).union(*map(_names_in, inner))
