"""The hall as a device needs it to go on without a network: agenda, sheet, last lines, votes by hand; and what others do."""

from collections.abc import Sequence
from typing import Any

from deliberation.clock import local
from deliberation.services import attendance as sheets
from deliberation.services.actors import Actor
from deliberation.services.councils import label
from deliberation.services.scratch import others
from deliberation.services.syncing import meeting_code
from deliberation.store import lines as asked
from deliberation.store import meetings, votes
from deliberation.store import syncing as entries
from deliberation.store.meetings import Attendance, Line, Meeting

SHOWN = 12


def hall(meeting: Meeting, shown: int = SHOWN) -> dict[str, Any]:
    """Plain values for JSON; categories and titles are msgids or words as typed, instants ISO 8601."""
    sheet = meetings.attendance(meeting.id)
    heads, now = sheets.heads(sheet), entries.now_at(meeting.id)
    first = meeting.agenda[0].id if meeting.agenda else None
    return {
        "id": meeting.id, "code": meeting_code(meeting), "title": meeting.title, "state": meeting.state,
        "opened_at": _iso(meeting.opened_at), "ended_at": _iso(meeting.ended_at), "planned_end": _iso(meeting.planned_end),
        "remarks": meeting.consultation_id is not None, "current": now.item_id if now else first,
        "agenda": [{"id": one.id, "n": one.position, "title": one.title} for one in meeting.agenda],
        "sheet": [_person(one) for one in sheet], "due": heads.due, "came": heads.came,
        "lines": [_line(one) for one in asked.latest_lines(meeting.id, shown)] if shown else [],
        "counts": {str(item): count for item, count in asked.lines_per_item(meeting.id).items()},
        "votes": [{"id": one.id, "question": one.question} for one in _open_votes(meeting)],
        "waiting": len(entries.open_questions(meeting.id)),
    }  # fmt: skip


def typing(actor: Actor, meeting: Meeting) -> list[dict[str, str]]:
    """Who else is typing, and what so far."""
    return [{"name": one.person.name, "text": one.text[-80:]} for one in others(actor, meeting)]


def _iso(instant: Any) -> str | None:
    return instant.isoformat() if instant is not None else None


def _person(one: Attendance) -> dict[str, Any]:
    return {
        "n": one.position, "name": one.person.name, "seat": label(one.category) if one.category else "", "due": one.due,
        "came": _clock(one.arrived_at), "left": _clock(one.left_at), "leave": one.reply == "leave",
    }  # fmt: skip


def _line(one: Line) -> dict[str, Any]:
    return {
        "key": one.key, "n": one.position, "number": one.attendance.position if one.attendance else None,
        "name": one.speaker, "seat": label(one.attendance.category) if one.attendance and one.attendance.category else "",
        "time": _clock(one.said_at), "text": one.text, "item": one.item_id, "as_remark": one.as_remark,
        "attitude": one.attitude, "state": one.state, "late": one.late, "revision": one.revision,
    }  # fmt: skip


def _clock(instant: Any) -> str:
    return local(instant).strftime("%H:%M") if instant is not None else ""


def _open_votes(meeting: Meeting) -> Sequence[Any]:
    return [one for one in votes.of_meeting(meeting.id) if one.state == "open" and one.kind == "hands"]
