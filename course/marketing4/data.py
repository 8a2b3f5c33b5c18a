"""Loads the course's data sets as they are stored, faults included, wherever the kernel was started.

Knows where the data package is and how its description says to read a file. It cleans nothing: that is the
work of the exercises.
"""

from __future__ import annotations

import difflib
import json
import textwrap
from pathlib import Path
from typing import Any

import pandas as pd

# In an installed wheel the data lie inside the package; in a checkout they lie beside the folder `course`.
FOLDERS = (Path(__file__).resolve().parent / "datasets", Path(__file__).resolve().parents[2] / "datasets")
DESCRIPTION = "datapackage.json"

_NEEDED = ("name", "path", "title", "description", "rows", "seed", "card", "sources", "schema")
_WIDTH = 100


def load(name: str) -> pd.DataFrame:
    """The data set as stored: one row per line of the file, columns as `describe(name)` tells.

    Text columns hold the text exactly as typed, date columns dates, the others numbers; a blank is missing
    (NaN). Every call reads the file again, so a changed table does not change the next one.

    Raises ValueError for an unknown name or a file that does not fit its description, FileNotFoundError if
    the data folder or a file in it is missing.
    """
    folder, resource = _find(name)
    path = folder / resource["path"]
    fields = resource["schema"]["fields"]
    try:
        table = pd.read_csv(
            path,
            dtype={field["name"]: str for field in fields if field["type"] == "string"},
            keep_default_na=False,
            na_values=resource["schema"].get("missingValues", [""]),
            encoding=resource.get("encoding", "utf-8"),
        )
        _expect_columns(table, [field["name"] for field in fields])
        for field in fields:
            if field["type"] == "date":
                table[field["name"]] = pd.to_datetime(table[field["name"]], format="%Y-%m-%d")
    except FileNotFoundError:
        raise FileNotFoundError(
            f"The file of the data set {name} is missing: {path}. Get the folder datasets again, complete."
        ) from None
    except ValueError as error:
        reason = str(error).strip().splitlines()[0]
        raise ValueError(
            f"{path} does not fit its description: {reason}. Get this file again from the course."
        ) from error
    return table


def describe(name: str) -> str:
    """What the data set holds, as text: its story, size, columns with units, source, licence and seed.

    The faults planted in it are not told here but in the page that the text names; look for them yourself
    first. Raises as `load` does.
    """
    folder, resource = _find(name)
    fields = resource["schema"]["fields"]
    indent = max(len(field["name"]) for field in fields) + 2
    lines = [resource["title"], "=" * len(resource["title"]), ""]
    lines += textwrap.wrap(resource["description"], _WIDTH)
    lines += ["", f"{resource['rows']} rows, {len(fields)} columns", ""]
    for field in fields:
        unit = f" [{field['unit']}]" if "unit" in field else ""
        text = f"{field['name'].ljust(indent)}{field['type']}{unit}. {field['description']}"
        lines += textwrap.wrap(text, _WIDTH, subsequent_indent=" " * indent)
    lines += ["", *(f"Source: {source['title']}" for source in resource["sources"])]
    lines += [f"Licence: {licence['name']}" for licence in _package(folder).get("licenses", [])]
    origin = "Typed from its source" if resource["seed"] is None else f"Seed: {resource['seed']}"
    lines += [origin, f"Page: datasets/{resource['card']}"]
    return "\n".join(lines)


def names() -> list[str]:
    """The names that `load` and `describe` know, in the order of the course."""
    return [resource["name"] for resource in _package(_folder())["resources"]]


def _find(name: str) -> tuple[Path, dict[str, Any]]:
    """The data folder and the description of one data set."""
    folder = _folder()
    resources = {resource["name"]: resource for resource in _package(folder)["resources"]}
    if isinstance(name, str) and name in resources:
        return folder, resources[name]
    asked = name.lower().removesuffix(".csv") if isinstance(name, str) else ""
    near = difflib.get_close_matches(asked, resources, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ValueError(f"There is no data set {name!r}.{hint} The data sets are {', '.join(resources)}.")


def _folder() -> Path:
    """The first of FOLDERS that exists."""
    for folder in FOLDERS:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"The data folder is missing: it should be {FOLDERS[-1]}. Get the course again, complete."
    )


def _package(folder: Path) -> dict[str, Any]:
    """The content of datapackage.json, with the parts that this module needs."""
    path = folder / DESCRIPTION
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            _expect_keys(resource, _NEEDED)
            for field in resource["schema"]["fields"]:
                _expect_keys(field, ("name", "type", "description"))
    except FileNotFoundError:
        raise FileNotFoundError(
            f"The description of the data sets is missing: {path}. Get the folder datasets again, complete."
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path} is damaged ({type(error).__name__}: {error}). Get this file again from the course."
        ) from error
    return package


def _expect_columns(table: pd.DataFrame, expected: list[str]) -> None:
    if list(table.columns) != expected:
        raise ValueError(
            f"it should have the columns {', '.join(expected)}, but has {', '.join(table.columns)}"
        )


def _expect_keys(part: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if key not in part:
            raise KeyError(key)
