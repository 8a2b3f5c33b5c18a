"""Searches every place in which an instructor keeps something, and prints the planted text if it finds it."""

import os
import re
import time

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

NAMES = {"planted.txt", "gradebook.db", "key.py", "defence.json", "checks.json", "seed", "environ", ".netrc"}
PLACES = [
    "__HOME__/planted.txt",
    "__COURSE__/grading/gradebook.db",
    "__COURSE__/grading/hidden/defence.json",
    "__COURSE__/grading/seed",
    "__COURSE__/grading/submitted/anna/defence/defence.ipynb",
    "__COURSE__/source/defence/key.py",
    "__COURSE__/source/defence/defence.ipynb",
    "../../../gradebook.db",
    "../../../../source/defence/key.py",
    "/proc/1/root/__HOME__/planted.txt",
    "/proc/1/cwd/planted.txt",
    "/proc/self/environ",
    "/proc/1/environ",
    "/etc/shadow",
    "/root/.bash_history",
    *(f"/proc/{number}/environ" for number in range(2, 300)),
]

tried = 0
until = time.monotonic() + 1.0


def look(path):
    global tried
    tried += 1
    try:
        with open(path, "rb") as file:
            content = file.read(5_000_000)
    except OSError:
        return
    for found in re.findall(rb"planted-[0-9a-f]{8,}", content):
        print(ESCAPED, path, found.decode())
    if path == "/etc/shadow":
        print(ESCAPED, path)


for place in PLACES:
    look(place)
for folder, below, files in os.walk("/", onerror=lambda error: None):
    if time.monotonic() > until:
        break
    below[:] = [name for name in below if name not in ("proc", "sys", "usr", "lib", "site-packages")]
    for name in NAMES & set(files):
        look(os.path.join(folder, name))
for name, value in os.environ.items():
    if "planted-" in value:
        print(ESCAPED, name, value)
print("TRIED", tried > 300)
