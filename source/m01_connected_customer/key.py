"""Cases, usual mistakes and other right answers of "The connected customer" (module M01).

Data set: contacts_wide. All other tables are small and made here.
"""

import math

import numpy as np
import pandas as pd
from marketing4 import data

from autograder.authoring import Comparison, exercise

CHANNELS = ["chat", "store", "phone", "email"]

# Sort the cards

level_3 = exercise(
    "level_3",
    points=1,
    choice="level_3",
    title="Social connectivity",
    answer="a set of letters",
    options={
        "a": "Card a: what does the internet do here besides carrying a message?",
        "b": "Card b: who helps whom? Count how many customers talk to one another.",
        "c": "Card c: does this customer meet other customers, or the shop?",
        "d": "Card d: is the app more than a pipe? And does it tie customers to each other?",
        "e": "Card e: is the internet only a pipe here? Who wrote what the reader sees?",
        "f": "Card f: a price list by e-mail is quick. Does it tie customers to each other?",
    },
)
level_2 = exercise(
    "level_2",
    points=1,
    choice="level_2",
    title="Experiential connectivity",
    answer="a set of letters",
    options={
        "a": "Card a: a message arrives. Did the visit to the shop itself become any better?",
        "b": "Card b: is it the touchpoint that gets better, or the tie between customers?",
        "c": "Card c: compare the customer at the shelf with and without the phone. What is deeper now?",
        "d": "Card d: what can this customer do at home that a paper leaflet cannot offer?",
        "e": "Card e: a review site needs many customers. Which level is about what they have together?",
        "f": "Card f: would a letter have done the same, only more slowly?",
    },
)
horizontal_cards = exercise(
    "horizontal_cards",
    points=1,
    choice="horizontal_cards",
    title="From vertical to horizontal",
    answer="a set of letters",
    options={
        "g": "Card g: who supplies the content, a firm from above or the readers beside each other?",
        "h": "Card h: is the news here who can afford it, or who makes it?",
        "i": "Card i: do the flavours flow from firm to customer, or the other way?",
        "j": "Card j: is this about who makes the offer, or about whom the buyer listens to?",
    },
)
distracted_cards = exercise(
    "distracted_cards",
    points=1,
    choice="distracted_cards",
    title="Informed and distracted",
    answer="a set of letters",
    options={
        "k": "Card k: which two things stand against each other, channels or information and attention?",
        "l": "Card l: how many facts does this buyer have, and how much attention for each?",
        "m": "Card m: a critic attacks and a fan defends. Which paradox has these two sides?",
    },
)

# Check the claims

not_supported = exercise(
    "not_supported",
    points=1,
    choice="not_supported",
    title="Claims without support",
    answer="a set of letters",
    options={
        "a": "Claim a: put the two years in order. Can the older firm copy the younger one?",
        "b": "Claim b: does the definition throw selling out, or does it add to it?",
        "c": "Claim c: follow the number back. Who has seen the study behind it?",
        "d": "Claim d: what did the review look for, and did it find such people?",
        "e": "Claim e: two results are told. Does each of them go against the claim?",
        "f": "Claim f: look at the order of the percentages, from the top to the bottom.",
        "g": "Claim g: is 73 per cent most of them? The claim is about this shop only.",
    },
)
half_right = exercise(
    "half_right",
    points=1,
    choice="half_right",
    title="Half-right claims",
    answer="a set of letters",
    options={
        "a": "Claim a: which part of the sentence could still be true if the order of the years is wrong?",
        "b": "Claim b: selling is one of the activities. Which others does the definition name?",
        "c": "Claim c: if nobody finds the study, which half of the claim is left?",
        "d": "Claim d: the review says that such people do not exist. Which half is left?",
        "e": "Claim e: separate guesses, and guesses that others have seen: which of the two fits the claim?",
        "f": "Claim f: who is above the brand websites, and who is below them?",
        "g": "Claim g: is any part of this sentence wrong or missing, for this shop?",
    },
)
from_experiment = exercise(
    "from_experiment",
    points=1,
    choice="from_experiment",
    title="Evidence from an experiment",
    answer="a set of letters",
    options={
        "a": "Claim a: are two founding years an experiment, or entries in a record?",
        "b": "Claim b: a definition is agreed upon. Was anything tested?",
        "c": "Claim c: is there any study at all?",
        "d": "Claim d: one study that reads many others: does it change anything on purpose itself?",
        "e": "Claim e: what did the researchers change on purpose, and for whom?",
        "f": "Claim f: people were asked a question. Was anything changed for half of them?",
        "g": "Claim g: customers were asked what they had used. Was anything changed for some of them?",
    },
)

