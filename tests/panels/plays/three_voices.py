"""How a student plays `three_voices`."""

WRONG = "40"
RIGHT = "73"


def solve(panel):
    panel.set(friends=60, shared=90)


def see(panel):
    panel.set(own=2, friends=4, shared=0, advert=3)
