"""The way up of a report: where it stands, each step, the panel's review, what was really sent beside what was made."""

from datetime import date
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain import way_up
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotAllowed, NotFound, _
from deliberation.domain.permissions import why_not
from deliberation.services import reports as verbs
from deliberation.services import sending
from deliberation.services.sending import Papers
from deliberation.store import editions, reports, suggestions
from deliberation.store import steps as bench
from deliberation.store.consultations import Consultation
from deliberation.store.reports import Report, ReviewNote
from deliberation.web.consultations import consultation
from deliberation.web.downloads import stored
from deliberation.web.forms.reports import CHOICES, STEP_LABELS, AnswerForm, BackForm, NoteForm, step_form
from deliberation.web.pages import may, page, stands
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("reports", __name__)
Answer = Response | tuple[str, int]
PAPERS = ("ours", "final", "scan")


def report(report_id: int) -> Report | None:
    """A report by number; its office becomes the site's face."""
    found = reports.get(report_id)
    if found is not None:
        g.office = found.consultation.office
    return found


def note(note_id: int) -> ReviewNote | None:
    """A reviewer's note by number."""
    found = reports.note(note_id)
    if found is not None:
        g.office = found.report.consultation.office
    return found


def _back(one: Consultation) -> Response:
    return redirect(url_for("reports.show", slug=one.slug))


@page(bp, "/c/<slug>/report", Act.READ_STAFF, about=consultation)
def show(one: Consultation) -> str:
    """Every round with its steps, the next ones, notes of the panel, documents."""
    found = reports.rounds(one.id)
    numbers = [each.id for each in found]
    steps = reports.steps(numbers)
    return render_template(
        "reports/show.html", consultation=one, rounds=found, steps=steps, states=way_up.COURSE.states, labels=STEP_LABELS,
        choices=CHOICES, reviews={each.id: reports.notes(each.id) for each in found[:1]}, sealed=editions.last(one.id), papers=PAPERS,
        earlier=reports.earlier(numbers), changed=_changed(found[0]) if found else 0,
        frozen=verbs.frozen, days=(*way_up.PAST, "by_when"), as_day=date.fromisoformat,
    )  # fmt: skip


def _changed(last: Report) -> int:
    """What was changed at the workbench since the report was approved, while it has not gone up."""
    if last.state not in way_up.HELD:
        return 0
    approved = [one for one in reports.steps([last.id]).get(last.id, []) if one.state == way_up.APPROVED]
    return bench.changed_since(last.consultation_id, approved[-1].at) if approved else 0


@page(bp, "/c/<slug>/report/begin", Act.MOVE_REPORT, about=consultation, methods=("POST",))
def begin(one: Consultation) -> Response:
    """Begin the way up, or a supplementary report."""
    verbs.begin(visitor(), one)
    return _back(one)


@page(bp, "/reports/<int:report_id>/move/<to>", Act.MOVE_REPORT, about=report, methods=("GET", "POST"))
def move(found: Report, to: str) -> Answer:
    """Take the next step, with the facts it needs."""
    state = way_up.COURSE.states.get(to)
    if state is None:
        raise NotFound(_("没有这一步。"))
    needs = verbs.facts_needed(found, to)
    one = found.consultation
    given, approves = (
        {"addressee": one.task.sender, "seal_of": one.office.name},
        may(Act.APPROVE_REPORT, found),
    )
    person = visitor().person
    if approves and person is not None:
        given |= {"approved_by": person.name, "how": "screen"}
    form = step_form(needs, to, found.state, clock.local(clock.now()).date(), given)
    if "how" in form and not approves:  # who cannot approve here has it on paper
        form["how"].choices = [one for one in form["how"].choices if one.value != "screen"]
        form["how"].data = form["how"].data or "sheet"
    if form.submitted():
        papers = Papers(
            *(upload_of(form[name]) if name in form else None for name in ("sheet", "final", "scan"))
        )
        facts = {name: form[name].data for name in needs}
        verbs.move(visitor(), found, to, facts, papers, seen=form["seen"].data)
        return _back(one)
    return render_template(
        "reports/move.html", form=form, report=found, consultation=one, state=state, changed=_changed(found)
    ), form.status


