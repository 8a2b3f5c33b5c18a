"""How a student plays `cascade`."""

WRONG = 98
RIGHT = "63"


def solve(panel):
    panel.set(alone=14, tie="own_signal")


def see(panel):
    pass
