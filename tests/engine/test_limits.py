"""Limits are positive numbers, and each of them is an option of the course."""

import math
from dataclasses import fields

import pytest
from traitlets.config import Config

from autograder.engine.limits import Limits
from autograder.engine.settings import Engine

NAMES = [field.name for field in fields(Limits)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, True, "1", None])
def test_a_limit_that_is_no_positive_number_is_refused_by_name(name, value):
    with pytest.raises(ValueError, match=f"{name} must be a positive number, got"):
        Limits(**{name: value})


def test_limits_reach_a_worker_unchanged():
    limits = Limits(cell_seconds=0.5, memory_mb=99)
    assert Limits.from_json(limits.to_json()) == limits


def test_without_options_the_limits_are_the_default_ones():
    assert Engine().limits() == Limits()


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_is_an_option_of_the_course(name):
    value = getattr(Limits(), name) + 1
    engine = Engine(config=Config({"Engine": {name: value}}))
    assert getattr(engine.furnishing().limits, name) == value


def test_an_option_out_of_range_is_refused_before_anything_runs():
    with pytest.raises(ValueError, match="memory_mb must be a positive number, got 0"):
        Engine(config=Config({"Engine": {"memory_mb": 0}})).furnishing()


def test_the_sandbox_is_left_only_when_somebody_says_so():
    assert Engine().furnishing().walls
    assert not Engine(config=Config({"Engine": {"sandbox": False}})).furnishing().walls
    assert not Engine().furnishing(walls=False).walls
