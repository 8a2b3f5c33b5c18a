"""How a student plays `missing_answers`."""

WRONG = "tenth"
RIGHT = "quarter"


def solve(panel):
    panel.set(treatment="zero", missing_share=50)


def see(panel):
    panel.set(treatment="zero", missing_share=25)
