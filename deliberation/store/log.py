"""The log: one a consultation, one an office, one for the installation. A leaf an act, index without gaps.

A leaf holds only codes and the commitment; what it commits to (instant, actor, facts, salt) lies apart, so that it can
be erased and leave the leaf standing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import (
    ForeignKey,
    Insert,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db

INSTALLATION = "installation"


class Log(Row):
    """A log's head: its origin line and how many leaves it has. Locked at the start of every act."""

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(200), unique=True)
    size: Mapped[int] = mapped_column(default=0)


class Leaf(Row):
    """One act: index in its log, act code, kind and public number of the thing, commitment."""

    __table_args__ = (UniqueConstraint("log_id", "index"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("log.id"))
    index: Mapped[int]
    act: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[str] = mapped_column(String(40), default="")
    commitment: Mapped[bytes] = mapped_column(LargeBinary(32))


class LeafContent(Row):
    """What a leaf commits to: when, who, canonical facts, salt."""

    leaf_id: Mapped[int] = mapped_column(ForeignKey("leaf.id"), primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))


@dataclass(slots=True)
class Head:
    """A log's head while it is locked: its id, and how many leaves it has by now."""

    id: int
    size: int


@cache
def _head() -> Select[int, int]:
    return select(Log.id, Log.size).where(Log.id == bindparam("log")).with_for_update()


def head(log_id: int) -> Head:
    """The head, locked where the database locks rows, read afresh."""
    return Head(*db.session.connection().execute(_head(), {"log": log_id}).one())


@cache
def _grown() -> Update:
    table = cast(Table, Log.__table__)
    return update(table).where(table.c.id == bindparam("log")).values(size=bindparam("now"))


def grown(head: Head) -> None:
    """Write down how many leaves it has now: once an act, after the last of them."""
    db.session.connection().execute(_grown(), {"log": head.id, "now": head.size})


def installation() -> Log:
    """The log of the installation itself, begun by whichever act is the first; two at once begin one."""
    found = by_origin(INSTALLATION)
    if found is not None:
        return found
    try:
        with db.session.begin_nested():
            db.session.add(Log(origin=INSTALLATION, size=0))
    except IntegrityError:  # another process was first
        db.session.expire_all()
    made = by_origin(INSTALLATION)
    assert made is not None
    return made


@cache
def _into(row: type[Row]) -> Insert:
    return insert(cast(Table, row.__table__))


def append(leaf: dict[str, object], content: dict[str, object]) -> None:
    """Put in a leaf and what it commits to, at once: the two rows are never looked at again in their transaction."""
    connection = db.session.connection()
    made = connection.execute(_into(Leaf), leaf).inserted_primary_key
    assert made is not None
    connection.execute(_into(LeafContent), {"leaf_id": made[0], **content})


def by_origin(origin: str) -> Log | None:
    """A log by its origin line."""
    return db.session.scalars(select(Log).where(Log.origin == origin)).one_or_none()


def every() -> Sequence[Log]:
    """All logs, the installation's own among them."""
    return db.session.scalars(select(Log).order_by(Log.id)).all()


def head_size(log_id: int) -> int:
    """How many leaves the log has, asked without locking it."""
    return db.session.scalars(select(Log.size).where(Log.id == log_id)).one()


def leaves(log_id: int) -> Sequence[Leaf]:
    """All leaves in order."""
    return db.session.scalars(select(Leaf).where(Leaf.log_id == log_id).order_by(Leaf.index)).all()


def doings(log_id: int, limit: int = 200) -> Sequence[tuple[Leaf, LeafContent]]:
    """The latest acts with what they commit to, newest first (办理经过)."""
    rows = db.session.execute(
        select(Leaf, LeafContent)
        .join(LeafContent, LeafContent.leaf_id == Leaf.id)
        .where(Leaf.log_id == log_id)
        .order_by(Leaf.index.desc())
        .limit(limit)
    )
    return [(leaf, content) for leaf, content in rows]
