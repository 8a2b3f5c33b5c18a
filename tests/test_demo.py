"""The simulated class: drawn with a seed, graded the real way, every score as its construction implies."""

import io
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from autograder.authoring import KeyFault
from autograder.compiling import compile_assignment
from autograder.demo import _summary, implied_scores, report, run_demo
from autograder.key_file import load_key
from autograder.notebook import find_notebook, read_notebook
from autograder.simulated_class import AnswerSources, draw_class

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "source" / "m09a_nps"


@pytest.fixture(scope="module")
def drawn():
    nb = read_notebook(find_notebook(SOURCE))
    return nb, lambda size, seed: draw_class(load_key(SOURCE / "key.py"), nb, SOURCE / "key.py", size, seed)


def test_the_same_seed_draws_the_same_class_and_another_seed_another(drawn):
    _, draw = drawn
    assert draw(6, 1) == draw(6, 1)
    assert draw(6, 1) != draw(6, 2)


def test_a_class_has_every_kind_of_answer(drawn):
    _, draw = drawn
    kinds = Counter(pick.kind for student in draw(24, 4) for pick in student.picks)
    assert set(kinds) == {"reference", "alternative", "misconception", "stub", "crash"}


def test_every_answer_of_the_key_can_be_pasted_into_a_notebook(drawn):
    _, draw = drawn
    for student in draw(24, 4):
        for pick in student.picks:
            if pick.kind in ("reference", "alternative", "misconception"):
                compile(pick.code, pick.name, "exec")
                assert "autograder" not in pick.code


@pytest.mark.parametrize("key", sorted(ROOT.glob("source/*/key.py")), ids=lambda key: key.parent.name)
def test_a_pasted_answer_brings_no_more_of_the_key_than_it_uses(key):
    sources = AnswerSources(key)
    for exercise in load_key(key):
        for answer in [*exercise.alternatives, *exercise.misconceptions]:
            assert "autograder" not in sources.cell(exercise, answer), answer.name


def test_a_class_of_nobody_is_refused():
    with pytest.raises(KeyFault, match="1 student or more, got 0"):
        run_demo(ROOT, "m09a_nps", 0, 1, Console(quiet=True))


def test_an_unknown_assignment_is_refused_with_the_names_that_exist():
    with pytest.raises(KeyFault, match="m09a_nps"):
        run_demo(ROOT, "m99", 3, 1, Console(quiet=True))


@pytest.mark.slow
def test_every_recorded_score_is_the_one_that_the_construction_implies(graded_demo):
    summary = graded_demo.summary
    assert summary["differences"] == []
    assert summary["scores_compared"] == 8 * len(load_key(SOURCE / "key.py"))
    assert 0 < summary["mean"] < summary["points"]


@pytest.mark.slow
def test_the_demo_leaves_gradebook_csv_feedback_and_summary(graded_demo):
    summary = graded_demo.summary
    for name in ("gradebook", "csv", "feedback_page"):
        assert Path(summary[name]).is_file()
    assert json.loads((graded_demo.folder / "summary.json").read_text()) == summary
    assert len(Path(summary["csv"]).read_text().splitlines()) == 9
    assert summary["hardest_exercise"] in summary["share_of_points"]


@pytest.mark.slow
def test_the_table_names_students_mean_hardest_exercise_and_commonest_misconception(graded_demo):
    console = Console(record=True, width=120, file=io.StringIO())
    report(graded_demo, console)
    text = console.export_text()
    for wanted in (
        "students",
        "mean",
        "hardest exercise",
        "commonest misconception",
        "gradebook",
        "summary.json",
    ):
        assert wanted in text


@pytest.mark.slow
def test_feedback_names_hidden_checks_but_shows_none_of_their_inputs(graded_demo):
    seed = graded_demo.summary["seed"]
    hidden = compile_assignment(graded_demo.folder / "source" / "m09a_nps", seed).exercises
    pages = [
        path.read_text(encoding="utf-8")
        for path in (graded_demo.folder / "grading" / "feedback").rglob("*.html")
    ]
    assert len(pages) == 8
    assert any("hidden check: " in page for page in pages)
    for exercise in hidden:
        for check in exercise.hidden:
            for call in check["calls"]:
                text = json.dumps(call["args"])
                if len(text) > 40:
                    assert not any(text[1:-1] in page for page in pages)


@pytest.mark.slow
def test_a_score_that_was_changed_afterwards_is_found(graded_demo, drawn, tmp_path):
    nb, draw = drawn
    folder = graded_demo.folder
    seed = graded_demo.summary["seed"]
    students = draw(8, seed)
    implied = implied_scores(compile_assignment(folder / "source" / "m09a_nps", seed), students, nb, SOURCE)
    book = folder / "grading" / "gradebook.db"
    kept = book.read_bytes()
    try:
        with sqlite3.connect(book) as db:
            changed = db.execute(
                "UPDATE grade SET auto_score = auto_score + 0.5 WHERE auto_score = 1"
            ).rowcount
        assert changed
        assert len(_summary(folder, "m09a_nps", students, implied, seed)["differences"]) == changed
    finally:
        book.write_bytes(kept)


def test_make_demo_speaks_the_language_of_the_command():
    dry = ["make", "--dry-run", "--no-print-directory", "demo", "ASSIGNMENT=m99", "STUDENTS=5", "SEED=7"]
    printed = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (line,) = [line for line in printed.splitlines() if "autograder demo" in line]
    options = line.split("autograder demo", 1)[1].split()
    run = subprocess.run(
        [sys.executable, "-c", "from autograder.cli import main; main()", "demo", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "no assignment 'm99'" in run.stderr
