"""What is recorded is what nbgrader would record, in one transaction, and a person's word stays.

The oracle is nbgrader itself: its preprocessors and its commands write into a gradebook of their own.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook as NbGradebook
from nbgrader.apps import ExportApp
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import parse_utc
from traitlets.config import Config

from autograder.engine.assignment import Assignment, load_assignment
from autograder.engine.course import Course, CourseFault
from autograder.engine.gradebook import Gradebook
from autograder.engine.grading import Graded, GradedNotebook
from autograder.engine.recording import Recorder
from autograder.engine.submission import read_submission
from tests.engine.small_course import CLASS, KEY, SmallCourse, copy_gradebook, copy_of

# nbgrader's own, when it makes the rows of a hand-in.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

DATABASES = ("SQLite", "PostgreSQL")
DUE = datetime(2026, 1, 15, 12, 0)
JOURNAL = "autograder_journal"


@pytest.fixture(params=DATABASES)
def any_course(request, course) -> SmallCourse:
    """A course with its gradebook in a file, and one with its gradebook on a server."""
    if request.param == "PostgreSQL":
        request.getfixturevalue("to_postgresql")(course)
    return course


class Desk:
    """An open course at which results are recorded that no sandbox has made."""

    def __init__(self, course: SmallCourse, assignment: str) -> None:
        self.course = Course.open(course.folder)
        self.gradebook = Gradebook(self.course.db_url)
        self.assignment: Assignment = load_assignment(self.course, self.gradebook, assignment)
        self.recorder = Recorder(self.course, self.gradebook, self.assignment)

    def graded(
        self,
        student: str = "ada",
        scores: dict[str, float | None] | None = None,
        flagged: tuple[str, ...] = (),
        when: str | None = None,
        comments: dict[str, str] | None = None,
    ) -> Graded:
        """A result: right answers, unless other scores are given by cell."""
        notebooks = {}
        for name, master in self.assignment.notebooks.items():
            points = {c.name: c.points if c.is_test else None for c in master.cells if c.grade or c.task}
            points |= {cell: score for cell, score in (scores or {}).items() if cell in points}
            told = {c.name: (comments or {}).get(c.name) for c in master.cells if c.solution or c.task}
            notebooks[name] = GradedNotebook("{}", points, told, name in flagged)
        return Graded(
            student,
            self.assignment.name,
            "s" * 64,
            self.assignment.key_hash,
            when,
            True,
            notebooks=notebooks,
            attention=[f"{name} has something" for name in flagged],
        )

    def record(self, **about: Any) -> None:
        """Records a result."""
        self.recorder.record(self.graded(**about))


@contextmanager
def desk(course: SmallCourse, assignment: str = "counts") -> Iterator[Desk]:
    one = Desk(course, assignment)
    try:
        yield one
    finally:
        one.gradebook.close()


@contextmanager
def gradebook_of(course: SmallCourse) -> Iterator[NbGradebook]:
    with NbGradebook(course.db_url) as gradebook:
        yield gradebook


def without_flags(rows: set[Any]) -> tuple[set[Any], set[str]]:
    """Notebooks without their flag, and who is flagged."""
    return {(*row[:3], row[4]) for row in rows}, {row[1] for row in rows if row[3]}


def of_nbgrader(recorded: dict[str, set[Any]]) -> dict[str, set[Any]]:
    """Without the table that nbgrader does not have."""
    return {table: rows for table, rows in recorded.items() if table != JOURNAL}


# The same rows as nbgrader


def nbgrader_records(course: SmallCourse, student: str, assignment: str) -> None:
    """What `nbgrader autograde` does with a notebook once it is executed."""
    with gradebook_of(course) as gradebook:
        gradebook.update_or_create_student(student)
        stamp = course.submitted(student, assignment) / "timestamp.txt"
        when = {"timestamp": stamp.read_text().strip()} if stamp.is_file() else {}
        gradebook.update_or_create_submission(assignment, student, **when)
    for path in sorted(course.autograded(student, assignment).glob("*.ipynb")):
        nb = nbformat.read(path, as_version=4)
        about = {"student": student, "assignment": assignment, "notebook": path.stem, "db_url": course.db_url}
        for step in (SaveAutoGrades, AssignLatePenalties):
            preprocessor = step()
            preprocessor.log.setLevel(logging.CRITICAL)
            preprocessor.preprocess(nb, {"nbgrader": about})


PLAIN = {
    "ada": {
        "one": {"double_answer": "    return 2 * number"},
        "two": {"drawing": "print('a line')", "reason": "So."},
    },
    "ben": {"one": {"double_answer": "    return 2 * abs(number)"}, "two": {}},
    "cleo": {"one": {"double_answer": "    raise ValueError"}, "two": {"reason": "No."}},
}


@pytest.fixture(scope="module")
def graded_course(generated_course, tmp_path_factory, warm_sandbox) -> SmallCourse:
    """Both assignments graded by the engine."""
    course = copy_of(generated_course, tmp_path_factory.mktemp("recording") / "graded")
    course.hand_in_class()
    course.hand_in("late", when="2026-01-15 12:30:00 UTC")
    for student, cells in PLAIN.items():
        course.hand_in_cells(student, "plain", cells)
    for assignment in ("counts", "plain"):
        course.grade_here(warm_sandbox, assignment)
    return course


def test_the_gradebook_is_what_nbgrader_writes_for_the_same_notebooks(
    graded_course, generated_course, tmp_path
):
    """Row by row, in all tables, also for answers that were not given."""
    stock = copy_of(graded_course, tmp_path / "stock")
    (stock.folder / "grading" / "gradebook.db").unlink()
    copy_gradebook(generated_course.db_url, stock.db_url)
    for student in (*CLASS, "late"):
        nbgrader_records(stock, student, "counts")
    for student in PLAIN:
        nbgrader_records(stock, student, "plain")
    ours, theirs = of_nbgrader(graded_course.recorded()), stock.recorded()
    # nbgrader flags nobody; the engine says by a flag that a submission stopped Python.
    ours["submitted_notebook"], flagged = without_flags(ours["submitted_notebook"])
    theirs["submitted_notebook"], _ = without_flags(theirs["submitted_notebook"])
    assert flagged == {"hans"}
    assert ours == theirs
    assert {row[5] for row in ours["comment"]} == {None, "No response."}
    assert {row[7] for row in ours["grade"]} == {True, False}


@pytest.mark.slow
def test_stock_nbgrader_autograde_gives_plain_assignments_the_same_rows(generated_course, tmp_path):
    """The whole command, with nbgrader's own preprocessors; scores included."""
    stock = copy_of(generated_course, tmp_path / "stock")
    for student, cells in PLAIN.items():
        stock.hand_in_cells(student, "plain", cells)
    ours = copy_of(stock, tmp_path / "ours")
    stock.configure(
        "from nbgrader.converters import Autograde\n"
        "c.Autograde.sanitize_preprocessors = Autograde.sanitize_preprocessors.default_args[0]\n"
        "c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default_args[0]"
    )
    done = stock.nbgrader("autograde", "plain")
    assert done.returncode == 0, done.stdout
    assert ours.grade(assignment="plain").returncode == 0
    assert of_nbgrader(ours.recorded()) == stock.recorded()
    assert ours.scores("plain")["ben"] == {
        "double": 2.0,
        "double_parts": 1.0,
        "drawing": 0.0,
        "reason": 0.0,
        "map": None,
    }


