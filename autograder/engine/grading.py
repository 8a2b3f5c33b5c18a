"""Grades one submission: from the files that were handed in to scores, comments and the executed notebook.

Works on data alone and gives data back, so it runs in any process, on any machine with a sandbox. It sees no
gradebook; what a person must look at is said in sentences.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from autograder import feedback
from autograder.checker import unmet_need
from autograder.engine import ipynb, scoring
from autograder.engine.assignment import ENGINE_VERSION, Assignment, MasterNotebook
from autograder.engine.repair import Repaired, find_notebooks, repair
from autograder.engine.run import Ran, Run, Step
from autograder.engine.submission import Submission
from autograder.judge import Verdict, judge
from autograder.observation import request_for

NO_ANSWER = "No response."


@dataclass
class GradedNotebook:
    """One notebook of a submission.

    Attributes:
        text: the executed notebook as a file.
        scores: per graded cell its automatic points, `None` where a person decides.
        comments: per answer nbgrader's automatic comment, or `None`.
        flagged: whether a person should look at it.
    """

    text: str
    scores: dict[str, float | None]
    comments: dict[str, str | None]
    flagged: bool = False


@dataclass
class Graded:
    """One submission, graded."""

    student: str
    assignment: str
    submission_hash: str
    key_hash: str
    timestamp: str | None
    sandboxed: bool
    engine_version: int = ENGINE_VERSION
    notebooks: dict[str, GradedNotebook] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    attention: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """As JSON, on its way from a worker."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_data(cls, data: bytes) -> Graded:
        """Back from `data`."""
        plain = json.loads(data)
        notebooks = {name: GradedNotebook(**one) for name, one in plain["notebooks"].items()}
        return cls(**{**plain, "notebooks": notebooks})

    def score(self) -> float:
        """The automatic points of all notebooks."""
        return sum(points or 0 for nb in self.notebooks.values() for points in nb.scores.values())


def grade(assignment: Assignment, submission: Submission, address: str, sandboxed: bool) -> Graded:
    """Grades a submission in the sandbox at `address`.

    Raises:
        OSError: the sandbox is gone; nothing was decided about the submission.
    """
    started = time.perf_counter()
    graded = _begun(assignment, submission, sandboxed)
    names, renamed = find_notebooks(assignment, submission)
    graded.repairs += renamed
    for name, master in assignment.notebooks.items():
        content = submission.content(names[name]) if name in names else None
        done = repair(assignment, name, content)
        one = _Notebook(assignment, submission, master, done, graded)
        graded.notebooks[name] = one.graded(address)
    graded.seconds["all"] = time.perf_counter() - started
    return graded


def _begun(assignment: Assignment, submission: Submission, sandboxed: bool) -> Graded:
    return Graded(
        submission.student,
        assignment.name,
        submission.hash,
        assignment.key_hash,
        submission.timestamp,
        sandboxed,
        attention=list(submission.refused),
    )


