"""Beside the lines: the line being typed, kept as it is typed; photos and recordings."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.db import Row, db
from deliberation.store.drafts import Provision
from deliberation.store.files import StoredFile
from deliberation.store.meetings import Meeting
from deliberation.store.people import Person


class LineScratch(Row):
    """The line somebody is typing now, not yet taken down; one a person and meeting."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int | None]
    speaker: Mapped[str] = mapped_column(Sealed("line.speaker"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class HallFile(Row):
    """A photo or recording of a meeting; `taken_back_at` hides it, bytes and digest stay."""

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="")

    meeting: Mapped[Meeting] = relationship()
    file: Mapped[StoredFile] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def office_id(self) -> int:
        return self.meeting.office_id

    @property
    def log_id(self) -> int:
        return self.meeting.log_id


def scratch(meeting_id: int, person_id: int | None) -> LineScratch | None:
    """What this person is typing in this meeting."""
    return db.session.scalars(
        select(LineScratch).where(LineScratch.meeting_id == meeting_id, LineScratch.person_id == person_id)
    ).one_or_none()


def others_typing(meeting_id: int, person_id: int | None, since: datetime) -> Sequence[LineScratch]:
    """What others have been typing since an instant."""
    return db.session.scalars(
        select(LineScratch)
        .where(
            LineScratch.meeting_id == meeting_id, LineScratch.person_id != (person_id or 0),
            LineScratch.at > since, LineScratch.text != "",
        )
        .options(joinedload(LineScratch.person))
    ).all()  # fmt: skip


def files(meeting_id: int) -> Sequence[HallFile]:
    """The photos and recordings of a meeting, in the order they came; those taken back too."""
    return db.session.scalars(
        select(HallFile)
        .where(HallFile.meeting_id == meeting_id)
        .order_by(HallFile.id)
        .options(joinedload(HallFile.file), joinedload(HallFile.by))
    ).all()


def file(file_id: int) -> HallFile | None:
    """A photo or recording by id."""
    return db.session.get(HallFile, file_id)


def same_file(meeting_id: int, digest: str) -> HallFile | None:
    """The row of these very bytes in a meeting, unless it was taken back."""
    return db.session.scalars(
        select(HallFile)
        .join(StoredFile, StoredFile.id == HallFile.file_id)
        .where(
            HallFile.meeting_id == meeting_id, HallFile.taken_back_at.is_(None), StoredFile.digest == digest
        )
        .limit(1)
    ).one_or_none()


def places(version_id: int, eids: Iterable[str]) -> dict[str, Provision]:
    """The articles of a version that an agenda names, by eid."""
    rows = db.session.scalars(
        select(Provision).where(Provision.version_id == version_id, Provision.eid.in_([e for e in eids if e]))
    )
    return {row.eid: row for row in rows}
