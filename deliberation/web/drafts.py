"""An article's page: its text, plain words, the remarks the visitor may see, and how people stand to it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.services import drafts as work
from deliberation.store import drafts, remarks
from deliberation.store.consultations import Consultation
from deliberation.web.book import chapters, neighbours, paras
from deliberation.web.caching import conditional
from deliberation.web.consultations import consultation
from deliberation.web.forms.tasks import PlainForm
from deliberation.web.pages import page
from deliberation.web.seeing import seeing
from deliberation.web.visitor import visitor

bp = Blueprint("drafts", __name__)
IN_MARGIN = 60


@page(bp, "/c/<slug>/at/<eid>", Act.READ_CONSULTATION, about=consultation)
def article(one: Consultation, eid: str) -> Any:
    """One article at its stable address."""
    version = drafts.current(one.task_id)
    found = drafts.at_with_counts(version.id, eid, one.id) if version else None
    if version is None or found is None or found[0].article_id is not None:
        raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
    row, count = found
    rows = drafts.contents(version.id, one.id)
    person = visitor().person
    asked = seeing(remarks.standing_at(one.id, row.eid), one)
    blocks = paras(
        row, drafts.inside(row.id), remarks.in_margin(asked, IN_MARGIN), person.id if person else None
    )
    before, after = neighbours(one, rows, row.eid)
    return conditional(
        render_template(
            "drafts/article.html",
            consultation=one,
            version=version,
            article=row,
            count=count,
            paras=blocks,
            chapters=chapters(one, rows, row.eid),
            total=sum(r.remarks for r in rows),
            before=before,
            after=after,
        )  # fmt: skip
    )


@page(bp, "/c/<slug>/at/<eid>/plain", Act.EXPLAIN_ARTICLE, about=consultation, methods=("GET", "POST"))
def explain(one: Consultation, eid: str) -> Response | tuple[str, int]:
    """Write an article's plain-language note in Markdown; look at it before it is kept."""
    version = drafts.current(one.task_id)
    row = drafts.at(version.id, eid) if version else None
    if row is None or row.article_id is not None:
        raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
    form = PlainForm(obj=row)
    look = Markup("" if form.refused else work.plain_html(form.plain.data or ""))  # noqa: S704 - cleaned by the reader
    if form.submitted() and "look" not in request.form:
        work.explain(visitor(), one, row, form.plain.data or "")
        return redirect(url_for("drafts.article", slug=one.slug, eid=eid))
    status = 200 if "look" in request.form and form.refused is None else form.status
    return render_template(
        "drafts/explain.html", form=form, consultation=one, version=version, article=row, look=look
    ), status
