"""What was handed in is read as bytes of regular files; nothing a name leads to is opened."""

import os
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine import submission as module
from autograder.engine.submission import Submission, read_submission, shown


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "ada" / "small"
    made.mkdir(parents=True)
    (made / "small.ipynb").write_bytes(b"a notebook")
    return made


def read(folder: Path, most_mb: int = 1, ignored: Callable[[str], bool] = lambda name: False) -> Submission:
    return read_submission(folder, "ada", "small", ignored, most_mb)


def contents(found: Submission) -> dict[str, bytes]:
    return {name: found.content(name) for name in found.files}


def test_files_are_read_by_their_path_whatever_is_in_them(folder):
    (folder / "parts" / "deep").mkdir(parents=True)
    (folder / "parts" / "deep" / "table 1.csv").write_bytes(b"\xff\x00")
    (folder / "parts" / "empty").write_bytes(b"")
    found = read(folder)
    assert contents(found) == {
        "small.ipynb": b"a notebook",
        "parts/deep/table 1.csv": b"\xff\x00",
        "parts/empty": b"",
    }
    assert (found.refused, found.timestamp, found.student, found.assignment) == ((), None, "ada", "small")


def test_ignored_names_are_not_looked_at_not_even_as_links(folder):
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"1")
    (folder / "old.pyc").symlink_to("/etc/passwd")
    found = read(folder, ignored=lambda name: name == "__pycache__" or name.endswith(".pyc"))
    assert (list(found.files), found.refused) == (["small.ipynb"], ())


@pytest.mark.parametrize("target", ["/etc/passwd", "/", "small.ipynb", "nothing-there", "link"])
def test_a_link_is_refused_wherever_it_leads(folder, target):
    (folder / "link").symlink_to(target)
    found = read(folder)
    assert list(found.files) == ["small.ipynb"]
    assert found.refused == ("link is a link, and was refused",)


def test_a_submission_that_is_a_link_itself_is_not_followed(folder, tmp_path):
    other = tmp_path / "other"
    other.symlink_to(folder)
    found = read(other)
    assert (found.files, found.refused) == ({}, ("the submitted folder is a link, and was not followed",))


def test_pipes_and_sockets_are_refused_and_nobody_waits_for_them(folder, monkeypatch):
    os.mkfifo(folder / "pipe")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("door")
        found = read(folder)
    assert found.refused == (
        "door is no regular file, and was refused",
        "pipe is no regular file, and was refused",
    )


def test_a_file_that_became_a_link_after_the_look_is_not_read(folder, monkeypatch):
    secret = folder.parent / "secret"
    secret.write_text("the key")
    found_before = module._regular_files

    def swapped(*args):
        names = found_before(*args)
        (folder / "small.ipynb").unlink()
        (folder / "small.ipynb").symlink_to(secret)
        return names

    monkeypatch.setattr(module, "_regular_files", swapped)
    assert read(folder).files == {}


def test_what_is_too_large_is_left_out_and_the_notebooks_are_read_first(folder):
    (folder / "a.bin").write_bytes(b"x" * 700_000)
    (folder / "b.bin").write_bytes(b"x" * 700_000)
    (folder / "z.ipynb").write_bytes(b"x" * 300_000)
    found = read(folder)
    assert set(found.files) == {"small.ipynb", "z.ipynb", "a.bin"}
    assert found.refused == ("b.bin was left out: the submission is larger than 1 MB",)


def test_a_hole_of_many_gigabytes_is_not_read(folder):
    with open(folder / "hole", "wb") as file:
        file.truncate(1 << 40)
    assert read(folder).refused == ("hole was left out: the submission is larger than 1 MB",)


def test_more_files_than_anyone_hands_in_are_counted(folder, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 3)
    for n in range(5):
        (folder / f"{n}.txt").write_text("")
    found = read(folder)
    assert list(found.files) == ["small.ipynb", "0.txt", "1.txt"]
    assert found.refused == ("3 files were left out: there are more than 3",)


def test_a_name_that_is_no_text_is_refused_and_shown_in_one_line(folder):
    with open(os.fsencode(folder) + b"/\xff.txt", "wb"):
        pass
    (folder / "two\nlines\x1b[31m").symlink_to("/")
    assert read(folder).refused == (
        "two\N{REPLACEMENT CHARACTER}lines\N{REPLACEMENT CHARACTER}[31m is a link, and was refused",
        "\N{REPLACEMENT CHARACTER}.txt was left out: its name is not text",
    )
    assert len(shown("x" * 500)) == 120


def test_a_missing_folder_is_a_sentence(tmp_path):
    assert read(tmp_path / "nobody").refused == ("the folder cannot be read: No such file or directory",)


# Its hash


