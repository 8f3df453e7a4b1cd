"""Review of links and comparison in a real Chromium: by keyboard alone, at both widths, without a script's help."""

import threading

import pytest
from werkzeug.serving import make_server

from deliberation.services import lineage
from deliberation.store.db import db
from tests import make
from tests.browser.sample_server import FLAGS
from tests.make_versions import FIRST, MOVED

pytestmark = pytest.mark.browser


@pytest.fixture
def world(app):
    office = make.office()
    make.account(office, make.member(office).person, "lead")
    one = make.consultation(office, FIRST, slug="bikes")
    make.remark(one, "施行得太急", eid="art_5")
    version = make.publish(one.task, MOVED)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", version
    server.shutdown()
    thread.join()


def test_a_move_is_reviewed_by_keyboard_and_the_table_is_read_on_a_phone(world):
    sync = pytest.importorskip("playwright.sync_api").sync_playwright
    url, version = world
    with sync() as run:
        browser = run.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_context(
            locale="zh-CN", viewport={"width": 1280, "height": 900}, java_script_enabled=False
        ).new_page()
        page.goto(f"{url}/sign-in")
        page.fill("[name=login]", "lead")
        page.fill("[name=password]", "correct horse battery")
        page.press("[name=password]", "Enter")
        page.goto(f"{url}/versions/{version.id}/links")
        page.get_by_role("link", name="从第一条开始核对").press("Enter")
        assert "原第五条" in page.locator("h1").inner_text()
        page.locator("[name=choice]:checked").press("Enter")
        page.wait_for_url("**/links")
        assert "没有要核对的了" in page.locator("main").inner_text()
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(f"{url}/c/bikes/compare?only=moved")
        row = page.locator(".versus > li").first
        assert "第五条 → 第一条" in row.inner_text()
        old, new = row.locator("> div").nth(1).bounding_box(), row.locator("> div").nth(2).bounding_box()
        assert new["y"] >= old["y"] + old["height"] - 1
        assert max(old["x"] + old["width"], new["x"] + new["width"]) <= 360
        page.goto(f"{url}/c/bikes/at/art_1")
        page.locator(".says summary").first.press("Enter")
        assert "施行得太急" in page.locator("main").inner_text()
        browser.close()
    db.session.rollback()
    assert lineage.lineage(version).waiting == []
