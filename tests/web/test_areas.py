"""Areas, terms and paper checks through their pages; the sheet that hangs with a matter's step."""

import io

import pytest

from deliberation.domain.remarks import Origin
from deliberation.domain.roles import Role
from deliberation.services import remarks
from deliberation.store import areas as rows
from deliberation.store import councils as council_rows
from deliberation.store import notices as boards
from deliberation.store import paper_checks as checks
from tests import make, make_hall
from tests.formats.test_plain_pictures import JPEG
from tests.web.browsing import Browser
from tests.web.test_meetings import browser

today = make_hall.today


def test_the_tree_is_entered_from_the_top_and_the_office_placed(app):
    office = make.office()
    b = browser(app, office).open(f"/offices/{office.id}/people").open(f"/offices/{office.id}/areas")
    assert b.says("还没有登记区域")
    b.open(f"/offices/{office.id}/areas/add").submit(422, parent="0", level="grid", names="第一网格")
    assert b.says("只有省一级在最上面")
    b.submit(parent="0", level="province", names="辽宁省 210000")
    top = rows.everything()[0]
    b.open(f"/offices/{office.id}/areas/add").submit(
        parent=str(top.id), level="city", names="大连市\n\n沈阳市"
    )
    assert [one.name for one in rows.everything()] == ["辽宁省", "大连市", "沈阳市"]
    b.open(f"/offices/{office.id}/areas/here").submit(area=str(rows.everything()[1].id))
    assert b.says("本联系点在辽宁省大连市")
    person = make.person(office, "郑某", Role.PANEL)
    b.open(f"/offices/{office.id}/areas/people").submit(
        person=str(person.id), area=str(rows.everything()[2].id)
    )
    assert b.says("辽宁省沈阳市")


def test_paper_is_compared_through_the_pages(app):
    one = make.consultation(make.office(), slug="bikes")
    typist = make.member(one.office, Role.CLERK)
    remark = remarks.record_remark(typist, one, make.words("写在纸上的话"), Origin(channel="paper")).remark
    b = browser(app, one.office, role=Role.CLERK).open("/c/bikes/remarks/").open("/c/bikes/paper")
    assert b.says("写在纸上的话")
    b.open(f"/c/bikes/remarks/{remark.number}/paper").submit()
    assert checks.of_remark(remark.id).kind == "person"
    assert b.says("没有等核对的")
    own = browser(app, one.office, role=Role.CLERK, person=typist.person)
    second = remarks.record_remark(typist, one, make.words("第二张"), Origin(channel="paper")).remark
    own.open(f"/c/bikes/remarks/{second.number}/paper").submit(422)
    own.submit(files={"scan": (io.BytesIO(JPEG), "原件.jpg")})
    assert own.open(f"/c/bikes/remarks/{second.number}/paper/scan").response.data == JPEG
    own.open(f"/c/bikes/remarks/{second.number}/origin")
    assert own.says("已附原件")


def test_a_new_term_through_its_page(app):
    council = make_hall.nine(make.office())
    b = browser(app, council.office).open(f"/councils/{council.id}").open(f"/councils/{council.id}/term")
    b.submit(422, name="")
    b.submit(name="第七届")
    assert b.says("以前各届")
    assert council_rows.holders(council.id) == []


@pytest.fixture
def posted(app):
    council = make_hall.nine(make.office())
    return make_hall.matter(council, state="consensus", x=["冯老六"])


def test_a_step_shows_its_sheet_and_hangs_it_where_anyone_reads_it(app, posted):
    b = browser(app, posted.council.office)
    b.open(f"/matters/{posted.id}/files").submit(422, caption="图")
    b.submit(part="material", caption="现场照片", shown="y", files={"scan": (io.BytesIO(JPEG), "a.jpg")})
    b.open(f"/matters/{posted.id}/move/posted")
    assert "同意在村东头建，离民房八米以上。" in b.page.html
    b.submit(422, having="title", days="3")
    assert b.says("不少于 7 日")
    b.submit(having="title", days="7", signed="××村村民委员会", contact="村部")
    sheet = boards.of_matter(posted.id)[-1]
    guest = Browser(app).open(f"/board/sheets/{sheet.id}")
    assert guest.says("联系：村部")
    assert guest.says("现场照片")
    row = b.open(f"/matters/{posted.id}").page
    assert "现场照片" in row.text
    number = guest.page.html.partition("/files/")[2].partition('"')[0]
    picture = guest.open(f"/board/sheets/{sheet.id}/files/{number}").response
    assert picture.mimetype == "image/jpeg"
    assert b"Zhang San" not in picture.data
    other = boards.of_matter(posted.id)[0]
    guest.open(f"/board/sheets/{other.id}/files/{number}", status=404)
    guest.open(f"/matters/files/{number}", status=200)
    assert guest.url == "/sign-in", "the file itself is for those who read the matter"


def test_objections_are_registered_answered_and_counted_in_public(app, posted):
    b = browser(app, posted.council.office)
    b.open(f"/matters/{posted.id}/move/posted").submit(having="title")
    b.open(f"/matters/{posted.id}/objections").submit(422, text="")
    b.submit(text="离我家太近", channel="visit", said_by="郑某")
    one = boards.objections(posted.id)[0]
    assert b.says("离我家太近")
    sheet = boards.of_matter(posted.id)[-1]
    guest = Browser(app).open(f"/board/sheets/{sheet.id}")
    assert guest.says("收到异议 1 件，已答复 0 件")
    assert "郑某" not in guest.page.html
    assert "离我家太近" not in guest.page.html
    b.open(f"/objections/{one.id}").submit(answer="挪到二十米外")
    assert b.says("挪到二十米外")
    b.open(f"/objections/{one.id}").submit(409, answer="再答一次")


def test_the_letter_is_written_before_the_step_is_offered(app, posted):
    b = browser(app, posted.council.office).open(f"/matters/{posted.id}")
    assert f"/matters/{posted.id}/move/submitted" not in b.page.html
    b.open(f"/matters/{posted.id}/letter").submit(422, addressee="")
    b.submit(addressee="××村村民委员会", number="村理提〔2026〕1号")
    assert b.says("关于提请村民代表会议讨论决定")
    assert b.open(f"/matters/{posted.id}/letter.docx").response.data.startswith(b"PK")
    b.open(f"/matters/{posted.id}/move/submitted").submit()
    assert b.says("已提请会议决定")


def test_the_new_pages_in_english(app, posted):
    b = browser(app, posted.council.office, lang="en")
    office = posted.council.office_id
    for page in (
        f"/matters/{posted.id}",
        f"/matters/{posted.id}/files",
        f"/matters/{posted.id}/letter",
        f"/matters/{posted.id}/move/posted",
        f"/offices/{office}/areas",
        f"/offices/{office}/areas/add",
        f"/councils/{posted.council_id}/term",
    ):
        b.open(page)
        for word in ("先不办", "区域", "换届", "异议", "材料"):
            assert word not in b.page.text, page
