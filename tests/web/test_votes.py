"""Votes through the pages: a clerk in the hall, a member with a phone, everybody before the projector."""

import io
import re

import pytest
from sqlalchemy import event

from deliberation.domain.roles import Role
from deliberation.services import votes as verbs
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import make, make_votes
from tests.web.browsing import Browser

FORBIDDEN = ("通过", "否决", "法定人数")


def clerk(app, office, role=Role.LIAISON, login="lin", lang="zh"):
    make.account(office, make.person(office, "林静", role), login)
    return Browser(app, lang).sign_in(login)


def holder(app, vote, nth=0, lang="zh"):
    row = rows.roll(vote.id)[nth]
    login = f"holder{vote.id}-{nth}"
    make.account(vote.office, row.person, login)
    return Browser(app, lang).sign_in(login)


def test_a_clerk_runs_a_vote_from_calling_to_confirming(app):
    one, _panel, meeting = make_votes.panel_hall(people=3, rule=True, slug="bikes")
    about = make_votes.suggestion(one)
    b = clerk(app, one.office).open("/c/bikes/votes").open(f"/meetings/{meeting.id}/votes/call")
    b.submit(about=f"s{about.id}", question="", kind="named", tellers="1", council=str(meeting.council_id))
    vote = rows.of_consultation(one.id)[0]
    assert vote.question == "是否同意把建议 1（缩短服务半径）上报？"
    b.open(f"/votes/{vote.id}/open").submit()
    db.session.expire_all()
    assert rows.get(vote.id).state == "open"
    b.open(f"/votes/{vote.id}/record")
    first, second, third = (f"c-{row.id}" for row in rows.roll(vote.id))
    b.submit(**{first: "for", second: "for", "origin": "called"})
    assert (rows.turnout(vote.id), b.says("已投的人（2）")) == (2, True)
    b.open(f"/votes/{vote.id}/close").says("还有 1 人没有投")
    b.submit()
    assert b.says("议定：这条建议上报")
    assert b.says("应到3，实到3，赞成2；需超过1.5，即至少2")
    assert 'class="need"' in b.page.html
    b.open(f"/votes/{vote.id}/confirm").submit(status=422)
    assert b.says("请由另一个人核对计票")
    other = clerk(app, one.office, Role.RESPONSIBLE, "zhao").open(f"/votes/{vote.id}/confirm").submit()
    assert other.says("已由第二人核对")


def test_one_person_alone_confirms_with_the_signed_sheet_which_can_be_had_back(app):
    vote = make_votes.all_cast(make_votes.panel_vote(), ["for"] * 3)
    b = clerk(app, vote.office).open(f"/votes/{vote.id}/close").submit().open(f"/votes/{vote.id}/confirm")
    b.submit(files={"sheet": (io.BytesIO("签了字".encode()), "计票单.jpg")})
    assert b.says("已附签了字的计票单")
    assert b.open(f"/votes/{vote.id}/sheet").response.data == "签了字".encode()


def test_a_member_casts_on_a_phone_and_changes_it(app):
    vote = make_votes.panel_vote()
    b = holder(app, vote).open("/")
    assert b.says(vote.question)
    b.open(f"/votes/{vote.id}/ballot").submit(choice="for")
    assert b.says("您选的是")
    assert rows.turnout(vote.id) == 0
    b.submit(choice="for")
    assert b.says("您已经投了“赞成”")
    b.submit(choice="against").submit(choice="against")
    row = rows.roll(vote.id)[0]
    assert [(x.revision, x.choice, x.origin) for x in rows.ballots_of(row.id)] == [
        (1, "for", "page"),
        (2, "against", "page"),
    ]
    verbs.close_vote(make.OPERATOR, vote)
    b.open(f"/votes/{vote.id}/ballot")
    assert b.says("表决已经结束")
    assert b.says("反对")


def test_a_ballot_without_a_choice_is_asked_again(app):
    vote = make_votes.panel_vote()
    b = holder(app, vote).open(f"/votes/{vote.id}/ballot").submit(status=422)
    assert b.says("请选择赞成、反对或弃权")
    assert rows.turnout(vote.id) == 0


def test_a_page_opened_before_the_closing_is_refused_after_it(app):
    vote = make_votes.panel_vote()
    b = holder(app, vote).open(f"/votes/{vote.id}/ballot").submit(choice="for")
    verbs.close_vote(make.OPERATOR, vote)
    b.submit(status=422, choice="for")
    assert b.says("这一票没有计入")
    assert rows.ballots(vote.id) == []


