"""The correction of a preview: the lines of its source, and every step with what it changed; undone steps stay as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.people import Person


class Proof(Row):
    """What a preview is corrected against: its source's lines, those left out as a contents list, what a person looked at.

    `revision` grows with every step, undone ones too; `scan`: the source has no text, its articles are typed in.
    """

    __table_args__ = (CheckConstraint("revision >= 0", name="revision"),)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    lines: Mapped[list[Any]] = mapped_column(JSON)
    left_out: Mapped[list[Any]] = mapped_column(JSON, default=list)
    looked: Mapped[list[Any]] = mapped_column(JSON, default=list)
    scan: Mapped[bool] = mapped_column(default=False)


class Correction(Row):
    """One step: what was asked, what it changed in the list of blocks, when and by whom."""

    __table_args__ = (UniqueConstraint("version_id", "serial"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    serial: Mapped[int]
    do: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(60), default="")
    step: Mapped[dict[str, Any]] = mapped_column(JSON)
    change: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    focus: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone: Mapped[bool] = mapped_column(default=False)

    by: Mapped[Person | None] = relationship()


def proof(version_id: int) -> Proof | None:
    """The proof of a version."""
    return db.session.get(Proof, version_id)


def steps(version_id: int) -> Sequence[Correction]:
    """Every step of a version in order, with who did it."""
    asked = select(Correction).where(Correction.version_id == version_id).order_by(Correction.serial)
    return db.session.scalars(asked.options(joinedload(Correction.by))).all()


def next_serial(version_id: int) -> int:
    """The number of the next step."""
    last = db.session.scalar(select(func.max(Correction.serial)).where(Correction.version_id == version_id))
    return (last or 0) + 1


def last(version_id: int) -> Correction | None:
    """The last step that stands: the one to be undone next."""
    asked = select(Correction).where(Correction.version_id == version_id, Correction.undone.is_(False))
    return db.session.scalars(asked.order_by(Correction.serial.desc()).limit(1)).one_or_none()


def next_again(version_id: int) -> Correction | None:
    """The step to be done again next: the first undone one behind all that stand."""
    stands = last(version_id)
    asked = select(Correction).where(Correction.version_id == version_id, Correction.undone.is_(True))
    if stands is not None:
        asked = asked.where(Correction.serial > stands.serial)
    return db.session.scalars(asked.order_by(Correction.serial).limit(1)).one_or_none()