# Clean a word

clean_city = exercise("clean_city", points=2, call="clean_city", title="Clean a word", answer="text or None")
clean_city.case("Stad ")
clean_city.case(" DORP")
clean_city.case("Kleine Stad")
clean_city.case("  ")
clean_city.case(None)


def spelled_somehow(rng):
    word = str(rng.choice(["stad", "dorp", "grote stad", "klein dorp", "gehucht"]))
    word = str(rng.choice([word, word.upper(), word.title(), word.swapcase()]))
    return " " * int(rng.integers(0, 4)) + word + " " * int(rng.integers(0, 4))


clean_city.hidden(spelled_somehow, n=12, name="random spellings")
clean_city.hidden_case("    ", name="spaces only")
clean_city.hidden_case(None, name="a missing word")


@clean_city.alternative
def lower_first(s):
    if s is None:
        return None
    word = s.lower().strip()
    return word or None


@clean_city.alternative
def step_by_step(s):
    if s is None:
        return None
    s = s.strip()
    s = s.casefold()
    if len(s) == 0:
        return None
    return s


@clean_city.alternative
def split_and_join(s):
    words = (s or "").lower().split()
    return " ".join(words) if words else None


@clean_city.misconception("A space at the end cannot be seen. Look at `repr(s)`: what takes spaces away?")
def spaces_stay(s):
    if s is None or s.strip() == "":
        return None
    return s.lower()


@clean_city.misconception("`STAD` and `stad` are two words for Python. What makes all letters small?")
def capitals_stay(s):
    if s is None or s.strip() == "":
        return None
    return s.strip()


@clean_city.misconception("You made all letters capital. Which method is the opposite of `upper`?")
def all_capitals(s):
    if s is None or s.strip() == "":
        return None
    return s.strip().upper()


@clean_city.misconception("The first letter should be small too.")
def a_capital_first(s):
    if s is None or s.strip() == "":
        return None
    return s.strip().capitalize()


@clean_city.misconception("Is a space between two words a fault? Take spaces from the two ends only.")
def no_space_at_all(s):
    if s is None or s.strip() == "":
        return None
    return s.lower().replace(" ", "")


@clean_city.misconception("You clean the right end only. Can a space stand at the other end too?")
def right_end_only(s):
    if s is None or s.strip() == "":
        return None
    return s.rstrip().lower()


@clean_city.misconception("You clean the left end only. Can a space stand at the other end too?")
def left_end_only(s):
    if s is None or s.strip() == "":
        return None
    return s.lstrip().lower()


@clean_city.misconception("Keep what a method gives back: `s = s.strip()`. Alone on its line it is lost.")
def changes_are_lost(s):
    if s is None or s.strip() == "":
        return None
    s.strip()
    s.lower()
    return s


@clean_city.misconception("A missing word became the text 'none'. Ask for `None` before you clean.")
def none_becomes_text(s):
    word = str(s).strip().lower()
    return None if word == "" else word


@clean_city.misconception("`None` is no text, so it has no `.strip()`. Ask `if s is None:` first.")
def no_care_for_none(s):
    word = s.strip().lower()
    return None if word == "" else word


@clean_city.misconception("After the spaces are gone no word is left. Which answer stands for no word?")
def spaces_become_an_empty_text(s):
    return None if s is None else s.strip().lower()


@clean_city.misconception("An empty text is still a text. The task asks for another sign of no word.")
def empty_text_for_no_word(s):
    return "" if s is None else s.strip().lower()


