"""Panels and 9+X councils: seats, who holds them, matters."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, false, func, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.db import Row, db
from deliberation.store.people import Office, Person

STILL = text("until IS NULL")


class Council(Row):
    """A standing body of an office: an expert panel, a 9+X council (with the rule entered for it), or an assembly.

    Which assembly it is stands in `AssemblyOf`; its numbers are the procedure's, as the office has them.
    """

    __table_args__ = (CheckConstraint("kind IN ('panel', 'council_9x', 'assembly')", name="kind"),)
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
    due_by: Mapped[str] = mapped_column(String(8), default="members")
    recusal_shrinks: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime]

    office: Mapped[Office] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="council", order_by="Seat.position")

    @property
    def log_id(self) -> int:
        return self.office.log_id

    @property
    def numbered(self) -> bool:
        """Whether its seats are fixed and may be vacant; of the others there are only those who sit."""
        return self.kind == "council_9x"

    @property
    def has_rule(self) -> bool:
        """Whether the office entered its own rule: without it there are numbers and no "passed"."""
        return bool(self.rule_name and self.rule_clause and self.rule_date and self.pass_rule)


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


class MatterStep(Row):
    """One step of a matter: the state it came to, and the facts that step needed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Seat(Row):
    """A seat: fixed in one of the nine (or a panel's) categories, or X, co-opted for one matter with reason and witnesses."""

    __table_args__ = (
        CheckConstraint(
            "matter_id IS NULL OR (reason <> '' AND nominated_by IS NOT NULL AND confirmed_by IS NOT NULL)",
            name="co_opted",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    nominated_by: Mapped[str | None] = mapped_column(Sealed("seat.nominated_by"))
    confirmed_by: Mapped[str | None] = mapped_column(Sealed("seat.confirmed_by"))
    interest: Mapped[str] = mapped_column(Text, default="")

    council: Mapped[Council] = relationship(back_populates="seats")
    matter: Mapped[Matter | None] = relationship()
    holdings: Mapped[list["Holding"]] = relationship(back_populates="seat", order_by="Holding.id")

    @property
    def fixed(self) -> bool:
        return self.matter_id is None

    @property
    def office_id(self) -> int:
        return self.council.office_id

    @property
    def log_id(self) -> int:
        return self.council.office.log_id


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
    ended_for: Mapped[str] = mapped_column(String(200), default="")

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


def holdings(council_id: int) -> Sequence[Holding]:
    """Everybody who ever sat, by seat and time, with persons."""
    return db.session.scalars(
        select(Holding)
        .join(Seat, Seat.id == Holding.seat_id)
        .where(Seat.council_id == council_id)
        .options(joinedload(Holding.person), joinedload(Holding.seat))
        .order_by(Seat.position, Seat.id, Holding.id)
    ).all()


def holding_now(seat_id: int) -> Holding | None:
    """Who holds a seat now."""
    return db.session.scalars(
        select(Holding).where(Holding.seat_id == seat_id, Holding.until.is_(None))
    ).one_or_none()


def coopted_seats(matter_id: int) -> Sequence[Seat]:
    """The X seats of a matter."""
    return db.session.scalars(select(Seat).where(Seat.matter_id == matter_id).order_by(Seat.id)).all()


def next_position(council_id: int) -> int:
    """The place of the next seat."""
    return (db.session.scalar(select(func.max(Seat.position)).where(Seat.council_id == council_id)) or 0) + 1


def steps(matter_id: int) -> Sequence[MatterStep]:
    """The steps of a matter, oldest first."""
    return db.session.scalars(
        select(MatterStep).where(MatterStep.matter_id == matter_id).order_by(MatterStep.id)
    ).all()


def about_consultation(consultation_id: int) -> Sequence[Matter]:
    """Matters about a consultation's draft."""
    return db.session.scalars(
        select(Matter).where(Matter.consultation_id == consultation_id).order_by(Matter.id)
    ).all()


def sits_elsewhere(person_id: int, office_id: int, but: int) -> bool:
    """Whether somebody holds a seat of this office beside those of one matter."""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(Holding)
            .join(Seat, Seat.id == Holding.seat_id)
            .join(Council, Council.id == Seat.council_id)
            .where(
                Holding.person_id == person_id,
                Holding.until.is_(None),
                Council.office_id == office_id,
                Seat.matter_id.is_(None) | (Seat.matter_id != but),
            )
        )
    )


def sat_for(person_id: int, matter_id: int) -> bool:
    """Whether somebody holds, or held, an X seat of a matter."""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(Holding)
            .join(Seat, Seat.id == Holding.seat_id)
            .where(Holding.person_id == person_id, Seat.matter_id == matter_id)
        )
    )
