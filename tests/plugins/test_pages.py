"""What a student wrote can be read on a page and does nothing there. The same in a browser: tests/browser."""

import re
import runpy
import shutil
import time

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.server_extensions.formgrader.handlers import template_path
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder import feedback
from autograder.judge import CheckOutcome, Verdict
from autograder.plugins.inert_html import ZERO_WIDTH_SPACE, as_text, inert_html, inert_tex
from autograder.plugins.pages import HIDDEN, HIDDEN_OUTPUT, HideHiddenTests, InertPage

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
MARKS = {"grade": True, "solution": True, "locked": False, "task": False, "points": 2, "grade_id": "why"}


def parsed(markup):
    return BeautifulSoup(inert_html(markup), "html.parser").div


@pytest.fixture(scope="module")
def page():
    """`page(cell, ...)`: the notebook as a submission page of formgrader, parsed."""
    settings = {
        "preprocessors": ["autograder.plugins.pages.InertPage"],
        "template_name": "formgrade",
        "extra_template_basedirs": [template_path],
    }
    exporter = HTMLExporter(config=Config(HTMLExporter=settings))

    def show(*cells, metadata=None, **resources):
        about = {"index": 0, "total": 1, "base_url": "", "student": "ada", **resources}
        nb = new_notebook(cells=list(cells), metadata=metadata or {})
        html, _ = exporter.from_notebook_node(nb, resources=about)
        return BeautifulSoup(html, "html.parser")

    return show


def notebook_of(soup):
    return soup.find(id="notebook-container")


# Markup


def test_ordinary_markup_stays_as_it_is():
    markup = (
        '<h2>NPS</h2><p>Fans <b>minus</b> <span style="color:red">haters</span>, 3 &lt; 4<br/></p>'
        '<table border="1"><thead><tr><th colspan="2">x</th></tr></thead><tbody><tr><td>1</td></tr></tbody>'
        "</table>"
        "<details><summary>More</summary><ul><li>one</li></ul></details>"
    )
    assert parsed(markup).decode_contents() == markup


def test_a_verdict_panel_looks_as_before():
    checks = (CheckOutcome("nps([10])", True), CheckOutcome("larger", False, hidden=True))
    verdict = Verdict(
        "nps",
        "A <b> score",
        "partly",
        1.0,
        2.0,
        "It cost $5 and `nps([8])` gave 1.",
        "Look at 8.",
        checks=checks,
    )
    before = feedback.to_html(verdict)
    after = parsed(before)
    before = BeautifulSoup(before, "html.parser")
    assert after.get_text() == before.get_text()
    for old, new in zip(before.find_all(True), after.find_all(True), strict=True):
        assert old.name == new.name
        assert old.attrs | {"style": styles(old)} == new.attrs | {"style": styles(new)}


def styles(element):
    return {part.strip() for part in element.get("style", "").split(";") if part.strip()}


def test_a_table_of_pandas_keeps_its_cells_and_loses_its_style_sheet():
    pandas = pytest.importorskip("pandas")
    table = parsed(pandas.DataFrame({"brand": ["<b>A</b> & B"], "nps": [-3.0]})._repr_html_())
    assert [cell.get_text() for cell in table.find_all("td")] == ["<b>A</b> & B", "-3.0"]
    assert table.find("table")["class"] == ["dataframe"]
    assert "vertical-align" not in table.get_text()


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<style>@import 'x'</style>",
        "<iframe src='https://a.example'></iframe>",
        "<object data='x'></object><embed src='x'><base href='x'><link href='x'><meta http-equiv='refresh'>",
        "<form action='x'><input name='a'><button>go</button></form>",
        "<select><option>1</select><textarea>t</textarea><input type='submit'>",
        "<svg onload='x'><a href='x'>text</a></svg>",
        "<math href='x'></math>",
        "<video src='x'></video><audio src='x'></audio>",
        "<template><p></template><noscript><p title='</noscript>'></noscript>",
        "<dialog open>text</dialog><marquee>text</marquee><slot></slot><custom-element></custom-element>",
    ],
)
def test_elements_that_act_are_gone(markup):
    assert {element.name for element in parsed(markup).find_all(True)} <= {"p"}


