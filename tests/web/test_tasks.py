"""Tasks through the pages: a letter registered, taken up by each office for itself, managed phase by phase; directed ones hidden."""

import io
from datetime import timedelta

import pytest

from deliberation.clock import local
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import consultations as work
from deliberation.store import consultations as rows
from tests import make
from tests.make_people import staff
from tests.web.browsing import Browser

PDF = b"%PDF-1.4\n%no text layer\n"


@pytest.fixture
def office(app):
    return make.office("甲街道联系点")


@pytest.fixture
def lead(app, office):
    return staff(app, office)


def form(**more):
    due = local(make.now() + timedelta(days=20))
    return {
        "title": "××市养犬管理条例（草案）", "sender": "××市人大常委会法工委", "letter_number": "×人常法〔2026〕12号",
        "received_on": f"{local(make.now()):%Y-%m-%d}", "report_due_at": f"{due:%Y-%m-%dT17:00}", "contact": "刘某 ×××-1",
        "openness": "open", "focus": "第三条是否可行？", **more,
    }  # fmt: skip


def test_a_letter_with_its_scan_becomes_a_task(app, office, lead):
    lead.open("/tasks").open(f"/offices/{office.id}/tasks/new")
    lead.submit(having="title", files={"scan": (io.BytesIO(PDF), "来函.pdf")}, **form())
    (task,) = rows.tasks_of([office.id])
    assert (task.title, task.letter_number, task.contact) == (
        "××市养犬管理条例（草案）",
        "×人常法〔2026〕12号",
        "刘某 ×××-1",
    )
    assert local(task.report_due_at).strftime("%H:%M") == "17:00"
    got = lead.client.get(f"/tasks/{task.id}/scan")
    assert got.data == PDF
    assert got.headers["Content-Disposition"].endswith("%E6%9D%A5%E5%87%BD.pdf")
    lead.open("/tasks")
    assert lead.says("养犬")
    assert lead.says("还有")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "请填写法规名称"),
        ({"title": "机密 关于××的函"}, "涉密"),
        ({"letter_number": "×〔2026〕1号（秘密★1年）"}, "涉密"),
        ({"received_on": "昨天"}, "请填写日期"),
        ({"report_due_at": "2020-01-01T17:00"}, "早于收文日期"),
        ({"openness": "moon"}, "请"),
        ({"title": "长" * 301}, "最多 300 字"),
    ],
)
def test_a_bad_letter_is_refused_and_what_was_typed_is_kept(app, office, lead, change, words):
    lead.open(f"/offices/{office.id}/tasks/new").submit(status=422, having="title", **form(**change))
    assert lead.says(words)
    assert "第三条是否可行？" in lead.page.html
    assert rows.tasks_of([office.id]) == []


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (PDF, "机密★1年.pdf", "涉密"),
        (b"GIF89a", "a.pdf", "PDF、JPG 或 PNG"),
        (b"<script>", "a.png", "PDF、JPG 或 PNG"),
    ],
)
def test_a_bad_scan_is_refused(app, office, lead, data, name, words):
    lead.open(f"/offices/{office.id}/tasks/new")
    lead.submit(status=422, having="title", files={"scan": (io.BytesIO(data), name)}, **form())
    assert lead.says(words)
    assert rows.tasks_of([office.id]) == []


def test_too_much_at_once_is_413(app, office, lead):
    app.config["MAX_CONTENT_LENGTH"] = 200_000
    lead.open(f"/offices/{office.id}/tasks/new")
    lead.submit(
        status=413, having="title", files={"scan": (io.BytesIO(PDF + b"x" * 300_000), "a.pdf")}, **form()
    )
    assert rows.tasks_of([office.id]) == []


def test_a_task_is_corrected_and_promises_are_kept(app, office, lead):
    one = make.consultation(office)
    page = f"/tasks/{one.task_id}/edit"
    lead.open(page)
    assert lead.page.html.count("电动自行车") > 0
    lead.submit(having="title", **form(title="改过的标题", openness="open"))
    assert rows.task(one.task_id).title == "改过的标题"
    lead.open(page).submit(status=422, having="title", **form(openness="directed"))
    soon = local(make.now() + timedelta(days=1))
    lead.open(page).submit(status=422, having="title", **form(report_due_at=f"{soon:%Y-%m-%dT%H:%M}"))
    assert lead.says("报送截止早于联系点的录入期限")
    assert rows.task(one.task_id).openness == "open"


def test_taking_up_importing_and_opening(app, office, lead):
    task = make.task(office)
    lead.open(f"/tasks/{task.id}").open(f"/offices/{office.id}/tasks/{task.id}/take-up").submit(
        having="public_until", **dates(), guests="y"
    )
    one = rows.of_task(task.id, office.id)
    assert one.guests
    assert lead.url == f"/c/{one.slug}/manage"
    assert lead.says("还没有公布草案")
    move(lead, one, "collecting", status=422)
    make.publish(task)
    move(lead, one, "collecting")
    assert rows.by_slug(one.slug).phase == "collecting"
    Browser(app).open(f"/c/{one.slug}/")
    move(lead, one, "reported", status=422)
    for to in ("consolidating", "collecting", "consolidating", "reported", "archived"):
        move(lead, one, to)
        assert rows.by_slug(one.slug).phase == to


def dates(public=10, office=12):
    def at(days):
        return f"{local(make.now() + timedelta(days=days)):%Y-%m-%dT18:00}"

    return {"public_until": at(public), "office_until": at(office)}


