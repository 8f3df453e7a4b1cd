"""A hall with a server that can be killed and started again on the same port, and a Chromium that keeps its profile."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from deliberation.domain.roles import Role
from tests import make, make_hall
from tests.browser.sample_server import FLAGS, ROOT, free_port

PASSWORD = "correct horse battery"  # noqa: S105


class Served:
    """The test's application behind a port; `kill` and `start` as a power cut and its end."""

    def __init__(self, app):
        self.app, self.port, self.server = app, free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        from werkzeug.serving import make_server

        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


SERVING = """
import sys
from werkzeug.serving import make_server
from tests import databases
url, folder, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
make_server("127.0.0.1", port, databases.application(url, folder), threaded=True).serve_forever()
"""


class Process:
    """A server in a process of its own on the test's database, to be killed without warning and started again."""

    def __init__(self, database, folder):
        self.database, self.folder, self.port, self.process = database, folder, free_port(), None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        words = [sys.executable, "-c", SERVING, self.database, str(self.folder), str(self.port)]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )  # fmt: skip
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(self.url + "/sign-in", timeout=5)
                return self
            except OSError:
                assert self.process.poll() is None, "the server ended"
                time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def kill_browser(profile):
    """End every process of the Chromium with this profile without warning, as a power cut does."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if f"--user-data-dir={profile}" in words:
                os.kill(int(folder.name), signal.SIGKILL)


def open_hall(people=12, agenda=("art_2", "art_3")):
    """An open meeting, two points on its agenda, and two clerks with accounts."""
    one = make.consultation(make.office())
    meeting = make_hall.meeting(one, make_hall.panel(one.office, people), "open", agenda=agenda)
    make.account(one.office, make.person(one.office, "林静", Role.CLERK), "lin")
    make.account(one.office, make.person(one.office, "白文", Role.CLERK), "bai")
    return meeting


def chromium(playwright, profile):
    """A browser that finds again what it kept when it is started anew."""
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path=shutil.which("chromium"), args=[*FLAGS, "--headless=new"], locale="zh-CN",
        accept_downloads=True, timezone_id="Asia/Shanghai",
    )  # fmt: skip


def sign_in(page, base, login="lin", onward=""):
    page.goto(f"{base}/sign-in{onward}")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def console(page, base, meeting_id, faults=None):
    if faults is not None:
        page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{base}/meetings/{meeting_id}/console")
    page.wait_for_function("() => document.body.dataset.offline === 'ready'")


def say(page, words):
    page.locator("textarea#text").press_sequentially(words)
    page.keyboard.press("Enter")


def unsent(page):
    return page.evaluate("() => window.Hall.box.all(window.Hall.page.hall).then(list => list.length)")


def all_sent(page, seconds=45):
    """Wait until nothing is kept here any more: the server has answered for all of it."""
    end = time.monotonic() + seconds
    while unsent(page):
        assert time.monotonic() < end, f"{unsent(page)} not sent: {page.inner_text('[data-net]')}"
        page.wait_for_timeout(100)