@pytest.mark.parametrize(
    "attribute",
    [
        "onclick='x'",
        "ONERROR=x",
        "data-toggle='tooltip'",
        "data-link='x'",
        "name='x'",
        "class='navbar-fixed-top'",
        "class='dataframe btn full-credit'",
        "tabindex='1'",
        "contenteditable",
        "accesskey='a'",
        "role='button'",
        "srcset='x'",
        "background='x'",
        "formaction='x'",
        "xlink:href='x'",
        "is='x'",
    ],
)
def test_attributes_that_act_are_gone(attribute):
    assert parsed(f"<p {attribute}>text</p>").p.attrs == {}


@pytest.mark.parametrize(
    "declaration",
    [
        "position:fixed",
        "z-index:9",
        "top:0",
        "background:url(x)",
        "background-color:u\\72l('x')",
        "list-style:url(x)",
        "cursor:url(x),auto",
        "width:expression(1)",
        "color:var(--a,url(x))",
        "font-family:image-set('x' 1x)",
        "margin-top:-500px",
        "margin:0 0 -5em 0",
        "transform:scale(9)",
        "outline:900px solid red",
        "box-shadow:0 0 0 900px red",
        "content:'x'",
        "behavior:x",
        "animation:x",
        "--colour:red",
    ],
)
def test_styles_that_load_or_cover_are_gone(declaration):
    assert parsed(f'<p style="{declaration}; color: #009E73">x</p>').p["style"] == "color: #009E73"


def test_what_a_text_paints_stays_in_its_own_box():
    assert parsed("<span style='padding:999px'>x</span>")["style"] == "contain:content"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:x",
        "JaVaScRiPt:x",
        "java\tscript:x",
        "&#106;avascript:x",
        "\x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "/files/javascript:x",
        "files/x.html",
        "page.html",
        "../x",
        "//a.example",
        "\\\\a.example",
        "http:/\\a.example",
        "file:///etc/passwd",
        "?x=1",
        "",
    ],
)
def test_a_link_that_is_no_address_of_the_web_becomes_text(target):
    assert parsed(f'<a href="{target}">text</a>').decode_contents() == "text"


def test_a_link_to_the_web_opens_apart_and_tells_nothing():
    link = parsed("<a href='https://a.example/?b=1&c=2' target='_self' rel='opener'>text</a>").a
    assert link["href"] == "https://a.example/?b=1&c=2"
    assert (link["target"], link["rel"]) == ("_blank", ["noopener", "noreferrer", "nofollow"])


def test_places_in_a_text_have_names_of_their_own():
    text = parsed("<h2 id='why'>Why</h2><a href='#why'>see above</a>")
    assert (text.h2["id"], text.a["href"]) == ("text-why", "#text-why")


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/x.png",
        "//a.example/x.png",
        "/logout",
        "/x.png",
        "../../logout.png",
        "%2e%2e/x.png",
        "x.png?y",
        "x.html",
        "data:text/html;base64,AAAA",
        "data:image/png,AAAA",
        "blob:x.png",
        "attachment:x.png",
    ],
)
def test_a_picture_from_elsewhere_is_named_and_not_loaded(address):
    assert parsed(f"<img src='{address}' alt='a curve'>").decode_contents() == "(picture not shown: a curve)"


@pytest.mark.parametrize(
    "address", [f"data:image/png;base64,{PIXEL}", "pictures/nps_1.png", "my%20plot.svg", "files/x.png"]
)
def test_a_picture_that_came_with_the_notebook_is_shown(address):
    assert parsed(f"<img src='{address}'>").img["src"] == address


@pytest.mark.parametrize(
    "text",
    [
        "\\href{javascript:x}{y}",
        "\\hr&#101;f{javascript:x}{y}",
        "\\hr<!-- -->ef{javascript:x}{y}",
        "\\hr<blink></blink>ef{javascript:x}{y}",
        "\\require{html}\\style{color:red}{x}",
        "\\class{btn}{x}\\cssId{why}{x}\\bbox[red]{x}\\unicode[x]{65}",
    ],
)
def test_commands_of_mathjax_that_make_links_or_styles_are_broken(text):
    shown = parsed(f"${text}$").get_text()
    assert not re.search(r"\\(href|require|style|class|cssId|bbox|unicode)", shown)


