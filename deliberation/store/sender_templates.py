"""The sender's own table, mapped once: the file as it came, and which of its columns takes what."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.consultations import Task
from deliberation.store.db import Row, db
from deliberation.store.files import StoredFile
from deliberation.store.people import Office

STILL = text("ended_at IS NULL")


class SenderTemplate(Row):
    """A template of one office for one task. `place` names the sheet or the table; rows count from 0."""

    __table_args__ = (
        CheckConstraint("kind IN ('xlsx', 'docx')", name="kind"),
        Index(
            "uq_template_now", "office_id", "task_id", unique=True, sqlite_where=STILL, postgresql_where=STILL
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    kind: Mapped[str] = mapped_column(String(4))
    place: Mapped[str] = mapped_column(String(120))
    head_row: Mapped[int]
    header: Mapped[list[str]] = mapped_column(JSON)
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    office: Mapped[Office] = relationship()
    task: Mapped[Task] = relationship()
    file: Mapped[StoredFile] = relationship()


def for_task(office_id: int, task_id: int) -> SenderTemplate | None:
    """The template in use for a task."""
    return db.session.scalars(
        select(SenderTemplate)
        .where(
            SenderTemplate.office_id == office_id,
            SenderTemplate.task_id == task_id,
            SenderTemplate.ended_at.is_(None),
        )
        .options(joinedload(SenderTemplate.file))
    ).one_or_none()


def like(office_id: int, header: list[str]) -> SenderTemplate | None:
    """The newest template of the office with this heading, whatever its task: its columns are known already."""
    found = db.session.scalars(
        select(SenderTemplate).where(SenderTemplate.office_id == office_id).order_by(SenderTemplate.id.desc()).limit(50)
    )  # fmt: skip
    return next((one for one in found if one.header == header), None)


def sent_by(office_id: int, sender: str) -> SenderTemplate | None:
    """The newest template kept for this sender, by whatever task."""
    return db.session.scalars(
        select(SenderTemplate)
        .join(Task, Task.id == SenderTemplate.task_id)
        .where(
            SenderTemplate.office_id == office_id, Task.sender == sender, SenderTemplate.ended_at.is_(None)
        )
        .order_by(SenderTemplate.id.desc())
        .limit(1)
        .options(joinedload(SenderTemplate.file))
    ).one_or_none()
