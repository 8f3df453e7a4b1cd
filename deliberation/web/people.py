"""Signing in and out, invitations taken up, one's own account; the people of an office."""

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.roles import ROLE_NAMES, Role
from deliberation.services import invitations, people, sessions
from deliberation.services.actors import GUEST
from deliberation.store import people as rows
from deliberation.store import rosters
from deliberation.store.people import Invitation, Membership, Office
from deliberation.web.forms.people import (
    InvitationForm,
    KnowsForm,
    OfficeForm,
    PasswordForm,
    PersonForm,
    RoleForm,
    SignInForm,
    SureForm,
    role_choices,
)
from deliberation.web.installation import parts
from deliberation.web.pages import may, page
from deliberation.web.safe import onward
from deliberation.web.throttle import slow_down
from deliberation.web.visitor import held, visitor

bp = Blueprint("people", __name__)
ALWAYS = {"people.account", "people.sign_out", "looks.choose", "static", None}


def office_of(office_id: int) -> Office | None:
    """An office by its number; it becomes the site's face."""
    found = rows.office(office_id)
    if found is not None:
        g.office = found
    return found


def membership_of(membership_id: int) -> Membership | None:
    """A role in an office by its number."""
    found = rows.membership(membership_id)
    if found is not None:
        g.office = found.office
    return found


@bp.before_app_request
def stay() -> Response | None:
    """A session in use lasts on; whoever must choose a new password does that first."""
    if request.endpoint == "static" or "token" not in session:
        return None
    person = visitor().person
    if person is None:
        return None
    if clock.now().timestamp() >= float(session.get("renew", 0)):
        _renew(session["token"])
    if person.account is not None and person.account.must_change and request.endpoint not in ALWAYS:
        return redirect(url_for("people.account"))
    return None


def _renew(token: str) -> None:
    try:
        sessions.prolong(visitor(), token)
    except OperationalError:
        current_app.logger.exception("a session could not be prolonged")
    session["renew"] = (clock.now() + sessions.idle() / 8).timestamp()


@page(bp, "/sign-in", Act.SIGN_IN, methods=("GET", "POST"))
def sign_in() -> Response | tuple[str, int]:
    """One form: login and password."""
    form = SignInForm()
    if form.submitted():
        slow_down(GUEST, "sign-in", times=10)
        _enter(sessions.sign_in(form.login.data or "", form.password.data or ""))
        return redirect(onward(request.args.get("next")))
    return render_template("people/sign_in.html", form=form), form.status


def _enter(token: str) -> None:
    """A fresh session for a fresh sign-in: nothing of the guest's session is kept but the receipts just given.

    Whoever was signed in here before is signed out: their token opens nothing any more.
    """
    if "token" in session:
        sessions.sign_out(visitor(), session["token"])
    receipts = session.get("receipts")
    session.clear()
    session["token"] = token
    session["renew"] = (clock.now() + sessions.idle() / 8).timestamp()
    if receipts:
        session["receipts"] = receipts


@page(bp, "/sign-out", Act.SIGN_OUT, methods=("POST",))
def sign_out() -> Response:
    """End this session, here and on the server."""
    sessions.sign_out(visitor(), session.get("token", ""))
    session.clear()
    return redirect(url_for("consultations.home"))


@page(
    bp,
    "/invitations/<token>",
    Act.ANSWER_INVITATION,
    about=invitations.invitation_by_token,
    methods=("GET", "POST"),
)
def invitation(found: Invitation) -> Response | tuple[str, int]:
    """Choose login and password, or another password for the account one has; then signed in."""
    g.office = found.office
    known = found.person.account if found.person is not None else None
    form = InvitationForm()
    if known is not None:
        del form.login
    if form.submitted():
        login = "" if known else form.login.data or ""
        person = invitations.answer_invitation(found, login, form.new.data or "")
        _enter(sessions.admit(person))
        return redirect(url_for("consultations.home"))
    return render_template("people/invitation.html", form=form, invitation=found, known=known), form.status


@page(bp, "/account", Act.SEE_OWN, methods=("GET", "POST"))
def account() -> Response | tuple[str, int]:
    """One's own account: another password ends every other session."""
    person = visitor().person
    assert person is not None
    form = PasswordForm()
    if person.account is not None and form.submitted():
        sessions.set_password(visitor(), person.account, form.new.data or "", old=form.old.data or "")
        _enter(sessions.admit(person))
        return redirect(url_for("people.account", done=1))
    notes = [_("密码改好了。别处的登录都已退出。")] if request.args.get("done") else []
    mine = [(m.office.name, ROLE_NAMES[Role(m.role)]) for m in rosters.memberships_of(person.id)]
    return render_template(
        "people/account.html",
        form=form,
        account=person.account,
        mine=mine,
        notes=notes,
        sessions=len(rows.sessions_of(person.id)),
    ), form.status


