"""A stage is a picture in two layers: axes drawn once by matplotlib, and marks that change with each result.

Redrawing a matplotlib figure costs tens of milliseconds, a string of SVG marks well under one. So a view lays
out its axes once, keeps their mapping from data to picture coordinates, and from then on only writes marks.
Knows nothing of widgets and nothing of marketing.

Picture coordinates are the units of the SVG viewBox: x to the right, y downwards, from the top left corner.
"""

from __future__ import annotations

import io
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, ClassVar, Generic, Literal, TypeVar, cast

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Anchor = Literal["start", "middle", "end"]
Shape = Literal["circle", "square", "diamond", "triangle", "cross"]

# Okabe and Ito (2008), "Color Universal Design": told apart with every common form of colour blindness.
BLUE, SKY, GREEN, ORANGE, VERMILION, PURPLE = (
    "#0072B2",
    "#56B4E9",
    "#009E73",
    "#E69F00",
    "#D55E00",
    "#CC79A7",
)
INK, SOFT_INK, FAINT, PAPER = "#1F2933", "#52606D", "#D5DBE1", "#FFFFFF"

FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

_RC: dict[str, Any] = {
    "svg.fonttype": "none",  # text stays text: sharp, searchable, and in the reader's own font
    "font.size": 13,
    "axes.titlesize": 14,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 13,
    "axes.edgecolor": "#9AA5B1",
    "axes.labelcolor": SOFT_INK,
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#E9EDF1",
    "xtick.color": "#9AA5B1",
    "ytick.color": "#9AA5B1",
    "xtick.labelcolor": SOFT_INK,
    "ytick.labelcolor": SOFT_INK,
}


@dataclass(frozen=True)
class Plane:
    """The plane of one pair of axes: data coordinates to picture coordinates, and where its edges lie."""

    x_scale: float
    x_offset: float
    y_scale: float
    y_offset: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, axes: Axes, height: float) -> Plane:
        """The plane of linear matplotlib axes. Raises ValueError for another scale."""
        for direction, scale in (("x", axes.get_xscale()), ("y", axes.get_yscale())):
            if scale != "linear":
                raise ValueError(f"{direction} scale must be linear, got {scale}")
        (x0, y0), (x1, y1) = axes.transData.transform([(0.0, 0.0), (1.0, 1.0)]).tolist()
        left, bottom, right, top = map(float, axes.bbox.extents)
        return cls(x1 - x0, x0, y0 - y1, height - y0, left, right, height - top, height - bottom)

    def x(self, value: float) -> float:
        """Picture coordinate of a value on the x axis."""
        return self.x_offset + self.x_scale * value

    def y(self, value: float) -> float:
        """Picture coordinate of a value on the y axis."""
        return self.y_offset + self.y_scale * value


@dataclass(frozen=True)
class Stage:
    """Rendered axes: `background` is the inside of an SVG element, `planes` map data onto it by name."""

    width: int
    height: int
    background: str
    planes: Mapping[str, Plane]


Scene = TypeVar("Scene")


class View(ABC, Generic[Scene]):
    """What one panel looks like: a view lays out `axes` once, then writes `marks` for every scene.

    A scene is a frozen dataclass of results; a view computes nothing but positions.
    """

    width: ClassVar[int] = 540
    height: ClassVar[int] = 380

    @abstractmethod
    def axes(self, figure: Figure) -> Mapping[str, Axes]:
        """Lay out the axes with labels, units and titles, by name. Called once."""

    @abstractmethod
    def marks(self, scene: Scene) -> str:
        """SVG elements for one scene, in picture coordinates."""

    @abstractmethod
    def describe(self, scene: Scene) -> str:
        """One sentence for readers who do not see the picture."""

    @cached_property
    def stage(self) -> Stage:
        """The axes, rendered on first use and kept."""
        # The salt makes the same axes give the same file, and names inside it differ from view to view.
        with matplotlib.rc_context(cast(Any, {**_RC, "svg.hashsalt": type(self).__qualname__})):
            # At 72 dots per inch a point is a pixel, so font sizes and coordinates share one unit.
            figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
            named = self.axes(figure)
            file = io.StringIO()
            figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
            planes = {name: Plane.of(axes, self.height) for name, axes in named.items()}
        return Stage(self.width, self.height, _inside(file.getvalue()), planes)

    @property
    def background(self) -> str:
        """The axes as an SVG element. Hidden from screen readers: the overlay carries the description."""
        return _svg(self.width, self.height, self.stage.background, 'aria-hidden="true"')

    def overlay(self, scene: Scene) -> str:
        """The marks as an SVG element of the same size, named by the description."""
        return _svg(self.width, self.height, self.marks(scene), _image(self.describe(scene)))

    def cover(self, message: str) -> str:
        """An overlay that shows a message in place of a result."""
        x, y = self.width / 2, self.height / 2
        card = rectangle(x - 170, y - 24, x + 170, y + 24, fill=PAPER, stroke=FAINT, radius=8)
        words = text(x, y + 5, message, anchor="middle", colour=SOFT_INK)
        return _svg(self.width, self.height, card + words, _image(message))

    def to_svg(self, scene: Scene) -> str:
        """The whole picture as a stand-alone SVG file, for a page without widgets."""
        description = self.describe(scene)
        return _svg(
            self.width,
            self.height,
            f"<desc>{escape(description)}</desc>"
            + rectangle(0, 0, self.width, self.height, fill=PAPER)
            + self.stage.background
            + self.marks(scene),
            f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{self.width}" height="{self.height}" {_image(description)}',
        )


