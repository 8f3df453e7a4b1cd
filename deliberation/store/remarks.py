"""Remarks: the originals of every channel, as their authors saw them in the box. Never rewritten, never deleted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    Text,
    UniqueConstraint,
    false,
    func,
    or_,
    select,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.clock import local
from deliberation.store.columns import Sealed
from deliberation.store.consultations import Consultation
from deliberation.store.db import Row, db
from deliberation.store.drafts import Version
from deliberation.store.people import Person

RELEASED = sql("released_at IS NOT NULL")


class Remark(Row):
    """What one person said about one place of one version, and how it came in."""

    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "key"),
        CheckConstraint("state IN ('current', 'replaced', 'withdrawn')", name="state"),
        CheckConstraint("attitude IN ('support', 'amend', 'oppose', 'no_view')", name="attitude"),
        CheckConstraint("(ending IS NULL OR ending = 'annex') OR ending_reason <> ''", name="ending_reason"),
        CheckConstraint("released_at IS NULL OR private = false", name="private"),
        Index("ix_remark_place", "consultation_id", "article_eid", "number"),
        Index("ix_remark_author", "author_id"),
        # what everyone may read: an article's page must not cost more where many are waiting to be released
        Index(
            "ix_remark_released",
            "consultation_id",
            "article_eid",
            "number",
            sqlite_where=RELEASED,
            postgresql_where=RELEASED,
        ),  # fmt: skip
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    place: Mapped[str] = mapped_column(String(12))
    uid: Mapped[str] = mapped_column(String(32), default="")
    eid: Mapped[str] = mapped_column(String(120), default="")
    article_eid: Mapped[str] = mapped_column(String(120), default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    quote_prefix: Mapped[str] = mapped_column(Text, default="")
    quote_suffix: Mapped[str] = mapped_column(Text, default="")
    stood: Mapped[str] = mapped_column(Text, default="")
    attitude: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    wording: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(200), default="")
    category: Mapped[str] = mapped_column(String(40), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    said_by: Mapped[str | None] = mapped_column(Sealed("remark.said_by"))
    contact: Mapped[str | None] = mapped_column(Sealed("remark.contact"))
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    show_name: Mapped[bool] = mapped_column(default=False)
    private: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="current")
    ended_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))
    released_at: Mapped[datetime | None]
    receipt_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    leaf_index: Mapped[int]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    ending: Mapped[str | None] = mapped_column(String(12))
    ending_reason: Mapped[str] = mapped_column(Text, default="")
    ending_to: Mapped[str] = mapped_column(String(120), default="")

    consultation: Mapped[Consultation] = relationship()
    version: Mapped[Version] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    typed_by: Mapped[Person | None] = relationship(foreign_keys=[typed_by_id])
    replaces: Mapped["Remark | None"] = relationship(remote_side=[id])

    @property
    def log_id(self) -> int:
        return self.consultation.log_id

    @property
    def office_id(self) -> int:
        return self.consultation.office_id

    @property
    def public_number(self) -> str:
        """Serial in its consultation, with the month it came: 2026-03-0127."""
        return public_number(self.received_at, self.number)


def public_number(received_at: datetime, number: int) -> str:
    """Serial in its consultation, with the month it came by the clock here: 2026-03-0127.

    Written out, for strftime takes several times as long and a million of them are told in a dossier.
    """
    day = local(received_at)
    return f"{day.year:04d}-{day.month:02d}-{number:04d}"


class RemarkTally(Row):
    """How many remarks of a consultation have one thing in common; kept when a remark comes or goes, never counted at reading.

    `of` is standing, late, ended, or of those standing: attitude.CODE, channel.CODE, place.whole, place.title.
    """

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    of: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class ColumnMapping(Row):
    """Which columns an office took for what in a table with this heading, so that it is mapped once."""

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    header_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    at: Mapped[datetime]


def tallies(consultation_id: int) -> dict[str, int]:
    """Every counter of a consultation: one statement."""
    rows = db.session.execute(
        select(RemarkTally.of, RemarkTally.count).where(RemarkTally.consultation_id == consultation_id)
    )
    return {of: int(count) for of, count in rows}


def mapping(office_id: int, header_digest: str) -> ColumnMapping | None:
    """How this office read a table with this heading before."""
    return db.session.get(ColumnMapping, (office_id, header_digest))


def by_key(consultation_id: int, key: str) -> Remark | None:
    """The remark made under a client's key."""
    return db.session.scalars(
        select(Remark).where(Remark.consultation_id == consultation_id, Remark.key == key)
    ).one_or_none()


