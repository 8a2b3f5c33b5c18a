"""Every probe of the hostile corpus gets the verdict it deserves; nothing outside its submission changes."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from pathlib import Path

import numpy
import pytest

import autograder
from tests.hostile.conftest import CLASSMATES, LIMITS, Attacked, fingerprints
from tests.hostile.corpus import POINTS, Probe, load_probes, outputs_of

PROBES = load_probes()
BY_NAME = {probe.name: probe for probe in PROBES}
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def graded(attacked: Attacked, probe: Probe):
    assert probe.student in attacked.graded, f"not graded: {attacked.finished.stderr[-500:]}"
    return attacked.graded[probe.student]


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: f"{probe.group}-{probe.name}")
def test_a_probe_gets_the_verdict_it_deserves(attacked, probe):
    """The sentence in its file says why."""
    found, wanted = graded(attacked, probe), probe.expected
    faults = []
    for name in POINTS:
        lowest, highest = wanted.span(name)
        score = found.auto.get(name)
        if not lowest - 1e-9 <= (score if score is not None else 0.0) <= highest + 1e-9:
            faults.append(f"{name} earned {score}, expected {lowest:g} to {highest:g}")
    for name, points in wanted.manual.items():
        if found.manual.get(name) != points:
            faults.append(f"{name} had {points:g} by hand, and has {found.manual.get(name)}")
    if not wanted.graded and found.row["state"] != "flagged":
        faults.append(f"nobody is told that it could not be graded: {found.row['state']}")
    for what in ("attention", "repairs"):
        sentences = " | ".join(found.row[what])
        if not fits(getattr(wanted, what), sentences):
            faults.append(f"{what} should be {getattr(wanted, what)!r}, got {sentences!r}")
    shown = outputs_of(found.notebook) if found.notebook else ""
    if wanted.shows not in shown:
        faults.append(f"it did not come to show {wanted.shows!r}: {shown[-700:]}")
    told = shown + found.comments + json.dumps(found.row)
    for text in wanted.never:
        if text in told:
            place = told.index(text)
            faults.append(f"it showed {told[max(place - 60, 0) : place + 300]!r}")
    if found.size > wanted.bytes:
        faults.append(f"its graded notebook has {found.size} bytes")
    if found.row["seconds"] > wanted.seconds:
        faults.append(f"it took {found.row['seconds']:.1f} seconds")
    if probe.secret and attacked.secret in told:
        faults.append("it learnt the secret")
    if faults:
        pytest.fail(f"{probe.sentence} – {'; '.join(faults)}", pytrace=False)


def fits(wanted: str | None, sentences: str) -> bool:
    """Whether the sentences for the instructor are as expected."""
    if wanted is None:
        return True
    if wanted in ("", "*"):
        return bool(sentences) == (wanted == "*")
    return wanted.casefold() in sentences.casefold()


@pytest.mark.parametrize("name", CLASSMATES)
def test_an_honest_classmate_is_not_affected(attacked, name):
    found = attacked.graded[name]
    assert {name: found.auto[name] for name in POINTS} == POINTS
    assert found.by_hand["why"]
    assert (found.row["attention"], found.row["repairs"]) == ([], [])


def test_the_class_is_graded_in_one_go(attacked):
    assert set(attacked.graded) == {*CLASSMATES, *(probe.student for probe in PROBES)}
    assert attacked.finished.returncode == 3, "some submissions need a person"
    assert attacked.seconds < 240, "it takes about 70 on two idle processors"


def test_no_submission_takes_much_longer_than_it_may(attacked):
    slow = {s: g.row["seconds"] for s, g in attacked.graded.items()}
    assert max(slow.values()) < 2.5 * LIMITS["submission_seconds"], max(slow, key=slow.get)


def test_the_grader_itself_stays_small(attacked):
    """A worker decodes what a student's process sent; a few kilobytes must not become gigabytes there."""
    assert attacked.peak_mb < 900


def test_what_a_person_must_read_is_short(attacked):
    told = {s: sum(map(len, [*g.row["attention"], *g.row["repairs"]])) for s, g in attacked.graded.items()}
    assert max(told.values()) < 10_000, max(told, key=told.get)


def test_no_score_is_outside_its_cell(attacked):
    for student, found in attacked.graded.items():
        for name, score in found.auto.items():
            assert score is None or 0 <= score <= POINTS.get(name, 3.0), (student, name, score)


def test_nobody_has_points_that_nobody_gave(attacked):
    given = {probe.student for probe in PROBES if "manual" in probe.hand_in.get("before", {})}
    for student, found in attacked.graded.items():
        assert student in given or not any(points is not None for points in found.manual.values()), student


def test_the_secret_is_nowhere_in_what_was_graded(attacked):
    folder = attacked.root / "grading" / "autograded"
    secret = attacked.secret.encode()
    files = [path for path in folder.rglob("*") if path.is_file()]
    leaks = {path.relative_to(folder).parts[0] for path in files if secret in path.read_bytes()}
    assert leaks <= {"anna"}, "anna wrote it herself"
    assert attacked.secret not in attacked.finished.stdout + attacked.finished.stderr


def test_hidden_inputs_are_in_no_output_and_no_comment(attacked):
    learnt = {}
    for student, found in attacked.graded.items():
        told = (outputs_of(found.notebook) if found.notebook else "") + found.comments + json.dumps(found.row)
        seen = attacked.hidden_inputs & set(re.findall(r"7\d{6}", told))
        if seen:
            learnt[student] = sorted(seen)
    assert not learnt


def test_what_a_student_wrote_is_inert_in_the_verdict(attacked):
    """No tag but our own in the page of a check, whatever the student's names, errors and answers are."""
    for student, found in attacked.graded.items():
        for cell in (found.notebook or {"cells": []})["cells"]:
            if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") not in POINTS:
                continue
            for output in cell.get("outputs", []):
                page = "".join(output.get("data", {}).get("text/html", ""))
                assert not re.search(r"<(script|img|iframe|svg|form|a|style)\b|onerror=[^&]*>", page), student


def test_graded_notebooks_are_notebooks(attacked):
    import nbformat

    for student, found in attacked.graded.items():
        assert found.notebook is not None, f"there is no graded notebook of {student}"
        nbformat.validate(nbformat.from_dict(found.notebook))


def test_no_process_survives(attacked):
    survivors = []
    for folder in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                if attacked.mark.encode() in (folder / name).read_bytes():
                    survivors.append(folder.name)
            except OSError:
                pass
    assert not survivors


def test_nothing_is_changed_outside(attacked):
    assert fingerprints(attacked.root, attacked.home) == attacked.before
    places = [attacked.root, attacked.home, Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/")]
    places += [Path(package.__file__).parent for package in (autograder, numpy, json)]
    places += [ROOT, ROOT / "datasets", Path(sysconfig.get_paths()["purelib"])]
    assert not [place for place in places if (place / "hostile_was_here").exists()]
    # Not by Python's own walk, which stumbles over the deep folders.
    command = ["find", attacked.root, attacked.home, "-name", "hostile_was_here"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout == ""
    for path in Path(autograder.__file__).parent.rglob("*.py"):
        assert "# hostile_was_here" not in path.read_text(encoding="utf-8")


def test_nobody_was_called_over_the_network(attacked):
    assert attacked.heard == []
