"""The course's models: pure functions of parameters and a seed, over NumPy. They know no widget, figure or
file.

Import the module you need: `from marketing4.models import nps`.
"""
