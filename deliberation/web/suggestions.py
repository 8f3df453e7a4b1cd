"""The workbench: article by article, remarks beside suggestions; every step is confirmed, none is lost."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.domain.lineage_words import is_promulgated
from deliberation.domain.suggestions import KINDS, Proposal, spot_of
from deliberation.services import suggestions as verbs
from deliberation.services.backing import Categories
from deliberation.services.grouping import proposals
from deliberation.store import bench as desk
from deliberation.store import drafts, people, points, remarks, suggestions
from deliberation.store.bench import Waiting
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.links import GONE
from deliberation.store.suggestions import Suggestion
from deliberation.web import chosen
from deliberation.web.bench import article_name, cards, compared, places, slips, stands, summed, turning
from deliberation.web.consultations import consultation
from deliberation.web.forms.suggestions import (
    MergeForm,
    OrderForm,
    RewordForm,
    StepForm,
    SuggestForm,
    WordsForm,
)
from deliberation.web.pages import page
from deliberation.web.since import now, since
from deliberation.web.steps import last, said
from deliberation.web.visitor import visitor
from deliberation.web.voted import votes_at

bp = Blueprint("suggestions", __name__)
A_PAGE = 100


def suggestion(slug: str, number: int) -> Suggestion | None:
    """A suggestion by the address of its consultation and its number."""
    one = consultation(slug)
    return suggestions.by_number(one.id, number) if one else None


@page(bp, "/c/<slug>/suggestions/", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """Every article with something on it, and how many remarks wait there."""
    version = drafts.current(one.task_id)
    waiting, made = desk.overview(one.id, version.follows if version else None)
    eids = _places(one, version, set(waiting) | set(made))
    rows = [(eid, waiting.get(_at(eid), Waiting()), made.get(_at(eid), 0)) for eid in eids]
    total = summed(waiting)
    return render_template(
        "suggestions/index.html", consultation=one, rows=rows, total=total, made=sum(made.values()), name=article_name,
        promulgated=version is not None and is_promulgated(version.stage),
    )  # fmt: skip


def _at(eid: str) -> str:
    """The article's eid as rows have it: the whole draft and its title are ""."""
    return "" if eid == "whole" else eid


def _places(one: Consultation, version: Version | None, used: set[str]) -> list[str]:
    """The articles with remarks or suggestions in reading order, the whole draft first; those of older versions last."""
    known = [row.eid for row in drafts.contents(version.id, one.id)] if version else []
    return ["whole", *(eid for eid in known if eid in used), *sorted(used - set(known) - {""})]


def _version(one: Consultation) -> Version:
    version = drafts.current(one.task_id)
    if version is None:
        raise NotFound(mark("草案还没有公布，没有可以归并的条文。"))
    return version


