"""A verdict as a page for people, and as plain text for terminals and screen readers: the same words."""

from __future__ import annotations

import re
from html import escape

from autograder.judge import Verdict

_SYMBOL = {"right": "✔", "partly": "◐", "wrong": "✘", "missing": "○", "waiting": "…", "fault": "!"}
_WORD = {
    "right": "Right",
    "partly": "Partly right",
    "wrong": "Not yet right",
    "missing": "Not found",
    "waiting": "Waiting",
    "fault": "Could not check",
}
# Okabe-Ito colours; the symbol and the word carry the same meaning.
_COLOUR = {
    "right": "#009E73",
    "partly": "#E69F00",
    "wrong": "#D55E00",
    "missing": "#0072B2",
    "waiting": "#0072B2",
    "fault": "#CC79A7",
}


def headline(verdict: Verdict) -> str:
    """What happened, in one sentence; when all that can be seen is right, with what is still to come."""
    if verdict.state != "right" or not _waits(verdict) or not verdict.points:
        return verdict.headline
    so_far = f"{verdict.earned:g} of {_points(verdict.points)} so far"
    return f"{verdict.headline.rstrip('.')} ({so_far}); {_hidden_to_come(verdict)}."


def _waits(verdict: Verdict) -> bool:
    return bool(verdict.hidden_checks) and not verdict.hidden_judged


def _hidden_to_come(verdict: Verdict) -> str:
    if verdict.hidden_checks == 1:
        return "1 hidden check runs after you submit"
    return f"{verdict.hidden_checks} hidden checks run after you submit"


def _word(verdict: Verdict) -> str:
    return "Right so far" if verdict.state == "right" and _waits(verdict) else _WORD[verdict.state]


def points_text(verdict: Verdict) -> str:
    """The points so far and what is still to be checked, in one sentence; empty for ungraded checks."""
    if verdict.state in ("fault", "waiting") or headline(verdict) != verdict.headline:
        return ""
    parts = []
    if verdict.points:
        parts.append(f"{verdict.earned:g} of {_points(verdict.points)}{' so far' if _waits(verdict) else ''}")
    if _waits(verdict):
        parts.append(_hidden_to_come(verdict))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "." if text else ""


def _points(points: float) -> str:
    return f"{points:g} point" if points == 1 else f"{points:g} points"


def to_text(verdict: Verdict) -> str:
    """The verdict as a few lines of plain text."""
    lines = [verdict.note] if verdict.note else []
    lines += [f"{_SYMBOL[verdict.state]} {verdict.title}: {_word(verdict)}. {headline(verdict)}"]
    if verdict.hint:
        lines.append(f"  Hint: {verdict.hint}")
    if points_text(verdict):
        lines.append(f"  {points_text(verdict)}")
    return "\n".join(lines)


def to_html(verdict: Verdict) -> str:
    """The verdict as a small panel. All text is escaped; there is no script and no outside resource."""
    colour = _COLOUR[verdict.state]
    rows = [
        # The classes keep a price in $ from being set as a formula.
        '<div class="mathjax_ignore tex2jax_ignore" role="status" '
        f'aria-label="{escape(verdict.title)}: {_word(verdict)}" '
        f'style="border-left:5px solid {colour};padding:.45em .9em;margin:.3em 0;max-width:52em;'
        "font-family:var(--jp-content-font-family,sans-serif);line-height:1.5;"
        'color:var(--jp-content-font-color1,#1a1a1a)">',
        f'<div style="font-weight:600"><span aria-hidden="true" style="color:{colour}">'
        f"{_SYMBOL[verdict.state]}</span> {escape(verdict.title)}: {_word(verdict)}</div>",
        f"<div>{_marked(headline(verdict))}</div>",
    ]
    if verdict.note:
        rows.insert(2, f"<div><b>{_marked(verdict.note)}</b></div>")
    if verdict.hint:
        rows.append(f'<div style="margin-top:.2em"><b>Hint:</b> {_marked(verdict.hint)}</div>')
    if points_text(verdict):
        rows.append(f'<div style="margin-top:.2em;opacity:.85">{escape(points_text(verdict))}</div>')
    if len(verdict.checks) > 1 and verdict.state not in ("missing", "fault", "waiting"):
        rows.append(_check_list(verdict))
    rows.append("</div>")
    return "".join(rows)


def _check_list(verdict: Verdict) -> str:
    items = []
    for check in verdict.checks:
        kind = "hidden check: " if check.hidden else ""
        state = "passes" if check.passed else "does not pass yet"
        symbol = "✔" if check.passed else "✘"
        items.append(f"<li>{symbol} {kind}{_code(check.name, check.hidden)} {state}</li>")
    passed = sum(check.passed for check in verdict.checks)
    summary = f"{passed} of {len(verdict.checks)} checks pass"
    if passed and verdict.points and not verdict.earned:
        # See the points: a check that expects None earns only together with another one.
        summary += "; “no answer” alone earns no points yet"
    return (
        '<details style="margin-top:.2em">'
        f'<summary style="cursor:pointer;display:list-item">{summary}</summary>'
        f'<ul style="list-style:none;padding-left:.5em;margin:.2em 0">{"".join(items)}</ul></details>'
    )


def _code(name: str, hidden: bool) -> str:
    return escape(name) if hidden or "(" not in name else f"<code>{escape(name)}</code>"


def _marked(text: str) -> str:
    """Escaped text with `code` between backticks set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