def test_both_databases_hold_the_same(course, to_postgresql, tmp_path):
    server = copy_of(course, tmp_path / "server")
    to_postgresql(server)
    for one in (course, server):
        with gradebook_of(one) as gradebook:
            gradebook.update_or_create_assignment("counts", duedate=DUE)
        one.configure("c.LateSubmissionPlugin.penalty_method = 'zero'")
        with desk(one) as table:
            table.record(when="2026-01-15T12:30:00", comments={"why": "No response."}, flagged=("counts",))
            table.record(student="ben", scores={"net": 0.5})
    assert course.recorded() == server.recorded()
    assert ("counts", "ada", "counts", True, 5.0) in course.recorded()["submitted_notebook"]


def test_nbgrader_reads_what_was_recorded(any_course, tmp_path, monkeypatch):
    """Its objects, the queries behind formgrader's tables, and its export."""
    with gradebook_of(any_course) as gradebook:
        gradebook.update_or_create_student("zoe")
    with desk(any_course) as table:
        table.record(scores={"share": 1.0}, comments={"why": "No response."})
        table.record(student="ben", flagged=("counts",))
    with gradebook_of(any_course) as gradebook:
        ada = gradebook.find_submission("counts", "ada")
        assert (ada.score, ada.max_score, ada.needs_manual_grade) == (3.0, 9.0, True)
        assert gradebook.find_submission_notebook("counts", "counts", "ben").flagged
        assert gradebook.find_comment("why", "counts", "counts", "ada").comment == "No response."
        assert gradebook.average_assignment_score("counts") == 4.0
        rows = {row["student"]: row for row in gradebook.submission_dicts("counts")}
        assert rows["ada"]["code_score"] == 3.0
        assert rows["ada"]["written_score"] == 0.0
        books = gradebook.notebook_submission_dicts("counts", "counts")
        assert {row["student"]: row["flagged"] for row in books} == {"ada": False, "ben": True}
        students = {row["id"]: row["score"] for row in gradebook.student_dicts()}
        assert students == {"ada": 3.0, "ben": 5.0, "zoe": 0.0}
    monkeypatch.chdir(any_course.folder)
    target = tmp_path / "grades.csv"
    app = ExportApp()
    app.initialize(["--to", str(target), f"--CourseDirectory.db_url={any_course.db_url}", "--log-level=40"])
    app.start()
    lines = target.read_text().splitlines()
    head = lines[0].split(",")
    scores = {
        row["student_id"]: row["score"]
        for row in (dict(zip(head, line.split(","), strict=True)) for line in lines[1:])
        if row["assignment"] == "counts"
    }
    assert scores == {"ada": "3.0", "ben": "5.0", "zoe": "0.0"}


