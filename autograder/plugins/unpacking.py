"""Zip and tar archives unpacked within limits. Knows nothing of who packed them, or what the files mean.

What leads out of the folder, a link or a device is left out, and so is a file that was packed too small to be
true. An archive that is damaged or too large is left out as a whole.
"""

from __future__ import annotations

import gzip
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from autograder.plugins.plain_files import TooLarge, copy_bytes

FREE_BYTES = 10 << 20  # so much may be packed as small as it likes


class NotUnpacked(Exception):
    """An archive was left out; one sentence."""


@dataclass
class Budget:
    """What may still be unpacked."""

    files: int
    bytes: int

    def take_file(self) -> None:
        """One file less; TooLarge when none is left."""
        self.files -= 1
        if self.files < 0:
            raise TooLarge("it holds too many files")


@dataclass(frozen=True)
class _Member:
    """One entry of an archive. `packed` is its size in the archive, where that is known."""

    name: str
    is_folder: bool
    reason: str
    size: int
    packed: int | None
    open: Callable[[], IO[bytes] | None]


def unpack(
    path: Path, folder: Path, budget: Budget, most_ratio: int, refuse: Callable[[str, str], None]
) -> list[Path]:
    """Unpacks an archive; returns the files that were written.

    Args:
        path: of the archive, zip, tar or tar.gz.
        folder: for its files.
        budget: what is used up is taken off.
        most_ratio: how many times larger than packed a file may be, if it is over `FREE_BYTES`.
        refuse: is told the name of each entry that is left out, and why.

    Raises:
        NotUnpacked: the archive is damaged or too large; nothing of it is left.
    """
    written: list[Path] = []
    try:
        with _members(path, budget, most_ratio) as members:
            for member in members:
                budget.take_file()
                reason = _why_refused(member, most_ratio) or _write(member, folder, budget, written)
                if reason:
                    refuse(member.name, reason)
    except Exception as error:  # a damaged archive raises almost anything
        for file in written:
            file.unlink()
        raise NotUnpacked(str(error) or type(error).__name__) from error
    return written


def _why_refused(member: _Member, most_ratio: int) -> str:
    if _place(member.name) is None:
        return "its name leads elsewhere"
    if member.packed is not None and member.size > max(FREE_BYTES, most_ratio * member.packed):
        return "it was packed too small to be true"
    return member.reason


def _place(name: str) -> PurePosixPath | None:
    """The path of an entry below the folder; `None` when it leads out of it."""
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or not place.parts or "\0" in name:
        return None
    return None if os.name == "nt" and ":" in name else place


def _write(member: _Member, folder: Path, budget: Budget, written: list[Path]) -> str:
    """Writes one entry; returns why it could not be written, such as a name that is there already."""
    path = folder / str(_place(member.name))
    try:
        if member.is_folder:
            path.mkdir(parents=True, exist_ok=True)
            return ""
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.open("xb")
    except OSError as error:
        return str(error.strerror)
    written.append(path)
    with target:
        source = member.open()
        if source is not None:
            with source:
                budget.bytes -= copy_bytes(source, target, budget.bytes)
    return ""


@contextmanager
def _members(path: Path, budget: Budget, most_ratio: int) -> Iterator[Iterator[_Member]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield (_zip_member(archive, info) for info in archive.infolist())
        return
    # A tar archive is packed as a whole, so the ratio limits the whole. Its headers count as well.
    most = min(budget.bytes, max(FREE_BYTES, most_ratio * path.stat().st_size))
    with path.open("rb") as file:
        stream: Any = gzip.GzipFile(fileobj=file) if file.peek(2)[:2] == b"\x1f\x8b" else file
        limited: Any = _Limited(stream, most)
        with tarfile.open(fileobj=limited, mode="r|") as tar:
            yield (_tar_member(tar, info) for info in tar)


class _Limited:
    """A stream that ends with TooLarge after so many bytes."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left = stream, most

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge("it holds more bytes than it may")
        return data


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Member:
    kind = stat.S_IFMT(info.external_attr >> 16)
    reason = "" if kind in (0, stat.S_IFREG, stat.S_IFDIR) else "it is a link or a device"
    if info.flag_bits & 1:
        reason = "it is locked with a password"
    size, packed = info.file_size, info.compress_size
    return _Member(info.filename, info.is_dir(), reason, size, packed, lambda: archive.open(info))


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> _Member:
    reason = "" if info.isreg() or info.isdir() else "it is a link or a device"
    return _Member(info.name, info.isdir(), reason, info.size, None, lambda: archive.extractfile(info))
