"""The hostile corpus as data: reads the probes, and writes each as a student's submission.

It knows what a probe hands in and which verdict is expected; it grades nothing and runs nothing of a probe.
"""

from __future__ import annotations

import copy
import json
import os
import re
import socket
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ASSIGNMENT = "defence"
SOURCE = HERE / "course" / "source" / ASSIGNMENT
PAYLOADS = HERE / "probes" / "payloads"
POINTS = {"double": 6.0, "mean": 3.0, "total": 2.0, "plain_test": 2.0}
SUBMITTED_AT = "2026-01-15 10:00:00 UTC"

Notebook = dict[str, Any]
Cell = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """What a correct grader does with a probe.

    Attributes:
        scores: automatic points per graded cell, exact or as the lowest and the highest; all others in full.
        manual: points given by hand that must still be there.
        graded: whether there is a notebook that can be graded; if not, nothing is earned and it is reported.
        attention: words of a sentence for the instructor; "*" any sentence, "" none, `None` not looked at.
        repairs: the same for the list of repairs.
        shows: text that must be among the outputs, as a proof that the probe did what it says.
        never: texts that must not be among outputs and comments.
        bytes: largest size of the graded notebook.
        seconds: longest time of its grading.
    """

    scores: Mapping[str, float | list[float]] = field(default_factory=dict)
    manual: Mapping[str, float] = field(default_factory=dict)
    graded: bool = True
    attention: str | None = None
    repairs: str | None = None
    shows: str = ""
    never: tuple[str, ...] = ()
    bytes: int = 10_000_000
    seconds: float = 28.0

    def span(self, name: str) -> tuple[float, float]:
        """The lowest and the highest points of a graded cell that are right."""
        wanted = self.scores.get(name, POINTS[name] if self.graded else 0.0)
        return (wanted[0], wanted[1]) if isinstance(wanted, list) else (wanted, wanted)


@dataclass(frozen=True)
class Probe:
    """One submission, hostile or honest, with the verdict that is expected.

    Attributes:
        name: a statement in short; the student is `probe-<name>`.
        group: the file it stands in.
        sentence: what it tries, and why it must not work.
        hand_in: what is handed in: `cells`, `edits`, `raw`, `files` … as in the README of this folder.
        expected: the verdict.
        secret: whether it searches for the planted secret.
        promised: whether the grader promises this verdict. If not, only the effect on all others is.
    """

    name: str
    group: str
    sentence: str
    hand_in: Mapping[str, Any]
    expected: Expected
    secret: bool = False
    promised: bool = True

    @property
    def student(self) -> str:
        """The id of the student who hands it in."""
        return f"probe-{self.name}"


_HAND_IN = (
    "cells",
    "edits",
    "raw",
    "files",
    "links",
    "hardlinks",
    "special",
    "holes",
    "many",
    "deep",
    "raw_names",
    "shadow",
    "notebook",
    "timestamp",
    "released",
    "before",
)


def load_probes(folder: Path = HERE / "probes") -> list[Probe]:
    """All probes, in the order of their files.

    Raises:
        ValueError: a probe has a key that nobody reads, or two have the same name.
    """
    probes = []
    for path in sorted(folder.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            probes.append(_probe(path.stem, name, table))
    names = [probe.name for probe in probes]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"the name of a probe must be its own, got twice: {', '.join(sorted(twice))}")
    return probes


def _probe(group: str, name: str, table: Mapping[str, Any]) -> Probe:
    wanted = dict(table.get("expected", {}))
    wanted["never"] = tuple(wanted.get("never", ()))
    if group == "honest":
        # Honest work is never worth a word.
        wanted = {"attention": "", "repairs": ""} | wanted
    unread = table.keys() - {"sentence", "expected", "secret", "promised", *_HAND_IN}
    unread |= wanted.keys() - Expected.__dataclass_fields__.keys()
    unread |= wanted.get("scores", {}).keys() - POINTS.keys()
    if unread:
        raise ValueError(f"{group}.{name}: nobody reads {', '.join(sorted(unread))}")
    return Probe(
        name=name,
        group=group,
        sentence=table["sentence"],
        hand_in={key: table[key] for key in _HAND_IN if key in table},
        expected=Expected(**wanted),
        secret=table.get("secret", False),
        promised=table.get("promised", True),
    )


