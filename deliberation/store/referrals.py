"""Referrals: what is not about a draft and was handed to somebody who can do it, step by step to its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed
from deliberation.store.db import Row, db
from deliberation.store.meetings import SealedFacts
from deliberation.store.people import Office, Person
from deliberation.store.remarks import Remark


class Referral(Row):
    """One matter in an office's register. Who spoke, and what about, is sealed: a mediation is nobody else's."""

    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        UniqueConstraint("office_id", "key"),
        UniqueConstraint("remark_id"),
        CheckConstraint("kind IN ('referral', 'wish', 'grid', 'mediation')", name="kind"),
        CheckConstraint("kind = 'grid' OR consent IS NOT NULL", name="consent"),
        Index("ix_referral_state", "office_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(Sealed("referral.title"))
    detail: Mapped[str] = mapped_column(Sealed("referral.detail"))
    said_by: Mapped[str] = mapped_column(Sealed("referral.said_by"))
    contact: Mapped[str] = mapped_column(Sealed("referral.contact"))
    place: Mapped[str] = mapped_column(String(120), default="")
    consent: Mapped[str | None] = mapped_column(String(12))
    consented_on: Mapped[date | None]
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"))
    state: Mapped[str] = mapped_column(String(12))
    department: Mapped[str] = mapped_column(String(120), default="")
    by_when: Mapped[date | None]
    made_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    office: Mapped[Office] = relationship()
    remark: Mapped[Remark | None] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def log_id(self) -> int:
        return self.office.log_id

    @property
    def public_number(self) -> str:
        """Serial in its office, with the year it came: 2026-015."""
        return f"{self.made_at:%Y}-{self.number:03d}"


class ReferralStep(Row):
    """One step of a referral with what was filled in; never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    facts: Mapped[dict[str, str]] = mapped_column(SealedFacts("referral_step.facts"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()


@dataclass(frozen=True, slots=True)
class Sought:
    """What the register shows; "" is any. `late`: only what should have been done before `today`."""

    state: str = ""
    kind: str = ""
    late: bool = False


def get(referral_id: int) -> Referral | None:
    """A referral by id."""
    return db.session.get(Referral, referral_id)


def by_key(office_id: int, key: str) -> Referral | None:
    """The referral made under a client's key."""
    return db.session.scalars(
        select(Referral).where(Referral.office_id == office_id, Referral.key == key)
    ).one_or_none()


def of_remark(remark_id: int) -> Referral | None:
    """What was made of a remark that is not about the draft."""
    return db.session.scalars(select(Referral).where(Referral.remark_id == remark_id)).one_or_none()


def next_number(office_id: int) -> int:
    """The serial of the office's next one."""
    return (
        db.session.scalar(select(func.max(Referral.number)).where(Referral.office_id == office_id)) or 0
    ) + 1


def steps(referral_id: int) -> Sequence[ReferralStep]:
    """Its steps, oldest first."""
    return db.session.scalars(
        select(ReferralStep)
        .where(ReferralStep.referral_id == referral_id)
        .order_by(ReferralStep.id)
        .options(joinedload(ReferralStep.by))
    ).all()


def _where(office_id: int, sought: Sought, waiting: Sequence[str], today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Referral.office_id == office_id]
    if sought.state == "open":
        found.append(Referral.state.in_([*waiting, "done"]))
    elif sought.state:
        found.append(Referral.state == sought.state)
    if sought.kind:
        found.append(Referral.kind == sought.kind)
    if sought.late:
        found += [Referral.state.in_(waiting), Referral.by_when < today]
    return found


def register(
    office_id: int, sought: Sought, waiting: Sequence[str], today: date, limit: int, offset: int
) -> Sequence[Referral]:
    """A page of the register: what is due first, then the newest. `waiting` are the states in which time runs."""
    return db.session.scalars(
        select(Referral)
        .where(*_where(office_id, sought, waiting, today))
        .order_by(Referral.by_when.is_(None), Referral.by_when, Referral.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def total(office_id: int, sought: Sought, waiting: Sequence[str], today: date) -> int:
    """How long the register is."""
    asked = select(func.count()).select_from(Referral).where(*_where(office_id, sought, waiting, today))
    return db.session.scalar(asked) or 0


def overdue(office_ids: Sequence[int], waiting: Sequence[str], today: date) -> dict[int, int]:
    """How many of each office's should have been done by now; offices without any are left out."""
    rows = db.session.execute(
        select(Referral.office_id, func.count())
        .where(Referral.office_id.in_(office_ids), Referral.state.in_(waiting), Referral.by_when < today)
        .group_by(Referral.office_id)
    )
    return {row[0]: row[1] for row in rows}


def counts(office_id: int) -> dict[str, int]:
    """How many stand in each state."""
    rows = db.session.execute(
        select(Referral.state, func.count()).where(Referral.office_id == office_id).group_by(Referral.state)
    )
    return {row[0]: row[1] for row in rows}
