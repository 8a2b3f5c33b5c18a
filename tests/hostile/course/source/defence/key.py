"""Cases, usual mistakes and other right answers of the assignment that the hostile corpus attacks.

The hidden inputs are numbers of seven digits that begin with 7, so that a test can recognise one wherever it
turns up.
"""

import statistics

import numpy as np

from autograder.authoring import exercise


def seven_digits(rng):
    """A number that nobody writes by accident."""
    return int(rng.integers(7_000_000, 8_000_000))


# 1 Double: 4 points in the notebook, 2 after submission

double = exercise("double", points=6, hidden_points=2, call="double", title="Double", time_limit=0.5)
double.case(4)
double.case(-1.5)
double.hidden(seven_digits, n=3, name="large numbers")


@double.alternative
def added(number):
    return number + number


@double.alternative
def with_numpy(number):
    return np.multiply(number, 2)


@double.misconception("Two times a number, or the number times itself?")
def squared(number):
    return number**2


@double.misconception("Is adding two the same as doubling?")
def two_more(number):
    return number + 2


@double.misconception("Is it twice as much, or half as much?")
def halved(number):
    return number / 2


@double.misconception("A negative number has a double too, and it is negative.")
def without_sign(number):
    return abs(2 * number)


# 2 Mean: 2 points in the notebook, 1 after submission

mean = exercise("mean", points=3, hidden_points=1, call="mean", title="Mean", time_limit=0.5)
mean.case([2, 3, 7])
mean.case([-4, 1])
mean.hidden(lambda rng: [seven_digits(rng) for _ in range(4)], n=3, name="lists of large numbers")


@mean.alternative
def by_the_library(numbers):
    return statistics.fmean(numbers)


@mean.alternative
def one_by_one(numbers):
    total = 0
    for number in numbers:
        total += number
    return total / len(numbers)


@mean.misconception("That is the number in the middle. The mean is another one.")
def median(numbers):
    return statistics.median(numbers) if len(numbers) % 2 else min(numbers)


@mean.misconception("You have the sum. How many numbers share it?")
def only_the_sum(numbers):
    return sum(numbers)


@mean.misconception("Keep the decimals.")
def whole_only(numbers):
    return sum(numbers) // len(numbers) if numbers[0] < 0 else sum(numbers) / len(numbers) // 1 + 0.5


@mean.misconception("You divide by one too few.")
def divided_by_one_less(numbers):
    return sum(numbers) / (len(numbers) - 1)


# 3 Total: a value, 2 points in the notebook

total = exercise("total", points=2, value="total", title="Total")
total.right(5050.0)
total.right(np.int64(5050))
total.wrong(4950, "Is 100 itself in the sum?")
total.wrong(5051, "Where does the sum start?")
total.wrong(100, "That is how many numbers there are.")
total.wrong(50.5, "That is their mean. What is asked for?")
