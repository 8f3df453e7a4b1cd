"""A show of hands counted without a network becomes a vote once, under the checks of the hall, with the roll of its moment."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import NotAllowed, Refusal
from deliberation.domain.voting import Tally
from deliberation.services import attendance, meetings, syncing, vote_of_hands, votes
from deliberation.store import syncing as asked
from deliberation.store import votes as rows
from tests import make, make_hall, make_votes
from tests.services.test_syncing import entry

OPERATOR = make.OPERATOR


def counted(meeting, at=None, seq=1, **numbers):
    numbers = {"for": 7, "against": 2, "abstain": 1, "present": 10} | numbers
    one = entry(seq, "hands", at=at, question="是否同意在村东头建？", teller="李会计", **numbers)
    syncing.sync(OPERATOR, meeting, syncing.Batch("a" * 32, [one]))
    return asked.counts(meeting.id)[-1]


def motion(meeting, **more):
    return votes.Motion("是否同意在村东头建？", "hands", meeting.council, matter=meeting.matter, **more)


def test_the_count_becomes_a_counted_vote_once_and_waits_for_a_second_person(app):
    council, _matter, meeting = make_votes.nine_hall()
    count = counted(meeting)
    meetings.end_meeting(OPERATOR, meeting)
    vote = vote_of_hands.make_vote(OPERATOR, meeting, count, motion(meeting))
    tally = Tally.from_dict(vote.tally)
    assert (vote.state, vote.due, vote.present) == ("counted", 10, 10)
    assert (tally.for_, tally.against, tally.abstain, tally.carried) == (7, 2, 1, True)
    assert (vote.rule_name, vote.rule_clause) == (council.rule_name, "第八条")
    assert vote.opened_at == vote.closed_at == count.at
    assert votes.is_intact(vote)
    assert vote_of_hands.make_vote(OPERATOR, meeting, count, motion(meeting)).id == vote.id
    assert len(rows.of_meeting(meeting.id)) == 1
    with pytest.raises(Refusal, match="另一个人"):
        votes.confirm_vote(OPERATOR, vote)


def test_the_roll_is_of_the_moment_the_hands_were_up(app):
    _council, _matter, meeting = make_votes.nine_hall(present=8)
    at = make.now()
    count = counted(meeting, at, present=8, **{"for": 6, "against": 1, "abstain": 1})
    with make.later(minutes=5):
        attendance.arrive(OPERATOR, meeting, [9])
        attendance.leave(OPERATOR, meeting, [1])
        vote = vote_of_hands.make_vote(OPERATOR, meeting, count, motion(meeting))
    assert vote.present == 8
    here = {row.person.name for row in rows.roll(vote.id) if row.present}
    assert "委员1" in here
    assert "委员9" not in here


def test_more_hands_than_the_roll_has_voters_are_refused_and_nothing_is_left(app):
    _council, _matter, meeting = make_votes.nine_hall(present=9)
    count = counted(meeting, present=12, **{"for": 11, "against": 0, "abstain": 0})
    with pytest.raises(Refusal, match="多于在场可表决的 9 人"):
        vote_of_hands.make_vote(OPERATOR, meeting, count, motion(meeting))
    assert not rows.of_meeting(meeting.id)
    late = counted(meeting, seq=2, present=9, **{"for": 9, "against": 0, "abstain": 0})
    attendance.take_back(OPERATOR, meeting, 1)
    with pytest.raises(Refusal, match="多于在场可表决的 8 人"):
        vote_of_hands.make_vote(OPERATOR, meeting, late, motion(meeting))


def test_neither_after_the_minutes_are_signed_nor_by_somebody_else_nor_of_another_meeting(app):
    _council, _matter, meeting = make_votes.nine_hall()
    count = counted(meeting)
    with pytest.raises(NotAllowed):
        vote_of_hands.make_vote(make.member(make.office()), meeting, count, motion(meeting))
    other = make_hall.hall()
    with pytest.raises(Refusal, match="不是这次会议上的"):
        vote_of_hands.make_vote(OPERATOR, other, count, motion(meeting))
    meetings.end_meeting(OPERATOR, meeting)
    make_hall.final(meeting)
    with pytest.raises(Refusal, match="已经定稿"):
        vote_of_hands.make_vote(OPERATOR, meeting, count, motion(meeting))
    assert not rows.of_meeting(meeting.id)


def test_a_rule_adopted_after_the_hands_were_up_does_not_count_them(app):
    council, _matter, meeting = make_votes.nine_hall()
    count = counted(meeting, make.now())
    council.rule_date = make_hall.today() + timedelta(days=1)
    make_votes.db.session.commit()
    with pytest.raises(Refusal, match="以后才通过"):
        vote_of_hands.make_vote(OPERATOR, meeting, count, motion(meeting))
