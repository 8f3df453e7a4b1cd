"""Preparing a meeting through the pages: plan, calendar, procedures, whom to invite, replies, a pasted 接龙."""

import io
from datetime import timedelta

import pytest

from deliberation.clock import local
from deliberation.domain.roles import Role
from deliberation.formats import official_fonts
from deliberation.services import procedures as verbs
from deliberation.store import meetings as sheets
from deliberation.store import preparing as rows
from deliberation.store import procedures as kept
from tests import make, make_hall
from tests.formats.test_official_pdf import needs_fonts
from tests.formats.test_paper_template_docx import of
from tests.make_people import staff
from tests.web.browsing import Browser


@pytest.fixture
def one(app):
    return make.consultation(make.office("甲街道联系点"), slug="bikes", days=15)


@pytest.fixture
def lead(app, one):
    return staff(app, one.office)


def in_days(number):
    return f"{local(make.now()).date() + timedelta(days=number):%Y-%m-%d}"


def test_the_plan_is_counted_ticked_moved_and_its_next_step_waits_at_home(one, lead):
    lead.open("/c/bikes/meetings").open("/c/bikes/plan").submit(
        having="meeting_on", procedure="symposium", meeting_on=in_days(12)
    )
    assert lead.says("定工作方案")
    assert lead.says("推算")
    made = rows.of_consultation(one.id)
    first, second = made.steps[:2]
    lead.open("/")
    assert lead.says(first.name)
    assert lead.says("会前安排：")
    lead.open("/c/bikes/plan").submit(to=f"/plan-steps/{first.id}/tick", having="done")
    assert lead.says("办好了")
    lead.open("/")
    assert lead.says(second.name)
    assert not lead.says(first.name)
    lead.open(f"/plan-steps/{second.id}").submit(on=in_days(-1), who="林静", having="on")
    assert lead.says(f"“{second.name}”应在")
    assert lead.says("林静")
    lead.submit(to=f"/plan-steps/{second.id}/count", having="csrf_token")
    assert not rows.step(second.id).moved
    lead.open("/c/bikes/plan/steps").submit(name="借投影仪", on=in_days(3), having="name")
    assert lead.says("借投影仪")


def test_an_offices_calendar_is_filled_and_taken_back(one, lead):
    at, year = f"/offices/{one.office_id}/calendar", local(make.now()).year + 1
    lead.open(at).submit(having="kind", first=f"{year}-02-06", last=f"{year}-02-08", kind="off", name="社火")
    assert lead.says("社火")
    assert lead.says("2 月 6 日至2 月 8 日")
    lead.submit(having="year", year=year, whole="y")
    assert not lead.says("这一年的放假安排还没有录全") or local(make.now()).year > 2026
    lead.submit(to=f"{at}/forget", having="csrf_token", first=f"{year}-02-06", last=f"{year}-02-06")
    assert lead.says("2 月 7 日至2 月 8 日")
    lead.submit(422, having="kind", first=f"{year}-02-06", last=f"{year}-02-01", kind="off")
    assert lead.says("最后一天早于第一天")


def test_a_procedure_is_read_switched_on_and_given_its_own_numbers(one, lead):
    at = f"/offices/{one.office_id}/procedures"
    lead.open(at).open(f"{at}/villagers_rep_assembly")
    for words in (
        "达到应到人数的 2/3",
        "超过实到人数的 1/2",
        "第三十条（2026-01-01文本）",
        "村民委员会召集",
        "不少于 15 日",
    ):
        assert lead.says(words), words
    lead.submit(having="on", on="1")
    assert "villagers_rep_assembly" in verbs.lit(one.office_id)
    lead.open(f"{at}/villagers_rep_assembly/days").submit(422, having="s_disclosure", s_disclosure="10")
    assert lead.says("只能从严")
    lead.submit(
        having="s_disclosure",
        s_disclosure="20",
        basis_name="××镇办法",
        basis_date="2026-01-05",
        basis_clause="第二条",
    )
    assert lead.says("不少于 20 日")
    assert lead.says("××镇办法第二条")
    lead.open(f"{at}/villagers_rep_assembly/rules/representatives")
    rule = {
        "name": "章程",
        "dated": "2026-01-05",
        "clause": "第九条",
        "carry_base": "present",
        "carry_operator": "ge",
    }
    lead.submit(422, having="carry_n", **rule, quorum_n="1", quorum_d="2", carry_n="2", carry_d="3")
    assert lead.says("不能放宽")
    lead.submit(having="carry_n", **rule, quorum_n="3", quorum_d="4", carry_n="2", carry_d="3")
    assert lead.says("达到应到人数的 3/4")
    lead.submit(to=f"{at}/villagers_rep_assembly/rules/representatives/end", having="csrf_token")
    assert lead.says("以前用过的本地规则")


