"""Cases, usual mistakes and other right answers of "From vertical to horizontal" (module M03).

Data sets: market_share_long (one channel at a time) and trust. A game is two tables of payoffs, lists of
rows: first those of the row player, then those of the column player.
"""

import itertools
import math
from itertools import permutations

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

# 1 Concentration: the Herfindahl-Hirschman index

hhi = exercise("hhi", points=2, call="hhi", title="The HHI", answer="the HHI on the scale asked for")
hhi.case([6, 3, 1])
hhi.case([50, 30, 10, 10])
hhi.case([50, 30, 10, 10], 1)
hhi.case([2, 1])
hhi.case([0, 0])


def counts_of_firms(rng):
    return rng.integers(0, 400, int(rng.integers(3, 9))).tolist()


hhi.hidden(lambda rng: counts_of_firms(rng), n=8, name="random markets, in units sold")
hhi.hidden(lambda rng: (rng.uniform(1, 9, 5).tolist(), 1), n=5, name="random markets on a scale from 0 to 1")
hhi.hidden_case([25.0], name="a monopoly")
hhi.hidden_case([], name="an empty list")


@hhi.alternative
def shares_first(shares, scale=10000):
    total = sum(shares)
    if not total:
        return None
    index = 0
    for share in shares:
        index += (share / total) ** 2
    return index * scale


@hhi.alternative
def with_numpy_arrays(shares, scale=10000):
    units = np.array(shares, dtype=float)
    if units.sum() == 0:
        return None
    return float((units**2).sum() / units.sum() ** 2 * scale)


@hhi.alternative
def total_squared_once(shares, scale=10000):
    if sum(shares) == 0:
        return None
    return scale * sum(x * x for x in shares) / sum(shares) ** 2


def shares_of(units):
    """Shares of one; None when nobody sold anything."""
    return [x / sum(units) for x in units] if sum(units) else None


def of_shares(units, rule):
    """What a rule makes of the shares of a market; None when nobody sold anything."""
    found = shares_of(units)
    return None if found is None else rule(found)


@hhi.misconception("Do your numbers add up to 1 before you square them? By what must each be divided?")
def not_normalised(shares, scale=10000):
    return scale * sum(x**2 for x in shares) if sum(shares) else None


@hhi.misconception("Are these numbers per cent, in every call? Divide each by their sum first.")
def squares_only(shares, scale=10000):
    return sum(x**2 for x in shares) if sum(shares) else None


@hhi.misconception("Dividing by 100 helps only if the numbers add up to 100. What do they add up to?")
def always_per_cent(shares, scale=10000):
    return scale * sum((x / 100) ** 2 for x in shares) if sum(shares) else None


@hhi.misconception("Per cent are squared here. Which number stands for a monopoly on this scale?")
def share_of_one(shares, scale=10000):
    return of_shares(shares, lambda found: sum(s**2 for s in found))


@hhi.misconception("What is 100 per cent, squared?")
def per_cent_not_squared(shares, scale=10000):
    return of_shares(shares, lambda found: scale / 100 * sum(s**2 for s in found))


@hhi.misconception("What does the second argument change? Use `scale`, not a fixed number.")
def scale_is_fixed(shares, scale=10000):
    return of_shares(shares, lambda found: 10000 * sum(s**2 for s in found))


@hhi.misconception("Is the square of the sum the sum of the squares? Square each share by itself.")
def square_of_the_sum(shares, scale=10000):
    return of_shares(shares, lambda found: scale * sum(found) ** 2)


@hhi.misconception("Is a square the number times 2, or the number times itself?")
def doubled(shares, scale=10000):
    return of_shares(shares, lambda found: scale * sum(2 * s for s in found))


@hhi.misconception("You looked at the largest firm. Do the others not count?")
def largest_only(shares, scale=10000):
    return of_shares(shares, lambda found: scale * max(found) ** 2)


@hhi.misconception("That is a market share. What happens to each share before they are added?")
def largest_share(shares, scale=10000):
    return of_shares(shares, lambda found: scale * max(found))


@hhi.misconception("The HHI is a sum. By what did you divide it?")
def mean_of_squares(shares, scale=10000):
    return of_shares(shares, lambda found: scale * sum(s**2 for s in found) / len(found))


@hhi.misconception("That is the number of equal firms, one divided by the index. What is the index itself?")
def effective_number(shares, scale=10000):
    return of_shares(shares, lambda found: 1 / sum(s**2 for s in found))


@hhi.misconception("Does the formula take a root at the end?")
def rooted(shares, scale=10000):
    return of_shares(shares, lambda found: scale * math.sqrt(sum(s**2 for s in found)))


@hhi.misconception("You rounded the shares before you squared them. Round last, or leave it to the reader.")
def rounded_shares(shares, scale=10000):
    return of_shares(shares, lambda found: scale * sum(round(s, 2) ** 2 for s in found))


@hhi.misconception("A whole number loses what stands behind the point. Leave out `int` and `round`.")
def whole_number(shares, scale=10000):
    return of_shares(shares, lambda found: int(scale * sum(s**2 for s in found)))


@hhi.misconception("Is an index of 0 true for a market in which nobody sold anything? Read the task again.")
def no_sales_zero(shares, scale=10000):
    return scale * sum(s**2 for s in shares_of(shares)) if sum(shares) else 0


@hhi.misconception("What do you divide by when nobody sold anything? Ask that first.")
def no_sales_forgotten(shares, scale=10000):
    return scale * sum((x / sum(shares)) ** 2 for x in shares)


# 2 Inequality: the Gini coefficient

gini = exercise(
    "gini", points=3, call="gini", title="The Gini coefficient", answer="a number from 0 to below 1"
)
gini.case([1, 2, 3, 4])
gini.case([0, 0, 0, 1])
gini.case([5, 5, 5])
gini.case([7, 1, 2, 1])
gini.case([0, 0])
gini.hidden(lambda rng: rng.integers(0, 90, int(rng.integers(4, 12))).tolist(), n=8, name="random sales")
some_zeros = itertools.cycle([True, False])


def zeros_or_equals(rng):
    """By turns: some titles that nobody bought, and titles that sell equally well."""
    if next(some_zeros):
        return [0] * int(rng.integers(2, 9)) + rng.integers(1, 50, 3).tolist()
    return [float(rng.integers(1, 50)) / 2] * int(rng.integers(2, 9))


