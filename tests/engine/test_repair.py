"""Whatever a student did to the notebook, it is graded as what it was, or a person is told why not."""

import base64
import json
import random
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from autograder.engine import grading, ipynb
from autograder.engine.assignment import Assignment, MasterNotebook
from autograder.engine.grading import grade
from autograder.engine.repair import MISSING, Repaired, find_notebooks, repair
from tests.engine.one_submission import (
    FULL,
    MASTER,
    RIGHT,
    Notebook,
    RunHere,
    after,
    answered,
    as_it_was,
    cell_of,
    code,
    hand_in,
    name_of,
    small,
    text,
)

ASSIGNMENT = small()
BY_NAME = {cell.name: cell for cell in MASTER}
ANSWERS = [cell.name for cell in MASTER if cell.solution or cell.task]
LOCKED = [cell.name for cell in MASTER if cell.locked]
GRADED = list(FULL)


def repaired(nb: Notebook | bytes) -> Repaired:
    """What a person submitted, fitted; it holds every master cell once, and is a notebook."""
    content = nb if isinstance(nb, bytes) else json.dumps(nb).encode()
    done = repair(ASSIGNMENT, "small", content)
    fits(done.nb)
    return done


def fits(nb: Notebook) -> None:
    """Every master cell is there once, and is the instructor's where it is not the student's to write."""
    names = [name_of(cell) for cell in nb["cells"] if "nbgrader" in cell["metadata"]]
    assert sorted(names) == sorted(BY_NAME)
    for name, master in BY_NAME.items():
        cell = cell_of(nb, name)
        assert cell["metadata"]["nbgrader"] == master.metadata
        assert cell["cell_type"] == master.cell_type
        if master.locked:
            assert cell["source"] == master.source
    ids = [cell["id"] for cell in nb["cells"]]
    assert len(set(ids)) == len(ids)
    nbformat.validate(nbformat.from_dict(json.loads(ipynb.write(nb))), relax_add_props=False)


def scores(nb: Notebook | bytes, monkeypatch: pytest.MonkeyPatch) -> dict[str, float | None]:
    """The automatic points of a submission whose code is ours."""
    monkeypatch.setattr(grading, "Run", RunHere)
    return grade(ASSIGNMENT, hand_in(nb), "", True).notebooks["small"].scores


def encoded(nb: Notebook, how: str) -> bytes:
    return json.dumps(nb, ensure_ascii=False).encode(how)


# One damage at a time


def test_an_honest_notebook_needs_no_repair():
    done = repaired(answered())
    assert (done.repairs, done.attention, done.missing, done.damage) == ([], [], set(), "")


def test_the_blank_notebook_needs_no_repair():
    done = repaired(ASSIGNMENT.notebooks["small"].blank)
    assert (done.repairs, done.attention, done.missing) == ([], [], set())


def delete(name: str) -> Callable[[Notebook], Any]:
    return lambda nb: nb["cells"].remove(cell_of(nb, name))


def duplicate(name: str, **changes: Any) -> Callable[[Notebook], Any]:
    """A copy below the original; Jupyter gives it another id."""

    def damage(nb: Notebook) -> None:
        made = {**as_it_was(cell_of(nb, name)), "id": "another-id", **changes}
        after(nb, name, made)

    return damage


def about(name: str, **changes: Any) -> Callable[[Notebook], Any]:
    return lambda nb: cell_of(nb, name)["metadata"]["nbgrader"].update(changes)


def stripped(name: str, instead: Any = None) -> Callable[[Notebook], Any]:
    def damage(nb: Notebook) -> None:
        cell_of(nb, name)["metadata"] = {} if instead is None else {"nbgrader": instead}

    return damage


def changed(name: str, **changes: Any) -> Callable[[Notebook], Any]:
    return lambda nb: cell_of(nb, name).update(changes)


def moved(name: str, place: int) -> Callable[[Notebook], Any]:
    def damage(nb: Notebook) -> None:
        cell = cell_of(nb, name)
        nb["cells"].remove(cell)
        nb["cells"].insert(place, cell)

    return damage


