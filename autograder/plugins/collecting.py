"""nbgrader's ways of collecting, without links and within limits; set in `nbgrader_config.py`.

Knows nbgrader's exchange, hooks and plugins. How files are read is in `plain_files.py`, how archives are
unpacked in `unpacking.py`.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin
from traitlets import Integer
from traitlets.log import get_logger

from autograder.plugins.plain_files import (
    TooLarge,
    copy_plain_files,
    links_in,
    refused_in,
    replace_links,
    why_refused,
)
from autograder.plugins.unpacking import Budget, NotUnpacked, unpack

__all__ = ["CollectWithoutLinks", "SafeExtractor", "links_in", "refuse_links"]

USER_NAME = re.compile(r"\w[\w.@+ -]*")


def refuse_links(assignment: str, student: str, notebooks: list[str]) -> None:
    """Puts a note in the place of each link in one submission: for `c.Autograde.pre_convert_hook` only.

    nbgrader calls it before it copies a submission. `notebooks` are the paths of that submission's notebooks;
    `student` may be a pattern.

    Raises:
        SystemExit: a link could not be replaced. Any other exception would only be a line in nbgrader's log,
            and then it would follow the link.
    """
    for folder in sorted({Path(path).parent for path in notebooks}):
        try:
            replaced = replace_links(folder)
        except OSError as error:
            raise SystemExit(f"{folder} holds a link that could not be removed: {error}") from error
        for name, reason in replaced.items():
            get_logger().warning("Refused %s in %s: it was %s", ascii(name), folder, reason)


class CollectWithoutLinks(ExchangeCollect):
    """nbgrader's collect, without links: for `c.ExchangeFactory.collect`.

    A submission that is refused as a whole (a link, an impossible name or time) is named in the log, and an
    earlier one of that student is taken. It never stops the others.
    """

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Finds the submissions, and leaves out those that are refused as a whole."""
        super().init_src()
        for record in self.src_records:
            if "refused" in record:
                self.log.error("Refused %s: %s", ascii(record["filename"]), record["refused"])
        self.src_records = [record for record in self.src_records if "refused" not in record]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = os.path.basename(path)
        about = os.lstat(path)
        reason = why_refused(about, about.st_uid)
        if not reason:
            try:
                record: dict[str, Any] = super()._path_to_record(path)
            except (ExchangeError, ValueError, OverflowError):
                reason = "its name holds no time"
            else:
                if USER_NAME.fullmatch(record["username"]):
                    return record
                reason = "its name holds no user's name"
        # nbgrader takes the newest for each user name; under a name of its own this one displaces none.
        return {"username": name, "filename": name, "timestamp": datetime.min, "refused": reason}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copies one submission: first without its links to a private folder, then as nbgrader does."""
        with TemporaryDirectory() as private:
            plain = Path(private, "submission")
            try:
                refused = copy_plain_files(Path(src), plain, 1000 * self.coursedir.max_dir_size)
            except (OSError, TooLarge, RecursionError) as error:
                self.log.error("Did not collect %s: %s", ascii(src), error)
                return
            for name, reason in refused.items():
                self.log.warning("Refused %s in %s: it is %s", ascii(name), ascii(src), reason)
            super().do_copy(str(plain), dest, log)


class SafeExtractor(ExtractorPlugin):
    """nbgrader's extractor within limits: for `c.ZipCollectApp.extractor_plugin`.

    What is left out has a line in the log; everything else is extracted.
    """

    max_files = Integer(10_000, help="Most files in an archive.").tag(config=True)
    max_megabytes = Integer(2_000, help="Most megabytes in an archive.").tag(config=True)
    max_inner_megabytes = Integer(100, help="Most megabytes in an archive in an archive.").tag(config=True)
    max_ratio = Integer(200, help="How many times larger than packed a large file may be.").tag(config=True)
    max_depth = Integer(3, help="How deep archives may lie in archives.").tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Extracts every archive in a folder into another one, and copies all other files."""
        refused = refused_in(archive_path)
        for name, reason in refused.items():
            self.log.warning("Refused %s: it is %s", ascii(name), reason)
        for path in sorted(Path(archive_path).rglob("*")):
            inside = path.relative_to(archive_path)
            if inside.as_posix() in refused or not path.is_file():
                continue
            folder = Path(extracted_path) / inside.parent
            folder.mkdir(parents=True, exist_ok=True)
            if path.suffix in self.zip_ext:
                self._unpack(path, folder, 1, self._budget(self.max_megabytes))
            else:
                self.log.info("Copying from: %s", path)
                shutil.copyfile(path, folder / path.name)

    def _budget(self, megabytes: int) -> Budget:
        return Budget(self.max_files, megabytes << 20)

    def _unpack(self, path: Path, beside: Path, depth: int, budget: Budget) -> None:
        folder = beside / path.stem.removesuffix(".tar")
        self.log.info("Extracting from: %s", path)
        self.log.info("  Extracting to: %s", folder)

        def refuse(name: str, reason: str) -> None:
            self.log.warning("Refused %s in %s: %s", ascii(name), ascii(path.name), reason)

        try:
            written = unpack(path, folder, budget, self.max_ratio, refuse)
        except NotUnpacked as error:
            self.log.error("Did not extract %s: %s", ascii(str(path)), error)
            return
        for inner in written:
            if inner.suffix not in self.zip_ext:
                continue
            if depth < self.max_depth:
                # All that a student packed shares one budget, however it is nested.
                shared = self._budget(self.max_inner_megabytes) if depth == 1 else budget
                self._unpack(inner, inner.parent, depth + 1, shared)
            else:
                refuse(inner.name, f"it lies more than {self.max_depth} archives deep")
