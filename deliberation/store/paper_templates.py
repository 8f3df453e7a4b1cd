"""An office's own templates for the papers of a meeting; the newest of a kind stands, none means the shipped one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile


class PaperTemplate(Row):
    """One template as an office gave it, or (no file) its word that the shipped one is used again."""

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship()


def current(office_id: int) -> dict[str, PaperTemplate]:
    """The newest template of each kind of an office: one statement."""
    rows: Sequence[PaperTemplate] = db.session.scalars(
        select(PaperTemplate)
        .where(PaperTemplate.office_id == office_id)
        .order_by(PaperTemplate.id)
        .options(joinedload(PaperTemplate.file))
    ).all()
    return {one.kind: one for one in rows}
