"""Cases, usual mistakes and other right answers of assignment 05, From individual to social.

A function under `misconception` is an answer that a beginner could hand in, with the hint that follows.
The first cases are reference values: 25 = 375 - 350, 9.1743, 12/19, and 0.0040607 for Asch's experiment.
"""

import functools
import itertools
import math
import random

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

# 1 Three errors of a crowd

decompose = exercise(
    "decompose",
    points=3,
    hidden_points=1,
    call="decompose",
    title="Three errors of a crowd",
    answer="collective error, average error and diversity",
)
decompose.case([40, 50, 60, 90], 55)
decompose.case([30, 31, 50], 40)
decompose.case([12, 12, 12], 10)
decompose.case([7], 9)
decompose.case([], 55)


def some_guesses(rng):
    """3 to 40 skewed guesses and a truth that is not their mean."""
    guesses = rng.lognormal(4, 0.6, int(rng.integers(3, 41))).round(1).tolist()
    return guesses, float(rng.integers(30, 90))


decompose.hidden(some_guesses, n=8, name="other crowds")
decompose.hidden(lambda rng: ([float(rng.integers(20, 60))] * 5, 80), n=3, name="everybody says the same")
decompose.hidden(
    lambda rng: (lambda x, t: ([t - x, t + x, t - 3 * x, t + 3 * x], t))(
        int(rng.integers(2, 9)), int(rng.integers(50, 90))
    ),
    n=3,
    name="crowds whose mean is the truth",
)


def three_errors(guesses, truth, centre=None, over=None):
    """Collective error, average error and diversity; None without guesses."""
    n = len(guesses)
    if n == 0:
        return None
    mean = sum(guesses) / n if centre is None else centre
    average = sum((guess - truth) ** 2 for guess in guesses) / n
    diversity = sum((guess - mean) ** 2 for guess in guesses) / (over or n)
    return (mean - truth) ** 2, average, diversity


@decompose.alternative
def errors_with_numpy(guesses, truth):
    values = np.array(guesses, dtype=float)
    if values.size == 0:
        return None
    return (values.mean() - truth) ** 2, ((values - truth) ** 2).mean(), values.var()


@decompose.alternative
def diversity_from_the_identity(guesses, truth):
    if not guesses:
        return None
    collective = (sum(guesses) / len(guesses) - truth) ** 2
    average = sum((guess - truth) ** 2 for guess in guesses) / len(guesses)
    return [collective, average, average - collective]


@decompose.alternative
def errors_with_pandas(guesses, truth):
    if len(guesses) == 0:
        return None
    values = pd.Series(guesses, dtype=float)
    return (values.mean() - truth) ** 2, values.sub(truth).pow(2).mean(), values.var(ddof=0)


@decompose.misconception("Which number do you divide the diversity by? The identity needs n, not n − 1.")
def divides_by_one_less(guesses, truth):
    return three_errors(guesses, truth, over=max(1, len(guesses) - 1))


@decompose.misconception("Are the three errors distances, or squares of distances? Look for the small 2.")
def absolute_errors(guesses, truth):
    if len(guesses) == 0:
        return None
    mean = np.mean(guesses)
    return (
        float(abs(mean - truth)),
        float(np.mean([abs(guess - truth) for guess in guesses])),
        float(np.mean([abs(guess - mean) for guess in guesses])),
    )


