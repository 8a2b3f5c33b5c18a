"""The command line: `autograder verify`, `autograder release`, `autograder grade`, `autograder demo`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from autograder.authoring import KeyFault

if TYPE_CHECKING:
    from autograder.verifying import ExerciseProof

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Checks of notebooks: proven, compiled, graded."
)
console = Console()
if not console.is_terminal:
    # Written to a file or a log, the tables have room.
    console = Console(width=110)
errors = Console(stderr=True)

Root = Annotated[Path, typer.Option(help="The course's root folder.", exists=True, file_okay=False)]


@app.command()
def verify(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Assignment folders; all of source/ by default.")
    ] = None,
    root: Root = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
) -> None:
    """Proves the checks: right answers accepted, each misconception named, stubs and guesses earn nothing."""
    from autograder.releasing import assignments
    from autograder.verifying import verify_assignment

    chosen = list(folders or [])
    if not chosen:
        chosen = [root / "source" / name for name in assignments(root)]
        if (root / "course" / "key.py").is_file():
            chosen.append(root / "course")
    if not chosen:
        _stop(f"There is no assignment with a key.py in {root / 'source'}.")
    proofs: list[ExerciseProof] = []
    try:
        for found in _in_parallel(verify_assignment, [folder.resolve() for folder in chosen]):
            proofs.extend(found)
    except KeyFault as fault:
        _stop(str(fault))
    if as_json:
        typer.echo(json.dumps([proof.to_json() for proof in proofs], indent=1, ensure_ascii=False))
    else:
        _print_proofs(proofs)
    broken = [proof for proof in proofs if proof.faults]
    for proof in broken:
        for sentence in proof.faults:
            errors.print(f"{proof.assignment}/{proof.exercise}: {sentence}", style="bold", highlight=False)
    if broken:
        raise typer.Exit(1)


def _print_proofs(proofs: list[ExerciseProof]) -> None:
    for assignment in dict.fromkeys(proof.assignment for proof in proofs):
        _print_assignment(assignment, [proof for proof in proofs if proof.assignment == assignment])
    total, found = sum(p.mutants for p in proofs), sum(p.mutants_detected for p in proofs)
    if total:
        console.print(f"{found} of {total} mutants of the solutions are detected ({found / total:.0%}).")


def _print_assignment(assignment: str, proofs: list[ExerciseProof]) -> None:
    table = Table(title=assignment, title_justify="left")
    for name, side in (
        ("exercise", "left"),
        ("points", "right"),
        ("visible", "right"),
        ("hidden", "right"),
        ("right", "right"),
        ("wrong", "right"),
        ("mutants", "right"),
        ("holds", "left"),
    ):
        table.add_column(name, justify=side, no_wrap=True)  # type: ignore[arg-type]
    for proof in proofs:
        share = f"{proof.mutants_detected} of {proof.mutants}" if proof.mutants else "–"
        table.add_row(
            proof.exercise,
            f"{proof.points:g}",
            str(proof.visible_checks),
            str(proof.hidden_checks),
            str(proof.right_answers),
            str(proof.wrong_answers),
            share,
            "no" if proof.faults else "yes",
        )
    console.print(table)


@app.command()
def release(
    root: Root = Path(),
    check: Annotated[bool, typer.Option("--check", help="Only say whether release/ is up to date.")] = False,
) -> None:
    """Regenerates the student versions in release/ and the lessons' self-checks."""
    from autograder import releasing

    try:
        rows = releasing.differences(root.resolve()) if check else releasing.release(root.resolve())
    except KeyFault as fault:
        _stop(str(fault))
    for row in rows:
        console.print(
            row if check else row.replace("is out of date", "renewed").replace("is missing", "made")
        )
    if check and rows:
        _stop("The student versions are out of date: run make release, look at the changes and commit them.")
    if not rows:
        console.print("The student versions are up to date.")


@app.command()
def grade(
    assignment: Annotated[str, typer.Argument(help="Which assignment, by the name of its folder.")],
    student: Annotated[list[str] | None, typer.Option(help="Only this student; may be given again.")] = None,
    jobs: Annotated[
        int, typer.Option(help="Submissions at the same time; 0: as many as processors, and one.", min=0)
    ] = 0,
    scheduler: Annotated[str | None, typer.Option(help="Grade on the Dask cluster at this address.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also what was graded already.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be graded.")] = False,
    no_sandbox: Annotated[
        bool, typer.Option("--no-sandbox", help="Run student code in your own account. Unsafe.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    root: Root = Path(),
) -> None:
    """Grades what students handed in: what is new or changed, in parallel, each in a sandbox of its own.

    The exit status is 0 when all is graded, 3 when some submissions need attention, 1 when grading was not
    possible, and 130 after Ctrl-C.
    """
    from autograder.grade_command import Wishes, grade_assignment

    wishes = Wishes(assignment, student or [], jobs, scheduler, force, dry_run, not no_sandbox, as_json)
    raise typer.Exit(grade_assignment(root.resolve(), wishes, console, errors))


@app.command()
def demo(
    assignment: Annotated[str, typer.Argument(help="Which assignment of source/.")] = "m09a_nps",
    students: Annotated[int, typer.Option(help="Size of the simulated class.", min=1, max=1000)] = 24,
    seed: Annotated[int, typer.Option(help="Draws the class and the hidden inputs.", min=0)] = 4,
    root: Root = Path(),
) -> None:
    """Grades a simulated class the real way, and compares every score with what its construction implies."""
    from autograder.demo import DemoFailed, report, run_demo

    try:
        result = run_demo(root.resolve(), assignment, students, seed, console)
    except (KeyFault, DemoFailed) as fault:
        _stop(str(fault))
    report(result, console)
    for row in result.summary["differences"]:
        errors.print(
            f"{row['student']}, {row['exercise']}: recorded {row['recorded']}, implied {row['implied']}",
            highlight=False,
        )
    if result.summary["differences"]:
        _stop("The gradebook differs from what the simulated answers imply.")


def _in_parallel(work: Callable[[Path], list[ExerciseProof]], folders: list[Path]) -> Iterator[Any]:
    """The results in the order of the folders; each is much work and shares nothing with the others."""
    jobs = min(len(folders), os.cpu_count() or 1)
    if jobs == 1:
        yield from map(work, folders)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, folders)


def _stop(sentence: str) -> NoReturn:
    errors.print(sentence, style="bold", highlight=False)
    raise typer.Exit(1)


def main() -> None:
    """Runs the command line."""
    app()
