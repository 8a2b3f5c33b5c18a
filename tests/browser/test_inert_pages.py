"""A hostile notebook in the pages of nbgrader: nothing of it runs, loads or leads away, in a real browser.

The same notebook is shown without our setting as well, where most of it does; so the test can fail.
Every payload tells its name to a host that does not exist: the browser's request to it is the proof.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import ROOT, Lab, running_lab

MARKER = "https://marker.invalid"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
ASSIGNMENT, STUDENT = "hostile", "mallory"
WITHOUT_OUR_SETTING = "\nc.HTMLExporter.preprocessors = []\nc.HTMLExporter.sanitize_html = False\n"

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]


def run(name: str) -> str:
    """JavaScript without quotes of either kind that tells that it ran."""
    return f"window.pwned=fetch(`{MARKER}/{name}`)"


MARKDOWN = {
    "dialog": "<svg onload='alert(1)'></svg>",
    "script": "<script>{run}</script>",
    "image": "<img src=x onerror='{run}'>",
    "image-in-heading": "# A heading <img src=x onerror='{run}'>",
    "image-in-table": "|a|b|\n|-|-|\n|<img src=x onerror='{run}'>|2|",
    "svg": "<svg onload='{run}'></svg>",
    "svg-script": "<div><svg><script>{run}</script></svg></div>",
    "details": "<details open ontoggle='{run}'>text</details>",
    "body": "<body onpageshow='{run}'>",
    "focus": "<input autofocus onfocus='{run}'>",
    "pointer": "<b onmouseover='{run}'>text</b>",
    "video": "<video><source onerror='{run}'></video>",
    "iframe-srcdoc": '<iframe srcdoc="<script>{run}</script>"></iframe>',
    "iframe-javascript": '<iframe src="javascript:{run}"></iframe>',
    "iframe-data": '<iframe src="data:text/html,<script>{run}</script>"></iframe>',
    "object": '<object data="data:text/html,<script>{run}</script>"></object>',
    "embed": '<embed src="data:text/html,<script>{run}</script>">',
    "link": "[text](<javascript:{run}>)",
    "link-coded": '<a href="jav&#x09;ascript&colon;{run}">text</a>',
    "link-files": "[text](</files/javascript:{run}>)",
    "link-mathml": '<math href="javascript:{run}"><mtext>text</mtext></math>',
    "link-svg": '<svg><a xlink:href="javascript:{run}"><text y="20">text</text></a></svg>',
    "button": '<form><button formaction="javascript:{run}">text</button></form>',
    "form": '<form action="{url}"><button>Log in again</button></form>',
    "refresh": '<meta http-equiv="refresh" content="0;url={url}">',
    "import": "<style>@import url({url});</style>",
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "background": '<p style="background-image:url({url})">text</p>',
    "background-short": '<p style="background:url({url})">text</p>',
    "list-style": '<p style="list-style:url({url});display:list-item">text</p>',
    "picture": "![text]({url})",
    "picture-set": '<img srcset="{url} 1x">',
    "audio": '<audio src="{url}" autoplay></audio>',
    "mermaid": "```mermaid\n<img src=x onerror='{run}'>\n```",
    "mutation": '<noscript><p title="</noscript><img src=x onerror={run}>">',
    "mutation-math": (
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={run}&gt;'>"
    ),
    "comment": "<!--><img src=x onerror='{run}'>-->",
    "math": "$<img src=x onerror='{run}'>$ and $$\\href{javascript:{run}}{text}$$",
    "tooltip": "<b data-toggle='tooltip' data-html='true' title='<img src=x onerror=\"{run}\">'>text</b>",
}
OUTPUTS = {
    "output-script": ("text/html", "<script>{run}</script>", {}),
    "output-image": ("text/html", "<img src=x onerror='{run}'>", {}),
    "output-isolated": ("text/html", "<script>{run}</script>", {"text/html": {"isolated": True}}),
    "output-as-ours": (
        "text/html",
        "<p onclick='1'><img src=x onerror='{run}'>",
        {"autograder": {"state": "x"}},
    ),
    "output-markdown": ("text/markdown", "<img src=x onerror='{run}'>", {}),
    "output-javascript": ("application/javascript", "{run}", {}),
    "output-latex": ("text/latex", "$\\href{javascript:{run}}{text}$<img src=x onerror='{run}'>", {}),
    "output-svg": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='{run}'/>", {}),
    "output-width": ("image/png", PIXEL, {"image/png": {"width": "1 onload={run}"}}),
    "output-filename": ("image/png", PIXEL, {"filenames": {"image/png": "{url}"}}),
    "output-png": ("image/png", "x' onerror='{run}", {}),
    "output-widget": ("application/vnd.jupyter.widget-view+json", {"model_id": "</script><script>{run}"}, {}),
    "output-unknown": ("text/vnd.unknown", "<img src=x onerror='{run}'>", {}),
}
OTHERS = {
    "raw-cell": new_raw_cell("<img src=x onerror='{run}'>", metadata={"raw_mimetype": "text/html"}),
    "code": new_code_cell("'<script>{run}</script>'"),
    "stream": new_code_cell(
        outputs=[new_output("stream", name="stderr", text="<img src=x onerror='{run}'>")]
    ),
    "traceback": new_code_cell(
        outputs=[new_output("error", ename="<b>", evalue="<b>", traceback=["<img src=x onerror='{run}'>"])]
    ),
    "tag": new_code_cell("1", metadata={"tags": ["'><img src=x onerror='{run}'>"]}),
    "attachment": new_markdown_cell(
        "![text](attachment:a)",
        attachments={"a": {"image/png": "\"><img src=x onerror='{run}'>"}},
    ),
}
HIDDEN_TEST = new_code_cell(
    "assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(4711) == 22\n### END HIDDEN TESTS",
    outputs=[
        new_output(
            "error",
            ename="AssertionError",
            evalue="try a large number",
            traceback=[
                "Cell In[1], line 3",
                "----> 3 \x1b[1massert\x1b[0m f(4711) == 22",
                "AssertionError: try",
            ],
        )
    ],
)
# These are in the gradebook, and in the page's own parts.
NAME, GRADE_ID, COMMENT = "name-of-student", "grade-id", "comment-of-grader"
# What a current Chromium and nbconvert do not run even without our setting; nobody should rely on it.
DEAD_ANYWAY = {
    "attachment",
    "code",
    "link-mathml",
    "math",
    "mutation",
    "mutation-math",
    "output-latex",
    "output-png",
    "output-svg",
    "output-unknown",
    "output-widget",
    "raw-cell",
    "stream",
    "tag",
    "tooltip",
    "traceback",
}
LIVE = {*MARKDOWN, *OUTPUTS, *OTHERS, GRADE_ID} - DEAD_ANYWAY
# A page can have one base only, and afterwards no address of its own works.
BASE = '<base href="{url}/"><img src="picture.png">'


def cell(name: str, payload: object) -> NotebookNode:
    """The cell that carries a payload, with the payload's name filled in."""
    if isinstance(payload, str):
        return filled(new_markdown_cell(payload), name)
    if isinstance(payload, tuple):
        mime, data, metadata = payload
        output = new_output("display_data", {mime: data, "text/plain": "text"}, metadata=metadata)
        return filled(new_code_cell(outputs=[output]), name)
    return filled(payload, name)


