"""What the student predicted in this notebook, and what came out. Lives in the kernel and nowhere else."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, replace

import ipywidgets as widgets

from marketing4.panels.appearance import on_page


@dataclass(frozen=True)
class Entry:
    """One prediction in words; `came_out` and `verdict` are empty until the result was seen."""

    question: str
    predicted: str
    came_out: str = ""
    verdict: str = ""


_entries: dict[str, Entry] = {}
_tables: weakref.WeakSet[widgets.HTML] = weakref.WeakSet()


def note_prediction(panel: str, question: str, predicted: str) -> None:
    """Remember a prediction. A later one in the same panel takes its place."""
    _entries[panel] = Entry(question, predicted)
    _show_everywhere()


def note_outcome(panel: str, came_out: str, verdict: str) -> None:
    """Remember what came out."""
    _entries[panel] = replace(_entries[panel], came_out=came_out, verdict=verdict)
    _show_everywhere()


def entries() -> dict[str, Entry]:
    """All predictions so far, by panel, in the order in which they were made."""
    return dict(_entries)


def forget() -> None:
    """Empty the record."""
    _entries.clear()
    _show_everywhere()


def predictions() -> widgets.HTML:
    """Your predictions against the results: a table that fills as the panels above are played."""
    table = widgets.HTML(_table())
    table.add_class("m4-predictions")
    _tables.add(table)
    return table


def _show_everywhere() -> None:
    for table in list(_tables):
        table.value = _table()


def _table() -> str:
    cell = 'style="padding:6px 14px 6px 0;text-align:left;vertical-align:top;line-height:1.4"'
    if not _entries:
        rows = (
            f"<tr><td {cell} colspan='3'>No prediction yet. Lock one in a panel above, and it appears here."
            "</td></tr>"
        )
    else:
        rows = "".join(
            f"<tr><td {cell}>{on_page(entry.question)}</td><td {cell}>{on_page(entry.predicted)}</td>"
            f"<td {cell}>{on_page(_result(entry))}</td></tr>"
            for entry in _entries.values()
        )
    columns = (("Question", 42), ("You predicted", 20), ("What came out", 38))
    heads = "".join(f'<th scope="col" width="{width}%" {cell}>{head}</th>' for head, width in columns)
    return (
        '<table style="border-collapse:collapse;max-width:960px">'
        '<caption style="text-align:left;font-weight:600;padding:4px 0">'
        "Your predictions against the results</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _result(entry: Entry) -> str:
    if not entry.came_out:
        return "Not seen yet: play the panel."
    return f"{entry.came_out} {entry.verdict}".rstrip()
