"""Reads an author's `key.py`: the exercises in the order in which they were written."""

from __future__ import annotations

import traceback
from pathlib import Path

from autograder.authoring import Exercise, KeyFault, collecting


def load_key(path: Path) -> list[Exercise]:
    """The exercises of a key.

    Raises:
        KeyFault: one sentence with file and line: no such file, an error in it, the same name twice,
            an exercise without a case, a need that does not exist or comes later.
    """
    if not path.is_file():
        raise KeyFault(f"there is no {path}: every assignment needs a key.py beside its notebook")
    namespace: dict[str, object] = {"__name__": "key", "__file__": str(path)}
    with collecting() as exercises:
        try:
            exec(compile(path.read_bytes(), str(path), "exec"), namespace)
        except KeyFault as error:
            raise KeyFault(f"{path}, line {_line(error, path)}: {error}") from error
        except SyntaxError as error:
            raise KeyFault(f"{path}, line {error.lineno}: Python cannot read it: {error.msg}") from error
        except (Exception, SystemExit) as error:
            raise KeyFault(f"{path}, line {_line(error, path)}: {type(error).__name__}: {error}") from error
    _examine(path, exercises)
    return exercises


def _examine(path: Path, exercises: list[Exercise]) -> None:
    if not exercises:
        raise KeyFault(f"{path}, line 1: it defines no exercise; start with `name = exercise(...)`")
    known: dict[str, Exercise] = {}
    for found in exercises:
        where = f"{found.where}: {found.name}"
        if found.name in known:
            raise KeyFault(f"{where} is the name of two exercises; the other is in {known[found.name].where}")
        for need in found.needs:
            if need not in known:
                raise KeyFault(f"{where} needs {need!r}, which is not an exercise before it")
        if not found.checks:
            raise KeyFault(f"{where} has no visible case: add {found.name}.case(...)")
        if found.kind == "choice" and len(found.options) < 2:
            raise KeyFault(f"{where} needs two options or more")
        if found.hidden_points and not found.hidden_groups:
            raise KeyFault(f"{where} has hidden_points={found.hidden_points:g} but no hidden check")
        known[found.name] = found


def _line(error: BaseException, path: Path) -> int | str:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == str(path):
            return frame.lineno or "?"
    return "?"