def test_ordinary_formulas_stay_as_they_are():
    formula = r"$\frac{p - d}{n} < 3$ \begin{align} \alpha &= \text{class} \\ \hline \end{align} \actionable"
    assert inert_tex(formula) == formula
    assert parsed("<code>\\href{x}</code>").get_text() == "\\href{x}"
    assert inert_tex("\\href") == f"\\{ZERO_WIDTH_SPACE}href"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000,
        "<div></x>" * 3_000,
        "<p>" + "".join(f"<b title={number}>" for number in range(90)) + "<p>x</p>" * 900,
        "<a x=1 " * 20_000,
        "<" * 300_000,
        "&" * 300_000,
        "x" * 500_000,
    ],
    ids=range(7),
)
def test_markup_that_is_made_to_keep_the_server_busy_is_shown_as_text(markup):
    started = time.monotonic()
    assert inert_html(markup).startswith("<pre>")
    assert time.monotonic() - started < 5


def test_text_is_escaped_and_cut():
    assert as_text("<b>&") == "<pre>&lt;b&gt;&amp;</pre>"
    assert as_text("x" * 30_000).endswith("x … (cut here)</pre>")


# Pages


def test_markdown_is_cleaned_after_it_has_become_html(page):
    text = (
        "**bold** [a](<javascript:x>) [b](</files/javascript:x>) `<b>` ![c](https://a.example/c.png) $x < 1$"
    )
    shown = notebook_of(page(new_markdown_cell(text)))
    assert not shown.find_all(["a", "img"])
    assert (shown.strong.get_text(), shown.code.get_text()) == ("bold", "<b>")
    assert "$x < 1$" in shown.get_text()


def test_markdown_that_cannot_be_shown_is_shown_as_text(page):
    shown = notebook_of(
        page(new_markdown_cell("![x](attachment:none.png) **b**"), new_markdown_cell("[" * 40_000))
    )
    assert [part.get_text()[:12] for part in shown.find_all("pre")] == ["![x](attachm", "[" * 12]


def test_attached_pictures_are_shown_and_nothing_else_that_is_attached(page):
    attached = {"a": {"text/html": "PHA+"}, "b": {"image/png": PIXEL}, "c": {"image/png": '"><p>'}}
    shown = notebook_of(page(new_markdown_cell("![b](attachment:b)", attachments=attached)))
    assert shown.img["src"] == f"data:image/png;base64,{PIXEL}"
    for name in "ac":
        cell = new_markdown_cell(f"![x](attachment:{name})", attachments=attached)
        assert not notebook_of(page(cell)).find_all(["img", "p"])


def output(data, **metadata):
    return new_code_cell(outputs=[new_output("display_data", data, metadata=metadata)])


def test_outputs_that_are_programs_or_unknown_are_named_only(page):
    for mime in ("application/javascript", "application/vnd.jupyter.widget-view+json", "text/x-strange"):
        shown = notebook_of(page(output({mime: "alert(1)"})))
        assert f"(output not shown: {mime})" in shown.get_text()
        assert "alert" not in shown.get_text()
        assert "as text" in notebook_of(page(output({mime: "alert(1)", "text/plain": "as text"}))).get_text()


def test_html_outputs_are_cleaned_whatever_their_metadata_say(page):
    for metadata in ({}, {"autograder": {"state": "right"}}, {"text/html": {"isolated": True}}):
        shown = notebook_of(page(output({"text/html": "<p onclick='x'>A<script>x</script></p>"}, **metadata)))
        assert shown.p.attrs == {}
        assert not shown.find_all(["script", "iframe"])


