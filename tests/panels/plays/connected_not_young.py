"""How a student plays `connected_not_young`."""

WRONG = 75
RIGHT = "41"


def solve(panel):
    panel.set(correlation=-88, young_below=38)


def see(panel):
    panel.set(correlation=-20, young_below=38)
