"""A course is found where nbgrader finds it, without nbgrader; what is wrong is one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.engine.course import IGNORED, STRUCTURE, Course, CourseFault

STEPS = ("source", "release", "submitted", "autograded", "feedback")
CONFIGS = {
    "nothing": {},
    "folders as in this project": {"submitted_directory": "grading/submitted", "autograded_directory": "a/b"},
    "another order": {"directory_structure": "{assignment_id}/{nbgrader_step}/{student_id}"},
    "joined names": {"directory_structure": "{nbgrader_step}/{student_id}_{assignment_id}"},
    "another root": {"root": "elsewhere"},
    "another gradebook": {"db_url": "sqlite:////tmp/other.db"},
    "a server": {"db_url": "postgresql://someone:word@host/course"},
    "other files to ignore": {"ignore": ["*.tmp"]},
}


def course_of(root: Path, /, **settings: object) -> Course:
    return Course.of(Config({"CourseDirectory": settings}), root)


@pytest.mark.parametrize("name", CONFIGS)
def test_everything_is_where_nbgrader_has_it(name, tmp_path):
    from nbgrader.coursedir import CourseDirectory

    settings = dict(CONFIGS[name])
    ours = course_of(tmp_path, **settings)
    if "root" in settings:
        settings["root"] = str(tmp_path / settings["root"])
    theirs = CourseDirectory(config=Config({"CourseDirectory": {"root": str(tmp_path), **settings}}))
    assert str(ours.root) == theirs.root
    assert ours.db_url == theirs.db_url
    assert list(ours.ignored) == theirs.ignore
    for step in STEPS:
        student = "." if step in ("source", "release") else "ada"
        path = theirs.format_path(getattr(theirs, f"{step}_directory"), student, "ps1")
        assert ours.folder(step, student, "ps1") == Path(os.path.normpath(path))


def test_the_defaults_are_nbgraders():
    from nbgrader.coursedir import CourseDirectory

    theirs = CourseDirectory()
    assert list(IGNORED) == theirs.ignore
    assert os.path.normpath(STRUCTURE) == os.path.normpath(theirs.directory_structure)


@pytest.mark.parametrize(
    ("name", "ignored"),
    [("a.pyc", True), ("__pycache__", True), ("feedback", True), ("a.py", False), ("my feedback", False)],
)
def test_files_that_nbgrader_does_not_copy_are_ignored(tmp_path, name, ignored):
    assert course_of(tmp_path).is_ignored(name) is ignored


STUDENTS = ["ada", "Zoë van Dijk", "[brackets]", "a*b?", "two\nlines", "ends.with.dot", "{curly}", "-"]


@pytest.mark.parametrize("structure", [STRUCTURE, "{assignment_id}/{nbgrader_step}/{student_id}"])
@pytest.mark.parametrize("root", ["plain", "[root] with *?", "{0} % ü"])
def test_submissions_are_found_whatever_students_and_folders_are_called(tmp_path, root, structure):
    course = course_of(tmp_path / root, directory_structure=structure)
    for student in STUDENTS:
        course.folder("submitted", student, "ps1").mkdir(parents=True)
    for student in ("ada", "other"):
        course.folder("submitted", student, "ps10").mkdir(parents=True)
        course.folder("autograded", student, "ps1").mkdir(parents=True)
    found = course.submissions("ps1")
    assert list(found) == sorted(STUDENTS)
    for student in STUDENTS:
        assert found[student] == course.folder("submitted", student, "ps1")


def test_a_course_without_submissions_has_none(tmp_path):
    assert course_of(tmp_path).submissions("ps1") == {}


def test_a_submission_that_is_a_link_is_listed_and_not_followed(tmp_path):
    course = course_of(tmp_path)
    real = tmp_path / "elsewhere"
    real.mkdir()
    course.folder("submitted", "ada", "ps1").parent.mkdir(parents=True)
    (tmp_path / "submitted" / "ada" / "ps1").symlink_to(real)
    found = course.submissions("ps1")
    assert found == {"ada": tmp_path / "submitted" / "ada" / "ps1"}
    assert found["ada"].is_symlink()


# The configuration file


def test_the_configuration_of_a_folder_is_read_with_what_it_loads(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nload_subconfig('more.py')\nc.Engine.cell_seconds = 7\n"
    )
    (tmp_path / "more.py").write_text("c.CourseDirectory.submitted_directory = 'in'\n")
    course = Course.open(tmp_path)
    assert course.root == tmp_path
    assert course.folder("submitted", "ada", "ps1") == tmp_path / "in" / "ada" / "ps1"
    assert course.engine.limits().cell_seconds == 7


def test_the_configuration_of_this_project_is_a_course(root):
    course = Course.open(root)
    assert course.folder("submitted", "ada", "ps1") == root / "grading" / "submitted" / "ada" / "ps1"
    assert course.db_url == f"sqlite:///{root}/grading/gradebook.db"
    assert course.is_ignored("key.py")
    assert course.engine.furnishing().walls


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "There is no nbgrader_config.py in"),
        ("c = get_config(", "nbgrader_config.py cannot be used"),
        ("1 / 0", "nbgrader_config.py cannot be used"),
        ("import no_such_module", "nbgrader_config.py cannot be used"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_one_sentence(tmp_path, text, words):
    if text is not None:
        (tmp_path / "nbgrader_config.py").write_text(text)
    with pytest.raises(CourseFault) as fault:
        Course.open(tmp_path)
    assert words in str(fault.value)
    assert "\n" not in str(fault.value)


def test_an_option_of_the_wrong_kind_is_one_sentence(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Engine.cell_seconds = 'long'\n")
    with pytest.raises(CourseFault, match="cell_seconds"):
        _ = Course.open(tmp_path).engine


def test_reading_a_course_does_not_import_nbgrader(root):
    """It takes longer than grading a dozen submissions."""
    code = "import sys\nimport autograder.engine.classroom, autograder.engine.sandbox\n"
    code += (
        "print([name for name in ('nbgrader', 'nbconvert', 'pandas', 'matplotlib') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert run.stdout == "[]\n"
