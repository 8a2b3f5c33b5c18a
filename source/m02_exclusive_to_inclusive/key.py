"""Cases, usual mistakes and other right answers of "From exclusive to inclusive" (module M02).

Costs and prices are in euro, incomes in euro a year, shares and rates between 0 and 1. Data sets: experience
(its blank is a cost, not a number of units) and internet_use. First cases are reference values of the models.
"""

import itertools
import math
import statistics
from statistics import NormalDist

import numpy as np
from marketing4 import data

from autograder.authoring import Comparison, exercise

Z = NormalDist()

# The experience curve

unit_cost = exercise(
    "unit_cost",
    points=3,
    call="unit_cost",
    title="Cost of the next aid",
    answer="euro per aid",
)
unit_cost.case(2, 100, 0.2)
unit_cost.case(4, 100, 0.2)
unit_cost.case(3, 50, 0.3)
unit_cost.case(np.array([1, 2, 8]), 100, 0.2)


def a_unit(rng):
    cumulative = int(rng.integers(3, 5000))
    return cumulative, int(rng.integers(20, 900)), round(float(rng.uniform(0.05, 0.4)), 2)


def many_units(rng):
    return np.sort(rng.integers(1, 9000, 6)), *a_unit(rng)[1:]


unit_cost.hidden(a_unit, n=8, name="random firms")
unit_cost.hidden(many_units, n=4, name="arrays of cumulative numbers")
unit_cost.hidden_case(500, 90, 0, name="a firm that learns nothing")
unit_cost.hidden_case(1, 640, 0.25, name="the very first aid")


@unit_cost.alternative
def by_doublings(cumulative, first_cost, learning_rate):
    return first_cost * (1 - learning_rate) ** np.log2(cumulative)


@unit_cost.alternative
def by_natural_logarithms(cumulative, first_cost, learning_rate):
    slope = math.log(1 - learning_rate) / math.log(2)
    return np.exp(math.log(first_cost) + slope * np.log(cumulative))


@unit_cost.alternative
def with_a_loop_for_arrays(cumulative, first_cost, learning_rate):
    b = -math.log2(1 - learning_rate)
    if isinstance(cumulative, np.ndarray):
        return np.array([first_cost / x**b for x in cumulative])
    return first_cost / cumulative**b


@unit_cost.misconception("Does the cost fall with every unit, or with every doubling?")
def falls_per_unit(cumulative, first_cost, learning_rate):
    return first_cost * (1 - learning_rate) ** cumulative


@unit_cost.misconception("One aid more is not a doubling. How often did the number double since the first?")
def falls_per_unit_after_the_first(cumulative, first_cost, learning_rate):
    return first_cost * (1 - learning_rate) ** (cumulative - 1)


@unit_cost.misconception("A doubling has base 2. Which base has the logarithm in your exponent?")
def logarithm_of_base_ten(cumulative, first_cost, learning_rate):
    return first_cost * cumulative ** math.log10(1 - learning_rate)


@unit_cost.misconception("`math.log` has base e. Which function has the base of a doubling?")
def natural_logarithm_for_b(cumulative, first_cost, learning_rate):
    return first_cost * cumulative ** math.log(1 - learning_rate)


@unit_cost.misconception("Your cost rises with experience. Which signs have b and the exponent?")
def rises(cumulative, first_cost, learning_rate):
    return first_cost * cumulative ** -math.log2(1 - learning_rate)


@unit_cost.misconception("What is left of the cost after a doubling: the learning rate, or the rest?")
def what_falls_for_what_stays(cumulative, first_cost, learning_rate):
    base = learning_rate if learning_rate else 1
    return first_cost * cumulative ** math.log2(base)


@unit_cost.misconception("Your b comes from the share that is saved. Which share of the cost *stays*?")
def what_falls_and_the_sign(cumulative, first_cost, learning_rate):
    return first_cost * cumulative ** -math.log2(learning_rate if learning_rate else 1)


@unit_cost.misconception("The learning rate itself is not the exponent b. Calculate b from it first.")
def rate_is_the_exponent(cumulative, first_cost, learning_rate):
    return first_cost * cumulative ** (-learning_rate)


@unit_cost.misconception("Your cost falls by the same amount for each aid. By which *share* should it fall?")
def straight_line(cumulative, first_cost, learning_rate):
    return first_cost * (1 - learning_rate * (cumulative - 1))


