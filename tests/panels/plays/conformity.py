"""How a student plays `conformity`."""

WRONG = 63
RIGHT = "24"


def solve(panel):
    panel.set(mean=36.75, difference=44)


def see(panel):
    pass
