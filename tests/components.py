"""What a test may ask of the machine, and what is said when it is not there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> str | None:
    """Path of a Chromium browser: M4_CHROMIUM, else the first on the PATH; None when there is none."""
    named = os.environ.get("M4_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def browser_works() -> bool:
    """Tell whether there is a browser, and Playwright's driver starts (it needs a library of the system)."""
    if find_chromium() is None:
        return False
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def sandbox_works() -> bool:
    """Tell whether bubblewrap is installed, and allowed to make its namespaces (not in every container)."""
    if shutil.which("bwrap") is None:
        return False
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0


def find_postgresql() -> Path | None:
    """Folder of the newest PostgreSQL server's programs: Debian keeps them off the PATH; None without one."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return max(
        (found.parent for found in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: int(folder.parent.name),
        default=None,
    )


def postgresql_user() -> str | None:
    """Name of the user as which PostgreSQL starts, for it refuses root; None is the present user."""
    if os.geteuid() != 0:
        return None
    import pwd  # only where there is a root

    return "postgres" if any(user.pw_name == "postgres" for user in pwd.getpwall()) else "nobody"


def postgresql_works() -> bool:
    """Tell whether there is a PostgreSQL server, and whoever runs the tests may start it."""
    folder = find_postgresql()
    if folder is None:
        return False
    try:
        run = subprocess.run(
            [folder / "postgres", "--version"], user=postgresql_user(), capture_output=True, check=False
        )
    except OSError:  # a root without the right to become another user
        return False
    return run.returncode == 0


COMPONENTS: dict[str, tuple[Callable[[], object], str]] = {
    "chromium": (browser_works, "install the packages chromium and libatomic1, or name it in M4_CHROMIUM"),
    "bubblewrap": (sandbox_works, "install the package bubblewrap, on a Linux that allows user namespaces"),
    "postgresql": (postgresql_works, "install the package postgresql, or put its initdb on the PATH"),
    "fork": (lambda: hasattr(os, "fork"), "use Linux or macOS"),
    "git checkout": (lambda: shutil.which("git") and (ROOT / ".git").exists(), "run it in a clone, with git"),
}
_present: dict[str, bool] = {}


@pytest.fixture(scope="session")
def require() -> Callable[[str], None]:
    """`require("chromium")` skips the test when that is missing, and fails it when M4_REQUIRE_ALL is 1."""

    def ask(component: str) -> None:
        if component not in COMPONENTS:
            raise ValueError(f"component must be one of {', '.join(COMPONENTS)}, got {component}")
        probe, advice = COMPONENTS[component]
        if component not in _present:
            _present[component] = bool(probe())
        if _present[component]:
            return
        missing = f"{component} is missing: {advice}"
        if os.environ.get("M4_REQUIRE_ALL") == "1":
            pytest.fail(missing, pytrace=False)
        # One place for every skip, so that pytest's summary has one line for a missing component.
        pytest.skip(missing)

    return ask


@pytest.fixture(scope="session")
def chromium(require: Callable[[str], None]) -> str:
    """Path of a Chromium browser; the test is skipped without one."""
    require("chromium")
    path = find_chromium()
    assert path is not None
    return path
