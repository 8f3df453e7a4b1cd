"""From the letter in hand to the printed notice, by somebody new to it, in a real Chromium: every click and field is counted."""

import shutil
import threading
from datetime import timedelta

import pytest
from werkzeug.serving import make_server

from deliberation.clock import local
from deliberation.domain.roles import Role
from deliberation.store import consultations, meetings
from deliberation.store.db import db
from tests import make
from tests.browser.sample_server import FLAGS

pytestmark = pytest.mark.browser
MOST_CLICKS, MOST_FIELDS = 17, 6
SECONDS_A_STEP = 60  # for somebody who reads every page first


class Newcomer:
    """Clicks and fills as a person does, and counts."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, [], []

    def click(self, words, exact=True):
        self.page.locator("main").get_by_role("link", name=words, exact=exact).or_(
            self.page.locator("main").get_by_role("button", name=words, exact=exact)
        ).first.click()
        self.page.wait_for_load_state()
        self.clicks.append(words)

    def tick(self, label):
        self.page.get_by_label(label).first.check()
        self.clicks.append(label)

    def fill(self, label, words):
        self.page.get_by_label(label).first.fill(words)
        self.fields.append(label)


@pytest.fixture
def office(app):
    made = make.office("××街道基层立法联系点")
    make.account(made, make.person(made, "林静", Role.LIAISON), "lin")
    for n in range(12):
        make.person(made, f"居民{n + 1}", Role.PANEL, ("居民", "人大代表")[n % 2], phone=f"1390000{n:04d}")
    return made


@pytest.fixture
def newcomer(app, office):
    from playwright.sync_api import sync_playwright

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(10_000)
        page.goto(f"http://127.0.0.1:{server.server_port}/sign-in")
        page.fill("input[name=login]", "lin")
        page.fill("input[name=password]", "correct horse battery")
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
        yield Newcomer(page)
        browser.close()
    server.shutdown()


def test_from_letter_to_printed_notice(app, office, newcomer, tmp_path):
    me, due = newcomer, local(make.now() + timedelta(days=25))
    draft = tmp_path / "草案.txt"
    draft.write_text(make.DRAFT, "utf-8")
    me.click("登记新任务")
    me.fill("法规名称", "××市电动自行车充电安全管理规定（草案）")
    me.fill("来文单位", "××市人大常委会法工委")
    me.fill("文号", "×人常法〔2026〕12号")
    me.fill("报送截止", f"{due:%Y-%m-%dT17:00}")
    me.click("登记")
    me.click("导入草案")
    me.page.get_by_label("草案文件").set_input_files(draft)
    me.fields.append("草案文件")
    me.click("读一读")
    me.tick("已对照原文核对")
    me.click("公布这一稿")
    me.click("由××街道基层立法联系点承办")
    me.click("承办这项任务")
    me.click("会前安排")
    me.click("推算")
    assert "定邀请名单" in me.page.inner_text("main")
    me.click("通知会议")
    me.fill("地点", "联系点二楼议事厅")
    me.tick("第三条")
    me.click("通知会议")
    me.click("请谁来")
    me.click("选上这一类")
    me.click("请勾选的人")
    me.click("名单定了，印会议通知")
    notice = me.page.inner_text(".a4")
    db.session.rollback()
    (task,) = consultations.tasks_of([office.id])
    (one,) = consultations.for_task(task.id)
    (meeting,) = meetings.of_consultation(one.id)
    assert f"关于召开{meeting.title}的通知" in notice
    assert "联系点二楼议事厅" in notice
    assert "第三条" in notice
    assert sum(a.due for a in meetings.attendance(meeting.id)) == 6
    assert me.page.get_by_role("button", name="打印").first.is_visible()
    text = me.page.locator("#copied").input_value()
    assert "联系点二楼议事厅" in text
    me.page.emulate_media(media="print")
    assert me.page.locator(".paper-only .a4").is_visible()
    steps = len(me.clicks) + len(me.fields)
    assert len(me.clicks) <= MOST_CLICKS, me.clicks
    assert len(me.fields) <= MOST_FIELDS, me.fields
    assert steps * SECONDS_A_STEP <= 30 * 60, f"{steps} steps"
