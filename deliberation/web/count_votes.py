"""A show of hands counted in the hall becomes a vote, in one step."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.services import vote_of_hands
from deliberation.store import count_votes
from deliberation.store.meetings import Meeting
from deliberation.store.syncing import HallCount
from deliberation.web.forms.votes import MotionForm
from deliberation.web.meetings import meeting
from deliberation.web.pages import page
from deliberation.web.visitor import visitor
from deliberation.web.votes import motion, offer

bp = Blueprint("count_votes", __name__)


@page(
    bp,
    "/meetings/<int:meeting_id>/counts/<int:count_id>/vote",
    Act.VOTE_OF_HANDS,
    about=meeting,
    methods=("GET", "POST"),
)
def make(one: Meeting, count_id: int) -> Response | tuple[str, int]:
    """See what was counted, say what it was about, make the vote."""
    count = count_votes.count(count_id)
    if count is None or count.meeting_id != one.id:
        raise NotFound(_("没有这次举手，请从“传回的记录”里重新选。"))
    form = MotionForm()
    things = offer(form, one)
    del form.kind, form.tellers
    if request.method == "GET":
        form.question.data = count.question if count.question != "—" else ""
        form.about.data = _meant(one, count, form)
    if form.submitted():
        if not (form.question.data or "").strip():
            raise Refusal(_("请照会上念的写，大家是对这个题目举的手。"), field="question")
        made = vote_of_hands.make_vote(visitor(), one, count, motion(form, things))
        return redirect(url_for("votes.show", vote_id=made.id))
    here = vote_of_hands.present_at(one, count)
    return render_template(
        "votes/of_hands.html", form=form, meeting=one, count=count, things=things, here=here
    ), form.status


def _meant(one: Meeting, count: HallCount, form: MotionForm) -> str | None:
    """What was on the agenda when the hands were up, where it is one matter; the only thing there is, else."""
    item = next((row for row in one.agenda if row.id == count.item_id), None)
    codes = [code for code, _name in form.about.choices or ()]
    if item is not None and item.matter_id and f"m{item.matter_id}" in codes:
        return f"m{item.matter_id}"
    return codes[0] if len(codes) == 1 else None
