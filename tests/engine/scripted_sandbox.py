"""In place of a sandbox: a socket that says what a test wants it to say. No process is started."""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.engine import wire

Answer = Callable[[dict[str, Any]], Iterable[Any]]


class Talk:
    """One run, seen from the sandbox's end."""

    def __init__(self, connection: socket.socket, last_word: int, heard: list[dict[str, Any]]) -> None:
        self._connection = connection
        self._last_word = last_word
        self._heard = heard
        self.job = self.hear() or {}

    def hear(self) -> dict[str, Any] | None:
        """What the grader says next."""
        message = wire.receive(self._connection)
        if message is not None:
            self._heard.append(message)
        return message

    def say(self, message: dict[str, Any]) -> None:
        """A message as it should be."""
        wire.send(self._connection, message)

    def say_bytes(self, body: bytes, size: int | None = None) -> None:
        """A message as it should not be."""
        self._connection.sendall(struct.pack(">I", len(body) if size is None else size) + body)

    def die(self, told: str) -> None:
        """Ends as the kernel says."""
        os.write(self._last_word, told.encode())
        self._connection.close()

    def wait(self) -> None:
        """Says nothing until the grader has hung up."""
        while self.hear() is not None:
            pass

    def run_steps(self, outputs: Mapping[int, Any] | None = None) -> None:
        """All cells and checks, then the end."""
        for step in self.job["steps"]:
            if "hold" in step:
                self.say({"held": step["hold"]})
            else:
                self.say({"cell": step["cell"], "outputs": (outputs or {}).get(step["cell"], []), "count": 1})
        self.say({"end": True})

    def answer(self, give: Answer) -> None:
        """Each question, with what `give` says."""
        while (question := self.hear()) is not None:
            for seen in give(question):
                self.say({"seen": [seen]})
            self.say({"seen": [], "asked": True})


def obedient(give: Answer = lambda question: [], outputs: Mapping[int, Any] | None = None) -> Script:
    """A run in which nothing goes wrong."""

    def play(talk: Talk) -> None:
        talk.run_steps(outputs)
        talk.answer(give)

    return play


Script = Callable[[Talk], None]


class ScriptedSandbox:
    """Plays one script for each run that is started; the last one again for all others.

    Attributes:
        address: where it listens.
        heard: all that the grader has said.
        runs: how many were started.
    """

    def __init__(self, folder: Path, *scripts: Script) -> None:
        self.address = str(folder / "door")
        self.heard: list[dict[str, Any]] = []
        self.runs = 0
        self._scripts = scripts
        self._listener = socket.socket(socket.AF_UNIX)

    def __enter__(self) -> ScriptedSandbox:
        self._listener.bind(self.address)
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        # The thread is waiting for a connection.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        os.unlink(self.address)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                _, numbers, _, _ = socket.recv_fds(connection, 16, 1)
                script = self._scripts[min(self.runs, len(self._scripts) - 1)]
                self.runs += 1
                with connection, suppress(OSError):
                    script(Talk(connection, numbers[0], self.heard))
                os.close(numbers[0])
