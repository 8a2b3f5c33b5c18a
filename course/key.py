"""The self-checks of the lessons in `course/`. They are ungraded: 0 points, visible cases only.

A lesson has no solution cell, so the right answer is here: a function's is its `reference`, a choice's is
`correct=`. To add a self-check: an exercise, its cases, the reference, at least two alternatives, and at
least four misconceptions whose hints are questions.
"""

import numpy as np

from autograder.authoring import exercise

# 00 Notebook driving licence

next_morning = exercise(
    "next_morning",
    points=0,
    choice="answer_next_morning",
    title="The next morning",
    answer="one letter: a, b, c or d",
    options={
        "a": "Did it work yesterday, on this computer? Then what has changed since: the tools or the memory?",
        "b": "",
        "c": "What are quotes for? Would text in quotes be the table that you loaded?",
        "d": "The message names one name. Where on the page does that name get its value?",
    },
    correct="b",
)

first_share = exercise(
    "first_share", points=0, call="first_share", title="A first share", answer="a share in per cent"
)
first_share.case(1, 4)
first_share.case(45, 60)
first_share.case(2, 3)


@first_share.reference
def reference(part, whole):
    return part / whole * 100


@first_share.alternative
def per_cent_first(part, whole):
    return 100 * part / whole


@first_share.alternative
def with_numpy(part, whole):
    return np.divide(part, whole) * 100


@first_share.misconception("What does per cent mean: per one, or per hundred?")
def stays_a_fraction(part, whole):
    return part / whole


@first_share.misconception("Which of the two numbers is the group, and which is the part of it?")
def upside_down(part, whole):
    return whole / part * 100


@first_share.misconception("One slash or two? What does // do with the decimals?")
def cuts_off_decimals(part, whole):
    return part // whole * 100


@first_share.misconception(
    "Did anybody ask for whole numbers? Round when you write the report, not in the function."
)
def rounds_too_early(part, whole):
    return round(part / whole * 100)


@first_share.misconception("Compare the part with the whole group, not with the rest of the group.")
def part_against_the_rest(part, whole):
    return part / (whole - part) * 100


# 01 The connected customer

connectivity_level = exercise(
    "connectivity_level",
    points=0,
    choice="answer_connectivity_level",
    title="A level of connectivity",
    answer="one letter: a, b, c or d",
    options={
        "a": "A community needs a phone too. Is the internet only a pipe here, or does it do more?",
        "b": "The scan takes a second. What is it that lasts, and between whom?",
        "c": "",
        "d": "Are the levels about sales, or about what the internet does for the customer?",
    },
    correct="c",
)

not_explained = exercise(
    "not_explained",
    points=0,
    call="not_explained",
    title="What age leaves open",
    answer="a share of the variance in per cent",
)
not_explained.case(-0.6)
not_explained.case(0.3)
not_explained.case(0)


@not_explained.reference
def reference_not_explained(r):
    return 100 * (1 - r**2)


@not_explained.alternative
def all_minus_what_goes_with_it(r):
    explained = 100 * r * r
    return 100 - explained


@not_explained.alternative
def as_a_product(r):
    return (1 - r) * (1 + r) * 100


@not_explained.misconception("Is that the share that goes with age, or the rest?")
def the_other_share(r):
    return 100 * r**2


@not_explained.misconception("Is this the share that is asked for, or the other one? And in which unit?")
def the_square_alone(r):
    return r**2


@not_explained.misconception("Which number is a share of the variance: r, or its square?")
def not_squared(r):
    return 100 * (1 - abs(r))


@not_explained.misconception("A share above 100 per cent? Does the sign of r matter once r is squared?")
def with_its_sign(r):
    return 100 * (1 - r)


@not_explained.misconception("Is the answer a share of one, or in per cent?")
def a_share_of_one(r):
    return 1 - r**2


@not_explained.misconception("Did you square r first, or take it from 1 first?")
def subtracted_before_squared(r):
    return 100 * (1 - r) ** 2


