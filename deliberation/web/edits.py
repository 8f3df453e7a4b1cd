"""从现行稿改起: the articles of a version in the making, a step at a time, each of which can be taken back."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.alignment import ArticleText
from deliberation.domain.draft_edits import FIRST, KINDS, Step
from deliberation.domain.errors import NotFound, _
from deliberation.domain.lineage import by_key
from deliberation.services import drafts as preview
from deliberation.services import edits as verbs
from deliberation.store.drafts import Version
from deliberation.web.forms.edits import BeginForm, EditForm
from deliberation.web.links import label
from deliberation.web.pages import page
from deliberation.web.texts import name
from deliberation.web.versions import version_of
from deliberation.web.visitor import visitor

bp = Blueprint("edits", __name__)
STEPS = {
    "reword": _("改写文字"),
    "insert": _("在后面增加一条"),
    "move": _("移到别处"),
    "split": _("拆成两条"),
    "merge": _("并入另一条"),
    "delete": _("删去这一条"),
}


@dataclass(frozen=True)
class Unit:
    """An article on the desk: its handle, its name, its text as HTML; headings have no handle."""

    handle: str
    label: str
    html: Markup
    heading: bool = False


@page(bp, "/versions/<int:version_id>/begin", Act.EDIT_DRAFT, about=version_of, methods=("GET", "POST"))
def begin(version: Version) -> Response | tuple[str, int]:
    """Begin a new version from this one, or go on with the one that was begun."""
    form = BeginForm()
    if form.submitted():
        made = verbs.begin(visitor(), version)
        return redirect(url_for("edits.show", version_id=made.id))
    return render_template(
        "edits/begin.html", form=form, version=version, task=version.task, name=name
    ), form.status


@page(bp, "/versions/<int:version_id>/edit", Act.EDIT_DRAFT, about=version_of)
def show(version: Version) -> str:
    """Every article with what can be done to it, and what was done."""
    base, done, steps = verbs.desk(version)
    handles = {eid: handle for handle, eid in done.eids.items()}
    units = [
        Unit(
            handles.get(eid, "") if kind == "article" else "", "　".join(part for part in (number, heading) if part),
            Markup(html), kind not in {"article", "clause"} and not html,  # noqa: S704 - our own HTML
        )
        for eid, kind, number, heading, html in preview.preview(version)
    ]  # fmt: skip
    return render_template(
        "edits/show.html", version=version, task=version.task, base=base, units=units, steps=steps, words=STEPS, kinds=KINDS,
        name=name, first=FIRST, form=BeginForm(formdata=None),
    )  # fmt: skip


@page(
    bp, "/versions/<int:version_id>/edit/<handle>/<kind>", Act.EDIT_DRAFT, about=version_of, methods=("GET", "POST")
)  # fmt: skip
def step(version: Version, handle: str, kind: str) -> Response | tuple[str, int]:
    """One step on one article."""
    _base, done, _steps = verbs.desk(version)
    texts = by_key(done.draft)
    unit = texts.get(done.eids.get(handle, ""))
    if kind not in KINDS or (unit is None and (handle, kind) != (FIRST, "insert")):
        raise NotFound(_("这一条已经不在了，可能刚被删去或合并。请刷新页面。"))
    form = EditForm()
    form.after.choices = _others(done.eids, texts, handle, kind)
    if not form.is_submitted() and kind in {"reword", "split"} and unit is not None:
        form.first.data = unit.text
    if form.submitted():
        verbs.do(visitor(), version, _step(form, kind, handle))
        return redirect(url_for("edits.show", version_id=version.id))
    return render_template(
        "edits/step.html", version=version, task=version.task, form=form, kind=kind, words=STEPS, unit=unit,
        label=label(unit) if unit is not None else "",
    ), form.status  # fmt: skip


def _step(form: EditForm, kind: str, handle: str) -> Step:
    first, second, after = form.first.data or "", form.second.data or "", form.after.data or ""
    if kind == "insert":
        return Step(kind, after=handle, first=first)
    if kind == "split":
        return Step(kind, on=handle, first=first, second=second)
    if kind == "reword":
        return Step(kind, on=handle, first=first)
    return Step(kind, on=handle, after=after if kind in {"move", "merge"} else "")


def _others(eids: Any, texts: dict[str, ArticleText], handle: str, kind: str) -> list[tuple[str, Any]]:
    """The other articles, in order, for moving behind one and for joining with one."""
    by_eid = {eid: other for other, eid in eids.items()}
    found = [
        (by_eid[eid], label(unit)) for eid, unit in texts.items()
        if eid.startswith("art_") and eid in by_eid and by_eid[eid] != handle
    ]  # fmt: skip
    return [(FIRST, _("（最前面）")), *found] if kind == "move" else found


@page(bp, "/versions/<int:version_id>/edit/undo", Act.EDIT_DRAFT, about=version_of, methods=("GET", "POST"))
def undo(version: Version) -> Response:
    """Take back the last step."""
    if BeginForm().submitted():
        verbs.undo(visitor(), version)
    return redirect(url_for("edits.show", version_id=version.id))
