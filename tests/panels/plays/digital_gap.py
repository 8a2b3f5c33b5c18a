"""How a student plays `digital_gap`."""

WRONG = "shrank"
RIGHT = "both"


def solve(panel):
    panel.set(one="Arab States", other="Africa")


def see(panel):
    panel.set(one="developed", other="developing", until="2010")