@page(bp, "/c/<slug>/suggestions/at/<eid>", Act.READ_STAFF, about=consultation)
def article(one: Consultation, eid: str) -> str:
    """One article: remarks left, suggestions right."""
    version = _version(one)
    rows = _places(one, version, set().union(*desk.overview(one.id, version.follows)))
    if eid not in rows and drafts.at(version.id, eid) is None:
        raise NotFound(mark("这一稿里没有这一条。请从目录里再找一找。"))
    there, categories = desk.at(one.id, _at(eid), version.follows), Categories(one.office_id)
    made = suggestions.at_article(one.id, _at(eid), version.follows)
    split = points.gone_into(
        {each.id for each in there} | {s.remark_id for each in made for s in each.sources}
    )
    picked = chosen.numbers(request.args.get("pick", ""))
    every = slips(there, picked, categories, split, since(one, version, there))
    shown = _shown(every)
    pages = max(1, -(-len(shown) // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    before, after = turning(one, rows, eid)
    row = drafts.at(version.id, eid) if eid != "whole" else None
    return render_template(
        "suggestions/article.html", consultation=one, eid=eid, name=article_name(eid), article=row, before=before, after=after,
        every=every, slips=shown[(at - 1) * A_PAGE : at * A_PAGE], total=len(shown), page=at, pages=pages,
        waiting=sum(slip.waits for slip in every), left=sum(slip.left for slip in every), only=request.args.get("show", ""),
        KINDS=KINDS, cards=cards(made, there, categories, split, since(one, version, made)), last=last(one), step_said=said,
        voted=votes_at(one, version, _at(eid)), groups=proposals(one, _at(eid), there, {s.remark.id: s.merged for s in every if s.merged}, split),
        page_url=lambda n: url_for("suggestions.article", slug=one.slug, eid=eid, page=n, show=request.args.get("show")),
    )  # fmt: skip


def _shown(every: list[Any]) -> list[Any]:
    """What the address asks for: those that wait, a picked group (with the rest below), or all."""
    if request.args.get("show") == "waiting":
        return [slip for slip in every if slip.waits or slip.left]
    if request.args.get("show") == "merged":
        return [slip for slip in every if slip.merged]
    return sorted(every, key=lambda slip: not slip.checked)


def _back(one: Suggestion | Consultation, article_eid: str, number: int | None = None) -> str:
    slug = one.consultation.slug
    was = now(one) if isinstance(one, Suggestion) else None
    article_eid = was.article or GONE if was is not None else article_eid
    anchor = f"s{number}" if number else None
    return url_for("suggestions.article", slug=slug, eid=article_eid or "whole", _anchor=anchor)


@page(bp, "/c/<slug>/suggestions/new", Act.MAKE_SUGGESTION, about=consultation, methods=("GET", "POST"))
def new(one: Consultation) -> Response | tuple[str, int]:
    """Write a suggestion; what was ticked goes behind it at once, listed before it is done."""
    version = _version(one)
    at = request.args.get("at", "whole")
    given = {"at": at if at != "whole" else "whole", "kind": "whole" if at == "whole" else "wording"}
    choices = places(version, at)
    form = SuggestForm(places=choices, data=given) if request.method == "GET" else SuggestForm(places=choices)
    picked = chosen.ticked(one, form)
    trying = request.method == "POST" and "compare" in request.form
    if not trying and form.submitted():
        made = verbs.make_suggestion(
            visitor(), one, spot_of(form.at.data or ""), _proposal(form), key=form.key.data or "", sources=picked.remarks, points=picked.points,
            relation=form.relation.data or "", seen=form.seen.data,
        )  # fmt: skip
        return redirect(_back(made, made.article_eid, made.number))
    row = drafts.at(version.id, at) if at != "whole" else None
    return render_template(
        "suggestions/words.html", form=form, consultation=one, chosen=chosen.listed(picked), back=_back(one, _at(at)), article=row,
        title=_("新写一条建议"), name=article_name(at), stood=stands(version, choices),
        runs=compared(version, form.at.data or "", form.wording.data or ""), into=chosen.into(picked, form),
    ), 200 if trying else form.status  # fmt: skip


def _proposal(form: WordsForm) -> Proposal:
    names = ("title", "kind", "wording", "reasons", "basis", "dissent")
    return Proposal(**{name: form[name].data or "" for name in names})


@page(
    bp,
    "/c/<slug>/suggestions/<int:number>/reword",
    Act.REWORD_SUGGESTION,
    about=suggestion,
    methods=("GET", "POST"),
)
def reword(found: Suggestion) -> Response | tuple[str, int]:
    """Reword; if somebody else did in the meantime, both are shown and nothing is overwritten."""
    form = RewordForm(obj=found) if request.method == "GET" else RewordForm()
    trying = request.method == "POST" and "compare" in request.form
    if not trying and form.submitted():
        revision = form.revision.data or ""
        verbs.reword_suggestion(
            visitor(), found, _proposal(form), int(revision) if revision.isdecimal() else 0
        )
        return redirect(_back(found, found.article_eid, found.number))
    theirs = form.refused is not None and form.refused.status == 409
    if theirs:
        form.revision.data = str(found.revision)
    row = drafts.at(found.version_id, found.article_eid) if found.article_eid else None
    return render_template(
        "suggestions/words.html", form=form, consultation=found.consultation, chosen=[], article=row, theirs=found if theirs else None,
        back=_back(found, found.article_eid, found.number), title=_("改写建议 %(n)s", n=found.number),
        name=article_name(found.article_eid or "whole"), stood=[("", verbs.stood(found))],
        runs=verbs.against(verbs.stood(found), form.wording.data or ""),
    ), 200 if trying else form.status  # fmt: skip


@page(
    bp,
    "/c/<slug>/suggestions/<int:number>/merge",
    Act.MERGE_REMARKS,
    about=suggestion,
    methods=("GET", "POST"),
)
def merge(found: Suggestion) -> Response | tuple[str, int]:
    """The list of what will go in, then the step."""
    form = MergeForm()
    picked = chosen.ticked(found.consultation, form)
    if form.submitted():
        verbs.merge_remarks(
            visitor(), found, picked.remarks, form.relation.data or "", picked.points, seen=form.seen.data
        )
        return redirect(_back(found, found.article_eid, found.number))
    here = len([one for one in found.sources if one.ended_at is None])
    return render_template(
        "suggestions/merge.html", form=form, suggestion=found, consultation=found.consultation, here=here,
        plan=verbs.merging(found, picked.remarks, picked.points), into=chosen.into(picked, form), back=_back(found, found.article_eid),
    ), form.status  # fmt: skip


@page(
    bp, "/c/<slug>/suggestions/<int:number>/unmerge", Act.UNMERGE_REMARK, about=suggestion, methods=("POST",)
)
def unmerge(found: Suggestion) -> Response:
    """Take one remark out again; it is exactly as before, and may go in again at once."""
    form = StepForm()
    picked = chosen.of(found.consultation, form.remark.data or "")
    if not picked.every():
        raise NotFound(mark("没有这条意见。请回到归并页面再试。"))
    verbs.unmerge_remark(visitor(), found, picked.every()[0], next(iter(picked.points), None))
    return redirect(_back(found, found.article_eid, found.number))


@page(
    bp, "/c/<slug>/suggestions/<int:number>/move", Act.ORDER_SUGGESTIONS, about=suggestion, methods=("POST",)
)
def move(found: Suggestion) -> Response:
    """One place up or down among the suggestions of its article."""
    version, was = _version(found.consultation), now(found)
    here = was.article or GONE if was is not None else found.article_eid
    beside = suggestions.at_article(found.consultation_id, here, version.follows)
    numbers = [one.number for one in beside]
    at = numbers.index(found.number) if found.number in numbers else 0
    to = at + (1 if StepForm().way.data == "down" else -1)
    if found.number in numbers and 0 <= to < len(numbers):
        numbers[at], numbers[to] = numbers[to], numbers[at]
        verbs.order_suggestions(visitor(), found.consultation, numbers)
    return redirect(_back(found, found.article_eid, found.number))


@page(
    bp, "/c/<slug>/suggestions/at/<eid>/order", Act.ORDER_SUGGESTIONS, about=consultation, methods=("POST",)
)
def order(one: Consultation, eid: str) -> Response:
    """All suggestions of an article as they were dragged; refused where another has moved, added or dropped one meanwhile."""
    form = OrderForm()
    numbers = chosen.numbers(form.order.data or "")
    verbs.order_suggestions(
        visitor(), one, numbers, seen=chosen.numbers(form.seen.data or ""), article=_at(eid)
    )
    return redirect(_back(one, eid))


@page(
    bp,
    "/c/<slug>/suggestions/<int:number>/drop",
    Act.DROP_SUGGESTION,
    about=suggestion,
    methods=("GET", "POST"),
)
def drop(found: Suggestion) -> Response | tuple[str, int]:
    """Drop it: the remarks that become free are listed first."""
    form = StepForm()
    if form.submitted():
        verbs.drop_suggestion(visitor(), found)
        return redirect(_back(found, found.article_eid))
    stand = [one.remark for one in found.sources if one.ended_at is None]
    into = suggestions.numbers_of([one.id for one in stand])
    free = [one for one in stand if into.get(one.id) == [found.number]]
    return render_template(
        "suggestions/drop.html", form=form, suggestion=found, consultation=found.consultation, free=free, kept=len(stand) - len(free),
        back=_back(found, found.article_eid, found.number),
    ), form.status  # fmt: skip


@page(bp, "/c/<slug>/suggestions/<int:number>/changes", Act.READ_STAFF, about=suggestion)
def changes(found: Suggestion) -> str:
    """Earlier wordings, and every remark that ever stood behind it."""
    past = suggestions.revisions(found.id)
    names = people.names([who for one in past if (who := one.by_id)])
    return render_template(
        "suggestions/changes.html", suggestion=found, consultation=found.consultation, past=past, names=names,
        back=_back(found, found.article_eid, found.number),
    )  # fmt: skip


@page(bp, "/c/<slug>/suggestions/annex", Act.SETTLE_REMARK, about=consultation, methods=("GET", "POST"))
def annex(one: Consultation) -> Response | tuple[str, int]:
    """One step for all that waits: it goes out verbatim. Reporting never waits for consolidation."""
    form = StepForm()
    if form.submitted():
        verbs.annex_waiting(visitor(), one)
        return redirect(url_for("suggestions.index", slug=one.slug))
    asked = desk.without_end(one.id)
    return render_template(
        "suggestions/annex.html", form=form, consultation=one, total=remarks.total(asked),
        waiting=remarks.answer(asked, A_PAGE), name=article_name,
    ), form.status  # fmt: skip
