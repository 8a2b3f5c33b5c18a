"""How a student plays `follow_or_think`."""

WRONG = "better"
RIGHT = "worse"


def solve(panel):
    panel.set(copying=50, seconds=150)
    panel.set(copying=100, seconds=24)


def see(panel):
    panel.set(posts=1, options=20, seconds=60, copying=100)
