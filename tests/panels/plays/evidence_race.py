"""How a student plays `evidence_race`."""

WRONG = "faster"
RIGHT = "both"


def solve(panel):
    panel.frame(40)
    panel.set(drift=0.3, bound=1.6)
    panel.set(drift=0.75, bound=0.65)


def see(panel):
    panel.set(drift=0.5, bound=1.0)
    panel.frame(40)
