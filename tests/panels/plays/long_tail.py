"""How a student plays `long_tail`."""

WRONG = "falls"
RIGHT = "rises"


def solve(panel):
    panel.set(exponent=0.6, followers=25)


def see(panel):
    panel.set(exponent=1.0, shelf=100, listed=10, followers=50)
