"""The record of a meeting to be signed: everything said that stands, in order, as soon as the last line is in."""

from deliberation.clock import local
from deliberation.domain.dossier_words import minute
from deliberation.domain.hall_record import HallRecord, Spoken, began, record_parts, record_title
from deliberation.formats import papers_docx
from deliberation.services.councils import label
from deliberation.services.papers import _row
from deliberation.store import meetings, votes
from deliberation.store import syncing as entries
from deliberation.store.meetings import Line, Meeting


def compose(meeting: Meeting) -> HallRecord:
    """The record as it stands now; struck lines are left out."""
    sheet = meetings.attendance(meeting.id)
    here = [one for one in sheet if one.arrived_at is not None]
    row = _row(meeting)
    return HallRecord(
        meeting.office.name, row, sum(one.due for one in sheet), tuple(one.person.name for one in here if one.due),
        tuple(_spoken(line) for line in meetings.lines(meeting.id) if line.state != "struck"), _hands(meeting),
        minute(meeting.opened_at) if meeting.opened_at else began(row),
        local(meeting.ended_at).strftime("%H:%M") if meeting.ended_at else "",
        tuple(one.person.name for one in here if not one.due),
    )  # fmt: skip


def _spoken(line: Line) -> Spoken:
    standing = label(line.attendance.category) if line.attendance and line.attendance.category else ""
    return Spoken(
        line.position, local(line.said_at).strftime("%H:%M"), line.speaker, standing, line.item.title if line.item else "",
        line.text, line.state == "checked", line.late,
    )  # fmt: skip


def _hands(meeting: Meeting) -> tuple[str, ...]:
    own = [
        f"{one.question}：在场{one.present}人，赞成{one.for_}，反对{one.against}，弃权{one.abstain}"
        for one in entries.counts(meeting.id)
    ]
    called = [
        f"{vote.question}：在场可表决{one.present}人，赞成{one.for_}，反对{one.against}，弃权{one.abstain}（{one.teller}清点）"
        for vote in votes.of_meeting(meeting.id)
        for one in votes.hand_counts(vote.id)
    ]
    return tuple(own + called)


def docx(meeting: Meeting) -> bytes:
    """The same as a .docx."""
    record = compose(meeting)
    sample = meeting.consultation.sample if meeting.consultation else meeting.office.sample
    made = meeting.ended_at or meeting.opened_at or meeting.made_at
    return papers_docx.write_parts(
        record_title(record), record_parts(record), made_at=made, mark="示例" if sample else ""
    )
