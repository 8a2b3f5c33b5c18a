"""Where a course keeps its things, as nbgrader is configured. Reads the configuration without nbgrader.

Importing nbgrader takes longer than grading a dozen submissions, and its configuration is one Python file.
"""

from __future__ import annotations

import fnmatch
import glob
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traitlets import TraitError
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.engine.settings import Engine

CONFIG_FILE = "nbgrader_config.py"
# nbgrader's own defaults.
IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")
STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"


class CourseFault(Exception):
    """The course cannot be graded as it stands; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Course:
    """Folders, gradebook and engine options of a course."""

    root: Path
    config: Config

    @classmethod
    def open(cls, root: Path) -> Course:
        """The course in a folder with `nbgrader_config.py`.

        Raises:
            CourseFault: there is none.
        """
        try:
            config = PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
        except ConfigFileNotFound:
            raise CourseFault(
                f"There is no {CONFIG_FILE} in {root}: run this in the course's folder, or name it: --root."
            ) from None
        except Exception as error:
            raise CourseFault(f"{root / CONFIG_FILE} cannot be used: {_told(error)}.") from None
        return cls.of(config, root)

    @classmethod
    def of(cls, config: Config, default_root: Path) -> Course:
        """The course that a configuration describes."""
        root = Path(str(config.CourseDirectory.get("root", default_root)))
        return cls((default_root / root).resolve(), config)

    def _setting(self, name: str, default: Any) -> Any:
        return self.config.CourseDirectory.get(name, default)

    @property
    def db_url(self) -> str:
        """The gradebook, as a SQLAlchemy URL."""
        return str(self._setting("db_url", f"sqlite:///{self.root / 'gradebook.db'}"))

    @property
    def engine(self) -> Engine:
        """The engine's options.

        Raises:
            CourseFault: one is of the wrong kind.
        """
        try:
            return Engine(config=self.config)
        except TraitError as error:
            raise CourseFault(f"{CONFIG_FILE} cannot be used: {error}") from None

    @property
    def ignored(self) -> tuple[str, ...]:
        """Patterns of file names that are never copied."""
        return tuple(self._setting("ignore", IGNORED))

    def is_ignored(self, name: str) -> bool:
        """Whether a file or folder name is one of those."""
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.ignored)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one step: source, release, submitted, autograded, feedback."""
        directory = str(self._setting(f"{step}_directory", step))
        structure = str(self._setting("directory_structure", STRUCTURE))
        return (
            self.root
            / structure.format(nbgrader_step=directory, student_id=student, assignment_id=assignment)
        ).resolve(strict=False)

    def submissions(self, assignment: str) -> dict[str, Path]:
        """The submitted folders by student, in order of their names. Links are not followed."""
        directory = str(self._setting("submitted_directory", "submitted"))
        structure = str(self._setting("directory_structure", STRUCTURE))
        parts = {"nbgrader_step": directory, "assignment_id": assignment}
        pattern = structure.format(student_id="\0", **parts)
        wanted = str(self.root / pattern)
        found = {}
        shape = re.compile(re.escape(wanted).replace(re.escape("\0"), "(?P<student>[^/]+)"), re.DOTALL)
        for name in glob.glob(glob.escape(wanted).replace("\0", "*")):
            match = shape.fullmatch(name)
            if match:
                found[match["student"]] = Path(name)
        return dict(sorted(found.items()))


def _told(error: Exception) -> str:
    """An error in the configuration, with the line in which it happened."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(CONFIG_FILE)
    ]
    place = f" (line {lines[-1]})" if lines else ""
    return f"{type(error).__name__}: {error}{place}"
