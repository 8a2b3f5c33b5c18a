"""Nothing gets out of a run, nothing of it stays, and nobody grades without walls by accident."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.engine import sandbox as module
from autograder.engine.grading import grade
from autograder.engine.inside import confinement
from autograder.engine.limits import Limits
from autograder.engine.run import Ran, Run, Step
from autograder.engine.sandbox import Furnishing, NoSandbox, Sandbox
from tests.engine.conftest import SECRET, shown
from tests.engine.one_submission import LIMITS, answered, hand_in, small
from tests.engine.small_course import wait_for

ROOT = Path(__file__).resolve().parents[2]


def said(run_cells, source: str) -> str:
    """What one cell prints."""
    ran = run_cells(source)
    assert ran.notes == [], shown(ran.outputs[0])
    return shown(ran.outputs[0])


def answers(run_cells, expression: str):
    """The value of an expression, as JSON, after a cell full of imports."""
    imports = "import ctypes, glob, json, os, pathlib, pwd, shutil, signal, socket, subprocess, sys, time"
    return json.loads(said(run_cells, f"{imports}\nprint(json.dumps({expression}, default=str))"))


def refused(run_cells, statement: str) -> str:
    """The name of the error that a statement ends with, or ""."""
    source = (
        "import ctypes, os, resource, socket, subprocess, sys\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    )
    source += f"try:\n    {statement}\nexcept BaseException as error:\n    print(type(error).__name__)"
    return said(run_cells, source).partition("\n")[0]


def processes_with(word: str) -> list[int]:
    """The processes of this machine whose command line has this word."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                command = (place / "cmdline").read_bytes()
            except OSError:
                continue
            if word.encode() in command.split(b"\0"):
                found.append(int(place.name))
    return found


def children_of(parent: int) -> list[int]:
    """The processes that a process has started, and those that they have started."""
    found = []
    for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        found += [int(child), *children_of(int(child))]
    return found


# What there is


def test_only_python_and_the_courses_packages_are_there(run_cells, tmp_path):
    (tmp_path / "planted").write_text("secret")
    places = [
        str(ROOT),
        str(ROOT / "source"),
        str(tmp_path),
        str(tmp_path / "planted"),
        "/root/.bashrc",
        "/etc/passwd",
    ]
    places += [
        "/etc/shadow",
        "/home",
        "/var",
        "/run",
        "/sys",
        "/boot",
        "/mnt",
        "/proc/self",
        str(Path.home() / ".ssh"),
    ]
    places += [str(Path(tempfile.gettempdir(), name)) for name in os.listdir(tempfile.gettempdir())]
    outside = [place for place in places if not Path(sys.prefix).is_relative_to(place)]
    assert answers(run_cells, f"[p for p in {outside!r} if os.path.exists(p)]") == []
    prefixes = {Path(sys.prefix), Path(sys.base_prefix)}
    top = {Path(prefix).parts[1] for prefix in prefixes}
    known = {"bin", "course", "dev", "etc", "lib", "lib32", "lib64", "proc", "sbin", "tmp", "usr"} | top
    assert set(answers(run_cells, "os.listdir('/')")) <= known
    assert answers(run_cells, "os.listdir('/course')") == ["home", "packages"]
    assert answers(run_cells, "os.listdir('/course/packages')") == ["autograder"]
    assert answers(run_cells, "os.listdir('/proc')") == []


def test_the_environment_is_the_graders_choice_and_holds_no_secret(run_cells):
    names = set(answers(run_cells, "dict(os.environ)"))
    assert SECRET not in str(answers(run_cells, "dict(os.environ)"))
    assert "M4_SECRET" not in names
    ours = set(dict(module._environment(True)))
    assert names - ours <= {
        "PWD",
        "LC_CTYPE",
        "SHLVL",
        "_",
        "OLDPWD",
        "KMP_INIT_AT_FORK",
        "KMP_DUPLICATE_LIB_OK",
    }


