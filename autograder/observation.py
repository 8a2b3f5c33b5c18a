"""Runs the student's function on given inputs and writes down what happened, as data. Judges nothing.

This is the only module that touches the student's objects. It runs in the notebook's kernel, and later in a
sandbox; what it returns is JSON data. It leaves behind what it found: variables, random states, warning
filters, open figures, standard output.
"""

from __future__ import annotations

import _thread
import builtins
import contextlib
import functools
import io
import random
import re
import signal
import sys
import threading
import time
import types
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

    After a call that took too long, all others together get the same time once more, and each a quarter of
    it: one endless loop does not cost the time of all cases, and does not cost their points either.

    Args:
        namespace: the notebook's variables.
        request: `kind`, `target`, `time_limit` and `checks`: per check a list of calls with encoded `args`.

    Returns:
        Per check a list of observations, each a dictionary with what applies of `returned` (encoded),
        `printed`, `raised` (type, message, line), `changed` (positions of modified arguments), `late`,
        `undefined` (with `near`, a similar name that exists) and `not_callable`.
    """
    one_by_one = observations(namespace, request)
    # The generator runs to its end, which restores what was there before.
    seen = iter(list(one_by_one))
    return [[next(seen) for _ in check] for check in request["checks"]]


def observations(namespace: Mapping[str, Any], request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What `observe` returns, one call after another, as soon as each has ended."""
    target = request["target"]
    calls = [call for check in request["checks"] for call in check]
    if target not in namespace:
        missing = {"undefined": True, "near": _similar_name(namespace, target, request["kind"] == "call")}
        yield from (missing for _ in calls)
        return
    found = namespace[target]
    if request["kind"] != "call":
        yield from ({"returned": codec.encode(found)} for _ in calls)
        return
    if not callable(found):
        wrong = {"not_callable": codec.encode(found)}
        yield from (wrong for _ in calls)
        return
    limit = float(request["time_limit"])
    left, one_call = limit, limit
    late = False
    with undisturbed(namespace):
        for call in calls:
            if left <= 0:
                yield {"late": limit, "skipped": True}
                continue
            started = time.monotonic()
            seen = observe_call(found, call, min(one_call, left))
            if late:
                left -= time.monotonic() - started
            if "late" in seen:
                late, one_call, seen["late"] = True, limit / 4, limit
            yield seen


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
        # Each call draws on an empty desk, as in a notebook cell of its own.
        with empty_desk():
            try:
                with _captured(printed):
                    result = call_within(time_limit, function, *args)
                results.append(codec.encode(result))
            except TimeLimit:
                seen["late"] = time_limit
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                seen["raised"] = describe_error(error)
        changed = [n for n, arg in enumerate(args) if _has_changed(arg, call["args"][n])]
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


def _has_changed(value: Any, encoded: Any) -> bool:
    """Whether an argument is no longer what it was when it was decoded."""
    now = codec.encode(value)
    # Most values are written as they were read; for the others, a fresh one tells.
    return bool(now != encoded and now != codec.encode(codec.decode(encoded)))


def call_within(seconds: float, function: Callable[..., Any], *args: Any) -> Any:
    """What the function returns.

    Raises:
        TimeLimit: it took longer, where the platform allows to tell.
    """
    with time_limited(seconds) as clock:
        result = _student_call(function, args)
    if clock.expired:
        raise TimeLimit
    return result


