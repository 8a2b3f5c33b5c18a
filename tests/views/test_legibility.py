"""No words in a picture touch each other or leave it, at the ends of every control.

Widths are measured in DejaVu Sans, wider than the fonts that browsers use, so what fits here fits there.
"""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree
from functools import cache

import pytest
from marketing4 import panels
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

NAMES = [name for name in panels.__all__ if name != "predictions"]
SLACK = 1.5  # picture units by which boxes may touch


@cache
def width_of(words: str, size: float, bold: bool) -> float:
    if not words.strip():
        return 0.0
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    return float(TextPath((0, 0), words, size=size, prop=font).get_extents().width)


def boxes(svg: str):
    """(words, left, top, right, bottom) of every text in an SVG element."""
    root = ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns:xlink="x" ', 1))
    for element in root.iter("text"):
        words = "".join(element.itertext())
        style = dict(re.findall(r"([\w-]+): ?([^;]+)", element.get("style", "")))
        size = float(str(element.get("font-size") or style["font-size"]).removesuffix("px"))
        weight = element.get("font-weight") or style.get("font-weight", "400")
        anchor = element.get("text-anchor") or style.get("text-anchor", "start")
        x, y = float(element.get("x")), float(element.get("y"))
        width = width_of(words, size, weight in ("600", "700", "bold"))
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        box = (left, y - 0.75 * size, left + width, y + 0.2 * size)
        if "rotate(-90" in element.get("transform", ""):
            box = (x - 0.75 * size, y - (box[2] - x), x + 0.2 * size, y - (box[0] - x))
        yield words, *box


def clashes(panel) -> list[str]:
    view = panel.view
    marks, axes = list(boxes(panel.picture)), list(boxes(view.background))
    found = [
        f"{words!r} leaves the picture at {panel.values}"
        for words, left, top, right, bottom in marks + axes
        if left < -SLACK or top < -SLACK or right > view.width + SLACK or bottom > view.height + SLACK
    ]
    for one, other in itertools.chain(itertools.combinations(marks, 2), itertools.product(marks, axes)):
        overlap_x = min(one[3], other[3]) - max(one[1], other[1])
        overlap_y = min(one[4], other[4]) - max(one[2], other[2])
        if overlap_x > SLACK and overlap_y > SLACK:
            found.append(f"{one[0]!r} touches {other[0]!r} at {panel.values}")
    return found


def settings(panel):
    """Each control at its ends and in between, with the others at low, default and high."""
    ends = {}
    for name, control in panel.controls.items():
        if hasattr(control, "options"):
            ends[name] = list(control.options)
        else:
            middle = control.low + (control.high - control.low) * 0.4
            ends[name] = [control.low, control.default, control.high, round(middle)]
    yield {}
    for name, values in ends.items():
        for value, rest in itertools.product(values, (0, 1, 2)):
            others = {
                other: options[min(rest, len(options) - 1)]
                for other, options in ends.items()
                if other != name
            }
            yield {**others, name: value}


@pytest.mark.parametrize("name", NAMES)
def test_words_in_the_picture_keep_clear_of_each_other(name):
    panel = getattr(panels, name)()
    panel.skip_prediction()
    found = set()
    for setting in settings(panel):
        panel.reset()
        panel.set(**setting)
        panel.act()
        found.update(clashes(panel))
    assert panel.errors == []
    assert not found, "\n".join(sorted(found)[:12])


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_has_a_title_and_axes_with_units(name):
    background = getattr(panels, name)().view.stage.background
    assert re.search(r"font: bold|font-weight: (700|bold)|font: 700", background)
    assert re.search(r">[^<]*\([^)<]+\)\s*</text>", background)
