"""Questions about the sample: is it there, is there anything else, as whom can one enter it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from deliberation.store.db import db
from deliberation.store.people import DutyHeld, Membership, Office, Person
from deliberation.store.remarks import Remark


@dataclass(frozen=True)
class Face:
    """Somebody of the sample one can be: `kind` of their office, `role` there or duty, `category` of a member."""

    person_id: int
    kind: str
    role: str
    category: str = ""


def is_there() -> bool:
    """Whether any office of the sample is here: one cheap statement."""
    return bool(db.session.scalar(select(exists().where(Office.sample))))


def is_empty() -> bool:
    """Whether nobody and nothing has been entered yet."""
    return not db.session.scalar(select(exists(select(Office.id)) | exists(select(Person.id))))


def is_alone() -> bool:
    """Whether there is the sample and nothing else: no other office, nobody who was never of the sample."""
    ours = select(Membership.person_id).join(Office).where(Office.sample)
    others = exists().where(Office.sample.is_(False)) | exists(
        select(Person.id).where(Person.id.not_in(ours))
    )
    return is_there() and not db.session.scalar(select(others))


def office() -> Office | None:
    """The lowest office of the sample, where the consultation is."""
    return db.session.scalars(select(Office).where(Office.sample).order_by(Office.id.desc()).limit(1)).first()


def faces() -> Sequence[Face]:
    """Everyone with a role in the sample or a duty of the installation; who has said most comes first."""
    said = select(func.count(Remark.id)).where(Remark.author_id == Membership.person_id).scalar_subquery()
    roles = db.session.execute(
        select(Membership.person_id, Office.kind, Membership.role, Membership.category)
        .join(Office, Office.id == Membership.office_id)
        .where(Office.sample, Membership.until.is_(None))
        .order_by(said.desc(), Membership.id)
    )
    found = [Face(person, kind, role, category or "") for person, kind, role, category in roles]
    duties = db.session.execute(select(DutyHeld.person_id, DutyHeld.duty).order_by(DutyHeld.person_id))
    return found + [Face(person, "", duty) for person, duty in duties]
