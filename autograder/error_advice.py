"""What a beginner can do about an error in their function, by the type and the words of the error."""

from __future__ import annotations

import re

# The first row that fits is used: type of the error, words in its message, what to try.
_ADVICE = (
    (
        "TypeError",
        r"unsupported operand type.* \^",
        "In Python `**` is “to the power of”; `^` means something else.",
    ),
    (
        "TypeError",
        r"'method'|'builtin_function_or_method'",
        "Brackets are missing behind a name: `x.name()`.",
    ),
    (
        "TypeError",
        r"'(int|float|numpy\.\w+|bool)' object is not iterable",
        "A single number stands where a list is needed. `range(n)` counts up to n; `[x]` is a list of one.",
    ),
    (
        "TypeError",
        r"argument of type '(int|float|bool)' is not|a container or iterable",
        "`in` needs a list or a tuple on its right side: `in (1, 2, 3)`.",
    ),
    (
        "TypeError",
        r"'tuple'",
        "A function that gives two values gives a pair. Take it apart first: `a, b = function(x)`.",
    ),
    (
        "TypeError",
        r"NoneType",
        "One of the values is None, which means “no answer”. Deal with that case first.",
    ),
    (
        "TypeError",
        r"concatenate list|for \+=?: ('list' and|.* and 'list')",
        "`+` does not add one value to a list; `values.append(x)` does.",
    ),
    (
        "TypeError",
        r"'list' and|and 'list'",
        "A list is not calculated with as a whole: take its items one by one, or write `np.array(values)`.",
    ),
    (
        "TypeError",
        r"concatenate str|'str' and|and 'str'|between instances of",
        'Text and a number do not fit together. `float(text)` makes a number, `f"{number}"` makes text.',
    ),
    ("TypeError", r"indices must be integers", "Use a dot for a value of this row: `row.name`."),
    (
        "TypeError",
        r"object is not callable",
        "Something that is no function stands before the brackets `( )`.",
    ),
    ("TypeError", r"", "Two kinds of value do not fit together here. What kind is each of them?"),
    (
        "KeyError",
        r"",
        "A column or key of that name does not exist here. Was it made? Is it spelled as in the data?",
    ),
    ("ZeroDivisionError", r"", "What should your function return when there is nothing to divide by?"),
    (
        "NameError",
        r"'(none|true|false)'",
        "Python writes these words with a capital letter: None, True, False.",
    ),
    (
        "NameError",
        r"",
        "Python does not know this name. Is it text without quotation marks, misspelled, or not imported?",
    ),
    (
        "UnboundLocalError",
        r"",
        "A variable is used before it gets a value: give it one before the loop or the if. If it is the name "
        "of a function, too, give the variable another one.",
    ),
    ("IndexError", r"", "A position was asked for that does not exist: is the list shorter, or empty?"),
    (
        "AttributeError",
        r"NoneType",
        "The value before the dot is None. Which line should have given it a value?",
    ),
    ("AttributeError", r"", "The value before the dot does not have this. What kind of value is it here?"),
    (
        "ValueError",
        r"must have same first dimension|shape mismatch|of the same length",
        "Both sides need equally many values: how many has each?",
    ),
    (
        "ValueError",
        r"truth value of",
        "A whole column is neither true nor false. Ask about one value, or use `.any()` or `.all()`.",
    ),
    (
        "ValueError",
        r"could not convert string",
        "This text cannot be read as a number. Which character disturbs?",
    ),
    ("ValueError", r"", "The kind of value is right, but not this value: which input could not be used?"),
    ("NotImplementedError", r"", "Replace the line `raise NotImplementedError()` by your own code."),
    ("RecursionError", r"", "The function calls itself without end."),
    ("AssertionError", r"", "An `assert` in your own code did not hold."),
    ("SystemExit", r"", "Leave out `exit()` or `quit()`: they end the whole notebook."),
)


def advice(kind: str, message: str, inside: bool) -> str:
    """What to look at after an error.

    Args:
        kind: the type of the error, e.g. `"TypeError"`.
        message: its message.
        inside: whether it came from a line of the student's function, and not from calling it.
    """
    if kind == "TypeError" and "positional argument" in message:
        if not inside:
            return (
                "Look at the line with `def`: does it take the arguments that the task names, in that order?"
            )
        return "A function inside got too many or too few values. A decimal comma counts as two: write 0.5."
    for wanted, words, sentence in _ADVICE:
        if wanted == kind and re.search(words, message):
            return sentence
    return "Read the last words of the error: they say what Python could not do."
