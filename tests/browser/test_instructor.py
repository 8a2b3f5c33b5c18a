"""What an instructor does after grading: open the formgrader, see the class, and read a feedback page."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def office(graded_lab, browser: Browser) -> Page:
    """An instructor's page, logged in."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(graded_lab.url("login"))
    yield page
    context.close()


@pytest.mark.slow
def test_formgrader_shows_the_grades_of_the_simulated_class(graded_lab, graded_demo, office):
    office.goto(f"{graded_lab.address}/formgrader/manage_submissions/m09a_nps")
    rows = office.locator("tbody tr")
    expect(rows).to_have_count(graded_demo.summary["students"])
    totals = sorted(float(row.split("/")[0]) for row in rows.locator("td.score").all_inner_texts())
    mean = sum(totals) / len(totals)
    assert mean == pytest.approx(graded_demo.summary["mean"], abs=0.01)


@pytest.mark.slow
def test_formgrader_opens_a_submission_with_our_panel_and_a_box_for_the_written_case(
    graded_lab, graded_demo, office
):
    office.goto(f"{graded_lab.address}/formgrader/gradebook/m09a_nps/m09a_nps")
    rows = office.locator("tbody tr")
    expect(rows).to_have_count(graded_demo.summary["students"])
    # Rows that still need a manual grade are those of students who wrote something.
    waiting = rows.filter(has=office.locator("td.needs-manual-grade .glyphicon-ok"))
    waiting.locator("a").first.click()
    expect(office.locator('div[role="status"]').first).to_be_visible()
    expect(office.get_by_text("hidden check", exact=False).first).to_be_attached()
    expect(office.locator("textarea.comment").first).to_be_attached()
    expect(office.get_by_text("Written by a simulated student").first).to_be_visible()
    expect(office.locator("input.score").last).to_be_editable()


@pytest.mark.slow
def test_a_feedback_page_renders_with_points_headline_and_hint(graded_demo, office):
    pages = sorted((graded_demo.folder / "grading" / "feedback").rglob("*.html"))
    chosen = next(page for page in pages if "Hint:" in page.read_text(encoding="utf-8"))
    office.goto(Path(chosen).as_uri(), wait_until="domcontentloaded")
    expect(office.locator("h4, h3, h2, .panel-heading").first).to_be_visible()
    panel = office.locator('div[role="status"]').filter(has_text="Hint:").first
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("points")
    assert json.loads((graded_demo.folder / "summary.json").read_text())["differences"] == []
