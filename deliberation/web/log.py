"""办理经过: what was done in a consultation, newest first, in words; the codes stay in the log."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask_babel import gettext as _

from deliberation.domain.act_names import ACT_NAMES
from deliberation.domain.acts import Act
from deliberation.store import log, people
from deliberation.store.consultations import Consultation
from deliberation.web.consultations import consultation
from deliberation.web.pages import page

bp = Blueprint("log", __name__)
SHOWN = 300


@dataclass(frozen=True)
class Doing:
    """One line: place in the log, what, about what, who, when."""

    index: int
    what: str
    number: str
    who: str
    at: datetime


@page(bp, "/c/<slug>/doings", Act.READ_LOG, about=consultation)
def doings(one: Consultation) -> str:
    """The latest acts; staff are named, the public is not."""
    rows = log.doings(one.log_id, SHOWN)
    names = people.names([_person(content.actor) for _leaf, content in rows])
    found = [
        Doing(
            leaf.index, _(ACT_NAMES[Act(leaf.act)]), leaf.number if leaf.number != "-" else "",
            _who(content.actor, leaf.act, names), content.at,
        )
        for leaf, content in rows
    ]  # fmt: skip
    return render_template("log/doings.html", consultation=one, doings=found, size=one.log.size)


def _person(actor: str) -> int:
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "person" and number.isdigit() else 0


def _who(actor: str, act: str, names: dict[int, str]) -> str:
    """Whoever acted as staff is named; an author of a remark is not."""
    if act in {Act.MAKE_REMARK, Act.REPLACE_REMARK, Act.WITHDRAW_REMARK, Act.CAST_BALLOT}:
        return _("本人")
    if actor.startswith("operator"):
        return _("系统")
    return names.get(_person(actor), _("群众"))
