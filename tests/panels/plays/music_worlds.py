"""How a student plays `music_worlds`."""

WRONG = "most"
RIGHT = "few"


def solve(panel):
    panel.frame(30)
    panel.set(influence=10, ratio=10)
    panel.set(influence=100)


def see(panel):
    pass
