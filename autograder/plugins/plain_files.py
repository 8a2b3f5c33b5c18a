"""Folders of other people, read without following anything in them. Knows files; no archives, no nbgrader.

A link in a submission can name any file that the instructor may read. So a link, a pipe, a device or a second
name of somebody else's file (a hard link) is never opened: a note takes its place.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import IO

NOTE = "This was {reason}. It was refused: hand in the file itself.\n"
MOST_FILES = 10_000
CHUNK = 1 << 20


class TooLarge(Exception):
    """A folder or an archive holds more than it may; one sentence."""


def links_in(folder: Path | str) -> list[str]:
    """Paths in a folder, relative to it, of everything that is neither a folder nor an ordinary file.

    Nothing is followed or opened. "." is the folder itself. A file with a second name counts when its owner
    is not the owner of the folder, and a folder when it cannot be read.
    """
    return list(refused_in(folder))


def refused_in(folder: Path | str) -> dict[str, str]:
    """The same as `links_in`, each with what it is, in words."""
    top = Path(folder)
    about = top.lstat()
    if not stat.S_ISDIR(about.st_mode):
        return {".": why_refused(about, about.st_uid) or "a file, and no folder"}
    found: dict[str, str] = {}
    waiting = [top]
    while waiting:
        inside = waiting.pop()
        try:
            paths = sorted(inside.iterdir())
        except PermissionError:
            found[inside.relative_to(top).as_posix()] = "a folder that cannot be read"
            continue
        for path in paths:
            status = path.lstat()
            reason = why_refused(status, about.st_uid)
            if reason:
                found[path.relative_to(top).as_posix()] = reason
            elif stat.S_ISDIR(status.st_mode):
                waiting.append(path)
    return found


def why_refused(about: os.stat_result, owner: int) -> str:
    """What is wrong with a file, in words; empty for folders and ordinary files.

    Args:
        about: from `lstat` or `fstat`.
        owner: number of the user to whom the whole folder belongs.
    """
    if stat.S_ISLNK(about.st_mode):
        return "a symbolic link"
    if stat.S_ISDIR(about.st_mode):
        return ""
    if not stat.S_ISREG(about.st_mode):
        return "a pipe, a socket or a device"
    return "a second name of another user's file" if about.st_nlink > 1 and about.st_uid != owner else ""


def replace_links(folder: Path) -> dict[str, str]:
    """Puts a note in the place of each link; returns what was replaced, and why.

    Raises:
        OSError: one could not be replaced.
    """
    replaced = {}
    for name, reason in refused_in(folder).items():
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            continue  # it cannot be read, so nobody can copy it either
        # Whoever handed in the folder may have taken away the right to write in it.
        path.parent.chmod(path.parent.stat().st_mode | stat.S_IRWXU)
        path.unlink()
        _write_note(path, reason)
        replaced[name] = reason
    return replaced


def copy_plain_files(source: Path, target: Path, most_bytes: int) -> dict[str, str]:
    """Copies a folder, with a note in the place of each link; returns what was refused, and why.

    Its owner may exchange a file for a link at any moment, so each file is judged again once it is open.

    Raises:
        OSError: the folder is a link, or cannot be read.
        TooLarge: it holds more than `most_bytes`, or very many files.
    """
    about = source.lstat()
    if not stat.S_ISDIR(about.st_mode):
        raise OSError(f"it is {why_refused(about, about.st_uid) or 'a file, and no folder'}")
    os.listdir(source)  # fails if it cannot be read; a folder inside is left out then
    refused: dict[str, str] = {}
    files, left = 0, most_bytes
    target.mkdir()

    def unreadable(error: OSError) -> None:
        refused[str(error.filename)] = "a folder that cannot be read"

    for place, folders, names, opened in os.fwalk(source, onerror=unreadable):
        inside = Path(place).relative_to(source)
        for name in sorted([*folders, *names]):
            files += 1
            if files > MOST_FILES:
                raise TooLarge(f"it holds more than {MOST_FILES} files")
            path = target / inside / name
            try:
                if name in folders and stat.S_ISDIR(_status(name, opened).st_mode):
                    path.mkdir()
                else:
                    left -= _copy_file(name, opened, path, about.st_uid, left)
            except OSError as error:
                reason = error.args[0] if isinstance(error, _Refused) else "a file that cannot be read"
                refused[(inside / name).as_posix()] = reason
                _write_note(path, reason)
    return refused


class _Refused(OSError):
    pass


def _status(name: str, folder: int) -> os.stat_result:
    return os.stat(name, dir_fd=folder, follow_symlinks=False)


def _copy_file(name: str, folder: int, path: Path, owner: int, most: int) -> int:
    """Copies one file out of an open folder; returns its size."""
    reason = why_refused(_status(name, folder), owner)  # before: to open a device may have effects
    if reason:
        raise _Refused(reason)
    number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with os.fdopen(number, "rb") as source:
        reason = why_refused(os.fstat(number), owner)
        if reason:
            raise _Refused(reason)
        with path.open("xb") as target:
            return copy_bytes(source, target, most)


def copy_bytes(source: IO[bytes], target: IO[bytes], most: int) -> int:
    """Copies a stream to its end; returns the number of bytes.

    Raises:
        TooLarge: there are more than `most`.
    """
    size = 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise TooLarge("it holds more bytes than it may")
        target.write(chunk)
    return size


def _write_note(path: Path, reason: str) -> None:
    path.unlink(missing_ok=True)  # what was copied before reading failed
    with path.open("x", encoding="utf-8") as note:
        note.write(NOTE.format(reason=reason))
