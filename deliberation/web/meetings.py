"""Meetings of a consultation or a council: calling, changing, opening, ending, the sign-in sheet."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.services import attendance as sheets
from deliberation.services import meetings as verbs
from deliberation.services import replies
from deliberation.services.councils import label
from deliberation.services.people import Newcomer
from deliberation.store import councils, meetings, procedures
from deliberation.store import lines as asked
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office
from deliberation.web import calling
from deliberation.web.consultations import consultation
from deliberation.web.councils import Answer, council, office
from deliberation.web.forms.meetings import ActForm, CallForm, PointForm, SignForm, WalkInForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("meetings", __name__)


def meeting(meeting_id: int) -> Meeting | None:
    """A meeting by number; its office becomes the site's face."""
    found = meetings.get(meeting_id)
    if found is not None:
        g.office = found.office
    return found


def to(one: Meeting, endpoint: str = "meetings.show", **more: Any) -> Response:
    """Back to a page of the meeting."""
    return redirect(url_for(endpoint, meeting_id=one.id, **more))


@page(bp, "/c/<slug>/meetings", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """The meetings of a consultation, and what can be called."""
    found = meetings.of_consultation(one.id)
    return render_template(
        "meetings/index.html", consultation=one, meetings=found, heads=meetings.heads([m.id for m in found]),
        councils=councils.of_office(one.office_id),
    )  # fmt: skip


@page(
    bp,
    "/c/<slug>/meetings/call/<int:council_id>",
    Act.CALL_MEETING,
    about=consultation,
    methods=("GET", "POST"),
)
def call(one: Consultation, council_id: int) -> Answer:
    """Call a meeting of a consultation: with the panel, with a 9+X council, or (0) with whomever is ticked."""
    body = councils.get(council_id) if council_id else None
    if council_id and (body is None or body.office_id != one.office_id):
        raise NotFound(_("没有这个议事组织，请从会议页重新选。"))
    return _call(CallForm(), one, body, None)


@page(
    bp, "/councils/<int:council_id>/meetings/call", Act.CALL_MEETING, about=council, methods=("GET", "POST")
)
def call_council(body: Council) -> Answer:
    """Call a meeting of a council for its own affairs."""
    return _call(CallForm(), None, body, None)


@page(bp, "/offices/<int:office_id>/meetings/call", Act.CALL_MEETING, about=office, methods=("GET", "POST"))
def call_office(one: Office) -> Answer:
    """Call a meeting of the office's own, about no draft: a party day, a joint meeting, a public meet."""
    return _call(CallForm(), one, None, None)


@page(bp, "/meetings/<int:meeting_id>/change", Act.CHANGE_MEETING, about=meeting, methods=("GET", "POST"))
def change(one: Meeting) -> Answer:
    """Change what was called, until it opens."""
    form = CallForm(data=calling.as_called(one)) if request.method == "GET" else CallForm()
    return _call(form, one.consultation or one.office, one.council, one)


def _call(
    form: CallForm, about: Consultation | Office | None, body: Council | None, was: Meeting | None
) -> Answer:
    consultation = about if isinstance(about, Consultation) else None
    calling.offer(form, consultation, body, was)
    if form.submitted():
        plan = calling.plan_of(form, body)
        if was is not None:
            verbs.change_meeting(visitor(), was, plan)
            calling.follow(was)
            return to(was)
        thing = about or body
        assert thing is not None
        made = verbs.call_meeting(visitor(), thing, plan)
        calling.follow(made)
        return to(made)
    return render_template(
        "meetings/call.html", form=form, consultation=consultation, council=body, meeting=was, office=g.office,
        late=calling.late_words(form, was), letters=calling.letter_needed(form),
    ), form.status  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>", Act.READ_MEETING, about=meeting)
def show(one: Meeting) -> str:
    """A meeting at a glance, and what comes next."""
    sheet = meetings.attendance(one.id)
    lines = meetings.lines(one.id)
    return render_template(
        "meetings/show.html", meeting=one, sheet=sheet, heads=sheets.heads(sheet), label=label,
        counts=asked.lines_per_item(one.id), minutes=meetings.latest_minutes(one.id),
        unchecked=sum(line.state == "draft" for line in lines),
        remarks=sum(line.remark_id is not None for line in lines), counted=replies.counts(sheet),
        doubts=calling.doubts(one), terms=procedures.terms(one.id),
    )  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/open", Act.OPEN_MEETING, about=meeting, methods=("POST",))
def open_(one: Meeting) -> Response:
    """Open the hall; then people sign in."""
    verbs.open_meeting(visitor(), one)
    return to(one, "meetings.sign_in")


@page(bp, "/meetings/<int:meeting_id>/end", Act.END_MEETING, about=meeting, methods=("GET", "POST"))
def end(one: Meeting) -> Answer:
    """End it, after being shown what that means."""
    form = ActForm()
    if form.submitted():
        verbs.end_meeting(visitor(), one)
        return to(one)
    return render_template("meetings/end.html", form=form, meeting=one), form.status


@page(bp, "/meetings/<int:meeting_id>/points", Act.CHANGE_MEETING, about=meeting, methods=("GET", "POST"))
def add_point(one: Meeting) -> Answer:
    """One more point of the agenda."""
    form = PointForm()
    if form.submitted():
        item = verbs.add_point(visitor(), one, verbs.Point(form.title.data or ""))
        return to(one, "console.show", item=item.id) if one.state == "open" else to(one)
    return render_template("meetings/point.html", form=form, meeting=one), form.status


@page(bp, "/meetings/<int:meeting_id>/sign-in", Act.SIGN_ATTENDANCE, about=meeting, methods=("GET", "POST"))
def sign_in(one: Meeting) -> Answer:
    """The sign-in sheet with 应到 and 实到; numbers typed at the door, or a button a person."""
    form = SignForm()
    if form.submitted():
        _sign(form, one)
        return to(one, "meetings.sign_in")
    sheet = meetings.attendance(one.id)
    return render_template(
        "meetings/sign_in.html", form=form, meeting=one, sheet=sheet, heads=sheets.heads(sheet), label=label,
        categories=sheets.by_category(sheet), replies=sheets.REPLIES,
    ), form.status  # fmt: skip


def _sign(form: SignForm, one: Meeting) -> None:
    """Which button was pressed: one of the typed numbers' two, or one of a person's own."""
    for name, verb in (("come", sheets.arrive), ("go", sheets.leave)):
        number = request.form.get(name, "")
        if number.isdecimal():
            verb(visitor(), one, [int(number)], form.when(one))
            return
    if request.form.get("undo", "").isdecimal():
        sheets.take_back(visitor(), one, int(request.form["undo"]))
    elif request.form.get("away", "").isdecimal():
        sheets.reply(visitor(), one, int(request.form["away"]), "leave")
    else:
        verb = sheets.leave if request.form.get("do") == "leave" else sheets.arrive
        verb(visitor(), one, form.picked(), form.when(one))


@page(bp, "/meetings/<int:meeting_id>/sheet", Act.SIGN_ATTENDANCE, about=meeting, methods=("GET", "POST"))
def walk_in(one: Meeting) -> Answer:
    """Put somebody on the sheet nobody had listed."""
    form = WalkInForm()
    if form.submitted():
        who = Newcomer(form.name.data or "", phone=form.phone.data or "", category=form.category.data or "")
        row = sheets.add(visitor(), one, who)
        if one.state == "open":
            sheets.arrive(visitor(), one, [row.position])
        return to(one, "meetings.sign_in")
    return render_template("meetings/walk_in.html", form=form, meeting=one), form.status
