"""The interactive panels of the lessons: predict, play, solve the puzzle, then read its name.

Each function returns a widget, so a lesson cell is one line: `panels.nps_composition()`.
"""

from marketing4.panels.nps_composition import nps_composition
from marketing4.panels.record import predictions

__all__ = ["nps_composition", "predictions"]