class Corpus:
    """Writes submissions of one released assignment.

    Args:
        released: the notebook as it was given out.
        places: texts for `__NAME__` in the code of probes: where the instructor keeps what.
    """

    def __init__(self, released: Notebook, places: Mapping[str, str]) -> None:
        self._released = released
        self._places = dict(places)
        self._made = 0
        self._answers = _solutions(json.loads((SOURCE / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")))

    def notebook(self, probe: Probe) -> Notebook:
        """The notebook of a probe, before `raw` spoils its file."""
        nb = copy.deepcopy(self._released)
        answers = {} if probe.hand_in.get("released") else dict(self._answers)
        for exercise, code in probe.hand_in.get("cells", {}).items():
            answers[exercise if exercise == "why" else f"{exercise}_answer"] = self._code(code)
        for cell in nb["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in answers:
                cell["source"] = answers[name]
        for edit in probe.hand_in.get("edits", []):
            self._edit(nb, edit)
        return nb

    def write(self, probe: Probe, folder: Path) -> None:
        """Writes the submission of a probe into a new folder."""
        folder.mkdir(parents=True)
        name = probe.hand_in.get("notebook", f"{ASSIGNMENT}.ipynb")
        if name:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_spoiled(self.notebook(probe), probe.hand_in.get("raw", {})))
        timestamp = probe.hand_in.get("timestamp", SUBMITTED_AT)
        files = {"timestamp.txt": timestamp} if timestamp else {}
        for name, text in {**files, **probe.hand_in.get("files", {})}.items():
            if name == "timestamp.txt/a":
                (folder / "timestamp.txt").unlink()
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._filled(text), encoding="utf-8", newline="")
        self._write_odd_files(probe.hand_in, folder)

    def _write_odd_files(self, hand_in: Mapping[str, Any], folder: Path) -> None:
        for name, target in hand_in.get("links", {}).items():
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(self._filled(target))
        for name, target in hand_in.get("hardlinks", {}).items():
            (folder / name).hardlink_to(self._filled(target))
        for name, kind in hand_in.get("special", {}).items():
            if kind == "pipe":
                os.mkfifo(folder / name)
            else:
                _socket_file(folder, name)
        for name, size in hand_in.get("holes", {}).items():
            with (folder / name).open("wb") as file:
                file.truncate(size)
        many = hand_in.get("many", {"count": 0, "name": ""})
        for number in range(many["count"]):
            path = folder / many["name"].format(number)
            if "link" in many:
                path.symlink_to(many["link"])
            else:
                path.write_bytes(b"1")
        for name in hand_in.get("raw_names", []):
            Path(os.fsdecode(os.fsencode(folder) + b"/" + bytes.fromhex(name))).write_bytes(b"1")
        for name in hand_in.get("shadow", []):
            (folder / f"{name}.py").write_text("print('a shadow was ' + 'imported')\n")
        place = str(folder)
        for _ in range(hand_in.get("deep", 0)):
            place += "/d"
            os.mkdir(place)
        if place != str(folder):
            Path(place, "deepest.txt").write_bytes(b"1")

    def _filled(self, text: str, more: Mapping[str, str] | None = None) -> str:
        known = {**self._places, **(more or {})}
        return re.sub(r"__([A-Z0-9]+)__", lambda found: known.get(found[1], found[0]), text)

    def _code(self, code: str | Mapping[str, Any]) -> str:
        """The code of a cell: as it stands in the probe, or a payload with its blanks filled."""
        if isinstance(code, str):
            return self._filled(code.strip("\n"))
        text = (PAYLOADS / code["file"]).read_text(encoding="utf-8")
        filled = self._filled(text, {key: value for key, value in code.items() if key.isupper()})
        return f"{code['as_text']} = {filled!r}" if "as_text" in code else filled

    def _edit(self, nb: Notebook, edit: Mapping[str, Any]) -> None:
        """One operation on the notebook; a cell is named by its grade_id, or by its id when it has none."""
        cells = nb["cells"]
        kind = edit["op"]
        if kind == "insert":
            beside = edit.get("after") or edit["before"]
            place = _place(cells, beside) + ("after" in edit) + bool(edit.get("last"))
            cells[place:place] = self._new_cells(edit)
        elif kind == "append":
            cells += self._new_cells(edit)
        elif kind == "delete":
            del cells[_place(cells, edit["cell"])]
        elif kind == "keep":
            cells[:] = [cell for cell in cells if _names(cell) & set(edit["cells"])]
        elif kind == "copy":
            copied = copy.deepcopy(cells[_place(cells, edit["cell"])])
            copied["id"] = f"{copied['id']}-copy"
            cells.insert(_place(cells, edit["after"]) + 1, copied)
        elif kind == "move":
            moved = cells.pop(_place(cells, edit["cell"]))
            cells.insert(_place(cells, edit["before"]), moved)
        elif kind == "reverse":
            cells.reverse()
        elif kind == "retype":
            _retype(cells[_place(cells, edit["cell"])], edit["to"])
        elif kind == "set":
            value = None if edit.get("null") else self._value(edit["value"])
            _set(cells[_place(cells, edit["cell"])] if "cell" in edit else nb, edit["path"], value)
        elif kind == "drop":
            _drop(cells[_place(cells, edit["cell"])] if "cell" in edit else nb, edit["path"])
        elif kind == "set_all":
            for cell in cells:
                if "nbgrader" in cell["metadata"]:
                    _set(cell, edit["path"], edit["value"])
        elif kind == "drop_all":
            for cell in cells:
                _drop(cell, edit["path"])
        elif kind == "attach":
            picture = {"image/png": "A" * edit["size"]}
            cells[_place(cells, edit["cell"])]["attachments"] = {
                f"{number}.png": picture for number in range(edit["count"])
            }
        elif kind == "forget_ids":
            nb["nbformat_minor"] = 4
            for cell in cells:
                del cell["id"]
        elif kind == "new_ids":
            for number, cell in enumerate(cells):
                cell["id"] = f"new-{number}"
        else:
            raise ValueError(f"nobody knows the edit {kind}")

    def _new_cells(self, edit: Mapping[str, Any]) -> list[Cell]:
        source = self._code(edit) if "file" in edit else self._code(edit["source"])
        if "long" in edit:
            source = source.replace("__LONG__", edit.get("letter", "x") * edit["long"])
        name = edit.get("id", f"own-{self._made}")
        self._made += 1
        new = []
        for number in range(edit.get("times", 1)):
            cell: Cell = {"cell_type": "code", "id": f"{name}-{number}" if number else name}
            cell |= {"metadata": {}, "source": source, "execution_count": None, "outputs": []}
            if "type" in edit:
                _retype(cell, edit["type"])
            new.append(cell)
        return new

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._filled(value)
        if isinstance(value, dict):
            return {key: self._value(item) for key, item in value.items()}
        return [self._value(item) for item in value] if isinstance(value, list) else value


def _solutions(source: Notebook) -> dict[str, str]:
    """The right answers by grade_id, without nbgrader's marks around them."""
    found = {}
    for cell in source["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            lines = "".join(cell["source"]).splitlines(keepends=True)
            found[about["grade_id"]] = "".join(line for line in lines if "###" not in line).strip("\n")
    return found


def _names(cell: Cell) -> set[str]:
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = about.get("grade_id") if isinstance(about, dict) else None
    return {one for one in (name, cell.get("id")) if isinstance(one, str)}


def _place(cells: list[Cell], name: str) -> int:
    """Of the cell with this grade_id, else with this id."""
    places = [n for n, cell in enumerate(cells) if name in _names(cell) - {cell.get("id")}]
    places = places or [n for n, cell in enumerate(cells) if cell.get("id") == name]
    if not places:
        raise ValueError(f"there is no cell {name}")
    return places[0]


def _retype(cell: Cell, kind: str) -> None:
    cell["cell_type"] = kind
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    else:
        cell.pop("execution_count", None)
        cell.pop("outputs", None)


def _set(place: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        place = place.setdefault(step, {})
    place[last] = value


def _drop(place: dict[str, Any], path: str) -> None:
    *way, last = path.split(".")
    for step in way:
        place = place.get(step, {})
    place.pop(last, None)


def _spoiled(nb: Notebook, raw: Mapping[str, Any]) -> bytes:
    """The bytes of the notebook's file, changed as `raw` says."""
    if "text" in raw:
        return str(raw["text"]).encode()
    if "hex" in raw:
        return bytes.fromhex(raw["hex"])
    if "repeat" in raw:
        return (raw["repeat"]["text"] * raw["repeat"]["times"]).encode()
    if raw.get("format") == 3:
        return json.dumps(_in_format_3(nb)).encode()
    if "line_ends" in raw:
        for cell in nb["cells"]:
            cell["source"] = "".join(cell["source"]).replace("\n", raw["line_ends"])
    text = json.dumps(nb, ensure_ascii=False, indent=1)
    # At the start of the metadata, which every reader meets.
    extra = ""
    if "nest" in raw:
        nest = raw["nest"]
        extra = f'"deep": {nest["open"] * nest["depth"]}1{nest["close"] * nest["depth"]}, '
    if "pad" in raw:
        extra = f'"pad": "{"x" * raw["pad"]}", '
    if "digits" in raw:
        extra = f'"large": {"9" * raw["digits"]}, "larger": 1e999999, '
    if extra:
        head, found, rest = text.rpartition('"metadata": {')
        assert found
        text = f"{head}{found}{extra}{rest}"
    for old, new in raw.get("replace", []):
        assert old in text, f"{old!r} is not in the notebook"
        text = text.replace(old, new, 1)
    content = text.encode(raw.get("encoding", "utf-8"))
    return content[: raw["keep"]] if "keep" in raw else content


def _in_format_3(nb: Notebook) -> Notebook:
    cells = []
    for cell in nb["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
        if cell["cell_type"] == "code":
            old |= {"input": cell["source"], "language": "python", "outputs": [], "collapsed": False}
        else:
            old |= {"source": cell["source"]}
        cells.append(old)
    return {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


def _socket_file(folder: Path, name: str) -> None:
    # The address of a socket is short, so it is given relative to the folder.
    before = Path.cwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(name)
    finally:
        os.chdir(before)


def outputs_of(nb: Notebook, cells: Iterable[str] | None = None) -> str:
    """The outputs of a notebook as one text; of the named cells only, when there are names."""
    chosen = [cell for cell in nb["cells"] if cells is None or _names(cell) & set(cells)]
    return json.dumps([cell.get("outputs", []) for cell in chosen], ensure_ascii=False)
