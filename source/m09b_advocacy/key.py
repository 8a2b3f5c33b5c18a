"""Cases, usual mistakes and other right answers of "Lovers, haters, change" (module M09b).

Data sets: nps_survey, cleaned as in the notebook. Counts are (promoters, passives, detractors).
"""

import math
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

# The difference between two NPS


def score_and_error(counts):
    answers = np.repeat([100, 0, -100], counts)
    return answers.mean(), answers.std() / math.sqrt(len(answers))


nps_diff = exercise(
    "nps_diff",
    points=3,
    call="nps_diff",
    title="Change or chance",
    answer="difference in points, z, p-value",
)
nps_diff.case((100, 60, 40), (120, 50, 30))
nps_diff.case((90, 40, 70), (80, 50, 90))
nps_diff.case((50, 30, 20), (0, 0, 0))


def two_surveys(rng):
    return tuple(tuple(rng.integers(15, 200, 3).tolist()) for _ in range(2))


nps_diff.hidden(two_surveys, n=8, name="random pairs of surveys")
nps_diff.hidden_case((50, 30, 20), (60, 25, 15), name="the same shares, half as many people")
nps_diff.hidden_case((40, 35, 25), (80, 70, 50), name="two surveys with the same score")
nps_diff.hidden_case((0, 0, 0), (50, 30, 20), name="nobody answered the first survey")


@nps_diff.alternative
def by_the_formula(first, second):
    if sum(first) == 0 or sum(second) == 0:
        return None
    scores, squares = [], []
    for promoters, passives, detractors in (first, second):
        n = promoters + passives + detractors
        p, d = promoters / n, detractors / n
        scores.append(100 * (p - d))
        squares.append(100**2 * (p + d - (p - d) ** 2) / n)
    difference = scores[1] - scores[0]
    z = difference / math.sqrt(sum(squares))
    return difference, z, math.erfc(abs(z) / math.sqrt(2))


@nps_diff.alternative
def with_hypot(first, second):
    if not sum(first) or not sum(second):
        return None
    (score_1, error_1), (score_2, error_2) = score_and_error(first), score_and_error(second)
    error = math.hypot(error_1, error_2)
    p = 2 * NormalDist(0, error).cdf(-abs(score_2 - score_1))
    return [score_2 - score_1, (score_2 - score_1) / error, p]


def compared(first, second, error_of, p_of, sign=1, scale=1):
    """What a student gets who goes wrong in one step only; not an answer itself."""
    if sum(first) == 0 or sum(second) == 0:
        return None
    (score_1, error_1), (score_2, error_2) = score_and_error(first), score_and_error(second)
    difference = sign * (score_2 - score_1) * scale
    z = difference / (error_of(error_1, error_2) * scale)
    return difference, z, p_of(z)


def two_sided(z):
    return 2 * (1 - NormalDist().cdf(abs(z)))


@nps_diff.misconception(
    "So you ask whether two intervals overlap. Compare the difference with *its own* standard error."
)
def intervals_must_not_overlap(first, second):
    return compared(first, second, lambda a, b: a + b, two_sided)


@nps_diff.misconception("Is only the second score uncertain? Both surveys could have asked other people.")
def only_the_second_error(first, second):
    return compared(first, second, lambda a, b: b, two_sided)


@nps_diff.misconception("Does only the first survey depend on who happened to answer?")
def only_the_first_error(first, second):
    return compared(first, second, lambda a, b: a, two_sided)


@nps_diff.misconception("You subtract the scores, but does their uncertainty cancel out too?")
def errors_cancel_out(first, second):
    return compared(first, second, lambda a, b: math.sqrt(abs(b**2 - a**2)), two_sided)


@nps_diff.misconception("You add the squares. What brings their sum back to points?")
def forgets_the_root(first, second):
    return compared(first, second, lambda a, b: a**2 + b**2, two_sided)


@nps_diff.misconception("The squares of the errors add up. Did you square each error before you added?")
def forgets_the_squares(first, second):
    return compared(first, second, lambda a, b: math.sqrt(a + b), two_sided)


