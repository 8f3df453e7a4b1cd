"""Importing a draft through the pages: file or paste, preview with warnings, publish with a confirmation, notes."""

import io

import pytest

from deliberation.domain.roles import Role
from deliberation.store import drafts as rows
from tests import make
from tests.make_people import staff
from tests.web.browsing import Browser

SKIPS = "某条例（草案）\n\n第一条　甲。\n\n第三条　丙。\n\n第四条　丁。\n"


@pytest.fixture
def office(app):
    return make.office("甲街道联系点")


@pytest.fixture
def task(office):
    return make.task(office)


@pytest.fixture
def lead(app, office):
    return staff(app, office)


def test_pasting_looking_and_publishing(app, task, lead):
    lead.open(f"/tasks/{task.id}/drafts/new").submit(having="pasted", pasted=SKIPS, stage="征求意见稿")
    version = rows.versions(task.id)[0]
    assert lead.url == f"/versions/{version.id}"
    assert 'href="#art_3"' in lead.page.html
    assert "art_3" in lead.page.ids
    assert lead.says("征求意见稿")
    assert lead.says("条 3")
    publish = f"/versions/{version.id}/publish"
    lead.submit(status=422, having="title", to=publish, title="某条例（草案）", stage="征求意见稿")
    assert rows.current(task.id) is None
    lead.submit(having="title", to=publish, title="某条例（新标题）", stage="二次审议稿", sure="y")
    assert (rows.current(task.id).title, rows.current(task.id).stage) == ("某条例（新标题）", "二次审议稿")
    lead.open(f"/versions/{version.id}")
    assert lead.says("已公布")


def test_a_file_is_read_kept_and_given_back(app, task, lead):
    data = make.DRAFT.encode()
    lead.open(f"/tasks/{task.id}/drafts/new")
    lead.submit(having="pasted", files={"file": (io.BytesIO(data), "..\\草案;稿.txt")}, pasted="不看这里")
    version = rows.versions(task.id)[0]
    got = lead.client.get(f"/versions/{version.id}/source")
    assert got.data == data
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert "\n" not in got.headers["Content-Disposition"]


@pytest.mark.parametrize("text", ["", "没有条文", "秘密★5年\n第一条　甲。", "有\x00零"])
def test_what_is_no_draft_is_told_so_and_what_was_pasted_is_kept(app, task, lead, text):
    lead.open(f"/tasks/{task.id}/drafts/new").submit(
        status=422, having="pasted", pasted=text, stage="征求意见稿"
    )
    assert "征求意见稿" in lead.page.html
    assert text.split("\n")[0].replace("\x00", "") in lead.page.html.replace("\x00", "")
    assert rows.versions(task.id) == []


def test_a_wrong_reading_is_mended_as_text(app, task, lead):
    lead.open(f"/tasks/{task.id}/drafts/new").submit(having="pasted", pasted=SKIPS)
    first = rows.versions(task.id)[0]
    lead.open(f"/tasks/{task.id}/drafts/new?from={first.id}")
    assert "第三条　丙。" in lead.page.html
    other = make.consultation(make.office())
    lead.open(f"/tasks/{task.id}/drafts/new?from={rows.current(other.task_id).id}")
    assert "服务半径" not in lead.page.html


def test_versions_belong_to_their_office(app, task, lead, office):
    lead.open(f"/tasks/{task.id}/drafts/new").submit(having="pasted", pasted=SKIPS)
    version = rows.versions(task.id)[0]
    pages = (
        f"/versions/{version.id}",
        f"/versions/{version.id}/publish",
        f"/versions/{version.id}/source",
        f"/tasks/{task.id}/drafts/new",
    )
    for stranger in (staff(app, make.office()), staff(app, office, Role.PANEL)):
        for page in pages:
            stranger.open(page, status=404)
    for page in pages:
        assert Browser(app).open(page).url == "/sign-in"
    clerk = staff(app, office, Role.CLERK).open(f"/versions/{version.id}")
    assert not clerk.says("公布这一稿")
    clerk.open(f"/versions/{version.id}/publish", status=403)


def test_a_note_is_looked_at_before_it_is_kept(app, office, lead):
    one = make.consultation(office, slug="bikes")
    page = "/c/bikes/at/art_3/plain"
    lead.open(page).submit(having="plain", plain="**三百米**就是走五分钟", look="1")
    assert "<strong>三百米</strong>" in lead.page.html
    assert rows.at(rows.current(one.task_id).id, "art_3").plain == ""
    lead.submit(having="plain", plain="**三百米**就是走五分钟")
    assert Browser(app).open("/c/bikes/at/art_3").says("三百米就是走五分钟")
    lead.open(page).submit(status=422, having="plain", plain="长" * 4001)
    assert lead.says("最多 4000 字")
    lead.open("/c/bikes/at/art_99/plain", status=404)
    lead.open("/c/bikes/at/art_3__para_1/plain", status=404)
    Browser(app).open(page)
    staff(app, office, Role.PANEL).open(page, status=403)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_drafts_in_both_languages(app, office, lang):
    one = make.consultation(office, slug="bikes")
    version = rows.current(one.task_id)
    b = staff(app, office, lang=lang)
    for path in (
        f"/tasks/{one.task_id}/drafts/new",
        f"/versions/{version.id}",
        "/c/bikes/at/art_3/plain",
        "/c/bikes/at/art_3",
        "/c/bikes/",
        "/c/bikes/text",
    ):
        b.open(path)


def test_an_articles_margin_shows_three_of_each_paragraph_and_the_rest_on_a_page(app, office):
    one = make.consultation(office, "某条例（草案）\n\n第一条　甲。\n\n乙。\n\n第二条　丙。\n", slug="two")
    for n in range(5):
        make.remark(one, f"头一款 {n}", eid="art_1__para_1")
    make.remark(one, "第二款", eid="art_1__para_2")
    for n in range(4):
        make.remark(one, f"整条 {n}", eid="art_1")
    b = staff(app, office).open("/c/two/at/art_1")
    page = b.page.text
    assert [n for n in range(5) if f"头一款 {n}" in page] == [0, 1, 2]
    assert [n for n in range(4) if f"整条 {n}" in page] == [0, 1, 2]
    for words in ("这一款的意见 5 条", "看这一款其余 2 条", "对整条的意见 4 条", "看其余 1 条"):
        assert words in page
    everything = b.open("/c/two/at/art_1/remarks").page.text
    assert all(f"头一款 {n}" in everything for n in range(5))
    assert all(f"整条 {n}" in everything for n in range(4))
    assert "第一条第二款" in everything


def test_a_remark_kept_back_is_neither_in_the_margin_nor_on_the_list(app, office):
    one = make.consultation(office, slug="two")
    make.remark(one, "只给工作人员看", eid="art_1")
    for path in ("/c/two/at/art_1", "/c/two/at/art_1/remarks"):
        assert "只给工作人员看" not in app.test_client().get(path).get_data(as_text=True)
        assert staff(app, office).open(path).says("只给工作人员看")
