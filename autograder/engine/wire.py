"""Messages between the grader and a sandbox: JSON frames with a length, never larger than agreed.

Both ends use this module. It knows nothing of what a message means, and trusts nothing it reads.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any, NoReturn

_LENGTH = struct.Struct(">I")
LARGEST = 256_000_000


class Garbled(Exception):
    """What came over the wire is not a message, or is too large."""


class Overdue(Exception):
    """The other end did not answer in time."""


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Sends one message.

    Raises:
        OSError: the other end is gone.
        ValueError: it cannot be written as JSON, or is larger than any message may be.
    """
    data = json.dumps(message, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    if len(data) > LARGEST:
        raise ValueError(f"a message may have {LARGEST} bytes, got {len(data)}")
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive(
    connection: socket.socket, most: int = LARGEST, deadline: float | None = None
) -> dict[str, Any] | None:
    """The next message, or `None` when the other end has closed.

    Args:
        connection: the socket.
        most: bytes that are accepted.
        deadline: as `time.monotonic()` counts; `None` waits for ever.

    Raises:
        Garbled, Overdue: see there.
    """
    body = receive_bytes(connection, most, deadline)
    return None if body is None else parse(body)


def receive_bytes(
    connection: socket.socket, most: int = LARGEST, deadline: float | None = None
) -> bytes | None:
    """The next message as it came; the rest as `receive`."""
    head = _exactly(connection, _LENGTH.size, deadline)
    if head is None:
        return None
    (size,) = _LENGTH.unpack(head)
    if size > most:
        raise Garbled(f"a message of {size} bytes, where {most} are accepted")
    return _exactly(connection, size, deadline)


def parse(body: bytes) -> dict[str, Any]:
    """The message in bytes.

    Raises:
        Garbled: they are none.
    """
    try:
        message = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Garbled(f"not JSON: {type(error).__name__}") from None
    if type(message) is not dict:
        raise Garbled("not a message")
    return message


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _exactly(connection: socket.socket, size: int, deadline: float | None) -> bytes | None:
    """`size` bytes; `None` when the other end closed before they were there."""
    parts = []
    while size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Overdue
            connection.settimeout(left)
        try:
            part = connection.recv(min(size, 1 << 20))
        except TimeoutError:
            raise Overdue from None
        except ConnectionError:
            return None
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
