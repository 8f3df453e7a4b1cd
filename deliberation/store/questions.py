"""Focus questions of a consultation (重点征询问题) and which remark answers which; a question asked once is never reworded."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ForeignKey, Index, Select, String, Text, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from deliberation.store.consultations import Consultation
from deliberation.store.db import Row, db
from deliberation.store.remarks import Remark


class Question(Row):
    """One question, perhaps about a place of the draft; taken off the list it keeps its answers."""

    __table_args__ = (
        UniqueConstraint("consultation_id", "key"),
        Index("ix_question_order", "consultation_id", "position"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    eid: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship()

    @property
    def office_id(self) -> int:
        return self.consultation.office_id

    @property
    def log_id(self) -> int:
        return self.consultation.log_id


class Answered(Row):
    """A remark that answers a question."""

    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)

    remark: Mapped[Remark] = relationship()


def get(question_id: int) -> Question | None:
    """A question by id."""
    return db.session.get(Question, question_id)


def by_key(consultation_id: int, key: str) -> Question | None:
    """The question made under a client's key."""
    return db.session.scalars(
        select(Question).where(Question.consultation_id == consultation_id, Question.key == key)
    ).one_or_none()


def standing(consultation_id: int) -> Sequence[Question]:
    """The questions that are asked now, in order."""
    return db.session.scalars(
        select(Question)
        .where(Question.consultation_id == consultation_id, Question.ended_at.is_(None))
        .order_by(Question.position, Question.id)
    ).all()


@cache
def _asked() -> Select[int]:
    return select(func.count()).where(
        Question.consultation_id == bindparam("consultation"), Question.ended_at.is_(None)
    )


def asked(consultation_id: int) -> int:
    """How many questions are asked now."""
    return db.session.scalar(_asked(), {"consultation": consultation_id}) or 0


def all_of(consultation_id: int) -> Sequence[Question]:
    """Every question that was ever asked, in order."""
    return db.session.scalars(
        select(Question)
        .where(Question.consultation_id == consultation_id)
        .order_by(Question.ended_at.is_not(None), Question.position, Question.id)
    ).all()


def next_position(consultation_id: int) -> int:
    """The place of the next question."""
    last = select(func.max(Question.position)).where(Question.consultation_id == consultation_id)
    return (db.session.scalar(last) or 0) + 1


def attitudes(consultation_id: int) -> dict[int, dict[str, int]]:
    """For each question how many answers that count have each attitude: one statement."""
    rows = db.session.execute(
        select(Answered.question_id, Remark.attitude, func.count())
        .join(Remark, Remark.id == Answered.remark_id)
        .where(Remark.consultation_id == consultation_id, Remark.state == "current", Remark.late.is_(False))
        .group_by(Answered.question_id, Remark.attitude)
    )
    found: dict[int, dict[str, int]] = {}
    for question_id, attitude, count in rows:
        found.setdefault(question_id, {})[attitude] = count
    return found
