"""How a student plays `trust`."""

WRONG = "strangers"
RIGHT = "website"


def solve(panel):
    panel.set(form="Ads on TV", first="2007", second="2011")
    panel.set(first="2011", second="2015")


def see(panel):
    panel.set(second="2015")
