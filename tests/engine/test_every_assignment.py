"""A simulated class of each assignment gets the points that its construction implies."""

from pathlib import Path

import pytest

from tests import grading_course as courses

# Graded elsewhere: one beside nbgrader itself, one in the demo.
ELSEWHERE = {"m00_driving_licence", "m09a_nps"}
ASSIGNMENTS = sorted({path.parent.name for path in courses.ROOT.glob("source/*/key.py")} - ELSEWHERE)
STUDENTS = 6

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_score_is_the_one_that_the_construction_implies(assignment, tmp_path: Path, require):
    require("bubblewrap")
    course = courses.make_course(tmp_path / "course", assignment)
    students = courses.simulated(course, STUDENTS, assignment)
    courses.hand_in(course, students, assignment)
    command = [courses.program("autograder"), "grade", assignment, "--json"]
    courses.execute(course, command, codes=(0, 3))
    wanted = courses.implied(course, students, assignment)
    assert len(wanted) == STUDENTS
    assert courses.differences(course, wanted, assignment) == []
