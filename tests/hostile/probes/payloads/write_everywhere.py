"""Tries to leave a file, or to change one, wherever a later submission or the instructor would meet it."""

import os
import sys
import sysconfig

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

NAME = "hostile_was_here"
folders = {
    "__COURSE__",
    "__COURSE__/grading",
    "__COURSE__/grading/submitted/anna/defence",
    "__COURSE__/grading/autograded/anna/defence",
    "__COURSE__/release/defence",
    "__COURSE__/source/defence",
    "__HOME__",
    "__HOME__/.ipython/profile_default/startup",
    "/",
    "/etc",
    "/usr/lib/python3",
    "/usr/local/lib",
    "/var/tmp",
    "/run",
    "/home",
    "/root",
    sysconfig.get_paths()["purelib"],
    sysconfig.get_paths()["stdlib"],
    os.path.dirname(sys.executable),
    *(os.path.dirname(getattr(module, "__file__", None) or "/") for module in list(sys.modules.values())),
}
written = 0
for folder in folders:
    try:
        with open(f"{folder}/{NAME}", "w") as file:
            file.write("x")
        written += 1
    except OSError:
        pass
for name in ("autograder", "autograder.codec", "json", "IPython", "numpy"):
    module = sys.modules.get(name)
    for path in (getattr(module, "__file__", None), getattr(module, "__cached__", None)):
        try:
            if path:
                with open(path, "a") as file:
                    file.write(f"\n# {NAME}\n")
                print(ESCAPED, "changed", path)
        except OSError:
            pass
for path in ("__COURSE__/grading/gradebook.db", "__COURSE__/grading/submitted/anna/defence/defence.ipynb"):
    try:
        os.truncate(path, 0)
        print(ESCAPED, "emptied", path)
    except OSError:
        pass
print("TRIED", len(folders) > 20)
