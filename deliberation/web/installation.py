"""The installation's page, for its three administrators: offices, accounts and duties, the policy as a table, the record."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.act_names import ACT_NAMES
from deliberation.domain.acts import Act
from deliberation.domain.permission_words import matrix
from deliberation.domain.roles import DUTY_NAMES, OFFICE_KIND_NAMES, Duty, OfficeKind
from deliberation.services import people
from deliberation.store import log, rosters
from deliberation.store import people as rows
from deliberation.store.people import Office
from deliberation.web.forms.people import NewOfficeForm
from deliberation.web.pages import page
from deliberation.web.visitor import duties, visitor

bp = Blueprint("installation", __name__)
SHOWN = 100


def parts() -> dict[str, Any]:
    """What each administrator sees: the system's the offices, the security's accounts and policy, the auditor the record."""
    mine = {Duty(duty) for duty in duties()}
    accounts = rosters.accounts()
    return {
        "mine": [DUTY_NAMES[duty] for duty in Duty if duty in mine],
        "holders": [(DUTY_NAMES[d], [name for _a, name, held in accounts if d.value in held]) for d in Duty],
        "offices": tree(rows.offices()),
        "counts": rosters.head_counts(),
        "kinds": OFFICE_KIND_NAMES,
        "accounts": [(a, name, [DUTY_NAMES[Duty(d)] for d in held]) for a, name, held in accounts]
        if mine & {Duty.SYSTEM, Duty.SECURITY}
        else None,
        "matrix": matrix() if Duty.SECURITY in mine else None,
        "doings": _doings() if Duty.AUDIT in mine else None,
    }


def tree(offices: Any) -> list[tuple[int, Office]]:
    """The offices with their depth, each after the one above it."""
    below: dict[int | None, list[Office]] = {}
    for one in offices:
        below.setdefault(one.parent_id, []).append(one)
    found: list[tuple[int, Office]] = []

    def put(parent: int | None, depth: int) -> None:
        for one in below.get(parent, []):
            found.append((depth, one))
            put(one.id, depth + 1)

    put(None, 0)
    return found


def _doings() -> list[tuple[str, str, Any]]:
    """The latest acts of the installation's own record: what, who, when."""
    head = log.by_origin(log.INSTALLATION)
    found = log.doings(head.id, SHOWN) if head else []
    ids = [int(c.actor[7:]) for _leaf, c in found if c.actor.startswith("person:") and c.actor[7:].isdigit()]
    names = rows.names(ids)

    def who(actor: str) -> str:
        number = actor.rpartition(":")[2]
        known = names.get(int(number)) if actor.startswith("person:") and number.isdigit() else None
        return known or (_("系统") if actor.startswith("operator") else _("群众"))

    return [(ACT_NAMES[Act(leaf.act)], who(content.actor), content.at) for leaf, content in found]


@page(bp, "/installation/offices/new", Act.OPEN_OFFICE, methods=("GET", "POST"))
def open_office() -> Response | tuple[str, int]:
    """Open an office under another one."""
    form = NewOfficeForm()
    offices = tree(rows.offices())
    form.parent.choices = [
        ("", _("（没有上级）")),
        *((str(one.id), "　" * depth + one.name) for depth, one in offices),
    ]
    if form.submitted():
        parent = rows.office(int(form.parent.data)) if form.parent.data else None
        made = people.open_office(visitor(), form.name.data or "", OfficeKind(form.kind.data), parent)
        return redirect(url_for("people.members", office_id=made.id))
    return render_template("people/new_office.html", form=form), form.status