def kernel(name: object) -> Callable[[Notebook], Any]:
    return lambda nb: nb["metadata"].update(kernelspec=name)


def same_ids(nb: Notebook) -> None:
    for cell in nb["cells"]:
        cell["id"] = "the-same"


def without_ids(nb: Notebook) -> None:
    for cell in nb["cells"]:
        del cell["id"]


HARMLESS: dict[str, tuple[Callable[[Notebook], Any], str]] = {
    "test deleted": (delete("double"), "the cell double was missing"),
    "plain test deleted": (delete("plain"), "the cell plain was missing"),
    "read-only cell deleted": (delete("given"), "the cell given was missing"),
    "test copied": (duplicate("double"), "the cell double was there 2 times"),
    "test copied and changed": (duplicate("plain", source="1"), "the cell plain was there 2 times"),
    "answer copied": (duplicate("double_answer"), "the cell double_answer was there 2 times"),
    "text copied": (duplicate("why"), "the cell why was there 2 times"),
    "test renamed": (about("double", grade_id="mine"), "the cell double had lost its name"),
    "answer renamed": (about("total_answer", grade_id="mine"), "the cell total_answer had lost its name"),
    "text renamed": (about("why", grade_id=7), "the cell why had lost its name"),
    "test stripped": (stripped("plain"), "the cell plain had lost its name"),
    "answer stripped": (stripped("double_answer"), "the cell double_answer had lost its name"),
    "settings that are none": (stripped("double", ["a"]), "the cell double had lost its name"),
    "settings that are empty": (stripped("double_answer", {}), "the cell double_answer had lost its name"),
    "test is a text": (changed("double", cell_type="markdown"), "the cell double had become a markdown cell"),
    "plain test is raw": (changed("plain", cell_type="raw"), "the cell plain had become a raw cell"),
    "answer is a text": (
        changed("double_answer", cell_type="markdown"),
        "the cell double_answer had become a markdown cell",
    ),
    "text is code": (changed("why", cell_type="code"), "the cell why had become a code cell"),
    "unknown type": (changed("total_answer", cell_type="heading"), "total_answer had become a raw cell"),
    "test before answer": (moved("double", 0), "the cell double stood before the answer"),
    "test before setup": (moved("parts", 0), "the cell parts stood before the answer"),
    "schema 1": (about("double", schema_version=1), "the settings of double were edited: schema_version"),
    "schema 99": (about("why", schema_version=99), "the settings of why were edited: schema_version"),
    "no schema": (about("plain", schema_version=None), "the settings of plain were edited: schema_version"),
    "more points": (about("plain", points=400), "the settings of plain were edited: points"),
    "points of an answer": (about("given", points=4), "the settings of given were edited: points"),
    "no grade": (about("double", grade=False), "the settings of double were edited: grade"),
    "a solution": (about("plain", solution=True, locked=False), "were edited: solution, locked"),
    "an answer locked": (about("double_answer", locked=True), "double_answer were edited: locked"),
    "a task": (about("map", task=False), "the settings of map were edited: task"),
    "test edited": (changed("plain", source="assert True"), "the text of plain was edited"),
    "test emptied": (changed("double", source=""), "the text of double was edited"),
    "read-only cell edited": (changed("given", source="LIMIT = 99"), "the text of given was edited"),
    "another kernel": (kernel({"name": "ir", "display_name": "R"}), "another kernel was named: ir"),
}
SILENT: dict[str, Callable[[Notebook], Any]] = {
    "no kernel": kernel(None),
    "a kernel that is none": kernel([1]),
    "a kernel without a name": kernel({"display_name": "R"}),
    "no ids": without_ids,
    "the same id everywhere": same_ids,
    "spaces around a test": changed("plain", source="\nassert double(2) == 4\n\n"),
    "no metadata of the notebook": lambda nb: nb.update(metadata=None),
    "cells that are none": lambda nb: nb["cells"].extend([None, 3, "cell"]),
    "test moved to the end": moved("double", 99),
    "cells of the student's own": lambda nb: after(nb, "double", code("a = 1"), text("# Mine", "mine")),
    "halves of characters": lambda nb: after(nb, "", text("\ud800", "half"), code("# \udfff")),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_damage_is_repaired_told_in_one_sentence_and_costs_nothing(name, monkeypatch):
    damage, sentence = HARMLESS[name]
    nb = answered()
    damage(nb)
    done = repaired(nb)
    (told,) = done.repairs
    assert sentence in told
    assert done.attention == []
    assert done.damage == ""
    assert scores(nb, monkeypatch) == FULL


@pytest.mark.parametrize("name", SILENT)
def test_what_does_not_matter_is_put_right_without_a_word(name, monkeypatch):
    nb = answered()
    SILENT[name](nb)
    done = repaired(nb)
    assert (done.repairs, done.attention, done.damage) == ([], [], "")
    assert scores(nb, monkeypatch) == FULL


@pytest.mark.parametrize("how", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_of_an_editor_costs_nothing(how, monkeypatch):
    assert scores(encoded(answered(why="Zoë – 名"), how), monkeypatch) == FULL


def test_a_notebook_of_version_3_is_graded(monkeypatch):
    old = json.loads(json.dumps(nbformat.convert(nbformat.from_dict(answered()), 3)))
    assert repaired(old).attention == []
    assert scores(old, monkeypatch) == FULL


def test_names_are_found_by_the_text_of_a_test_when_ids_are_lost_too(monkeypatch):
    nb = answered()
    without_ids(nb)
    for name in LOCKED:
        stripped(name)(nb)
    assert sorted(repaired(nb).repairs) == sorted(f"the cell {name} had lost its name" for name in LOCKED)
    assert scores(nb, monkeypatch) == FULL


def test_the_kernel_is_the_instructors():
    nb = answered()
    kernel({"name": "bash", "display_name": "Mine"})(nb)
    nb["metadata"]["mine"] = {"a": 1}
    assert repaired(nb).nb["metadata"] == ASSIGNMENT.notebooks["small"].blank["metadata"]


# What was deleted

LOST = {
    "double_answer": {"double": 0.0, "plain": 0.0, "parts": 0.0},
    "total_answer": {"total": 0.0, "parts": 0.0},
    "why": {"why": 0.0},
    "draw": {"draw": 0.0},
    "map": {},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_deleted_answer_earns_nothing_and_harms_no_other(name, monkeypatch):
    nb = answered()
    delete(name)(nb)
    done = repaired(nb)
    assert done.repairs == [f"the cell {name} was missing"]
    assert done.missing == {name}
    assert scores(nb, monkeypatch) == FULL | LOST[name]


def test_in_the_place_of_a_deleted_answer_stands_no_stub_that_undoes_an_answer_given_elsewhere(monkeypatch):
    nb = answered()
    delete("double_answer")(nb)
    nb["cells"].insert(0, code(RIGHT["double_answer"]))
    assert cell_of(repaired(nb).nb, "double_answer")["source"] == f"# {MISSING}"
    assert scores(nb, monkeypatch) == FULL


def test_what_was_deleted_comes_back_in_the_order_of_the_assignment(monkeypatch):
    nb = answered()
    nb["cells"] = [cell for cell in nb["cells"] if name_of(cell) in ("double_answer", "total_answer")]
    done = repaired(nb)
    assert [name_of(cell) for cell in done.nb["cells"]] == [cell.name for cell in MASTER]
    assert scores(nb, monkeypatch) == FULL | {"why": 0.0, "draw": 0.0}


def test_an_empty_notebook_earns_nothing_and_every_cell_is_reported(monkeypatch):
    nb = answered() | {"cells": []}
    assert len(repaired(nb).repairs) == len(MASTER)
    automatic = {name: 0.0 for name in GRADED} | {"map": None}
    assert scores(nb, monkeypatch) == automatic


# Which of several


def test_a_copied_answer_that_was_not_filled_in_does_not_undo_the_other(monkeypatch):
    released = BY_NAME["why"].released
    for original, copied in ((RIGHT["why"], released), (released, RIGHT["why"])):
        nb = answered(why=original)
        duplicate("why", source=copied)(nb)
        assert cell_of(repaired(nb).nb, "why")["source"] == RIGHT["why"]
        assert scores(nb, monkeypatch) == FULL


def test_two_different_texts_for_one_answer_are_for_a_person_to_see():
    nb = answered(why="First thought.")
    duplicate("why", source="Second thought.")(nb)
    done = repaired(nb)
    assert done.attention == ["the answer why was given 2 times: see all of them"]
    assert {"First thought.", "Second thought."} <= {cell["source"] for cell in done.nb["cells"]}


def test_the_copy_of_an_answer_stays_as_a_cell_without_a_name(monkeypatch):
    nb = answered(double_answer="def double(number):\n    return 0")
    duplicate("double_answer", source=RIGHT["double_answer"])(nb)
    sources = [cell["source"] for cell in repaired(nb).nb["cells"]]
    assert sources.index("def double(number):\n    return 0") < sources.index(RIGHT["double_answer"])
    assert scores(nb, monkeypatch) == FULL


def test_the_copy_of_a_test_cannot_stand_in_for_the_test():
    nb = answered()
    duplicate("plain", source="assert True", metadata={"nbgrader": BY_NAME["plain"].metadata})(nb)
    nb["cells"].reverse()
    done = repaired(nb)
    assert cell_of(done.nb, "plain")["source"] == BY_NAME["plain"].source
    assert [cell["source"] for cell in done.nb["cells"]].count(BY_NAME["plain"].source) == 1


@pytest.mark.parametrize(("name", "other"), [("why", "draw"), ("double_answer", "why"), ("plain", "double")])
def test_a_cell_that_took_the_name_of_another_is_known_by_its_id(name, other, monkeypatch):
    nb = answered()
    about(name, grade_id=other)(nb)
    assert repaired(nb).repairs == [f"the cell {name} had lost its name"]
    assert scores(nb, monkeypatch) == FULL


# Unreadable, and not there


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "could not be read: it is not JSON"),
        (b"{}", "could not be read: its notebook format is None, not 4"),
        (b"[" * 200_000, "could not be read: it is nested too deep"),
        (json.dumps(answered() | {"nbformat": 99}).encode(), "could not be read: its notebook format is 99"),
        (json.dumps(answered() | {"nbformat": 3}).encode(), "and it cannot be brought to 4"),
        (json.dumps(answered() | {"cells": [code("1")] * 101}).encode(), "101 cells, more than 100"),
        (None, "was not handed in"),
    ],
)
def test_what_cannot_be_read_is_flagged_and_the_blank_one_stands_in_its_place(content, reason, monkeypatch):
    done = repair(ASSIGNMENT, "small", content)
    assert [name_of(cell) for cell in done.nb["cells"] if name_of(cell)] == [cell.name for cell in MASTER]
    assert reason in done.damage
    assert done.missing == set(ANSWERS)
    monkeypatch.setattr(grading, "Run", None)
    graded = grade(ASSIGNMENT, hand_in(content), "", True)
    assert graded.notebooks["small"].scores == dict.fromkeys(GRADED, 0.0)
    assert graded.notebooks["small"].flagged
    (sentence,) = graded.attention
    assert sentence.startswith("small.ipynb ")
    assert reason in sentence
    assert reason in graded.notebooks["small"].text


