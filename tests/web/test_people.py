"""The pages of people: lists pasted, invitations shown once, one's own account, the installation's three parts."""

import io
import re

import pytest

from deliberation.domain.roles import Duty, OfficeKind, Role
from deliberation.services import people
from deliberation.store import people as rows
from deliberation.web.downloads import disposition
from tests import make
from tests.make_people import admin, names, staff
from tests.web.browsing import Browser

LINK = re.compile(r"/invitations/[\w-]{43}")


@pytest.fixture
def office(app):
    return make.office("甲街道联系点")


@pytest.fixture
def lead(app, office):
    return staff(app, office)


def test_a_pasted_list_comes_in_after_a_look(app, office, lead):
    lead.open("/people").open(f"/offices/{office.id}/people/import")
    lead.submit(pasted="姓名\t电话\t身份\n张三\t13900000001\t居民\n李四\t13900000002\t党员", having="pasted")
    assert lead.says("2 行都没有问题")
    assert len(rows.members(office.id)) == 1
    lead.submit(having="table", name="0", phone="1", category="2", role="panel")
    assert lead.says("新添 2 人")
    assert [(m.person.name, m.category) for m in rows.members(office.id, "panel")] == [
        ("张三", "居民"),
        ("李四", "党员"),
    ]


def test_the_columns_may_be_chosen_anew(app, office, lead):
    lead.open(f"/offices/{office.id}/people/import")
    lead.submit(pasted="甲列\t乙列\n物业\t张三\n骑手\t李四", having="pasted")
    lead.submit(having="table", look="1", name="1", category="0", role="council")
    assert len(rows.members(office.id)) == 1
    lead.submit(having="table", name="1", category="0", role="council")
    assert [(m.person.name, m.category, m.role) for m in rows.members(office.id, "council")][1:] == [
        ("张三", "物业", "council"), ("李四", "骑手", "council")
    ]  # fmt: skip


def test_bad_rows_are_named_and_nothing_is_added(app, office, lead):
    lead.open(f"/offices/{office.id}/people/import").submit(
        pasted="姓名\t电话\n张三\t1\n\t2", having="pasted"
    )
    assert lead.says("没有姓名")
    lead.submit(status=422, having="table", name="0", phone="1", role="panel")
    assert lead.says("一行也没有导入")
    assert lead.says("张三")
    assert len(rows.members(office.id)) == 1


def test_a_spreadsheet_file_and_a_file_that_is_none(app, office, lead):
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for at, row in enumerate([("姓名", "代表类别"), ("张三", "人大代表"), ("李四", "居民")]):
        book.add_worksheet() if not at else None
        book.worksheets()[0].write_row(at, 0, row)
    book.close()
    page = f"/offices/{office.id}/people/import"
    lead.open(page).submit(having="pasted", files={"file": (io.BytesIO(out.getvalue()), "名单.xlsx")})
    lead.submit(having="table", name="0", category="1", role="panel")
    assert [m.category for m in rows.members(office.id, "panel")] == ["人大代表", "居民"]
    lead.open(page).submit(
        status=422, having="pasted", files={"file": (io.BytesIO(b"PK\x03\x04broken"), "名单.xlsx")}
    )
    lead.open(page).submit(status=422, having="pasted", pasted="")


def test_a_changed_hidden_table_is_refused(app, office, lead):
    for table in ("", "[]", "{", '[["姓名"],[["a","b"]],[1]]', '[["姓名"],[[1]],[1]]', "[1,2,3]"):
        lead.open(f"/offices/{office.id}/people/import").submit(pasted="张三", having="pasted")
        lead.submit(status=404, having="table", name="0", role="panel", table=table)
    assert len(rows.members(office.id)) == 1


def test_a_clerk_adds_members_but_sees_no_telephone_and_gives_no_staff_role(app, office):
    make.person(office, "张三", phone="13912345678")
    clerk = staff(app, office, Role.CLERK)
    clerk.open(f"/offices/{office.id}/people")
    assert not clerk.says("13912345678")
    clerk.open(f"/offices/{office.id}/people/new").submit(having="name", name="李四", role="panel")
    assert "李四" in names(office)
    clerk.open(f"/offices/{office.id}/people/new").submit(
        status=422, having="name", name="王五", role="liaison"
    )
    assert "王五" not in names(office)
    clerk.open(f"/offices/{office.id}/invitations", status=403)


