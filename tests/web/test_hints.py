"""The style check's page, citations as links, places typed into the search box and into a remark."""

from deliberation.domain.roles import Role
from deliberation.store import drafts, remarks
from tests import make
from tests.make_people import staff
from tests.services.test_style_hints import TEXT
from tests.web.browsing import Browser

CITING = """某市某条例（草案）

第一条　为了规范管理，制定本条例。

第二条　依照第三条第二款处理。

第三条　甲。

乙：

（一）丙。

第四条　本条例自2027年1月1日起施行。
"""


def test_one_press_makes_a_hint_a_remark_and_says_so(app):
    one = make.consultation(make.office(), TEXT, slug="style")
    clerk = staff(app, one.office)
    clerk.open("/c/style/hints")
    assert clerk.says("登陆")
    assert clerk.says("登录")
    clerk.submit(having="key")
    assert clerk.says("已记成意见")
    made = remarks.all_of(one.id)
    assert len(made) == 1
    assert made[0].text.startswith("体例：")
    Browser(app, "en").open("/c/style/hints")


def test_only_staff_see_it(app):
    one = make.consultation(make.office(), TEXT, slug="style")
    guest = Browser(app).open("/c/style/hints")
    assert guest.url == "/sign-in"
    panel = staff(app, one.office, Role.PANEL)
    panel.open("/c/style/hints", status=403)


def test_a_preview_is_checked_too(app):
    office = make.office()
    one = make.consultation(office, TEXT)
    lead = staff(app, office)
    version = drafts.current(one.task_id)
    lead.open(f"/versions/{version.id}/hints")
    assert lead.says("登录")
    assert not lead.says("记成文字意见")


def test_citations_lead_to_their_places_wherever_the_text_stands(app):
    make.consultation(make.office(), CITING, slug="cite")
    where = "/c/cite/at/art_3#art_3__para_2"
    for address in ("/c/cite/at/art_2", "/c/cite/text", "/c/cite/"):
        assert where in Browser(app).open(address).page.links, address


def test_a_citation_typed_into_the_search_box_finds_the_place(app):
    make.consultation(make.office(), CITING, slug="cite")
    secret = make.consultation(make.office(), CITING, slug="secret", openness="directed")
    guest = Browser(app).open("/search?words=第三条第二款第一项")
    assert "/c/cite/at/art_3#art_3__para_2__point_1" in guest.page.links
    assert not any("/c/secret/" in link for link in guest.page.links)
    assert Browser(app).open("/search?words=第三条第九款").says("最近的上一级")
    clerk = staff(app, secret.office)
    assert any("/c/secret/at/art_3" in link for link in clerk.open("/search?words=第三条").page.links)


def test_a_place_typed_into_a_remark_is_where_it_stands(app):
    one = make.consultation(make.office(), CITING, slug="cite")
    guest = Browser(app).open("/c/cite/say")
    guest.submit(status=422, having="text", text="太宽了", at="第三条第九款", attitude="amend")
    assert guest.says("草案里没有")
    assert "太宽了" in guest.page.html
    guest.submit(having="text", text="太宽了，见第二条", at="第三条第二款第一项", attitude="amend")
    made = remarks.all_of(one.id)
    assert [(r.eid, r.place) for r in made] == [("art_3__para_2__point_1", "paragraph")]
    clerk = staff(app, one.office)
    assert "/c/cite/at/art_2" in clerk.open(f"/c/cite/remarks/{made[0].number}/origin").page.links
