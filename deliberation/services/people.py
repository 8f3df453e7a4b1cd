"""Offices, persons, roles, duties, accounts."""

from dataclasses import dataclass
from datetime import datetime

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, NotAllowed, NotFound, Refusal, _
from deliberation.domain.names import named as name_of
from deliberation.domain.names import straight
from deliberation.domain.permissions import allows
from deliberation.domain.roles import LEAD, MEMBERS, Duty, OfficeKind, Role
from deliberation.keys.passwords import hash_password
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.log import origin_of
from deliberation.services.standing import standing
from deliberation.store import people
from deliberation.store.columns import cipher
from deliberation.store.db import db
from deliberation.store.log import Log
from deliberation.store.people import Account, DutyHeld, Membership, Office, Person

MOST_OFFICE = 120
LONGEST = {"phone": 60, "category": 40, "expertise": 200}


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
    straight(name, field="name", limit=MOST_OFFICE)
    with act(actor, Act.OPEN_OFFICE) as record:
        if any(o.name == name for o in people.offices()):
            raise Conflict(_("已经有叫“%(name)s”的单位，请换一个名称。"), name=name, field="name")
        log = Log(origin=origin_of(f"office/{len(people.offices()) + 1}"), size=0)
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
    phone, name = straight(phone.strip(), field="phone", limit=LONGEST["phone"]), name_of(name)
    return Person(
        name=name, name_mark=cipher().blind(name), phone=phone or None,
        phone_mark=cipher().blind(phone) if phone else None, made_at=at,
    )  # fmt: skip


def add_person(actor: Actor, office: Office, new: Newcomer) -> Membership:
    """Add one person with a role to an office."""
    named(new)
    with act(actor, Act.ADD_PERSON, on=office) as record:
        may_give(actor, office, new.role)
        membership = join(office, new, record.at)
        record.about("person", membership.person_id)
        record.note(office=office.id, role=new.role.value)
    return membership


def named(new: Newcomer) -> None:
    """Refuse a newcomer without a name, or with more than the columns hold."""
    if not new.name.strip():
        raise Refusal(_("请填写姓名。"), field="name")
    name_of(new.name)
    for field, most in LONGEST.items():
        straight(getattr(new, field), field=field, limit=most)


def may_give(actor: Actor, office: Office, role: Role) -> None:
    """Panel and council members staff may add; who works here, only those who may give roles. Inside an act."""
    if role is Role.COMMISSION and office.kind == OfficeKind.OUTREACH:
        raise Refusal(_("基层立法联系点没有“法工委工作人员”这个身份，请另选一个。"), field="role")
    if role in MEMBERS:
        return
    where = standing(actor, office)
    if not allows(Act.GIVE_ROLE, where) and not allows(Act.INVITE, where):
        raise NotAllowed(_("工作人员的身份由负责人或联络员来给。您可以添加专家团和议事会成员。"))


def join(office: Office, new: Newcomer, at: datetime, person: Person | None = None) -> Membership:
    """Inside an act: a person's role in an office begins."""
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
        named(new)
    added = 0
    with act(actor, Act.IMPORT_PEOPLE, on=office) as record:
        for role in {new.role for new in rows}:
            may_give(actor, office, role)
        here = {(m.person.name_mark, m.person.phone_mark, m.role) for m in people.members(office.id)}
        for new in rows:
            mark = cipher().blind(new.phone) if new.phone.strip() else None
            sign = (cipher().blind(new.name), mark, new.role.value)
            if sign in here:
                continue
            here.add(sign)
            join(office, new, record.at)
            added += 1
        record.about("office", office.id)
        record.note(office=office.id, added=added, rows=len(rows))
        if not added:
            record.nothing()
    return added, len(rows) - added


def change_person(actor: Actor, membership: Membership, expertise: str, phone: str | None = None) -> None:
    """What somebody of the office knows about (invitees are proposed by it), and their telephone (None: as it was)."""
    for field, words in (("expertise", expertise), ("phone", phone or "")):
        straight(words, field=field, limit=LONGEST[field])
    with act(actor, Act.CHANGE_PERSON, on=membership) as record:
        if membership.until is not None:
            raise Refusal(_("这个身份已经结束了。"))
        membership.expertise = expertise.strip()
        person = membership.person
        if phone is not None and phone.strip() != (person.phone or ""):
            person.phone = phone.strip() or None
            person.phone_mark = cipher().blind(person.phone) if person.phone else None
        record.about("person", membership.person_id)
        record.note(office=membership.office_id, expertise=True, phone=phone is not None)


def end_role(actor: Actor, membership: Membership) -> None:
    """End a person's role; the row stays as history."""
    with act(actor, Act.END_ROLE, on=membership) as record:
        if membership.until is not None:
            raise Refusal(_("这个身份已经结束了。"))
        _not_the_last(actor, membership)
        membership.until = local(record.at).date()
        record.about("person", membership.person_id)
        record.note(office=membership.office_id, role=membership.role)


def _not_the_last(actor: Actor, membership: Membership) -> None:
    """An office keeps somebody who leads it; only the operator may leave it without."""
    if actor.operator or Role(membership.role) not in LEAD:
        return
    leading = [m for m in people.members(membership.office_id) if Role(m.role) in LEAD]
    if len(leading) < 2:
        raise Refusal(_("本单位只剩这一位负责人或联络员。请先给另一个人这个身份，再结束这一个。"))


def give_role(actor: Actor, office: Office, person: Person, role: Role, category: str = "") -> Membership:
    """Give a person already known another role in an office."""
    with act(actor, Act.GIVE_ROLE, on=office) as record:
        may_give(actor, office, role)
        if not actor.operator and people.in_office(office.id, person.id) is None:
            raise NotFound(_("本单位没有这个人。请先添加人员。"))
        if any(m.person_id == person.id for m in people.members(office.id, role.value)):
            raise Conflict(_("%(name)s 已经有这个身份。"), name=person.name)
        membership = join(office, Newcomer(person.name, role=role, category=category), record.at, person)
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
        account = new_account(person, login, digest, record.at)
        account.must_change = must_change
        record.about("person", person.id)
        record.note(account=True)
    return account


def new_account(person: Person, login: str, digest: str, at: datetime) -> Account:
    """Inside an act: an account for a person who has none."""
    login = login.strip()
    if not 2 <= len(login) <= 60 or any(c.isspace() for c in login):
        raise Refusal(_("用户名要 2 到 60 个字符，中间不留空格。可以用手机号或姓名拼音。"), field="login")
    if people.by_login(login) is not None:
        raise Conflict(_("这个用户名已经有人用了，请换一个。"), field="login")
    account = Account(person_id=person.id, login=login, password_hash=digest, changed_at=at)
    db.session.add(account)
    db.session.flush()
    return account


def change_office(actor: Actor, office: Office, *, hotline: str, complaint: str) -> None:
    """The telephone and the address for complaints that stand at the foot of every page of the office."""
    hotline, complaint = hotline.strip(), complaint.strip()
    if len(hotline) > 120:
        raise Refusal(_("热线太长，请不超过 %(most)s 个字。"), most=120, field="hotline")
    if complaint and not complaint.startswith(("http://", "https://")):
        raise Refusal(_("请填写网址，从 http:// 或 https:// 开始。"), field="complaint")
    with act(actor, Act.CHANGE_OFFICE, on=office) as record:
        office.hotline, office.complaint = hotline, complaint[:200]
        record.about("office", office.id)
        record.note(office=office.id)
