"""How a server that tests need starts and ends; knows nothing of any server in particular."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

SECONDS_TO_START = 60.0  # on a machine that does much else
SECONDS_TO_STOP = 10.0


@contextmanager
def running(
    command: Sequence[str | Path],
    log: Path,
    *,
    folder: Path,
    environment: Mapping[str, str],
    user: str | None = None,
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that writes to the log, and ends with the block, or with the tests when those are killed."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*dying_with_its_parent(), *map(str, command)],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for pytest, which then stops the servers in their order
            **identity(user),
        )
    try:
        yield process
    finally:
        end(process, stop)


def end(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    """Ask the process to stop, and kill its group when it does not, or when it left children behind."""
    process.send_signal(stop)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=SECONDS_TO_STOP)
    with suppress(ProcessLookupError, PermissionError):  # macOS says the second for a group of the dead
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def dying_with_its_parent() -> list[str]:
    """The words before a command that is to be killed when the tests are; none where Linux is not."""
    words = ["setpriv", "--pdeathsig", "KILL", "--"]  # a dask worker without its scheduler would ignore TERM
    try:
        subprocess.run([*words, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return words


def identity(user: str | None) -> dict[str, object]:
    """What `subprocess` needs to start a program as that user, without any group of the present one."""
    if user is None:
        return {}
    import pwd

    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def wait_until(
    ready: Callable[[], object], what: str, log: Path, *processes: subprocess.Popen[bytes]
) -> None:
    """Return as soon as it is ready; RuntimeError with the end of the log when a process ends before that."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        ended = any(process.poll() is not None for process in processes)
        if ended or time.monotonic() > deadline:
            said = log.read_text(encoding="utf-8", errors="replace")[-4000:]
            raise RuntimeError(f"{what} {'ended' if ended else 'did not start'}. It said:\n{said}")
        time.sleep(0.02)
