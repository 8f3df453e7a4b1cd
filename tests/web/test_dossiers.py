"""The report page: what waits, building, fetching; the restricted edition only for who leads, nothing after sign-out."""

import io
import threading
import zipfile
from datetime import timedelta

import pytest

from deliberation.domain.errors import Refusal
from deliberation.domain.roles import Role
from deliberation.formats import dossier_folder, writing
from deliberation.services import consultations, jobs, sealing, shelf, suggestions
from deliberation.store import editions, log
from tests import make, make_dossiers
from tests.web.browsing import Browser, apart

PAGE = "/c/bikes/dossier"


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """Typesetting is tested elsewhere and takes its time."""

    def missing(*_args, **_given):
        raise Refusal("没有字体")

    monkeypatch.setattr(dossier_folder.official_pdf, "write", missing)


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    make.account(found.office, make.member(found.office, Role.CLERK).person, "clerk")
    make.account(found.office, make.member(found.office).person, "lead")
    make_dossiers.suggestion(found, make.recorded(make.OPERATOR, found, "三百米太远", said_by="欧阳金雀"))
    make.remark(found, "还没有归入")
    return found


def press(browser, edition="public"):
    browser.open(PAGE)
    return browser.submit(to=PAGE + "/build", having="edition", edition=edition)


def link(browser, name):
    return next(url for url in browser.page.links if url.endswith(name))


def fetched(browser, url):
    return apart(browser.client.get, url)


def test_the_page_says_what_will_be_in_it_and_what_waits(app, one):
    b = Browser(app).sign_in("clerk").open(PAGE)
    assert b.says("还有 1 条没有去处")
    assert b.says("一、基本情况")
    assert b.says("共收到意见2条")
    assert b.says("（一）关于第三条")
    assert b.says("还没有生成过")


def test_building_and_fetching(app, one):
    b = press(Browser(app).sign_in("clerk"))
    for name in ("report.docx", "table.xlsx", "remarks.jsonl", "manifest.json", "ZIP"):
        answer = fetched(b, link(b, name))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(fetched(b, link(b, "ZIP")).data)) as archive:
        assert "report.docx" in archive.namelist()
    assert "filename*=UTF-8''" in fetched(b, link(b, "report.docx")).headers["Content-Disposition"]
    assert "欧阳金雀".encode() not in fetched(b, link(b, "remarks.jsonl")).data


def test_the_restricted_edition_is_for_who_leads_and_leaves_a_trace(app, one):
    lead, clerk = Browser(app).sign_in("lead"), Browser(app).sign_in("clerk")
    url = link(press(lead, "restricted"), "report.docx")
    size = log.head(one.log_id).size
    assert fetched(lead, url).status_code == 200
    assert log.head(one.log_id).size == size + 1
    assert fetched(clerk, url).status_code == 403
    clerk.open(PAGE)
    assert not [u for u in clerk.page.links if "/restricted/" in u]
    assert (
        clerk.post(PAGE + "/build", {"edition": "restricted", "csrf_token": token(clerk)}).status_code == 403
    )
    assert [built.edition for built in shelf.shelf(one)] == ["restricted"]


def token(browser):
    return next(g["value"] for t, g in browser.form(having="edition")["fields"] if g["name"] == "csrf_token")


def test_nothing_after_sign_out_nor_for_another_office(app, one):
    b = press(Browser(app).sign_in("clerk"))
    url = link(b, "ZIP")
    elsewhere = make.office()
    make.account(elsewhere, make.member(elsewhere).person, "stranger")
    make.consultation(elsewhere, slug="other")
    stranger = Browser(app).sign_in("stranger")
    assert fetched(stranger, url).status_code in {403, 404}
    assert fetched(stranger, url.replace("/bikes/", "/other/")).status_code == 404
    assert fetched(Browser(app), url).status_code == 302
    b.submit(to="/sign-out", having="csrf_token")
    assert fetched(b, url).status_code == 302


@pytest.mark.parametrize(
    "name", ["../../../yishiting.db", "..%2f..%2fsettings.toml", "nothing.txt", "/etc/passwd"]
)
def test_only_what_the_manifest_names_is_given(app, one, name):
    b = press(Browser(app).sign_in("clerk"))
    assert fetched(b, link(b, "ZIP")[:-3] + name).status_code in {404, 308}


def test_an_edition_nobody_knows_is_refused(app, one):
    b = Browser(app).sign_in("lead").open(PAGE)
    assert b.post(PAGE + "/build", {"edition": "secret", "csrf_token": token(b)}).status_code == 422
    assert shelf.shelf(one) == []


def test_only_the_newest_are_kept(app, one):
    b = Browser(app).sign_in("clerk").open(PAGE)
    for _ in range(shelf.KEPT + 2):
        press(b)
    assert len(shelf.shelf(one)) == shelf.KEPT
    assert len(list(shelf.folder_of(one).glob("*.zip"))) == shelf.KEPT


def test_a_failure_says_so_and_leaves_nothing_half_written(app, one, monkeypatch):
    def broken(*args, **given):
        raise RuntimeError("no disk")

    monkeypatch.setattr(shelf.dossiers, "write", broken)
    b = press(Browser(app).sign_in("clerk"))
    assert b.says("没有生成")
    assert [built.state for built in shelf.shelf(one)] == ["failed"]
    assert not [path for path in shelf.folder_of(one).iterdir() if path.is_dir()]


