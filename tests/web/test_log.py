"""The page of doings: complete, in words, authors unnamed, for those who lead and those above."""

from deliberation.domain.act_names import ACT_NAMES
from deliberation.domain.acts import Act
from deliberation.domain.roles import Role
from tests import make
from tests.web.browsing import Browser


def test_every_act_has_a_name():
    assert set(ACT_NAMES) == set(Act)


def test_doings_name_staff_and_never_authors(app):
    office = make.office()
    one = make.consultation(office, slug="bikes")
    lead = make.member(office, name="林联络")
    make.account(office, lead.person, "lead")
    make.account(office, make.person(office), "panel")
    make.remark(one, "我说的话", make.member(office, Role.PANEL, "王代表"))
    make.recorded(lead, one, "别人说的话")
    b = Browser(app).sign_in("lead").open("/c/bikes/doings")
    assert b.says("提出意见")
    assert b.says("林联络")
    assert not b.says("王代表")
    assert not b.says("我说的话")
    Browser(app).sign_in("panel").open("/c/bikes/doings", status=403)
