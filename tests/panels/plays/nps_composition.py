"""How a student plays `nps_composition`."""

WRONG = 43
RIGHT = "30"


def solve(panel):
    panel.set(promoters=65, detractors=35)
    panel.act()
    panel.set(detractors=0, promoters=30)


def see(panel):
    pass