def test_a_run_is_nobody_on_a_machine_of_no_name(run_cells):
    assert answers(run_cells, "os.uname().nodename") == "course"
    assert answers(run_cells, "os.getuid()") != 0
    assert answers(run_cells, "os.getpid()") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "open(sys.modules['autograder'].__file__, 'a')",
        "os.unlink(sys.modules['autograder'].__file__)",
        "os.mkdir('/course/packages/mine')",
        "os.mkdir('/course/mine')",
        "open(os.path.join(sys.prefix, 'mine'), 'w')",
        "open(os.__file__, 'a')",
        "open('/usr/mine', 'w')",
        "open('/mine', 'w')",
        "open('/etc/passwd', 'w')",
        "open('/proc/sys/kernel/hostname', 'w')",
    ],
)
def test_nothing_of_python_and_the_packages_can_be_changed(run_cells, statement):
    assert refused(run_cells, statement) in ("OSError", "PermissionError", "FileNotFoundError")


@pytest.mark.parametrize(
    "statement",
    [
        "socket.socket()",
        "socket.socket(socket.AF_INET6)",
        "socket.socket(socket.AF_UNIX)",
        "socket.create_connection(('127.0.0.1', 80), 1)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1/', timeout=1)",
        "os.setuid(0)",
        "os.setgroups([0])",
        "os.chroot('/')",
        "os.mknod('a', 0o60666, 2049)",
        "subprocess.run(['mount', '-t', 'tmpfs', 'x', '/mnt'], check=True)",
        "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        "assert libc.unshare(0x10000000) == 0",
        "assert libc.mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0",
        "assert libc.umount2(b'/proc', 0) == 0",
        "assert libc.ptrace(0, 0, 0, 0) == 0",
        "assert libc.shmget(7, 4096, 0o1666) >= 0",
        "assert libc.syscall(425, 8, 0) >= 0",
        "os.memfd_create('x')",
        "os.pidfd_open(1)",
    ],
)
def test_there_is_no_network_and_no_way_to_more_rights(run_cells, statement):
    errors = "PermissionError OSError URLError CalledProcessError ValueError AssertionError gaierror"
    assert refused(run_cells, statement) in errors.split()


def test_what_is_shown_of_the_machine_is_shown_read_only_to_whoever_it_belongs(run_cells):
    """Not only because the files are another account's."""
    places = ["/usr", "/course/packages/autograder", sys.prefix, sys.base_prefix]
    flags = answers(run_cells, f"[os.statvfs(place).f_flag & os.ST_RDONLY for place in {places!r}]")
    assert flags == [os.ST_RDONLY] * 4
    wanted = os.ST_NODEV | os.ST_NOSUID
    assert answers(run_cells, f"os.statvfs('/course/home').f_flag & {wanted}") == wanted


@pytest.mark.parametrize("kind", ["net", "pid", "ipc", "uts", "mnt"])
def test_the_warm_process_has_a_world_of_its_own(sandbox, kind):
    assert sandbox._process is not None
    inside = children_of(sandbox._process.pid)
    assert inside
    ours = os.readlink(f"/proc/self/ns/{kind}")
    assert ours not in {os.readlink(f"/proc/{number}/ns/{kind}") for number in inside}


def test_the_devices_are_those_of_every_program(run_cells):
    found = set(answers(run_cells, "os.listdir('/dev')"))
    assert {"null", "zero", "urandom"} <= found
    others = "console core fd full ptmx pts random shm stderr stdin stdout tty"
    assert found <= {"null", "zero", "urandom", *others.split()}


def test_a_run_has_no_way_to_the_grader_but_its_own(run_cells):
    """Of all open files, one is a socket, and none a pipe to the warm process."""
    source = "import os\nfound = []\nfor n in range(3, 256):\n"
    source += "    try: found.append(os.fstat(n).st_mode & 0o170000)\n    except OSError: pass\nprint(found)"
    kinds = json.loads(said(run_cells, source))
    assert (kinds.count(0o140000), kinds.count(0o010000)) == (1, 0)


# How much there is


def test_the_disk_is_small_and_every_file_smaller(run_cells):
    source = "try:\n    with open('big', 'wb') as f:\n        for _ in range(100): f.write(bytes(10**6))\n"
    source += "except OSError as error: print(error.errno)"
    assert said(run_cells, source) in ("27\n", "25\n")
    source = "import os\ntry:\n    for n in range(10): open(f'/tmp/{n}', 'wb').write(bytes(5 * 10**6))\n"
    source += "except OSError as error: print(error.errno)\n"
    source += "print(sum(name.isdigit() for name in os.listdir('/tmp')) < 6)"
    assert said(run_cells, source) == "28\nTrue\n"