@nps_diff.misconception("The score could have risen or fallen by chance. How many tails does that make?")
def one_tail(first, second):
    return compared(first, second, math.hypot, lambda z: 1 - NormalDist().cdf(abs(z)))


@nps_diff.misconception("A probability above 1? Think of a score that falls: which sign has z then?")
def tail_of_a_rise(first, second):
    return compared(first, second, math.hypot, lambda z: 2 * (1 - NormalDist().cdf(z)))


@nps_diff.misconception("A probability above 1? `cdf` gives the part left of z. Which part do you need?")
def left_of_z(first, second):
    return compared(first, second, math.hypot, lambda z: 2 * NormalDist().cdf(z))


@nps_diff.misconception("Is that the share of the curve outside z and -z, or the share between them?")
def share_in_the_middle(first, second):
    return compared(first, second, math.hypot, lambda z: 1 - two_sided(z))


@nps_diff.misconception("Which survey came first? A rise should come out positive.")
def first_minus_second(first, second):
    return compared(first, second, math.hypot, two_sided, sign=-1)


@nps_diff.misconception("Is the difference in points, or a share of one?")
def difference_as_share(first, second):
    return compared(first, second, math.hypot, two_sided, scale=0.01)


@nps_diff.misconception("Round last: which of your numbers did you round before you used it again?")
def rounds_z_first(first, second):
    if sum(first) == 0 or sum(second) == 0:
        return None
    (score_1, error_1), (score_2, error_2) = score_and_error(first), score_and_error(second)
    z = round((score_2 - score_1) / math.hypot(error_1, error_2), 2)
    return score_2 - score_1, z, two_sided(z)


@nps_diff.misconception("Three numbers are asked for. Which two must stand beside the difference?")
def without_z_and_p(first, second):
    found = compared(first, second, math.hypot, two_sided)
    return None if found is None else found[0]


@nps_diff.misconception("The p-value itself is asked for. Leave the yes or no to the reader.")
def verdict_for_p(first, second):
    return compared(first, second, math.hypot, lambda z: bool(two_sided(z) < 0.05))


@nps_diff.misconception("What is the NPS of nobody? Ask first whether both surveys have answers.")
def survey_of_nobody(first, second):
    (score_1, error_1), (score_2, error_2) = score_and_error(first), score_and_error(second)
    z = (score_2 - score_1) / math.hypot(error_1, error_2)
    return score_2 - score_1, z, two_sided(z) if math.isfinite(z) else z


# Segments and the total

segment_nps = exercise(
    "segment_nps",
    points=3,
    call="segment_nps",
    title="Segments and total",
    answer="NPS in points",
    compare=Comparison(row_order=False),
)


def valid_answers():
    """The valid answers of nps_survey: wave, segment and score, as the notebook cleans them."""
    survey = data.load("nps_survey").drop_duplicates("resp_id")
    survey = survey[survey["note"].isna()]
    written = {"9,0": "9", "10 - zeer waarschijnlijk": "10"}
    survey["score"] = pd.to_numeric(survey["score"].replace(written))
    survey = survey[survey["score"].between(0, 10)]
    return survey[["wave", "segment", "score"]].astype({"score": int}).reset_index(drop=True)


def of_wave(wave):
    answers = valid_answers()
    return answers[answers["wave"] == wave].reset_index(drop=True)


few_answers = pd.DataFrame(
    {"segment": ["Kiosk"] * 5 + ["Webshop"] * 2, "score": [10, 9, 8, 3, 10, 6, 7]},
)
segment_nps.case(few_answers, shown="few_answers", name="the seven answers of few_answers")
segment_nps.case(of_wave("2024Q1"), shown="first_wave", name="the first wave")
segment_nps.case(of_wave("2024Q2"), shown="second_wave", name="the second wave")
segment_nps.case(few_answers.iloc[:0], shown="no_answers", name="a table without answers")


