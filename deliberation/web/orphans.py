"""没有着落的意见: remarks on articles that are gone or not placed yet, and those whose quoted words are gone; votes too; for staff, in one click."""

from flask import Blueprint, render_template, request, url_for

from deliberation.domain.acts import Act
from deliberation.domain.place_words import place_words
from deliberation.store import drafts, links, quotes, remarks
from deliberation.store.consultations import Consultation
from deliberation.store.remarks import Remark
from deliberation.web.consultations import consultation
from deliberation.web.pages import page
from deliberation.web.seeing import seeing
from deliberation.web.since import Since, since
from deliberation.web.voted import votes_at

bp = Blueprint("orphans", __name__)
A_PAGE = 50
Found = list[tuple[Remark, Since | None]]


@page(bp, "/c/<slug>/remarks/orphans", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """By why: nobody has looked yet, the article is gone, the quoted words are gone."""
    version = drafts.current(one.task_id)
    if version is None or version.follows is None:
        return render_template(
            "orphans/index.html",
            consultation=one,
            version=version,
            parts=[],
            voted=[],
            total=0,
            page=1,
            pages=1,
        )
    asked = seeing(quotes.orphans(one.id, version.id), one)
    total = remarks.total(asked)
    pages = max(1, -(-total // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    found = remarks.answer(asked, A_PAGE, (at - 1) * A_PAGE)
    known = since(one, version, found)
    return render_template(
        "orphans/index.html", consultation=one, version=version, parts=_by_reason([(r, known.get(r.id)) for r in found]),
        total=total, page=at, pages=pages, page_url=lambda n: url_for("orphans.index", slug=one.slug, page=n),
        place_words=place_words, before=links.before(version), voted=votes_at(one, version, links.GONE),
    )  # fmt: skip


def _by_reason(found: Found) -> list[tuple[str, Found]]:
    parts: dict[str, Found] = {"waits": [], "gone": [], "quote": []}
    for remark, was in found:
        reason = "quote" if was is not None and was.lost else "gone" if was is None or was.sure else "waits"
        parts[reason].append((remark, was))
    return [(reason, several) for reason, several in parts.items() if several]
