"""Where peers were hurt: sessions, hidden fields, receipts, hostile text, odd requests; each by its effect."""

import random
import re
from urllib.parse import quote, urlencode

import pytest

from deliberation.domain.roles import Role
from deliberation.services import sessions
from deliberation.store import people
from deliberation.store import remarks as rows
from deliberation.store.db import db
from deliberation.web import throttle
from tests import make
from tests.make_people import staff
from tests.web.browsing import Browser, apart
from tests.web.secret_world import token_of

CODE = re.compile(r"\d{4} \d{4} \d{4}")
ATOMS = (
    "<script>alert(1)</script>", "'; DROP TABLE remark;--", "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "{{7*7}}", "{% raw %}",
    "%s%n%(x)s", "\\u0000", "&#x0;", "&lt;", "]]>", "<!--", "\r\n.\r\n", "\r", "\n\n", "\t", " ", "　", "\u00a0", "\u0085", "\u2028",
    "\u202e反写\u202c", "\u200b", "\u200d", "\ufeff", "\ufffd", "e\u0301", "é", "Å", "Å", "ﬁ", "①", "㈠", "⼀一", "𠀀", "👨‍👩‍👧", "🇨🇳", "\ue000",
    "\U000f0000", "null", "None", "0", "-0", "1e309", "..\\..", "../../etc/passwd", "C:\\x", "$(id)", "`id`", "第三条", "“引号”", "ＡＢ", "%FF", "%00",
    "+", "&", "&text=2", "a=b;c", "\\", '"', "'", "𝕏", "ا", "ไ", "ȷ̈́", "\x7f", "\x9f", "…………", "——", "key", "\u3164",
)  # fmt: skip
SPLIT = "\n␞\n"


@pytest.fixture
def one(app):
    throttle._seen.clear()
    return make.consultation(make.office(), slug="bikes")


def said_by(browser, slug="bikes", **sent):
    """What the form of this browser sends, with these values."""
    page = browser.open(f"/c/{slug}/say?at=art_3")
    hidden = {
        g["name"]: g.get("value", "")
        for _t, g in page.form(having="text")["fields"]
        if g.get("type") == "hidden"
    }
    return {**hidden, "attitude": "amend", "text": "一句", **sent}