gini.hidden(zeros_or_equals, n=8, name="titles that nobody bought, titles that sell equally well")
gini.hidden_case([], name="an empty list")


@gini.alternative
def mean_of_all_differences(values):
    n, total = len(values), sum(values)
    if total == 0:
        return None
    differences = sum(abs(a - b) for a in values for b in values)
    return differences / (2 * n * total)


@gini.alternative
def with_numpy_ranks(values):
    ordered = np.sort(np.asarray(values, dtype=float))
    if ordered.sum() == 0:
        return None
    n = len(ordered)
    ranks = np.arange(1, n + 1)
    return float(2 * (ranks * ordered).sum() / (n * ordered.sum()) - (n + 1) / n)


@gini.alternative
def with_the_area_under_the_lorenz_curve(values):
    total, n = sum(values), len(values)
    if not total:
        return None
    weighted, below = 0, 0
    for value in sorted(values):
        below += value
        weighted += 2 * below - value
    return 1 - weighted / (n * total)


def gini_by(values, ranked, rule=lambda weighted, n, total: 2 * weighted / (n * total) - (n + 1) / n):
    """What a student gets who goes wrong in one step only; not an answer itself."""
    n, total = len(values), sum(values)
    if total == 0:
        return None
    return rule(sum(rank * value for rank, value in ranked), n, total)


@gini.misconception("Order matters: which value must be number 1?")
def not_sorted(values):
    return gini_by(values, enumerate(values, start=1))


@gini.misconception("Can inequality be below zero? Look at which end you started to number the values.")
def largest_first(values):
    return gini_by(values, enumerate(sorted(values, reverse=True), start=1))


@gini.misconception("Which definition is asked for? Compare the last part of the formula with yours.")
def small_sample_version(values):
    if len(values) < 2:
        return None
    return gini_by(
        values,
        enumerate(sorted(values), start=1),
        lambda weighted, n, total: (2 * weighted / (n * total) - (n + 1) / n) * n / (n - 1),
    )


@gini.misconception("With which number does `enumerate` begin, and with which one does the formula?")
def ranks_from_zero(values):
    return gini_by(values, enumerate(sorted(values)))


@gini.misconception("What must be taken away so that equal values give 0?")
def last_part_forgotten(values):
    return gini_by(
        values, enumerate(sorted(values), start=1), lambda weighted, n, total: 2 * weighted / (n * total)
    )


@gini.misconception("Equal values must give 0. Which factor stands in front of the sum?")
def two_forgotten(values):
    return gini_by(
        values,
        enumerate(sorted(values), start=1),
        lambda weighted, n, total: weighted / (n * total) - (n + 1) / n,
    )


@gini.misconception("Is it n + 1 or n - 1 in the last part? Try three equal values.")
def minus_for_plus(values):
    return gini_by(
        values,
        enumerate(sorted(values), start=1),
        lambda weighted, n, total: 2 * weighted / (n * total) - (n - 1) / n,
    )


@gini.misconception("Both n and the sum stand below the line. Where do brackets belong?")
def divides_then_multiplies(values):
    return gini_by(
        values,
        enumerate(sorted(values), start=1),
        lambda weighted, n, total: 2 * weighted / n * total - (n + 1) / n,
    )


@gini.misconception("Python divides before it adds: which part of (n + 1)/n needs brackets?")
def brackets_forgotten(values):
    return gini_by(
        values,
        enumerate(sorted(values), start=1),
        lambda weighted, n, total: 2 * weighted / (n * total) - n + 1 / n,
    )


@gini.misconception("That measures equality: it is largest when all have the same. What is asked for?")
def equality(values):
    found = gini_by(values, enumerate(sorted(values), start=1))
    return None if found is None else 1 - found


@gini.misconception("Your sum holds the last product only. Does each round of the loop add, or start again?")
def last_product_only(values):
    return gini_by(values, list(enumerate(sorted(values), start=1))[-1:])


@gini.misconception("The loop ended after one value. Does `return` stand inside it, indented too far?")
def returned_in_the_first_round(values):
    return gini_by(values, list(enumerate(sorted(values), start=1))[:1])


@gini.misconception("The Gini coefficient stays below 1. Is a factor 100 left in yours?")
def in_per_cent(values):
    found = gini_by(values, enumerate(sorted(values), start=1))
    return None if found is None else 100 * found


@gini.misconception("You left out the zeros. Is a title that nobody buys not part of the inequality?")
def without_zeros(values):
    sold = [value for value in values if value > 0]
    return gini_by(sold, enumerate(sorted(sold), start=1))


@gini.misconception("`max` knows one value only. Every value and its rank count in a Gini coefficient.")
def share_of_the_largest(values):
    return max(values) / sum(values) if sum(values) else None


@gini.misconception("If nobody has anything, is that perfect equality, or no answer? Read the task again.")
def nothing_is_equal(values):
    found = gini_by(values, enumerate(sorted(values), start=1))
    return 0.0 if found is None else found


@gini.misconception("What do you divide by when all values are 0? Ask that before the formula.")
def nothing_forgotten(values):
    n = len(values)
    weighted = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return 2 * weighted / (n * sum(values)) - (n + 1) / n


# 3 Clean titles, net units

units_by_title = exercise(
    "units_by_title",
    points=3,
    call="units_by_title",
    title="One row for each title",
    answer="the net units of each title",
    compare=Comparison(row_order=False),
)


def channel(name):
    """The rows of one channel of market_share_long, numbered from 0."""
    sales = data.load("market_share_long")
    return sales[sales["channel"] == name][["title", "units"]].reset_index(drop=True)


few_rows = pd.DataFrame(
    {
        "title": ["Blauwe Haven", "blauwe haven", "Rode Tuin", "RODE TUIN ", "Oude Toren", "Oude Toren"],
        "units": [30, 12, 8, 5, 20, -3],
    }
)
units_by_title.case(few_rows, shown="few_rows", name="the six rows of few_rows")
units_by_title.case(channel("shelf"), shown="shelf", name="the shelf")
units_by_title.case(channel("web"), shown="web", name="the web shop")