def by_keys(consultation_id: int, keys: Sequence[str]) -> dict[str, Remark]:
    """The remarks made under these keys, by key: one statement."""
    found = db.session.scalars(
        select(Remark).where(Remark.consultation_id == consultation_id, Remark.key.in_(keys))
    )
    return {one.key: one for one in found}


def known_keys(consultation_id: int, keys: Sequence[str]) -> set[str]:
    """Which of these keys a remark was made under already, a thousand asked at a time."""
    found: set[str] = set()
    for first in range(0, len(keys), 1_000):
        some = keys[first : first + 1_000]
        found.update(
            db.session.scalars(
                select(Remark.key).where(Remark.consultation_id == consultation_id, Remark.key.in_(some))
            )
        )
    return found


def by_numbers(consultation_id: int, numbers: Sequence[int]) -> Sequence[Remark]:
    """The remarks with these serial numbers, in order; unknown ones are left out."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.consultation_id == consultation_id, Remark.number.in_(numbers))
        .order_by(Remark.number)
        .options(joinedload(Remark.consultation))
    ).all()


def by_number(consultation_id: int, number: int) -> Remark | None:
    """The remark with this serial number."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.consultation_id == consultation_id, Remark.number == number)
        .options(joinedload(Remark.consultation))
    ).one_or_none()


def fresh(consultation_id: int, numbers: Sequence[int]) -> Sequence[Remark]:
    """The same, read anew: for use inside an act."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.consultation_id == consultation_id, Remark.number.in_(numbers))
        .order_by(Remark.number)
        .execution_options(populate_existing=True)
    ).all()


def get(remark_id: int) -> Remark | None:
    """A remark by id."""
    return db.session.get(Remark, remark_id)


def replacing(remark_id: int) -> Remark | None:
    """The remark said in place of this one."""
    return db.session.scalars(select(Remark).where(Remark.replaces_id == remark_id)).first()


def by_receipt(digest: bytes) -> Remark | None:
    """The remark whose receipt code has this keyed digest."""
    return db.session.scalars(
        select(Remark).where(Remark.receipt_digest == digest).options(joinedload(Remark.consultation))
    ).one_or_none()


def receipts_given(digests: Sequence[bytes]) -> set[bytes]:
    """Which of these digests of receipt codes are taken: one statement for each 500."""
    found: set[bytes] = set()
    for first in range(0, len(digests), 500):
        some = digests[first : first + 500]
        found |= set(db.session.scalars(select(Remark.receipt_digest).where(Remark.receipt_digest.in_(some))))
    return found


def visible(
    asked: Select[Remark], *, viewer: int | None, staff: bool, shares: bool, published: bool
) -> Select[Remark]:
    """Narrow a question to what a person may see: the twin, in SQL, of the policy for reading a remark."""
    if staff:
        return asked
    may = [Remark.author_id == viewer] if viewer is not None else []
    if published:
        may.append(Remark.released_at.is_not(None))
    if shares:
        may.append((Remark.state == "current") & Remark.private.is_(False))
    return asked.where(or_(*may) if may else false())


def standing_at(consultation_id: int, article_eid: str) -> Select[Remark]:
    """Current remarks at one article that came in time, in that order; narrow it with `visible`."""
    return (
        select(Remark)
        .where(
            Remark.consultation_id == consultation_id,
            Remark.article_eid == article_eid,
            Remark.state == "current",
            Remark.late.is_(False),
        )
        .order_by(Remark.number)
    )


def all_of(consultation_id: int) -> Sequence[Remark]:
    """Every remark of a consultation in order, whatever became of it."""
    return db.session.scalars(
        select(Remark).where(Remark.consultation_id == consultation_id).order_by(Remark.number)
    ).all()


def of_author(person_id: int) -> Sequence[Remark]:
    """A person's own remarks, newest first."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.author_id == person_id)
        .order_by(Remark.id.desc())
        .options(joinedload(Remark.consultation).joinedload(Consultation.task))
    ).all()


def answer(asked: Select[Remark], limit: int | None = None, offset: int = 0) -> Sequence[Remark]:
    """Ask a question built above."""
    if limit is not None:
        asked = asked.limit(limit).offset(offset)
    return db.session.scalars(asked).all()


def total(asked: Select[Remark]) -> int:
    """How many rows a question has."""
    return db.session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
