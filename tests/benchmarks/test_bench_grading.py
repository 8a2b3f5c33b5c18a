"""The benchmark of grading, on a class of three: it compares equal scores, and its figures are figures."""

import json
import shutil

import pytest

from tests import grading_course as courses
from tests.benchmarks import bench_grading, run
from tests.benchmarks.damaged import KINDS, damage

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small(require):
    require("bubblewrap")
    return bench_grading.prepared(3)


def values(rows):
    return {row["name"]: run.checked(row)["value"] for row in rows}


def test_the_speedup_is_measured_at_equal_scores(small):
    found = values(bench_grading.throughput(*small, runs=1))
    assert found["grading_speedup"] == pytest.approx(
        found["grading_nbgrader"] / found["grading_ours"], rel=0.01
    )
    assert found["grading_speedup"] > 1
    assert 0 < found["grading_limit"] < found["grading_ours"]


def test_a_large_class_with_bad_submissions_is_measured(small):
    found = values(bench_grading.growth(*small, many=12, grades=200))
    assert found["grading_1000_wrong"] == 0
    assert 20 < found["grading_memory_worker_12"] < 1000
    assert 20 < found["grading_memory_coordinator_3"] < 1000


def test_scores_that_differ_from_nbgraders_are_no_basis_for_a_figure():
    theirs = {"s001": {"nps": (1.0, 0)}}
    bench_grading.compare({"s001": {"nps": (1.0, 0)}}, theirs)
    for ours in ({}, {"s001": {}}, {"s001": {"nps": (0.5, 0)}}, {**theirs, "s002": {}}):
        with pytest.raises(RuntimeError, match="scores differ"):
            bench_grading.compare(ours, theirs)


def test_visible_checks_are_those_that_were_hidden(small, tmp_path):
    base, _ = small
    course = courses.clone(base, tmp_path / "course")
    courses.show_all_checks(course)
    before = json.loads((base / "grading/hidden/m09a_nps.json").read_text())["exercises"]
    after = json.loads((course / "release/m09a_nps/checks.json").read_text())["exercises"]
    hidden = [check["name"] for exercise in before for check in exercise["checks"]]
    visible = [check["name"] for exercise in after for check in exercise["checks"]]
    assert len(hidden) > 20
    assert set(hidden) <= set(visible)
    assert all(
        len(wrong["outcomes"]) == len(exercise["checks"])
        for exercise in after
        for wrong in exercise["misconceptions"]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_submission_is_no_longer_the_honest_one(small, tmp_path, kind):
    base, _ = small
    honest = courses.submitted(base, "s001") / "m09a_nps.ipynb"
    path = tmp_path / "m09a_nps.ipynb"
    shutil.copyfile(honest, path)
    damage(path, kind)
    assert path.read_bytes() != honest.read_bytes()
