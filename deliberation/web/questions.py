"""重点征询问题: asking them, answering them, entering paper sheets, and how the answers stand."""

from datetime import date, datetime, time

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.place_words import Cited, cited
from deliberation.domain.remarks import ATTITUDES, Origin
from deliberation.services import questions as work
from deliberation.services import remarks
from deliberation.store import questions as rows
from deliberation.store.consultations import Consultation
from deliberation.store.questions import Question
from deliberation.web.citing import eid_of
from deliberation.web.consultations import consultation
from deliberation.web.forms.collecting import AnswersForm, QuestionForm, SheetForm
from deliberation.web.pages import page
from deliberation.web.remarks import remember
from deliberation.web.throttle import slow_down
from deliberation.web.visitor import visitor

bp = Blueprint("questions", __name__)
Answer = Response | tuple[str, int]


def question(question_id: int) -> Question | None:
    """A question by number; its office becomes the site's face."""
    found = rows.get(question_id)
    if found is not None:
        g.office = found.consultation.office
    return found


@page(bp, "/c/<slug>/questions", Act.MAKE_REMARK, about=consultation, methods=("GET", "POST"))
def answer(one: Consultation) -> Answer:
    """Answer what the office asks, all or some; each answer is a remark of one's own."""
    form = AnswersForm()
    asked = rows.standing(one.id)
    if form.submitted():
        slow_down(visitor())
        given = work.answer(
            visitor(), one, form.key.data or "", _answers(asked), form.category.data or "", bool(form.private.data)
        )  # fmt: skip
        return _received(one, given)
    return _sheet("questions/answer.html", form, one, asked), form.status


@page(bp, "/c/<slug>/questions/sheet", Act.RECORD_REMARK, about=consultation, methods=("GET", "POST"))
def sheet(one: Consultation) -> Answer:
    """Enter somebody's paper sheet."""
    form = SheetForm()
    asked = rows.standing(one.id)
    if form.submitted():
        origin = Origin(
            channel="questionnaire", said_by=form.said_by.data or "", contact=form.contact.data or "",
            category=form.category.data or "", source=form.source.data or "", received_at=moment_of(form.received_on.data),
            private=bool(form.private.data),
        )  # fmt: skip
        return _received(one, work.record_sheet(visitor(), one, form.key.data or "", _answers(asked), origin))
    return _sheet("questions/sheet.html", form, one, asked), form.status


def _sheet(template: str, form: AnswersForm | SheetForm, one: Consultation, asked: object) -> str:
    return render_template(
        template,
        form=form,
        consultation=one,
        asked=asked,
        attitudes=ATTITUDES,
        typed=request.form,
        where=_where,
    )


def _where(eid: str) -> Cited:
    return Cited(cited(eid))


def moment_of(day: date | None) -> datetime | None:
    """The beginning of a day here; None for today, which is now."""
    if day is None or day == clock.local(clock.now()).date():
        return None
    return datetime.combine(day, time(0, 0), tzinfo=clock.CHINA)


def _answers(asked: object) -> list[work.Answer]:
    return [
        work.Answer(
            each, request.form.get(f"attitude-{each.id}", "no_view"), request.form.get(f"text-{each.id}", "")
        )
        for each in asked  # type: ignore[attr-defined]
    ]


def _received(one: Consultation, given: list[remarks.Receipt]) -> Response:
    for receipt in given:
        remember(receipt)
    if len(given) == 1:
        return redirect(url_for("remarks.given", slug=one.slug, number=given[0].number))
    return redirect(url_for("intake.slips", slug=one.slug))


@page(bp, "/c/<slug>/questions/results", Act.READ_STAFF, about=consultation)
def results(one: Consultation) -> str:
    """The questions, how many answered each and with which attitude."""
    form = QuestionForm(formdata=None)
    return _results(one, form)


def _results(one: Consultation, form: QuestionForm) -> str:
    return render_template(
        "questions/results.html", form=form, consultation=one, asked=rows.all_of(one.id), counts=rows.attitudes(one.id),
        where=_where,
    )  # fmt: skip


@page(bp, "/c/<slug>/questions/ask", Act.ASK_QUESTION, about=consultation, methods=("GET", "POST"))
def ask(one: Consultation) -> Answer:
    """Ask one more question."""
    form = QuestionForm()
    if form.refused is not None and form.refused.field == "at":
        form.refused.field = "article"
    if form.submitted():
        place = (form.article.data or "").strip()
        work.ask(
            visitor(), one, form.text.data or "", eid_of(one, place) if place else "", form.key.data or ""
        )
        return redirect(url_for("questions.results", slug=one.slug))
    return _results(one, form), form.status


@page(bp, "/questions/<int:question_id>/end", Act.ASK_QUESTION, about=question, methods=("POST",))
def end(found: Question) -> Response:
    """Ask it no longer."""
    work.take_off(visitor(), found)
    return redirect(url_for("questions.results", slug=found.consultation.slug))