def some_rows(rng):
    """Rows of four titles in a random order, each title in several spellings, some of them returns."""
    names = ["Stille Brief", "Wilde Kust", "Verre Zomer", "Lange Winter"]
    rows = []
    for name in names:
        for spell in (str, str.upper, str.lower, lambda text: f" {text} "):
            if rng.random() < 0.7:
                rows.append((spell(name), int(rng.integers(5, 60))))
        rows.append((name, 80))
        if rng.random() < 0.6:
            rows.append((name, -int(rng.integers(1, 9))))
    rows = [rows[place] for place in rng.permutation(len(rows))]
    return pd.DataFrame(rows, columns=["title", "units"])


units_by_title.hidden(some_rows, n=6, name="random rows with several spellings and returns")
units_by_title.hidden_case(channel("web_reco"), name="the web shop with recommendations")
units_by_title.hidden_case(few_rows.iloc[:0], name="a table without rows")


@units_by_title.alternative
def with_a_new_column(sales):
    clean = sales.copy()
    clean["title"] = clean["title"].str.lower().str.strip()
    return clean.groupby("title")["units"].sum()


@units_by_title.alternative
def with_a_dictionary(sales):
    units = {}
    for title, sold in zip(sales["title"], sales["units"], strict=True):
        name = title.lower().strip()
        units[name] = units.get(name, 0) + sold
    return pd.Series(units)


@units_by_title.alternative
def sorted_by_units(sales):
    names = [title.strip().lower() for title in sales["title"]]
    return sales["units"].groupby(np.array(names, dtype=object)).sum().sort_values(ascending=False)


def added(title, units):
    return units.groupby(title).sum()


def clean(title):
    return title.str.strip().str.lower()


@units_by_title.misconception("Is `Rode Tuin` another book than `RODE TUIN`? Clean the titles first.")
def titles_as_typed(sales):
    return added(sales["title"], sales["units"])


@units_by_title.misconception("A space at the end cannot be seen, but Python sees it. What removes it?")
def spaces_kept(sales):
    return added(sales["title"].str.lower(), sales["units"])


@units_by_title.misconception("The spaces are gone. What about capitals and small letters?")
def capitals_kept(sales):
    return added(sales["title"].str.strip(), sales["units"])


@units_by_title.misconception("The titles are clean. Does the task ask for small letters, or for capitals?")
def first_letters_large(sales):
    return added(sales["title"].str.strip().str.title(), sales["units"])


@units_by_title.misconception("The words of a title keep the space between them. Which spaces must go?")
def no_space_at_all(sales):
    return added(sales["title"].str.lower().str.replace(" ", ""), sales["units"])


@units_by_title.misconception(
    "A second row of a title is no copy: it holds other books. Keep it, and add it."
)
def second_rows_dropped(sales):
    first = sales.drop_duplicates("title")
    return added(clean(first["title"]), first["units"])


@units_by_title.misconception("Units below zero are returns. Was a book that came back sold in the end?")
def returns_dropped(sales):
    sold = sales[sales["units"] >= 0]
    return added(clean(sold["title"]), sold["units"])


@units_by_title.misconception("A minus is no typing error here: the book came back. Keep the sign.")
def returns_as_sales(sales):
    return added(clean(sales["title"]), sales["units"].abs())


@units_by_title.misconception("You counted rows. How many books does a row stand for?")
def rows_counted(sales):
    return sales["units"].groupby(clean(sales["title"])).size()


@units_by_title.misconception("Two rows of one title: does the shop sell their mean, or both?")
def mean_of_rows(sales):
    return sales["units"].groupby(clean(sales["title"])).mean()


@units_by_title.misconception("You kept one row of each title. What happened to the units of the others?")
def one_row_kept(sales):
    title = clean(sales["title"])
    return added(title[~title.duplicated()], sales["units"][~title.duplicated()])


@units_by_title.misconception(
    "You kept the best row of each title. What happened to the units of the others?"
)
def largest_row(sales):
    return sales["units"].groupby(clean(sales["title"])).max()


@units_by_title.misconception("That is the sum of all titles. Which sums are asked for?")
def one_total(sales):
    return int(sales["units"].sum())


# 4 The share of the top

top_share = exercise(
    "top_share", points=3, call="top_share", title="The share of the top", answer="a share from 0 to 1"
)
top_share.case([3, 90, 4, 1, 2])
top_share.case([1 / rank for rank in range(1, 101)], shown="zipf_100")
top_share.case([8, 5, 4, 3, 2, 2, 1], 0.4)
top_share.case([6, 5, 4, 3, 2, 1], 0.3)
top_share.case([6, 3, 1], 0.1)
top_share.case([0, 0, 0])


def sales_and_part(rng):
    """Sales in a random order and a part that is never halfway between two numbers of titles."""
    n = int(rng.integers(7, 40))
    parts = [part for part in (0.1, 0.15, 0.2, 0.25, 0.33, 0.4) if abs(part * n % 1 - 0.5) > 0.02]
    return rng.integers(0, 500, n).tolist(), float(rng.choice(parts))


def net_units(name):
    sales = channel(name)
    return added(clean(sales["title"]), sales["units"]).tolist()


top_share.hidden(sales_and_part, n=8, name="random sales, another part each time")
top_share.hidden_case(net_units("web"), 0.05, name="the web shop, top 5 %")
top_share.hidden_case([5, 4, 3, 2], 1, name="all titles are the top")
top_share.hidden_case([], name="an empty list")


@top_share.alternative
def from_the_end(units, part=0.2):
    total = sum(units)
    if total == 0:
        return None
    count = max(1, round(part * len(units)))
    return sum(sorted(units)[-count:]) / total


@top_share.alternative
def with_nlargest(units, part=0.2):
    sold = pd.Series(units, dtype=float)
    if sold.sum() == 0:
        return None
    return float(sold.nlargest(max(1, round(part * len(sold)))).sum() / sold.sum())


@top_share.alternative
def with_a_loop(units, part=0.2):
    if not any(units):
        return None
    rest, top = list(units), 0
    for _ in range(max(1, round(part * len(units)))):
        rest.remove(max(rest))
    top = sum(units) - sum(rest)
    return top / sum(units)


def of_the_top(units, count, ordered=None):
    """Share of the first `count` of the ordered units; None when nothing was sold."""
    if sum(units) == 0:
        return None
    ordered = sorted(units, reverse=True) if ordered is None else ordered
    return sum(ordered[:count]) / sum(units)


