"""An office's bodies: panel and 9+X councils, their seats, the office's own rule."""

from datetime import date

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.procedures import Procedure
from deliberation.domain.quorum import Rule
from deliberation.domain.roles import MEMBERS, STAFF, Role
from deliberation.domain.seats import CATEGORY_LABELS, DueBy
from deliberation.services import council_terms as terms
from deliberation.services import councils as verbs
from deliberation.services import procedures
from deliberation.services.people import Newcomer
from deliberation.store import assemblies, councils, meetings, people
from deliberation.store.councils import Council, Seat
from deliberation.store.people import Office, Person
from deliberation.web.forms.councils import (
    AddSeatsForm,
    AssemblySeatForm,
    NineForm,
    PanelForm,
    PanelSeatForm,
    PersonForm,
    RuleForm,
    SeatForm,
    TermForm,
    VacateForm,
)
from deliberation.web.pages import may, page
from deliberation.web.visitor import offices_as, visitor

bp = Blueprint("councils", __name__)
Answer = Response | tuple[str, int]


def today() -> date:
    """Today by the wall clock."""
    return clock.local(clock.now()).date()


def office(office_id: int) -> Office | None:
    """An office by number; it becomes the site's face."""
    found = people.office(office_id)
    if found is not None:
        g.office = found
    return found


def council(council_id: int) -> Council | None:
    """A body by number; its office becomes the site's face."""
    found = councils.get(council_id)
    if found is not None:
        g.office = found.office
    return found


def seat(seat_id: int) -> Seat | None:
    """A seat by number; its office becomes the site's face."""
    found = councils.seat(seat_id)
    if found is not None:
        g.office = found.council.office
    return found


@page(bp, "/councils", Act.SEE_OWN)
def index() -> str:
    """The bodies of every office the visitor belongs to."""
    found = [people.office(one) for one in offices_as(STAFF | MEMBERS | {Role.COMMISSION})]
    mine = [one for one in found if one is not None and may(Act.READ_COUNCIL, one)]
    if mine:
        g.office = mine[0]
    rows = [(one, [(body, _due(body)) for body in councils.of_office(one.id)]) for one in mine]
    return render_template("councils/index.html", offices=rows)


def _due(body: Council) -> int:
    return verbs.sitting(body, None, today()).due


@page(bp, "/offices/<int:office_id>/councils/panel", Act.FOUND_COUNCIL, about=office, methods=("GET", "POST"))
def found_panel(one: Office) -> Answer:
    """Found a panel from the office's panel members."""
    form = PanelForm()
    if form.submitted():
        body = verbs.Founding(
            "panel", form.name.data or "", form.term.data or "", everyone=bool(form.everyone.data)
        )
        return _to(verbs.found(visitor(), one, body))
    known = len(people.members(one.id, Role.PANEL.value))
    return render_template("councils/panel.html", form=form, office=one, known=known), form.status


@page(bp, "/offices/<int:office_id>/councils/nine", Act.FOUND_COUNCIL, about=office, methods=("GET", "POST"))
def found_nine(one: Office) -> Answer:
    """Found a 9+X council."""
    form = NineForm()
    if form.submitted():
        body = verbs.Founding("council_9x", form.name.data or "", form.term.data or "", seats=form.seats())
        return _to(verbs.found(visitor(), one, body))
    return render_template("councils/nine.html", form=form, office=one), form.status


def _to(body: Council) -> Response:
    return redirect(url_for("councils.show", council_id=body.id))


@page(bp, "/councils/<int:council_id>", Act.READ_COUNCIL, about=council)
def show(body: Council) -> str:
    """Who sits, what is vacant, the rule, the matters, the meetings."""
    held = {one.seat_id: one for one in councils.holders(body.id)}
    fixed = [one for one in councils.seats(body.id) if one.fixed]
    if not body.numbered:
        fixed = [one for one in fixed if one.id in held]
    return render_template(
        "councils/show.html", council=body, seats=fixed, held=held, due=verbs.sitting(body, None, today()),
        matters=councils.matters(body.id), meetings=meetings.of_council(body.id), label=verbs.label,
        terms=terms.past(body), labels=CATEGORY_LABELS, quorum=_rule(body.quorum), carry=_rule(body.pass_rule),
        held_as=_procedure_of(body),
    )  # fmt: skip