def survey_table(rng):
    """Answers of two to four segments of very different size, in a random order."""
    names = rng.choice(
        ["Market", "Online", "Winkel", "Partner", "Phone"], int(rng.integers(2, 5)), replace=False
    )
    sizes = rng.permutation([7, 25, 60, 110])[: len(names)]
    segment = rng.permutation(np.repeat(names, sizes)).tolist()
    return pd.DataFrame({"segment": segment, "score": rng.integers(0, 11, len(segment))})


def half_of_a_wave(rng):
    answers = of_wave("2024Q2")
    return answers.iloc[rng.permutation(len(answers))[:200]].reset_index(drop=True)


segment_nps.hidden(survey_table, n=6, name="random answers from two to four segments")
segment_nps.hidden(half_of_a_wave, n=3, name="half of the second wave, in another order")
segment_nps.hidden_case(pd.DataFrame({"segment": ["Winkel"], "score": [10]}), name="one single answer")


def in_points(scores, promoter_from=9, detractor_to=6):
    return 100 * (scores >= promoter_from).astype(int) - 100 * (scores <= detractor_to).astype(int)


def by_segment(table, score_of):
    """One number per segment and one for all answers, by the same rule; None without answers."""
    if len(table) == 0:
        return None
    found = {name: score_of(part) for name, part in table["score"].groupby(table["segment"])}
    found["total"] = score_of(table["score"])
    return pd.Series(found)


@segment_nps.alternative
def with_groupby(table):
    if table.empty:
        return None
    points = in_points(table["score"])
    result = points.groupby(table["segment"]).mean()
    result["total"] = points.mean()
    return result


@segment_nps.alternative
def weighted_by_size(table):
    if len(table) == 0:
        return None
    groups = in_points(table["score"]).groupby(table["segment"])
    total = (groups.mean() * groups.size()).sum() / len(table)
    return pd.concat([pd.Series({"total": total}), groups.mean()])


@segment_nps.alternative
def with_a_loop(table):
    if len(table) == 0:
        return None
    result = {}
    for name in [*table["segment"].unique(), "total"]:
        scores = table["score"] if name == "total" else table["score"][table["segment"] == name]
        result[name] = 100 * ((scores > 8).sum() - (scores < 7).sum()) / len(scores)
    return pd.Series(result)


@segment_nps.misconception(
    "Are all segments equally big? A segment with more answers weighs more in the total."
)
def unweighted_mean(table):
    result = by_segment(table, lambda scores: in_points(scores).mean())
    if result is not None:
        result["total"] = result.drop("total").mean()
    return result


@segment_nps.misconception("Is the score of everybody the sum of the segments' scores?")
def sum_of_segments(table):
    result = by_segment(table, lambda scores: in_points(scores).mean())
    if result is not None:
        result["total"] = result.drop("total").sum()
    return result


@segment_nps.misconception("Whose answers does the score of a segment divide by: its own, or all?")
def divides_by_all(table):
    return by_segment(table, lambda scores: in_points(scores).sum() / len(table))


@segment_nps.misconception("Who is missing from the denominator?")
def passives_left_out(table):
    return by_segment(table, lambda scores: in_points(scores)[(scores < 7) | (scores > 8)].mean())


@segment_nps.misconception("Is an 8 a fan? Look again at where promoters start.")
def passives_are_promoters(table):
    return by_segment(table, lambda scores: in_points(scores, promoter_from=7).mean())


@segment_nps.misconception("Where does the lowest group end: is a 6 in it?")
def sixes_are_passives(table):
    return by_segment(table, lambda scores: in_points(scores, detractor_to=5).mean())


@segment_nps.misconception("Is a 9 a promoter in your code? Compare `>` with `>=`.")
def nines_are_passives(table):
    return by_segment(table, lambda scores: in_points(scores, promoter_from=10).mean())


@segment_nps.misconception("Do 9 and 6 belong to their groups? Compare `>` with `>=`, and `<` with `<=`.")
def both_ends_cut_off(table):
    return by_segment(table, lambda scores: in_points(scores, 10, 5).mean())


@segment_nps.misconception("And the critics? Promoters are only one half of the balance.")
def promoters_only(table):
    return by_segment(table, lambda scores: 100 * (scores > 8).mean())