def filled(value, name):
    """A copy of a cell with the payload's name filled in, wherever it stands."""
    if isinstance(value, dict):
        return NotebookNode({key: filled(part, name) for key, part in value.items()})
    if isinstance(value, list):
        return [filled(part, name) for part in value]
    if isinstance(value, str):
        return value.replace("{run}", run(name)).replace("{url}", f"{MARKER}/{name}")
    return value


@dataclass(frozen=True)
class Office:
    """An instructor's course with the hostile submission, its feedback and a running JupyterLab."""

    feedback: Path
    lab: Lab
    submissions: dict[str, str]


@pytest.fixture(scope="module", params=["inert", "live"])
def office(request, chromium, tmp_path_factory) -> Iterator[tuple[str, Office]]:
    """The same course with our setting, and without it."""
    course = tmp_path_factory.mktemp(request.param) / "course"
    (course / "course").mkdir(parents=True)
    shutil.copyfile(ROOT / "course" / "start.py", course / "course" / "start.py")
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    without = WITHOUT_OUR_SETTING if request.param == "live" else ""
    (course / "nbgrader_config.py").write_text(config + without, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader makes a gradebook with alembic, which it looks for on the PATH.
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        submissions = hand_in(course)
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", ASSIGNMENT]
    subprocess.run(command, cwd=course, check=True, capture_output=True, timeout=120)
    with running_lab(course, tmp_path_factory.mktemp("home")) as lab:
        yield request.param, Office(course / "grading" / "feedback" / STUDENT / ASSIGNMENT, lab, submissions)


def hand_in(course: Path) -> dict[str, str]:
    """Put the hostile submission where grading leaves it; returns the notebooks' numbers in the gradebook."""
    payloads = {**MARKDOWN, **OUTPUTS, **OTHERS}
    grade_id = filled("a\"><img src=x onerror='{run}'>", GRADE_ID)
    marks = {"grade_id": "why", "grade": True, "solution": True, "locked": False, "task": False, "points": 1}
    why = new_markdown_cell("An honest answer.", metadata={"nbgrader": {**marks, "schema_version": 3}})
    odd = new_code_cell("1", metadata={"nbgrader": {**why.metadata.nbgrader, "grade_id": grade_id}})
    notebooks = {
        "together": [why, odd, HIDDEN_TEST, *(cell(name, payload) for name, payload in payloads.items())],
        "base": [cell("base", BASE)],
    }
    folder = course / "grading" / "autograded" / STUDENT / ASSIGNMENT
    folder.mkdir(parents=True)
    (course / "source" / ASSIGNMENT).mkdir(parents=True)
    with Gradebook(f"sqlite:///{course / 'grading' / 'gradebook.db'}", "marketing4") as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        for name, its_cells in notebooks.items():
            nbformat.write(new_notebook(cells=its_cells), folder / f"{name}.ipynb")
            gradebook.add_notebook(name, ASSIGNMENT)
        for name in ("why", grade_id):
            gradebook.add_grade_cell(name, "together", ASSIGNMENT, max_score=1, cell_type="code")
            gradebook.add_solution_cell(name, "together", ASSIGNMENT)
        gradebook.add_student(STUDENT, first_name="Mallory", last_name=filled(MARKDOWN["image"], NAME))
        gradebook.add_submission(ASSIGNMENT, STUDENT)
        comment = gradebook.find_comment("why", "together", ASSIGNMENT, STUDENT)
        comment.manual_comment = filled(MARKDOWN["image"], COMMENT)
        gradebook.db.commit()
        return {name: gradebook.find_submission_notebook(name, ASSIGNMENT, STUDENT).id for name in notebooks}


def opened(page: Page, address: str) -> set[str]:
    """Open a page, point at and click everything in the notebook; returns the payloads that did something.

    A dialog, and leaving the page, count as well.
    """
    done: set[str] = set()

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.netloc == urlsplit(MARKER).netloc:
            done.add(url.path.split("/")[1])
            route.fulfill(status=204)  # the page stays where it is
        elif url.netloc == urlsplit(address).netloc:
            route.continue_()
        else:
            route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: (done.add("dialog"), dialog.dismiss()))
    page.goto(address)
    page.wait_for_timeout(1000)
    page.evaluate(
        """async () => {
            for (const part of document.querySelectorAll("#notebook-container :is(a, b, button, math)")) {
                for (const kind of ["mouseover", "click"]) {
                    part.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
                }
                await new Promise(later => setTimeout(later, 50));
            }
        }"""
    )
    page.wait_for_timeout(1000)
    if page.evaluate("window.pwned !== undefined"):
        done.add("window")
    return done


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """An empty page of its own, that is not logged in."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield context.new_page()
    context.close()


def proven(kind: str, done: set[str], expected: set[str]) -> None:
    """With our setting nothing was done; without it, everything that was expected."""
    assert len(expected) >= 25
    if kind == "inert":
        assert done == set()
    else:
        assert expected <= done


def test_nothing_of_a_hostile_notebook_runs_in_its_feedback_page(office, visitor):
    kind, course = office
    done = opened(visitor, (course.feedback / "together.html").as_uri())
    proven(kind, done, LIVE - {"output-javascript"} | {COMMENT})
    if kind == "inert":
        assert visitor.get_by_text("An honest answer.").is_visible()
        assert visitor.get_by_text("window.pwned").count() > 5  # the code is there to be read

    done = opened(visitor, (course.feedback / "base.html").as_uri())
    assert done == (set() if kind == "inert" else {"base"})


def test_nothing_of_a_hostile_notebook_runs_in_formgrader(office, visitor):
    kind, course = office
    visitor.goto(course.lab.url("login"))
    address = f"{course.lab.address}/formgrader/submissions"
    done = opened(visitor, f"{address}/{course.submissions['together']}/")
    proven(kind, done, LIVE | {NAME})
    if kind == "inert":
        assert visitor.get_by_text("An honest answer.").is_visible()
        assert visitor.locator("#why").is_editable()  # nbgrader's own scripts still run

    done = opened(visitor, f"{address}/{course.submissions['base']}/")
    assert done == set() if kind == "inert" else "base" in done


def test_hidden_tests_are_on_the_page_of_the_instructor_and_not_on_that_of_the_student(office):
    _, course = office
    feedback = (course.feedback / "together.html").read_text(encoding="utf-8")
    assert "4711" not in feedback
    assert "AssertionError: try a large number" in feedback
    assert "4711" in course.lab.get(f"formgrader/submissions/{course.submissions['together']}/")