@not_explained.misconception("Is a square the number times 2, or the number times itself?")
def doubled(r):
    return 100 * (1 - 2 * abs(r))


@not_explained.misconception("The whole is 100 per cent. Are your two numbers in the same unit?")
def per_cent_minus_a_share(r):
    return 100 - r**2


@not_explained.misconception("Does the formula for the shares take a root?")
def root_of_the_rest(r):
    return 100 * (1 - r**2) ** 0.5


exit_connected = exercise(
    "exit_connected",
    points=0,
    choice="answer_exit_connected",
    title="Who was asked",
    answer="one letter: a, b, c or d",
    options={
        "a": "Does a larger number of the same people bring in those who were never asked?",
        "b": "",
        "c": "It is more than nine tenths. But nine tenths of whom?",
        "d": "Would an answer to this tell you anything about the other connected customers?",
    },
    correct="b",
)

# 02 From exclusive to inclusive

highest_price = exercise(
    "highest_price",
    points=0,
    call="highest_price",
    title="The highest price",
    answer="a price in euro",
)
highest_price.case(5, 500)
highest_price.case(4, 1250)
highest_price.case(2.5, 333)


@highest_price.reference
def share_of_a_year(budget_pct, income_month):
    return budget_pct / 100 * income_month * 12


@highest_price.alternative
def year_first(budget_pct, income_month):
    income_year = 12 * income_month
    return income_year * budget_pct / 100


@highest_price.alternative
def one_per_cent_first(budget_pct, income_month):
    return 0.12 * income_month * budget_pct


@highest_price.misconception("The budget share is for a year. For how long is the income that you have?")
def month_for_a_year(budget_pct, income_month):
    return budget_pct / 100 * income_month


@highest_price.misconception("5 per cent is 5 of how many? What must happen to `budget_pct` first?")
def per_cent_as_a_share(budget_pct, income_month):
    return budget_pct * income_month * 12


@highest_price.misconception("That is the income which a price needs. Which way round is it here?")
def price_divided_by_the_share(budget_pct, income_month):
    return income_month * 12 / (budget_pct / 100)


@highest_price.misconception("Does a year have more income than a month, or less?")
def divides_by_twelve(budget_pct, income_month):
    return budget_pct / 100 * income_month / 12


@highest_price.misconception("That is what is left for everything else. Which part is for this product?")
def what_is_left(budget_pct, income_month):
    return (1 - budget_pct / 100) * income_month * 12


@highest_price.misconception("That is the income of a year. Can the household spend all of it on this?")
def whole_income(budget_pct, income_month):
    return 12 * income_month


@highest_price.misconception("Did anybody ask for whole euros? Leave the cents in.")
def whole_euros(budget_pct, income_month):
    return round(budget_pct / 100 * income_month * 12)


exit_inclusive = exercise(
    "exit_inclusive",
    points=0,
    choice="exit_inclusive",
    title="Exit quiz",
    answer="one letter: a, b, c or d",
    options={
        "a": "Look at the S-curve again: where is it flat, and where is it steep?",
        "b": "Which number divides the households into two halves: the mean or the median?",
        "c": "What happened at the end of the loop with 20 % per doubling?",
        "d": "",
    },
    correct="d",
)

# 03 From vertical to horizontal

effective_firms = exercise(
    "effective_firms",
    points=0,
    call="effective_firms",
    title="The effective number of firms",
    answer="how many equal firms would be as concentrated",
)
effective_firms.case([50, 30, 20])
effective_firms.case([9, 1])
effective_firms.case([4, 4, 4, 4])


@effective_firms.reference
def reference_effective(shares):
    return 1 / sum((share / sum(shares)) ** 2 for share in shares)


@effective_firms.alternative
def square_of_the_sum_over_squares(shares):
    return sum(shares) ** 2 / sum(share * share for share in shares)


@effective_firms.alternative
def effective_with_numpy(shares):
    parts = np.array(shares) / np.sum(shares)
    return float(1 / np.square(parts).sum())


