"""A count put right: again before it is confirmed, by two persons afterwards; and the result published on the board."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from deliberation.domain.acts import Act
from deliberation.domain.ballots import CHOICE_LABELS
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.domain.tally_words import words
from deliberation.domain.voting import Tally
from deliberation.services import votes as verbs
from deliberation.services.councils import label
from deliberation.store import vote_counts, votes
from deliberation.store.vote_counts import VoteCorrection
from deliberation.store.votes import Vote
from deliberation.web.forms.vote_papers import (
    NUMBERS,
    BallotsAgainForm,
    HandsAgainForm,
    SettleErratumForm,
    SheetAgainForm,
    SheetForm,
    numbers_of,
)
from deliberation.web.forms.votes import CloseForm
from deliberation.web.pages import page
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor
from deliberation.web.vote_acts import BOTH, done, way
from deliberation.web.votes import Answer, vote

bp = Blueprint("vote_corrections", __name__)

THREE = ("for_", "against", "abstain")
FORMS: dict[str, Any] = {"hands": HandsAgainForm, "paper": SheetAgainForm, "named": BallotsAgainForm}


@page(bp, "/votes/<int:vote_id>/correct", Act.CORRECT_VOTE, about=vote, methods=BOTH)
def correct(one: Vote) -> Answer:
    """Count again (before the count is confirmed), or propose an erratum (afterwards)."""
    form = FORMS[one.kind](data=_counted(one)) if request.method == "GET" else FORMS[one.kind]()
    if form.submitted():
        verb = verbs.recount if one.state == "counted" else verbs.propose_erratum
        verb(visitor(), one, _change(one, form), form.reason.data or "")
        return done(one)
    again = one.state == "counted"
    return render_template(
        "votes/correct.html", form=form, vote=one, again=again, numbers=THREE if one.kind == "hands" else tuple(NUMBERS),
        rows=[row for row in votes.roll(one.id) if row.may_vote] if one.kind == "named" else [], typed=request.form,
        standing=_standing(one), choices=CHOICE_LABELS, label=label, crumbs=way(one, _("重新计票") if again else _("更正")),
    ), form.status  # fmt: skip


def _counted(one: Vote) -> dict[str, int]:
    """The numbers as they stand, to be mended in place."""
    if one.kind == "paper":
        last = verbs.last_count(one)
        return {name: getattr(last, name) for name in NUMBERS} if last else {}
    tally = Tally.from_dict(one.tally or {})
    return {"for_": tally.for_, "against": tally.against, "abstain": tally.abstain}


def _standing(one: Vote) -> dict[int, str]:
    """For each row, what counts for it now: after the last ballot and every correction that stands."""
    if one.kind != "named":
        return {}
    last = {ballot.roll_id: ballot.choice for ballot in votes.ballots(one.id)}
    keys = {row.key: row.id for row in votes.roll(one.id)}
    for mended in vote_counts.corrections(one.id):
        if mended.accepted:
            last |= {keys[key]: choice for key, choice in mended.change["choices"].items()}
    return last


def _change(one: Vote, form: Any) -> dict[str, Any]:
    if one.kind == "paper":
        return numbers_of(form, NUMBERS)
    if one.kind == "hands":
        return numbers_of(form, THREE)
    given = {name[2:]: value for name, value in request.form.items() if name.startswith("c-") and value}
    standing = {row.key: _standing(one).get(row.id, "") for row in votes.roll(one.id)}
    return {"choices": {key: choice for key, choice in given.items() if standing.get(key) != choice}}


def correction(vote_id: int, correction_id: int) -> VoteCorrection | None:
    """A correction of a vote by number."""
    found = next((one for one in vote_counts.corrections(vote_id) if one.id == correction_id), None)
    return found if vote(vote_id) is not None else None


@page(bp, "/votes/<int:vote_id>/errata/<int:correction_id>", Act.CORRECT_VOTE, about=vote, methods=BOTH)
def settle(one: Vote, correction_id: int) -> Answer:
    """The second person: look at what was counted and what is proposed, agree or turn it down."""
    row = correction(one.id, correction_id)
    if row is None:
        raise NotFound(mark("没有这份更正。"))
    form = SettleErratumForm()
    if form.submitted():
        given = upload_of(form.sheet)
        sheet = verbs.Sheet(given.data, given.name, "application/octet-stream") if given else None
        verbs.settle_erratum(visitor(), row, request.form.get("agree") == "1", sheet)
        return done(one)
    before, after = (Tally.from_dict(part["tally"]) for part in (row.before, row.after))
    return render_template(
        "votes/settle.html", form=form, vote=one, row=row, same=row.proposed_by == visitor().code, before=words(before),
        after=words(after), crumbs=way(one, _("更正")),
    ), form.status  # fmt: skip


@page(bp, "/votes/<int:vote_id>/publish", Act.PUBLISH_VOTE, about=vote, methods=BOTH)
def publish(one: Vote) -> Answer:
    """Look at the sheet, change its words, hang it."""
    if one.state != "confirmed":
        form: Any = CloseForm()
        if form.submitted():
            verbs.publish_vote(visitor(), one)
        return redirect(url_for("votes.show", vote_id=one.id))
    form = SheetForm.showing(verbs.proposed_words(one)) if request.method == "GET" else SheetForm()
    if form.submitted():
        sheet = verbs.publish_vote(visitor(), one, form.words())
        return redirect(url_for("notices.sheet", sheet_id=sheet.id))
    return render_template(
        "votes/publish.html", form=form, vote=one, crumbs=way(one, _("公布结果"))
    ), form.status
