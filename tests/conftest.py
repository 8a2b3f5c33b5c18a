"""What all tests share: where the project is, what it may ask of the machine, and a class graded once."""

import json
import os
import shutil
import signal
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from rich.console import Console

from autograder.demo import Demo, run_demo
from tests.cluster import dask_cluster, running_cluster
from tests.components import chromium, require
from tests.databases import postgresql

__all__ = ["chromium", "dask_cluster", "postgresql", "require", "running_cluster"]  # fixtures

# Property tests draw the same examples on every run and do not fail because a machine is slow.
settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")

# Tests interrupt programs; a shell that starts pytest in the background would have them ignore that.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def graded_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A simulated class of eight, graded once for all processes of the tests, in a copy of its own."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    course = common / "demo"
    with FileLock(common / "demo.lock"):
        if not (course / "grading" / "demo" / "summary.json").is_file():
            shutil.rmtree(course, ignore_errors=True)
            shutil.copytree(ROOT / "source" / "m09a_nps", course / "source" / "m09a_nps")
            shutil.copyfile(ROOT / "nbgrader_config.py", course / "nbgrader_config.py")
            run_demo(course, "m09a_nps", size=8, seed=4, console=Console(quiet=True))
    folder = tmp_path_factory.mktemp("course") / "demo"
    shutil.copytree(course / "grading" / "demo", folder)
    return Demo(folder, json.loads((folder / "summary.json").read_text(encoding="utf-8")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first, so that no processor waits for the last of them."""
    items.sort(key=lambda item: not {"slow", "browser"} & {mark.name for mark in item.iter_markers()})
