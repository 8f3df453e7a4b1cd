"""Lines typed on two devices over cuts and restarts: none lost, none doubled, in order. A short run here, the long one by `make harness`."""

import os
import random
import time

import pytest

from deliberation.store import meetings as rows
from deliberation.store.db import db
from tests.browser.hall import Process, all_sent, chromium, kill_browser, open_hall, sign_in

pytestmark = pytest.mark.browser
LINES = int(os.environ.get("YISHITING_HALL_LINES", "48"))
CUTS = int(os.environ.get("YISHITING_HALL_CUTS", "6"))
FAULTS = ("network", "server", "tab", "browser", "power", "reload")


class Device:
    """One clerk at one computer, whose browser comes and goes."""

    def __init__(self, play, folder, name, server, meeting):
        self.play, self.profile, self.name, self.server = play, folder / name, name, server
        self.address = f"{server.url}/meetings/{meeting.id}/console"
        self.written, self.browser, self.page = [], None, None
        self.begin()
        sign_in(self.page, server.url, name)
        self.open()
        self.page.wait_for_function("() => document.body.dataset.offline === 'ready'")

    def begin(self, offline=False):
        self.browser = chromium(self.play, self.profile)
        self.browser.set_offline(offline)
        self.page = self.browser.new_page()

    def open(self):
        self.page.goto(self.address)
        self.page.wait_for_selector(".hall-live .who-keys input[value='1']")

    def type(self, text):
        box = self.page.locator("textarea#text")
        self.page.check("input[name=number][value='1']")
        box.fill(text)
        box.press("Enter")
        self.page.wait_for_function(
            "t => [...document.querySelectorAll('.log .keep')].some(one => one.textContent === t)", arg=text
        )
        self.written.append(text)

    def suffer(self, fault):
        if fault == "network":
            self.browser.set_offline(True)
        elif fault == "tab":
            self.browser.set_offline(True)
            self.page.close()
            self.page = self.browser.new_page()
            self.open()
        elif fault in ("browser", "power"):
            (kill_browser(self.profile) if fault == "power" else self.browser.close())
            time.sleep(0.3)
            self.begin(offline=True)
            self.open()
        elif fault == "reload":
            self.page.reload()
            self.page.wait_for_selector(".hall-live .who-keys input[value='1']")

    def recover(self, fault):
        """The network is back; a session has ended with its browser, so its clerk signs in again."""
        self.browser.set_offline(False)
        if fault in ("browser", "power"):
            sign_in(self.page, self.server.url, self.name)
            self.open()


def test_lines_over_cuts_and_restarts_on_two_devices(app, database_url, tmp_path):
    from playwright.sync_api import sync_playwright

    meeting, chance = open_hall(people=3), random.Random(20261128)
    server = Process(database_url, tmp_path).start()
    faults = (list(FAULTS) * CUTS)[:CUTS]
    share = LINES // (2 * CUTS)
    try:
        with sync_playwright() as play:
            devices = [Device(play, tmp_path, name, server, meeting) for name in ("lin", "bai")]
            for turn, fault in enumerate(faults):
                victim = devices[turn % 2]
                count = {
                    one.name: share + (LINES - 2 * share * CUTS) * (turn == CUTS - 1 and one is victim)
                    for one in devices
                }
                at = chance.randrange(1, share)
                for n in range(max(count.values())):
                    if n == at:
                        server.kill() if fault == "server" else victim.suffer(fault)
                    for one in devices:
                        if n < count[one.name]:
                            one.type(f"{one.name} 第{turn}轮第{n}句")
                if fault == "server":
                    server.start()
                victim.recover(fault)
            for one in devices:
                all_sent(one.page, 60)
            for one in devices:
                one.browser.close()
    finally:
        server.kill()
    db.session.rollback()
    there = [line.text for line in rows.lines(meeting.id)]
    written = sum((one.written for one in devices), [])
    print(
        f"{len(written)} lines, {CUTS} cuts: {len(set(written) - set(there))} lost, {len(there) - len(set(there))} doubled"
    )
    assert len(written) == LINES
    assert sorted(there) == sorted(written)
    for one in devices:
        assert [text for text in there if text.startswith(one.name)] == one.written
