"""Signing in and out, taking up an invitation."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.services import people, sessions
from deliberation.web.forms.people import InvitationForm, SignInForm
from deliberation.web.pages import page
from deliberation.web.safe import onward
from deliberation.web.visitor import visitor

bp = Blueprint("people", __name__)


@page(bp, "/sign-in", Act.SIGN_IN, methods=("GET", "POST"))
def sign_in() -> Response | tuple[str, int]:
    """One form: login and password."""
    form = SignInForm()
    if form.submitted():
        _enter(sessions.sign_in(form.login.data or "", form.password.data or ""))
        return redirect(onward(request.args.get("next")))
    return render_template("people/sign_in.html", form=form), form.status


def _enter(token: str) -> None:
    """A fresh session for a fresh sign-in: nothing of the guest's session is kept but the receipts just given."""
    receipts = session.get("receipts")
    session.clear()
    session["token"] = token
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
    about=people.invitation_by_token,
    methods=("GET", "POST"),
)
def invitation(found: people.Invitation) -> Response | tuple[str, int]:
    """Choose login and password; then signed in."""
    form = InvitationForm()
    if form.submitted():
        person = people.answer_invitation(found, form.login.data or "", form.new.data or "")
        _enter(sessions.admit(person))
        return redirect(url_for("consultations.home"))
    return render_template("people/invitation.html", form=form, invitation=found), form.status
