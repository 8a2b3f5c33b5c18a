"""Tries the calls of the kernel by which a process leaves its confinement, one by one."""

import ctypes
import os
import platform

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"
NUMBERS = {
    "ptrace": (101, 117),
    "mount": (165, 40),
    "umount": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "pidfd_open": (434, 434),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "swapon": (167, 224),
    "reboot": (169, 142),
    "settimeofday": (164, 170),
    "sethostname": (170, 161),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "iopl": (172, 9999),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "personality": (135, 92),
    "move_pages": (279, 239),
    "kcmp": (312, 272),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
}


def call(name, *values):
    """The answer of the kernel, and the number of its error."""
    number = NUMBERS[name][0 if X86 else 1]
    answer = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(value) for value in values])
    return answer, ctypes.get_errno()


def path(text):
    """The address of a text that stays alive."""
    kept.append(ctypes.create_string_buffer(text.encode()))
    return ctypes.addressof(kept[-1])


kept = []
room = ctypes.create_string_buffer(4096)
kept.append(room)
somewhere = ctypes.addressof(room)
ATTEMPTS = {
    "ptrace": (16, os.getppid(), 0, 0),
    "mount": (path("none"), path("/tmp"), path("tmpfs"), 0, 0),
    "umount": (path("/tmp"), 2),
    "pivot_root": (path("/"), path("/tmp")),
    "chroot": (path("/tmp"),),
    "keyctl": (0, -4, 1),
    "add_key": (path("user"), path("bottle"), path("message"), 7, -4),
    "bpf": (0, somewhere, 64),
    "perf_event_open": (somewhere, 0, -1, -1, 0),
    "userfaultfd": (0,),
    "io_uring_setup": (4, somewhere),
    "process_vm_readv": (os.getppid() or 1, somewhere, 0, somewhere, 0, 0),
    "process_vm_writev": (os.getppid() or 1, somewhere, 0, somewhere, 0, 0),
    "open_tree": (-100, path("/"), 1),
    "fsopen": (path("tmpfs"), 0),
    "kexec_load": (0, 0, 0, 0),
    "init_module": (somewhere, 16, path("")),
    "swapon": (path("/tmp/none"), 0),
    "settimeofday": (somewhere, 0),
    "sethostname": (path("hostile"), 7),
    "acct": (path("/tmp/acct"),),
    "iopl": (3,),
    "open_by_handle_at": (-100, somewhere, 0),
    "personality": (0x0040000,),
    "fanotify_init": (0, 0),
}
for name, values in ATTEMPTS.items():
    answer, error = call(name, *values)
    if answer >= 0:
        print(ESCAPED, "the kernel allows", name)

for flag, what in {
    0x10000000: "user",
    0x00020000: "mount",
    0x40000000: "network",
    0x20000000: "process",
    0x04000000: "host name",
    0x08000000: "interprocess",
    0x02000000: "control group",
}.items():
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.unshare(flag) == 0 else 1)
    if os.waitpid(child, 0)[1] == 0:
        print(ESCAPED, "a namespace of its own:", what)
    # The same by clone, whose flags are elsewhere; the child ends at once.
    if X86:
        child = libc.syscall(ctypes.c_long(56), ctypes.c_long(flag | 17), 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        if child > 0:
            os.waitpid(child, 0)
            print(ESCAPED, "clone makes a namespace:", what)
print("TRIED", len(ATTEMPTS) > 20)
