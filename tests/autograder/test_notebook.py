"""Source notebooks as the harness sees them: which cell checks what, and what running them leaves."""

import sys

import nbformat
import pytest

from autograder.authoring import KeyFault
from autograder.notebook import (
    checked_exercise,
    find_notebook,
    is_check,
    is_solution,
    quiet,
    read_notebook,
    run_cells,
    solution_cell_of,
)
from autograder.stubs import stubbed


@pytest.fixture
def source(assignment):
    return assignment("", first="first = 1", second="second = first + 1", setup="import math")


def cells(folder):
    return read_notebook(find_notebook(folder)).cells


def test_solution_and_check_cells_are_told_apart(source):
    kinds = [(is_solution(cell), is_check(cell), checked_exercise(cell)) for cell in cells(source)]
    assert kinds == [
        (False, False, None),
        (True, False, None),
        (False, True, "first"),
        (True, False, None),
        (False, True, "second"),
    ]


def test_the_solution_of_an_exercise_is_the_cell_before_its_check(source):
    nb = read_notebook(find_notebook(source))
    assert "first + 1" in solution_cell_of(nb, "second").source
    assert solution_cell_of(nb, "third") is None


def test_running_gives_the_variables_and_leaves_out_the_checks(source):
    nb = read_notebook(find_notebook(source))
    namespace = run_cells(nb, source)
    assert (namespace["first"], namespace["second"]) == (1, 2)
    assert "second" not in run_cells(nb, source, upto="first")


def test_a_notebook_runs_in_its_own_folder_and_in_silence(source, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    nb = read_notebook(find_notebook(source))
    nb.cells[0].source = "import os, sys\nprint(os.getcwd()), print('x', file=sys.stderr)\nhere = os.getcwd()"
    assert run_cells(nb, source)["here"] == str(source)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("x = 1\n1 / 0", "demo, cell setup, line 2: ZeroDivisionError: division by zero"),
        ("x = 1\ny = (", "demo, cell setup, line 2: SyntaxError: '(' was never closed"),
        ("raise SystemExit", "demo, cell setup, line 1: SystemExit: "),
    ],
)
def test_a_cell_that_fails_is_named_unless_one_is_tolerant(source, code, sentence):
    nb = read_notebook(find_notebook(source))
    nb.cells[0].source = code
    with pytest.raises(KeyFault) as raised:
        run_cells(nb, source)
    assert str(raised.value).startswith(sentence)
    assert run_cells(nb, source, tolerant=True)["second"] == 2


def test_a_stub_runs_and_holds_no_solution(source):
    cleared = stubbed(read_notebook(find_notebook(source)))
    assert "first = 1" not in nbformat.writes(cleared)
    assert "..." in cleared.cells[1].source
    assert "second" not in run_cells(cleared, source)


def test_a_folder_without_or_with_two_notebooks_is_told(source):
    (source / "copy.ipynb").write_text("{}")
    with pytest.raises(KeyFault, match="should hold one notebook, but has 2"):
        find_notebook(source)


def test_figures_and_the_drawing_backend_are_left_as_they_were():
    import matplotlib
    import matplotlib.pyplot as plt

    backend = matplotlib.get_backend()
    with quiet():
        plt.figure()
        assert matplotlib.get_backend() == "agg"
        sys.stdout.write("unheard")
    assert matplotlib.get_backend() == backend
    assert plt.get_fignums() == []