def test_a_large_one_is_made_beside_the_request(app, one, monkeypatch):
    started = []
    monkeypatch.setattr(shelf, "SMALL", 0)
    monkeypatch.setattr(jobs.threading.Thread, "start", lambda self: started.append(self))
    b = press(Browser(app).sign_in("clerk"))
    assert b.says("正在生成")
    assert len(started) == 1
    started[0].run()
    assert [built.state for built in shelf.shelf(one)] == ["ready"]
    with make.later(hours=2):
        b.open(PAGE)


def making(one):
    return [built.state for built in shelf.shelf(one)]


def test_what_was_interrupted_is_said(app, one, monkeypatch):
    monkeypatch.setattr(shelf, "SMALL", 0)
    monkeypatch.setattr(jobs.threading.Thread, "start", lambda self: None)
    b = press(Browser(app).sign_in("clerk"))
    part = shelf.folder_of(one) / ".00000009-public.part-1"
    part.mkdir()
    assert making(one) == ["making"]
    with make.later(minutes=1):
        assert making(one) == ["failed"]
        assert b.open(PAGE).says("生成中断了")
    press(b)
    assert not part.exists()


def test_how_far_it_is_and_cancelling(app, one, monkeypatch):
    """A build that stops at a file until told to go on: the page says where it is; cancelled, it leaves nothing."""
    monkeypatch.setattr(shelf, "SMALL", 0)
    at_it, go_on = threading.Event(), threading.Event()
    really = writing.WRITERS["table.xlsx"]

    def slow(dossier, target):
        at_it.set()
        assert go_on.wait(20)
        really(dossier, target)

    monkeypatch.setitem(writing.WRITERS, "table.xlsx", slow)
    b = press(Browser(app).sign_in("clerk"))
    assert at_it.wait(20)
    assert b.open(PAGE).says("正在做第 2 个文件")
    assert b.says("table.xlsx")
    assert making(one) == ["making"]
    assert not [url for url in b.page.links if url.endswith("/ZIP")]
    b.submit(to=f"{PAGE}/{shelf.shelf(one)[0].number}/public/cancel", having="csrf_token")
    go_on.set()
    finish()
    assert b.open(PAGE).says("已经取消，没有生成")
    assert sorted(path.suffix for path in shelf.folder_of(one).iterdir()) == [".failed"]
    press(b)
    finish()
    assert making(one) == ["ready"]


def finish():
    for thread in threading.enumerate():
        if thread.name.startswith("job "):
            thread.join(30)


def test_a_refusal_in_the_middle_is_said(app, one, monkeypatch):
    monkeypatch.setattr(shelf.dossiers, "write", full_disk)
    b = press(Browser(app).sign_in("clerk"))
    assert b.says("磁盘快满了")


def full_disk(*_args, **_given):
    raise OSError(28, "No space left on device")


def test_sealing_by_page(app, one):
    clerk, lead = Browser(app).sign_in("clerk"), Browser(app).sign_in("lead")
    assert clerk.open(PAGE).says("征集结束、转入整理归并以后")
    consultations.move_phase(make.OPERATOR, one, "consolidating")
    assert fetched(clerk, PAGE + "/seal").status_code == 403
    assert lead.open(PAGE + "/seal").says("还有 1 条意见没有去处")
    assert not lead.says("请先办补充报送")
    consultations.move_phase(make.OPERATOR, one, "reported")
    assert lead.open(PAGE + "/seal").says("请先办补充报送")
    assert "/c/bikes/report" in lead.page.links
    consultations.move_phase(make.OPERATOR, one, "consolidating")
    suggestions.annex_waiting(make.OPERATOR, one)
    before = Browser(app).sign_in("lead").open(PAGE + "/seal")
    lead.open(PAGE + "/seal").submit(to=PAGE + "/seal", having="number")
    assert lead.says("第 1 版")
    before.submit(409, having="number", number="1")
    assert before.says("刚才别人已经归档了第 1 版")
    lead.submit(to=PAGE + "/sealed/1", having="edition", edition="restricted")
    assert lead.says("第 1 版（定稿归档）")
    assert fetched(lead, link(lead, "seal.txt")).status_code == 200
    clerk.open(PAGE).submit(to=PAGE + "/sealed/1", having="edition", edition="public")
    assert [(built.edition, built.sealed) for built in shelf.shelf(one)] == [("public", 1), ("restricted", 1)]
    assert (
        clerk.post(PAGE + "/sealed/1", {"edition": "restricted", "csrf_token": token(clerk)}).status_code
        == 403
    )
    assert fetched(clerk, PAGE + "/sealed/9").status_code in {404, 405}


def test_a_large_one_is_sealed_beside_the_request(app, one, monkeypatch):
    monkeypatch.setattr(sealing, "SMALL", 0)
    consultations.move_phase(make.OPERATOR, one, "consolidating")
    suggestions.annex_waiting(make.OPERATOR, one)
    lead = Browser(app).sign_in("lead").open(PAGE + "/seal")
    lead.submit(to=PAGE + "/seal", having="csrf_token")
    finish()
    row = editions.last(one.id)
    assert (row.number, row.by_id) == (1, row.by.id)
    assert lead.open(PAGE).says("第 1 版")


def test_a_sealing_that_was_refused_is_not_called_interrupted_afterwards(app, one, monkeypatch):
    def refused(*_args, **_given):
        raise Refusal("归档的时候一直有人在改动")

    consultations.move_phase(make.OPERATOR, one, "consolidating")
    suggestions.annex_waiting(make.OPERATOR, one)
    monkeypatch.setattr(sealing.editions, "seal", refused)
    with pytest.raises(Refusal):
        sealing.order(make.OPERATOR, one)
    assert sealing.far(one, make.now() + timedelta(minutes=1)) is None


def test_in_english_too(app, one):
    assert press(Browser(app, "en").sign_in("lead")).page.lang == "en"
