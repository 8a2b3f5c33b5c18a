"""Cases, usual mistakes and other right answers of the notebook driving licence (module M00).

Data sets: contacts_wide. All other tables are small and made here.
"""

import re

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

# 0.1 Edit a cell and run it again

greeting = exercise(
    "greeting",
    points=1,
    value="greeting",
    title="Edit and run",
    compare=Comparison(ignore_case=True),
    show_expected=True,
)
greeting.right("Good morning, ines. Here are the numbers.")
greeting.right("Good morning, INES. Here are the numbers.")
greeting.wrong(
    "Good morning, Robin. Here are the numbers.",
    "Did you run both cells after the change? A cell changes nothing until you run it.",
)
greeting.wrong(
    "Good morning, name. Here are the numbers.",
    "With quotation marks, `name` is only four letters. Did you change the cell with the greeting?",
)
greeting.wrong(
    "Good morning, . Here are the numbers.",
    "Who is greeted? Look at what stands between the quotation marks.",
)
greeting.wrong(
    "Good morning,  . Here are the numbers.",
    "A space is a character too, but is it a name?",
)
greeting.wrong(
    "Good morning,  Ines. Here are the numbers.",
    "Count the spaces before the name: is one of them inside your quotation marks?",
)
greeting.wrong(
    "Good morning, Ines . Here are the numbers.",
    "There is a space after the name: is it inside your quotation marks?",
)
greeting.wrong(
    "Ines",
    "Which name belongs on the left of the equals sign: `name` or `greeting`?",
)
greeting.wrong(
    "Good morning, 'Ines'. Here are the numbers.",
    "One pair of quotation marks is enough. Which of yours became part of the name?",
)

# 0.2 A share in per cent

share = exercise("share", points=3, call="share", title="A share in per cent", answer="per cent")
share.case(1, 4)
share.case(2, 3)
share.case(0, 8)
share.case(0, 0)


def group_and_part(rng):
    whole = int(rng.integers(3, 200))
    part = int(rng.integers(1, whole)) if rng.random() < 0.6 else 0
    return part, whole


share.hidden(group_and_part, n=12, name="random groups, some with a part of nobody")
share.hidden(
    lambda rng: (round(float(rng.uniform(1, 50)), 2), round(float(rng.uniform(60, 200)), 2)),
    n=6,
    name="amounts of money with cents",
)


@share.alternative
def per_cent_first(part, whole):
    if whole == 0:
        return None
    return 100 * part / whole


@share.alternative
def ask_forgiveness(part, whole):
    try:
        return part / whole * 100
    except ZeroDivisionError:
        return None


@share.alternative
def with_numpy(part, whole):
    return np.divide(part, whole) * 100 if whole else None


@share.misconception("Per cent means per hundred. Yours is a share of one.")
def stays_a_fraction(part, whole):
    return part / whole if whole != 0 else None


@share.misconception("One slash or two? `//` cuts off the decimals.")
def cuts_off_decimals(part, whole):
    return part // whole * 100 if whole != 0 else None


@share.misconception("Where are the decimals? Your function should not round: a reader can do that later.")
def rounds(part, whole):
    return round(part / whole * 100) if whole != 0 else None


@share.misconception("Where are the digits behind the point? Leave out `round`, also with two decimals.")
def rounds_to_cents(part, whole):
    return round(part / whole * 100, 2) if whole != 0 else None


@share.misconception("What if nobody answered? Python cannot divide by 0, so ask about `whole` first.")
def divides_by_nobody(part, whole):
    return part / whole * 100


@share.misconception("A share of nobody is not zero per cent: there is no answer. What stands for no answer?")
def nobody_is_zero(part, whole):
    return part / whole * 100 if whole != 0 else 0


@share.misconception("Which of the two numbers is the part, and which one is the whole group?")
def upside_down(part, whole):
    if whole == 0:
        return None
    return whole / part * 100 if part else 0.0


@share.misconception("Compare the part with the whole group, not with the rest of the group.")
def against_the_rest(part, whole):
    if whole == 0:
        return None
    return part / (whole - part) * 100


@share.misconception("`None` stands without quotation marks. With them it is an ordinary text.")
def none_in_quotes(part, whole):
    return part / whole * 100 if whole != 0 else "None"


@share.misconception("A text with a % sign looks nice, but can you calculate with it? Return a number.")
def as_text(part, whole):
    return f"{part / whole * 100}%" if whole != 0 else None


@share.misconception("0 of 8 is a share: 0 per cent. Ask whether `whole` is 0, not whether `part` is.")
def asks_about_the_part(part, whole):
    return part / whole * 100 if part != 0 else None


@share.misconception(
    "Your answer is always the same. Leave out lines such as `part = 3`: the call brings the numbers."
)
def always_the_example(part, whole):
    return 3 / 12 * 100


