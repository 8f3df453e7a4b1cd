"""The form a meeting is called with: what there is to choose from, what is most likely meant, what it becomes."""

from datetime import datetime, time
from typing import Any

from flask import g, request
from flask_babel import gettext

from deliberation import clock
from deliberation.domain.errors import Said
from deliberation.domain.matters import is_over
from deliberation.domain.roles import Role
from deliberation.services import meetings as verbs
from deliberation.services import preparing
from deliberation.services.meeting_terms import missed
from deliberation.services.procedures import held, named
from deliberation.services.vote_rules import ASSEMBLY, sits_under
from deliberation.store import councils, drafts, meetings, people
from deliberation.store import preparing as plans
from deliberation.store import procedures as rows
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council, Matter
from deliberation.store.meetings import Meeting
from deliberation.web.forms.meetings import CallForm, instant
from deliberation.web.visitor import visitor

ARTICLES = ("article", "clause", "attachment")


def offer(form: CallForm, about: Consultation | None, body: Council | None, was: Meeting | None) -> None:
    """Put in what there is to choose from."""
    office_id = about.office_id if about else body.office_id if body else g.office.id
    nine = body is not None and body.kind == verbs.NINE_X
    form.procedure.choices = [
        (key, gettext(one.procedure.name))
        for key, one in held(office_id).items()
        if (key == verbs.NINE_X) == nine and (one.lit or (was is not None and was.procedure == key))
        if body is None or body.kind != ASSEMBLY or sits_under(body, one.procedure)
    ]
    if len(form.procedure.choices) == 1:  # nothing to choose: the page does not ask
        form.procedure.data = form.procedure.choices[0][0]
    letters = rows.letters(about.id) if about else ()
    form.letter.choices = [(0, "—"), *((one.id, f"{one.sender} {one.number}") for one in letters)]
    matters = [m for m in before(body) if not is_over(m.state)] if body else []
    form.matter.choices = [(0, "—"), *((m.id, m.title) for m in matters)]
    version = drafts.current(about.task_id) if about else None
    found = drafts.contents(version.id, about.id) if version and about else []
    form.articles.choices = [
        (r.eid, "　".join(p for p in (r.number, r.heading) if p) or r.eid)
        for r in found
        if r.kind in ARTICLES
    ]
    sitting = {h.person_id: h.person.name for h in councils.holders(body.id)} if body else {}
    known = {m.person_id: m.person.name for m in people.members(office_id)}
    form.invited.choices = list((sitting or known).items())
    form.observers.choices = [(i, name) for i, name in known.items() if i not in sitting] if body else []
    if request.method == "GET" and was is None:
        _suggest(form, about, body, office_id, list(sitting))


def before(body: Council) -> list[Matter]:
    """The matters a body may meet about: its own, and for an assembly those of the office's other bodies too."""
    own = list(councils.matters(body.id))
    if body.kind != ASSEMBLY:
        return own
    return own + [
        m for one in councils.of_office(body.office_id) if one.id != body.id for m in councils.matters(one.id)
    ]


def _suggest(
    form: CallForm, about: Consultation | None, body: Council | None, office_id: int, sitting: list[int]
) -> None:
    """What is most likely meant, so that there is less to type."""
    last = next(iter(meetings.of_office(office_id)), None)
    lead = people.members(office_id, Role.RESPONSIBLE.value) or people.members(office_id, Role.LIAISON.value)
    person = visitor().person
    name = body.name if body else g.office.name
    form.title.data = (
        name
        if body and body.kind == ASSEMBLY
        else f"{name}会议"
        if body and body.kind == verbs.NINE_X
        else f"{about.title if about else name}座谈会"
    )
    form.place.data = last.place if last else ""
    form.convenor.data = lead[0].person.name if lead else ""
    form.scribe.data = person.name if person else ""
    form.invited.data = sitting
    form.matter.data = request.args.get("matter", 0, int)
    _as_planned(form, about)


def _as_planned(form: CallForm, about: Consultation | None) -> None:
    """The day and kind of the plan, at nine in the morning for two hours."""
    made = plans.of_consultation(about.id) if about else None
    if made is None or made.meeting_on < clock.local(clock.now()).date():
        return
    form.starts_at.data = datetime.combine(made.meeting_on, time(9))
    form.planned_end.data = datetime.combine(made.meeting_on, time(11))
    if any(made.procedure == key for key, _name in form.procedure.choices or ()):
        form.procedure.data = made.procedure


def plan_of(form: CallForm, body: Council | None) -> verbs.Plan:
    """The meeting as typed."""
    nine = body is not None and body.kind == verbs.NINE_X
    matter = councils.matter(form.matter.data) if form.matter.data else None
    points = [verbs.Point(matter=matter)] if matter else []
    ticked = set(form.articles.data or [])
    points += [verbs.Point(eid=eid) for eid, _name in form.articles.choices or [] if eid in ticked]
    points += [verbs.Point(line.strip()) for line in (form.others.data or "").splitlines() if line.strip()]
    begins = instant(form.starts_at.data)
    assert begins is not None
    return verbs.Plan(
        form.title.data or "", begins, form.place.data or "", form.convenor.data or "", form.scribe.data or "",
        procedure=verbs.NINE_X if nine else form.procedure.data or "", planned_end=instant(form.planned_end.data),
        council=body, matter=matter, agenda=tuple(points), invited=None if nine or (body is not None and body.kind == ASSEMBLY) else tuple(form.invited.data or ()),
        observers=tuple(form.observers.data or ()), letter_id=form.letter.data or None,
        late_reason=form.late_reason.data or "",
    )  # fmt: skip


def as_called(one: Meeting) -> dict[str, Any]:
    """What was called, for its form."""
    sheet, terms = meetings.attendance(one.id), rows.terms(one.id)
    return {
        "title": one.title, "place": one.place, "convenor": one.convenor, "scribe": one.scribe,
        "starts_at": clock.local(one.starts_at), "matter": one.matter_id or 0, "procedure": one.procedure,
        "planned_end": clock.local(one.planned_end) if one.planned_end else None,
        "articles": [i.eid for i in one.agenda if i.eid],
        "others": "\n".join(i.title for i in one.agenda if not i.eid and not i.matter_id),
        "invited": [a.person_id for a in sheet if a.due], "observers": [a.person_id for a in sheet if not a.due],
        "letter": terms.letter_id or 0 if terms else 0, "late_reason": terms.late_reason if terms else "",
    }  # fmt: skip


def follow(meeting: Meeting) -> None:
    """Let the consultation's plan follow the day of the meeting."""
    if meeting.consultation is not None:
        preparing.follow(visitor(), meeting.consultation, meeting)


def doubts(meeting: Meeting) -> tuple[Said, ...]:
    """The days before a planned meeting that can no longer be kept."""
    if meeting.state != "planned":
        return ()
    procedure = held(meeting.office_id)[named(meeting.procedure).key].procedure
    return missed(meeting.office_id, procedure, meeting.starts_at, meeting.made_at, binding=False)


def late_words(form: CallForm, was: Meeting | None) -> bool:
    """Whether the form asks why a deadline cannot be kept: once it has been refused for it, or had a reason."""
    return bool(form.late_reason.data or (form.refused is not None and form.refused.field == "late_reason"))


def letter_needed(form: CallForm) -> list[tuple[str, str]]:
    """The procedures offered that need a commissioning letter: key and name."""
    return [(key, name) for key, name in form.procedure.choices or () if named(key).letter_needed]
