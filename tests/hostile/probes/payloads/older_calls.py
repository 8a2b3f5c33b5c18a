"""Tries the kernel's other numberings (32-bit and x32), by which a filter of calls can be passed by."""

import ctypes
import mmap
import os
import platform

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

# mov eax, <getpid of 32-bit>; int 0x80; ret
NUMBER = 20
CODE = b"\xb8" + NUMBER.to_bytes(4, "little") + b"\xcd\x80\xc3"
if platform.machine() == "x86_64":
    child = os.fork()
    if child == 0:
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(CODE)
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
        os._exit(3 if answer == os.getpid() else 0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 3:
        print(ESCAPED, "32-bit calls are answered")
    answer = ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))
    if answer == os.getpid():
        print(ESCAPED, "x32 calls are answered")
print("TRIED True")
