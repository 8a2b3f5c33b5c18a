"""What one student handed in: the bytes of regular files, and nothing that a name could lead to.

Links, devices and pipes are never opened. Knows nothing of what the files mean.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

MOST_FILES = 2000
MOST_SENTENCES = 20
DEEPEST_FOLDER = 20
LONGEST_STUDENT = 128  # the column in nbgrader's gradebook
TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Submission:
    """One submission.

    Attributes:
        student: id, the name of the folder.
        assignment: name.
        files: content, base64, by relative path.
        refused: sentences about what was left out.
        hash: of everything that was handed in; another one means graded again.
        timestamp: when it was handed in (UTC, ISO format), as the hand-in itself says.
    """

    student: str
    assignment: str
    files: dict[str, str]
    refused: tuple[str, ...]
    hash: str
    timestamp: str | None = None

    @property
    def data(self) -> bytes:
        """As JSON, for a worker."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_data(cls, data: bytes) -> Submission:
        """Back from `data`."""
        plain = json.loads(data)
        return cls(**{**plain, "refused": tuple(plain["refused"])})

    def content(self, name: str) -> bytes:
        """A file's bytes."""
        return base64.b64decode(self.files[name])


def read_submission(
    folder: Path, student: str, assignment: str, is_ignored: Callable[[str], bool], most_mb: int
) -> Submission:
    """Reads a folder as it was handed in.

    Args:
        folder: of the submission.
        student: id.
        assignment: name.
        is_ignored: tells which names of files and folders are never looked at.
        most_mb: of all files together; what goes beyond is left out, notebooks last.
    """
    refused: list[str] = []
    paths = list(_regular_files(folder, "", is_ignored, refused))
    digest = hashlib.sha256()
    files: dict[str, str] = {}
    left = most_mb << 20
    for name in sorted(paths, key=lambda name: (not name.endswith(".ipynb"), name))[:MOST_FILES]:
        content = _read_regular(folder / name, left)
        if content is None:
            refused.append(f"{shown(name)} was left out: the submission is larger than {most_mb} MB")
            continue
        left -= len(content)
        digest.update(f"{len(name)} {len(content)} ".encode() + name.encode() + content)
        files[name] = base64.b64encode(content).decode()
    if len(paths) > MOST_FILES:
        refused.append(f"{len(paths) - MOST_FILES} files were left out: there are more than {MOST_FILES}")
    digest.update(json.dumps(refused).encode())
    if len(refused) > MOST_SENTENCES:
        more = len(refused) - MOST_SENTENCES
        refused = [*refused[:MOST_SENTENCES], f"and {more} more files were left out"]
    timestamp, fault = _timestamp(base64.b64decode(files.get(TIMESTAMP, "")))
    if fault:
        refused.append(fault)
    return Submission(student, assignment, files, tuple(refused), digest.hexdigest(), timestamp)


def _regular_files(
    folder: Path, prefix: str, is_ignored: Callable[[str], bool], refused: list[str]
) -> list[str]:
    found: list[str] = []
    if not prefix and folder.is_symlink():
        refused.append("the submitted folder is a link, and was not followed")
        return []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        refused.append(f"{shown(prefix) or 'the folder'} cannot be read: {error.strerror}")
        return []
    for entry in entries:
        name = prefix + entry.name
        if is_ignored(entry.name):
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if not _is_text(name):
            refused.append(f"{shown(name)} was left out: its name is not text")
        elif stat.S_ISDIR(mode) and prefix.count("/") >= DEEPEST_FOLDER:
            refused.append(f"{shown(name)} was left out: folders are nested too deep")
        elif stat.S_ISDIR(mode):
            found += _regular_files(folder / entry.name, f"{name}/", is_ignored, refused)
        elif stat.S_ISREG(mode):
            found.append(name)
        else:
            kind = "a link" if stat.S_ISLNK(mode) else "no regular file"
            refused.append(f"{shown(name)} is {kind}, and was refused")
    return found


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_student(name: str) -> bool:
    """Whether a folder's name can be a student's id in the gradebook."""
    return _is_text(name) and len(name) <= LONGEST_STUDENT


def shown(name: str) -> str:
    """A file's name as one line of plain characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[:120]


def _read_regular(path: Path, most: int) -> bytes | None:
    """The bytes of a file that is regular also now; `None` if it is not, or larger."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with open(number, "rb") as file:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode) or about.st_size > most:
            return None
        content = file.read(most + 1)
    return content if len(content) <= most else None


def _timestamp(content: bytes) -> tuple[str | None, str]:
    """The time in `timestamp.txt` as nbgrader reads it, and what is wrong with it."""
    text = content.decode("utf-8", "replace").strip()
    if not text:
        return None, ""
    from dateutil import parser

    words = text[:100].split(" ")
    try:
        zones = {}
        if len(words) == 3:
            zones = {"TZ": _zone(words[2])}
            words[2] = "TZ"
        when = parser.parse(" ".join(words), tzinfos=zones)
        when = when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
    except (ValueError, OverflowError, TypeError):
        return None, f"{TIMESTAMP} holds no time: the hand-in counts as not late"
    return when.isoformat(), ""


def _zone(name: str) -> Any:
    """A time zone by its name or its seconds from UTC, as nbgrader allows; never a file of this machine."""
    from dateutil import tz

    if re.fullmatch(r"[+-]?\d{1,6}", name):
        return int(name)
    return tz.gettz(name) if re.fullmatch(r"[A-Za-z][\w+-]*(/[A-Za-z][\w+-]*)*", name) else None
