"""Looks for privileges it should not have, and for programs that give some."""

import os
import resource
import subprocess

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

if os.getuid() == 0 or os.geteuid() == 0:
    print(ESCAPED, "this is root")
for what, change in {
    "root": lambda: os.setuid(0),
    "another group": lambda: os.setgid(0),
    "more groups": lambda: os.setgroups([0, 4, 27]),
    "more open files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 20, 1 << 20)),
    "more processes": lambda: resource.setrlimit(resource.RLIMIT_NPROC, (1 << 20, 1 << 20)),
    "real-time priority": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
    "a higher priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    "a device": lambda: os.mknod("/tmp/disk", 0o060600, os.makedev(254, 0)),
    "another owner of a file": lambda: os.chown(__import__("tempfile").mkstemp()[1], 0, 0),
}.items():
    try:
        change()
        print(ESCAPED, "got", what)
    except (OSError, ValueError, AttributeError):
        pass
PROGRAMS = ("su -c id", "sudo -n id", "mount", "bwrap --bind / / id", "unshare -Ur id", "newuidmap")
for program in map(str.split, PROGRAMS):
    try:
        ran = subprocess.run(program, capture_output=True, text=True, timeout=2, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        continue
    if "uid=0" in ran.stdout:
        print(ESCAPED, program[0], ran.stdout)
for name in ("core_pattern", "hostname", "panic"):
    try:
        with open(f"/proc/sys/kernel/{name}", "w") as file:
            file.write("x")
        print(ESCAPED, "wrote", name)
    except OSError:
        pass
try:
    import fcntl

    terminal = os.open("/dev/tty", os.O_RDWR)
    fcntl.ioctl(terminal, 0x5412, b"x")
    print(ESCAPED, "typed on the instructor's terminal")
except OSError:
    pass
for number in range(3):
    try:
        import fcntl

        fcntl.ioctl(number, 0x5412, b"x")
        print(ESCAPED, "typed on a terminal")
    except OSError:
        pass
print("TRIED True")
