"""Submissions that are damaged or hostile, made out of an honest one, as some in a large class are.

None of them waits for a time limit, so that what is measured is grading. Which score each deserves is not
said here; the hostile corpus of the tests does that.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# A cell in front of all others.
CELLS = {
    "ends Python": "import os\nos._exit(0)",
    "kills Python": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "breaks Python": "import ctypes\nctypes.string_at(0)",
    "kills the grader": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "kills everyone": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "forks": "import os\nfor _ in range(12):\n    os.fork()",
    "takes memory": "blocks = [bytearray(200 << 20) for _ in range(40)]",
    "fills the disk": "for n in range(50):\n    open(f'{n}.bin', 'wb').write(bytes(40 << 20))",
    "speaks into the wire": "import os\nfor n in range(3, 60):\n    try:\n        os.write(n, b'{}' * 99)\n"
    "    except OSError:\n        pass",
    "interrupts": "raise KeyboardInterrupt",
    "leaves": "raise SystemExit",
}
FILES = {
    "is empty": b"",
    "is no notebook": b"%PDF-1.7",
    "is a list": b"[1, 2, 3]",
    "is half": None,
}
EDITS = ("copied cells", "no tests", "no metadata", "tests first")
KINDS = (*CELLS, *FILES, *EDITS)


def damage(path: Path, kind: str) -> None:
    """Damages a submitted notebook in one of the `KINDS` of ways."""
    honest = path.read_bytes()
    path.unlink()  # it may be one file with its original
    if kind in FILES:
        content = FILES[kind]
        path.write_bytes(honest[: len(honest) // 2] if content is None else content)
        return
    nb = json.loads(honest)
    if kind in CELLS:
        cell = {"cell_type": "code", "id": "added", "source": CELLS[kind]}
        nb["cells"].insert(0, {**cell, "metadata": {}, "outputs": [], "execution_count": None})
    else:
        nb["cells"] = _edited(nb["cells"], kind)
    path.write_text(json.dumps(nb))


def _edited(cells: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    tests = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    if kind == "copied cells":
        return cells + cells
    if kind == "no metadata":
        return [{**cell, "metadata": {}} for cell in cells]
    others = [cell for cell in cells if cell not in tests]
    return others if kind == "no tests" else tests + others
