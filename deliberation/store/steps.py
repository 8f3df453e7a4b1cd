"""Steps at the workbench: what a person did, with what is needed to take it back and to see that it still can be."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db

KINDS = ("make", "merge", "unmerge", "reword", "order", "drop", "split", "apart")


class BenchStep(Row):
    """One step of one person. `about` is what it was done to, in numbers a page can say; `facts` are ids."""

    __table_args__ = (
        CheckConstraint(f"what IN ({', '.join(map(repr, KINDS))})", name="what"),
        Index("ix_bench_step_whose", "consultation_id", "person_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(8))
    article_eid: Mapped[str] = mapped_column(String(120), default="")
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


def get(step_id: int) -> BenchStep | None:
    """A step by id."""
    return db.session.get(BenchStep, step_id)


def latest(consultation_id: int, person_id: int, most: int) -> Sequence[BenchStep]:
    """A person's last steps in a consultation, newest first, those taken back among them."""
    return db.session.scalars(
        select(BenchStep)
        .where(BenchStep.consultation_id == consultation_id, BenchStep.person_id == person_id)
        .order_by(BenchStep.id.desc())
        .limit(most)
    ).all()


def changed_since(consultation_id: int, at: datetime) -> int:
    """How many steps anybody took since, or took back since that were taken before."""
    taken = and_(BenchStep.at > at, BenchStep.undone_at.is_(None))
    taken_back = and_(BenchStep.at <= at, BenchStep.undone_at > at)
    return (
        db.session.scalar(
            select(func.count()).where(BenchStep.consultation_id == consultation_id, or_(taken, taken_back))
        )
        or 0
    )


def last(consultation_id: int, person_id: int) -> BenchStep | None:
    """The last step that was not taken back."""
    return db.session.scalars(
        select(BenchStep)
        .where(
            BenchStep.consultation_id == consultation_id,
            BenchStep.person_id == person_id,
            BenchStep.undone_at.is_(None),
        )
        .order_by(BenchStep.id.desc())
        .limit(1)
    ).one_or_none()
