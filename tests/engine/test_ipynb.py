"""Notebook files are read with suspicion and written as Jupyter does, whoever made them."""

import json
from contextlib import suppress

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets.config import Config

from autograder.engine import ipynb
from tests.engine.one_submission import Notebook, answered, code, text

MOST = 50
OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": "one\ntwo"},
    {"output_type": "stream", "name": "stderr", "text": "\r\n"},
    {
        "output_type": "display_data",
        "data": {
            "text/html": "<p>\n</p>",
            "image/png": "aGVs\nbG8=",
            "application/json": {"b": [1], "a": None},
        },
        "metadata": {"image/png": {"width": 3}},
    },
    {
        "output_type": "execute_result",
        "execution_count": 3,
        "data": {"text/plain": "1\x0b2\u20283", "image/svg+xml": "<svg>\n</svg>"},
        "metadata": {},
    },
    {"output_type": "error", "ename": "E", "evalue": "é", "traceback": ["a\nb", "c"]},
]


def bytes_of(nb: object, encoding: str = "utf-8") -> bytes:
    return json.dumps(nb).encode(encoding)


def read(nb: object) -> Notebook:
    return ipynb.read(bytes_of(nb), MOST)


def notebook(*cells: object, **rest: object) -> Notebook:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **rest}


def strict(written: str) -> Notebook:
    """The content of a file that any reader of JSON understands."""

    def no_number(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    written.encode()
    return json.loads(written, parse_constant=no_number)


# What is read


def test_an_honest_notebook_is_read_as_it_is():
    assert read(answered()) == answered()


def test_outputs_that_were_handed_in_are_dropped():
    cell = code("1 + 1") | {"outputs": OUTPUTS, "execution_count": 7}
    (found,) = read(notebook(cell))["cells"]
    assert (found["outputs"], found["execution_count"]) == ([], None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_file_of_another_editor_is_read(encoding, ascii_only):
    nb = notebook(code("name = 'Zoë – 名前 \N{CRAB}'"))
    content = json.dumps(nb, ensure_ascii=ascii_only).encode(encoding)
    assert ipynb.read(content, MOST)["cells"][0]["source"] == "name = 'Zoë – 名前 \N{CRAB}'"


def test_utf_16_in_the_other_order_of_bytes_is_read():
    content = b"\xfe\xff" + bytes_of(notebook(code("1")), "utf-16-be")
    assert ipynb.read(content, MOST)["cells"][0]["source"] == "1"


def test_halves_of_characters_become_question_marks_wherever_they_stand():
    cell = code("a = '\ud83d'") | {"metadata": {"\ud800": ["\udc00", {"a": "\udfff"}]}}
    (found,) = read(notebook(cell, metadata={"title": "\ud800"}))["cells"]
    assert found["source"] == "a = '?'"
    assert found["metadata"] == {"?": ["?", {"a": "?"}]}


def test_a_source_in_lines_is_one_text():
    assert (
        read(notebook(code("") | {"source": ["a = 1\n", 7, "b = 2"]}))["cells"][0]["source"] == "a = 1\nb = 2"
    )


@pytest.mark.parametrize("source", [None, 7, {"a": 1}, [None]])
def test_a_source_that_is_no_text_is_empty(source):
    assert read(notebook(code("") | {"source": source}))["cells"][0]["source"] == ""


def test_duplicate_missing_and_impossible_ids_become_ids_of_their_own_the_same_on_every_read():
    cells = [
        code("1", "twice"),
        code("2", "twice"),
        code("3") | {"id": "no id!"},
        code("4") | {"id": "x" * 65},
    ]
    cells += [{key: value for key, value in code("5").items() if key != "id"}, code("6") | {"id": ["list"]}]
    found = [cell["id"] for cell in read(notebook(*cells))["cells"]]
    assert found[0] == "twice"
    assert len(set(found)) == len(found)
    assert found == [cell["id"] for cell in read(notebook(*cells))["cells"]]


def test_a_cell_of_an_unknown_kind_is_kept_as_plain_text():
    (found,) = read(notebook(code("import os") | {"cell_type": "heading"}))["cells"]
    assert (found["cell_type"], found["source"]) == ("raw", "import os")
    assert "outputs" not in found


def test_what_is_no_cell_is_left_out():
    assert [cell["source"] for cell in read(notebook(None, code("1"), "text", [1], 3))["cells"]] == ["1"]


def test_pictures_in_a_text_are_kept_and_other_attachments_are_not():
    picture = {"a.png": {"image/png": "aGVsbG8="}}
    cells = [text("", "a") | {"attachments": picture}, text("", "b") | {"attachments": {"a": [1]}}]
    found = read(notebook(*cells))["cells"]
    assert found[0]["attachments"] == picture
    assert "attachments" not in found[1]


@pytest.mark.parametrize("minor", [0, 2, 4])
def test_an_older_notebook_of_version_4_is_read(minor):
    cell = {key: value for key, value in code("1 + 1").items() if key != "id"}
    assert read(notebook(cell, nbformat_minor=minor))["cells"][0]["source"] == "1 + 1"


def test_a_notebook_of_version_3_is_brought_to_4():
    nb = answered()
    old = json.loads(json.dumps(nbformat.convert(nbformat.from_dict(nb), 3)))
    assert "worksheets" in old
    found = read(old)
    assert [(c["cell_type"], c["source"]) for c in found["cells"]] == [
        (c["cell_type"], c["source"]) for c in nb["cells"]
    ]
    assert [c["metadata"].get("nbgrader") for c in found["cells"]] == [
        c["metadata"].get("nbgrader") for c in nb["cells"]
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_a_number_that_is_none_does_not_reach_the_file_that_we_write(number):
    content = bytes_of(notebook(code("1") | {"metadata": {"size": "here"}})).replace(
        b'"here"', number.encode()
    )
    strict(ipynb.write(ipynb.read(content, MOST)))


# What is not read

DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"\x89PNG\r\n", "it is not JSON"),
        (b'{"cells": [', "it is not JSON"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "it is not JSON"),
        (DEEP, "it is nested too deep"),
        (b'{"cells": [], "nbformat": 4, "metadata": ' + DEEP + b"}", "it is nested too deep"),
        (b"[]", "it holds no notebook"),
        (b"null", "it holds no notebook"),
        (b"{}", "its notebook format is None, not 4"),
        (b'{"nbformat": 5, "cells": []}', "its notebook format is 5, not 4"),
        (b'{"nbformat": 4}', "it has no cells"),
        (b'{"nbformat": 4, "cells": {}}', "it has no cells"),
        (b'{"nbformat": 3, "worksheets": 7}', "its notebook format is 3, and it cannot be brought to 4"),
        (bytes_of(notebook(*[code("1")] * (MOST + 1))), f"it has {MOST + 1} cells, more than {MOST}"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(content, reason):
    with pytest.raises(ipynb.Unreadable) as refused:
        ipynb.read(content, MOST)
    assert str(refused.value) == reason


@pytest.mark.parametrize("depth", [100, 300, 480, 700, 900])
def test_settings_nested_deep_are_refused_or_can_be_written_again(depth):
    content = bytes_of(notebook(code("1") | {"metadata": {"deep": "here"}}))
    content = content.replace(b'"here"', b"[" * depth + b"]" * depth)
    with suppress(ipynb.Unreadable):
        strict(ipynb.write(ipynb.read(content, MOST)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
KIND = st.sampled_from(["code", "markdown", "raw"]) | ANYTHING
CELLS = st.dictionaries(
    st.sampled_from(["id", "metadata", "source", "outputs", "execution_count", "attachments"]), ANYTHING
).flatmap(lambda cell: KIND.map(lambda kind: {**cell, "cell_type": kind}))


@given(
    st.lists(CELLS | ANYTHING, max_size=5),
    ANYTHING,
    st.sampled_from([4, 4, 4, 3, 2, 1]) | ANYTHING,
    ANYTHING,
)
def test_any_json_is_a_valid_notebook_when_it_was_read_and_written_or_is_refused(
    cells, metadata, major, minor
):
    content = bytes_of({"cells": cells, "metadata": metadata, "nbformat": major, "nbformat_minor": minor})
    try:
        nb = ipynb.read(content, MOST)
    except ipynb.Unreadable:
        return
    written = ipynb.write(nb)
    nbformat.validate(nbformat.from_dict(strict(written)), relax_add_props=False)
    again = ipynb.read(written.encode(), MOST)
    assert again["cells"] == nb["cells"]


@given(
    st.binary(max_size=60) | st.text(st.characters(), max_size=30).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_are_refused_or_read(content):
    with suppress(ipynb.Unreadable):
        assert ipynb.read(content, MOST)["nbformat"] == 4


# What is written


def test_a_graded_notebook_is_written_as_jupyter_writes_it():
    nb = answered()
    for place, cell in enumerate(nb["cells"]):
        cell["source"] += "\n\nZoë\r\nname\x0b \u2028 end\n" * (place % 3)
        if cell["cell_type"] == "code":
            cell |= {"outputs": OUTPUTS[: place % 6], "execution_count": place or None}
        else:
            cell["attachments"] = {"a.png": {"image/png": "aGVs\nbG8="}}
    assert json.loads(ipynb.write(nb)) == json.loads(nbformat.writes(nbformat.from_dict(nb)))


def test_what_is_written_is_read_again():
    nb = answered()
    assert ipynb.read(ipynb.write(nb).encode(), MOST) == nb


def test_writing_does_not_change_the_notebook():
    nb = answered()
    nb["cells"][1]["outputs"] = list(OUTPUTS)
    before = json.dumps(nb)
    ipynb.write(nb)
    assert json.dumps(nb) == before


@pytest.mark.parametrize("depth", [20, 100, 400, 900])
def test_an_output_nested_deep_does_not_stop_the_writing(depth):
    deep = json.loads("[" * depth + "]" * depth)
    outputs = [{"output_type": "display_data", "data": {"application/json": deep}, "metadata": {"a": deep}}]
    (cell,) = strict(ipynb.write(notebook(code("1") | {"outputs": outputs})))["cells"]
    assert (cell["outputs"] == outputs) == (depth == 20)


def test_a_half_of_a_character_in_an_output_does_not_stop_the_writing():
    nb = notebook(code("1") | {"outputs": [{"output_type": "stream", "name": "stdout", "text": "\ud800"}]})
    assert strict(ipynb.write(nb))["cells"][0]["outputs"][0]["text"] == ["?"]


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
@pytest.mark.parametrize("before", [code("x", "a"), text("x", "a") | {"attachments": {}}])
def test_a_cell_of_another_type_keeps_its_name_and_text_and_nothing_of_the_old_type(before, kind):
    made = ipynb.retyped(before, kind)
    nbformat.validate(nbformat.from_dict(notebook(made)), relax_add_props=False)
    assert (made["id"], made["source"], made["cell_type"]) == ("a", "x", kind)


# How much of the outputs is kept


@pytest.mark.parametrize("lines", [-1, 1, 2, 3, 4, 100])
@pytest.mark.parametrize("traceback", [-1, 1, 2, 3, 5, 100])
def test_outputs_are_limited_as_by_nbgrader(lines, traceback):
    from nbgrader.preprocessors import LimitOutput

    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "1\n2\n3"},
        {"output_type": "display_data", "data": {"text/plain": "a\nb\nc\nd"}, "metadata": {}},
        {"output_type": "stream", "name": "stderr", "text": "4\n"},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": list("abcdef")},
    ]
    nb = nbformat.from_dict(notebook(code("1") | {"outputs": outputs}))
    config = Config({"LimitOutput": {"max_lines": lines, "max_traceback": traceback}})
    theirs = LimitOutput(config=config).preprocess(nb, {})[0].cells[0].outputs
    assert ipynb.limit_output(outputs, lines, traceback) == json.loads(json.dumps(theirs))


@given(st.lists(st.sampled_from(OUTPUTS), max_size=6), st.integers(1, 6))
def test_never_more_lines_are_kept_than_allowed_and_all_that_is_no_stream(outputs, lines):
    kept = ipynb.limit_output(outputs, lines, -1)
    streams = [output["text"] for output in kept if output["output_type"] == "stream"]
    assert sum(text.count("\n") + 1 for text in streams) <= lines
    others = [output for output in outputs if output["output_type"] != "stream"]
    assert [output for output in kept if output["output_type"] != "stream"] == others
