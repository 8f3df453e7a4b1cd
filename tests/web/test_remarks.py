"""Saying something through the pages: what people type is kept, refusals say what to do, receipts stay secret."""

import re

import pytest

from deliberation.domain.roles import Role
from deliberation.store import remarks as rows
from tests import make
from tests.web.browsing import Browser

CODE = re.compile(r"\d{4} \d{4} \d{4}")


@pytest.fixture
def one(app):
    return make.consultation(make.office(), slug="bikes")


def test_a_guest_says_something_and_looks_it_up(app, one):
    b = Browser(app).open("/").open("/c/bikes/").open("/c/bikes/at/art_3").open("/c/bikes/say?at=art_3")
    b.submit(text="三百米太远\r\n老人走不动", attitude="amend", wording="二百米")
    code = CODE.search(b.page.text)[0]
    kept = rows.all_of(one.id)[0]
    assert (kept.text, kept.wording, kept.eid, kept.channel) == (
        "三百米太远\n老人走不动",
        "二百米",
        "art_3",
        "online",
    )
    found = Browser(app).open("/receipt").submit(code=code)
    assert found.says(kept.public_number)
    assert not found.says("三百米太远")


def test_a_receipt_page_is_only_for_the_browser_it_was_given_to(app, one):
    Browser(app).open("/c/bikes/say?at=art_3").submit(text="只给我看")
    Browser(app).open("/c/bikes/receipts/1", status=404)


def test_what_was_typed_is_kept_when_refused(app, one):
    b = Browser(app).open("/c/bikes/say?at=art_3&quote=不在草案里的话").submit(status=422, text="我写了很久")
    assert "我写了很久" in b.page.html
    assert rows.all_of(one.id) == []


def test_the_same_form_sent_again_makes_one_remark(app, one):
    b = Browser(app).open("/c/bikes/say?at=art_3")
    form = {g["name"]: g.get("value", "") for t, g in b.form()["fields"] if g.get("type") == "hidden"}
    for _ in range(3):
        b.post("/c/bikes/say", {**form, "text": "一次", "attitude": "support"})
    again = b.post("/c/bikes/say", {**form, "text": "换了话", "attitude": "support"})
    html = again.get_data(as_text=True)
    assert again.status_code == 409
    assert "一次" in html
    assert "换了话" in html
    assert form["key"] not in html
    assert [r.text for r in rows.all_of(one.id)] == ["一次"]


def test_bytes_that_are_not_utf8_are_refused(app, one):
    b = Browser(app).open("/c/bikes/say")
    token = next(g["value"] for t, g in b.form()["fields"] if g["name"] == "csrf_token")
    body = b"csrf_token=" + token.encode() + b"&text=%FF%FE"
    answer = b.post("/c/bikes/say", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert rows.all_of(one.id) == []


def test_a_late_remark_is_kept_and_told_so(app, one):
    with make.later(days=11):
        b = Browser(app).open("/c/bikes/say?at=art_3").submit(text="晚了一天")
        assert b.says("本次已截止，您的意见已留存")


def test_remarks_are_seen_only_by_those_who_may(app, one):
    author = make.member(one.office, Role.PANEL)
    make.account(one.office, author.person, "panel1")
    make.account(one.office, make.person(one.office), "panel2")
    make.account(one.office, make.person(one.office, role=Role.CLERK), "clerk1")
    make.remark(one, "只有我和工作人员看得到", author)
    page = "/c/bikes/at/art_3"
    assert Browser(app).sign_in("panel1").open(page).says("只有我和工作人员看得到")
    assert Browser(app).sign_in("clerk1").open(page).says("只有我和工作人员看得到")
    assert not Browser(app).sign_in("panel2").open(page).says("只有我和工作人员看得到")
    assert not Browser(app).open(page).says("只有我和工作人员看得到")


def test_rewriting_and_taking_back_through_the_pages(app, one):
    author = make.member(one.office, Role.PANEL)
    make.account(one.office, author.person, "panel1")
    make.remark(one, "第一遍", author)
    b = Browser(app).sign_in("panel1").open("/mine").open("/c/bikes/remarks/1/replace")
    b.submit(text="第二遍", attitude="oppose")
    b.open("/c/bikes/remarks/2/withdraw").submit()
    assert [(r.text, r.state) for r in rows.all_of(one.id)] == [
        ("第一遍", "replaced"),
        ("第二遍", "withdrawn"),
    ]


def test_anothers_remark_is_not_there(app, one):
    make.remark(one, "张三的")
    make.account(one.office, make.person(one.office), "panel2")
    Browser(app).sign_in("panel2").open("/c/bikes/remarks/1", status=404)


def test_a_form_without_its_token_is_refused(app, one):
    answer = Browser(app).post("/c/bikes/say", {"text": "没有令牌", "key": "k" * 20})
    assert answer.status_code == 400
    assert rows.all_of(one.id) == []


def test_a_guest_who_sends_too_much_is_slowed(app, one):
    app.config["REMARKS_PER_HOUR"] = 2
    from deliberation.web import throttle

    throttle._seen.clear()
    for n in range(2):
        Browser(app).open("/c/bikes/say?at=art_3").submit(text=f"第{n}条")
    Browser(app).open("/c/bikes/say?at=art_3").submit(status=429, text="第三条")
    throttle._seen.clear()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/c/",
        "/c/bikes/",
        "/c/bikes/text",
        "/c/bikes/at/art_3",
        "/c/bikes/say?at=art_3",
        "/receipt",
        "/sign-in",
        "/complaints",
    ],
)
def test_public_pages_in_english_too(app, one, path):
    b = Browser(app, "en").open(path)
    assert b.page.lang == "en"
