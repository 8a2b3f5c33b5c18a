"""The data package as it is stored, and tables of other seeds: what is documented must hold for all."""

import functools
import importlib.util
import io
import json
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "datasets"


def _generator():
    specification = importlib.util.spec_from_file_location("generate_datasets", FOLDER / "generate.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


generate = _generator()
PACKAGE = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
NAMES = list(RESOURCES)
DRAWN = [name for name in NAMES if RESOURCES[name]["seed"] is not None]
SEEDS = [*range(6), 2024]


def stored(name):
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


def drawn(name, seed):
    """A table of another seed, read back as it would be stored."""
    return pd.read_csv(
        io.BytesIO(generate.as_csv(generate.table(name, seed))), dtype=str, keep_default_na=False
    )


@functools.cache
def tables(name):
    """The stored table and tables of other seeds: what is documented must hold for all."""
    return [stored(name), *(drawn(name, seed) for seed in SEEDS if name in DRAWN)]


def every_table(name):
    ids = ["stored", *(f"seed {seed}" for seed in SEEDS if name in DRAWN)]
    return pytest.mark.parametrize("table", tables(name), ids=ids)