@effective_firms.misconception(
    "Do the numbers add up to 1 before you square them? Divide by their sum first."
)
def units_squared(shares):
    return 1 / sum(share**2 for share in shares)


@effective_firms.misconception(
    "Dividing by 100 is right for percentages only. What do these numbers add up to?"
)
def always_percentages(shares):
    return 1 / sum((share / 100) ** 2 for share in shares)


@effective_firms.misconception("That is the sum of the squares. What is still to be done with it?")
def sum_of_squared_shares(shares):
    return sum((share / sum(shares)) ** 2 for share in shares)


@effective_firms.misconception("That is the index itself. How do you get from it to a number of firms?")
def index_in_points(shares):
    return 10_000 * sum((share / sum(shares)) ** 2 for share in shares)


@effective_firms.misconception("You counted the firms. Does a tiny one count as much as a giant here?")
def every_firm_counts_fully(shares):
    return len(shares)


@effective_firms.misconception("Only the largest firm counts in your answer. Where are the others?")
def one_over_the_largest(shares):
    return sum(shares) / max(shares)


@effective_firms.misconception("Is the square of a sum the sum of the squares? Square each share by itself.")
def squared_after_adding(shares):
    return 1 / sum(share / sum(shares) for share in shares) ** 2


@effective_firms.misconception(
    "Can there be half a firm? In a measure there can: leave the decimals as they are."
)
def whole_firms(shares):
    return round(1 / sum((share / sum(shares)) ** 2 for share in shares))


exit_horizontal = exercise(
    "exit_horizontal",
    points=0,
    choice="exit_horizontal",
    title="The exit question",
    answer="one letter: a, b, c or d",
    options={
        "a": "Must they? In the panel, what did the list of best sellers do while the tail was there?",
        "b": "The shop sells its small titles too. Is a tail gone when the head grows?",
        "c": "",
        "d": "The question is about sales of titles. Which of the three parts of the lesson is that?",
    },
    correct="c",
)

# 05 From individual to social

majority_of_three = exercise(
    "majority_of_three",
    points=0,
    call="majority_of_three",
    title="A vote of three",
    answer="a chance between 0 and 1",
)
majority_of_three.case(0.6)
majority_of_three.case(0.9)
majority_of_three.case(0.5)
majority_of_three.case(1)


@majority_of_three.reference
def reference_majority(p):
    return p**3 + 3 * p**2 * (1 - p)


@majority_of_three.alternative
def all_eight_cases(p):
    total = 0
    for first in (True, False):
        for second in (True, False):
            for third in (True, False):
                chance = 1
                for is_right in (first, second, third):
                    chance = chance * (p if is_right else 1 - p)
                if first + second + third >= 2:
                    total = total + chance
    return total


@majority_of_three.alternative
def shorter_formula(p):
    return p * p * (3 - 2 * p)


@majority_of_three.misconception("Must all three be right for a majority? Add the cases with two.")
def all_three_right(p):
    return p**3


@majority_of_three.misconception("When all three are right, is that no majority? Add this case.")
def exactly_two_right(p):
    return 3 * p**2 * (1 - p)


@majority_of_three.misconception("In how many ways can exactly one of three friends be wrong?")
def one_way_only(p):
    return p**3 + p**2 * (1 - p)


@majority_of_three.misconception("With exactly two right, one friend is wrong. Which factor says so?")
def wrong_friend_forgotten(p):
    return p**3 + 3 * p**2


@majority_of_three.misconception(
    "One right hint of three is no majority. With exactly two right, which chance is squared?"
)
def at_least_one_right(p):
    return 1 - (1 - p) ** 3


@majority_of_three.misconception("Is a vote of three no better than one friend alone?")
def one_friend(p):
    return p


@majority_of_three.misconception("Two right and one wrong: which of the two chances is squared?")
def two_wrong_for_two_right(p):
    return p**3 + 3 * p * (1 - p) ** 2