def test_very_many_files_and_very_many_open_ones_are_refused(run_cells):
    source = (
        "try: kept = [open('/dev/null') for _ in range(10_000)]\nexcept OSError as error: print(error.errno)"
    )
    assert said(run_cells, source) == "24\n"
    source = "try:\n    for n in range(30_000): open(f'/tmp/{n}', 'w').close()\n"
    source += "except OSError as e: print(e.errno)"
    assert said(run_cells, source) == "28\n"


def test_a_fork_bomb_ends_soon_and_the_notebook_goes_on(run_hastily):
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    started = time.monotonic()
    ran = run_hastily("a = 1", bomb, "print(a)")
    assert time.monotonic() - started < 10
    assert shown(ran.outputs[2]) == "1\n"


def test_a_child_that_never_ends_keeps_nobody_waiting(sandbox):
    cell = "import os\nif os.fork() == 0:\n    while True: pass"
    started = time.monotonic()
    ran = Run(sandbox.address, "small", {}, [Step(0, cell), Step(1, "1")], {}, LIMITS).go()
    assert time.monotonic() - started < 5
    assert shown(ran.outputs[1]) == "1"


# What stays

MARK = "31415.9265"
DAEMON = f"""
import os, subprocess
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp('sleep', ['sleep', '{MARK}'])
    os._exit(0)
subprocess.Popen(['sleep', '{MARK}'], start_new_session=True)
import time; time.sleep(0.2)
"""


def test_no_process_survives_its_run(run_cells, sandbox):
    seen = []

    def look(line: module.Line, *rest: object) -> str:
        seen.append(len(processes_with(MARK)))
        return hang_up(line)

    hang_up = module.Line.hang_up
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.Line, "hang_up", look)
        assert run_cells(DAEMON).notes == []
    assert seen == [2]
    assert processes_with(MARK) == []
    assert sandbox.alive


def test_no_file_survives_its_run(run_cells, sandbox):
    write = "import os\nfor place in ('.', '/tmp', '/dev/shm', os.path.expanduser('~'), '/course/home'):\n"
    write += "    try: open(f'{place}/mark', 'w').close()\n    except OSError: pass\nprint(os.getcwd())"
    look = write.replace("open(f'{place}/mark', 'w').close()", "print(os.path.exists(f'{place}/mark'))")
    first = run_cells(write, look)
    assert shown(first.outputs[1]).count("True") == 5
    assert "True" not in shown(run_cells(look).outputs[0])
    assert sorted(os.listdir(Path(sandbox.address).parent)) == ["door", "said"]


def test_what_a_run_changes_in_python_is_not_there_in_the_next(run_cells):
    run_cells(
        "import builtins, math, os, sys, numpy, autograder\nmath.pi = 3\nbuiltins.mark = 1\nsys.mark = 1\n"
        "numpy.mark = 1\nautograder.mark = 1\nos.environ['MARK'] = '1'\nos.umask(0o777)\nimport tabnanny"
    )
    source = "import math, os, sys, numpy, autograder\nmodules = sys, numpy, autograder, __builtins__\n"
    source += "print(math.pi > 3.1, [hasattr(m, 'mark') for m in modules], 'MARK' in os.environ, "
    source += "'tabnanny' in sys.modules, os.umask(0) == 0o777)"
    assert said(run_cells, source) == "True [False, False, False, False] False False False\n"


# Two at the same time


def at_once(sandbox: Sandbox, *sources: list[str]) -> list[Ran]:
    """Runs of these cells, one beside the other."""

    def run(cells: list[str]) -> Ran:
        steps = [Step(place, cell) for place, cell in enumerate(cells)]
        return Run(sandbox.address, "small", {}, steps, {}, LIMITS).go()

    with ThreadPoolExecutor(len(sources)) as pool:
        return list(pool.map(run, sources))


