"""One set of versions everywhere, and an environment that sets itself up."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["dependencies"]
EXTRAS = PROJECT["optional-dependencies"]
DEVELOPMENT = EXTRAS["dev"]
OLDEST_PYTHON = "3.11.2"  # that of Debian 12; some packages refuse it although they accept 3.11.5


def constraints() -> dict[str, Requirement]:
    """The lines of constraints.txt by name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def exact(requirement: str | Requirement) -> tuple[str, str]:
    """Name and version of a line like `numpy==2.4.6`; AssertionError when it is no exact version."""
    parsed = Requirement(requirement) if isinstance(requirement, str) else requirement
    (specifier,) = parsed.specifier
    assert specifier.operator == "==", f"{parsed} is not an exact version"
    return canonicalize_name(parsed.name), specifier.version


def needed(requirements: list[str]) -> set[str]:
    """Names of all packages that the requirements bring in here, themselves included."""
    names: set[str] = set()
    open_ends = [Requirement(line) for line in requirements]
    while open_ends:
        requirement = open_ends.pop()
        name = canonicalize_name(requirement.name)
        for extra in ["", *requirement.extras]:
            if f"{name}[{extra}]" in names:
                continue
            names.add(f"{name}[{extra}]")
            try:
                lines = distribution(name).requires or []
            except PackageNotFoundError:
                continue
            for line in map(Requirement, lines):
                if line.marker is None or line.marker.evaluate({"extra": extra}):
                    open_ends.append(line)
    return {name.partition("[")[0] for name in names}


def conda_pins() -> list[str]:
    """The pip lines of environment.yml."""
    (pip,) = (part["pip"] for part in ENVIRONMENT["dependencies"] if isinstance(part, dict))
    return pip


def test_conda_and_pip_install_the_same_versions():
    lines = conda_pins()
    assert lines[-1] == "-e .", "Binder copies the whole repository only when it sees a local reference"
    assert sorted(lines[:-1]) == sorted(RUNTIME)


def test_conda_uses_a_python_that_the_project_supports():
    (python,) = (part for part in ENVIRONMENT["dependencies"] if str(part).startswith("python="))
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.removeprefix("python=") + ".0")


@pytest.mark.parametrize("line", [*RUNTIME, *DEVELOPMENT])
def test_every_direct_dependency_is_pinned_once_and_the_same(line):
    name, pinned = exact(line)
    assert exact(constraints()[name]) == (name, pinned)


@pytest.mark.parametrize("extra", ["cluster", "postgresql"])
def test_what_a_user_may_add_is_installed_for_the_tests(extra):
    assert set(EXTRAS[extra]) <= set(DEVELOPMENT)


def test_every_indirect_dependency_is_pinned():
    unpinned = needed([*RUNTIME, *DEVELOPMENT]) - set(constraints())
    assert not unpinned, f"add to constraints.txt: {', '.join(sorted(unpinned))}"


def test_what_is_installed_is_what_is_pinned():
    differing = []
    for name, requirement in constraints().items():
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue
        if installed != exact(requirement)[1]:
            differing.append(f"{requirement}, installed {installed}")
    assert not differing, "run `make lint`, which installs the pinned versions: " + "; ".join(differing)


def test_no_pinned_package_refuses_the_oldest_python():
    refusing = []
    for name, requirement in constraints().items():
        try:
            metadata = distribution(name).metadata
        except PackageNotFoundError:
            continue
        (range_of_python, *_) = metadata.get_all("Requires-Python") or [""]
        if requirement.marker is None and not SpecifierSet(range_of_python).contains(OLDEST_PYTHON):
            refusing.append(f"{requirement} needs Python {range_of_python}")
    assert not refusing