@majority_of_three.misconception("A chance lies between 0 and 1. Is a factor of 100 left in yours?")
def majority_in_per_cent(p):
    return 100 * (p**3 + 3 * p**2 * (1 - p))


crowd_or_herd = exercise(
    "crowd_or_herd",
    points=0,
    choice="answer_crowd",
    title="Crowd or herd",
    answer="a set of letters from a to e",
    options={
        "a": "Had the guests seen each other's guesses when they wrote? And does anybody add them up?",
        "b": "What does the fiftieth guest see before writing?",
        "c": "Do the tasters know what the others think? And does the vote use what all of them know?",
        "d": "Where do guests look first when the list is sorted by orders? Are their choices independent?",
        "e": "Nine hundred shares: how many of these people tasted anything themselves?",
    },
    correct={"a", "c"},
)

# 07 Online versus offline

extra_of_both = exercise(
    "extra_of_both",
    points=0,
    call="extra_of_both",
    title="The extra of both",
    answer="an extra in euros",
)
extra_of_both.case(20, 26, 31, 42)
extra_of_both.case(50, 62.5, 58, 64)
extra_of_both.case(30, 35, 40, 45)


@extra_of_both.reference
def difference_of_differences(neither, app, adviser, both):
    return (both - app) - (adviser - neither)


@extra_of_both.alternative
def the_other_way_round(neither, app, adviser, both):
    with_adviser = both - adviser
    without = app - neither
    return with_adviser - without


@extra_of_both.alternative
def corners_of_the_table(neither, app, adviser, both):
    table = np.array([[neither, adviser], [app, both]])
    return float(np.trace(table) - np.trace(table[:, ::-1]))


@extra_of_both.misconception("That is what both bring together. How much of it would each bring alone?")
def all_that_both_bring(neither, app, adviser, both):
    return both - neither


@extra_of_both.misconception("That is what the adviser adds with the app. And without it?")
def with_the_app_only(neither, app, adviser, both):
    return both - app


@extra_of_both.misconception("That is what the adviser adds without the app. And with it?")
def without_the_app_only(neither, app, adviser, both):
    return adviser - neither


@extra_of_both.misconception("That is what the app adds with the adviser. And without?")
def app_with_the_adviser(neither, app, adviser, both):
    return both - adviser


@extra_of_both.misconception("Which of the two differences is subtracted from the other?")
def sign_turned(neither, app, adviser, both):
    return (adviser - neither) - (both - app)


@extra_of_both.misconception(
    "A minus before brackets turns the signs inside. Did you leave the brackets out?"
)
def brackets_left_out(neither, app, adviser, both):
    return both - app - adviser - neither


@extra_of_both.misconception("What do customers spend who got nothing at all? You took it away from nowhere.")
def neither_forgotten(neither, app, adviser, both):
    return both - app - adviser


@extra_of_both.misconception(
    "You compare the app with the adviser. What does the adviser *add* in each case?"
)
def app_against_adviser(neither, app, adviser, both):
    return both - (app + adviser) / 2


@extra_of_both.misconception("Is the extra asked for in euros, or as how many times as much?")
def ratio_of_ratios(neither, app, adviser, both):
    return (both / app) / (adviser / neither)


exit_online = exercise(
    "exit_online",
    points=0,
    choice="exit_online",
    title="Exit quiz",
    answer="one letter: a, b, c or d",
    options={
        "a": "Where on a journey does the advert stand? Does a rule for the end look there?",
        "b": "Who chose the second channel: chance, or the customers themselves?",
        "c": "",
        "d": "Can one purchase need two channels? What does each of their effects count?",
    },
    correct="c",
)

# 08 Informed versus distracted

seconds_each = exercise(
    "seconds_each",
    points=0,
    call="seconds_each",
    title="Attention for each option",
    answer="seconds for each machine",
)
seconds_each.case(100, 20, 10)
seconds_each.case(60, 80, 24)
seconds_each.case(45, 0, 6)
seconds_each.case(60, 50, 0)


