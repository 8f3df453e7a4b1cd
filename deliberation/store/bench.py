"""Questions of the workbench: what waits at each article, which remarks have no end yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from deliberation.store import links
from deliberation.store.db import db
from deliberation.store.drafts import Provision
from deliberation.store.points import Point, left_over
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Source, Suggestion


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of the remarks that count at one article: all, those merged, those with another end; the rest wait.

    `left`: points of merged remarks that are in no suggestion themselves.
    """

    remarks: int = 0
    merged: int = 0
    settled: int = 0
    left: int = 0

    @property
    def waiting(self) -> int:
        """Without an end."""
        return self.remarks - self.merged - self.settled


def merged() -> ColumnElement[bool]:
    """That a remark stands behind a suggestion that stands."""
    return exists(
        select(Source.id)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(Source.remark_id == Remark.id, Source.ended_at.is_(None), Suggestion.state == "open")
    )


def _counting(consultation_id: int) -> Select[Remark]:
    """The remarks that count: received in time, neither withdrawn nor replaced."""
    return select(Remark).where(
        Remark.consultation_id == consultation_id, Remark.state == "current", Remark.late.is_(False)
    )


def desk(consultation_id: int) -> dict[str, Waiting]:
    """For each article ("" for the whole and the title) what waits there."""
    return overview(consultation_id)[0]


def overview(
    consultation_id: int, carried_to: int | None = None
) -> tuple[dict[str, Waiting], dict[str, int]]:
    """For each article what waits there, and how many suggestions stand there: one statement.

    With `carried_to`, a version: by the article where they stand now, GONE for what stands nowhere.
    """
    said, proposed = _article(Remark, carried_to), _article(Suggestion, carried_to)
    rows = (
        _counting(consultation_id)
        .with_only_columns(
            said.label("at"),
            case((merged(), 1), else_=0).label("merged"),
            case((~merged() & Remark.ending.is_not(None), 1), else_=0).label("settled"),
        )
        .subquery()
    )
    none = literal(0)
    waits = select(rows.c.at, func.count(), func.sum(rows.c.merged), func.sum(rows.c.settled), none, none)
    over = _points_left(consultation_id, said)
    points = select(over.c.at, none, none, none, func.count(), none)
    stand = (
        select(proposed.label("at"))
        .where(Suggestion.consultation_id == consultation_id, Suggestion.state == "open")
        .subquery()
    )
    made = select(stand.c.at, none, none, none, none, func.count())
    every = union_all(waits.group_by(rows.c.at), points.group_by(over.c.at), made.group_by(stand.c.at))
    found: dict[str, list[int]] = {}
    for at, *counts in db.session.execute(every):
        found[at] = [sum(pair) for pair in zip(found.get(at, [0] * 5), map(int, counts), strict=True)]
    return (
        {at: Waiting(*counts) for at, (*counts, _made) in found.items() if counts[0]},
        {at: counts[-1] for at, counts in found.items() if counts[-1]},
    )


def _points_left(consultation_id: int, at: Any) -> Subquery:
    """Points of merged remarks that are in no suggestion, by where they stand."""
    return (
        _counting(consultation_id)
        .with_only_columns(at.label("at"))
        .join(Point, Point.remark_id == Remark.id)
        .where(left_over())
        .subquery()
    )


def _article(kind: Any, carried_to: int | None) -> Any:
    return links.article_now(kind, carried_to) if carried_to is not None else kind.article_eid


def at(consultation_id: int, article_eid: str, carried_to: int | None = None) -> Sequence[Remark]:
    """The remarks that count at one article, in the order they came, with their meetings' channel and author."""
    return db.session.scalars(
        _counting(consultation_id)
        .where(links.standing(Remark, article_eid, carried_to))
        .order_by(Remark.number)
        .options(joinedload(Remark.author))
    ).all()


def without_end(consultation_id: int) -> Select[Remark]:
    """The remarks that count and are neither merged nor settled: on the whole first, then as the articles stand."""
    article = and_(Provision.version_id == Remark.version_id, Provision.eid == Remark.article_eid)
    return (
        _counting(consultation_id)
        .outerjoin(Provision, article)
        .where(~merged(), Remark.ending.is_(None))
        .order_by(Provision.position.nulls_first(), Remark.number)
        .options(joinedload(Remark.consultation))
    )