@pytest.mark.parametrize("name", ["constraints.txt", "environment.yml", "pyproject.toml"])
def test_versions_come_from_whatever_registry_the_user_has(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|(?<!\w)--?(index-url|extra-index-url|find-links|f)\b", text)


# How .venv comes to be, on machines that lack something.


@pytest.fixture
def run_script(tmp_path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a script of .ci/ in an empty project, on a machine that has only the programs given here."""
    if shutil.which("sh") is None:
        pytest.skip("sh is missing: make and .ci/ need one")
    project, programs = tmp_path / "project", tmp_path / "programs"
    (project / ".ci").mkdir(parents=True)
    programs.mkdir()
    for name in ("cat", "dirname", "env", "mkdir", "mktemp", "rm", "sh", "tail"):
        (programs / name).symlink_to(str(shutil.which(name)))

    def run(script: str, bodies: dict[str, str], **environment: str) -> subprocess.CompletedProcess[str]:
        for name, body in bodies.items():
            (programs / name).unlink(missing_ok=True)  # a link leads to the program of this machine
            (programs / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
            (programs / name).chmod(0o755)
        shutil.copy(ROOT / ".ci" / script, project / ".ci")
        return subprocess.run(
            ["sh", f".ci/{script}"],
            cwd=project,
            env={"PATH": str(programs), "HOME": str(tmp_path), "TMPDIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


# Stands for a Python: answers the question for its version, and makes a folder for `-m venv --clear .venv`.
WORKING = 'case "$*" in *platform*) echo 3.12.9;; "-m venv"*) mkdir .venv;; esac'
NO_VENV = 'case "$*" in *ensurepip*) exit 1;; esac'
TOO_OLD = "exit 1"


def test_a_name_that_starts_nothing_is_passed_over(run_script, tmp_path):
    run = run_script("create-venv", {"python3.13": "exit 127", "python3": WORKING})
    assert run.returncode == 0, run.stderr
    assert run.stdout == "Creating .venv with Python 3.12.9 ...\n"
    assert (tmp_path / "project" / ".venv").is_dir()


def test_the_newest_python_is_taken(run_script):
    newest = WORKING.replace("3.12.9", "3.13.1")
    run = run_script("create-venv", {"python3.13": newest, "python3.12": WORKING})
    assert "Python 3.13.1" in run.stdout


@pytest.mark.parametrize("pythons", [{}, {"python3": TOO_OLD}], ids=["none", "too old"])
def test_without_a_new_enough_python_one_sentence_says_so(run_script, pythons):
    run = run_script("create-venv", pythons)
    assert run.returncode == 1
    assert run.stderr.startswith("This course needs Python 3.11 or newer, and found none.")
    assert run.stderr.count("\n") == 1


def test_a_python_without_venv_names_the_debian_package(run_script):
    run = run_script("create-venv", {"python3.11": NO_VENV, "python3": TOO_OLD})
    assert run.returncode == 1
    assert run.stderr.startswith("python3.11 cannot create environments.")
    assert run.stderr.endswith("apt install python3-venv\n")


def test_half_an_environment_is_removed(run_script, tmp_path):
    broken = WORKING.replace("mkdir .venv", "mkdir .venv; exit 1")
    run = run_script("create-venv", {"python3": broken})
    assert run.returncode == 1
    assert not (tmp_path / "project" / ".venv").exists()


# The packages of the system that some tests need.

ROOT_USER = {"id": "echo 0", "python3": "exit 0"}
OTHER_USER = {"id": "echo 1000", "python3": "exit 0"}
APT = {"apt-get": 'echo "$*" >> "$HOME/apt"', "install": "exit 0"}
ALL_BUT_SERVER = {"bwrap": "exit 0", "chromium": "exit 0"}
THERE = {**ALL_BUT_SERVER, "initdb": "exit 0"}


def test_missing_packages_are_installed_by_root(run_script, tmp_path):
    run = run_script("system-packages", {**ROOT_USER, **APT})
    assert run.returncode == 0, run.stderr
    assert run.stdout == "Installing bubblewrap chromium postgresql ...\n"
    update, install = (tmp_path / "apt").read_text(encoding="utf-8").splitlines()
    assert update.startswith("update")
    assert install.startswith("install -y")
    assert install.endswith(" bubblewrap chromium postgresql")


def test_what_is_there_is_not_installed(run_script, tmp_path):
    run = run_script("system-packages", {**ROOT_USER, **APT, **THERE})
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert not (tmp_path / "apt").exists()


def test_a_debian_without_the_library_of_the_browser_driver_gets_it(run_script, tmp_path):
    run_script("system-packages", {**ROOT_USER, **APT, **THERE, "dpkg-query": "exit 1"})
    assert (tmp_path / "apt").read_text(encoding="utf-8").endswith(" libatomic1\n")


def test_a_python_without_venv_gets_it(run_script, tmp_path):
    run_script("system-packages", {**ROOT_USER, **APT, **THERE, "python3": "exit 1"})
    assert (tmp_path / "apt").read_text(encoding="utf-8").endswith(" python3-venv\n")


def test_a_database_server_off_the_path_is_not_installed_again(run_script):
    found = {"ls": 'case "$*" in /usr/lib/postgresql/*/bin/initdb) exit 0;; *) exit 2;; esac'}
    run = run_script("system-packages", {**ROOT_USER, **APT, **ALL_BUT_SERVER, **found})
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_new_database_server_does_not_start_with_the_machine(run_script, tmp_path):
    # Here sudo only writes down what it is asked to do, and the file that it is asked to install.
    sudo = {"sudo": 'echo "$*" >> "$HOME/asked"; [ "$2" != install ] || cat "$6" >> "$HOME/asked"'}
    run = run_script("system-packages", {**OTHER_USER, **APT, **ALL_BUT_SERVER, **sudo})
    assert (run.returncode, run.stdout) == (0, "Installing postgresql ...\n"), run.stderr
    _, before, setting, _, install, after = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    file = "/etc/postgresql-common/createcluster.d/no-main-cluster.conf"
    assert before.startswith("-n install -D -m 644 ")
    assert before.endswith(f" {file}")
    assert setting == "create_main_cluster = false"
    assert install.endswith(" --no-install-recommends postgresql")
    assert after == f"-n rm -f {file}"


def test_without_a_new_database_server_its_settings_are_not_touched(run_script, tmp_path):
    sudo = {"sudo": 'echo "$*" >> "$HOME/asked"', "chromium": "exit 0", "initdb": "exit 0"}
    run_script("system-packages", {**OTHER_USER, **APT, **sudo})
    asked = (tmp_path / "asked").read_text(encoding="utf-8")
    assert asked.endswith(" bubblewrap\n")
    assert "createcluster" not in asked


CANNOT = {
    "no apt": (ROOT_USER, "there is no apt-get here"),
    "no right": ({**OTHER_USER, **APT}, "this needs root, or sudo without a password"),
    "no password-free sudo": ({**OTHER_USER, **APT, "sudo": "exit 1"}, "this needs root, or sudo without"),
    "no network": ({**ROOT_USER, "apt-get": "echo E: no network; exit 100"}, "apt-get failed"),
}


@pytest.mark.parametrize(("programs", "reason"), CANNOT.values(), ids=CANNOT)
def test_what_cannot_be_installed_is_one_line_and_fails_only_in_ci(run_script, programs, reason):
    run = run_script("system-packages", programs)
    assert run.returncode == 0
    last = run.stderr.splitlines()[-1]
    assert last.startswith("Not installed: bubblewrap chromium postgresql (")
    assert reason in last
    assert run_script("system-packages", programs, M4_REQUIRE_ALL="1").returncode == 1


# What a test says when its component is missing.

ASKS = """
def test_one(require):
    require("{component}")

def test_two(require):
    require("{component}")
"""


def ask(tmp_path: Path, component: str, **environment: str) -> list[str]:
    """The last lines of pytest for two tests that need the component, on a machine without programs."""
    shutil.copy(ROOT / "tests" / "components.py", tmp_path)
    (tmp_path / "conftest.py").write_text("from components import require\n", encoding="utf-8")
    (tmp_path / "test_asks.py").write_text(ASKS.format(component=component), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={"PATH": str(tmp_path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return run.stdout.splitlines()


@pytest.mark.parametrize("component", ["chromium", "bubblewrap"])
def test_a_missing_component_is_one_line_for_all_its_tests(tmp_path, component):
    *_, line, end = ask(tmp_path, component)
    assert re.fullmatch(rf"SKIPPED \[2\] components\.py:\d+: {component} is missing: install .*", line)
    assert end.startswith("2 skipped in ")


def test_a_missing_component_is_a_failure_in_ci(tmp_path):
    *_, end = ask(tmp_path, "chromium", M4_REQUIRE_ALL="1")
    assert end.startswith("2 failed in ")


def test_an_unknown_component_is_a_fault_of_the_test(tmp_path):
    said = "\n".join(ask(tmp_path, "firefox"))
    assert "ValueError: component must be one of chromium, bubblewrap" in said
    assert "got firefox" in said