@seconds_each.reference
def reference_seconds(seconds, lost_pct, options):
    if options == 0:
        return None
    return seconds * (1 - lost_pct / 100) / options


@seconds_each.alternative
def subtract_the_lost_seconds(seconds, lost_pct, options):
    left = seconds - seconds * lost_pct / 100
    return left / options if options > 0 else None


@seconds_each.alternative
def per_cent_that_is_left(seconds, lost_pct, options):
    return None if options == 0 else seconds / options * (100 - lost_pct) / 100


@seconds_each.misconception("Are these the seconds that are lost, or those that are left for the page?")
def lost_for_left(seconds, lost_pct, options):
    return seconds * lost_pct / 100 / options if options else None


@seconds_each.misconception("20 per cent is 20 of how many? Divide by that before you subtract from 1.")
def per_cent_for_a_share(seconds, lost_pct, options):
    return seconds * (1 - lost_pct) / options if options else None


@seconds_each.misconception("Per cent of the seconds are lost. Do you subtract them as if they were seconds?")
def per_cent_as_seconds(seconds, lost_pct, options):
    return (seconds - lost_pct) / options if options else None


@seconds_each.misconception("These are the seconds for the whole page. How many machines share them?")
def not_divided(seconds, lost_pct, options):
    return seconds * (1 - lost_pct / 100) if options else None


@seconds_each.misconception("What does the second screen take? Which argument is missing in your formula?")
def nothing_is_lost(seconds, lost_pct, options):
    return seconds / options if options else None


@seconds_each.misconception("Without any machine, does each get 0 seconds, or is there no such number?")
def zero_without_options(seconds, lost_pct, options):
    return seconds * (1 - lost_pct / 100) / options if options else 0


@seconds_each.misconception("Who may round: your function, or the reader of the result?")
def whole_seconds(seconds, lost_pct, options):
    return round(seconds * (1 - lost_pct / 100) / options) if options else None


exit_attention = exercise(
    "exit_attention",
    points=0,
    choice="exit_attention",
    title="Exit quiz",
    answer="one letter: a, b, c or d",
    options={
        "a": "Where did the report take the figure from, and what did these sources know?",
        "b": "Compare two customers in the first panel: with 60 seconds, and with a few of them.",
        "c": "",
        "d": "What did fifty friends who share a source know more than one?",
    },
    correct="c",
)

# 09a NPS without mistakes

nps_gain = exercise(
    "nps_gain",
    points=0,
    call="nps_gain",
    title="What a won customer is worth",
    answer="the rise of the NPS in points",
)
nps_gain.case(10, 0, 50)
nps_gain.case(0, 10, 50)
nps_gain.case(3, 2, 40)


@nps_gain.reference
def reference_gain(passives_won, detractors_won, n):
    return 100 * (passives_won + 2 * detractors_won) / n


@nps_gain.alternative
def two_surveys(passives_won, detractors_won, n):
    before = np.array([0] * passives_won + [-1] * detractors_won)
    return float(100 * (1 - before).sum() / n)


@nps_gain.alternative
def promoters_up_detractors_down(passives_won, detractors_won, n):
    more_promoters = (passives_won + detractors_won) / n
    fewer_detractors = detractors_won / n
    return (more_promoters + fewer_detractors) * 100


@nps_gain.misconception("A detractor becomes a promoter: which two of the three groups change in size?")
def a_detractor_counts_once(passives_won, detractors_won, n):
    return 100 * (passives_won + detractors_won) / n


@nps_gain.misconception("A passive becomes a promoter: does the number of detractors change?")
def everyone_counts_twice(passives_won, detractors_won, n):
    return 200 * (passives_won + detractors_won) / n


@nps_gain.misconception(
    "Passives count as 0 in the score. Do they still count as 0 after they have become promoters?"
)
def passives_never_count(passives_won, detractors_won, n):
    return 200 * detractors_won / n


