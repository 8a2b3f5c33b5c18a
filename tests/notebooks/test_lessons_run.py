"""Every lesson, and every assignment with its solutions, runs in time and without a hidden error."""

import tomllib
from pathlib import Path

import pytest

from tests.notebooks.widget_errors import execute, faults

ROOT = Path(__file__).resolve().parents[2]
LESSON_SECONDS = 20
ASSIGNMENT_SECONDS = 30


def notebooks(pattern: str, listed: str) -> list[str]:
    """Paths of what is there and of what the syllabus lists, so that a lost notebook is not overlooked."""
    modules = tomllib.loads((ROOT / "course" / "syllabus.toml").read_text(encoding="utf-8"))["module"]
    there = {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern)}
    expected = {
        listed.format(**module) for module in modules if "lesson" in module and "assignment" in module
    }
    return sorted(there | expected)


def run_in_time(path: Path, seconds: float) -> None:
    assert path.exists(), "the syllabus lists this notebook, and it is not there"
    run = execute(path)
    found = faults(run.notebook)
    assert not found, "\n".join(found)
    assert run.seconds < seconds


LESSONS = notebooks("course/*.ipynb", "course/{lesson}")
ASSIGNMENTS = notebooks("source/*/*.ipynb", "source/{assignment}/{assignment}.ipynb")


@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs(name):
    run_in_time(ROOT / name, LESSON_SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_an_assignment_runs_with_its_solutions(name):
    run_in_time(ROOT / name, ASSIGNMENT_SECONDS)


def test_there_are_lessons_and_assignments():
    assert LESSONS
    assert ASSIGNMENTS
