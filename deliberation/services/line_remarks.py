"""A checked line becomes a remark, about the article and version its point of the agenda was drawn from."""

from deliberation.domain.remarks import Origin, Words
from deliberation.services import remarks
from deliberation.services.acts import Record
from deliberation.services.councils import label
from deliberation.services.placing import place_in
from deliberation.store import drafts
from deliberation.store.drafts import Version
from deliberation.store.meetings import Line


def remark_of(record: Record, line: Line) -> remarks.Receipt:
    """Inside an act: the remark a checked line becomes, with its own leaf."""
    consultation = line.meeting.consultation
    assert consultation is not None
    eid = line.item.eid if line.item else ""
    words = Words(
        key=f"meeting-line-{line.id}", text=line.text, attitude=line.attitude, place="article" if eid else "whole",
        eid=eid,
    )  # fmt: skip
    person = line.attendance.person_id if line.attendance else None
    category = label(line.attendance.category) if line.attendance else ""
    origin = Origin(
        channel="meeting", said_by=line.speaker, category=category, received_at=line.said_at, author_id=person,
        meeting_id=line.meeting_id,
    )  # fmt: skip
    return remarks.add(record, consultation, words, origin, place_in(consultation, words, _version(line)))


def _version(line: Line) -> Version | None:
    """The version the agenda was drawn from: a draft published since may number its articles otherwise."""
    item, consultation = line.item, line.meeting.consultation
    if item is None or consultation is None or not item.uid:
        return None
    for version in drafts.versions(consultation.task_id):
        found = drafts.at(version.id, item.eid)
        if found is not None and found.uid == item.uid:
            return version
    return None
