"""That a remark typed in from paper says what the paper says: a second person compared them, or the signed paper is attached."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile
from deliberation.store.people import Person
from deliberation.store.remarks import Remark


class PaperCheck(Row):
    """One check of one remark: by a second `person`, or by the `scan` of the signed paper (its digest in the file's row)."""

    __table_args__ = (
        CheckConstraint("kind IN ('person', 'scan')", name="kind"),
        CheckConstraint("(kind = 'scan') = (file_id IS NOT NULL)", name="scan"),
    )
    remark_id: Mapped[int] = mapped_column(ForeignKey("remark.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    remark: Mapped[Remark] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    by: Mapped[Person | None] = relationship()


def of_remark(remark_id: int) -> PaperCheck | None:
    """The check of a remark, with who made it."""
    return db.session.scalars(
        select(PaperCheck).where(PaperCheck.remark_id == remark_id).options(joinedload(PaperCheck.by))
    ).one_or_none()


def unchecked(consultation_id: int, most: int = 200) -> Sequence[Remark]:
    """Remarks typed in from paper that nobody has compared yet, oldest first."""
    return db.session.scalars(
        select(Remark)
        .outerjoin(PaperCheck, PaperCheck.remark_id == Remark.id)
        .where(
            Remark.consultation_id == consultation_id,
            Remark.channel == "paper",
            Remark.state == "current",
            PaperCheck.remark_id.is_(None),
        )
        .order_by(Remark.number)
        .limit(most)
    ).all()


def counts(consultation_id: int) -> tuple[int, int]:
    """(typed in from paper, of those compared) among the remarks that stand."""
    row = db.session.execute(
        select(func.count(Remark.id), func.count(PaperCheck.remark_id))
        .outerjoin(PaperCheck, PaperCheck.remark_id == Remark.id)
        .where(
            Remark.consultation_id == consultation_id, Remark.channel == "paper", Remark.state == "current"
        )
    ).one()
    return row[0], row[1]
