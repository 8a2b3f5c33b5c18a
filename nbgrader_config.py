"""Settings of nbgrader: this folder is the course, and everything that is generated stays in grading/.

Only source/ and release/ are in the root, because they belong to the repository. All other folders of
nbgrader, the gradebook and the exchange are in grading/, which git ignores. So the whole way from release to
feedback works for one user on one machine with nothing else configured. For a class on a shared server, point
`c.Exchange.root` at a folder that every student can reach.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

c = get_config()  # noqa: F821, nbgrader defines it when it reads this file

COURSE = Path(__file__).resolve().parent
GRADING = COURSE / "grading"

# nbgrader starts `alembic` by its bare name, also when its environment was not activated.
PROGRAMS = str(Path(sys.executable).parent)
if PROGRAMS not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join(filter(None, [PROGRAMS, os.environ.get("PATH", "")]))

# Folders, relative to the course. Beware: nbgrader's step is "autograded", our package is autograder/.
c.CourseDirectory.course_id = "marketing4"
c.CourseDirectory.root = str(COURSE)
for step in ("submitted", "autograded", "feedback", "solution", "source_with_tests"):
    c.CourseDirectory[f"{step}_directory"] = f"grading/{step}"
c.CourseDirectory.db_url = f"sqlite:///{(GRADING / 'gradebook.db').as_posix()}"
c.ZipCollectApp.downloaded_directory = "grading/downloaded"
# The names that Blackboard gives to handed-in files; other systems need another pattern.
c.FileNameCollectorPlugin.named_regexp = (
    r".*_(?P<student_id>[A-Za-z0-9-]+)_attempt_(?P<timestamp>[0-9\-]+)_(?P<file_id>\w+)"
)
c.ExportPlugin.to = str(GRADING / "grades.csv")

# These never leave source/: a key holds the cases and the wrong answers. "feedback" is what students fetched.
c.CourseDirectory.ignore = ["key.py", "*.pyc", "__pycache__", ".ipynb_checkpoints", "feedback"]

# The exchange, and where the assignment list puts what a student fetches.
c.Exchange.root = str(GRADING / "exchange")
c.Exchange.cache = str(GRADING / "cache")
c.Exchange.assignment_dir = str(GRADING / "fetched")

# A stub runs, so that one open task does not stop the notebook.
c.ClearSolutions.code_stub = {"python": "# Write your code below this line.\n..."}
c.ClearSolutions.text_stub = "Write your answer here."

# Seconds. A simulation exercise may take a while; a kernel may start slowly when many start at once.
c.Execute.timeout = 60
c.Execute.startup_timeout = 120

# Our own steps in nbgrader's pipelines; without these lines the course still grades, on its visible checks.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "autograder.plugins.steps.CompileChecks",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# Grading is ours from the hand-in to the gradebook: in a sandbox, judged outside of it, recorded in one go.
c.Autograde.sanitize_preprocessors = ["nbgrader.preprocessors.ClearOutput"]
c.Autograde.autograde_preprocessors = ["autograder.plugins.steps.GradeSubmission"]
c.Autograde.exporter_class = "autograder.plugins.resuming.ResumingExporter"

# What submissions may import and read, besides what Python and the environment hold.
c.Engine.packages = ["marketing4"]
c.Engine.data = ["datasets"]
c.Engine.warm = ["numpy", "pandas", "matplotlib.pyplot", "marketing4.data"]

# Links in what students hand in are refused, archives have limits, and exported names are no formulas.
c.ExchangeFactory.collect = "autograder.plugins.collecting.CollectWithoutLinks"
c.Autograde.pre_convert_hook = "autograder.plugins.collecting.refuse_links"
c.ZipCollectApp.extractor_plugin = "autograder.plugins.collecting.SafeExtractor"
c.ExportApp.plugin_class = "autograder.plugins.exporting.QuotedCsvExport"

# What a student wrote is shown on pages, and does nothing there; feedback shows no hidden tests.
c.HTMLExporter.preprocessors = ["autograder.plugins.pages.InertPage"]
c.HTMLExporter.sanitize_html = True
c.GenerateFeedback.preprocessors = [
    "autograder.plugins.pages.HideHiddenTests",
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
# While nbgrader grades, the checks come from here and not from the student's folder.
os.environ.setdefault("AUTOGRADER_CHECKS", str(COURSE / "release"))


def prepare() -> None:
    """Create the folders that nbgrader expects to exist."""
    for folder in (GRADING, GRADING / "exchange", GRADING / "cache", GRADING / "fetched"):
        folder.mkdir(exist_ok=True)
    # nbgrader wants an exchange in which every user may write.
    (GRADING / "exchange").chmod(0o777)

    # The assignment list looks for its settings beside the fetched assignments, so they are repeated there.
    pointer = GRADING / "fetched" / "nbgrader_config.py"
    text = f"# Written by nbgrader_config.py.\nload_subconfig('nbgrader_config.py', path={str(COURSE)!r})\n"
    if not pointer.exists() or pointer.read_text(encoding="utf-8") != text:
        pointer.write_text(text, encoding="utf-8")


# In a folder that may only be read, or that belongs to someone else, nbgrader's own message is the clear one.
with suppress(OSError):
    prepare()
