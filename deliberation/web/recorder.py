"""For halls without any network: the recorder in one file, the empty table, and bringing both home."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from deliberation.domain.acts import Act
from deliberation.services import hall_imports, hall_view, recorders
from deliberation.store.meetings import Meeting
from deliberation.web.console import _places
from deliberation.web.councils import Answer
from deliberation.web.downloads import XLSX, attachment
from deliberation.web.forms.hall import BringForm, BringSureForm
from deliberation.web.forms.meetings import LineForm
from deliberation.web.languages import language, say
from deliberation.web.meetings import meeting, to
from deliberation.web.pages import page
from deliberation.web.uploads import upload_of
from deliberation.web.visitor import visitor

bp = Blueprint("recorder", __name__)
SHEETS = ("tokens", "base", "ui", "book", "hall")
SCRIPTS = ("hall_box", "hall_state", "hall_draw", "recorder", "console", "hall_roll", "hall_offline")
BLANK: dict[str, Any] = {
    "id": 0, "code": "", "title": "", "state": "open", "opened_at": None, "ended_at": None, "planned_end": None, "remarks": True,
    "current": None, "agenda": [], "sheet": [], "due": 0, "came": 0, "lines": [], "counts": {}, "votes": [], "blank": True,
}  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/offline", Act.SYNC_HALL, about=meeting)
def tools(one: Meeting) -> str:
    """What to take along, and where to bring it back."""
    return render_template("meetings/offline.html", meeting=one, form=BringForm())


def _file(folder: str, name: str) -> str:
    assert current_app.static_folder is not None
    return (Path(current_app.static_folder) / folder / name).read_text("utf-8")


@page(bp, "/meetings/<int:meeting_id>/recorder.html", Act.SYNC_HALL, about=meeting)
def recorder(one: Meeting) -> Response:
    """This meeting's recorder: its sheet, agenda and articles are in it."""
    hall = hall_view.hall(one, shown=0) | {"id": 0}
    for person in hall["sheet"]:
        person["seat"] = say(person["seat"]) if person["seat"] else ""
    return _recorder(hall, _places(one), one)


@page(bp, "/meetings/<int:meeting_id>/recorder-blank.html", Act.SYNC_HALL, about=meeting)
def blank(one: Meeting) -> Response:
    """An empty recorder for a meeting nobody has called yet."""
    return _recorder(BLANK | {"title": _("离线记录本")}, [], None)


def _recorder(hall: dict[str, Any], places: list[Any], one: Meeting | None) -> Response:
    body = render_template(
        "meetings/recorder.html", hall=hall, places=places, form=LineForm(formdata=None), file=recorders.new_name(), meeting=one,
        keys=[(p["n"], p["n"], p["name"], p["seat"]) for p in hall["sheet"]],
    )  # fmt: skip
    text = recorders.one_file(
        title=f"{_('离线记录本')} · {hall['title']}" if one else _("离线记录本"),
        language="en" if language() == "en" else "zh-Hans", sheets=[_file("css", f"{name}.css") for name in SHEETS],
        body=body, scripts=[_file("js", f"{name}.js") for name in SCRIPTS],
    )  # fmt: skip
    name = f"离线记录本-{one.title}.html" if one else "离线记录本-空白.html"
    return attachment(text.encode(), name, "application/octet-stream")


@page(bp, "/meetings/<int:meeting_id>/table.xlsx", Act.SYNC_HALL, about=meeting)
def table(one: Meeting) -> Response:
    """The empty table with this meeting's people and points."""
    return attachment(hall_imports.blank_table(one), f"会场记录表-{one.title}.xlsx", XLSX)


@page(bp, "/meetings/<int:meeting_id>/table-blank.xlsx", Act.SYNC_HALL, about=meeting)
def blank_table(one: Meeting) -> Response:
    """The empty table with nobody in it."""
    return attachment(hall_imports.blank_table(None), "会场记录表-空白.xlsx", XLSX)


@page(bp, "/meetings/<int:meeting_id>/bring", Act.SYNC_HALL, about=meeting, methods=("GET", "POST"))
def bring(one: Meeting) -> Answer:
    """Choose a file; see what it would add."""
    form = BringForm()
    if form.submitted():
        upload = upload_of(form.file)
        brought = hall_imports.read_file(one, upload)
        assert upload is not None
        token = hall_imports.stage(visitor(), one, upload)
        sure = BringSureForm(formdata=None, data={"token": token})
        return _looked(one, sure, brought, upload.name)
    return render_template("meetings/offline.html", meeting=one, form=form), form.status


def _looked(one: Meeting, form: BringSureForm, brought: Any, name: str) -> tuple[str, int]:
    return render_template(
        "meetings/bring.html", form=form, meeting=one, look=hall_imports.look(one, brought), name=name
    ), form.status if form.refused else 200


@page(bp, "/meetings/<int:meeting_id>/bring/sure", Act.SYNC_HALL, about=meeting, methods=("POST",))
def sure(one: Meeting) -> Answer:
    """Take it in: only what is new."""
    form = BringSureForm()
    upload = hall_imports.staged(visitor(), one, form.token.data or "")
    if form.submitted():
        done = hall_imports.bring(visitor(), one, upload, sure=bool(form.this_meeting.data))
        waiting = sum(answer.state != "done" for answer in done.answers)
        return to(one, "recorder.done", added=done.new, there=len(done.answers) - done.new, waiting=waiting)
    return _looked(one, form, hall_imports.read_file(one, upload), upload.name)


@page(bp, "/meetings/<int:meeting_id>/bring/done", Act.SYNC_HALL, about=meeting)
def done(one: Meeting) -> str:
    """How many came in, how many were there already."""
    given = {name: request.args.get(name, 0, type=int) for name in ("added", "there", "waiting")}
    return render_template("meetings/bring_done.html", meeting=one, **given)