# 0.3 Dutch numbers

to_number = exercise("to_number", points=3, call="to_number", title="Dutch numbers", answer="a number")
to_number.case("1.234,56")
to_number.case("€ 3,50")
to_number.case("12,50 €")
to_number.case("")
to_number.case("   ")


def price(rng):
    euros, cents = int(rng.integers(1_000, 10_000_000)), int(rng.integers(1, 100))
    text = f"{euros:,}".replace(",", ".") + f",{cents:02d}"
    return str(rng.choice([text, f"€ {text}", f"€{text}", f"{text} €"]))


to_number.hidden(price, n=10, name="random prices, with and without a euro sign")
to_number.hidden_case("1.000", name="a whole number with a dot")
to_number.hidden_case(" 7 ", name="spaces around a number")
to_number.hidden_case(" € ", name="a euro sign without a number")


@to_number.alternative
def step_by_step(text):
    for sign in ("€", ".", " "):
        text = text.replace(sign, "")
    text = text.replace(",", ".")
    return float(text) if text else None


@to_number.alternative
def sign_by_sign(text):
    kept = ""
    for sign in text:
        if sign.isdigit():
            kept = kept + sign
        elif sign == ",":
            kept = kept + "."
    if kept == "":
        return None
    return float(kept)


@to_number.alternative
def with_a_pattern(text):
    euros, _, cents = re.sub(r"[^0-9,]", "", text).partition(",")
    return float(f"{euros}.{cents or 0}") if euros else None


@to_number.misconception("You removed the decimal sign too. What should the comma become?")
def removes_both_signs(text):
    digits = text.replace("€", "").replace(".", "").replace(",", "").strip()
    return float(digits) if digits else None


@to_number.misconception("Which sign is the decimal sign here? In Dutch, a dot groups the thousands.")
def dot_is_decimal(text):
    before_the_comma = text.replace("€", "").split(",")[0].strip()
    return float(before_the_comma) if before_the_comma else None


@to_number.misconception("You read the text as English. Which of the two signs stands before the cents?")
def reads_english(text):
    digits = text.replace("€", "").replace(",", "").strip()
    return float(digits) if digits else None


@to_number.misconception("Where did the cents go?")
def whole_euros(text):
    digits = text.replace("€", "").replace(".", "").split(",")[0].strip()
    return float(digits) if digits else None


@to_number.misconception("Remove the dots first: they group the thousands. Then make a point of the comma.")
def dots_stay(text):
    digits = text.replace("€", "").replace(",", ".").strip()
    return float(digits) if digits else None


@to_number.misconception("Which signs in this text are not part of a number? Remove them first.")
def euro_sign_stays(text):
    digits = text.replace(".", "").replace(",", ".").strip()
    return float(digits) if digits else None


@to_number.misconception(
    "Python cannot read this text. Keep what `replace` gives back: `text = text.replace(...)`. "
    "And decimals need `float`, not `int`."
)
def changes_are_lost(text):
    text.replace("€", "").replace(".", "").replace(",", ".")
    return float(text)


@to_number.misconception("Is it text or a number? `float(...)` makes a number of text.")
def stays_text(text):
    digits = text.replace("€", "").replace(".", "").replace(",", ".").strip()
    return digits if digits else None


@to_number.misconception("An empty cell is not a price of zero. What stands for no answer?")
def empty_is_zero(text):
    digits = text.replace("€", "").replace(".", "").replace(",", ".").strip()
    return float(digits) if digits else 0.0


@to_number.misconception("No text, no number: ask whether anything is left before you use `float(...)`.")
def no_care_for_empty(text):
    return float(text.replace("€", "").replace(".", "").replace(",", "."))


@to_number.misconception(
    "Take the spaces away before you ask whether the text is empty. Spaces are no price of zero."
)
def asks_before_the_spaces_go(text):
    if text == "":
        return None
    digits = text.replace("€", "").replace(".", "").replace(",", ".").strip()
    return float(digits) if digits else 0.0


@to_number.misconception("Does a dot change its meaning when no comma follows?")
def dot_with_comma_only(text):
    digits = text.replace("€", "").strip()
    if "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    return float(digits) if digits else None


@to_number.misconception(
    "Two dots or more cannot be read. Remove the dots; then ask whether any text is left."
)
def dots_stay_and_no_care_for_empty(text):
    return float(text.replace("€", "").replace(",", ".").strip())


@to_number.misconception("`int` reads whole numbers only. A price has cents: use `float`.")
def int_for_float(text):
    digits = text.replace("€", "").replace(".", "").replace(",", ".").strip()
    return int(digits) if digits else None


