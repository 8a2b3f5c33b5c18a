"""A course that is attacked: made once, graded once, with something to steal and someone to listen."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.corpus import ASSIGNMENT, SOURCE, Corpus, Expected, Probe, load_probes

ROOT = Path(__file__).resolve().parents[2]
SEED = "20260115"
# Short limits, so that what is stopped is stopped soon.
LIMITS = {
    "cell_seconds": 2.0,
    "submission_seconds": 20.0,
    "cpu_seconds": 8.0,
    "memory_mb": 256,
    "disk_mb": 50,
    "file_mb": 20,
}
JOBS = 2
SECONDS = 300
WITNESS = "import os\n\nprint('walls:', not os.path.exists('__HOME__/planted.txt'))"


@dataclass(frozen=True)
class Graded:
    """What is known of one submission after grading: its row, its scores, its graded notebook."""

    row: Mapping[str, Any]
    auto: Mapping[str, float | None]
    manual: Mapping[str, float | None]
    by_hand: Mapping[str, bool]
    comments: str
    notebook: Mapping[str, Any] | None
    size: int


@dataclass
class Attacked:
    """The course after all probes were graded in it."""

    root: Path
    home: Path
    secret: str
    mark: str
    hidden_inputs: set[str] = field(repr=False)
    finished: subprocess.CompletedProcess[str] = field(repr=False)
    seconds: float
    heard: list[bytes]
    before: dict[str, str] = field(repr=False)
    peak_mb: float
    graded: dict[str, Graded] = field(default_factory=dict, repr=False)


def honest(name: str, hand_in: Mapping[str, Any]) -> Probe:
    """A classmate who knows of nothing."""
    return Probe(name, "class", "A classmate.", hand_in, Expected(attention="", repairs=""))


CLASSMATES = {
    "anna": {"edits": [{"op": "append", "source": WITNESS}], "cells": {"why": "Groups differ: __SECRET__."}},
    "zoë van dijk": {"cells": {"mean": "import statistics\n\nmean = statistics.fmean"}},
    "zz-last": {},
}


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory, require: Callable[[str], None]) -> Iterator[Attacked]:
    """All probes and their classmates, graded by one command.

    The hostile ones are only written after an honest submission has told that it sees walls around it.
    """
    require("bubblewrap")
    root, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    secret, mark = f"planted-{secrets.token_hex(12)}", f"hostile-{secrets.token_hex(6)}"
    probes = load_probes()
    with Listeners(home) as listeners:
        environment = _environment(home, secret)
        places = {"COURSE": str(root), "HOME": str(home), "SECRET": secret, "MARK": mark, **listeners.places}
        _make_course(root, home, secret, environment)
        released = json.loads((root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text("utf-8"))
        corpus = Corpus(released, places)
        for name, hand_in in CLASSMATES.items():
            corpus.write(honest(name, hand_in), root / "grading" / "submitted" / name / ASSIGNMENT)
        _grade(root, environment, "--student", "anna")
        witness = _notebook(root, "anna")
        if witness is None or "walls: True" not in json.dumps(witness):
            pytest.fail("an honest submission sees the instructor's home: the hostile ones are not run")
        for probe in probes:
            corpus.write(probe, root / "grading" / "submitted" / probe.student / ASSIGNMENT)
        _give_points_before(root, probes)
        before = fingerprints(root, home)
        began = time.monotonic()
        finished = _grade(root, environment)
        seconds = time.monotonic() - began
        time.sleep(1)
    attacked = Attacked(
        root=root,
        home=home,
        secret=secret,
        mark=mark,
        hidden_inputs=_hidden_inputs(root),
        finished=finished,
        seconds=seconds,
        heard=listeners.heard,
        before=before,
        peak_mb=int((root / "grading" / "peak").read_text()) / 1024,
    )
    rows = json.loads(finished.stdout)["rows"] if finished.returncode in (0, 3) else []
    for row in rows:
        attacked.graded[row["student"]] = _graded(root, row)
    yield attacked
    # Python's own way to remove a folder stumbles over the deep ones.
    subprocess.run(["rm", "-rf", str(root), str(home)], check=False)


class Listeners:
    """Sockets of the instructor's machine, and everything that was sent to them."""

    def __init__(self, home: Path) -> None:
        self.heard: list[bytes] = []
        abstract = f"hostile-{secrets.token_hex(6)}"
        self._sockets = [
            _bound(socket.AF_INET, ("127.0.0.1", 0)),
            _bound(socket.AF_INET6, ("::1", 0)) if socket.has_ipv6 else None,
            _bound(socket.AF_UNIX, f"\0{abstract}") if sys.platform == "linux" else None,
            _bound(socket.AF_UNIX, str(home / "listener")),
        ]
        ports = [str(one.getsockname()[1]) if one else "9" for one in self._sockets[:2]]
        self.places = {"PORT4": ports[0], "PORT6": ports[1], "ABSTRACT": abstract}

    def __enter__(self) -> Listeners:
        for listener in filter(None, self._sockets):
            listener.listen()
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()
        return self

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(1)
            try:
                self.heard.append(b"connected: " + connection.recv(1000))
            except OSError:
                self.heard.append(b"connected")

    def __exit__(self, *error: object) -> None:
        for listener in filter(None, self._sockets):
            listener.close()


