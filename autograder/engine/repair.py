"""Fits a submitted notebook to the assignment: who is which cell, what is missing, what was changed.

Damage is repaired where it is certain what was meant, and each repair is one sentence. Where it is not, the
sentence goes to the instructor. The student's code is never touched; graded cells are the instructor's again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from autograder.engine import ipynb
from autograder.engine.assignment import Assignment, MasterCell, MasterNotebook
from autograder.engine.submission import Submission, shown

NOT_GRADED = "not-graded"  # the cell that says why a notebook is the blank one
MISSING = "This cell was missing from the submission."


@dataclass
class Repaired:
    """A notebook that fits.

    Attributes:
        nb: with every master cell exactly once.
        repairs: sentences about what was repaired.
        attention: sentences about what a person should look at.
        missing: names of answers that were not in the submission.
        damage: why the submitted notebook could not be used at all, else "".
    """

    nb: ipynb.Notebook
    repairs: list[str] = field(default_factory=list)
    attention: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    damage: str = ""


def find_notebooks(assignment: Assignment, submission: Submission) -> tuple[dict[str, str], list[str]]:
    """Which submitted file is which notebook of the assignment, and sentences about renamed ones."""
    there = [name for name in submission.files if name.lower().endswith(".ipynb")]
    found = {name: f"{name}.ipynb" for name in assignment.notebooks if f"{name}.ipynb" in there}
    repairs = []
    spare = [name for name in there if name not in found.values()]
    missing = [name for name in assignment.notebooks if name not in found]
    for name in missing:
        master = assignment.notebooks[name]
        likely = [file for file in spare if _resembles(master, submission.content(file), assignment)]
        if len(likely) == 1:
            found[name] = likely[0]
            spare.remove(likely[0])
            repairs.append(f"the notebook was named {shown(likely[0])}")
    return found, repairs


def _resembles(master: MasterNotebook, content: bytes, assignment: Assignment) -> bool:
    """Whether a notebook has at least half of the master's cells."""
    try:
        nb = ipynb.read(content, assignment.limits.cells)
    except ipynb.Unreadable:
        return False
    names = {_grade_id(cell) for cell in nb["cells"]}
    ids = {cell["id"] for cell in nb["cells"]}
    known = sum(cell.name in names or cell.cell_id in ids for cell in master.cells)
    return known * 2 >= len(master.cells) > 0


def repair(assignment: Assignment, name: str, content: bytes | None) -> Repaired:
    """The notebook of a submission as it will be graded.

    Args:
        assignment: the trusted side.
        name: of the notebook.
        content: of the submitted file; `None` when there is none.
    """
    master = assignment.notebooks[name]
    if content is None:
        return _unusable(master, "was not handed in")
    try:
        nb = ipynb.read(content, assignment.limits.cells)
    except ipynb.Unreadable as error:
        return _unusable(master, f"could not be read: {error}")
    done = Repaired(nb)
    if not ipynb.is_whole(content):
        done.repairs.append("the file was not in UTF-8: some characters may be lost")
    kernel = nb["metadata"].get("kernelspec")
    if master.kernelspec:
        asked = kernel.get("name") if type(kernel) is dict else None
        if asked is not None and asked != master.kernelspec.get("name"):
            done.repairs.append(f"another kernel was named: {shown(str(asked))}")
        nb["metadata"] = {"kernelspec": master.kernelspec, "language_info": {"name": "python"}}
    _identify(master, done)
    _restore(master, done)
    _insert_missing(master, done)
    _move_tests_behind_answers(master, done)
    answers = {cell.name for cell in master.cells if cell.solution}
    if answers and answers <= done.missing:
        done.attention.append(f"no answer of {name} is in the submitted file: is it another one?")
    return done


def _unusable(master: MasterNotebook, reason: str) -> Repaired:
    """The blank notebook with a first cell that says why it stands there."""
    note = ipynb.new_cell("markdown", NOT_GRADED, f"**{master.name}.ipynb {reason}.** This is the blank one.")
    cells = [dict(cell) for cell in master.blank["cells"]]
    nb = {**master.blank, "cells": [note, *cells]}
    done = Repaired(nb, damage=f"{master.name}.ipynb {reason}")
    done.missing = {cell.name for cell in master.cells if cell.solution or cell.task}
    _identify(master, done)
    return done


def _grade_id(cell: ipynb.Cell) -> str | None:
    about = cell["metadata"].get("nbgrader")
    name = about.get("grade_id") if type(about) is dict else None
    return name if type(name) is str else None


def _identify(master: MasterNotebook, done: Repaired) -> None:
    """Gives every master cell at most one cell of the notebook; all others lose nbgrader's metadata."""
    cells = done.nb["cells"]
    wanted = {cell.name: cell for cell in master.cells}
    claims: dict[str, list[int]] = {name: [] for name in wanted}
    strangers = []
    for place, cell in enumerate(cells):
        name = _grade_id(cell)
        if name in wanted:
            claims[name].append(place)
        else:
            strangers.append(place)
    _recognise_renamed(master, cells, claims, strangers, done)
    chosen: dict[int, str] = {}
    for name, places in claims.items():
        if not places:
            continue
        place = places[0] if len(places) == 1 else _original(wanted[name], places, cells, done)
        chosen[place] = name
    for place, cell in enumerate(cells):
        name = _grade_id(cell)
        if name is not None and name not in wanted and place not in chosen:
            done.repairs.append(f"the cell {shown(name)} is not of this assignment")
        about = cell["metadata"].pop("nbgrader", None)
        if place in chosen:
            _report_flags(wanted[chosen[place]], about, done)
            cell["metadata"]["nbgrader"] = wanted[chosen[place]].metadata


