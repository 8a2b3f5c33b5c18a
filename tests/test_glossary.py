"""The glossary has every term in four languages and marks what no native speaker has checked."""

import csv
import re
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[1] / "course" / "glossary.csv"
LANGUAGES = ("term_en", "nl", "fr", "is")

with PATH.open(encoding="utf-8", newline="") as file:
    READER = csv.DictReader(file)
    ROWS = list(READER)
TERMS = {row["term_en"]: row for row in ROWS}


def test_the_header_names_four_languages_and_the_mark():
    assert READER.fieldnames == [*LANGUAGES, "unchecked"]


def test_the_file_is_utf8_with_lf():
    content = PATH.read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert "þátttaka" in content.decode("utf-8")


def test_every_term_stands_in_four_languages():
    assert len(ROWS) == 59
    for row in ROWS:
        assert None not in row, f"{row['term_en']} has too many cells"
        for language in LANGUAGES:
            assert row[language], f"{row['term_en']} has no {language}"
            assert row[language] == row[language].strip()


def test_no_english_term_stands_twice():
    words = [word.strip().lower() for row in ROWS for word in row["term_en"].split(";")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["term_en"])
def test_the_mark_names_languages_in_order_once(row):
    codes = row["unchecked"].split()
    assert codes == [code for code in ("nl", "fr", "is") if code in codes]


@pytest.mark.parametrize(("code", "number"), [("nl", 16), ("fr", 39), ("is", 41)])
def test_as_many_terms_are_marked_as_were_supplied_without_a_check(code, number):
    assert sum(code in row["unchecked"].split() for row in ROWS) == number


@pytest.mark.parametrize(
    ("term", "unchecked"),
    [
        ("detractor", "fr is"),
        ("promoter", "fr is"),
        ("passive", "fr is"),
        ("prompted advocacy", "fr is"),
        ("Net Promoter Score", "fr is"),
        ("co-opetition", "nl fr is"),
        ("consumer", "nl"),
        ("customer", ""),
        ("engagement", "is"),
    ],
)
def test_supplied_terms_are_marked_and_others_are_not(term, unchecked):
    assert TERMS[term]["unchecked"] == unchecked


def test_the_words_of_the_first_modules_are_there():
    for term, dutch in {
        "promoter": "promotor",
        "passive": "passief tevreden",
        "detractor": "criticaster",
        "word of mouth": "mond-tot-mondreclame",
        "prompted advocacy": "opgeroepen advocacy",
        "loyalty": "loyaliteit",
    }.items():
        assert TERMS[term]["nl"] == dutch


def test_no_known_misspelling_and_no_mark_inside_a_term():
    text = PATH.read_text(encoding="utf-8")
    assert not re.search(r"†|seed|Net Promotor|co-opetiotion|aandachtspanne\b", text)
