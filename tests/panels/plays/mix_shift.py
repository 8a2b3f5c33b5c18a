"""How a student plays `mix_shift`."""

WRONG = "rises"
RIGHT = "falls"


def solve(panel):
    panel.set(online=330)


def see(panel):
    panel.set(online=330)
