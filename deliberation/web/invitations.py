"""Invitations an office has out: make one, show its link and code once, print it, take it back."""

from flask import Blueprint, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.roles import ROLE_NAMES, Role
from deliberation.services import invitations
from deliberation.services.people import Newcomer
from deliberation.store import people as rows
from deliberation.store.people import Invitation, Office
from deliberation.web.forms.people import InviteForm, SureForm, role_choices
from deliberation.web.pages import page
from deliberation.web.people import office_of
from deliberation.web.safe import outside
from deliberation.web.visitor import visitor

bp = Blueprint("invitations", __name__)
KEPT = 5


def invitation_of(invitation_id: int) -> Invitation | None:
    """An invitation by its number; its office becomes the site's face."""
    found = rows.invitation_by_id(invitation_id)
    if found is not None:
        g.office = found.office
    return found


def address(token: str) -> str:
    """The link, under the site's public address where the settings name one."""
    return outside("people.invitation", token=token)


@page(bp, "/offices/<int:office_id>/invitations", Act.INVITE, about=office_of, methods=("GET", "POST"))
def index(one: Office) -> Response | tuple[str, int]:
    """The open ones, and a form for another."""
    form = InviteForm()
    form.role.choices = role_choices(one, True)
    if form.submitted():
        new = Newcomer(
            form.name.data or "", role=Role(form.role.data), category=(form.category.data or "").strip()
        )
        return _made(*invitations.invite(visitor(), one, new))
    return render_template(
        "people/invitations.html",
        form=form,
        office=one,
        open=rows.open_invitations(one.id, clock.now()),
        roles=ROLE_NAMES,
    ), form.status


def _made(made: Invitation, token: str) -> Response:
    """The token is kept for this browser only, so that it can be shown once and printed."""
    kept = dict(session.get("invitations") or {})
    kept[str(made.id)] = token
    session["invitations"] = dict(list(kept.items())[-KEPT:])
    return redirect(url_for("invitations.show", invitation_id=made.id))


@page(
    bp,
    "/offices/<int:office_id>/people/<int:person_id>/invite",
    Act.INVITE,
    about=office_of,
    methods=("GET", "POST"),
)
def person(one: Office, person_id: int) -> Response | tuple[str, int]:
    """Invite somebody already on the list: an account, or another password for the one they have."""
    found = rows.in_office(one.id, person_id)
    held = next((m for m in rows.members(one.id) if m.person_id == person_id), None)
    if found is None or held is None:
        raise NotFound(_("本单位没有这个人。请先添加人员。"))
    form = SureForm()
    if form.submitted():
        new = Newcomer(found.name, role=Role(held.role), category=held.category or "")
        return _made(*invitations.invite(visitor(), one, new, found))
    return render_template("people/invite.html", form=form, office=one, person=found), form.status


@page(bp, "/invitations/slips/<int:invitation_id>", Act.INVITE, about=invitation_of)
def show(found: Invitation) -> str:
    """The link and its QR code, to the browser that made it."""
    token = (session.get("invitations") or {}).get(str(found.id))
    if token is None or found.used_at is not None or found.revoked_at is not None:
        raise NotFound(_("邀请的链接只显示一次。请收回这个邀请，重新发一个。"))
    link = address(token)
    return render_template(
        "people/slip.html",
        invitation=found,
        link=link,
        qr=invitations.qr(link),
        role=ROLE_NAMES[Role(found.role)],
    )


@page(
    bp,
    "/invitations/slips/<int:invitation_id>/revoke",
    Act.REVOKE_INVITATION,
    about=invitation_of,
    methods=("POST",),
)
def revoke(found: Invitation) -> Response:
    """Take it back."""
    office_id = found.office_id
    invitations.revoke(visitor(), found)
    return redirect(url_for("invitations.index", office_id=office_id))