@page(bp, "/reports/<int:report_id>/returned", Act.READ_STAFF, about=report)
def compared(found: Report) -> str:
    """What was changed in the document that was really sent, under the heading of each suggestion; ?sending= one before."""
    number = request.args.get("sending", 0, type=int)
    before = next((one for one in reports.earlier([found.id]).get(found.id, []) if one.id == number), None)
    comparison = sending.compared(before or found) if before or not number else None
    if comparison is None:
        raise NotFound(_("还没有传送出的定稿，没有可以对照的。"))
    return render_template(
        "reports/compared.html", report=found, consultation=found.consultation, comparison=comparison
    )


@page(bp, "/reports/<int:report_id>/back", Act.MOVE_REPORT, about=report, methods=("GET", "POST"))
def bring_back(found: Report) -> Answer:
    """The final document or the stamped scan, after the submission was registered."""
    form = BackForm()
    if form.submitted():
        verbs.bring_back(visitor(), found, Papers(final=upload_of(form.final), scan=upload_of(form.scan)))
        return _back(found.consultation)
    return render_template(
        "reports/back.html", form=form, report=found, consultation=found.consultation
    ), form.status


@page(bp, "/reports/<int:report_id>/papers/<which>", Act.READ_STAFF, about=report)
def paper(found: Report, which: str) -> Response:
    """A document as it was kept: ours, what was really sent, its stamped scan."""
    return _kept(found, found, which)


@page(bp, "/reports/<int:report_id>/earlier/<int:earlier_id>/<which>", Act.READ_STAFF, about=report)
def earlier(found: Report, earlier_id: int, which: str) -> Response:
    """A document of what went up before in this round and came back."""
    sendings = reports.earlier([found.id]).get(found.id, [])
    return _kept(found, next((one for one in sendings if one.id == earlier_id), None), which)


def _kept(found: Report, where: Any, which: str) -> Response:
    """Ours names nobody; what leaders sent may, and is for who leads and for whom it was sent to."""
    if which != "ours" and not may(Act.READ_SENT, found):
        raise NotAllowed.of(why_not(Act.READ_SENT, stands(found)))
    kept = getattr(where, which, None) if which in PAPERS else None
    if kept is None:
        raise NotFound(_("没有这份文件。"))
    return stored(kept)


@page(bp, "/reports/<int:report_id>/sheets/<int:step_id>", Act.READ_STAFF, about=report)
def sheet(found: Report, step_id: int) -> Response:
    """The signed sheet of an approval."""
    steps = reports.steps([found.id]).get(found.id, [])
    kept = next((step.sheet for step in steps if step.id == step_id), None)
    if kept is None:
        raise NotFound(_("没有这份文件。"))
    return stored(kept)


@page(bp, "/c/<slug>/report/review", Act.REVIEW_REPORT, about=consultation, methods=("GET", "POST"))
def review(one: Consultation) -> Answer:
    """The panel reads the suggestions as they are to go up, and says what should be mended."""
    found = reports.last(one.id)
    if found is None:
        raise NotFound(_("报告还没有开始核稿。"))
    rows = suggestions.of_consultation(one.id)
    form = NoteForm()
    form.suggestion.choices = [(0, ""), *((row.number, row.title) for row in rows)]
    if request.method == "GET":
        form.suggestion.data = request.args.get("suggestion", 0, type=int)
    if form.submitted():
        verbs.say(visitor(), found, form.text.data or "", form.suggestion.data or None, form.key.data or "")
        return redirect(url_for("reports.review", slug=one.slug))
    return render_template(
        "reports/review.html", form=form, consultation=one, report=found, suggestions=rows, reviews=reports.notes(found.id),
        open=found.state == way_up.REVIEWING, until=_until(found),
    ), form.status  # fmt: skip


def _until(found: Report) -> date | None:
    """By when the panel was asked to be done, where it was asked last."""
    asked = [one for one in reports.steps([found.id]).get(found.id, []) if one.state == way_up.REVIEWING]
    return date.fromisoformat(asked[-1].facts["by_when"]) if asked else None


@page(bp, "/report-notes/<int:note_id>", Act.MOVE_REPORT, about=note, methods=("GET", "POST"))
def answer(found: ReviewNote) -> Answer:
    """Say what was made of a note; after the submission it is only read."""
    form = AnswerForm(obj=found)
    if form.submitted():
        verbs.answer(visitor(), found, form.answer.data or "")
        return _back(found.report.consultation)
    return render_template(
        "reports/answer.html",
        form=form,
        note=found,
        consultation=found.report.consultation,
        frozen=verbs.frozen(found),
    ), form.status
