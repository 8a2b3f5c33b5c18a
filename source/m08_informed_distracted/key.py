"""Cases, usual mistakes and other right answers of "Informed versus distracted" (module M08).

Data sets: attention, ad_exposure. `E[n - 1]` is the expected largest of n standard normal values.
"""

import math
import warnings

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

# Weights of three voices

weights = exercise("weights", points=3, call="weights", title="Three voices", answer="a list of weights")
weights.case([4, 1, 9])
weights.case([2, 8])
weights.case([7])
weights.case([])
weights.hidden(lambda rng: rng.uniform(0.2, 20, 3).round(2).tolist(), n=6, name="three voices at random")
weights.hidden(
    lambda rng: rng.uniform(0.2, 20, int(rng.integers(4, 9))).round(2).tolist(), n=4, name="more voices"
)
weights.hidden_case([3, 3, 3, 3], name="four voices that are equally noisy")


@weights.alternative
def with_numpy(variances):
    precision = 1 / np.array(variances, dtype=float)
    return (precision / precision.sum()).tolist()


@weights.alternative
def with_a_loop(variances):
    total = 0
    for variance in variances:
        total = total + 1 / variance
    found = []
    for variance in variances:
        found.append(1 / (variance * total))
    return found


@weights.alternative
def with_pandas(variances):
    precision = 1 / pd.Series(variances, dtype=float)
    return (precision / precision.sum()).tolist()


@weights.misconception("Do you trust the noisy voice more? What does a large variance say about a voice?")
def proportional_to_the_variance(variances):
    return [variance / sum(variances) for variance in variances]


@weights.misconception("These are precisions. What must weights add up to?")
def precisions_do_not_add_up(variances):
    return [1 / variance for variance in variances]


@weights.misconception("Do you take a root on the way? A variance is used here as it is.")
def by_standard_deviations(variances):
    total = sum(1 / math.sqrt(variance) for variance in variances)
    return [1 / math.sqrt(variance) / total for variance in variances]


@weights.misconception("Do you square a variance? It is a square already.")
def by_squared_variances(variances):
    total = sum(1 / variance**2 for variance in variances)
    return [1 / variance**2 / total for variance in variances]


@weights.misconception("You subtract from 1. How do you turn a number round by dividing?")
def one_minus_the_share(variances):
    return [1 - variance / sum(variances) for variance in variances]


@weights.misconception(
    "Your weights add up, but they come from a subtraction. Which division gives a precision?"
)
def one_minus_the_share_that_adds_up(variances):
    if len(variances) < 2:
        return [1.0 for _ in variances]
    return [(1 - variance / sum(variances)) / (len(variances) - 1) for variance in variances]


@weights.misconception("Every voice has the same weight here. Which voice makes smaller errors?")
def all_equal(variances):
    return [1 / len(variances) for _ in variances]


@weights.misconception("Does the second-best voice know nothing at all?")
def the_best_voice_takes_all(variances):
    return [1.0 if variance == min(variances) else 0.0 for variance in variances]


@weights.misconception("Did the voices change places? The first weight belongs to the first variance.")
def sorted_first(variances):
    total = sum(1 / variance for variance in variances)
    return [1 / variance / total for variance in sorted(variances)]


@weights.misconception("Are these weights of 1, or of 100?")
def in_per_cent(variances):
    total = sum(1 / variance for variance in variances)
    return [100 / variance / total for variance in variances]


@weights.misconception("Who may round: your function, or the reader of the result?")
def rounded(variances):
    total = sum(1 / variance for variance in variances)
    return [round(1 / variance / total, 2) for variance in variances]


# The best number of options

GRID = np.arange(-10, 10, 0.01)
DENSITY = np.exp(-(GRID**2) / 2) / math.sqrt(2 * math.pi)
BELOW = np.array([(1 + math.erf(x / math.sqrt(2))) / 2 for x in GRID])
EXPECTED_BEST = [float((GRID * n * DENSITY * BELOW ** (n - 1)).sum() * 0.01) for n in range(1, 101)]

best_n = exercise(
    "best_n", points=3, call="best_n", title="The best number of options", answer="a number of options"
)
best_n.case(1, [0, 0.56, 0.85, 1.03, 1.16, 1.27, 1.35, 1.42])
best_n.case(0.1, EXPECTED_BEST, shown="0.1, E")
best_n.case(0.5, EXPECTED_BEST, shown="0.5, E")
best_n.case(0, [1, 2, 2])
best_n.case(0.1, [])
best_n.hidden(
    lambda rng: (round(float(rng.uniform(0.06, 0.9)), 3), EXPECTED_BEST), n=6, name="random distractions"
)
best_n.hidden(
    lambda rng: (
        round(float(rng.uniform(0.3, 1.5)), 3),
        np.sort(rng.uniform(0, 3, 15)).round(3).tolist(),
    ),
    n=6,
    name="another list of expected qualities",
)
best_n.hidden_case(0, EXPECTED_BEST, name="no noise at all")
best_n.hidden_case(0.3, [0.4], name="a single option")


