"""Founding an assembly: villagers, their representatives, residents, a joint meeting, a round table."""

from flask import Blueprint, redirect, render_template, url_for

from deliberation.domain.acts import Act
from deliberation.services import assemblies as verbs
from deliberation.store.people import Office
from deliberation.web.councils import Answer, office
from deliberation.web.forms.assemblies import AssemblyForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("assemblies", __name__)


@page(
    bp, "/offices/<int:office_id>/councils/assembly", Act.FOUND_COUNCIL, about=office, methods=("GET", "POST")
)
def found(one: Office) -> Answer:
    """Found an assembly from a list of its members."""
    form = AssemblyForm()
    if form.submitted():
        made = verbs.found_assembly(visitor(), one, form.gathering())
        return redirect(url_for("councils.show", council_id=made.id))
    return render_template("councils/assembly.html", form=form, office=one), form.status
