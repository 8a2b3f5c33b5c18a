"""Notebooks are stored without results, and the tool that strips them harms nothing that nbgrader wrote.

The tool is run exactly as `.pre-commit-config.yaml` says.
"""

import copy
import json
import shlex
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
STORED = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("course", "source", "release")
    for path in (ROOT / folder).rglob("*.ipynb")
    if ".ipynb_checkpoints" not in path.parts
)


def hooks() -> dict[str, dict]:
    """The hooks of .pre-commit-config.yaml by id."""
    configuration = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for repo in configuration["repos"] for hook in repo["hooks"]}


def strip(*paths: Path) -> None:
    """Strip the notebooks in place, as the hook does."""
    hook = hooks()["strip-notebooks"]
    _, *command = shlex.split(hook["entry"])
    subprocess.run([sys.executable, *command, *hook["args"], *paths], check=True, capture_output=True)


def as_stored(path: Path) -> nbformat.NotebookNode:
    """The notebook exactly as in the file; nbformat's own reader would mend cell ids."""
    return nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))


def ids_of(notebook: nbformat.NotebookNode) -> list[str | None]:
    return [cell.get("id") for cell in notebook.cells]


def results_in(notebook: nbformat.NotebookNode) -> list[str]:
    """One sentence per thing in the notebook that running it puts there."""
    found = []
    for cell in notebook.cells:
        if cell.get("outputs"):
            found.append(f"cell {cell.id} has outputs")
        if cell.get("execution_count") is not None:
            found.append(f"cell {cell.id} has an execution count")
        volatile = {"execution", "ExecuteTime", "collapsed", "scrolled"} & set(cell.metadata)
        found += [f"cell {cell.id} has the metadata {key}" for key in sorted(volatile)]
    if "widgets" in notebook.metadata:
        found.append("the notebook has widget state")
    if "version" in notebook.metadata.get("language_info", {}):
        found.append("the notebook names the Python of its last reader")
    return found


# What is stored.


@pytest.mark.parametrize("name", STORED)
def test_a_stored_notebook_is_valid(name):
    notebook = as_stored(ROOT / name)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(notebook)


@pytest.mark.parametrize("name", STORED)
def test_cell_ids_of_a_stored_notebook_are_unique(name):
    ids = ids_of(as_stored(ROOT / name))
    assert None not in ids
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", STORED)
def test_a_stored_notebook_holds_no_results(name):
    found = results_in(as_stored(ROOT / name))
    assert not found, f"{'; '.join(found)}; run .venv/bin/pre-commit run strip-notebooks --files {name}"


def test_stripping_changes_no_byte_of_a_stored_notebook(tmp_path):
    copies = {name: tmp_path / name.replace("/", "-") for name in STORED}
    for name, path in copies.items():
        shutil.copyfile(ROOT / name, path)
    strip(*copies.values())
    changed = [name for name, path in copies.items() if path.read_bytes() != (ROOT / name).read_bytes()]
    assert not changed


# The checks above, on notebooks that are broken.


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("output_left_in", "cell result has outputs"),
        ("output_left_in", "the notebook has widget state"),
        ("executed_out_of_order", "cell use has an execution count"),
    ],
)
def test_results_are_found(name, sentence):
    assert sentence in results_in(as_stored(FIXTURES / f"{name}.ipynb"))


def test_an_id_that_two_cells_share_is_seen():
    assert ids_of(as_stored(FIXTURES / "same_id_twice.ipynb")) == ["title", "answer", "answer"]


# The tool.

MARKS = {"schema_version": 3, "task": False}


@pytest.fixture(scope="module")
def graded() -> nbformat.NotebookNode:
    """An assignment as JupyterLab saves it after a run, with every kind of nbgrader cell and its checksum."""
    of_the_course = {"tags": ["m4-title"], "marketing4": {"claims": ["X04"]}}
    cells = [
        new_markdown_cell("# NPS", id="title", metadata=of_the_course),
        new_code_cell(
            "def nps(scores):\n    ...",
            id="nps-answer",
            metadata={
                "nbgrader": {**MARKS, "grade": False, "grade_id": "nps", "locked": False, "solution": True},
                "execution": {"iopub.execute_input": "2026-01-01T00:00:00Z"},
                "scrolled": True,
                "jupyter": {"outputs_hidden": False, "source_hidden": True},
            },
        ),
        new_code_cell(
            'check("nps")',
            id="nps-check",
            execution_count=3,
            metadata={
                "nbgrader": {
                    **MARKS,
                    "grade": True,
                    "grade_id": "nps-check",
                    "locked": True,
                    "points": 2.5,
                    "solution": False,
                },
                "deletable": False,
                "editable": False,
                "init_cell": True,
                "tags": ["keep_output"],
            },
            outputs=[new_output("execute_result", {"text/plain": "2.5"}, execution_count=3)],
        ),
        new_markdown_cell(
            "Write your answer here.",
            id="case-a",
            metadata={
                "nbgrader": {
                    **MARKS,
                    "grade": True,
                    "grade_id": "case-a",
                    "locked": False,
                    "points": 4,
                    "solution": True,
                }
            },
        ),
        new_code_cell("", id="empty", execution_count=4),
    ]
    for cell in cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
            cell.metadata.nbgrader["cell_type"] = cell.cell_type
    return new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "version": "3.11.7", "pygments_lexer": "ipython3"},
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
            "toc": {"base_numbering": 1},
        },
    )


@pytest.fixture(scope="module")
def stripped(graded, tmp_path_factory):
    path = tmp_path_factory.mktemp("stripped") / "nps.ipynb"
    nbformat.write(copy.deepcopy(graded), path)
    strip(path)
    return nbformat.read(path, as_version=4)


def test_results_and_volatile_metadata_are_gone(graded, stripped):
    assert len(results_in(graded)) >= 6
    assert results_in(stripped) == []
    assert "toc" not in stripped.metadata


def test_cells_and_their_ids_and_sources_stay(graded, stripped):
    assert [(cell.id, cell.cell_type, cell.source) for cell in stripped.cells] == [
        (cell.id, cell.cell_type, cell.source) for cell in graded.cells
    ]


def test_every_mark_of_nbgrader_stays(graded, stripped):
    for before, after in zip(graded.cells, stripped.cells, strict=True):
        assert after.metadata.get("nbgrader") == before.metadata.get("nbgrader")


def test_nbgrader_computes_the_same_checksums(graded, stripped):
    compared = 0
    for before, after in zip(graded.cells, stripped.cells, strict=True):
        if "nbgrader" in before.metadata:
            assert compute_checksum(after) == compute_checksum(before) == after.metadata.nbgrader.checksum
            compared += 1
    assert compared == 3


def test_what_authors_set_stays(stripped):
    title, answer, check, *_ = stripped.cells
    assert title.metadata == {"tags": ["m4-title"], "marketing4": {"claims": ["X04"]}}
    assert answer.metadata.jupyter == {"source_hidden": True}
    assert (check.metadata.deletable, check.metadata.editable) == (False, False)
    assert stripped.metadata.kernelspec.name == "python3"
    assert stripped.metadata.language_info.name == "python"


def test_no_hook_downloads_anything():
    for hook in hooks().values():
        assert hook["language"] in ("system", "pygrep"), hook["id"]
        assert "additional_dependencies" not in hook
