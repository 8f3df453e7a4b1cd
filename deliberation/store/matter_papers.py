"""What belongs to a matter beside its steps: material and photos, and the 提请函 that sends it to an assembly."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.councils import Matter
from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile


class MatterFile(Row):
    """Material published with the names, a photo of the work, a signed paper. `shown`: hangs on the board with the sheet."""

    __table_args__ = (CheckConstraint("part IN ('material', 'work', 'signed')", name="part"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    part: Mapped[str] = mapped_column(String(10))
    caption: Mapped[str] = mapped_column(String(200))
    shown: Mapped[bool] = mapped_column(default=False)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    matter: Mapped[Matter] = relationship()
    file: Mapped[StoredFile] = relationship()

    @property
    def office_id(self) -> int:
        return self.matter.office_id

    @property
    def log_id(self) -> int:
        return self.matter.log_id


class MatterLetter(Row):
    """A 提请函: the council asks that an assembly decides. A later one is a new row; the last stands."""

    __table_args__ = (
        UniqueConstraint("matter_id", "revision"),
        CheckConstraint("assembly IN ('villagers_assembly', 'villagers_rep_assembly')", name="assembly"),
        CheckConstraint("request <> ''", name="request"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), index=True)
    revision: Mapped[int]
    number: Mapped[str] = mapped_column(String(60), default="")
    assembly: Mapped[str] = mapped_column(String(30))
    addressee: Mapped[str] = mapped_column(String(120))
    request: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    matter: Mapped[Matter] = relationship()


def files(matter_id: int) -> Sequence[MatterFile]:
    """What is attached to a matter, in order."""
    return db.session.scalars(
        select(MatterFile)
        .where(MatterFile.matter_id == matter_id)
        .order_by(MatterFile.id)
        .options(joinedload(MatterFile.file))
    ).all()


def file(file_id: int) -> MatterFile | None:
    """One attached thing by id."""
    return db.session.get(MatterFile, file_id)


def letters(matter_id: int) -> Sequence[MatterLetter]:
    """Every 提请函 of a matter, oldest first."""
    return db.session.scalars(
        select(MatterLetter).where(MatterLetter.matter_id == matter_id).order_by(MatterLetter.revision)
    ).all()
