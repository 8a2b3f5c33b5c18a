"""A small course for the tests of the engine: two assignments, a class, and a look at what was recorded.

`counts` has a key; `plain` is nbgrader's own kind, in two notebooks. Nothing heavy is imported, so that the
whole class is graded in about three seconds. Knows nothing of what a test does with it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
import pytest
import sqlalchemy as sa
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Base, Gradebook

from autograder.engine.classroom import Classroom, Row
from autograder.engine.course import Course
from autograder.engine.pool import Workers
from autograder.engine.sandbox import Furnishing, Sandbox

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from autograder.cli import main; main()"]
SEED = "4"

LIGHT = """
c.Engine.packages = []
c.Engine.data = []
c.Engine.warm = []
"""

KEY = '''
"""Two exercises in whole numbers."""

from autograder.authoring import exercise

net = exercise("net", points=2, hidden_points=1, call="net", title="Net", answer="a number")
net.case(60, 20)
net.case(5, 9)
net.hidden_case(7, 7, name="as many of both")
net.hidden_case(0, 3, name="nobody on one side")


@net.misconception("Take the detractors away; do not add them.")
def added(promoters, detractors):
    return promoters + detractors


share = exercise("share", points=3, hidden_points=1, call="share", title="Share", answer="a fraction")
share.case(1, 4)
share.case(3, 3)
share.hidden_case(0, 0, name="nobody at all")


@share.misconception("A share is a part of 1, not of 100.")
def in_percent(part, whole):
    return 100 * part / whole if whole else None
'''

NET, NET_ADDED = "    return promoters - detractors", "    return promoters + detractors"
SHARE, SHARE_RISKY = "    return part / whole if whole else None", "    return part / whole"
TOLD = "Passives stay in the denominator."


@dataclass(frozen=True)
class Answers:
    """What a student writes into `counts`, and the automatic points that this is worth."""

    net: str | None = NET
    share: str | None = SHARE
    why: str | None = TOLD
    points: tuple[float, float] = (2.0, 3.0)


CLASS: dict[str, Answers] = {
    "ada": Answers(),
    "ben": Answers(net=NET_ADDED, points=(0.0, 3.0)),
    "cleo": Answers(share=SHARE_RISKY, points=(2.0, 2.0)),
    "dan": Answers(net=None, share=None, why=None, points=(0.0, 0.0)),
    "eva": Answers(net="    print(promoters)\n" + NET),
    "finn": Answers(net="    return promoters -", points=(0.0, 3.0)),
    "gwen": Answers(why=None),
    "hans": Answers(net="    import os\n    os._exit(3)", points=(0.0, 3.0)),
    "iris": Answers(share="    raise ValueError('no')", points=(2.0, 0.0)),
    "jon": Answers(net=NET + "\nimport random\nprint(random.random() < 2)"),
}


def _mark(name: str, points: float | None = None, **flags: bool) -> dict[str, Any]:
    marks = {"schema_version": 3, "grade_id": name, "locked": False, "solution": False, "task": False}
    graded = {"grade": False} if points is None else {"grade": True, "points": points}
    return {"nbgrader": {**marks, **graded, **flags}}


def _code(name: str, source: str, points: float | None = None, **flags: bool) -> nbformat.NotebookNode:
    return new_code_cell(source, id=name.replace("_", "-"), metadata=_mark(name, points, **flags))


def _text(name: str, source: str, points: float, **flags: bool) -> nbformat.NotebookNode:
    return new_markdown_cell(source, id=name.replace("_", "-"), metadata=_mark(name, points, **flags))


def _solved(head: str, body: str) -> str:
    return f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def _notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def counts_notebook() -> nbformat.NotebookNode:
    """The instructor's notebook of `counts`: 2 and 3 points by check, 4 by hand."""
    return _notebook(
        new_markdown_cell("# Counts", id="title"),
        _code("setup", 'from autograder import Checker\n\ncheck = Checker("counts")', locked=True),
        _code("net_answer", _solved("def net(promoters, detractors):", NET), solution=True),
        _code("net", 'check("net")', 2, locked=True),
        _code("share_answer", _solved("def share(part, whole):", SHARE), solution=True),
        _code("share", 'check("share")', 3, locked=True),
        _text("why", f"### BEGIN SOLUTION\n{TOLD}\n### END SOLUTION", 4, solution=True),
    )


