"""Reviewing what became of each article: what waits, one after another; what is carried but unsure; what was decided."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from deliberation.domain.acts import Act
from deliberation.domain.alignment import ArticleText, Link
from deliberation.domain.errors import NotFound, Refusal
from deliberation.domain.errors import _ as mark
from deliberation.domain.lineage import likeness
from deliberation.domain.lineage_words import CHANGES
from deliberation.services import links as verbs
from deliberation.services.comparing import one_pair
from deliberation.services.lineage import Lineage
from deliberation.store import links
from deliberation.store.drafts import Version
from deliberation.web.compare import side
from deliberation.web.forms.links import ConfirmForm, DecideForm, StepForm
from deliberation.web.languages import say
from deliberation.web.pages import page
from deliberation.web.texts import name
from deliberation.web.versions import version_of
from deliberation.web.visitor import visitor

bp = Blueprint("links", __name__)
ALIKE = 0.2  # below this two texts have nothing to do with each other
OFFERED = 3


@dataclass(frozen=True)
class Item:
    """One old article in a list: what it is called, what became of it, in words."""

    eid: str
    label: str
    became: str
    relation: str
    text: str


@dataclass(frozen=True)
class Added:
    """One article of the new text that is new, or (`olds` not empty) may be; `decided` by a person, `asks` for one."""

    eid: str
    label: str
    olds: str
    text: str
    decided: bool
    asks: bool


@dataclass(frozen=True)
class Offer:
    """One new article an old one may have become, both with their words marked."""

    eid: str
    label: str
    alike: int
    old: Markup | None
    new: Markup | None


@page(bp, "/versions/<int:version_id>/links", Act.READ_TASK, about=version_of)
def index(version: Version) -> str:
    """How many are settled, what waits, what is unsure, what people decided."""
    return _index(version, ConfirmForm(formdata=None))


def _index(version: Version, form: ConfirmForm) -> str:
    found = verbs.following(version)
    decided = [eid for eid, row in found.decided.items() if row.sure]
    shown = {eid: _item(found, eid) for eid in {*found.waiting, *found.likely, *decided}}
    return render_template(
        "links/index.html", version=version, task=version.task, base=found.base, name=name, changes=CHANGES, form=form,
        waiting=[shown[eid] for eid in found.waiting], likely=[shown[eid] for eid in found.likely],
        decided=[(shown[eid], found.decided[eid]) for eid in decided], by_edits=found.by_edits,
        added=_added(found), settled=len(found.old) - len(found.waiting) - len(found.likely), total=len(found.old),
    )  # fmt: skip


def _item(found: Lineage, eid: str) -> Item:
    unit, mine = found.old[eid], found.of(eid)
    targets = [label(found.new[k.new]) for k in mine if k.new]
    relation = mine[0].relation if mine else "deleted"
    return Item(eid, label(unit), _("、").join(targets), relation, unit.text.replace("\n", ""))


def _added(found: Lineage) -> list[Added]:
    """The articles of the new text that came from none of the old ones, and those of whose origin nobody is sure."""
    rows = []
    for eid, unit in found.new.items():
        mine = [k for k in found.links if k.new == eid]
        olds = [label(found.old[k.old]) for k in mine if k.old]
        if not olds or not all(k.sure for k in mine):
            said = any(batch[0].old is None and batch[0].new == eid for _row, batch in found.decisions)
            text = unit.text.replace("\n", "")
            decided = said and not olds
            asks = not decided and not all(k.sure for k in mine)
            rows.append(Added(eid, label(unit), _("、").join(olds), text, decided, asks))
    return rows


def label(unit: ArticleText) -> str:
    """第十二条 安全距离; what has no number is shown by its first words."""
    words = "　".join(part for part in (unit.number, unit.heading) if part)
    return words or f"{unit.text[:12]}…"


@page(
    bp, "/versions/<int:version_id>/links/confirm", Act.DECIDE_LINK, about=version_of, methods=("GET", "POST")
)
def confirm(version: Version) -> Response | tuple[str, int]:
    """Those that were ticked are right as they are carried."""
    form = ConfirmForm()
    if form.submitted():
        if not form.old.data:
            raise Refusal(mark("请先勾选要确认的条文。"), field="old")
        verbs.confirm(visitor(), version, form.old.data)
        return redirect(url_for("links.index", version_id=version.id))
    return _index(version, form), form.status


@page(
    bp, "/versions/<int:version_id>/links/<eid>", Act.DECIDE_LINK, about=version_of, methods=("GET", "POST")
)
def decide(version: Version, eid: str) -> Response | tuple[str, int]:
    """One old article beside what it may have become; after the decision the next one that waits."""
    found = verbs.following(version)
    if eid not in found.old:
        raise NotFound(mark("上一稿里没有这一条。请从列表里再选。"))
    proposed = [k for k in found.of(eid) if k.new]
    offers = _offers(found, eid, proposed)
    form = DecideForm()
    form.offer(
        _choices(found, eid, proposed, offers), [(key, label(unit)) for key, unit in found.new.items()]
    )
    if not form.is_submitted() and proposed:
        form.choice.data = "proposed"
    if form.submitted():
        targets = form.targets([k.new for k in proposed if k.new])
        if not targets and form.choice.data != "deleted":
            raise Refusal(mark("请在“另选一条”里选出对应的条文。"), field="other")
        verbs.decide(visitor(), version, eid, targets)
        return redirect(_next(version, eid))
    waiting = found.waiting
    after = [old for old in waiting if list(found.old).index(old) > list(found.old).index(eid)] or waiting
    return render_template(
        "links/decide.html", version=version, task=version.task, base=found.base, name=name, form=form, item=_item(found, eid),
        eid=eid, offers=offers, left=len(waiting), waits=eid in waiting, next=next((o for o in after if o != eid), None),
        history=[row for row, batch in found.decisions if batch[0].old == eid], changes=CHANGES,
    ), form.status  # fmt: skip


def _offers(found: Lineage, eid: str, proposed: list[Link]) -> list[Offer]:
    """Those it is linked to, and the few others most like it."""
    old, known = found.old[eid], [k.new for k in proposed if k.new]
    alike = {key: likeness(old, unit) for key, unit in found.new.items()}
    near = sorted((key for key in alike if alike[key] >= ALIKE), key=lambda key: -alike[key])[:OFFERED]
    made = []
    for key in dict.fromkeys([*known, *near]):
        row = one_pair(old, found.new[key])
        made.append(Offer(key, label(found.new[key]), round(alike[key] * 100), side(row.old), side(row.new)))
    return made


def _choices(found: Lineage, eid: str, proposed: list[Link], offers: list[Offer]) -> list[SelectChoice]:
    choices = []
    names = _("、").join(label(found.new[k.new]) for k in proposed if k.new)
    if proposed:
        relation = say(CHANGES[proposed[0].relation][0])
        choices.append(
            SelectChoice("proposed", _("%(names)s（%(relation)s）", names=names, relation=relation))
        )
    known = {k.new for k in proposed} if len(proposed) == 1 else set()
    choices += [
        SelectChoice(offer.eid, _("是%(name)s（相似 %(alike)s%%）", name=offer.label, alike=offer.alike))
        for offer in offers
        if offer.eid not in known
    ]
    return [*choices, SelectChoice("other", _("是另一条，在下面选")), SelectChoice("deleted", _("删去了"))]


def _next(version: Version, eid: str) -> str:
    """The next one that waits, in the order of the old text; the list when none does."""
    found = verbs.following(version)
    order = list(found.old)
    waiting = [old for old in found.waiting if old != eid]
    after = [old for old in waiting if order.index(old) > order.index(eid)] or waiting
    if after:
        return url_for("links.decide", version_id=version.id, eid=after[0])
    return url_for("links.index", version_id=version.id)


@page(
    bp,
    "/versions/<int:version_id>/links/<eid>/new",
    Act.DECIDE_LINK,
    about=version_of,
    methods=("GET", "POST"),
)
def new(version: Version, eid: str) -> Response:
    """An article of the new text came from none of the old ones; what it was linked with waits for another decision."""
    if StepForm().submitted():
        verbs.decide_new(visitor(), version, eid)
    return redirect(url_for("links.index", version_id=version.id, _anchor="h-new"))


@page(
    bp,
    "/versions/<int:version_id>/links/<eid>/undo",
    Act.DECIDE_LINK,
    about=version_of,
    methods=("GET", "POST"),
)
def undo(version: Version, eid: str) -> Response:
    """As it was before the newest decision; that there was one stays in the record."""
    if StepForm().submitted():
        verbs.take_back(visitor(), version, eid)
    return redirect(url_for("links.decide", version_id=version.id, eid=eid))


def waiting(version: Version) -> int:
    """How many wait for a decision, for the pages that lead here; 0 for a first version."""
    if links.before(version) is None:
        return 0
    return len(verbs.following(version).waiting)


__all__: tuple[Any, ...] = ("bp", "waiting")