def test_the_same_confirmation_sent_again_is_one_ballot_and_a_stale_page_changes_nothing(app):
    vote = make_votes.panel_vote()
    b = holder(app, vote).open(f"/votes/{vote.id}/ballot").submit(choice="for")
    form = {g["name"]: g.get("value", "") for _t, g in b.form(having="choice")["fields"]}
    for _ in range(3):
        b.post(f"/votes/{vote.id}/ballot", form)
    stale = b.post(f"/votes/{vote.id}/ballot", {**form, "key": "another-page-key-01", "choice": "against"})
    assert stale.status_code == 409
    assert "已经投过票" in stale.get_data(as_text=True)
    assert [x.choice for x in rows.ballots(vote.id)] == ["for"]


def test_nothing_of_the_choices_is_shown_before_the_closing(app):
    vote = make_votes.all_cast(make_votes.panel_vote(people=5), ["for", "for", "against"])
    b = clerk(app, vote.office)
    for path in ("", "/wall", "/roll", "/record"):
        told = b.open(f"/votes/{vote.id}{path}").page.text.partition("已投的人")
        told = told[2] or told[0]
        assert not re.search(r"(赞成|反对|弃权)\s*[0-9]", told), path
        assert "gauge" not in b.page.html
    assert b.open(f"/votes/{vote.id}/wall").says("已投 3 人，共 5 人")


def test_a_council_s_result_is_an_opinion_and_counts_nine_and_x_apart(app):
    vote = make_votes.all_cast(make_votes.nine_vote(), ["for"] * 7 + ["against"] * 2 + ["for"])
    verbs.close_vote(make.OPERATOR, vote)
    b = clerk(app, vote.office).open(f"/votes/{vote.id}")
    assert b.says("这是协商意见，不是村民会议的决定")
    assert b.says("形成协商意见")
    assert b.says("应到10，实到10，赞成8；需超过5，即至少6")
    assert b.says("应到9，实到9，赞成7；需超过4.5，即至少5")
    assert b.says("利益相关方（X）")
    assert "通过" not in b.page.text
    b.open(f"/votes/{vote.id}/wall")
    assert b.says("这是协商意见，不是村民会议的决定")


def test_without_a_rule_only_numbers(app):
    vote = make_votes.all_cast(make_votes.nine_vote(rule=False), ["for"] * 10)
    verbs.close_vote(make.OPERATOR, vote)
    b = clerk(app, vote.office).open(f"/votes/{vote.id}")
    assert b.says("未填本地议事规则，只列数字，不作结论")
    assert not any(word in b.page.text for word in ("通过", "形成协商意见", "议定"))
    assert 'class="need"' not in b.page.html


def test_two_tellers_and_a_recount_through_the_pages(app):
    vote = make_votes.panel_vote(kind="hands", tellers=2, rule=True)
    b = clerk(app, vote.office)
    b.open(f"/votes/{vote.id}/hands").submit(teller="甲", for_="3", against="1", abstain="1")
    b.open(f"/votes/{vote.id}/hands").submit(teller="乙", for_="2", against="1", abstain="1")
    assert b.says("人数不一致")
    b.open(f"/votes/{vote.id}/close").submit(status=422)
    assert b.says("重新清点")
    for teller in "甲乙":
        b.open(f"/votes/{vote.id}/hands").submit(teller=teller, for_="3", against="1", abstain="1")
    b.open(f"/votes/{vote.id}/close").submit()
    assert b.says("议定")
    b.open(f"/votes/{vote.id}/hands", status=403)
    too_many = make_votes.panel_vote(kind="hands")
    make.account(too_many.office, make.person(too_many.office, role=Role.CLERK), "other")
    c = Browser(app).sign_in("other").open(f"/votes/{too_many.id}/hands")
    c.submit(status=422, teller="丙", for_="9", against="0", abstain="0")
    assert c.says("多于在场可表决的 5 人")
    assert 'value="9"' in c.page.html


def test_recusal_and_cancelling_ask_for_a_reason_and_keep_what_was_typed(app):
    council, _matter, meeting = make_votes.nine_hall()
    vote = make_votes.on_matter(meeting)
    b = clerk(app, council.office).open(f"/votes/{vote.id}/open")
    person = rows_person(meeting)
    b.submit(status=422, recused=str(person))
    assert b.says("请写明为什么回避")
    b.submit(recused=str(person), reason="棚子挨着他家")
    assert rows.roll_row(vote.id, person).recusal == "棚子挨着他家"
    b.open(f"/votes/{vote.id}/cancel").submit(status=422, reason=" ")
    b.submit(reason="题目念错了")
    assert b.says("题目念错了")
    b.open(f"/votes/{vote.id}/again").submit()
    assert rows.after(vote.id).round == 2


