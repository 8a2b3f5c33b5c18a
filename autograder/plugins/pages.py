"""Pages of a graded notebook: steps for nbconvert that make them inert, and keep hidden tests off feedback.

`InertPage` is a preprocessor of nbconvert's HTMLExporter, so it works for `nbgrader generate_feedback` and
for the submission pages of formgrader. `HideHiddenTests` belongs to the feedback only. Both change the page,
never the notebook on disk. What may stand on a page is said in `inert_html.py`.
"""

from __future__ import annotations

import re
import time
from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import strip_ansi
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests

from autograder.plugins.inert_html import MAX_SHOWN, as_text, inert_html, is_picture

TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex")
PICTURES = ("image/png", "image/jpeg")
DRAWING = "image/svg+xml"  # nbconvert puts it into an <img>, where it cannot run anything
MAX_MARKDOWN = 30_000
PAGE_SECONDS = 20.0  # for cleaning; an ordinary page takes less than one
# Between quotes in nbgrader's templates, which do not escape it.
SAFE_GRADE_ID = re.compile(r"[^\s<>\"'&`]{1,200}")
SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
SAFE_LEXER = re.compile(r"[A-Za-z0-9_+#-]{1,30}")
NAMES_OF_THE_STUDENT = ("student", "last_name", "first_name", "notebook_path")

HIDDEN = "# Hidden tests: not shown."
HIDDEN_OUTPUT = "(a line of a hidden test: not shown)"
SHORTEST_QUOTE = 8  # shorter lines, such as `else:`, stand in many other places as well


class InertPage(Preprocessor):
    """Lets a page show what a student wrote, and do nothing of it.

    Metadata, outputs and attachments are made anew from what is known to be harmless; the exporter's filters
    for Markdown and HTML are replaced by ones that clean their *result*, the last step before the page.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Makes the exporter's copy of the notebook inert, and the exporter's filters."""
        self._replace_filters(nb)
        resources["should_sanitize_html"] = True
        for name in NAMES_OF_THE_STUDENT:
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        nb.metadata = NotebookNode()
        for index, cell in enumerate(nb.cells):
            self.preprocess_cell(cell, resources, index)
        return nb, resources

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Makes one cell inert; the text of Markdown cells is cleaned when it has become HTML."""
        cell.metadata = _marks_of_nbgrader(cell.metadata)
        if "id" in cell and not _is_safe(SAFE_ID, cell.id):
            cell.id = f"cell-{index}"
        if "attachments" in cell:
            cell.attachments = _pictures_attached(cell.attachments)
        if cell.cell_type == "raw":
            cell.source = as_text(cell.source)
        if cell.cell_type == "code":
            cell.execution_count = _whole(cell.get("execution_count"))
            cell.outputs = [_inert_output(output) for output in cell.outputs]
        return cell, resources

    def _replace_filters(self, nb: NotebookNode) -> None:
        exporter = self.parent
        if not isinstance(exporter, HTMLExporter):
            raise TypeError(f"InertPage belongs to HTMLExporter.preprocessors, not to {exporter!r}")

        end = _Deadline(PAGE_SECONDS)

        def html(markup: str) -> str:
            with end:
                return as_text(markup) if end.passed else inert_html(markup)

        @pass_context
        def markdown(context: Any, source: str) -> str:
            if len(source) > MAX_MARKDOWN or end.passed:
                return as_text(source)
            try:
                with end:
                    rendered = exporter.markdown2html(context, source)
            except Exception:  # for example an attachment that is not there
                return as_text(source)
            return html(rendered)

        told = nb.metadata.get("language_info") or {}
        lexer = told.get("pygments_lexer") or told.get("name") if isinstance(told, dict) else None
        lexer = lexer if _is_safe(SAFE_LEXER, lexer) else None
        exporter.register_filter("markdown2html", markdown)
        exporter.register_filter("clean_html", html)
        # It would rewrite addresses after they were cleaned.
        exporter.register_filter("strip_files_prefix", lambda text: text)
        exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=exporter))


class _Deadline:
    """How much of the page's time for cleaning is left: a page that is made to be slow opens all the same."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @property
    def passed(self) -> bool:
        return self._left <= 0

    def __enter__(self) -> None:
        self._started = time.monotonic()

    def __exit__(self, *error: object) -> None:
        self._left -= time.monotonic() - self._started


def _marks_of_nbgrader(metadata: Any) -> NotebookNode:
    """What nbgrader's templates need; nothing when the cell's name could not stand in an attribute."""
    marks = metadata.get("nbgrader")
    if not isinstance(marks, dict) or not _is_safe(SAFE_GRADE_ID, marks.get("grade_id")):
        return NotebookNode()
    kept = {name: bool(marks[name]) for name in ("grade", "solution", "locked", "task") if name in marks}
    kept["grade_id"] = marks["grade_id"]
    if isinstance(marks.get("points"), int | float):
        kept["points"] = marks["points"]
    return NotebookNode(nbgrader=NotebookNode(kept))


