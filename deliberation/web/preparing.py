"""准备一次会: the plan of a consultation, counted back from the report's deadline; steps ticked and moved."""

from datetime import date

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.services import preparing as verbs
from deliberation.services.procedures import lit
from deliberation.store import councils, meetings
from deliberation.store import preparing as rows
from deliberation.store.consultations import Consultation
from deliberation.store.meetings import Meeting
from deliberation.store.preparing import PlanStep
from deliberation.web.consultations import consultation
from deliberation.web.councils import Answer, today
from deliberation.web.forms.preparing import OwnStepForm, PlanForm, StepForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("preparing", __name__)


def step(step_id: int) -> PlanStep | None:
    """A step by number; its office becomes the site's face."""
    found = rows.step(step_id)
    if found is not None:
        g.office = found.consultation.office
    return found


def _to(one: Consultation) -> Response:
    return redirect(url_for("preparing.show", slug=one.slug))


@page(bp, "/c/<slug>/plan", Act.READ_STAFF, about=consultation)
def show(one: Consultation) -> str:
    """The steps by date, what does not fit, and where each is done."""
    return _show(one, PlanForm(formdata=None))


def _show(one: Consultation, form: PlanForm) -> str:
    made = rows.of_consultation(one.id)
    form.offer(lit(one.office_id))
    called = [m for m in meetings.of_consultation(one.id) if m.state == "planned"]
    stray = [
        m for m in called if made and (made.meeting_id, made.meeting_on) != (m.id, local(m.starts_at).date())
    ]
    if form.meeting_on.data is None:
        form.procedure.data = made.procedure if made else "symposium"
        form.meeting_on.data = made.meeting_on if made else verbs.proposed(one, today())
    return render_template(
        "preparing/plan.html", consultation=one, plan=made, form=form, today=today(), called=called, bodies=[b for b in councils.of_office(one.office_id) if b.kind == "panel"], stray=stray if len(called) == 1 else [],
        doubts=verbs.doubts(made, today()) if made else (), places=_places(one, called[0] if called else None),
    )  # fmt: skip


def _places(one: Consultation, meeting: Meeting | None) -> dict[str, str]:
    """Where each step is done."""
    found = {
        "plain": url_for("consultations.text", slug=one.slug), "consolidate": url_for("suggestions.index", slug=one.slug),
        "sign": url_for("dossiers.show", slug=one.slug), "report": url_for("dossiers.show", slug=one.slug),
        "meet": url_for("meetings.index", slug=one.slug), "minutes": url_for("meetings.index", slug=one.slug),
        "invite": url_for("meetings.index", slug=one.slug),
    }  # fmt: skip
    if meeting is not None:
        at = meeting.id
        found |= {
            "invite": url_for("replies.invite", meeting_id=at), "confirm": url_for("replies.show", meeting_id=at),
            "d-notice": url_for("papers.show", meeting_id=at, which="notice"),
            "d-material": url_for("papers.show", meeting_id=at, which="notice"),
            "papers": url_for("meetings.show", meeting_id=at), "meet": url_for("meetings.show", meeting_id=at),
        }  # fmt: skip
    return found


@page(bp, "/c/<slug>/plan/count", Act.PLAN_STEPS, about=consultation, methods=("GET", "POST"))
def count(one: Consultation) -> Answer:
    """Count the plan back, or count it anew."""
    form = PlanForm()
    form.offer(lit(one.office_id))
    if form.submitted():
        wanted = form.meeting_on.data
        assert isinstance(wanted, date)
        verbs.plan(visitor(), one, verbs.Wish(form.procedure.data or "", wanted))
        return _to(one)
    return _show(one, form), form.status


@page(bp, "/c/<slug>/plan/follow/<int:meeting_id>", Act.PLAN_STEPS, about=consultation, methods=("POST",))
def follow(one: Consultation, meeting_id: int) -> Response:
    """Count again from a meeting that has been called."""
    found = meetings.get(meeting_id)
    if found is not None and found.consultation_id == one.id:
        verbs.follow(visitor(), one, found)
    return _to(one)


@page(bp, "/c/<slug>/plan/steps", Act.PLAN_STEPS, about=consultation, methods=("GET", "POST"))
def add(one: Consultation) -> Answer:
    """One more step of the office's own."""
    form = OwnStepForm()
    if form.submitted():
        on = form.on.data
        assert on is not None
        verbs.add_step(visitor(), one, form.name.data or "", on, form.who.data or "")
        return _to(one)
    return render_template("preparing/step.html", form=form, consultation=one, step=None), form.status


@page(bp, "/plan-steps/<int:step_id>", Act.PLAN_STEPS, about=step, methods=("GET", "POST"))
def change(one: PlanStep) -> Answer:
    """Another day, another person."""
    form = (
        StepForm(data={"name": one.name, "who": one.who, "on": one.due_on})
        if request.method == "GET"
        else StepForm()
    )
    if form.submitted():
        on = form.on.data
        assert on is not None
        verbs.change_step(visitor(), one, on, form.who.data or "", form.name.data or "")
        return _to(one.consultation)
    return render_template(
        "preparing/step.html", form=form, consultation=one.consultation, step=one
    ), form.status


@page(bp, "/plan-steps/<int:step_id>/tick", Act.PLAN_STEPS, about=step, methods=("POST",))
def tick(one: PlanStep) -> Response:
    """Done, or after all not."""
    verbs.tick(visitor(), one, request.form.get("done") == "1")
    return _to(one.consultation)


@page(bp, "/plan-steps/<int:step_id>/count", Act.PLAN_STEPS, about=step, methods=("POST",))
def count_again(one: PlanStep) -> Response:
    """Back to the day that was counted."""
    verbs.count_again(visitor(), one)
    return _to(one.consultation)
