"""Every refusal is a page in both languages that says what to do and lets nothing out; programs get JSON."""

import io
import sqlite3

import pytest
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from deliberation.domain.errors import NotAllowed
from deliberation.store import remarks as rows
from deliberation.web import guard
from tests import make
from tests.web.browsing import CJK, Browser, apart, check

LEAKS = (
    "Traceback",
    "sqlite3",
    "psycopg",
    "SELECT",
    "INSERT",
    "sqlalchemy",
    "werkzeug",
    'File "',
    "secret_canary",
)


@pytest.fixture
def one(app):
    return make.consultation(make.office(), slug="bikes")


def failing(app, monkeypatch, fault):
    """From here on, making a remark fails like this."""
    from deliberation.services import remarks

    def fail(*_given, **_more):
        raise fault

    monkeypatch.setattr(remarks, "make_remark", fail)
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)


class DiskFull(Exception):
    sqlstate = "53100"


FAULTS = {
    "full": (OperationalError("INSERT secret_canary", {}, sqlite3.OperationalError("database or disk is full")), 507),
    "pg full": (OperationalError("INSERT secret_canary", {}, DiskFull("could not extend file: No space left on device")), 507),
    "file": (OSError(28, "No space left on device", "secret_canary"), 507),
    "other file": (OSError(5, "Input/output error", "secret_canary"), 500),
    "locked": (OperationalError("INSERT secret_canary", {}, sqlite3.OperationalError("database is locked")), 503),
    "pool": (NoConnection("QueuePool limit secret_canary"), 503),
    "data": (DataError("INSERT secret_canary", {}, ValueError("value too long for type character varying(40)")), 422),
    "number": (OverflowError("Python int too large secret_canary"), 422),
    "bug": (RuntimeError("secret_canary"), 500),
}  # fmt: skip


def no_leak(page, words):
    found = [leak for leak in LEAKS if leak in page]
    assert not found, found
    for word in words:
        assert word in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_failure_is_a_page_that_keeps_what_was_typed(app, one, monkeypatch, name, lang):
    fault, status = FAULTS[name]
    b = Browser(app, lang).open("/c/bikes/say?at=art_3")
    hidden = {
        g["name"]: g.get("value", "")
        for _t, g in b.form(having="text")["fields"]
        if g.get("type") == "hidden"
    }
    failing(app, monkeypatch, fault)
    answer = b.post("/c/bikes/say", {**hidden, "text": "我写了很久的一段话，不能丢", "attitude": "amend"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    no_leak(page, ["我写了很久的一段话"])
    assert hidden["csrf_token"] not in page.split("<main")[1].split("</main>")[0]
    shown = check(page, lang)
    if lang == "en":
        rest = (
            shown.text.replace("我写了很久的一段话，不能丢", "")
            .replace("议事厅", "")
            .replace(one.office.name, "")
            .replace("中文", "")
        )
        assert not CJK.search(rest), rest


def test_programs_get_json_with_the_sentence(app, one):
    answer = apart(app.test_client().get, "/nowhere", headers={"Accept": "application/json"})
    assert answer.json["status"] == 404
    assert len(answer.json["error"]) > 10
    answer = apart(
        app.test_client().post, "/c/bikes/say", headers={"Accept": "application/json"}, data={"text": "x"}
    )
    assert (answer.status_code, answer.json["status"]) == (400, 400)
    answer = apart(app.test_client().put, "/c/bikes/say", headers={"Accept": "application/json"})
    assert (answer.status_code, set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}) == (405, True)


def test_a_stale_form_gives_back_what_was_typed_but_no_secret(app, one):
    b = Browser(app)
    page = b.post(
        "/c/bikes/say",
        {"text": "短", "reason": "过期页面上的一大段理由，写了很久", "key": "k" * 22, "csrf_token": "old"},
    )
    assert page.status_code == 400
    html = page.get_data(as_text=True)
    assert "过期页面上的一大段理由" in html
    assert "k" * 22 not in html
    page = b.post(
        "/sign-in",
        {"login": "somebody-with-a-login", "password": "my secret pass phrase", "csrf_token": "old"},
    )
    assert page.status_code == 400
    assert "my secret pass phrase" not in page.get_data(as_text=True)
    assert "<script>" not in b.post("/c/bikes/say", {"text": "<script>alert('typed')</script>"}).get_data(
        as_text=True
    )


def test_a_closed_phase_refuses_with_403_and_gives_the_words_back(app, one):
    from deliberation.services import consultations

    b = Browser(app).open("/c/bikes/say?at=art_3")
    hidden = {
        g["name"]: g.get("value", "")
        for _t, g in b.form(having="text")["fields"]
        if g.get("type") == "hidden"
    }
    for phase in ("consolidating", "reported"):
        consultations.move_phase(make.OPERATOR, one, phase)
    answer = b.post("/c/bikes/say", {**hidden, "text": "页面开着的时候关了门，我的话呢"})
    assert answer.status_code in {302, 403}
    assert "页面开着的时候关了门" in answer.get_data(as_text=True)
    assert rows.all_of(one.id) == []
    assert issubclass(NotAllowed, Exception)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"text=" + b"x" * (5 * 1024 * 1024), "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=1" for _ in range(1_000_000)), "application/x-www-form-urlencoded", 413),
        (b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(2_000)) + b"--x--\r\n", "multipart/form-data; boundary=x", 413),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n' * 200 + b"--x--\r\n", "multipart/form-data; boundary=x", 400),
        (b"--x" * 100_000, "multipart/form-data; boundary=x", 400),
        (b"no boundary", "multipart/form-data", 400),
        (b"%FF%FE=1", "application/x-www-form-urlencoded", 422),
        (b"%" * 100_000, "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 400),
    ],
    ids=["large", "million fields", "many parts", "nested", "boundaries", "no boundary", "bad bytes", "percents", "empty", "json"],
)  # fmt: skip
def test_odd_bodies_are_refused_quickly(app, one, body, kind, status):
    answer = apart(app.test_client().post, "/c/bikes/say", data=body, content_type=kind)
    assert answer.status_code == status
    no_leak(answer.get_data(as_text=True), [])
    assert rows.all_of(one.id) == []


