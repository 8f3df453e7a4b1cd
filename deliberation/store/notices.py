"""The public board: 公示, 公开 and 公告 as they hang, with their words frozen; objections to them and the answers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.councils import Matter
from deliberation.store.db import Row, db
from deliberation.store.people import Office
from deliberation.store.votes import Vote


class BoardSheet(Row):
    """One sheet on an office's board. What it says never changes; taken down it stays, with the reason, at its address.

    `until` is the last day it hangs at least; `body` its paragraphs; `facts` labelled lines [[label, text]…].
    """

    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        CheckConstraint("kind IN ('notice', 'disclosure', 'announcement')", name="kind"),
        CheckConstraint("until >= since", name="days"),
        CheckConstraint("down_at IS NULL OR down_reason <> ''", name="down"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(14))
    about: Mapped[str] = mapped_column(String(24), default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), index=True)
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("vote.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[list[str]] = mapped_column(JSON)
    facts: Mapped[list[list[str]]] = mapped_column(JSON)
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    signed: Mapped[str] = mapped_column(String(160), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    until: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    down_at: Mapped[datetime | None]
    down_reason: Mapped[str] = mapped_column(Text, default="")

    office: Mapped[Office] = relationship()
    matter: Mapped[Matter | None] = relationship()
    vote: Mapped[Vote | None] = relationship()

    @property
    def log_id(self) -> int:
        return self.office.log_id

    @property
    def days(self) -> int:
        """How many days it hangs, both ends counted."""
        return (self.until - self.since).days + 1


class Objection(Row):
    """An objection raised while a matter is posted, as it was said, and what it was answered."""

    __table_args__ = (
        UniqueConstraint("matter_id", "number"),
        UniqueConstraint("matter_id", "key"),
        CheckConstraint("answered_at IS NULL OR (answer <> '' AND answered_on IS NOT NULL)", name="answered"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(12))
    said_by: Mapped[str | None] = mapped_column(Sealed("objection.said_by"))
    contact: Mapped[str | None] = mapped_column(Sealed("objection.contact"))
    said_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    matter: Mapped[Matter] = relationship()

    @property
    def office_id(self) -> int:
        return self.matter.office_id

    @property
    def log_id(self) -> int:
        return self.matter.log_id


def get(sheet_id: int) -> BoardSheet | None:
    """A sheet by id, with its office."""
    return db.session.scalars(
        select(BoardSheet)
        .where(BoardSheet.id == sheet_id)
        .options(joinedload(BoardSheet.office).joinedload(Office.parent))
    ).one_or_none()


def next_number(office_id: int) -> int:
    """The number of an office's next sheet."""
    asked = select(func.max(BoardSheet.number)).where(BoardSheet.office_id == office_id)
    return (db.session.scalar(asked) or 0) + 1


def hanging(day: date, office_id: int | None = None) -> Sequence[BoardSheet]:
    """The sheets that hang on a day, newest first; of one office or of all."""
    asked = select(BoardSheet).where(
        BoardSheet.down_at.is_(None), BoardSheet.since <= day, BoardSheet.until >= day
    )
    if office_id is not None:
        asked = asked.where(BoardSheet.office_id == office_id)
    return db.session.scalars(
        asked.options(joinedload(BoardSheet.office)).order_by(BoardSheet.since.desc(), BoardSheet.id.desc())
    ).all()


def of_office(office_id: int) -> Sequence[BoardSheet]:
    """Everything that ever hung on an office's board, newest first."""
    return db.session.scalars(
        select(BoardSheet)
        .where(BoardSheet.office_id == office_id)
        .order_by(BoardSheet.since.desc(), BoardSheet.id.desc())
    ).all()


def of_matter(matter_id: int) -> Sequence[BoardSheet]:
    """The sheets about a matter in order."""
    return db.session.scalars(
        select(BoardSheet).where(BoardSheet.matter_id == matter_id).order_by(BoardSheet.id)
    ).all()


def of_vote(vote_id: int) -> Sequence[BoardSheet]:
    """The sheets about a vote in order."""
    return db.session.scalars(
        select(BoardSheet).where(BoardSheet.vote_id == vote_id).order_by(BoardSheet.id)
    ).all()


def boards() -> Sequence[tuple[Office, int]]:
    """The offices that have a board, and how many sheets ever hung there."""
    rows = db.session.execute(
        select(Office, func.count())
        .join(BoardSheet, BoardSheet.office_id == Office.id)
        .group_by(Office.id)
        .order_by(Office.id)
    )
    return [(office, number) for office, number in rows]


def objection(objection_id: int) -> Objection | None:
    """An objection by id."""
    return db.session.get(Objection, objection_id)


def objections(matter_id: int) -> Sequence[Objection]:
    """The objections to a matter in order."""
    return db.session.scalars(
        select(Objection).where(Objection.matter_id == matter_id).order_by(Objection.number)
    ).all()
