"""The sample as `make run` shows it: a server of its own, started once for a run of browser tests."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SampleServer:
    """`flask serve` on an instance folder of its own."""

    def __init__(self, folder, *more):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {**os.environ, "YISHITING_INSTANCE": str(folder), "FLASK_APP": "app"}
        self.log = open(folder / "server.log", "wb")  # noqa: SIM115 - closed in stop()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "serve", "--port", str(self.port), *more],
            cwd=ROOT, env=environment, stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def wait(self, seconds=240):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(self.url + "/complaints", timeout=5)
                return self
            except OSError:
                assert self.process.poll() is None, Path(self.log.name).read_text("utf-8", "replace")[-3000:]
                time.sleep(0.5)
        raise AssertionError("the server did not answer")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


def enter(page, url, part):
    """Be one of the sample's parts, by its button."""
    page.goto(f"{url}/sample")
    page.locator(
        f'form:has([name="part"][value="{part}"]) button, button[name="part"][value="{part}"]'
    ).first.click()


def shape(address):
    """Addresses that differ only in which thing they show are one page."""
    path = re.sub(r"[?#].*", "", address)
    path = re.sub(r"/at/[^/]+", "/at/E", path)
    return re.sub(r"(?<=/)\d+", "N", path)
