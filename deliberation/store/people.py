"""Offices, persons, their roles and accounts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, literal, select, text, union_all
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from deliberation.store.columns import Sealed, cipher
from deliberation.store.db import Row, db
from deliberation.store.log import Log

STILL = text("until IS NULL")


class Office(Row):
    """A commission, a district office or an outreach office; the one above it is its parent."""

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), unique=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("log.id"))
    hotline: Mapped[str] = mapped_column(String(120), default="")
    complaint: Mapped[str] = mapped_column(String(200), default="")
    sample: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]

    parent: Mapped["Office | None"] = relationship(remote_side=[id])
    log: Mapped[Log] = relationship()

    @property
    def office_id(self) -> int:
        return self.id


class Person(Row):
    """Somebody we know by name. Most have no account; the liaison officer's is enough to run an office."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Sealed("person.name"))
    name_mark: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    phone: Mapped[str | None] = mapped_column(Sealed("person.phone"))
    phone_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    language: Mapped[str] = mapped_column(String(8), default="zh")
    made_at: Mapped[datetime]

    account: Mapped["Account | None"] = relationship(back_populates="person", uselist=False)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="person")
    duties: Mapped[list["DutyHeld"]] = relationship()


class Account(Row):
    """How a person signs in."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    failures: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]
    must_change: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="account")


class SignIn(Row):
    """One signed-in browser; the cookie carries a token of which only the digest is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Membership(Row):
    """A person's role in an office, from and until when; ended, never deleted."""

    __table_args__ = (
        Index(
            "uq_membership_now",
            "office_id",
            "person_id",
            "role",
            unique=True,
            sqlite_where=STILL,
            postgresql_where=STILL,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    category: Mapped[str | None] = mapped_column(String(40))
    expertise: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    until: Mapped[date | None]

    office: Mapped[Office] = relationship()
    person: Mapped[Person] = relationship(back_populates="memberships")

    @property
    def log_id(self) -> int:
        return self.office.log_id


class DutyHeld(Row):
    """A duty of the installation held by a person."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    duty: Mapped[str] = mapped_column(String(20), primary_key=True)


class Invitation(Row):
    """A link that lets one person in, once, for a while."""

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    role: Mapped[str] = mapped_column(String(20))
    category: Mapped[str | None] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Sealed("invitation.name"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    office: Mapped[Office] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def log_id(self) -> int:
        return self.office.log_id


def get(person_id: int) -> Person | None:
    """A person by id."""
    return db.session.get(Person, person_id)


def names(person_ids: Sequence[int]) -> dict[int, str]:
    """Names of these persons by id: one statement."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(set(person_ids))))
    return {row[0]: row[1] for row in rows}


def office(office_id: int) -> Office | None:
    """An office by id."""
    return db.session.get(Office, office_id)


def offices() -> Sequence[Office]:
    """All offices, the commission first."""
    return db.session.scalars(select(Office).order_by(Office.id)).all()


def by_login(login: str) -> Account | None:
    """An account by its login name."""
    return db.session.scalars(
        select(Account).where(Account.login == login).options(joinedload(Account.person))
    ).one_or_none()


def signed_in(digest: bytes) -> SignIn | None:
    """The sign-in behind a cookie, with its person and account."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.digest == digest, SignIn.ended_at.is_(None))
        .options(joinedload(SignIn.person).joinedload(Person.account))
    ).one_or_none()


def sessions_of(person_id: int) -> Sequence[SignIn]:
    """A person's sessions that have not been ended."""
    return db.session.scalars(
        select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    ).all()


def roles(person_id: int) -> list[tuple[int, int | None, str]]:
    """A person's roles now: (office, the office above it, role)."""
    rows = db.session.execute(
        select(Membership.office_id, Office.parent_id, Membership.role)
        .join(Office, Office.id == Membership.office_id)
        .where(Membership.person_id == person_id, Membership.until.is_(None))
    )
    return [(office_id, parent_id, role) for office_id, parent_id, role in rows]


def roles_and_duties(person_id: int) -> tuple[list[tuple[int, int | None, str]], list[str]]:
    """Both at once, as a page asks them of its visitor: one statement."""
    no_office = literal(None, Integer())
    role = (
        select(Membership.office_id, Office.parent_id, Membership.role)
        .join(Office, Office.id == Membership.office_id)
        .where(Membership.person_id == person_id, Membership.until.is_(None))
    )
    duty = select(no_office, no_office, DutyHeld.duty).where(DutyHeld.person_id == person_id)
    rows: Sequence[Any] = db.session.execute(union_all(role, duty)).all()
    return [(o, p, name) for o, p, name in rows if o is not None], [name for o, _p, name in rows if o is None]


def duties(person_id: int) -> list[str]:
    """The installation duties a person holds."""
    return list(db.session.scalars(select(DutyHeld.duty).where(DutyHeld.person_id == person_id)))


def above(office_id: int) -> list[int]:
    """The offices over this one, nearest first: one statement."""
    chain = select(Office.id, Office.parent_id).where(Office.id == office_id).cte("chain", recursive=True)
    chain = chain.union_all(select(Office.id, Office.parent_id).join(chain, Office.id == chain.c.parent_id))
    return [found for found in db.session.scalars(select(chain.c.id)) if found != office_id]


def members(office_id: int, role: str | None = None) -> Sequence[Membership]:
    """Who holds roles in an office now, with their persons, in the order they came."""
    asked = select(Membership).where(Membership.office_id == office_id, Membership.until.is_(None))
    if role is not None:
        asked = asked.where(Membership.role == role)
    return db.session.scalars(asked.options(joinedload(Membership.person)).order_by(Membership.id)).all()


def named(office_id: int, name: str) -> Sequence[Person]:
    """Persons of an office who bear this name, found by its blind mark."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.office_id == office_id, Person.name_mark == cipher().blind(name))
        .distinct()
    ).all()


def invitation(digest: bytes) -> Invitation | None:
    """An invitation by the digest of its token."""
    return db.session.scalars(select(Invitation).where(Invitation.digest == digest)).one_or_none()


def open_invitations(office_id: int, at: datetime) -> Sequence[Invitation]:
    """Invitations of an office that can still be taken up, the one that ends first on top."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.office_id == office_id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > at,
        )
        .order_by(Invitation.expires_at, Invitation.id)
    ).all()


def invitation_by_id(invitation_id: int) -> Invitation | None:
    """An invitation by id."""
    return db.session.get(Invitation, invitation_id)


def membership(membership_id: int) -> Membership | None:
    """A role in an office by id."""
    return db.session.get(Membership, membership_id)


def in_office(office_id: int, person_id: int) -> Person | None:
    """A person, if they hold or held a role in this office."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.office_id == office_id, Person.id == person_id)
        .limit(1)
    ).one_or_none()