@segment_nps.misconception("The NPS is not an average mark. Which three groups does it need?")
def average_mark(table):
    return by_segment(table, lambda scores: scores.mean())


@segment_nps.misconception("What sign should a loved brand get?")
def sign_turned(table):
    return by_segment(table, lambda scores: -in_points(scores).mean())


@segment_nps.misconception("Points, or a share of one?")
def share_of_one(table):
    return by_segment(table, lambda scores: in_points(scores).mean() / 100)


@segment_nps.misconception("Where is the score of everybody together?")
def total_forgotten(table):
    result = by_segment(table, lambda scores: in_points(scores).mean())
    return None if result is None else result.drop("total")


@segment_nps.misconception("Which segments does this table have? Take their names from the table itself.")
def knows_two_names(table):
    if len(table) == 0:
        return None
    online, winkel = (table[table["segment"] == name]["score"] for name in ("Online", "Winkel"))
    parts = {"Online": online, "Winkel": winkel, "total": table["score"]}
    return pd.Series({name: in_points(scores).mean() for name, scores in parts.items()})


@segment_nps.misconception("You have all segments of one table. Does another table have other names?")
def knows_the_names_of_the_example(table):
    if len(table) == 0:
        return None
    kiosk, webshop = (table[table["segment"] == name]["score"] for name in ("Kiosk", "Webshop"))
    parts = {"Kiosk": kiosk, "Webshop": webshop, "total": table["score"]}
    return pd.Series({name: in_points(scores).mean() for name, scores in parts.items()})


@segment_nps.misconception("`len` counts every row, true or false. Which command adds up only what is true?")
def length_of_true_and_false(table):
    return by_segment(table, lambda scores: 100 * (len(scores >= 9) - len(scores <= 6)) / len(scores))


@segment_nps.misconception("Where does your function stop: inside the loop or after it? Look at the indent.")
def return_inside_the_loop(table):
    scores = {}
    for name in table["segment"].unique():
        scores[name] = in_points(table[table["segment"] == name]["score"]).mean()
        return pd.Series(scores)


@segment_nps.misconception("Between quotes, `name` is a word, always the same. What is it without quotes?")
def name_in_quotes(table):
    if len(table) == 0:
        return None
    scores = {}
    for name in table["segment"].unique():
        scores["name"] = in_points(table[table["segment"] == name]["score"]).mean()
    scores["total"] = in_points(table["score"]).mean()
    return pd.Series(scores)


@segment_nps.misconception("You subtract one count from another. Is every segment in both of them?")
def two_counts_subtracted(table):
    if len(table) == 0:
        return None
    promoters = table[table["score"] >= 9].groupby("segment").size()
    detractors = table[table["score"] <= 6].groupby("segment").size()
    result = 100 * (promoters - detractors) / table.groupby("segment").size()
    result["total"] = in_points(table["score"]).mean()
    return result


@segment_nps.misconception("The numbers have their names. Which pandas object does the task ask for?")
def dictionary_for_series(table):
    found = by_segment(table, lambda scores: in_points(scores).mean())
    return None if found is None else found.to_dict()


@segment_nps.misconception("Round last, or leave it to the reader.")
def whole_points(table):
    return by_segment(table, lambda scores: round(in_points(scores).mean()))


@segment_nps.misconception("Can a survey without answers have a score, even an empty one?")
def empty_without_none(table):
    points = in_points(table["score"])
    result = points.groupby(table["segment"]).mean()
    result["total"] = points.mean()
    return result


why_total_fell = exercise(
    "why_total_fell",
    points=1,
    choice="why_total_fell",
    title="Up, up, down",
    options={
        "a": "Recalculate one wave by hand. Do the segments add up to the total if you weigh them?",
        "b": "Look at the two segments again: in which direction did each of them move?",
        "c": "",
        "d": "This mean gives both segments the same weight. Are they equally big?",
        "e": "Both waves follow the same rules. What else differs between them, apart from the scores?",
    },
)

# Polarisation

