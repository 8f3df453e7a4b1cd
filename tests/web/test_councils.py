"""Councils and matters through their pages, in both languages."""

import pytest

from deliberation.domain.roles import Role
from deliberation.store import councils as rows
from tests import make, make_hall
from tests.web.test_meetings import browser


@pytest.fixture
def office(app):
    return make.office()


@pytest.fixture
def lead(app, office):
    return browser(app, office)


def test_founding_a_panel_of_the_offices_people(lead, office):
    for n in range(3):
        make.person(office, f"专家{n}", Role.PANEL, "居民")
    lead.open("/councils").open(f"/offices/{office.id}/councils/panel").submit(
        having="everyone", everyone="y"
    )
    assert [h.person.name for h in rows.holders(rows.of_office(office.id)[0].id)] == [
        "专家0",
        "专家1",
        "专家2",
    ]
    assert lead.says("专家2")


def test_founding_a_9x_council_filling_and_vacating(lead, office):
    lead.open(f"/offices/{office.id}/councils/nine").submit(
        422, having="name", name="山村议事会", seats_deputy="0"
    )
    assert "山村议事会" in lead.page.html
    lead.submit(having="name", name="山村议事会", seats_deputy="2")
    council = rows.of_office(office.id)[0]
    assert lead.says("人大代表 2 席")
    seat = rows.seats(council.id)[0]
    lead.open(f"/seats/{seat.id}").submit(422, having="person", person="0")
    assert lead.says("请选择一个人")
    lead.submit(having="person", person="0", name="王支书")
    assert rows.holding_now(seat.id).person.name == "王支书"
    lead.open(f"/seats/{seat.id}").submit(409, having="person", person="0", name="李支书")
    lead.open(f"/seats/{seat.id}/vacate").submit(having="reason", reason="换届")
    assert rows.holding_now(seat.id) is None
    lead.open(f"/seats/{seat.id}")
    assert lead.says("换届")


def test_entering_the_offices_rule(lead, office):
    council = make_hall.nine(office)
    lead.open(f"/councils/{council.id}")
    assert lead.says("未填本地议事规则")
    address = f"/councils/{council.id}/rule"
    given = {"name": "议事规则", "dated": "2026-01-02", "clause": "第八条"}
    lead.open(address).submit(422, having="dated", **given, carry_n="3", carry_d="2")
    assert lead.says("比例应大于零")
    lead.submit(
        having="dated", **given, carry_base="due", carry_operator="gt", carry_n="1", carry_d="2", quorum_operator="ge",
        quorum_n="2", quorum_d="3", due_by="members",
    )  # fmt: skip
    assert council.has_rule
    assert lead.says("超过应到人数的 1/2")


def test_a_matter_by_its_pages(lead, office):
    council = make_hall.nine(office)
    lead.open(f"/councils/{council.id}/matters").submit(
        having="title", title="建充电棚", detail="村东头", consultation="0"
    )
    matter = rows.matters(council.id)[0]
    x = {"person": "0", "name": "冯老六", "reason": "邻户", "nominator": "郑某", "confirmer": "村支部"}
    lead.open(f"/matters/{matter.id}/x").submit(422, having="nominator", **{**x, "confirmer": "冯老六"})
    lead.submit(having="nominator", **x)
    assert lead.says("应到 10 人，其中 X 1 人")
    lead.open(f"/matters/{matter.id}/move/studied").submit(422, having="study_number", study_number="")
    assert lead.says("记录编号")
    lead.submit(
        having="study_number", study_number="村支〔2026〕1号", studied_on=make_hall.today().isoformat()
    )
    assert matter.state == "studied"
    lead.open(f"/matters/{matter.id}/move/archived").submit(422)
    lead.open(f"/matters/{matter.id}/move/nowhere", status=404)
    assert matter.state == "studied"


def test_every_page_in_english_has_no_untranslated_word(app, office):
    council = make_hall.rule(make_hall.nine(office, filled=5))
    matter = make_hall.matter(council, state="studied", x=["冯老六"])
    panel = make_hall.panel(office, 2)
    one = make.consultation(office, slug="bikes")
    meeting = make_hall.meeting(one, panel, "open")
    make_hall.line(meeting)
    b = browser(app, office, lang="en")
    own = {
        "councils": ("", f"/{council.id}", f"/{panel.id}", f"/{council.id}/rule", f"/{council.id}/seats", f"/{council.id}/matters"),
        "matters": (f"/{matter.id}", f"/{matter.id}/x", f"/{matter.id}/move/published"),
        "meetings": tuple(f"/{meeting.id}{p}" for p in ("", "/sign-in", "/console", "/paste", "/check", "/lines/1", "/end", "/sheet", "/points")),
        "offices": (f"/{office.id}/councils/nine", f"/{office.id}/councils/panel"),
        "seats": (f"/{rows.seats(council.id)[0].id}", f"/{rows.seats(council.id)[0].id}/vacate"),
        "c/bikes": ("/meetings", f"/meetings/call/{panel.id}", "/meetings/call/0"),
    }  # fmt: skip
    for part, pages in own.items():
        for page in pages:
            b.open(f"/{part}{page}")
            for word in ("会议", "签到", "席位", "议事规则", "保存", "先不办", "记录发言"):
                assert word not in b.page.text.replace(meeting.title, "").replace(council.name, "").replace(
                    "××村议事规则", ""
                ), (page, word)


def test_an_x_reads_its_matter_on_and_writes_nothing_more(app, office, lead):
    from deliberation.services import matters
    from deliberation.store import people

    council = make_hall.nine(office)
    matter = make_hall.matter(council, state="published", x=["冯老六"])
    meeting = make_hall.meeting(council, council, "open", agenda=("选址",), matter=matter)
    x = rows.holding_now(rows.coopted_seats(matter.id)[0].id).person
    b = browser(app, office, person=x).open(f"/matters/{matter.id}")
    matters.move(make_hall.OPERATOR, matter, "postponed", {"reason": "不办了"})
    matters.move(make_hall.OPERATOR, matter, "archived", {"reason": "不办了"})
    assert not [m for m in people.members(office.id) if m.person_id == x.id]
    b.open(f"/meetings/{meeting.id}").open(f"/matters/{matter.id}/own")
    assert b.says("席位和表决权随之终止")
    b.open(f"/matters/{matter.id}", status=404)
    b.open(f"/councils/{council.id}", status=404)
    b.open(f"/meetings/{meeting.id}/console", status=403)
    other = make_hall.matter(council, "另一件事")
    b.open(f"/matters/{other.id}/own", status=404)
