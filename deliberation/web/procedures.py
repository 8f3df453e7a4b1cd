"""An office's procedures: which are in use, what each asks, its own days and rules; the commissioning letter."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.own_procedures import review_places
from deliberation.domain.procedures import POSTING_LABELS, RESULT_LABELS, Procedure
from deliberation.services import procedures as verbs
from deliberation.store import procedures as rows
from deliberation.store.consultations import Consultation
from deliberation.store.people import Office
from deliberation.store.procedures import ProcedureSetting
from deliberation.web.consultations import consultation
from deliberation.web.councils import Answer
from deliberation.web.downloads import stored
from deliberation.web.forms.procedures import LetterForm, SwitchForm, WayRuleForm, days_form
from deliberation.web.pages import page
from deliberation.web.people import office_of
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("procedures", __name__)
ONE = "/offices/<int:office_id>/procedures/<key>"


@page(bp, "/offices/<int:office_id>/procedures", Act.READ_OFFICE, about=office_of)
def index(office: Office) -> str:
    """Every procedure, those in use first."""
    held = verbs.held(office.id)
    return render_template(
        "procedures/index.html", office=office, form=SwitchForm(),
        groups=[
            ("h-on", _("在用的程序"), [one for one in held.values() if one.lit]),
            ("h-off", _("没有启用的程序"), [one for one in held.values() if not one.lit]),
        ],
    )  # fmt: skip


@page(bp, ONE, Act.READ_OFFICE, about=office_of)
def show(office: Office, key: str) -> str:
    """Steps, who convenes, days, quorum, pass rule in words, postings, what they rest on."""
    one = verbs.held(office.id)[verbs.named(key).key]
    return render_template(
        "procedures/show.html", office=office, held=one, procedure=one.procedure, shipped=verbs.named(key),
        postings=POSTING_LABELS, results=RESULT_LABELS, form=SwitchForm(), nine=key == verbs.NINE_X,
        own={rule.way: rule for rule in rows.rules(office.id) if rule.key == key},
        history=[rule for rule in rows.all_rules(office.id, key) if rule.ended_at],
    )  # fmt: skip


@page(bp, ONE + "/switch", Act.CHANGE_PROCEDURE, about=office_of, methods=("POST",))
def switch(office: Office, key: str) -> Response:
    """On or off."""
    verbs.switch(visitor(), office, key, request.form.get("on") == "1")
    if request.form.get("from") == "index":
        return redirect(url_for("procedures.index", office_id=office.id))
    return redirect(url_for("procedures.show", office_id=office.id, key=key))


@page(bp, ONE + "/days", Act.CHANGE_PROCEDURE, about=office_of, methods=("GET", "POST"))
def days(office: Office, key: str) -> Answer:
    """The office's own days, where the review stands, what they rest on."""
    shipped = verbs.named(key)
    held = verbs.held(office.id)[key].procedure
    data = _as_set(held, rows.settings(office.id).get(key)) if request.method == "GET" else {}
    form = days_form(shipped, data=data) if data else days_form(shipped)
    if form.submitted():
        verbs.set_days(visitor(), office, key, form.days(shipped))
        return redirect(url_for("procedures.show", office_id=office.id, key=key))
    return render_template(
        "procedures/days.html", form=form, office=office, procedure=held, shipped=shipped, review=review_places(shipped)
    ), form.status  # fmt: skip


def _as_set(held: Procedure, setting: ProcedureSetting | None) -> dict[str, object]:
    found: dict[str, object] = {f"d_{one.key}": one.days for one in held.deadlines}
    found |= {f"s_{one.kind.value}": one.days for one in held.sheets}
    if setting is not None:
        found |= {
            "review_at": setting.review_at or 0, "basis_name": setting.basis_name, "basis_date": setting.basis_date,
            "basis_clause": setting.basis_clause,
        }  # fmt: skip
    return found


@page(bp, ONE + "/rules/<way>", Act.CHANGE_PROCEDURE, about=office_of, methods=("GET", "POST"))
def rule(office: Office, key: str, way: str) -> Answer:
    """The office's own rule for one way of counting."""
    chosen = next(
        (one for one in verbs.held(office.id)[verbs.named(key).key].procedure.ways if one.key == way), None
    )
    if chosen is None:
        raise NotFound(_("没有这种计票方式，请从程序页重新选。"))
    own = next((one for one in rows.rules(office.id) if (one.key, one.way) == (key, way)), None)
    rules, data = chosen.rules, {"name": own.name, "dated": own.dated, "clause": own.clause} if own else {}
    for part, found in (("quorum", rules.quorum), ("carry", rules.carry)):
        if found is not None:
            data |= {
                f"{part}_operator": found.operator.value, f"{part}_n": found.numerator, f"{part}_d": found.denominator
            }  # fmt: skip
    data |= {"carry_base": rules.carry.base.value} if rules.carry else {}
    form = WayRuleForm(data=data) if request.method == "GET" else WayRuleForm()
    if form.submitted():
        verbs.enter_rule(visitor(), office, key, form.rule(chosen))
        return redirect(url_for("procedures.show", office_id=office.id, key=key))
    return render_template(
        "procedures/rule.html", form=form, office=office, procedure=verbs.named(key), way=chosen, own=own
    ), form.status  # fmt: skip


@page(bp, ONE + "/rules/<way>/end", Act.CHANGE_PROCEDURE, about=office_of, methods=("POST",))
def end_rule(office: Office, key: str, way: str) -> Response:
    """No longer follow the office's own rule."""
    verbs.end_rule(visitor(), office, key, way)
    return redirect(url_for("procedures.show", office_id=office.id, key=key))


@page(bp, "/c/<slug>/letters/<key>", Act.KEEP_LETTER, about=consultation, methods=("GET", "POST"))
def letter(one: Consultation, key: str) -> Answer:
    """Keep the commissioning letter of a hearing or an argumentation meeting."""
    procedure = verbs.named(key)
    form = LetterForm()
    if form.submitted():
        verbs.keep_letter(visitor(), one, key, form.letter(), upload_of(form.scan))
        return redirect(url_for("meetings.index", slug=one.slug))
    return render_template(
        "procedures/letter.html", form=form, consultation=one, procedure=procedure,
        kept=[found for found in rows.letters(one.id) if found.procedure == key],
    ), form.status  # fmt: skip


@page(bp, "/c/<slug>/letters/<int:letter_id>/scan", Act.READ_STAFF, about=consultation)
def letter_scan(one: Consultation, letter_id: int) -> Response:
    """The scan of a commissioning letter."""
    found = next((row for row in rows.letters(one.id) if row.id == letter_id), None)
    if found is None or found.file is None:
        raise NotFound(_("这份委托函没有扫描件。"))
    return stored(found.file)
