"""Corrections those recorded present propose to the minutes while they may be corrected, and what became of each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.db import Row, db
from deliberation.store.meetings import Meeting


class MinutesCorrection(Row):
    """One proposal: about which line of the speeches (None: the rest), what it should say. `outcome`: taken | partly | not."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        CheckConstraint("outcome IN ('', 'taken', 'partly', 'not')", name="outcome"),
        CheckConstraint("outcome = '' OR (settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("outcome NOT IN ('partly', 'not') OR answer <> ''", name="answer"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    revision: Mapped[int]
    line: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    said_by: Mapped[str] = mapped_column(Sealed("minutes_correction.said_by"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(8), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship()

    @property
    def office_id(self) -> int:
        return self.meeting.office_id

    @property
    def log_id(self) -> int:
        return self.meeting.log_id


def get(correction_id: int) -> MinutesCorrection | None:
    """A proposal by id."""
    return db.session.get(MinutesCorrection, correction_id)


def of_meeting(meeting_id: int) -> Sequence[MinutesCorrection]:
    """The proposals about a meeting's minutes in order."""
    return db.session.scalars(
        select(MinutesCorrection)
        .where(MinutesCorrection.meeting_id == meeting_id)
        .order_by(MinutesCorrection.id)
    ).all()


def by_key(meeting_id: int, key: str) -> MinutesCorrection | None:
    """The proposal made under a client's key."""
    return db.session.scalars(
        select(MinutesCorrection).where(
            MinutesCorrection.meeting_id == meeting_id, MinutesCorrection.key == key
        )
    ).one_or_none()
