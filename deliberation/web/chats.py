"""Copied chats: paste, choose the messages that are remarks, take them in; and how everything came in, in one list."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.chats import Message, messages
from deliberation.domain.cited_places import deepest
from deliberation.domain.place_words import cited
from deliberation.domain.remarks import ATTITUDES
from deliberation.domain.transcripts import split
from deliberation.services import chats as work
from deliberation.store import cited as places
from deliberation.store import remarks as rows
from deliberation.store import sources
from deliberation.store.consultations import Consultation
from deliberation.web.citing import eid_of
from deliberation.web.consultations import consultation
from deliberation.web.forms.collecting import ChatForm
from deliberation.web.pages import page
from deliberation.web.questions import moment_of
from deliberation.web.remarks import remember
from deliberation.web.visitor import visitor

bp = Blueprint("chats", __name__)
Answer = Response | tuple[str, int]


@page(bp, "/c/<slug>/remarks/chat", Act.RECORD_REMARK, about=consultation, methods=("GET", "POST"))
def chat(one: Consultation) -> Answer:
    """First the paste, then the messages with what they seem to be about; the chosen ones become remarks."""
    form = ChatForm()
    found: list[Message] = []
    if form.is_submitted() and (form.pasted.data or "").strip():
        found = (
            messages(split(form.pasted.data or "")) if form.refused is None or "go" in request.form else []
        )
    if form.submitted() and request.form.get("go") == "take":
        result = work.take_in(
            visitor(), one, [_taken(one, each) for each in found if request.form.get(each.key)], form.source.data or "",
            moment_of(form.received_on.data),
        )  # fmt: skip
        for receipt in result.added:
            remember(receipt)
        return redirect(url_for("chats.ledger", slug=one.slug, added=len(result.added)))
    if not found:
        return render_template("chats/paste.html", form=form, consultation=one), form.status
    status = 200 if form.refused is None else form.status
    return render_template(
        "chats/choose.html", form=form, consultation=one, found=found, there=rows.by_keys(one.id, [m.key for m in found]),
        guess=_guesses(one, found), attitudes=ATTITUDES, typed=request.form, again="go" in request.form,
    ), status  # fmt: skip


def _taken(one: Consultation, each: Message) -> work.Taken:
    place = request.form.get(f"at-{each.key}", "").strip()
    return work.Taken(
        each.key, each.piece.speaker[:80], each.piece.text, eid_of(one, place) if place else "",
        request.form.get(f"attitude-{each.key}", "no_view"),
    )  # fmt: skip


def _guesses(one: Consultation, found: list[Message]) -> dict[str, str]:
    """The place each message names, as far as it is in the draft, in the law's words."""
    wanted = {each.key: each.place for each in found if each.place is not None}
    if not wanted:
        return {}
    there = places.addresses([one.task_id], list({place.article for place in wanted.values()})).get(
        one.task_id, set()
    )
    known = {key: deepest(place, there) for key, place in wanted.items()}
    return {key: cited(place.eid) for key, place in known.items() if place is not None}


@page(bp, "/c/<slug>/remarks/sources", Act.READ_STAFF, about=consultation)
def ledger(one: Consultation) -> str:
    """How everything came in: each channel and source with its counts."""
    return render_template(
        "chats/ledger.html",
        consultation=one,
        lines=sources.came(one.id),
        added=request.args.get("added", type=int),
    )