def test_the_hash_is_the_same_for_the_same_files_wherever_they_are(folder, tmp_path):
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "small.ipynb").write_bytes(b"a notebook")
    assert read(folder).hash == read(other).hash


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "small.ipynb").write_bytes(b"a notebooK"),
        lambda f: (f / "small.ipynb").rename(f / "smalL.ipynb"),
        lambda f: (f / "empty").write_bytes(b""),
        lambda f: (f / "link").symlink_to("/"),
        lambda f: (f / "timestamp.txt").write_text("2026-01-15 10:00:00 UTC"),
        lambda f: (f / "huge").write_bytes(b"x" * 2_000_000),
    ],
)
def test_whatever_changes_is_another_submission(folder, change):
    before = read(folder).hash
    change(folder)
    assert read(folder).hash != before


def test_a_file_that_reads_like_two_is_another_submission_than_the_two(folder):
    (folder / "a").write_bytes(b"1")
    (folder / "b").write_bytes(b"2")
    before = read(folder).hash
    (folder / "b").unlink()
    (folder / "a").write_bytes(b"1b2")
    assert read(folder).hash != before


def test_a_submission_reaches_a_worker_unchanged(folder):
    (folder / "link").symlink_to("/")
    (folder / "timestamp.txt").write_text("2026-01-15 10:00:00 UTC")
    found = read(folder)
    assert Submission.from_data(found.data) == found


# When it was handed in


@pytest.mark.parametrize(
    "told",
    [
        "2026-01-15 10:00:00 UTC",
        "2026-01-15 10:00:00.123456 UTC",
        "2026-07-15 10:00:00 Europe/Brussels",
        "2026-01-15 10:00:00 3600",
        "2026-01-15T10:00:00+02:00",
        "2026-01-15 10:00:00",
        "January 2026",
        "2026-01-15 10:00:00 -7200",
        "2026-01-15 10:00:00 EST5EDT",
        "2026-01-15 10:00:00 America/Argentina/Buenos_Aires",
        "2026-01-15 10:00:00 Nowhere/Land",
    ],
)
@pytest.mark.filterwarnings("ignore::dateutil.parser.UnknownTimezoneWarning")
def test_the_time_of_a_hand_in_is_read_as_nbgrader_reads_it(folder, told):
    from nbgrader.utils import parse_utc

    (folder / "timestamp.txt").write_text(f"{told}\n")
    found = read(folder)
    assert found.refused == ()
    assert found.timestamp is not None
    assert datetime.fromisoformat(found.timestamp) == parse_utc(told)


FAULT = "timestamp.txt holds no time: the hand-in counts as not late"


@pytest.mark.parametrize(
    "told",
    [
        "yesterday",
        "2026-13-45 99:00:00 UTC",
        "2026-01-15 10:00:00 /etc/passwd",
        "2026-01-15 10:00:00 ../../../etc/passwd",
        "9999-12-31 23:59:59 -99999",
        "0001-01-01 00:00:00 Asia/Tokyo",
        "2026-01-15 10:00:00 \0",
        "\0",
        "1" * 10_000,
        "9" * 40 + " a b",
        "(" * 200,
    ],
)
@pytest.mark.filterwarnings("ignore::dateutil.parser.UnknownTimezoneWarning")
def test_a_time_that_is_none_is_told_and_never_stops_the_reading(folder, told):
    (folder / "timestamp.txt").write_text(told)
    found = read(folder)
    assert found.refused in ((FAULT,), ())
    assert (found.timestamp is None) == (found.refused == (FAULT,))


def test_a_time_zone_is_never_a_file_of_this_machine(folder, monkeypatch):
    asked = []
    monkeypatch.setattr(tz, "gettz", asked.append)
    for name in ("/etc/localtime", "../../planted", "./planted", "~/planted", "Europe/../../planted"):
        (folder / "timestamp.txt").write_text(f"2026-01-15 10:00:00 {name}")
        read(folder)
    assert asked == []


def test_an_empty_time_is_no_time(folder):
    (folder / "timestamp.txt").write_text(" \n")
    assert (read(folder).timestamp, read(folder).refused) == (None, ())


WORDS = st.text(max_size=12) | st.sampled_from(["2026-01-15", "10:00", "UTC", "/etc/hosts", "1e9", "-1", "Z"])


@pytest.mark.filterwarnings("ignore::dateutil.parser.UnknownTimezoneWarning")
@given(st.lists(WORDS, max_size=4).map(" ".join) | st.binary(max_size=30))
def test_any_time_is_a_time_or_a_sentence(told):
    content = told if isinstance(told, bytes) else told.encode("utf-8", "replace")
    when, fault = module._timestamp(content)
    assert when is None or fault == ""
    if when is not None:
        assert datetime.fromisoformat(when).tzinfo is None
