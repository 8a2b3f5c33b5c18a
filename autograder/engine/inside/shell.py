"""IPython as a notebook's kernel has it, without a kernel: runs cells and collects their outputs as data."""

from __future__ import annotations

import base64
import builtins
import contextlib
import gc
import io
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.observation import describe_error

# Run once before the first submission: what IPython, pandas and matplotlib load and remember at first use.
WARM_CELLS = (
    "print(1); 1 + 1",
    "def f(): return 1 / 0\nf()",
    "import pandas as pd; table = pd.DataFrame({'a': [1, 2, 2], 'b': ['x', 'y', None]}); table",
    "table[table['a'] > 1].dropna().drop_duplicates().groupby('b')['a'].mean()",
    "import matplotlib.pyplot as plt; fig, axes = plt.subplots(); axes.bar(['x'], [1]); axes.set_title('t')",
)
TRUNCATED = "\n... Output truncated ...\n"

Output = dict[str, Any]


class Collected:
    """The outputs of the cell that is running, in the format of a notebook."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []
        self.left = 0
        self._full = False
        self._clear_next = False

    def begin(self, most: int) -> None:
        """Starts a cell that may put out `most` bytes."""
        self.outputs, self.left, self._full, self._clear_next = [], most, False, False

    def add(self, output: Output, display_id: str | None = None) -> None:
        """Adds an output that is no stream; of one that is too large what points depend on."""
        self._clear_if_asked()
        size = len(json.dumps(output, default=repr))
        if size > self.left:
            self.left = 0
            self.write("stderr", TRUNCATED)
            output = _essence(output)
        self.left = max(0, self.left - size)
        if display_id is not None:
            output["transient"] = display_id
        if output:
            self.outputs.append(output)

    def replace(self, display_id: str, data: Any, metadata: Any) -> None:
        """Updates a display of this cell that was given a name."""
        for output in self.outputs:
            if output.get("transient") == display_id:
                output["data"], output["metadata"] = data, metadata

    def write(self, name: str, text: str) -> None:
        """Adds text to a stream."""
        self._clear_if_asked()
        if self._full:
            return
        if len(text) > self.left:
            text, self._full = text[: self.left] + TRUNCATED, True
        self.left = max(0, self.left - len(text))
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["parts"].append(text)
        else:
            self.outputs.append({"output_type": "stream", "name": name, "parts": [text]})

    def clear(self, wait: bool) -> None:
        """Removes what the cell has put out, now or before the next output."""
        if wait:
            self._clear_next = True
        else:
            self.outputs, self._clear_next = [], False

    def _clear_if_asked(self) -> None:
        if self._clear_next:
            self.clear(False)

    def finished(self) -> list[Output]:
        """The outputs as JSON data."""
        for output in self.outputs:
            output.pop("transient", None)
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        # A number that JSON does not have becomes its name.
        return [json.loads(json.dumps(one, default=repr), parse_constant=str) for one in self.outputs]


def _essence(output: Output) -> Output:
    """An error without its trace, a result as short text, nothing of a display."""
    if output["output_type"] == "error":
        name, told = output["ename"][:100], output["evalue"][:500]
        return {**output, "ename": name, "evalue": told, "traceback": [f"{name}: {told}"]}
    if output["output_type"] == "execute_result":
        return {**output, "data": {"text/plain": str(output["data"].get("text/plain"))[:500]}, "metadata": {}}
    return {}


collected = Collected()


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell."""

    encoding = "utf-8"  # type: ignore[assignment]

    def __init__(self, name: str) -> None:
        self.name = f"<{name}>"
        self._stream = name

    def write(self, text: str) -> int:
        """Collects the text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        collected.write(self._stream, str(text))
        return len(text)

    def fileno(self) -> int:
        """The file in which programs started by a cell write."""
        return 1 if self._stream == "stdout" else 2

    def writable(self) -> bool:
        """As every stream for output."""
        return True


class _Results(DisplayHook):
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self._data, self._metadata = format_dict, md_dict or {}

    def finish_displayhook(self) -> None:
        data = getattr(self, "_data", None)
        if data:
            output = {"output_type": "execute_result", "execution_count": self.prompt_count}
            collected.add({**output, "data": _plain(data), "metadata": self._metadata})
        self._data = None
        self._is_active = False


class _Displays(DisplayPublisher):
    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: Any = False,
        **rest: Any,
    ) -> None:
        """Collects what `display` shows."""
        name = (transient or {}).get("display_id")
        if update and name is not None:
            collected.replace(name, _plain(data), metadata or {})
        else:
            output = {"output_type": "display_data", "data": _plain(data), "metadata": metadata or {}}
            collected.add(output, name)

    def clear_output(self, wait: bool = False) -> None:
        """Clears the cell's outputs."""
        collected.clear(wait)


