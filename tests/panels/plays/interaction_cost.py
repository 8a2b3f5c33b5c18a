"""How a student plays `interaction_cost`."""

WRONG = "double"
RIGHT = "seven"


def solve(panel):
    panel.set(fall=50, cost=30)


def see(panel):
    panel.reset()
    panel.set(fall=50)
