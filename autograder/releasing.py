"""Makes the committed student versions: `release/` by nbgrader, and the self-checks of the lessons."""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config, PyFileConfigLoader

from autograder.authoring import KeyFault
from autograder.checker import CHECKS
from autograder.compiling import compile_assignment
from autograder.plugins.steps import write_text

LESSONS = "course"
# Lessons have no hidden checks; the seed draws nothing there.
LESSON_SEED = 0


def assignments(root: Path) -> list[str]:
    """The names of the assignments in `source/`, in order."""
    return sorted(path.parent.name for path in (root / "source").glob("*/key.py"))


def build(root: Path, target: Path) -> None:
    """Writes the student versions to `target/release` and the lessons' self-checks to `target/course`.

    Raises:
        KeyFault: an assignment cannot be compiled or generated.
    """
    for name in assignments(root):
        _generate(root, name, target / "release")
    if (root / LESSONS / "key.py").is_file():
        compiled = compile_assignment(root / LESSONS, LESSON_SEED)
        write_text(target / LESSONS / CHECKS, compiled.visible_json())


def _generate(root: Path, name: str, target: Path) -> None:
    """One assignment through nbgrader's GenerateAssignment, without the gradebook."""
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.release_directory = str(target)
    config.CourseDirectory.assignment_id = name
    app = NbGrader(config=config, log_level=logging.CRITICAL)
    # The configuration is complete; that of the current folder would be laid over it.
    app.load_config_file = lambda *args, **kwargs: None  # type: ignore[method-assign]
    app.initialize([])
    converter = GenerateAssignment(coursedir=app.coursedir, parent=app, no_database=True, force=True)
    converter.preprocessors = [
        step for step in converter.preprocessors if not str(step).endswith("SaveCells")
    ]
    problems = _Problems()
    app.log.addHandler(problems)
    try:
        converter.start()
    except (NbGraderException, SystemExit) as error:
        raise KeyFault(f"{name} cannot be generated: {problems.last or error}") from error
    finally:
        app.log.removeHandler(problems)


class _Problems(logging.Handler):
    """Keeps the last line of the first error with a traceback: it says what went wrong."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if record.levelno >= logging.ERROR and "Traceback" in text and not self.last:
            self.last = text.splitlines()[-1].strip()


def differences(root: Path) -> list[str]:
    """What in the committed student versions differs from a fresh build, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        build(root, fresh)
        return _all_differences(root, fresh)


def _all_differences(root: Path, fresh: Path) -> list[str]:
    return [*_compare(root, fresh, "release"), *_compare(root, fresh, LESSONS, only=CHECKS)]


def _compare(root: Path, fresh: Path, part: str, only: str | None = None) -> list[str]:
    def files(base: Path) -> dict[str, bytes]:
        paths = [base / part / only] if only else sorted((base / part).rglob("*"))
        return {
            str(path.relative_to(base)): path.read_bytes()
            for path in paths
            if path.is_file() and ".ipynb_checkpoints" not in path.parts
        }

    committed, made = files(root), files(fresh)
    rows = [f"{name} is missing" for name in sorted(made.keys() - committed.keys())]
    rows += [f"{name} does not belong there" for name in sorted(committed.keys() - made.keys())]
    rows += [
        f"{name} is out of date"
        for name in sorted(made.keys() & committed.keys())
        if made[name] != committed[name]
    ]
    return rows


def release(root: Path) -> list[str]:
    """Regenerates the student versions in place; the names of the files that changed."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        build(root, fresh)
        changed = _all_differences(root, fresh)
        if (fresh / "release").is_dir():
            shutil.rmtree(root / "release", ignore_errors=True)
            shutil.copytree(fresh / "release", root / "release")
        if (fresh / LESSONS / CHECKS).is_file():
            shutil.copyfile(fresh / LESSONS / CHECKS, root / LESSONS / CHECKS)
    return changed
