"""How much one submission may use. Knows numbers only; `inside` and `run` enforce them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Seconds are of wall time unless the name says otherwise; all numbers are positive.

    Raises:
        ValueError: a limit is not a positive number.
    """

    cell_seconds: float = 30.0
    submission_seconds: float = 180.0
    cpu_seconds: float = 120.0
    memory_mb: int = 1024
    processes: int = 64
    file_mb: int = 50
    disk_mb: int = 200
    open_files: int = 256
    cell_output_bytes: int = 2_000_000
    submission_output_bytes: int = 50_000_000
    restarts: int = 10
    submission_mb: int = 100
    cells: int = 5000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) not in (int, float) or not 0 < value < math.inf:
                raise ValueError(f"{field.name} must be a positive number, got {value!r}")

    def to_json(self) -> dict[str, Any]:
        """As a plain dictionary."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Limits:
        """Back from `to_json`."""
        return cls(**data)