# What a person decided


def person_grades(course: SmallCourse, cell: str, **values: Any) -> None:
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade(cell, "counts", "counts", "ada")
        for name, value in values.items():
            setattr(grade, name, value)
        gradebook.db.commit()


def grade_row(course: SmallCourse, cell: str, student: str = "ada") -> tuple[Any, ...]:
    """Automatic and manual points, extra credit, whether a person must look."""
    (row,) = [row for row in course.recorded()["grade"] if row[1] == student and row[3] == cell]
    return tuple(row[4:])


def test_manual_points_and_extra_credit_stay_and_are_looked_at_again(any_course):
    with desk(any_course) as table:
        table.record()
        person_grades(any_course, "net", manual_score=1.5, needs_manual_grade=False)
        person_grades(any_course, "share", extra_credit=0.5)
        person_grades(any_course, "why", manual_score=4, extra_credit=1, needs_manual_grade=False)
        table.record(scores={"net": 0.0, "share": 2.0})
    assert grade_row(any_course, "net") == (0.0, 1.5, None, True)
    assert grade_row(any_course, "share") == (2.0, None, 0.5, False)
    assert grade_row(any_course, "why") == (None, 4.0, 1.0, True)
    with gradebook_of(any_course) as gradebook:
        assert gradebook.find_submission("counts", "ada").score == 1.5 + 2.5 + 5


