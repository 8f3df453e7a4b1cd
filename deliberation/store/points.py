"""Points of a remark: stretches of its own words, marked by a person, so that each can go to another suggestion.

A point is where it begins and ends in the original; the words themselves stand only there and are never copied or cut.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    Subquery,
    UniqueConstraint,
    and_,
    exists,
    select,
    text,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Source, Suggestion

STILL = text("ended_at IS NULL")


class Point(Row):
    """One point: which of the remark's boxes (text, wording, reason), from which character to before which."""

    __table_args__ = (
        CheckConstraint("part IN ('text', 'wording', 'reason')", name="part"),
        CheckConstraint("start >= 0 AND stop > start", name="range"),
        Index("uq_point_now", "remark_id", "number", unique=True, sqlite_where=STILL, postgresql_where=STILL),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), index=True)
    number: Mapped[int]
    part: Mapped[str] = mapped_column(String(8))
    start: Mapped[int]
    stop: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    remark: Mapped[Remark] = relationship()

    @property
    def words(self) -> str:
        """What it says, exactly as it stands in the original."""
        said: str = getattr(self.remark, self.part)
        return said[self.start : self.stop]


class SourcePoint(Row):
    """That a source of a suggestion is only this point of its remark, not the whole of it."""

    __table_args__ = (UniqueConstraint("source_id", "point_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    source: Mapped[Source] = relationship()
    point: Mapped[Point] = relationship()


def now(remark_id: int) -> Sequence[Point]:
    """The points of one remark that stand, by number."""
    return db.session.scalars(
        select(Point).where(Point.remark_id == remark_id, Point.ended_at.is_(None)).order_by(Point.number)
    ).all()


def by_numbers(consultation_id: int, numbers: Sequence[tuple[int, int]]) -> Sequence[Point]:
    """The points that stand, named by the serial number of their remark and their own; in the order named."""
    if not numbers:
        return []
    found = db.session.scalars(
        select(Point)
        .join(Remark, Remark.id == Point.remark_id)
        .where(
            Remark.consultation_id == consultation_id,
            Remark.number.in_({number for number, _point in numbers}),
            Point.ended_at.is_(None),
        )
        .options(joinedload(Point.remark))
    ).all()
    at = {named: place for place, named in enumerate(numbers)}
    known = [one for one in found if (one.remark.number, one.number) in at]
    return sorted(known, key=lambda one: at[one.remark.number, one.number])


def by_ids(ids: Collection[int]) -> Sequence[Point]:
    """Points by id, whether they still stand or not."""
    return db.session.scalars(select(Point).where(Point.id.in_(ids)).order_by(Point.id)).all()


def linked(source_id: int, point_id: int) -> SourcePoint | None:
    """The link of a source and a point, whether it still stands or not."""
    return db.session.scalars(
        select(SourcePoint).where(SourcePoint.source_id == source_id, SourcePoint.point_id == point_id)
    ).one_or_none()


def link(source_point_id: int) -> SourcePoint | None:
    """A link by id."""
    return db.session.get(SourcePoint, source_point_id)


def links_of(source_ids: Collection[int]) -> Sequence[SourcePoint]:
    """Which points these sources are, of those not taken out."""
    if not source_ids:
        return []
    return db.session.scalars(
        select(SourcePoint)
        .where(SourcePoint.source_id.in_(source_ids), SourcePoint.ended_at.is_(None))
        .options(joinedload(SourcePoint.point))
        .order_by(SourcePoint.id)
    ).all()


def of_consultation(consultation_id: int) -> Mapping[int, list[tuple[int, list[int]]]]:
    """For each remark of which points went into suggestions: each point's number, with the numbers of those."""
    into = _into()
    rows = db.session.execute(
        select(Point.remark_id, Point.number, into.c.number)
        .join(Remark, Remark.id == Point.remark_id)
        .outerjoin(into, into.c.point_id == Point.id)
        .where(Remark.consultation_id == consultation_id, Point.ended_at.is_(None))
        .order_by(Point.remark_id, Point.number, into.c.number)
    )
    found: dict[int, dict[int, list[int]]] = {}
    for remark_id, number, suggestion in rows:
        of = found.setdefault(remark_id, {}).setdefault(number, [])
        of += [suggestion] if suggestion is not None else []
    return {key: list(each.items()) for key, each in found.items() if any(each.values())}


def _into() -> Subquery:
    """Points that stand behind suggestions that stand: point_id, number of the suggestion."""
    return (
        select(SourcePoint.point_id, Suggestion.number)
        .join(Source, Source.id == SourcePoint.source_id)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(SourcePoint.ended_at.is_(None), Source.ended_at.is_(None), Suggestion.state == "open")
        .subquery()
    )


def _standing(*wanted: ColumnElement[bool]) -> Select[Any]:
    """Sources that stand behind suggestions that stand."""
    return (
        select(Source.id)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(Source.ended_at.is_(None), Suggestion.state == "open", *wanted)
        .correlate(Point)
    )


def left_over() -> ColumnElement[bool]:
    """That a point stands in no suggestion, though others of its remark do and the remark does not as a whole."""
    links = select(SourcePoint.id).where(SourcePoint.source_id == Source.id, SourcePoint.ended_at.is_(None))
    as_points = exists(links.correlate(Source))
    itself = exists(links.where(SourcePoint.point_id == Point.id).correlate(Source, Point))
    of_remark = Source.remark_id == Point.remark_id
    return and_(
        Point.ended_at.is_(None),
        exists(_standing(of_remark, as_points)),
        ~exists(_standing(of_remark, ~as_points)),
        ~exists(_standing(of_remark, itself)),
    )


def gone_into(remark_ids: Collection[int]) -> Mapping[int, list[tuple[Point, list[int]]]]:
    """For each remark that has points: every point that stands with the numbers of the suggestions it went into."""
    if not remark_ids:
        return {}
    into = _into()
    rows = db.session.execute(
        select(Point, into.c.number)
        .outerjoin(into, into.c.point_id == Point.id)
        .where(Point.remark_id.in_(remark_ids), Point.ended_at.is_(None))
        .order_by(Point.remark_id, Point.number, into.c.number)
    )
    found: dict[int, list[tuple[Point, list[int]]]] = {}
    for point, number in rows:
        of = found.setdefault(point.remark_id, [])
        if not of or of[-1][0].id != point.id:
            of.append((point, []))
        if number is not None:
            of[-1][1].append(number)
    return found