def test_the_size_of_a_picture_is_a_number(page):
    told = {"width": "1 onload=alert(1)", "height": 20, "unconfined": True, "alt": '"><b>'}
    picture = notebook_of(page(output({"image/png": PIXEL}, **{"image/png": told}))).img
    assert picture.attrs == {"src": f"data:image/png;base64,{PIXEL}", "height": "20", "alt": '"><b>'}


def test_a_picture_of_the_metadata_is_not_loaded(page):
    told = {"filenames": {"image/png": "https://a.example/x.png"}}
    assert notebook_of(page(output({"image/png": PIXEL}, **told))).img["src"].startswith("data:image/png")


def test_drawings_are_pictures_and_data_that_is_no_picture_is_not(page):
    assert (
        notebook_of(page(output({"image/svg+xml": "<svg><script/></svg>"})))
        .img["src"]
        .startswith("data:image/svg")
    )
    assert not notebook_of(page(output({"image/png": "AA' onerror='x"}))).find("img")


def test_latex_outputs_lose_the_commands_that_make_links(page):
    shown = notebook_of(page(output({"text/latex": "$\\href{javascript:x}{y} + \\frac{1}{2}$"}))).get_text()
    assert f"\\{ZERO_WIDTH_SPACE}href" in shown
    assert "\\frac{1}{2}" in shown


def test_formulas_of_outputs_stay_in_their_own_box(page):
    shown = notebook_of(page(output({"text/latex": "$\\raise 50em a < b$", "text/plain": "a"})))
    assert shown.find(string=re.compile("raise 50em a < b")).parent["style"] == "contain:content"


def test_raw_cells_are_shown_as_text(page):
    cell = new_raw_cell("<b>a</b>\n  b", metadata={"raw_mimetype": "text/html"})
    assert notebook_of(page(cell)).pre.get_text() == "<b>a</b>\n  b"


def test_code_streams_and_errors_are_text(page):
    outputs = [
        new_output("stream", name="stdout", text="\x1b[31m<b>\x1b[0m"),
        new_output("error", ename="<b>", evalue="<b>", traceback=["\x1b[1m<b>\x1b[0m"]),
    ]
    shown = notebook_of(page(new_code_cell("x = '<b>'", outputs=outputs)))
    assert not shown.find_all("b")
    assert [part.get_text().strip() for part in shown.find_all("pre")] == ["x = '<b>'", "<b>", "<b>"]


def test_only_the_marks_of_nbgrader_are_left_of_the_metadata(page):
    metadata = {
        "nbgrader": MARKS | {"comment": "<b>", "x": "y"},
        "tags": ["navbar-fixed-top"],
        "transient": {},
    }
    cell = new_code_cell("1", metadata=metadata | {"transient": {"remove_source": True}})
    shown = page(cell, metadata={"widgets": {"x": 1}, "title": "<b>", "language_info": {"name": "x navbar"}})
    assert notebook_of(shown).find("input", id="why")
    assert "navbar-fixed-top" not in str(notebook_of(shown))
    assert notebook_of(shown).find(class_="hl-ipython3").get_text().strip() == "1"


@pytest.mark.parametrize("grade_id", ['a"><b>', "a b", "a'b", "", 7, None])
def test_a_cell_whose_name_could_leave_its_attribute_is_shown_without_a_box_for_points(page, grade_id):
    shown = notebook_of(page(new_code_cell("1", metadata={"nbgrader": MARKS | {"grade_id": grade_id}})))
    assert not shown.find_all(["input", "b"])
    assert shown.pre.get_text().strip() == "1"


def test_the_name_of_a_student_is_text(page):
    bad = "<img src=x onerror=alert(1)>"
    shown = page(new_markdown_cell("a"), student=bad, last_name=bad, first_name=bad, notebook_path=f'"{bad}')
    assert not shown.find_all("img")
    assert shown.find(class_="name-shown")["data-link"] == f'"{bad}'
    assert shown.find(class_="name-shown").get_text().strip() == f"{bad}, {bad}"


