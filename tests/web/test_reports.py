"""The way up through its pages."""

import io
import re

from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import consultations, reports, sending, suggestions, undoing
from deliberation.store import reports as rows
from deliberation.store import steps
from deliberation.store import suggestions as proposed
from tests import make, make_dossiers, make_votes
from tests.make_people import staff
from tests.services.test_reports import PDF, final, today
from tests.web.browsing import Browser


def ready(slug="way"):
    one = make.consultation(make.office(), slug=slug)
    make.remark(one, "三百米太远")
    make_votes.suggestion(one)
    consultations.move_phase(make.OPERATOR, one, "consolidating")
    return one


def test_from_draft_to_submission_and_what_was_changed(app):
    one = ready()
    lead = staff(app, one.office)
    lead.open("/c/way/dossier")
    assert "/c/way/report" in lead.page.links
    lead.open("/c/way/report").submit(to="/c/way/report/begin")
    assert 'class="notes"' not in lead.page.html
    lead.open("/reports/1/move/approved")
    assert 'value="sheet"' in lead.page.html
    assert 'value="screen"' not in lead.page.html  # the responsible person presses that, signed in
    lead.submit(
        status=422,
        having="approved_by",
        approved_by="郑负责",
        unreviewed="没有专家团",
        how="sheet",
        approved_on=str(today()),
    )
    assert "郑负责" in lead.page.html
    lead.submit(
        having="approved_by", approved_by="郑负责", unreviewed="没有专家团", how="sheet", approved_on=str(today()),
        files={"sheet": (io.BytesIO(PDF.data), "sheet.pdf")},
    )  # fmt: skip
    sent = final(sending.made_here(one), "二百米", "一百五十米")
    lead.open("/reports/1/move/submitted")
    lead.submit(
        having="addressee", addressee="法工委", manner="paper", unstamped="便函", submitted_on=str(today()),
        files={"final": (io.BytesIO(sent.data), "定稿.docx"), "scan": (io.BytesIO(PDF.data), "scan.pdf")},
    )  # fmt: skip
    assert lead.says("报送登记")
    lead.open("/reports/1/returned")
    assert "一百五十" in lead.page.html
    assert lead.client.get("/reports/1/papers/final").data == sent.data
    assert lead.client.get("/reports/1/papers/key").status_code == 404
    clerk = staff(app, one.office, Role.CLERK).open("/c/way/report")
    assert clerk.says("由负责人和联络员查看")  # leaders may have sent the edition with names
    assert "/reports/1/papers/ours" in clerk.page.links
    assert not [link for link in clerk.page.links if link.endswith(("/final", "/scan"))]
    for which, status in (("ours", 200), ("final", 403), ("scan", 403)):
        clerk.open(f"/reports/1/papers/{which}", status=status)
    step = next(s for s in rows.steps([1])[1] if s.sheet)
    assert lead.client.get(f"/reports/1/sheets/{step.id}").data == PDF.data
    report, member = rows.get(1), make.member(one.office)
    for to, facts in (("returned", {"returned_on": today(), "reason": "缺附件"}), ("drafting", {})):
        reports.move(member, report, to, facts)
    reports.move(member, report, "approved", {"approved_by": "郑负责", "unreviewed": "没有专家团", "how": "sheet", "approved_on": today()}, sending.Papers(sheet=PDF))  # fmt: skip
    lead.open("/c/way/report")
    assert lead.says("办到“报送登记”")  # a second time forward is no step back
    assert not lead.says("退回“报送登记”")
    reports.move(member, report, "submitted", {"addressee": "法工委", "manner": "paper", "unstamped": "便函", "submitted_on": today()})  # fmt: skip
    lead.open("/c/way/report")
    assert lead.says("报送、后来退回的")
    (before,) = rows.earlier([1])[1]
    assert f"/reports/1/earlier/{before.id}/final" in lead.page.links
    assert lead.client.get(f"/reports/1/earlier/{before.id}/final").data == sent.data
    assert lead.client.get(f"/reports/1/earlier/{before.id}/key").status_code == 404
    assert f"/reports/1/returned?sending={before.id}" in lead.page.html
    clerk.open("/c/way/report")
    assert not [link for link in clerk.page.links if link.endswith(("/final", "/scan"))]
    for which in ("final", "scan"):
        clerk.open(f"/reports/1/earlier/{before.id}/{which}", status=403)
    assert "一百五十" in lead.client.get(f"/reports/1/returned?sending={before.id}").text
    assert lead.client.get("/reports/1/returned").status_code == 404  # of what went up now nothing came back
    assert lead.client.get("/reports/1/returned?sending=99").status_code == 404
    assert lead.client.get(f"/reports/2/earlier/{before.id}/final").status_code == 404


