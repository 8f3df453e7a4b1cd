"""The hall through its pages: from the call to the final minutes; what people type is kept, what does not fit is said."""

import io
import re
import zipfile

import pytest

from deliberation.domain.roles import Role
from deliberation.services import lines as line_verbs
from deliberation.services import meetings as verbs
from deliberation.store import councils as seats
from deliberation.store import meetings as rows
from deliberation.store import remarks
from tests import make, make_hall
from tests.web.browsing import Browser


@pytest.fixture
def one(app):
    return make.consultation(make.office(), slug="bikes")


def browser(app, office, role=Role.LIAISON, lang="zh", person=None):
    somebody = person or make.person(office, "林静", role)
    login = f"login{next(make.count)}"
    make.account(office, somebody, login)
    b = Browser(app, lang).open("/sign-in")
    return b.submit(login=login, password="correct horse battery", having="login")


@pytest.fixture
def clerk(app, one):
    return browser(app, one.office)


def sheet(meeting):
    return [
        (a.person.name, a.due, a.arrived_at is not None, a.left_at is not None)
        for a in rows.attendance(meeting.id)
    ]


def lines(meeting):
    return [(line.speaker, line.text, line.state) for line in rows.lines(meeting.id)]


def test_a_meeting_from_the_call_to_final_minutes(clerk, one):
    panel = make_hall.panel(one.office, 3)
    clerk.open("/c/bikes/meetings").open(f"/c/bikes/meetings/call/{panel.id}")
    people = [str(h.person_id) for h in seats.holders(panel.id)]
    clerk.submit(
        having="articles", starts_at="2026-12-01T14:30", place="二楼", convenor="赵主任", articles=["art_3", "art_2"],
        others="议定重点建议", invited=people,
    )  # fmt: skip
    meeting = rows.of_consultation(one.id)[0]
    assert [item.title for item in meeting.agenda] == ["第二条", "第三条", "议定重点建议"]
    assert clerk.says("应到 3 人")
    clerk.submit(to=f"/meetings/{meeting.id}/open", having="csrf_token")
    clerk.submit(having="numbers", numbers="1 2-3", do="come")
    assert [came for _name, _due, came, _left in sheet(meeting)] == [True, True, True]
    item = meeting.agenda[1]
    clerk.open(f"/meetings/{meeting.id}/console?item={item.id}")
    clerk.submit(having="number", number="2", text="三百米太远", attitude="amend", as_remark="y")
    clerk.submit(having="number", number="1", text="我补一句")
    assert lines(meeting) == [("专家2", "三百米太远", "draft"), ("专家1", "我补一句", "draft")]
    assert rows.lines(meeting.id)[0].item_id == item.id
    clerk.open(f"/meetings/{meeting.id}/end").submit()
    clerk.open(f"/meetings/{meeting.id}/check").submit(
        having="with_whom", lines=["1", "2"], with_whom="speaker", **{"attitude-1": "amend", "attitude-2": ""}
    )
    assert [(r.text, r.attitude, r.eid) for r in remarks.all_of(one.id)] == [("三百米太远", "amend", "art_3")]
    clerk.open(f"/meetings/{meeting.id}/minutes/draw").submit()
    assert clerk.says("三百米太远")
    assert rows.latest_minutes(meeting.id).state == "draft"