@to_number.misconception(
    "Remove the euro sign alone, not the sign with a space: the space is not always behind it."
)
def euro_and_space_together(text):
    digits = text.replace("€ ", "").replace(".", "").replace(",", ".").strip()
    return float(digits) if digits else None


@to_number.misconception("Remove the euro sign alone, without its space. The spaces go with `.strip()`.")
def euro_and_space_together_without_strip(text):
    text = text.replace("€ ", "").replace(".", "").replace(",", ".")
    if text == "":
        return None
    return float(text)


@to_number.misconception('A text of spaces is not empty yet. Use `.strip()` before you ask for `""`.')
def spaces_stay(text):
    text = text.replace("€", "").replace(".", "").replace(",", ".")
    if text == "":
        return None
    return float(text)


# 0.4 Duplicates

unique_customers = exercise(
    "unique_customers", points=3, call="unique_customers", title="Customers, not rows", answer="customers"
)
some_rows = pd.DataFrame(
    {
        "customer_id": ["K1", "K2", "K2", "K3", "K1", "K4", "K3"],
        "age": [30, 41, 42, np.nan, 30, 58, np.nan],
        "phone": [2, 0, 0, 5, 2, 1, 5],
    }
)
unique_customers.case(some_rows, shown="seven_rows", name="the table seven_rows: K1, K2, K2, K3, K1, K4, K3")
unique_customers.case(data.load("contacts_wide"), shown="contacts", name="the table contacts")


def table_with_repeats(rng):
    """A table of 20 to 60 customers, some in two or three rows, with or without another age; or no rows."""
    numbers = rng.choice(900, int(rng.integers(20, 60)), replace=False)
    repeated = rng.choice(numbers, int(rng.integers(4, 12)))
    table = pd.DataFrame({"customer_id": [f"K{number:03d}" for number in [*numbers, *repeated]]})
    age = {number: int(rng.integers(18, 80)) for number in numbers}
    later = rng.random(len(repeated)) < 0.5
    table["age"] = [age[number] for number in numbers] + [
        age[number] + int(other) for number, other in zip(repeated, later, strict=True)
    ]
    table["phone"] = rng.integers(0, 6, len(table))
    table = table.sample(frac=1, random_state=int(rng.integers(1_000_000))).reset_index(drop=True)
    return table if rng.random() < 0.6 else table.iloc[:0]


unique_customers.hidden(table_with_repeats, n=9, name="random tables, some without rows")
unique_customers.hidden_case(some_rows.iloc[[5]].reset_index(drop=True), name="a table with one row")


@unique_customers.alternative
def drops_repeats(table):
    return len(table.drop_duplicates(subset="customer_id"))


@unique_customers.alternative
def as_a_set(table):
    return len(set(table["customer_id"]))


@unique_customers.alternative
def with_a_loop(table):
    seen = []
    for customer in table["customer_id"]:
        if customer not in seen:
            seen.append(customer)
    return len(seen)


@unique_customers.misconception("One customer, two rows: do you count customers or rows?")
def counts_rows(table):
    return len(table)


@unique_customers.misconception("A row with another age is not another person. Look at `customer_id` only.")
def drops_equal_rows_only(table):
    return len(table.drop_duplicates())


@unique_customers.misconception("A customer who comes twice is still one customer. Keep one of the two rows.")
def drops_all_repeated(table):
    return len(table.drop_duplicates(subset="customer_id", keep=False))


@unique_customers.misconception("You counted the rows that are too many. Who is left without them?")
def counts_the_repeats(table):
    return int(table["customer_id"].duplicated().sum())


@unique_customers.misconception("Do the rows of one customer always stand below each other?")
def compares_with_the_row_above(table):
    return int((table["customer_id"] != table["customer_id"].shift()).sum())


@unique_customers.misconception("Two customers can have the same age. Which column tells them apart?")
def counts_ages(table):
    return int(table["age"].nunique())


@unique_customers.misconception("The question is how many, not which ones. What gives the length of a list?")
def lists_them(table):
    return table["customer_id"].unique()


@unique_customers.misconception(
    "You always count `contacts`. Count the table that the function is given: `table`."
)
def always_the_same_table(table):
    contacts = data.load("contacts_wide")
    return len(set(contacts["customer_id"]))


@unique_customers.misconception(
    "Your function always counts `seven_rows`. Count the table that it is given: `table`."
)
def always_seven_rows(table):
    return 4


@unique_customers.misconception("There is nothing to take away: `.unique()` keeps each customer once.")
def one_too_few(table):
    return len(table["customer_id"].unique()) - 1


# 0.5 Missing values

