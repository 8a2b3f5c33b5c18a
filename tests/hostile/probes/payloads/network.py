"""Tries to reach the listeners of the instructor's machine by every family of addresses."""

import contextlib
import socket

ESCAPED = "ESCAPED" + ":"  # not in one piece, so that a traceback does not show it

ATTEMPTS = [
    ("IPv4", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int("__PORT4__"))),
    ("IPv4 datagram", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", int("__PORT4__"))),
    ("IPv6", socket.AF_INET6, socket.SOCK_STREAM, ("::1", int("__PORT6__"))),
    ("a name in the file system", socket.AF_UNIX, socket.SOCK_STREAM, "__HOME__/listener"),
    ("an abstract name", socket.AF_UNIX, socket.SOCK_STREAM, "\0__ABSTRACT__"),
    ("the host of a virtual machine", 40, socket.SOCK_STREAM, (2, 1024)),
    ("the internet", socket.AF_INET, socket.SOCK_STREAM, ("192.0.2.1", 80)),
]
for name, family, kind, address in ATTEMPTS:
    try:
        with socket.socket(family, kind) as connection:
            connection.settimeout(0.3)
            connection.connect(address)
            connection.send(b"hello from a submission")
        print(ESCAPED, name)
    except (OSError, TypeError):
        pass
# netlink, packets, ping, the kernel's ciphers
for family, kind, protocol in [(16, 3, 0), (17, 3, 3), (2, 3, 1), (38, 5, 0)]:
    with contextlib.suppress(OSError), socket.socket(family, kind, protocol):
        print("a socket of the family", family, "could be made")
with contextlib.suppress(OSError):
    print(ESCAPED, "a name was looked up", socket.getaddrinfo("example.org", 80))
print("TRIED", len(ATTEMPTS) == 7)