def test_an_invitation_is_shown_once_printed_and_taken_up(app, office, lead):
    lead.open(f"/offices/{office.id}/invitations").submit(having="name", name="孙某", role="clerk")
    link = LINK.search(lead.page.html)[0]
    assert 'class="qr"' in lead.page.html
    newcomer = Browser(app).open(link)
    assert newcomer.says("孙某")
    newcomer.submit(having="new", login="sun", new="a sentence of mine", again="a sentence of mine")
    assert newcomer.says("孙某，您好")
    Browser(app).open(link, status=422)
    assert [m.role for m in rows.members(office.id) if m.person.name == "孙某"] == ["clerk"]


def test_the_link_is_for_the_browser_that_made_it(app, office, lead):
    lead.open(f"/offices/{office.id}/invitations").submit(having="name", name="孙某", role="panel")
    slip = lead.url
    staff(app, office).open(slip, status=404)
    staff(app, make.office()).open(slip, status=403)


def test_an_open_invitation_is_taken_back(app, office, lead):
    lead.open(f"/offices/{office.id}/invitations").submit(having="name", name="孙某", role="panel")
    link = LINK.search(lead.page.html)[0]
    lead.open(f"/offices/{office.id}/invitations")
    form = next(f for f in lead.page.forms if "revoke" in f["action"])
    lead.post(form["action"], {g["name"]: g.get("value", "") for _t, g in form["fields"]})
    assert Browser(app).open(link, status=422).says("收回")


def test_a_person_without_an_account_sees_nobodys_list(app, office, lead):
    other = make.office()
    Browser(app).open(f"/offices/{office.id}/people")
    for path in ("people", "people/new", "people/import", "invitations"):
        lead.open(f"/offices/{other.id}/{path}", status=404)
    stranger = staff(app, other)
    stranger.open(f"/offices/{office.id}/people", status=404)
    stranger.open(f"/offices/{office.id}", status=404)


def test_ending_a_role_asks_first_and_keeps_the_last_lead(app, office, lead):
    somebody = make.person(office, "张三")
    membership = next(m for m in rows.members(office.id) if m.person_id == somebody.id)
    lead.open(f"/memberships/{membership.id}/end")
    assert rows.membership(membership.id).until is None
    lead.submit(nth=0)
    assert rows.membership(membership.id).until is not None
    own = rows.members(office.id, "liaison")[0]
    lead.open(f"/memberships/{own.id}/end").submit(status=422)
    assert lead.says("只剩这一位")


def test_changing_the_password_ends_other_sessions_but_not_this_one(app, office):
    account = make.account(office, make.person(office), "zhou")
    here, there = Browser(app).sign_in("zhou"), Browser(app).sign_in("zhou")
    here.open("/account").submit(
        status=422, having="old", old="wrong", new="a new sentence", again="a new sentence"
    )
    here.open("/account").submit(
        status=422, having="old", old="correct horse battery", new="a new sentence", again="other"
    )
    assert there.open("/account").says("zhou")
    here.submit(having="old", old="correct horse battery", new="a new sentence", again="a new sentence")
    assert here.says("密码改好了")
    assert there.open("/account").url == "/sign-in"
    assert len(rows.sessions_of(account.person_id)) == 1


def test_a_first_password_must_be_changed_before_anything_else(app, office):
    account = make.account(office, make.person(office, role=Role.LIAISON), "first")
    account.must_change = True
    from deliberation.store.db import db

    db.session.commit()
    b = Browser(app).sign_in("first")
    assert b.open("/tasks").url == "/account"
    b.submit(having="old", old="correct horse battery", new="a new sentence", again="a new sentence")
    assert b.open("/tasks").url == "/tasks"


def test_the_session_of_a_browser_in_use_lasts_on(app, office):
    make.account(office, make.person(office), "zhou")
    b = Browser(app).sign_in("zhou")
    for hours in (3, 6, 9):
        with make.later(hours=hours):
            assert b.open("/account").url == "/account"
    with make.later(hours=12.5):
        assert b.open("/account").url == "/sign-in"