def plain_notebooks() -> dict[str, nbformat.NotebookNode]:
    """The instructor's notebooks of `plain`: every kind of cell that nbgrader grades."""
    double = _solved("def double(number):", "    return 2 * number")
    return {
        "one": _notebook(
            _code("double_answer", double, solution=True),
            _code("double", "assert double(2) == 4", 2, locked=True),
            _code("double_parts", "(double(1) == 2) + (double(-1) == -2)", 2, locked=True),
        ),
        "two": _notebook(
            _code("drawing", "### BEGIN SOLUTION\nprint('a line')\n### END SOLUTION", 3, solution=True),
            _text("reason", "### BEGIN SOLUTION\nBecause.\n### END SOLUTION", 2, solution=True),
            new_markdown_cell(
                "Draw a map. Hand it in on paper.",
                id="map",
                metadata=_mark("map", task=True, locked=True)
                | {"nbgrader": {**_mark("map", task=True, locked=True)["nbgrader"], "points": 5}},
            ),
        ),
    }


class SmallCourse:
    """A course in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # Its places

    def submitted(self, student: str, assignment: str = "counts") -> Path:
        """Where a hand-in lies."""
        return self.folder / "grading" / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str = "counts") -> Path:
        """Where the graded notebooks lie."""
        return self.folder / "grading" / "autograded" / student / assignment

    @property
    def db_url(self) -> str:
        """The gradebook."""
        place = self.folder / "db_url"
        return place.read_text() if place.is_file() else f"sqlite:///{self.folder}/grading/gradebook.db"

    def configure(self, text: str) -> None:
        """Adds lines to the configuration."""
        with (self.folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}\n")

    def use_database(self, url: str) -> None:
        """Another gradebook."""
        (self.folder / "db_url").write_text(url)
        self.configure(f"c.CourseDirectory.db_url = {url!r}")

    # What happens in it

    def generate(self, assignment: str) -> None:
        """`nbgrader generate_assignment`."""
        done = self.nbgrader("generate_assignment", assignment, "--force")
        assert done.returncode == 0, done.stdout

    def hand_in(self, student: str, answers: Answers = Answers(), when: str | None = None) -> None:
        """A student's answers to `counts`, in what was released."""
        parts = {"net_answer": answers.net, "share_answer": answers.share, "why": answers.why}
        self.hand_in_cells(student, "counts", {"counts": parts}, when)

    def hand_in_cells(
        self,
        student: str,
        assignment: str,
        cells: Mapping[str, Mapping[str, str | None]],
        when: str | None = None,
    ) -> None:
        """Answers by notebook and cell: a body is put under the head of its function, `None` is none."""
        folder = self.submitted(student, assignment)
        folder.mkdir(parents=True, exist_ok=True)
        for name, answers in cells.items():
            nb = nbformat.read(self.folder / "release" / assignment / f"{name}.ipynb", as_version=4)
            for cell in nb.cells:
                answer = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
                if answer is not None:
                    head = cell.source.partition("\n")[0]
                    cell.source = f"{head}\n{answer}" if answer.startswith("    ") else answer
            nbformat.write(nb, folder / f"{name}.ipynb")
        if when is not None:
            (folder / "timestamp.txt").write_text(when)

    def hand_in_class(self, students: Mapping[str, Answers] = CLASS) -> None:
        """Everybody's answers to `counts`."""
        for student, answers in students.items():
            self.hand_in(student, answers)

    def environment(self) -> dict[str, str]:
        """Of a command that runs in the course."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AUTOGRADER")}
        return {**kept, "AUTOGRADER_SEED": SEED, "JUPYTER_PLATFORM_DIRS": "1", "COLUMNS": "200"}

    def nbgrader(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One of nbgrader's own commands; what it says is all in `stdout`."""
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *words],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )

    def start_grading(self, *words: str, assignment: str = "counts") -> subprocess.Popen[str]:
        """`autograder grade`, in a session of its own, so that a signal reaches it alone."""
        return subprocess.Popen(
            [*COMMAND, "grade", *words, "--", assignment],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def grade(self, *words: str, assignment: str = "counts") -> subprocess.CompletedProcess[str]:
        """`autograder grade` to its end."""
        process = self.start_grading(*words, assignment=assignment)
        try:
            stdout, stderr = process.communicate(timeout=120)
        except BaseException:
            process.kill()
            process.wait()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def grade_here(
        self, sandbox: Sandbox, assignment: str = "counts", force: bool = False, students: Any = None
    ) -> dict[str, Row]:
        """The same in this process, in a sandbox that is there already: ten times faster than the command."""
        workers = Workers(lambda: ThreadPoolExecutor(2), sandbox, 4)
        classroom = Classroom(Course.open(self.folder), assignment)
        try:
            report = classroom.grade(workers, sandbox.furnishing, students, force)
        finally:
            classroom.close()
            workers.executor.shutdown()
        return {row.student: row for row in report.rows}

    def rows(self, *words: str, assignment: str = "counts") -> dict[str, dict[str, Any]]:
        """`autograder grade --json`: what happened to each student."""
        done = self.grade("--json", *words, assignment=assignment)
        assert done.returncode in (0, 3), done.stderr
        return {row["student"]: row for row in json.loads(done.stdout)["rows"]}

    # What came out

    def recorded(self) -> dict[str, set[tuple[Any, ...]]]:
        """What the gradebook says, table by table, without its ids, and without what the clock said."""
        return recorded(self.db_url)

    def graded_students(self) -> set[str]:
        """Who is in the journal; also while a run is at work."""
        engine = sa.create_engine(self.db_url, poolclass=sa.NullPool)
        if not sa.inspect(engine).has_table("autograder_journal"):
            return set()
        with engine.connect() as connection:
            return set(connection.exec_driver_sql("SELECT student FROM autograder_journal").scalars())

    def scores(self, assignment: str = "counts") -> dict[str, dict[str, float | None]]:
        """Automatic points by student and cell."""
        found: dict[str, dict[str, float | None]] = {}
        for row in self.recorded()["grade"]:
            if row[0] == assignment:
                found.setdefault(row[1], {})[row[3]] = row[4]
        return found

    def files(self) -> dict[str, bytes]:
        """What lies in the folder of graded notebooks, whatever it is, but for the lock."""
        top = self.folder / "grading" / "autograded"
        found: dict[str, bytes] = {}
        for place, folders, files in os.walk(top):
            here = Path(place).relative_to(top)
            found |= {str(here / name): b"" for name in folders}
            for name in files:
                # A run that is at work may just have taken it away.
                with suppress(FileNotFoundError):
                    found[str(here / name)] = Path(place, name).read_bytes()
        return {name: content for name, content in found.items() if name != ".grading"}

    def remove(self) -> None:
        """Deletes the course; what nbgrader has made read-only, too."""
        shutil.rmtree(self.folder)

    def write_sql(self, statement: str, **values: Any) -> int:
        """Changes the gradebook behind everybody's back; how many rows."""
        engine = sa.create_engine(self.db_url)
        try:
            with engine.begin() as connection:
                return connection.execute(sa.text(statement), values).rowcount
        finally:
            engine.dispose()


_GRADED = """
FROM submitted_notebook sn
JOIN submitted_assignment sa ON sa.id = sn.assignment_id
JOIN assignment a ON a.id = sa.assignment_id
JOIN notebook n ON n.id = sn.notebook_id
"""
_QUERIES = {
    "student": "SELECT id, first_name, last_name, email, lms_user_id FROM student",
    "submitted_assignment": "SELECT a.name, sa.student_id, sa.timestamp, sa.extension "
    "FROM submitted_assignment sa JOIN assignment a ON a.id = sa.assignment_id",
    "submitted_notebook": "SELECT a.name, sa.student_id, n.name, sn.flagged, sn.late_submission_penalty"
    + _GRADED,
    "grade": "SELECT a.name, sa.student_id, n.name, c.name, g.auto_score, g.manual_score, g.extra_credit, "
    f"g.needs_manual_grade {_GRADED} "
    "JOIN grade g ON g.notebook_id = sn.id JOIN base_cell c ON c.id = g.cell_id",
    "comment": "SELECT a.name, sa.student_id, n.name, c.name, c.type, m.auto_comment, m.manual_comment "
    f"{_GRADED} JOIN comment m ON m.notebook_id = sn.id JOIN base_cell c ON c.id = m.cell_id",
    "autograder_journal": "SELECT assignment, student, submission_hash, key_hash, engine_version, newest, "
    "sandboxed, score, files, attention, repairs FROM autograder_journal",
}


def recorded(db_url: str) -> dict[str, set[tuple[Any, ...]]]:
    """See `SmallCourse.recorded`. No row is there twice."""
    engine = sa.create_engine(db_url)
    found = {}
    try:
        there = sa.inspect(engine).get_table_names()
        with engine.connect() as connection:
            for table, query in _QUERIES.items():
                if table not in there:
                    continue
                rows = [tuple(map(_plain, row)) for row in connection.execute(sa.text(query))]
                found[table] = set(rows)
                assert len(rows) == len(found[table]), f"a row of {table} is there twice"
                number = connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar()
                assert number == len(rows), f"a row of {table} belongs to nothing"
    finally:
        engine.dispose()
    return found


def _plain(value: Any) -> Any:
    """A time as SQLite has it, which keeps durations as times, too."""
    if isinstance(value, timedelta):
        value = datetime(1970, 1, 1) + value
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


@pytest.fixture(scope="session")
def generated_course(tmp_path_factory: pytest.TempPathFactory, require: Callable[[str], None]) -> SmallCourse:
    """The course as it was generated, without hand-ins; not to be changed."""
    require("bubblewrap")
    course = SmallCourse(tmp_path_factory.mktemp("small"))
    shutil.copy(ROOT / "nbgrader_config.py", course.folder)
    course.configure(LIGHT)
    source = course.folder / "source"
    (source / "counts").mkdir(parents=True)
    nbformat.write(counts_notebook(), source / "counts" / "counts.ipynb")
    (source / "counts" / "key.py").write_text(KEY, encoding="utf-8")
    (source / "plain").mkdir()
    for name, nb in plain_notebooks().items():
        nbformat.write(nb, source / "plain" / f"{name}.ipynb")
    (source / "plain" / "table.csv").write_text("number\n1\n", encoding="utf-8")
    course.generate("counts")
    course.generate("plain")
    return course


@pytest.fixture(scope="session")
def warm_sandbox(require: Callable[[str], None]) -> Iterator[Sandbox]:
    """A sandbox as the small course asks for it."""
    require("bubblewrap")
    with Sandbox(Furnishing(warm=())) as running:
        yield running.wait()


@pytest.fixture(scope="session")
def to_postgresql(
    generated_course: SmallCourse, postgresql: Callable[[], str]
) -> Callable[[SmallCourse], None]:
    """`to_postgresql(course)`: the course's gradebook, without hand-ins, on a server."""
    first, office = postgresql(), postgresql()
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader starts `alembic` by its bare name.
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        copy_gradebook(generated_course.db_url, first)
    engine = sa.create_engine(office, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    numbers = count()

    def move(course: SmallCourse) -> None:
        name = f"gradebook_{next(numbers)}"
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {sa.make_url(first).database}")
        course.use_database(sa.make_url(first).set(database=name).render_as_string(hide_password=False))

    return move


def copy_gradebook(old: str, new: str) -> None:
    """All rows of a gradebook into an empty database."""
    Gradebook(new).close()
    source, target = (sa.create_engine(url, poolclass=sa.NullPool) for url in (old, new))
    with source.connect() as reading, target.begin() as writing:
        for table in Base.metadata.sorted_tables:
            rows = [row._asdict() for row in reading.execute(sa.select(table))]
            if rows:
                writing.execute(table.delete())
                writing.execute(table.insert(), rows)


@pytest.fixture
def course(generated_course: SmallCourse, tmp_path: Path) -> SmallCourse:
    """A course of the test's own, without hand-ins."""
    return copy_of(generated_course, tmp_path / "course")


def copy_of(course: SmallCourse, folder: Path) -> SmallCourse:
    """Another course that is the same."""
    shutil.copytree(course.folder, folder, symlinks=True)
    return SmallCourse(folder)


def wait_for(condition: Callable[[], object], seconds: float = 30.0, every: float = 0.002) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def descendants(pid: int) -> set[tuple[int, str]]:
    """The processes that a process started, and those that these started: id and time of birth."""
    found = set()
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found |= {(child, _born(child)), *descendants(child)}
    return found


def _born(pid: int) -> str:
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    # A zombie has ended; only nobody has asked yet how.
    return "" if state in "ZX" else rest[18]


def survivors(of: set[tuple[int, str]], seconds: float = 10.0) -> list[str]:
    """The command lines of those that are still there after a while."""

    def left() -> list[int]:
        return [pid for pid, born in of if born and _born(pid) == born]

    wait_for(lambda: not left(), seconds, every=0.02)
    return [Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode() for pid in left()]
