"""Panels and 9+X councils: seats, who holds them, matters."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.people import Office, Person

STILL = text("until IS NULL")


class Council(Row):
    """A standing body of an office: an expert panel or a 9+X council, with the rule the office entered, if any."""

    __table_args__ = (CheckConstraint("kind IN ('panel', 'council_9x')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    term: Mapped[str] = mapped_column(String(60), default="")
    rule_name: Mapped[str] = mapped_column(String(200), default="")
    rule_date: Mapped[date | None]
    rule_clause: Mapped[str] = mapped_column(String(80), default="")
    quorum: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    pass_rule: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    made_at: Mapped[datetime]

    office: Mapped[Office] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="council", order_by="Seat.position")

    @property
    def log_id(self) -> int:
        return self.office.log_id


class Matter(Row):
    """What a council deliberates: a village affair, or articles of a draft. X seats live and end with it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    title: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    party_studied_on: Mapped[date | None]
    party_record: Mapped[str] = mapped_column(String(120), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    council: Mapped[Council] = relationship()

    @property
    def office_id(self) -> int:
        return self.council.office_id

    @property
    def log_id(self) -> int:
        return self.council.office.log_id


class Seat(Row):
    """A seat: fixed in one of the nine (or a panel's) categories, or X, co-opted for one matter with reason and witnesses."""

    __table_args__ = (
        CheckConstraint(
            "matter_id IS NULL OR (reason <> '' AND nominated_by <> '' AND confirmed_by <> '')",
            name="co_opted",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    nominated_by: Mapped[str] = mapped_column(String(120), default="")
    confirmed_by: Mapped[str] = mapped_column(String(120), default="")
    interest: Mapped[str] = mapped_column(Text, default="")

    council: Mapped[Council] = relationship(back_populates="seats")
    matter: Mapped[Matter | None] = relationship()
    holdings: Mapped[list["Holding"]] = relationship(back_populates="seat", order_by="Holding.id")

    @property
    def fixed(self) -> bool:
        return self.matter_id is None


class Holding(Row):
    """Who holds a seat, from and until when; history stays."""

    __table_args__ = (
        Index("uq_holding_now", "seat_id", unique=True, sqlite_where=STILL, postgresql_where=STILL),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date | None]

    seat: Mapped[Seat] = relationship(back_populates="holdings")
    person: Mapped[Person] = relationship()


def get(council_id: int) -> Council | None:
    """A council by id."""
    return db.session.get(Council, council_id)


def matter(matter_id: int) -> Matter | None:
    """A matter by id."""
    return db.session.get(Matter, matter_id)


def seat(seat_id: int) -> Seat | None:
    """A seat by id."""
    return db.session.get(Seat, seat_id)


def of_office(office_id: int) -> Sequence[Council]:
    """The bodies of an office."""
    return db.session.scalars(
        select(Council).where(Council.office_id == office_id).order_by(Council.id)
    ).all()


def matters(council_id: int) -> Sequence[Matter]:
    """The matters of a council, newest first."""
    return db.session.scalars(
        select(Matter).where(Matter.council_id == council_id).order_by(Matter.id.desc())
    ).all()


def holders(council_id: int, matter_id: int | None = None) -> Sequence[Holding]:
    """Who sits now: fixed seats, and the X of one matter while it lasts."""
    asked = (
        select(Holding)
        .join(Seat, Seat.id == Holding.seat_id)
        .outerjoin(Matter, Matter.id == Seat.matter_id)
        .where(Seat.council_id == council_id, Holding.until.is_(None))
        .where(Seat.matter_id.is_(None) | ((Seat.matter_id == matter_id) & Matter.ended_at.is_(None)))
        .options(joinedload(Holding.person), joinedload(Holding.seat))
        .order_by(Seat.position, Seat.id)
    )
    return db.session.scalars(asked).all()


def seats(council_id: int) -> Sequence[Seat]:
    """All seats of a council in order, those of ended matters too."""
    return db.session.scalars(
        select(Seat).where(Seat.council_id == council_id).order_by(Seat.position, Seat.id)
    ).all()
