"""The grader's half of a run: sends the cells into the sandbox, takes outputs and observations back, as data.

Whatever comes back is the student's word: it is measured, read as JSON, checked for its form, and never more.
When the process in the sandbox dies, the run goes on in a new one: cells that have run run again (their first
outputs stay), the one that killed it does not.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from autograder import codec
from autograder.engine import wire
from autograder.engine.limits import Limits
from autograder.engine.sandbox import Line

GRACE = 3.0
FOR_CELLS = 0.7  # of the time of a submission; what is left is for its checks
DEATHS_IN_A_CHECK = 3
LONGEST_TEXT = 1000
SMALL_MESSAGE = 1000
_OUTPUTS = ("stream", "display_data", "execute_result", "error")
# As the notebook format has it: data of these types may be anything, all other data is text.
_JSON = re.compile(r"application/(.*\+)?json$")
_COUNT_LIMIT = 2**31
_OUTCOMES = {"returned", "raised", "late", "undefined", "not_callable"}
_DETAILS = {"again", "changed", "near", "printed", "skipped"}


@dataclass(frozen=True)
class Step:
    """One code cell to run, or (`hold`) the place where an exercise is checked."""

    cell: int
    code: str = ""
    hold: str | None = None
    kind: str = "call"
    target: str = ""

    def to_json(self) -> dict[str, Any]:
        """As the sandbox reads it."""
        if self.hold is not None:
            return {"hold": self.hold, "kind": self.kind, "target": self.target}
        return {"cell": self.cell, "code": self.code}


@dataclass
class Ran:
    """What a run gave.

    Attributes:
        outputs: per cell index its outputs, in the format of a notebook.
        counts: per cell index its execution count.
        not_reached: the cells for which no time was left.
        observations: per exercise one row per check, as `observe` returns them.
        notes: sentences about what went wrong, for the instructor.
        seconds: wall time of the run, and of its parts "cells" and "checks".
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    not_reached: set[int] = field(default_factory=set)
    observations: dict[str, list[list[dict[str, Any]]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class _Died(Exception):
    """The run ended where it should have gone on; `told` is the sandbox's word for how."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


class Run:
    """Runs one notebook of one submission.

    Args:
        address: of the sandbox.
        folder: name of the folder in which the cells run.
        files: content of the files in it, base64, by relative path.
        steps: the cells and checks in their order.
        requests: per exercise what `observe` is asked, its visible checks first.
        limits: of the sandbox.
        visible: per exercise the number of visible checks; all, where none is given.
    """

    def __init__(
        self,
        address: str,
        folder: str,
        files: Mapping[str, str],
        steps: Sequence[Step],
        requests: Mapping[str, Mapping[str, Any]],
        limits: Limits,
        visible: Mapping[str, int] | None = None,
    ) -> None:
        self._visible = visible or {}
        self._address = address
        self._job = {"folder": folder, "files": dict(files)}
        self._steps = list(steps)
        self._requests = requests
        self._limits = limits
        self._ran = Ran()
        self._fatal: dict[int, str] = {}
        self._ends_at: dict[str, int] = {}
        self._seen: dict[str, list[dict[str, Any]]] = {name: [] for name in requests}
        self._careful: set[str] = set()
        self._deaths: dict[str, int] = dict.fromkeys(requests, 0)
        self._bytes_left = limits.submission_output_bytes
        self._started = time.monotonic()
        self._deadline = self._started + limits.submission_seconds

    def go(self) -> Ran:
        """The whole run, restarts included; never longer than the limit of a submission."""
        for _ in range(self._limits.restarts + 1):
            if self._once():
                break
            if time.monotonic() >= self._deadline:
                self._note(f"The submission took more than {self._limits.submission_seconds:g} seconds.")
                break
        else:
            self._note(f"The notebook stopped Python {self._limits.restarts + 1} times; no more was tried.")
        for name, request in self._requests.items():
            self._ran.observations[name] = self._in_rows(name, request)
        self._ran.seconds["run"] = time.monotonic() - self._started
        return self._ran

    def _note(self, sentence: str) -> None:
        if sentence not in self._ran.notes:
            self._ran.notes.append(sentence)

    def _once(self) -> bool:
        """One process; whether it came to the end."""
        line = Line(self._address)
        place: Step | None = None
        asked: str | None = None
        told = ""
        try:
            began = time.monotonic()
            steps = [step for step in self._steps if not self._is_left_out(step)]
            left = max(0.0, self._deadline - began)
            job = {**self._job, "seconds": left * FOR_CELLS, "steps": [step.to_json() for step in steps]}
            wire.send(line.socket, job)
            for place in steps:
                self._after(line, place)
            place = None
            self._next(line, GRACE)
            self._spent("cells", began)
            began = time.monotonic()
            # First everything whose answers a student reads, in all exercises; then what is hidden: who knows
            # a hidden input has no answer left in which it could be told.
            for hidden in (False, True):
                for asked in self._requests:
                    self._ask(line, asked, hidden)
            self._spent("checks", began)
            return True
        except wire.Overdue:
            told = "time"
        except wire.Garbled as error:
            told = f"garbled: {error}"
        except (_Died, OSError, ValueError):
            told = ""
        finally:
            ending = line.hang_up()
        self._buried(place, asked, told or ending)
        return False

    def _is_left_out(self, step: Step) -> bool:
        """Whether it ended an earlier process."""
        return self._ends_at.get(step.hold, 0) > 1 if step.hold is not None else step.cell in self._fatal

    def _spent(self, part: str, since: float) -> None:
        self._ran.seconds[part] = self._ran.seconds.get(part, 0.0) + time.monotonic() - since

    def _next(self, line: Line, seconds: float) -> dict[str, Any]:
        """The next message, within the time and the bytes that are left."""
        deadline = min(time.monotonic() + seconds, self._deadline + GRACE)
        body = wire.receive_bytes(line.socket, max(self._bytes_left, SMALL_MESSAGE), deadline)
        if body is None:
            raise _Died("")
        self._bytes_left -= len(body)
        return wire.parse(body)

    def _after(self, line: Line, step: Step) -> None:
        """Waits for one step to be done, and keeps a cell's outputs the first time."""
        message = self._next(line, self._limits.cell_seconds + GRACE)
        if step.hold is not None:
            if message.get("held") != step.hold:
                raise wire.Garbled("another step than expected")
            return
        if message.get("cell") != step.cell:
            raise wire.Garbled("another cell than expected")
        if step.cell in self._ran.outputs:
            return
        if message.get("no_time") is True:
            self._ran.not_reached.add(step.cell)
            self._ran.outputs[step.cell] = [_error("This cell was not run: those before took all the time.")]
            self._note(f"The submission took more than {self._limits.submission_seconds:g} seconds.")
            return
        outputs = message.get("outputs")
        if type(outputs) is not list or not all(map(_is_output, outputs)):
            raise wire.Garbled("outputs that no notebook can hold")
        count = message.get("count")
        self._ran.outputs[step.cell] = outputs
        self._ran.counts[step.cell] = count if _is_count(count) else 0

    def _ask(self, line: Line, name: str, hidden: bool) -> None:
        """Asks for the observations of an exercise that are still missing."""
        request = self._requests[name]
        checks = request["checks"] if hidden else request["checks"][: self._visible.get(name)]
        calls = [call for check in checks for call in check]
        left = calls[len(self._seen[name]) :]
        if not left:
            return
        asked = {**request, "checks": [left], "one_by_one": name in self._careful}
        wire.send(line.socket, {"ask": name, "request": asked})
        seconds = max(float(request["time_limit"]) * int(call.get("repeat", 1)) for call in left) + GRACE
        missing, done = len(left), False
        while not done:
            message = self._next(line, seconds)
            several, done = message.get("seen"), message.get("asked") is True
            if type(several) is not list or len(several) > missing:
                raise wire.Garbled("more answers than questions")
            missing -= len(several)
            # Data that is not of the codec's form cannot come from an honest answer.
            self._seen[name] += [seen if is_observation(seen) else {"unreadable": True} for seen in several]
        if missing:
            raise wire.Garbled("fewer answers than questions")

    def _buried(self, place: Step | None, asked: str | None, told: str) -> None:
        """Writes down what killed the process, so that the next one leaves it out."""
        if asked is not None and asked not in self._careful:
            # Answers come several at a time; once more, one by one, to see which call it was.
            self._careful.add(asked)
            if told.startswith("garbled"):
                self._note(f"The check of {asked} {_in_words(told)}.")
        elif asked is not None:
            calls = sum(len(check) for check in self._requests[asked]["checks"])
            if len(self._seen[asked]) < calls:
                self._seen[asked].append(_stopped(told, self._requests[asked]))
            self._deaths[asked] += 1
            if self._deaths[asked] >= DEATHS_IN_A_CHECK:
                missing = calls - len(self._seen[asked])
                self._seen[asked] += [_stopped(told, self._requests[asked])] * missing
            self._note(f"The check of {asked} {_in_words(told)}.")
        elif place is not None and place.hold is None:
            self._fatal[place.cell] = told
            if place.cell not in self._ran.outputs:
                self._ran.outputs[place.cell] = [
                    _error(f"This cell {_in_words(told)}. The notebook went on without it.")
                ]
            self._note(f"Cell {place.cell + 1} {_in_words(told)}.")
        elif place is not None:
            # Something that was left running, or that waits for the place of a check.
            name = place.hold
            assert name is not None
            self._ends_at[name] = self._ends_at.get(name, 0) + 1
            if self._ends_at[name] > 1:
                calls = sum(len(check) for check in self._requests[name]["checks"])
                missing = calls - len(self._seen[name])
                self._seen[name] += [_stopped(told, self._requests[name])] * missing
            self._note(f"The process ended by itself before {name}: it {_in_words(told)}.")

    def _in_rows(self, name: str, request: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
        seen = iter(self._seen[name])
        missing = {"stopped": "was not reached"}
        return [[next(seen, missing) for _ in check] for check in request["checks"]]


def _stopped(told: str, request: Mapping[str, Any]) -> dict[str, Any]:
    if told == "time":
        return {"late": float(request["time_limit"])}
    return {"stopped": _in_words(told)}


def _in_words(told: str) -> str:
    """How a process ended, as the end of a sentence."""
    kind, _, number = told.partition(" ")
    if told == "time":
        return "took more time than there is"
    if told == "memory":
        return "used more memory than there is"
    if told == "processes":
        return "started more processes than are allowed"
    if kind == "signal":
        return f"stopped Python altogether (signal {number})"
    if kind == "garbled:":
        return "sent something that is no answer"
    return "stopped Python altogether"


def _error(sentence: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "Stopped", "evalue": sentence, "traceback": [sentence]}


def _is_output(output: Any) -> bool:
    """Whether this is one of a notebook's four kinds of outputs, with text where text belongs."""
    if type(output) is not dict or output.get("output_type") not in _OUTPUTS:
        return False
    kind = output["output_type"]
    if kind == "stream":
        return (
            output.keys() == {"output_type", "name", "text"}
            and output["name"] in ("stdout", "stderr")
            and type(output["text"]) is str
        )
    if kind == "error":
        texts = [output.get("ename"), output.get("evalue")]
        lines = output.get("traceback")
        return (
            output.keys() == {"output_type", "ename", "evalue", "traceback"}
            and all(type(text) is str for text in texts)
            and type(lines) is list
            and all(type(text) is str for text in lines)
        )
    expected = {"output_type", "data", "metadata"} | (
        {"execution_count"} if kind != "display_data" else set()
    )
    return (
        output.keys() == expected
        and type(output["data"]) is dict
        and type(output["metadata"]) is dict
        and all(type(value) is str or _JSON.match(mime) for mime, value in output["data"].items())
        and (output.get("execution_count") is None or _is_count(output["execution_count"]))
    )


def _is_count(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 <= value < _COUNT_LIMIT


def is_observation(seen: Any) -> TypeGuard[dict[str, Any]]:
    """Whether an answer has the form of an observation; the values in it are read when it is judged."""
    if type(seen) is not dict:
        return False
    # Each call has one outcome, and only a value can come with another of a second try.
    if len(seen.keys() & _OUTCOMES) != 1 or seen.keys() - _OUTCOMES - _DETAILS:
        return False
    if "again" in seen and "returned" not in seen:
        return False
    try:
        codec.within_limits(seen)
    except ValueError:
        return False
    told = seen.get("raised", {"type": "", "message": ""})
    return (
        type(told) is dict
        and _is_text(told.get("type"))
        and _is_text(told.get("message"))
        and type(told.get("line")) in (int, type(None))
        and _is_text(seen.get("printed", ""))
        and (seen.get("near") is None or _is_text(seen["near"]))
        and type(seen.get("late", 1.0)) in (int, float)
        and type(seen.get("changed", [])) is list
        and all(type(place) is int for place in seen.get("changed", []))
    )


def _is_text(value: Any) -> bool:
    return type(value) is str and len(value) <= LONGEST_TEXT