HIDE = """
import os, time
from multiprocessing import shared_memory
block = shared_memory.SharedMemory('mark', create=True, size=10)
for place in ('/tmp', '/dev/shm', '.', os.path.expanduser('~'), '/course/home', '/var/tmp'):
    try: open(f'{place}/mark', 'w').close()
    except OSError: pass
os.mkfifo('/tmp/pipe')
time.sleep(0.8)
print('still here')
"""
SEEK = """
import os, signal, time
from multiprocessing import shared_memory
found, others = set(), set()
for _ in range(12):
    for place in ('/tmp', '/dev/shm', '.', os.path.expanduser('~'), '/course/home', '/var/tmp'):
        try: found |= {name for name in os.listdir(place) if 'mark' in name or 'pipe' in name}
        except OSError: pass
    try: shared_memory.SharedMemory('mark'); found.add('memory')
    except OSError: pass
    for number in range(2, 3000):
        try: os.kill(number, 0); others.add(number)
        except OSError: pass
    try: os.kill(-1, signal.SIGKILL)
    except OSError: pass
    time.sleep(0.05)
print(found, others)
"""


def test_two_runs_at_once_cannot_see_or_stop_each_other(sandbox):
    hidden, seeking = at_once(sandbox, [HIDE], [SEEK])
    assert shown(hidden.outputs[0]) == "still here\n"
    assert shown(seeking.outputs[0]) == "set() set()\n"


def test_a_run_that_dies_does_not_disturb_another(sandbox):
    quiet, *_ = at_once(
        sandbox,
        ["import time\ntime.sleep(0.6)\nprint('still here')"],
        ["import os\nos._exit(1)"] * 3,
        ["import ctypes\nctypes.string_at(0)"],
        ["x = [0]\nwhile True: x = x * 2"],
    )
    assert shown(quiet.outputs[0]) == "still here\n"
    assert quiet.notes == []


def test_many_runs_at_once_are_all_graded(sandbox):
    assignment = small()
    with ThreadPoolExecutor(8) as pool:
        graded = pool.map(lambda _: grade(assignment, hand_in(answered()), sandbox.address, True), range(24))
        assert {one.score() for one in graded} == {8.0}


def test_who_connects_and_says_nothing_keeps_nobody_waiting(sandbox):
    line = module.Line(sandbox.address)
    started = time.monotonic()
    (ran,) = at_once(sandbox, ["1 + 1"])
    assert shown(ran.outputs[0]) == "2"
    assert line.hang_up() in ("exit 0", "signal 9")
    assert time.monotonic() - started < 3


# Its beginning and its end


def test_a_run_whose_grader_is_killed_ends_with_it(sandbox):
    word = "27182.8182"
    cell = f"import subprocess\nsubprocess.run(['sleep', '{word}'])"
    code = "import sys\nfrom autograder.engine.run import *\n"
    code += "Run(sys.argv[1], 'small', {}, [Step(0, sys.argv[2])], {}, Limits()).go()"
    grader = subprocess.Popen([sys.executable, "-c", code, sandbox.address, cell], cwd=ROOT)
    assert wait_for(lambda: processes_with(word), 20)
    grader.kill()
    grader.wait()
    assert wait_for(lambda: not processes_with(word), 2)
    assert sandbox.alive


@pytest.fixture
def own_place(tmp_path_factory, monkeypatch):
    """A folder for temporary files in which nobody else puts any; its name is short, as a socket needs."""
    place = tmp_path_factory.mktemp("t")
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def test_a_sandbox_that_is_closed_leaves_no_process_and_no_folder(require, own_place):
    require("bubblewrap")
    sandbox = Sandbox(Furnishing(warm=("no_such_module", "json"), limits=LIMITS)).wait()
    folder = Path(sandbox.address).parent
    line = module.Line(sandbox.address)
    assert wait_for(lambda: (folder / "door").exists())
    sandbox.close()
    line.hang_up()
    assert not sandbox.alive
    assert not folder.exists()
    assert processes_with(sandbox.address) == []
    assert os.listdir(own_place) == []
    sandbox.close()


def test_a_sandbox_ends_with_a_grader_that_is_killed(require, tmp_path):
    require("bubblewrap")
    code = "import sys, time\nfrom autograder.engine.sandbox import *\n"
    code += "s = Sandbox(Furnishing(warm=()))\nprint(s._process.pid, flush=True)\ntime.sleep(60)"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    grader = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)
    assert grader.stdout is not None
    with grader.stdout:
        walls = int(grader.stdout.readline())
    grader.kill()
    grader.wait()
    assert wait_for(lambda: not Path(f"/proc/{walls}").exists(), 5)


# Without walls


