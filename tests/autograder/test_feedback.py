"""The same words for eyes, for a terminal and for a screen reader; and nothing that can act."""

import html.parser
import re

import pytest

from autograder.feedback import headline, points_text, to_html, to_text
from autograder.judge import CheckOutcome, Verdict

STATES = ["right", "partly", "wrong", "missing", "waiting", "fault"]


def verdict(state="wrong", **changes):
    told = {
        "name": "nps",
        "title": "Net Promoter Score",
        "state": state,
        "earned": 2.0,
        "points": 3.0,
        "headline": "`nps([8])` returned 50.0; expected 25.0.",
        "hint": "Is an 8 a fan?",
        "checks": (CheckOutcome("nps([8])", False), CheckOutcome("nps([9])", True)),
        "hidden_checks": 4,
    }
    return Verdict(**(told | changes))


class Reader(html.parser.HTMLParser):
    """What a browser would make of the page: its words, and its tags in balance."""

    def __init__(self):
        super().__init__()
        self.words, self.open, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.attributes += [name for name, _ in attrs]
        assert tag in {"div", "span", "b", "code", "details", "summary", "ul", "li"}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert not [name for name in reader.attributes if name.startswith("on") or name in ("src", "href")]
    return re.sub(r"\s+", " ", "".join(reader.words))


@pytest.mark.parametrize("state", STATES)
def test_page_and_text_say_the_same(state):
    told = verdict(state)
    text = re.sub(r"[`\s]+", " ", to_text(told))
    page = re.sub(r"[`\s]+", " ", read(to_html(told)))
    for sentence in filter(None, (headline(told), told.hint, points_text(told))):
        plain = re.sub(r"[`\s]+", " ", sentence)
        assert plain.strip() in text
        assert plain.strip() in page


EVIL = "<script>alert(1)</script> <img src=x onerror=alert(1)> \"' `<b>` & $x$"


def test_nothing_of_the_student_becomes_markup():
    told = verdict(title=EVIL, headline=EVIL, hint=EVIL, checks=(CheckOutcome(f"f({EVIL})", False),) * 2)
    page = to_html(told)
    assert "<script" not in page
    assert "<img" not in page
    assert "alert(1)" in read(page)


def test_hidden_checks_are_named_but_not_shown_as_code():
    told = verdict(checks=(CheckOutcome("a", True), CheckOutcome("empty (nobody)", False, hidden=True)))
    assert "hidden check: empty (nobody) does not pass yet" in read(to_html(told))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "2 of 3 points so far; 4 hidden checks run after you submit."),
        ({"hidden_checks": 1}, "2 of 3 points so far; 1 hidden check runs after you submit."),
        ({"hidden_checks": 0}, "2 of 3 points."),
        ({"hidden_judged": True}, "2 of 3 points."),
        ({"points": 0.0, "earned": 0.0, "hidden_checks": 0}, ""),
        ({"points": 1.0, "earned": 0.67, "hidden_checks": 0}, "0.67 of 1 point."),
        ({"state": "fault"}, ""),
    ],
)
def test_points_are_told_with_what_is_still_to_come(changes, sentence):
    assert points_text(verdict(**changes)) == sentence


def test_right_is_only_said_without_so_far_when_nothing_is_still_to_come():
    right = verdict("right", headline="All 2 visible checks pass.", hint="")
    assert "Right so far" in to_text(right)
    assert "Right so far" not in to_text(verdict("right", hidden_judged=True))
    assert "Right so far" not in to_text(verdict("right", hidden_checks=0))


@pytest.mark.parametrize("state", STATES)
def test_the_state_is_said_in_a_word_and_a_sign_not_by_colour_alone(state):
    first = to_text(verdict(state)).splitlines()[0]
    assert re.match(r"^[✔◐✘○…!] Net Promoter Score: [A-Z]", first)
    assert 'role="status"' in to_html(verdict(state))


def test_a_price_in_dollars_is_not_set_as_a_formula():
    assert 'class="mathjax_ignore' in to_html(verdict())


def test_checks_that_pass_with_none_alone_are_said_to_earn_nothing_yet():
    checks = (CheckOutcome("share(1, 4)", False), CheckOutcome("share(5, 0)", True))
    assert "1 of 2 checks pass; “no answer” alone earns no points yet" in to_html(
        verdict(earned=0.0, checks=checks)
    )
    assert "no points yet" not in to_html(verdict(earned=1.0, checks=checks))