def test_a_page_that_is_made_to_be_slow_opens_all_the_same(page, monkeypatch):
    monkeypatch.setattr("autograder.plugins.pages.PAGE_SECONDS", 0.0)
    shown = notebook_of(page(new_markdown_cell("**a**"), output({"text/html": "<b>a</b>"})))
    assert [part.get_text() for part in shown.find_all("pre") if part.get_text().strip()] == [
        "**a**",
        "<b>a</b>",
    ]


def test_the_notebook_itself_is_not_changed(page):
    cell = new_code_cell("1", metadata={"tags": ["x"]}, outputs=[new_output("display_data", {"a/b": "c"})])
    page(cell)
    assert cell.metadata.tags == ["x"]
    assert cell.outputs[0].data == {"a/b": "c"}


def test_a_page_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="HTMLExporter"):
        InertPage().preprocess(new_notebook(), {})


# Hidden tests

TESTS = """assert f(1) == 1
### BEGIN HIDDEN TESTS
assert f(4711) == 22, 'large'
x
### END HIDDEN TESTS
print('end')"""


def without_hidden_tests(*cells):
    nb, _ = HideHiddenTests().preprocess(new_notebook(cells=list(cells)), {})
    return nb.cells


def error(ename="AssertionError", evalue="large", *lines):
    return new_output("error", ename=ename, evalue=evalue, traceback=list(lines))


def test_hidden_tests_become_one_line():
    (cell,) = without_hidden_tests(new_code_cell(TESTS))
    assert cell.source == f"assert f(1) == 1\n{HIDDEN}\nprint('end')"


def test_a_region_that_is_not_closed_is_hidden_to_the_end():
    (cell,) = without_hidden_tests(
        new_code_cell("a\n# BEGIN HIDDEN TESTS\nsecret\n# BEGIN HIDDEN TESTS\nsecret")
    )
    assert cell.source == f"a\n{HIDDEN}"


def test_an_error_of_hidden_tests_keeps_its_kind_and_its_message():
    trace = error(
        "ValueError", "\nnot near\nx: 4711", "----> 2 \x1b[1massert\x1b[0m f(4711)", "ValueError: not near"
    )
    (cell,) = without_hidden_tests(new_code_cell(TESTS, outputs=[trace, error("KeyError", "", "f(4711)")]))
    assert [output.traceback for output in cell.outputs] == [["ValueError: not near"], ["KeyError"]]
    assert "4711" not in str(cell)


def test_what_other_outputs_quote_of_hidden_tests_is_hidden_too():
    said = new_output("stream", name="stdout", text="before\nIn[3] = assert f(4711) == 22, 'large'\nx\n")
    trace = error("NameError", "f", "1 assert \x1b[1mf(4711)\x1b[0m == 22, 'large'", "NameError: f")
    value = new_output("execute_result", {"text/plain": "['assert f(4711) == 22, 'large'']"})
    cells = without_hidden_tests(new_code_cell(TESTS), new_code_cell("1", outputs=[said, trace, value]))
    assert cells[1].outputs[0].text == f"before\n{HIDDEN_OUTPUT}\nx\n"
    assert cells[1].outputs[1].traceback == ["NameError: f"]
    assert cells[1].outputs[2].data["text/plain"] == HIDDEN_OUTPUT


def test_cells_without_hidden_tests_keep_their_tracebacks():
    trace = error("ZeroDivisionError", "division by zero", "----> 1 1/0", "ZeroDivisionError")
    cells = without_hidden_tests(new_code_cell(TESTS), new_code_cell("1/0", outputs=[trace]))
    assert cells[1].outputs[0].traceback == ["----> 1 1/0", "ZeroDivisionError"]


# Settings


def test_the_course_uses_these_steps(root, tmp_path, monkeypatch):
    monkeypatch.setattr("os.environ", {})  # the file sets two variables for nbgrader's own processes
    copied = shutil.copy(root / "nbgrader_config.py", tmp_path)
    settings = Config()
    runpy.run_path(copied, {"get_config": lambda: settings})
    assert settings.HTMLExporter.preprocessors == ["autograder.plugins.pages.InertPage"]
    steps = [import_item(name) for name in settings.GenerateFeedback.preprocessors]
    assert steps[0] is HideHiddenTests
