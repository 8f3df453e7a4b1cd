"""Days an office, or one above it, has entered over the seeded calendar: off or worked, and the years that are whole."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db


class CalendarDay(Row):
    """One day as an office entered it: worked, or off."""

    __table_args__ = (UniqueConstraint("office_id", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    day: Mapped[date]
    works: Mapped[bool]
    name: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime]


class CalendarYear(Row):
    """A year of which an office says that all its days off have been entered."""

    __table_args__ = (UniqueConstraint("office_id", "year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    year: Mapped[int]
    at: Mapped[datetime]


def days(office_ids: Sequence[int]) -> Sequence[CalendarDay]:
    """The days these offices entered, by date."""
    return db.session.scalars(
        select(CalendarDay)
        .where(CalendarDay.office_id.in_(office_ids))
        .order_by(CalendarDay.day, CalendarDay.id)
    ).all()


def years(office_ids: Sequence[int]) -> Sequence[CalendarYear]:
    """The years these offices say are whole."""
    return db.session.scalars(
        select(CalendarYear).where(CalendarYear.office_id.in_(office_ids)).order_by(CalendarYear.year)
    ).all()
