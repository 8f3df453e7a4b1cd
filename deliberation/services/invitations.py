"""Invitations: a link that lets one person in, once, for two weeks; an account, or another password for one."""

from datetime import datetime, timedelta

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.roles import Role
from deliberation.formats.qr import Picture, picture
from deliberation.keys.passwords import hash_password
from deliberation.keys.tokens import new_token
from deliberation.services.actors import GUEST, Actor, who
from deliberation.services.acts import act
from deliberation.services.people import Newcomer, join, may_give, named, new_account
from deliberation.services.sessions import change_password, digest_of, strong
from deliberation.store import people
from deliberation.store.db import db
from deliberation.store.people import Invitation, Office, Person

INVITATION_DAYS = 14


def invite(
    actor: Actor, office: Office, new: Newcomer, person: Person | None = None
) -> tuple[Invitation, str]:
    """Make an invitation: returns it and its token, which is shown once. It works once, for 14 days."""
    named(new)
    token = new_token()
    with act(actor, Act.INVITE, on=office) as record:
        may_give(actor, office, new.role)
        if person is not None:
            _ours_alone(actor, office, person)
            _revoke_earlier(office, person, record.at)
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


def _ours_alone(actor: Actor, office: Office, person: Person) -> None:
    """Whoever takes up a person's invitation signs in as that person: it is made only where all they may do is ours."""
    if actor.operator:
        return
    if people.in_office(office.id, person.id) is None:
        raise NotFound(_("本单位没有这个人。请先添加人员。"))
    elsewhere = any(where != office.id for where, _above, _role in people.roles(person.id))
    if elsewhere or people.duties(person.id):
        raise Refusal(_("%(name)s 在别的单位也有身份，邀请要请系统管理员在服务器上发。"), name=person.name)


def _revoke_earlier(office: Office, person: Person, at: datetime) -> None:
    for earlier in people.open_invitations(office.id, at):
        if earlier.person_id == person.id:
            earlier.revoked_at = at


def revoke(actor: Actor, invitation: Invitation) -> None:
    """Take an invitation back: its link opens nothing any more."""
    with act(actor, Act.REVOKE_INVITATION, on=invitation) as record:
        _usable(invitation, record.at)
        invitation.revoked_at = record.at
        record.about("invitation", invitation.id)
        record.note(office=invitation.office_id)


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
    if found.revoked_at is not None:
        raise Refusal(_("这个邀请已经收回了。如有疑问，请联系发邀请的联络员。"))
    if found.expires_at <= at:
        raise Refusal(_("这个邀请过期了，请联络员重新发一个。"))


def answer_invitation(invitation: Invitation, login: str, password: str) -> Person:
    """Take up an invitation, once: a newcomer gets role and account, somebody with an account another password."""
    strong(password)
    digest = hash_password(password)
    with act(GUEST, Act.ANSWER_INVITATION, on=invitation) as record:
        _usable(invitation, record.at)
        person = invitation.person or _newcomer(invitation, record.at)
        if person.account is not None:
            change_password(person.account, digest, record.at)
        else:
            new_account(person, login, digest, record.at)
        invitation.used_at = record.at
        record.about("invitation", invitation.id)
        record.note(person=person.id)
    return person


def _newcomer(invitation: Invitation, at: datetime) -> Person:
    role = Newcomer(invitation.name, role=Role(invitation.role), category=invitation.category or "")
    return join(invitation.office, role, at).person


def qr(address: str) -> Picture:
    """The QR code of an invitation's link."""
    return picture(address)
