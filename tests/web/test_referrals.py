"""The register of referrals through its pages; the author of a referred remark sees how far it is, and no more."""

from deliberation.domain.roles import Role
from deliberation.services import remarks
from deliberation.store import referrals as rows
from tests import make
from tests.make_people import staff
from tests.services.test_referrals import asked, referrals, today, walk
from tests.web.browsing import Browser


def test_a_matter_from_request_to_dispatch(app):
    office = make.office()
    clerk = staff(app, office, Role.CLERK).open(f"/offices/{office.id}/referrals/new")
    clerk.submit(status=422, having="title", title="路灯不亮", kind="referral")
    assert clerk.says("先征得本人同意")
    assert "路灯不亮" in clerk.page.html
    clerk.submit(
        having="title", title="路灯不亮", kind="referral", how="telephone", consented_on=str(today())
    )
    one = rows.get(1)
    assert clerk.url == "/referrals/1"
    clerk.open("/referrals/1/move/dispatched")
    clerk.submit(status=422, having="department", department="物业科")
    clerk.submit(having="department", department="物业科", by_when=str(today()))
    assert one.state == "dispatched"
    assert clerk.open(f"/offices/{office.id}/referrals?state=open").says("路灯不亮")
    assert clerk.open(f"/offices/{office.id}/referrals?kind=wish").says("没有这样的事项")
    clerk.open("/referrals/1/move/nowhere", status=404)
    Browser(app).open(f"/offices/{office.id}/referrals")


def test_the_author_sees_how_far_it_is_and_nothing_of_what_was_said(app):
    office = make.office()
    one = make.consultation(office, slug="lamps")
    given = remarks.make_remark(make.GUEST, one, make.words("楼道灯坏了"))
    clerk = staff(app, office)
    clerk.open(f"/c/lamps/remarks/{given.number}/origin")
    assert f"/c/lamps/remarks/{given.number}/refer" in clerk.page.links
    clerk.open(f"/c/lamps/remarks/{given.number}/refer")
    clerk.submit(
        having="title",
        title="灯",
        detail="秦家门口",
        kind="referral",
        how="in_person",
        consented_on=str(today()),
    )
    member = make.member(office)
    walk(member, rows.get(1), "dispatched", "accepted")
    guest = Browser(app).open("/receipt").submit(having="code", code=given.code)
    assert guest.says("转办：接单")
    assert not guest.says("秦家门口")
    assert not guest.says("孙科长")


def test_only_the_office(app):
    office = make.office()
    referrals.take_up(make.member(office), office, asked())
    panel = staff(app, office, Role.PANEL)
    stranger = staff(app, make.office())
    for path in ("/referrals/1", "/referrals/1/move/dispatched"):
        stranger.open(path, status=404)
        panel.open(path, status=404)


def test_what_is_overdue_waits_on_the_home_page(app):
    office = make.office()
    clerk = staff(app, office)
    walk(make.member(office), referrals.take_up(make.member(office), office, asked()), "dispatched")
    assert not clerk.open("/").says("过了要求办结的日子")
    with make.later(days=8):
        again = staff(app, office).open("/")
        assert again.says("1 件过了要求办结的日子")