class _Notebook:
    """One notebook on its way through run, judgement and scores."""

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        master: MasterNotebook,
        done: Repaired,
        graded: Graded,
    ) -> None:
        self._assignment = assignment
        self._submission = submission
        self._master = master
        self._done = done
        self._graded = graded
        self._attention: list[str] = list(done.attention)
        self._cells = {cell.name: cell for cell in master.cells}
        self._verdicts: dict[str, Verdict] = {}

    def graded(self, address: str) -> GradedNotebook:
        """The notebook with its scores."""
        self._graded.repairs += self._done.repairs
        if self._done.damage:
            result = self._nothing_to_grade()
        else:
            ran = self._run(address)
            began = time.perf_counter()
            self._judge(ran)
            result = self._scored(ran)
            self._spent("judge", began)
            self._attention += ran.notes
        self._graded.attention += self._attention
        result.flagged = bool(self._attention or self._submission.refused)
        return result

    def _spent(self, part: str, since: float) -> None:
        seconds = self._graded.seconds
        seconds[part] = seconds.get(part, 0.0) + time.perf_counter() - since

    def _nothing_to_grade(self) -> GradedNotebook:
        # nbgrader gives 0 for a notebook that was not handed in, too.
        self._attention.append(self._done.damage)
        scores: dict[str, float | None] = {c.name: 0.0 for c in self._master.cells if c.grade or c.task}
        comments: dict[str, str | None] = {
            c.name: NO_ANSWER for c in self._master.cells if c.solution and not c.task
        }
        return GradedNotebook(ipynb.write(self._done.nb), scores, comments)

    def _exercise_of(self, cell: ipynb.Cell) -> str | None:
        """The exercise that a cell checks, if our checks know it."""
        about = cell["metadata"].get("nbgrader")
        name = self._cells[about["grade_id"]].exercise if about else None
        return name if name in self._assignment.checks else None

    def _run(self, address: str) -> Ran:
        began = time.perf_counter()
        steps, requests = [], {}
        checks, hidden = self._assignment.checks, self._assignment.hidden
        for place, cell in enumerate(self._done.nb["cells"]):
            if cell["cell_type"] != "code":
                continue
            name = self._exercise_of(cell)
            if name is None:
                steps.append(Step(place, cell["source"]))
            else:
                spec = checks[name]
                steps.append(Step(place, hold=name, kind=spec["kind"], target=spec["target"]))
                requests[name] = request_for(spec, [*spec["checks"], *hidden.get(name, [])])
        kept = {
            name: content for name, content in self._submission.files.items() if not name.endswith(".ipynb")
        }
        keep = self._assignment.keep
        trusted = {
            name: content
            for name, content in self._assignment.files.items()
            if name not in keep or name not in kept
        }
        files = _compatible({**kept, **trusted}, trusted)
        self._spent("prepare", began)
        visible = {name: len(checks[name]["checks"]) for name in requests}
        limits = self._assignment.limits
        ran = Run(address, self._assignment.name, files, steps, requests, limits, visible).go()
        for part, seconds in ran.seconds.items():
            self._graded.seconds[part] = self._graded.seconds.get(part, 0.0) + seconds
        return ran

    def _judge(self, ran: Ran) -> None:
        for name in ran.observations:
            self._verdicts[name] = self._verdict(name, ran)

    def _verdict(self, name: str, ran: Ran) -> Verdict:
        spec, hidden = self._assignment.checks[name], self._assignment.hidden.get(name, [])
        rows, count = ran.observations[name], len(self._assignment.checks[name]["checks"])
        try:
            verdict = judge(spec, rows[:count], hidden, rows[count:])
            if verdict.state in ("wrong", "partly"):
                waiting = unmet_need(spec, self._assignment.checks, self._works)
                if waiting:
                    verdict = judge(spec, rows[:count], hidden, rows[count:], waiting_for=waiting)
        except Exception as error:
            return self._not_judged(name, f"{type(error).__name__}: {str(error)[:200]}")
        return verdict

    def _not_judged(self, name: str, told: str) -> Verdict:
        """Whose fault is it: the check's, which then costs nothing, or that of what came back?"""
        spec, hidden = self._assignment.checks[name], self._assignment.hidden.get(name, [])
        nothing = [[{"stopped": ""} for _ in check["calls"]] for check in [*spec["checks"], *hidden]]
        points, count = float(spec["points"]), len(spec["checks"])
        try:
            judge(spec, nothing[:count], hidden, nothing[count:])
        except Exception:
            self._attention.append(f"the check {name} has a fault of its own: {told}")
            sentence = "This check has a fault. It is not your mistake and costs you nothing."
            return Verdict(name, spec["title"], "fault", points, points, sentence)
        self._attention.append(f"the answers to the check {name} cannot be judged: {told}")
        sentence = "The answers to this check could not be read."
        return Verdict(name, spec["title"], "wrong", 0.0, points, sentence)

    def _works(self, need: str) -> bool:
        """Whether an earlier exercise passed its visible checks; one that was not judged is not blamed."""
        return need not in self._verdicts or self._verdicts[need].visible_pass

    def _scored(self, ran: Ran) -> GradedNotebook:
        scores: dict[str, float | None] = {}
        comments: dict[str, str | None] = {}
        lines, traceback = self._assignment.max_lines, self._assignment.max_traceback
        for place, cell in enumerate(self._done.nb["cells"]):
            about = cell["metadata"].get("nbgrader")
            master = self._cells[about["grade_id"]] if about else None
            if cell["cell_type"] == "code":
                cell["outputs"] = ipynb.limit_output(ran.outputs.get(place, []), lines, traceback)
                cell["execution_count"] = ran.counts.get(place) or None
            if master is None:
                continue
            if master.solution or master.task:
                missing = master.name in self._done.missing
                unanswered = missing or scoring.is_unanswered(cell, master)
                comments[master.name] = NO_ANSWER if unanswered and not master.task else None
            if master.grade or master.task:
                score = self._score(cell, master.name, ran, place)
                scores[master.name] = score.points
                if score.attention:
                    self._attention.append(f"{master.name}: {score.attention}")
        return GradedNotebook(ipynb.write(self._done.nb), scores, comments)

    def _score(self, cell: ipynb.Cell, name: str, ran: Ran, place: int) -> scoring.Score:
        master = self._cells[name]
        if not master.is_test:
            return scoring.score_of_answer(cell, master, name in self._done.missing)
        exercise = self._exercise_of(cell)
        if exercise is not None:
            verdict = self._verdicts[exercise]
            cell["outputs"] = [_shown(verdict)]
            # The gradebook's points decide, should the key's be others.
            share = verdict.earned / verdict.points if verdict.points else 0.0
            points = master.points if verdict.points == master.points else None
            earned = verdict.earned if points is not None else round(share * master.points, 2)
            return scoring.Score(min(max(float(earned), 0.0), master.points))
        if place not in ran.outputs or place in ran.not_reached:
            return scoring.Score(0.0, "its test was not reached")
        return scoring.score_of_outputs(ran.outputs[place], master.points)


def _shown(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the output of its cell."""
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "data": {"text/plain": repr(float(verdict.earned)), "text/html": feedback.to_html(verdict)},
        "metadata": {"autograder": {"state": verdict.state, "misconception": verdict.misconception}},
    }


def _compatible(files: Mapping[str, str], trusted: Mapping[str, str]) -> dict[str, str]:
    """Without files of the student's that stand where a released folder must be, or the other way round."""
    folders = {
        "/".join(name.split("/")[:depth]) for name in trusted for depth in range(1, name.count("/") + 1)
    }
    return {
        name: content
        for name, content in files.items()
        if name in trusted
        or (
            name not in folders
            and not any("/".join(name.split("/")[:d]) in trusted for d in range(1, name.count("/") + 1))
        )
    }


def given_up(assignment: Assignment, submission: Submission, reason: str, sandboxed: bool) -> Graded:
    """A submission that cannot be run at all: every automatic score is left to a person."""
    graded = _begun(assignment, submission, sandboxed)
    graded.attention.append(reason)
    names, _ = find_notebooks(assignment, submission)
    for name, master in assignment.notebooks.items():
        done = repair(assignment, name, submission.content(names[name]) if name in names else None)
        scores = dict.fromkeys((cell.name for cell in master.cells if cell.grade or cell.task), None)
        comments = dict.fromkeys((cell.name for cell in master.cells if cell.solution), None)
        graded.notebooks[name] = GradedNotebook(ipynb.write(done.nb), {**scores}, {**comments}, flagged=True)
    return graded