@top_share.misconception("Top or bottom? Look at which end `sorted` puts the smallest.")
def the_bottom(units, part=0.2):
    return of_the_top(units, max(1, round(part * len(units))), sorted(units))


@top_share.misconception("Are the first titles of the list the best-selling ones?")
def first_of_the_list(units, part=0.2):
    return of_the_top(units, max(1, round(part * len(units))), list(units))


@top_share.misconception("That is what all the others sell. Which part is asked for?")
def the_tail(units, part=0.2):
    found = of_the_top(units, max(1, round(part * len(units))))
    return None if found is None else 1 - found


@top_share.misconception("That is a number of books. Which share of all books is it?")
def units_for_share(units, part=0.2):
    if sum(units) == 0:
        return None
    return sum(sorted(units, reverse=True)[: max(1, round(part * len(units)))])


@top_share.misconception("A share lies between 0 and 1. Is a factor 100 left in yours?")
def share_in_per_cent(units, part=0.2):
    found = of_the_top(units, max(1, round(part * len(units))))
    return None if found is None else 100 * found


@top_share.misconception("`int` cuts the decimals off. How does the task make a whole number of titles?")
def cut_off_count(units, part=0.2):
    return of_the_top(units, max(1, int(part * len(units))))


@top_share.misconception("Do you always go up to the next whole number? How does the task round?")
def rounded_up_count(units, part=0.2):
    return of_the_top(units, math.ceil(part * len(units)))


@top_share.misconception("What does the second argument change? Use `part`, not a fixed number.")
def part_is_fixed(units, part=0.2):
    return of_the_top(units, max(1, round(0.2 * len(units))))


@top_share.misconception("Is a part of 0.2 twenty titles, or twenty of every hundred?")
def part_as_a_number(units, part=0.2):
    return of_the_top(units, round(100 * part))


@top_share.misconception("You take the best title only. How many titles belong to the top?")
def best_title(units, part=0.2):
    return of_the_top(units, 1)


@top_share.misconception("The top is empty in one of your calls. How many titles does it hold at least?")
def empty_top(units, part=0.2):
    return of_the_top(units, round(part * len(units)))


@top_share.misconception("Did the largest one fall out? A slice `[a:b]` begins at `a`, and counting at 0.")
def slice_from_one(units, part=0.2):
    return of_the_top(units, max(1, round(part * len(units))), sorted(units, reverse=True)[1:])


@top_share.misconception(
    "You took the mean of the top, not their sum. What is the share of all of them together?"
)
def mean_of_the_top(units, part=0.2):
    count = max(1, round(part * len(units)))
    found = of_the_top(units, count)
    return None if found is None else found / count


@top_share.misconception("What is a share of nothing? Read the task again.")
def share_of_nothing(units, part=0.2):
    found = of_the_top(units, max(1, round(part * len(units))))
    return 0.0 if found is None else found


@top_share.misconception("What do you divide by when nobody bought anything? Ask that first.")
def nothing_sold_forgotten(units, part=0.2):
    return sum(sorted(units, reverse=True)[: max(1, round(part * len(units)))]) / sum(units)


# 5 Equilibria of a game

nash_pure = exercise(
    "nash_pure",
    points=3,
    call="nash_pure",
    title="Equilibria",
    answer="the list of cells",
)
dilemma = ([[8, 2], [9, 4]], [[8, 9], [2, 4]])
stag_hunt = ([[8, 0], [5, 4]], [[8, 5], [0, 4]])
three_rows = ([[4, 1], [2, 3], [0, 5]], [[1, 2], [12, 3], [2, 6]])
pennies = ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
with_a_tie = ([[2, 5], [2, 1]], [[4, 4], [0, 3]])
nash_pure.case(*dilemma, shown="dilemma_A, dilemma_B", name="the prisoner's dilemma")
nash_pure.case(*stag_hunt, shown="stag_A, stag_B", name="the stag hunt")
nash_pure.case(*three_rows, shown="three_rows_A, three_rows_B", name="a game with three rows")
nash_pure.case(*pennies, shown="pennies_A, pennies_B", name="matching pennies")
nash_pure.case(*with_a_tie, shown="tie_A, tie_B", name="a game with equal payoffs")


def random_game(rows, columns):
    def draw(rng):
        return tuple(rng.integers(0, 20, (rows, columns)).tolist() for _ in range(2))

    return draw


nash_pure.hidden(random_game(2, 2), n=10, name="random games with two rows and two columns")
nash_pure.hidden(random_game(4, 3), n=6, name="random games with four rows and three columns")
nash_pure.hidden_case([[3, 3], [3, 3]], [[1, 1], [1, 1]], name="a game in which nothing matters")
nash_pure.hidden_case([[7]], [[7]], name="a game with one cell")


@nash_pure.alternative
def best_answers_in_sets(A, B):
    best_rows = {
        (row, column)
        for column in range(len(A[0]))
        for row in range(len(A))
        if A[row][column] == max(A[other][column] for other in range(len(A)))
    }
    best_columns = {
        (row, column) for row in range(len(B)) for column in range(len(B[0])) if B[row][column] == max(B[row])
    }
    return sorted(best_rows & best_columns)


@nash_pure.alternative
def with_masks(A, B):
    of_a, of_b = np.array(A), np.array(B)
    stable = (of_a == of_a.max(axis=0)) & (of_b == of_b.max(axis=1, keepdims=True))
    return [(int(row), int(column)) for row, column in zip(*np.nonzero(stable), strict=True)]


@nash_pure.alternative
def nobody_wants_to_leave(A, B):
    cells = []
    for column in range(len(A[0])):
        for row in range(len(A)):
            leaves = False
            for other in range(len(A)):
                if A[other][column] > A[row][column]:
                    leaves = True
            for other in range(len(A[0])):
                if B[row][other] > B[row][column]:
                    leaves = True
            if not leaves:
                cells.append([row, column])
    return sorted(cells)


def cells_where(A, rule):
    return [(row, column) for row in range(len(A)) for column in range(len(A[0])) if rule(row, column)]


def best_row(A, row, column):
    """Whether the row player cannot gain by another row."""
    return all(A[row][column] >= line[column] for line in A)


def best_column(B, row, column):
    """Whether the column player cannot gain by another column."""
    return B[row][column] >= max(B[row])


def equilibria(A, B):
    return cells_where(A, lambda row, column: best_row(A, row, column) and best_column(B, row, column))


