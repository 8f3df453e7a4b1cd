"""Lists of people as pages show them: accounts, heads counted, offices with the ones above and below."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from deliberation.store.db import db
from deliberation.store.people import Account, DutyHeld, Membership, Office


def with_accounts(person_ids: Sequence[int]) -> dict[int, str]:
    """Login names of those of these persons who have an account."""
    rows = db.session.execute(
        select(Account.person_id, Account.login).where(Account.person_id.in_(set(person_ids)))
    )
    return {row[0]: row[1] for row in rows}


def accounts() -> list[tuple[Account, str, list[str]]]:
    """Every account with its person's name and duties, by login: two statements."""
    held: dict[int, list[str]] = {}
    for person_id, duty in db.session.execute(select(DutyHeld.person_id, DutyHeld.duty)):
        held.setdefault(person_id, []).append(duty)
    rows = db.session.scalars(
        select(Account).options(joinedload(Account.person)).order_by(Account.login)
    ).all()
    return [(row, row.person.name, held.get(row.person_id, [])) for row in rows]


def head_counts() -> dict[int, int]:
    """How many persons each office has now: one statement."""
    rows = db.session.execute(
        select(Membership.office_id, func.count(func.distinct(Membership.person_id)))
        .where(Membership.until.is_(None))
        .group_by(Membership.office_id)
    )
    return {row[0]: row[1] for row in rows}


def offices_in(office_ids: Sequence[int]) -> Sequence[Office]:
    """These offices with the ones above them, in the order they were opened."""
    return db.session.scalars(
        select(Office).where(Office.id.in_(office_ids)).options(joinedload(Office.parent)).order_by(Office.id)
    ).all()


def below(office_id: int) -> list[int]:
    """The offices under this one, at every depth: one statement."""
    tree = select(Office.id).where(Office.parent_id == office_id).cte("tree", recursive=True)
    tree = tree.union_all(select(Office.id).join(tree, Office.parent_id == tree.c.id))
    return list(db.session.scalars(select(tree.c.id)))


def memberships_of(person_id: int) -> Sequence[Membership]:
    """The roles a person holds now, with their offices."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.until.is_(None))
        .options(joinedload(Membership.office))
        .order_by(Membership.id)
    ).all()
