"""How a student plays `price_reach`."""

WRONG = "first"
RIGHT = "middle"


def solve(panel):
    panel.set(sigma=0.3)
    panel.frame(6)


def see(panel):
    pass