@nash_pure.misconception("That cell is best for both together. Would one player change alone?")
def largest_sum(A, B):
    most = max(
        a + b for line_a, line_b in zip(A, B, strict=True) for a, b in zip(line_a, line_b, strict=True)
    )
    return cells_where(A, lambda row, column: A[row][column] + B[row][column] == most)


@nash_pure.misconception(
    "Nobody can gain there without loss for the other. But would one player change alone?"
)
def pareto(A, B):
    def better(row, column):
        a, b = A[row][column], B[row][column]
        cells = cells_where(A, lambda r, c: A[r][c] >= a and B[r][c] >= b and (A[r][c] > a or B[r][c] > b))
        return not cells

    return cells_where(A, better)


@nash_pure.misconception("Player A is content there. Is player B content too?")
def row_player_only(A, B):
    return cells_where(A, lambda row, column: best_row(A, row, column))


@nash_pure.misconception("Player B is content there. Is player A content too?")
def column_player_only(A, B):
    return cells_where(A, lambda row, column: best_column(B, row, column))


@nash_pure.misconception("One content player is enough in your code. How many must be content?")
def one_content_player(A, B):
    return cells_where(A, lambda row, column: best_row(A, row, column) or best_column(B, row, column))


@nash_pure.misconception(
    "Player A chooses a row. Which numbers of `A` belong to that choice: along a row, or down a column?"
)
def players_swapped(A, B):
    return cells_where(
        A,
        lambda row, column: (
            A[row][column] >= max(A[row]) and all(B[row][column] >= line[column] for line in B)
        ),
    )


@nash_pure.misconception("Player A can change the row only. Which numbers of `A` can he or she choose from?")
def a_looks_along_the_row(A, B):
    return cells_where(A, lambda row, column: A[row][column] == max(A[row]) and best_column(B, row, column))


@nash_pure.misconception("One pair is no list of pairs yet. What collects them, and what if there is none?")
def pair_for_list(A, B):
    for cell in equilibria(A, B):
        return cell
    return None


@nash_pure.misconception(
    "If another choice pays exactly the same, is that a reason to change? Compare `>` and `>=`."
)
def ties_lost(A, B):
    return cells_where(
        A,
        lambda row, column: (
            all(A[row][column] > A[r][column] for r in range(len(A)) if r != row)
            and all(B[row][column] > B[row][c] for c in range(len(A[0])) if c != column)
        ),
    )


@nash_pure.misconception("With which number does Python begin to count rows and columns?")
def counted_from_one(A, B):
    return [(row + 1, column + 1) for row, column in equilibria(A, B)]


@nash_pure.misconception("Which comes first in a cell, the row or the column?")
def column_first(A, B):
    return [(column, row) for row, column in equilibria(A, B)]


@nash_pure.misconception(
    "The loop ended after the first row. Does `return` stand inside it, indented too far?"
)
def returned_after_the_first_row(A, B):
    return [cell for cell in equilibria(A, B) if cell[0] == 0]


@nash_pure.misconception("Can a game have more than one equilibrium? Does your loop stop too early?")
def first_one_only(A, B):
    return equilibria(A, B)[:1]


@nash_pure.misconception("Those are the payoffs. In which cell do they stand?")
def payoffs_for_cells(A, B):
    return [(A[row][column], B[row][column]) for row, column in equilibria(A, B)]


@nash_pure.misconception(
    "Each player avoids the worst there. Is that the best answer to what the other one does?"
)
def avoids_the_worst(A, B):
    safe_row = max(min(line) for line in A)
    safe_column = max(min(line[column] for line in B) for column in range(len(B[0])))
    return cells_where(
        A,
        lambda row, column: min(A[row]) == safe_row and min(line[column] for line in B) == safe_column,
    )


@nash_pure.misconception("You look at two rows and two columns. How many does this game have?")
def two_by_two_only(A, B):
    cells = []
    for row in range(2):
        for column in range(2):
            content = A[row][column] >= A[1 - row][column] and B[row][column] >= B[row][1 - column]
            if content:
                cells.append((row, column))
    return cells


@nash_pure.misconception("A list of no cells is a list too. What does the task return if there is none?")
def none_for_no_cells(A, B):
    return equilibria(A, B) or None


# 6 Patience

critical_delta = exercise(
    "critical_delta", points=2, call="critical_delta", title="Patience", answer="a discount factor"
)
critical_delta.case(9, 8, 4)
critical_delta.case(5, 3, 1)
critical_delta.case(8, 9, 4)
critical_delta.case(9, 4, 4)


kinds_of_game = itertools.cycle(["dilemma", "dilemma", "equal"])


def three_payoffs(rng):
    """By turns two dilemmas and a game in which the temptation is as large as the reward."""
    punishment, reward, temptation = np.cumsum(rng.uniform(0.5, 6, 3)).round(2).tolist()
    return (reward if next(kinds_of_game) == "equal" else temptation), reward, punishment


critical_delta.hidden(three_payoffs, n=12, name="random dilemmas, and temptations as large as the reward")
critical_delta.hidden_case(10, 3, 5, name="a reward below the punishment")
critical_delta.hidden_case(4, 3, 5, name="a temptation below the punishment")


@critical_delta.alternative
def as_a_ratio_of_two_steps(T, R, P):
    if R <= P:
        return None
    if T <= R:
        return 0.0
    gain_now, loss_later = T - R, R - P
    return gain_now / (gain_now + loss_later)


@critical_delta.alternative
def cut_at_zero(T, R, P):
    if not R > P:
        return None
    return max(0.0, (T - R) / (T - P)) if T > R else 0


@critical_delta.alternative
def one_minus_the_rest(T, R, P):
    if P >= R:
        return None
    return 0.0 if R >= T else 1 - (R - P) / (T - P)


def with_edges(T, R, P, rule):
    """The rule where a threshold exists; the edge cases as the task tells them."""
    return None if R <= P else 0.0 if T <= R else rule(T, R, P)


@critical_delta.misconception(
    "The patience needed must be under 1 here. Which difference belongs below the line?"
)
def upside_down(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: (T - P) / (T - R))


@critical_delta.misconception(
    "That is how much a firm may discount. How much patience is left if you take it from 1?"
)
def the_rest(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: (R - P) / (T - P))


