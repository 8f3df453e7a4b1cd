"""The hall's own exchange with a device: what is new here, what was written there; and what waits for a person."""

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.hall_entries import instant, read_entries
from deliberation.services import hall_view, scratch, syncing, syncing_settle
from deliberation.store import count_votes, meetings
from deliberation.store import syncing as asked
from deliberation.store.meetings import Meeting
from deliberation.store.syncing import HallEntry
from deliberation.web.councils import Answer
from deliberation.web.forms.meetings import ActForm
from deliberation.web.languages import say
from deliberation.web.meetings import meeting, to
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("syncing", __name__)


def entry(meeting_id: int, entry_id: int) -> HallEntry | None:
    """An entry by its meeting and its own number."""
    one = meeting(meeting_id)
    found = asked.get(entry_id)
    return found if one is not None and found is not None and found.meeting_id == one.id else None


def _given() -> dict[str, Any]:
    try:
        given = request.get_json(silent=True)
    except RecursionError:
        given = None
    if not isinstance(given, dict):
        raise Refusal(_("传来的记录不完整，什么也没有保存。请刷新页面再试。"))
    return given


def seen(one: Meeting) -> dict[str, Any]:
    """The hall as it stands, in the visitor's language, with a fresh token to send with."""
    found = hall_view.hall(one)
    for person in (*found["sheet"], *found["lines"]):
        person["seat"] = say(person["seat"]) if person["seat"] else ""
    person = visitor().person
    return {
        **found, "typing": hall_view.typing(visitor(), one), "csrf": generate_csrf(), "now": clock.now().isoformat(),
        "who": person.id if person else None,
    }  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/hall.json", Act.SYNC_HALL, about=meeting)
def hall(one: Meeting) -> dict[str, Any]:
    """What a device shows of the hall and keeps for when the network goes."""
    return seen(one)


@page(bp, "/meetings/<int:meeting_id>/sync", Act.SYNC_HALL, about=meeting, methods=("POST",))
def sync(one: Meeting) -> dict[str, Any]:
    """Take in what a device wrote; answers by key, and the hall as it stands then."""
    given = _given()
    batch = syncing.Batch(
        str(given.get("device")), read_entries(given.get("entries"), given.get("device")),
        first=given["first"] if isinstance(given.get("first"), int) else 0,
        sent_at=instant(given["sent_at"]) if given.get("sent_at") else None,
    )  # fmt: skip
    done = syncing.sync(visitor(), one, batch)
    answers = [
        {"key": one.key, "state": one.state, "number": one.number, "why": say(one.why) if one.why else ""}
        for one in done.answers
    ]
    return {"answers": answers, "want": done.want, "hall": seen(one)}


@page(bp, "/meetings/<int:meeting_id>/scratch", Act.RECORD_LINE, about=meeting, methods=("POST",))
def typing(one: Meeting) -> dict[str, Any]:
    """Keep the line as far as it is typed."""
    given = _given()
    number, item = given.get("number"), given.get("item")
    scratch.keep_scratch(
        visitor(), one,
        scratch.Typing(
            str(given.get("key", ""))[:64], str(given.get("text", "")), number if isinstance(number, int) else None,
            str(given.get("name", "")), item if isinstance(item, int) else None,
        ),
    )  # fmt: skip
    return {"typing": hall_view.typing(visitor(), one)}


@page(bp, "/meetings/<int:meeting_id>/brought", Act.SYNC_HALL, about=meeting, methods=("GET", "POST"))
def questions(one: Meeting) -> Answer:
    """What came home and waits for a person; said to be looked through all at once where nothing is to be decided."""
    form = ActForm()
    if form.submitted():
        syncing_settle.look_through(visitor(), one)
        return to(one, "syncing.questions")
    return render_template(
        "meetings/brought.html", form=form, meeting=one, rows=asked.open_questions(one.id), settled=asked.settled(one.id),
        versions=syncing_settle.versions, counts=asked.counts(one.id), made=count_votes.of_meeting(one.id), sheet=meetings.attendance(one.id), why=_why,
    ), form.status  # fmt: skip


def _why(row: HallEntry) -> str:
    why = row.facts.get("why")
    return say(why[0], **why[1]) if why else ""


@page(bp, "/meetings/<int:meeting_id>/brought/<int:entry_id>", Act.SYNC_HALL, about=entry, methods=("POST",))
def settle(row: HallEntry) -> Response:
    """One of them is decided."""
    choice, _dash, which = request.form.get("choice", "").partition("-")
    syncing_settle.settle(visitor(), row, choice, int(which) if which.isdecimal() else 0)
    return to(row.meeting, "syncing.questions")


def worker_text() -> str:
    """The script a browser keeps so that the console opens again without a network."""
    folder = current_app.static_folder
    assert folder is not None
    with open(f"{folder}/js/hall_worker.js", encoding="utf-8") as script:
        return script.read()


@page(bp, "/meetings/<int:meeting_id>/worker.js", Act.RECORD_LINE, about=meeting)
def worker(one: Meeting) -> Response:
    """That script, at an address from which it can serve this meeting's pages and no other."""
    return current_app.response_class(worker_text(), mimetype="text/javascript")
