"""How much memory a command and everything it starts uses, sampled while it runs. Linux only.

Pages that several processes share are counted once, in equal parts (the kernel's "proportional set size").
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.2  # seconds


@dataclass
class Peak:
    """The most that was seen at one time, in megabytes: of the command's process, and of all it started."""

    own: float = 0.0
    started: float = 0.0


def measured(command: list[str], cwd: Path, environment: dict[str, str]) -> tuple[Peak, int]:
    """Runs a command; its peak, and its exit status."""
    peak = Peak()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        watcher = threading.Thread(target=_watch, args=(process, peak))
        watcher.start()
        process.wait()
        watcher.join()
    return peak, process.returncode


def _watch(process: subprocess.Popen[bytes], peak: Peak) -> None:
    while process.returncode is None:
        peak.own = max(peak.own, _megabytes(process.pid))
        peak.started = max(peak.started, sum(map(_megabytes, _descendants(process.pid))))
        time.sleep(EVERY)


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                parent = int(Path("/proc", name, "stat").read_bytes().rpartition(b")")[2].split()[1])
                children.setdefault(parent, []).append(int(name))
    found = list(children.get(pid, []))
    for one in found:
        found += children.get(one, [])
    return found


def _megabytes(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
