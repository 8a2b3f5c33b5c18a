"""Executes a notebook and finds every error in it, also those that a widget swallows.

An exception in a callback of `interact`, of an Output widget or of a button fails neither the cell nor the
run: Jupyter writes it into the widget's saved state and goes on. Panels of the course catch their own, and
show them in an element of the class `m4-panel-error`. Both are found here, besides error outputs and whatever
went to standard error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from time import monotonic
from typing import Any

import nbformat
from nbclient import NotebookClient

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
ERROR_CLASS = "m4-panel-error"
VOID_ELEMENTS = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Run:
    """An executed notebook, with its widget state, and how long it took from kernel start to end."""

    notebook: nbformat.NotebookNode
    seconds: float


def execute(path: Path, cell_timeout: float = 60) -> Run:
    """Execute the notebook from its first cell in its own folder; errors stay in its outputs.

    `cell_timeout` is in seconds for one cell. A dead kernel or a hanging cell raises nbclient's error.
    """
    notebook = nbformat.read(path, as_version=4)
    begin = monotonic()
    NotebookClient(
        notebook,
        timeout=cell_timeout,
        kernel_name="python3",
        allow_errors=True,
        store_widget_state=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return Run(notebook, monotonic() - begin)


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """One sentence for each error in an executed notebook, in cells first and then in widgets."""
    found = []
    for number, cell in enumerate(notebook.cells):
        place = f"cell {number} ({cell.get('id', 'no id')})"
        found += [f"{place}: {what}" for what in _in_outputs(cell.get("outputs", []))]
    states = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for model in states.values():
        name = model.get("model_name", "widget").removesuffix("Model")
        state = model.get("state", {})
        found += [f"{name} widget: {what}" for what in _in_outputs(state.get("outputs") or [])]
        value = state.get("value")
        if isinstance(value, str) and ERROR_CLASS in value:
            found += [f"{name} widget: a panel shows “{text}”" for text in _error_texts(value)]
    return found


def _in_outputs(outputs: Any) -> Iterator[str]:
    for output in outputs:
        if output["output_type"] == "error":
            yield f"{output['ename']}: {COLOURS.sub('', output['evalue'])}"
        elif output["output_type"] == "stream" and output["name"] == "stderr":
            yield f"standard error: {''.join(output['text']).strip()}"


def _error_texts(html: str) -> list[str]:
    reader = _ErrorReader()
    reader.feed(html)
    reader.close()
    return [text for text in (" ".join(text.split()) for text in reader.texts) if text]


class _ErrorReader(HTMLParser):
    """Collects the text of every element that has the error class."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID_ELEMENTS:
            return
        if self._depth:
            self._depth += 1
        elif ERROR_CLASS in (dict(attrs).get("class") or "").split():
            self._depth = 1
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in VOID_ELEMENTS:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts[-1] += data
