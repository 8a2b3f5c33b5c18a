"""The engine's options in `nbgrader_config.py`, such as `c.Engine.cell_seconds = 20`, with their defaults."""

from __future__ import annotations

from traitlets import Bool, Float, Integer, List, Unicode
from traitlets.config import Configurable

from autograder.engine.limits import Limits
from autograder.engine.sandbox import Furnishing

_DEFAULT = Limits()


class Engine(Configurable):
    """How submissions are run. Seconds are of wall time unless the name says otherwise."""

    sandbox = Bool(True, help="Run student code in bubblewrap. False: in your own account.").tag(config=True)
    jobs = Integer(
        0, min=0, help="Submissions graded at the same time; 0: as many as processors, and one."
    ).tag(config=True)
    packages = List(Unicode(), help="Packages of the course that submissions import.").tag(config=True)
    data = List(Unicode(), help="Folders beside these packages that submissions read.").tag(config=True)
    warm = List(
        Unicode(),
        ["numpy", "pandas", "matplotlib.pyplot"],
        help="Modules imported once, before the first submission.",
    ).tag(config=True)
    cell_seconds = Float(_DEFAULT.cell_seconds, help="For one cell.").tag(config=True)
    submission_seconds = Float(_DEFAULT.submission_seconds, help="For one submission.").tag(config=True)
    cpu_seconds = Float(_DEFAULT.cpu_seconds, help="Processor time of one process.").tag(config=True)
    memory_mb = Integer(_DEFAULT.memory_mb, help="Memory of a submission beyond the imports.").tag(
        config=True
    )
    processes = Integer(_DEFAULT.processes, help="Processes and threads of a submission.").tag(config=True)
    file_mb = Integer(_DEFAULT.file_mb, help="Largest file a submission may write.").tag(config=True)
    disk_mb = Integer(_DEFAULT.disk_mb, help="All files a submission may write.").tag(config=True)
    open_files = Integer(_DEFAULT.open_files, help="Open files of one process.").tag(config=True)
    cell_output_bytes = Integer(_DEFAULT.cell_output_bytes, help="Output of one cell.").tag(config=True)
    submission_output_bytes = Integer(
        _DEFAULT.submission_output_bytes, help="All that comes back from one submission."
    ).tag(config=True)
    restarts = Integer(_DEFAULT.restarts, help="New processes after one that died.").tag(config=True)
    submission_mb = Integer(_DEFAULT.submission_mb, help="Largest submission that is read.").tag(config=True)
    cells = Integer(_DEFAULT.cells, help="Most cells in a notebook that is read.").tag(config=True)

    def limits(self) -> Limits:
        """The limits of one submission.

        Raises:
            ValueError: one is not positive.
        """
        return Limits(**{name: getattr(self, name) for name in _DEFAULT.to_json()})

    def furnishing(self, walls: bool | None = None) -> Furnishing:
        """What a sandbox holds; `walls` overrides the option `sandbox`."""
        return Furnishing(
            packages=tuple(self.packages),
            data=tuple(self.data),
            warm=tuple(self.warm),
            walls=self.sandbox if walls is None else walls,
            limits=self.limits(),
        )
