"""The main job by clicking, in a real Chromium, on an empty installation: from the commands of the README to a dossier on disk."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from deliberation.clock import local, now
from tests.browser.sample_server import FLAGS, ROOT, SampleServer

pytestmark = [pytest.mark.browser, pytest.mark.corpus]
PASSWORD = "correct horse battery"


def command(folder, *words, typed=None):
    environment = {**os.environ, "YISHITING_INSTANCE": str(folder), "FLASK_APP": "app"}
    done = subprocess.run(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env=environment,
        input=typed,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    command(folder, "db", "upgrade")
    command(folder, "people", "office", "××市人大常委会法工委", "--kind", "commission")
    command(folder, "people", "office", "××街道基层立法联系点", "--under", "××市人大常委会法工委")
    account = [
        "people",
        "add",
        "林静",
        "--office",
        "××街道基层立法联系点",
        "--role",
        "liaison",
        "--login",
        "lin",
    ]
    command(folder, *account, typed=f"{PASSWORD}\n{PASSWORD}\n")
    running = SampleServer(folder, "--no-sample").wait()
    running.folder = folder
    yield running
    running.stop()


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


def visitor(browser, server, width=1280):
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.set_default_timeout(15_000)
    page.goto(server.url)
    return page


def press(page, words):
    """Click the button or link with these words in the page's own part."""
    page.locator("main").get_by_role("button", name=words).or_(
        page.locator("main").get_by_role("link", name=words)
    ).first.click()
    page.wait_for_load_state()


def stamp(days):
    return f"{local(now() + timedelta(days=days)):%Y-%m-%dT%H:%M}"


def the_officer_prepares(page, source):
    page.get_by_role("link", name="登录").first.click()
    page.get_by_label("用户名").fill("lin")
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    page.get_by_role("link", name="任务", exact=True).first.click()
    press(page, "登记新任务")
    page.get_by_label("法规名称").fill("××市客运出租汽车管理条例（修订草案）")
    page.get_by_label("来文单位").fill("××市人大常委会法制工作委员会")
    page.get_by_label("收文日期").fill(stamp(0)[:10])
    page.get_by_label("报送截止").fill(stamp(30))
    page.locator("main form [type=submit]").last.click()
    press(page, re.compile("承办"))
    page.get_by_label("公众提意见截止").fill(stamp(20))
    page.get_by_label("联系点录入截止").fill(stamp(25))
    page.get_by_label(re.compile("不登录也可以提意见")).check()
    press(page, "承办这项任务")
    page.get_by_role("link", name="任务", exact=True).first.click()
    press(page, re.compile("客运出租"))
    press(page, "导入草案")
    page.locator("input[type=file]").set_input_files(source)
    press(page, "读一读")
    assert "53" in page.locator("main").inner_text()
    press(page, re.compile("公布"))
    page.get_by_label(re.compile("已对照原文核对")).check()
    page.locator("main form [type=submit]").last.click()


def the_public_opens(page, server, slug):
    page.goto(f"{server.url}/c/{slug}/manage")
    press(page, re.compile("征集"))
    page.locator("main form [type=submit]").last.click()


def somebody_says(page, slug, article, text):
    """On a telephone: the article, a word, the receipt; three taps and the typing."""
    page.get_by_role("link", name=re.compile("客运出租")).first.click()
    if not page.locator("details.toc[open]").count():
        page.locator("details.toc > summary").click()
    page.get_by_role("link", name=re.compile(f"^{article}")).first.click()
    page.get_by_role("link", name=re.compile("说一句")).last.click()
    page.get_by_text("建议修改", exact=True).click()
    page.get_by_label("您的意见").fill(text)
    press(page, "提交意见")
    return re.search(r"\d{4} \d{4} \d{4}", page.locator("main").inner_text())[0]


def test_from_the_commands_to_a_dossier_by_clicking(server, browser, shared, tmp_path):
    source = next((shared / "corpus" / "hard").glob("D05_*"))
    officer = visitor(browser, server)
    the_officer_prepares(officer, source)
    slug = command(server.folder, "consultations", "list").split("\t")[0]
    the_public_opens(officer, server, slug)

    phone = visitor(browser, server, 360)
    code = somebody_says(phone, slug, "第十条", "个体户也要给条活路")
    phone.goto(server.url)
    somebody_says(phone, slug, "第十条", "同意上面的，别一刀切")
    phone.goto(f"{server.url}/receipt")
    phone.get_by_label("查询码").fill(code)
    press(phone, "查询")
    assert "已收到" in phone.locator("main").inner_text()
    assert "活路" not in phone.locator("main").inner_text()

    officer.goto(f"{server.url}/c/{slug}/suggestions/at/art_10")
    for box in officer.locator("main input[type=checkbox]").all():
        box.check()
    press(officer, re.compile("用选中的新写一条建议"))
    officer.get_by_label("一句话写明建议").fill("给个体经营者留出路")
    officer.get_by_label("建议的条文").fill("客运出租汽车可以由个体经营者经营。")
    officer.locator("main").get_by_role("button", name="保存", exact=True).click()
    assert "给个体经营者留出路" in officer.locator("main").inner_text()

    officer.goto(f"{server.url}/c/{slug}/dossier")
    press(officer, re.compile("生成内部版"))
    the_archive_is_whole(officer, tmp_path)


def the_archive_is_whole(page, folder):
    """The ZIP that was downloaded: both remarks to the letter, and true by the check anyone can make."""
    link = page.get_by_role("link", name=re.compile("ZIP"))
    for _ in range(90):
        if link.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    with page.expect_download() as coming:
        link.first.click()
    archive = Path(folder) / "dossier.zip"
    coming.value.save_as(archive)
    zipfile.ZipFile(archive).extractall(folder / "out")
    found = next((folder / "out").rglob("remarks.jsonl"))
    texts = [json.loads(line)["text"] for line in found.read_text("utf-8").splitlines()]
    assert texts == ["个体户也要给条活路", "同意上面的，别一刀切"]
    assert (
        subprocess.run(
            [sys.executable, str(ROOT / "verify.py"), str(found.parent)], check=False, capture_output=True
        ).returncode
        == 0
    )
