"""How a student plays `word_of_mouth`."""

WRONG = 9
RIGHT = "12,5"


def solve(panel):
    panel.set(contacts=16)


def see(panel):
    pass