@clean_city.misconception("You know two words only. The function should clean any word that it is given.")
def only_two_words(s):
    if s is None or s.strip() == "":
        return None
    return "stad" if "stad" in s.lower() else "dorp"


# Channels of a customer

multi_channel_share = exercise(
    "multi_channel_share",
    points=3,
    call="multi_channel_share",
    title="Customers with two channels or more",
    answer="per cent of customers",
)


def contact_table(rows):
    columns = ["customer_id", "age", *CHANNELS, "connected_friends"]
    return pd.DataFrame([list(row) for row in rows], columns=columns)


four_customers = contact_table(
    [
        ("K1", 25, 10, 0, 0, 0, 30),
        ("K2", 61, 1, 2, 0, 0, 12),
        ("K3", 40, 0, 0, 0, 0, 55),
        ("K4", 33, 1, 1, 1, 0, 8),
    ]
)
eight_rows = contact_table(
    [
        ("K1", 25, 2, 3, 0, 0, 30),
        ("K2", 61, 0, 0, 4, 0, 12),
        ("K1", 26, 2, 3, 0, 0, 30),
        ("K3", 40, 1, 1, 1, 5, 55),
        ("K4", 38, 0, 0, 0, 0, 5),
        ("K5", 52, 0, 7, 0, 0, 0),
        ("K2", 61, 1, 0, 4, 0, 12),
        ("K1", 25, 2, 3, 0, 0, 30),
    ]
)
multi_channel_share.case(
    four_customers, shown="four_customers", name="the table four_customers: 1, 2, 0 and 3 channels"
)
multi_channel_share.case(
    eight_rows, shown="eight_rows", name="the table eight_rows: K1 has three rows, K2 has two"
)
multi_channel_share.case(data.load("contacts_wide"), shown="contacts", name="the table contacts")
multi_channel_share.case(four_customers.iloc[:0], shown="no_rows", name="the table no_rows")


def drawn_contacts(rng):
    """15 to 50 customers, a few of them repeated with other contacts."""
    size = int(rng.integers(15, 50))
    rows = [
        (f"K{number:02d}", int(rng.integers(18, 80)), *rng.poisson(0.7, 4).tolist(), int(rng.integers(5, 60)))
        for number in range(size)
    ]
    for number in rng.choice(size, int(rng.integers(3, 9)), replace=False):
        rows.append((rows[number][0], rows[number][1], *rng.poisson(0.7, 4).tolist(), rows[number][6]))
    return contact_table(rows)


multi_channel_share.hidden(drawn_contacts, n=8, name="random tables with repeated customers")
multi_channel_share.hidden_case(four_customers.iloc[[0]].reset_index(drop=True), name="a single customer")
multi_channel_share.hidden_case(four_customers.iloc[:0], name="a table without rows")


@multi_channel_share.alternative
def one_column_at_a_time(table):
    if len(table) == 0:
        return None
    first = table.drop_duplicates("customer_id")
    used = 0
    for channel in CHANNELS:
        used = used + (first[channel] > 0).astype(int)
    return 100 * (used >= 2).sum() / len(first)


@multi_channel_share.alternative
def customer_by_customer(table):
    seen, several = [], 0
    for _, row in table.iterrows():
        if row["customer_id"] in seen:
            continue
        seen.append(row["customer_id"])
        used = 0
        for channel in CHANNELS:
            if row[channel] > 0:
                used = used + 1
        if used >= 2:
            several = several + 1
    if not seen:
        return None
    return several / len(seen) * 100


@multi_channel_share.alternative
def with_numpy_counts(table):
    if table.empty:
        return None
    used = np.count_nonzero(table.drop_duplicates(subset="customer_id")[CHANNELS].to_numpy(), axis=1)
    return float(np.mean(used > 1) * 100)


def first_rows(table):
    return table.drop_duplicates("customer_id")