def _student_call(function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """The one frame below which the student's code runs; the alarm only interrupts here and below."""
    return function(*args)


def _similar_name(namespace: Mapping[str, Any], target: str, of_function: bool) -> str | None:
    """A name of the student's that may be a misspelling; not a module such as `np`, nor Jupyter's own."""
    names = {
        name.casefold(): name
        for name, value in namespace.items()
        if type(name) is str
        and not name.startswith("_")
        and type(value) is not types.ModuleType
        and (not of_function or type(value) is types.FunctionType)
    }
    return next((names[near] for near in get_close_matches(target.casefold(), names, 1, 0.65)), None)


_OWN_CELL = re.compile(r"^<(?!frozen |__array_function__|string>)|ipykernel_\d+")


def describe_error(error: BaseException) -> dict[str, Any]:
    """Type, first line of the message, and the line in the student's own cell.

    The error may be of the student's own class, so it is not asked for its text.
    """
    line = None
    place = error.__traceback__
    while place is not None:
        if _OWN_CELL.search(place.tb_frame.f_code.co_filename):
            line = place.tb_lineno
        place = place.tb_next
    return {"type": codec.class_name(error), "message": _message(error), "line": line}


_BUILT_IN_ERRORS = [kind for kind in vars(builtins).values() if isinstance(kind, type)]


def _message(error: BaseException) -> str:
    told = BaseException.__dict__["args"].__get__(error)
    plain = all(any(type(part) is kind for kind in (str, int, float, type(None))) for part in told)
    if plain and any(type(error) is kind for kind in _BUILT_IN_ERRORS):
        text = str(error)
    else:
        text = told[0] if told and type(told[0]) is str else ""
    return codec.encode((text.strip().splitlines() or [""])[0][:300])


@contextlib.contextmanager
def undisturbed(namespace: Mapping[str, Any]) -> Iterator[None]:
    """Restores the notebook's variables, random states, warning filters and figures afterwards."""
    variables = dict(namespace)
    python_state = random.getstate()
    numpy_random = sys.modules.get("numpy.random")
    numpy_state = numpy_random.get_state() if numpy_random else None
    try:
        with warnings.catch_warnings(), empty_desk():
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(python_state)
        if numpy_random and numpy_state:
            numpy_random.set_state(numpy_state)
        if isinstance(namespace, dict):
            _restore(namespace, variables)


def _restore(namespace: dict[str, Any], variables: dict[str, Any]) -> None:
    """Undoes what a function did with `global`; what it did inside a list stays done, as in any call."""
    for name in namespace.keys() - variables.keys():
        del namespace[name]
    for name, value in variables.items():
        if namespace.get(name, _restore) is not value:
            namespace[name] = value


@contextlib.contextmanager
def empty_desk() -> Iterator[None]:
    """Puts the open figures of pyplot aside, and closes those that were opened meanwhile."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None:
        yield
        # If matplotlib was first loaded meanwhile, every open figure is ours.
        _close_all()
        return
    registry = helpers.Gcf
    open_figures, registry.figs = registry.figs, type(registry.figs)()
    try:
        yield
    finally:
        _close_all()
        registry.figs = open_figures


def _close_all() -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        with contextlib.suppress(Exception):
            pyplot.close("all")


@contextlib.contextmanager
def _captured(printed: io.StringIO) -> Iterator[None]:
    """Keeps what the student's function prints or displays out of the notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kept = sys.stdout, sys.stderr, sys.displayhook, builtins.input
    sys.stdout, sys.stderr, sys.displayhook = printed, io.StringIO(), _show_nothing
    builtins.input = _nobody_answers
    display, publisher = (shell.display_pub, _nobody_looks()) if shell is not None else (None, None)
    if shell is not None:
        shell.display_pub = publisher
    try:
        yield
    finally:
        sys.stdout, sys.stderr, sys.displayhook, builtins.input = kept
        if shell is not None:
            shell.display_pub = display


def _show_nothing(value: Any) -> None:
    """In place of the notebook's own, for a value that a cell would show."""


@functools.cache
def _nobody_looks() -> Any:
    """In place of what publishes a notebook's displays; made once, as that takes longer than most calls."""
    from IPython.core.displaypub import DisplayPublisher

    class Nobody(DisplayPublisher):
        def publish(self, *data: Any, **about: Any) -> None:
            pass

        def clear_output(self, wait: bool = False) -> None:
            pass

    return Nobody()


def _nobody_answers(*prompt: Any) -> str:
    """In place of `input`, for which a check would wait in vain."""
    raise EOFError("input() has nobody to ask here: use the function's arguments")


class Clock:
    """Whether the time of a call was over."""

    expired = False


@contextlib.contextmanager
def time_limited(seconds: float) -> Iterator[Clock]:
    """Stops Python code that takes longer, where the platform allows.

    With an alarm signal on Linux and macOS; on Windows by interrupting the main thread; outside the main
    thread, or in a browser's Python, there is no limit.

    Raises:
        TimeLimit: in the code inside.
    """
    clock = Clock()
    if threading.current_thread() is not threading.main_thread():
        yield clock
    elif hasattr(signal, "setitimer"):
        with _alarm(seconds, clock):
            yield clock
    else:
        with _interrupt_main(seconds, clock):
            yield clock


@contextlib.contextmanager
def _alarm(seconds: float, clock: Clock) -> Iterator[None]:
    def stop(signum: int, frame: types.FrameType | None) -> None:
        if not _below_student_call(frame):
            return
        if clock.expired and frame is not None:
            # The first one was swallowed, by a bare `except:` in a loop: stop in the handler's body too.
            _stop_at_next_line(frame)
        clock.expired = True
        raise TimeLimit

    tracer = sys.gettrace()
    before = signal.signal(signal.SIGALRM, stop)
    other_alarm = signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *other_alarm)
        if sys.gettrace() is not tracer:
            sys.settrace(tracer)


def _below_student_call(frame: types.FrameType | None) -> bool:
    """Whether the student's code is being run; our own clearing up must not be interrupted."""
    while frame is not None:
        if frame.f_code is _student_call.__code__:
            return True
        frame = frame.f_back
    return False


def _stop_at_next_line(frame: types.FrameType) -> None:
    def stop(frame: types.FrameType, event: str, arg: Any) -> Any:
        if event == "line" and _below_student_call(frame):
            raise TimeLimit
        return stop

    below: types.FrameType | None = frame
    while below is not None and below.f_code is not _student_call.__code__:
        below.f_trace = stop
        below = below.f_back
    sys.settrace(stop)


@contextlib.contextmanager
def _interrupt_main(seconds: float, clock: Clock) -> Iterator[None]:
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
            clock.expired = True
            raise TimeLimit from None
        raise
    finally:
        timer.cancel()
