"""What a student does: open a lesson, play with a panel, answer wrongly and then rightly, validate."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from autograder.key_file import load_key

ROOT = Path(__file__).resolve().parents[2]
LESSON = "course/09a_nps_without_mistakes.ipynb"
ASSIGNMENT = "release/m09a_nps/m09a_nps.ipynb"

WRONG_NPS = """def nps(scores):
    valid = [s for s in scores if categorise(s)]
    if not valid:
        return None
    promoters = sum(s >= 9 for s in valid)
    detractors = sum(s <= 6 for s in valid)
    return 100 * (promoters - detractors) / (promoters + detractors)"""
RIGHT_NPS = """def nps(scores):
    valid = [s for s in scores if categorise(s)]
    if not valid:
        return None
    return 100 * (sum(s >= 9 for s in valid) - sum(s <= 6 for s in valid)) / len(valid)"""
RIGHT_CATEGORISE = """def categorise(score):
    if isinstance(score, bool) or not isinstance(score, (int, float)) or score not in range(11):
        return None
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor\""""


@pytest.fixture
def whole_notebooks(lab, page):
    """All cells are in the page at once; by default JupyterLab only draws what is on the screen."""
    address = f"{lab.address}/lab/api/settings/@jupyterlab/notebook-extension:tracker"
    answer = page.request.put(
        address,
        data=json.dumps({"raw": '{"windowingMode": "none"}'}),
        headers={"Authorization": f"token {lab.token}", "Content-Type": "application/json"},
    )
    assert answer.ok, answer.text()


def hint_of(exercise: str, misconception: str) -> str:
    """The hint that the key has for a wrong answer."""
    key = {found.name: found for found in load_key(ROOT / "source" / "m09a_nps" / "key.py")}
    return next(wrong.hint for wrong in key[exercise].misconceptions if wrong.name == misconception)


def run_all(page: Page) -> None:
    # Cells that are run before the kernel is connected are silently left out.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle")
    page.locator("#jp-MainMenu").get_by_text("Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def write_cell(page: Page, cell, code: str) -> None:
    """Replaces a cell's code by the keyboard, and runs it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code)
    page.keyboard.press("Control+Enter")


def code_cell(page: Page, text: str):
    """The code cell that holds this text."""
    return page.locator(".jp-CodeCell").filter(has_text=text).first


@pytest.mark.usefixtures("whole_notebooks")
def test_a_slider_moved_by_the_keyboard_changes_picture_status_and_alternative_text(open_notebook):
    page = open_notebook(LESSON)
    run_all(page)
    panel = page.locator(".m4-panel").filter(has_text="What does one Net Promoter Score say?").first
    panel.wait_for()
    panel.get_by_label("Your prediction (points)").fill("40")
    panel.get_by_role("button", name="Lock my prediction").click()
    status = panel.locator(".m4-status")
    expect(status).to_contain_text("NPS")  # comes last: the sliders take keys from now on
    before = status.inner_text(), panel.locator(".m4-overlay").inner_html()
    size = panel.locator(".m4-picture").bounding_box()
    slider = panel.get_by_role("slider").first
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(panel.get_by_label("Promoters (people)")).to_have_value("55")
    expect(status).not_to_have_text(before[0])
    expect(status).to_contain_text("35")
    assert panel.locator(".m4-overlay").inner_html() != before[1]
    assert panel.locator('[role="img"]').first.get_attribute("aria-label")
    after = panel.locator(".m4-picture").bounding_box()
    assert (after["width"], after["height"]) == (size["width"], size["height"]), "the layout jumps"
    expect(page.locator(".m4-panel-error")).to_have_count(0)


@pytest.mark.usefixtures("whole_notebooks")
def test_a_wrong_answer_gets_its_hint_the_right_one_its_points_and_validate_says_the_same(open_notebook):
    page = open_notebook(ASSIGNMENT)
    run_all(page)
    write_cell(page, code_cell(page, "def categorise(score)"), RIGHT_CATEGORISE)
    answer = code_cell(page, "def nps(scores)")
    check = code_cell(page, 'check("nps")')

    write_cell(page, answer, WRONG_NPS)
    check.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(check).to_contain_text("expected")
    expect(check).to_contain_text(hint_of("nps", "divides_by_promoters_and_detractors"))
    expect(check).not_to_contain_text("Traceback")

    write_cell(page, answer, RIGHT_NPS)
    check.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(check).to_contain_text("visible checks pass")
    expect(check).to_contain_text("run after you submit")

    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog")
    # Other exercises of this notebook are still open: the validator shows our words, no traceback.
    expect(dialog).to_contain_text("The following cell failed", timeout=120_000)
    expect(dialog).to_contain_text("returned nothing")
    expect(dialog).not_to_contain_text('check("nps")')
