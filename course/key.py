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
