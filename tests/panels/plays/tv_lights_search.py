"""How a student plays `tv_lights_search`."""

WRONG = 17
RIGHT = "12,5"


def solve(panel):
    panel.set(retention=85, extra=200, length=3)


def see(panel):
    panel.set(retention=50, extra=100, length=10)
    panel.frame(20)
