"""What the hall sees on the wall: the point it is at, the article in big type, how many are there."""

from typing import Any

from flask import Blueprint, render_template

from deliberation.domain.acts import Act
from deliberation.services import attendance as sheets
from deliberation.store import drafts, hall, meetings
from deliberation.store import syncing as entries
from deliberation.store.meetings import AgendaItem, Meeting
from deliberation.web.console import spent
from deliberation.web.meetings import meeting
from deliberation.web.pages import page

bp = Blueprint("projector", __name__)


@page(bp, "/meetings/<int:meeting_id>/projector", Act.READ_MEETING, about=meeting)
def show(one: Meeting) -> Any:
    """The point, its text and plain words, 应到 and 实到; it comes anew by itself, with or without a script."""
    sheet = meetings.attendance(one.id)
    item = _at(one)
    version = drafts.current(one.consultation.task_id) if one.consultation else None
    found = hall.places(version.id, [item.eid]) if version and item and item.eid else {}
    place = found.get(item.eid) if item else None
    return render_template(
        "meetings/projector.html", meeting=one, item=item, place=place, heads=sheets.heads(sheet), spent=spent(one),
        body_class="on-wall",
    )  # fmt: skip


def _at(one: Meeting) -> AgendaItem | None:
    now = entries.now_at(one.id)
    found = next((item for item in one.agenda if now and item.id == now.item_id), None)
    return found or (one.agenda[0] if one.agenda else None)