@critical_delta.misconception(
    "Gain against loss: that is delta / (1 - delta). Which difference is below the line?"
)
def gain_against_loss(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: (T - R) / (R - P))


@critical_delta.misconception(
    "What does a cheater fall back to? The punishment is missing from your fraction."
)
def punishment_forgotten(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: (T - R) / T)


@critical_delta.misconception("A discount factor is no amount of money. By what must the gain be divided?")
def gain_only(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: T - R)


@critical_delta.misconception("Python divides before it subtracts. Where do brackets belong?")
def no_brackets(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: T - R / T - P)


@critical_delta.misconception("Reward over temptation? The threshold compares differences of payoffs.")
def reward_over_temptation(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: R / T)


@critical_delta.misconception("A discount factor lies between 0 and 1. Is a factor 100 left in yours?")
def patience_in_per_cent(T, R, P):
    return with_edges(T, R, P, lambda T, R, P: 100 * (T - R) / (T - P))


@critical_delta.misconception("Can patience be below zero? What if nothing tempts a firm to hoard?")
def no_temptation_forgotten(T, R, P):
    return None if R <= P else (T - R) / (T - P)


@critical_delta.misconception("If nothing tempts, is patience impossible to name, or not needed at all?")
def no_temptation_none(T, R, P):
    return None if R <= P or T <= R else (T - R) / (T - P)


@critical_delta.misconception("If sharing pays no more than hoarding, can any patience save it?")
def no_reward_forgotten(T, R, P):
    return 0.0 if T <= R else (T - R) / (T - P)


# 7 Who adds how much

shapley = exercise(
    "shapley", points=3, call="shapley", title="Shapley values", answer="the value of each player"
)


def worth(v, group):
    """What a group can earn alone; nobody earns 0. The order of the letters does not matter."""
    return v.get("".join(sorted(group)), 0)


value_net = {"F": 10, "C": 0, "P": 0, "CF": 40, "FP": 20, "CP": 0, "CFP": 60}
three_shops = {"A": 6, "B": 12, "C": 18, "AB": 18, "AC": 24, "BC": 30, "ABC": 36}
map_net = {"A": 4, "B": 6, "C": 0, "AB": 16, "AC": 10, "BC": 9, "ABC": 30}
shapley.case(value_net, shown="value_net", name="a firm, a community, a partner")
shapley.case(three_shops, shown="three_shops", name="three shops that add nothing to each other")
shapley.case(map_net, shown="map_net", name="two bike firms and a city")


def random_net(rng):
    """Three players with random letters; larger groups never earn less than their parts."""
    a, b, c = sorted(rng.choice(list("ABCDEFGH"), 3, replace=False).tolist())
    extra = rng.integers(0, 15, 7).tolist()
    net = {a: extra[0], b: extra[1], c: extra[2]}
    for pair, more in ((a + b, extra[3]), (a + c, extra[4]), (b + c, extra[5])):
        net[pair] = net[pair[0]] + net[pair[1]] + more
    net[a + b + c] = net[a] + net[b] + net[c] + sum(extra[3:])
    return net


shapley.hidden(random_net, n=8, name="random groups of three players")
shapley.hidden_case(
    {"L": 0, "R": 0, "S": 0, "LR": 1, "LS": 1, "RS": 0, "LRS": 1}, name="one left glove, two right gloves"
)
shapley.hidden_case(
    {"A": 5, "B": 0, "Z": 0, "AB": 9, "AZ": 5, "BZ": 0, "ABZ": 9}, name="a player who adds nothing"
)
shapley.hidden_case({"A": 0, "B": 0, "C": 0, "AB": 0, "AC": 0, "BC": 0, "ABC": 9}, name="only all three earn")


@shapley.alternative
def with_the_weights_of_groups(v):
    players = max(v, key=len)
    values = {}
    for one in players:
        two, three = [other for other in players if other != one]
        alone = worth(v, one)
        after_one = (worth(v, one + two) - worth(v, two)) + (worth(v, one + three) - worth(v, three))
        last = worth(v, players) - worth(v, two + three)
        values[one] = alone / 3 + after_one / 6 + last / 3
    return values


@shapley.alternative
def with_means_of_lists(v):
    gains = {player: [] for player in max(v, key=len)}
    for order in permutations(gains):
        for place, player in enumerate(order):
            gains[player].append(worth(v, order[: place + 1]) - worth(v, order[:place]))
    return {player: float(np.mean(found)) for player, found in gains.items()}


@shapley.alternative
def by_recursion(v):
    def share(group):
        if not group:
            return {}
        result = {}
        for one in group:
            rest = "".join(other for other in group if other != one)
            parts = [share("".join(o for o in group if o != last))[one] for last in group if last != one]
            result[one] = (worth(v, group) - worth(v, rest) + sum(parts)) / len(group)
        return result

    return share(max(v, key=len))


def gains_in(v, order):
    """What each player adds when the players arrive in this order."""
    found, before = {}, ""
    for player in order:
        found[player] = worth(v, before + player) - worth(v, before)
        before += player
    return found


def summed(v, orders):
    players = max(v, key=len)
    totals = dict.fromkeys(players, 0)
    for order in orders:
        for player, gain in gains_in(v, order).items():
            totals[player] += gain
    return totals


@shapley.misconception("Did all three add equally much? Average over all orders of arrival.")
def equal_split(v):
    players = max(v, key=len)
    return {player: worth(v, players) / len(players) for player in players}


@shapley.misconception(
    "That is the added value, as if each player came last. Average over all orders of arrival."
)
def added_value(v):
    players = max(v, key=len)
    return {p: worth(v, players) - worth(v, players.replace(p, "")) for p in players}


@shapley.misconception("The added values were scaled down. Does each player always arrive last?")
def added_value_scaled(v):
    players = max(v, key=len)
    added_values = {p: worth(v, players) - worth(v, players.replace(p, "")) for p in players}
    total = sum(added_values.values())
    return (
        {p: worth(v, players) * gain / total for p, gain in added_values.items()} if total else added_values
    )


@shapley.misconception("That is what each player earns alone. What does he or she add to the others?")
def alone(v):
    return {player: worth(v, player) for player in max(v, key=len)}


@shapley.misconception("You let them arrive in one order only. Would another order be as fair?")
def one_order(v):
    return summed(v, [max(v, key=len)])