@decompose.misconception("You took the root at the end. Does the formula ask for it?")
def roots_of_the_errors(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and tuple(math.sqrt(error) for error in errors)


@decompose.misconception("Two of your numbers grow with the size of the crowd. A mean is a sum divided by n.")
def sums_for_means(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (errors[0], len(guesses) * errors[1], len(guesses) * errors[2])


@decompose.misconception("Which middle does this crowd theorem use: the mean or the median?")
def median_for_mean(guesses, truth):
    return three_errors(guesses, truth, centre=float(np.median(guesses))) if len(guesses) else None


@decompose.misconception("In which order does the task name the three numbers?")
def average_first(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (errors[1], errors[0], errors[2])


@decompose.misconception(
    "What happens to the crowd's distance from the truth in the formula? One step is missing."
)
def collective_not_squared(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (sum(guesses) / len(guesses) - truth, errors[1], errors[2])


@decompose.misconception("Can a spread be negative? Look at which of the two errors is the larger one.")
def diversity_with_the_wrong_sign(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (errors[0], errors[1], -errors[2])


@decompose.misconception("Diversity compares people with whom: with the truth, or with their own mean?")
def diversity_around_the_truth(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (errors[0], errors[1], errors[1])


@decompose.misconception("Brackets: do you square the difference, or only the truth?")
def square_of_the_truth_only(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (sum(guesses) / len(guesses) - truth**2, errors[1], errors[2])


@decompose.misconception("First the difference, then the square, then the mean. In which order do you do it?")
def mean_before_square(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and (errors[0], errors[0], errors[2])


@decompose.misconception("Did anybody ask for whole numbers? Round in the report, not in the function.")
def rounds_the_errors(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and tuple(round(error) for error in errors)


@decompose.misconception("The task asks for three numbers together. Where are the other two?")
def collective_only(guesses, truth):
    errors = three_errors(guesses, truth)
    return errors and errors[0]


@decompose.misconception("Your loop stops after the first guess. Move `return` as far left as `for`.")
def returns_after_the_first_guess(guesses, truth):
    for guess in guesses:
        return ((guess - truth) ** 2, (guess - truth) ** 2, 0.0)


@decompose.misconception("Only the first guess is in your means. Move `return` as far left as `for`.")
def returns_in_the_loop(guesses, truth):
    n = len(guesses)
    if n == 0:
        return None
    mean = sum(guesses) / n
    return (mean - truth) ** 2, (guesses[0] - truth) ** 2 / n, (guesses[0] - mean) ** 2 / n


@decompose.misconception("Both lines need brackets: first the difference, then the square.")
def squares_without_brackets(guesses, truth):
    n = len(guesses)
    if n == 0:
        return None
    mean = sum(guesses) / n
    return (mean - truth) ** 2, mean - truth**2, mean - mean**2


@decompose.misconception("You square the guesses. What does the formula take away from each guess first?")
def squares_of_the_guesses(guesses, truth):
    n = len(guesses)
    if n == 0:
        return None
    squares = sum(guess**2 for guess in guesses) / n
    return (sum(guesses) / n - truth) ** 2, squares, squares


@decompose.misconception("Without guesses there is nothing to divide by. Ask for that first and return None.")
def an_empty_crowd_stops_it(guesses, truth):
    mean = sum(guesses) / len(guesses)
    average = sum((guess - truth) ** 2 for guess in guesses) / len(guesses)
    return (mean - truth) ** 2, average, average - (mean - truth) ** 2


@decompose.misconception("Is a crowd of nobody a crowd without error? Say that there is no result.")
def zeros_for_nobody(guesses, truth):
    return three_errors(guesses, truth) or (0.0, 0.0, 0.0)


@decompose.misconception("Each guess must be added to the sum so far. Does your loop keep only the last one?")
def keeps_the_last_guess(guesses, truth):
    n = len(guesses)
    if n == 0:
        return None
    mean = sum(guesses) / n
    for guess in guesses:
        average = (guess - truth) ** 2
        diversity = (guess - mean) ** 2
    return (mean - truth) ** 2, average / n, diversity / n


# 2 How many opinions?

n_eff = exercise(
    "n_eff",
    points=2,
    hidden_points=0.5,
    call="n_eff",
    title="How many opinions?",
    answer="a number of independent opinions",
)
n_eff.case(100, 0.1)
n_eff.case(1000, 0.05)
n_eff.case(50, 0)
n_eff.case(50, 1)
n_eff.case(0, 0.3)
n_eff.case(10, 1.2)
n_eff.hidden(
    lambda rng: (int(rng.integers(2, 3000)), round(float(rng.uniform(0.02, 0.98)), 2)),
    n=10,
    name="other crowds",
)
few = itertools.cycle([2, 1, 3])  # a crowd of one alone would be the answer to a visible case
n_eff.hidden(
    lambda rng: (next(few), round(float(rng.uniform(0.2, 0.8)), 2)), n=3, name="one, two and three people"
)
n_eff.hidden_case(40, -0.1, name="a correlation below 0")


def no_crowd(n, rho):
    """Whether the task asks for None."""
    return n <= 0 or rho < 0 or rho > 1


@n_eff.alternative
def from_the_variance_of_the_mean(n, rho):
    if n < 1 or not 0 <= rho <= 1:
        return None
    variance_of_the_mean = rho + (1 - rho) / n
    return 1 / variance_of_the_mean


@n_eff.alternative
def from_a_matrix(n, rho):
    if n < 1 or rho < 0 or rho > 1:
        return None
    sum_of_all_correlations = n * 1 + n * (n - 1) * rho
    return n**2 / sum_of_all_correlations


@n_eff.misconception("What if ρ is 1 and all say the same? Is that a crowd of nobody?")
def takes_the_shared_part_away(n, rho):
    return None if no_crowd(n, rho) else n * (1 - rho)


@n_eff.misconception("With how many others does one person share an opinion? Not with himself or herself.")
def n_instead_of_n_less_one(n, rho):
    return None if no_crowd(n, rho) else n / (1 + n * rho)


@n_eff.misconception("Python divides before it adds. Put the whole denominator in brackets.")
def denominator_without_brackets(n, rho):
    return None if no_crowd(n, rho) else n / 1 + (n - 1) * rho


@n_eff.misconception("That is the limit for an endless crowd. What is it for n people?")
def limit_for_the_number(n, rho):
    if no_crowd(n, rho):
        return None
    return 1 / rho if rho else float(n)


@n_eff.misconception("More in common, fewer independent opinions. Does your number fall when ρ grows?")
def n_times_rho(n, rho):
    return None if no_crowd(n, rho) else n * rho


@n_eff.misconception("Your fraction stands on its head. Which part is above the line?")
def upside_down(n, rho):
    return None if no_crowd(n, rho) else (1 + (n - 1) * rho) / n


@n_eff.misconception("Here ρ is a number from 0 to 1 already. Is it divided by 100 in your function?")
def rho_in_per_cent(n, rho):
    return None if no_crowd(n, rho) else n / (1 + (n - 1) * rho / 100)


@n_eff.misconception("The square of ρ is another quantity. Does the formula have it?")
def rho_squared(n, rho):
    return None if no_crowd(n, rho) else n / (1 + (n - 1) * rho**2)


@n_eff.misconception("An effective number need not be whole. Do not round it.")
def whole_opinions(n, rho):
    return None if no_crowd(n, rho) else round(n / (1 + (n - 1) * rho))


@n_eff.misconception("One slash or two? `//` throws the decimals away.")
def cuts_off_the_decimals(n, rho):
    return None if no_crowd(n, rho) else n // (1 + (n - 1) * rho)


@n_eff.misconception("Plus or minus in the denominator? What people share makes the crowd smaller.")
def minus_for_plus(n, rho):
    if no_crowd(n, rho) or 1 - (n - 1) * rho == 0:
        return None
    return n / (1 - (n - 1) * rho)


@n_eff.misconception("The 1 in the denominator is missing. What would your result be for ρ = 0?")
def the_one_forgotten(n, rho):
    if no_crowd(n, rho) or n == 1:
        return None
    return n / ((n - 1) * rho) if rho else None


@n_eff.misconception("Two pairs of brackets: one around n − 1, one around the whole denominator.")
def inner_brackets_forgotten(n, rho):
    return None if no_crowd(n, rho) else n / (1 + n - 1 * rho)


@n_eff.misconception("Are 0 and 1 themselves allowed? Look at `<` and `<=` in your question.")
def ends_are_refused(n, rho):
    return None if n <= 0 or rho <= 0 or rho >= 1 else n / (1 + (n - 1) * rho)


@n_eff.misconception("How many opinions has a crowd without people? The task names this case.")
def nobody_has_an_opinion(n, rho):
    return None if n < 0 or rho < 0 or rho > 1 else n / (1 + (n - 1) * rho)


@n_eff.misconception("Can ρ lie outside 0 and 1 here? The task says what to return then.")
def every_rho_is_accepted(n, rho):
    return None if n <= 0 else n / (1 + (n - 1) * rho)


# 3 A queue in a formula

p_correct = exercise(
    "p_correct",
    points=3,
    hidden_points=1,
    call="p_correct",
    title="A queue in a formula",
    answer="a chance between 0 and 1",
)
p_correct.case(0.6)
p_correct.case(0.75)
p_correct.case(0.5)
p_correct.case(1)
p_correct.case(1.5)
p_correct.hidden_case(0.8, name="a hint that is right 8 times in 10")
p_correct.hidden(lambda rng: round(float(rng.uniform(0.52, 0.97)), 3), n=8, name="other hints")
p_correct.hidden_case(0, name="a hint that is always wrong")
p_correct.hidden_case(-0.2, name="a chance below 0")


def no_chance(p):
    """Whether p is no chance, so that the task asks for None."""
    return p < 0 or p > 1


@p_correct.alternative
def closed_formula(p):
    if p < 0 or p > 1:
        return None
    return p * (p + 1) / (2 * (1 - p + p**2))


@p_correct.alternative
def right_against_wrong(p):
    if not 0 <= p <= 1:
        return None
    q = 1 - p
    right = p * p + p * q / 2
    wrong = q * q + p * q / 2
    return right / (right + wrong)


@p_correct.alternative
def pair_after_pair(p):
    if p < 0 or p > 1:
        return None
    total = 0
    still_open = 1
    for _ in range(200):
        total = total + still_open * (p**2 + p * (1 - p) / 2)
        still_open = still_open * p * (1 - p)
    return total


@p_correct.misconception("People copy here, they do not vote. How do the first two guests decide for all?")
def majority_of_three(p):
    return None if no_chance(p) else p**2 * (3 - 2 * p)


@p_correct.misconception(
    "Do different hints always end in one guest at each café? Look at what decides a tie here."
)
def own_hint_at_a_tie(p):
    return None if no_chance(p) else p**2 / (p**2 + (1 - p) ** 2)


@p_correct.misconception("That is the chance of one hint. What do the guests behind it do?")
def the_hint_itself(p):
    return None if no_chance(p) else p


@p_correct.misconception("What about queues in which the first two guests disagreed? Divide by the rest.")
def first_pair_only(p):
    return None if no_chance(p) else p**2 + p * (1 - p) / 2


@p_correct.misconception("Two right hints are one way to a right pair. Which row of the table is missing?")
def two_right_hints_only(p):
    return None if no_chance(p) else p**2 / (1 - p * (1 - p))


@p_correct.misconception("The coin does not always fall on the better café. Which half is too much?")
def coin_always_helps(p):
    return None if no_chance(p) else (p**2 + p * (1 - p)) / (1 - p * (1 - p))


@p_correct.misconception("Everything below the line belongs in one pair of brackets. Which parts are these?")
def closed_formula_without_brackets(p):
    return None if no_chance(p) else p * (p + 1) / 2 * (1 - p + p**2)


@p_correct.misconception("Python divides before it adds. Put the chance of a right pair in brackets.")
def numerator_without_brackets(p):
    return None if no_chance(p) else p**2 + p * (1 - p) / 2 / (1 - p * (1 - p))


@p_correct.misconception("Everything after the `/` must stand in brackets. What is divided by what?")
def denominator_without_brackets_p(p):
    return None if no_chance(p) else (p**2 + p * (1 - p) / 2) / 1 - p * (1 - p)


@p_correct.misconception("This is the chance of the wrong herd. Which café is asked for?")
def wrong_herd(p):
    if no_chance(p):
        return None
    return (p - 2) * (p - 1) / (2 * (1 - p + p**2))


@p_correct.misconception("A chance lies between 0 and 1. Is a factor of 100 in yours?")
def chance_in_per_cent(p):
    return None if no_chance(p) else 100 * p * (p + 1) / (2 * (1 - p + p**2))


@p_correct.misconception("That is the chance that a herd begins at all, right or wrong.")
def any_herd(p):
    return None if no_chance(p) else 1 - p * (1 - p)


@p_correct.misconception("You divide by the chance of “one each”. By which chance does the task divide?")
def divides_by_the_open_pairs(p):
    if no_chance(p):
        return None
    return (p**2 + p * (1 - p) / 2) / (p * (1 - p)) if 0 < p < 1 else float(p)


@p_correct.misconception("How often do the first two guests part? Only after half of the different hints.")
def every_tie_stays_open(p):
    return None if no_chance(p) else (p**2 + p * (1 - p) / 2) / (1 - 2 * p * (1 - p))


@p_correct.misconception(
    "Of the different hints, both directions count: guest 1 right, or guest 2. You took one."
)
def one_order_of_the_hints(p):
    return None if no_chance(p) else (p**2 + p * (1 - p) / 4) / (1 - p * (1 - p))


@p_correct.misconception("More decimals, please: a chance is rounded when it is reported, not before.")
def rounds_the_chance(p):
    return None if no_chance(p) else round(p * (p + 1) / (2 * (1 - p + p**2)), 2)


@p_correct.misconception("Can a chance be above 1 or below 0? The task says what to return then.")
def every_p_is_accepted(p):
    return p * (p + 1) / (2 * (1 - p + p**2))


@p_correct.misconception("0, 0.5 and 1 are chances too. Does `if p` or `<=` send one of them away?")
def the_ends_are_refused(p):
    return None if p <= 0.5 or p >= 1 else p * (p + 1) / (2 * (1 - p + p**2))


# 4 A thousand queues

# The last guest of a run is right or wrong, so the results of two right answers with other random numbers
# differ with a standard deviation of at most the root of 0.5 / runs: five of them are 0.025 for 20,000 runs.
# A queue of 3 guests tells the last guest's share best from that of all choices (0.032 away) and from p
# (0.048 away). 0.018 are five standard deviations there.
RUNS = 20_000

simulate = exercise(
    "simulate",
    points=4,
    hidden_points=1,
    call="simulate",
    title="Many queues",
    answer="a share between 0 and 1",
    compare=Comparison(abs=0.025),
    time_limit=20,
)
simulate.case(0.79, 3, 22_000, 243, abs=0.018)
# A long queue, with a tolerance for fewer runs: 0.04 is five standard deviations here, too.
simulate.case(0.77, 12, 6_000, 2, abs=0.04)
# So few runs differ from seed to seed by more than the tolerance: this shows whether the same seed gives the
# same share. 0.12 is more than five standard deviations of the difference of two right answers.
simulate.case(0.6, 5, 1_000, 5, repeat=4, abs=0.12)
simulate.case(0.7, 1, 1_000, 4, abs=0.12)
simulate.case(0.7, 2, 4_000, 6, abs=0.052)
simulate.case(1, 4, 100, 3)
simulate.case(0.6, 0, 100, 3)
two_hints = itertools.cycle([0.74, 0.84])  # two results so far apart that no single number is both
simulate.hidden(
    lambda rng: (next(two_hints), 3, RUNS, int(rng.integers(1, 9999))),
    n=2,
    name="short queues with good hints",
)
simulate.hidden(lambda rng: (0.6, 6, RUNS, int(rng.integers(1, 9999))), name="weak hints and another seed")
simulate.hidden(lambda rng: (0.55, 1, RUNS, int(rng.integers(1, 9999))), name="a queue of one guest")
simulate.hidden_case(0, 4, 100, 8, name="hints that are always wrong")
simulate.hidden_case(0.6, 5, 0, 8, name="no runs")


def choice(lead, p, rng):
    """One guest's choice, as in the notebook: 1 for the better café, -1 for the other one."""
    hint = 1 if rng.random() < p else -1
    votes = lead + hint
    if votes == 0:
        return 1 if rng.random() < 0.5 else -1
    return 1 if votes > 0 else -1


def queues(p, guests, runs, seed, tie="coin"):
    """All choices of all queues at once, one row per run; None when there is nothing to simulate."""
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    lead = np.zeros(runs)
    choices = np.empty((runs, guests))
    for place in range(guests):
        if (abs(lead) >= 2).all():  # everybody copies from here on
            choices[:, place:] = np.sign(lead)[:, None]
            break
        hints = np.where(rng.random(runs) < p, 1, -1)
        votes = lead + hints
        at_a_tie = np.where(rng.random(runs) < 0.5, 1, -1) if tie == "coin" else hints
        choices[:, place] = np.where(votes == 0, at_a_tie, np.sign(votes))
        lead += choices[:, place]
    return choices


@functools.cache
def one_after_the_other(p, guests, runs, seed):
    """The choices of each queue, drawn in the order of the notebook; None when there is nothing to simulate.

    A count of queues matches a student's only with the same random numbers.
    """
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    choices = np.empty((runs, guests), dtype=np.int8)
    for queue in choices:
        lead = 0
        for place in range(guests):
            queue[place] = seat = choice(lead, p, rng)
            lead = lead + seat
    return choices


@simulate.alternative
def all_queues_at_once(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else (choices[:, -1] == 1).mean()


@simulate.alternative
def with_a_list_of_choices(p, guests, runs, seed):
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    right = 0
    for _ in range(runs):
        chosen = []
        for _ in range(guests):
            chosen.append(choice(sum(chosen), p, rng))
        if chosen[-1] == 1:
            right += 1
    return right / runs


@simulate.alternative
def with_the_random_module(p, guests, runs, seed):
    if guests < 1 or runs < 1:
        return None
    source = random.Random(seed)
    last_choices = []
    for _ in range(runs):
        lead = 0
        last = 0
        for _ in range(guests):
            votes = lead + (1 if source.random() < p else -1)
            last = source.choice([1, -1]) if votes == 0 else 1 if votes > 0 else -1
            lead += last
        last_choices.append(last)
    return sum(last == 1 for last in last_choices) / runs


@simulate.misconception(
    "Your share is about p. Which guest's choice do you count, and does `lead` grow with each choice?"
)
def counts_the_first_guest(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices[:, 0] == 1).mean())


@simulate.misconception("All choices count in your share. Whose choice does the task ask for?")
def share_of_all_choices(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices == 1).mean())


@simulate.misconception("At a tie the guest throws a coin. Use `choice`, which does it for you.")
def tie_follows_the_own_hint(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed, tie="own hint")
    return None if choices is None else float((choices[:, -1] == 1).mean())


@simulate.misconception("Must the whole queue be right, or only its last guest?")
def whole_queue_right(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices == 1).all(axis=1).mean())


@simulate.misconception("You count queues in which somebody is right. Which guest is meant?")
def somebody_right(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices == 1).any(axis=1).mean())


@simulate.misconception("`choice` returns −1 for the other café. Count the 1s; do not add the choices up.")
def mean_of_plus_and_minus_one(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float(choices[:, -1].mean())


@simulate.misconception("Which café is the better one: 1 or −1? You count the other one.")
def counts_the_wrong_cafe(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices[:, -1] == -1).mean())


@simulate.misconception("A share lies between 0 and 1. Yours is a number per hundred.")
def share_in_per_cent(p, guests, runs, seed):
    choices = one_after_the_other(p, guests, runs, seed)
    return None if choices is None else float(100 * (choices[:, -1] == 1).mean())


@simulate.misconception("You return a number of queues. Which number makes a share of it?")
def number_of_queues(p, guests, runs, seed):
    choices = one_after_the_other(p, guests, runs, seed)
    return None if choices is None else int((choices[:, -1] == 1).sum())


@simulate.misconception("A share of what: of the queues, or of the guests in one queue?")
def divides_by_the_guests(p, guests, runs, seed):
    choices = one_after_the_other(p, guests, runs, seed)
    return None if choices is None else float((choices[:, -1] == 1).sum() / guests)


@simulate.misconception("`lead` adds up all choices. Ask about the choice of the last guest alone.")
def asks_whether_lead_is_one(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices.sum(axis=1) == 1).mean())


@simulate.misconception("Each queue starts with nobody in front. Where does your `lead` become 0 again?")
@functools.cache  # slow: a compilation asks the same several times
def lead_is_never_reset(p, guests, runs, seed):
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    right = 0
    lead = 0
    for _ in range(runs):
        last = 0
        for _ in range(guests):
            last = choice(lead, p, rng)
            lead = lead + last
        if last == 1:
            right = right + 1
    return right / runs


@simulate.misconception("All your queues are the same one. Make the random generator once, before the loops.")
def generator_in_the_loop(p, guests, runs, seed):
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    lead = 0
    last = 0
    for _ in range(guests):
        last = choice(lead, p, rng)
        lead = lead + last
    return 1.0 if last == 1 else 0.0


# Made once, outside the function, as some students do. Its own seed keeps what is released the same.
OUTSIDE = np.random.default_rng(12)


@simulate.misconception(
    "Would another person get the same share? Make the generator in the function, from `seed`."
)
def ignores_the_seed(p, guests, runs, seed):
    choices = queues(p, guests, runs, OUTSIDE)
    return None if choices is None else float((choices[:, -1] == 1).mean())


@simulate.misconception(
    "Your function returns after the first queue. Move `return` as far left as the outer `for`."
)
def returns_after_one_queue(p, guests, runs, seed):
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    right = 0
    for _ in range(runs):
        lead = 0
        for _ in range(guests):
            last = choice(lead, p, rng)
            lead = lead + last
        if last == 1:
            right = right + 1
        return right / runs


@simulate.misconception("How many guests are in your queue? `range(3)` gives 0, 1 and 2: that is three.")
@functools.cache  # slow: a compilation asks the same several times
def one_guest_too_few(p, guests, runs, seed):
    if guests == 0 or runs == 0:
        return None
    rng = np.random.default_rng(seed)
    right = 0
    for _ in range(runs):
        lead = 0
        for _ in range(guests - 1):
            last = choice(lead, p, rng)
            lead = lead + last
        if last == 1:
            right = right + 1
    return right / runs


@simulate.misconception("A queue without guests has no last guest. Ask for that first and return None.")
def zero_without_guests(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return 0.0 if choices is None else float((choices[:, -1] == 1).mean())


@simulate.misconception("`right / runs` stops when there are no runs. Ask for that first and return None.")
def no_runs_stop_it(p, guests, runs, seed):
    if guests == 0:
        return None
    choices = queues(p, guests, runs, seed)
    return sum(choice == 1 for choice in choices[:, -1]) / runs


@simulate.misconception(
    "`lead` says who is ahead, and after a tie nobody is. What did the last guest choose?"
)
def lead_for_the_last_choice(p, guests, runs, seed):
    choices = queues(p, guests, runs, seed)
    return None if choices is None else float((choices.sum(axis=1) > 0).mean())


@simulate.misconception(
    "Your share can be above 1. Ask about the last choice once per queue, after the inner loop."
)
def counts_in_the_inner_loop(p, guests, runs, seed):
    choices = one_after_the_other(p, guests, runs, seed)
    return None if choices is None else float((choices == 1).sum() / runs)


@simulate.misconception("Which number belongs to the outer loop: the queues, or the guests of one queue?")
def loops_exchanged(p, guests, runs, seed):
    choices = queues(p, runs, guests, seed)
    return None if choices is None else float((choices[:, -1] == 1).mean())


# 5 Eight worlds


def table_of(**worlds):
    """A table of downloads; each world is a list of downloads of the songs A, B, C and so on."""
    rows = [
        (world, "ABCDEFGHIJKLMNOP"[place], count)
        for world, counts in worlds.items()
        for place, count in enumerate(counts)
    ]
    table = pd.DataFrame(rows, columns=["world", "song", "downloads"])
    return table.astype({"world": "str", "song": "str", "downloads": "int64"})


# Both small tables are in the notebook too, so that students can look at them.
TWO_WORLDS = table_of(north=[30, 10], south=[10, 10])
THREE_WORLDS = table_of(north=[60, 20, 20], south=[1, 5, 4], west=[10, 10, 20])
MUSIC = data.load("music_worlds")
INFLUENCE_WORLDS = MUSIC[MUSIC["world"] != "indep"].reset_index(drop=True)

compare_worlds = exercise(
    "compare_worlds",
    points=4,
    hidden_points=1,
    call="compare_worlds",
    title="Eight worlds",
    answer="the Gini coefficient of each world, and the unpredictability",
)
compare_worlds.case(TWO_WORLDS, shown="two_worlds")
compare_worlds.case(THREE_WORLDS, shown="three_worlds")
compare_worlds.case(INFLUENCE_WORLDS, shown="influence_worlds")
compare_worlds.case(TWO_WORLDS.iloc[:2].reset_index(drop=True), shown="two_worlds.head(2)")
compare_worlds.shuffled_rows(THREE_WORLDS, shown="three_worlds")


def listeners(rng, influence, songs=8):
    """3 to 5 worlds of different sizes in which a choice follows the downloads so far with this weight."""
    appeal = rng.dirichlet(np.full(songs, 3))
    worlds = {}
    for world in range(int(rng.integers(3, 6))):
        counts = np.ones(songs)
        for _ in range(int(rng.integers(40, 150))):
            chances = (1 - influence) * appeal + influence * counts / counts.sum()
            counts[rng.choice(songs, p=chances / chances.sum())] += 1
        worlds[f"w{world}"] = (counts - 1).astype(int).tolist()
    return table_of(**worlds)


compare_worlds.hidden(lambda rng: listeners(rng, 0.0), n=2, name="worlds in which nobody looks at others")
compare_worlds.hidden(lambda rng: listeners(rng, 0.8), n=2, name="worlds with a strong influence")
compare_worlds.hidden(
    lambda rng: table_of(small=rng.integers(1, 9, 6).tolist(), large=rng.integers(100, 900, 6).tolist()),
    n=2,
    name="a small and a large world",
)
compare_worlds.hidden_case(table_of(a=[5, 5, 5], b=[50, 50, 50]), name="two equal worlds of different size")
compare_worlds.hidden_case(table_of(only=[3, 1, 8]), name="one world only")


def gini(values):
    """Gini coefficient, as in the notebook."""
    x = np.sort(np.asarray(values, dtype=float))
    places = np.arange(1, len(x) + 1)
    return float((2 * places - len(x) - 1) @ x / (len(x) * x.sum()))


def ginis_of(table):
    """The Gini coefficient of each world."""
    return {world: gini(part["downloads"]) for world, part in table.groupby("world")}


def downloads_of(table):
    """Downloads with a row per song and a column per world."""
    return table.pivot(index="song", columns="world", values="downloads")


def shares_of(table):
    """Shares of a world's downloads, with a row per song and a column per world."""
    wide = downloads_of(table)
    return wide / wide.sum()


def mean_gap(wide, pairs=None, gap=lambda first, second: (first - second).abs().mean()):
    """The mean over pairs of columns of their gap; None for fewer than two columns."""
    names = list(wide.columns)
    if len(names) < 2:
        return None
    gaps = [gap(wide[first], wide[second]) for first, second in pairs or itertools.combinations(names, 2)]
    return float(np.mean(gaps))


@compare_worlds.alternative
def with_arrays(table):
    wide = table.pivot_table(index="song", columns="world", values="downloads", aggfunc="sum")
    shares = (wide / wide.sum(axis=0)).to_numpy().T
    gaps = [np.abs(shares[i] - shares[j]).mean() for i in range(len(shares)) for j in range(i)]
    return ginis_of(table), (np.mean(gaps) if gaps else None)


@compare_worlds.alternative
def song_by_song(table):
    totals = table.groupby("world")["downloads"].sum()
    shares = {(row.world, row.song): row.downloads / totals[row.world] for row in table.itertuples()}
    worlds, songs = list(totals.index), sorted(set(table["song"]))
    gaps = [
        abs(shares[first, song] - shares[second, song])
        for song in songs
        for first in worlds
        for second in worlds
        if first < second
    ]
    return [ginis_of(table), sum(gaps) / len(gaps) if gaps else None]


@compare_worlds.alternative
def every_pair_twice(table):
    shares = shares_of(table)
    pairs = list(itertools.permutations(shares.columns, 2))
    return ginis_of(table), (mean_gap(shares, pairs) if pairs else None)


@compare_worlds.misconception("Worlds have different sizes. What must you divide the downloads by first?")
def gaps_of_counts(table):
    return ginis_of(table), mean_gap(downloads_of(table))


@compare_worlds.misconception("The shares of one world add up to 1. Do yours, in each column?")
def shares_of_all_downloads(table):
    wide = downloads_of(table)
    return ginis_of(table), mean_gap(wide / wide.to_numpy().sum())


@compare_worlds.misconception("Did you divide by the downloads of a world, or by those of a song?")
def shares_of_a_song(table):
    wide = downloads_of(table)
    return ginis_of(table), mean_gap(wide.div(wide.sum(axis=1), axis=0))


@compare_worlds.misconception("Without the size of a gap, plus and minus cancel out. Where is `abs`?")
def gaps_cancel_out(table):
    return ginis_of(table), mean_gap(shares_of(table), gap=lambda first, second: (first - second).mean())


@compare_worlds.misconception("A mean over songs, or a sum? More songs must not mean more luck.")
def sum_over_songs(table):
    return ginis_of(table), mean_gap(shares_of(table), gap=lambda first, second: (first - second).abs().sum())


@compare_worlds.misconception("Are the gaps squared in the task, or is only their size taken?")
def squared_gaps(table):
    return ginis_of(table), mean_gap(
        shares_of(table), gap=lambda first, second: ((first - second) ** 2).mean()
    )


@compare_worlds.misconception("You compare with one world only. How many pairs can you make of three worlds?")
def against_the_first_world(table):
    shares = shares_of(table)
    names = list(shares.columns)
    return ginis_of(table), mean_gap(shares, [(names[0], name) for name in names[1:]])


@compare_worlds.misconception("You add the gaps of all pairs. What turns a sum into a mean?")
def sum_over_pairs(table):
    shares = shares_of(table)
    pairs = list(itertools.combinations(shares.columns, 2))
    mean = mean_gap(shares, pairs)
    return ginis_of(table), mean and mean * len(pairs)


@compare_worlds.misconception(
    "Only one pair is left in your list. Do you make the list before the loop, and append?"
)
def gap_of_the_last_pair(table):
    shares = shares_of(table)
    return ginis_of(table), mean_gap(shares, list(itertools.combinations(shares.columns, 2))[-1:])


@compare_worlds.misconception("A world paired with itself has no gap. Leave such pairs out of the mean.")
def pairs_with_itself(table):
    shares = shares_of(table)
    pairs = list(itertools.product(shares.columns, repeat=2))
    return ginis_of(table), mean_gap(shares, pairs)


@compare_worlds.misconception("One Gini coefficient for each world: yours mixes all worlds together.")
def one_gini_for_all(table):
    return gini(table["downloads"]), mean_gap(shares_of(table))


@compare_worlds.misconception("Gini coefficients of worlds or of songs? Look at what you group by.")
def ginis_of_songs(table):
    ginis = {song: gini(part["downloads"]) for song, part in table.groupby("song")}
    return ginis, mean_gap(shares_of(table))


@compare_worlds.misconception("Which number belongs to which world? A dictionary keeps the names.")
def ginis_without_names(table):
    return list(ginis_of(table).values()), mean_gap(shares_of(table))


@compare_worlds.misconception("The task wants both results. Return the dictionary and the number together.")
def unpredictability_only(table):
    return mean_gap(shares_of(table))


@compare_worlds.misconception("In which order stand the two results in the task?")
def unpredictability_first(table):
    return mean_gap(shares_of(table)), ginis_of(table)


@compare_worlds.misconception(
    "With one world there is nothing to compare. Look at what the task returns then."
)
def zero_for_one_world(table):
    return ginis_of(table), mean_gap(shares_of(table)) or 0.0


@compare_worlds.misconception("Without pairs the mean is NaN. Ask first whether the list of gaps is empty.")
def nan_for_one_world(table):
    gap = mean_gap(shares_of(table))
    return ginis_of(table), float("nan") if gap is None else gap


@compare_worlds.misconception("Only one world comes back. Do you make the dictionary before the loop?")
def only_the_last_world(table):
    ginis = ginis_of(table)
    last = list(ginis)[-1]
    return {last: ginis[last]}, mean_gap(shares_of(table))


@compare_worlds.misconception("With one world the list of gaps is empty. Ask for that before you divide.")
def one_world_stops_it(table):
    shares = shares_of(table)
    pairs = list(itertools.combinations(shares.columns, 2))
    gaps = [(shares[first] - shares[second]).abs().mean() for first, second in pairs]
    return ginis_of(table), sum(gaps) / len(gaps)


ABOUT_MUSIC = ginis_of(MUSIC), mean_gap(shares_of(MUSIC))


@compare_worlds.misconception(
    "Your function measures `songs`, whatever table it is given. Use `table` in it."
)
def always_the_songs(table):
    return ABOUT_MUSIC


# 6 Asch

p_never = exercise(
    "p_never", points=2, hidden_points=0.5, call="p_never", title="Never yield", answer="a chance from 0 to 1"
)
p_never.case(0.368, 12)
p_never.case(0.25, 2)
p_never.case(0.3, 0)
p_never.case(1, 5)
p_never.case(0, 9)
p_never.case(1.2, 3)
p_never.hidden(
    lambda rng: (round(float(rng.uniform(0.05, 0.95)), 2), int(rng.integers(2, 15))),
    n=10,
    name="other trials",
)
p_never.hidden_case(0.4, 1, name="one trial")
p_never.hidden_case(-0.1, 4, name="a chance below 0")


@p_never.alternative
def one_trial_after_the_other(p, k):
    if p < 0 or p > 1:
        return None
    chance = 1
    for _ in range(k):
        chance = chance * (1 - p)
    return chance


@p_never.alternative
def product_of_an_array(p, k):
    return None if not 0 <= p <= 1 else float(np.prod(np.full(k, 1.0 - p)))


@p_never.alternative
def by_recursion(p, k):
    if p < 0 or p > 1:
        return None
    return 1 if k == 0 else (1 - p) * by_recursion(p, k - 1)


@p_never.misconception("That is the chance of yielding every time. What is the chance of resisting once?")
def always_yields(p, k):
    return None if no_chance(p) else p**k


@p_never.misconception("That is the chance of yielding at least once. Turn it round.")
def yields_at_least_once(p, k):
    return None if no_chance(p) else 1 - (1 - p) ** k


@p_never.misconception("`1 - p ** k` takes the power first. Which part belongs in brackets?")
def power_before_minus(p, k):
    return None if no_chance(p) else 1 - p**k


@p_never.misconception("Independent chances are multiplied, not added. Is k a factor or a power?")
def k_as_a_factor(p, k):
    return None if no_chance(p) else (1 - p) * k


@p_never.misconception("Can a chance be below 0? Taking p away again and again leaves its range.")
def takes_p_away_k_times(p, k):
    return None if no_chance(p) else 1 - p * k


@p_never.misconception("One trial, or all of them? Your result does not depend on k.")
def one_trial_only(p, k):
    return None if no_chance(p) else 1 - p


@p_never.misconception("That is how often somebody yields on average. How likely is it to be zero times?")
def mean_number_of_errors(p, k):
    return None if no_chance(p) else p * k


@p_never.misconception("A chance lies between 0 and 1. Is a factor of 100 in yours?")
def never_in_per_cent(p, k):
    return None if no_chance(p) else 100 * (1 - p) ** k


@p_never.misconception("Small chances vanish when you round. Return all decimals.")
def rounds_it_away(p, k):
    return None if no_chance(p) else round((1 - p) ** k, 2)


@p_never.misconception("`^` is no power in Python. Two stars make one.")
def caret_for_a_power(p, k):
    return None if no_chance(p) else (1 - p) ^ k


@p_never.misconception("Never in k trials: how many factors are that? Count them for k = 2.")
def one_factor_too_few(p, k):
    return None if no_chance(p) else (1 - p) ** max(0, k - 1)


@p_never.misconception("Can a chance be above 1? The task says what to return then.")
def every_chance_is_accepted(p, k):
    return (1 - p) ** k


@p_never.misconception("0 and 1 are chances too. Does `<=`, `>=` or `if p` send one of them away?")
def the_ends_get_no_chance(p, k):
    return None if p <= 0 or p >= 1 else (1 - p) ** k


@p_never.misconception("Nobody has yielded before the first trial. How sure is that?")
def no_trials_no_chance(p, k):
    return None if no_chance(p) or k == 0 else (1 - p) ** k


asch = exercise(
    "asch",
    points=1,
    choice="answer_asch",
    title="What Asch's numbers say",
    answer="one letter: a, b, c or d",
    options={
        "a": "Divide the two shares. Does chance do that among 123 people?",
        "b": "",
        "c": "Which share yielded at least once? Take those who never did from all.",
        "d": "With a smaller p for all, how many errors would a person make on average? Compare with 4.41.",
    },
)

# 7 Closer to each other


def rows_of(*blocks):
    """A table of guesses with the truth 50; a block is (condition, round, guesses)."""
    rows = [
        (f"P{place + 1}", number, condition, float(guess), 50)
        for condition, number, guesses in blocks
        for place, guess in enumerate(guesses)
    ]
    table = pd.DataFrame(rows, columns=["person", "round", "condition", "guess", "truth"])
    return table.astype({"person": "str", "condition": "str", "round": "int64", "guess": "float64"})


# The small table is in the notebook too, and so is the cleaning of the data set.
SMALL_GUESSES = rows_of(
    ("none", 1, (10, 25, 70)),
    ("none", 2, (10, 25, 58)),
    ("mean", 1, (30, 45, 105)),
    ("mean", 2, (50, 55, 75)),
)


def cleaned_guesses():
    """The data set with all guesses in kilograms and two typing errors repaired, as in the notebook."""
    guesses = data.load("guesses")
    in_pounds = guesses["unit"] == "lb"
    guesses["guess"] = guesses["guess"].where(~in_pounds, guesses["guess"] / 2.20462)
    usual = guesses.groupby("person")["guess"].transform("median")
    guesses["guess"] = guesses["guess"].where(guesses["guess"] < 5 * usual, guesses["guess"] / 10)
    return guesses


GUESSES = cleaned_guesses()

by_round = exercise(
    "by_round",
    points=3,
    hidden_points=1,
    call="by_round",
    title="Closer to each other",
    answer="spread and error of each round",
)
by_round.case(SMALL_GUESSES, "mean", shown='small_guesses, "mean"')
by_round.case(SMALL_GUESSES, "none", shown='small_guesses, "none"')
by_round.case(GUESSES, "full", shown='guesses, "full"')
by_round.case(SMALL_GUESSES, "talk", shown='small_guesses, "talk"')
by_round.shuffled_rows(SMALL_GUESSES, "mean", shown='small_guesses, "mean"')


def other_rounds(rng):
    """3 to 5 rounds in two conditions, with another truth, and one of the conditions."""
    names = ["alone", "shown"]
    blocks = [
        (name, number, rng.lognormal(4, 0.5 / number, int(rng.integers(3, 9))).round(1).tolist())
        for name in names
        for number in range(1, int(rng.integers(4, 7)))
    ]
    return rows_of(*blocks).assign(truth=int(rng.integers(30, 90))), names[rng.integers(2)]


by_round.hidden(other_rounds, n=4, name="other groups and rounds")
by_round.hidden_case(GUESSES, "none", name="the people who saw nothing")
by_round.hidden_case(rows_of(("solo", 3, (44,))), "solo", name="one person in one round")


def rounds_of(table, condition, spread=lambda guesses: guesses.std(ddof=0), error=None):
    """Spread and error of each round of one condition, with other rules where they are given."""
    error = error or (lambda guesses, truth: abs(guesses.mean() - truth))
    result = {}
    for number, part in table[table["condition"] == condition].groupby("round"):
        truth = part["truth"].iloc[0]
        result[number] = (float(spread(part["guess"])), float(error(part["guess"], truth)))
    return result


@by_round.alternative
def with_lists(table, condition):
    collected = {}
    for row in table.itertuples():
        if row.condition == condition:
            collected.setdefault(row.round, []).append((row.guess, row.truth))
    result = {}
    for number, pairs in collected.items():
        guesses = [guess for guess, _ in pairs]
        mean = sum(guesses) / len(guesses)
        spread = (sum((guess - mean) ** 2 for guess in guesses) / len(guesses)) ** 0.5
        result[number] = (spread, abs(mean - pairs[0][1]))
    return result


@by_round.alternative
def with_numpy_arrays(table, condition):
    part = table[table["condition"] == condition]
    result = {}
    for number in np.unique(part["round"].to_numpy()):
        rows = part[part["round"] == number]
        values = rows["guess"].to_numpy()
        result[int(number)] = [np.std(values), np.abs(np.mean(values) - rows["truth"].mean())]
    return result


@by_round.misconception("pandas divides by n − 1 unless you tell it otherwise. Use `std(ddof=0)`.")
def spread_over_one_less(table, condition):
    return rounds_of(table, condition, spread=lambda guesses: guesses.std() if len(guesses) > 1 else 0.0)


@by_round.misconception("Is a crowd that guesses too low better than a crowd that is right? Use `abs`.")
def error_with_a_sign(table, condition):
    return rounds_of(table, condition, error=lambda guesses, truth: guesses.mean() - truth)


@by_round.misconception("The error of the mean, or the mean of the errors? First the mean, then compare.")
def mean_of_the_errors(table, condition):
    return rounds_of(table, condition, error=lambda guesses, truth: (guesses - truth).abs().mean())


@by_round.misconception("Which middle does the task name? One large guess moves it, and that is meant.")
def error_of_the_median(table, condition):
    return rounds_of(table, condition, error=lambda guesses, truth: abs(guesses.median() - truth))


@by_round.misconception("A variance is in squared kilograms. Which step gives kilograms?")
def variance_for_spread(table, condition):
    return rounds_of(table, condition, spread=lambda guesses: guesses.var(ddof=0))


@by_round.misconception("The widest two guesses are not the spread that the task names.")
def range_for_spread(table, condition):
    return rounds_of(table, condition, spread=lambda guesses: guesses.max() - guesses.min())


@by_round.misconception("Are people of the other conditions among your rows? Keep one condition first.")
def all_conditions(table, condition):
    if not (table["condition"] == condition).any():
        return {}
    return rounds_of(table.assign(condition=condition), condition)


@by_round.misconception(
    "No row is left. `condition` is a name that holds a text: does it stand in quotation marks behind `==`?"
)
def condition_in_quotation_marks(table, condition):
    return rounds_of(table, "condition")


@by_round.misconception("Your rows are of one condition, whichever is asked for. Use the name `condition`.")
def always_the_condition_mean(table, condition):
    return rounds_of(table, "mean")


@by_round.misconception("Spread around what: around the truth, or around the group's own mean?")
def spread_around_the_truth(table, condition):
    result = {}
    for number, part in table[table["condition"] == condition].groupby("round"):
        distance = part["guess"] - part["truth"]
        result[number] = (float((distance**2).mean() ** 0.5), float(abs(distance.mean())))
    return result


@by_round.misconception("Spread and error: which one comes first in the task?")
def error_before_spread(table, condition):
    return {number: (error, spread) for number, (spread, error) in rounds_of(table, condition).items()}


@by_round.misconception("Is the error squared in the task, or in kilograms like the guesses?")
def squared_error(table, condition):
    return rounds_of(table, condition, error=lambda guesses, truth: (guesses.mean() - truth) ** 2)


@by_round.misconception("How far off, or how far off per unit of truth? The task wants kilograms.")
def relative_error(table, condition):
    return rounds_of(table, condition, error=lambda guesses, truth: abs(guesses.mean() - truth) / truth)


@by_round.misconception("The error compares the mean with the truth. Yours is the mean itself.")
def mean_for_error(table, condition):
    return rounds_of(table, condition, error=lambda guesses, truth: guesses.mean())


@by_round.misconception("Only one round comes back. Does `return` stand inside the loop?")
def first_round_only(table, condition):
    result = rounds_of(table, condition)
    return {number: result[number] for number in list(result)[:1]}


@by_round.misconception("The last round overwrites the others. Where do you make the empty dictionary?")
def last_round_only(table, condition):
    result = rounds_of(table, condition)
    return {number: result[number] for number in list(result)[-1:]}


@by_round.misconception("Two numbers for each round: the error is missing.")
def spread_only(table, condition):
    return {number: spread for number, (spread, _) in rounds_of(table, condition).items()}


@by_round.misconception("Which numbers belong to which round? A dictionary keeps them apart.")
def list_of_rounds(table, condition):
    return list(rounds_of(table, condition).values())


@by_round.misconception("Not every table has five rounds. Which rounds are in the rows that you keep?")
def always_five_rounds(table, condition):
    result = rounds_of(table, condition)
    return {number: result.get(number, (float("nan"), float("nan"))) for number in range(1, 6)}


@by_round.misconception("The truth is one number, not a column. Take its mean, or its first value.")
def a_column_of_errors(table, condition):
    part = table[table["condition"] == condition]
    result = {}
    for number in part["round"].unique():
        rows = part[part["round"] == number]
        result[number] = (rows["guess"].std(ddof=0), abs(rows["guess"].mean() - rows["truth"]))
    return result


@by_round.misconception("The rounds are numbers, not text. Leave `str` out of the keys.")
def rounds_as_text(table, condition):
    return {str(number): pair for number, pair in rounds_of(table, condition).items()}


@by_round.misconception("Rounded numbers cannot be compared well. Round in the report.")
def rounds_the_numbers(table, condition):
    return {
        number: (float(round(spread)), float(round(error)))
        for number, (spread, error) in rounds_of(table, condition).items()
    }


@by_round.misconception("No row has this condition. An empty dictionary says so, None does not.")
def none_for_an_unknown_condition(table, condition):
    return rounds_of(table, condition) or None


narrower = exercise(
    "narrower",
    points=1,
    choice="answer_narrower",
    title="What happened to the crowd",
    answer="one letter: a, b, c or d",
    options={
        "a": "Better because narrower? Look at the errors: did the mean move to the truth?",
        "b": "",
        "c": "Compare the first and the last spread in `none`, then in `mean`. Are the two falls alike?",
        "d": "How many groups of each kind are in the data, and who made the data? What can one group prove?",
    },
)
