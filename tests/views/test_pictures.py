"""What the six pictures draw: how many marks, and where."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from marketing4.models.advocacy import net_advocacy
from marketing4.models.missing_answers import mean_with_missing
from marketing4.models.nps import coverage, draw_surveys, estimate, holds, mix_shift
from marketing4.models.word_of_mouth import generations
from marketing4.views import (
    lovers_haters,
    missing_answers,
    nps_composition,
    survey_sampling,
    word_of_mouth,
)
from marketing4.views import (
    mix_shift as mix_shift_view,
)
from marketing4.views.stage import BLUE, VERMILION


def marks(view, scene) -> ElementTree.Element:
    return ElementTree.fromstring(f"<g>{view.marks(scene)}</g>")


def words(root: ElementTree.Element) -> list[str]:
    return [element.text for element in root.iter("text")]


def test_the_crowd_has_one_person_for_each_percent_and_each_category_its_sign():
    scene = nps_composition.CompositionScene(estimate(100, 60, 40), another_score=25, seed=1)
    paths = list(marks(nps_composition.VIEW, scene).iter("path"))
    people = [path for path in paths if path.get("stroke-width") == "1.2"]
    assert [path.get("d").count("z") // 2 for path in people] == [50, 30, 20]
    assert [path.get("fill") for path in people] == [BLUE, "#FFFFFF", VERMILION]
    signs = [path.get("d") for path in paths if path.get("stroke-width") == "1.7"]
    assert ["v7.2" in signs[0], "a2.6" in signs[1], "v7.2" in signs[2]] == [True, True, False]


def test_the_score_stands_on_its_axis_with_its_interval():
    survey = estimate(50, 30, 20)
    root = marks(nps_composition.VIEW, nps_composition.CompositionScene(survey, 25, 1))
    plane = nps_composition.VIEW.stage.planes["score"]
    circle = next(root.iter("circle"))
    assert float(circle.get("cx")) == pytest.approx(plane.x(30), abs=0.06)
    line = next(root.iter("line"))
    ends = float(line.get("x1")), float(line.get("x2"))
    assert ends == pytest.approx((plane.x(14.6922), plane.x(45.3078)), abs=0.06)
    assert "NPS +30, Wald +15 to +45" in words(root)


def test_an_interval_never_leaves_the_scale():
    scene = nps_composition.CompositionScene(estimate(98, 2, 0), 100, 1)
    plane = nps_composition.VIEW.stage.planes["score"]
    places = [float(line.get("x2")) for line in marks(nps_composition.VIEW, scene).iter("line")]
    assert max(places) <= plane.right + 0.1


def sampling_scene(drawn: int) -> survey_sampling.SamplingScene:
    draws = draw_surveys(0.5, 0.2, 100, 100, seed=8)
    return survey_sampling.SamplingScene(
        drawn=drawn,
        people=100,
        true_score=30,
        method="wald",
        scores=draws.scores,
        centres=draws.wald.mean(axis=1),
        intervals=draws.wald,
        is_hit=holds(30, draws.wald),
        coverage=coverage(0.5, 0.2, 100, 4000, seed=8),
        coverage_surveys=4000,
        is_first_brand=True,
    )


@pytest.mark.parametrize("drawn", [0, 1, 60, 100])
def test_as_many_intervals_as_surveys_and_a_cross_for_each_miss(drawn):
    scene = sampling_scene(drawn)
    hits, _, misses = list(marks(survey_sampling.VIEW, scene).iter("path"))[:3]
    assert hits.get("d").count("V") == scene.hits
    assert misses.get("d").count("V") == drawn - scene.hits
    assert misses.get("d").count("l6 6") == drawn - scene.hits
    assert float(misses.get("stroke-width")) > float(hits.get("stroke-width"))


def test_an_interval_spans_its_bounds():
    scene = sampling_scene(1)
    plane = survey_sampling.VIEW.stage.planes["surveys"]
    path = next(marks(survey_sampling.VIEW, scene).iter("path")).get("d")
    x, low, high = map(float, re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)", path).groups())
    assert x == pytest.approx(plane.x(1), abs=0.06)
    assert (low, high) == pytest.approx(tuple(map(plane.y, scene.intervals[0])), abs=0.06)


def test_coverage_bars_start_at_zero():
    scene = sampling_scene(0)
    plane = survey_sampling.VIEW.stage.planes["long_run"]
    for bar in marks(survey_sampling.VIEW, scene).iter("rect"):
        bottom = float(bar.get("y")) + float(bar.get("height"))
        assert bottom == pytest.approx(plane.y(0), abs=0.11)


def test_bars_of_the_mix_shift_are_as_wide_as_their_share_and_as_high_as_their_score():
    waves = mix_shift()
    scene = mix_shift_view.MixShiftScene(waves, (16.0, 17.0), seed=1)
    view = mix_shift_view.VIEW
    first, second = view.stage.planes["Wave 1"], view.stage.planes["Wave 2"]
    bars = [bar for bar in marks(view, scene).iter("rect") if bar.get("fill") != "none"]
    widths = [float(bar.get("width")) for bar in bars]
    full = first.right - first.left
    assert widths == pytest.approx(
        [full * share for share in (*waves.weights_first, *waves.weights_second)], abs=0.1
    )
    heights = [float(bar.get("height")) for bar in bars]
    scale = -first.y_scale
    assert heights == pytest.approx([scale * score for score in (0, 54.2857, 6.0606, 65.7143)], abs=0.1)
    said = words(marks(view, scene))
    assert "+47.5" in said
    assert "+16.5" in said
    assert said.count("Total") == 2
    dots = list(marks(view, scene).iter("circle"))
    assert [float(dot.get("cy")) for dot in dots] == pytest.approx([second.y(16), second.y(17)], abs=0.06)


def advocacy_scene(haters: float, furthest: float) -> lovers_haters.AdvocacyScene:
    balance = net_advocacy(0.33, np.arange(161) / 400)
    return lovers_haters.AdvocacyScene(balance, haters, furthest, 12.0, 1000, 1, False, False, "")


def test_three_curves_are_drawn_as_far_as_walked_and_told_apart_by_dash_width_and_mark():
    root = marks(lovers_haters.VIEW, advocacy_scene(5, 20))
    curves = [line for line in root.iter("polyline") if len(line.get("points").split()) == 81]
    assert len(curves) == 3
    assert [line.get("stroke-dasharray") for line in curves] == [None, "7 4", None]
    assert [line.get("stroke-width") for line in curves] == ["2.4", "2.4", "3.4"]
    assert len(list(root.iter("circle"))) == 1
    assert len(list(root.iter("polygon"))) == 4  # triangle, square, the random market's diamond and its edge


def test_the_point_of_lovers_and_haters_stands_on_its_curve():
    plane = lovers_haters.VIEW.stage.planes["plane"]
    circle = next(marks(lovers_haters.VIEW, advocacy_scene(20, 20)).iter("circle"))
    advocates = 100 * 0.33 * (1 - 0.9 * np.exp(-1.2))
    assert float(circle.get("cx")) == pytest.approx(plane.x(20), abs=0.06)
    assert float(circle.get("cy")) == pytest.approx(plane.y(advocates), abs=0.06)


def test_every_person_of_the_market_is_drawn_once():
    run = generations(0.8, 5, 150, 26, seed=21)
    scene = word_of_mouth.WordOfMouthScene(
        26,
        0.8,
        5.0,
        run.expected_total,
        run.random_total,
        np.random.default_rng(21).permutation(150),
        21,
        False,
    )
    root = marks(word_of_mouth.VIEW, scene)
    others, friends = [path.get("d").count("M") for path in root.iter("path")]
    seeds = len(list(root.iter("polygon"))) - 1  # one stands in the key
    assert (seeds, friends, others) == (5, scene.customers - 5, 150 - scene.customers)
    assert scene.customers == run.random_total[-1]


@pytest.mark.parametrize(("treatment", "squares"), [("dropped", 0), ("zero", 10)])
def test_blanks_are_hollow_where_they_belong_and_squares_where_they_are_put(treatment, squares):
    ages = list(range(20, 60))
    scene = missing_answers.MissingScene(mean_with_missing(ages, 0.25, seed=1), treatment)
    root = marks(missing_answers.VIEW, scene)
    hollow = [dot for dot in root.iter("circle") if dot.get("fill") == "#FFFFFF"]
    full = [dot for dot in root.iter("circle") if dot.get("fill") == BLUE]
    # One of each stands in the key.
    assert (len(full) - 1, len(hollow) - 1, len(list(root.iter("polygon"))) - 1) == (30, 10, squares)
