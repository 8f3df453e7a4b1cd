"""An article's page: its text, plain words, the remarks the visitor may see, and how people stand to it."""

from typing import Any

from flask import Blueprint, render_template

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.store import drafts, remarks
from deliberation.store.consultations import Consultation
from deliberation.web.book import chapters, neighbours, paras
from deliberation.web.caching import conditional
from deliberation.web.consultations import consultation
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
        row, drafts.inside(row.id), remarks.answer(asked, IN_MARGIN), person.id if person else None
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
