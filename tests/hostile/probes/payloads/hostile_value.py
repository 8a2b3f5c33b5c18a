"""A value of a class of its own, whose every method does harm."""
# ruff: noqa: F821

import os


class Meta(type):
    """A class whose own questions are answered with lies."""

    def __instancecheck__(cls, other):
        return True

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(__BASE__)

    def __getattribute__(cls, name):
        if name == "__name__":
            return "__BASE__"
        return type.__getattribute__(cls, name)


class Hostile(__BASE__, metaclass=Meta):
    """Equal to everything, whatever is asked."""

    __class__ = __BASE__

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        os._exit(1)

    __str__ = __format__ = __repr__

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __abs__(self):
        return 0.0

    def __float__(self):
        os._exit(1)

    __int__ = __index__ = __len__ = __iter__ = __reduce_ex__ = __bytes__ = __float__

    def __bool__(self):
        return True

    def __getattr__(self, name):
        return lambda *args, **kwargs: True

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __contains__ = __lt__


def double(number):
    return Hostile(__VALUE__)
