"""Offices, persons, roles, invitations."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from deliberation import clock
from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, NotFound, Refusal, _
from deliberation.domain.roles import Duty, OfficeKind, Role
from deliberation.keys.passwords import hash_password
from deliberation.keys.tokens import new_token
from deliberation.services.actors import GUEST, Actor, who
from deliberation.services.acts import act
from deliberation.services.log import origin_of
from deliberation.services.sessions import _strong, digest_of
from deliberation.store import people
from deliberation.store.columns import cipher
from deliberation.store.db import db
from deliberation.store.log import Log
from deliberation.store.people import Account, DutyHeld, Invitation, Membership, Office, Person

INVITATION_DAYS = 14


@dataclass(frozen=True)
class Newcomer:
    """A person as a form or a spreadsheet row gives them."""

    name: str
    phone: str = ""
    role: Role = Role.PANEL
    category: str = ""
    expertise: str = ""


def open_office(
    actor: Actor, name: str, kind: OfficeKind, parent: Office | None = None, *, sample: bool = False
) -> Office:
    """Open an office under another one; it gets its own log."""
    name = name.strip()
    if not name:
        raise Refusal(_("请填写单位名称。"), field="name")
    with act(actor, Act.OPEN_OFFICE) as record:
        if any(o.name == name for o in people.offices()):
            raise Conflict(_("已经有叫“%(name)s”的单位，请换一个名称。"), name=name, field="name")
        log = Log(origin=origin_of(f"office-{len(people.offices()) + 1}"), size=0)
        office = Office(
            name=name,
            kind=kind.value,
            parent_id=parent.id if parent else None,
            log=log,
            sample=sample,
            made_at=record.at,
        )
        db.session.add(office)
        db.session.flush()
        record.about("office", office.id)
        record.note(office=office.id, kind=kind.value)
    return office


def new_person(name: str, phone: str, at: datetime) -> Person:
    """A person row, not yet added: name and phone sealed, with their blind marks."""
    phone = phone.strip()
    return Person(
        name=name.strip(), name_mark=cipher().blind(name), phone=phone or None,
        phone_mark=cipher().blind(phone) if phone else None, made_at=at,
    )  # fmt: skip


def add_person(actor: Actor, office: Office, new: Newcomer) -> Membership:
    """Add one person with a role to an office."""
    _named(new)
    with act(actor, Act.ADD_PERSON, on=office) as record:
        membership = _join(office, new, record.at)
        record.about("person", membership.person_id)
        record.note(office=office.id, role=new.role.value)
    return membership


def _named(new: Newcomer) -> None:
    if not new.name.strip():
        raise Refusal(_("请填写姓名。"), field="name")
    if len(new.name) > 60:
        raise Refusal(_("姓名太长，请不超过 60 个字。"), field="name")


def _join(office: Office, new: Newcomer, at: datetime, person: Person | None = None) -> Membership:
    if person is None:
        person = _known(office, new) or new_person(new.name, new.phone, at)
    membership = Membership(
        office_id=office.id, person=person, role=new.role.value, category=new.category or None,
        expertise=new.expertise, since=local(at).date(),
    )  # fmt: skip
    db.session.add(membership)
    db.session.flush()
    return membership


def _known(office: Office, new: Newcomer) -> Person | None:
    """The same name with the same telephone is the same person; a name alone never is."""
    if not new.phone.strip():
        return None
    mark = cipher().blind(new.phone)
    return next((p for p in people.named(office.id, new.name) if p.phone_mark == mark), None)


def import_people(actor: Actor, office: Office, rows: list[Newcomer]) -> tuple[int, int]:
    """Add a whole list at once: (added, already there). One bad row and nothing is added."""
    if not rows:
        raise Refusal(_("表里没有人。请粘贴或上传至少一行姓名。"), field="file")
    for new in rows:
        _named(new)
    added = 0
    with act(actor, Act.IMPORT_PEOPLE, on=office) as record:
        here = {(m.person.name_mark, m.person.phone_mark, m.role) for m in people.members(office.id)}
        for new in rows:
            mark = cipher().blind(new.phone) if new.phone.strip() else None
            sign = (cipher().blind(new.name), mark, new.role.value)
            if sign in here:
                continue
            here.add(sign)
            _join(office, new, record.at)
            added += 1
        record.about("office", office.id)
        record.note(office=office.id, added=added, rows=len(rows))
        if not added:
            record.nothing()
    return added, len(rows) - added


def end_role(actor: Actor, membership: Membership) -> None:
    """End a person's role; the row stays as history."""
    with act(actor, Act.END_ROLE, on=membership) as record:
        if membership.until is not None:
            raise Refusal(_("这个身份已经结束了。"))
        membership.until = local(record.at).date()
        record.about("person", membership.person_id)
        record.note(office=membership.office_id, role=membership.role)


