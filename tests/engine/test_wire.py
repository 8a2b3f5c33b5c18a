"""Messages arrive whole or not at all; nothing that a sandbox sends can hurt who reads it."""

import json
import socket
import struct
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine import wire


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def soon() -> float:
    return time.monotonic() + 0.2


NUMBERS = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(st.characters()), VALUES, max_size=4))
def test_what_is_sent_is_received_lone_halves_of_characters_too(message):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        wire.send(theirs, message)
        assert wire.receive(ours, deadline=soon()) == message


@given(st.binary(max_size=40))
def test_any_bytes_are_a_message_an_end_or_a_known_fault(body):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(framed(body))
        with suppress(wire.Garbled):
            assert isinstance(wire.receive(ours, deadline=soon()), dict)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"3",
        b"{",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'\xff\xfe{"a": 1}',
        b'{"a": "\xff"}',
    ],
)
def test_what_is_no_message_is_garbled(ends, body):
    ours, theirs = ends
    theirs.sendall(framed(body))
    with pytest.raises(wire.Garbled):
        wire.receive(ours, deadline=soon())


def test_a_message_that_is_too_large_is_refused_before_it_is_read(ends):
    ours, theirs = ends
    theirs.sendall(struct.pack(">I", 1000) + b"x")
    with pytest.raises(wire.Garbled, match="1000 bytes, where 999 are accepted"):
        wire.receive(ours, most=999, deadline=soon())


def test_what_was_cut_off_is_an_end(ends):
    ours, theirs = ends
    theirs.sendall(framed(b'{"whole": true}') + framed(b'{"whole": false}')[:-3])
    theirs.close()
    assert wire.receive(ours, deadline=soon()) == {"whole": True}
    assert wire.receive(ours, deadline=soon()) is None
    assert wire.receive(ours, deadline=soon()) is None


def test_silence_is_overdue(ends):
    ours, theirs = ends
    theirs.sendall(framed(b'{"a": 1}')[:6])
    started = time.monotonic()
    with pytest.raises(wire.Overdue):
        wire.receive(ours, deadline=soon())
    assert time.monotonic() - started < 2


def test_a_message_in_drops_does_not_stretch_the_time(ends):
    ours, theirs = ends

    def drip() -> None:
        for byte in framed(json.dumps({"a": "b" * 100}).encode()):
            try:
                theirs.send(bytes([byte]))
            except OSError:
                return
            time.sleep(0.02)

    dripping = threading.Thread(target=drip, daemon=True)
    dripping.start()
    started = time.monotonic()
    with pytest.raises(wire.Overdue):
        wire.receive(ours, deadline=soon())
    assert time.monotonic() - started < 1
    ours.close()
    dripping.join()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes"])
def test_what_is_no_json_is_never_sent(ends, value):
    ours, theirs = ends
    with pytest.raises((ValueError, TypeError)):
        wire.send(theirs, {"a": value})
    ours.setblocking(False)
    with pytest.raises(BlockingIOError):
        ours.recv(1)


def test_a_message_larger_than_any_may_be_is_not_sent(ends, monkeypatch):
    monkeypatch.setattr(wire, "LARGEST", 20)
    with pytest.raises(ValueError, match="a message may have 20 bytes, got 21"):
        wire.send(ends[1], {"a": "b" * 13})
    wire.send(ends[1], {"a": "b" * 12})