@unit_cost.misconception(
    "The second doubling saves a share of the cost that is left. Do you take it from the first cost again?"
)
def same_amount_per_doubling(cumulative, first_cost, learning_rate):
    return first_cost * (1 - learning_rate * np.log2(cumulative))


@unit_cost.misconception("From 2 to 3 is a part of a doubling. Does your exponent know parts?")
def whole_doublings_only(cumulative, first_cost, learning_rate):
    return first_cost * (1 - learning_rate) ** np.floor(np.log2(cumulative))


@unit_cost.misconception("The learning rate is a share already. Is there a 100 too many in your formula?")
def rate_in_per_cent(cumulative, first_cost, learning_rate):
    return first_cost * cumulative ** math.log2(1 - learning_rate / 100)


@unit_cost.misconception("Is this the cost of one aid, or of all aids together?")
def all_aids_together(cumulative, first_cost, learning_rate):
    return cumulative * first_cost * cumulative ** math.log2(1 - learning_rate)


@unit_cost.misconception("A share of the first cost is not yet a cost. What must you multiply it with?")
def first_cost_forgotten(cumulative, first_cost, learning_rate):
    return cumulative ** math.log2(1 - learning_rate)


@unit_cost.misconception("How much was saved, or how much does the aid still cost?")
def saving_for_cost(cumulative, first_cost, learning_rate):
    return first_cost - first_cost * cumulative ** math.log2(1 - learning_rate)


@unit_cost.misconception("Whole euros are for the price tag. Return the cost as it is, not rounded.")
def whole_euros(cumulative, first_cost, learning_rate):
    return np.round(first_cost * cumulative ** math.log2(1 - learning_rate))


@unit_cost.misconception("Cents are for the price tag. Did you round the cost before you returned it?")
def whole_cents(cumulative, first_cost, learning_rate):
    return np.round(first_cost * cumulative ** math.log2(1 - learning_rate), 2)


@unit_cost.misconception("`math.pow` takes one number only. Which sign makes a power of an array too?")
def one_number_only(cumulative, first_cost, learning_rate):
    return first_cost * math.pow(cumulative, math.log2(1 - learning_rate))


# The learning rate from data

learning_rate = exercise(
    "learning_rate",
    points=3,
    call="learning_rate",
    title="Learning rate from data",
    answer="a share between 0 and 1",
)
learning_rate.case([1, 2, 4, 8], [100, 80, 64, 51.2])
learning_rate.case([10, 30, 50, 200], [90, 70, 66, 38])
learning_rate.case([5], [100])


def noisy_costs(rng):
    """A firm's costs on a curve, each up to about 8 per cent off."""
    cumulative = np.cumsum(rng.integers(20, 200, int(rng.integers(4, 9))))
    exponent = math.log2(1 - rng.uniform(0.1, 0.35))
    costs = 400 * cumulative**exponent * np.exp(rng.normal(0, 0.03, len(cumulative)))
    return cumulative.tolist(), costs.round(2).tolist()


learning_rate.hidden(noisy_costs, n=8, name="random firms with a little noise")
learning_rate.hidden_case([10, 20, 40], [30, 30, 30], name="a cost that stays the same")
learning_rate.hidden_case([], [], name="no point at all")
learning_rate.hidden_case([100, 300], [20, 15], name="two points")


def slope_of(x, y):
    return float(np.polyfit(x, y, 1)[0])


@learning_rate.alternative
def with_base_two(cumulative, costs):
    if len(costs) < 2:
        return None
    return 1 - 2 ** slope_of(np.log2(cumulative), np.log2(costs))


@learning_rate.alternative
def with_statistics(cumulative, costs):
    if len(cumulative) < 2:
        return None
    line = statistics.linear_regression([math.log(x) for x in cumulative], [math.log(c) for c in costs])
    return 1 - 2**line.slope


@learning_rate.alternative
def by_sums(cumulative, costs):
    if len(cumulative) <= 1:
        return None
    x, y = np.log10(cumulative), np.log10(costs)
    x = x - x.mean()
    return 1 - 2 ** ((x * y).sum() / (x * x).sum())


@learning_rate.misconception("That is the slope. What does 2 to the power of the slope tell you?")
def slope_itself(cumulative, costs):
    return None if len(costs) < 2 else slope_of(np.log(cumulative), np.log(costs))