def _recognise_renamed(
    master: MasterNotebook,
    cells: list[ipynb.Cell],
    claims: dict[str, list[int]],
    strangers: list[int],
    done: Repaired,
) -> None:
    """Cells that lost their name are known by the id they had in the released notebook, or by their text."""
    for cell in master.cells:
        if claims[cell.name]:
            continue
        # A cell with another's name may be spared where that name is there more than once.
        spare = [*strangers, *(place for places in claims.values() if len(places) > 1 for place in places)]
        same = [place for place in spare if cell.cell_id and cells[place]["id"] == cell.cell_id]
        if not same and cell.locked:
            texts = {cell.source.strip(), cell.released.strip()}
            same = [place for place in strangers if cells[place]["source"].strip() in texts]
        if len(same) == 1:
            for places in (strangers, *claims.values()):
                places[:] = [place for place in places if place not in same]
            claims[cell.name] = same
            done.repairs.append(f"the cell {cell.name} had lost its name")


def _original(master: MasterCell, places: list[int], cells: list[ipynb.Cell], done: Repaired) -> int:
    """Which of several cells of the same name is the one; the others become cells like any other."""
    done.repairs.append(f"the cell {master.name} was there {len(places)} times")
    first = [place for place in places if cells[place]["id"] == master.cell_id]
    if master.locked:
        return first[0] if first else places[-1]
    # An answer: code runs in all of its copies; a text counts where something was written.
    written = [place for place in places if cells[place]["source"].strip() != master.released.strip()]
    if len({cells[place]["source"].strip() for place in written}) > 1 and master.grade:
        done.attention.append(f"the answer {master.name} was given {len(written)} times: see all of them")
    if len(written) == 1:
        return written[0]
    return next((place for place in first if place in written), (written or first or places)[-1])


def _report_flags(master: MasterCell, about: Any, done: Repaired) -> None:
    """Says which of nbgrader's settings were edited."""
    if type(about) is not dict or not about:
        return
    edited = [
        key
        for key in ("grade", "solution", "locked", "task", "points", "schema_version")
        if key in about and about[key] != master.metadata.get(key, about[key])
    ]
    if "points" in about and "points" not in master.metadata:
        edited.append("points")
    if edited:
        done.repairs.append(f"the settings of {master.name} were edited: {', '.join(edited)}")


def _restore(master: MasterNotebook, done: Repaired) -> None:
    """Types of cells, and the text of those that are not the student's to write."""
    wanted = {cell.name: cell for cell in master.cells}
    for place, cell in enumerate(done.nb["cells"]):
        known = wanted.get(_grade_id(cell) or "")
        if known is None:
            continue
        if cell["cell_type"] != known.cell_type:
            done.repairs.append(f"the cell {known.name} had become a {cell['cell_type']} cell")
            cell = done.nb["cells"][place] = ipynb.retyped(cell, known.cell_type)
        if known.locked:
            if cell["source"].strip() not in (known.released.strip(), known.source.strip()):
                done.repairs.append(f"the text of {known.name} was edited")
            cell["source"] = known.source


def _insert_missing(master: MasterNotebook, done: Repaired) -> None:
    """Puts back what was deleted, behind what stands before it in the assignment."""
    before: int = -1
    for known in master.cells:
        place = _place_of(known.name, done.nb)
        if place is None:
            place = before + 1
            source = known.source if known.locked else _instead_of(known)
            cell = ipynb.new_cell(known.cell_type, known.cell_id or known.name, source)
            if any(other["id"] == cell["id"] for other in done.nb["cells"]):
                cell["id"] = f"restored-{known.cell_id}"[:64]
            cell["metadata"]["nbgrader"] = known.metadata
            done.nb["cells"].insert(place, cell)
            done.repairs.append(f"the cell {known.name} was missing")
            if known.solution or known.task:
                done.missing.add(known.name)
        before = place


def _instead_of(known: MasterCell) -> str:
    """In the place of an answer: never the stub, which could undo an answer that was given elsewhere."""
    return f"# {MISSING}" if known.cell_type == "code" else known.released or MISSING


def _move_tests_behind_answers(master: MasterNotebook, done: Repaired) -> None:
    answer: MasterCell | None = None
    for known in master.cells:
        if known.solution:
            answer = known
            continue
        if answer is None or not known.is_test:
            continue
        test, place = _place_of(known.name, done.nb), _place_of(answer.name, done.nb)
        if test is not None and place is not None and test < place:
            done.nb["cells"].insert(place, done.nb["cells"].pop(test))
            done.repairs.append(f"the cell {known.name} stood before the answer")


def _place_of(name: str, nb: ipynb.Notebook) -> int | None:
    return next((place for place, cell in enumerate(nb["cells"]) if _grade_id(cell) == name), None)
