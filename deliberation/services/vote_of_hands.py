"""A show of hands counted in the hall without a vote called for it becomes one: called, opened and counted in one act.

The roll is that of the instant of the count: who had come by then and not left. The same checks hold as in the hall.
"""

from dataclasses import replace
from datetime import datetime

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.hand_counts import check_hands
from deliberation.domain.voting import Totals
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.attendance import not_signed
from deliberation.services.vote_calling import Motion, called, checked, fits
from deliberation.services.vote_counts import settle_count, voters
from deliberation.services.vote_rolls import freeze, is_here, planned
from deliberation.services.vote_rules import check_matter, under
from deliberation.store import count_votes, meetings
from deliberation.store.count_votes import CountVote
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.syncing import HallCount
from deliberation.store.votes import HandCount, Vote


def make_vote(actor: Actor, meeting: Meeting, count: HallCount, motion: Motion) -> Vote:
    """The vote a count becomes; asked again, the vote it has become. It waits for its second person like any other."""
    motion = replace(motion, kind="hands", tellers=1)
    checked(motion)
    with act(actor, Act.VOTE_OF_HANDS, on=meeting) as record:
        before = count_votes.vote_of(count.id)
        if before is not None:
            record.nothing()
            return before
        if meeting.state == "planned" or count.meeting_id != meeting.id:
            raise Refusal(_("这次举手不是这次会议上的，请回到会议页重新打开。"))
        not_signed(meeting)
        fits(meeting, motion)
        vote = called(record, meeting, motion)
        check_matter(vote)
        _opened(vote, instant(meeting, count))
        _raised(record, vote, count)
        settle_count(record, vote, instant(meeting, count))
        db.session.add(CountVote(count_id=count.id, vote_id=vote.id))
        record.note(count=count.key, counted_at=count.at.isoformat(), digest=vote.roll_digest)
    return vote


def instant(meeting: Meeting, count: HallCount) -> datetime:
    """When the hands were up: never after the meeting's end."""
    return min(count.at, meeting.ended_at) if meeting.ended_at else count.at


def present_at(meeting: Meeting, count: HallCount) -> int:
    """How many by the sign-in sheet were there when the hands were up, members or not."""
    at = instant(meeting, count)
    return sum(is_here(one, at) for one in meetings.attendance(meeting.id))


def _opened(vote: Vote, at: datetime) -> None:
    day, rule = local(at).date(), under(vote)
    if rule.dated is not None and rule.dated > day:
        raise Refusal(_("现在的议事规则是那次举手以后才通过的，不能拿来算那次的票。请在下一次会议上表决。"))
    plan = planned(vote, day, at=at)
    if not plan.voters:
        raise Refusal(_("签到表上那时候没有可以投票的人。请先补齐签到，再办。"))
    freeze(vote, plan, {}, at)
    db.session.flush()


def _raised(record: Record, vote: Vote, count: HallCount) -> None:
    here = voters(vote)
    check_hands(Totals(count.for_, count.against, count.abstain), here)
    db.session.add(HandCount(
        vote_id=vote.id, key=count.key, teller=count.teller or "—", present=here, for_=count.for_, against=count.against,
        abstain=count.abstain, at=record.at, by_id=who(record.actor),
    ))  # fmt: skip
    db.session.flush()
