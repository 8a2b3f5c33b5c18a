"""Sends signals to everyone it may: its parent, the first process, its group, all."""

import contextlib
import os
import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
    for target in (os.getppid(), 1, 0, -1, *range(2, 200)):
        if target != os.getpid():
            with contextlib.suppress(OSError):
                os.kill(target, number)
print("TRIED True")
