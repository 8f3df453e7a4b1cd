"""What a person said is not alike: remembered, so that it is not proposed again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db


class Apart(Row):
    """One saying: these remarks are not all alike. Taken back, never deleted."""

    __table_args__ = (Index("ix_apart_place", "consultation_id", "article_eid"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    article_eid: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class ApartSide(Row):
    """On which side a remark stands: those of different sides are not alike."""

    apart_id: Mapped[int] = mapped_column(ForeignKey("apart.id"), primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    side: Mapped[int]


def get(apart_id: int) -> Apart | None:
    """One by id."""
    return db.session.get(Apart, apart_id)


def sides(consultation_id: int, article_eid: str) -> Mapping[int, frozenset[tuple[int, int]]]:
    """For each remark of an article that was set apart: which sayings, on which side."""
    rows = db.session.execute(
        select(ApartSide.remark_id, Apart.id, ApartSide.side)
        .join(Apart, Apart.id == ApartSide.apart_id)
        .where(
            Apart.consultation_id == consultation_id,
            Apart.article_eid == article_eid,
            Apart.ended_at.is_(None),
        )
    )
    found: dict[int, frozenset[tuple[int, int]]] = {}
    for remark_id, apart_id, side in rows:
        found[remark_id] = found.get(remark_id, frozenset()) | {(apart_id, side)}
    return found
