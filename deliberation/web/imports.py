"""A list of people brought in at once: paste or upload, say which column is what, look, then all of them or none."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.columns import Table
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.roles import ROLE_NAMES, Role
from deliberation.services import people, rosters
from deliberation.store.people import Office
from deliberation.web.forms.people import ListForm, MappingForm, packed, role_choices, unpacked
from deliberation.web.pages import may, page
from deliberation.web.people import office_of
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("imports", __name__)
SHOWN = 60


@page(
    bp, "/offices/<int:office_id>/people/import", Act.IMPORT_PEOPLE, about=office_of, methods=("GET", "POST")
)
def bring(one: Office) -> Response | tuple[str, int] | str:
    """Paste the list or choose a file."""
    form = ListForm()
    if form.submitted():
        file = upload_of(form.file)
        table = rosters.read_list(
            form.pasted.data or "", file.data if file else b"", file.name if file else ""
        )
        return _confirm(one, _mapped(one, table), table)
    return render_template("imports/bring.html", form=form, office=one), form.status


def _mapped(one: Office, table: Table) -> MappingForm:
    """The mapping as guessed, for a first look."""
    form = MappingForm(formdata=None)
    _offer(form, one, table)
    for field, at in rosters.likely(table).items():
        form[field].data = str(at)
    form.table.data, form.role.data = packed(table), Role.PANEL.value
    return form


def _offer(form: MappingForm, one: Office, table: Table) -> None:
    form.columns(table.header)
    form.role.choices = role_choices(one, may(Act.GIVE_ROLE, one))


@page(
    bp, "/offices/<int:office_id>/people/import/confirm", Act.IMPORT_PEOPLE, about=office_of, methods=("GET", "POST")
)  # fmt: skip
def confirm(one: Office) -> Response | tuple[str, int] | str:
    """Look at the rows under the chosen columns; import them when asked to."""
    if request.method == "GET":
        return redirect(url_for("imports.bring", office_id=one.id))
    form = MappingForm()
    table = unpacked(form.table.data or "")
    if table is None:
        raise NotFound(_("名单没有完整传过来，请重新粘贴。"))
    _offer(form, one, table)
    if form.submitted() and "look" not in request.form:
        found = rosters.lines(table, form.mapping(len(table.header)), Role(form.role.data))
        added, there = people.import_people(visitor(), one, rosters.sound(found))
        return redirect(url_for("imports.done", office_id=one.id, added=added, there=there))
    return _confirm(one, form, table)


def _confirm(one: Office, form: MappingForm, table: Table) -> tuple[str, int]:
    found, why = _looked(form, table)
    bad = [line for line in found if line.problems]
    return render_template(
        "imports/confirm.html",
        form=form,
        office=one,
        table=table,
        lines=[*bad, *(line for line in found if not line.problems)][:SHOWN],
        total=len(found),
        bad=len(bad),
        why=why,
        roles=ROLE_NAMES,
    ), form.status if form.refused or form.errors else 200


def _looked(form: MappingForm, table: Table) -> tuple[list[rosters.Line], Any]:
    """The rows under the chosen columns, or why they cannot be read so."""
    try:
        return rosters.lines(table, form.mapping(len(table.header)), Role.PANEL), None
    except Refusal as refused:
        return [], refused.said


@page(bp, "/offices/<int:office_id>/people/import/done", Act.IMPORT_PEOPLE, about=office_of)
def done(one: Office) -> str:
    """How many came in, how many were there already."""
    added, there = (request.args.get(name, 0, type=int) for name in ("added", "there"))
    return render_template("imports/done.html", office=one, added=added, there=there)
