"""`check("nps")` in a notebook: observes, judges and shows, and leaves the student's session as it was."""

from __future__ import annotations

import inspect
import os
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from autograder import feedback
from autograder.check_file import CheckFileFault, assignment_of, read_checks
from autograder.judge import Verdict, judge
from autograder.observation import observe, request_for

CHECKS = "checks.json"


class CheckFailed(Exception):
    """Raised in place of a result when a notebook is validated, so that the validator shows our words."""

    def _render_traceback_(self) -> list[str]:
        # nbgrader's validator cuts lines that are longer than this.
        return [
            row for line in str(self).splitlines() for row in textwrap.wrap(line, 80, subsequent_indent="  ")
        ]


class Result:
    """What `check` returns: the points as its `repr`, the feedback as its page and as `str`.

    nbgrader reads the points of a test cell from the `repr` of its last value. A fault of the course has no
    points: what is not a number counts as all points for nbgrader, which then warns whoever grades.
    """

    def __init__(self, verdict: Verdict, value: float) -> None:
        self.verdict = verdict
        self._value = float(value)

    def __repr__(self) -> str:
        if not in_kernel():
            return str(self)
        return "could not be checked" if self.verdict.state == "fault" else repr(self._value)

    def __str__(self) -> str:
        return feedback.to_text(self.verdict)

    def __float__(self) -> float:
        return self._value

    def _repr_html_(self) -> str:
        return feedback.to_html(self.verdict)


class Checker:
    """The checks of one assignment: `check = Checker("m09a_nps")`, then `check("nps")`.

    Args:
        assignment: the name of the assignment's folder.
        path: the file with the compiled checks; found by itself when not given.
    """

    def __init__(self, assignment: str, path: str | Path | None = None) -> None:
        self.assignment = str(assignment)
        self._path = Path(path) if path is not None else None

    def __repr__(self) -> str:
        return f'The checks of {self.assignment}: write check("...") with the name of an exercise.'

    def __call__(self, name: str) -> Result:
        """Checks one exercise and returns its result. Never raises in a student's session."""
        frame = inspect.currentframe()
        namespace: Mapping[str, Any] = frame.f_back.f_globals if frame and frame.f_back else {}
        # `check(nps)` with the function itself, without quotation marks, is understood too.
        name = name if isinstance(name, str) else str(getattr(name, "__name__", name))
        try:
            verdict = self._verdict(name, namespace)
        except CheckFileFault as fault:
            verdict = _fault(name, str(fault))
        except Exception as error:
            verdict = _fault(
                name,
                f"The check itself has a fault ({type(error).__name__}: {str(error)[:120]}). This is not "
                "your mistake and costs you nothing; please tell your instructor.",
            )
        return _result(replace(verdict, note=_red_error_before()))

    def _verdict(self, name: str, namespace: Mapping[str, Any]) -> Verdict:
        checks = read_checks(self._path or find_checks(self.assignment), self.assignment)
        if name not in checks:
            near = get_close_matches(name, checks, 1)
            meant = f" Did you mean `{near[0]}`?" if near else f" There are: {', '.join(checks)}."
            raise CheckFileFault(f"There is no exercise `{name}` in {self.assignment}.{meant}")
        spec = checks[name]
        seen = observe(namespace, request_for(spec, spec["checks"]))
        verdict = judge(spec, seen)
        if verdict.state in ("wrong", "partly"):

            def works(need: str) -> bool:
                needed = checks[need]
                return judge(needed, observe(namespace, request_for(needed, needed["checks"]))).visible_pass

            waiting = unmet_need(spec, checks, works)
            if waiting:
                return judge(spec, seen, waiting_for=waiting)
        return verdict


def unmet_need(spec: Mapping[str, Any], checks: Mapping[str, Any], works: Callable[[str], bool]) -> str:
    """The first exercise this one needs that does not work: "exercise 2 (NPS)"; or "".

    When that one waits for another in its turn, the other is named: it is the one to mend first.
    """
    for need in spec.get("needs", []):
        if not works(need):
            needed = checks[need]
            return unmet_need(needed, checks, works) or f"exercise {needed['number']} ({needed['title']})"
    return ""


def find_checks(assignment: str) -> Path:
    """Where the compiled checks are.

    While nbgrader grades, the instructor's copy (environment variable AUTOGRADER_CHECKS); otherwise beside
    the notebook, or in the `release/` folder (`course/` for lessons) of the course the notebook lies in.
    """
    trusted = os.environ.get("AUTOGRADER_CHECKS")
    if os.environ.get("NBGRADER_EXECUTION") == "autograde" and trusted:
        return Path(trusted) / assignment / CHECKS
    here = Path.cwd()
    beside = here / CHECKS
    if assignment_of(beside) == assignment:
        return beside
    for folder in (here, *here.parents):
        for found in (folder / "release" / assignment / CHECKS, folder / assignment / CHECKS):
            if found.is_file():
                return found
    return beside


def _fault(name: str, sentence: str) -> Verdict:
    return Verdict(name=name, title=name, state="fault", earned=0.0, points=0.0, headline=sentence)


def _result(verdict: Verdict) -> Result:
    mode = os.environ.get("NBGRADER_EXECUTION", "")
    if mode in ("autograde", "validate"):
        _drop_stray_output()
    if mode == "validate":
        if not verdict.visible_pass:
            raise CheckFailed(feedback.to_text(verdict))
        # The validator compares with the cell's points; hidden checks are not its matter.
        return Result(verdict, verdict.points)
    return Result(verdict, verdict.earned)


def _red_error_before() -> str:
    """Says so when the cell that was run before this one ended in an error.

    Then Python still has the version of an earlier run, and the check would speak of code that the student
    no longer sees.
    """
    if not in_kernel() or os.environ.get("NBGRADER_EXECUTION"):
        return ""
    last = getattr(sys.modules["IPython"].get_ipython(), "last_execution_result", None)
    error = last and (last.error_before_exec or last.error_in_exec)
    if not error:
        return ""
    return (
        f"The cell you ran before this check ended in a red error ({type(error).__name__}). "
        "What it should have defined is still as it was before. Correct that cell first."
    )


def _drop_stray_output() -> None:
    """Clears what reached the cell past us, e.g. through a logger that kept the notebook's own stderr.

    nbgrader gives no points to a cell with any text on stderr.
    """
    if in_kernel():
        from IPython.display import clear_output

        clear_output()


def in_kernel() -> bool:
    """Whether this Python speaks to a notebook (and not to a terminal)."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")