def test_one_unreadable_notebook_leaves_the_assignment_as_it_was():
    fresh = small()
    before = json.dumps(fresh._plain())
    for content in (b"", None):
        done = repair(fresh, "small", content)
        done.nb["cells"][3]["source"] = "changed"
    assert json.dumps(fresh._plain()) == before


# Which file is the notebook


def found(*names: str, nb: Notebook | None = None) -> tuple[dict[str, str], list[str]]:
    contents = {name: json.dumps(nb or answered()).encode() for name in names}
    submission = hand_in(None)
    files = {name: base64.b64encode(content).decode() for name, content in contents.items()}
    return find_notebooks(ASSIGNMENT, type(submission)("ada", "small", files, (), ""))


def test_a_notebook_is_found_under_its_name():
    assert found("small.ipynb", "other.ipynb") == ({"small": "small.ipynb"}, [])


@pytest.mark.parametrize("name", ["small (1).ipynb", "SMALL.IPYNB", "my homework.ipynb", "part/small.ipynb"])
def test_a_renamed_notebook_is_found_and_reported(name):
    assert found(name) == ({"small": name}, [f"the notebook was named {name}"])


def test_of_two_notebooks_that_could_be_the_one_none_is_taken():
    assert found("final.ipynb", "final final.ipynb") == ({}, [])


