"""What comes back from the hall: each thing written there once by its key, which device wrote it and as its how-manieth."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.meetings import Attendance, Line, Meeting, SealedFacts
from deliberation.store.people import Person


class HallDevice(Row):
    """A browser or file that writes in a meeting, and how far what it wrote has come in."""

    __table_args__ = (UniqueConstraint("meeting_id", "device"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    device: Mapped[str] = mapped_column(String(32))
    last_seq: Mapped[int] = mapped_column(default=0)


class HallEntry(Row):
    """One thing written in the hall, as it came. `state` done: it stands; noted: it stands beside another fact; late: it came
    after the end and waits to be looked through; conflict: it could not be put where it belongs and waits for a person."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        CheckConstraint("state IN ('done', 'noted', 'late', 'conflict', 'settled')", name="state"),
        CheckConstraint("source IN ('page', 'file', 'table')", name="source"),
        CheckConstraint("state <> 'settled' OR settled_at IS NOT NULL", name="settled"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    device: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]] = mapped_column(SealedFacts("hall_entry.facts"))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(10), default="done")
    line_id: Mapped[int | None] = mapped_column(ForeignKey("line.id"))
    attendance_id: Mapped[int | None] = mapped_column(ForeignKey("attendance.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship()
    line: Mapped[Line | None] = relationship()
    attendance: Mapped[Attendance | None] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])

    @property
    def office_id(self) -> int:
        return self.meeting.office_id

    @property
    def log_id(self) -> int:
        return self.meeting.log_id


class HallCount(Row):
    """A show of hands counted in the hall that belongs to no vote called here."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        CheckConstraint("for_ + against + abstain <= present", name="sum"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(Text)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    teller: Mapped[str] = mapped_column(String(60), default="")
    present: Mapped[int]
    for_: Mapped[int]
    against: Mapped[int]
    abstain: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class HallNow(Row):
    """Which point of the agenda the hall is at."""

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    at: Mapped[datetime]


def device(meeting_id: int, name: str) -> HallDevice:
    """The device's row, made where it is not there yet."""
    found = db.session.scalars(
        select(HallDevice).where(HallDevice.meeting_id == meeting_id, HallDevice.device == name)
    ).one_or_none()
    if found is None:
        found = HallDevice(meeting_id=meeting_id, device=name, last_seq=0)
        db.session.add(found)
        db.session.flush()
    return found


def known(meeting_id: int, keys: Iterable[str]) -> dict[str, HallEntry]:
    """Those of the keys that came in before."""
    rows = db.session.scalars(
        select(HallEntry).where(HallEntry.meeting_id == meeting_id, HallEntry.key.in_(list(keys)))
    )
    return {row.key: row for row in rows}


def elsewhere(meeting_id: int, keys: Iterable[str]) -> Meeting | None:
    """Another meeting into which one of these keys was brought. Keys nobody can have made twice."""
    return db.session.scalars(
        select(Meeting)
        .join(HallEntry, HallEntry.meeting_id == Meeting.id)
        .where(HallEntry.meeting_id != meeting_id, HallEntry.key.in_(list(keys)))
        .limit(1)
    ).one_or_none()


def whole_elsewhere(meeting: Meeting, keys: Collection[str]) -> Meeting | None:
    """Another meeting of the office into which all of these keys were brought."""
    counted = (
        select(HallEntry.meeting_id)
        .where(HallEntry.meeting_id != meeting.id, HallEntry.key.in_(keys))
        .group_by(HallEntry.meeting_id)
        .having(func.count() == len(keys))
    )
    asked = select(Meeting).where(Meeting.office_id == meeting.office_id, Meeting.id.in_(counted)).limit(1)
    return db.session.scalars(asked).one_or_none()


def get(entry_id: int) -> HallEntry | None:
    """An entry by id."""
    return db.session.get(HallEntry, entry_id)


def open_questions(meeting_id: int) -> Sequence[HallEntry]:
    """What waits for a person: conflicts, facts noted twice, what came after the end."""
    return db.session.scalars(
        select(HallEntry)
        .where(HallEntry.meeting_id == meeting_id, HallEntry.state.in_(("conflict", "noted", "late")))
        .order_by(HallEntry.id)
        .options(joinedload(HallEntry.line), joinedload(HallEntry.attendance), joinedload(HallEntry.by))
    ).all()


def settled(meeting_id: int) -> Sequence[HallEntry]:
    """What a person decided, newest first."""
    return db.session.scalars(
        select(HallEntry)
        .where(HallEntry.meeting_id == meeting_id, HallEntry.state == "settled")
        .order_by(HallEntry.settled_at.desc(), HallEntry.id)
        .options(joinedload(HallEntry.line), joinedload(HallEntry.by))
    ).all()


def waiting_departures(attendance_id: int) -> Sequence[HallEntry]:
    """Departures that came before the arrival they belong to."""
    return db.session.scalars(
        select(HallEntry).where(
            HallEntry.attendance_id == attendance_id, HallEntry.kind == "leave", HallEntry.state == "conflict"
        )
    ).all()


def came_late(meeting_id: int) -> set[int]:
    """The lines that were written without a network and came in afterwards."""
    rows = db.session.scalars(
        select(HallEntry).where(HallEntry.meeting_id == meeting_id, HallEntry.line_id.is_not(None))
    )
    return {row.line_id for row in rows if row.line_id and (row.received_at - row.at).total_seconds() > 120}


def entry_count(meeting_id: int) -> int:
    """How many things were written in a meeting."""
    return db.session.scalar(select(func.count()).where(HallEntry.meeting_id == meeting_id)) or 0


def counts(meeting_id: int) -> Sequence[HallCount]:
    """The shows of hands of a meeting that belong to no vote, in order."""
    return db.session.scalars(
        select(HallCount).where(HallCount.meeting_id == meeting_id).order_by(HallCount.id)
    ).all()


def now_at(meeting_id: int) -> HallNow | None:
    """Where the hall is."""
    return db.session.get(HallNow, meeting_id)
