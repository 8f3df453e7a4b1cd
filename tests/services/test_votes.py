"""Votes: frozen at the opening, one ballot a row, counted from rows alone, confirmed by another."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.roles import Role
from deliberation.domain.tally_words import spoken
from deliberation.domain.voting import Tally
from deliberation.services import attendance, councils, matters, meetings, votes
from deliberation.store import councils as council_rows
from deliberation.store import log as logs
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import make, make_hall, make_votes
from tests.make import OPERATOR


def leaves(vote):
    return [(leaf.act, content.facts) for leaf, content in logs.doings(vote.log_id)]


def test_opening_freezes_question_rule_and_roll(app):
    one, panel, meeting = make_votes.panel_hall(people=6, present=5, rule=True)
    about = make_votes.suggestion(one)
    vote = make_votes.opened(make_votes.on_suggestion(meeting, about))
    assert (vote.state, vote.due, vote.present) == ("open", 6, 5)
    assert (vote.rule_name, vote.rule_clause) == ("××联系点议事规则", "第八条")
    assert vote.subject["wording"] == about.wording
    assert vote.subject["revision"] == about.revision
    roll = rows.roll(vote.id)
    assert [row.may_vote for row in roll] == [True] * 5 + [False]
    assert len(vote.roll_digest) == 64
    assert votes.is_intact(vote)


def test_what_changes_after_the_opening_changes_nothing_of_it(app):
    council, _matter, meeting = make_votes.nine_hall(present=9)
    vote = make_votes.opened(make_votes.on_matter(meeting))
    before = [(r.key, r.person_id, r.present, r.may_vote) for r in rows.roll(vote.id)]
    attendance.arrive(OPERATOR, meeting, [10])
    make_hall.rule(council, name="改过的规则")
    councils.vacate_seat(OPERATOR, council_rows.seats(council.id)[0])
    assert [(r.key, r.person_id, r.present, r.may_vote) for r in rows.roll(vote.id)] == before
    assert vote.rule_name == "××村议事规则"
    assert votes.is_intact(vote)
    with pytest.raises(Refusal, match="不能再改"):
        votes.change_vote(OPERATOR, vote, "另一个问题", "named", 1, True)


def test_a_late_comer_waits_for_the_next_round(app):
    vote = make_votes.nine_vote(present=9)
    late = rows.roll(vote.id)[9]
    attendance.arrive(OPERATOR, vote.meeting, [10])
    with pytest.raises(Refusal, match="下一轮"):
        make_votes.cast(vote, late)
    votes.close_vote(OPERATOR, vote)
    again = make_votes.opened(votes.next_round(OPERATOR, vote))
    assert (again.round, again.previous_id, again.present) == (2, vote.id, 10)
    make_votes.cast(again, next(r for r in rows.roll(again.id) if r.person_id == late.person_id))
    assert rows.turnout(again.id) == 1


def test_one_person_one_row_however_many_seats(app):
    council = make_hall.nine(make.office(), filled=8)
    first = council_rows.holders(council.id)[0]
    councils.fill_seat(
        OPERATOR, council_rows.seats(council.id)[8], first.person, since=make_hall.today() - timedelta(days=5)
    )
    _council, _matter, meeting = make_votes.nine_hall(x=(), present=8, council=council)
    vote = make_votes.opened(make_votes.on_matter(meeting))
    people = [row.person_id for row in rows.roll(vote.id)]
    assert len(people) == len(set(people)) == vote.due == 8


def test_vacant_seats_are_absent_rows_where_the_rule_counts_seats(app):
    from deliberation.domain.seats import DueBy

    council = make_hall.nine(make.office(), filled=8)
    make_hall.rule(council, due_by=DueBy.SEATS)
    _council, _matter, meeting = make_votes.nine_hall(x=(), present=8, council=council, rule=False)
    vote = make_votes.opened(make_votes.on_matter(meeting))
    assert (vote.due, vote.present) == (9, 8)
    vacant = [row for row in rows.roll(vote.id) if row.person_id is None]
    assert len(vacant) == 1
    assert not vacant[0].may_vote


def test_a_change_names_what_it_replaces_and_the_last_one_counts(app):
    vote = make_votes.panel_vote()
    row = rows.roll(vote.id)[0]
    make_votes.cast(vote, row, "for")
    with pytest.raises(Conflict, match="已经投过票"):
        make_votes.cast(vote, row, "against")
    make_votes.cast(vote, row, "against", replaces=1)
    with pytest.raises(Conflict):
        make_votes.cast(vote, row, "abstain", replaces=1)
    assert [(b.revision, b.choice) for b in rows.ballots_of(row.id)] == [(1, "for"), (2, "against")]
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.for_, tally.against, tally.not_voted) == (0, 1, 4)


def test_a_retried_request_gets_the_first_answer_even_after_the_closing(app):
    vote = make_votes.panel_vote()
    row = rows.roll(vote.id)[0]
    first = make_votes.cast(vote, row, "for", ballot_key="one-and-the-same-key")
    size = len(leaves(vote))
    again = make_votes.cast(vote, row, "for", ballot_key="one-and-the-same-key")
    assert (again.again, again.ballot.id) == (True, first.ballot.id)
    assert len(leaves(vote)) == size
    with pytest.raises(Conflict, match="赞成"):
        make_votes.cast(vote, row, "against", ballot_key="one-and-the-same-key")
    votes.close_vote(OPERATOR, vote)
    assert make_votes.cast(vote, row, "for", ballot_key="one-and-the-same-key").again
    assert len(rows.ballots(vote.id)) == 1


@pytest.mark.parametrize(
    ("state", "words"), [("ready", "还没有开始"), ("closed", "没有计入"), ("cancelled", "没有计入")]
)
def test_no_ballot_before_the_opening_or_after_the_end(app, state, words):
    one, _panel, meeting = make_votes.panel_hall()
    vote = make_votes.on_suggestion(meeting, make_votes.suggestion(one))
    person = attendance_person(meeting)
    if state != "ready":
        make_votes.opened(vote)
    if state == "closed":
        votes.close_vote(OPERATOR, vote)
    if state == "cancelled":
        votes.cancel_vote(OPERATOR, vote, "念错了题目")
    with pytest.raises(Refusal, match=words):
        votes.cast_ballot(make.Member(person), vote, votes.Cast("for", make_votes.key()))
    assert rows.ballots(vote.id) == []


def attendance_person(meeting):
    from deliberation.store import meetings as meeting_rows

    return meeting_rows.attendance(meeting.id)[0].person


def test_nobody_votes_elsewhere_or_for_another(app):
    vote, other = make_votes.panel_vote(), make_votes.panel_vote()
    stranger = rows.roll(other.id)[0]
    with pytest.raises(Refusal, match="不在本次表决的名册上"):
        make_votes.cast(vote, stranger)
    with pytest.raises(Refusal, match="不在本次表决的名册上"):
        votes.record_ballot(OPERATOR, vote, stranger, votes.Cast("for", make_votes.key()), "called")
    with pytest.raises(NotAllowed):
        votes.record_ballot(
            make.member(other.office, Role.CLERK),
            vote,
            rows.roll(vote.id)[0],
            votes.Cast("for", make_votes.key()),
            "called",
        )
    with pytest.raises(NotAllowed):
        votes.cast_ballot(make.GUEST, vote, votes.Cast("for", make_votes.key()))
    assert rows.ballots(vote.id) == []


def test_an_x_whose_matter_has_ended_votes_no_more(app):
    vote = make_votes.nine_vote()
    x = next(row for row in rows.roll(vote.id) if not row.fixed)
    for to, facts in (("postponed", {"reason": "等规划"}), ("archived", {"reason": "不办了"})):
        matters.move(OPERATOR, vote.matter, to, facts)
    with pytest.raises(Refusal, match="不在协商"):
        make_votes.cast(vote, x)
    assert rows.ballots(vote.id) == []


def test_neither_old_nor_new_holder_votes_in_a_seat_that_changed_hands(app):
    vote = make_votes.nine_vote()
    row = rows.roll(vote.id)[0]
    seat = council_rows.seat(row.seat_id)
    councils.vacate_seat(OPERATOR, seat)
    new = councils.fill_seat(OPERATOR, seat, make_hall.Newcomer("新来的"), since=make_hall.today())
    with pytest.raises(Refusal, match="换人或空缺"):
        make_votes.cast(vote, row)
    with pytest.raises(Refusal, match="不在本次表决的名册上"):
        votes.cast_ballot(make.Member(new.person), vote, votes.Cast("for", make_votes.key()))
    assert rows.ballots(vote.id) == []


def test_recusal_keeps_the_base_and_takes_the_vote(app):
    _council, _matter, meeting = make_votes.nine_hall()
    person = attendance_person(meeting)
    vote = make_votes.opened(make_votes.on_matter(meeting), recused={person.id: "棚子建在他家地边"})
    row = rows.roll_row(vote.id, person.id)
    assert (row.recusal, row.may_vote, vote.due, vote.present) == ("棚子建在他家地边", False, 10, 10)
    with pytest.raises(Refusal, match="回避"):
        make_votes.cast(vote, row)
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.counted.recused, tally.due) == (1, 10)
    with pytest.raises(Refusal, match="为什么回避"):
        make_votes.opened(votes.next_round(OPERATOR, vote), recused={person.id: "  "})


def test_x_may_only_speak_and_then_count_apart(app):
    vote = make_votes.nine_vote(x_votes=False)
    x = next(row for row in rows.roll(vote.id) if not row.fixed)
    with pytest.raises(Refusal, match="只发言"):
        make_votes.cast(vote, x)
    make_votes.all_cast(vote, ["for"] * 9)
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.for_, tally.counted.speaks_only) == (9, 1)
    assert vote.tally_nine is None


def test_whole_nine_and_x_are_counted_apart(app):
    vote = make_votes.nine_vote(x=("冯老六", "田七"))
    make_votes.all_cast(vote, ["for"] * 5 + ["against"] * 4 + ["for", "for"])
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.for_, tally.fixed.for_, tally.coopted.for_) == (7, 5, 2)
    assert (tally.due, tally.needs_for, tally.carried) == (11, 6, True)
    nine = Tally.from_dict(vote.tally_nine)
    assert (nine.due, nine.for_, nine.carried) == (9, 5, True)
    assert "应到11，实到11，赞成7；需超过5.5，即至少6" in spoken(Tally.from_dict(vote.tally))


def test_without_an_entered_rule_there_are_numbers_and_no_result(app):
    vote = make_votes.nine_vote(rule=False)
    make_votes.all_cast(vote, ["for"] * 10)
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.for_, tally.carried, vote.state) == (10, None, "counted")
    assert "不作结论" in spoken(tally)
    assert "通过" not in spoken(tally)


def test_too_few_by_the_entered_rule_ends_the_round(app):
    vote = make_votes.nine_vote(present=6)
    make_votes.all_cast(vote, ["for"] * 6)
    tally = votes.close_vote(OPERATOR, vote)
    assert (vote.state, tally.quorum_met, tally.carried) == ("no_quorum", False, None)
    with pytest.raises(Refusal, match="才能核对"):
        votes.confirm_vote(make.member(vote.office), vote)
    assert votes.next_round(OPERATOR, vote).round == 2


def test_rounds_follow_one_another_once(app):
    vote = make_votes.panel_vote()
    with pytest.raises(Refusal, match="还没有结束"):
        votes.next_round(OPERATOR, vote)
    votes.cancel_vote(OPERATOR, vote, "停电了")
    votes.next_round(OPERATOR, vote)
    with pytest.raises(Conflict, match="第 2 轮"):
        votes.next_round(OPERATOR, vote)


def test_cancelling_asks_why_and_keeps_the_ballots(app):
    vote = make_votes.all_cast(make_votes.panel_vote(), ["for", "against"])
    with pytest.raises(Refusal, match="理由"):
        votes.cancel_vote(OPERATOR, vote, " ")
    assert vote.state == "open"
    votes.cancel_vote(OPERATOR, vote, "题目念错了")
    assert (vote.state, vote.cancelled_reason, len(rows.ballots(vote.id)), vote.tally) == (
        "cancelled",
        "题目念错了",
        2,
        None,
    )


def test_hands_of_one_teller(app):
    vote = make_votes.panel_vote(kind="hands", rule=True)
    with pytest.raises(Refusal, match="还没有清点"):
        votes.close_vote(OPERATOR, vote)
    make_votes.seen(vote, 3, 1)
    make_votes.seen(vote, 4, 1)
    tally = votes.close_vote(OPERATOR, vote)
    assert (tally.for_, tally.against, tally.not_voted, tally.carried) == (4, 1, 0, True)
    assert tally.fixed is None


def test_two_tellers_count_again_until_they_agree(app):
    vote = make_votes.panel_vote(kind="hands", tellers=2)
    make_votes.seen(vote, 3, 1, teller="甲")
    with pytest.raises(Refusal, match="第二位"):
        votes.close_vote(OPERATOR, vote)
    with pytest.raises(Refusal, match="同一个人"):
        make_votes.seen(vote, 3, 1, teller="甲")
    make_votes.seen(vote, 2, 1, teller="乙")
    with pytest.raises(Refusal, match="人数不一致"):
        votes.close_vote(OPERATOR, vote)
    assert votes.differing(votes.hands(vote)) == ["赞成"]
    make_votes.seen(vote, 3, 1, teller="甲")
    make_votes.seen(vote, 3, 1, teller="乙")
    assert votes.close_vote(OPERATOR, vote).for_ == 3
    assert len(rows.hand_counts(vote.id)) == 4


def test_more_hands_than_people_are_refused_and_a_retry_is_one_count(app):
    vote = make_votes.panel_vote(kind="hands", present=4)
    with pytest.raises(Refusal, match="多于在场"):
        make_votes.seen(vote, 4, 1)
    assert rows.hand_counts(vote.id) == []
    first = make_votes.seen(vote, 3, key="the-tellers-own-key")
    assert make_votes.seen(vote, 3, key="the-tellers-own-key").id == first.id
    with pytest.raises(Conflict):
        make_votes.seen(vote, 2, key="the-tellers-own-key")
    with pytest.raises(Refusal, match="举手"):
        make_votes.cast(vote, rows.roll(vote.id)[0])
    assert len(rows.hand_counts(vote.id)) == 1


def test_the_clerk_records_a_page_of_called_names_at_once(app):
    vote = make_votes.panel_vote(actor=OPERATOR)
    clerk = make.member(vote.office, Role.CLERK)
    roll = rows.roll(vote.id)
    given = {roll[0].id: "for", roll[1].id: "against", roll[2].id: "abstain"}
    taken = votes.record_ballots(clerk, vote, given, "page-key-0000000001", "called")
    assert [one.ballot.origin for one in taken] == ["called"] * 3
    again = votes.record_ballots(clerk, vote, given, "page-key-0000000001", "called")
    assert all(one.again for one in again)
    more = {roll[0].id: "for", roll[3].id: "for"}
    with pytest.raises(Conflict, match=f"{roll[0].person.name} 已经投过票"):
        votes.record_ballots(clerk, vote, more, "page-key-0000000002", "paper")
    assert len(rows.ballots(vote.id)) == 3
    mixed = {roll[2].id: "abstain", roll[3].id: "for"}
    votes.record_ballots(clerk, vote, {**given, **mixed}, "page-key-0000000001", "called")
    assert len(rows.ballots(vote.id)) == 4
    assert len([a for a, _ in leaves(vote) if a == "record-ballot"]) == 4


def test_the_clerk_mends_one_vote_and_members_cannot_record(app):
    vote = make_votes.panel_vote()
    row, other = rows.roll(vote.id)[:2]
    clerk = make.member(vote.office, Role.CLERK)
    votes.record_ballot(clerk, vote, row, votes.Cast("for", make_votes.key()), "called")
    votes.record_ballot(clerk, vote, row, votes.Cast("against", make_votes.key(), 1), "called")
    assert rows.ballots_of(row.id)[-1].choice == "against"
    with pytest.raises(NotAllowed):
        votes.record_ballot(
            make.Member(row.person), vote, other, votes.Cast("for", make_votes.key()), "called"
        )
    with pytest.raises(Refusal, match="唱名"):
        votes.record_ballot(clerk, vote, other, votes.Cast("for", make_votes.key()), "page")


def test_a_second_person_confirms_or_the_signed_sheet(app):
    vote = make_votes.all_cast(make_votes.panel_vote(), ["for"] * 3)
    one, other = make.member(vote.office), make.member(vote.office)
    votes.close_vote(one, vote)
    with pytest.raises(Refusal, match="另一个人"):
        votes.confirm_vote(one, vote)
    votes.confirm_vote(other, vote)
    assert (vote.state, vote.confirmed_by) == ("confirmed", other.code)
    with pytest.raises(Refusal, match="不能取消"):
        votes.cancel_vote(one, vote, "想想又不对")
    alone = make_votes.panel_vote()
    me = make.member(alone.office)
    votes.close_vote(me, alone)
    votes.confirm_vote(me, alone, votes.Sheet(b"%PDF-1.7 signed", "计票单.pdf", "application/pdf"))
    assert (alone.state, alone.confirmed_by, alone.sheet.name) == ("confirmed", "", "计票单.pdf")


def test_a_count_that_does_not_fit_its_rows_is_not_confirmed(app):
    vote = make_votes.all_cast(make_votes.panel_vote(), ["for"] * 3)
    votes.close_vote(OPERATOR, vote)
    rows.ballots(vote.id)[0].choice = "against"
    db.session.commit()
    with pytest.raises(Refusal, match="对不上"):
        votes.confirm_vote(make.member(vote.office), vote)
    assert vote.state == "counted"


def test_a_roll_changed_behind_our_back_shows(app):
    vote = make_votes.panel_vote()
    row = rows.roll(vote.id)[0]
    row.category = "别的类别"
    db.session.commit()
    assert not votes.is_intact(vote)


@pytest.mark.parametrize(
    "more", [{"question": " "}, {"question": "长" * 501}, {"tellers": 3}, {"kind": "secret"}]
)
def test_a_motion_that_will_not_do(app, more):
    one, _panel, meeting = make_votes.panel_hall()
    about = make_votes.suggestion(one)
    with pytest.raises(Refusal):
        make_votes.on_suggestion(meeting, about, **more)
    assert rows.of_meeting(meeting.id) == []


def test_only_what_belongs_together_is_put_to_the_vote(app):
    one, _panel, meeting = make_votes.panel_hall()
    other, _p, _m = make_votes.panel_hall()
    with pytest.raises(Refusal, match="不是这次会议所议草案"):
        make_votes.on_suggestion(meeting, make_votes.suggestion(other))
    council, matter, sitting = make_votes.nine_hall()
    wrong = votes.Motion("同意吗？", "named", council, matter=matter)
    with pytest.raises(Refusal, match="不是这次会议的成员"):
        votes.call_vote(OPERATOR, meeting, wrong)
    meetings.end_meeting(OPERATOR, sitting)
    with pytest.raises(Refusal, match="会议已经结束"):
        make_votes.on_matter(sitting)


def test_a_vote_opens_only_in_a_sitting_with_somebody_there_and_while_it_is_deliberated(app):
    one, _panel, meeting = make_votes.panel_hall(present=1)
    vote = make_votes.on_suggestion(meeting, make_votes.suggestion(one))
    attendance.leave(OPERATOR, meeting, [1])
    with pytest.raises(Refusal, match="没有人可以投票"):
        votes.open_vote(OPERATOR, vote)
    meetings.end_meeting(OPERATOR, meeting)
    with pytest.raises(Refusal, match="不在进行中"):
        votes.open_vote(OPERATOR, vote)
    _council, matter, sitting = make_votes.nine_hall()
    later = make_votes.on_matter(sitting)
    matters.move(OPERATOR, matter, "consensus", {"opinion": "都同意"})
    with pytest.raises(Refusal, match="不在协商"):
        votes.open_vote(OPERATOR, later)
    assert (vote.state, later.state) == ("ready", "ready")


def test_a_village_affair_stands_in_the_office_s_log(app):
    vote = make_votes.nine_vote()
    assert vote.log_id == vote.office.log_id
    assert "open-vote" in [a for a, _ in leaves(vote)]


def test_every_act_leaves_its_line_and_a_refusal_leaves_none(app):
    vote = make_votes.panel_vote()
    row = rows.roll(vote.id)[0]
    make_votes.cast(vote, row)
    size = len(leaves(vote))
    with pytest.raises(Refusal):
        make_votes.cast(vote, row, "against")
    assert len(leaves(vote)) == size
    votes.close_vote(OPERATOR, vote)
    acts = [a for a, _ in leaves(vote)]
    assert {"call-vote", "open-vote", "cast-ballot", "close-vote"} <= set(acts)


def test_an_office_s_clerk_cannot_cancel_nor_confirm(app):
    vote = make_votes.panel_vote()
    clerk = make.member(vote.office, Role.CLERK)
    with pytest.raises(NotAllowed):
        votes.cancel_vote(clerk, vote, "我不喜欢")
    votes.close_vote(OPERATOR, vote)
    with pytest.raises(NotAllowed):
        votes.confirm_vote(clerk, vote)
    assert vote.state == "counted"
