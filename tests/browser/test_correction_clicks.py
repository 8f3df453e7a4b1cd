"""A misread text in a real Chromium: uploaded, parted, a quotation marked, a step undone, published, read by anyone."""

import threading
from datetime import timedelta

import pytest
from werkzeug.serving import make_server

from deliberation.services import consultations
from deliberation.store import drafts
from deliberation.store.db import db
from tests import make
from tests.browser.sample_server import FLAGS

pytestmark = pytest.mark.browser
MISREAD = """××市养犬管理条例（草案）

第一条　为了规范养犬行为，制定本条例，第二条　本条例适用于本市。

第三条　养犬人应当文明养犬，公约写明下列一条：

第九条　不得占用公共通道遛犬。

第四条　本条例自公布之日起施行。
"""


@pytest.fixture
def world(app):
    office = make.office()
    make.account(office, make.member(office).person, "lead")
    task = make.task(office)
    public = make.now() + timedelta(days=10)
    terms = consultations.Terms(public, public + timedelta(days=2), guests=True)
    one = consultations.take_up(make.OPERATOR, task, office, terms, slug="dogs")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", one, task
    server.shutdown()
    thread.join()


def articles(task):
    db.session.rollback()
    version = drafts.versions(task.id)[0]
    return [node["number"] for node in version.tree["body"] if node["kind"] == "article"]


def test_a_misread_text_is_put_right_before_anyone_reads_it(world, tmp_path):
    sync = pytest.importorskip("playwright.sync_api").sync_playwright
    url, one, task = world
    sent = tmp_path / "草案.txt"
    sent.write_text(MISREAD, "gb18030")
    with sync() as run:
        browser = run.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{url}/sign-in")
        page.fill("[name=login]", "lead")
        page.fill("[name=password]", "correct horse battery")
        page.press("[name=password]", "Enter")
        page.goto(f"{url}/tasks/{task.id}/drafts/new")
        page.set_input_files("[type=file]", sent)
        page.locator("form:has([type=file]) button[type=submit]").first.click()
        page.wait_for_url("**/versions/*")
        page.locator("a[href$='/correct']").first.click()
        page.locator("#art_1__para_1 .mend").click()
        page.get_by_role("button", name="从“第二条").click()
        page.wait_for_selector("#art_2")
        assert articles(task) == ["第一条", "第二条", "第三条", "第九条", "第四条"]
        page.locator("#art_9 .mend").click()
        page.get_by_role("button", name="标为引文，不作条文").click()
        page.wait_for_selector(".k-quoted")
        assert articles(task) == ["第一条", "第二条", "第三条", "第四条"]
        page.locator("#art_4 .mend").click()
        page.get_by_role("button", name="接到上一段").click()
        page.get_by_role("button", name="撤销上一步：接到上一段").click()
        page.wait_for_selector("#art_4")
        assert articles(task) == ["第一条", "第二条", "第三条", "第四条"]
        page.get_by_role("link", name="改好了，去公布").click()
        page.check("[name=sure]")
        page.get_by_role("button", name="公布这一稿").click()
        page.wait_for_load_state()
        db.session.rollback()
        consultations.move_phase(make.OPERATOR, one, "collecting")
        guest = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}).new_page()
        guest.goto(f"{url}/c/dogs/at/art_3")
        said = guest.locator("article.leaf").inner_text()
        contents = guest.locator(".toc a").all_text_contents()
        browser.close()
    assert "公约写明下列一条" in said
    assert "不得占用公共通道遛犬" in said
    assert "本条例自公布之日起施行" not in said
    assert [words[:3] for words in contents] == ["第一条", "第二条", "第三条", "第四条"]