def test_without_bubblewrap_nothing_is_graded_and_the_sentence_says_what_to_do(
    monkeypatch, tmp_path, own_place
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(NoSandbox) as refusal:
        Sandbox(Furnishing())
    sentence = str(refusal.value)
    assert "bubblewrap is not installed" in sentence
    assert "apt install bubblewrap" in sentence
    assert "--no-sandbox" in sentence
    assert "\n" not in sentence
    assert os.listdir(own_place) == []


def test_walls_that_cannot_be_built_are_a_sentence_and_not_a_way_out(monkeypatch, tmp_path, own_place):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    sandbox = Sandbox(Furnishing())
    with pytest.raises(NoSandbox, match=r"No permissions to create new namespace.*--no-sandbox"):
        sandbox.wait()
    assert not sandbox.alive
    assert os.listdir(own_place) == []


@pytest.mark.parametrize(
    ("furnishing", "word"),
    [
        (Furnishing(packages=("no_such_package",)), "The package no_such_package"),
        (Furnishing(packages=("this",)), "The package this"),
        (Furnishing(data=("no_such_folder",)), "The folder no_such_folder"),
    ],
)
def test_what_submissions_need_and_is_not_there_is_named(furnishing, word, require, own_place):
    require("bubblewrap")
    with pytest.raises(NoSandbox, match=word):
        Sandbox(furnishing)
    assert os.listdir(own_place) == []


@pytest.fixture(scope="module")
def open_door():
    with Sandbox(Furnishing(warm=(), walls=False, limits=LIMITS)) as running:
        yield running.wait()


def test_without_walls_the_same_points_are_given_and_it_is_written_down(open_door):
    graded = grade(small(), hand_in(answered()), open_door.address, open_door.furnishing.walls)
    assert graded.score() == 8.0
    assert not graded.sandboxed


def test_without_walls_a_run_leaves_no_file_and_no_process(open_door):
    cell = "import os, subprocess\nopen('mark', 'w').close()\nsubprocess.Popen(['sleep', '16180.3398'])\n"
    cell += "print(os.getcwd())"
    ran = Run(open_door.address, "small", {}, [Step(0, cell)], {}, LIMITS).go()
    folder = Path(shown(ran.outputs[0]).strip())
    assert folder.name == "small"
    assert not folder.parent.exists()
    assert wait_for(lambda: not processes_with("16180.3398"), 2)


def test_without_walls_the_secrets_of_the_environment_are_still_not_handed_on(monkeypatch):
    monkeypatch.setenv("M4_SECRET", SECRET)
    assert SECRET not in str(dict(module._environment(False)))


# Small things


def test_a_sandbox_is_outdated_when_a_package_has_changed_since(tmp_path, monkeypatch, sandbox):
    assert not sandbox.outdated()
    (tmp_path / "new.py").write_text("")
    os.utime(tmp_path / "new.py", (time.time() + 60,) * 2)
    monkeypatch.setattr(module, "_places", lambda furnishing: {"autograder": tmp_path})
    assert sandbox.outdated()


@pytest.mark.parametrize("home", ["/home/ada", "/root", "/Users/ada", "/srv/hub", "/opt", "/usr"])
def test_the_disk_of_a_run_covers_no_place_where_python_may_be_installed(home):
    assert not Path(home, ".venv").is_relative_to(confinement.HOME)
    assert not Path(confinement.HOME).is_relative_to(home)


def test_the_data_of_the_course_is_found_beside_its_packages(tmp_path):
    package = tmp_path / "course" / "marketing"
    package.mkdir(parents=True)
    (tmp_path / "datasets").mkdir()
    assert module._data_folder("datasets", {"marketing": package}) == tmp_path / "datasets"
    (package / "datasets").mkdir()
    assert module._data_folder("datasets", {"marketing": package}) == tmp_path / "datasets"


def test_limits_of_the_furnishing_reach_the_processes(sandbox, run_cells):
    source = "import resource as r\nkinds = r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE\n"
    source += "print(*[r.getrlimit(kind)[1] for kind in kinds])"
    wanted = Limits(**LIMITS.to_json())
    expected = f"{wanted.cpu_seconds:g} {wanted.file_mb << 20} {wanted.open_files}\n"
    assert said(run_cells, source) == expected


def test_bubblewrap_is_the_one_on_the_path(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert module._bubblewrap(Furnishing())[0] == str(program)
    assert shutil.which("bwrap") == str(program)
