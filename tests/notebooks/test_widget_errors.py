"""The scanner for swallowed errors, on small notebooks that are each broken in one way."""

from pathlib import Path

import nbformat
import pytest

from tests.notebooks.widget_errors import WIDGET_STATE, execute, faults

FIXTURES = Path(__file__).parent / "fixtures"

BROKEN = {
    "interact_raises": "Output widget: ZeroDivisionError: division by zero",
    "button_raises": "Output widget: ValueError: n must be positive, got 0",
    "panel_error": "HTML widget: a panel shows “No new result: price must be positive, got 0”",
    "executed_out_of_order": "cell 1 (use): NameError: name 'promoters' is not defined",
}


@pytest.mark.parametrize(("name", "sentence"), BROKEN.items(), ids=BROKEN)
def test_an_error_is_found_wherever_it_hides(name, sentence):
    assert faults(execute(FIXTURES / f"{name}.ipynb").notebook) == [sentence]


def test_a_warning_on_standard_error_is_found():
    (sentence,) = faults(execute(FIXTURES / "warns.ipynb").notebook)
    assert sentence.startswith("cell 1 (warn): standard error: ")
    assert "UserWarning: the answers hold blanks" in sentence


def test_a_healthy_panel_passes_also_with_an_empty_place_for_errors():
    run = execute(FIXTURES / "healthy.ipynb")
    assert faults(run.notebook) == []
    # The scan saw the panel: its state was stored, and it is the state after the change.
    states = run.notebook.metadata.widgets[WIDGET_STATE]["state"].values()
    assert any("The price is 7" in str(model["state"].get("value")) for model in states)


def test_a_notebook_that_was_not_executed_has_no_faults():
    assert faults(nbformat.read(FIXTURES / "interact_raises.ipynb", as_version=4)) == []


def test_time_is_measured_from_the_start_of_the_kernel():
    assert 0.1 < execute(FIXTURES / "output_left_in.ipynb").seconds < 20
