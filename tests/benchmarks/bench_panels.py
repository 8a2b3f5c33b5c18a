"""How fast the panels are: from a control's change to the new picture, and frames per second while playing.

`measure()` times a real kernel: a changed control goes in as the browser would send it, and the clock stops
when the new picture comes out. `measure_play()` counts the pictures that Chromium shows per second. Run as a
script, it prints rows of name, value and unit.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel
from marketing4 import panels

PANELS = tuple(name for name in panels.__all__ if name != "predictions")
CHANGES = 40  # per panel
BROWSER = "/usr/bin/chromium"
BROWSER_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

Row = dict[str, Any]

_OPEN = """
import json, time
from marketing4 import panels
started = time.perf_counter()
panel = panels.{name}()
opened = 1000 * (time.perf_counter() - started)
panel.skip_prediction()
control = next(c for c in panel.controls.values() if hasattr(c, "low"))
slider = panel.rows[control.name].slider
facts = json.dumps(dict(opened=opened, slider=slider.comm.comm_id, picture=panel._overlay.comm.comm_id,
                        low=control.low, high=control.high, step=control.step))
"""


def measure() -> list[Row]:
    """Median milliseconds per panel from a control's message to the new picture, and to open it."""
    rows: list[Row] = []
    manager, client = start_new_kernel()
    try:
        for name in PANELS:
            reply = client.execute(_OPEN.format(name=name), user_expressions={"facts": "facts"}, reply=True)
            answer = reply["content"]
            if answer["status"] != "ok":
                raise RuntimeError(f"{name} did not open: {answer}")
            facts = json.loads(_literal(answer["user_expressions"]["facts"]["data"]["text/plain"]))
            times = [_change(client, facts, number) for number in range(CHANGES)]
            rows.append({"name": f"panel_{name}_open", "value": round(facts["opened"], 1), "unit": "ms"})
            rows.append(
                {
                    "name": f"panel_{name}_change_to_picture",
                    "value": round(statistics.median(times), 2),
                    "unit": "ms (median)",
                }
            )
            errors = client.execute("assert panel.errors == [], panel.errors", reply=True)["content"]
            if errors["status"] != "ok":
                raise RuntimeError(f"{name} showed an error: {errors['evalue']}")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return rows


def measure_play() -> list[Row]:
    """Pictures per second that Chromium shows while Play runs in JupyterLab, per panel with a Play button."""
    from playwright.sync_api import sync_playwright

    rows: list[Row] = []
    with_play = [name for name in PANELS if getattr(panels, name)().timeline is not None]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name in with_play:
            _write_notebook(Path(folder) / f"{name}.ipynb", name)
        with _jupyterlab(Path(folder)) as address:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=BROWSER_ARGUMENTS)
            try:
                for name in with_play:
                    page = browser.new_page(viewport={"width": 1280, "height": 900})
                    rate = _pictures_per_second(page, f"{address}/lab/tree/{name}.ipynb?token=bench&reset")
                    rows.append(
                        {"name": f"panel_{name}_play", "value": round(rate, 1), "unit": "frames per second"}
                    )
                    page.close()
            finally:
                browser.close()
    return rows


def _literal(words: str) -> str:
    import ast

    return str(ast.literal_eval(words))


def _change(client: Any, facts: dict[str, Any], number: int) -> float:
    """Milliseconds from sending the slider's new value to receiving the new picture."""
    steps = int((facts["high"] - facts["low"]) / facts["step"])
    value = facts["low"] + facts["step"] * ((7 * number + 3) % steps)
    while client.iopub_channel.msg_ready():
        client.get_iopub_msg(timeout=1)
    content = {
        "comm_id": facts["slider"],
        "data": {"method": "update", "state": {"value": value}, "buffer_paths": []},
    }
    started = time.perf_counter()
    client.shell_channel.send(client.session.msg("comm_msg", content))
    while True:
        message = client.get_iopub_msg(timeout=10)
        if message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == facts["picture"]:
            elapsed = time.perf_counter() - started
            break
    time.sleep(0.02)  # let the rest of this change's messages arrive
    return 1000 * elapsed


def _write_notebook(path: Path, name: str) -> None:
    import nbformat

    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.cells = [nbformat.v4.new_code_cell(f"from marketing4 import panels\npanels.{name}()")]
    nbformat.write(notebook, path)


@contextlib.contextmanager
def _jupyterlab(folder: Path) -> Iterator[str]:
    """A JupyterLab of our own that serves `folder`, with settings of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = folder / ".settings"
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(settings / "config"),
        "JUPYTER_DATA_DIR": str(settings / "data"),
        "JUPYTER_RUNTIME_DIR": str(settings / "runtime"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=bench", "--allow-root"]
    command += [f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None"]
    with open(folder / "lab.log", "w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api?token=bench", timeout=1).close()
                break
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _pictures_per_second(page: Any, address: str) -> float:
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_timeout(1500)
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".m4-panel .m4-picture svg", timeout=60_000)
    page.get_by_role("button", name="Skip").click()
    play = page.locator(".m4-panel .widget-play button").first
    play.wait_for()
    page.wait_for_timeout(500)
    play.click()
    return float(
        page.evaluate(
            """async () => {
              const target = document.querySelector(".m4-overlay .widget-html-content");
              const times = [];
              const watch = new MutationObserver(() => times.push(performance.now()));
              watch.observe(target, {childList: true});
              await new Promise(done => setTimeout(done, 6000));
              watch.disconnect();
              return 1000 * (times.length - 1) / (times[times.length - 1] - times[0]);
            }"""
        )
    )


if __name__ == "__main__":
    for row in [*measure(), *([] if "--kernel" in sys.argv else measure_play())]:
        print(row["name"], row["value"], row["unit"])