def move(browser, one, to, status=200):
    browser.open(f"/c/{one.slug}/manage")
    fields = {g["name"]: g.get("value", "") for _t, g in browser.page.forms[0]["fields"]}
    token = fields["csrf_token"]
    browser._take(browser.post(f"/c/{one.slug}/phase", {"csrf_token": token, "to": to}), status)


@pytest.mark.parametrize(("public", "office_", "words"), [(12, 10, "不能早于"), (10, 30, "不能晚于")])
def test_deadlines_out_of_order_are_refused(app, office, lead, public, office_, words):
    task = make.task(office)
    lead.open(f"/offices/{office.id}/tasks/{task.id}/take-up")
    lead.submit(status=422, having="public_until", **dates(public, office_))
    assert lead.says(words)
    assert rows.of_task(task.id, office.id) is None


def test_deadlines_are_changed_and_compared_at_once(app, office, lead):
    one = make.consultation(office, slug="bikes")
    waiting = Browser(app).open("/c/bikes/say?at=art_3")
    lead.open("/c/bikes/terms").submit(
        having="public_until", **dates(public=5, office=6), panel_shares="y", guests=None
    )
    changed = rows.by_slug("bikes")
    assert local(changed.public_until).strftime("%H:%M") == "18:00"
    assert changed.panel_shares
    assert not changed.guests
    waiting.submit(status=403, text="页面早就打开了")
    assert rows.by_slug(one.slug).remark_count == 0


def test_each_office_below_takes_up_the_commissions_task_itself(app):
    top = make.office("××市法工委", OfficeKind.COMMISSION)
    west, east = make.office("西街", parent=top), make.office("东街", parent=top)
    alien = make.office("外市联系点")
    task = make.task(top)
    make.publish(task)
    for office in (west, east):
        b = staff(app, office).open("/tasks")
        assert b.says("还没有承办")
        b.open(f"/tasks/{task.id}").open(f"/offices/{office.id}/tasks/{task.id}/take-up")
        b.submit(having="public_until", **dates())
    assert {one.office_id for one in rows.for_task(task.id)} == {west.id, east.id}
    seen = staff(app, west).open(f"/tasks/{task.id}")
    assert seen.says("西街")
    assert not seen.says("东街")
    above = staff(app, top, Role.COMMISSION).open(f"/tasks/{task.id}")
    assert above.says("西街")
    assert above.says("东街")
    outside = staff(app, alien)
    outside.open(f"/tasks/{task.id}", status=404)
    outside.open(f"/offices/{alien.id}/tasks/{task.id}/take-up", status=404)
    staff(app, west).open(f"/offices/{east.id}/tasks/{task.id}/take-up", status=404)
    staff(app, west).open(f"/tasks/{task.id}/edit", status=403)


def test_another_office_sees_nothing_of_a_task(app, office):
    one = make.consultation(office, openness="directed")
    for stranger in (staff(app, make.office()), Browser(app)):
        for path in (
            f"/tasks/{one.task_id}",
            f"/tasks/{one.task_id}/edit",
            f"/tasks/{one.task_id}/scan",
            f"/c/{one.slug}/manage",
            f"/c/{one.slug}/terms",
        ):
            answer = stranger.client.get(path)
            assert answer.status_code == 404 or answer.headers.get("Location", "").startswith("/sign-in")


def test_a_directed_consultation_has_no_public_page(app, office, lead):
    one = make.consultation(office, openness="directed", slug="quiet")
    make.remark(one, "只在里面说", lead_of(office))
    pages = ("", "text", "at/art_3", "say", "receipts/1", "remarks/1", "doings", "manage")
    strangers = (Browser(app), staff(app, make.office()), staff(app, make.office(), Role.PANEL))
    for stranger in strangers:
        for page in pages:
            answer = stranger.client.get(f"/c/quiet/{page}")
            assert answer.status_code == 404 or answer.headers.get("Location", "").startswith("/sign-in"), (
                page,
                answer,
            )
        for page in ("/", "/c/"):
            assert "quiet" not in stranger.client.get(page).get_data(as_text=True)
    staff(app, office, Role.PANEL).open("/c/quiet/at/art_3")
    lead.open("/c/quiet/terms").submit(status=422, having="public_until", **dates(), guests="y")


def lead_of(office):
    return make.member(office)


def test_a_member_of_the_panel_manages_nothing(app, office):
    one = make.consultation(office, slug="bikes")
    panel = staff(app, office, Role.PANEL)
    panel.open("/c/bikes/manage", status=403)
    panel.open("/c/bikes/terms", status=403)
    panel.open(f"/tasks/{one.task_id}", status=404)
    panel.open("/tasks")
    assert not panel.says("电动")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_tasks_in_both_languages(app, office, lang):
    one = make.consultation(office, slug="bikes")
    b = staff(app, office, lang=lang)
    other = make.task(office)
    for path in (
        "/tasks",
        f"/offices/{office.id}/tasks/new",
        f"/tasks/{one.task_id}",
        f"/tasks/{one.task_id}/edit",
        f"/offices/{office.id}/tasks/{other.id}/take-up",
        "/c/bikes/manage",
        "/c/bikes/terms",
    ):
        b.open(path)


def test_a_task_is_taken_up_only_by_its_office_or_one_below(app, office):
    from deliberation.domain.errors import NotFound

    task, stranger = make.task(office), make.office()
    due = make.now() + timedelta(days=10)
    with pytest.raises(NotFound):
        work.take_up(make.member(stranger), task, stranger, work.Terms(due, due))
    assert rows.for_task(task.id) == []