def test_a_notebook_of_another_assignment_is_not_taken():
    assert found("lesson.ipynb", nb=answered() | {"cells": [code("1"), text("# Lesson", "l")]}) == ({}, [])


def test_a_notebook_that_lost_half_of_its_cells_and_its_name_is_taken_still():
    nb = answered()
    nb["cells"] = nb["cells"][:7]
    assert found("draft.ipynb", nb=nb) == ({"small": "draft.ipynb"}, ["the notebook was named draft.ipynb"])


def test_an_unreadable_notebook_is_not_taken_for_another():
    submission = hand_in(b"{", name="other.ipynb")
    assert find_notebooks(ASSIGNMENT, submission) == ({}, [])


def test_two_notebooks_of_an_assignment_are_not_mixed_up():
    one = ASSIGNMENT.notebooks["small"]
    cells = [c | {"id": f"{c['id']}-2"} for c in one.blank["cells"]]
    other = MasterNotebook("more", one.kernelspec, one.cells[:1], one.blank | {"cells": cells})
    both = Assignment(**{**vars_of(ASSIGNMENT), "notebooks": {"more": other, "small": one}})
    submission = hand_in(answered(), name="Small.ipynb", more__ipynb=json.dumps(answered()).encode())
    names, repairs = find_notebooks(both, submission)
    assert names == {"more": "more.ipynb", "small": "Small.ipynb"}
    assert repairs == ["the notebook was named Small.ipynb"]


