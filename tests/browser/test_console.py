"""The scribe's page in a real Chromium: by keyboard alone, one key one line, and nothing lost when the network goes."""

import shutil
import threading

import pytest
from werkzeug.serving import make_server

from deliberation.domain.roles import Role
from deliberation.store import meetings as rows
from tests import make, make_hall
from tests.browser.hall import all_sent

pytestmark = pytest.mark.browser
FLAGS = (
    "--no-sandbox --headless=new --disable-gpu --no-first-run --disable-background-networking --disable-sync"
)


@pytest.fixture
def hall(app):
    """An open meeting of 12, two points on its agenda, and a clerk with an account."""
    one = make.consultation(make.office())
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 12), "open", agenda=("art_2", "art_3"))
    make.account(one.office, make.person(one.office, "林静", Role.CLERK), "lin")
    return meeting


@pytest.fixture
def page(app, hall):
    from playwright.sync_api import sync_playwright

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        tab = browser.new_context(locale="zh-CN").new_page()
        tab.goto(f"{base}/sign-in")
        tab.fill("input[name=login]", "lin")
        tab.fill("input[name=password]", "correct horse battery")
        tab.press("input[name=password]", "Enter")
        tab.wait_for_load_state()
        tab.goto(f"{base}/meetings/{hall.id}/console")
        yield tab
        browser.close()
    server.shutdown()


def say(page, words):
    page.locator("textarea#text").press_sequentially(words)
    page.keyboard.press("Enter")


def settled(page, number):
    page.wait_for_function(
        "n => document.querySelectorAll('.log li .who').length === n && !document.querySelector('.log .unsent')",
        arg=number,
    )


def lines(hall):
    from deliberation.store.db import db

    db.session.rollback()
    return [(x.speaker, x.text, x.item.eid, x.as_remark, x.state) for x in rows.lines(hall.id)]


def test_number_text_enter_and_nothing_else(page, hall):
    say(page, "12 第十二号说的")
    assert page.locator('label[for="text"]').inner_text().startswith("12")
    say(page, "接着又说一句")
    page.keyboard.press("Alt+2")
    page.locator("textarea#text").press_sequentially("3 换到第三条")
    page.keyboard.press("Control+m")
    page.keyboard.press("Enter")
    settled(page, 3)
    all_sent(page)
    assert lines(hall) == [
        ("专家12", "第十二号说的", "art_2", False, "draft"),
        ("专家12", "接着又说一句", "art_2", False, "draft"),
        ("专家3", "换到第三条", "art_3", True, "draft"),
    ]
    page.keyboard.press("Control+z")
    settled(page, 2)
    all_sent(page)
    assert lines(hall)[2][4] == "struck"


def test_a_line_typed_while_the_network_is_away_comes_once_in_order(page, hall):
    say(page, "1 有网")
    settled(page, 1)
    page.context.set_offline(True)
    say(page, "断网一")
    say(page, "断网二")
    page.wait_for_selector("[data-net]:not([hidden])")
    assert page.locator(".log .unsent").count() == 2
    page.context.set_offline(False)
    settled(page, 3)
    all_sent(page)
    assert [text for _who, text, *_rest in lines(hall)] == ["有网", "断网一", "断网二"]
    page.wait_for_selector("[data-net]", state="hidden")


def test_somebody_not_listed_is_asked_for_by_name_before_the_line_is_taken_down(page, hall):
    page.check("input[name=number][value='0']")
    say(page, "没写姓名的一句")
    assert page.evaluate("() => document.activeElement.name") == "speaker"
    assert page.locator("textarea#text").input_value() == "没写姓名的一句"
    page.keyboard.type("王五")
    page.keyboard.press("Enter")
    all_sent(page)
    assert [(who, text) for who, text, *_rest in lines(hall)] == [("王五", "没写姓名的一句")]


def test_a_line_is_mended_by_keyboard_and_what_was_being_typed_comes_back(page, hall):
    say(page, "1 三百米")
    settled(page, 1)
    page.locator("textarea#text").press_sequentially("说到一半")
    page.keyboard.press("Alt+ArrowUp")
    page.locator("textarea#text").fill("五百米")
    page.keyboard.press("Enter")
    all_sent(page)
    assert page.locator("textarea#text").input_value() == "说到一半"
    assert [text for _who, text, *_rest in lines(hall)] == ["五百米"]