def test_signing_in_changes_the_cookie_and_drops_what_was_planted(app, office):
    make.account(office, make.person(office), "zhou")
    b = Browser(app).open("/sign-in")
    with b.client.session_transaction() as kept:
        kept["token"] = "planted"
        kept["planted"] = 1
    b.open("/sign-in").submit(login="zhou", password="correct horse battery", having="login")
    with b.client.session_transaction() as kept:
        assert "planted" not in kept
        assert kept["token"] != "planted"


@pytest.mark.parametrize("duty", list(Duty))
def test_each_administrator_sees_their_part(app, office, duty):
    b = admin(app, office, duty).open("/installation")
    assert b.says("甲街道联系点")
    assert b.says("谁能办什么") == (duty is Duty.SECURITY)
    assert b.says("连续输错") == (duty is not Duty.AUDIT)
    assert b.says("最近的登录和管理") == (duty is Duty.AUDIT)
    b.open("/installation/offices/new", status=200 if duty is Duty.SYSTEM else 403)


def test_nobody_else_sees_the_installation(app, office, lead):
    lead.open("/installation", status=403)
    assert Browser(app).open("/installation").url == "/sign-in"


def test_an_office_is_opened_under_another_and_gets_its_first_liaison(app):
    top = make.office("××市人大常委会法工委", OfficeKind.COMMISSION)
    b = admin(app, top, Duty.SYSTEM).open("/installation/offices/new")
    b.submit(having="name", name="乙街道联系点", kind="outreach", parent=str(top.id))
    made = next(o for o in rows.offices() if o.name == "乙街道联系点")
    assert made.parent_id == top.id
    b.open(f"/offices/{made.id}/invitations").submit(having="name", name="林静", role="liaison")
    link = LINK.search(b.page.html)[0]
    Browser(app).open(link).submit(
        having="new", login="lin", new="a sentence of mine", again="a sentence of mine"
    )
    assert rows.roles(rows.by_login("lin").person_id) == [(made.id, top.id, "liaison")]
    b.open("/installation/offices/new").submit(
        status=409, having="name", name="乙街道联系点", kind="outreach", parent=""
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_people_in_both_languages(app, office, lang):
    make.person(office, "张三", category="居民")
    b = staff(app, office, lang=lang)
    for path in ("people", "people/new", "people/import", "invitations", ""):
        b.open(f"/offices/{office.id}/{path}".rstrip("/"))
    b.open("/account")
    admin(app, office, Duty.SECURITY, lang).open("/installation")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("函.pdf", ['filename="file.pdf"', "filename*=UTF-8''%E5%87%BD.pdf"]),
        ('a"\r\nSet-Cookie: x=1.pdf', ["Set-Cookie", "filename*=UTF-8''"]),
        ("../../etc/passwd", ["etcpasswd"]),
        ("\u202efdp.exe", ["fdp.exe"]),
        ("", ['filename="file"']),
    ],
)
def test_a_download_carries_its_name_and_nothing_else(name, parts):
    made = disposition(name)
    assert made.startswith("attachment; ")
    assert not set(made) & set("\r\n\u202e/\\")
    assert made.count('"') == 2
    assert all(part in made for part in parts)


def test_what_somebody_knows_can_be_changed_and_they_are_found_by_it(app, office, lead):
    person = make.person(office, "张三", phone="13900000001", category="居民")
    (held,) = [m for m in rows.members(office.id) if m.person_id == person.id]
    lead.open(f"/offices/{office.id}/people").open(f"/memberships/{held.id}")
    lead.submit(having="expertise", expertise="消防、物业", phone="13900000009")
    assert lead.says("消防、物业")
    again = rows.membership(held.id)
    assert (again.expertise, again.person.phone) == ("消防、物业", "13900000009")
    people.import_people(make.OPERATOR, office, [people.Newcomer("张三", "13900000009", category="居民")])
    assert sum(m.person.name == "张三" for m in rows.members(office.id)) == 1, "known by the new telephone"
    lead.open(f"/memberships/{held.id}").submit(422, having="expertise", expertise="长" * 201)
    other = staff(app, make.office("乙街道联系点"))
    other.open(f"/memberships/{held.id}", status=404)
