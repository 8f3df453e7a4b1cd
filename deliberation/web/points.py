"""Splitting a remark: its words as they were said, and which of them are a point of their own."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.points import PARTS, Span, joined, pieces, span_of
from deliberation.services import points as verbs
from deliberation.store import points as marks
from deliberation.store.remarks import Remark
from deliberation.web.bench import article_name
from deliberation.web.forms.suggestions import SplitForm
from deliberation.web.pages import page
from deliberation.web.remarks import remark
from deliberation.web.visitor import visitor

bp = Blueprint("points", __name__)
NUMBERED = 9  # points that can be told by number without script


@page(bp, "/c/<slug>/suggestions/split/<int:number>", Act.SPLIT_REMARK, about=remark, methods=("GET", "POST"))
def split(one: Remark) -> Response | tuple[str, int]:
    """Mark the points: by selecting words (script), or by giving every piece the number of its point."""
    form = SplitForm()
    there = marks.gone_into([one.id]).get(one.id, [])
    standing = [point for point, _numbers in there]
    if request.method == "GET":
        form.read.data = verbs.seen(standing)
    wanted = [verbs.span(point) for point in standing] if request.method == "GET" else _wanted(one)
    back = url_for(
        "suggestions.article", slug=one.consultation.slug, eid=one.article_eid or "whole", _anchor=f"r{one.number}"
    )  # fmt: skip
    if form.submitted():
        verbs.split_remark(visitor(), one, wanted, form.read.data or "")
        return redirect(back)
    theirs = form.refused is not None and form.refused.status == 409
    if theirs:
        form.read.data = verbs.seen(standing)
    said = {part: words for part, words in verbs.said(one).items() if words}
    inside = [span for span in wanted if span.stop <= len(said.get(span.part, ""))]
    return render_template(
        "suggestions/split.html", form=form, remark=one, consultation=one.consultation, said=said, PARTS=PARTS, back=back,
        pieces=pieces(said, inside), wanted=inside, words=_words(one, inside), there=there, theirs=there if theirs else [],
        name=article_name(one.article_eid or "whole"), most=max(NUMBERED, len(inside)),
    ), form.status  # fmt: skip


def _wanted(one: Remark) -> list[Span]:
    """What was sent: exact ranges (the script's), else the pieces with their numbers."""
    if "exact" in request.form:
        return [span_of(words) for words in request.form.getlist("point")]
    given: list[tuple[Span, int]] = []
    for name, value in request.form.items():
        if name.startswith("piece "):
            given.append((span_of(name[6:]), int(value) if value.isdecimal() and len(value) < 3 else 0))
    order = list(PARTS)
    return joined(sorted(given, key=lambda each: (order.index(each[0].part), each[0].start)))


def _words(one: Remark, spans: list[Span]) -> list[tuple[Any, str]]:
    said = verbs.said(one)
    return [(span, said[span.part][span.start : span.stop]) for span in spans]
