"""The staff's side of remarks: the list, one remark with where it came from, showing and settling several at once."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.act_names import ACT_NAMES
from deliberation.domain.acts import Act
from deliberation.domain.place_words import place_words
from deliberation.domain.remarks import ATTITUDES, CHANNELS
from deliberation.services import remarks
from deliberation.services.areas import area_of_remark
from deliberation.store import drafts, paper_checks, people, remark_lists, suggestions
from deliberation.store import remarks as rows
from deliberation.store.consultations import Consultation
from deliberation.store.remark_lists import Wanted
from deliberation.store.remarks import Remark
from deliberation.web.citing import named
from deliberation.web.consultations import consultation
from deliberation.web.forms.remarks import ReleaseForm, SettleForm
from deliberation.web.pages import may, page
from deliberation.web.remarks import bp as remarks_bp
from deliberation.web.remarks import remark
from deliberation.web.seeing import seeing
from deliberation.web.since import now, since
from deliberation.web.visitor import visitor

A_PAGE = 50
STAGES = ("waiting", "merged", "points", "settled")
STATES = ("current", "replaced", "withdrawn")


@page(remarks_bp, "/c/<slug>/remarks/", Act.READ_STAFF, about=consultation)
def index(one: Consultation) -> str:
    """What came in, filtered; what came after the deadline apart."""
    version = drafts.current(one.task_id)
    wanted = _wanted(version.follows if version else None)
    asked = seeing(remark_lists.listed(one.id, wanted), one)
    total = remark_lists.counted(one.id, wanted)
    total = rows.total(asked) if total is None else total
    pages = max(1, -(-total // A_PAGE))
    at = min(max(1, request.args.get("page", 1, type=int)), pages)
    found = rows.answer(asked, A_PAGE, (at - 1) * A_PAGE)
    return render_template(
        "remarks/index.html", consultation=one, remarks=found, wanted=wanted, total=total, page=at, pages=pages,
        merged=suggestions.numbers_of([each.id for each in found]), late=rows.tallies(one.id).get("late", 0),
        articles=[row for row in drafts.contents(version.id, one.id) if row.kind == "article"] if version else [],
        place_words=place_words, page_url=_page_url(one), since=since(one, version, found), version=version,
    )  # fmt: skip


def _wanted(carried_to: int | None) -> Wanted:
    """The filters of the address; what is not among the choices is no filter."""
    args = request.args
    state = args.get("state", "current")
    return Wanted(
        article=args.get("article", "")[:120], attitude=_one_of(args.get("attitude"), ATTITUDES),
        channel=_one_of(args.get("channel"), CHANNELS), state=state if state in STATES else "current",
        stage=_one_of(args.get("stage"), STAGES), late=args.get("late") == "1", words=args.get("words", "").strip()[:100],
        shown=_one_of(args.get("shown"), ("released", "not", "private")), carried_to=carried_to,
    )  # fmt: skip


def _one_of(given: str | None, known: Any) -> str:
    return given if given and given in known else ""


def _page_url(one: Consultation) -> Any:
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    return lambda number: url_for("remarks.index", slug=one.slug, **{**kept, "page": number})


@page(remarks_bp, "/c/<slug>/remarks/<int:number>/origin", Act.READ_STAFF, about=remark)
def origin(found: Remark) -> str:
    """One remark for staff: the original, how it came in, what was done with it."""
    history = remark_lists.history(found)
    names = people.names([_person(content.actor) for _leaf, content in history])
    replaced_by = rows.replacing(found.id)
    return render_template(
        "remarks/origin.html", remark=found, consultation=found.consultation, area=area_of_remark(found.id),
        paper=paper_checks.of_remark(found.id) if found.channel == "paper" else None,
        place=place_words(found.place, found.eid), since=now(found), behind=remark_lists.behind(found.id), replaced_by=replaced_by,
        history=[(_(ACT_NAMES[Act(leaf.act)]), content.at, _doer(content.actor, leaf.act, names)) for leaf, content in history],
        cited=named(found.consultation, found.text, found.eid), named=may(Act.READ_RESTRICTED, found) or (found.typed_by_id is not None and found.typed_by == visitor().person),
    )  # fmt: skip


def _person(actor: str) -> int:
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "person" and number.isdigit() else 0


def _doer(actor: str, act: str, names: dict[int, str]) -> str:
    if act in {Act.MAKE_REMARK, Act.REPLACE_REMARK, Act.WITHDRAW_REMARK}:
        return _("本人")
    return _("系统") if actor.startswith("operator") else names.get(_person(actor), "")


@page(
    remarks_bp, "/c/<slug>/remarks/release", Act.RELEASE_REMARK, about=consultation, methods=("GET", "POST")
)
def release(one: Consultation) -> Response | tuple[str, int]:
    """Show the chosen ones to everyone, nameless, or take that back: first the list, then the act."""
    asked = {"chosen": _asked_numbers(), "show": "0" if request.args.get("show") == "0" else "1"}
    form = ReleaseForm(data=asked) if request.method == "GET" else ReleaseForm()
    chosen = _chosen(one, form.chosen.data)
    show = form.show.data != "0"
    left_out = [each for each in chosen if show and (each.private or each.state != "current")]
    kept = [each for each in chosen if each not in left_out]
    if form.submitted():
        remarks.release_remarks(visitor(), one, kept, show=show)
        return redirect(url_for("remarks.index", slug=one.slug))
    return render_template(
        "remarks/release.html", form=form, consultation=one, chosen=kept, left_out=left_out, show=show, place_words=place_words
    ), form.status  # fmt: skip


@page(remarks_bp, "/c/<slug>/remarks/settle", Act.SETTLE_REMARK, about=consultation, methods=("GET", "POST"))
def settle(one: Consultation) -> Response | tuple[str, int]:
    """Say what becomes of the chosen ones: annexed as they are, not about the draft, referred to a department."""
    form = SettleForm(data={"chosen": _asked_numbers()}) if request.method == "GET" else SettleForm()
    chosen = _chosen(one, form.chosen.data)
    if form.submitted():
        ending = None if form.ending.data == "wait" else form.ending.data
        remarks.settle_remarks(
            visitor(), one, chosen, ending, form.reason.data or "", form.department.data or ""
        )
        return redirect(url_for("remarks.index", slug=one.slug))
    return render_template(
        "remarks/settle.html", form=form, consultation=one, chosen=chosen, place_words=place_words
    ), form.status


def _asked_numbers() -> str:
    return ",".join(request.args.getlist("n"))


def _chosen(one: Consultation, numbers: str | None) -> list[Remark]:
    """The remarks with these serial numbers, as far as there are any."""
    wanted = [
        int(word)
        for word in (numbers or "").split(",")
        if word.isascii() and word.isdigit() and len(word) < 9
    ]
    return list(rows.by_numbers(one.id, wanted[:200]))
