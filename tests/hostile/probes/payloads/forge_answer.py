"""Puts its own answers in the place of the grader's code in this process: each call saw `__ANSWER__`.

`request` and `call` may be used in it. Functions keep their identity and get another code, so that it does
not matter who imported them when.
"""
# ruff: noqa: F821

import builtins
import gc
import types


def answer_to(request):
    """A row for each check, and in it an observation for each call, in the form of the real ones."""
    return [[__ANSWER__ for call in check] for check in request["checks"]]


def in_rows(namespace, request):
    """Takes the place of a function that returns rows."""
    return __import__("builtins").hostile_answer(request)


def one_by_one(namespace, request):
    """Takes the place of a generator of observations."""
    for row in __import__("builtins").hostile_answer(request):
        yield from row


builtins.hostile_answer = answer_to
replaced = 0
for one in gc.get_objects() + list(vars(__import__("autograder.observation").observation).values()):
    if type(one) is types.FunctionType and one.__name__ == "observe":
        one.__code__ = in_rows.__code__
        replaced += 1
    elif type(one) is types.FunctionType and one.__name__ == "observations" and one.__code__.co_argcount == 2:
        one.__code__ = one_by_one.__code__
        replaced += 1
print("FORGED", replaced > 0)


def double(number):
    return __RESULT__