polarisation = exercise(
    "polarisation", points=3, call="polarisation", title="Polarisation", answer="between 0 and 1"
)
# The first answer has four decimals, so that a rounded one is seen, and is no misconception's answer.
polarisation.case(0.6, 0.25)
polarisation.case(0.45, 0.45)
polarisation.case(0.5, 0.5)
polarisation.case(0.7, 0.5)
polarisation.case(-0.1, 0.4)


def possible_shares(rng):
    if rng.random() < 0.3:
        return (1.0, 0.0) if rng.random() < 0.5 else (0.0, 0.0)
    promoters = round(float(rng.uniform(0.1, 0.6)), 2)
    return promoters, round(float(rng.uniform(0.02, 0.85 - promoters)), 2)


polarisation.hidden(possible_shares, n=10, name="random brands, some on which all agree")
polarisation.hidden_case(0.75, 0.25, name="another brand without passives")
polarisation.hidden_case(0.4, -0.1, name="a share of detractors below 0")


@polarisation.alternative
def the_formula(p, d):
    if p < 0 or d < 0 or p + d > 1:
        return None
    return p + d - (p - d) ** 2


@polarisation.alternative
def weighted_answers(p, d):
    if min(p, d, 1 - p - d) < 0:
        return None
    answers, weights = np.array([1, 0, -1]), [p, 1 - p - d, d]
    mean = np.average(answers, weights=weights)
    return np.average((answers - mean) ** 2, weights=weights)


@polarisation.alternative
def with_the_shared_part(p, d):
    if p < 0 or d < 0 or p + d > 1:
        return None
    return p * (1 - p) + d * (1 - d) + 2 * p * d


def where_possible(p, d, rule):
    return None if min(p, d) < 0 or p + d > 1 else rule(p, d)


@polarisation.misconception("That is the mean of the squares. What is still to be taken away?")
def mean_of_squares(p, d):
    return where_possible(p, d, lambda p, d: p + d)


@polarisation.misconception(
    "Two brands with the same balance must be able to differ here. Which mean is missing?"
)
def square_of_mean(p, d):
    return where_possible(p, d, lambda p, d: (p - d) ** 2)


@polarisation.misconception(
    "That is the balance itself, the NPS as a share. How far do people stand from it?"
)
def the_balance(p, d):
    return where_possible(p, d, lambda p, d: p - d)


@polarisation.misconception(
    "One person cannot be promoter and detractor at once. What is the square of p - d?"
)
def as_if_independent(p, d):
    return where_possible(p, d, lambda p, d: p * (1 - p) + d * (1 - d))


@polarisation.misconception("What is the square of a passive's answer? Not everybody counts 1.")
def passives_count_one(p, d):
    return where_possible(p, d, lambda p, d: 1 - (p - d) ** 2)


@polarisation.misconception("Is the mean itself taken away, or its square?")
def mean_not_squared(p, d):
    return where_possible(p, d, lambda p, d: p + d - (p - d))


@polarisation.misconception("The two parts are compared, not added up. What happens when all people agree?")
def adds_the_square(p, d):
    return where_possible(p, d, lambda p, d: p + d + (p - d) ** 2)


@polarisation.misconception("Python squares before it subtracts. Where do brackets belong?")
def brackets_forgotten(p, d):
    return where_possible(p, d, lambda p, d: p + d - p - d**2)


@polarisation.misconception("You squared the sum of p and d. Which mean belongs under the square?")
def sum_squared(p, d):
    return where_possible(p, d, lambda p, d: (p + d) - (p + d) ** 2)


@polarisation.misconception(
    "For the mean of the squares, what is squared: the shares, or the answers 1, 0, -1?"
)
def shares_squared(p, d):
    return where_possible(p, d, lambda p, d: p * p + d * d - (p - d) ** 2)


@polarisation.misconception("Is a square the number times 2, or the number times itself?")
def doubled_for_squared(p, d):
    return where_possible(p, d, lambda p, d: p + d - 2 * (p - d))


