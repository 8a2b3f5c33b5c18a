"""Runs the student's function on given inputs and writes down what happened, as data. Judges nothing.

This is the only module that touches the student's objects. It runs in the notebook's kernel, and later in a
sandbox; what it returns is JSON data. It leaves behind what it found: random states, warning filters,
open figures, standard output.
"""

from __future__ import annotations

import _thread
import contextlib
import io
import random
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from autograder import codec

MAX_PRINTED = 500


class TimeLimit(BaseException):
    """Raised in the student's code when its time is over. Not an `Exception`, so it is rarely swallowed."""


def observe(namespace: Mapping[str, Any], request: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Everything that was asked of one exercise, per check and call.

    Args:
        namespace: the notebook's variables.
        request: `kind`, `target`, `time_limit` and `checks`: per check a list of calls with encoded `args`.

    Returns:
        Per check a list of observations, each a dictionary with what applies of `returned` (encoded),
        `printed`, `raised` (type, message, line), `changed` (positions of modified arguments), `late`,
        `undefined` (with `near`, a similar name that exists) and `not_callable`.
    """
    target = request["target"]
    if target not in namespace:
        near = get_close_matches(target, [n for n in namespace if isinstance(n, str)], 1, 0.75)
        missing: dict[str, Any] = {"undefined": True, "near": near[0] if near else None}
        return [[missing for _ in check] for check in request["checks"]]
    found = namespace[target]
    if request["kind"] != "call":
        return [[{"returned": codec.encode(found)} for _ in check] for check in request["checks"]]
    if not callable(found):
        wrong = {"not_callable": codec.encode(found)}
        return [[wrong for _ in check] for check in request["checks"]]
    observations = []
    with undisturbed():
        late = False
        for check in request["checks"]:
            row: list[dict[str, Any]] = []
            for call in check:
                if late:
                    # One endless loop is enough to know; the other calls would only cost the same time again.
                    row.append({"late": request["time_limit"], "skipped": True})
                    continue
                row.append(observe_call(found, call, request["time_limit"]))
                late = "late" in row[-1]
            observations.append(row)
    return observations


def request_for(spec: Mapping[str, Any], checks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What `observe` is asked about an exercise: inputs only, nothing that is expected."""
    rows = [
        [{key: call[key] for key in ("args", "repeat") if key in call} for call in check["calls"]]
        for check in checks
    ]
    return {"kind": spec["kind"], "target": spec["target"], "time_limit": spec["time_limit"], "checks": rows}


def observe_call(function: Callable[..., Any], call: Mapping[str, Any], time_limit: float) -> dict[str, Any]:
    """What one call did. `call` has encoded `args` and optionally `repeat`."""
    seen: dict[str, Any] = {}
    results: list[Any] = []
    for _ in range(int(call.get("repeat", 1))):
        args = [codec.decode(arg) for arg in call["args"]]
        printed = io.StringIO()
        try:
            with _captured(printed), time_limited(time_limit):
                result = function(*args)
            results.append(codec.encode(result))
        except TimeLimit:
            seen["late"] = time_limit
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            seen["raised"] = describe_error(error)
        changed = [
            position
            for position, (before, after) in enumerate(zip(call["args"], args, strict=True))
            if codec.encode(after) != before
        ]
        if changed:
            seen["changed"] = changed
        if printed.getvalue().strip():
            seen["printed"] = printed.getvalue().strip()[:MAX_PRINTED]
        if "late" in seen or "raised" in seen:
            return seen
    seen["returned"] = results[0]
    if any(other != results[0] for other in results[1:]):
        seen["again"] = next(other for other in results[1:] if other != results[0])
    return seen


def describe_error(error: BaseException) -> dict[str, Any]:
    """Type, first line of the message, and the line in the student's own cell."""
    try:
        message = (str(error).splitlines() or [""])[0][:300]
    except Exception:
        message = ""
    line = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith("<") or "ipykernel" in frame.filename:
            line = frame.lineno
    return {"type": type(error).__name__[:80], "message": message, "line": line}


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Restores random states, warning filters and the list of open figures afterwards."""
    python_state = random.getstate()
    numpy_random = sys.modules.get("numpy.random")
    numpy_state = numpy_random.get_state() if numpy_random else None
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = set(pyplot.get_fignums()) if pyplot else set()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(python_state)
        if numpy_random and numpy_state:
            numpy_random.set_state(numpy_state)
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot:
            for number in set(pyplot.get_fignums()) - figures:
                pyplot.close(number)


@contextlib.contextmanager
def _captured(printed: io.StringIO) -> Iterator[None]:
    """Keeps what the student's function prints or displays out of the notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    with contextlib.ExitStack() as stack:
        if shell is not None:
            from IPython.utils.capture import capture_output

            stack.enter_context(capture_output(stdout=False, stderr=False, display=True))
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        yield


@contextlib.contextmanager
def time_limited(seconds: float) -> Iterator[None]:
    """Stops Python code that takes longer, where the platform allows.

    With an alarm signal on Linux and macOS; on Windows by interrupting the main thread; outside the main
    thread, or in a browser's Python, there is no limit.

    Raises:
        TimeLimit: in the code inside.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
    elif hasattr(signal, "setitimer"):
        with _alarm(seconds):
            yield
    else:
        with _interrupt_main(seconds):
            yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    armed = True

    def stop(signum: int, frame: Any) -> None:
        if armed:
            raise TimeLimit

    before = signal.signal(signal.SIGALRM, stop)
    # Repeated, because a bare `except:` in a student's loop swallows the first one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _interrupt_main(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    timer = threading.Timer(seconds, _thread.interrupt_main)
    timer.daemon = True
    try:
        timer.start()
    except RuntimeError:
        # A Python without threads (in the browser): no limit there.
        yield
        return
    try:
        yield
    except KeyboardInterrupt:
        if time.monotonic() - started >= seconds:
            raise TimeLimit from None
        raise
    finally:
        timer.cancel()
