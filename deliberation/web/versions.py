"""Versions of a draft for those who bring them: import, look at the tree beside the warnings, publish; the source kept."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, Said, _
from deliberation.services import drafts as work
from deliberation.services import lineage, proofs
from deliberation.store import drafts, links
from deliberation.store.consultations import Task
from deliberation.store.drafts import Version
from deliberation.web.downloads import stored
from deliberation.web.forms.tasks import BringForm, PublishForm
from deliberation.web.pages import may, page
from deliberation.web.tasks import task_of
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("versions", __name__)
DIVISIONS = {"part", "subpart", "chapter", "section"}


def version_of(version_id: int) -> Version | None:
    """A version by its number; its task's office becomes the site's face."""
    found = drafts.get(version_id)
    if found is not None:
        g.office = found.task.office
    return found


@page(bp, "/tasks/<int:task_id>/drafts/new", Act.IMPORT_DRAFT, about=task_of, methods=("GET", "POST"))
def bring(task: Task) -> Response | tuple[str, int]:
    """A file or pasted text becomes a preview; `from` begins with the text of an earlier one, to mend it."""
    form = BringForm()
    if not form.is_submitted():
        form.pasted.data = _earlier(task, request.args.get("from", 0, type=int))
    if form.submitted():
        file = upload_of(form.file)
        brought = work.Brought(
            file.data if file else b"",
            file.name if file else "",
            pasted="" if file else form.pasted.data or "",
        )
        made = work.import_draft(visitor(), task, brought, (form.stage.data or "").strip())
        return redirect(url_for("versions.show", version_id=made.id))
    return render_template("imports/draft.html", form=form, task=task), form.status


def _earlier(task: Task, version_id: int) -> str:
    found = drafts.get(version_id) if version_id else None
    return found.text if found is not None and found.task_id == task.id else ""


@page(bp, "/versions/<int:version_id>", Act.READ_TASK, about=version_of)
def show(version: Version) -> str:
    """The tree beside what the reader was unsure of."""
    return _page(version, None)


def _page(version: Version, form: PublishForm | None) -> str:
    tree = [(e, k, n, h, Markup(html)) for e, k, n, h, html in work.preview(version)]  # noqa: S704 - our own HTML
    if form is None and version.state == "preview" and may(Act.PUBLISH_DRAFT, version):
        form = PublishForm(formdata=None, obj=version)
    desk = proofs.desk(version) if version.state == "preview" else None
    if form is not None and desk is not None:
        form.leaves(doubtful=desk.doubts.any, revision=desk.revision)
    kinds = [kind for _eid, kind, _n, _h, _html in tree]
    return render_template(
        "drafts/preview.html",
        version=version,
        task=version.task,
        tree=tree,
        divisions=DIVISIONS,
        form=form,
        doubts=desk.doubts if desk is not None else None,
        scanned=desk.scan if desk is not None else False,
        before=links.before(version),
        waiting=_waiting(version),
        warnings=[_warning(w) for w in version.warnings],
        counts=[
            (words, kinds.count(kind))
            for kind, words in (
                ("part", _("编")), ("chapter", _("章")), ("section", _("节")), ("article", _("条")),
                ("clause", _("段（一、二、）")), ("attachment", _("附件")),
            )
            if kinds.count(kind)
        ],
    )  # fmt: skip


def _waiting(version: Version) -> int:
    """How many provisions of the version before a person has to look at."""
    found = lineage.lineage(version) if version.serial > 1 else None
    return len(found.waiting) if found is not None else 0


def _warning(kept: dict[str, Any]) -> tuple[Said, int, str, str]:
    return Said(kept["msgid"], **kept["params"]), kept["line"], kept.get("eid", ""), kept.get("words", "")


@page(bp, "/versions/<int:version_id>/publish", Act.PUBLISH_DRAFT, about=version_of, methods=("GET", "POST"))
def publish(version: Version) -> Response | tuple[str, int]:
    """Publish after a last look; from then on the text does not change."""
    form = PublishForm(obj=version)
    if form.submitted():
        if not form.sure.data:
            raise Refusal(_("请先对照原文核对，再勾选“已对照原文核对”。"), field="sure")
        seen = form.revision.data or ""
        work.publish_draft(
            visitor(), version, title=form.title.data or "", stage=form.stage.data or "",
            revision=int(seen) if seen.isdecimal() else -1 if seen else None,
        )  # fmt: skip
        return redirect(url_for("tasks.show", task_id=version.task_id))
    return _page(version, form), form.status


@page(bp, "/versions/<int:version_id>/source", Act.READ_TASK, about=version_of)
def source(version: Version) -> Response:
    """The file this version came from."""
    if version.source is None:
        raise NotFound(_("这一稿是粘贴进来的，没有文件。"))
    return stored(version.source)
