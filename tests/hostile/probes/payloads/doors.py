"""Looks for sockets and open files that lead out of the process, and speaks into each of them."""

import contextlib
import os
import socket
import stat

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

for number in range(3, 256):
    try:
        mode = os.fstat(number).st_mode
    except OSError:
        continue
    if stat.S_ISDIR(mode):
        for way in ("..", "../..", "../../../../.."):
            try:
                there = os.open(f"{way}/__HOME__/planted.txt", os.O_RDONLY, dir_fd=number)
                print(ESCAPED, "read past an open folder", os.read(there, 100))
            except OSError:
                pass
    elif stat.S_ISREG(mode):
        with contextlib.suppress(OSError):
            if b"planted-" in os.pread(number, 1_000_000, 0):
                print(ESCAPED, "read an open file")
LONG = ("proc", "sys", "usr", "lib", "bin", "site-packages", ".venv")
for folder, below, files in os.walk("/"):
    below[:] = [name for name in below if name not in LONG]
    for name in files:
        path = os.path.join(folder, name)
        try:
            if stat.S_ISSOCK(os.lstat(path).st_mode):
                socket.socket(socket.AF_UNIX).connect(path)
                print(ESCAPED, "connected to", path)
            if stat.S_ISFIFO(os.lstat(path).st_mode):
                os.open(path, os.O_WRONLY | os.O_NONBLOCK)
                print(ESCAPED, "opened the pipe", path)
        except OSError:
            pass
print("TRIED True")
