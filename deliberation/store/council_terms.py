"""Terms of a council that are over: their names and days. Who sat stands in the holdings."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from deliberation.store.db import Row, db


class CouncilTerm(Row):
    """A term that ended: what it was called, until when, how many sat at its end."""

    id: Mapped[int] = mapped_column(primary_key=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    until: Mapped[date]
    sat: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


def of_council(council_id: int) -> Sequence[CouncilTerm]:
    """A council's terms that are over, oldest first."""
    return db.session.scalars(
        select(CouncilTerm).where(CouncilTerm.council_id == council_id).order_by(CouncilTerm.id)
    ).all()
