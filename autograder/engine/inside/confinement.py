"""Shuts one process in: namespaces, a private disk in memory, limits, no privileges, few system calls.

Linux only, through the C library; nothing here knows what will run. The order matters: first the namespaces
(in which this process may mount), then the mounts, then every privilege is given away for good.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

from autograder.engine.limits import Limits

# An empty folder of the sandbox; each run mounts a disk of its own over it. Not /home: Python may be there.
HOME = "/course/home"
HIDDEN = ("/proc",)

# <linux/sched.h>, <sys/mount.h>, <sys/prctl.h>
_NEW_NAMESPACES = 0x10000000 | 0x00020000 | 0x20000000 | 0x08000000  # user, mount, process, interprocess
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _BIND, _WITH_ALL_BELOW = 1, 2, 4, 4096, 16384
_SET_PARENT_DEATH, _SET_DUMPABLE, _SET_SECCOMP, _DROP_CAPABILITY, _NO_NEW_PRIVILEGES = 1, 4, 22, 24, 38
_CLONE = {"x86_64": 56, "aarch64": 220}

# PyDLL: the interpreter's lock is kept, so that a new process owns it as the old one did.
_libc = ctypes.PyDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def die_with_parent() -> None:
    """Has the kernel kill this process when the one that started it ends."""
    _checked(_libc.prctl(_SET_PARENT_DEATH, signal.SIGKILL, 0, 0, 0), "prctl")


def become_nobody() -> None:
    """Gives up the account of root for that of nobody; for any other account nothing happens."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)
        # Otherwise the files in /proc, where a new namespace is described, still belong to root.
        _checked(_libc.prctl(_SET_DUMPABLE, 1, 0, 0, 0), "prctl")


def fork_into_namespaces() -> int:
    """Like `os.fork`, but the child is the first process of namespaces of its own.

    One call of the kernel instead of two forks: a fork of a large process is the dearest step of a run.
    When the child ends, the kernel kills all that it left behind.
    """
    number = _CLONE.get(platform.machine())
    if number is None:
        raise OSError(f"no sandbox for the processor type {platform.machine()}")
    uid, gid = os.getuid(), os.getgid()
    api = ctypes.pythonapi
    api.PyOS_BeforeFork()
    child = _libc.syscall(number, _NEW_NAMESPACES | signal.SIGCHLD, 0, 0, 0, 0)
    if child == 0:
        api.PyOS_AfterFork_Child()
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        return 0
    api.PyOS_AfterFork_Parent()
    return _checked(child, "clone")


def private_disk(limits: Limits) -> None:
    """Mounts an empty disk of limited size over the home and the temporary folder; hides `/proc`."""
    size = f"size={limits.disk_mb}m,nr_inodes=20000,mode=700"
    _mount("tmpfs", HOME, "tmpfs", _NO_SETUID | _NO_DEVICES, size)
    os.mkdir(f"{HOME}/.tmp", 0o700)
    for place in {sys.prefix, sys.base_prefix}:
        if Path(place).is_relative_to("/tmp"):
            # Python itself lies there: it is shown again, as it was.
            again = Path(f"{HOME}/.tmp", Path(place).relative_to("/tmp"))
            again.mkdir(parents=True, exist_ok=True)
            _mount(place, str(again), "", _BIND | _WITH_ALL_BELOW, "")
    _mount(f"{HOME}/.tmp", "/tmp", "", _BIND | _WITH_ALL_BELOW, "")
    if os.path.isdir("/dev/shm"):
        os.mkdir(f"{HOME}/.shm", 0o700)
        _mount(f"{HOME}/.shm", "/dev/shm", "", _BIND, "")
    for folder in HIDDEN:
        _mount("tmpfs", folder, "tmpfs", _READ_ONLY | _NO_SETUID | _NO_DEVICES, "size=4k,nr_inodes=1")


def _mount(source: str, target: str, kind: str, flags: int, data: str) -> None:
    result = _libc.mount(
        source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()
    )
    _checked(result, f"mount on {target}")


def give_up_privileges() -> None:
    """No capability, now or later; most calls that could reach outside are refused from here on."""
    _checked(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")
    for capability in range(64):
        if _libc.prctl(_DROP_CAPABILITY, capability, 0, 0, 0) < 0:
            break
    header = struct.pack("=Ii", 0x20080522, 0)
    _checked(_libc.capset(header, struct.pack("=6I", *[0] * 6)), "capset")
    refuse_system_calls()


def limit_resources(limits: Limits) -> None:
    """Sets the kernel's limits of one process; `memory_mb` counts beyond what this process has already."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    mega = 1 << 20
    memory = pages * resource.getpagesize() + limits.memory_mb * mega
    cpu = max(1, round(limits.cpu_seconds))
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.file_mb * mega),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


# Calls that no cell of a course needs: new namespaces and mounts, other processes' memory, keys, memory that
# counts as nobody's, and sockets (there is no network; sockets by name would join two submissions).
# Their numbers on x86_64 and aarch64, from the kernel's tables.
_REFUSED = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "fsopen": (430, 430),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "move_mount": (429, 429),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "request_key": (249, 218),
    "setns": (308, 268),
    "shmget": (29, 194),
    "socket": (41, 198),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
_MACHINES = ("x86_64", "aarch64")
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE3 = 435  # the same number everywhere; its flags are out of a filter's sight, so callers take clone
_ANY_NAMESPACE = 0x7E020080
_ALLOW, _REFUSE, _NOT_THERE = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38


def refuse_system_calls() -> None:
    """Has the kernel answer the calls above with "not permitted", for this process and all that it starts.

    Raises:
        OSError: this kernel cannot filter.
    """
    machine = platform.machine()
    # Berkeley Packet Filter over (call number, architecture, …, arguments): code, if true, if false, value.
    load, equal, at_least, any_bit, end = 0x20, 0x15, 0x35, 0x45, 0x06
    program = [(load, 0, 0, 4), (equal, 1, 0, _AUDIT[machine]), (end, 0, 0, _REFUSE), (load, 0, 0, 0)]
    if machine == "x86_64":
        # The other numbering of the same processor (x32) would slip through.
        program += [(at_least, 0, 1, 0x40000000), (end, 0, 0, _REFUSE)]
    for number in sorted(numbers[_MACHINES.index(machine)] for numbers in _REFUSED.values()):
        program += [(equal, 0, 1, number), (end, 0, 0, _REFUSE)]
    program += [(equal, 0, 1, _CLONE3), (end, 0, 0, _NOT_THERE)]
    program += [(equal, 0, 3, _CLONE[machine]), (load, 0, 0, 16), (any_bit, 0, 1, _ANY_NAMESPACE)]
    program += [(end, 0, 0, _REFUSE), (end, 0, 0, _ALLOW)]
    code = b"".join(struct.pack("=HBBI", *row) for row in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    _checked(_libc.prctl(_SET_SECCOMP, 2, ctypes.create_string_buffer(head, len(head)), 0, 0), "seccomp")