@multi_channel_share.misconception("One channel used ten times is one channel. Ask of each one: used or not?")
def adds_contacts(table):
    if len(table) == 0:
        return None
    return float((first_rows(table)[CHANNELS].sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("Customers or rows? Think of your answer in the driving licence.")
def counts_rows(table):
    if len(table) == 0:
        return None
    return float(((table[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("Rows of one customer can differ in a column. What tells people apart?")
def drops_equal_rows_only(table):
    if len(table) == 0:
        return None
    return float(((table.drop_duplicates()[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("You keep the last row of a customer. Which of the rows counts?")
def keeps_the_last_row(table):
    if len(table) == 0:
        return None
    last = table.drop_duplicates("customer_id", keep="last")
    return float(((last[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("A customer with several rows is still a customer: keep one of the rows.")
def drops_all_repeated(table):
    once = table.drop_duplicates("customer_id", keep=False)
    if len(once) == 0:
        return None
    return float(((once[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("Does somebody with exactly two channels use more than one?")
def more_than_two(table):
    if len(table) == 0:
        return None
    return float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) > 2).mean() * 100)


@multi_channel_share.misconception("Two or more: does somebody with three channels count?")
def exactly_two(table):
    if len(table) == 0:
        return None
    return float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) == 2).mean() * 100)


@multi_channel_share.misconception("A single channel is not yet several. From which number on do they count?")
def one_or_more(table):
    if len(table) == 0:
        return None
    return float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 1).mean() * 100)


@multi_channel_share.misconception("Per cent means per hundred. Yours is a share of one.")
def share_of_one(table):
    if len(table) == 0:
        return None
    return float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 2).mean())


@multi_channel_share.misconception("You counted people. Which part of all customers are they?")
def number_of_people(table):
    if len(table) == 0:
        return None
    return int(((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 2).sum())


@multi_channel_share.misconception("Your first part keeps one row each. Is your whole made of customers too?")
def divides_by_rows(table):
    if len(table) == 0:
        return None
    return float(100 * ((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 2).sum() / len(table))


@multi_channel_share.misconception("Is the number of friends a channel? Choose the four columns by name.")
def friends_are_a_channel(table):
    if len(table) == 0:
        return None
    columns = [*CHANNELS, "connected_friends"]
    return float(((first_rows(table)[columns] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("One contact in a month is enough: the channel was used.")
def one_contact_is_too_few(table):
    if len(table) == 0:
        return None
    return float(((first_rows(table)[CHANNELS] > 1).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("Somebody without any contact is a customer too: part of the whole.")
def silent_customers_left_out(table):
    used = (first_rows(table)[CHANNELS] > 0).sum(axis=1)
    if (used > 0).sum() == 0:
        return None
    return float(100 * (used >= 2).sum() / (used > 0).sum())


@multi_channel_share.misconception("That is the mean number of channels. What share of people is asked for?")
def mean_number_of_channels(table):
    if len(table) == 0:
        return None
    return float((first_rows(table)[CHANNELS] > 0).sum(axis=1).mean())


@multi_channel_share.misconception("You add up columns, not rows: `axis=1` goes along a row.")
def sums_down_the_columns(table):
    if len(table) == 0:
        return None
    return float(((first_rows(table)[CHANNELS] > 0).sum() >= 2).mean() * 100)


@multi_channel_share.misconception("Leave the decimals to the reader: do not round.")
def rounds_too_early(table):
    if len(table) == 0:
        return None
    return round(float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100))


@multi_channel_share.misconception(
    "You always use `contacts`. Use the table that the function is given: `table`."
)
def always_contacts(table):
    contacts = data.load("contacts_wide").drop_duplicates("customer_id")
    return float(((contacts[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("Nobody is in the table. Is zero per cent a fair answer then?")
def zero_for_nobody(table):
    if len(table) == 0:
        return 0.0
    return float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


@multi_channel_share.misconception("Without customers you give NaN. What should your function return then?")
def nan_for_nobody(table):
    return float(((first_rows(table)[CHANNELS] > 0).sum(axis=1) >= 2).mean() * 100)


# Age and connectedness

r_age = exercise(
    "r_age", points=3, call="r_age", title="Age and friends", answer="a correlation from -1 to 1"
)


def friends_table(rows):
    columns = ["customer_id", "age", "city_type", "chat", "connected_friends"]
    return pd.DataFrame([list(row) for row in rows], columns=columns)


six_customers = friends_table(
    [
        ("K1", 20, "stad", 5, 50),
        ("K2", 30, "dorp", 1, 20),
        ("K3", np.nan, "stad", 4, 90),
        ("K4", 40, None, 9, 35),
        ("K5", 60, "stad", 0, 25),
        ("K1", 21, "stad", 5, 10),
        ("K6", 75, "dorp", 2, 22),
    ]
)
two_ages = friends_table(
    [
        ("K1", 20, "stad", 5, 50),
        ("K2", np.nan, "dorp", 1, 20),
        ("K3", 52, "stad", 4, 40),
        ("K3", 53, "stad", 4, 40),
    ]
)
r_age.case(
    six_customers, shown="six_customers", name="the table six_customers: K1 has two rows, K3 gave no age"
)
r_age.case(data.load("contacts_wide"), shown="contacts", name="the table contacts")
r_age.case(two_ages, shown="two_ages", name="the table two_ages: two customers with a known age")


def drawn_friends(rng):
    """20 to 60 customers with blank ages, blank towns and repeated rows."""
    size = int(rng.integers(20, 60))
    age = rng.integers(18, 80, size).astype(float)
    friends = np.maximum(0, 40 + float(rng.choice([-0.5, 0.4])) * (age - 45) + rng.normal(0, 12, size))
    table = pd.DataFrame(
        {
            "customer_id": [f"K{number:02d}" for number in range(size)],
            "age": age,
            "city_type": rng.choice(np.array(["stad", "dorp", None], dtype=object), size),
            "chat": rng.poisson(3, size),
            "connected_friends": friends.round().astype(int),
        }
    )
    table.loc[rng.choice(size, 4, replace=False), "age"] = np.nan
    again = table.loc[rng.choice(size, 4, replace=False)].copy()
    again["age"] = again["age"] + 1
    again["connected_friends"] = rng.integers(0, 90, 4)
    return pd.concat([table, again], ignore_index=True)


r_age.hidden(drawn_friends, n=7, name="random tables with blanks and repeated customers")
r_age.hidden_case(six_customers.iloc[:2].reset_index(drop=True), name="two customers only")
r_age.hidden_case(six_customers.iloc[[0, 1, 4]].reset_index(drop=True), name="three customers")


@r_age.alternative
def with_numpy(table):
    known = table.drop_duplicates("customer_id")
    known = known[known["age"].notna()]
    if len(known) < 3:
        return None
    return float(np.corrcoef(known["age"], known["connected_friends"])[0, 1])


@r_age.alternative
def by_the_definition(table):
    known = table.drop_duplicates("customer_id").dropna(subset=["age"])
    if len(known) < 3:
        return None
    age = known["age"] - known["age"].mean()
    friends = known["connected_friends"] - known["connected_friends"].mean()
    return float((age * friends).sum() / math.sqrt((age**2).sum() * (friends**2).sum()))


@r_age.alternative
def pandas_skips_the_blanks(table):
    first = table.drop_duplicates(subset="customer_id")
    if first["age"].count() < 3:
        return None
    return first["age"].corr(first["connected_friends"])


def known_ages(table):
    return table.drop_duplicates("customer_id").dropna(subset=["age"])


@r_age.misconception("A blank is not the same as age zero. Leave such customers out.")
def blank_is_zero(table):
    first = table.drop_duplicates("customer_id").fillna({"age": 0})
    return None if len(known_ages(table)) < 3 else float(first["age"].corr(first["connected_friends"]))


@r_age.misconception("You gave the blanks an invented age. Does that leave the correlation as it was?")
def blank_is_the_mean(table):
    first = table.drop_duplicates("customer_id")
    first = first.fillna({"age": first["age"].mean()})
    return None if len(known_ages(table)) < 3 else float(first["age"].corr(first["connected_friends"]))


@r_age.misconception("Some customers stand in the table twice. Who counts twice in your correlation?")
def repeated_rows_stay(table):
    known = table.dropna(subset=["age"])
    return None if len(known_ages(table)) < 3 else float(known["age"].corr(known["connected_friends"]))


@r_age.misconception("You keep the last row of a customer. Which of the rows counts?")
def last_row_counts(table):
    last = table.drop_duplicates("customer_id", keep="last")
    return None if len(known_ages(table)) < 3 else float(last["age"].corr(last["connected_friends"]))


@r_age.misconception("Which rows did you drop? A blank in another column does not make an age unknown.")
def any_blank_drops(table):
    known = table.drop_duplicates("customer_id").dropna()
    return None if len(known_ages(table)) < 3 else float(known["age"].corr(known["connected_friends"]))


@r_age.misconception("You squared it. What does the sign tell that the square hides?")
def squared(table):
    known = known_ages(table)
    return None if len(known) < 3 else float(known["age"].corr(known["connected_friends"]) ** 2)


@r_age.misconception("Is the sign of no use? It tells whether the friends rise or fall with age.")
def without_its_sign(table):
    known = known_ages(table)
    return None if len(known) < 3 else abs(float(known["age"].corr(known["connected_friends"])))


@r_age.misconception("A covariance has units and no limit. Which method stays between -1 and 1?")
def covariance(table):
    known = known_ages(table)
    return None if len(known) < 3 else float(known["age"].cov(known["connected_friends"]))


@r_age.misconception("Chat messages are not friends. Which two columns are asked for?")
def with_chat(table):
    known = known_ages(table)
    return None if len(known) < 3 else float(known["age"].corr(known["chat"]))


@r_age.misconception("You correlate the ranks. The task asks for the ordinary (Pearson) correlation.")
def of_ranks(table):
    known = known_ages(table)
    return None if len(known) < 3 else float(known["age"].rank().corr(known["connected_friends"].rank()))


@r_age.misconception("That is a table of correlations. Take the one number out of it.")
def whole_matrix(table):
    known = known_ages(table)
    return None if len(known) < 3 else np.corrcoef(known["age"], known["connected_friends"])


@r_age.misconception("Leave the decimals to the reader: a correlation loses much when you round it.")
def rounded(table):
    known = known_ages(table)
    return None if len(known) < 3 else round(float(known["age"].corr(known["connected_friends"])), 2)


@r_age.misconception("NumPy does not leave blanks out. Which customers must go before you correlate?")
def blanks_stay_in_numpy(table):
    first = table.drop_duplicates("customer_id")
    return float(np.corrcoef(first["age"], first["connected_friends"])[0, 1])


@r_age.misconception("A correlation of one column with itself is always 1. Which other column belongs here?")
def with_itself(table):
    known = known_ages(table)
    return None if len(known) < 3 else float(known["age"].corr(known["age"]))


@r_age.misconception("You always use `contacts`. Use the table that your function is given: `table`.")
def always_the_shop(table):
    known = known_ages(data.load("contacts_wide"))
    return float(known["age"].corr(known["connected_friends"]))


@r_age.misconception("Two points always lie on a line. Count the customers with a known age.")
def two_points_are_enough(table):
    known = known_ages(table)
    return float(known["age"].corr(known["connected_friends"]))


@r_age.misconception("No relation and no answer are two things. Which one does 0 stand for?")
def zero_for_too_few(table):
    known = known_ages(table)
    return 0.0 if len(known) < 3 else float(known["age"].corr(known["connected_friends"]))


# A word for a correlation

strength = exercise(
    "strength",
    points=2,
    call="strength",
    title="A word for a correlation",
    answer="one of four words, or None",
    compare=Comparison(ignore_case=True),
)
strength.case(-0.7)
strength.case(0.3)
strength.case(0.05)
strength.case(-0.21)
strength.case(1.4)


def correlation(rng):
    return round(float(rng.uniform(-1, 1)), 3)


strength.hidden(correlation, n=12, name="random correlations")
strength.hidden(
    lambda rng: float(rng.choice([0.1, 0.3, 0.5, 1]) * rng.choice([-1, 1])), n=10, name="the limits"
)
strength.hidden_case(-1.01, name="a number that is no correlation")


@strength.alternative
def size_first(r):
    size = abs(r)
    if size > 1:
        return None
    if size >= 0.5:
        return "strong"
    if size >= 0.3:
        return "moderate"
    if size >= 0.1:
        return "weak"
    return "negligible"


@strength.alternative
def from_the_bottom(r):
    if not -1 <= r <= 1:
        return None
    for limit, word in ((0.1, "negligible"), (0.3, "weak"), (0.5, "moderate")):
        if abs(r) < limit:
            return word
    return "strong"


def word_for(size):
    if size < 0.1:
        return "negligible"
    if size < 0.3:
        return "weak"
    return "moderate" if size < 0.5 else "strong"


@strength.misconception("Does a minus sign make a relation weak? Compare the size, without the sign.")
def sign_counts_as_small(r):
    return None if abs(r) > 1 else word_for(r)


@strength.misconception("From 0.3 on: is 0.3 itself below the limit?")
def limit_belongs_below(r):
    if abs(r) > 1:
        return None
    if abs(r) <= 0.1:
        return "negligible"
    if abs(r) <= 0.3:
        return "weak"
    return "moderate" if abs(r) <= 0.5 else "strong"


@strength.misconception("You squared r. The four words are for r itself.")
def words_for_the_square(r):
    return None if abs(r) > 1 else word_for(r**2)


@strength.misconception("Python stops at the first question that is true. Which one must stand first?")
def lowest_limit_first(r):
    if abs(r) > 1:
        return None
    return "weak" if abs(r) >= 0.1 else "negligible"


@strength.misconception("Which of the four words did you leave out?")
def three_words(r):
    if abs(r) > 1:
        return None
    return "weak" if abs(r) < 0.3 else word_for(abs(r))


@strength.misconception("The words run the other way: which of them is for a large size?")
def turned_round(r):
    if abs(r) > 1:
        return None
    turned = {"negligible": "strong", "weak": "moderate", "moderate": "weak", "strong": "negligible"}
    return turned[word_for(abs(r))]


@strength.misconception("The word is for the size alone. Leave the direction out of it.")
def with_a_direction(r):
    if abs(r) > 1:
        return None
    return ("negative " if r < 0 else "positive ") + word_for(abs(r))


@strength.misconception("Can a correlation be larger than 1? Ask for the impossible first.")
def more_than_one_is_strong(r):
    return word_for(abs(r))


@strength.misconception("An impossible number gets no word at all. What stands for no answer?")
def a_word_for_the_impossible(r):
    return "impossible" if abs(r) > 1 else word_for(abs(r))


what_r_says = exercise(
    "what_r_says",
    points=1,
    choice="what_r_says",
    title="What the correlation says",
    answer="one letter",
    options={
        "a": "Square r: how much of the variance goes with age, and how much does not?",
        "b": "Square r: age goes with 4 per cent. How far apart can two customers of one age be?",
        "c": "",
        "d": "Is 0.2 the same as 0? Older customers have fewer friends on average.",
        "e": "Nobody grew older in this file: it is one month. Can a correlation tell a cause?",
    },
)

# Interaction cost

deals_realised = exercise(
    "deals_realised",
    points=3,
    call="deals_realised",
    title="Deals that happen",
    answer="a share between 0 and 1",
)
deals_realised.case(0, 20)
deals_realised.case(5, 20)
deals_realised.case(20, 20)
deals_realised.case(np.array([0.0, 10.0, 80.0]), 40, shown="np.array([0.0, 10.0, 80.0]), 40")
deals_realised.case(5, 0)


def cost_and_surplus(rng):
    mean_surplus = float(rng.uniform(0.2, 1) * rng.choice([1, 50]))
    return round(float(rng.uniform(0, 1.5 * mean_surplus)), 2), round(mean_surplus, 2)


def costs_and_surplus(rng):
    return np.round(rng.uniform(0, 60, int(rng.integers(2, 7))), 2), round(float(rng.uniform(5, 50)), 2)


deals_realised.hidden(cost_and_surplus, n=8, name="random costs")
deals_realised.hidden(costs_and_surplus, n=5, name="many costs at once")
deals_realised.hidden_case(12, -3, name="a mean surplus below zero")


@deals_realised.alternative
def power_of_e(cost, mean_surplus):
    if mean_surplus <= 0:
        return None
    return math.e ** (-cost / mean_surplus)


@deals_realised.alternative
def one_over_growth(cost, mean_surplus):
    if not mean_surplus > 0:
        return None
    return 1 / np.exp(np.asarray(cost) / mean_surplus)


@deals_realised.misconception("A straight line: can the share be negative when the cost is high?")
def straight_line(cost, mean_surplus):
    return None if mean_surplus <= 0 else 1 - cost / mean_surplus


@deals_realised.misconception("Does every deal stop at once when the cost reaches the mean surplus?")
def straight_line_to_zero(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.maximum(0, 1 - cost / mean_surplus)


@deals_realised.misconception("Which number is divided by which? Try a cost of zero.")
def upside_down(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.exp(-mean_surplus / cost)


@deals_realised.misconception("More cost, more deals? Look at the sign in the formula.")
def sign_forgotten(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.exp(cost / mean_surplus)


@deals_realised.misconception("You give the deals that are lost. Which ones are left?")
def deals_lost(cost, mean_surplus):
    return None if mean_surplus <= 0 else 1 - np.exp(-cost / mean_surplus)


@deals_realised.misconception("Is the answer a share of one, or in per cent?")
def in_per_cent(cost, mean_surplus):
    return None if mean_surplus <= 0 else 100 * np.exp(-cost / mean_surplus)


@deals_realised.misconception("A cost of 5 is much, compared with what? The mean surplus is missing.")
def surplus_forgotten(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.exp(-cost)


@deals_realised.misconception("The mean surplus divides the cost, inside the brackets of `exp`.")
def surplus_outside(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.exp(-cost) / mean_surplus


@deals_realised.misconception("You halve the deals. The formula has the number e, not 2.")
def halves(cost, mean_surplus):
    return None if mean_surplus <= 0 else 2.0 ** (-cost / mean_surplus)


@deals_realised.misconception("That is another curve. Does it come from the formula with `exp`?")
def another_curve(cost, mean_surplus):
    return None if mean_surplus <= 0 else 1 / (1 + cost / mean_surplus)


@deals_realised.misconception("Leave the decimals to the reader: do not round.")
def rounds(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.round(np.exp(-cost / mean_surplus), 2)


@deals_realised.misconception("`math.exp` takes one number only. Which `exp` takes a whole array?")
def one_number_only(cost, mean_surplus):
    return None if mean_surplus <= 0 else math.exp(-cost / mean_surplus)


@deals_realised.misconception(
    "`math.exp` takes one number, not an array: look for another `exp`. Then ask about the mean surplus."
)
def one_number_only_and_surplus_not_asked(cost, mean_surplus):
    return math.exp(-cost / mean_surplus)


@deals_realised.misconception(
    "The cost is compared with the mean surplus. Do you multiply or divide to compare?"
)
def multiplied(cost, mean_surplus):
    return None if mean_surplus <= 0 else np.exp(-cost * mean_surplus)


@deals_realised.misconception("A loop over one number fails. `np.exp` takes a number and an array alike.")
def list_only(cost, mean_surplus):
    return None if mean_surplus <= 0 else [math.exp(-one / mean_surplus) for one in cost]


@deals_realised.misconception("Without any surplus the formula has no meaning. Is 0 a fair answer?")
def zero_without_surplus(cost, mean_surplus):
    return 0.0 if mean_surplus <= 0 else np.exp(-cost / mean_surplus)


@deals_realised.misconception("Zero is not the only mean surplus without a meaning. Which others are there?")
def asks_about_zero_only(cost, mean_surplus):
    return None if mean_surplus == 0 else np.exp(-cost / mean_surplus)


@deals_realised.misconception("What happens when you divide by zero? Ask about the mean surplus first.")
def surplus_not_asked(cost, mean_surplus):
    return np.exp(-cost / mean_surplus)