mean_age = exercise("mean_age", points=3, call="mean_age", title="A mean with blanks", answer="years")
mean_age.case(
    pd.DataFrame(
        {"customer_id": ["K1", "K2", "K3", "K4"], "age": [20, np.nan, 31, 71], "phone": [1, 4, 0, np.nan]}
    ),
    shown="four_customers",
    name="the table four_customers: ages 20, blank, 31, 71",
)
mean_age.case(
    data.load("contacts_wide").drop_duplicates("customer_id"),
    shown="one_row_each",
    name="the table contacts with one row for each customer",
)
mean_age.case(
    pd.DataFrame({"customer_id": ["K7", "K8"], "age": [np.nan, np.nan], "phone": [3, 1]}),
    shown="two_without_age",
    name="the table two_without_age: both ages blank",
)


def table_with_blanks(rng):
    """A table of 10 to 40 customers with two to five blank ages and some blank phone contacts."""
    size = int(rng.integers(10, 40))
    table = pd.DataFrame({"customer_id": [f"K{number:02d}" for number in range(size)]})
    table["age"] = rng.integers(18, 86, size).astype(float)
    table["phone"] = rng.integers(0, 6, size).astype(float)
    table.loc[rng.choice(size, int(rng.integers(2, 6)), replace=False), "age"] = np.nan
    table.loc[rng.choice(size, 3, replace=False), "phone"] = np.nan
    return table


mean_age.hidden(table_with_blanks, n=8, name="random tables with blanks")
mean_age.hidden_case(
    pd.DataFrame({"customer_id": ["K9"], "age": [63.0], "phone": [0.0]}), name="a single customer"
)
mean_age.hidden_case(
    pd.DataFrame({"customer_id": ["K5", "K6", "K7"], "age": [np.nan] * 3, "phone": [2.0, np.nan, 1.0]}),
    name="other customers, all ages blank",
)


@mean_age.alternative
def blanks_dropped_first(table):
    ages = table["age"].dropna()
    return ages.mean() if len(ages) > 0 else None


@mean_age.alternative
def sum_and_count(table):
    known = table["age"].count()
    if known == 0:
        return None
    return table["age"].sum() / known


@mean_age.alternative
def one_by_one(table):
    total, known = 0, 0
    for age in table["age"]:
        if not pd.isna(age):
            total = total + age
            known = known + 1
    return total / known if known else None


@mean_age.alternative
def numpy_knows_blanks(table):
    ages = table["age"].to_numpy(dtype=float)
    return float(np.nanmean(ages)) if np.isfinite(ages).any() else None


@mean_age.misconception("A blank is not the same as age zero. Leave the blanks out.")
def blank_is_zero(table):
    return table["age"].fillna(0).mean()


@mean_age.misconception("You add the known ages. Do you also divide by the number of known ages?")
def divides_by_all(table):
    return None if table["age"].isna().all() else table["age"].sum() / len(table)


@mean_age.misconception("Which rows did you drop? A customer with another blank can still have an age.")
def drops_rows_with_any_blank(table):
    ages = table.dropna()["age"]
    return ages.mean() if len(ages) else None


@mean_age.misconception("You gave the blanks an invented age. Did these customers tell it to you?")
def fills_with_the_middle(table):
    ages = table["age"].fillna(table["age"].median())
    return None if ages.isna().all() else ages.mean()


@mean_age.misconception("The middle of a sorted row is the median. Which of the two is asked for?")
def median_for_mean(table):
    return None if table["age"].isna().all() else table["age"].median()


@mean_age.misconception("A number plus a blank is a blank. `.mean()` leaves the blanks out.")
def blank_spoils_the_sum(table):
    return sum(table["age"]) / len(table)


@mean_age.misconception("A whole column is never `None`. Ask how many of its ages are known.")
def asks_a_whole_column(table):
    if table["age"] == None:  # noqa: E711, a beginner writes it so
        return None
    return table["age"].mean()


@mean_age.misconception("With no age at all pandas gives NaN. What should your function return then?")
def nan_for_nobody(table):
    return table["age"].mean()


@mean_age.misconception("No age is known, so there is no mean. Is 0 a fair answer?")
def zero_for_nobody(table):
    return 0 if table["age"].isna().all() else table["age"].mean()


@mean_age.misconception("A mean need not be a whole number: leave the decimals to the reader.")
def whole_years(table):
    return None if table["age"].isna().all() else round(table["age"].mean())


@mean_age.misconception("`int(...)` cuts off the decimals. Is it needed here?")
def cuts_years(table):
    return None if table["age"].isna().all() else int(table["age"].mean())


@mean_age.misconception("You always use `contacts`. Use the table that the function is given: `table`.")
def always_contacts(table):
    return float(data.load("contacts_wide")["age"].mean())


@mean_age.misconception("`None` stands without quotation marks. With them it is an ordinary text.")
def none_in_quotes_for_nobody(table):
    return "None" if table["age"].isna().all() else table["age"].mean()