def test_whether_a_person_must_look_is_decided_as_nbgrader_does(graded_course, tmp_path, warm_sandbox):
    """Whatever a person has entered before: no points, 0 points, some, and whether it was done."""
    ours = copy_of(graded_course, tmp_path / "ours")
    entered = list(product((None, 0.0, 1.5), (True, False)))
    for student, (points, waiting) in zip(CLASS, entered, strict=False):
        with gradebook_of(ours) as gradebook:
            for grade in gradebook.find_submission_notebook("counts", "counts", student).grades:
                grade.manual_score, grade.needs_manual_grade = points, waiting
            gradebook.db.commit()
    theirs = copy_of(ours, tmp_path / "theirs")
    ours.grade_here(warm_sandbox, force=True)
    for student in CLASS:
        nbgrader_records(theirs, student, "counts")
    assert ours.recorded()["grade"] == theirs.recorded()["grade"]
    kept = {(row[5], row[7]) for row in ours.recorded()["grade"] if row[0] == "counts" and row[3] == "net"}
    assert kept == {(None, False), (0.0, True), (1.5, True)}


def test_a_persons_comment_stays_and_the_automatic_one_is_renewed(any_course):
    with desk(any_course) as table:
        table.record(comments={"why": "No response.", "net_answer": "No response."})
        with gradebook_of(any_course) as gradebook:
            gradebook.find_comment("why", "counts", "counts", "ada").manual_comment = "See me."
            gradebook.db.commit()
        table.record(comments={"net_answer": "No response."})
    comments = {row[3]: row[5:] for row in any_course.recorded()["comment"]}
    assert comments == {
        "why": (None, "See me."),
        "net_answer": ("No response.", None),
        "share_answer": (None, None),
    }


def test_a_flag_is_set_and_cleared_with_its_reason(any_course):
    with desk(any_course) as table:
        table.record(flagged=("counts",))
        assert flags(any_course, "counts") == {"counts": True}
        table.record()
        assert flags(any_course, "counts") == {"counts": False}


def flags(course: SmallCourse, assignment: str) -> dict[str, bool]:
    rows = course.recorded()["submitted_notebook"]
    return {row[2]: bool(row[3]) for row in rows if row[0] == assignment}


def test_a_flag_that_a_person_has_set_stays(any_course):
    with desk(any_course, "plain") as table:
        table.record(flagged=("one",))
        with gradebook_of(any_course) as gradebook:
            gradebook.find_submission_notebook("two", "plain", "ada").flagged = True
            gradebook.db.commit()
        table.record()
    assert flags(any_course, "plain") == {"one": False, "two": True}


def test_what_a_person_knows_of_a_student_stays(any_course):
    with gradebook_of(any_course) as gradebook:
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace", email="ada@example.org")
    with desk(any_course) as table:
        table.record()
    assert any_course.recorded()["student"] == {("ada", "Ada", "Lovelace", "ada@example.org", None)}


# Late submissions