@learning_rate.misconception("That is the exponent b. b is not the learning rate: two more steps are left.")
def exponent_itself(cumulative, costs):
    return None if len(costs) < 2 else -slope_of(np.log(cumulative), np.log(costs))


@learning_rate.misconception("That share of the cost *remains* after a doubling. Which share is saved?")
def progress_ratio(cumulative, costs):
    return None if len(costs) < 2 else 2 ** slope_of(np.log(cumulative), np.log(costs))


@learning_rate.misconception("The curve is not a straight line. On which scale does it become one?")
def straight_line_through_euros(cumulative, costs):
    return None if len(costs) < 2 else 1 - 2 ** slope_of(cumulative, costs)


@learning_rate.misconception("You took the logarithm of the costs. And of the cumulative numbers?")
def only_costs_in_logarithms(cumulative, costs):
    return None if len(costs) < 2 else 1 - 2 ** slope_of(cumulative, np.log(costs))


@learning_rate.misconception("You took the logarithm of the cumulative numbers. And of the costs?")
def only_numbers_in_logarithms(cumulative, costs):
    return None if len(costs) < 2 else 1 - 2.0 ** slope_of(np.log(cumulative), costs)


@learning_rate.misconception("`np.polyfit` takes the horizontal axis first. Which of the two stands there?")
def axes_swapped(cumulative, costs):
    if len(costs) < 2:
        return None
    if len(set(costs)) == 1:
        return 0.0
    return 1 - 2 ** slope_of(np.log(costs), np.log(cumulative))


@learning_rate.misconception("`np.polyfit` gives two numbers: slope, intercept. Which of them did you use?")
def intercept_for_slope(cumulative, costs):
    return None if len(costs) < 2 else 1 - 2 ** float(np.polyfit(np.log(cumulative), np.log(costs), 1)[1])


@learning_rate.misconception("The rate is per doubling. Which number gets the slope as its power?")
def power_of_e(cumulative, costs):
    return None if len(costs) < 2 else 1 - math.exp(slope_of(np.log(cumulative), np.log(costs)))


@learning_rate.misconception("Your rate is for ten times as much. Which power belongs to a doubling?")
def power_of_ten(cumulative, costs):
    return None if len(costs) < 2 else 1 - 10 ** slope_of(np.log10(cumulative), np.log10(costs))


@learning_rate.misconception("Two points make a line, but you have more. Which function uses all of them?")
def first_and_last_point(cumulative, costs):
    if len(costs) < 2:
        return None
    return 1 - 2 ** (math.log(costs[-1] / costs[0]) / math.log(cumulative[-1] / cumulative[0]))


@learning_rate.misconception("You compare neighbours. Did the number double between each two of them?")
def mean_fall_between_neighbours(cumulative, costs):
    if len(costs) < 2:
        return None
    falls = [1 - after / before for before, after in zip(costs, costs[1:])]  # noqa: B905, RUF007
    return sum(falls) / len(falls)


@learning_rate.misconception(
    "You use the first two costs. Is that step a doubling, and what do the others say?"
)
def first_two_costs(cumulative, costs):
    return None if len(costs) < 2 else 1 - costs[1] / costs[0]


@learning_rate.misconception("These numbers are cumulative already. Did you add them up once more?")
def added_up_again(cumulative, costs):
    return None if len(costs) < 2 else 1 - 2 ** slope_of(np.log(np.cumsum(cumulative)), np.log(costs))


@learning_rate.misconception("A share, not per cent: is there a 100 too many?")
def in_per_cent(cumulative, costs):
    return None if len(costs) < 2 else 100 * (1 - 2 ** slope_of(np.log(cumulative), np.log(costs)))


@learning_rate.misconception("Return the rate as it is. Who asked for two decimals?")
def two_decimals(cumulative, costs):
    return None if len(costs) < 2 else round(1 - 2 ** slope_of(np.log(cumulative), np.log(costs)), 2)


@learning_rate.misconception("Can one point show a slope? Ask for the number of points first.")
def one_point_makes_zero(cumulative, costs):
    return 0.0 if len(costs) < 2 else 1 - 2 ** slope_of(np.log(cumulative), np.log(costs))


# The learning rate of the stored file


def rate_of(cumulative, costs):
    return 1 - 2 ** slope_of(np.log(cumulative), np.log(costs))


years = data.load("experience")
all_units = years["units_in_year"].cumsum()
known = years["unit_cost"].notna()
told = years[known]

