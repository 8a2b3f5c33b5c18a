"""How a student plays `crowd_guess`."""

WRONG = 420
RIGHT = "540 kg"


def solve(panel):
    panel.set(loud=80, pull=40)
    panel.frame(8)


def see(panel):
    pass