def give_role(actor: Actor, office: Office, person: Person, role: Role, category: str = "") -> Membership:
    """Give a person already known another role in an office."""
    with act(actor, Act.GIVE_ROLE, on=office) as record:
        if any(m.person_id == person.id for m in people.members(office.id, role.value)):
            raise Conflict(_("%(name)s 已经有这个身份。"), name=person.name)
        membership = _join(office, Newcomer(person.name, role=role, category=category), record.at, person)
        record.about("person", person.id)
        record.note(office=office.id, role=role.value)
    return membership


def give_duty(actor: Actor, person: Person, duty: Duty, *, sample: bool = False) -> None:
    """Make a person one of the three administrators; the three are never one person outside the sample."""
    with act(actor, Act.GIVE_DUTY) as record:
        if people.duties(person.id) and not sample:
            raise Refusal(_("系统管理员、安全管理员、审计员要由不同的人担任。"))
        db.session.add(DutyHeld(person_id=person.id, duty=duty.value))
        record.about("person", person.id)
        record.note(duty=duty.value)


def give_account(
    actor: Actor, office: Office, person: Person, login: str, password: str, *, must_change: bool = False
) -> Account:
    """Give a person an account; the operator does this for the first one, invitations for the others."""
    digest = hash_password(password)
    with act(actor, Act.ADD_PERSON, on=office) as record:
        account = _account(person, login, digest, record.at)
        account.must_change = must_change
        record.about("person", person.id)
        record.note(account=True)
    return account


def _account(person: Person, login: str, digest: str, at: datetime) -> Account:
    login = login.strip()
    if not 2 <= len(login) <= 60 or any(c.isspace() for c in login):
        raise Refusal(_("用户名要 2 到 60 个字符，中间不留空格。可以用手机号或姓名拼音。"), field="login")
    if people.by_login(login) is not None:
        raise Conflict(_("这个用户名已经有人用了，请换一个。"), field="login")
    account = Account(person_id=person.id, login=login, password_hash=digest, changed_at=at)
    db.session.add(account)
    db.session.flush()
    return account


def invite(
    actor: Actor, office: Office, new: Newcomer, person: Person | None = None
) -> tuple[Invitation, str]:
    """Make an invitation: returns it and its token, which is shown once. It works once, for 14 days."""
    _named(new)
    token = new_token()
    with act(actor, Act.INVITE, on=office) as record:
        made = Invitation(
            office_id=office.id, role=new.role.value, category=new.category or None, name=new.name.strip(),
            person_id=person.id if person else None, digest=digest_of(token), made_by_id=who(actor),
            made_at=record.at, expires_at=record.at + timedelta(days=INVITATION_DAYS),
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        record.about("invitation", made.id)
        record.note(office=office.id, role=new.role.value)
    return made, token


def invitation_by_token(token: str) -> Invitation:
    """The invitation behind a link; a clear refusal when it is unknown, used up or too old."""
    found = people.invitation(digest_of(token))
    if found is None:
        raise NotFound(_("没有这个邀请。请核对链接，或请联络员重新发一个。"))
    _usable(found, clock.now())
    return found


def _usable(found: Invitation, at: datetime) -> None:
    if found.used_at is not None:
        raise Refusal(_("这个邀请已经用过了。如果是您用的，请直接登录；不是，请告诉联络员。"))
    if found.expires_at <= at:
        raise Refusal(_("这个邀请过期了，请联络员重新发一个。"))


def answer_invitation(invitation: Invitation, login: str, password: str) -> Person:
    """Take up an invitation: the person gets an account and the role, once."""
    _strong(password)
    digest = hash_password(password)
    with act(GUEST, Act.ANSWER_INVITATION, on=invitation) as record:
        _usable(invitation, record.at)
        office = invitation.office
        person = invitation.person
        if person is None:
            role = Newcomer(invitation.name, role=Role(invitation.role), category=invitation.category or "")
            person = _join(office, role, record.at).person
        if person.account is not None:
            raise Conflict(_("您已经有账号了，请直接登录。"))
        _account(person, login, digest, record.at)
        invitation.used_at = record.at
        record.about("invitation", invitation.id)
        record.note(person=person.id)
    return person
