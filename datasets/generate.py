"""Makes the CSV files of this folder. Each table is a function of a seed; datapackage.json holds the seeds.

    python datasets/generate.py          writes the files
    python datasets/generate.py --check  writes nothing; exit status 1 if a file differs, with its name

The same seed gives the same bytes. Another seed gives another table with the same planted traps, so that a
test can draw data nobody has seen. All people and brands are synthetic, except two brands in `brands` that
carry their source.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path(__file__).resolve().parent

# contacts_wide

CUSTOMERS = 394
MISSING_AGES = 9
CITY_SPELLINGS = {"Stad": 11, "stad ": 9, "STAD": 6}  # planted in first rows; two repeated rows add one each
CONNECTEDNESS_AND_AGE = -0.2  # correlation of the latent connectedness with age


def contacts_wide(seed: int) -> pd.DataFrame:
    """400 rows, 394 customers: how often each contacts a shop per month, through which channel.

    Contacts are Poisson with means that depend on age and on a latent connectedness which is nearly
    independent of age. Traps: 6 repeated customer_id (2 rows are copies, 2 differ in age, 2 in the spelling
    of city_type), 9 missing ages, city_type spelled `Stad` (12 rows), `stad ` (9) and `STAD` (7).
    """
    rng = np.random.default_rng(seed)
    age = np.clip(np.rint(rng.normal(44, 15, CUSTOMERS)), 18, 85)
    old = (age - age.mean()) / age.std()
    rho = CONNECTEDNESS_AND_AGE
    connected = rho * old + math.sqrt(1 - rho**2) * rng.normal(size=CUSTOMERS)
    table = pd.DataFrame(
        {
            "customer_id": [f"K{number:04d}" for number in range(1, CUSTOMERS + 1)],
            "age": pd.array(age.astype(int), dtype="Int64"),
            "city_type": np.where(rng.random(CUSTOMERS) < 0.65, "stad", "dorp"),
            "chat": rng.poisson(np.exp(0.7 + 0.55 * connected - 0.25 * old)),
            "store": rng.poisson(np.exp(1.0 - 0.10 * connected + 0.10 * old)),
            "phone": rng.poisson(np.exp(0.1 + 0.15 * connected + 0.30 * old)),
            "email": rng.poisson(np.exp(0.9 + 0.35 * connected)),
            "connected_friends": rng.poisson(np.maximum(40 + 15 * connected, 1)),
        }
    )
    town = rng.permutation(np.flatnonzero(table["city_type"] == "stad"))
    copied, older, respelled = np.split(rng.permutation(town[:6]), 3)
    position = 6
    for spelling, rows in CITY_SPELLINGS.items():
        table.loc[town[position : position + rows], "city_type"] = spelling
        position += rows
    others = np.setdiff1d(np.arange(CUSTOMERS), town[:6])
    table.loc[rng.choice(others, MISSING_AGES, replace=False), "age"] = pd.NA

    repeated = table.loc[[*copied, *older, *respelled]].copy()
    repeated.loc[older, "age"] += 1
    repeated.loc[respelled, "city_type"] = ["Stad", "STAD"]
    return _insert_later(rng, table, repeated, [CUSTOMERS] * len(repeated))


# nps_survey

# Valid answers per wave and segment: promoters, passives, detractors. Both segments rise, the total falls.
NPS_COUNTS = {
    ("2024Q1", "Online"): (20, 10, 20),
    ("2024Q1", "Winkel"): (240, 60, 50),
    ("2024Q2", "Online"): (140, 70, 120),
    ("2024Q2", "Winkel"): (52, 12, 6),
}
# The batch has the mix of its wave (82.5 % online), so leaving it out does not change the mix.
OTHER_SCALE_ROWS = {("2024Q2", "Online"): 66, ("2024Q2", "Winkel"): 14}
BLANK_SCORES, REFUSALS, TYPOS = 50, 36, 12  # "", "-1", "11"
DUTCH_NINES, LABELLED_TENS = 18, 12  # "9,0", "10 - zeer waarschijnlijk"
REPEATED, REPEATED_AS_BEFORE = 22, 8

# Answers within a category and how likely each is.
ANSWERS = {
    "promoter": ((9, 10), (0.45, 0.55)),
    "passive": ((7, 8), (0.4, 0.6)),
    "detractor": ((0, 1, 2, 3, 4, 5, 6), (0.08, 0.04, 0.07, 0.11, 0.13, 0.25, 0.32)),
}

COMMENTS = {
    ("promoter", "nl"): (
        "De lamp brandt feller dan ik dacht, top.",
        "Al drie vrienden hierheen gestuurd.",
        "In de winkel namen ze echt de tijd voor mij.",
        "Besteld op maandag, dinsdag in huis.",
        "Eindelijk een fietslicht dat de winter overleeft.",
        "Vriendelijk geholpen, ook na de aankoop.",
        "Mijn dochter rijdt nu veilig naar school.",
        "Goede uitleg, eerlijke prijs.",
    ),
    ("promoter", "fr"): (
        "La lampe éclaire très bien, même sous la pluie.",
        "J'en ai déjà parlé à toute ma famille.",
        "Au magasin, on m'a vraiment écouté.",
        "Commandé lundi, reçu mardi.",
        "Enfin un éclairage qui tient tout l'hiver.",
        "Service aimable, aussi après l'achat.",
        "Bonne explication, prix honnête.",
    ),
    ("passive", "nl"): (
        "Prima lamp, niets bijzonders.",
        "Goed, maar de handleiding is kort.",
        "Doet wat het moet doen.",
        "Levering was oké, verpakking kan kleiner.",
        "Tevreden, al is er ook goedkoper.",
        "Wachten aan de kassa duurde even.",
    ),
    ("passive", "fr"): (
        "Correct, sans plus.",
        "Bien, mais le mode d'emploi est court.",
        "Fait ce qu'il doit faire.",
        "Livraison normale, emballage trop grand.",
        "Content, même si on trouve moins cher.",
    ),
    ("detractor", "nl"): (
        "Na twee weken kapot.",
        "De website vroeg drie keer hetzelfde.",
        "Pakje kwam een week te laat, niemand belde.",
        "Batterij leeg voor ik thuis was.",
        "Terugsturen kostte mij meer dan de lamp.",
        "Klantendienst antwoordt niet op mails.",
        "Klemmetje brak bij de eerste rit.",
    ),
    ("detractor", "fr"): (
        "En panne après deux semaines.",
        "Le site demande trois fois la même chose.",
        "Colis en retard d'une semaine, sans nouvelles.",
        "Batterie vide avant d'arriver.",
        "Le retour coûte plus que la lampe.",
        "Le service client ne répond pas aux mails.",
    ),
}
COMMENT_SHARE = 0.4
FRENCH_SHARE = 0.4


def nps_survey(seed: int) -> pd.DataFrame:
    """1,000 rows of a recommendation survey in two waves, of which 800 are valid answers from 800 people.

    The valid answers have exactly the counts of NPS_COUNTS for every seed. Valid means: the first row of a
    resp_id, note empty, score a whole number from 0 to 10, where `9,0` is 9 and `10 - zeer waarschijnlijk` is
    10. The order of these steps does not matter. Traps: 18 times `9,0`, 12 times `10 - zeer waarschijnlijk`,
    50 blanks, 36 times -1 (refused), 12 times 11 (typing error), 22 repeated resp_id (8 with the same score,
    14 with another), 80 rows in one block asked on a scale from 1 to 10 (note `scale=1-10`).
    """
    rng = np.random.default_rng(seed)
    valid = []
    for (wave, segment), counts in NPS_COUNTS.items():
        for category, number in zip(ANSWERS, counts, strict=True):
            answers, weights = ANSWERS[category]
            for answer in rng.choice(answers, number, p=weights):
                valid.append(_answer(rng, wave, segment, str(answer), category))
    _rewrite(rng, valid, "9", "9,0", DUTCH_NINES)
    _rewrite(rng, valid, "10", "10 - zeer waarschijnlijk", LABELLED_TENS)

    cells = list(NPS_COUNTS)
    sizes = np.array([sum(counts) for counts in NPS_COUNTS.values()])
    no_answer = []
    for score, number in (("", BLANK_SCORES), ("-1", REFUSALS), ("11", TYPOS)):
        for cell in rng.choice(len(cells), number, p=sizes / sizes.sum()):
            wave, segment = cells[cell]
            tone = {"": "passive", "11": "promoter"}.get(score)  # who refuses adds no comment
            no_answer.append(_answer(rng, wave, segment, score, tone))

    batch = []
    for (wave, segment), number in OTHER_SCALE_ROWS.items():
        shares = np.array(NPS_COUNTS[wave, segment]) / sum(NPS_COUNTS[wave, segment])
        for category in rng.choice(list(ANSWERS), number, p=shares):
            answers, weights = ANSWERS[category]
            answer = max(1, rng.choice(answers, p=weights))  # this scale has no 0
            batch.append({**_answer(rng, wave, segment, str(answer), category), "note": "scale=1-10"})

    rows = []
    for wave in dict.fromkeys(wave for wave, _ in cells):
        of_wave = [row for row in valid + no_answer if row["wave"] == wave]
        block = [row for row in batch if row["wave"] == wave]
        rows += [of_wave[place] for place in rng.permutation(len(of_wave))]
        rows += [block[place] for place in rng.permutation(len(block))]
    table = pd.DataFrame(rows)
    table.insert(0, "resp_id", [f"R{number:04d}" for number in range(1, len(table) + 1)])

    plain = np.flatnonzero(table["score"].isin([str(answer) for answer in range(11)]) & (table["note"] == ""))
    repeated = table.loc[rng.choice(plain, REPEATED, replace=False)].copy()
    repeated["comment"] = ""
    for place in repeated.index[REPEATED_AS_BEFORE:]:
        first = int(repeated.loc[place, "score"])
        repeated.loc[place, "score"] = str(rng.choice([answer for answer in range(11) if answer != first]))
    ends = [
        table.index[(table["wave"] == wave) & (table["note"] == "")].max() + 1 for wave in repeated["wave"]
    ]
    return _insert_later(rng, table, repeated, ends)


def _answer(
    rng: np.random.Generator, wave: str, segment: str, score: str, category: str | None
) -> dict[str, str]:
    """One row of the survey, with a comment that fits the category (none without a category)."""
    lang = "fr" if rng.random() < FRENCH_SHARE else "nl"
    comment = ""
    if category is not None and rng.random() < COMMENT_SHARE:
        comment = str(rng.choice(COMMENTS[category, lang]))
    return {"wave": wave, "segment": segment, "score": score, "comment": comment, "lang": lang, "note": ""}


def _rewrite(
    rng: np.random.Generator, rows: list[dict[str, str]], score: str, text: str, number: int
) -> None:
    """Write `score` as `text` in `number` of the rows that have it."""
    candidates = [row for row in rows if row["score"] == score]
    for place in rng.choice(len(candidates), number, replace=False):
        candidates[place]["score"] = text


# brands

LUO_WILES_RAITHEL = (
    "Luo, X., Wiles, M. and Raithel, S. (2013). Make the Most of a Polarizing Brand. "
    "Harvard Business Review, November 2013 (YouGov BrandIndex data)"
)
# Lovers and haters in per cent, as published; the neutral share is what is left of 100.
PUBLISHED_BRANDS = {"McDonald's": (33, 29), "Starbucks": (30, 23)}
# In each pair the first brand divides people, the second leaves them cool; lovers minus haters is equal.
BRAND_PAIRS = (
    ("Brugpils", "Papier Volant"),
    ("Fanfare Bleue", "Tramlijn Nul"),
    ("Norðurljós Café", "Brume du Matin"),
    ("Molenrak Kaas", "Hraunbrauð"),
    ("Zwanenveer", "Citronnade Zélie"),
)
SUMS_OF_SYNTHETIC_BRANDS = (99, 99, 101, 101, 100, 100, 100, 100, 100, 100)


def brands(seed: int) -> pd.DataFrame:
    """12 brands with the shares (per cent) of lovers, haters and neutral people.

    Two brands carry published figures, ten are synthetic: five pairs with the same lovers minus haters, one
    brand divided and the other lukewarm. Trap: shares are rounded one by one, so two rows sum to 99 and two
    to 101.
    """
    rng = np.random.default_rng(seed)
    rows = [
        (brand, lovers, haters, 100 - lovers - haters, "published", LUO_WILES_RAITHEL)
        for brand, (lovers, haters) in PUBLISHED_BRANDS.items()
    ]
    sums = iter(rng.permutation(SUMS_OF_SYNTHETIC_BRANDS).tolist())
    for divided, lukewarm in BRAND_PAIRS:
        net = int(rng.integers(-6, 13))
        for brand, fewest, most in ((divided, 28, 40), (lukewarm, 7, 14)):
            haters = int(rng.integers(fewest, most + 1))
            lovers = haters + net
            rows.append((brand, lovers, haters, next(sums) - lovers - haters, "synthetic", "synthetic"))
    columns = ["brand", "lovers_pct", "haters_pct", "neutral_pct", "status", "source"]
    return pd.DataFrame([rows[place] for place in rng.permutation(len(rows))], columns=columns)


# reviews_timeline

FIRST_DAY = pd.Timestamp("2024-01-01")
DAYS = 180
QUIET_ATTACKS, INCIDENTS, ATTACKS_PER_INCIDENT = 140, 4, 40
SPONTANEOUS_DEFENCES, PROMPTED_DEFENCES = 90, 180
NEUTRAL_REVIEWS = 330
DEFENCE_DELAY_DAYS, INCIDENT_LENGTH_DAYS = 1.2, 2.0  # means
SHIFTED_ROWS, SHIFT_HOURS = 30, -9  # UTC-8 instead of UTC+1
AUTHORS = ("lover", "hater", "other")
AUTHOR_SHARES = {"attack": (0.02, 0.76, 0.22), "defence": (0.83, 0.0, 0.17), "neutral": (0.12, 0.08, 0.80)}


def reviews_timeline(seed: int) -> pd.DataFrame:
    """900 reviews of one brand in 180 days: attacks, defences and neutral ones, in order of their true time.

    Attacks come at random and in 4 incidents of 40; 90 defences come at random, 180 follow an attack after an
    exponential delay of 1.2 days on average (a Hawkes-like process with fixed numbers). Trap: 30 rows, note
    `clock=UTC-8`, were stamped by a clock that runs 9 hours behind the others (UTC+1).
    """
    rng = np.random.default_rng(seed)
    starts = rng.uniform(0, DAYS, INCIDENTS)
    attacks = np.concatenate(
        [
            rng.uniform(0, DAYS, QUIET_ATTACKS),
            _delayed(rng, np.repeat(starts, ATTACKS_PER_INCIDENT), INCIDENT_LENGTH_DAYS),
        ]
    )
    defences = np.concatenate(
        [
            rng.uniform(0, DAYS, SPONTANEOUS_DEFENCES),
            _delayed(rng, rng.choice(attacks, PROMPTED_DEFENCES), DEFENCE_DELAY_DAYS),
        ]
    )
    when = np.concatenate([attacks, defences, rng.uniform(0, DAYS, NEUTRAL_REVIEWS)])
    kinds = np.repeat(["attack", "defence", "neutral"], [len(attacks), len(defences), NEUTRAL_REVIEWS])
    order = np.argsort(when, kind="stable")
    stamps = FIRST_DAY + pd.to_timedelta(np.floor(when[order] * 24 * 60), unit="min")
    # A shifted stamp before the first day would give the trap away.
    late_enough = np.flatnonzero(when[order] * 24 >= -SHIFT_HOURS)
    shifted = np.zeros(len(order), dtype=bool)
    shifted[rng.choice(late_enough, SHIFTED_ROWS, replace=False)] = True
    stamps = stamps + pd.to_timedelta(np.where(shifted, SHIFT_HOURS, 0), unit="h")
    return pd.DataFrame(
        {
            "review_id": [f"V{number:03d}" for number in range(1, len(order) + 1)],
            "day": stamps.strftime("%Y-%m-%d"),
            "time": stamps.strftime("%H:%M"),
            "type": kinds[order],
            "author_type": [rng.choice(AUTHORS, p=AUTHOR_SHARES[kind]) for kind in kinds[order]],
            "note": np.where(shifted, "clock=UTC-8", ""),
        }
    )


def _delayed(rng: np.random.Generator, start: np.ndarray, mean_days: float) -> np.ndarray:
    """Times after `start` by an exponential delay, redrawn where it would end after the last day."""
    times = start + rng.exponential(mean_days, len(start))
    while (late := times >= DAYS).any():
        times[late] = start[late] + rng.exponential(mean_days, late.sum())
    return times


def _insert_later(
    rng: np.random.Generator, table: pd.DataFrame, repeated: pd.DataFrame, ends: list[int]
) -> pd.DataFrame:
    """`table` with each of the `repeated` rows put after the row that has its index and before row `end`."""
    places = [rng.uniform(first, end) for first, end in zip(repeated.index, ends, strict=True)]
    together = pd.concat([table, repeated.set_axis(places, axis=0)])
    return together.sort_index(kind="stable").reset_index(drop=True)


# Files

TABLES: dict[str, Callable[[int], pd.DataFrame]] = {
    "contacts_wide": contacts_wide,
    "nps_survey": nps_survey,
    "brands": brands,
    "reviews_timeline": reviews_timeline,
}


def as_csv(table: pd.DataFrame) -> bytes:
    """The table as it is stored: UTF-8, commas, LF line ends, no index."""
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write or check every file of the data package; the exit status is 1 if a check finds a difference."""
    parser = argparse.ArgumentParser(description="Make the course's data sets from their seeds.")
    parser.add_argument("--check", action="store_true", help="compare with the stored files, write nothing")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the CSV files are (default: here)")
    options = parser.parse_args(arguments)
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    differing = []
    for resource in package["resources"]:
        path = options.folder / resource["path"]
        content = as_csv(TABLES[resource["name"]](resource["seed"]))
        if not options.check:
            path.write_bytes(content)
        elif not path.exists():
            differing.append(f"{path.name} is missing")
        elif path.read_bytes() != content:
            differing.append(f"{path.name} differs from what its seed gives")
    for line in differing:
        print(f"{line}. Run python datasets/generate.py to write it again.", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
