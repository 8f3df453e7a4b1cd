"""Meetings: agenda, attendance, lines as typed in the hall, minutes."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council, Matter
from deliberation.store.db import Row, db
from deliberation.store.people import Office, Person


class SealedFacts(Sealed):
    """A table of facts that holds names: a dictionary in Python, sealed in the database."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:
        plain = None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
        return super().process_bind_param(plain, dialect)

    def process_result_value(self, value: bytes | None, dialect: Any) -> Any:
        plain = super().process_result_value(value, dialect)
        return None if plain is None else json.loads(plain)


class Meeting(Row):
    """One sitting, planned, open or ended."""

    __table_args__ = (CheckConstraint("state IN ('planned', 'open', 'ended')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    council_id: Mapped[int | None] = mapped_column(ForeignKey("council.id"))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    procedure: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    planned_end: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    convenor: Mapped[str] = mapped_column(Sealed("meeting.convenor"))
    scribe: Mapped[str] = mapped_column(Sealed("meeting.scribe"))
    state: Mapped[str] = mapped_column(String(10), default="planned")
    panel_shares: Mapped[bool] = mapped_column(default=False)
    line_serial: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]

    office: Mapped[Office] = relationship()
    consultation: Mapped[Consultation | None] = relationship()
    council: Mapped[Council | None] = relationship()
    matter: Mapped[Matter | None] = relationship()
    agenda: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.position"
    )

    @property
    def log_id(self) -> int:
        return self.consultation.log_id if self.consultation else self.office.log_id


class AgendaItem(Row):
    """One point of the agenda: an article (by eid and uid) or a matter."""

    __table_args__ = (UniqueConstraint("meeting_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    eid: Mapped[str] = mapped_column(String(120), default="")
    uid: Mapped[str] = mapped_column(String(32), default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="agenda")


class Attendance(Row):
    """One person's line on the sign-in sheet: due or not, reply, arrival, departure; `position` is the clerk's speaker key."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"), UniqueConstraint("meeting_id", "position"))
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    position: Mapped[int]
    category: Mapped[str] = mapped_column(String(40), default="")
    fixed: Mapped[bool] = mapped_column(default=True)
    due: Mapped[bool] = mapped_column(default=True)
    reply: Mapped[str] = mapped_column(String(12), default="")
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()


class Line(Row):
    """A line as typed in the hall: mendable until checked, then perhaps a remark."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        CheckConstraint("state IN ('draft', 'checked', 'struck')", name="state"),
        CheckConstraint(
            "state <> 'checked' OR (checked_with <> '' AND checked_at IS NOT NULL)", name="checked"
        ),
        CheckConstraint("remark_id IS NULL OR state = 'checked'", name="remark"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    attendance_id: Mapped[int | None] = mapped_column(ForeignKey("attendance.id"))
    speaker: Mapped[str] = mapped_column(Sealed("line.speaker"))
    text: Mapped[str] = mapped_column(Text)
    attitude: Mapped[str] = mapped_column(String(10), default="")
    as_remark: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime]
    typed_at: Mapped[datetime]
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    revision: Mapped[int] = mapped_column(default=1)
    checked_with: Mapped[str] = mapped_column(String(10), default="")
    checked_at: Mapped[datetime | None]
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))

    meeting: Mapped[Meeting] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    attendance: Mapped[Attendance | None] = relationship()

    @property
    def office_id(self) -> int:
        return self.meeting.office_id

    @property
    def log_id(self) -> int:
        return self.meeting.log_id

    @property
    def late(self) -> bool:
        """Typed in after the meeting had ended: never refused, but marked."""
        return self.meeting.ended_at is not None and self.typed_at > self.meeting.ended_at


class LineChange(Row):
    """What a line said before it was mended, moved or struck."""

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    speaker: Mapped[str] = mapped_column(Sealed("line.speaker"))
    item_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Minutes(Row):
    """A revision of a meeting's minutes; the last one stands, all stay."""

    __table_args__ = (
        UniqueConstraint("meeting_id", "revision"),
        CheckConstraint("state IN ('draft', 'convenor', 'correction', 'final')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    revision: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    body: Mapped[dict[str, Any]] = mapped_column(SealedFacts("minutes.body"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def get(meeting_id: int) -> Meeting | None:
    """A meeting by id."""
    return db.session.get(Meeting, meeting_id)


def line(line_id: int) -> Line | None:
    """A line by id."""
    return db.session.get(Line, line_id)


def of_consultation(consultation_id: int) -> Sequence[Meeting]:
    """The meetings of a consultation by time."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.consultation_id == consultation_id)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def of_office(office_id: int) -> Sequence[Meeting]:
    """All meetings of an office, newest first."""
    return db.session.scalars(
        select(Meeting).where(Meeting.office_id == office_id).order_by(Meeting.starts_at.desc(), Meeting.id)
    ).all()


def attendance(meeting_id: int) -> Sequence[Attendance]:
    """The sign-in sheet in order, with persons."""
    return db.session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Attendance.position)
        .options(joinedload(Attendance.person))
    ).all()


def is_attending(meeting_id: int, person_id: int) -> bool:
    """Whether a person stands on the sign-in sheet."""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(Attendance)
            .where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
        )
    )


def lines(meeting_id: int, item_id: int | None = None) -> Sequence[Line]:
    """The lines of a meeting in order, perhaps of one point only; struck ones are there too."""
    asked = select(Line).where(Line.meeting_id == meeting_id)
    if item_id is not None:
        asked = asked.where(Line.item_id == item_id)
    return db.session.scalars(
        asked.order_by(Line.position).options(joinedload(Line.item), joinedload(Line.attendance))
    ).all()


def line_by_key(meeting_id: int, key: str) -> Line | None:
    """The line typed under a client's key."""
    return db.session.scalars(
        select(Line).where(Line.meeting_id == meeting_id, Line.key == key)
    ).one_or_none()


def latest_minutes(meeting_id: int) -> Minutes | None:
    """The minutes as they stand."""
    return db.session.scalars(
        select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.revision.desc()).limit(1)
    ).one_or_none()


def minutes(meeting_id: int) -> Sequence[Minutes]:
    """Every revision of a meeting's minutes, oldest first."""
    return db.session.scalars(
        select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.revision)
    ).all()


def of_council(council_id: int) -> Sequence[Meeting]:
    """The meetings of a council, newest first."""
    return db.session.scalars(
        select(Meeting).where(Meeting.council_id == council_id).order_by(Meeting.starts_at.desc(), Meeting.id)
    ).all()


def heads(meeting_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each meeting 应到 and 实到."""
    rows = db.session.execute(
        select(Attendance.meeting_id, func.count(), func.count(Attendance.arrived_at))
        .where(Attendance.meeting_id.in_(meeting_ids), Attendance.due)
        .group_by(Attendance.meeting_id)
    )
    return {meeting: (due, came) for meeting, due, came in rows}


def attended(meeting_id: int, person_id: int) -> Attendance | None:
    """A person's line on the sign-in sheet."""
    return db.session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
    ).one_or_none()
