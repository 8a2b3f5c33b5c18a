"""Cases, usual mistakes and other right answers of assignment 09a, NPS without mistakes.

A function under `misconception` is an answer that a beginner could hand in, with the hint that follows.
The first case of exercises 3 to 5 is reference value V33: 50 promoters, 30 passives, 20 detractors.
"""

import itertools
import math
import random
from statistics import NormalDist

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

Z = NormalDist().inv_cdf(0.975)


def group_of(score):
    """The category of one answer, as exercise 1 asks for it."""
    if isinstance(score, int | float) and score in range(11):
        return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
    return None


def counts_of(scores):
    """Promoters, passives, detractors and n among the valid answers."""
    groups = [group_of(score) for score in scores]
    counts = [groups.count(name) for name in ("promoter", "passive", "detractor")]
    return *counts, sum(counts)


def per_hundred(part, whole):
    """`part` per hundred of `whole`, None when there is nobody."""
    return 100 * part / whole if whole else None


def shares_of(promoters, passives, detractors):
    """Shares of promoters and detractors, and n; the shares are 0 when nobody answered."""
    n = promoters + passives + detractors
    return (promoters / n, detractors / n, n) if n else (0.0, 0.0, 0)


def error_of(variance, n):
    """The standard error in points of an answer with this variance, None when there is nobody."""
    return 100 * math.sqrt(variance / n) if n else None


def interval(promoters, passives, detractors, z=Z, lowest=-100, highest=100):
    """The 95 % Wald interval of three counts, which need not be whole; None when there is nobody."""
    p, d, n = shares_of(promoters, passives, detractors)
    return around(100 * (p - d), error_of(p + d - (p - d) ** 2, n), z, lowest, highest)


def around(score, error, z=Z, lowest=-100, highest=100):
    """From z standard errors below the score to z above it, cut to a scale."""
    return None if error is None else (max(lowest, score - z * error), min(highest, score + z * error))


# 1 Categories

categorise = exercise(
    "categorise",
    points=2,
    hidden_points=1,
    call="categorise",
    title="Categories",
    answer="the category of one answer",
)
for score in (9, 8, 7, 6, 10, 0, 5, 4, 3, 2, 1, 11, -1, 8.5, "9,0"):
    categorise.case(score)
# A cycle, not chance, so that each of the eleven answers comes once.
every_answer = itertools.cycle(range(11))
categorise.hidden(lambda rng: float(next(every_answer)), n=11, name="each answer from 0.0 to 10.0 as a float")
categorise.hidden_case(-3, name="a number below the scale")
categorise.hidden_case(6.5, name="an answer between two other whole numbers")
categorise.hidden_case(None, name="a blank (None)")
categorise.hidden_case(float("nan"), name="a blank from a table (NaN)")
categorise.hidden_case("promoter", name="a word instead of a number")


@categorise.alternative
def by_comparison(score):
    if not isinstance(score, (int, float)) or math.isnan(score) or int(score) != score:
        return None
    if score < 0 or score > 10:
        return None
    if score >= 9:
        return "promoter"
    if score >= 7:
        return "passive"
    return "detractor"


@categorise.alternative
def by_dictionary(score):
    groups = {9: "promoter", 10: "promoter", 7: "passive", 8: "passive"}
    groups.update({low: "detractor" for low in range(7)})
    return groups.get(score)


@categorise.alternative
def by_list_of_names(score):
    names = ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2
    try:
        return names[int(score)] if int(score) == score and score >= 0 else None
    except (TypeError, ValueError, IndexError):
        return None


@categorise.misconception(
    "The group in the middle is missing from your answers. Look in the task where the passives are."
)
def seven_and_eight_are_promoters(score):
    if score in range(7, 11):
        return "promoter"
    return "detractor" if score in range(7) else None


@categorise.misconception("Is an 8 a fan? Look again at where promoters start.")
def eight_is_a_promoter(score):
    return "promoter" if score == 8 else group_of(score)


@categorise.misconception("A 6 is a detractor. Look again at where the lowest group ends.")
def six_is_passive(score):
    return "passive" if score == 6 else group_of(score)


@categorise.misconception("What is the highest possible answer? A typing error is not a very happy customer.")
def eleven_is_accepted(score):
    if score is None or score != score or isinstance(score, str):
        return None
    return "promoter" if score >= 9 else group_of(score)


@categorise.misconception(
    "Not everything else is a detractor. Ask for 0 to 6 too, and return None for the rest."
)
def everything_else_is_a_detractor(score):
    return group_of(score) or "detractor"


@categorise.misconception("Is only the very best answer a fan? Look at > and >= where promoters start.")
def only_ten_is_a_promoter(score):
    return "passive" if score == 9 else group_of(score)


@categorise.misconception("Does the lowest passive answer count as passive? Look at > and >= there.")
def seven_is_a_detractor(score):
    return "detractor" if score == 7 else group_of(score)


@categorise.misconception("The three groups are not equally wide. Which answers does the task give to each?")
def three_equal_parts(score):
    if score not in range(11):
        return None
    return "promoter" if score >= 7 else "passive" if score >= 4 else "detractor"


@categorise.misconception(
    "0 is an answer, and a detractor. Is it among the numbers that you ask for? `if score` leaves it out too."
)
def zero_is_a_blank(score):
    return group_of(score) if score else None


@categorise.misconception("One answer belongs to one person. Is the word you return singular?")
def plural_words(score):
    group = group_of(score)
    return group + "s" if group else None


@categorise.misconception("Compare your words with the task, letter by letter: small letters or capitals?")
def capital_words(score):
    group = group_of(score)
    return group.capitalize() if group else None


@categorise.misconception("Which word does the task use for the group in the middle?")
def neutral_for_passive(score):
    return "neutral" if group_of(score) == "passive" else group_of(score)


@categorise.misconception("For an answer that is not valid the task asks for None, not for a word.")
def a_word_for_invalid(score):
    return group_of(score) or "invalid"


@categorise.misconception(
    "The lowest answer is 0: a number below it is no answer. Write all seven numbers instead of `<= 6`."
)
def minus_one_is_accepted(score):
    return "detractor" if score in (-1, -3) else group_of(score)


@categorise.misconception(
    "8.5 is no answer on this scale. `in (7, 8)` asks for whole numbers, `>=` and `<=` do not."
)
def half_points_are_accepted(score):
    if not isinstance(score, (int, float)) or not 0 <= score <= 10:
        return None
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


@categorise.misconception("A whole number may arrive as a float. Does your test of the type send it away?")
def floats_are_refused(score):
    return group_of(score) if isinstance(score, int) else None


@categorise.misconception(
    "Text and blanks cannot be compared with `<` or `>`. `in (9, 10)` works for them too."
)
def blanks_stop_it(score):
    if score < 0 or score > 10 or score % 1 != 0:
        return None
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


@categorise.misconception("`(0, 6)` holds two numbers, 0 and 6. Write all seven, or `range(7)`.")
def two_ends_for_a_range(score):
    return None if score in range(1, 6) else group_of(score)


@categorise.misconception("`range(6)` stops before the 6. Which number must stand in the brackets?")
def range_too_short(score):
    return None if score == 6 else group_of(score)


@categorise.misconception("`score == 9 or 10` is always true. Write `score in (9, 10)`.")
def or_with_a_lonely_number(score):
    if score == 9 or 10:  # noqa: SIM222, a beginner writes it so
        return "promoter"
    if score == 7 or 8:  # noqa: SIM222
        return "passive"
    return "detractor"


@categorise.misconception(
    'No `return` with a group was reached. Are the dots left? Numbers stand without quotes: 9, not `"9"`.'
)
def compares_with_text(score):
    if score in ("9", "10"):
        return "promoter"
    if score in ("7", "8"):
        return "passive"
    if score in ("0", "1", "2", "3", "4", "5", "6"):
        return "detractor"
    return None


@categorise.misconception(
    'Every answer becomes a detractor. The answers are numbers: compare with 9, not with the text `"9"`.'
)
def compares_with_text_else_detractor(score):
    if score == "9" or score == "10":
        return "promoter"
    if score == "7" or score == "8":
        return "passive"
    return "detractor"


@categorise.misconception("`<= 6` lets −1 in, and it stops at text. Ask with `in` for the seven numbers.")
def compares_without_a_lower_end(score):
    if score >= 9 and score <= 10:
        return "promoter"
    if score >= 7 and score <= 8:
        return "passive"
    if score <= 6:
        return "detractor"
    return None


@categorise.misconception(
    "`int(8.5)` is 8: `int` cuts the half away. Compare `score` as it is, without `int`."
)
def cuts_with_int(score):
    return group_of(int(score))


