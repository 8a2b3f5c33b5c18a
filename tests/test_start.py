"""Starting the course: one line with the address, soon, and nbgrader beside the lesson."""

import os
import runpy
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.request import Request, urlopen

import pytest

START = Path(__file__).resolve().parent.parent / "course" / "start.py"


@pytest.fixture(scope="module")
def start():
    return SimpleNamespace(**runpy.run_path(str(START), run_name="start"))


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_start(**environment):
    return subprocess.Popen(
        [sys.executable, str(START)],
        cwd=START.parent,
        env={**os.environ, "BROWSER": "none", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize(("text", "port"), [("", 8888), (" ", 8888), ("1024", 1024), ("65535", 65535)])
def test_a_port_is_chosen(start, text, port):
    assert start.chosen_port({"PORT": text}) == port


@pytest.mark.parametrize("text", ["80", "65536", "-1", "8888.0", "eight", "٨٨٨٨"])
def test_an_impossible_port_is_named(start, text):
    with pytest.raises(ValueError, match="PORT must be a whole number from 1024 to 65535, got"):
        start.chosen_port({"PORT": text})


@pytest.mark.parametrize(
    ("browser", "opens"), [("none", False), ("NONE", False), ("", True), ("firefox", True)]
)
def test_browser_none_opens_no_browser(start, browser, opens):
    assert ("--no-browser" not in start.arguments(8888, "t", {"BROWSER": browser})) is opens


def test_a_port_in_use_is_one_sentence_and_no_server(free_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        process = run_start(PORT=str(free_port))
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert output.startswith(f"Port {free_port} is in use. Choose another one, for example PORT=")
    assert output.count("\n") == 1


@pytest.mark.slow
def test_the_address_is_printed_within_ten_seconds_and_serves_the_course_and_formgrader(free_port):
    begin = time.monotonic()
    with run_start(PORT=str(free_port)) as process:
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        try:
            line = process.stdout.readline()
            seconds = time.monotonic() - begin
            assert line.startswith(f"The course is open at http://127.0.0.1:{free_port}/lab"), line
            address = line.split()[5]
            with urlopen(address, timeout=10) as answer:
                assert answer.status == 200
            site, _, token = address.partition("?token=")
            site = site.partition("/lab")[0]
            for page in ("/formgrader/manage_assignments", "/assignments?course_id=marketing4"):
                request = Request(site + page, headers={"Authorization": f"token {token}"})
                with urlopen(request, timeout=10) as answer:
                    assert answer.status == 200
        finally:
            process.terminate()
            watchdog.cancel()
    assert seconds < 10
