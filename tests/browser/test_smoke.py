"""JupyterLab opens the first lesson, and nbgrader is there."""

import pytest
from playwright.sync_api import expect

FIRST_LESSON = "course/00_start_here.ipynb"


def test_the_first_lesson_opens_and_nbgrader_has_its_menu(course, open_notebook):
    if not (course / FIRST_LESSON).exists():
        pytest.skip(f"{FIRST_LESSON} is not written yet")
    page = open_notebook(FIRST_LESSON)
    expect(page.locator(".jp-Notebook h1").first).to_be_visible()
    expect(page.locator("#jp-MainMenu").get_by_text("Nbgrader", exact=True)).to_be_visible()
    # Nothing covers the lesson, and nothing is asked of the network.
    expect(page.get_by_text("Would you like to get notified about official Jupyter news?")).to_have_count(0)


def test_formgrader_finds_the_course(lab, page):
    page.goto(f"{lab.address}/formgrader/manage_assignments")
    expect(page.get_by_role("link", name="m00_driving_licence", exact=True)).to_be_visible()