def _procedure_of(body: Council) -> Procedure | None:
    """An assembly's procedure, with its ways of deciding as the office has them."""
    key = assemblies.kind_of(body.id)
    return procedures.held(body.office_id)[key].procedure if key else None


def _rule(plain: dict[str, object] | None) -> Rule | None:
    return Rule.from_dict(plain) if plain else None


@page(bp, "/councils/<int:council_id>/rule", Act.CHANGE_COUNCIL, about=council, methods=("GET", "POST"))
def rule(body: Council) -> Answer:
    """Enter the office's own rule."""
    form = RuleForm(data=_entered(body)) if body.has_rule else RuleForm()
    if form.submitted():
        own = verbs.OwnRule(
            form.name.data or "", form.dated.data or date.max, form.clause.data or "", form.quorum(), form.carry(),
            DueBy(form.due_by.data), bool(form.recusal_shrinks.data),
        )  # fmt: skip
        verbs.enter_rule(visitor(), body, own)
        return _to(body)
    return render_template("councils/rule.html", form=form, council=body), form.status


def _entered(body: Council) -> dict[str, object]:
    quorum, carry = body.quorum or {}, body.pass_rule or {}
    return {
        "recusal_shrinks": body.recusal_shrinks, "name": body.rule_name, "dated": body.rule_date, "clause": body.rule_clause, "due_by": body.due_by,
        "quorum_operator": quorum.get("operator", "ge"), "quorum_n": quorum.get("numerator"),
        "quorum_d": quorum.get("denominator"), "carry_base": carry.get("base"),
        "carry_operator": carry.get("operator"), "carry_n": carry.get("numerator"), "carry_d": carry.get("denominator"),
    }  # fmt: skip


def chosen(form: PersonForm) -> Person | Newcomer:
    """Whom a form names: somebody known, or a new name."""
    known = people.get(form.person.data) if form.person.data else None
    return known or Newcomer(form.name.data or "", phone=form.phone.data or "")


@page(bp, "/councils/<int:council_id>/term", Act.CHANGE_COUNCIL, about=council, methods=("GET", "POST"))
def term(body: Council) -> Answer:
    """End the term: everybody's seat ends with it, to be filled anew."""
    form = TermForm()
    if form.submitted():
        terms.new_term(visitor(), body, form.name.data or "", form.until.data)
        return _to(body)
    return render_template("councils/term.html", form=form, council=body), form.status


@page(bp, "/councils/<int:council_id>/seats", Act.FILL_SEAT, about=council, methods=("GET", "POST"))
def seats(body: Council) -> Answer:
    """A new member of a panel or an assembly; more seats of a 9+X council."""
    if body.numbered:
        return _more_seats(body)
    form = PanelSeatForm() if body.kind == "panel" else AssemblySeatForm()
    form.offer(people.members(body.office_id))
    if form.submitted():
        verbs.seat_member(visitor(), body, form.category.data or "", chosen(form), form.since.data)
        return _to(body)
    return render_template("councils/seat.html", form=form, council=body, seat=None), form.status


def _more_seats(body: Council) -> Answer:
    form = AddSeatsForm()
    if form.submitted():
        verbs.add_seats(visitor(), body, form.category.data or "", form.number.data or 0)
        return _to(body)
    return render_template("councils/seats.html", form=form, council=body), form.status


@page(bp, "/seats/<int:seat_id>", Act.FILL_SEAT, about=seat, methods=("GET", "POST"))
def fill(place: Seat) -> Answer:
    """Fill a vacant seat; its history below."""
    form = SeatForm()
    form.offer(people.members(place.council.office_id))
    if form.submitted():
        verbs.fill_seat(visitor(), place, chosen(form), form.since.data)
        return _to(place.council)
    return render_template("councils/seat.html", form=form, council=place.council, seat=place, label=verbs.label), form.status  # fmt: skip


@page(bp, "/seats/<int:seat_id>/vacate", Act.VACATE_SEAT, about=seat, methods=("GET", "POST"))
def vacate(place: Seat) -> Answer:
    """End a holding; the seat becomes a vacancy."""
    form = VacateForm()
    if form.submitted():
        verbs.vacate_seat(visitor(), place, form.reason.data or "", form.until.data)
        return _to(place.council)
    return render_template(
        "councils/vacate.html", form=form, council=place.council, seat=place, held=councils.holding_now(place.id),
        label=verbs.label,
    ), form.status  # fmt: skip
