"""One checking engine for self-checks, validation and grading of notebooks; it knows no subject matter."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036, an older kernel may still import this file
    raise ImportError(
        "This course needs Python 3.11 or newer, and this kernel has "
        f"{sys.version_info.major}.{sys.version_info.minor}. Choose the course's kernel: menu Kernel, then "
        "Change Kernel."
    )

from autograder.checker import Checker

__all__ = ["Checker"]