def rows_person(meeting):
    from deliberation.store import meetings

    return meetings.attendance(meeting.id)[0].person_id


def test_the_roll_shows_every_revision_after_the_closing(app):
    vote = make_votes.panel_vote(people=2)
    row = rows.roll(vote.id)[0]
    make_votes.cast(vote, row, "for")
    make_votes.cast(vote, row, "abstain", replaces=1)
    verbs.close_vote(make.OPERATOR, vote)
    b = holder(app, vote, 1).open(f"/votes/{vote.id}/roll")
    assert "<del>赞成</del>" in b.page.html
    assert b.says("弃权")


def test_strangers_see_no_vote(app):
    vote = make_votes.panel_vote()
    elsewhere = make.office()
    make.account(elsewhere, make.person(elsewhere, role=Role.LIAISON), "stranger")
    for path in ("", "/ballot", "/wall", "/roll", "/record", "/close"):
        Browser(app).sign_in("stranger").open(f"/votes/{vote.id}{path}", status=404)
    staff = clerk(app, vote.office)
    staff.open(f"/votes/{vote.id}/ballot", status=404)
    member = holder(app, vote)
    member.open(f"/votes/{vote.id}/close", status=403)


def test_a_clerk_mends_one_vote(app):
    vote = make_votes.panel_vote(people=2)
    row = rows.roll(vote.id)[0]
    make_votes.cast(vote, row, "for")
    b = clerk(app, vote.office).open(f"/votes/{vote.id}/record/{row.id}")
    b.submit(choice="against", origin="called")
    assert [x.choice for x in rows.ballots_of(row.id)] == ["for", "against"]


def test_attitudes_by_article_and_category_are_no_vote(app):
    one = make.consultation(make.office(), slug="bikes")
    wang = make.member(one.office, Role.PANEL, category="retiree")
    make.remark(one, "太远", wang, eid="art_3", attitude="oppose")
    make.remark(one, "改了想法", wang, eid="art_3", attitude="amend")
    make.remark(one, "好", eid="art_3", attitude="support")
    make.remark(one, "好", eid="art_1", attitude="support")
    b = clerk(app, one.office).open("/c/bikes/attitudes")
    assert b.says("这是态度征集，不是表决")
    assert b.says("第三条")
    assert not b.says("第二条")
    assert b.says("退休人员")
    assert re.search(r"赞成 1\s*建议修改 1\s*不赞成 0\s*没意见 0", b.page.text)
    assert not any(word in b.page.html for word in FORBIDDEN)
    assert not any(word in b.open("/c/bikes/votes").page.text for word in FORBIDDEN)


def statements(app, does):
    """How many SQL statements a page takes."""
    seen = []

    def note(*given):
        seen.append(given[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        does()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return [one for one in seen if one.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE"))]


@pytest.mark.parametrize("path", ["/ballot", ""])
def test_few_statements(app, path):
    vote = make_votes.all_cast(make_votes.nine_vote(), ["for"] * 6)
    b = holder(app, vote)
    if not path:
        verbs.close_vote(make.OPERATOR, vote)
    b.open(f"/votes/{vote.id}{path}")
    asked = statements(app, lambda: b.open(f"/votes/{vote.id}{path}"))
    assert len(asked) <= 12, "\n".join(asked)


def test_the_pages_in_english(app):
    vote = make_votes.all_cast(make_votes.nine_vote(), ["for"] * 6)
    one, _panel, meeting = make_votes.panel_hall(slug="bikes")
    make_votes.suggestion(one)
    b = clerk(app, vote.office, lang="en")
    for path in ("", "/wall", "/roll", "/record", "/close", "/cancel"):
        b.open(f"/votes/{vote.id}{path}")
    verbs.close_vote(make.OPERATOR, vote)
    for path in ("", "/wall", "/roll", "/confirm"):
        b.open(f"/votes/{vote.id}{path}")
    assert b.open(f"/votes/{vote.id}").says("This is the opinion of a consultation")
    c = clerk(app, one.office, login="lin2", lang="en")
    for path in ("/c/bikes/votes", "/c/bikes/attitudes", f"/meetings/{meeting.id}/votes/call"):
        c.open(path)


def test_a_voter_is_led_only_where_the_door_is_open(app):
    vote = make_votes.panel_vote()
    voter = holder(app, vote).open(f"/votes/{vote.id}")
    doors = {link for link in voter.page.links if link.startswith(("/c/", "/meetings/"))}
    assert doors
    for door in doors:
        voter.open(door)
