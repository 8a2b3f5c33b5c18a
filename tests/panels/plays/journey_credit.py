"""How a student plays `journey_credit`."""

WRONG = 50
RIGHT = "25,1"


def solve(panel):
    panel.set(removed="Search")
    panel.set(removed="TV", tv=80)


def see(panel):
    panel.set(removed="TV", tv=50, searchers=10)
