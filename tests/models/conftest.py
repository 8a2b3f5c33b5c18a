"""Property tests draw the same examples on every run and do not fail because a machine is slow."""

from hypothesis import settings

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")
