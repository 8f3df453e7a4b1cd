"""The hall's exchange over HTTP: JSON in and out, tokens, whose it is; the page of what waits for a person."""

import pytest

from deliberation.domain.roles import Role
from deliberation.store import meetings as rows
from deliberation.store import syncing as asked
from tests import make, make_hall
from tests.web.browsing import Browser, apart


@pytest.fixture
def hall(app):
    return make_hall.hall(people=3)


@pytest.fixture
def clerk(app, hall):
    make.account(hall.office, make.person(hall.office, "林静", Role.CLERK), "lin")
    return Browser(app).sign_in("lin")


def entry(seq=1, kind="line", **facts):
    facts = facts or {"text": "断网说的", "number": 2}
    return {"key": f"{seq:032x}", "seq": seq, "kind": kind, "at": make.now().isoformat(), "facts": facts}


def send(browser, hall, written, **more):
    body = {"device": "d" * 32, "entries": written, "first": 1, "sent_at": make.now().isoformat()} | more
    seen = apart(browser.client.get, f"/meetings/{hall.id}/hall.json").json or {}
    headers = {"Accept": "application/json", "X-CSRFToken": seen.get("csrf", "")}
    return apart(browser.client.post, f"/meetings/{hall.id}/sync", json=body, headers=headers)


def test_a_device_sends_gets_answers_and_the_hall(hall, clerk):
    seen = apart(clerk.client.get, f"/meetings/{hall.id}/hall.json").json
    assert [p["name"] for p in seen["sheet"]] == ["专家1", "专家2", "专家3"]
    answer = send(clerk, hall, [entry()]).json
    assert answer["answers"] == [{"key": entry()["key"], "state": "done", "number": 1, "why": ""}]
    assert answer["hall"]["lines"][0]["text"] == "断网说的"
    assert answer["want"] is None
    assert send(clerk, hall, [entry()]).json["answers"] == answer["answers"]
    assert [(x.text, x.speaker) for x in rows.lines(hall.id)] == [("断网说的", "专家2")]


@pytest.mark.parametrize(
    "body",
    [
        {"device": "short"}, {"entries": "x"}, {"entries": [{"key": "k"}]}, {"entries": [entry() | {"seq": 0}]},
        {"entries": [entry() | {"at": "yesterday"}]}, {"entries": [entry()] * 201}, {"sent_at": "2026-01-01"},
        {"entries": [entry() | {"seq": True}]}, {"entries": [5]}, {"entries": [entry() | {"at": "2026-01-01T00:00:00"}]},
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_is_refused_whole(hall, clerk, body):
    response = send(clerk, hall, [entry()], **body)
    assert (
        response.status_code == 422
        and "什么也没有保存" in response.json["error"]
        or "200" in response.json["error"]
    )
    assert not rows.lines(hall.id)


def test_json_nested_without_end_is_refused(hall, clerk):
    seen = apart(clerk.client.get, f"/meetings/{hall.id}/hall.json").json
    headers = {"Accept": "application/json", "X-CSRFToken": seen["csrf"], "Content-Type": "application/json"}
    body = '{"entries":' + "[" * 100_000 + "]" * 100_000 + "}"
    assert (
        apart(clerk.client.post, f"/meetings/{hall.id}/sync", data=body, headers=headers).status_code == 422
    )


def test_a_figure_that_is_no_number_decides_nothing(hall, clerk):
    send(clerk, hall, [entry(1, "arrive", number=9, name="没有")])
    row = asked.open_questions(hall.id)[0]
    seen = apart(clerk.client.get, f"/meetings/{hall.id}/hall.json").json
    form = {"choice": "take-²", "csrf_token": seen["csrf"]}
    assert apart(clerk.client.post, f"/meetings/{hall.id}/brought/{row.id}", data=form).status_code == 422
    assert [one.id for one in asked.open_questions(hall.id)] == [row.id]


def test_others_get_nothing(app, hall):
    assert send(Browser(app), hall, [entry()]).status_code == 400
    other = make.office()
    make.account(other, make.person(other, "外人", Role.CLERK), "wai")
    stranger = Browser(app).sign_in("wai")
    assert send(stranger, hall, [entry()]).status_code in (400, 404)
    assert apart(stranger.client.get, f"/meetings/{hall.id}/hall.json").status_code == 404
    assert not rows.lines(hall.id)


def test_a_conflict_is_shown_and_decided_on_its_page(hall, clerk):
    send(clerk, hall, [entry()])
    line = rows.lines(hall.id)[0]
    clerk.open(f"/meetings/{hall.id}/lines/1").submit(
        text="窗口改的", number="2", item="0", having="revision"
    )
    send(clerk, hall, [entry(2, "mend", target=line.key, revision=1, text="会场改的", number=2)])
    clerk.open(f"/meetings/{hall.id}/brought")
    assert clerk.says("窗口改的")
    assert clerk.says("会场改的")
    assert clerk.says("别人刚刚改过")
    clerk.submit(having="choice")
    assert rows.lines(hall.id)[0].text == "会场改的"
    assert clerk.says("没有要处理的")
    assert clerk.says("窗口改的") is False


def test_the_page_speaks_english(app, hall):
    make.account(hall.office, make.person(hall.office, "林静", Role.CLERK), "lin")
    browser = Browser(app, "en").sign_in("lin")
    send(browser, hall, [entry(), entry(2, "leave", number=9)])
    assert browser.open(f"/meetings/{hall.id}/brought").says("1 for you to decide")