def vars_of(assignment: Assignment) -> dict[str, Any]:
    return {name: getattr(assignment, name) for name in assignment.__dataclass_fields__}


# Any number of damages, one after another

PLACE = st.integers(0, 30)
NAMES = st.sampled_from([*BY_NAME, "mine", "", "é" * 70]) | st.none() | st.integers() | st.lists(st.none())
SETTINGS = st.dictionaries(
    st.sampled_from(
        ["schema_version", "points", "grade", "solution", "locked", "task", "cell_type", "checksum"]
    ),
    st.sampled_from([None, True, False, 0, 1, 2, 3, 99, -1, 1e9, "3", [], {}]),
    max_size=3,
)
SOURCES = st.sampled_from(["", "1", "raise ValueError", "def double(n): return 0", "...", "\ud800", "é\r\n"])
DAMAGES = st.one_of(
    st.tuples(st.just("copy"), PLACE, PLACE, st.booleans()),
    st.tuples(st.just("delete"), PLACE),
    st.tuples(st.just("rename"), PLACE, NAMES),
    st.tuples(st.just("strip"), PLACE, st.sampled_from([None, {}, [], "x", {"grade_id": {}}])),
    st.tuples(st.just("settings"), PLACE, SETTINGS),
    st.tuples(st.just("retype"), PLACE, st.sampled_from(["code", "markdown", "raw", "heading", None])),
    st.tuples(st.just("move"), PLACE, PLACE),
    st.tuples(st.just("edit"), PLACE, SOURCES),
    st.tuples(st.just("id"), PLACE, PLACE),
    st.tuples(st.just("kernel"), st.sampled_from([None, {"name": "ir"}, 7])),
    st.tuples(st.just("insert"), PLACE, SOURCES),
)