@shapley.misconception("You added up all orders. What makes a mean of a sum?")
def not_divided(v):
    return summed(v, permutations(max(v, key=len)))


@shapley.misconception("Each order overwrites the one before. How do you add a gain to the old total?")
def last_order_only(v):
    orders = list(permutations(max(v, key=len)))
    return {player: gain / len(orders) for player, gain in gains_in(v, orders[-1]).items()}


@shapley.misconception(
    "Nobody and `FC` are no keys of `v`. Which function finds what a group earns all the same?"
)
def keys_read_directly(v):
    totals = dict.fromkeys(max(v, key=len), 0)
    for order in permutations(totals):
        before = ""
        for player in order:
            totals[player] += v[before + player] - v[before]
            before += player
    return {player: total / 6 for player, total in totals.items()}


@shapley.misconception("By what did you divide: by the number of players, or by the number of orders?")
def divided_by_players(v):
    return {player: total / 3 for player, total in summed(v, permutations(max(v, key=len))).items()}


@shapley.misconception("Each player has all the others before or behind. Did you forget some of the orders?")
def rotations_only(v):
    one, two, three = max(v, key=len)
    orders = [(one, two, three), (two, three, one), (three, one, two)]
    return {player: total / 3 for player, total in summed(v, orders).items()}


@shapley.misconception(
    "You average over groups, not over orders. How often does each group come before the player?"
)
def over_groups(v):
    players = max(v, key=len)
    values = {}
    for one in players:
        two, three = [other for other in players if other != one]
        groups = ["", two, three, two + three]
        values[one] = sum(worth(v, group + one) - worth(v, group) for group in groups) / len(groups)
    return values


@shapley.misconception("That is what the group earns after the player came. How much was it before?")
def worth_not_gain(v):
    players = max(v, key=len)
    totals = dict.fromkeys(players, 0)
    orders = list(permutations(players))
    for order in orders:
        before = ""
        for player in order:
            before += player
            totals[player] += worth(v, before)
    return {player: total / len(orders) for player, total in totals.items()}


@shapley.misconception(
    "Who stands in front? Add each player to the group `before` after you counted the gain."
)
def group_never_grows(v):
    players = max(v, key=len)
    totals = dict.fromkeys(players, 0)
    orders = list(permutations(players))
    for order in orders:
        before = order[0]
        for player in order[1:]:
            totals[player] += worth(v, before + player) - worth(v, before)
    return {player: total / len(orders) for player, total in totals.items()}


@shapley.misconception(
    "A new order begins with nobody. What stands in `before` when your second order begins?"
)
def before_not_emptied(v):
    totals = dict.fromkeys(max(v, key=len), 0)
    orders = list(permutations(totals))
    before = ""
    for order in orders:
        for player in order:
            totals[player] += worth(v, before + player) - worth(v, before)
            before += player
    return {player: total / len(orders) for player, total in totals.items()}


@shapley.misconception("Three names are asked for. Which one belongs to each of your numbers?")
def list_for_dictionary(v):
    players = max(v, key=len)
    return [total / 6 for total in summed(v, permutations(players)).values()]


# 8 Trust by class

class_means = exercise(
    "class_means",
    points=3,
    call="class_means",
    title="Trust by class",
    answer="the mean of each class, in per cent",
    compare=Comparison(row_order=False),
)
trust = data.load("trust")
few_formats = pd.DataFrame(
    {
        "format": ["a friend's tip", "a review online", "our newsletter", "a poster", "a banner"],
        "class": ["earned", "earned", "owned", "paid", "paid"],
        "2018": [80, 70, 50, np.nan, 31],
        "2020": [86, 60, 55, 50, 32],
    }
)
class_means.case(few_formats, "2018", shown='few_formats, "2018"')
class_means.case(few_formats, "2020", shown='few_formats, "2020"')
class_means.case(trust, "2015", shown='trust, "2015"')
class_means.case(trust, "2007", shown='trust, "2007"')


def random_formats(rng):
    kinds = rng.permutation(["earned", "owned", "paid", "shared"] * 4)
    table = pd.DataFrame({"format": [f"format {n}" for n in range(16)], "class": kinds.tolist()})
    for year in ("2012", "2016", "2020"):
        table[year] = rng.integers(20, 95, 16).astype(float)
        table.loc[rng.permutation(16)[:3], year] = np.nan
    return table, str(rng.choice(["2012", "2016", "2020"]))


class_means.hidden(random_formats, n=6, name="random tables with blanks and a fourth class")
class_means.hidden_case(trust, "2011", name="the table of the story in 2011")
class_means.hidden_case(
    trust.iloc[::-1].reset_index(drop=True), "2013", name="its rows from last to first, 2013"
)


@class_means.alternative
def one_class_after_the_other(table, year):
    means = {}
    for name in table["class"].unique():
        means[name] = table[table["class"] == name][year].mean()
    return pd.Series(means)


@class_means.alternative
def sum_over_count(table, year):
    known = table[table[year].notna()]
    return known.groupby("class")[year].sum() / known.groupby("class").size()


@class_means.alternative
def from_a_long_table(table, year):
    long = table.melt(id_vars=["format", "class"], var_name="year", value_name="trust")
    chosen = long[long["year"] == year].astype({"trust": float})
    return chosen.groupby("class")["trust"].mean()


@class_means.misconception("Blank is not zero: did nobody trust the format, or did nobody ask?")
def blanks_as_zero(table, year):
    return table[year].fillna(0).groupby(table["class"]).mean()


@class_means.misconception("You threw out formats with a blank in any year. Which year is asked about?")
def complete_rows_only(table, year):
    known = table.dropna()
    return known.groupby("class")[year].mean()


@class_means.misconception("Is every call about the same year? Use `year`, not a fixed one.")
def last_year_always(table, year):
    return table.groupby("class")[table.columns[-1]].mean()


@class_means.misconception("You used the first year in the table, whatever was asked. Use `year`.")
def first_year_always(table, year):
    return table.groupby("class")[table.columns[2]].mean()


@class_means.misconception("That is one number for all formats. Where are the classes?")
def one_mean(table, year):
    return float(table[year].mean())


@class_means.misconception("Per cent of different questions cannot be added. Which summary is asked for?")
def sum_of_class(table, year):
    return table.groupby("class")[year].sum()