@best_n.alternative
def numpy_argmax(c, E):
    if len(E) == 0:
        return None
    n = np.arange(1, len(E) + 1)
    return int(np.argmax(np.array(E) / np.sqrt(1 + c * n))) + 1


@best_n.alternative
def max_with_a_key(c, E):
    return max(range(1, len(E) + 1), key=lambda n: E[n - 1] / math.sqrt(1 + c * n), default=None)


@best_n.alternative
def a_list_and_its_index(c, E):
    values = []
    for position, quality in enumerate(E):
        values.append(quality / (1 + c * (position + 1)) ** 0.5)
    return values.index(max(values)) + 1 if values else None


@best_n.misconception("A list counts from 0. How many options stand at position 0?")
def position_for_number(c, E):
    if not E:
        return None
    values = [E[n - 1] / math.sqrt(1 + c * n) for n in range(1, len(E) + 1)]
    return values.index(max(values))


@best_n.misconception(
    "You take the longest shelf. What happens to attention when it is divided by more options?"
)
def always_the_most(c, E):
    return len(E) if E else None


@best_n.misconception("This is the quality of the best choice. How many options gave it?")
def the_quality_itself(c, E):
    if not E:
        return None
    return max(E[n - 1] / math.sqrt(1 + c * n) for n in range(1, len(E) + 1))


@best_n.misconception("Is there a root in the formula that your code does not have?")
def root_forgotten(c, E):
    if not E:
        return None
    values = [E[n - 1] / (1 + c * n) for n in range(1, len(E) + 1)]
    return values.index(max(values)) + 1


@best_n.misconception("Are the qualities differing even without noise? Look at what is added under the root.")
def the_one_forgotten(c, E):
    if not E:
        return None
    values = [E[n - 1] / math.sqrt(c * n) if c else E[n - 1] for n in range(1, len(E) + 1)]
    return values.index(max(values)) + 1


@best_n.misconception("You found the worst number of options. Which way round do you compare?")
def the_smallest(c, E):
    if not E:
        return None
    values = [E[n - 1] / math.sqrt(1 + c * n) for n in range(1, len(E) + 1)]
    return values.index(min(values)) + 1


@best_n.misconception("Two numbers of options are equally good. Which one does the task want?")
def the_last_of_equals(c, E):
    best, most = None, -math.inf
    for n in range(1, len(E) + 1):
        value = E[n - 1] / math.sqrt(1 + c * n)
        if value >= most:
            best, most = n, value
    return best


@best_n.misconception("There was no shelf to look at. What does the task ask you to return then?")
def one_option_of_none(c, E):
    best, most = 1, -math.inf
    for n in range(1, len(E) + 1):
        value = E[n - 1] / math.sqrt(1 + c * n)
        if value > most:
            best, most = n, value
    return best


@best_n.misconception("Does the noise grow with n itself, or with its square?")
def noise_by_the_square(c, E):
    if not E:
        return None
    values = [E[n - 1] / math.sqrt(1 + c * n**2) for n in range(1, len(E) + 1)]
    return values.index(max(values)) + 1


@best_n.misconception("Your loop ends one step early. Is the last number of options looked at too?")
def the_last_one_never_looked_at(c, E):
    best, most = None, -math.inf
    for n in range(1, len(E)):
        value = E[n - 1] / math.sqrt(1 + c * n)
        if value > most:
            best, most = n, value
    return best


@best_n.misconception("Does n start at 0 in your formula? The first place of E belongs to one option.")
def n_counts_from_zero(c, E):
    if not E:
        return None
    values = [E[n] / math.sqrt(1 + c * n) for n in range(len(E))]
    return values.index(max(values))


@best_n.misconception("This is a quality from the list. The task asks for a number of options.")
def the_best_of_the_list(c, E):
    return max(E) if E else None


# The noise of a crowd

crowd_noise = exercise(
    "crowd_noise", points=2, call="crowd_noise", title="The noise of a crowd", answer="a noise variance"
)
crowd_noise.case(4, 50, 0)
crowd_noise.case(4, 50, 0.1)
crowd_noise.case(6, 3, 1)
crowd_noise.case(4, 0, 0.1)
crowd_noise.hidden(
    lambda rng: (
        round(float(rng.uniform(0.5, 9)), 2),
        int(rng.integers(2, 2000)),
        round(float(rng.uniform(0.02, 0.9)), 2),
    ),
    n=6,
    name="random crowds",
)
crowd_noise.hidden_case(5, 1, 0.3, name="a crowd of one person")


