"""Matters of a council: proposing, co-opting X, the steps from 提出 to 归档."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.matters import KNOWN, MATTER, course_of
from deliberation.services import councils as bodies
from deliberation.services import matters as verbs
from deliberation.services.assemblies import kinds
from deliberation.services.matter_papers import next_sheet
from deliberation.services.matter_sheets import decided_in, decision_said
from deliberation.store import assemblies, consultations, councils, people
from deliberation.store.councils import Council, Matter
from deliberation.store.votes import Vote
from deliberation.web.councils import Answer, chosen, council, today
from deliberation.web.forms.councils import (
    ASSEMBLIES,
    STEP_HINTS,
    STEP_LABELS,
    CoOptForm,
    MatterForm,
    sheet_words,
    step_form,
)
from deliberation.web.matter_parts import belongings
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("matters", __name__)


def matter(matter_id: int) -> Matter | None:
    """A matter by number; its office becomes the site's face."""
    found = councils.matter(matter_id)
    if found is not None:
        g.office = found.council.office
    return found


def own_matter(matter_id: int) -> Matter | None:
    """A matter the visitor is or was co-opted for: the seat ends with it, reading stays."""
    person = visitor().person
    return matter(matter_id) if person is not None and councils.sat_for(person.id, matter_id) else None


def _to(one: Matter) -> Response:
    return redirect(url_for("matters.show", matter_id=one.id))


@page(bp, "/councils/<int:council_id>/matters", Act.PROPOSE_MATTER, about=council, methods=("GET", "POST"))
def propose(body: Council) -> Answer:
    """Propose a matter, perhaps about a draft."""
    form = MatterForm()
    open_ones = consultations.of_offices([body.office_id])
    form.consultation.choices = [(0, "—"), *((one.id, one.title) for one in open_ones)]
    if form.submitted():
        about = next((one for one in open_ones if one.id == form.consultation.data), None)
        made = verbs.propose(visitor(), body, form.title.data or "", form.detail.data or "", about)
        return _to(made)
    return render_template("councils/propose.html", form=form, council=body), form.status


@page(bp, "/matters/<int:matter_id>", Act.READ_COUNCIL, about=matter)
def show(one: Matter) -> str:
    """A matter: where it stands, its X, what comes next, how it came here."""
    return _shown(one)


@page(bp, "/matters/<int:matter_id>/own", Act.SEE_OWN, about=own_matter)
def own(one: Matter) -> str:
    """The same, for an X, also after the matter has ended."""
    return _shown(one)


def _shown(one: Matter) -> str:
    return render_template(
        "councils/matter.html", matter=one, council=one.council, states=MATTER.states, steps=councils.steps(one.id),
        x=[(seat, seat.holdings[0]) for seat in councils.coopted_seats(one.id) if seat.holdings],
        due=bodies.sitting(one.council, one.id, today()), labels=STEP_LABELS, assemblies=ASSEMBLIES | {key: gettext(found.name) for key, found in kinds().items()},
        open_to_x=one.state in verbs.CO_OPTING and one.council.numbered, then=course_of(one.council.kind).states[one.state].then,
        decided=any(step.state == "decided" for step in councils.steps(one.id)), **belongings(one),
    )  # fmt: skip


@page(bp, "/matters/<int:matter_id>/move/<to>", Act.MOVE_MATTER, about=matter, methods=("GET", "POST"))
def move(one: Matter, to: str) -> Answer:
    """Take the next step, with the facts it needs."""
    state = MATTER.states.get(to)
    if state is None:
        raise NotFound(_("没有这一步。"))
    asked, sheet = verbs.facts_asked(one, to), next_sheet(one, to)
    form = step_form(asked, today(), sheet)
    vote = decided_in(one) if to == "decided" and request.method == "GET" else None
    if vote is not None:
        _as_voted(form, vote)
    if form.submitted():
        verbs.move(visitor(), one, to, {name: form[name].data for name in asked}, sheet_words(form))
        return _to(one)
    return render_template(
        "councils/move.html", form=form, matter=one, council=one.council, state=state, asked=asked, sheet=sheet,
        needed=verbs.facts_needed(one, to), hints=STEP_HINTS, missing=_missing(one, to),
    ), form.status  # fmt: skip


def _as_voted(form: Any, vote: Vote) -> None:
    """What the assembly voted, so that nobody types it again."""
    form.decision.data = decision_said(vote)
    form.decided_on.data = local(vote.closed_at).date() if vote.closed_at else None
    if "assembly" in form:
        form.assembly.data = assemblies.kind_of(vote.council_id)


def _missing(one: Matter, to: str) -> list[str]:
    """What the record itself still lacks for a step: said before the form is filled in."""
    known = verbs.known_facts(one, today())
    needs = course_of(one.council.kind).states[one.state].then.get(to, ())
    return [MATTER.asks[name] for name in needs if name in KNOWN and not known.get(name)]


@page(bp, "/matters/<int:matter_id>/x", Act.CO_OPT, about=matter, methods=("GET", "POST"))
def co_opt(one: Matter) -> Answer:
    """Co-opt a stakeholder for this matter."""
    form = CoOptForm()
    form.offer(people.members(one.office_id))
    if form.submitted():
        x = verbs.Stakeholder(
            chosen(form), form.reason.data or "", form.nominator.data or "", form.confirmer.data or "",
            form.interest.data or "",
        )  # fmt: skip
        verbs.co_opt(visitor(), one, x)
        return _to(one)
    return render_template("councils/x.html", form=form, matter=one, council=one.council), form.status