def test_every_procedure_page_opens_in_both_languages(app, one, lead):
    english = staff(app, one.office, lang="en")
    for key in verbs.held(one.office_id):
        for browser in (lead, english):
            browser.open(f"/offices/{one.office_id}/procedures/{key}")
    lead.open(f"/offices/{one.office_id}/procedures/nothing", 404)


def test_a_hearing_is_called_on_its_letter_only(one, lead):
    verbs.switch(make.OPERATOR, one.office, "hearing", True)
    lead.open("/c/bikes/meetings/call/0")
    call = {"title": "听证会", "place": "一楼", "convenor": "主任", "scribe": "林静", "procedure": "hearing",
            "starts_at": f"{in_days(30)}T09:00", "others": "听证"}  # fmt: skip
    lead.submit(422, having="scribe", **call)
    assert lead.says("凭委托函")
    lead.open("/c/bikes/letters/hearing").submit(
        having="number", sender="市人大法工委", number="9号", dated="2026-01-05"
    )
    (letter,) = kept.letters(one.id)
    lead.open("/c/bikes/meetings/call/0").submit(
        422, having="scribe", **{**call, "starts_at": f"{in_days(9)}T09:00", "letter": letter.id}
    )
    assert lead.says("发布听证公告")
    lead.submit(
        having="late_reason",
        **{**call, "starts_at": f"{in_days(9)}T09:00", "letter": letter.id, "late_reason": "简易程序"},
    )
    assert lead.says("原因：简易程序")
    assert lead.says("委托函：市人大法工委 9号")


@pytest.fixture
def meeting(one):
    for name, category, expertise in (
        ("张三", "居民", "物业管理"),
        ("李四", "居民", ""),
        ("王律师", "法律专业", "行政法"),
    ):
        new = make.people.Newcomer(
            name, phone="13900000000", role=Role.PANEL, category=category, expertise=expertise
        )
        make.people.add_person(make.OPERATOR, one.office, new)
    return make_hall.meeting(one)


def test_people_are_found_by_what_they_know_and_invited(one, lead, meeting):
    at = f"/meetings/{meeting.id}/invite"
    lead.open(at)
    assert lead.says("没请过")
    lead.open(f"{at}?q=行政法")
    assert lead.says("王律师")
    assert not lead.says("李四")
    person = next(p for p in sheets_people(one) if p.name == "王律师")
    lead.submit(to=f"{at}/add", having="csrf_token", person=person.id)
    lead.open(at).submit(to=f"{at}/add", having="csrf_token", all="居民")
    assert {a.person.name for a in sheets.attendance(meeting.id) if a.due} == {"张三", "李四", "王律师"}
    assert lead.says("已经请了 3 人")
    lead.submit(to=f"{at}/remove", having="csrf_token", person=person.id)
    assert lead.says("已经请了 2 人")


def sheets_people(one):
    return [m.person for m in rows.roster(one.office_id)]


def test_replies_by_button_and_by_chain(one, lead, meeting):
    make_hall.meetings.change_meeting(
        make.OPERATOR,
        meeting,
        make_hall.plan(invited=tuple(p.id for p in sheets_people(one) if p.name[0] in "张李王")),
    )
    who = {a.person.name: a.person_id for a in sheets.attendance(meeting.id)}
    at = f"/meetings/{meeting.id}/replies"
    lead.open(at).submit(having="channel", channel="door", leave=who["李四"])
    assert lead.says("上门")
    assert lead.says("13900000000")
    lead.open(f"{at}/chain").submit(having="pasted", pasted="#接龙\n1. 张三 🌹\n2. 李四 来\n3. 王姐")
    assert lead.says("认出 2 人")
    assert lead.says("认不准的 1 行")
    lead.submit(
        having="pasted",
        pasted="#接龙\n1. 张三 🌹\n2. 李四 来\n3. 王姐",
        keep="1",
        **{"who-2": who["王律师"], "said-2": "comes"},
    )
    assert {a.person.name: a.reply for a in sheets.attendance(meeting.id)} == dict.fromkeys(who, "comes")
    assert [c.channel for c in rows.contacts(meeting.id)[who["李四"]]] == ["door", "wechat"]


def test_a_panel_member_prepares_nothing(app, one, meeting):
    member = staff(app, one.office, Role.PANEL)
    for path in (f"/meetings/{meeting.id}/invite", f"/meetings/{meeting.id}/replies"):
        member.open(path, 404)
    member.open("/c/bikes/plan", 403)
    member.open(f"/offices/{one.office_id}/procedures", 404)