experience_rate = exercise(
    "experience_rate",
    points=2,
    value="experience_rate",
    title="The learning rate of the file",
    answer="a share between 0 and 1",
    compare=Comparison(abs=3e-4),  # three decimals pass; a blank that was filled in does not
    needs=("learning_rate",),
)
experience_rate.right(round(rate_of(all_units[known], told["unit_cost"]), 3))
experience_rate.right(np.float64(rate_of(all_units[known], told["unit_cost"])))
experience_rate.wrong(
    rate_of(told["units_in_year"], told["unit_cost"]),
    "These are the units of each year alone. What has the firm made *since its start*?",
)
experience_rate.wrong(
    rate_of(told["units_in_year"].cumsum(), told["unit_cost"]),
    "The cost of one year is blank, but were its aids not made? Add up first, then leave out the blank.",
)
experience_rate.wrong(
    rate_of(all_units, years["unit_cost"].fillna(years["unit_cost"].mean())),
    "You filled the blank with the mean of all years. Which years does the task ask for?",
)
experience_rate.wrong(
    rate_of(all_units, years["unit_cost"].ffill()),
    "You filled the blank with the cost of the year before. Which years does the task ask for?",
)
experience_rate.wrong(
    rate_of(all_units, years["unit_cost"].bfill()),
    "You filled the blank with the cost of the year after. Which years does the task ask for?",
)
experience_rate.wrong(
    rate_of(all_units, years["unit_cost"].interpolate()),
    "You filled the blank with a cost that nobody reported. Which years does the task ask for?",
)
experience_rate.wrong(
    1 - rate_of(all_units[known], told["unit_cost"]),
    "What remains of the cost after a doubling, or what is saved?",
)
experience_rate.wrong(
    100 * rate_of(all_units[known], told["unit_cost"]), "A share, not per cent: is there a 100 too many?"
)
experience_rate.wrong(
    rate_of(told["year"], told["unit_cost"]),
    "Does a firm learn by the calendar, or by what it has made?",
)
experience_rate.wrong(
    rate_of(np.arange(1, len(years) + 1)[known], told["unit_cost"]),
    "You counted years. What did the firm's workers count?",
)
experience_rate.wrong(
    0.2, "Rounded too much, or taken from the card? Give your own estimate, with three decimals."
)
experience_rate.wrong(math.nan, "The answer is nan: is there a blank in one of your two columns?")

# Market reach

reach = exercise(
    "reach",
    points=3,
    call="reach",
    title="Market reach",
    answer="a share of the households, between 0 and 1",
)
reach.case(300, 0.05, 6000, 0.8)
reach.case(600, 0.05, 6000, 0.8)
reach.case(600, 0.05, 30000, 0.6)
reach.case(0, 0.05, 6000, 0.8)


def a_market(rng):
    """A price somewhere around the price at which half of the households can pay."""
    share, median = round(float(rng.uniform(0.02, 0.12)), 3), int(rng.integers(2000, 40000))
    price = round(share * median * float(rng.uniform(0.3, 3)), 2)
    return price, share, median, round(float(rng.uniform(0.35, 1.1)), 2)


reach.hidden(a_market, n=8, name="random markets")
# Cycles, not chance, so that a constant is not right for a whole group.
ends = itertools.cycle([(1_000_000_000, 0.05, 6000, 0.8), (0.01, 0.05, 6000, 0.8), (0, 0.1, 900, 1.1)])
reach.hidden(lambda rng: next(ends), n=3, name="prices that nobody can pay, one cent, and nothing at all")


@reach.alternative
def with_a_normal_of_logarithms(price, budget_share, median_income, sigma):
    if price == 0:
        return 1.0
    return 1 - NormalDist(math.log(median_income), sigma).cdf(math.log(price / budget_share))


@reach.alternative
def with_the_error_function(price, budget_share, median_income, sigma):
    if price <= 0:
        return 1.0
    z = (math.log(price) - math.log(budget_share * median_income)) / sigma
    return math.erfc(z / math.sqrt(2)) / 2


@reach.alternative
def by_symmetry(price, budget_share, median_income, sigma):
    return Z.cdf(np.log(budget_share * median_income / price) / sigma) if price else 1.0


def beyond(z):
    """The share of households above a threshold that is z standard deviations from the median."""
    return 1 - Z.cdf(z)


