"""Saying something, the receipt, my remarks, where one stands."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, _
from deliberation.domain.place_words import place_words
from deliberation.domain.referrals import COURSE
from deliberation.domain.remarks import Words
from deliberation.services import receipts, remarks
from deliberation.store import drafts, referrals, suggestions
from deliberation.store import remarks as rows
from deliberation.store.consultations import Consultation
from deliberation.store.drafts import Version
from deliberation.store.remarks import Remark
from deliberation.web.citing import eid_of, named
from deliberation.web.consultations import consultation
from deliberation.web.forms.remarks import ReceiptForm, SayForm, WithdrawForm, new_key
from deliberation.web.pages import page
from deliberation.web.safe import outside
from deliberation.web.since import moved, now
from deliberation.web.throttle import slow_down
from deliberation.web.visitor import visitor

bp = Blueprint("remarks", __name__)
LAST_QUESTION = 3
MOST_SLIPS = 40
SEEN = 16  # characters of a digest that name the text somebody has before them


def remark(slug: str, number: int) -> Remark | None:
    """A remark by the address of its consultation and its serial number."""
    one = consultation(slug)
    return rows.by_number(one.id, number) if one else None


@page(bp, "/c/<slug>/say", Act.MAKE_REMARK, about=consultation, methods=("GET", "POST"))
def say(one: Consultation) -> Response | tuple[str, int]:
    """Say one thing about the whole, an article, a 款, quoted words, or what should be added."""
    form = SayForm(data=_asked()) if request.method == "GET" else SayForm()
    if request.cookies.get("elder") == "1":
        return _one_by_one(form, one)
    if form.submitted():
        _aim(form, one)
        return _make(form, one)
    return _say_page(form, one)


def _aim(form: SayForm, one: Consultation) -> None:
    """A place typed by hand (第十二条第二款) counts where the link said none."""
    typed = (form.at.data or "").strip()
    if typed and not form.eid.data:
        form.eid.data = eid_of(one, typed)
        form.place.data = "paragraph" if "__" in form.eid.data else "article"


def _make(form: SayForm, one: Consultation) -> Response:
    slow_down(visitor())
    given = remarks.make_remark(
        visitor(), one, _words(form), category=form.category.data or "", show_name=bool(form.show_name.data),
        private=bool(form.private.data),
    )  # fmt: skip
    return _given(given)


def _one_by_one(form: SayForm, one: Consultation) -> Response | tuple[str, int]:
    """The elder view: attitude, words, a last look; what was typed travels along in hidden fields, also on the way back."""
    step = request.form.get("step", 0, type=int)
    go = request.form.get("go", "next")
    if form.submitted():
        if step == LAST_QUESTION and go == "send":
            return _make(form, one)
        if step == LAST_QUESTION - 1 and go == "next":
            _words(form).checked(remarks.limit())
        return _ask_page(form, one, min(LAST_QUESTION, max(1, step + (-1 if go == "back" else 1)))), 200
    if form.refused is not None:
        step = {"attitude": 1, "text": 2}.get(form.refused.field or "", step)
    return _ask_page(form, one, max(1, step)), form.status


def _ask_page(form: SayForm, one: Consultation, step: int) -> str:
    version = drafts.current(one.task_id)
    _onto(form, one, version)
    place = drafts.at(version.id, form.eid.data) if version and form.eid.data else None
    where = place_words(_words(form).place_meant(), form.eid.data or "")
    return render_template(
        "remarks/ask.html", form=form, consultation=one, version=version, place=place, step=step, of=LAST_QUESTION, where=where
    )  # fmt: skip


def _say_page(form: SayForm, one: Consultation, **more: Any) -> tuple[str, int]:
    version = drafts.current(one.task_id)
    _onto(form, one, version)
    place = drafts.at(version.id, form.eid.data) if version and form.eid.data else None
    return render_template(
        "remarks/say.html", form=form, consultation=one, version=version, place=place,
        where=place_words("article" if form.eid.data else "whole", form.eid.data or ""), **more
    ), form.status  # fmt: skip


def _onto(form: SayForm, one: Consultation, version: Version | None) -> None:
    """The text the form is about; where a newer one came out while it was being filled in, the place in that one."""
    if version is None:
        return
    seen, now_seen = form.seen.data or "", version.digest[:SEEN]
    if seen and seen != now_seen and form.eid.data:
        stands_at(form, moved(one, version, seen, form.eid.data))
    form.seen.data = now_seen


def stands_at(form: SayForm, eid: str) -> None:
    """Put what is being said at another place; quoted words belong to the old one."""
    if eid != form.eid.data or form.place.data == "quote":
        form.quote.data = ""
        form.place.data = "whole" if not eid else "paragraph" if "__" in eid else "article"
    form.eid.data = eid


def _asked() -> dict[str, str]:
    """Where the link said the remark would stand."""
    eid, quote = request.args.get("at", ""), request.args.get("quote", "")[:500]
    wish = request.args.get("place", "")
    place = (
        "after"
        if wish == "after"
        else "quote"
        if quote
        else "paragraph"
        if "__" in eid
        else "article"
        if eid
        else "whole"
    )
    return {"eid": eid, "quote": quote, "place": place}


def _words(form: SayForm) -> Words:
    return Words(
        key=form.key.data or "", text=form.text.data or "", attitude=form.attitude.data or "",
        place=form.place.data or "whole", eid=form.eid.data or "", quote=form.quote.data or "",
        wording=form.wording.data or "", reason=form.reason.data or "", seen=(form.seen.data or "")[:SEEN],
    )  # fmt: skip


def _given(given: remarks.Receipt) -> Response:
    remember(given)
    return redirect(url_for("remarks.given", slug=given.slug, number=given.number))


def remember(given: remarks.Receipt) -> None:
    """Remember the code for this browser, so that receipt and slips can show it; nowhere else does it stand."""
    kept = dict(session.get("receipts") or {})
    kept.pop(str(given.id), None)
    kept[str(given.id)] = given.code
    session["receipts"] = dict(list(kept.items())[-MOST_SLIPS:])


@page(bp, "/c/<slug>/receipts/<int:number>", Act.READ_CONSULTATION, about=consultation)
def given(one: Consultation, number: int) -> str:
    """The receipt, to the browser it was given to."""
    found = rows.by_number(one.id, number)
    code = (session.get("receipts") or {}).get(str(found.id)) if found else None
    if found is None or code is None:
        raise NotFound(_("这张回执不在这个浏览器里。请用查询码查询。"))
    return render_template(
        "remarks/receipt.html",
        remark=found,
        code=code,
        consultation=one,
        place=place_words(found.place, found.eid),
        qr=receipts.qr(outside("remarks.receipt")),
    )


@page(bp, "/receipt", Act.FIND_RECEIPT, methods=("GET", "POST"))
def receipt() -> Response | tuple[str, int]:
    """Look up by the secret code: shows where the remark stands, never what it says."""
    form = ReceiptForm()
    found = None
    if form.submitted():
        slow_down(visitor(), "receipt")
        found = receipts.find(form.code.data or "")
    merged = suggestions.numbers_of([found.id]).get(found.id, []) if found else []
    status = 200 if found else form.status
    return render_template(
        "remarks/find.html", form=form, remark=found, merged=merged, referral=_passed_on(found)
    ), status


def _passed_on(found: Remark | None) -> list[tuple[str, datetime]]:
    """The steps of what was made of a remark that was referred: names and days, nothing of what was said."""
    made = referrals.of_remark(found.id) if found is not None and found.ending == "referred" else None
    states = COURSE.states
    return [(states[step.state].name, step.at) for step in referrals.steps(made.id)] if made else []


@page(bp, "/mine", Act.SEE_OWN)
def mine() -> str:
    """My remarks and where they stand."""
    person = visitor().person
    assert person is not None
    own = rows.of_author(person.id)
    return render_template(
        "remarks/mine.html", remarks=own, merged=suggestions.numbers_of([one.id for one in own]), place_words=place_words
    )  # fmt: skip


@page(bp, "/c/<slug>/remarks/<int:number>", Act.READ_REMARK, about=remark)
def show(found: Remark) -> str:
    """One remark and what became of it so far."""
    return render_template(
        "remarks/show.html", remark=found, consultation=found.consultation, merged=suggestions.numbers_of([found.id]).get(found.id, []),
        referral=_passed_on(found), place=place_words(found.place, found.eid), since=now(found),
        cited=named(found.consultation, found.text, found.eid),
    )  # fmt: skip


@page(bp, "/c/<slug>/remarks/<int:number>/replace", Act.REPLACE_REMARK, about=remark, methods=("GET", "POST"))
def replace(found: Remark) -> Response | tuple[str, int]:
    """Say it anew; the old one is kept."""
    form = SayForm(obj=found) if request.method == "GET" else SayForm()
    if request.method == "GET":
        form.key.data = new_key()
        _where_it_stands(form, found)
    if form.submitted():
        return _given(remarks.replace_remark(visitor(), found, _words(form)))
    return _say_page(form, found.consultation, replaces=found)


def _where_it_stands(form: SayForm, found: Remark) -> None:
    """What was said of an earlier version is said anew where its words stand now, never at the old number."""
    was = now(found)
    if was is not None:
        stands_at(form, was.eid)


@page(
    bp, "/c/<slug>/remarks/<int:number>/withdraw", Act.WITHDRAW_REMARK, about=remark, methods=("GET", "POST")
)
def withdraw(found: Remark) -> Response | tuple[str, int]:
    """Take it back, after being shown what that means."""
    form = WithdrawForm()
    if form.submitted():
        remarks.withdraw_remark(visitor(), found)
        return redirect(url_for("remarks.mine"))
    return render_template("remarks/withdraw.html", form=form, remark=found), form.status