def test_more_than_the_largest_body_is_413(app, one):
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    sent = {"csrf_token": "x", "file": (io.BytesIO(b"x" * 2_000_000), "a.docx")}
    answer = apart(app.test_client().post, "/c/bikes/say", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert check(answer.get_data(as_text=True)).title


@pytest.mark.parametrize(
    "path",
    [
        "/c/%00/", "/c/bikes%00/", "/c/%ff%fe/", "/c/" + "长" * 3_000 + "/", "/c/bikes/at/art_3%00", "/c/bikes/remarks/" + "9" * 25,
        "/c/bikes/remarks/-1", "/c/bikes/receipts/" + "9" * 25, "/meetings/" + "9" * 25, "/offices/" + "9" * 40 + "/people", "/invitations/%00",
        "/invitations/" + "x" * 5_000, "/static/../settings.toml", "/static/..%2f..%2fsettings.toml", "/static/%00", "/c/../../etc/passwd",
        "/c/bikes/dossier/1/public/..%2f..%2fsettings.toml", "/c//", "//", "/c/bikes/at/" + "__".join(["x"] * 1_000),
    ],
)  # fmt: skip
def test_odd_paths_lead_nowhere(app, one, path):
    answer = apart(app.test_client().get, path)
    assert answer.status_code in {302, 308, 404}, answer.status_code
    no_leak(answer.get_data(as_text=True), [])


@pytest.mark.parametrize("query", [b"%ff%fe", b"lang=%00", b"next=%ff", b"words=%ED%A0%80", b"page=%EF%BC%91", b"a" * 20_000, b"&" * 20_000, b"lang[]=en", b"at=%00&quote=%ff"])  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/search", "/sign-in", "/c/bikes/say", "/c/bikes/at/art_3"])
def test_odd_queries_are_read_as_far_as_they_can_be(app, one, path, query):
    answer = apart(app.test_client().get, path, query_string=query.decode("latin-1"))
    assert answer.status_code in {200, 422}
    no_leak(answer.get_data(as_text=True), [])


@pytest.mark.parametrize("cookie", ["yst=\xff\xfe", "yst=eyJ0b2tlbiI6MX0.x.y", "lang=\xff", "elder=<script>", 'contrast="><script>', "yst=" + "a" * 6_000, "=;;;=,"])  # fmt: skip
def test_odd_cookies_are_nobodys(app, one, cookie):
    answer = apart(app.test_client().get, "/", headers={"Cookie": cookie})
    assert answer.status_code == 200
    assert "<script>" not in answer.get_data(as_text=True)


def test_when_the_database_is_gone_the_page_still_comes(app, one, monkeypatch):
    from deliberation.store import consultations

    b = Browser(app)

    def gone(*_given):
        raise OperationalError(
            "SELECT secret_canary", {}, sqlite3.OperationalError("unable to open database file")
        )

    monkeypatch.setattr(consultations, "by_slug", gone)
    monkeypatch.setattr("deliberation.store.people.signed_in", gone)
    with b.client.session_transaction() as kept:
        kept["token"] = "x"
    answer = apart(b.client.get, "/c/bikes/")
    assert answer.status_code == 503
    no_leak(answer.get_data(as_text=True), [])


def test_what_needs_no_store_in_the_browser_says_so(app):
    known = set(app.view_functions)
    assert known >= guard.SECRET
