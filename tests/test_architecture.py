"""Who may know whom: notebooks -> panels -> views -> models, and a key -> the autograder's authoring names.

The arrows are read from the text of every module and notebook; nothing is imported.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

ROOT = Path(__file__).resolve().parent.parent
OURS = ("marketing4", "autograder")

# What the notebooks compute and draw with.
PACKAGES = {"ipywidgets", "matplotlib", "numpy", "pandas", "scipy"}

Rule = Callable[[str], bool]


def below(*names: str) -> Rule:
    """A rule that admits the named modules and everything in them."""
    return lambda module: any(module == name or module.startswith(f"{name}.") for name in names)


def is_ours(module: str) -> bool:
    return below(*OURS)(module)


def is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def either(*rules: Rule) -> Rule:
    return lambda module: any(rule(module) for rule in rules)


# The first pattern that fits a name decides what that module may import.
ALLOWED: list[tuple[str, Rule, str]] = [
    (
        r"marketing4\.models(\..*)?",
        either(is_standard, below("numpy", "scipy", "marketing4.models")),
        "a model is NumPy and SciPy only",
    ),
    (
        r"marketing4\.views(\..*)?",
        lambda module: not below("marketing4.panels", "autograder", "ipywidgets")(module),
        "a view draws a result and knows neither panels nor widgets",
    ),
    (
        r"marketing4\.data",
        lambda module: not is_ours(module),
        "loading data needs nothing else of ours",
    ),
    (
        r"marketing4(\..*)?",
        lambda module: not below("autograder")(module),
        "the subject matter does not know the autograder",
    ),
    (
        r"autograder(\..*)?",
        lambda module: not below("marketing4")(module),
        "the autograder knows no subject matter",
    ),
    (
        r".*/key\.py",
        lambda module: not is_ours(module) or below("autograder.authoring", "marketing4.data")(module),
        "a key uses autograder.authoring, and marketing4.data for the data sets",
    ),
    (
        r".*\.ipynb",
        either(is_standard, below("marketing4", "autograder.Checker", *PACKAGES)),
        f"a notebook uses marketing4, autograder.Checker and {', '.join(sorted(PACKAGES))}",
    ),
]


def imported(source: str, module: str, is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module's text imports; a relative name is resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")
                parents = parents[: len(parents) - node.level + is_package]
                base = ".".join([*parents, base] if base else parents)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("__import__", "import_module") and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def faults(sources: Mapping[str, str]) -> list[str]:
    """One sentence per import that is not allowed.

    The keys are dotted names of modules (a package ends in `.__init__`) or paths of keys and notebooks, the
    values their Python text.
    """
    found = []
    for name, source in sources.items():
        module = name.removesuffix(".__init__")
        _, rule, reason = next(entry for entry in ALLOWED if re.fullmatch(entry[0], module))
        for line, target in imported(source, module, is_package=module != name):
            if not rule(target):
                found.append(f"{module}, line {line}, imports {target}: {reason}")
    return found


def notebook_code(path: Path) -> str:
    """The code cells of a notebook as one Python text."""
    cells = nbformat.read(path, as_version=4).cells
    to_python = TransformerManager().transform_cell
    return "\n".join(to_python(cell.source) for cell in cells if cell.cell_type == "code")


def project() -> dict[str, str]:
    """Every module, key and notebook of the project, as `faults` wants them."""
    sources = {}
    for package in (ROOT / "autograder", ROOT / "course" / "marketing4"):
        for path in sorted(package.rglob("*.py")):
            name = ".".join(path.relative_to(package.parent).with_suffix("").parts)
            sources[name] = path.read_text(encoding="utf-8")
    for path in sorted([ROOT / "course" / "key.py", *ROOT.glob("source/*/key.py")]):
        sources[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    for path in sorted([*ROOT.glob("course/*.ipynb"), *ROOT.glob("source/*/*.ipynb")]):
        sources[path.relative_to(ROOT).as_posix()] = notebook_code(path)
    return sources


def test_every_import_follows_the_arrows():
    sources = project()
    assert {"autograder.checker", "marketing4.data", "course/key.py"} <= set(sources)
    assert any(name.endswith(".ipynb") for name in sources)
    assert not faults(sources)


# The check itself, on small wrong examples.

WRONG = [
    ("marketing4.models.nps", "import matplotlib.pyplot", "matplotlib.pyplot"),
    ("marketing4.models.nps", "from marketing4 import panels", "marketing4.panels"),
    ("marketing4.models.nps", "from ..views import nps", "marketing4.views.nps"),
    ("marketing4.models.__init__", "from ..data import load", "marketing4.data.load"),
    ("marketing4.models.nps", "def late():\n    import pandas", "pandas"),
    ("marketing4.views.nps", "from ..panels.record import Prediction", "marketing4.panels.record.Prediction"),
    ("marketing4.views.nps", "import ipywidgets as widgets", "ipywidgets"),
    ("marketing4.panels.nps", "from autograder import Checker", "autograder.Checker"),
    ("marketing4.data", "from marketing4.models import nps", "marketing4.models.nps"),
    ("marketing4.__init__", "import autograder", "autograder"),
    ("autograder.checker", "from marketing4.data import load", "marketing4.data.load"),
    ("autograder.checker", "import importlib\nimportlib.import_module('marketing4')", "marketing4"),
    ("autograder.checker", "__import__('marketing4.data')", "marketing4.data"),
    ("source/m09a_nps/key.py", "from marketing4.models import nps", "marketing4.models.nps"),
    ("source/m09a_nps/key.py", "from autograder.judge import judge", "autograder.judge.judge"),
    ("course/lesson.ipynb", "from autograder.judge import judge", "autograder.judge.judge"),
    ("course/lesson.ipynb", "import autograder", "autograder"),
    ("course/lesson.ipynb", "import seaborn", "seaborn"),
]
RIGHT = [
    ("marketing4.models.nps", "import math\nimport numpy as np\nfrom .draws import draw"),
    ("marketing4.views.nps", "from matplotlib.figure import Figure\nfrom ..models.nps import estimate"),
    ("marketing4.panels.nps", "import ipywidgets\nfrom marketing4 import models, views"),
    ("autograder.checker", "import nbformat\nfrom autograder.judge import judge"),
    ("source/m09a_nps/key.py", "import numpy as np\nfrom autograder.authoring import exercise"),
    ("course/lesson.ipynb", "from autograder import Checker\nfrom marketing4 import panels\nimport math"),
]


@pytest.mark.parametrize(("name", "source", "target"), WRONG)
def test_a_wrong_import_is_named_with_its_line(name, source, target):
    (sentence,) = faults({name: source})
    line = source.count("\n") + 1
    assert sentence.startswith(f"{name.removesuffix('.__init__')}, line {line}, imports {target}: ")


@pytest.mark.parametrize(("name", "source"), RIGHT)
def test_a_right_import_passes(name, source):
    assert faults({name: source}) == []


def test_magics_and_shell_lines_of_a_notebook_are_read_too(tmp_path):
    path = tmp_path / "lesson.ipynb"
    cell = nbformat.v4.new_code_cell("%matplotlib inline\n!ls\nimport seaborn")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    (sentence,) = faults({"course/lesson.ipynb": notebook_code(path)})
    assert "imports seaborn" in sentence
