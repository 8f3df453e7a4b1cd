"""The line being typed, kept as it is typed: it survives a reload, and another clerk sees it is being typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.verbatim import verbatim
from deliberation.services.actors import Actor, who
from deliberation.services.acts import act
from deliberation.services.remarks import limit
from deliberation.store import hall, meetings
from deliberation.store.db import db
from deliberation.store.hall import LineScratch
from deliberation.store.meetings import Meeting

FRESH = timedelta(minutes=3)


@dataclass(frozen=True)
class Typing:
    """A line as far as it is typed: the key it will have, who speaks, at which point."""

    key: str
    text: str
    number: int | None = None
    speaker: str = ""
    item_id: int | None = None


def keep_scratch(actor: Actor, meeting: Meeting, typing: Typing) -> None:
    """Keep what is being typed; nothing typed any more takes it away. No leaf: it is no record yet."""
    text = verbatim(typing.text, field="text", limit=limit())
    with act(actor, Act.RECORD_LINE, on=meeting) as record:
        record.no_leaf_of_its_own()
        person = who(actor)
        row = hall.scratch(meeting.id, person)
        taken_down = meetings.line_by_key(meeting.id, typing.key) is not None
        if person is None or meeting.state == "planned" or (row is None and (taken_down or not text)):
            record.nothing()
            return
        points = {one.id for one in meeting.agenda}
        if row is None:
            row = LineScratch(meeting_id=meeting.id, person_id=person)
        row.key, row.text, row.at = typing.key, "" if taken_down else text, record.at
        row.number, row.speaker = typing.number, typing.speaker[:60]
        row.item_id = typing.item_id if typing.item_id in points else None
        db.session.add(row)


def unfinished(actor: Actor, meeting: Meeting) -> LineScratch | None:
    """What this person was typing and had not taken down."""
    row = hall.scratch(meeting.id, who(actor))
    if row is None or not row.text or meetings.line_by_key(meeting.id, row.key) is not None:
        return None
    return row


def others(actor: Actor, meeting: Meeting) -> Sequence[LineScratch]:
    """What others are typing now."""
    return hall.others_typing(meeting.id, who(actor), clock.now() - FRESH)