def place(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes whose plane covers this part of the picture, in picture coordinates."""
    full_width, full_height = figure.get_size_inches() * 72
    return figure.add_axes(
        (left / full_width, 1 - (top + height) / full_height, width / full_width, height / full_height)
    )


def polyline(
    xs: Iterable[float],
    ys: Iterable[float],
    colour: str = INK,
    width: float = 2,
    dash: str = "",
    opacity: float = 1,
) -> str:
    """A line through points. `dash` is an SVG dash pattern such as "6 4"."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        f"{_dash(dash)}{_opacity(opacity)}/>"
    )


def segment(
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    colour: str = INK,
    width: float = 2,
    dash: str = "",
    opacity: float = 1,
) -> str:
    """A straight line between two points."""
    return (
        f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}"'
        f' stroke-width="{width:g}"{_dash(dash)}{_opacity(opacity)}/>'
    )


def interval(
    x0: float, x1: float, y: float, colour: str = INK, width: float = 2, dash: str = "", cap: float = 5
) -> str:
    """A horizontal interval with end caps."""
    return (
        segment(x0, y, x1, y, colour, width, dash)
        + segment(x0, y - cap, x0, y + cap, colour, width)
        + segment(x1, y - cap, x1, y + cap, colour, width)
    )


def rectangle(
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    fill: str = "none",
    stroke: str = "none",
    width: float = 1,
    opacity: float = 1,
    radius: float = 0,
    dash: str = "",
) -> str:
    """A rectangle between two corners, in any order."""
    left, top = min(x0, x1), min(y0, y1)
    rounded = f' rx="{radius:g}"' if radius else ""
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{abs(x1 - x0):.1f}" height="{abs(y1 - y0):.1f}"{rounded}'
        f' fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"{_dash(dash)}{_opacity(opacity)}/>'
    )


def hatching(
    x0: float, y0: float, x1: float, y1: float, colour: str = INK, gap: float = 8, width: float = 1
) -> str:
    """Diagonal lines that fill a rectangle: the same meaning as its colour, without the colour."""
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    strokes = []
    diagonal = left + top + gap
    while diagonal < right + bottom:  # points with x + y = diagonal, from the upper to the lower edge
        start_x = min(right, diagonal - top)
        end_x = max(left, diagonal - bottom)
        strokes.append(f"M{start_x:.1f} {diagonal - start_x:.1f}L{end_x:.1f} {diagonal - end_x:.1f}")
        diagonal += gap
    return f'<path d="{"".join(strokes)}" stroke="{colour}" stroke-width="{width:g}" fill="none"/>'


def marker(
    shape: Shape,
    x: float,
    y: float,
    radius: float = 5,
    fill: str = INK,
    stroke: str = PAPER,
    width: float = 1.5,
    opacity: float = 1,
) -> str:
    """A mark for one observation; the shape carries the same meaning as the colour."""
    style = f'fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"{_opacity(opacity)}'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {style}/>'
    r = radius
    outlines = {
        "square": [(-r, -r), (r, -r), (r, r), (-r, r)],
        "diamond": [(0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)],
        "triangle": [(0, -1.2 * r), (1.15 * r, 0.85 * r), (-1.15 * r, 0.85 * r)],
    }
    if shape == "cross":
        return (
            f'<path d="M{x - r:.1f} {y - r:.1f}L{x + r:.1f} {y + r:.1f}'
            f'M{x - r:.1f} {y + r:.1f}L{x + r:.1f} {y - r:.1f}"'
            f' fill="none" stroke="{fill}" stroke-width="{width:g}"{_opacity(opacity)}/>'
        )
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in outlines[shape])
    return f'<polygon points="{points}" {style}/>'


def text(
    x: float,
    y: float,
    words: str,
    anchor: Anchor = "start",
    size: float = 13,
    colour: str = INK,
    bold: bool = False,
    halo: bool = True,
) -> str:
    """Words with their baseline at (x, y). `halo` keeps them readable on top of lines."""
    weight = ' font-weight="600"' if bold else ""
    edge = f' stroke="{PAPER}" stroke-width="3.5" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}"{weight}'
        f' fill="{colour}"{edge}>{escape(words)}</text>'
    )


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved as little as needed to lie at least `gap` apart within low to high, in their order."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    placed = [min(max(positions[index], low), high) for index in order]
    for rank in range(1, len(placed)):
        placed[rank] = max(placed[rank], placed[rank - 1] + gap)
    ceiling = high
    for rank in reversed(range(len(placed))):  # push back what ran over the upper end
        placed[rank] = min(placed[rank], ceiling)
        ceiling = placed[rank] - gap
    moved = [0.0] * len(placed)
    for rank, index in enumerate(order):
        moved[index] = placed[rank]
    return moved


def _dash(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _opacity(opacity: float) -> str:
    return f' opacity="{opacity:g}"' if opacity != 1 else ""


def _image(description: str) -> str:
    return f'role="img" aria-label="{escape(description)}"'


def _svg(width: int, height: int, inside: str, attributes: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" font-family="{FONTS}" stroke-linejoin="round"'
        f' focusable="false" {attributes}>{inside}</svg>'
    )


def _inside(file: str) -> str:
    """What stands between the outer svg tags of a matplotlib file, fit to live inside a page."""
    inside = file[file.index(">", file.index("<svg")) + 1 : file.rindex("</svg>")]
    inside = re.sub(r"<metadata>.*?</metadata>", "", inside, flags=re.DOTALL)
    inside = re.sub(r"<style.*?</style>", "", inside, flags=re.DOTALL)  # its "*" would style the whole page
    inside = re.sub(r"font-family: [^;\"]*;?", "", inside)  # the outer element names the fonts
    inside = re.sub(r'<g id="[^"]*">', "<g>", inside)  # the same names would repeat in every panel
    return re.sub(r">\s+<", "><", inside).strip()