def test_the_panel_reviews_on_its_own_page(app):
    one = ready()
    member = make.member(one.office)
    report = reports.begin(member, one)
    reports.move(member, report, "reviewing", {"by_when": today()})
    expert = staff(app, one.office, Role.PANEL).open("/c/way/report/review")
    assert expert.says("缩短服务半径")
    expert.submit(status=422, having="suggestion", text="", suggestion="1")
    expert.submit(having="suggestion", text="再明确一些", suggestion="1")
    assert expert.says("再明确一些")
    assert 'class="notes"' not in expert.page.html
    lead = staff(app, one.office).open("/c/way/report")
    assert lead.says("再明确一些")
    assert 'class="notes"' not in lead.page.html
    assert lead.says(f"{today().year} 年 {today().month} 月 {today().day} 日")
    assert lead.says("退回“整理稿”")
    lead.open("/report-notes/1").submit(having="answer", answer="已改")
    assert lead.says("已改")
    expert.open("/c/way/report", status=403)
    assert Browser(app).open("/c/way/report/review").url == "/sign-in"


def test_while_remarks_come_in_the_way_up_is_not_offered_and_a_refusal_leads_back(app):
    one = make.consultation(make.office(), slug="early")
    lead = staff(app, one.office).open("/c/early/report")
    assert lead.says("征集结束、转入整理归并以后，才能走报送流程。")
    assert "/c/early/manage" in lead.page.links
    assert "/c/early/report/begin" not in lead.page.html
    came_from = {"Referer": "http://localhost/c/early/report"}
    token = {"csrf_token": re.search(r'name="csrf_token"[^>]* value="([^"]+)"', lead.page.html)[1]}
    refused = lead.post("/c/early/report/begin", token, headers=came_from)
    assert refused.status_code == 422
    assert "这一步没有办成" in refused.text
    assert '<a class="btn quiet" href="/c/early/report">返回上一页</a>' in refused.text
    elsewhere = lead.post(
        "/c/early/report/begin", token, headers={"Referer": "http://elsewhere.example/c/early/report"}
    )
    assert "返回上一页" not in elsewhere.text


def test_the_commission_sees_the_way_up_without_a_door_it_cannot_open(app):
    top = make.office(kind=OfficeKind.COMMISSION)
    one = make.consultation(make.office(parent=top), slug="above")
    consultations.move_phase(make.OPERATOR, one, "consolidating")
    member = make.member(one.office)
    reports.move(member, reports.begin(member, one), "reviewing", {"by_when": today()})
    assert "/c/above/report/review" in staff(app, one.office).open("/c/above/report").page.links
    assert "/c/above/report/review" not in staff(app, top, Role.COMMISSION).open("/c/above/report").page.links


def test_who_is_asked_to_review_or_to_approve_finds_it_on_the_home_page(app):
    one = ready()
    member = make.member(one.office)
    report = reports.begin(member, one)
    expert, responsible = (staff(app, one.office, role) for role in (Role.PANEL, Role.RESPONSIBLE))
    assert "/c/way/report/review" not in expert.open("/").page.links
    reports.move(member, report, "reviewing", {"by_when": today()})
    expert.open("/")
    assert expert.says("请您核稿")
    assert expert.says(f"{today().month} 月 {today().day} 日前核完")
    assert "/c/way/report" in responsible.open("/").page.links
    assert "/c/way/report/review" not in staff(app, make.office("别的"), Role.PANEL).open("/").page.links
    expert.open("/c/way/report/review")
    assert expert.says("没有意见，也请写一句")
    expert.open("/c/way/report/review?suggestion=1")
    assert re.search(r'<option value="1" selected>', expert.page.html)
    expert.submit(having="suggestion", text="没有意见", suggestion="0")
    assert "/c/way/report/review" not in expert.open("/").page.links  # done
    reports.move(member, report, "drafting", {"reason": "再归并几条"})
    assert "/c/way/report" not in responsible.open("/").page.links
    reports.move(member, report, "reviewing", {"by_when": today()})
    assert "/c/way/report/review" in expert.open("/").page.links  # asked again, it waits again


def test_who_approves_reads_first_and_is_told_what_was_changed_since(app):
    one = ready()
    member = make.member(one.office)
    report = reports.begin(member, one)
    reports.move(member, report, "reviewing", {"by_when": today()})
    chief = staff(app, one.office, Role.RESPONSIBLE).open("/reports/1/move/approved")
    assert "/c/way/dossier#h-pre" in chief.page.html
    assert re.search(r'value="screen"[^>]*checked|checked[^>]*value="screen"', chief.page.html)
    chief.submit(having="approved_by")  # their name, today and the screen stand there already
    assert rows.get(1).state == "approved"
    lead = staff(app, one.office).open("/c/way/report")
    assert not lead.says("审定以后，归并台上又改了")
    first = proposed.by_number(one.id, 1)
    suggestions.reword_suggestion(member, first, make_dossiers.proposal("改过的"), first.revision)
    assert lead.open("/c/way/report").says("审定以后，归并台上又改了 1 步")
    assert lead.open("/reports/1/move/submitted").says("审定以后，归并台上又改了 1 步")
    undoing.undo_step(member, one, steps.last(one.id, member.person.id))
    assert not lead.open("/c/way/report").says("审定以后，归并台上又改了")
