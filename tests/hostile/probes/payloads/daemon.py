"""Leaves processes behind that ignore signals, changed their session and want to act later."""

import os
import signal
import subprocess
import sys

LATER = """
import os, signal, time
for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
time.sleep(3)
for folder in ("__COURSE__", "__HOME__", "/tmp", "/var/tmp", "/dev/shm"):
    try:
        open(folder + "/hostile_was_here", "w").close()
    except OSError:
        pass
time.sleep(300)
"""
for _ in range(3):
    subprocess.Popen(
        [sys.executable, "-c", LATER, "__MARK__"],
        env={"HOSTILE_MARK": "__MARK__"},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        # The orphan keeps the output of the notebook open: whoever waits for its end waits for ever.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.execvpe("sleep", ["__MARK__-sleep", "300"], {"HOSTILE_MARK": "__MARK__"})
    os._exit(0)
for _ in range(10):
    if os.fork() == 0:
        os._exit(0)  # nobody waits for these: zombies
print("TRIED True")
