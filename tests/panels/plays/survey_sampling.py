"""How a student plays `survey_sampling`."""

WRONG = 10
RIGHT = "21"


def solve(panel):
    panel.set(promoters=70, detractors=5, respondents=10)


def see(panel):
    pass
