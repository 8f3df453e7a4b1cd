"""The recorder opened from the disk, with no server anywhere: names that look like script, closed and opened, saved, brought home once."""

import json
from pathlib import Path

import pytest

from deliberation.domain.roles import Role
from deliberation.services import hall_imports
from deliberation.services.files import Upload
from deliberation.store import meetings as rows
from deliberation.store import syncing as asked
from tests import make, make_hall
from tests.browser.hall import chromium, say
from tests.web.browsing import Browser, apart

pytestmark = pytest.mark.browser
HOSTILE = "</script><img src=x onerror=alert(1)>'\"&&{{7*7}}"


@pytest.fixture
def hall(app):
    one = make.consultation(make.office())
    make.person(one.office, HOSTILE, Role.PANEL)
    return make_hall.meeting(one, make_hall.panel(one.office, 3), "open", agenda=("art_2", HOSTILE))


def test_from_a_usb_stick_and_home_again(app, hall, tmp_path):
    from playwright.sync_api import sync_playwright

    make.account(hall.office, make.person(hall.office, "林静", Role.CLERK), "lin")
    clerk = Browser(app).sign_in("lin")
    book = tmp_path / "stick" / "离线记录本.html"
    book.parent.mkdir()
    book.write_bytes(apart(clerk.client.get, f"/meetings/{hall.id}/recorder.html").get_data())
    faults = []
    with sync_playwright() as play:
        browser = chromium(play, tmp_path / "profile")
        browser.set_offline(True)
        page = browser.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.accept()))
        page.goto(book.as_uri())
        page.wait_for_selector(f".who-keys b:text-is({json.dumps(HOSTILE)})")
        assert page.locator("img").count() == 0
        say(page, "1 头一句")
        page.keyboard.press("Alt+2")
        say(page, "4 </script><b>第二句")
        page.locator("#roll-numbers").press_sequentially("1 4")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('h-roll').textContent.includes('实到 2 人')")
        page.locator("[data-hands] summary").click()
        for name, value in (
            ("question", "要不要延长"),
            ("present", "3"),
            ("for", "2"),
            ("against", "1"),
            ("abstain", "0"),
        ):
            page.fill(f"#hands-{name}", value)
        page.click("[data-count]")
        page.wait_for_selector("[data-hands-list] li")
        first = saved(page, "[data-save-data]", tmp_path / "one.json")
        page.once("dialog", lambda dialog: dialog.accept())
        page.close()
        browser.close()

        browser = chromium(play, tmp_path / "profile")
        page = browser.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(book.as_uri())
        page.wait_for_selector(".log li:has-text('第二句')")
        say(page, "2 关了再开，第三句")
        copy = saved(page, "[data-save-page]", tmp_path / "stick" / "copy.html")
        browser.close()

        browser = chromium(play, tmp_path / "another computer")
        page = browser.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(copy.as_uri())
        page.wait_for_selector(".log li:has-text('第三句')")
        assert page.locator("img").count() == 0
        say(page, "3 换了电脑，第四句")
        last = saved(page, "[data-save-page]", tmp_path / "last.html")
        browser.close()
    assert [f for f in faults if "没有存成文件" not in f] == []
    assert bring(hall, first).new == 6
    assert [bring(hall, one).new for one in (first, copy, last, copy, last)] == [0, 1, 1, 0, 0]
    said = rows.lines(hall.id)
    assert [x.text for x in said] == ["头一句", "</script><b>第二句", "关了再开，第三句", "换了电脑，第四句"]
    assert [x.speaker for x in said] == [HOSTILE, "专家3", "专家1", "专家2"]
    assert said[1].item.title == HOSTILE
    assert [a.position for a in rows.attendance(hall.id) if a.arrived_at] == [1, 4]
    assert [(c.question, c.for_) for c in asked.counts(hall.id)] == [("要不要延长", 2)]


def saved(page, button, to):
    with page.expect_download() as given:
        page.click(button)
    given.value.save_as(to)
    return Path(to)


def bring(hall, file):
    return hall_imports.bring(make.OPERATOR, hall, Upload(file.read_bytes(), file.name))