@class_means.misconception("Half of the formats lie above that number. Is it the mean?")
def median_of_class(table, year):
    return table.groupby("class")[year].median()


@class_means.misconception("You counted formats. How many people trust them?")
def formats_counted(table, year):
    return table.groupby("class")[year].count()


@class_means.misconception("You took the most trusted format of each class. Do the others not count?")
def best_of_class(table, year):
    return table.groupby("class")[year].max()


@class_means.misconception("The table holds per cent already. Did you multiply or divide by 100?")
def shares_of_class(table, year):
    return table.groupby("class")[year].mean() / 100


@class_means.misconception("The means have their names. Which pandas object does the task ask for?")
def dictionary_of_means(table, year):
    return table.groupby("class")[year].mean().to_dict()


@class_means.misconception("Round last, or leave it to the reader.")
def whole_per_cent(table, year):
    return table.groupby("class")[year].mean().round()


# 9 Who rose, who fell

riser_and_faller = exercise(
    "riser_and_faller",
    points=3,
    call="riser_and_faller",
    title="Riser and faller",
    answer="the names of two formats",
)
riser_and_faller.case(few_formats, "2018", "2020", shown='few_formats, "2018", "2020"')
riser_and_faller.case(trust, "2007", "2015", shown='trust, "2007", "2015"')


def two_years(rng):
    """A table with unequal changes, blanks, and two of its years."""
    names = [f"format {letter}" for letter in rng.permutation(list("KLMNOPQRSTUV")).tolist()]
    table = pd.DataFrame({"format": names, "class": "paid"})
    start = rng.integers(20, 60, 12)
    table["2012"] = start.astype(float)
    table["2016"] = (start + rng.permutation(np.arange(-8, 28, 3))).astype(float)
    table["2020"] = (start + rng.permutation(np.arange(-16, 20, 3))).astype(float)
    table.loc[rng.permutation(12)[:2], "2012"] = np.nan
    table.loc[rng.permutation(12)[:1], "2020"] = np.nan
    first, last = [("2012", "2016"), ("2012", "2020"), ("2016", "2020")][int(rng.integers(3))]
    return table, first, last


def without_ties(rng):
    """As above, drawn again until one format rose most and one fell most."""
    while True:
        table, first, last = two_years(rng)
        change = (table[last] - table[first]).dropna()
        if (change == change.max()).sum() == 1 and (change == change.min()).sum() == 1:
            return table, first, last


riser_and_faller.hidden(without_ties, n=8, name="random tables with blanks")
riser_and_faller.hidden_case(
    pd.DataFrame({"format": ["a", "b", "c"], "class": "paid", "2010": [50, 60, 40], "2012": [45, 58, 31]}),
    "2010",
    "2012",
    name="a table in which every format fell",
)


@riser_and_faller.alternative
def by_sorting(table, first, last):
    changed = table.assign(change=table[last] - table[first]).dropna(subset=["change"])
    names = changed.sort_values("change")["format"].tolist()
    return names[-1], names[0]


@riser_and_faller.alternative
def with_format_as_label(table, first, last):
    years = table.set_index("format")
    change = (years[last] - years[first]).astype(float)
    return change.idxmax(), change.idxmin()


@riser_and_faller.alternative
def with_a_loop_over_rows(table, first, last):
    changes = []
    for name, before, after in zip(table["format"], table[first], table[last], strict=True):
        if pd.notna(before) and pd.notna(after):
            changes.append((after - before, name))
    return [max(changes)[1], min(changes)[1]]


def names_by(table, change):
    """The names of the formats with the largest and the smallest number of a column."""
    named = change.astype(float).set_axis(table["format"])
    return named.idxmax(), named.idxmin()


@riser_and_faller.misconception(
    "Those are the most and the least trusted formats. Which ones *changed* most?"
)
def highest_and_lowest(table, first, last):
    return names_by(table, table[last])


@riser_and_faller.misconception("Points or per cent? Subtract the years, do not divide them.")
def by_ratio(table, first, last):
    return names_by(table, table[last].astype(float) / table[first].astype(float))


@riser_and_faller.misconception("Who rose, and who fell? Later minus earlier gives a rise a plus.")
def earlier_minus_later(table, first, last):
    return names_by(table, table[first] - table[last])


@riser_and_faller.misconception("Blank is not zero: a format without a first number cannot have risen.")
def blank_start_at_zero(table, first, last):
    return names_by(table, table[last].fillna(0) - table[first].fillna(0))


@riser_and_faller.misconception("Small changes and falls are two things. Which change has the lowest value?")
def smallest_move(table, first, last):
    change = table[last] - table[first]
    return names_by(table, change)[0], names_by(table, change.abs())[1]


@riser_and_faller.misconception("The largest move up *or* down? Keep the sign of the change.")
def largest_move(table, first, last):
    return names_by(table, (table[last] - table[first]).abs())


@riser_and_faller.misconception("That is how much they changed. What are their names?")
def changes_for_names(table, first, last):
    change = table[last] - table[first]
    return float(change.max()), float(change.min())


@riser_and_faller.misconception("Those are the numbers of the rows. Which format stands there?")
def rows_for_names(table, first, last):
    change = (table[last] - table[first]).astype(float)
    return int(change.idxmax()), int(change.idxmin())


@riser_and_faller.misconception("Does every call ask about the same years? Use `first` and `last`.")
def first_and_last_column(table, first, last):
    return names_by(table, table[table.columns[-1]] - table[table.columns[2]])


@riser_and_faller.misconception("Two names are asked for. Who fell most?")
def riser_only(table, first, last):
    return names_by(table, table[last] - table[first])[0]


# 10 The claims

f_factor_claims = exercise(
    "f_factor_claims",
    points=2,
    choice="f_factor_claims",
    title="Claims about trust and size",
    options={
        "a": "Claim a: compare two rows of the table in 2015. Which one belongs to strangers?",
        "b": "Claim b: is a dip in the middle a fall from the first wave to the last?",
        "c": "Claim c: look down all four columns. Does another format ever come first?",
        "d": "Claim d: does the survey ask what people trust, or what they did?",
        "e": "Claim e: were the same people, in the same countries, asked in each wave?",
        "f": "Claim f: which row of the table stands for Facebook fans and Twitter followers?",
        "g": "Claim g: a longer list is one force. Which force did the third channel of the shop add?",
    },
)
