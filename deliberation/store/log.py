"""The log: one a consultation, one an office, one for the installation. A leaf an act, index without gaps.

A leaf holds only codes and the commitment; what it commits to (instant, actor, facts, salt) lies apart, so that it can
be erased and leave the leaf standing.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint, insert, select
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


def head(log_id: int) -> Log:
    """The head row, locked where the database locks rows, read afresh."""
    return db.session.scalars(
        select(Log).where(Log.id == log_id).with_for_update().execution_options(populate_existing=True)
    ).one()


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


def append(leaf: dict[str, object], content: dict[str, object]) -> None:
    """Put in a leaf and what it commits to, at once: the two rows are never looked at again in their transaction."""
    made = db.session.execute(insert(Leaf.__table__), leaf)  # type: ignore[arg-type]
    leaf_id = made.inserted_primary_key[0]  # type: ignore[attr-defined]
    db.session.execute(insert(LeafContent.__table__), {"leaf_id": leaf_id, **content})  # type: ignore[arg-type]


def by_origin(origin: str) -> Log | None:
    """A log by its origin line."""
    return db.session.scalars(select(Log).where(Log.origin == origin)).one_or_none()


def every() -> Sequence[Log]:
    """All logs, the installation's own among them."""
    return db.session.scalars(select(Log).order_by(Log.id)).all()


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
