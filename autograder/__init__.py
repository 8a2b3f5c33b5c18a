"""One checking engine for self-checks, validation and grading of notebooks; it knows no subject matter."""

import sys

if sys.version_info < (3, 11):
    raise ImportError(
        "This course needs Python 3.11 or newer, and this kernel has "
        f"{sys.version_info.major}.{sys.version_info.minor}. Choose the course's kernel (menu Kernel, Change Kernel)."
    )

from autograder.checker import Checker  # noqa: E402

__all__ = ["Checker"]
