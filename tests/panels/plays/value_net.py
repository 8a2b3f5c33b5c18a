"""How a student plays `value_net`."""

WRONG = 60
RIGHT = "33,3"


def solve(panel):
    panel.set(community=30, partner=30, together=-30)


def see(panel):
    panel.set(firm=10, community=30, partner=10, together=10)
    panel.frame(60)