@crowd_noise.alternative
def two_parts(w2, m, rho):
    if m == 0:
        return None
    shared = w2 * rho
    own = w2 * (1 - rho)
    return shared + own / m


@crowd_noise.alternative
def mean_of_all_pairs(w2, m, rho):
    return w2 * (m + m * (m - 1) * rho) / m**2 if m > 0 else None


@crowd_noise.misconception(
    "Do a thousand copies know more than one? Which argument says how alike the errors are?"
)
def correlation_ignored(w2, m, rho):
    return w2 / m if m else None


@crowd_noise.misconception("This is the noise of one rating. What does a mean of many do with it?")
def one_rating(w2, m, rho):
    return w2 if m else None


@crowd_noise.misconception(
    "Only the shared error is left. What remains of the errors that people do not share?"
)
def shared_error_only(w2, m, rho):
    return w2 * rho if m else None


@crowd_noise.misconception(
    "Only the errors of their own are in it. Does the error that all share cancel out?"
)
def own_errors_only(w2, m, rho):
    return w2 * (1 - rho) / m if m else None


@crowd_noise.misconception("What exactly is divided by m? Look at your brackets.")
def bracket_too_late(w2, m, rho):
    return w2 * (rho + 1 - rho / m) if m else None


@crowd_noise.misconception("Which part do people share, and which part is divided by their number?")
def parts_exchanged(w2, m, rho):
    return w2 * ((1 - rho) + rho / m) if m else None


@crowd_noise.misconception("Does w2 belong to one part of the sum only? Look at the bracket.")
def bracket_forgotten(w2, m, rho):
    return w2 * rho + (1 - rho) / m if m else None


@crowd_noise.misconception("Is w2 squared already? Its name tells.")
def squared_again(w2, m, rho):
    return w2**2 * (rho + (1 - rho) / m) if m else None


@crowd_noise.misconception("Do you take a root? The task asks for a variance.")
def standard_deviation(w2, m, rho):
    return math.sqrt(w2 * (rho + (1 - rho) / m)) if m else None


@crowd_noise.misconception("Is a mean of no ratings without any noise, or is there no mean?")
def no_ratings_no_noise(w2, m, rho):
    return w2 * (rho + (1 - rho) / m) if m else 0


# Follow or think

follow_crowd = exercise(
    "follow_crowd",
    points=3,
    call="follow_crowd",
    title="Follow or think",
    answer="True or False",
    needs=["crowd_noise"],
)
follow_crowd.case(1, 20, 200, 4, 50, 0)
follow_crowd.case(1, 20, 200, 4, 50, 0.1)
follow_crowd.case(2, 30, 10, 4, 50, 0.5)
follow_crowd.case(6, 2, 5, 3, 10, 0.2)
follow_crowd.case(2, 10, 10, 5, 10, 0.5)
follow_crowd.case(1, 3, 2, 9, 4, 0.1)
follow_crowd.case(1, 4, 2, 2, 9, 1)
follow_crowd.case(1, 20, 5, 4, 0, 0.1)


def near_the_border(rng):
    """Arguments for which the two noises differ by a factor of 1.2 to 1.7, in either direction."""
    n, m = int(rng.integers(2, 40)), int(rng.integers(2, 300))
    w2, rho = round(float(rng.uniform(1, 8)), 2), round(float(rng.uniform(0, 0.6)), 2)
    s2 = round(float(rng.uniform(0.5, 3)), 2)
    factor = rng.uniform(1.2, 1.7) ** rng.choice([-1, 1])
    T = float(round(factor * s2 * n / (w2 * (rho + (1 - rho) / m)), 3))
    return s2, n, T, w2, m, rho


follow_crowd.hidden(near_the_border, n=10, name="close decisions")


def exactly_or_nearly_equal(rng):
    """Two noises that are equal, or the person's a little larger; all ratings are copies of one."""
    n, w2 = int(rng.integers(2, 9)), int(rng.integers(2, 7))
    return w2 + int(rng.integers(0, 2)), n, n, w2, int(rng.integers(2, 40)), 1


def with_or_without_ratings(rng):
    """A person who sees hardly anything, and a crowd of 0 or of 30."""
    return 9, int(rng.integers(10, 40)), 1, 1, 30 * int(rng.integers(0, 2)), 0.5


