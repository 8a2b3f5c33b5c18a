"""How a student plays `inclusion_loop`."""

WRONG = 100
RIGHT = "41"


def solve(panel):
    panel.set(margin=50, budget_share=14)


def see(panel):
    pass
