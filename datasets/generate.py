"""Writes the CSV files of this folder: each by a module of `generators/`, with its seed in datapackage.json.

    python datasets/generate.py          writes the files
    python datasets/generate.py --check  writes nothing; exit status 1 if a file differs, with its name

The same seed gives the same bytes. Another seed gives another table with the same planted traps, so that a
test can draw data nobody has seen. All people and brands are synthetic, unless a table names its source.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parent
if str(FOLDER) not in sys.path:
    sys.path.insert(0, str(FOLDER))


def table(name: str, seed: int | None) -> pd.DataFrame:
    """The data set `name` of a seed; `None` for one that is typed from a source."""
    make = getattr(importlib.import_module(f"generators.{name}"), name)
    made: pd.DataFrame = make() if seed is None else make(seed)
    return made


def as_csv(made: pd.DataFrame) -> bytes:
    """The table as it is stored: UTF-8, commas, LF line ends, no index."""
    return made.to_csv(index=False, lineterminator="\n").encode("utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write or check every file of the data package; the exit status is 1 if a check finds a difference."""
    parser = argparse.ArgumentParser(description="Make the course's data sets from their seeds.")
    parser.add_argument("--check", action="store_true", help="compare with the stored files, write nothing")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the CSV files are (default: here)")
    options = parser.parse_args(arguments)
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    differing = []
    for resource in package["resources"]:
        path = options.folder / resource["path"]
        content = as_csv(table(resource["name"], resource["seed"]))
        if not options.check:
            path.write_bytes(content)
        elif not path.exists():
            differing.append(f"{path.name} is missing")
        elif path.read_bytes() != content:
            differing.append(f"{path.name} differs from what its seed gives")
    for line in differing:
        print(f"{line}. Run python datasets/generate.py to write it again.", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
