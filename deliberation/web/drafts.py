"""An article's page: its text, plain words, the remarks the visitor may see, and how people stand to it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.place_words import place_words
from deliberation.domain.remarks import CHANNELS
from deliberation.services import drafts as work
from deliberation.store import drafts, links, margin, remarks
from deliberation.store.consultations import Consultation
from deliberation.web.book import IN_MARGIN, chapters, neighbours, paras
from deliberation.web.book import margin as beside
from deliberation.web.caching import conditional
from deliberation.web.consultations import consultation
from deliberation.web.forms.tasks import PlainForm
from deliberation.web.pages import page
from deliberation.web.seeing import seeing, sight
from deliberation.web.since import origin, since
from deliberation.web.visitor import visitor
from deliberation.web.voted import votes_at

bp = Blueprint("drafts", __name__)
A_PAGE = 50


@page(bp, "/c/<slug>/at/<eid>", Act.READ_CONSULTATION, about=consultation)
def article(one: Consultation, eid: str) -> Any:
    """One article at its stable address."""
    version = drafts.current(one.task_id)
    found = drafts.at_with_counts(version.id, eid, one.id) if version else None
    if version is None or found is None or found[0].article_id is not None:
        raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
    row, count = found
    rows = drafts.contents(version.id, one.id)
    carried = version.id if version.serial > 1 else None
    said = margin.first_of_each(one.id, row.eid, IN_MARGIN, carried_to=carried, **sight(one))
    earlier = since(one, version, [remark for remark, _count in said])
    blocks, whole = paras(row, drafts.inside(row.id), said, _viewer(), one.slug, earlier)
    before, after = neighbours(one, rows, row.eid)
    return conditional(
        render_template(
            "drafts/article.html",
            consultation=one,
            version=version,
            article=row,
            count=count,
            paras=blocks,
            whole=whole if len(blocks) > 1 else None,
            chapters=chapters(one, rows, row.eid),
            total=sum(r.remarks for r in rows),
            before=before,
            after=after,
            origin=origin(one, version, row.eid),
            voted=votes_at(one, version, row.eid),
        )  # fmt: skip
    )


def _viewer() -> int | None:
    person = visitor().person
    return person.id if person else None


@page(bp, "/c/<slug>/at/<eid>/remarks", Act.READ_CONSULTATION, about=consultation)
def said(one: Consultation, eid: str) -> str:
    """Every remark at one article that the visitor may see, in the order they came, a page at a time."""
    version = drafts.current(one.task_id)
    row = drafts.at(version.id, eid) if version else None
    if version is None or row is None or row.article_id is not None:
        raise NotFound(_("这一稿里没有这一条。请从目录里再找一找。"))
    standing = (
        links.standing_at(one.id, version.id, eid) if version.serial > 1 else remarks.standing_at(one.id, eid)
    )
    asked = seeing(standing, one)
    total = remarks.total(asked)
    pages = max(1, -(-total // A_PAGE))
    at = min(max(1, request.args.get("page", 1, int)), pages)
    channels = {code: gettext(name) for code, name in CHANNELS.items()}
    found = margin.one_page(asked, at, A_PAGE)
    earlier = since(one, version, found)
    says = [(place_words(r.place, r.eid), beside(r, _viewer(), channels, earlier.get(r.id))) for r in found]
    return render_template(
        "drafts/said.html", consultation=one, version=version, article=row, says=says, total=total, page=at, pages=pages,
        page_url=lambda n: url_for("drafts.said", slug=one.slug, eid=eid, page=n),
    )  # fmt: skip


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
