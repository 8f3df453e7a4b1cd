"""What was done on the platform to an earlier version's text to make the next one: one row a step, in order, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db


class DraftEdit(Row):
    """One step on a preview that was begun from a published version; `undo` takes back the last that stands."""

    __table_args__ = (
        UniqueConstraint("version_id", "step"),
        CheckConstraint(
            "kind IN ('begin', 'reword', 'insert', 'delete', 'move', 'split', 'merge', 'undo')", name="kind"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    step: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    base_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


def steps(version_id: int) -> Sequence[DraftEdit]:
    """Every step, in order; [] where the version was not begun here."""
    return db.session.scalars(
        select(DraftEdit).where(DraftEdit.version_id == version_id).order_by(DraftEdit.step)
    ).all()
