"""Whom to invite, and the notice register: reached by which channel, comes or not; a pasted 接龙."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.domain.chain_replies import Found, read, settle
from deliberation.services import replies as verbs
from deliberation.services.councils import label
from deliberation.store import meetings
from deliberation.store import preparing as rows
from deliberation.store.meetings import Meeting
from deliberation.store.people import Membership
from deliberation.web.councils import Answer
from deliberation.web.forms.preparing import ChainForm, ReplyForm
from deliberation.web.languages import say
from deliberation.web.meetings import meeting
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("replies", __name__)
AT = "/meetings/<int:meeting_id>"


@dataclass(frozen=True)
class Choice:
    """Somebody who can be invited: name, category, what they know, how often asked and how often they came."""

    person_id: int
    name: str
    category: str
    expertise: str
    asked: int
    came: int
    here: bool


@page(bp, AT + "/invite", Act.CHANGE_MEETING, about=meeting)
def invite(one: Meeting) -> str:
    """Everybody of the office by category; searched by name, expertise, category."""
    words = request.args.get("q", "").strip()
    category = request.args.get("category", "")
    found = _choices(one)
    shown = [c for c in found if _fits(c, words, category)]
    groups: dict[str, list[Choice]] = {}
    for choice in sorted(shown, key=lambda c: (c.asked > 0 and c.came == 0, -c.came)):
        groups.setdefault(choice.category, []).append(choice)
    return render_template(
        "replies/invite.html", meeting=one, groups=groups, q=words, category=category, form=ReplyForm(),
        categories=sorted({c.category for c in found if c.category}), here=[c for c in found if c.here],
        removable={a.person_id for a in meetings.attendance(one.id) if a.seat_id is None or one.procedure != verbs.NINE_X},
    )  # fmt: skip


def _choices(one: Meeting) -> list[Choice]:
    came, here = rows.came(one.office_id, one.id), {a.person_id for a in meetings.attendance(one.id)}
    first: dict[int, list[Membership]] = {}
    for member in rows.roster(one.office_id):
        first.setdefault(member.person_id, []).append(member)
    return [
        Choice(
            person, held[0].person.name, next((m.category for m in held if m.category), "") or "",
            "、".join(dict.fromkeys(m.expertise for m in held if m.expertise)), *came.get(person, (0, 0)), person in here,
        )
        for person, held in first.items()
    ]  # fmt: skip


def _fits(choice: Choice, words: str, category: str) -> bool:
    if category and choice.category != category:
        return False
    where = f"{choice.name}\n{choice.expertise}\n{say(label(choice.category))}"
    return all(word in where for word in words.split())


@page(bp, AT + "/invite/add", Act.CHANGE_MEETING, about=meeting, methods=("POST",))
def add(one: Meeting) -> Response:
    """Put those ticked on the sheet."""
    whole = request.form.get("all", "")
    group = (
        [c.person_id for c in _choices(one) if (c.category or "-") == whole and not c.here] if whole else []
    )
    verbs.invite(visitor(), one, [*group, *_ticked("person")])
    return redirect(url_for("replies.invite", meeting_id=one.id))


@page(bp, AT + "/invite/remove", Act.CHANGE_MEETING, about=meeting, methods=("POST",))
def remove(one: Meeting) -> Response:
    """Take those ticked off the sheet."""
    verbs.uninvite(visitor(), one, _ticked("person"))
    return redirect(url_for("replies.invite", meeting_id=one.id))


def _ticked(name: str) -> list[int]:
    return [int(found) for found in request.form.getlist(name) if found.isdecimal()]


@page(bp, AT + "/replies", Act.NOTE_REPLY, about=meeting, methods=("GET", "POST"))
def show(one: Meeting) -> Answer:
    """The register: everybody on the sheet, three buttons each; how many come."""
    form = ReplyForm()
    if request.method == "GET" and request.args.get("channel") in verbs.CHANNELS:
        form.channel.data = request.args["channel"]
    if form.submitted():
        said = {
            int(value): code for code in verbs.REPLIES if (value := request.form.get(code, "")).isdecimal()
        }
        verbs.note_replies(visitor(), one, said, form.channel.data or "")
        at = f"r{next(iter(said))}"
        return redirect(url_for("replies.show", meeting_id=one.id, channel=form.channel.data, _anchor=at))
    sheet = meetings.attendance(one.id)
    return render_template(
        "replies/show.html", meeting=one, form=form, sheet=sheet, counts=verbs.counts(sheet), label=label,
        contacts=rows.contacts(one.id), channels=verbs.CHANNELS, replies=verbs.REPLIES,
    ), form.status  # fmt: skip


@page(bp, AT + "/replies/chain", Act.NOTE_REPLY, about=meeting, methods=("GET", "POST"))
def chain(one: Meeting) -> Answer:
    """Paste a 接龙, look at who was recognised, settle the rest, keep it."""
    form = ChainForm()
    sheet = meetings.attendance(one.id)
    found: tuple[Found, ...] = ()
    if form.submitted():
        found = settle(read(form.pasted.data or ""), {a.person_id: a.person.name for a in sheet})
        if request.form.get("keep"):
            verbs.note_replies(visitor(), one, _settled(found), "wechat")
            return redirect(url_for("replies.show", meeting_id=one.id, channel="wechat"))
    return render_template(
        "replies/chain.html", meeting=one, form=form, found=found, names={a.person_id: a.person.name for a in sheet},
        replies=verbs.REPLIES, status=form.status,
    ), (200 if found else form.status)  # fmt: skip


def _settled(found: tuple[Found, ...]) -> dict[int, str]:
    """What was recognised, and what a person chose for the rest."""
    said = {person: one.reply for one in found for person in one.people}
    for n, one in enumerate(found):
        who, reply = request.form.get(f"who-{n}", ""), request.form.get(f"said-{n}", "")
        if not one.people and who.isdecimal() and reply in verbs.REPLIES:
            said[int(who)] = reply
    return said
