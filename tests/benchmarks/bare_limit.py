"""The least that grading a class can cost: a fork of a warm Python, the students' cells, the calls.

Run as a script with a course's folder; prints JSON. No IPython, no sandbox, no data between processes,
nothing observed or compared: what a cell or a call costs here, it costs any grader that has to run it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

WARM = ("numpy", "pandas", "matplotlib.pyplot", "IPython.core.interactiveshell", "marketing4.data")


def main(course: Path, assignment: str) -> dict[str, Any]:
    """Seconds of processor time of all submissions, in all and of the forks alone."""
    from autograder import codec
    from autograder.check_file import read_checks
    from autograder.engine.assignment import HIDDEN_FOLDER

    for name in WARM:
        importlib.import_module(name)
    checks = read_checks(course / "release" / assignment / "checks.json", assignment)
    hidden = read_checks(course / HIDDEN_FOLDER / f"{assignment}.json", assignment)
    calls = {
        name: [
            ([codec.decode(arg) for arg in call["args"]], int(call.get("repeat", 1)))
            for check in [*spec["checks"], *hidden[name]["checks"]]
            for call in check["calls"]
        ]
        for name, spec in checks.items()
        if spec["kind"] == "call"
    }
    notebooks = {
        path.parents[1].name: _steps(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((course / "grading" / "submitted").glob(f"*/{assignment}/{assignment}.ipynb"))
    }
    os.chdir(course / "release" / assignment)
    gc.collect()
    gc.freeze()
    spent = {student: _processor_time(steps, checks, calls) for student, steps in notebooks.items()}
    forks = [_processor_time([], {}, {}) for _ in range(20)]
    return {"cpu": sum(spent.values()), "fork": sum(forks) / len(forks), "students": spent}


def _steps(nb: dict[str, Any]) -> list[tuple[str, Any]]:
    """The code of the cells, and the exercises to check where their cells stand."""
    from autograder.check_cell import exercise_in

    steps: list[tuple[str, Any]] = []
    for cell in nb["cells"]:
        if cell["cell_type"] != "code":
            continue
        about = cell["metadata"].get("nbgrader", {})
        text = "".join(cell["source"])
        name = exercise_in(text) if about.get("grade") and not about.get("solution") else None
        steps.append(("check", name) if name else ("run", text))
    return steps


def _processor_time(
    steps: list[tuple[str, Any]], checks: dict[str, Any], calls: dict[str, list[tuple[list[Any], int]]]
) -> float:
    before = _own()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            _live(steps, checks, calls)
        os._exit(0)
    _, _, usage = os.wait4(pid, 0)
    return _own() - before + usage.ru_utime + usage.ru_stime


def _own() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _live(
    steps: list[tuple[str, Any]], checks: dict[str, Any], calls: dict[str, list[tuple[list[Any], int]]]
) -> None:
    from autograder.observation import call_within

    namespace: dict[str, Any] = {"__name__": "__main__"}
    sys.stdout = sys.stderr = io.StringIO()
    for kind, what in steps:
        if kind == "run":
            with contextlib.suppress(Exception):
                exec(what, namespace)
            continue
        function = namespace.get(checks[what]["target"])
        for args, repeat in calls.get(what, []) if callable(function) else []:
            for _ in range(repeat):
                with contextlib.suppress(BaseException):
                    call_within(float(checks[what]["time_limit"]), function, *args)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]).resolve(), sys.argv[2])))