def test_minutes_go_their_four_steps_by_pages(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    make_hall.line(meeting, "说了一句")
    verbs.end_meeting(make_hall.OPERATOR, meeting)
    clerk.open(f"/meetings/{meeting.id}/minutes/draw").submit()
    steps = [
        {
            "choice": "convenor",
            "number": "第3期",
            "agreed": "一致建议二百米\n\n另一条",
            "speech-1": "说了一句，经整理",
        },
        {
            "choice": "correction",
            "correct_until": "2030-01-01",
            "number": "第3期",
            "agreed": "一致建议二百米",
        },
        {"choice": "final", "all_agree": "y", "number": "第3期", "agreed": "一致建议二百米"},
    ]
    for given in steps:
        choice = given.pop("choice")
        clerk.open(f"/meetings/{meeting.id}/minutes/edit")
        data = {
            "base": str(rows.latest_minutes(meeting.id).revision),
            "csrf_token": token(clerk),
            "to": choice,
            **given,
        }
        clerk.post(f"/meetings/{meeting.id}/minutes/edit", data)
    final = rows.latest_minutes(meeting.id)
    assert (final.state, final.revision) == ("final", 4)
    assert final.body["agreed"] == ["一致建议二百米"]
    assert [m.body["speeches"][0]["text"] for m in rows.minutes(meeting.id)][1] == "说了一句，经整理"
    clerk.open(f"/meetings/{meeting.id}/minutes")
    assert clerk.says("定稿")
    assert clerk.says("一致建议二百米")
    got = clerk.client.get(f"/meetings/{meeting.id}/minutes.docx").get_data()
    with zipfile.ZipFile(io.BytesIO(got)) as package:
        assert "一致建议二百米" in package.read("word/document.xml").decode()


def token(b):
    return (
        re.search(r'name="csrf_token" value="([^"]+)"', b.page.html)[1] if "csrf_token" in b.page.html else ""
    )


def test_two_editors_see_one_another(clerk, app, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "ended")
    clerk.open(f"/meetings/{meeting.id}/minutes/draw").submit()
    other = browser(app, one.office, Role.CLERK)
    other.open(f"/meetings/{meeting.id}/minutes/edit")
    clerk.open(f"/meetings/{meeting.id}/minutes/edit")
    stale = {"base": "1", "to": "draft", "csrf_token": token(other), "number": "乙的期号", "agreed": "乙写的"}
    clerk.post(
        f"/meetings/{meeting.id}/minutes/edit",
        {"base": "1", "to": "draft", "csrf_token": token(clerk), "agreed": "甲写的"},
    )
    answer = other.post(f"/meetings/{meeting.id}/minutes/edit", stale)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "甲写的" in html
    assert "乙写的" in html
    assert 'name="base" type="hidden" value="2"' in html, "sent again it goes over what was seen"
    assert rows.latest_minutes(meeting.id).body["agreed"] == ["甲写的"]


def test_the_call_keeps_what_was_typed_when_it_does_not_fit(clerk, one):
    panel = make_hall.panel(one.office, 2)
    clerk.open(f"/c/bikes/meetings/call/{panel.id}")
    clerk.submit(
        422, having="articles", title="我起的名字", starts_at="不是时间", place=" ", articles=["art_3"]
    )
    assert "我起的名字" in clerk.page.html
    assert clerk.says("请填写日期和时间")
    assert not rows.of_consultation(one.id)


def test_signing_in_by_button_by_number_and_what_is_refused(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 3), "open")
    address = f"/meetings/{meeting.id}/sign-in"
    clerk.open(address).submit(having="numbers", come="2")
    assert [came for _n, _d, came, _l in sheet(meeting)] == [False, True, False]
    clerk.submit(409, having="numbers", numbers="1 2", do="come")
    assert clerk.says("2 号 专家2 已经签到了")
    assert 'value="1 2"' in clerk.page.html
    clerk.open(address).submit(422, having="numbers", numbers="张三", do="come")
    assert clerk.says("3 5 7-9")
    clerk.open(address).submit(having="numbers", go="2")
    assert sheet(meeting)[1] == ("专家2", True, True, True)
    clerk.open(address).submit(having="numbers", away="3")
    assert rows.attendance(meeting.id)[2].reply == "leave"
    clerk.open(f"/meetings/{meeting.id}/sheet").submit(having="name", name="路人甲", category="居民")
    assert sheet(meeting)[3] == ("路人甲", False, True, False)


