"""Our steps in nbgrader's own pipelines, named in `nbgrader_config.py`. Nothing of nbgrader is patched.

`CompileChecks` runs in `nbgrader generate_assignment`; `ExecuteAndJudge` takes the place of nbgrader's
Execute in `nbgrader autograde`. The latter is the seam of the grading engine: it asks the process that ran
the student's code for data, and judges here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.preprocessors import Execute, NbGraderPreprocessor

from autograder import codec, feedback
from autograder.check_file import CheckFileFault, read_checks
from autograder.checker import CHECKS, unmet_need
from autograder.compiling import compile_assignment, course_seed, request_for
from autograder.judge import Verdict, judge
from autograder.notebook import checked_exercise

HIDDEN_FOLDER = Path("grading", "hidden")
ANSWER_TYPE = "application/vnd.autograder.observations+json"


class CompileChecks(NbGraderPreprocessor):
    """Runs the solution over the key's cases; writes the checks beside the student's notebook.

    The visible ones go into the release folder, the hidden ones into `grading/hidden/`. A folder without
    `key.py` (a plain nbgrader assignment) is left as it is.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Compiles the assignment; the notebook itself is not changed."""
        assignment = resources["nbgrader"]["assignment"]
        root = course_root(self.config)
        settings = self.config.CourseDirectory
        folder = root / str(settings.get("source_directory", "source")) / assignment
        if not (folder / "key.py").is_file():
            return nb, resources
        compiled = compile_assignment(folder, course_seed(root))
        released = root / str(settings.get("release_directory", "release")) / assignment
        write_text(released / CHECKS, compiled.visible_json())
        write_text(root / HIDDEN_FOLDER / f"{assignment}.json", compiled.hidden_json())
        return nb, resources


class ExecuteAndJudge(Execute):
    """Executes a submission as nbgrader does, but computes the verdict of each check cell in this process.

    The kernel is sent inputs and answers with data; expected values never reach it.
    """

    def preprocess(
        self, nb: NotebookNode, resources: Any, *args: Any, **kwargs: Any
    ) -> tuple[NotebookNode, Any]:
        """Executes the notebook; outputs of check cells become our verdict."""
        assignment = resources["nbgrader"]["assignment"]
        self._verdicts: dict[str, Verdict] = {}
        self._checks, self._hidden = load_checks(course_root(self.config), assignment, self.log)
        return super().preprocess(nb, resources, *args, **kwargs)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Executes one cell; for a check cell, asks for observations and judges them."""
        name = checked_exercise(cell)
        if name is None or name not in self._checks:
            return super().preprocess_cell(cell, resources, index)
        cell, resources = super().preprocess_cell(cell, resources, index)
        verdict = self._judge(name, index)
        self._verdicts[name] = verdict
        value = repr(float(verdict.earned))
        data = {"text/plain": value, "text/html": feedback.to_html(verdict)}
        told = {"state": verdict.state, "misconception": verdict.misconception}
        cell.outputs = [
            new_output(
                "execute_result",
                data,
                execution_count=cell.execution_count,
                metadata={"autograder": told},
            )
        ]
        return cell, resources

    def _judge(self, name: str, index: int) -> Verdict:
        spec, hidden = self._checks[name], self._hidden.get(name, [])
        request = request_for(spec, [*spec["checks"], *hidden])
        rows = self._ask(request, index)
        if rows is None:
            told = "Your notebook gave no answer to this check: did it stop, or take too long?"
            return Verdict(name, spec["title"], "wrong", 0.0, float(spec["points"]), told)
        if not readable(rows, request):
            # Data that is not of the codec's form cannot come from an honest answer.
            told = "The answer to this check could not be read."
            return Verdict(name, spec["title"], "wrong", 0.0, float(spec["points"]), told)
        count = len(spec["checks"])
        try:
            verdict = judge(spec, rows[:count], hidden, rows[count:])
            wrong = verdict.state in ("wrong", "partly")
            waiting = unmet_need(spec, self._checks, self._works) if wrong else ""
            if waiting:
                verdict = judge(spec, rows[:count], hidden, rows[count:], waiting_for=waiting)
        except Exception as error:
            self.log.error(f"The check {name!r} has a fault: {type(error).__name__}: {error}")
            told = "This check has a fault. It is not your mistake and costs you nothing."
            return Verdict(name, spec["title"], "fault", float(spec["points"]), float(spec["points"]), told)
        return verdict

    def _works(self, need: str) -> bool:
        """Whether an earlier exercise passed its visible checks; one that was not judged is not blamed."""
        return need not in self._verdicts or self._verdicts[need].visible_pass

    def _ask(self, request: dict[str, Any], index: int) -> Any:
        """What the student's kernel answers to a request, or `None`."""
        question = new_code_cell(
            "__import__('autograder.answering', fromlist=['answer']).answer(globals(), "
            f"{json.dumps(json.dumps(request))})"
        )
        kept = self.nb.cells[index]
        try:
            self.execute_cell(question, index, store_history=False)
        finally:
            self.nb.cells[index] = kept
        for output in question.outputs:
            if output.output_type == "display_data" and ANSWER_TYPE in output.data:
                # nbformat turns dictionaries into its own class; the codec reads plain ones only.
                rows = json.loads(json.dumps(output.data[ANSWER_TYPE]))
                return rows if isinstance(rows, list) else None
        return None


def readable(rows: Any, request: dict[str, Any]) -> bool:
    """Whether an answer from a student's process has the form and the size that was asked for."""
    shape = [len(check) for check in request["checks"]]
    if (
        type(rows) is not list
        or any(type(row) is not list for row in rows)
        or [len(r) for r in rows] != shape
    ):
        return False
    return all(type(seen) is dict and _is_observation(seen) for row in rows for seen in row)


def _is_observation(seen: dict[str, Any]) -> bool:
    told = seen.get("raised")
    plain = (
        (
            told is None
            or (type(told) is dict and {type(told.get("type")), type(told.get("message"))} == {str})
        )
        and type(seen.get("printed", "")) is str
        and type(seen.get("near")) in (str, type(None))
        and type(seen.get("late", 1.0)) in (int, float)
        and type(seen.get("changed", [])) is list
    )
    if not plain or not seen.keys() & {"returned", "raised", "late", "undefined", "not_callable"}:
        return False
    try:
        for part in ("returned", "again", "not_callable"):
            if part in seen:
                codec.decode(seen[part])
    except ValueError:
        return False
    return True


def load_checks(root: Path, assignment: str, log: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The visible and hidden checks of an assignment; empty for one without a key."""
    path = root / "release" / assignment / CHECKS
    if not path.is_file():
        return {}, {}
    visible = read_checks(path)
    try:
        hidden = read_checks(root / HIDDEN_FOLDER / f"{assignment}.json")
    except CheckFileFault:
        log.warning(
            f"The hidden checks of {assignment} are not in {HIDDEN_FOLDER}: only the visible ones are "
            f"graded. Run nbgrader generate_assignment {assignment} --force to make them."
        )
        return visible, {}
    return visible, {name: row["checks"] for name, row in hidden.items()}


def course_root(config: Any) -> Path:
    """The course's root folder as nbgrader is configured."""
    return Path(str(config.CourseDirectory.get("root", "."))).resolve()


def write_text(path: Path, text: str) -> None:
    """Writes the file whole: beside it first, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
