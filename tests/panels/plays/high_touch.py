"""How a student plays `high_touch`."""

WRONG = 100
RIGHT = "65"


def solve(panel):
    panel.set(extra=10, share=80, customers=300)


def see(panel):
    panel.set(extra=20, share=65)
