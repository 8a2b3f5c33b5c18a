"""How a student plays `many_options`."""

WRONG = "50"
RIGHT = "13"


def solve(panel):
    panel.set(lost=80)
    panel.set(lost=0, seconds=150)


def see(panel):
    panel.set(seconds=60, lost=0, options=6)
    panel.set(options=40)
