"""The hall without a network, in a real Chromium: cut, closed, restarted, signed out; two devices; a server that dies."""

import pytest

from deliberation.services import sessions
from deliberation.store import meetings as rows
from deliberation.store import people
from deliberation.store import syncing as asked
from deliberation.store.db import db
from tests.browser.hall import Served, all_sent, chromium, console, open_hall, say, sign_in, unsent

pytestmark = pytest.mark.browser


def lines(meeting):
    db.session.rollback()
    return [line.text for line in rows.lines(meeting.id) if line.state != "struck"]


@pytest.fixture
def served(app):
    one = Served(app)
    yield one
    one.stop()


@pytest.fixture
def play():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


def test_everything_goes_on_without_network_survives_closing_and_restart_and_comes_once(
    app, served, play, tmp_path
):
    meeting, faults = open_hall(), []
    browser = chromium(play, tmp_path / "profile")
    page = browser.pages[0]
    sign_in(page, served.url)
    console(page, served.url, meeting.id, faults)
    say(page, "1 有网时说的")
    all_sent(page)
    browser.set_offline(True)
    say(page, "断网后第一句")
    page.keyboard.press("F2")
    page.locator("#roll-numbers").press_sequentially("1 3-4")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('h-roll').textContent.includes('实到 3 人')")
    page.locator("#guest-name").press_sequentially("过路人")
    page.keyboard.press("Enter")
    page.wait_for_selector(".who-keys label:has-text('过路人')")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+2")
    say(page, "13 我是过路的，也说一句")
    page.wait_for_selector("[data-net]:not([hidden]) b:has-text('没有网络')")
    page.wait_for_function("() => document.querySelectorAll('.log .unsent').length === 2")
    page.close()
    browser.close()

    served.stop()
    browser = chromium(play, tmp_path / "profile")
    page = browser.new_page()
    page.goto(f"{served.url}/meetings/{meeting.id}/console")
    page.wait_for_selector(".log li:has-text('断网后第一句')")
    assert page.locator(".log .unsent").count() == 2
    assert page.locator(".log li:has-text('过路人')").count() == 1
    assert "7 条" in page.locator("[data-unsent] summary").text_content()
    say(page, "1 重开以后又一句")
    page.wait_for_selector(".log li:has-text('重开以后又一句')")
    assert unsent(page) == 8
    served.start()
    sign_in(page, served.url)  # a session ends with its browser; what was written does not
    console(page, served.url, meeting.id)
    all_sent(page)
    page.wait_for_function("() => document.querySelectorAll('.log .unsent').length === 0")
    assert lines(meeting) == ["有网时说的", "断网后第一句", "我是过路的，也说一句", "重开以后又一句"]
    said = rows.lines(meeting.id)
    assert [(x.speaker, x.item.eid) for x in said[1:3]] == [("专家1", "art_2"), ("过路人", "art_3")]
    assert [a.position for a in rows.attendance(meeting.id) if a.arrived_at] == [1, 3, 4, 13]
    assert asked.now_at(meeting.id).item_id == said[2].item_id
    assert faults == []
    browser.close()


def test_a_session_that_ended_and_a_server_that_died_lose_nothing(app, served, play, tmp_path):
    meeting = open_hall()
    browser = chromium(play, tmp_path / "profile")
    page = browser.pages[0]
    sign_in(page, served.url)
    console(page, served.url, meeting.id)
    served.stop()
    say(page, "2 机器停了")
    page.wait_for_selector("[data-net]:not([hidden])")
    for person in (people.by_login("lin").person_id,):
        for one in people.sessions_of(person):
            one.ended_at = sessions.clock.now()
    db.session.commit()
    served.start()
    page.wait_for_selector("[data-net] b:has-text('请重新登录')", timeout=30000)
    say(page, "登录到期了照记")
    assert lines(meeting) == []
    with browser.expect_page() as opened:
        page.click("[data-again]")
    door = opened.value
    door.fill("input[name=login]", "lin")
    door.fill("input[name=password]", "correct horse battery")
    door.press("input[name=password]", "Enter")
    door.wait_for_load_state()
    page.bring_to_front()
    all_sent(page)
    assert lines(meeting) == ["机器停了", "登录到期了照记"]
    browser.close()


def test_two_devices_meet_and_what_both_changed_is_shown(app, served, play, tmp_path):
    meeting = open_hall()
    pages = []
    for login in ("lin", "bai"):
        browser = chromium(play, tmp_path / login)
        sign_in(browser.pages[0], served.url, login)
        console(browser.pages[0], served.url, meeting.id)
        pages.append(browser.pages[0])
    one, other = pages
    say(one, "1 三百米")
    all_sent(one)
    other.wait_for_selector(".log li:has-text('三百米')", timeout=30000)
    other.locator("textarea#text").press_sequentially("5 半句")
    one.wait_for_selector("[data-typing]:has-text('白文 正在记：半句')", timeout=30000)
    other.locator("textarea#text").fill("")
    one.context.set_offline(True)
    one.keyboard.press("Alt+ArrowUp")
    one.locator("textarea#text").fill("四百米")
    one.keyboard.press("Enter")
    one.wait_for_selector(".log li:has-text('四百米')")
    other.locator(".log li button[data-mends]").first.click()
    other.locator("textarea#text").fill("五百米")
    other.keyboard.press("Enter")
    all_sent(other)
    say(one, "2 离线的一句")
    say(other, "3 在线的一句")
    all_sent(other)
    one.context.set_offline(False)
    all_sent(one)
    one.wait_for_selector("[data-asks]:not([hidden])", timeout=30000)
    assert lines(meeting) == ["五百米", "在线的一句", "离线的一句"]
    one.click("[data-asks] a")
    assert "四百米" in one.inner_text("main")
    one.click("button:has-text('用传回的')")
    one.wait_for_load_state()
    assert lines(meeting)[0] == "四百米"
    for page in pages:
        page.context.close()


def test_after_signing_out_nothing_of_the_meeting_stays_in_the_browser(app, served, play, tmp_path):
    meeting = open_hall()
    browser = chromium(play, tmp_path / "profile")
    page = browser.pages[0]
    sign_in(page, served.url)
    console(page, served.url, meeting.id)
    assert page.evaluate("() => caches.keys()") == [f"hall:/meetings/{meeting.id}/"]
    page.locator('form[action*="sign-out"] button:visible').first.click()
    page.wait_for_function("() => document.body.dataset.left === 'done'")
    assert page.evaluate("() => caches.keys()") == []
    browser.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{served.url}/meetings/{meeting.id}/console")
    browser.close()