follow_crowd.hidden(exactly_or_nearly_equal, n=10, name="equally noisy, or nearly")
follow_crowd.hidden(with_or_without_ratings, n=8, name="choices with and without ratings")


@follow_crowd.alternative
def all_in_one(s2, n, T, w2, m, rho):
    if m == 0:
        return False
    return s2 * n / T > w2 * (rho + (1 - rho) / m)


@follow_crowd.alternative
def with_an_if(s2, n, T, w2, m, rho):
    if m < 1:
        return False
    attention_per_option = T / n
    own = s2 / attention_per_option
    crowd = w2 * rho + w2 * (1 - rho) / m
    follow = False
    if own > crowd:
        follow = True
    return follow


@follow_crowd.misconception("Do a thousand copies know more than one? Your crowd has no correlation.")
def copies_are_independent(s2, n, T, w2, m, rho):
    return m > 0 and s2 * n / T > w2 / m


@follow_crowd.misconception("Which of the two should be noisier, if you follow the other?")
def the_other_way_round(s2, n, T, w2, m, rho):
    return m > 0 and s2 * n / T < w2 * (rho + (1 - rho) / m)


@follow_crowd.misconception("Do you look at one option only? Where does the number of options come in?")
def one_option_gets_everything(s2, n, T, w2, m, rho):
    return m > 0 and s2 / T > w2 * (rho + (1 - rho) / m)


@follow_crowd.misconception("Does more attention make your own look noisier?")
def attention_makes_noise(s2, n, T, w2, m, rho):
    return m > 0 and s2 * T / n > w2 * (rho + (1 - rho) / m)


@follow_crowd.misconception("Is s2 squared already? Its name tells.")
def noise_squared_again(s2, n, T, w2, m, rho):
    return m > 0 and s2**2 * n / T > w2 * (rho + (1 - rho) / m)


@follow_crowd.misconception("You compare with one rating. How noisy is the mean of m of them?")
def one_rating_against_one_look(s2, n, T, w2, m, rho):
    return m > 0 and s2 * n / T > w2


@follow_crowd.misconception("Nobody has rated anything. Whom would you follow?")
def follows_nobody(s2, n, T, w2, m, rho):
    return m == 0 or s2 * n / T > w2 * (rho + (1 - rho) / m)


@follow_crowd.misconception("If both are equally noisy, is the crowd *less* noisy?")
def follows_when_equal(s2, n, T, w2, m, rho):
    return m > 0 and s2 * n / T >= w2 * (rho + (1 - rho) / m)


@follow_crowd.misconception("This is a noise, not a decision. What does the comparison of two noises return?")
def returns_the_noise(s2, n, T, w2, m, rho):
    return w2 * (rho + (1 - rho) / m) if m else None


@follow_crowd.misconception("The task asks for True or False. Is a text in quotes one of these?")
def answers_in_words(s2, n, T, w2, m, rho):
    follow = m > 0 and s2 * n / T > w2 * (rho + (1 - rho) / m)
    return "follow" if follow else "think"


@follow_crowd.misconception("You never follow. Does your own noise grow with the number of options?")
def never_follows(s2, n, T, w2, m, rho):
    return False


# The race of evidence

race = exercise("race", points=3, call="race", title="The race of evidence", answer="accuracy and seconds")
race.case(0.5, 1, 1)
race.case(1, 1, 2)
race.case(0.5, 2, 1)
race.case(0, 3, 2)
race.hidden(
    lambda rng: tuple(
        round(float(rng.uniform(*limits)), 2) for limits in ((0.1, 1.5), (0.3, 2.5), (0.6, 2.2))
    ),
    n=8,
    name="random races",
)
race.hidden_case(0, 1, 0.5, name="two options that are equally good")
race.hidden_case(2, 3, 1, name="a very clear difference")


@race.alternative
def time_from_accuracy(v, a, s):
    accuracy = 1 / (1 + math.exp(-2 * v * a / s**2))
    if v == 0:
        return accuracy, (a / s) ** 2
    return accuracy, a / v * (2 * accuracy - 1)


@race.alternative
def numpy_functions(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    pull = v * a / s**2
    return np.exp(pull) / (np.exp(pull) + np.exp(-pull)), a * np.tanh(pull) / v


@race.misconception("Is the noise s squared in the formula, or s itself?")
def noise_not_squared(v, a, s):
    if v == 0:
        return 0.5, a**2 / s
    return 1 / (1 + math.exp(-2 * v * a / s)), a / v * math.tanh(v * a / s)


@race.misconception("Where do the bounds lie? From the start to a bound it is a, not half of it.")
def half_the_bound(v, a, s):
    a = a / 2
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(-2 * v * a / s**2)), a / v * math.tanh(v * a / s**2)