@polarisation.misconception("The arguments are shares already. Do they have to be divided again?")
def divided_by_100(p, d):
    return where_possible(p, d, lambda p, d: (p + d) / 100 - ((p - d) / 100) ** 2)


@polarisation.misconception("The root gives the standard deviation. Which one is asked for?")
def standard_deviation(p, d):
    return where_possible(p, d, lambda p, d: math.sqrt(p + d - (p - d) ** 2))


@polarisation.misconception("Are the arguments shares or percentages? And the answer?")
def in_per_cent(p, d):
    return where_possible(p, d, lambda p, d: 100 * (p + d - (p - d) ** 2))


@polarisation.misconception("Can 70 % love a brand while 50 % hate it? Ask first whether such shares exist.")
def impossible_shares(p, d):
    return p + d - (p - d) ** 2


@polarisation.misconception("Can a share be below 0? The task names more than one impossible case.")
def negative_shares(p, d):
    return None if p + d > 1 else p + d - (p - d) ** 2


@polarisation.misconception("Half love it and half hate it: can such a brand exist? Compare `>` with `>=`.")
def no_passives_impossible(p, d):
    return None if min(p, d) < 0 or p + d >= 1 else p + d - (p - d) ** 2


@polarisation.misconception("Both shares are possible alone. Are they possible together?")
def sum_not_tested(p, d):
    return None if min(p, d) < 0 or max(p, d) > 1 else p + d - (p - d) ** 2


# Two brands in one picture

draw_brands = exercise(
    "draw_brands",
    points=3,
    call="draw_brands",
    title="Two brands, one picture",
    compare=Comparison(
        words={
            "title": ("NPS", "net promoter score"),
            "xlabel": ("score", "answer"),
            "ylabel": ("%", "per cent", "percent"),
        },
        data=True,
    ),
)
brand_a = [10, 5, 5, 5, 5, 5, 10, 4, 6, 15, 30]
brand_b = [0, 0, 0, 1, 2, 3, 4, 35, 45, 7, 3]
draw_brands.case(brand_a, brand_b, shown="brand_a, brand_b")
draw_brands.case([0] * 10 + [100], [50] + [0] * 9 + [50], shown="all_love, half_and_half")


def two_brands(rng):
    return tuple(rng.multinomial(100, rng.dirichlet(np.ones(11))).tolist() for _ in range(2))


draw_brands.hidden(two_brands, n=2, name="random pairs of brands")


def drawn(lines, title="Same NPS, other customers", xlabel="score", ylabel="customers (%)"):
    """Some lines, each a pair of x and y, under labels that can be left out; not an answer itself."""
    _, ax = plt.subplots()
    for x, y in lines:
        ax.plot(x, y, marker="o")
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
    return ax


@draw_brands.alternative
def with_pandas(first, second):
    ax = pd.DataFrame({"A": first, "B": second}).plot(style=["o-", "s--"])
    ax.set_title("Equal NPS or not: who stands behind it")
    ax.set_xlabel("Score from 0 to 10")
    ax.set_ylabel("Share of customers in per cent")
    return ax


@draw_brands.alternative
def through_pyplot(first, second):
    figure = plt.figure()
    plt.plot(range(11), second, "s--", color="#E69F00")
    plt.plot(range(11), first, "o-", color="#0072B2")
    plt.title("The NPS hides the spread")
    plt.xlabel("answer (score)")
    plt.ylabel("% of customers")
    return figure


@draw_brands.misconception("Where is the second brand? A comparison needs both.")
def one_brand(first, second):
    return drawn([(range(11), first)])


@draw_brands.misconception("Does your function draw the brands it is given? Use the names in its brackets.")
def always_the_same_two(first, second):
    return drawn([(range(11), brand_a), (range(11), brand_b)])


@draw_brands.misconception("`plot` takes first the places on the x axis. Are these the answers of a brand?")
def one_brand_against_the_other(first, second):
    return drawn([(first, second)])


