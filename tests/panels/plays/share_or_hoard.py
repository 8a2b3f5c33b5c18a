"""How a student plays `share_or_hoard`."""

WRONG = 60
RIGHT = "20"


def solve(panel):
    panel.set(temptation=5, alone=0)
    panel.set(temptation=11, patience=45)


def see(panel):
    panel.set(temptation=9, alone=2, reply="ever", patience=30)
