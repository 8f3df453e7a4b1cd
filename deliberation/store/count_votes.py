"""Which vote a show of hands counted in the hall was made into."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.syncing import HallCount
from deliberation.store.votes import Vote


class CountVote(Row):
    """A count of hands and the vote made of it; one of one."""

    count_id: Mapped[int] = mapped_column(ForeignKey("hall_count.id"), primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), unique=True)

    vote: Mapped[Vote] = relationship()


def count(count_id: int) -> HallCount | None:
    """A count by number."""
    return db.session.get(HallCount, count_id)


def vote_of(count_id: int) -> Vote | None:
    """The vote made of a count, if any."""
    found = db.session.get(CountVote, count_id)
    return found.vote if found else None


def of_meeting(meeting_id: int) -> dict[int, int]:
    """For the counts of a meeting that became votes: the vote's number."""
    rows: Sequence[CountVote] = db.session.scalars(
        select(CountVote)
        .join(HallCount, HallCount.id == CountVote.count_id)
        .where(HallCount.meeting_id == meeting_id)
    ).all()
    return {row.count_id: row.vote_id for row in rows}


def source(vote_id: int) -> HallCount | None:
    """The count a vote was made of; None for a vote that was opened."""
    return db.session.scalars(
        select(HallCount)
        .join(CountVote, CountVote.count_id == HallCount.id)
        .where(CountVote.vote_id == vote_id)
    ).one_or_none()
