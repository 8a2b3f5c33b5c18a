"""A real JupyterLab and a real browser. Every test in this folder needs Chromium, and skips without it.

The course is copied first, so that a test may answer, submit and grade as it likes, and the repository stays
as it is. One server and one browser serve all tests of a run; each test has a browser context of its own.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from autograder.demo import Demo

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "grading", "tests", "__pycache__", ".*_cache", ".hypothesis", ".ipynb_checkpoints"
)
SECONDS_TO_START = 60
SECONDS_TO_APPEAR = 30

expect.set_options(timeout=SECONDS_TO_APPEAR * 1000)


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder it shows, its address without a page, and the token that opens it."""

    course: Path
    address: str
    token: str

    def url(self, path: str) -> str:
        """Full address of a page such as `lab/tree/course/00_start_here.ipynb`."""
        return f"{self.address}/{path}?token={self.token}"

    def get(self, path: str) -> str:
        """Text of a page, asked for without a browser; HTTPError when the status is no success."""
        request = Request(f"{self.address}/{path}", headers={"Authorization": f"token {self.token}"})
        with urlopen(request, timeout=30) as answer:
            return answer.read().decode()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take a picture of the page when a test fails, and say where it is."""
    report = yield
    page = item.funcargs.get("page")
    if report.when == "call" and report.failed and isinstance(page, Page):
        picture = Path(str(item.funcargs["tmp_path"]), "page.png")
        try:
            page.screenshot(path=picture)
            found = str(picture)
        except Error as error:
            found = f"no picture: {error}"
        report.sections.append(("the page when the test failed", found))
    return report


@pytest.fixture(scope="session")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course, without anything graded yet."""
    copied = tmp_path_factory.mktemp("lab") / "course"
    shutil.copytree(root, copied, ignore=NOT_COPIED)
    return copied


@pytest.fixture(scope="session")
def lab(chromium: str, course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab in the copied course, for a user without settings."""
    with running_lab(course, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def graded_lab(chromium: str, graded_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab in the course of an instructor who has graded the simulated class."""
    graded = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(ROOT, graded, ignore=NOT_COPIED)
    shutil.copytree(graded_demo.folder / "grading", graded / "grading", dirs_exist_ok=True)
    with running_lab(graded, tmp_path_factory.mktemp("home")) as running:
        yield running


@contextmanager
def running_lab(course: Path, home: Path) -> Iterator[Lab]:
    """JupyterLab in a course, started as `make lab` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    environment |= {
        "HOME": str(home),
        "PORT": str(port),
        "BROWSER": "none",
        # Kernels import the copied packages, and not those of the repository.
        "PYTHONPATH": os.pathsep.join([str(course), str(course / "course")]),
    }
    log = course.parent / "jupyterlab.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "course/start.py"],
            cwd=course,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Lab(course, f"http://127.0.0.1:{port}", token_when_ready(process, log))
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def token_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until the server has printed its address, and return the token in it."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        address = re.search(r"\?token=(\w+)", log.read_text(encoding="utf-8"))
        if address:
            return address[1]
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8")
    raise RuntimeError(f"JupyterLab did not start within {SECONDS_TO_START} s. It said: {said}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def page(lab: Lab, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """An empty page that is logged in; what is expected on it has half a minute to appear."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    context.set_default_timeout(SECONDS_TO_APPEAR * 1000)
    page = context.new_page()
    page.goto(lab.url("login"))
    yield page
    context.close()


@pytest.fixture
def open_notebook(lab: Lab, page: Page) -> Callable[[str], Page]:
    """`open_notebook("course/00_start_here.ipynb")` shows it, and returns when its kernel is idle."""

    def show(path: str) -> Page:
        # In a new workspace: JupyterLab would open beside it what an earlier test left open.
        page.goto(f"{lab.address}/lab/workspaces/{secrets.token_hex(4)}/tree/{path}")
        page.locator(".jp-NotebookPanel .jp-Notebook").first.wait_for()
        page.locator("#jp-main-statusbar").get_by_text(re.compile(r"Python 3.*\| Idle")).wait_for()
        return page

    return show