@draw_brands.misconception("A name after `ax.` does not exist. Compare each with the example in the task.")
def name_of_pyplot_on_ax(first, second):
    _, ax = plt.subplots()
    ax.plot(range(11), first)
    ax.plot(range(11), second)
    ax.xlabel("score")  # type: ignore[attr-defined]
    return ax


@draw_brands.misconception("Where does the scale of answers begin: at 0 or at 1?")
def scale_from_one(first, second):
    return drawn([(range(1, 12), first), (range(1, 12), second)])


@draw_brands.misconception("On which axis did the task ask for the percentages?")
def axes_exchanged(first, second):
    return drawn([(first, range(11)), (second, range(11))])


@draw_brands.misconception("The axis says per cent. Which values did you draw?")
def shares_under_a_per_cent_sign(first, second):
    return drawn([(range(11), [share / 100 for share in brand]) for brand in (first, second)])


@draw_brands.misconception("You drew the difference of the brands. What can the reader no longer see?")
def difference_only(first, second):
    return drawn([(range(11), [a - b for a, b in zip(first, second, strict=True)])])


@draw_brands.misconception("Three groups hide most of the answers. Draw a point for each score.")
def three_groups(first, second):
    return drawn([(range(3), [sum(brand[:7]), sum(brand[7:9]), sum(brand[9:])]) for brand in (first, second)])


@draw_brands.misconception("Your lines never fall: did you add up the scores below?")
def added_up(first, second):
    return drawn([(range(11), np.cumsum(brand)) for brand in (first, second)])


@draw_brands.misconception("Bars of two brands cover each other. The task asks for one line per brand.")
def bars_for_lines(first, second):
    _, ax = plt.subplots()
    ax.bar(range(11), first)
    ax.bar(range(11), second)
    ax.set(title="Same NPS, other customers", xlabel="score", ylabel="customers (%)")
    return ax


@draw_brands.misconception(
    "Two pairs of axes are hard to compare. Can both lines share the one that the first line makes?"
)
def two_pictures(first, second):
    figure, axes = plt.subplots(1, 2)
    for ax, brand in zip(axes, (first, second), strict=True):
        ax.plot(range(11), brand)
        ax.set(title="NPS", xlabel="score", ylabel="customers (%)")
    return figure


@draw_brands.misconception("45 what? The label of the y axis needs the unit.")
def no_unit(first, second):
    return drawn([(range(11), first), (range(11), second)], ylabel="customers")


@draw_brands.misconception("What should the reader of your picture notice? Say it in the title.")
def no_title(first, second):
    return drawn([(range(11), first), (range(11), second)], title="")


@draw_brands.misconception("A word is missing in your title. Which word does the task ask for there?")
def title_without_the_word(first, second):
    return drawn([(range(11), first), (range(11), second)], title="Two brands")


@draw_brands.misconception("Does the label of your x axis contain `score` or `answer`, as the task asks?")
def other_word_under_the_axis(first, second):
    return drawn([(range(11), first), (range(11), second)], xlabel="0 to 10")


@draw_brands.misconception("What do the numbers from 0 to 10 stand for? Name it under the axis.")
def no_name_under_the_axis(first, second):
    return drawn([(range(11), first), (range(11), second)], xlabel="")


same_score = exercise(
    "same_score",
    points=1,
    choice="same_score",
    title="Same score, same brand",
    options={
        "a": "Draw both brands: where do the customers of each of them stand?",
        "b": "Fewer detractors, and how many promoters? The score counts both.",
        "c": "The brand with more polarisation: does its score have the wider or the narrower interval?",
        "d": "",
    },
)

# Advocacy in words

true_claims = exercise(
    "true_claims",
    points=2,
    choice="true_claims",
    title="True claims about advocacy",
    options={
        "a": "Claim a: did Anna start by herself, or did something come first?",
        "b": "Claim b: a prompt need not be a question. What made Ben speak?",
        "c": "Claim c: is staying with a brand the same as speaking for it?",
        "d": "Claim d: what does the difference of two shares hide?",
        "e": "Claim e: the published result has two sides. What happened to performance, and to risk?",
        "f": "Claim f: does the question ask what people did, or what they would do?",
    },
)
