"""What a student hands in is copied as ordinary files, whatever they put in its place."""

import gzip
import io
import logging
import os
import shutil
import socket
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeCollect
from traitlets.config import Config

from autograder.plugins.collecting import CollectWithoutLinks, SafeExtractor, refuse_links
from autograder.plugins.plain_files import TooLarge, copy_plain_files, links_in, refused_in, replace_links

SECRET = "only the instructor may read this"
TIME = "2026-01-15 10:00:0{}.000000 UTC"

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes as on Linux and macOS")


@pytest.fixture
def secret(tmp_path) -> Path:
    folder = tmp_path / "instructor"
    folder.mkdir()
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.fixture
def submission(tmp_path, secret) -> Path:
    """A folder with an honest notebook, and everything that is not an ordinary file."""
    folder = tmp_path / "handed_in"
    (folder / "data").mkdir(parents=True)
    (folder / "ps1.ipynb").write_text("{}", encoding="utf-8")
    (folder / "data" / "own.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "leak.txt").symlink_to(secret / "secret.txt")
    (folder / "data" / "all").symlink_to(secret)
    (folder / "round").symlink_to(folder)
    (folder / "nowhere").symlink_to(secret / "none")
    os.mkfifo(folder / "data" / "pipe")
    with socket.socket(socket.AF_UNIX) as opened:
        here = os.open(folder, os.O_RDONLY)
        try:
            opened.bind(f"/proc/self/fd/{here}/wire" if sys.platform == "linux" else str(folder / "wire"))
        finally:
            os.close(here)
    return folder


REFUSED = ["data/all", "data/pipe", "leak.txt", "nowhere", "round", "wire"]


def texts(folder: Path) -> str:
    """Everything that can be read in a folder, links followed."""
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


def test_links_and_devices_are_found_and_not_followed(submission):
    assert sorted(links_in(submission)) == REFUSED
    assert refused_in(submission)["leak.txt"] == "a symbolic link"
    assert refused_in(submission)["data/pipe"] == "a pipe, a socket or a device"


def test_a_folder_that_is_a_link_itself_is_found(submission, tmp_path):
    (tmp_path / "link").symlink_to(submission)
    assert links_in(tmp_path / "link") == ["."]
    assert links_in(submission / "data" / "pipe") == ["."]


def test_an_ordinary_folder_has_no_links(submission):
    assert links_in(submission / "data") == ["all", "pipe"]
    for name in ("all", "pipe"):
        (submission / "data" / name).unlink()
    os.link(submission / "data" / "own.csv", submission / "data" / "again.csv")
    assert links_in(submission / "data") == []


def test_a_second_name_of_the_file_of_another_user_is_refused(submission, secret, tmp_path):
    if os.geteuid():
        pytest.skip("only root can give a folder to another user")
    os.link(secret / "secret.txt", submission / "data" / "own.txt")
    os.chown(submission, 4711, -1)
    os.chown(submission / "data" / "own.csv", 4711, -1)
    assert "data/own.txt" in links_in(submission)
    assert "data/own.csv" not in links_in(submission)
    copy_plain_files(submission, tmp_path / "copy", 1000)
    assert SECRET not in texts(tmp_path / "copy")


def test_links_become_notes_and_what_they_named_is_untouched(submission, secret):
    (submission / "data").chmod(0o500)
    replaced = replace_links(submission)
    assert sorted(replaced) == REFUSED
    assert links_in(submission) == []
    assert SECRET not in texts(submission)
    assert (submission / "leak.txt").read_text(encoding="utf-8").startswith("This was a symbolic link.")
    assert (secret / "secret.txt").read_text(encoding="utf-8") == SECRET
    assert (submission / "data" / "own.csv").read_text(encoding="utf-8") == "a\n1\n"


def test_the_hook_looks_at_the_folder_of_the_notebooks_only(submission, tmp_path):
    (tmp_path / "kept").symlink_to(submission)
    refuse_links(assignment="ps1", student="*", notebooks=[str(submission / "ps1.ipynb")])
    assert links_in(submission) == []
    assert (tmp_path / "kept").is_symlink()


def test_the_hook_stops_the_grading_when_a_link_cannot_be_removed(submission, monkeypatch):
    def fails(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", fails)
    with pytest.raises(SystemExit, match="could not be removed"):
        refuse_links(assignment="ps1", student="*", notebooks=[str(submission / "ps1.ipynb")])


def test_a_copy_has_the_ordinary_files_and_notes(submission, tmp_path):
    refused = copy_plain_files(submission, tmp_path / "copy", 1000)
    assert sorted(refused) == REFUSED
    assert links_in(tmp_path / "copy") == []
    assert (tmp_path / "copy" / "data" / "own.csv").read_text(encoding="utf-8") == "a\n1\n"
    assert SECRET not in texts(tmp_path / "copy")


def test_a_file_that_becomes_a_link_while_it_is_copied_is_refused(submission, secret, tmp_path, monkeypatch):
    status = os.stat

    def slow(name, **about):
        found = status(name, **about)
        if name == "own.csv" and "dir_fd" in about:
            (submission / "data" / "own.csv").unlink()
            (submission / "data" / "own.csv").symlink_to(secret / "secret.txt")
        return found

    monkeypatch.setattr(os, "stat", slow)
    refused = copy_plain_files(submission, tmp_path / "copy", 1000)
    assert "data/own.csv" in refused
    assert SECRET not in texts(tmp_path / "copy")


def test_a_folder_that_is_too_large_is_not_copied(submission, tmp_path):
    with (submission / "large").open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(TooLarge):
        copy_plain_files(submission, tmp_path / "copy", 10**6)
    assert sum(path.stat().st_size for path in (tmp_path / "copy").rglob("*")) < 2 * 10**6


# The exchange


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory) -> Path:
    """An empty gradebook, made once: nbgrader takes a second for it."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader makes a gradebook with alembic, which it looks for on the PATH.
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        Gradebook(f"sqlite:///{path}", "demo").close()
    return path


@pytest.fixture
def collect(tmp_path, gradebook):
    """`collect()` is nbgrader's collect with our class; it returns the log."""
    root = tmp_path / "course"
    (tmp_path / "exchange" / "demo" / "inbound").mkdir(parents=True)
    root.mkdir()
    shutil.copy(gradebook, root)
    settings = Config()
    settings.CourseDirectory.root = str(root)
    settings.CourseDirectory.course_id = "demo"
    settings.CourseDirectory.assignment_id = "ps1"
    settings.Exchange.root = str(tmp_path / "exchange")

    def run(update: bool = False, kind: type = CollectWithoutLinks) -> str:
        log = logging.Logger("collect")
        said = io.StringIO()
        log.addHandler(logging.StreamHandler(said))
        step = kind(coursedir=CourseDirectory(config=settings), config=settings, log=log)
        step.check_owner, step.update = False, update
        step.start()
        return said.getvalue()

    return run


def hand_in(tmp_path, student, second=0, folder=None) -> Path:
    """Put a submission where the exchange has it; the folder is copied with its links."""
    place = tmp_path / "exchange" / "demo" / "inbound" / f"{student}+ps1+{TIME.format(second)}+abc"
    if folder is None:
        place.mkdir()
        (place / "ps1.ipynb").write_text(f"{student} {second}", encoding="utf-8")
        (place / "timestamp.txt").write_text(TIME.format(second), encoding="utf-8")
    else:
        subprocess.run(["cp", "-a", str(folder), str(place)], check=True)
    return place


def collected(tmp_path) -> dict[str, str]:
    return {
        path.parent.parent.name: path.read_text(encoding="utf-8")
        for path in (tmp_path / "course" / "submitted").glob("*/ps1/ps1.ipynb")
    }


def test_collecting_refuses_links_with_a_line_for_each(collect, submission, tmp_path):
    hand_in(tmp_path, "mallory", folder=submission)
    hand_in(tmp_path, "ada")
    said = collect()
    assert collected(tmp_path) == {"mallory": "{}", "ada": "ada 0"}
    assert SECRET not in texts(tmp_path / "course")
    assert links_in(tmp_path / "course" / "submitted") == []
    for name in REFUSED:
        assert f"Refused '{name}' in " in said


def test_the_same_link_is_followed_by_nbgraders_own_class(collect, secret, tmp_path):
    (hand_in(tmp_path, "mallory") / "leak.txt").symlink_to(secret / "secret.txt")
    collect(kind=ExchangeCollect)
    assert SECRET in texts(tmp_path / "course")


def test_a_submission_that_is_a_link_is_refused_and_the_one_before_it_taken(collect, submission, tmp_path):
    hand_in(tmp_path, "mallory", 1)
    hand_in(tmp_path, "mallory", 2).rename(tmp_path / "elsewhere")
    newest = tmp_path / "exchange" / "demo" / "inbound" / f"mallory+ps1+{TIME.format(2)}+abc"
    newest.symlink_to(tmp_path / "elsewhere")
    assert "a symbolic link" in collect()
    assert collected(tmp_path) == {"mallory": "mallory 1"}


@pytest.mark.parametrize("student", ["-", "<img src=x onerror=alert(1)>", "a'b", '"', ""])
def test_a_name_that_is_no_user_name_is_refused(collect, tmp_path, student):
    hand_in(tmp_path, student)
    hand_in(tmp_path, "ada+b@example.org")
    assert "its name holds no user's name" in collect()
    assert collected(tmp_path) == {"ada+b@example.org": "ada+b@example.org 0"}
    assert [path.name for path in (tmp_path / "course" / "submitted").iterdir()] == ["ada+b@example.org"]


def test_a_name_without_a_time_stops_nobody(collect, tmp_path):
    (tmp_path / "exchange" / "demo" / "inbound" / "mallory+ps1+tomorrow+abc").mkdir()
    hand_in(tmp_path, "ada")
    assert "its name holds no time" in collect()
    assert collected(tmp_path) == {"ada": "ada 0"}


def test_a_submission_that_is_too_large_stops_nobody(collect, tmp_path):
    with (hand_in(tmp_path, "mallory") / "large").open("wb") as file:
        file.truncate(2 * 10**8)
    hand_in(tmp_path, "zoe")
    assert "Did not collect" in collect()
    assert collected(tmp_path) == {"zoe": "zoe 0"}


def test_a_newer_submission_replaces_an_older_one(collect, tmp_path):
    hand_in(tmp_path, "ada", 1)
    collect()
    hand_in(tmp_path, "ada", 2)
    collect(update=True)
    assert collected(tmp_path) == {"ada": "ada 2"}


# Archives


@pytest.fixture
def extract(tmp_path):
    """`extract(**limits)` extracts everything in `archive/`; it returns the log and the files, by path."""
    (tmp_path / "archive").mkdir()

    def run(**limits):
        log = logging.Logger("extract")
        said = io.StringIO()
        log.addHandler(logging.StreamHandler(said))
        target = tmp_path / "extracted"
        target.mkdir()
        SafeExtractor(log=log, **limits).extract(str(tmp_path / "archive"), str(target))
        assert links_in(target) == []
        files = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if path.is_file()}
        return said.getvalue(), files

    return run


