"""A survey in two waves in which both segments' NPS rises and the total falls, with faults to clean."""

from __future__ import annotations

import numpy as np
import pandas as pd

from generators.repeated_rows import insert_later

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
    return insert_later(rng, table, repeated, ends)


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
