"""How a student plays `repetition`."""

WRONG = "level"
RIGHT = "back"


def solve(panel):
    panel.frame(40)
    panel.set(spread=30, cap=11)


def see(panel):
    panel.set(spread=0, cap=40, best=10)