@categorise.misconception("`None` stands without quotation marks. With them it is an ordinary text.")
def none_as_text(score):
    return group_of(score) or "None"


# 2 Net Promoter Score

nps = exercise(
    "nps",
    points=3,
    hidden_points=1,
    call="nps",
    title="Net Promoter Score",
    answer="an NPS in points",
    needs=("categorise",),
)
nps.case([10, 9, 10, 9, 9, 7, 8, 7, 3, 0])
nps.case([10, 9, 10, 9, 9, 7, 8, 7, 3, 0, None])
nps.case([9, 9, 10, 10, 7, 7, 8, 8, 8, 7, 8, 6, 5])
nps.case([9, 11, 10, 7, -1])
nps.case([])


def random_answers(rng):
    """10 to 60 valid answers, of which about a third are promoters."""
    weights = np.array([1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4])
    return rng.choice(11, rng.integers(10, 60), p=weights / weights.sum()).tolist()


def answers_with_gaps(rng):
    """Answers among which some are blank or impossible."""
    scores = random_answers(rng)
    for place in rng.choice(len(scores), len(scores) // 4, replace=False):
        scores[place] = [None, float("nan"), 11, -1, 8.5][rng.integers(5)]
    return scores


nps.hidden(random_answers, n=6, name="random surveys")
nps.hidden(answers_with_gaps, n=6, name="surveys with blank and impossible answers")
nps.hidden(lambda rng: sorted(random_answers(rng)), n=3, name="surveys sorted by answer")
nps.hidden(lambda rng: [int(rng.integers(7))] * int(rng.integers(2, 9)), n=2, name="everybody is a detractor")
nps.hidden_case([10], name="a single answer")
nps.hidden_case([None, 11, -1], name="nobody gave a valid answer")


@nps.alternative
def with_numpy(scores):
    groups = np.array([group_of(score) or "" for score in scores])
    n = (groups != "").sum()
    return None if n == 0 else ((groups == "promoter").sum() - (groups == "detractor").sum()) / n * 100


@nps.alternative
def with_pandas(scores):
    groups = pd.Series([group_of(score) for score in scores], dtype=object).dropna()
    shares = groups.value_counts(normalize=True)
    return None if groups.empty else 100 * (shares.get("promoter", 0) - shares.get("detractor", 0))


@nps.alternative
def mean_of_plus_and_minus_one(scores):
    worth = {"promoter": 1, "passive": 0, "detractor": -1}
    values = [worth[group_of(score)] for score in scores if group_of(score)]
    return 100 * sum(values) / len(values) if values else None


@nps.alternative
def with_counters(scores):
    balance = 0
    n = 0
    for score in scores:
        group = group_of(score)
        if group is None:
            continue
        n += 1
        if group == "promoter":
            balance += 1
        elif group == "detractor":
            balance -= 1
    if n == 0:
        return None
    return balance / n * 100


@nps.misconception("Who is missing from the denominator n? Passives count in it.")
def divides_by_promoters_and_detractors(scores):
    p, _, d, _ = counts_of(scores)
    return per_hundred(p - d, p + d)


@nps.misconception("An NPS is in points, not a share: per hundred answers.")
def share_of_one(scores):
    p, _, d, n = counts_of(scores)
    return (p - d) / n if n else None


@nps.misconception("What sign should a loved brand get? Look at what is subtracted from what.")
def detractors_minus_promoters(scores):
    p, _, d, n = counts_of(scores)
    return per_hundred(d - p, n)


@nps.misconception("A 7 or an 8 is no fan. Look again at where promoters start.")
def passives_count_as_promoters(scores):
    p, passives, d, n = counts_of(scores)
    return per_hundred(p + passives - d, n)


@nps.misconception("One of the two passive answers counts as a fan in your function: which one?")
def eight_counts_as_promoter(scores):
    p, _, d, n = counts_of(scores)
    return per_hundred(p + scores.count(8) - d, n)


@nps.misconception(
    "Where does the group of detractors end? Look at the highest answer that still belongs to it."
)
def six_counts_as_passive(scores):
    p, _, d, n = counts_of(scores)
    return per_hundred(p - d + scores.count(6), n)


@nps.misconception("A blank is no answer: do not count it in n.")
def blanks_in_the_denominator(scores):
    p, _, d, _ = counts_of(scores)
    return per_hundred(p - d, len(scores))


@nps.misconception("What about the critics? Your score hears the fans only.")
def promoters_only(scores):
    p, _, _, n = counts_of(scores)
    return per_hundred(p, n)


@nps.misconception("The NPS is not an average grade. Count the three groups, then use the formula.")
def mean_of_the_answers(scores):
    valid = [score for score in scores if group_of(score)]
    return sum(valid) / len(valid) if valid else None


@nps.misconception("Round last: are the two percentages rounded before they are subtracted?")
def rounds_the_shares_first(scores):
    p, _, d, n = counts_of(scores)
    return float(round(100 * p / n) - round(100 * d / n)) if n else None


@nps.misconception("Do not round to whole points. Rounding belongs in the report, not in the function.")
def rounds_the_result(scores):
    p, _, d, n = counts_of(scores)
    return round(100 * (p - d) / n) if n else None


@nps.misconception("One slash or two? `//` throws the decimals away.")
def cuts_off_the_decimals(scores):
    p, _, d, n = counts_of(scores)
    return 100 * (p - d) // n if n else None


@nps.misconception("Return a number that others can compute with, not text. The unit belongs in the report.")
def text_with_a_per_cent_sign(scores):
    p, _, d, n = counts_of(scores)
    return f"{100 * (p - d) / n:.0f}%" if n else None


@nps.misconception("People or points? A larger survey of the same brand would give you a larger score.")
def people_for_points(scores):
    p, _, d, n = counts_of(scores)
    return float(p - d) if n else None


@nps.misconception("0 is an answer. `if score` leaves it out; ask `if group is not None`.")
def zero_is_left_out(scores):
    p, _, d, n = counts_of([score for score in scores if score])
    return per_hundred(p - d, n)


@nps.misconception("Are all these answers possible ones? Let `categorise` decide who takes part.")
def impossible_answers_take_part(scores):
    numbers = [score for score in scores if score is not None and score == score]
    return per_hundred(
        sum(score >= 9 for score in numbers) - sum(score <= 6 for score in numbers), len(numbers)
    )


@nps.misconception("Which group is subtracted: the one in the middle, or the one below it?")
def promoters_minus_passives(scores):
    p, passives, _, n = counts_of(scores)
    return per_hundred(p - passives, n)


@nps.misconception("Two people with the same answer are two people. Does your function count both?")
def every_answer_once(scores):
    p, _, d, n = counts_of(set(scores))
    return per_hundred(p - d, n)


@nps.misconception(
    "Your loop stops after the first answer: `return` stands inside it. Move it as far left as `for`."
)
def returns_inside_the_loop(scores):
    for score in scores:
        p, _, d, n = counts_of([score])
        return per_hundred(p - d, n)


@nps.misconception("Is “no answer” the same as a score of zero? That brand has as many fans as critics.")
def zero_for_an_empty_survey(scores):
    p, _, d, n = counts_of(scores)
    return per_hundred(p - d, n) if n else 0.0


@nps.misconception("When nobody gave a valid answer, n is 0. Ask for that before you divide.")
def an_empty_survey_stops_it(scores):
    p, _, d, n = counts_of(scores)
    return 100 * (p - d) / n


@nps.misconception("Brackets are missing around the difference: `100 * (p - d) / n`.")
def brackets_forgotten(scores):
    p, _, d, n = counts_of(scores)
    return 100 * p - d / n if n else None


@nps.misconception("Your counters start again at every answer. Set them to 0 before the loop.")
def counters_start_again_in_the_loop(scores):
    n = 0
    for score in scores:
        promoters, detractors, n = 0, 0, 0
        group = group_of(score)
        if group is not None:
            n = n + 1
        if group == "promoter":
            promoters = promoters + 1
        if group == "detractor":
            detractors = detractors + 1
    if n == 0:
        return None
    return 100 * (promoters - detractors) / n


@nps.misconception('The rest are not all detractors: blanks are among them. Count `"detractor"` itself.')
def the_rest_are_detractors(scores):
    p, passives, _, _ = counts_of(scores)
    n = len(scores)
    return per_hundred(p - (n - p - passives), n)


@nps.misconception(
    "`scores` holds numbers, no words. Make the group of each answer first, with `categorise`."
)
def counts_words_in_the_numbers(scores):
    n = len(scores)
    return per_hundred(scores.count("promoter") - scores.count("detractor"), n)


# 3 Standard error

nps_se = exercise(
    "nps_se",
    points=3,
    hidden_points=1,
    call="nps_se",
    title="Standard error",
    answer="a standard error in points",
)
nps_se.case(50, 30, 20)
nps_se.case(45, 10, 45)
nps_se.case(10, 80, 10)
nps_se.case(250, 675, 75)
nps_se.case(0, 0, 0)


def random_counts(rng):
    """Three counts between 5 and 80; in half of them one group is as large as the other two together."""
    first, second = (int(count) for count in rng.integers(5, 40, 2))
    third = first + second if rng.random() < 0.5 else int(rng.integers(5, 80))
    counts = (first, second, third)
    return tuple(counts[place] for place in rng.permutation(3))


nps_se.hidden(random_counts, n=12, name="random surveys")
nps_se.hidden_case(5, 3, 2, name="ten answers")
nps_se.hidden_case(12, 0, 0, name="everybody is a promoter")


@nps_se.alternative
def error_with_numpy(promoters, passives, detractors):
    values = np.repeat([1, 0, -1], [promoters, passives, detractors])
    return 100 * values.std() / np.sqrt(len(values)) if len(values) else None


@nps_se.alternative
def error_with_expanded_variance(promoters, passives, detractors):
    n = promoters + passives + detractors
    if n == 0:
        return None
    p, d = promoters / n, detractors / n
    return 100 * ((p * (1 - p) + d * (1 - d) + 2 * p * d) / n) ** 0.5


@nps_se.alternative
def error_in_per_cent(promoters, passives, detractors):
    n = promoters + passives + detractors
    if n == 0:
        return None
    p, d = 100 * promoters / n, 100 * detractors / n
    return math.sqrt((100 * (p + d) - (p - d) ** 2) / n)


@nps_se.misconception("Promoters and detractors are not independent: one person cannot be both.")
def adds_two_independent_variances(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(p * (1 - p) + d * (1 - d), n)


@nps_se.misconception("The standard error has the same unit as the NPS. Which unit is that?")
def error_as_a_share(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return math.sqrt((p + d - (p - d) ** 2) / n) if n else None


@nps_se.misconception("That is the formula for one share. An NPS is made of two shares, not one.")
def error_of_one_share(promoters, passives, detractors):
    p, _, n = shares_of(promoters, passives, detractors)
    return error_of(p * (1 - p), n)


@nps_se.misconception("Divide by n, as in the formula of the task, and not by n − 1.")
def divides_by_one_less(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(p + d - (p - d) ** 2, n - 1) if n else None


@nps_se.misconception("A variance is in squared units. Which step brings it back to points?")
def forgets_the_root(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return per_hundred(p + d - (p - d) ** 2, n)


@nps_se.misconception(
    "Do single answers differ by that much, or whole surveys? More answers make a survey surer."
)
def spread_of_single_answers(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return 100 * math.sqrt(p + d - (p - d) ** 2) if n else None


@nps_se.misconception("What is squared in the formula: the difference of the two shares, or their sum?")
def squares_the_sum(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(p + d - (p + d) ** 2, n)


@nps_se.misconception("Is everything from the formula there? Look for the square.")
def forgets_the_square(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(p + d - (p - d), n)


@nps_se.misconception("Is the squared difference added or taken away?")
def adds_the_square(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(p + d + (p - d) ** 2, n)


@nps_se.misconception(
    "n stands under the root too. Put the whole fraction in brackets, with n, before `** 0.5`."
)
def root_too_short(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return per_hundred(math.sqrt(p + d - (p - d) ** 2), n)


@nps_se.misconception("Passives answered too. Is your n everybody who gave a valid answer?")
def passives_left_out_of_n(promoters, passives, detractors):
    p, d, n = shares_of(promoters, 0, detractors)
    return error_of(p + d - (p - d) ** 2, n)


@nps_se.misconception("In which order do the three counts come? Look at the line with `def` in the task.")
def detractors_before_passives(promoters, passives, detractors):
    p, d, n = shares_of(promoters, detractors, passives)
    return error_of(p + d - (p - d) ** 2, n)


@nps_se.misconception("Is this a standard error, or already the margin of an interval?")
def margin_for_the_error(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(1.96**2 * (p + d - (p - d) ** 2), n)


@nps_se.misconception("What stands under the root: shares between 0 and 1, or percentages?")
def percentages_under_the_root(promoters, passives, detractors):
    n = promoters + passives + detractors
    if n == 0:
        return None
    p, d = 100 * promoters / n, 100 * detractors / n
    return math.sqrt((p + d - (p - d) ** 2) / n)


@nps_se.misconception("Is a survey without answers perfectly sure? Say that there is no result.")
def sure_when_nobody_answered(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return error_of(p + d - (p - d) ** 2, n) or 0.0


@nps_se.misconception("When nobody answered, n is 0. Ask for that before you divide.")
def nobody_stops_it(promoters, passives, detractors):
    n = promoters + passives + detractors
    p, d = promoters / n, detractors / n
    return error_of(p + d - (p - d) ** 2, n)


@nps_se.misconception("`x ** 1/2` is half of x. Write `x ** 0.5` for the square root.")
def half_for_the_root(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return 100 * ((p + d - (p - d) ** 2) / n) ** 1 / 2 if n else None


@nps_se.misconception("The root is of n only. Put the whole fraction in brackets, then `** 0.5`.")
def root_of_n_only(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return 100 * (p + d - (p - d) ** 2) / n**0.5 if n else None


@nps_se.misconception("Only the square is divided by n. Put brackets around all of `p + d - (p - d) ** 2`.")
def only_the_square_is_divided(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return 100 * (p + d - (p - d) ** 2 / n) ** 0.5 if n else None


@nps_se.misconception("The 100 stands before the root in the formula. In your line it is under the root.")
def hundred_under_the_root(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return (100 * (p + d - (p - d) ** 2) / n) ** 0.5 if n else None


@nps_se.misconception("The square belongs to the whole difference. Write brackets: `(p - d) ** 2`.")
def brackets_of_the_square_forgotten(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return 100 * ((p + d - p - d**2) / n) ** 0.5 if n else None


@nps_se.misconception("p and d are shares, not counts. Divide both counts by n first.")
def counts_for_shares(promoters, passives, detractors):
    n = promoters + passives + detractors
    if n == 0:
        return None
    return 100 * ((promoters + detractors - (promoters - detractors) ** 2) / n) ** 0.5


# 4 Interval

nps_ci = exercise(
    "nps_ci",
    points=2,
    hidden_points=1,
    call="nps_ci",
    title="Interval",
    answer="low and high end in points",
    compare=Comparison(abs=0.01),
    needs=("nps_se",),
)
nps_ci.case(50, 30, 20)
nps_ci.case(5, 3, 2)
nps_ci.case(18, 2, 0)
nps_ci.case(1, 2, 17)
nps_ci.case(0, 0, 0)


def nearly_all_alike(rng):
    """Surveys in which almost everybody is on one side, so that an uncut interval leaves the scale."""
    many, few = int(rng.integers(12, 30)), int(rng.integers(1, 3))
    return (many, few, 0) if rng.random() < 0.5 else (0, few, many)


nps_ci.hidden(random_counts, n=12, name="random surveys")
nps_ci.hidden(nearly_all_alike, n=6, name="surveys in which nearly all agree")
nps_ci.hidden_case(10, 0, 0, name="everybody is a promoter")


@nps_ci.alternative
def interval_in_one_piece(promoters, passives, detractors):
    n = promoters + passives + detractors
    if n == 0:
        return None
    p, d = promoters / n, detractors / n
    margin = 1.96 * 100 * math.sqrt((p + d - (p - d) ** 2) / n)
    score = 100 * (p - d)
    return (max(-100, score - margin), min(100, score + margin))


@nps_ci.alternative
def interval_with_numpy(promoters, passives, detractors):
    values = 100 * np.repeat([1, 0, -1], [promoters, passives, detractors])
    if len(values) == 0:
        return None
    ends = values.mean() + np.array([-1, 1]) * 1.959964 * values.std() / np.sqrt(len(values))
    return np.clip(ends, -100, 100).tolist()


@nps_ci.alternative
def interval_from_a_distribution(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    if n == 0:
        return None
    score, error = 100 * (p - d), error_of(p + d - (p - d) ** 2, n)
    if error == 0:
        return (score, score)
    ends = [NormalDist(score, error).inv_cdf(level) for level in (0.025, 0.975)]
    return tuple(min(100, max(-100, end)) for end in ends)


@nps_ci.misconception("95 % has two sides. How much is left over on each of them?")
def one_sided_z(promoters, passives, detractors):
    return interval(promoters, passives, detractors, z=1.645)


@nps_ci.misconception("A rule of thumb is near, not exact. Which z does the task give?")
def two_for_z(promoters, passives, detractors):
    return interval(promoters, passives, detractors, z=2)


@nps_ci.misconception("Which z belongs to 95 %, and which to a stricter level?")
def ninety_nine_per_cent(promoters, passives, detractors):
    return interval(promoters, passives, detractors, z=2.576)


@nps_ci.misconception("No NPS is above 100 or below −100. Cut the two ends with `min` and `max`.")
def not_cut(promoters, passives, detractors):
    return interval(promoters, passives, detractors, lowest=-math.inf, highest=math.inf)


@nps_ci.misconception("One end is cut. What about a brand that nearly everybody dislikes?")
def cut_at_the_top_only(promoters, passives, detractors):
    return interval(promoters, passives, detractors, lowest=-math.inf)


@nps_ci.misconception("Can an NPS be below zero? Look at both ends of its scale.")
def cut_at_zero(promoters, passives, detractors):
    return interval(promoters, passives, detractors, lowest=0)


@nps_ci.misconception("A 95 % interval goes z standard errors down and z up. Yours goes one.")
def one_standard_error(promoters, passives, detractors):
    return interval(promoters, passives, detractors, z=1)


@nps_ci.misconception("z times the standard error goes to each side. In your answer it is the whole width.")
def margin_is_the_whole_width(promoters, passives, detractors):
    return interval(promoters, passives, detractors, z=Z / 2)


@nps_ci.misconception(
    "Is the number of answers already in the standard error? Then it need not come in again."
)
def divides_by_root_n_again(promoters, passives, detractors):
    n = promoters + passives + detractors
    return interval(promoters, passives, detractors, z=Z / math.sqrt(n)) if n else None


@nps_ci.misconception("The low end comes first: return low, then high.")
def high_end_first(promoters, passives, detractors):
    ends = interval(promoters, passives, detractors)
    return ends and ends[::-1]


@nps_ci.misconception("Are these two ends, or a middle and a distance? The reader asks from where to where.")
def score_and_margin(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return (100 * (p - d), Z * error_of(p + d - (p - d) ** 2, n)) if n else None


@nps_ci.misconception("Around which value does the interval lie? Yours lies around zero.")
def around_zero(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return around(0, error_of(p + d - (p - d) ** 2, n))


@nps_ci.misconception("A margin is made of standard errors. Did you multiply z with something else?")
def z_times_the_variance(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return around(100 * (p - d), error_of(p + d - (p - d) ** 2, n) ** 2) if n else None


@nps_ci.misconception("Score and margin must have the same unit. Is one of them a share?")
def share_in_the_middle(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    return around(p - d, error_of(p + d - (p - d) ** 2, n))


@nps_ci.misconception("Both ends are in points, like the NPS. Which unit do yours have?")
def ends_as_shares(promoters, passives, detractors):
    ends = interval(promoters, passives, detractors)
    return ends and (ends[0] / 100, ends[1] / 100)


@nps_ci.misconception("Do not round the ends to whole points.")
def rounds_the_ends(promoters, passives, detractors):
    ends = interval(promoters, passives, detractors)
    return ends and (round(ends[0]), round(ends[1]))


@nps_ci.misconception("Both ends are asked for. Where does the upper one go?")
def low_end_only(promoters, passives, detractors):
    ends = interval(promoters, passives, detractors)
    return ends and ends[0]


@nps_ci.misconception("No answers, no score: what should come back before you compute anything?")
def nobody_stops_the_interval(promoters, passives, detractors):
    score = 100 * (promoters - detractors) / (promoters + passives + detractors)
    p, d, n = shares_of(promoters, passives, detractors)
    return around(score, error_of(p + d - (p - d) ** 2, n))


@nps_ci.misconception(
    "`min` and `max` are exchanged: `max(low, -100)` keeps the low end, if it is on the scale."
)
def min_and_max_exchanged(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    if n == 0:
        return None
    score, error = 100 * (p - d), error_of(p + d - (p - d) ** 2, n)
    return min(score - Z * error, -100), max(score + Z * error, 100)


# 5 Adjusted interval

nps_ci_adj = exercise(
    "nps_ci_adj",
    points=2,
    hidden_points=1,
    call="nps_ci_adj",
    title="Adjusted interval",
    answer="low and high end in points",
    compare=Comparison(abs=0.01),
    needs=("nps_ci",),
)
nps_ci_adj.case(50, 30, 20)
nps_ci_adj.case(5, 3, 2)
nps_ci_adj.case(10, 0, 0)
nps_ci_adj.case(0, 1, 9)
nps_ci_adj.case(0, 0, 0)
nps_ci_adj.hidden(random_counts, n=12, name="random surveys")
nps_ci_adj.hidden(nearly_all_alike, n=6, name="surveys in which nearly all agree")
nps_ci_adj.hidden_case(0, 0, 12, name="everybody is a detractor")


@nps_ci_adj.alternative
def adjusted_in_one_piece(promoters, passives, detractors):
    if promoters + passives + detractors == 0:
        return None
    n = promoters + passives + detractors + 3
    p, d = (promoters + 0.75) / n, (detractors + 0.75) / n
    margin = 196 * ((p + d - (p - d) ** 2) / n) ** 0.5
    return [max(-100, 100 * (p - d) - margin), min(100, 100 * (p - d) + margin)]


@nps_ci_adj.alternative
def adjusted_with_numpy(promoters, passives, detractors):
    counts = np.array([promoters, passives, detractors], dtype=float)
    if counts.sum() == 0:
        return None
    counts += [0.75, 1.5, 0.75]
    shares = counts / counts.sum()
    worth = np.array([100, 0, -100])
    score = shares @ worth
    error = np.sqrt((shares @ worth**2 - score**2) / counts.sum())
    low, high = np.clip([score - 1.959964 * error, score + 1.959964 * error], -100, 100)
    return low, high


@nps_ci_adj.misconception("The invented people answered too. Do they count in n?")
def n_stays_the_same(promoters, passives, detractors):
    n = promoters + passives + detractors
    if n == 0:
        return None
    p, d = (promoters + 0.75) / n, (detractors + 0.75) / n
    return around(100 * (p - d), error_of(max(0, p + d - (p - d) ** 2), n))


@nps_ci_adj.misconception("Do the three groups get equal parts of the invented answers?")
def one_answer_to_each_group(promoters, passives, detractors):
    return interval(promoters + 1, passives + 1, detractors + 1)


@nps_ci_adj.misconception("Do the passives get the same part as the other two groups?")
def three_quarters_to_each_group(promoters, passives, detractors):
    return interval(promoters + 0.75, passives + 0.75, detractors + 0.75)


@nps_ci_adj.misconception("Which group gets no invented answers in your function? All three get some.")
def nothing_for_the_passives(promoters, passives, detractors):
    return interval(promoters + 0.75, passives, detractors + 0.75)


@nps_ci_adj.misconception("Which group gets the largest part: the middle one, or the outer ones?")
def parts_the_wrong_way_round(promoters, passives, detractors):
    return interval(promoters + 1.5, passives + 0.75, detractors + 1.5)


@nps_ci_adj.misconception(
    "How many invented answers are there in all? Yours are more than the task describes."
)
def three_for_every_group(promoters, passives, detractors):
    return interval(promoters + 3, passives + 3, detractors + 3)


@nps_ci_adj.misconception(
    "Adding two and two is a known correction for one share. Which one does the task describe?"
)
def correction_for_one_share(promoters, passives, detractors):
    return interval(promoters + 2, passives, detractors + 2)


@nps_ci_adj.misconception(
    "Where is the middle of the adjusted interval? The score moves too, not only its error."
)
def old_score_in_the_middle(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    new_p, new_d, new_n = shares_of(promoters + 0.75, passives + 1.5, detractors + 0.75)
    error = error_of(new_p + new_d - (new_p - new_d) ** 2, new_n)
    return around(100 * (p - d), error) if n else None


@nps_ci_adj.misconception(
    "The middle has moved. Was the standard error computed with the invented answers as well?"
)
def old_error_around_the_new_score(promoters, passives, detractors):
    p, d, n = shares_of(promoters, passives, detractors)
    new_p, new_d, _ = shares_of(promoters + 0.75, passives + 1.5, detractors + 0.75)
    return around(100 * (new_p - new_d), error_of(p + d - (p - d) ** 2, n))


@nps_ci_adj.misconception("This is the interval of exercise 4. Where do the invented answers come in?")
def not_adjusted(promoters, passives, detractors):
    return interval(promoters, passives, detractors)


@nps_ci_adj.misconception("The scale of an NPS ends somewhere. Does your interval end there too?")
def adjusted_but_not_cut(promoters, passives, detractors):
    if promoters + passives + detractors == 0:
        return None
    return interval(promoters + 0.75, passives + 1.5, detractors + 0.75, lowest=-math.inf, highest=math.inf)


@nps_ci_adj.misconception(
    "Nobody answered: all answers behind this interval are invented. Ask for that first and return None."
)
def an_interval_about_nobody(promoters, passives, detractors):
    return interval(promoters + 0.75, passives + 1.5, detractors + 0.75)


# 6 Sample size

n_needed = exercise(
    "n_needed",
    points=2,
    hidden_points=1,
    call="n_needed",
    title="Sample size",
    answer="a whole number of answers",
)
n_needed.case(10, 0.61)
n_needed.case(5, 0.61)
n_needed.case(4, 0.9)
n_needed.case(2, 0.2)
n_needed.case(0, 0.61)


def margin_and_variance(rng):
    """A margin and a variance for which z = 1.96 and the exact z ask for the same number of answers."""
    while True:
        margin, variance = int(rng.integers(2, 16)), round(float(rng.uniform(0.2, 0.95)), 2)
        exact, usual = (variance * (z / (margin / 100)) ** 2 for z in (Z, 1.96))
        if math.ceil(exact) == math.ceil(usual) and 0.02 < exact % 1 < 0.98:
            return margin, variance


n_needed.hidden(margin_and_variance, n=8, name="other margins and variances")
n_needed.hidden_case(5, 1, name="the worst case: half promoters, half detractors")
n_needed.hidden_case(1, 0.3, name="a margin of one point")
n_needed.hidden_case(-5, 0.61, name="a margin below zero")


@n_needed.alternative
def by_searching(margin, variance):
    if margin <= 0:
        return None
    n = 1
    while 1.959964 * 100 * math.sqrt(variance / n) > margin:
        n += 1
    return n


@n_needed.alternative
def with_the_module_math(margin, variance):
    return None if margin <= 0 else math.ceil(variance * (196 / margin) ** 2)


@n_needed.alternative
def with_negative_floor(margin, variance):
    if margin <= 0:
        return None
    return -int(-variance * 1.96**2 // (margin / 100) ** 2)


@n_needed.misconception(
    "A number known by heart answers another question. What did you use of this question?"
)
def the_number_known_by_heart(margin, variance):
    return 384


@n_needed.misconception("The variance of an NPS is not that of one share. Which variance is given?")
def variance_of_one_share(margin, variance):
    return None if margin <= 0 else math.ceil(0.25 * (Z / (margin / 100)) ** 2)


@n_needed.misconception("Did you use the given variance, or always the worst case?")
def always_the_worst_case(margin, variance):
    return None if margin <= 0 else math.ceil((Z / (margin / 100)) ** 2)


@n_needed.misconception("Rounded down is one answer too few. Round up with `np.ceil` before `int`.")
def rounds_down(margin, variance):
    return None if margin <= 0 else int(variance * (Z / (margin / 100)) ** 2)


@n_needed.misconception("`round` goes to the nearest number. The task asks to round up: `np.ceil`.")
def rounds_to_the_nearest(margin, variance):
    return None if margin <= 0 else round(variance * (Z / (margin / 100)) ** 2)


@n_needed.misconception("Is the result rounded up? A part of a person cannot answer.")
def part_of_a_person(margin, variance):
    return None if margin <= 0 else variance * (196 / margin) ** 2


@n_needed.misconception("Is the result rounded up? It must be a whole number of people.")
def part_of_a_person_with_more_digits(margin, variance):
    return None if margin <= 0 else variance * (100 * Z / margin) ** 2


@n_needed.misconception("Rounded up, or one more than that? Look for a 1 that you add.")
def one_more_than_needed(margin, variance):
    return None if margin <= 0 else math.ceil(variance * (Z / (margin / 100)) ** 2) + 1


@n_needed.misconception("Half the margin takes more than twice the answers. What is squared in the formula?")
def forgets_to_square(margin, variance):
    return None if margin <= 0 else math.ceil(variance * Z / (margin / 100))


@n_needed.misconception("Where is the 100 of the formula? The margin is in points, and z is not.")
def margin_in_points(margin, variance):
    return None if margin <= 0 else math.ceil(variance * (Z / margin) ** 2)


@n_needed.misconception("The margin goes to each side. In your formula it is the whole width.")
def margin_as_the_whole_width(margin, variance):
    return None if margin <= 0 else math.ceil(variance * (Z / (margin / 200)) ** 2)


@n_needed.misconception(
    "Is the given number a variance or a standard deviation? Only one of them is squared."
)
def squares_the_variance(margin, variance):
    return None if margin <= 0 else math.ceil(variance**2 * (Z / (margin / 100)) ** 2)


@n_needed.misconception("Two sides or one: which z goes with 95 %?")
def one_sided_sample(margin, variance):
    return None if margin <= 0 else math.ceil(variance * (1.645 / (margin / 100)) ** 2)


@n_needed.misconception("Twice the standard error is a rule of thumb. Which z does the task give?")
def two_sigma_sample(margin, variance):
    return None if margin <= 0 else math.ceil(variance * (2 / (margin / 100)) ** 2)


@n_needed.misconception("No survey is large enough for a margin of zero. Ask for that before you divide.")
def a_margin_of_zero_stops_it(margin, variance):
    return math.ceil(variance * (Z / (margin / 100)) ** 2)


@n_needed.misconception("A margin below zero is no margin either. Ask for `<= 0`, not only for 0.")
def negative_margins_are_accepted(margin, variance):
    return None if margin == 0 else math.ceil(variance * (Z / (margin / 100)) ** 2)


@n_needed.misconception("A margin of zero has no answer, and 0 answers would be one. Return None.")
def zero_answers_for_a_margin_of_zero(margin, variance):
    return 0 if margin <= 0 else math.ceil(variance * (Z / (margin / 100)) ** 2)


# 7 Check the claim

claims = exercise(
    "claims",
    points=1,
    choice="answer_claims",
    title="Check the claim",
    options={
        "a": "Read the word “from” again: what is left over, and which sign does a loved brand get?",
        "b": "Everybody a promoter, everybody a detractor: which scores do these two brands get?",
        "c": "Does the survey ask what people did, or what they think they will do?",
        "d": "Did other researchers, with other firms, find the same? Look again at the cards in the lesson.",
        "e": "What did exercise 4 give for these counts? Measure from the middle to one end.",
        "f": "Has nobody but these ten people an opinion? Compare exercises 4 and 5.",
    },
)


# 8 Bootstrap

# Small surveys whose ends do not depend on the random numbers: few scores are possible, and the 2.5 % level
# lies well inside the share of one of them, five standard deviations from its edges. So all good ways to draw
# agree. In STEADY 5 % on each side shows, too, for which more resamples are needed.
STEADY = ((8, 0, 8), (5, 8, 2), (7, 13, 1), (7, 14, 1), (14, 0, 12), (5, 9, 2), (5, 10, 2), (5, 12, 2))
COARSE = ((0, 4, 1), (1, 4, 0), (4, 0, 1), (1, 0, 5), (0, 5, 4), (4, 5, 0), (4, 0, 5), (5, 0, 4))
RESAMPLES, FEWER = 7_000, 2_500


def answers_of(promoters, passives, detractors):
    """A list of answers with these counts."""
    return [10] * promoters + [8] * passives + [3] * detractors


def survey_like(counts, resamples, rng):
    """Answers with these counts in any order, the number of resamples and a seed."""
    promoters, passives, detractors = counts
    scores = [
        *rng.integers(9, 11, promoters).tolist(),
        *rng.integers(7, 9, passives).tolist(),
        *rng.integers(0, 7, detractors).tolist(),
    ]
    return [scores[place] for place in rng.permutation(len(scores))], resamples, int(rng.integers(1, 10_000))


def steady_survey(rng):
    """A survey that tells 2.5 % from 5 % on each side."""
    return survey_like(STEADY[rng.integers(len(STEADY))], RESAMPLES, rng)


def coarse_survey(rng):
    """A survey of a few answers."""
    return survey_like(COARSE[rng.integers(len(COARSE))], FEWER, rng)


nps_boot = exercise(
    "nps_boot",
    points=3,
    hidden_points=1,
    call="nps_boot",
    title="Bootstrap",
    answer="low and high end in points",
    compare=Comparison(abs=1.5),
    needs=("nps",),
    time_limit=20,
)
nps_boot.case(answers_of(14, 2, 1), RESAMPLES, 1, shown="[10] * 14 + [8] * 2 + [3], 7_000, 1")
nps_boot.case(answers_of(4, 0, 5), FEWER, 7, shown="[10] * 4 + [3] * 5, 2_500, 7")
nps_boot.case(answers_of(4, 5, 0), FEWER, 3, shown="[10] * 4 + [8] * 5, 2_500, 3")
# This survey has so many possible scores, and so few resamples, that its ends differ from seed to seed: it
# shows whether the same seed gives the same ends. 8 points are five standard deviations of that difference.
nps_boot.case(
    answers_of(100, 60, 40), 200, 5, shown="[10] * 100 + [8] * 60 + [3] * 40, 200, 5", repeat=3, abs=8
)
nps_boot.hidden(steady_survey, name="another survey and seed")
nps_boot.hidden(coarse_survey, n=3, name="small surveys")
nps_boot.hidden_case(answers_of(6, 0, 0), 500, 3, name="everybody is a promoter")
nps_boot.hidden_case([], 500, 3, name="an empty survey")


def resample(scores, resamples, seed, size=None):
    """`resamples` rows of answers drawn with replacement; None for an empty survey."""
    if len(scores) == 0:
        return None
    return np.random.default_rng(seed).choice(scores, (resamples, size or len(scores)))


def nps_of_rows(draws):
    """The NPS of each row of valid answers."""
    return 100 * ((draws >= 9).mean(axis=1) - (draws <= 6).mean(axis=1))


def ends_of(draws, low=2.5, high=97.5):
    """Two percentiles of the NPS of the rows; None without rows."""
    return None if draws is None else tuple(np.percentile(nps_of_rows(draws), [low, high]).tolist())


@nps_boot.alternative
def loop_with_random_choices(scores, resamples, seed):
    if not scores:
        return None
    source = random.Random(seed)
    worth = [1 if score >= 9 else -1 if score <= 6 else 0 for score in scores]
    estimates = sorted(100 * sum(source.choices(worth, k=len(worth))) / len(worth) for _ in range(resamples))
    return estimates[int(0.025 * resamples)], estimates[int(0.975 * resamples) - 1]


@nps_boot.alternative
def draws_places(scores, resamples, seed):
    if len(scores) == 0:
        return None
    rng = np.random.default_rng(seed)
    answers = np.array(scores)
    estimates = []
    for _ in range(resamples):
        drawn = answers[rng.integers(0, len(answers), len(answers))]
        estimates.append(100 * (np.count_nonzero(drawn >= 9) - np.count_nonzero(drawn <= 6)) / len(answers))
    return list(np.quantile(estimates, [0.025, 0.975]))


@nps_boot.alternative
def draws_counts(scores, resamples, seed):
    if not scores:
        return None
    *counts, n = counts_of(scores)
    draws = np.random.default_rng(seed).multinomial(n, np.array(counts) / n, size=resamples)
    return tuple(np.percentile(100 * (draws[:, 0] - draws[:, 2]) / n, [2.5, 97.5]))


@nps_boot.misconception("The same sample again? Nobody can be drawn twice in your resamples.")
def draws_without_replacement(scores, resamples, seed):
    if not scores:
        return None
    rng = np.random.default_rng(seed)
    return ends_of(np.array([rng.choice(scores, len(scores), replace=False) for _ in range(50)]))


@nps_boot.misconception("How many answers are in each resample? As many as in the survey, no fewer.")
def half_as_many_answers(scores, resamples, seed):
    return ends_of(resample(scores, resamples, seed, size=max(1, len(scores) // 2)))


@nps_boot.misconception("The size in the task is an example. How many answers does your survey have?")
def size_from_the_example(scores, resamples, seed):
    return ends_of(resample(scores, resamples, seed, size=5))


@nps_boot.misconception("What does `resamples` count: the surveys you draw, or the answers in one of them?")
def resamples_as_the_size(scores, resamples, seed):
    return ends_of(resample(scores, 200, seed, size=resamples))


# Another one in each run, as without a seed, but the same whenever the checks are compiled.
nobodys_seed = itertools.count(1000)


@nps_boot.misconception("Would another person get the same interval? Make the random generator from `seed`.")
def ignores_the_seed(scores, resamples, seed):
    return ends_of(resample(scores, resamples, next(nobodys_seed)))


@nps_boot.misconception(
    "Do your resamples differ? A generator that starts anew in each round draws the same people."
)
def starts_the_generator_in_the_loop(scores, resamples, seed):
    return ends_of(resample(scores, 1, seed))


@nps_boot.misconception("How much lies outside a 95 % interval in all, and how much of that on each side?")
def five_per_cent_on_each_side(scores, resamples, seed):
    return ends_of(resample(scores, resamples, seed), 5, 95)


@nps_boot.misconception("`np.percentile` counts from 0 to 100: the 2.5th percentile is 2.5, not 0.025.")
def shares_for_percentiles(scores, resamples, seed):
    return ends_of(resample(scores, resamples, seed), 0.025, 0.975)


@nps_boot.misconception("Where do the two ends lie: at the most extreme resamples, or a little inside?")
def smallest_and_largest(scores, resamples, seed):
    return ends_of(resample(scores, resamples, seed), 0, 100)


@nps_boot.misconception("Percentiles of what: of the answers, or of the NPS of each resample?")
def percentiles_of_the_answers(scores, resamples, seed):
    return tuple(np.percentile(scores, [2.5, 97.5]).tolist()) if scores else None


@nps_boot.misconception("Each resample gives one number. Is yours its NPS, or its average grade?")
def means_of_the_resamples(scores, resamples, seed):
    draws = resample(scores, resamples, seed)
    return None if draws is None else tuple(np.percentile(draws.mean(axis=1), [2.5, 97.5]).tolist())


@nps_boot.misconception("Points or shares? The ends have the unit of the NPS.")
def bootstrap_as_shares(scores, resamples, seed):
    ends = ends_of(resample(scores, resamples, seed))
    return ends and (ends[0] / 100, ends[1] / 100)


@nps_boot.misconception(
    "A formula needs the standard error; the bootstrap does not. Read the ends off the resamples."
)
def formula_after_all(scores, resamples, seed):
    if not scores:
        return None
    estimates = nps_of_rows(resample(scores, resamples, seed))
    return around(float(estimates.mean()), float(estimates.std()))


@nps_boot.misconception("This says how far the resamples spread. From where to where do most of them lie?")
def standard_deviation_only(scores, resamples, seed):
    return float(nps_of_rows(resample(scores, resamples, seed)).std()) if scores else None


@nps_boot.misconception("From an empty list nobody can be drawn. Ask for that first and return None.")
def an_empty_list_stops_it(scores, resamples, seed):
    return ends_of(np.random.default_rng(seed).choice(scores, (resamples, len(scores))))


# 9 Clean survey

SCALE_1_10 = "scale=1-10"
REASONS = ("other scale", "repeated", "blank", "invalid")


def rows_of(*rows):
    """A small table with the columns that the exercise uses; None is a blank."""
    return pd.DataFrame(list(rows), columns=["resp_id", "score", "note"]).astype("str")


# Both small tables are in the notebook too, so that students can look at them.
SMALL_SURVEY = rows_of(
    ("R1", "9", None),
    ("R2", "10 - zeer waarschijnlijk", None),
    ("R3", "9,0", None),
    ("R4", "7", None),
    ("R5", "3", None),
    ("R6", None, None),
    ("R7", "-1", None),
    ("R8", "11", None),
    ("R4", "2", None),
    ("R9", "10", SCALE_1_10),
    ("R10", "9", SCALE_1_10),
)
TWO_REASONS = rows_of(
    ("A", "10", None),
    ("B", "8", None),
    ("B", "8", None),
    ("C", "9", None),
    ("A", "7", SCALE_1_10),
    ("B", None, None),
    ("D", "5", None),
    ("E", "8,0", None),
    ("F", None, None),
    ("F", "10", None),
)
SURVEY = data.load("nps_survey")[["resp_id", "score", "note"]]


def random_survey(rng):
    """20 to 40 rows with every fault of the survey, among them rows with two reasons."""
    rows = []
    for place in range(int(rng.integers(20, 41))):
        text = str(rng.integers(0, 11))
        if rng.random() < 0.3:
            text = [None, "-1", "11", "9,0", "7,0", "10 - zeer waarschijnlijk"][rng.integers(6)]
        person = int(rng.integers(0, place + 1)) if rng.random() < 0.2 else place
        note = SCALE_1_10 if rng.random() < 0.15 else None
        rows.append((f"P{person}", text, note))
    return rows_of(*rows)


clean_scores = exercise(
    "clean_scores",
    points=4,
    hidden_points=1,
    call="clean_scores",
    title="Clean survey",
    answer="the score, n, and who was left out and why",
    needs=("categorise", "nps"),
)
clean_scores.case(SMALL_SURVEY, shown="small_survey")
clean_scores.case(TWO_REASONS, shown="two_reasons")
clean_scores.case(SURVEY, shown="survey")
clean_scores.hidden(random_survey, n=8, name="other surveys with the same kinds of faults")
clean_scores.hidden_case(rows_of(("A", None, None), ("B", "5", SCALE_1_10)), name="nobody is left to count")
clean_scores.hidden_case(rows_of(), name="an empty table")


def read_answer(text):
    """The number in a raw answer, None for a blank; as `read_score` in the notebook."""
    return float(text.split()[0].replace(",", ".")) if isinstance(text, str) else None


def on_other_scale(note):
    """Whether the survey tool noted another scale."""
    return note == SCALE_1_10


def sort_out(
    table, other=on_other_scale, convert=read_answer, valid=group_of, use_id=True, remember_all=True
):
    """The answers of a raw table that count, and how many rows were left out for each reason."""
    excluded = dict.fromkeys(REASONS, 0)
    seen = set()
    answers = []
    for row in table.itertuples():
        score = convert(row.score)
        if other(row.note):
            reason = "other scale"
        elif use_id and row.resp_id in seen:
            reason = "repeated"
        elif score is None:
            reason = "blank"
        else:
            reason = None if valid(score) else "invalid"
        if reason:
            excluded[reason] += 1
        else:
            answers.append(score)
        if remember_all or not reason:
            seen.add(row.resp_id)
    return answers, excluded


def result_of(answers, excluded):
    """What exercise 9 asks for, from the answers that count."""
    balance = sum(score >= 9 for score in answers) - sum(score < 7 for score in answers)
    return per_hundred(balance, len(answers)), len(answers), excluded


@clean_scores.alternative
def with_masks(table):
    other = table["note"] == "scale=1-10"
    repeated = table["resp_id"].duplicated() & ~other
    blank = table["score"].isna() & ~other & ~repeated
    scores = table["score"].map(read_answer)
    valid = scores.map(group_of).notna() & ~other & ~repeated & ~blank
    invalid = ~(other | repeated | blank | valid)
    used = scores[valid]
    masks = {"other scale": other, "repeated": repeated, "blank": blank, "invalid": invalid}
    excluded = {reason: int(mask.sum()) for reason, mask in masks.items()}
    return None if used.empty else 100 * ((used >= 9).mean() - (used <= 6).mean()), len(used), excluded


@clean_scores.alternative
def step_by_step(table):
    first = table[~table["resp_id"].duplicated() | (table["note"] == "scale=1-10")]
    same_scale = first[first["note"] != "scale=1-10"]
    answered = same_scale.dropna(subset=["score"])
    answers = [score for score in map(read_answer, answered["score"]) if group_of(score)]
    excluded = {
        "repeated": len(table) - len(first),
        "other scale": len(first) - len(same_scale),
        "blank": len(same_scale) - len(answered),
        "invalid": len(answered) - len(answers),
    }
    return list(result_of(answers, excluded))


@clean_scores.alternative
def with_one_word_per_row(table):
    people = list(table["resp_id"])
    words = []
    for place, row in enumerate(table.to_dict("records")):
        score = read_answer(row["score"])
        if row["note"] == "scale=1-10":
            words.append("other scale")
        elif people.index(row["resp_id"]) < place:
            words.append("repeated")
        elif score is None:
            words.append("blank")
        else:
            words.append(group_of(score) or "invalid")
    n = sum(word not in REASONS for word in words)
    score = 100 * (words.count("promoter") - words.count("detractor")) / n if n else None
    return score, n, {reason: words.count(reason) for reason in REASONS}


@clean_scores.misconception("Was everybody asked on the same scale? Look at the column `note`.")
def overlooks_the_note(table):
    return result_of(*sort_out(table, other=lambda note: False))


@clean_scores.misconception("Is 10 out of 10 the same answer on a scale without a 0? No formula knows that.")
def rescales_silently(table):
    scores = table["score"].map(read_answer)
    rescaled = scores.where(table["note"] != SCALE_1_10, (scores - 1) / 9 * 10)
    return result_of(
        *sort_out(
            table.assign(score=rescaled),
            other=lambda note: False,
            convert=lambda score: None if math.isnan(score) else score,
            valid=lambda score: 0 <= score <= 10,
        )
    )


@clean_scores.misconception("One person, two rows: how many votes?")
def counts_people_twice(table):
    return result_of(*sort_out(table, use_id=False))


@clean_scores.misconception("Which of the two rows of one person counts: the first, or the last?")
def keeps_the_last_row(table):
    return result_of(*sort_out(table[::-1]))


@clean_scores.misconception("A person answered twice. Does that person lose both answers?")
def drops_both_rows(table):
    twice = table["resp_id"].duplicated(keep=False) & (table["note"] != SCALE_1_10)
    answers, excluded = sort_out(table[~twice], use_id=False)
    return result_of(answers, excluded | {"repeated": int(twice.sum())})


@clean_scores.misconception("What did this person's earlier row hold? Look in the task whether that matters.")
def remembers_valid_answers_only(table):
    return result_of(*sort_out(table, remember_all=False))


@clean_scores.misconception(
    "Is a row with another score another person? Compare the numbers of the persons only."
)
def compares_whole_rows(table):
    kept = table[~table.duplicated()]
    answers, excluded = sort_out(kept, use_id=False)
    return result_of(answers, excluded | {"repeated": len(table) - len(kept)})


@clean_scores.misconception(
    "Is an answer with a comma or a word no answer? Look at what your conversion loses."
)
def loses_text_answers(table):
    def to_number(text):
        number = pd.to_numeric(text, errors="coerce")
        return None if number is None or math.isnan(number) else float(number)

    return result_of(*sort_out(table, convert=to_number))


@clean_scores.misconception('Is `"9"` a number or text? Give `categorise` what `read_score` made of it.')
def categorises_the_text(table):
    return result_of(*sort_out(table, valid=lambda score: False))


@clean_scores.misconception("A blank note is NaN, and NaN is not None. Which note do you look for?")
def every_note_counts(table):
    return result_of(*sort_out(table, other=lambda note: note is not None))


@clean_scores.misconception(
    "−1 and 11 are no answers: leave them out as invalid, and do not change them with `min` or `max`."
)
def accepts_every_number(table):
    return result_of(*sort_out(table, valid=str))


@clean_scores.misconception("A blank is not a 0. A person who said nothing is left out.")
def blanks_are_zeros(table):
    return result_of(*sort_out(table, convert=lambda text: read_answer(text) or 0.0))


@clean_scores.misconception("n counts the answers that made the score. Are the excluded rows among them?")
def n_is_the_length_of_the_table(table):
    score, _, excluded = result_of(*sort_out(table))
    return score, len(table), excluded


@clean_scores.misconception(
    "A row that is left out: for how many reasons does it count? Read the order in the task again."
)
def a_row_counts_for_every_reason(table):
    answers, _ = sort_out(table)
    scores = [read_answer(text) for text in table["score"]]
    excluded = {
        "other scale": int((table["note"] == SCALE_1_10).sum()),
        "repeated": int(table["resp_id"].duplicated().sum()),
        "blank": scores.count(None),
        "invalid": sum(score is not None and group_of(score) is None for score in scores),
    }
    return result_of(answers, excluded)


@clean_scores.misconception("A row can have two reasons. Which one does the list in the task name first?")
def repeated_before_the_other_scale(table):
    first = table.drop_duplicates("resp_id")
    answers, excluded = sort_out(first)
    return result_of(answers, excluded | {"repeated": len(table) - len(first)})


@clean_scores.misconception("0 is a valid answer here. Ask `categorise(score) is None`, not `if score`.")
def zero_is_no_answer(table):
    return result_of(*sort_out(table, valid=lambda score: score and group_of(score)))


@clean_scores.misconception("How many were left out is one question, why is another. The reader asks both.")
def only_the_total(table):
    answers, excluded = sort_out(table)
    return result_of(answers, sum(excluded.values()))


@clean_scores.misconception("A reason that never occurred: is it missing, or does it occur zero times?")
def leaves_out_empty_reasons(table):
    answers, excluded = sort_out(table)
    return result_of(answers, {reason: count for reason, count in excluded.items() if count})


@clean_scores.misconception("Blank and invalid are two reasons. Which one fits a number outside the scale?")
def invalid_counts_as_blank(table):
    answers, excluded = sort_out(table)
    return result_of(answers, excluded | {"blank": excluded["blank"] + excluded["invalid"], "invalid": 0})


@clean_scores.misconception(
    "What is the score when nobody is left to count? Test for that before you divide."
)
def nobody_left_stops_it(table):
    answers, excluded = sort_out(table)
    balance = sum(score >= 9 for score in answers) - sum(score < 7 for score in answers)
    return 100 * balance / len(answers), len(answers), excluded


@clean_scores.misconception(
    "`read_score` gives None for a blank. Ask for this None, and ask for it before you ask for invalid."
)
def blank_after_invalid(table):
    answers, excluded = sort_out(table)
    return result_of(answers, excluded | {"blank": 0, "invalid": excluded["blank"] + excluded["invalid"]})


@clean_scores.misconception(
    "With several `if`, one row counts more than once. Use `elif` after the first `if`."
)
def if_for_elif(table):
    excluded = dict.fromkeys(REASONS, 0)
    answers = []
    seen = set()
    for row in table.itertuples():
        score = read_answer(row.score)
        if row.note == SCALE_1_10:
            excluded["other scale"] = excluded["other scale"] + 1
        if row.resp_id in seen:
            excluded["repeated"] = excluded["repeated"] + 1
        if score is None:
            excluded["blank"] = excluded["blank"] + 1
        if group_of(score) is None:
            excluded["invalid"] = excluded["invalid"] + 1
        else:
            answers.append(score)
        seen.add(row.resp_id)
    return result_of(answers, excluded)


@clean_scores.misconception("Your function stops after the first row. `return` stands as far left as `for`.")
def returns_after_the_first_row(table):
    for _ in table.itertuples():
        return result_of(*sort_out(table.iloc[:1]))


@clean_scores.misconception(
    "A reason must be in the dictionary before you add to it. Begin with all four, each 0."
)
def dictionary_without_reasons(table):
    excluded = {}
    seen = set()
    for row in table.itertuples():
        if row.resp_id in seen:
            excluded["repeated"] = excluded["repeated"] + 1
        elif read_answer(row.score) is None:
            excluded["blank"] = excluded["blank"] + 1
        seen.add(row.resp_id)
    return result_of([], excluded)


# 10 Report line

report = exercise(
    "report",
    points=2,
    hidden_points=1,
    call="report",
    title="Report line",
    answer="one line of text",
)
report.case(40.0, 5, {"repeated": 3, "blank": 1})
report.case(-16.666666666666668, 12, {"other scale": 0, "repeated": 3})
report.case(15.384615384615385, 13, {"blank": 4})
report.case(7.5, 40, {"blank": 0, "invalid": 0})


def random_result(rng):
    """A score, n, and counts of which some are zero and at least one is not."""
    n = int(rng.integers(20, 400))
    excluded = {reason: int(rng.integers(1, 60)) * int(rng.random() < 0.6) for reason in REASONS}
    excluded[REASONS[rng.integers(4)]] = int(rng.integers(1, 60))
    return 100 * int(rng.integers(-n, n)) / n, n, excluded


def nobody_left_out(rng):
    """A score and n of a survey in which every row counts."""
    return 100 * int(rng.integers(1, 30)) / 30, 30, dict.fromkeys(REASONS, 0)


report.hidden(random_result, n=6, name="other results")
report.hidden(nobody_left_out, n=2, name="surveys in which nobody was left out")


def left_out(excluded):
    """The end of the line: how many were left out, and why."""
    return ", ".join(f"{count} ({reason})" for reason, count in excluded.items() if count) or "nobody"


@report.alternative
def in_one_f_string(score, n, excluded):
    rows = ", ".join(f"{count} ({reason})" for reason, count in excluded.items() if count) or "nobody"
    return f"NPS {score:.1f} points, n = {n}. Left out: {rows}."


@report.alternative
def by_adding_texts(score, n, excluded):
    text = "NPS " + format(score, ".1f") + " points, n = " + str(n) + ". Left out: "
    first = True
    for reason in excluded:
        if excluded[reason] > 0:
            if not first:
                text += ", "
            text += str(excluded[reason]) + " (" + reason + ")"
            first = False
    return text + ("nobody." if first else ".")


@report.misconception("How many answers stand behind the score? Without that number nobody can judge it.")
def no_n(score, n, excluded):
    return f"NPS {score:.1f} points. Left out: {left_out(excluded)}."


@report.misconception("n is the number of answers used. Did you add those who were left out?")
def n_with_those_left_out(score, n, excluded):
    return f"NPS {score:.1f} points, n = {n + sum(excluded.values())}. Left out: {left_out(excluded)}."


@report.misconception("The reader sees how many were left out. Can the reader also see why?")
def no_reasons(score, n, excluded):
    return f"NPS {score:.1f} points, n = {n}. Left out: {sum(excluded.values()) or 'nobody'}."


@report.misconception("The reader sees the reasons. How often did each of them occur?")
def no_numbers(score, n, excluded):
    reasons = ", ".join(reason for reason, count in excluded.items() if count) or "nobody"
    return f"NPS {score:.1f} points, n = {n}. Left out: {reasons}."


@report.misconception("Which comes first in the line: the number, or its reason?")
def reason_before_number(score, n, excluded):
    rows = ", ".join(f"{reason} ({count})" for reason, count in excluded.items() if count) or "nobody"
    return f"NPS {score:.1f} points, n = {n}. Left out: {rows}."


@report.misconception("Compare the two lines sign by sign: is there a space too few?")
def no_spaces_around_the_equals_sign(score, n, excluded):
    return f"NPS {score:.1f} points, n={n}. Left out: {left_out(excluded)}."


@report.misconception("How does a sentence end? Look at the last sign of both lines.")
def no_full_stop(score, n, excluded):
    return f"NPS {score:.1f} points, n = {n}. Left out: {left_out(excluded)}"


@report.misconception("Who was left out, and why? Your line keeps that to itself.")
def nothing_about_those_left_out(score, n, excluded):
    return f"NPS {score:.1f} points, n = {n}."


@report.misconception("Nobody was left out: does your line say so, or does it stop in the middle?")
def silent_when_nobody(score, n, excluded):
    rows = ", ".join(f"{count} ({reason})" for reason, count in excluded.items() if count)
    return f"NPS {score:.1f} points, n = {n}. Left out: {rows}."


@report.misconception("Does a reason that never occurred belong in the line?")
def reasons_that_never_occurred(score, n, excluded):
    rows = ", ".join(f"{count} ({reason})" for reason, count in excluded.items())
    return f"NPS {score:.1f} points, n = {n}. Left out: {rows}."


@report.misconception("Is an NPS a percentage of anything? Look at its unit.")
def per_cent_for_points(score, n, excluded):
    return f"NPS {score:.1f} %, n = {n}. Left out: {left_out(excluded)}."


@report.misconception("How many decimals does the task ask for? The number in the format sets them.")
def no_decimals(score, n, excluded):
    return f"NPS {score:.0f} points, n = {n}. Left out: {left_out(excluded)}."


@report.misconception("A reader does not need all decimals of the computer. Where is the score rounded?")
def all_decimals(score, n, excluded):
    return f"NPS {score} points, n = {n}. Left out: {left_out(excluded)}."


@report.misconception('The curly brackets are still there: an f is missing before the quote, as in `f"{n}"`.')
def f_forgotten(score, n, excluded):
    return "NPS {score:.1f} points, n = {n}. Left out: {left_out}."


@report.misconception("The reasons still show curly brackets: their text needs an f before its quote too.")
def f_forgotten_for_the_reasons(score, n, excluded):
    parts = ["{excluded[reason]} ({reason})" for reason in excluded if excluded[reason] > 0]
    return f"NPS {score:.1f} points, n = {n}. Left out: {', '.join(parts) or 'nobody'}."


@report.misconception('This is a list with its brackets. Make one text of it: `", ".join(parts)`.')
def list_not_joined(score, n, excluded):
    parts = [f"{count} ({reason})" for reason, count in excluded.items() if count > 0]
    return f"NPS {score:.1f} points, n = {n}. Left out: {parts or 'nobody'}."


@report.misconception('After the comma comes a space: `", ".join(parts)`.')
def comma_without_space(score, n, excluded):
    return f"NPS {score:.1f} points, n = {n}. Left out: {left_out(excluded).replace(', ', ',')}."


@report.misconception("The reasons stand in the order of the dictionary. Leave out `sorted`.")
def sorted_reasons(score, n, excluded):
    parts = sorted(f"{count} ({reason})" for reason, count in excluded.items() if count > 0)
    return f"NPS {score:.1f} points, n = {n}. Left out: {', '.join(parts) or 'nobody'}."


@report.misconception("There are two spaces behind the colon. Is one of them at the start of your next text?")
def two_spaces(score, n, excluded):
    return f"NPS {score:.1f} points, n = {n}. Left out:  {left_out(excluded)}."


@report.misconception("`:.1` means one digit in all. For one decimal write `:.1f`, with the f.")
def digits_for_decimals(score, n, excluded):
    return f"NPS {score:.1} points, n = {n}. Left out: {left_out(excluded)}."
