"""How a student plays `launch_order`."""

WRONG = "emerging_first"
RIGHT = "developed_first"


def solve(panel):
    panel.set(first_cost=600, cannibalisation=75)


def see(panel):
    pass
