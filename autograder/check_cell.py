"""How the code of a check cell names its exercise. Knows nothing else of notebooks."""

from __future__ import annotations

import re

_CHECK = re.compile(r"""\bcheck\(\s*["'](\w+)["']\s*\)""")


def exercise_in(source: str) -> str | None:
    """The exercise that code checks: `nps` in `check("nps")`; `None` when it checks none."""
    found = _CHECK.search(source)
    return found.group(1) if found else None