def test_the_console_without_a_script(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    address = f"/meetings/{meeting.id}/console"
    clerk.open(address).submit(422, having="number", text="谁说的呢")
    assert "谁说的呢" in clerk.page.html
    assert clerk.says("请选择谁在说")
    clerk.submit(having="number", number="0", speaker="路人甲", text="我也说一句")
    assert lines(meeting) == [("路人甲", "我也说一句", "draft")]
    assert clerk.says("我也说一句")
    clerk.submit(to=f"/meetings/{meeting.id}/undo", having="csrf_token")
    assert lines(meeting) == [("路人甲", "我也说一句", "struck")]


def test_the_console_with_a_script_gets_json_and_each_key_once(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    address = f"/meetings/{meeting.id}/console"
    clerk.open(address)
    data = {"csrf_token": token(clerk), "key": "k" * 20, "number": "1", "text": "一句"}
    headers = {"Accept": "application/json"}
    first = clerk.client.post(address, data=data, headers=headers)
    again = clerk.client.post(address, data=data, headers=headers)
    other = clerk.client.post(address, data={**data, "text": "另一句"}, headers=headers)
    empty = clerk.client.post(address, data={**data, "key": "j" * 20, "text": " "}, headers=headers)
    assert (first.json["number"], first.json["name"], again.json["number"]) == (1, "专家1", 1)
    assert other.status_code == 409
    assert "已经用在另一句上" in other.json["error"]
    assert (empty.status_code, empty.json["error"]) == (422, "这一句还没有写内容。")
    assert lines(meeting) == [("专家1", "一句", "draft")]
    gone = clerk.client.post(
        f"/meetings/{meeting.id}/undo", data={"csrf_token": token(clerk)}, headers=headers
    )
    assert gone.json == {"struck": 1}


def test_mending_and_striking_a_line_with_its_history(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    made = make_hall.line(meeting, "三百迷")
    address = f"/meetings/{meeting.id}/lines/1"
    clerk.open(address).submit(having="revision", number="2", item="0", text="三百米")
    assert lines(meeting) == [("专家2", "三百米", "draft")]
    clerk.open(address)
    assert clerk.says("三百迷")
    line_verbs.mend_line(make_hall.OPERATOR, made, make_hall.typed("别人改的"), 2)
    clerk.submit(409, having="revision", number="1", item="0", text="我改的")
    assert "我改的" in clerk.page.html
    assert clerk.says("别人改的")
    clerk.open(address).submit(having="revision", number="1", item="0", text="x", strike="1")
    assert lines(meeting)[0][2] == "struck"


def test_a_transcript_is_matched_once_and_taken_down(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    text = "专家1：三百米太远。\n说话人9：我也是。\n再说一句：要有灯。"
    clerk.open(f"/meetings/{meeting.id}/paste").submit(having="pasted", pasted=text, item="0")
    assert clerk.says("说话人9")
    assert not lines(meeting)
    clerk.submit(
        422,
        having="pasted",
        pasted=text,
        item="0",
        **{"who-专家1": "1", "who-说话人9": "", "who-再说一句": "text"},
    )
    assert clerk.says("还有人没有对上")
    clerk.submit(
        having="pasted",
        pasted=text,
        item="0",
        **{"who-专家1": "1", "who-说话人9": "other", "who-再说一句": "text"},
    )
    assert lines(meeting) == [
        ("专家1", "三百米太远。", "draft"),
        ("说话人9", "我也是。\n再说一句：要有灯。", "draft"),
    ]


def test_a_line_to_be_a_remark_needs_its_attitude(clerk, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    make_hall.line(meeting, "要成为意见", as_remark=True)
    clerk.open(f"/meetings/{meeting.id}/check")
    clerk.submit(422, having="with_whom", lines="1", with_whom="convenor", **{"attitude-1": "ask"})
    assert clerk.says("请先选态度")
    clerk.open(f"/meetings/{meeting.id}/check").submit(
        422, having="with_whom", lines="1", **{"attitude-1": "support"}
    )
    assert clerk.says("请选择是和发言人本人核对的")
    assert not remarks.all_of(one.id)
    clerk.submit(having="with_whom", lines="1", with_whom="convenor", **{"attitude-1": "support"})
    assert [r.attitude for r in remarks.all_of(one.id)] == ["support"]
    assert clerk.says("都核对完了")


@pytest.mark.parametrize("which", ["notice", "sign-in", "opinions"])
def test_papers_as_pages_and_as_docx(clerk, one, which):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), agenda=("art_3",))
    clerk.open(f"/meetings/{meeting.id}/papers/{which}")
    got = clerk.client.get(f"/meetings/{meeting.id}/papers/{which}.docx")
    with zipfile.ZipFile(io.BytesIO(got.get_data())) as package:
        words = package.read("word/document.xml").decode()
    there = {"notice": "召集人", "sign-in": "专家2", "opinions": "服务半径一般不超过三百米"}[which]
    assert there in words
    assert clerk.says(there)
    clerk.open(f"/meetings/{meeting.id}/papers/nothing", status=404)


def test_those_who_attend_read_and_change_nothing(app, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    expert = rows.attendance(meeting.id)[0].person
    b = browser(app, one.office, person=expert).open(f"/meetings/{meeting.id}")
    assert b.says("充电安全座谈会")
    assert not b.says("记录发言")
    b.open(f"/meetings/{meeting.id}/console", status=403)
    b.open(f"/meetings/{meeting.id}/minutes", status=404)
    stranger = browser(app, make.office())
    stranger.open(f"/meetings/{meeting.id}", status=404)
    stranger.open(f"/meetings/{meeting.id}/console", status=404)


def test_a_guest_is_sent_to_sign_in(app, one):
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2))
    b = Browser(app).open(f"/meetings/{meeting.id}")
    assert b.url == "/sign-in"


def test_a_directed_consultations_meeting_has_its_pages(app):
    one = make.consultation(make.office(), slug="quiet", openness="directed")
    meeting = make_hall.meeting(one, make_hall.panel(one.office, 2), "open")
    b = browser(app, one.office)
    for page in ("", "/console", "/sign-in", "/check", "/papers/opinions"):
        b.open(f"/meetings/{meeting.id}{page}")
    Browser(app).open("/c/quiet/meetings")
