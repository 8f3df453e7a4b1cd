"""What is to be done after an act is durable: written with it, drained by the worker, in order."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Insert, String, Table, func, insert, literal, select, text
from sqlalchemy import cast as as_type
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Moment, Row, db, is_sqlite
from deliberation.store.remarks import Remark

TURNSTILE = (
    7420  # an advisory lock of PostgreSQL: writers share it until they commit, the reader has it alone
)


class Outbox(Row):
    """One errand: index or drop `kind`/`ref`."""

    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


@cache
def _into() -> Insert:
    return insert(cast(Table, Outbox.__table__))


def add(kind: str, ref: str, at: datetime) -> None:
    """Write an errand with the act. Ids must become visible in their order, or a reader would step over one."""
    if not is_sqlite():
        db.session.execute(text(f"SELECT pg_advisory_xact_lock_shared({TURNSTILE})"))
    db.session.connection().execute(_into(), {"kind": kind, "ref": ref, "at": at})


def add_remarks(consultation_id: int, number: int, at: datetime) -> None:
    """The same for every remark of a consultation from this serial number on, in order, in one statement."""
    if not is_sqlite():
        db.session.execute(text(f"SELECT pg_advisory_xact_lock_shared({TURNSTILE})"))
    found = (
        select(literal("remark"), as_type(Remark.id, String), literal(at, Moment))
        .where(Remark.consultation_id == consultation_id, Remark.number >= number)
        .order_by(Remark.number)
    )
    db.session.execute(insert(Outbox).from_select(["kind", "ref", "at"], found))


def after(last: int, limit: int = 200) -> Sequence[Outbox]:
    """The next errands after the last one done; none is missing below the last returned."""
    if not is_sqlite():
        db.session.execute(text(f"SELECT pg_advisory_xact_lock({TURNSTILE})"))
    return db.session.scalars(select(Outbox).where(Outbox.id > last).order_by(Outbox.id).limit(limit)).all()


def last_id() -> int:
    """The newest errand's id, 0 if there was none."""
    return db.session.scalar(select(func.max(Outbox.id))) or 0