@race.misconception("Is there a factor before v in the exponent that your accuracy does not have?")
def two_forgotten(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(-v * a / s**2)), a / v * math.tanh(v * a / s**2)


@race.misconception("Is there a factor in your tanh that belongs to the accuracy only?")
def two_in_both(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(-2 * v * a / s**2)), a / v * math.tanh(2 * v * a / s**2)


@race.misconception(
    "Is this the chance of the better option, or of the worse one? Look at the sign in the exponent."
)
def chance_of_the_worse(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(2 * v * a / s**2)), a / v * math.tanh(v * a / s**2)


@race.misconception("An accuracy above 1? All that stands below the line of a fraction needs one bracket.")
def bracket_below_forgotten(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / 1 + math.exp(-2 * v * a / s**2), a / v * math.tanh(v * a / s**2)


@race.misconception("This would be the time without any noise. What shortens it?")
def time_without_noise(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(-2 * v * a / s**2)), a / v


@race.misconception("Your time has no unit yet: what stands before tanh in the formula?")
def tanh_alone(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(-2 * v * a / s**2)), math.tanh(v * a / s**2)


@race.misconception("Which of the two numbers comes first?")
def time_first(v, a, s):
    if v == 0:
        return a**2 / s**2, 0.5
    return a / v * math.tanh(v * a / s**2), 1 / (1 + math.exp(-2 * v * a / s**2))


@race.misconception("Is the accuracy a share of 1, or of 100?")
def accuracy_in_per_cent(v, a, s):
    if v == 0:
        return 50.0, a**2 / s**2
    return 100 / (1 + math.exp(-2 * v * a / s**2)), a / v * math.tanh(v * a / s**2)


@race.misconception("Two equal options: does the race take no time, or does the noise decide it in the end?")
def no_time_without_drift(v, a, s):
    if v == 0:
        return 0.5, 0
    return 1 / (1 + math.exp(-2 * v * a / s**2)), a / v * math.tanh(v * a / s**2)


@race.misconception("Where is the noise s in your two formulas?")
def noise_forgotten(v, a, s):
    if v == 0:
        return 0.5, a**2 / s**2
    return 1 / (1 + math.exp(-2 * v * a)), a / v * math.tanh(v * a)


# How often to show an advert

best_exposures = exercise(
    "best_exposures",
    points=3,
    call="best_exposures",
    title="How often is best",
    answer="a number of exposures",
)


def people(exposures, attitude):
    return pd.DataFrame({"exposures": exposures, "attitude": attitude})


def campaign(rng, size, gain, wear, longest):
    """A table of people whose attitude is a curve of their exposures plus some chance."""
    exposures = rng.permutation(np.append([0, longest], rng.integers(0, longest + 1, size - 2)))
    attitude = 3 + gain * exposures + wear * exposures**2 + rng.normal(0, 0.3, size)
    return people(exposures.tolist(), attitude.round(2).tolist())


best_exposures.case(
    people([0, 2, 4, 4, 6, 7], [2.0, 3.6, 4.9, 3.9, 4.5, 4.1]),
    shown="six_people",
    name="the table six_people",
)
best_exposures.case(data.load("ad_exposure"), shown="viewers", name="the table viewers")
best_exposures.case(
    people([0, 1, 2, 3, 4], [3.0, 3.9, 4.6, 5.3, 5.8]),
    shown="still_rising",
    name="the table still_rising: 0 to 4 exposures, and the top of the curve lies further out",
)
best_exposures.case(
    people([0, 2, 4, 6], [4.0, 3.1, 3.0, 3.8]),
    shown="a_valley",
    name="the table a_valley: the curve falls and then rises",
)
best_exposures.case(
    people([2, 2, 6], [4.4, 4.0, 4.1]),
    shown="two_numbers",
    name="the table two_numbers: 2, 2 and 6 exposures",
)
best_exposures.hidden(
    lambda rng: campaign(rng, 150, rng.uniform(0.2, 0.35), rng.uniform(-0.02, -0.012), 25),
    n=6,
    name="other campaigns",
)
best_exposures.hidden(
    lambda rng: campaign(rng, 60, rng.uniform(0.25, 0.35), rng.uniform(-0.012, -0.01), 7),
    n=4,
    name="campaigns that ended before the top",
)
best_exposures.hidden(
    lambda rng: campaign(rng, 60, rng.uniform(-0.5, -0.4), rng.uniform(0.02, 0.03), 20),
    n=4,
    name="campaigns in which attitude falls and rises",
)
best_exposures.hidden_case(
    people([1, 4, 9], [3.0, 5.0, 4.0]), name="three people, three numbers of exposures"
)
best_exposures.hidden_case(people([2, 2, 2], [3.0, 4.0, 5.0]), name="everybody saw the advert twice")
best_exposures.hidden_case(people([0, 9], [3.0, 5.0]).iloc[:0], name="a table without people")


@best_exposures.alternative
def with_polynomial(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    _, b1, b2 = np.polynomial.Polynomial.fit(x, y, 2).convert().coef
    top = -b1 / (2 * b2)
    return top if b2 < 0 and x.min() <= top <= x.max() else None


@best_exposures.alternative
def by_least_squares(table):
    x, y = table["exposures"].to_numpy(float), table["attitude"].to_numpy(float)
    if len(set(x.tolist())) < 3:
        return None
    columns = np.column_stack([np.ones(len(x)), x, x * x])
    coefficients = np.linalg.lstsq(columns, y, rcond=None)[0]
    if coefficients[2] >= 0:
        return None
    top = -coefficients[1] / (2 * coefficients[2])
    if top < x.min() or top > x.max():
        return None
    return float(top)


@best_exposures.misconception("A straight line has no top. Is the last coefficient of your curve negative?")
def end_of_a_straight_line(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    slope, _ = np.polyfit(x, y, 1)
    return x.max() if slope > 0 else x.min()


@best_exposures.misconception("A number of exposures below 0? Look at the sign in the formula of the top.")
def sign_forgotten(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, _ = np.polyfit(x, y, 2)
    return b1 / (2 * b2) if b2 < 0 and x.min() <= -b1 / (2 * b2) <= x.max() else None


@best_exposures.misconception(
    "You are at the place where the gain is used up again. Where is the top of the curve?"
)
def two_forgotten_below(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, _ = np.polyfit(x, y, 2)
    return -b1 / b2 if b2 < 0 and x.min() <= -b1 / (2 * b2) <= x.max() else None


@best_exposures.misconception(
    "`np.polyfit` gives three numbers. Which one stands first: that of the square, or the intercept?"
)
def coefficients_the_other_way_round(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    _, b1, b2 = np.polyfit(x, y, 2)
    return -b1 / (2 * b2)


@best_exposures.misconception(
    "Is b2 below the line in your code? Python divides by 2 first. What stands below needs a bracket."
)
def bracket_around_two_b2_forgotten(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, _ = np.polyfit(x, y, 2)
    top = -b1 / 2 * b2
    return top if b2 < 0 and x.min() <= top <= x.max() else None


@best_exposures.misconception(
    "How many *different* numbers of exposures are there? Through two of them, many curves fit equally well."
)
def two_numbers_are_enough(table):
    x, y = table["exposures"], table["attitude"]
    if len(x) < 3:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the fit of too few numbers warns
        b2, b1, _ = np.polyfit(x, y, 2)
    top = -b1 / (2 * b2)
    return top if b2 < 0 and x.min() <= top <= x.max() else None


@best_exposures.misconception("One person was the happiest. Does one person make a rule?")
def the_happiest_person(table):
    x, y = table["exposures"], table["attitude"]
    return x[y.idxmax()] if x.nunique() >= 3 else None


@best_exposures.misconception("How good is an attitude of few people? The curve uses all of them at once.")
def the_happiest_group(table):
    x = table["exposures"]
    return table.groupby("exposures")["attitude"].mean().idxmax() if x.nunique() >= 3 else None


@best_exposures.misconception("This is the height of the top. The task asks how many exposures lead there.")
def the_height_of_the_top(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, b0 = np.polyfit(x, y, 2)
    top = -b1 / (2 * b2)
    return b0 + b1 * top + b2 * top**2 if b2 < 0 and x.min() <= top <= x.max() else None


@best_exposures.misconception(
    "Has anybody seen the advert as often as this? Your curve goes beyond the data."
)
def beyond_the_data(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, _ = np.polyfit(x, y, 2)
    return -b1 / (2 * b2) if b2 < 0 else None


@best_exposures.misconception(
    "Is this the top of a hill or the bottom of a valley? The sign of one coefficient tells."
)
def valleys_are_tops(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, _ = np.polyfit(x, y, 2)
    top = -b1 / (2 * b2)
    return top if x.min() <= top <= x.max() else None


@best_exposures.misconception("Who may round: your function, or the reader of the result?")
def whole_exposures(table):
    x, y = table["exposures"], table["attitude"]
    if x.nunique() < 3:
        return None
    b2, b1, _ = np.polyfit(x, y, 2)
    top = -b1 / (2 * b2)
    return round(top) if b2 < 0 and x.min() <= top <= x.max() else None


@best_exposures.misconception(
    "This is an attitude. Is it asked how much people like the brand, or how often they saw it?"
)
def the_highest_attitude(table):
    return table["attitude"].max() if table["exposures"].nunique() >= 3 else None


# More options, with and without a second screen

gain_of_more = exercise(
    "gain_of_more",
    points=4,
    call="gain_of_more",
    title="What more options bring",
    answer="a difference of two mean qualities",
)
COLUMNS = ["n_options", "seconds", "second_screen", "chosen_quality"]
ten_choices = pd.DataFrame(
    [
        [6, 9.0, 0, 1.0],
        [6, 12.5, 0, 0.5],
        [6, -7.0, 0, 2.6],
        [24, 20.0, 0, 1.6],
        [24, 17500.0, 0, 1.1],
        [24, 44.0, 0, -0.9],
        [12, 15.0, 0, 0.2],
        [6, 8.0, 1, 0.7],
        [24, 18.0, 1, 0.1],
        [24, 25000.0, 1, 0.8],
    ],
    columns=COLUMNS,
)


def choices(rng, size=60):
    """A table like `attention`, with times in milliseconds and negative times."""
    seconds = rng.integers(4, 45, size).astype(float)
    seconds[: size // 8] *= 1000
    seconds[size // 8 : size // 4] *= -1
    table = pd.DataFrame(
        {
            "n_options": rng.choice([2, 6, 12, 24], size),
            "seconds": seconds,
            "second_screen": rng.integers(0, 2, size),
            "chosen_quality": rng.normal(0.8, 1, size).round(2),
        }
    )
    return table, int(rng.integers(0, 2)), int(rng.integers(15, 40))


gain_of_more.case(ten_choices, 0, 20, shown="ten_choices, 0, 20")
gain_of_more.case(ten_choices, 1, 20, shown="ten_choices, 1, 20")
gain_of_more.case(data.load("attention"), 0, 30, shown="choices, 0, 30")
gain_of_more.case(data.load("attention"), 1, 30, shown="choices, 1, 30")
gain_of_more.case(ten_choices, 1, 10, shown="ten_choices, 1, 10")
gain_of_more.hidden(choices, n=8, name="other tables of choices")
gain_of_more.hidden_case(
    pd.DataFrame(
        [[6, 0.0, 0, 0.3], [6, 30.0, 0, 0.9], [6, 30.1, 0, 2.0], [24, 1000.0, 0, 1.9], [24, 30000.0, 0, 0.8]],
        columns=COLUMNS,
    ),
    0,
    30,
    name="times at the borders",
)
gain_of_more.hidden_case(ten_choices.iloc[:0], 0, 30, name="a table without people")
gain_of_more.hidden_case(
    ten_choices[ten_choices["n_options"] == 24], 0, 30, name="nobody chose from 6 options"
)


@gain_of_more.alternative
def by_groups(table, second_screen, longest):
    seconds = table["seconds"].where(table["seconds"] < 1000, table["seconds"] / 1000)
    kept = table[seconds.between(0, longest) & (table["second_screen"] == second_screen)]
    means = kept.groupby("n_options")["chosen_quality"].mean()
    if 6 not in means.index or 24 not in means.index:
        return None
    return means[24] - means[6]


@gain_of_more.alternative
def row_by_row(table, second_screen, longest):
    qualities = {6: [], 24: []}
    for _, row in table.iterrows():
        seconds = row["seconds"]
        if seconds >= 1000:
            seconds = seconds / 1000
        if (
            row["second_screen"] == second_screen
            and 0 <= seconds <= longest
            and row["n_options"] in qualities
        ):
            qualities[row["n_options"]].append(row["chosen_quality"])
    if not qualities[6] or not qualities[24]:
        return None
    return sum(qualities[24]) / len(qualities[24]) - sum(qualities[6]) / len(qualities[6])


def gain(table, kept, measure="mean"):
    """The measure at 24 options minus that at 6 among the kept rows; None without one of them."""
    few = table["chosen_quality"][kept & (table["n_options"] == 6)]
    many = table["chosen_quality"][kept & (table["n_options"] == 24)]
    if len(few) == 0 or len(many) == 0:
        return None
    return many.agg(measure) - few.agg(measure)


def in_seconds(table):
    return table["seconds"].where(table["seconds"] < 1000, table["seconds"] / 1000)


@gain_of_more.misconception(
    "Two groups of people are in your mean. Which argument says which group is meant?"
)
def everybody_together(table, second_screen, longest):
    return gain(table, in_seconds(table).between(0, longest))


@gain_of_more.misconception("Are all times in milliseconds? Those below 1,000 are in seconds already.")
def all_times_divided(table, second_screen, longest):
    kept = (table["seconds"] / 1000).between(0, longest) & (table["second_screen"] == second_screen)
    return gain(table, kept)


@gain_of_more.misconception("Did you bring all times to seconds before you compared them with the limit?")
def milliseconds_left_out(table, second_screen, longest):
    kept = table["seconds"].between(0, longest) & (table["second_screen"] == second_screen)
    return gain(table, kept)


@gain_of_more.misconception(
    "Can a choice take less than no time? Such a row tells nothing that you can trust."
)
def negative_times_stay(table, second_screen, longest):
    return gain(table, (in_seconds(table) <= longest) & (table["second_screen"] == second_screen))


@gain_of_more.misconception(
    "A minus removed is a time invented. What does the task say about negative times?"
)
def negative_times_made_positive(table, second_screen, longest):
    seconds = table["seconds"].abs()
    seconds = seconds.where(seconds < 1000, seconds / 1000)
    return gain(table, (seconds <= longest) & (table["second_screen"] == second_screen))


@gain_of_more.misconception("Is a choice at exactly the limit still in time?")
def limit_left_out(table, second_screen, longest):
    seconds = in_seconds(table)
    return gain(table, (seconds >= 0) & (seconds < longest) & (table["second_screen"] == second_screen))


@gain_of_more.misconception("Did every choice count, also the late ones? Look at the last argument.")
def no_limit(table, second_screen, longest):
    return gain(table, (in_seconds(table) >= 0) & (table["second_screen"] == second_screen))


@gain_of_more.misconception("What do *more* options bring: which of the two means comes first?")
def six_minus_twenty_four(table, second_screen, longest):
    found = gain(table, in_seconds(table).between(0, longest) & (table["second_screen"] == second_screen))
    return None if found is None else -found


@gain_of_more.misconception("Does a larger group win by its size? Take means.")
def sums_for_means(table, second_screen, longest):
    kept = in_seconds(table).between(0, longest) & (table["second_screen"] == second_screen)
    return gain(table, kept, "sum")


@gain_of_more.misconception("You compare with all others. With how many options should 24 be compared?")
def against_all_others(table, second_screen, longest):
    kept = in_seconds(table).between(0, longest) & (table["second_screen"] == second_screen)
    quality, many = table["chosen_quality"], table["n_options"] == 24
    if not (kept & many).any() or not (kept & ~many).any():
        return None
    return quality[kept & many].mean() - quality[kept & ~many].mean()


@gain_of_more.misconception("A mean of no rows is no number. What does the task ask for then?")
def zero_without_rows(table, second_screen, longest):
    kept = in_seconds(table).between(0, longest) & (table["second_screen"] == second_screen)
    found = gain(table, kept)
    return 0 if found is None else found


@gain_of_more.misconception("You did not use the times at all. Which choices came too late to count?")
def times_not_used(table, second_screen, longest):
    return gain(table, table["second_screen"] == second_screen)


# Where a claim comes from

trail = exercise(
    "trail",
    points=2,
    value="trail",
    compare=Comparison(ignore_case=True),
    title="Where the claim comes from",
    answer="five letters in order",
)
trail.wrong(
    ["e", "c", "a", "d", "b"], "Where do you start: at the text in your hand, or at the end of the trail?"
)
trail.wrong(
    ["b", "a", "d", "c", "e"],
    "Who wrote about whom: the newspapers about the report, or the report about them?",
)
trail.wrong(
    ["b", "d", "c", "a", "e"],
    "Which of the two took the figure over: the report, or the collection of statistics?",
)
trail.wrong(
    ["b", "d", "a", "e", "c"], "Does the trail end at a website, or at what the sources of the website know?"
)
trail.wrong(
    ["d", "a", "c", "e", "b"],
    "A figure in a book: what does the book cite? The book did not begin the trail.",
)
trail.wrong(["d", "b", "a", "c", "e"], "Which text of the list is the one that you hold? Begin with it.")
trail.right(("b", "d", "a", "c", "e"))
trail.right(["B", "D", "A", "C", "E"])

# Claims

true_claims = exercise(
    "true_claims",
    points=2,
    choice="true_claims",
    title="True claims about attention",
    options={
        "a": "Claim a: of the people who passed, how many stopped, and how many of *these* bought?",
        "b": "Claim b: what did the meta-analysis of many experiments find on average?",
        "c": "Claim c: what do the words own, others' and outer stand for?",
        "d": "Claim d: what did the meta-analysis find about attitude when exposures go on and on?",
        "e": "Claim e: is age a skill? And do people do two things at once, or one after the other?",
        "f": "Claim f: when does the voice of others carry more information than your own?",
    },
)