def as_kept(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_five_thousand_hostile_strings_come_back_equal(app, one):
    chance = random.Random(20261120)
    strings = ["".join(chance.choices(ATOMS, k=chance.randint(1, 6))) for _ in range(5_040)]
    b, sent = Browser(app), []
    given = said_by(b)
    for first in range(0, len(strings), 30):
        each = [SPLIT.join(strings[first + at : first + at + 10]) for at in (0, 10, 20)]
        fields = dict(zip(("text", "wording", "reason"), each, strict=True))
        body = urlencode({**given, **fields, "key": f"hostile-{first:06d}"})
        answer = apart(
            b.client.post, "/c/bikes/say", data=body, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 302, (first, answer.get_data(as_text=True)[-3000:])
        sent.append(tuple(as_kept(text) for text in each))
    kept = [(r.text, r.wording, r.reason) for r in rows.all_of(one.id)]
    assert kept == sent


def test_bad_bytes_in_a_multipart_form_are_refused_too(app, one):
    b = Browser(app)
    given = said_by(b)
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    head = "".join(part.format(name, value) for name, value in given.items() if name != "text").encode()
    body = head + b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe bad\r\n--x--\r\n'
    answer = b.post("/c/bikes/say", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    assert rows.all_of(one.id) == []


def test_the_session_changes_at_signing_in_and_the_old_one_opens_nothing(app, one):
    somebody = make.person(one.office, role=Role.CLERK)
    make.account(one.office, somebody, "clerk1")
    b = Browser(app).open("/sign-in")
    before = b.client.get_cookie("yst").value
    b.sign_in("clerk1")
    first = b.client.get_cookie("yst").value
    assert first != before
    thief = Browser(app)
    thief.client.set_cookie("yst", first)
    assert apart(thief.client.get, "/mine").status_code == 200
    b.sign_in("clerk1")
    second = b.client.get_cookie("yst").value
    assert apart(thief.client.get, "/mine").status_code == 302, "the session before this sign-in still opens"
    b.post("/sign-out", {"csrf_token": token_of(b)})
    thief.client.set_cookie("yst", second)
    assert apart(thief.client.get, "/mine").status_code == 302, "a copied cookie outlives signing out"
    assert people.sessions_of(somebody.id) == []


def test_a_session_ends_by_itself_and_with_a_new_password(app, one):
    somebody = make.person(one.office, role=Role.CLERK)
    account = make.account(one.office, somebody, "clerk1")
    b = Browser(app).sign_in("clerk1")
    with make.later(hours=5):
        assert apart(b.client.get, "/mine").status_code == 302
    sessions.set_password(make.OPERATOR, account, "another good password")
    assert apart(b.client.get, "/mine").status_code == 302


def test_a_right_password_does_not_pass_while_waiting(app, one, monkeypatch):
    """Tries in parallel all pass the first look; the door looks again."""
    somebody = make.person(one.office)
    account = make.account(one.office, somebody, "clerk1")
    looked = []
    real = sessions.check_password

    def slow(stored, password):
        if not looked:
            looked.append(1)
            account.wait_until = make.now() + sessions.LONGEST_WAIT
            db.session.commit()
        return real(stored, password)

    monkeypatch.setattr(sessions, "check_password", slow)
    with pytest.raises(sessions.Refusal):
        sessions.sign_in("clerk1", "correct horse battery")
    assert people.sessions_of(somebody.id) == []


def test_what_one_person_saw_stays_in_no_cache(app, one):
    b = staff(app, one.office, Role.CLERK)
    for url in ("/", "/c/bikes/", "/c/bikes/at/art_3", "/c/bikes/remarks/", "/mine", "/account"):
        assert "no-store" in b.open(url).response.headers["Cache-Control"], url
    guest = Browser(app).open("/c/bikes/at/art_3")
    etag = guest.response.headers["ETag"]
    answer = apart(b.client.get, "/c/bikes/at/art_3", headers={"If-None-Match": etag})
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"]) == (200, True)
    page = guest.open("/c/bikes/say?at=art_3").submit(text="只给我看")
    assert CODE.search(page.page.text)
    assert page.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "wish",
    ["https://evil.test", "//evil.test", "/\\evil.test", "\\\\evil.test", "/\t/evil.test", "/\n/evil.test", "javascript:alert(1)", " //evil.test",
     "http:/evil.test", "///evil.test", "/%0d%0aSet-Cookie:x=1", "/x\r\nSet-Cookie: x=1", "//[evil", "/.//evil.test@x"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(app, one, wish):
    make.account(one.office, make.person(one.office), "panel1")
    b = Browser(app)
    for url in (f"/sign-in?next={quote(wish, safe='')}", f"/looks/lang/en?next={quote(wish, safe='')}"):
        sent = {"login": "panel1", "password": "correct horse battery", "csrf_token": token_of(b)}
        answer = apart(b.client.post, url, data=sent) if "sign-in" in url else apart(b.client.get, url)
        assert answer.status_code == 302
        to = answer.headers["Location"]
        assert to.startswith("/")
        assert not to.startswith(("//", "/\\"))
        assert "x=1" not in answer.headers.get_all("Set-Cookie")


@pytest.mark.parametrize("host", ["evil.test", "evil.test:80@good", "localhost\\evil", "", "[::1", "a" * 300])
def test_a_forged_host_is_nowhere_on_paper_once_the_address_is_set(app, one, host):
    app.config["PUBLIC_URL"] = "https://yishiting.example"
    answer = apart(app.test_client().get, "/", headers={"Host": host})
    assert answer.status_code in {200, 400}
    assert "evil" not in answer.get_data(as_text=True)
    with app.test_request_context("/", headers={"Host": "evil.test"}):
        from deliberation.web.safe import outside

        assert outside("remarks.receipt") == "https://yishiting.example/receipt"


def test_hidden_fields_lead_to_no_other_draft_and_take_no_other_key(app, one):
    other = make.consultation(
        make.office(),
        make.DRAFT.replace("第四条　本", "第四条　另有规定的除外。\n\n第五条　本"),
        slug="other",
    )
    make.remark(other, "别处的", eid="art_5")
    b = Browser(app)
    for forged in ({"eid": "art_5"}, {"eid": "art_3\0"}, {"eid": "x" * 5_000}, {"place": "moon"}, {"key": "id-" + "0" * 36}, {"key": "row-" + "a" * 36}, {"key": ""}, {"key": "k" * 81}, {"quote": "没有的话"}):  # fmt: skip
        assert b.post("/c/bikes/say", {**said_by(b), **forged}).status_code in {200, 422}, forged
    kept = rows.all_of(one.id)
    assert all(len(r.key) == 22 and r.eid in {"", "art_3"} for r in kept)
    assert len(kept) <= 1, "only an empty key is made anew"
    b.post(
        "/c/bikes/say",
        {
            **said_by(b),
            "author_id": "1",
            "number": "99",
            "released_at": "2026-01-01",
            "late": "1",
            "office_id": "9",
        },
    )
    last = rows.all_of(one.id)[-1]
    assert (last.author_id, last.released_at, last.late, last.number) == (None, None, False, len(kept) + 1)
    assert len(rows.all_of(other.id)) == 1


def test_the_same_key_for_another_article_is_told_and_not_swallowed(app, one):
    b = Browser(app)
    given = said_by(b)
    assert b.post("/c/bikes/say", given).status_code == 200
    assert b.post("/c/bikes/say", {**given, "eid": "art_2"}).status_code == 409
    assert b.post("/c/bikes/say", given).status_code == 200
    assert [r.eid for r in rows.all_of(one.id)] == ["art_3"]


@pytest.mark.parametrize(
    ("field", "value"), [("category", "居" * 41), ("category", "居民\x07"), ("category", "居\x00民")]
)
def test_a_category_no_paper_can_hold_is_refused(app, one, field, value):
    b = Browser(app)
    assert b.post("/c/bikes/say", {**said_by(b), field: value}).status_code == 422
    assert rows.all_of(one.id) == []


def test_a_number_of_another_consultation_is_not_found_under_this_one(app, one):
    other = make.consultation(make.office(), slug="other")
    make.remark(one)
    for _ in range(3):
        make.remark(other, "别处的话")
    b = staff(app, one.office)
    b.open("/c/bikes/remarks/1")
    b.open("/c/bikes/remarks/3", status=404)
    b.open("/c/other/remarks/3", status=404)
    token = token_of(b)
    for act in ("release", "settle"):
        b.post(
            f"/c/bikes/remarks/{act}", {"csrf_token": token, "chosen": "2,3", "ending": "annex", "show": "1"}
        )
    assert all(r.released_at is None and r.ending is None for r in rows.all_of(other.id))


def test_private_and_withdrawn_remarks_are_not_shared_with_the_panel(app):
    one = make.consultation(make.office(), slug="shared", panel_shares=True)
    author = make.member(one.office, Role.PANEL)
    from deliberation.services import remarks, searching

    shown = remarks.make_remark(author, one, make.words("大家可看的话")).remark
    private = remarks.make_remark(author, one, make.words("只给工作人员看的话"), private=True).remark
    gone = remarks.make_remark(author, one, make.words("收回去的话")).remark
    remarks.withdraw_remark(author, gone)
    while searching.drain():
        pass
    b = staff(app, one.office, Role.PANEL)
    b.open(f"/c/shared/remarks/{shown.number}").open("/c/shared/at/art_3")
    assert b.says("大家可看的话")
    assert not b.says("只给工作人员")
    assert not b.says("收回去")
    b.open(f"/c/shared/remarks/{private.number}", status=404)
    b.open(f"/c/shared/remarks/{gone.number}", status=404)
    assert not b.open("/search?words=" + quote("只给工作")).says("1 条")


def test_guessing_codes_is_slowed_for_an_address_also_behind_a_proxy_and_signed_in(app, one):
    app.config["REMARKS_PER_HOUR"] = 3

    def tries(browser, address, times=5, forged=""):
        token = token_of(browser)
        return [
            apart(browser.client.post, "/receipt", data={"csrf_token": token, "code": "1234 5678 9012"},
                  environ_base={"REMOTE_ADDR": address}, headers={"X-Forwarded-For": f"{forged}{n}"} if forged else {}).status_code
            for n in range(times)
        ]  # fmt: skip

    assert tries(Browser(app), "198.51.100.1") == [422] * 3 + [429] * 2
    assert tries(Browser(app), "198.51.100.2", forged="203.0.113.") == [422] * 3 + [429] * 2, (
        "a client names its own address"
    )
    assert tries(staff(app, one.office), "198.51.100.3")[-1] == 429
    ours = [tries(Browser(app), f"2001:db8:1:2::{n}", 1)[0] for n in range(1, 6)]
    assert ours == [422] * 3 + [429] * 2, "one household has a whole /64"
    assert tries(Browser(app), "2001:db8:1:3::1", 1) == [422]
    throttle._seen.clear()


def test_the_throttle_forgets_the_quiet_and_not_everyone(app, one, monkeypatch):
    monkeypatch.setattr(throttle, "MOST_SEEN", 20)
    app.config["REMARKS_PER_HOUR"] = 1
    b = Browser(app)
    token = token_of(b)
    answers = []
    for n in range(60):
        address = "198.51.100.9" if n % 4 == 0 else f"203.0.113.{n}"
        answer = apart(
            b.client.post,
            "/receipt",
            data={"csrf_token": token, "code": "x"},
            environ_base={"REMOTE_ADDR": address},
        )
        answers.append((n % 4 == 0, answer.status_code))
    throttle._seen.clear()
    mine = [status for own, status in answers if own]
    assert mine.count(429) >= len(mine) // 2
    assert len(throttle._seen) <= 20


def test_a_receipt_code_stands_on_its_page_only(app, one, caplog):
    b = Browser(app)
    page = b.open("/c/bikes/say?at=art_3").submit(text="记得我的码")
    code = CODE.search(page.page.text)[0]
    digits = code.replace(" ", "")
    lead = staff(app, one.office)
    seen = [
        b.url,
        caplog.text,
        b.open("/c/bikes/").page.html,
        b.open("/c/bikes/at/art_3").page.html,
        b.open("/").page.html,
    ]
    for url in (
        "/c/bikes/remarks/1",
        "/c/bikes/remarks/",
        "/c/bikes/doings",
        "/c/bikes/at/art_3",
        "/c/bikes/suggestions/",
    ):
        seen.append(lead.open(url).page.html)
    found = Browser(app).open("/receipt").submit(code=code)
    assert found.says(rows.all_of(one.id)[0].public_number)
    seen.append(found.response.headers.get("Location", "") + found.url)
    raw = b"".join(
        p.read_bytes()
        for p in (app.config["INSTANCE"] and __import__("pathlib").Path(app.config["INSTANCE"])).rglob("*")
        if p.is_file()
    )
    assert not any(code in text or digits in text for text in seen)
    assert code.encode() not in raw
    assert digits.encode() not in raw


def test_names_and_telephones_lie_open_nowhere(app, tmp_path):
    from pathlib import Path

    from deliberation.domain.remarks import Origin
    from deliberation.services import consultations as tasks
    from deliberation.services import invitations, people, remarks, searching
    from deliberation.store import log

    canaries = ["甄隐名", "13700001111", "贾说者", "13700002222", "任来信", "13700003333", "尤受邀"]
    office = make.office()
    lead = make.member(office, name="甄隐名")
    people.add_person(lead, office, people.Newcomer("甄隐名", phone="13700001111"))
    letter = tasks.Letter(
        "××规定（草案）",
        "法工委",
        make.now().date(),
        make.now() + __import__("datetime").timedelta(days=20),
        contact="任来信 13700003333",
    )
    task = tasks.register_task(make.OPERATOR, office, letter)
    one = make.consultation(office, task_=task, slug="canary")
    remarks.record_remark(
        lead, one, make.words("请公开这一条"), Origin("visit", said_by="贾说者", contact="13700002222")
    )
    remarks.release_remark(lead, rows.all_of(one.id)[0], show=True)
    invitations.invite(lead, office, people.Newcomer("尤受邀"))
    while searching.drain():
        pass
    facts = "".join(
        content.facts
        for log_id in (1, office.log_id, one.log_id)
        for _leaf, content in log.doings(log_id, 999)
    )
    guest = Browser(app)
    pages = "".join(
        guest.open(url).page.html
        for url in (
            "/",
            "/c/",
            "/c/canary/",
            "/c/canary/text",
            "/c/canary/at/art_3",
            "/c/canary/remarks/1",
            "/search?words=公开",
        )
    )
    pages += guest.open("/c/canary/remarks/99", status=404).page.html
    raw = b"".join(path.read_bytes() for path in Path(app.config["INSTANCE"]).rglob("*") if path.is_file())
    assert "请公开这一条" in pages
    assert "请公开这一条".encode() in raw, "the database's bytes were not read"
    for word in canaries:
        assert word not in facts
        assert word not in pages
        for encoded in (word.encode(), word.encode("utf-16-le"), word.encode("gb18030")):
            assert encoded not in raw, word


def test_search_takes_words_as_words(app, one):
    from deliberation.services import searching

    make.remark(one, "只有工作人员看的 office:1 内容")
    while searching.drain():
        pass
    b = Browser(app)
    for words in ("office:1", "person:1", "audience:office", "public", "*", "内容 OR 工作", "key:remark", "\x00", "NOT 充电", '"充电"', "充电~2", "[a TO z]", "last"):  # fmt: skip
        b.open("/search?words=" + quote(words))
        assert not b.says("只有工作人员看的"), words
    for page in ("0", "-1", "9" * 30, "abc", "１２", "1e9", ""):
        b.open(f"/search?words={quote('充电')}&page={page}")
    for more in (
        "endpoint=x",
        "_scheme=javascript&_external=1",
        "_anchor=x",
        "_method=POST",
        "self=1",
        "within=bikes&within=other",
    ):
        page = b.open(f"/search?words={quote('充电')}&{more}").page.html
        assert "javascript:" not in page


def test_pages_of_many_hits_keep_words_only(app, one):
    from deliberation.search import Found
    from deliberation.web import search

    with app.test_request_context("/search?words=x&endpoint=e&_scheme=javascript&_external=1&within=bikes"):
        links = search._pages(Found(total=100))
    assert len(links) == 5
    assert all(url.startswith("/search?words=x&within=bikes&page=") for _n, url in links)
