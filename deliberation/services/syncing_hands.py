"""A show of hands counted in the hall comes home: into the open vote it was made for, else kept beside the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.hall_entries import Entry
from deliberation.domain.voting import Totals
from deliberation.services import vote_counts
from deliberation.services.actors import who
from deliberation.services.acts import Record
from deliberation.store import syncing as asked
from deliberation.store import votes
from deliberation.store.db import db
from deliberation.store.meetings import AgendaItem, Attendance, Line, Meeting
from deliberation.store.syncing import HallCount
from deliberation.store.votes import HandCount

LATER_COUNT = _("后来又清点过，以后来的为准。")
ON_ITS_OWN = _("举手的人数记下了，但没有记到“%(question)s”的表决里：%(why)s")


@dataclass(frozen=True)
class Applied:
    """What was done of an entry; `why` says what a person should know of it."""

    state: str = "done"
    why: Said | None = None
    line: Line | None = None
    attendance: Attendance | None = None
    item: AgendaItem | None = None


def hands(record: Record, meeting: Meeting, entry: Entry, item_id: int | None) -> Applied:
    """A count of hands: into the open vote it was made for, else kept on its own beside the meeting."""
    totals = Totals(*(entry.number(name) or 0 for name in ("for", "against", "abstain")))
    present, question = entry.number("present") or 0, entry.text("question").strip()[:500]
    if min(totals.for_, totals.against, totals.abstain) < 0 or totals.cast > present:
        raise Refusal(
            _("举手共 %(cast)s，多于在场可表决的 %(voters)s 人，请重新清点。"),
            cast=totals.cast,
            voters=present,
        )
    why = _into_vote(record, meeting, entry, totals)
    if why is None:
        return Applied()
    db.session.add(
        HallCount(
            meeting_id=meeting.id,
            key=entry.key,
            question=question or "—",
            item_id=item_id,
            teller=entry.text("teller").strip()[:60],
            present=present,
            for_=totals.for_,
            against=totals.against,
            abstain=totals.abstain,
            at=entry.at,
            by_id=who(record.actor),
        )  # fmt: skip
    )
    return Applied("noted", why) if entry.number("vote") else Applied()


def _into_vote(record: Record, meeting: Meeting, entry: Entry, totals: Totals) -> Said | None:
    """Count it in the vote it names; else why it stands on its own."""
    vote = votes.get(entry.number("vote") or 0)
    if vote is None or vote.meeting_id != meeting.id:
        return Said(_("不属于本次会议的表决。"))
    counted = votes.hand_counts(vote.id)
    if any(one.key == entry.key for one in counted):
        return None
    try:
        if vote.tellers == 1 and any(when > entry.at for when in _times(meeting, counted)):
            raise Refusal(LATER_COUNT)
        vote_counts._seen(record, vote, entry.text("teller").strip()[:60] or "—", totals, entry.key)
    except Refusal as refused:
        return Said(ON_ITS_OWN, question=vote.question, why=refused.said)
    return None


def _times(meeting: Meeting, counted: Sequence[HandCount]) -> list[datetime]:
    """When each was counted: what came from the hall, when it was written there."""
    there = asked.known(meeting.id, [one.key for one in counted])
    return [there[one.key].at if one.key in there else one.at for one in counted]