@reach.misconception("Does a higher price reach more households? Which side of the threshold can pay?")
def those_who_cannot_pay(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else Z.cdf(math.log(price / budget_share / median_income) / sigma)


@reach.misconception("You used the mean income. The task gives the median: half of the households earn more.")
def mean_for_median(price, budget_share, median_income, sigma):
    if price == 0:
        return 1.0
    mean = median_income * math.exp(sigma**2 / 2)
    return beyond(math.log(price / budget_share / mean) / sigma)


@reach.misconception("May a household spend its whole income on this? Where is the budget share?")
def whole_income(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log(price / median_income) / sigma)


@reach.misconception("Which income is needed for this price: is it more than the price, or less?")
def multiplies_with_the_budget_share(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log(price * budget_share / median_income) / sigma)


@reach.misconception(
    "Your threshold is far too high. Is the budget share in per cent, or P/α outside the logarithm?"
)
def budget_share_in_per_cent(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log(100 * price / budget_share / median_income) / sigma)


@reach.misconception("Here sigma belongs to natural logarithms. Which logarithm did you take?")
def logarithm_of_base_ten_for_incomes(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log10(price / budget_share / median_income) / sigma)


@reach.misconception("Incomes are not normal: their *logarithms* are. Where did you take logarithms?")
def incomes_are_normal(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond((price / budget_share - median_income) / (sigma * median_income))


@reach.misconception("Python divides before it subtracts. What must be divided by sigma? Use brackets.")
def brackets_forgotten(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log(price / budget_share) - math.log(median_income) / sigma)


@reach.misconception("Sigma belongs to logarithms. Did you use it with incomes in euro?")
def sigma_in_euro(price, budget_share, median_income, sigma):
    return 1 - NormalDist(median_income, sigma).cdf(price / budget_share)


@reach.misconception("How many sigmas is the threshold from the median? You did not divide by sigma.")
def sigma_forgotten(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log(price / budget_share / median_income))


@reach.misconception("Sigma is the standard deviation already. Did you square it, or take a root?")
def variance_for_sigma(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else beyond(math.log(price / budget_share / median_income) / sigma**2)


@reach.misconception("Is that the height of the curve, or the share on one side? Compare pdf and cdf.")
def height_of_the_curve(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else Z.pdf(math.log(price / budget_share / median_income) / sigma)


@reach.misconception("Do all households earn the median? Some can pay, some cannot: incomes are spread.")
def all_or_nobody(price, budget_share, median_income, sigma):
    return 1.0 if price <= budget_share * median_income else 0.0


@reach.misconception("Does half the price always reach twice as many? Incomes follow another curve.")
def in_proportion_to_the_price(price, budget_share, median_income, sigma):
    return 1.0 if price == 0 else min(1.0, 0.5 * budget_share * median_income / price)


@reach.misconception("A share, not per cent: is there a 100 too many?")
def reach_in_per_cent(price, budget_share, median_income, sigma):
    return 100.0 if price == 0 else 100 * beyond(math.log(price / budget_share / median_income) / sigma)


@reach.misconception("Return the share as it is. Did you round it?")
def reach_rounded(price, budget_share, median_income, sigma):
    if price == 0:
        return 1.0
    return round(beyond(math.log(price / budget_share / median_income) / sigma), 2)


@reach.misconception("Who can pay a price of 0? Ask for it before you take a logarithm.")
def nobody_takes_it_for_free(price, budget_share, median_income, sigma):
    return None if price == 0 else beyond(math.log(price / budget_share / median_income) / sigma)


@reach.misconception("Zero has no logarithm. What should happen first when the price is 0?")
def logarithm_of_zero(price, budget_share, median_income, sigma):
    return beyond((math.log(price / budget_share) - math.log(median_income)) / sigma)


# Inequality

sigma_from_gini = exercise(
    "sigma_from_gini",
    points=2,
    call="sigma_from_gini",
    title="Sigma from a Gini",
    answer="a number from 0 up",
)
sigma_from_gini.case(0.4)
sigma_from_gini.case(0.25)
sigma_from_gini.case(0)
sigma_from_gini.case(1)
sigma_from_gini.case(-0.1)
sigma_from_gini.hidden(
    lambda rng: round(float(rng.uniform(0.1, 0.8)), 3), n=8, name="random Gini coefficients"
)
sigma_from_gini.hidden_case(1.3, name="a Gini above 1")
sigma_from_gini.hidden_case(2 * NormalDist().cdf(0.8 / math.sqrt(2)) - 1, name="there and back again")


@sigma_from_gini.alternative
def as_a_power(gini):
    return None if gini < 0 or gini >= 1 else 2**0.5 * NormalDist(0, 1).inv_cdf(0.5 + gini / 2)


@sigma_from_gini.alternative
def by_halving_the_range(gini):
    if not 0 <= gini < 1:
        return None
    low, high = 0.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erf(middle / 2) < gini else (low, middle)
    return (low + high) / 2


def possible(gini):
    return 0 <= gini < 1


@sigma_from_gini.misconception("One factor is missing. What stands before the inverse curve in the formula?")
def root_of_two_forgotten(gini):
    return Z.inv_cdf((1 + gini) / 2) if possible(gini) else None


@sigma_from_gini.misconception("You multiply with 2. What does the formula multiply with?")
def two_for_its_root(gini):
    return 2 * Z.inv_cdf((1 + gini) / 2) if possible(gini) else None


@sigma_from_gini.misconception("You divide where the formula multiplies: on which side is the root of 2?")
def divides_by_the_root(gini):
    return Z.inv_cdf((1 + gini) / 2) / math.sqrt(2) if possible(gini) else None


@sigma_from_gini.misconception("That goes the other way: from a sigma to a Gini. Which one do you have?")
def gini_from_sigma(gini):
    return 2 * Z.cdf(gini / math.sqrt(2)) - 1 if possible(gini) else None


@sigma_from_gini.misconception("The inverse curve wants (1 + G) / 2. What did you give it?")
def gini_put_in_directly(gini):
    return (math.sqrt(2) * Z.inv_cdf(gini) if gini else 0.0) if possible(gini) else None


@sigma_from_gini.misconception("Python divides before it adds. Which sum must be halved? Use brackets.")
def one_not_halved(gini):
    return math.sqrt(2) * Z.inv_cdf(1 + gini / 2) if possible(gini) else None


@sigma_from_gini.misconception("What stands under the root: the 2 alone, or everything?")
def root_of_everything(gini):
    return math.sqrt(2 * Z.inv_cdf((1 + gini) / 2)) if possible(gini) else None


@sigma_from_gini.misconception("`cdf` gives a share for a z. Which function goes back, from a share to a z?")
def not_inverse(gini):
    return math.sqrt(2) * Z.cdf((1 + gini) / 2) if possible(gini) else None


@sigma_from_gini.misconception("This Gini lies between 0 and 1 already. Did you divide it by 100?")
def gini_in_per_cent(gini):
    return math.sqrt(2) * Z.inv_cdf((1 + gini / 100) / 2) if possible(gini) else None


@sigma_from_gini.misconception("Return sigma as it is. Did you round it?")
def sigma_rounded(gini):
    return round(math.sqrt(2) * Z.inv_cdf((1 + gini) / 2), 2) if possible(gini) else None


@sigma_from_gini.misconception("Can a Gini of 0 exist? If all incomes are equal, how large is their spread?")
def equal_incomes_are_impossible(gini):
    return math.sqrt(2) * Z.inv_cdf((1 + gini) / 2) if 0 < gini < 1 else None


@sigma_from_gini.misconception("A Gini cannot be below 0. Which answer does the task ask for then?")
def negative_gini_accepted(gini):
    return math.sqrt(2) * Z.inv_cdf((1 + gini) / 2) if -1 < gini < 1 else None


@sigma_from_gini.misconception("If one household has everything, there is no sigma. Do you ask for it first?")
def gini_of_one_stops_it(gini):
    return math.sqrt(2) * Z.inv_cdf((1 + gini) / 2) if 0 <= gini <= 1 else None


@sigma_from_gini.misconception("Impossible is not the same as 0. Which word does Python have for no answer?")
def zero_for_impossible(gini):
    return math.sqrt(2) * Z.inv_cdf((1 + gini) / 2) if possible(gini) else 0


# The loop of cost and reach

first_period = exercise(
    "first_period",
    points=3,
    call="first_period",
    title="When is it inclusive?",
    answer="the number of a period, or None",
    needs=("unit_cost", "reach"),
)
first_period.case(1200, 0.2, 0.35)
first_period.case(1200, 0.3, 0.7)
first_period.case(200, 0.2, 0.5)
first_period.case(1200, 0.2, 0.12)
first_period.case(1200, 0.2, 0.5)
first_period.hidden(
    lambda rng: (int(rng.integers(600, 1300)), round(float(rng.uniform(0.19, 0.26)), 3), 0.32),
    n=8,
    name="random firms",
)
# At once; a firm that learns nothing; more than everybody; in the last period; just too late.
edges = itertools.cycle(
    [(1200, 0.2, 0), (1200, 0, 0.1), (900, 0.25, 1.01), (1900, 0.2, 0.0685), (1900, 0.2, 0.069)]
)
first_period.hidden(lambda rng: next(edges), n=5, name="reached at once, in the last period, and never")


def reach_at(price):
    return beyond(math.log(price / 0.05 / 6000) / 0.8)


def periods_until(
    start_price,
    learning_rate,
    target,
    *,
    price_of=lambda units, start, rate: start * units ** math.log2(1 - rate),
    units_of=lambda X, period: X / 0.01,
    buyers=lambda r, X: 0.5 * max(0, r - (X - 0.01)),
    done=lambda r, X, target: r >= target,
    first=0,
    otherwise=None,
):
    """The loop of a student who goes wrong in one step only; not an answer itself."""
    X = 0.01
    for period in range(20):
        r = reach_at(price_of(units_of(X, period), start_price, learning_rate))
        if done(r, X, target):
            return period + first
        X = X + buyers(r, X)
    return otherwise


@first_period.alternative
def with_while(start_price, learning_rate, target):
    X, period = 0.01, 0
    while period < 20:
        r = reach_at(start_price * (X / 0.01) ** math.log2(1 - learning_rate))
        if r >= target:
            return period
        X += max(0, 0.5 * (r - X + 0.01))
        period += 1
    return None


@first_period.alternative
def all_periods_then_search(start_price, learning_rate, target):
    buyers, found = 0.0, []
    for _ in range(20):
        price = start_price * (1 - learning_rate) ** math.log2(1 + buyers / 0.01)
        found.append(reach_at(price))
        buyers += 0.5 * max(0.0, found[-1] - buyers)
    return next((t for t, r in enumerate(found) if r >= target), None)


@first_period.misconception("Which number has the first period? Python and this task begin at the same one.")
def counts_from_one(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, first=1)


@first_period.misconception("You are one period early. Is the reach compared before the buyers are added?")
def one_too_early(start_price, learning_rate, target):
    found = periods_until(start_price, learning_rate, target)
    return found if not found else found - 1


@first_period.misconception("Who *can* pay, and who *has bought*? Which of them is the target about?")
def buyers_for_reach(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, done=lambda r, X, target: target <= X)


@first_period.misconception("The price falls with what was made, not with time. What goes into `unit_cost`?")
def learns_by_the_calendar(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, units_of=lambda X, period: period + 1)


@first_period.misconception("X alone is below 1, so the price rises. With what should you compare it?")
def not_compared_with_the_start(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, units_of=lambda X, period: X)


@first_period.misconception("Does everybody who can pay buy at once? Look for the one half in step 4.")
def all_buy_at_once(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, buyers=lambda r, X: max(0, r - (X - 0.01)))


@first_period.misconception("Who bought already does not buy again. Which part of the reach is still left?")
def buyers_buy_again(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, buyers=lambda r, X: 0.5 * r)


@first_period.misconception("Does X collect all buyers, or only those of the last period?")
def overwrites_the_sum(start_price, learning_rate, target):
    return periods_until(
        start_price, learning_rate, target, buyers=lambda r, X: 0.5 * max(0, r - X + 0.01) - X
    )


@first_period.misconception(
    "Does X change from round to round? It starts *before* the loop and grows *inside* it. Where does "
    "`return None` stand?"
)
def never_updated(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, buyers=lambda r, X: 0)


@first_period.misconception("The loop can stall. What is asked for if the target is never reached?")
def last_period_for_never(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, otherwise=19)


@first_period.misconception("Is the number of periods an answer when no period reaches the target?")
def twenty_for_never(start_price, learning_rate, target):
    return periods_until(start_price, learning_rate, target, otherwise=20)


@first_period.misconception("Does your loop return before the target is reached? Look at the indent.")
def return_in_the_first_round(start_price, learning_rate, target):
    return 0


@first_period.misconception("The task asks *when* the target is reached, not how many can pay then.")
def reach_for_period(start_price, learning_rate, target):
    X = 0.01
    for _ in range(20):
        r = reach_at(start_price * (X / 0.01) ** math.log2(1 - learning_rate))
        if r >= target:
            return r
        X = X + 0.5 * max(0, r - (X - 0.01))
    return None


# The digital gap

gap = exercise("gap", points=2, call="gap", title="The gap, twice", answer="percentage points, ratio")
gap.case(51, 8)
gap.case(91, 37)
gap.case(40, 40)
gap.case(12, 0)


def two_regions(rng):
    return round(float(rng.uniform(40, 99)), 1), round(float(rng.uniform(1, 39)), 1)


gap.hidden(two_regions, n=8, name="random pairs of regions")
gap.hidden_case(67, 21, name="the stored year 2010")
gap.hidden_case(30, 60, name="the second group ahead")


@gap.alternative
def as_a_list(developed, developing):
    ratio = None
    if developing != 0:
        ratio = developed / developing
    return [developed - developing, ratio]


@gap.alternative
def with_numpy(developed, developing):
    points = np.subtract(developed, developing)
    return points, np.divide(developed, developing) if developing else None


def pair(points, developed, developing):
    return points, developed / developing if developing else None


@gap.misconception("You asked how many per cent more. How many *times* as large is the first share?")
def per_cent_more(developed, developing):
    return developed - developing, (developed - developing) / developing if developing else None


@gap.misconception("That is a difference in per cent of the second share. What is a *ratio* of two shares?")
def difference_in_per_cent(developed, developing):
    return developed - developing, 100 * (developed - developing) / developing if developing else None


@gap.misconception("Which share is divided by the other? If the first is larger, the ratio is above 1.")
def ratio_upside_down(developed, developing):
    return developed - developing, developing / developed if developing else None


@gap.misconception("When the first group is ahead, the gap in points is positive. Which one do you subtract?")
def points_upside_down(developed, developing):
    return pair(developing - developed, developed, developing)


@gap.misconception("A gap has a direction. What does `abs` throw away?")
def direction_lost(developed, developing):
    return pair(abs(developed - developing), developed, developing)


@gap.misconception("Both numbers are right. In which order does the task ask for them?")
def order_turned(developed, developing):
    return pair(developed - developing, developed, developing)[::-1]


@gap.misconception("The shares are in per cent, so their difference is in points. Why divide by 100?")
def points_as_share(developed, developing):
    return pair((developed - developing) / 100, developed, developing)


@gap.misconception("Two measures tell two stories. Which one is missing?")
def points_alone(developed, developing):
    return developed - developing


@gap.misconception("Return the ratio as it is. Did you round it?")
def ratio_rounded(developed, developing):
    return developed - developing, round(developed / developing, 2) if developing else None


@gap.misconception("One slash or two? What does // do with the decimals?")
def whole_times_only(developed, developing):
    return developed - developing, developed // developing if developing else None


@gap.misconception("If the second share is 0, which of the two answers is missing: one or both?")
def nothing_at_all_for_zero(developed, developing):
    return (developed - developing, developed / developing) if developing else None


@gap.misconception("Nothing can be divided by 0. Ask for it first.")
def divides_by_zero(developed, developing):
    return developed - developing, developed / developing


@gap.misconception("Is the ratio 0 when the second share is 0? Which word does Python have for no answer?")
def zero_for_no_ratio(developed, developing):
    return developed - developing, developed / developing if developing else 0


gap_story = exercise(
    "gap_story",
    points=1,
    choice="gap_story",
    title="Did the gap close",
    options={
        "a": "Look at the other measure too: in which direction did the points move?",
        "b": "Look at the other measure too: how many times as large was the share in each year?",
        "c": "",
        "d": "Can a difference grow while a ratio falls? Try 2 and 1, then 40 and 30.",
        "e": "Is a ratio of 1 reached? And how large is the difference in points at the end?",
    },
)

# Claims

true_claims = exercise(
    "true_claims",
    points=2,
    choice="true_claims",
    title="True claims about inclusion",
    options={
        "a": "Claim a: which of the two firms began first?",
        "b": "Claim b: what is the local twist of this clone?",
        "c": "Claim c: in which market was the product launched first?",
        "d": "Claim d: for whom was it developed, and where was it sold later?",
        "e": "Claim e: what does inclusive say about differences between people?",
        "f": "Claim f: add up those who are online and those who are not.",
    },
)
