"""疑似采纳: a suggestion's wording beside the promulgated text, and what a person said of it; the newest finding holds."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.drafts import Version
from deliberation.store.links import article_now
from deliberation.store.people import Person
from deliberation.store.suggestions import Suggestion


class AdoptionFinding(Row):
    """What a person found on comparing with a later version: an outcome, the article it went into, when, by whom. Append-only."""

    __table_args__ = (
        CheckConstraint("outcome IN ('adopted', 'partly', 'not', 'pending')", name="outcome"),
        Index("ix_adoption_finding_suggestion_id", "suggestion_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    eid: Mapped[str] = mapped_column(String(120), default="")
    outcome: Mapped[str] = mapped_column(String(16))
    score: Mapped[float] = mapped_column(default=0.0)
    source: Mapped[str] = mapped_column(String(40), default="公布文本对照")
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    by: Mapped[Person | None] = relationship()
    version: Mapped[Version] = relationship()
    suggestion: Mapped[Suggestion] = relationship()


def newest(consultation_id: int) -> dict[int, AdoptionFinding]:
    """The finding that holds, by suggestion."""
    rows = db.session.scalars(
        select(AdoptionFinding)
        .join(Suggestion, Suggestion.id == AdoptionFinding.suggestion_id)
        .where(Suggestion.consultation_id == consultation_id)
        .options(joinedload(AdoptionFinding.by), joinedload(AdoptionFinding.version))
        .order_by(AdoptionFinding.id)
    )
    return {row.suggestion_id: row for row in rows}


def of(suggestion_id: int) -> Sequence[AdoptionFinding]:
    """Every finding about a suggestion, newest first."""
    return db.session.scalars(
        select(AdoptionFinding)
        .where(AdoptionFinding.suggestion_id == suggestion_id)
        .options(joinedload(AdoptionFinding.by), joinedload(AdoptionFinding.version))
        .order_by(AdoptionFinding.id.desc())
    ).all()


def suggested(consultation_id: int, version_id: int) -> Sequence[tuple[Suggestion, str]]:
    """The suggestions that stand, each with the article of a version it is about now ("" the whole, GONE none)."""
    rows = db.session.execute(
        select(Suggestion, article_now(Suggestion, version_id))
        .where(Suggestion.consultation_id == consultation_id, Suggestion.state == "open")
        .order_by(Suggestion.position, Suggestion.id)
    )
    return [(row[0], row[1]) for row in rows]