def _bound(family: int, address: Any) -> socket.socket | None:
    made = socket.socket(family)
    try:
        made.bind(address)
    except OSError:
        return None
    return made


def _environment(home: Path, secret: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("LANG", "LC_ALL", "TMPDIR")}
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {
        "LANG": "C.UTF-8",
        **kept,
        "PATH": programs,
        "HOME": str(home),
        "AUTOGRADER_SEED": SEED,
        "INSTRUCTOR_TOKEN": secret,
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def _make_course(root: Path, home: Path, secret: str, environment: Mapping[str, str]) -> None:
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    settings += "".join(f"c.Engine.{name} = {value}\n" for name, value in LIMITS.items())
    (root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    shutil.copytree(SOURCE, root / "source" / ASSIGNMENT)
    key = root / "source" / ASSIGNMENT / "key.py"
    key.write_text(f"{key.read_text(encoding='utf-8')}\n# {secret}\n", encoding="utf-8")
    (home / "planted.txt").write_text(secret)
    (home / ".netrc").write_text(f"machine example.org password {secret}\n")
    _run(["-m", "nbgrader", "generate_assignment", ASSIGNMENT], root, environment)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'grading' / 'gradebook.db'}", "marketing4") as gradebook:
        gradebook.update_or_create_student("anna", last_name=secret)


def _give_points_before(root: Path, probes: list[Probe]) -> None:
    """Grades that were in the gradebook before: of an earlier run, and by hand."""
    from nbgrader.api import Gradebook

    with (
        warnings.catch_warnings(),
        Gradebook(f"sqlite:///{root / 'grading' / 'gradebook.db'}", "marketing4") as gradebook,
    ):
        warnings.simplefilter("ignore")
        for probe in probes:
            given = probe.hand_in.get("before")
            if not given:
                continue
            gradebook.update_or_create_student(probe.student)
            gradebook.add_submission(ASSIGNMENT, probe.student)
            for kind in ("auto", "manual"):
                for name, points in given.get(kind, {}).items():
                    grade = gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, probe.student)
                    setattr(grade, f"{kind}_score", float(points))
                    grade.needs_manual_grade = False
            gradebook.db.commit()


# The command, which at its very end writes down how much memory its largest process had.
COMMAND = """
import atexit, pathlib, resource

def remember():
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pathlib.Path("grading/peak").write_text(str(peak))

atexit.register(remember)
from autograder.cli import main
main()
"""


def _grade(root: Path, environment: Mapping[str, str], *more: str) -> subprocess.CompletedProcess[str]:
    command = ["-c", COMMAND, "grade", ASSIGNMENT, "--json", "--jobs", str(JOBS), *more]
    return _run(command, root, environment, codes=(0, 3))


def _run(
    command: list[str], folder: Path, environment: Mapping[str, str], codes: tuple[int, ...] = (0,)
) -> subprocess.CompletedProcess[str]:
    finished = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if finished.returncode not in codes:
        told = (finished.stderr or finished.stdout)[-3000:]
        pytest.fail(f"{' '.join(command[-5:])} ended with {finished.returncode}: {told}", pytrace=False)
    return finished


def fingerprints(root: Path, home: Path) -> dict[str, str]:
    """Of everything that grading must not change: sources, release, hidden checks, hand-ins, the home."""
    found = {}
    for folder in (root / "source", root / "release", root / "grading" / "hidden", home):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    for name in CLASSMATES:
        path = root / "grading" / "submitted" / name / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    found["course"] = " ".join(sorted(path.name for path in root.iterdir()))
    return found


def _hidden_inputs(root: Path) -> set[str]:
    """The numbers that only hidden checks have, as text."""
    found: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, int) and 7_000_000 <= value < 8_000_000:
            found.add(str(value))

    collect(json.loads((root / "grading" / "hidden" / f"{ASSIGNMENT}.json").read_text(encoding="utf-8")))
    assert len(found) > 10
    return found


def _notebook(root: Path, student: str) -> dict[str, Any] | None:
    path = root / "grading" / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


QUERY = """
select base_cell.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade
from grade
join base_cell on base_cell.id = grade.cell_id
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
where submitted_assignment.student_id = ?
"""
COMMENTS = """
select comment.auto_comment from comment
join submitted_notebook on submitted_notebook.id = comment.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
where submitted_assignment.student_id = ?
"""


def _graded(root: Path, row: Mapping[str, Any]) -> Graded:
    student = row["student"]
    book = sqlite3.connect(f"file:{root / 'grading' / 'gradebook.db'}?mode=ro", uri=True)
    try:
        rows = book.execute(QUERY, (student,)).fetchall()
        comments = [str(text) for (text,) in book.execute(COMMENTS, (student,)) if text]
    finally:
        book.close()
    path = root / "grading" / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    return Graded(
        row=row,
        auto={name: auto for name, auto, _, _ in rows},
        manual={name: manual for name, _, manual, _ in rows},
        by_hand={name: bool(needed) for name, _, _, needed in rows},
        comments="\n".join(comments),
        notebook=_notebook(root, student),
        size=path.stat().st_size if path.is_file() else 0,
    )
