"""Run every benchmark, print the figures, and write them to grading/bench.json.

A benchmark is a function `measure` or `measure_…` without arguments in a file `bench_….py` beside this one.
It returns rows of `name`, `value` (a number) and `unit`. One that cannot measure here raises; the others go
on, and the exit status is 1.
"""

import importlib.util
import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RESULTS = ROOT / "grading" / "bench.json"

Row = dict[str, Any]


def benchmarks(folder: Path = HERE) -> Iterator[tuple[str, Callable[[], list[Row]]]]:
    """Yield the name and the function of every benchmark in the folder, by file and then as written."""
    for path in sorted(folder.glob("bench_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} is no Python module")
        module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, found in vars(module).items():
            if (name == "measure" or name.startswith("measure_")) and callable(found):
                yield f"{path.stem}.{name}", found


def checked(row: Row) -> Row:
    """Return the row if it has a name, a finite number and a unit, and nothing else; else ValueError."""
    fits = (
        set(row) == {"name", "value", "unit"}
        and isinstance(row["name"], str)
        and isinstance(row["unit"], str)
        and isinstance(row["value"], int | float)
        and math.isfinite(row["value"])
    )
    if not fits:
        raise ValueError(f"a row must be a name, a finite value and a unit, got {row}")
    return {"name": row["name"], "value": float(row["value"]), "unit": row["unit"]}


def table(rows: list[Row]) -> str:
    """Return the rows as lines of text, the numbers right-aligned at three significant digits or better."""
    if not rows:
        return "Nothing was measured."
    shown = [f"{row['value']:.0f}" if abs(row["value"]) >= 100 else f"{row['value']:.3g}" for row in rows]
    wide = max(len(row["name"]) for row in rows)
    high = max(map(len, shown))
    return "\n".join(
        f"{row['name']:<{wide}}  {value:>{high}} {row['unit']}".rstrip()
        for row, value in zip(rows, shown, strict=True)
    )


def main(folder: Path = HERE, results: Path = RESULTS) -> int:
    """Measure, print and write; return the exit status."""
    rows: list[Row] = []
    status = 0
    for name, measure in benchmarks(folder):
        try:
            rows += [checked(row) for row in measure()]
        except Exception as error:
            print(f"{name} was not measured: {type(error).__name__}: {error}", file=sys.stderr)
            status = 1
    print(table(rows))
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Written to {results}")
    return status


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # benchmarks import what they share from tests.benchmarks
    sys.exit(main())
