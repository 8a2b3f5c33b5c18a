"""Start JupyterLab at the first lesson: `python course/start.py`, the same on Linux, macOS and Windows.

The server starts in the folder above this one, because nbgrader looks for its configuration there.
Two environment variables are honoured: PORT chooses the port (8888 otherwise), BROWSER=none opens no browser.
"""

import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
FIRST_LESSON = "course/00_start_here.ipynb"
HOST = "127.0.0.1"


def chosen_port(environment: Mapping[str, str]) -> int:
    """Return the port that PORT asks for, 8888 when it is empty; ValueError outside 1024..65535."""
    text = environment.get("PORT", "").strip() or "8888"
    if not text.isascii() or not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise ValueError(f"PORT must be a whole number from 1024 to 65535, got {text}")
    return int(text)


def is_free(port: int) -> bool:
    """Tell whether a server on this machine can listen on the port."""
    with socket.socket() as probe:
        if os.name != "nt":  # on Windows this option would let two servers share one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def arguments(port: int, token: str, environment: Mapping[str, str]) -> list[str]:
    """Return JupyterLab's command line for the course, the address and the browser included."""
    page = f"/lab/tree/{FIRST_LESSON}" if (ROOT / FIRST_LESSON).exists() else "/lab"
    found = [
        f"--ServerApp.root_dir={ROOT}",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--LabApp.default_url={page}",
        # One line for the reader: the address. Errors still show.
        "--Application.log_level=ERROR",
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    if environment.get("BROWSER", "").strip().lower() == "none":
        found.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:  # a container, where only this user exists
        found.append("--allow-root")
    return found


def announce(port: int, address: str) -> None:
    """Print the address on one line as soon as the server answers."""
    while True:
        try:
            urlopen(f"http://{HOST}:{port}/api", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            print(f"The course is open at {address}  (Ctrl-C stops it)", flush=True)
            return


def main() -> None:
    """Start the server and keep it in the foreground; the exit status is 1 when it cannot start."""
    try:
        port = chosen_port(os.environ)
    except ValueError as error:
        sys.exit(str(error))
    if not is_free(port):
        another = port + 1 if port < 65535 else 8889
        sys.exit(f"Port {port} is in use. Choose another one, for example PORT={another}.")
    os.chdir(ROOT)
    token = secrets.token_hex(16)
    options = arguments(port, token, os.environ)
    page = next(option.partition("=")[2] for option in options if option.startswith("--LabApp.default_url="))
    address = f"http://{HOST}:{port}{page}?token={token}"
    threading.Thread(target=announce, args=(port, address), daemon=True).start()

    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(options)


if __name__ == "__main__":
    main()
