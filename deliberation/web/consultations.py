"""Home, the list of consultations, a consultation's front page and its whole text."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.phases import PHASES
from deliberation.domain.roles import LEAD, MEMBERS, STAFF, Role
from deliberation.services import consultations as work
from deliberation.store import consultations, drafts, questions, votes
from deliberation.store.consultations import Consultation
from deliberation.web.book import chapters, first_chapter
from deliberation.web.caching import conditional
from deliberation.web.forms.tasks import PhaseForm, TermsForm
from deliberation.web.managing import hindrance, open_now, steps
from deliberation.web.pages import page
from deliberation.web.visitor import offices_as, visitor
from deliberation.web.waiting import waiting

bp = Blueprint("consultations", __name__)


def consultation(slug: str) -> Consultation | None:
    """The thing most pages are about; its office becomes the site's face."""
    found = consultations.by_slug(slug)
    if found is not None:
        g.office = found.office
    return found


@page(bp, "/", Act.VISIT)
def home() -> str:
    """What waits for the visitor, what is open to everyone."""
    person = visitor().person
    mine = consultations.of_offices(offices_as(STAFF | MEMBERS | {Role.COMMISSION})) if person else []
    todo = waiting(votes.waiting_for(person.id), mine) if person else []
    public = consultations.open_to_public()
    if public and "office" not in g:
        g.office = public[0].office
    leading = offices_as(LEAD | {Role.COMMISSION}) if person else []
    letter = (
        url_for("tasks.new", office_id=leading[0]) if len(leading) == 1 else url_for("tasks.register")
    )  # with one office, straight to the form
    return render_template(
        "consultations/home.html", waiting=todo, public=public, spent=spent, registers=bool(leading), letter=letter
    )  # fmt: skip


def spent(one: Consultation) -> tuple[int, int]:
    """Days of the public's term, and how many are gone: for the strip of boxes."""
    begun = one.opened_at or one.made_at
    total = max(1, (clock.local(one.public_until).date() - clock.local(begun).date()).days + 1)
    gone = (clock.local(clock.now()).date() - clock.local(begun).date()).days
    return min(total, 90), min(gone, 90)


@page(bp, "/c/", Act.VISIT)
def index() -> str:
    """Every consultation anyone may read."""
    public = consultations.open_to_public()
    return render_template("consultations/index.html", public=public, spent=spent)


@page(bp, "/complaints", Act.VISIT)
def complaints() -> str:
    """How to complain or advise: by telephone, letter or in person, without an account."""
    return render_template("consultations/complaints.html")


@page(bp, "/c/<slug>/", Act.READ_CONSULTATION, about=consultation)
def show(one: Consultation) -> Any:
    """Contents with counts, and the first chapter."""
    version = drafts.current(one.task_id)
    if version is None:
        return render_template("consultations/waiting.html", consultation=one)
    rows = drafts.contents(version.id, one.id)
    opening = drafts.whole_text(version.id, one.id, first_chapter(rows))
    return conditional(
        render_template(
            "consultations/show.html",
            consultation=one,
            version=version,
            chapters=chapters(one, rows),
            opening=opening,
            total=sum(row.remarks for row in rows),
            days=spent(one),
            asks=questions.asked(one.id),
        )  # fmt: skip
    )


@page(bp, "/c/<slug>/text", Act.READ_CONSULTATION, about=consultation)
def text(one: Consultation) -> Response | str:
    """The whole draft on one page, with each article's number of remarks: for reading through and for printing."""
    version = drafts.current(one.task_id)
    if version is None:
        return render_template("consultations/waiting.html", consultation=one)
    rows = drafts.whole_text(version.id, one.id)
    article = url_for("drafts.article", slug=one.slug, eid="art_0")[:-5]
    return conditional(
        render_template(
            "consultations/text.html", consultation=one, version=version, rows=rows, article=article
        )
    )


@page(bp, "/c/<slug>/manage", Act.READ_STAFF, about=consultation)
def manage(one: Consultation) -> str:
    """How far the work is, what is open now, both deadlines."""
    return _manage(one, PhaseForm(formdata=None))


def _manage(one: Consultation, form: PhaseForm) -> str:
    version = drafts.current(one.task_id)
    return render_template(
        "consultations/manage.html",
        consultation=one,
        form=form,
        version=version,
        steps=steps(one),
        open_now=open_now(PHASES[one.phase]),
        hindrance=hindrance(one, version),
    )


@page(bp, "/c/<slug>/phase", Act.MOVE_PHASE, about=consultation, methods=("GET", "POST"))
def move(one: Consultation) -> Response | tuple[str, int]:
    """Go to another phase; what was, stays in the record."""
    form = PhaseForm()
    if form.submitted():
        work.move_phase(visitor(), one, form.to.data or "")
        return redirect(url_for("consultations.manage", slug=one.slug))
    return _manage(one, form), form.status


@page(bp, "/c/<slug>/terms", Act.CHANGE_CONSULTATION, about=consultation, methods=("GET", "POST"))
def terms(one: Consultation) -> Response | tuple[str, int]:
    """Both deadlines, guests, whether members see one another's remarks, the words before the draft."""
    form = TermsForm.showing(one)
    if form.submitted():
        work.change_terms(visitor(), one, form.terms())
        return redirect(url_for("consultations.manage", slug=one.slug))
    return render_template("consultations/terms.html", form=form, consultation=one), form.status
