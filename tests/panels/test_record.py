"""What was predicted, and what came out."""

from marketing4.panels import predictions
from marketing4.panels.learning import Outcome, Prediction
from marketing4.panels.record import entries, note_outcome, note_prediction


def test_an_empty_table_says_how_it_fills():
    assert "No prediction yet" in predictions().value


def test_the_table_fills_while_it_is_on_the_page():
    table = predictions()
    note_prediction("dot", "How many <b>?", "30 people")
    assert "How many &lt;b&gt;?" in table.value
    assert "30 people" in table.value
    assert "Not seen yet: play the panel." in table.value
    note_outcome("dot", "There were 20.", "You were 10 people too high.")
    assert "There were 20. You were 10 people too high." in table.value


def test_the_table_has_a_caption_and_headings():
    value = predictions().value
    assert "<caption" in value
    assert value.count('scope="col"') == 3


def test_a_second_prediction_takes_the_place_of_the_first():
    note_prediction("dot", "How many?", "30")
    note_outcome("dot", "20.", "")
    note_prediction("dot", "How many?", "40")
    assert [entry.predicted for entry in entries().values()] == ["40"]
    assert entries()["dot"].came_out == ""


def test_a_number_near_enough_is_what_was_predicted():
    prediction = Prediction("How far?", lambda _: None, unit="points")
    outcome = Outcome(21.4, "It is 21.4.", tolerance=3)
    assert prediction.verdict(20, outcome) == "That is what you predicted."
    assert prediction.verdict(10, outcome) == "You were 11.4 points too low."
    assert prediction.verdict(60, outcome) == "You were 38.6 points too high."


def test_a_choice_is_right_or_not():
    prediction = Prediction("Up?", lambda _: None, options={"up": "It rises", "down": "It falls"})
    assert prediction.words("up") == "It rises"
    assert prediction.verdict("up", Outcome("up", "")) == "That is what you predicted."
    assert prediction.verdict("down", Outcome("up", "")) == "You predicted otherwise."