def test_papers_are_read_copied_drawn_and_replaced(app, one, lead, meeting):
    at = f"/meetings/{meeting.id}/papers"
    for kind in ("scheme", "notice", "agenda", "script", "sign-in", "opinions", "cards"):
        lead.open(f"{at}/{kind}")
        got = lead.client.get(f"{at}/{kind}.docx")
        assert got.data.startswith(b"PK")
        assert got.headers["Content-Disposition"].startswith("attachment")
    lead.open(f"{at}/poster", 404)
    office = f"/offices/{one.office_id}/templates"
    shipped = lead.client.get(f"{office}/notice.docx").data
    lead.open(office).open(f"{office}/notice")
    lead.submit(422, having="file", files={"file": (io.BytesIO(of("{{错}}")), "a.docx")})
    assert lead.says("不认识的占位“错”")
    assert lead.says("会议名称")
    lead.submit(having="file", files={"file": (io.BytesIO(of("自己的{{会议名称}}")), "我的.docx")})
    assert lead.says("我的.docx")
    lead.open(f"{at}/notice")
    assert lead.says("自己的充电安全座谈会")
    assert lead.says("按本联系点自己的样式")
    lead.open(office).submit(to=f"{office}/notice/restore", having="csrf_token")
    assert lead.client.get(f"{office}/notice.docx").data == shipped
    lead.open(f"{at}/notice")
    assert lead.says("关于召开充电安全座谈会的通知")


@needs_fonts
def test_a_notice_as_a_picture(lead, meeting):
    got = lead.client.get(f"/meetings/{meeting.id}/papers/notice.png")
    assert got.data.startswith(b"\x89PNG")
    assert got.mimetype == "image/png"


def test_without_fonts_the_picture_says_which(lead, meeting, monkeypatch):
    monkeypatch.setattr(official_fonts, "_families", lambda _folder: frozenset())
    lead.open(f"/meetings/{meeting.id}/papers/notice.png", 422)
    assert lead.says("仿宋_GB2312")


def test_who_attends_sees_the_notice_but_not_the_plan_or_the_words_for_the_chair(app, one, meeting):
    guest = make.person(one.office, role=Role.PANEL)
    make_hall.meetings.change_meeting(make.OPERATOR, meeting, make_hall.plan(invited=(guest.id,)))
    browser = Browser(app).sign_in(make.account(one.office, guest).login)
    browser.open(f"/meetings/{meeting.id}/papers/notice")
    for kind in ("scheme", "script", "sign-in", "cards"):
        browser.open(f"/meetings/{meeting.id}/papers/{kind}", 404)
        assert browser.client.get(f"/meetings/{meeting.id}/papers/{kind}.docx").status_code == 404


def test_a_meeting_that_comes_again_is_arranged_and_called_with_one_press(one, lead):
    verbs.switch(make.OPERATOR, one.office, "party_day_discussion", True)
    at = f"/offices/{one.office_id}"
    lead.open("/councils").open(f"{at}/meetings").open(f"{at}/series/new?procedure=party_day_discussion")
    lead.submit(422, having="minutes", place="", convenor="书记", at="09:00")
    lead.submit(having="minutes", place="村部", convenor="书记", at="09:00", from_on=in_days(1))
    assert lead.says("每月，第一个星期五")
    days = [given["value"] for _tag, given, _in in lead.page.controls if given.get("name") == "day"]
    assert len(set(days)) == 4
    lead.submit(having="day")
    assert lead.says("主题党日议事")
    assert lead.says("村部")
    (made,) = [m for m in sheets.of_office(one.office_id) if m.consultation_id is None]
    assert f"{local(made.starts_at):%Y-%m-%d %H:%M}" == f"{days[0]} 09:00"
    for path in (f"/meetings/{made.id}.ics", f"{at}/meetings.ics", "/series/1.ics"):
        got = lead.client.get(path)
        assert got.mimetype == "text/calendar"
        assert b"BEGIN:VEVENT" in got.data
    lead.open(f"{at}/meetings").submit(to="/series/1/leave-out", having="csrf_token", day=days[1])
    assert days[1] not in lead.page.html
    lead.submit(to="/series/1/end", having="csrf_token")
    assert lead.says("已停")


def test_an_office_calls_a_meeting_of_its_own(one, lead):
    lead.open(f"/offices/{one.office_id}/meetings/call").submit(
        having="scribe", title="碰头会", place="一楼", convenor="主任", scribe="林静", starts_at=f"{in_days(5)}T09:00",
        procedure="symposium", others="通报情况",
    )  # fmt: skip
    assert lead.says("碰头会")
    (made,) = sheets.of_office(one.office_id)
    for path in ("", "/change", "/sign-in", "/invite", "/replies"):
        lead.open(f"/meetings/{made.id}{path}")
