"""A kernel that is too old is told so in one sentence, before anything else is imported."""

import sys
from collections import namedtuple
from pathlib import Path

import pytest

import autograder

Version = namedtuple("Version", "major minor micro")


def test_an_older_kernel_is_told_which_python_it_needs_and_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 2))
    source = Path(autograder.__file__).read_text(encoding="utf-8")
    with pytest.raises(ImportError, match=r"needs Python 3\.11 or newer, and this kernel has 3\.9.*Kernel"):
        exec(compile(source, "autograder/__init__.py", "exec"), {})
