"""What an office set for a procedure: lit or not, its days, its own rules; letters that commission a hearing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile

STILL = text("ended_at IS NULL")


class ProcedureSetting(Row):
    """An office's own days for a procedure, and whether it uses it at all (None: as shipped)."""

    __table_args__ = (UniqueConstraint("office_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    key: Mapped[str] = mapped_column(String(40))
    lit: Mapped[bool | None]
    deadlines: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    sheets: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    review_at: Mapped[int | None]
    basis_name: Mapped[str] = mapped_column(String(200), default="")
    basis_date: Mapped[date | None]
    basis_clause: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime]


class ProcedureRule(Row):
    """An office's own rule for one way of counting; a newer one ends the one before, which stays."""

    __table_args__ = (
        CheckConstraint("name <> '' AND clause <> ''", name="named"),
        Index(
            "uq_procedure_rule_now", "office_id", "key", "way", unique=True, sqlite_where=STILL,
            postgresql_where=STILL,
        ),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    way: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    dated: Mapped[date]
    clause: Mapped[str] = mapped_column(String(80))
    quorum: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    carry: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CommissionLetter(Row):
    """The commission's letter on which an office may help to hold a hearing or an argumentation meeting."""

    __table_args__ = (CheckConstraint("sender <> '' AND number <> ''", name="named"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    procedure: Mapped[str] = mapped_column(String(40))
    sender: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(80))
    dated: Mapped[date]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship()


class MeetingTerms(Row):
    """What a meeting's procedure asked for beyond the notice: the letter, and why a deadline could not be kept."""

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, autoincrement=False)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("commission_letter.id"))
    late_reason: Mapped[str] = mapped_column(Text, default="")

    letter: Mapped[CommissionLetter | None] = relationship()


def settings(office_id: int) -> dict[str, ProcedureSetting]:
    """An office's settings by the procedure's key: one statement."""
    found = db.session.scalars(select(ProcedureSetting).where(ProcedureSetting.office_id == office_id))
    return {one.key: one for one in found}


def rules(office_id: int) -> Sequence[ProcedureRule]:
    """The office's own rules in force."""
    return db.session.scalars(
        select(ProcedureRule)
        .where(ProcedureRule.office_id == office_id, ProcedureRule.ended_at.is_(None))
        .order_by(ProcedureRule.id)
    ).all()


def all_rules(office_id: int, key: str) -> Sequence[ProcedureRule]:
    """Every rule the office ever entered for a procedure, the newest first."""
    return db.session.scalars(
        select(ProcedureRule)
        .where(ProcedureRule.office_id == office_id, ProcedureRule.key == key)
        .order_by(ProcedureRule.id.desc())
    ).all()


def letters(consultation_id: int) -> Sequence[CommissionLetter]:
    """The commissioning letters kept for a consultation."""
    return db.session.scalars(
        select(CommissionLetter)
        .where(CommissionLetter.consultation_id == consultation_id)
        .order_by(CommissionLetter.id)
    ).all()


def terms(meeting_id: int) -> MeetingTerms | None:
    """What a meeting's procedure asked for beyond the notice."""
    return db.session.get(MeetingTerms, meeting_id)
