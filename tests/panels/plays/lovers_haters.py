"""How a student plays `lovers_haters`."""

WRONG = "falls"
RIGHT = "hump"


def solve(panel):
    panel.frame(21)
    panel.act()
    panel.set(lovers=5)
    panel.frame(0)
    panel.act()


def see(panel):
    pass
