"""How a student plays `channels_or_loyalty`."""

WRONG = 18
RIGHT = "2"


def solve(panel):
    panel.set(effect=-5, selection=80)


def see(panel):
    panel.set(effect=2, selection=50)
