"""One's own ballot, made for a phone: choose, look once more, cast; it can be changed until the vote closes."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from deliberation.domain.acts import Act
from deliberation.domain.ballots import CHOICE_LABELS, Choice
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.services import votes as verbs
from deliberation.services.actors import who
from deliberation.services.councils import label
from deliberation.store import votes
from deliberation.store.votes import Ballot, RollRow, Vote
from deliberation.web.forms.votes import BallotForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor
from deliberation.web.votes import Answer, vote
from deliberation.web.votes import bp as votes_bp

NOT_YOURS = mark("这次表决的名册上没有您，没有您的表决票。")


@page(votes_bp, "/votes/<int:vote_id>/ballot", Act.READ_VOTE, about=vote, methods=("GET", "POST"))
def ballot(one: Vote) -> Answer:
    """Choose, be shown the choice once more, cast. Whether one may is asked again inside the door (CAST_BALLOT)."""
    row, cast = _mine(one)
    last = cast[-1] if cast else None
    form = (
        BallotForm(data={"replaces": str(last.revision if last else 0)})
        if request.method == "GET"
        else BallotForm()
    )
    if form.refused is not None and form.refused.status == 409:
        form.replaces.data, form.sure.data = str(last.revision if last else 0), ""
    if form.submitted():
        if form.sure.data == "1":
            verbs.cast_ballot(visitor(), one, _cast(form))
            return redirect(url_for("votes.ballot", vote_id=one.id))
        form.sure.data = "1"
        return _page("votes/sure.html", one, row, form, last), 200
    return _page("votes/ballot.html", one, row, form, last), form.status


def _mine(one: Vote) -> tuple[RollRow, list[Ballot]]:
    person = who(visitor())
    row = votes.roll_row(one.id, person) if person is not None else None
    if row is None:
        raise NotFound(NOT_YOURS)
    return row, list(votes.ballots_of(row.id))


def _cast(form: BallotForm) -> verbs.Cast:
    replaces = form.replaces.data or ""
    return verbs.Cast(
        form.choice.data or "", form.key.data or "", int(replaces) if replaces.isdecimal() else 0
    )


def _page(template: str, one: Vote, row: RollRow, form: BallotForm, last: Ballot | None) -> str:
    crumbs = [(_("首页"), url_for("consultations.home")), (_("表决票"), None)]
    return render_template(
        template, vote=one, row=row, form=form, last=last, crumbs=crumbs, label=label, kinds=verbs.KINDS,
        standing=CHOICE_LABELS[Choice(last.choice)] if last else "", hindered=verbs.obstacle(one, row),
        chosen=CHOICE_LABELS.get(form.choice.data, "") if form.choice.data else "",
    )  # fmt: skip
