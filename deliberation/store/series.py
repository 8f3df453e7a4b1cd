"""Meetings that come again: the first Friday, twice a year, the 1st and the 16th; and which of their days were used."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.councils import Council
from deliberation.store.db import Row, db
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office


class Series(Row):
    """A meeting that comes again: how often, at what hour, where, under which procedure."""

    __table_args__ = (CheckConstraint("title <> '' AND minutes > 0", name="whole"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    council_id: Mapped[int | None] = mapped_column(ForeignKey("council.id"))
    procedure: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    recurrence: Mapped[dict[str, Any]] = mapped_column(JSON)
    at_clock: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int]
    from_on: Mapped[date]
    until: Mapped[date | None]
    convenor: Mapped[str] = mapped_column(Sealed("series.convenor"))
    scribe: Mapped[str] = mapped_column(Sealed("series.scribe"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    office: Mapped[Office] = relationship()
    council: Mapped[Council | None] = relationship()
    dates: Mapped[list["SeriesDate"]] = relationship(back_populates="series", order_by="SeriesDate.day")

    @property
    def log_id(self) -> int:
        return self.office.log_id


class SeriesDate(Row):
    """A day of the series that was used: a meeting was made for it, or it was left out on purpose."""

    __table_args__ = (UniqueConstraint("series_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    day: Mapped[date]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))

    series: Mapped[Series] = relationship(back_populates="dates")
    meeting: Mapped[Meeting | None] = relationship()


def get(series_id: int) -> Series | None:
    """A series by id."""
    return db.session.get(Series, series_id)


def of_office(office_id: int) -> Sequence[Series]:
    """The series of an office, those that go on first."""
    return db.session.scalars(
        select(Series)
        .where(Series.office_id == office_id)
        .order_by(Series.ended_at.is_not(None), Series.id)
    ).all()  # fmt: skip