@page(bp, "/people", Act.SEE_OWN)
def office() -> Response | str:
    """The offices whose people one may see; where there is one, straight to it."""
    found = [o for o in rosters.offices_in([o for o, _above, _role in held()]) if may(Act.READ_OFFICE, o)]
    if len(found) == 1:
        return redirect(url_for("people.members", office_id=found[0].id))
    return render_template("people/offices.html", offices=found, counts=rosters.head_counts())


@page(bp, "/offices/<int:office_id>/people", Act.READ_OFFICE, about=office_of)
def members(one: Office) -> str:
    """Members by role and category."""
    found = rows.members(one.id)
    groups = [(role, [m for m in found if m.role == role.value]) for role in Role]
    for role, some in groups:
        some.sort(key=lambda m: (m.category or "", m.id)) if role in {Role.PANEL, Role.COUNCIL} else None
    return render_template(
        "people/members.html",
        office=one,
        groups=[(ROLE_NAMES[role], some) for role, some in groups if some],
        logins=rosters.with_accounts([m.person_id for m in found]),
        total=len({m.person_id for m in found}),
        invited=len(rows.open_invitations(one.id, clock.now())),
    )


def _gives(one: Office) -> bool:
    return may(Act.GIVE_ROLE, one) or may(Act.INVITE, one)


@page(bp, "/offices/<int:office_id>/people/new", Act.ADD_PERSON, about=office_of, methods=("GET", "POST"))
def add(one: Office) -> Response | tuple[str, int]:
    """Add one person; no account is needed."""
    form = PersonForm()
    form.role.choices = role_choices(one, _gives(one))
    if form.submitted():
        new = people.Newcomer(
            form.name.data or "", form.phone.data or "", Role(form.role.data), form.category.data or "",
            form.expertise.data or "",
        )  # fmt: skip
        people.add_person(visitor(), one, new)
        return redirect(url_for("people.members", office_id=one.id))
    return render_template("people/add.html", form=form, office=one), form.status


@page(
    bp,
    "/offices/<int:office_id>/people/<int:person_id>/roles",
    Act.GIVE_ROLE,
    about=office_of,
    methods=("GET", "POST"),
)
def give_role(one: Office, person_id: int) -> Response | tuple[str, int] | Any:
    """Give somebody of this office another role in it."""
    person = rows.in_office(one.id, person_id)
    if person is None:
        return redirect(url_for("people.members", office_id=one.id))
    form = RoleForm()
    form.role.choices = role_choices(one, True)
    if form.submitted():
        people.give_role(visitor(), one, person, Role(form.role.data), form.category.data or "")
        return redirect(url_for("people.members", office_id=one.id))
    return render_template("people/role.html", form=form, office=one, person=person), form.status


@page(bp, "/memberships/<int:membership_id>", Act.CHANGE_PERSON, about=membership_of, methods=("GET", "POST"))
def change_person(found: Membership) -> Response | tuple[str, int]:
    """What somebody knows about, and their telephone."""
    form = KnowsForm(data={"expertise": found.expertise, "phone": found.person.phone or ""}) if request.method == "GET" else KnowsForm()  # fmt: skip
    if not may(Act.READ_RESTRICTED, found.office):
        del form.phone
    if form.submitted():
        people.change_person(
            visitor(), found, form.expertise.data or "", form.phone.data or "" if "phone" in form else None
        )
        return redirect(url_for("people.members", office_id=found.office_id))
    return render_template(
        "people/knows.html", form=form, membership=found, role=ROLE_NAMES[Role(found.role)]
    ), form.status


@page(bp, "/memberships/<int:membership_id>/end", Act.END_ROLE, about=membership_of, methods=("GET", "POST"))
def end_role(found: Membership) -> Response | tuple[str, int]:
    """End a role, after being shown what that means."""
    form = SureForm()
    if form.submitted():
        office_id = found.office_id
        people.end_role(visitor(), found)
        return redirect(url_for("people.members", office_id=office_id))
    return render_template(
        "people/end_role.html", form=form, membership=found, role=ROLE_NAMES[Role(found.role)]
    ), form.status


@page(bp, "/offices/<int:office_id>", Act.CHANGE_OFFICE, about=office_of, methods=("GET", "POST"))
def change_office(one: Office) -> Response | tuple[str, int]:
    """Hotline and complaints address."""
    form = OfficeForm(obj=one)
    if form.submitted():
        people.change_office(
            visitor(), one, hotline=form.hotline.data or "", complaint=form.complaint.data or ""
        )
        return redirect(url_for("people.members", office_id=one.id))
    return render_template("people/office.html", form=form, office=one), form.status


@page(bp, "/installation", Act.READ_INSTALLATION)
def installation() -> str:
    """For the three administrators, each their part."""
    return render_template("people/installation.html", **parts())