class Shell(InteractiveShell):
    """Runs cells as a notebook's kernel does."""

    displayhook_class = _Results
    display_pub_class = _Displays

    def _showtraceback(self, kind: Any, error: Any, lines: list[str]) -> None:
        name = kind.__name__ if isinstance(kind, type) else str(kind)
        collected.add({"output_type": "error", "ename": name, "evalue": str(error), "traceback": list(lines)})

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window here."""

    def ask_exit(self) -> None:
        """`quit()` ends nothing, as in a notebook."""

    def system(self, cmd: str) -> None:
        """Runs a program (`!ls`); what it prints comes with the cell's outputs."""
        self.system_raw(cmd)


def prepare() -> Shell:
    """The one shell of this process, made once and warmed up; children inherit it."""
    config = Config()
    # A history on disk is written by a thread, which would not survive a fork.
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config, user_ns={"__name__": "__main__"})
    builtins.input = _nobody_answers
    if "matplotlib" in sys.modules:
        from matplotlib_inline import backend_inline

        backend_inline._enable_matplotlib_integration()
    with quiet():
        collected.begin(1 << 20)
        for code in WARM_CELLS:
            shell.run_cell(code, store_history=False)
    # IPython's reset has everything searched for garbage; what is imported by now is none.
    gc.freeze()
    shell.reset(new_session=True)
    return shell


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Sends both streams to the collected outputs, as while a cell runs."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


class Programs:
    """What programs started by a cell write to the process's own output, up to a size."""

    def __init__(self, folder: str) -> None:
        self._files = []
        for number in (1, 2):
            file = os.open(f"{folder}/.output-{number}", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(file, number)
            self._files.append(file)
        self._read = [0, 0]

    def collect(self) -> None:
        """Adds what is new to the cell's outputs."""
        for place, (file, name) in enumerate(zip(self._files, ("stdout", "stderr"), strict=True)):
            with contextlib.suppress(OSError):
                size = os.fstat(file).st_size
                if size > self._read[place]:
                    most = min(size - self._read[place], collected.left + 1)
                    text = os.pread(file, most, self._read[place])
                    self._read[place] = size
                    collected.write(name, text.decode("utf-8", "replace"))


def run_cell(shell: Shell, code: str, most: int, programs: Programs) -> list[Output]:
    """Runs one cell; what it put out, at most `most` bytes."""
    collected.begin(most)
    error: BaseException | None
    with quiet():
        try:
            result = shell.run_cell(code, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except KeyboardInterrupt as alarm:
            error = alarm
    if error is not None and all(output["output_type"] != "error" for output in collected.outputs):
        # IPython prints some errors instead (groups of them); a test would count as passed.
        told = describe_error(error)
        name, message = str(told["type"]), str(told["message"])
        output = {"output_type": "error", "ename": name, "evalue": message}
        collected.add({**output, "traceback": [f"{name}: {message}"]})
    programs.collect()
    return collected.finished()


def _plain(data: Any) -> dict[str, Any]:
    """A bundle of representations with pictures as text, as in a notebook's file."""
    return {
        str(kind): base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in dict(data).items()
    }


def _nobody_answers(*prompt: Any) -> str:
    """In place of `input`."""
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
