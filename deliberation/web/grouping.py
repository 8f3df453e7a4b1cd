"""Groups that may belong together, proposed with what their remarks share; a person takes them up or says they are not alike."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.domain.grouping_shown import marked
from deliberation.services import grouping as verbs
from deliberation.services.backing import Categories
from deliberation.services.grouping import Part, Proposed
from deliberation.store import bench as desk
from deliberation.store import drafts, points, suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.points import Point
from deliberation.store.remarks import Remark
from deliberation.web import chosen
from deliberation.web.bench import Slip, article_name, slips
from deliberation.web.consultations import consultation
from deliberation.web.forms.suggestions import StepForm
from deliberation.web.pages import page
from deliberation.web.since import since
from deliberation.web.visitor import visitor

bp = Blueprint("grouping", __name__)
SHOWN = 20


@page(bp, "/c/<slug>/suggestions/groups/<eid>", Act.READ_STAFF, about=consultation)
def groups(one: Consultation, eid: str) -> str:
    """The groups of one article, the largest first, with the words all share marked where they stand."""
    article = "" if eid == "whole" else eid
    version = drafts.current(one.task_id)
    follows = version.follows if version else None
    there = desk.at(one.id, article, follows)
    if version is None or (article and not there and drafts.at(version.id, article) is None):
        raise NotFound(mark("这一稿里没有这一条。请从目录里再找一找。"))
    split = points.gone_into([each.id for each in there])
    every = {
        slip.remark.id: slip
        for slip in slips(there, (), Categories(one.office_id), split, since(one, version, there))
    }
    merged = {key: slip.merged for key, slip in every.items() if slip.merged}
    found = verbs.proposals(one, article, there, merged, split)
    ordered = sorted(found.groups, key=lambda group: -len(group.parts))
    return render_template(
        "suggestions/groups.html", consultation=one, eid=eid, name=article_name(eid), found=found,
        groups=[(group, _shown(group, every)) for group in ordered[:SHOWN]], rest=max(0, len(ordered) - SHOWN),
        suggestions=suggestions.at_article(one.id, article, follows),
    )  # fmt: skip


def _shown(group: Proposed, every: dict[int, Slip]) -> list[tuple[Slip, Part, list[tuple[str, bool]]]]:
    """Each member as its remark's slip, with its own words in stretches, the shared ones marked."""
    texts = marked([each.said for each in group.parts])
    return [(every[each.remark.id], each, text) for each, text in zip(group.parts, texts, strict=True)]


@page(bp, "/c/<slug>/suggestions/apart", Act.SET_APART, about=consultation, methods=("POST",))
def apart(one: Consultation) -> Response:
    """What was ticked is not like the rest; nothing or everything ticked: none is like another."""
    StepForm()
    group, some = (_ticked(one, name) for name in ("of", "remark"))
    if not some or len(some) == len(group):
        some = group
    verbs.set_apart(visitor(), one, some, [each for each in group if each not in some])
    eid = request.form.get("at", "")[:120] or "whole"
    return redirect(url_for("grouping.groups", slug=one.slug, eid=eid))


def _ticked(one: Consultation, name: str) -> list[Remark | Point]:
    found = chosen.of(one, ",".join(request.form.getlist(name)))
    return [*found.remarks, *found.points]