def _pictures_attached(attachments: Any) -> NotebookNode:
    found = NotebookNode()
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = bundle.items() if isinstance(bundle, dict) else ()
        kept = {mime: data for mime, data in pictures if isinstance(data, str) and is_picture(mime, data)}
        if kept:
            found[name] = NotebookNode(kept)
    return found


def _inert_output(output: NotebookNode) -> NotebookNode:
    if output.output_type == "stream":
        return new_output("stream", name=str(output.get("name")), text=str(output.get("text", "")))
    if output.output_type == "error":
        about = {"ename": str(output.get("ename")), "evalue": str(output.get("evalue"))}
        return new_output("error", **about, traceback=[str(line) for line in output.get("traceback", [])])
    data, metadata = {}, {}
    for mime, value in output.get("data", {}).items():
        if not isinstance(value, str):
            continue
        if mime in TEXTS:
            data[mime] = value
        elif mime == DRAWING or (mime in PICTURES and is_picture(mime, value)):
            data[mime] = value
            metadata[mime] = _about_picture(output.get("metadata", {}), mime)
    if "text/latex" in data:
        # As HTML it is cleaned, and its formulas stay in their box.
        data.setdefault("text/html", escape(data.pop("text/latex")))
    if not data:
        data["text/plain"] = f"(output not shown: {', '.join(map(str, output.get('data', {})))[:MAX_SHOWN]})"
    if output.output_type == "execute_result":
        count = _whole(output.get("execution_count"))
        return new_output("execute_result", data, metadata=metadata, execution_count=count)
    return new_output("display_data", data, metadata=metadata)


def _about_picture(metadata: Any, mime: str) -> dict[str, Any]:
    """Size and description; the size stands in the page without quotes, so it must be a number."""
    told = metadata.get(mime) if isinstance(metadata, dict) else None
    told = told if isinstance(told, dict) else {}
    kept: dict[str, Any] = {name: _whole(told.get(name)) for name in ("width", "height")}
    kept["alt"] = told["alt"] if isinstance(told.get("alt"), str) else None
    return {name: value for name, value in kept.items() if value is not None}


def _whole(value: Any) -> int | None:
    return int(value) if type(value) in (int, float) and 0 <= value < 100_000 else None


def _is_safe(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


class HideHiddenTests(ClearHiddenTests):
    """Takes hidden tests out of a feedback page: from the source, and from what outputs quote of it.

    A cell with hidden tests keeps the kind and the message of its error. The marks around the tests are those
    of `c.ClearHiddenTests`.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Replaces each hidden region by one line, and cleans the outputs of all cells."""
        quoted: set[str] = set()
        with_tests = []
        for cell in nb.cells:
            hidden = self._take_out(cell) if cell.cell_type == "code" else []
            with_tests.append(bool(hidden))
            quoted |= {line.strip() for line in hidden if len(line.strip()) >= SHORTEST_QUOTE}
        for cell, has_tests in zip(nb.cells, with_tests, strict=True):
            for output in cell.get("outputs", []):
                _unquote(output, quoted, has_tests)
        return nb, resources

    def _take_out(self, cell: NotebookNode) -> list[str]:
        """Removes the hidden regions of a cell, to its end if one is not closed; returns their lines."""
        kept: list[str] = []
        hidden: list[str] = []
        inside = False
        for line in cell.source.split("\n"):
            if self.begin_test_delimeter in line and not inside:
                inside = True
                kept.append(HIDDEN)
                hidden.append(line)
            elif inside:
                inside = self.end_test_delimeter not in line
                hidden.append(line)
            else:
                kept.append(line)
        cell.source = "\n".join(kept)
        return hidden


def _unquote(output: NotebookNode, quoted: set[str], from_tests: bool) -> None:
    if output.output_type == "error":
        trace = strip_ansi("\n".join(output.traceback))
        if from_tests or any(line in trace for line in quoted):
            message = next((line for line in strip_ansi(output.evalue).splitlines() if line.strip()), "")
            output.evalue = message
            output.traceback = [f"{output.ename}: {message}" if message else output.ename]
        return
    bundle = output if output.output_type == "stream" else output.data
    for name in ("text",) if output.output_type == "stream" else TEXTS:
        text = bundle.get(name)
        if isinstance(text, str) and any(line in strip_ansi(text) for line in quoted):
            lines = strip_ansi(text).split("\n")
            bundle[name] = "\n".join(
                HIDDEN_OUTPUT if any(quote in line for quote in quoted) else line for line in lines
            )
