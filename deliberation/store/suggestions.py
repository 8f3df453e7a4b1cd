"""Suggestions: what remarks were consolidated into. Every source stays; every wording is kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store import links
from deliberation.store.consultations import Consultation
from deliberation.store.db import Row, db
from deliberation.store.drafts import Version
from deliberation.store.remarks import Remark

STILL = text("ended_at IS NULL")


class Suggestion(Row):
    """What the office proposes at one place: kind, wording, reasons, legal basis."""

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "key"),
        CheckConstraint(
            "kind IN ('wording', 'substance', 'addition', 'deletion', 'whole', 'execution')", name="kind"
        ),
        CheckConstraint("state IN ('open', 'dropped')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    place: Mapped[str] = mapped_column(String(12))
    uid: Mapped[str] = mapped_column(String(32), default="")
    eid: Mapped[str] = mapped_column(String(120), default="")
    article_eid: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    wording: Mapped[str] = mapped_column(Text, default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(8), default="open")
    revision: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[str] = mapped_column(String(16), default="pending")
    made_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship()
    version: Mapped[Version] = relationship()
    sources: Mapped[list["Source"]] = relationship(back_populates="suggestion", order_by="Source.id")

    @property
    def office_id(self) -> int:
        return self.consultation.office_id

    @property
    def log_id(self) -> int:
        return self.consultation.log_id


class Source(Row):
    """A remark behind a suggestion, with their relation; taken out, never deleted."""

    __table_args__ = (
        Index(
            "uq_source_now",
            "suggestion_id",
            "remark_id",
            unique=True,
            sqlite_where=STILL,
            postgresql_where=STILL,
        ),
        CheckConstraint("relation IN ('same', 'alike', 'part', 'minority')", name="relation"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"))
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    relation: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    suggestion: Mapped[Suggestion] = relationship(back_populates="sources")
    remark: Mapped[Remark] = relationship()


class SuggestionRevision(Row):
    """A wording as it stood before it was changed."""

    __table_args__ = (UniqueConstraint("suggestion_id", "revision"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"))
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    wording: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    dissent: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def get(suggestion_id: int) -> Suggestion | None:
    """A suggestion by id."""
    return db.session.get(Suggestion, suggestion_id)


def by_number(consultation_id: int, number: int) -> Suggestion | None:
    """A suggestion by its number in the consultation."""
    return db.session.scalars(
        select(Suggestion).where(Suggestion.consultation_id == consultation_id, Suggestion.number == number)
    ).one_or_none()


def of_consultation(consultation_id: int) -> Sequence[Suggestion]:
    """The suggestions that stand, in the office's order, with their sources."""
    return (
        db.session.scalars(
            select(Suggestion)
            .where(Suggestion.consultation_id == consultation_id, Suggestion.state == "open")
            .options(joinedload(Suggestion.sources).joinedload(Source.remark))
            .order_by(Suggestion.position, Suggestion.id)
        )
        .unique()
        .all()
    )


def by_key(consultation_id: int, key: str) -> Suggestion | None:
    """The suggestion made under a client's key."""
    return db.session.scalars(
        select(Suggestion).where(Suggestion.consultation_id == consultation_id, Suggestion.key == key)
    ).one_or_none()


def at_article(consultation_id: int, article_eid: str, carried_to: int | None = None) -> Sequence[Suggestion]:
    """The suggestions that stand at one article ("" for the whole and the title), with their sources.

    With `carried_to`, a version: those of earlier versions that stand there now too.
    """
    return (
        db.session.scalars(
            select(Suggestion)
            .where(
                Suggestion.consultation_id == consultation_id,
                links.standing(Suggestion, article_eid, carried_to),
                Suggestion.state == "open",
            )
            .options(joinedload(Suggestion.sources).joinedload(Source.remark))
            .order_by(Suggestion.position, Suggestion.id)
        )
        .unique()
        .all()
    )


def next_position(consultation_id: int) -> int:
    """The place of the next suggestion, after all others."""
    last = select(func.max(Suggestion.position)).where(Suggestion.consultation_id == consultation_id)
    return (db.session.scalar(last) or 0) + 1


def sources_of_remarks(consultation_id: int) -> dict[int, list[int]]:
    """For each merged remark the numbers of the suggestions it went into."""
    rows = db.session.execute(
        select(Source.remark_id, Suggestion.number)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(
            Suggestion.consultation_id == consultation_id,
            Source.ended_at.is_(None),
            Suggestion.state == "open",
        )
        .order_by(Source.remark_id, Suggestion.number)
    )
    found: dict[int, list[int]] = {}
    for remark_id, number in rows:
        found.setdefault(remark_id, []).append(number)
    return found


def numbers_of(remark_ids: Sequence[int]) -> dict[int, list[int]]:
    """For each of these remarks that was merged, the numbers of the suggestions it stands behind."""
    rows = db.session.execute(
        select(Source.remark_id, Suggestion.number)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(Source.remark_id.in_(remark_ids), Source.ended_at.is_(None), Suggestion.state == "open")
        .order_by(Suggestion.number)
    )
    found: dict[int, list[int]] = {}
    for remark_id, number in rows:
        found.setdefault(remark_id, []).append(number)
    return found


def revisions(suggestion_id: int) -> Sequence[SuggestionRevision]:
    """Earlier wordings, oldest first."""
    return db.session.scalars(
        select(SuggestionRevision)
        .where(SuggestionRevision.suggestion_id == suggestion_id)
        .order_by(SuggestionRevision.revision)
    ).all()