def zipped(files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def member(name, kind=tarfile.REGTYPE, link="") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def test_archives_are_extracted_into_folders_of_their_own_and_other_files_copied(extract, tmp_path):
    archive = tmp_path / "archive"
    (archive / "late").mkdir()
    (archive / "a.zip").write_bytes(
        zipped({"ps1.ipynb": "1", "data/x.csv": "2", "inner.zip": zipped({"y": "3"})})
    )
    (archive / "late" / "b.tar.gz").write_bytes(tarred((member("ps1.ipynb"), b"4")))
    (archive / "c_ps1.ipynb").write_text("5", encoding="utf-8")
    _, files = extract()
    found = {name: path.read_bytes() for name, path in files.items() if path.suffix != ".zip"}
    assert found == {
        "a/ps1.ipynb": b"1",
        "a/data/x.csv": b"2",
        "a/inner/y": b"3",
        "late/b/ps1.ipynb": b"4",
        "c_ps1.ipynb": b"5",
    }


@pytest.mark.parametrize("name", ["../up", "a/../../up", "/up", "..\\up", "\\up", "//up"])
def test_a_name_that_leads_out_of_an_archive_is_refused(extract, tmp_path, name):
    (tmp_path / "archive" / "a.zip").write_bytes(zipped({name: "x", "good": "y"}))
    (tmp_path / "archive" / "b.tar.gz").write_bytes(tarred((member(name), b"x"), (member("good"), b"y")))
    before = {path for path in tmp_path.rglob("*") if "extracted" not in path.parts}
    said, files = extract()
    assert "its name leads elsewhere" in said
    assert {"a/good", "b/good"} <= set(files)
    assert {path for path in tmp_path.rglob("*") if "extracted" not in path.parts} == before
    assert not Path("/up").exists()


def test_links_and_devices_in_archives_are_refused(extract, tmp_path, secret):
    link = zipfile.ZipInfo("leak.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "archive" / "a.zip", "w") as archive:
        archive.writestr(link, str(secret / "secret.txt"))
        archive.writestr("good", "y")
    (tmp_path / "archive" / "b.tar.gz").write_bytes(
        tarred(
            (member("leak.txt", tarfile.SYMTYPE, str(secret / "secret.txt")), b""),
            (member("folder", tarfile.SYMTYPE, str(secret)), b""),
            (member("folder/new.txt"), b"x"),
            (member("hard", tarfile.LNKTYPE, "leak.txt"), b""),
            (member("pipe", tarfile.FIFOTYPE), b""),
            (member("null", tarfile.CHRTYPE), b""),
            (member("good"), b"y"),
        )
    )
    said, files = extract()
    assert set(files) == {"a/good", "b/good", "b/folder/new.txt"}
    assert said.count("it is a link or a device") == 6
    assert not (secret / "new.txt").exists()


def test_a_file_packed_too_small_to_be_true_is_refused_and_the_rest_of_the_class_is_not(extract, tmp_path):
    bomb = zipped({"ps1.ipynb": bytes(30 << 20)})
    (tmp_path / "archive" / "class.zip").write_bytes(
        zipped(
            {
                "a_ps1.ipynb": "honest",
                "b_ps1.ipynb": bytes(30 << 20),
                "c.zip": bomb,
                "d.zip": zipped({"x": "y"}),
            }
        )
    )
    said, files = extract()
    assert {name for name in files if not name.endswith(".zip")} == {"class/a_ps1.ipynb", "class/d/x"}
    assert said.count("packed too small to be true") == 2


def test_a_tar_archive_packed_too_small_is_refused_whole_before_it_fills_the_disk(extract, tmp_path):
    (tmp_path / "archive" / "a.tar.gz").write_bytes(
        tarred((member("small"), b"x"), (member("x"), bytes(40 << 20)))
    )
    header = tarfile.TarInfo("long")
    header.pax_headers = {"comment": "x" * (30 << 20)}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(header)
    (tmp_path / "archive" / "b.tar.gz").write_bytes(packed.getvalue())
    said, files = extract()
    assert files == {}
    assert said.count("Did not extract") == 2


def test_a_file_with_holes_counts_as_large_as_it_reads(extract, tmp_path):
    if shutil.which("tar") is None:
        pytest.skip("GNU tar is not installed")
    with (tmp_path / "holes").open("wb") as file:
        file.truncate(10**11)
    target = tmp_path / "archive" / "a.tar.gz"
    made = subprocess.run(["tar", "--sparse", "-czf", target, "-C", tmp_path, "holes"], check=False)
    if made.returncode:
        pytest.skip("this tar knows no holes")
    said, files = extract(max_megabytes=20)
    assert files == {}
    assert "it holds more bytes than it may" in said


def test_limits_on_files_bytes_and_depth(extract, tmp_path):
    archive = tmp_path / "archive"
    (archive / "many.zip").write_bytes(zipped({str(number): "" for number in range(50)}))
    (archive / "large.zip").write_bytes(zipped({"x": os.urandom(3 << 20)}))
    data = zipped({"core": "x"})
    for depth in range(6):
        data = zipped({f"{depth}.zip": data})
    (archive / "deep.zip").write_bytes(data)
    said, files = extract(max_files=40, max_megabytes=2)
    assert not [name for name in files if name.startswith(("many", "large"))]
    assert sorted(files) == ["deep/5.zip", "deep/5/4.zip", "deep/5/4/3.zip"]
    assert "it holds too many files" in said
    assert "it holds more bytes than it may" in said
    assert "more than 3 archives deep" in said


def test_all_inner_archives_of_one_student_share_one_limit(extract, tmp_path):
    inner = {f"{number}.zip": zipped({"x": os.urandom(1 << 20)}) for number in range(4)}
    (tmp_path / "archive" / "class.zip").write_bytes(
        zipped({"mallory.zip": zipped(inner), "ada.zip": zipped({"x": "y"})})
    )
    said, files = extract(max_inner_megabytes=6)
    # Four archives of one megabyte each, and what fits of their content.
    assert len([name for name in files if name.endswith("/x") and "mallory" in name]) == 1
    assert "class/ada/x" in files
    assert said.count("Did not extract") == 3


def test_a_damaged_archive_stops_nobody(extract, tmp_path):
    archive = tmp_path / "archive"
    good = zipped({"x": os.urandom(5000)})
    (archive / "cut.zip").write_bytes(good[:3000])
    (archive / "bad.zip").write_bytes(good[:2000] + bytes(100) + good[2100:])
    (archive / "text.gz").write_bytes(gzip.compress(b"no tar"))
    (archive / "empty.zip").write_bytes(b"")
    (archive / "z.zip").write_bytes(zipped({"x": "y"}))
    said, files = extract()
    assert set(files) == {"z/x"}
    assert said.count("Did not extract") == 4


def test_a_name_twice_and_a_file_that_is_a_folder_are_refused(extract, tmp_path):
    entries = [("a", b"1"), ("a", b"2"), ("a/b", b"3"), ("c/d", b"4"), ("c", b"5"), ("x" * 300, b"6")]
    packed = tarred(*((member(name), data) for name, data in entries))
    (tmp_path / "archive" / "a.tar.gz").write_bytes(packed)
    said, files = extract()
    assert {name: path.read_text() for name, path in files.items()} == {"a/a": "1", "a/c/d": "4"}
    assert said.count("Refused") == 4


def test_a_link_among_the_archives_is_refused(extract, tmp_path, secret):
    (tmp_path / "archive" / "x_ps1.ipynb").symlink_to(secret / "secret.txt")
    said, files = extract()
    assert files == {}
    assert "it is a symbolic link" in said


# nbgrader's own commands with the settings of the course


@pytest.mark.slow
def test_nbgrader_with_our_settings_follows_no_link(root, tmp_path, secret):
    course = tmp_path / "course"
    source = course / "source" / "ps1"
    source.mkdir(parents=True)
    shutil.copy(root / "nbgrader_config.py", course)
    marks = {
        "schema_version": 3,
        "grade_id": "test",
        "grade": True,
        "solution": False,
        "locked": True,
        "points": 1,
    }
    cell = new_code_cell("assert 1 == 1", id="test", metadata={"nbgrader": {**marks, "task": False}})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=[cell], metadata={"kernelspec": kernel}), source / "ps1.ipynb")

    def nbgrader(*command):
        run = [sys.executable, "-m", "nbgrader", *command]
        done = subprocess.run(run, cwd=course, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    nbgrader("generate_assignment", "ps1")
    submitted = course / "grading" / "submitted"
    shutil.copytree(course / "release" / "ps1", submitted / "mallory" / "ps1")
    (submitted / "mallory" / "ps1" / "leak.txt").symlink_to(secret / "secret.txt")
    said = nbgrader("autograde", "ps1")
    assert "Refused 'leak.txt'" in said
    assert SECRET not in texts(course / "grading" / "autograded")

    archive = course / "grading" / "downloaded" / "ps1" / "archive"
    archive.mkdir(parents=True)
    handed_in = (course / "release" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8")
    name = "ps1_{}_attempt_2026-01-15-10-00-00_ps1.ipynb"
    (archive / "class.zip").write_bytes(
        zipped({name.format("ada"): handed_in, "../" + name.format("eve"): "x"})
    )
    said = nbgrader("zip_collect", "ps1")
    assert "its name leads elsewhere" in said
    assert (submitted / "ada" / "ps1" / "ps1.ipynb").is_file()
    assert not (submitted / "eve").exists()
