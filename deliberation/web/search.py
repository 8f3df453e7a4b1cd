"""The search page: what the visitor may see, with the words marked."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from deliberation.domain.acts import Act
from deliberation.search import Found, Hit
from deliberation.services import searching
from deliberation.web.citing import sought
from deliberation.web.forms.search import SearchForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("search", __name__)


@page(bp, "/search", Act.SEARCH)
def find() -> str:
    """Look for words; an empty box shows only the box."""
    form = SearchForm(request.args)
    words = (form.words.data or "").strip()
    found = None
    if words:
        found = searching.find(
            visitor(), words, consultation=form.within.data or None, page=request.args.get("page", 1, int)
        )
    return render_template(
        "search/find.html", form=form, words=words, found=found, address=address, pages=_pages(found),
        places=sought(words, form.within.data or "") if words else [],
    )  # fmt: skip


def _pages(found: Found | None) -> list[tuple[int, str]]:
    if found is None or found.pages < 2:
        return []
    given: dict[str, Any] = {k: v for k in ("words", "within") if (v := request.args.get(k))}
    return [(n, url_for("search.find", **given, page=n)) for n in range(1, min(found.pages, 50) + 1)]


def address(hit: Hit) -> str:
    """Where a hit leads."""
    entry = hit.entry
    if entry.kind == "minutes":
        return url_for("meetings.show", meeting_id=int(entry.parts[0]))
    if entry.kind == "article":
        return url_for("drafts.article", slug=entry.consultation, eid=entry.parts[0])
    if entry.kind == "remark":
        return url_for("remarks.show", slug=entry.consultation, number=int(entry.parts[0]))
    return url_for("suggestions.article", slug=entry.consultation, eid=entry.parts[1] or "whole")
