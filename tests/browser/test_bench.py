"""The workbench in a real Chromium by keyboard alone: split, merge two groups, take one back, reword beside the draft; drag the order."""

import shutil
import threading

import pytest
from werkzeug.serving import make_server

from deliberation.domain.roles import Role
from deliberation.store import points, steps
from deliberation.store import suggestions as rows
from deliberation.store.db import db
from tests import make, make_dossiers

pytestmark = pytest.mark.browser
FLAGS = "--no-sandbox --headless=new --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
TEXT = "𠮷祥里三百米太远。另外，充电点要有雨棚。"
FAR = ("三百米对老人来说太远了，走不动", "三百米对老人太远了，根本走不动")
ROOF = ("希望充电车棚加装雨棚，下雨漏电", "充电车棚应当加装雨棚，下雨会漏电")


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    make.account(found.office, make.member(found.office, Role.CLERK).person, "clerk")
    for text in (TEXT, *FAR, *ROOF):
        make.remark(found, text)
    make_dossiers.suggestion(found, at="art_3__para_1", title="甲")
    make_dossiers.suggestion(found, title="乙")
    return found


@pytest.fixture
def page(app, one):
    from playwright.sync_api import sync_playwright

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        tab = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
        tab.complaints = []
        tab.on("pageerror", lambda fault: tab.complaints.append(str(fault)))
        tab.goto(f"http://127.0.0.1:{server.server_port}/sign-in")
        tab.fill("input[name=login]", "clerk")
        tab.fill("input[name=password]", "correct horse battery")
        tab.press("input[name=password]", "Enter")
        tab.wait_for_load_state()
        tab.goto(f"http://127.0.0.1:{server.server_port}/c/bikes/suggestions/at/art_3")
        yield tab
        assert not tab.complaints
        browser.close()
    server.shutdown()


def tab_to(page, selector, most=150):
    """Press Tab until the first of these is focused: if it cannot be reached by keyboard, this fails."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement === document.querySelector(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def go(page, address):
    page.wait_for_url(f"**{address}")
    page.wait_for_load_state()


def fresh(question, *given):
    db.session.rollback()
    return question(*given)


def select(page, count):
    for _ in range(count):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")


def test_by_keyboard_alone(page, one):
    page.keyboard.press("j")
    page.keyboard.press("s")
    go(page, "/split/1")
    tab_to(page, "textarea[data-part=text]")
    page.keyboard.type("不收")
    page.keyboard.press("Control+Home")
    select(page, 9)
    page.keyboard.press("ArrowRight")
    select(page, 11)
    tab_to(page, "form[data-guard] .acts button[type=submit]")
    page.keyboard.press("Enter")
    go(page, "/at/art_3#r1")
    assert [p.words for p in fresh(points.now, 1)] == ["𠮷祥里三百米太远。", "另外，充电点要有雨棚。"]

    page.keyboard.press("g")
    go(page, "/groups/art_3")
    for number, group in ((1, [2, 3]), (2, [4, 5])):
        tab_to(page, f'section.sect button[formaction$="/{number}/merge"]')
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/suggestions/{number}/merge?**")
        tab_to(page, ".confirm button[type=submit]")
        page.keyboard.press("Enter")
        go(page, f"/at/art_3#s{number}")
        assert [s.remark_id for s in fresh(rows.by_number, one.id, number).sources] == group
        if number == 1:
            page.keyboard.press("g")
            go(page, "/groups/art_3")

    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('[data-undo]').textContent.includes('建议 2')")
    assert fresh(rows.numbers_of, [2, 3, 4, 5]) == {2: [1], 3: [1]}

    tab_to(page, 'a[href$="/suggestions/1/reword"]')
    page.keyboard.press("Enter")
    go(page, "/1/reword")
    tab_to(page, "#wording")
    page.keyboard.press("Control+End")
    page.keyboard.type("其他照旧。jxs1")
    page.wait_for_function(
        "() => document.querySelector('[data-diff] ins:last-child').textContent.includes('其他照旧')"
    )
    assert page.locator("[data-diff] del").first.inner_text() == "三"
    tab_to(page, "form[data-guard] .acts button[type=submit]")
    page.keyboard.press("Enter")
    go(page, "/at/art_3#s1")
    assert fresh(rows.by_number, one.id, 1).wording.endswith("其他照旧。jxs1")
    assert [each.what for each in steps.latest(one.id, 1, 9)] == ["reword", "merge", "merge", "split"]


def test_a_number_puts_what_is_ticked_into_that_suggestion(page, one):
    for key in "jjxjx2":
        page.keyboard.press(key)
    page.wait_for_url("**/suggestions/2/merge?**")
    assert page.locator(".confirm ol li").count() == 2


@pytest.mark.parametrize("width", [1280, 360])
def test_dragged_into_order(page, one, width):
    page.set_viewport_size({"width": width, "height": 900})
    first = page.locator(".sugg .handle").first
    first.hover()
    page.mouse.down()
    box = first.bounding_box()
    for _ in range(30):
        below = page.locator(".sugg:not(.held)").first.bounding_box()
        page.mouse.move(box["x"] + 10, min(max(below["y"], 0) + 80, 890))
        if page.locator(".sugg").first.get_attribute("data-sugg") == "2":
            break
        page.wait_for_timeout(50)
    with page.expect_navigation():
        page.mouse.up()
    assert [s.number for s in fresh(rows.of_consultation, one.id)] == [2, 1]
