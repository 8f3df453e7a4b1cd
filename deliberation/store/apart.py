"""What a person said is not alike: remembered, so that it is not proposed again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, literal, select, union_all
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db
from deliberation.store.points import Point


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


class ApartPoint(Row):
    """On which side a point of a remark that was split stands."""

    apart_id: Mapped[int] = mapped_column(ForeignKey("apart.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    side: Mapped[int]


def get(apart_id: int) -> Apart | None:
    """One by id."""
    return db.session.get(Apart, apart_id)


Part = tuple[int, int]  # a remark's id, and its point's, 0 for the whole of it


def sides(consultation_id: int) -> Mapping[Part, frozenset[tuple[int, int]]]:
    """For each remark and point that was set apart: which sayings, on which side."""
    still = Apart.consultation_id == consultation_id, Apart.ended_at.is_(None)
    whole = (
        select(ApartSide.remark_id, literal(0), Apart.id, ApartSide.side)
        .join(Apart, Apart.id == ApartSide.apart_id)
        .where(*still)
    )
    points = (
        select(Point.remark_id, Point.id, Apart.id, ApartPoint.side)
        .join(Apart, Apart.id == ApartPoint.apart_id)
        .join(Point, Point.id == ApartPoint.point_id)
        .where(*still)
    )
    found: dict[Part, frozenset[tuple[int, int]]] = {}
    for remark_id, point_id, apart_id, side in db.session.execute(union_all(whole, points)):
        part = remark_id, point_id
        found[part] = found.get(part, frozenset()) | {(apart_id, side)}
    return found