def apply(nb: Notebook, damage: tuple[Any, ...]) -> None:
    cells = nb["cells"]
    kind, *rest = damage
    if kind == "kernel":
        nb["metadata"]["kernelspec"] = rest[0]
        return
    if not cells:
        return
    place = rest[0] % len(cells)
    cell = cells[place]
    settings_of = cell["metadata"].get("nbgrader")
    if kind == "copy":
        made = as_it_was(cell) | ({} if rest[2] else {"id": f"copy-{len(cells)}-{place}"})
        cells.insert(rest[1] % (len(cells) + 1), made)
    elif kind == "delete":
        del cells[place]
    elif kind == "rename" and isinstance(settings_of, dict):
        settings_of["grade_id"] = rest[1]
    elif kind == "strip":
        cell["metadata"] = {} if rest[1] is None else {"nbgrader": rest[1]}
    elif kind == "settings" and isinstance(settings_of, dict):
        settings_of.update(rest[1])
    elif kind == "retype":
        cell["cell_type"] = rest[1]
    elif kind == "move":
        cells.insert(rest[1] % len(cells), cells.pop(place))
    elif kind == "edit":
        cell["source"] = rest[1]
    elif kind == "id":
        cell["id"] = cells[rest[1] % len(cells)]["id"]
    elif kind == "insert":
        cells.insert(place, code(rest[1], f"new-{len(cells)}-{place}"))


def is_certain(nb: Notebook) -> bool:
    """Whether every answer is still there, untouched, in order, and can be told from all other cells."""
    places = []
    for name in ANSWERS:
        named = [n for n, cell in enumerate(nb["cells"]) if name_of(cell) == name]
        same_id = [n for n, cell in enumerate(nb["cells"]) if cell["id"] == BY_NAME[name].cell_id]
        candidates = set(named or same_id)
        wanted = RIGHT.get(name, BY_NAME[name].released)
        if not candidates or any(nb["cells"][n]["source"] != wanted for n in candidates):
            return False
        if not named and (len(same_id) != 1 or name_of(nb["cells"][same_id[0]]) in BY_NAME):
            return False
        places += [min(candidates), max(candidates)]
    undone = any(c["source"] == "def double(n): return 0" for c in nb["cells"])
    return places == sorted(places) and not undone


@settings(max_examples=400)
@given(st.lists(DAMAGES, max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example([("strip", 2, None), ("id", 0, 2)], "utf-8")
@example([("copy", 2, 0, True), ("delete", 3)], "utf-8")
def test_any_sequence_of_damages_gives_every_cell_once_and_the_points_of_untouched_answers(damages, how):
    nb = answered()
    for damage in damages:
        apply(nb, damage)
    content = json.dumps(nb, ensure_ascii=True).encode(how)
    done = repair(ASSIGNMENT, "small", content)
    assert done.damage == ""
    fits(done.nb)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grading, "Run", RunHere)
        result = grade(ASSIGNMENT, hand_in(content), "", True)
    found = result.notebooks["small"].scores
    assert found.keys() == FULL.keys()
    event(f"{len(damages)} damages, certain: {is_certain(nb)}")
    if is_certain(nb):
        assert found == FULL
    if not damages:
        assert (result.repairs, result.attention) == ([], [])


@pytest.mark.parametrize("seed", range(6))
def test_damaged_notebooks_earn_in_the_sandbox_what_they_earn_without_one(seed, graded, monkeypatch):
    rng = random.Random(seed)
    nb = answered()
    for _ in range(4):
        damage = rng.choice(
            [
                ("copy", rng.randrange(30), rng.randrange(30), bool(rng.randrange(2))),
                ("delete", rng.randrange(30)),
                ("strip", rng.randrange(30), None),
                ("retype", rng.randrange(30), "markdown"),
                ("move", rng.randrange(30), rng.randrange(30)),
                ("edit", rng.randrange(30), "raise ValueError"),
            ]
        )
        apply(nb, damage)
    content = json.dumps(nb).encode()
    real = graded(hand_in(content))
    monkeypatch.setattr(grading, "Run", RunHere)
    assert (
        real.notebooks["small"].scores
        == grade(ASSIGNMENT, hand_in(content), "", True).notebooks["small"].scores
    )
