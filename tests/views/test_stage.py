"""The stage: data coordinates land where matplotlib would put them, and marks are safe SVG."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marketing4.views.stage import Plane, View, hatching, marker, place, polyline, rectangle, spread, text
from matplotlib.figure import Figure


class Squares(View[list[tuple[float, float]]]):
    """A view for tests: points on a plane from 0 to 10."""

    def axes(self, figure):
        plane = place(figure, 40, 30, 400, 300)
        plane.set(xlim=(0, 10), ylim=(-5, 5), xlabel="Time (weeks)", ylabel="Score (points)", title="Points")
        return {"plane": plane}

    def marks(self, scene):
        plane = self.stage.planes["plane"]
        return "".join(marker("square", plane.x(x), plane.y(y)) for x, y in scene)

    def describe(self, scene):
        return f'{len(scene)} points & a "quote".'


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1))


def test_the_corners_of_the_plane_are_where_it_was_placed():
    plane = Squares().stage.planes["plane"]
    assert (plane.x(0), plane.x(10)) == pytest.approx((40, 440))
    assert (plane.y(5), plane.y(-5)) == pytest.approx((30, 330))
    assert (plane.left, plane.right, plane.top, plane.bottom) == pytest.approx((40, 440, 30, 330))


def test_a_scale_that_is_not_linear_is_refused():
    figure = Figure()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_yscale("log")
    with pytest.raises(ValueError, match="y scale must be linear, got log"):
        Plane.of(axes, 100)


def test_axes_are_rendered_once_and_alike():
    view = Squares()
    assert view.stage is view.stage
    assert view.background == Squares().background


def test_axes_bring_no_style_names_or_fonts_of_their_own_into_the_page():
    background = Squares().background
    assert "<style" not in background
    assert "font-family:" not in background
    assert not re.search(r"<g id=", background)
    assert "Time (weeks)" in background


def test_the_overlay_says_what_it_shows_and_the_axes_are_silent():
    view = Squares()
    overlay = parse(view.overlay([(1, 1)]))
    assert overlay.get("role") == "img"
    assert overlay.get("aria-label") == '1 points & a "quote".'
    assert parse(view.background).get("aria-hidden") == "true"


def test_a_stand_alone_file_holds_axes_marks_and_description():
    file = ElementTree.fromstring(Squares().to_svg([(1, 1), (2, 2)]))
    assert file.get("width") == str(Squares.width)
    words = "".join(file.itertext())
    assert "Score (points)" in words
    assert '2 points & a "quote".' in words


def test_words_are_escaped():
    assert "&lt;b&gt;" in text(0, 0, "<b>")


@pytest.mark.parametrize("shape", ["circle", "square", "diamond", "triangle", "cross"])
def test_every_shape_is_one_element(shape):
    assert len(parse(f"<svg >{marker(shape, 5, 5)}</svg>")) == 1


def test_a_rectangle_takes_its_corners_in_any_order():
    assert rectangle(10, 20, 0, 5) == rectangle(0, 5, 10, 20)


def test_a_line_needs_as_many_heights_as_places():
    with pytest.raises(ValueError, match="zip"):
        polyline([1, 2], [1])


@given(
    x=st.floats(0, 100), y=st.floats(0, 100), width=st.floats(1, 200), height=st.floats(1, 200),
    gap=st.floats(3, 12),
)  # fmt: skip
def test_hatching_stays_inside_its_rectangle(x, y, width, height, gap):
    path = hatching(x, y, x + width, y + height, gap=gap)
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d", path.split('"')[1])]
    assert all(x - 0.1 <= place <= x + width + 0.1 for place in numbers[::2])
    assert all(y - 0.1 <= place <= y + height + 0.1 for place in numbers[1::2])


@given(st.lists(st.floats(0, 100), min_size=1, max_size=4))
def test_labels_are_spread_without_leaving_or_swapping(positions):
    spread_out = spread(positions, gap=20, low=0, high=100)
    in_order = [spread_out[index] for index in sorted(range(len(positions)), key=lambda i: positions[i])]
    assert all(b - a >= 20 - 1e-9 for a, b in itertools.pairwise(in_order))
    assert in_order[0] >= -1e-9
    assert in_order[-1] <= 100 + 1e-9
