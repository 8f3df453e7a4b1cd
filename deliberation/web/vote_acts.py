"""What is done with a vote from the hall: opening, recording, hands, closing, confirming, cancelling, the next round."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.clock import local, now
from deliberation.domain.acts import Act
from deliberation.domain.ballots import CHOICE_LABELS
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.domain.voting import Totals
from deliberation.services import votes as verbs
from deliberation.services.councils import label
from deliberation.store import meetings, votes
from deliberation.store.votes import RollRow, Vote
from deliberation.web.downloads import stored
from deliberation.web.forms.votes import (
    CancelForm,
    CloseForm,
    ConfirmForm,
    HandsForm,
    MendForm,
    OpenForm,
    RecordForm,
)
from deliberation.web.pages import page
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor
from deliberation.web.votes import Answer, above, vote

bp = Blueprint("vote_acts", __name__)
BOTH = ("GET", "POST")


def way(one: Vote, here: str) -> list[tuple[str, str | None]]:
    """The way to a page about a vote."""
    return [*above(one), (_("表决"), url_for("votes.show", vote_id=one.id)), (here, None)]


def done(one: Vote) -> Response:
    """Back to the vote."""
    return redirect(url_for("votes.show", vote_id=one.id))


@page(bp, "/votes/<int:vote_id>/open", Act.OPEN_VOTE, about=vote, methods=BOTH)
def open_(one: Vote) -> Answer:
    """See who would be on the roll, tick who stands aside, open."""
    form = OpenForm()
    sheet = meetings.attendance(one.meeting_id) if one.meeting_id else []
    names = {row.person_id: row.person.name for row in sheet}
    plan = verbs.planned(one, local(now()).date())
    form.recused.choices = [
        (int(r.person), names[int(r.person)]) for r in plan.rows if r.person and int(r.person) in names
    ]
    if form.submitted():
        why = form.reason.data or ""
        verbs.open_vote(visitor(), one, dict.fromkeys(form.recused.data or (), why))
        return done(one)
    return render_template(
        "votes/open.html",
        form=form,
        vote=one,
        plan=plan,
        rule=verbs.under(one),
        crumbs=way(one, _("开始表决")),
        kinds=verbs.KINDS,
    ), form.status


@page(bp, "/votes/<int:vote_id>/record", Act.RECORD_BALLOT, about=vote, methods=BOTH)
def record(one: Vote) -> Answer:
    """Record what was called or what a paper says: a page of names at once."""
    form = RecordForm()
    if form.submitted():
        verbs.record_ballots(visitor(), one, _choices(), form.key.data or "", form.origin.data or "")
        return redirect(url_for("vote_acts.record", vote_id=one.id))
    waiting, done = _sorted(one)
    return render_template(
        "votes/record.html", form=form, vote=one, waiting=waiting, done=done, typed=_choices(), label=label,
        choices=CHOICE_LABELS, crumbs=way(one, _("记票")),
    ), form.status  # fmt: skip


def _choices() -> dict[int, str]:
    """What was chosen beside each name: roll row → choice."""
    given = ((name[2:], value) for name, value in request.form.items() if name.startswith("c-") and value)
    return {int(row): value for row, value in given if row.isdecimal() and len(row) < 12}


def _sorted(one: Vote) -> tuple[list[RollRow], list[RollRow]]:
    """Rows that may vote and have not, and those that have: whether, never what."""
    able: Sequence[RollRow] = [row for row in votes.roll(one.id) if row.may_vote]
    cast = {ballot.roll_id for ballot in votes.ballots(one.id)}
    return [row for row in able if row.id not in cast], [row for row in able if row.id in cast]


@page(bp, "/votes/<int:vote_id>/record/<int:roll_id>", Act.RECORD_BALLOT, about=vote, methods=BOTH)
def mend(one: Vote, roll_id: int) -> Answer:
    """Mend one vote that was taken down wrongly; the earlier one stays."""
    row = votes.roll_row_by_id(roll_id)
    before = votes.ballots_of(roll_id) if row is not None and row.vote_id == one.id else []
    last = str(before[-1].revision if before else 0)
    form = MendForm(data={"replaces": last}) if request.method == "GET" else MendForm()
    if form.refused is not None and form.refused.status == 409:
        form.replaces.data = last
    if row is None or row.vote_id != one.id:
        return redirect(url_for("vote_acts.record", vote_id=one.id))
    if form.submitted():
        replaces = int(form.replaces.data) if (form.replaces.data or "").isdecimal() else 0
        cast = verbs.Cast(form.choice.data or "", form.key.data or "", replaces)
        verbs.record_ballot(visitor(), one, row, cast, form.origin.data or "")
        return redirect(url_for("vote_acts.record", vote_id=one.id))
    return render_template(
        "votes/mend.html", form=form, vote=one, row=row, crumbs=way(one, _("改一票"))
    ), form.status


@page(bp, "/votes/<int:vote_id>/hands", Act.RECORD_HANDS, about=vote, methods=BOTH)
def hands(one: Vote) -> Answer:
    """What a teller counted."""
    form = HandsForm()
    if form.submitted():
        totals = Totals(form.for_.data or 0, form.against.data or 0, form.abstain.data or 0)
        verbs.record_hands(visitor(), one, form.teller.data or "", totals, form.key.data or "")
        return done(one)
    return render_template(
        "votes/hands.html", form=form, vote=one, voters=verbs.voters(one), seen=verbs.hands(one),
        differ=verbs.differing(verbs.hands(one)), crumbs=way(one, _("填写举手人数")),
    ), form.status  # fmt: skip


@page(bp, "/votes/<int:vote_id>/close", Act.CLOSE_VOTE, about=vote, methods=BOTH)
def close(one: Vote) -> Answer:
    """Close and count, after being shown how many have not voted."""
    form = CloseForm()
    if form.submitted():
        verbs.close_vote(visitor(), one)
        return done(one)
    return render_template(
        "votes/close.html", form=form, vote=one, voters=verbs.voters(one), cast=votes.turnout(one.id),
        crumbs=way(one, _("结束表决")),
    ), form.status  # fmt: skip


@page(bp, "/votes/<int:vote_id>/confirm", Act.CONFIRM_VOTE, about=vote, methods=BOTH)
def confirm(one: Vote) -> Answer:
    """Bear the count out: as another person, or with the signed sheet."""
    form = ConfirmForm()
    if form.submitted():
        given = upload_of(form.sheet)
        sheet = verbs.Sheet(given.data, given.name, "application/octet-stream") if given else None
        verbs.confirm_vote(visitor(), one, sheet)
        return done(one)
    same = one.counted_by == visitor().code
    return render_template(
        "votes/confirm.html", form=form, vote=one, same=same, crumbs=way(one, _("核对计票"))
    ), form.status


@page(bp, "/votes/<int:vote_id>/sheet", Act.READ_VOTE, about=vote)
def sheet(one: Vote) -> Response:
    """The signed count sheet, as it was attached."""
    if one.sheet is None:
        raise NotFound(mark("这次表决没有附计票单。"))
    return stored(one.sheet)


@page(bp, "/votes/<int:vote_id>/cancel", Act.CANCEL_VOTE, about=vote, methods=BOTH)
def cancel(one: Vote) -> Answer:
    """Cancel, with the reason; what was cast stays and is not counted."""
    form = CancelForm()
    if form.submitted():
        verbs.cancel_vote(visitor(), one, form.reason.data or "")
        return done(one)
    return render_template(
        "votes/cancel.html", form=form, vote=one, crumbs=way(one, _("取消表决"))
    ), form.status


@page(bp, "/votes/<int:vote_id>/again", Act.CALL_VOTE, about=vote, methods=BOTH)
def again(one: Vote) -> Answer:
    """The same question once more, with a new roll."""
    form = CloseForm()
    if form.submitted():
        return done(verbs.next_round(visitor(), one))
    return render_template(
        "votes/again.html", form=form, vote=one, crumbs=way(one, _("再表决一轮"))
    ), form.status