@nps_gain.misconception("Is the answer a share of one, or in points per hundred answers?")
def share_of_one(passives_won, detractors_won, n):
    return (passives_won + 2 * detractors_won) / n


@nps_gain.misconception("The NPS counts per hundred answers. Divide by `n`, then multiply by 100.")
def people_for_points(passives_won, detractors_won, n):
    return passives_won + 2 * detractors_won


@nps_gain.misconception("Both kinds of won customers raise the score. Add them; do not take one away.")
def won_detractors_taken_away(passives_won, detractors_won, n):
    return 100 * (passives_won - detractors_won) / n


@nps_gain.misconception("The won detractors are missing. Their vote goes from −1 to +1.")
def detractors_never_count(passives_won, detractors_won, n):
    return passives_won / n * 100


# 09b Lovers, haters, change

polarisation_first = exercise(
    "polarisation_first",
    points=0,
    call="brand_polarisation",
    title="Polarisation of a brand",
    answer="between 0 and 1, not rounded",
)
# The right answer, rounded to 0, 1, 2 or 3 decimals, is the result of no misconception here.
polarisation_first.case(47, 19)
polarisation_first.case(62, 23)
polarisation_first.case(11, 28)


@polarisation_first.reference
def reference_polarisation(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return p + d - (p - d) ** 2


@polarisation_first.alternative
def variance_of_a_hundred_people(lovers_pct, haters_pct):
    people = [1] * lovers_pct + [-1] * haters_pct + [0] * (100 - lovers_pct - haters_pct)
    return float(np.var(people))


@polarisation_first.alternative
def mean_square_minus_squared_mean(lovers_pct, haters_pct):
    with_an_opinion = (lovers_pct + haters_pct) / 100
    net = (lovers_pct - haters_pct) / 100
    return with_an_opinion - net * net


@polarisation_first.misconception(
    "33 per cent is 33 of how many? What must p and d be before you square anything?"
)
def per_cent_for_shares(lovers_pct, haters_pct):
    return lovers_pct + haters_pct - (lovers_pct - haters_pct) ** 2


@polarisation_first.misconception(
    "Do all people with an opinion divide the brand, even when nearly all of them agree?"
)
def net_forgotten(lovers_pct, haters_pct):
    return (lovers_pct + haters_pct) / 100


@polarisation_first.misconception("Is this how divided people are, or which side is larger?")
def net_for_polarisation(lovers_pct, haters_pct):
    return (lovers_pct - haters_pct) / 100


@polarisation_first.misconception(
    "The formula subtracts the net. Does it subtract the net itself, or its square?"
)
def net_not_squared(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return p + d - (p - d)


@polarisation_first.misconception("Does dividing by 100 at the end also repair the part that you squared?")
def per_cent_repaired_at_the_end(lovers_pct, haters_pct):
    return (lovers_pct + haters_pct - (lovers_pct - haters_pct) ** 2) / 100


@polarisation_first.misconception("Python squares first and subtracts later. Where do brackets belong?")
def brackets_forgotten(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return p + d - p - d**2


@polarisation_first.misconception("Is a square the number times 2, or the number times itself?")
def doubled_for_squared(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return p + d - (p - d) * 2


@polarisation_first.misconception("Is the sum of p and d squared in the formula, or their difference?")
def sum_squared(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return p + d - (p + d) ** 2


@polarisation_first.misconception(
    "Can one person love and hate the brand at once? Are the two shares independent?"
)
def lovers_and_haters_independent(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return p * (1 - p) + d * (1 - d)


@polarisation_first.misconception(
    "Does the formula take a root? A variance and a standard deviation are two things."
)
def standard_deviation(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return (p + d - (p - d) ** 2) ** 0.5


@polarisation_first.misconception("The result lies between 0 and 1. Is a factor 100 left in yours?")
def on_a_scale_to_100(lovers_pct, haters_pct):
    p, d = lovers_pct / 100, haters_pct / 100
    return 100 * (p + d - (p - d) ** 2)
