"""Starts the sandbox: bubblewrap around one warm Python, or the same without walls when that is asked for.

Knows where Python, the packages and the data are, and what of the machine is shown. A connection to the
sandbox is one run of one submission.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from autograder.engine.inside.confinement import HOME
from autograder.engine.inside.zygote import READY
from autograder.engine.limits import Limits

COURSE = "/course"
START_SECONDS = 120.0
INSTALL = (
    "Student code runs in a sandbox, and this system has none: {reason}. Install bubblewrap (Debian, Ubuntu: "
    "apt install bubblewrap; Fedora: dnf install bubblewrap) on a Linux that allows user namespaces. To "
    "grade without a sandbox, with the student's code in your own account, say so: --no-sandbox."
)


_HARNESS = Path(__file__).resolve().parents[1]


class NoSandbox(Exception):
    """There is no sandbox on this system; the message says what to install."""


@dataclass(frozen=True)
class Furnishing:
    """What a sandbox holds besides Python.

    Attributes:
        packages: names of packages that submissions may import; `autograder` is always there.
        data: names of folders that lie beside the packages or above them.
        warm: modules that are imported once, before the first submission.
        walls: whether bubblewrap is used.
    """

    packages: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    warm: tuple[str, ...] = ("numpy", "pandas", "matplotlib.pyplot")
    walls: bool = True
    limits: Limits = field(default_factory=Limits)


class Sandbox:
    """A running sandbox.

    Raises:
        NoSandbox: it cannot be started here.
    """

    def __init__(self, furnishing: Furnishing) -> None:
        if not hasattr(os, "pidfd_open") or sys.platform != "linux":
            raise NoSandbox(INSTALL.format(reason="it is not Linux, or an old one"))
        if _newest_in(_HARNESS) > _BEGAN_WITH:
            # Both ends must speak the same language.
            raise NoSandbox("The package autograder was changed since this program began: start it again.")
        self.furnishing = furnishing
        self._folder = tempfile.mkdtemp(prefix="autograder-")
        self.address = f"{self._folder}/door"
        self._said: IO[bytes] = open(f"{self._folder}/said", "w+b")  # noqa: SIM115, open as long as we are
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        try:
            self._built = _newest_change(furnishing)
            self._start()
        except NoSandbox:
            self.close()
            raise
        except OSError as error:
            self.close()
            raise NoSandbox(INSTALL.format(reason=str(error))) from None

    def _start(self) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(128)
            settings = {
                "listener": listener.fileno(),
                "limits": self.furnishing.limits.to_json(),
                "warm": ["autograder.observation", *self.furnishing.warm],
                "confined": self.furnishing.walls,
            }
            command = _bubblewrap(self.furnishing) if self.furnishing.walls else []
            environment = dict(_environment(self.furnishing.walls))
            self._process = subprocess.Popen(
                [*command, *_python(self.furnishing, json.dumps(settings))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                pass_fds=[listener.fileno()],
                env=environment,
                cwd="/",
            )

    def wait(self) -> Sandbox:
        """Returns when the packages are imported.

        Raises:
            NoSandbox: it did not start.
        """
        if self._ready:
            return self
        assert self._process is not None
        assert self._process.stdout is not None
        there, _, _ = select.select([self._process.stdout], [], [], START_SECONDS)
        if not there or self._process.stdout.readline().decode().strip() != READY:
            told = self._last_words()
            self.close()
            raise NoSandbox(INSTALL.format(reason=told or "it did not start"))
        self._ready = True
        return self

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
            assert self._process is not None
            self._process.kill()
            self._process.wait(10)
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def outdated(self) -> bool:
        """Whether a package has changed since it was imported."""
        return _newest_change(self.furnishing) > self._built

    @property
    def alive(self) -> bool:
        """Whether it takes submissions."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Ends it with everything that runs in it."""
        if self._process is not None:
            assert self._process.stdin is not None
            with contextlib.suppress(OSError):
                # A word, because workers that were forked keep the pipe open.
                os.write(self._process.stdin.fileno(), b"end\n")
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            self._process.kill()
            self._process.wait()
            self._process = None
        self._said.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class Line:
    """A connection to a sandbox: one run."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        ours, theirs = os.pipe()
        try:
            self.socket.connect(address)
            socket.send_fds(self.socket, [b"run"], [theirs])
        except OSError:
            os.close(ours)
            self.socket.close()
            raise
        finally:
            os.close(theirs)
        self._last_word = ours

    def hang_up(self, seconds: float = 10.0) -> str:
        """Ends the run; what the sandbox says about how it ended, once nothing of it is left."""
        with contextlib.suppress(OSError):
            self.socket.close()
        deadline = time.monotonic() + seconds
        told = b""
        with contextlib.suppress(OSError):
            there, _, _ = select.select([self._last_word], [], [], max(0, deadline - time.monotonic()))
            told = os.read(self._last_word, 100) if there else b""
        os.close(self._last_word)
        return told.decode("ascii", "replace")


def _environment(walls: bool) -> Iterator[tuple[str, str]]:
    yield "PATH", f"{Path(sys.prefix, 'bin')}:/usr/bin:/bin"
    yield "HOME", "/tmp" if walls else tempfile.gettempdir()
    yield "USER", "student"
    yield "LANG", "C.UTF-8"
    yield "MPLBACKEND", "module://matplotlib_inline.backend_inline"
    yield "NBGRADER_EXECUTION", "autograde"
    yield "PYTHONDONTWRITEBYTECODE", "1"
    # The order of a set is the same in every run, so that a regrade puts out what the first run did.
    yield "PYTHONHASHSEED", "0"
    for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR"):
        yield f"{library}_NUM_THREADS", "1"


def _python(furnishing: Furnishing, settings: str) -> list[str]:
    if furnishing.walls:
        paths = [f"{COURSE}/packages"]
    else:
        paths = sorted({str(place.parent) for place in _places(furnishing).values()})
    code = f"import sys; sys.path[:0] = {paths!r}; from autograder.engine.inside.zygote import main; main()"
    return [sys.executable, "-s", "-P", "-c", code, settings]


def _places(furnishing: Furnishing) -> dict[str, Path]:
    """The folders of the packages by name.

    Raises:
        NoSandbox: one is not installed.
    """
    found = {}
    for name in ("autograder", *furnishing.packages):
        spec = importlib.util.find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise NoSandbox(f"The package {name}, which submissions may import, is not installed here.")
        found[name] = Path(next(iter(spec.submodule_search_locations))).resolve()
    return found


def _newest_change(furnishing: Furnishing) -> float:
    return max(_newest_in(place) for place in _places(furnishing).values())


def _newest_in(folder: Path) -> float:
    return max(path.stat().st_mtime for path in folder.rglob("*.py"))


def _bubblewrap(furnishing: Furnishing) -> list[str]:
    """The command that builds the walls: what is not named here is not there."""
    program = shutil.which("bwrap")
    if program is None:
        raise NoSandbox(INSTALL.format(reason="bubblewrap is not installed"))
    command = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--hostname", "course"]
    if os.getuid() == 0:
        # Root needs no namespace to build walls, and inside becomes nobody.
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-user"]
    places = _places(furnishing)
    shown = {f"{COURSE}/packages/{name}": place for name, place in places.items()}
    shown |= {f"{COURSE}/{name}": _data_folder(name, places) for name in furnishing.data}
    prefixes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    shown |= {str(path): path for path in sorted(prefixes) if path not in (Path("/usr"), Path("/"))}
    # First, because a Python may lie in there.
    command += ["--tmpfs", "/tmp"]
    for inside in sorted({str(parent) for path in shown for parent in Path(path).parents} - {"/"}):
        command += ["--dir", inside]
    command += ["--dir", "/etc", "--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        root = Path("/", name)
        if root.is_symlink():
            command += ["--symlink", os.readlink(root), str(root)]
        elif root.is_dir():
            command += ["--ro-bind", str(root), str(root)]
    for name in ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives"):
        command += ["--ro-bind-try", name, name]
    for inside, outside in shown.items():
        command += ["--ro-bind", str(outside), inside]
    command += ["--proc", "/proc", "--dev", "/dev", "--dir", HOME]
    return [*command, "--"]


def _data_folder(name: str, places: dict[str, Path]) -> Path:
    for place in places.values():
        for parent in place.parents[:3]:
            if (parent / name).is_dir():
                return parent / name
    raise NoSandbox(f"The folder {name}, which submissions may read, is not beside the course's packages.")


_BEGAN_WITH = _newest_in(_HARNESS)