class Custom(BasePlugin):
    """A point for each begun hour, and more than there is for a day."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        if student_id == "excused":
            return None
        return -1.0 if student_id == "negative" else 1.0 + total_seconds_late // 3600


LATE = {
    "none": ("", None),
    "zero": ("c.LateSubmissionPlugin.penalty_method = 'zero'", {"penalty_method": "zero"}),
    "a plugin by name": (
        "c.AssignLatePenalties.plugin_class = 'tests.engine.test_recording.Custom'",
        "tests.engine.test_recording.Custom",
    ),
}


@pytest.mark.parametrize("rule", LATE)
def test_late_penalties_are_those_of_nbgrader(any_course, rule):
    """Late or not, with an extension, without a time, with a penalty beyond the score or below nothing."""
    line, wanted = LATE[rule]
    any_course.configure(line)
    config = Config()
    if isinstance(wanted, dict):
        config.LateSubmissionPlugin.update(wanted)
    elif wanted:
        config.AssignLatePenalties.plugin_class = wanted
    with gradebook_of(any_course) as gradebook:
        gradebook.update_or_create_assignment("counts", duedate=DUE)
        for student in ("extended", "extended but late"):
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission("counts", student)
            gradebook.find_submission("counts", student).extension = timedelta(hours=2)
        gradebook.db.commit()
    times = {
        "in time": "2026-01-15T11:59:59",
        "at the moment": "2026-01-15T12:00:00",
        "a second": "2026-01-15T12:00:01",
        "an hour": "2026-01-15T13:00:00.500000",
        "a day": "2026-01-16T12:00:00",
        "extended": "2026-01-15T13:30:00",
        "extended but late": "2026-01-15T15:30:00",
        "excused": "2026-01-15T15:30:00",
        "negative": "2026-01-15T15:30:00",
        "no time": None,
    }
    with desk(any_course) as table:
        for student, when in times.items():
            table.record(student=student, when=when)
            person_of(any_course, student)
            table.record(student=student, when=when)
    ours = any_course.recorded()["submitted_notebook"]
    for student in times:
        about = {
            "student": student,
            "assignment": "counts",
            "notebook": "counts",
            "db_url": any_course.db_url,
        }
        step = AssignLatePenalties(config=config)
        step.log.setLevel(logging.CRITICAL)
        step.preprocess(nbformat.v4.new_notebook(), {"nbgrader": about})
    assert any_course.recorded()["submitted_notebook"] == ours
    penalties = {row[1]: row[4] for row in ours}
    assert penalties["in time"] is penalties["extended"] is penalties["no time"] is None
    # 5 automatic points, 1 by hand and half a point on top.
    assert penalties["an hour"] == {"none": None, "zero": 6.5, "a plugin by name": 2.0}[rule]
    assert penalties["a day"] == {"none": None, "zero": 6.5, "a plugin by name": 6.5}[rule]


def person_of(course: SmallCourse, student: str) -> None:
    """Points by hand count for the penalty, too."""
    with gradebook_of(course) as gradebook:
        grade = gradebook.find_grade("why", "counts", "counts", student)
        grade.manual_score, grade.extra_credit = 1.0, 0.5
        gradebook.db.commit()


def test_a_new_time_replaces_the_old_one_and_none_does_not(any_course):
    with desk(any_course) as table:
        for when, expected in (
            ("2026-01-15T11:00:00", "2026-01-15 11:00:00.000000"),
            ("2026-01-16T11:00:00.250000", "2026-01-16 11:00:00.250000"),
            (None, "2026-01-16 11:00:00.250000"),
        ):
            table.record(when=when)
            ((_, _, found, _),) = any_course.recorded()["submitted_assignment"]
            assert found == expected


TIMES = [
    "2026-01-15 12:30:00 UTC",
    "2026-01-15 12:30:00.123456 UTC",
    "2026-01-15 12:30:00 Europe/Amsterdam",
    "2026-01-15T12:30:00+01:00",
    "2026-01-15T12:30:00Z",
    "2026-01-15 12:30",
    "2026-01-15-10-00-00",
    "15 January 2026 12:30",
    "2026-01-15 12:30:00 EST",
    "\n2026-01-15 12:30:00 UTC\n",
    "",
    "yesterday, I think",
    "99999999999999999999",
    "2026-13-45 99:99:99 UTC",
    "\x00\xff",
]


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_read_as_nbgrader_reads_it_and_garbage_is_said(tmp_path, text):
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    read = read_submission(tmp_path, "ada", "counts", lambda name: False, 1)
    try:
        expected = parse_utc(text.strip()) if text.strip() else None
    except Exception:
        expected = None
    assert read.timestamp == (None if expected is None else expected.isoformat())
    garbage = expected is None and text.strip() != ""
    assert read.refused == (("timestamp.txt holds no time: the hand-in counts as not late",) * garbage)


def test_a_garbled_time_flags_the_submission_and_stops_nobody(course, warm_sandbox):
    course.hand_in("ada", when="when I was done")
    course.hand_in("ben", when="2026-01-15 12:30:00 UTC")
    rows = course.grade_here(warm_sandbox)
    assert rows["ada"].attention == ("timestamp.txt holds no time: the hand-in counts as not late",)
    assert (rows["ada"].score, rows["ben"].state) == (5.0, "graded")
    assert {row[1]: bool(row[3]) for row in course.recorded()["submitted_notebook"]} == {
        "ada": True,
        "ben": False,
    }
    course.hand_in("ada", when="2026-01-15 12:31:00 UTC")
    assert course.grade_here(warm_sandbox)["ada"].state == "graded"
    assert {bool(row[3]) for row in course.recorded()["submitted_notebook"]} == {False}
    assert {row[2] for row in course.recorded()["submitted_assignment"]} == {
        "2026-01-15 12:30:00.000000",
        "2026-01-15 12:31:00.000000",
    }


# What is graded again


@pytest.fixture
def whole_course(graded_course, tmp_path) -> SmallCourse:
    """A copy of the graded course."""
    return copy_of(graded_course, tmp_path / "copy")


def states(course: SmallCourse, sandbox: Any, assignment: str = "counts") -> dict[str, set[str]]:
    """Who was graded, and who was not, by state."""
    found: dict[str, set[str]] = {}
    for name, row in course.grade_here(sandbox, assignment).items():
        found.setdefault("up to date" if row.state == "up to date" else "graded", set()).add(name)
    return found


EVERYBODY = {*CLASS, "late"}


def test_what_is_up_to_date_is_left_alone(whole_course, warm_sandbox):
    before = whole_course.recorded(), whole_course.files()
    assert states(whole_course, warm_sandbox) == {"up to date": EVERYBODY}
    assert states(whole_course, warm_sandbox, "plain") == {"up to date": set(PLAIN)}
    assert (whole_course.recorded(), whole_course.files()) == before


def test_a_resubmission_is_graded_again_and_nobody_else(whole_course, warm_sandbox):
    whole_course.hand_in("ada", CLASS["ben"])
    assert states(whole_course, warm_sandbox) == {"graded": {"ada"}, "up to date": EVERYBODY - {"ada"}}
    assert whole_course.scores()["ada"] == whole_course.scores()["ben"]
    mine = [row for row in whole_course.recorded()[JOURNAL] if row[:2] == ("counts", "ada")]
    assert sorted(row[5] for row in mine) == [False, True]


@pytest.mark.parametrize(
    "name", ["the graded notebook was edited", "the graded notebook is gone", "a file was added"]
)
def test_graded_files_that_are_not_as_they_were_are_made_again(whole_course, warm_sandbox, name):
    before = whole_course.recorded(), whole_course.files()
    notebook = whole_course.autograded("ada") / "counts.ipynb"
    if name == "a file was added":
        (whole_course.submitted("ada") / "notes.txt").write_text("mine")
    elif name == "the graded notebook is gone":
        notebook.unlink()
    else:
        nb = nbformat.read(notebook, as_version=4)
        nb.cells[0].source = "edited"
        notebook.chmod(0o644)
        nbformat.write(nb, notebook)
    assert states(whole_course, warm_sandbox)["graded"] == {"ada"}
    if name == "a file was added":
        assert (whole_course.autograded("ada") / "notes.txt").read_text() == "mine"
    else:
        assert (whole_course.recorded(), whole_course.files()) == before


@pytest.mark.parametrize("removed", ["student", "assignment"])
def test_who_was_removed_from_the_gradebook_is_graded_again(whole_course, warm_sandbox, removed):
    """The journal alone does not count: what it tells of is gone."""
    before = whole_course.recorded()
    with gradebook_of(whole_course) as gradebook:
        if removed == "student":
            gradebook.remove_student("ada")
        else:
            for student in EVERYBODY:
                gradebook.remove_submission("counts", student)
    wanted = {"ada"} if removed == "student" else EVERYBODY
    assert states(whole_course, warm_sandbox)["graded"] == wanted
    if removed == "student":
        assert states(whole_course, warm_sandbox, "plain")["graded"] == {"ada"}
    assert whole_course.recorded() == before


@pytest.mark.slow
def test_a_new_key_regrades_its_assignment_and_no_other(whole_course, warm_sandbox):
    plain = {row for row in whole_course.recorded()[JOURNAL] if row[0] == "plain"}
    key = KEY.replace('hidden_case(7, 7, name="as many of both")', 'hidden_case(-1, 7, name="below nothing")')
    assert key != KEY
    (whole_course.folder / "source" / "counts" / "key.py").write_text(key)
    whole_course.generate("counts")
    assert states(whole_course, warm_sandbox) == {"graded": EVERYBODY}
    assert states(whole_course, warm_sandbox, "plain") == {"up to date": set(PLAIN)}
    assert {row for row in whole_course.recorded()[JOURNAL] if row[0] == "plain"} == plain
    assert len([row for row in whole_course.recorded()[JOURNAL] if row[0] == "counts"]) == 2 * len(EVERYBODY)


def test_force_grades_all_again_and_leaves_the_same(whole_course, warm_sandbox):
    before = whole_course.recorded(), whole_course.files()
    rows = whole_course.grade_here(warm_sandbox, force=True)
    assert {row.state for row in rows.values()} == {"graded", "flagged"}
    assert (whole_course.recorded(), whole_course.files()) == before


# All or nothing


def spoil(course: SmallCourse, table: str) -> Callable[[], None]:
    """Makes the database refuse rows of a table; gives the way back."""
    if course.db_url.startswith("sqlite"):
        course.write_sql(
            f"CREATE TRIGGER spoiled BEFORE INSERT ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        return lambda: course.write_sql("DROP TRIGGER spoiled") and None
    course.write_sql(
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RAISE EXCEPTION ''the disk is full''; END'"
    )
    course.write_sql(f"CREATE TRIGGER spoiled BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION spoil()")
    return lambda: course.write_sql(f"DROP TRIGGER spoiled ON {table}") and None


@pytest.mark.parametrize(
    "table", ["student", "submitted_assignment", "submitted_notebook", "grade", "comment", JOURNAL]
)
def test_grades_and_journal_are_there_together_or_not_at_all(any_course, table):
    with desk(any_course) as one:
        one.record(student="ben")
        before = any_course.recorded()
        repair = spoil(any_course, table)
        with pytest.raises(CourseFault, match=r"The gradebook cannot be used: .*the disk is full"):
            one.record(student="ada")
        assert any_course.recorded() == before
        repair()
        one.record(student="ada")
    assert {row[1] for row in any_course.recorded()[JOURNAL]} == {"ada", "ben"}
    assert {row[1] for row in any_course.recorded()["grade"]} == {"ada", "ben"}


def test_a_failure_while_a_class_is_graded_ends_in_a_sentence_and_keeps_the_rest(any_course, warm_sandbox):
    for student in ("ada", "ben", "cleo"):
        any_course.hand_in(student)
    any_course.grade_here(warm_sandbox, students=["ada"])
    before = any_course.recorded()
    repair = spoil(any_course, "comment")
    with pytest.raises(CourseFault, match="the disk is full"):
        any_course.grade_here(warm_sandbox)
    assert any_course.recorded() == before
    repair()
    rows = any_course.grade_here(warm_sandbox)
    assert {name: row.state for name, row in rows.items()} == {
        "ada": "up to date",
        "ben": "graded",
        "cleo": "graded",
    }


def test_a_journal_entry_tells_what_was_graded_with_what(graded_course):
    rows = {row[1]: row for row in graded_course.recorded()[JOURNAL] if row[0] == "counts"}
    assert rows.keys() == EVERYBODY
    assert {(row[4], row[5], row[6]) for row in rows.values()} == {(1, True, True)}
    assert len({row[3] for row in rows.values()}) == 1
    assert rows["cleo"][7] == 4.0
    assert json.loads(rows["hans"][9]) == ["The check of net stopped Python altogether."]
    assert list(json.loads(rows["ada"][8])) == ["counts.ipynb"]
