"""Sealed editions of a dossier (定稿归档): number, instant, who, the sums, the seals, where snapshot and files lie."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.consultations import Consultation
from deliberation.store.db import Row, db
from deliberation.store.people import Person


class Edition(Row):
    """One sealed edition. `snapshot` and the two `files` are digests of kept files; a manifest's digest is what is sealed."""

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("size >= 0", name="size"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    size: Mapped[int]
    remarks: Mapped[int]
    suggestions: Mapped[int]
    snapshot: Mapped[str] = mapped_column(String(64))
    public_manifest: Mapped[str] = mapped_column(String(64))
    public_seal: Mapped[str] = mapped_column(Text)
    public_files: Mapped[str] = mapped_column(String(64))
    restricted_manifest: Mapped[str] = mapped_column(String(64))
    restricted_seal: Mapped[str] = mapped_column(Text)
    restricted_files: Mapped[str] = mapped_column(String(64))

    consultation: Mapped[Consultation] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def office_id(self) -> int:
        return self.consultation.office_id

    @property
    def log_id(self) -> int:
        return self.consultation.log_id

    def manifest(self, edition: str) -> str:
        """The SHA-256 of the manifest of one of the two editions."""
        return self.public_manifest if edition == "public" else self.restricted_manifest

    def seal(self, edition: str) -> str:
        """The text of its seal.txt."""
        return self.public_seal if edition == "public" else self.restricted_seal

    def files(self, edition: str) -> str:
        """Where its ZIP is kept."""
        return self.public_files if edition == "public" else self.restricted_files


def of_consultation(consultation_id: int) -> Sequence[Edition]:
    """The sealed editions, newest first."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.consultation_id == consultation_id)
        .order_by(Edition.number.desc())
        .options(joinedload(Edition.by))
    ).all()


def last(consultation_id: int) -> Edition | None:
    """The newest sealed edition."""
    return db.session.scalars(
        select(Edition)
        .where(Edition.consultation_id == consultation_id)
        .order_by(Edition.number.desc())
        .limit(1)
    ).one_or_none()


def next_number(consultation_id: int) -> int:
    """The number the next edition will have."""
    found = last(consultation_id)
    return found.number + 1 if found else 1


def by_number(consultation_id: int, number: int) -> Edition | None:
    """One sealed edition."""
    return db.session.scalars(
        select(Edition).where(Edition.consultation_id == consultation_id, Edition.number == number)
    ).one_or_none()


def kept_of(digests: Collection[str]) -> set[str]:
    """Those of these digests that a sealed edition's files are found by."""
    columns = (Edition.snapshot, Edition.public_files, Edition.restricted_files)
    return {found for each in columns for found in db.session.scalars(select(each).where(each.in_(digests)))}
