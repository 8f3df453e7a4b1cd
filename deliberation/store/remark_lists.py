"""The staff's list of a consultation's remarks: what is asked for, as one question, and the counters that answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from deliberation.store import links, log
from deliberation.store.db import db
from deliberation.store.points import Point, left_over
from deliberation.store.remarks import Remark, tallies
from deliberation.store.suggestions import Source, Suggestion

WAITING, MERGED, SETTLED, POINTS = "waiting", "merged", "settled", "points"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; "" is any. `late` keeps what came after the deadline apart; `words` stand in text, wording or reason."""

    article: str = ""
    attitude: str = ""
    channel: str = ""
    state: str = "current"
    stage: str = ""
    late: bool = False
    words: str = ""
    shown: str = ""
    carried_to: int | None = None


def listed(consultation_id: int, wanted: Wanted) -> Select[Remark]:
    """The remarks wanted, newest number last; narrow it with `visible`."""
    asked = (
        select(Remark)
        .where(Remark.consultation_id == consultation_id, Remark.late.is_(wanted.late))
        .order_by(Remark.number)
        .options(joinedload(Remark.author), joinedload(Remark.consultation))
    )
    return asked.where(*_narrowed(wanted))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.article in {"whole", "title"}:
        found.append(Remark.place == wanted.article)
    elif wanted.article:
        found.append(links.standing(Remark, wanted.article, wanted.carried_to))
    if wanted.attitude:
        found.append(Remark.attitude == wanted.attitude)
    if wanted.channel:
        found.append(Remark.channel == wanted.channel)
    if wanted.state:
        found.append(Remark.state == wanted.state)
    if wanted.stage:
        found.append(_stage(wanted.stage))
    if wanted.shown:
        found.append(_shown(wanted.shown))
    if wanted.words:
        found.append(_saying(wanted.words))
    return found


def _merged() -> ColumnElement[bool]:
    return exists(
        select(Source.id)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(Source.remark_id == Remark.id, Source.ended_at.is_(None), Suggestion.state == "open")
    )


def _stage(stage: str) -> ColumnElement[bool]:
    if stage == SETTLED:
        return Remark.ending.is_not(None)
    if stage == POINTS:
        return exists(select(Point.id).where(Point.remark_id == Remark.id, left_over()))
    return _merged() if stage == MERGED else ~_merged() & Remark.ending.is_(None)


def _shown(shown: str) -> ColumnElement[bool]:
    if shown == "private":
        return Remark.private.is_(True)
    return Remark.released_at.is_not(None) if shown == "released" else Remark.released_at.is_(None)


def _saying(words: str) -> ColumnElement[bool]:
    """The words in any of the three boxes; or the number of one remark, 127 or 2026-03-0127."""
    number = words.rpartition("-")[2]
    if number.isascii() and number.isdigit() and len(number) < 10:
        return (Remark.number == int(number)) | Remark.text.contains(words, autoescape=True)
    return (
        Remark.text.contains(words, autoescape=True)
        | Remark.wording.contains(words, autoescape=True)
        | Remark.reason.contains(words, autoescape=True)
    )


def counted(consultation_id: int, wanted: Wanted) -> int | None:
    """The length of the list where a counter knows it, for those who see every remark; None where it must be asked."""
    known = tallies(consultation_id)
    wanted = replace(wanted, carried_to=None)
    if wanted == Wanted():
        return known.get("standing", 0)
    if wanted == Wanted(late=True):
        return known.get("late", 0)
    for name in ("attitude", "channel"):
        code = getattr(wanted, name)
        if code and wanted == Wanted(**{name: code}):
            return known.get(f"{name}.{code}", 0)
    return None


@dataclass(frozen=True, slots=True)
class Behind:
    """One suggestion a remark went into, and whether it still stands behind it."""

    number: int
    title: str
    ended: bool


def behind(remark_id: int) -> Sequence[Behind]:
    """The suggestions a remark was merged into, also those it was taken out of again, oldest first."""
    rows = db.session.execute(
        select(Suggestion.number, Suggestion.title, Source.ended_at)
        .join(Suggestion, Suggestion.id == Source.suggestion_id)
        .where(Source.remark_id == remark_id)
        .order_by(Source.id)
    )
    return [Behind(number, title, ended is not None) for number, title, ended in rows]


def history(remark: Remark) -> Sequence[tuple[log.Leaf, log.LeafContent]]:
    """Every act on this remark that the log knows, oldest first."""
    rows = db.session.execute(
        select(log.Leaf, log.LeafContent)
        .join(log.LeafContent, log.LeafContent.leaf_id == log.Leaf.id)
        .where(
            log.Leaf.log_id == remark.log_id,
            log.Leaf.kind == "remark",
            log.Leaf.number == remark.public_number,
        )
        .order_by(log.Leaf.index)
    )
    return [(leaf, content) for leaf, content in rows]


def leaf_ids(log_id: int, first: int) -> Sequence[int]:
    """The ids of the leaves from this index on, in order."""
    return db.session.scalars(
        select(log.Leaf.id).where(log.Leaf.log_id == log_id, log.Leaf.index >= first).order_by(log.Leaf.index)
    ).all()
