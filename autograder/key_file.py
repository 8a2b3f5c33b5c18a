"""Reads an author's `key.py`: the exercises in the order in which they were written."""

from __future__ import annotations

import traceback
from pathlib import Path

from autograder.authoring import Exercise, KeyFault


def load_key(path: Path) -> list[Exercise]:
    """The exercises of a key.

    Raises:
        KeyFault: one sentence with file and line: no such file, an error in it, the same name twice,
            an exercise without a case, a need that does not exist or comes later.
    """
    if not path.is_file():
        raise KeyFault(f"there is no {path}: every assignment needs a key.py beside its notebook")
    source = path.read_text(encoding="utf-8")
    namespace: dict[str, object] = {"__name__": "key", "__file__": str(path)}
    try:
        exec(compile(source, str(path), "exec"), namespace)
    except KeyFault as error:
        raise KeyFault(f"{path}, line {_line(error, path)}: {error}") from error
    except SyntaxError as error:
        raise KeyFault(f"{path}, line {error.lineno}: Python cannot read it: {error.msg}") from error
    except Exception as error:
        raise KeyFault(f"{path}, line {_line(error, path)}: {type(error).__name__}: {error}") from error
    exercises = [value for value in namespace.values() if isinstance(value, Exercise)]
    # The same exercise under two names in the file is one exercise.
    unique = list({id(found): found for found in exercises}.values())
    _examine(path, unique)
    return unique


def _examine(path: Path, exercises: list[Exercise]) -> None:
    if not exercises:
        raise KeyFault(f"{path} defines no exercise: start with `name = exercise(...)`")
    known: set[str] = set()
    for found in exercises:
        if found.name in known:
            raise KeyFault(f"{path}: two exercises have the name {found.name!r}")
        for need in found.needs:
            if need not in known:
                raise KeyFault(f"{path}: {found.name} needs {need!r}, which is not an exercise before it")
        if not found.checks:
            raise KeyFault(f"{path}: {found.name} has no visible case: add {found.name}.case(...)")
        if found.kind == "choice" and len(found.options) < 2:
            raise KeyFault(f"{path}: {found.name} needs two options or more")
        known.add(found.name)


def _line(error: BaseException, path: Path) -> int | str:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == str(path):
            return frame.lineno or "?"
    return "?"
