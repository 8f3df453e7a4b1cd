"""Minutes of a meeting: drafted from agenda, lines and attendance; four steps; every save a revision; final does not change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from deliberation.clock import local
from deliberation.domain import dossier as paper
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.verbatim import verbatim
from deliberation.formats import minutes_docx
from deliberation.services import attendance as sheets
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.councils import label
from deliberation.store import meetings, minutes_corrections
from deliberation.store.db import db
from deliberation.store.meetings import Attendance, Line, Meeting, Minutes

NEXT = {
    "draft": ("draft", "convenor"),
    "convenor": ("convenor", "correction", "draft"),
    "correction": ("correction", "final", "convenor"),
    "final": (),
}
STATES = {
    "draft": _("草稿"),
    "convenor": _("召集人审阅"),
    "correction": _("到会人员更正期"),
    "final": _("定稿"),
}
KINDS = {"council_9x": "council", "symposium": "discussion"}


@dataclass(frozen=True)
class Edited:
    """What an editor changed: `speeches` are texts by the line's number, `agreed` one sentence a line."""

    number: str = ""
    agreed: tuple[str, ...] = ()
    speeches: Mapping[int, str] = field(default_factory=dict)
    correct_until: date | None = None
    all_agree: bool = False


def draft_minutes(actor: Actor, meeting: Meeting) -> Minutes:
    """Draw up the minutes from what was recorded; again while they are a draft, keeping number and what was agreed."""
    with act(actor, Act.WRITE_MINUTES, on=meeting) as record:
        if meeting.state != "ended":
            raise Refusal(_("会议还没有结束。请先点“结束会议”，再起草纪要。"))
        latest = meetings.latest_minutes(meeting.id)
        if latest is not None and latest.state != "draft":
            raise Refusal(_("纪要已经送召集人审阅，不能再重新起草，请在原稿上改。"))
        body = _drawn(meeting)
        if latest is not None:
            body |= {name: latest.body[name] for name in ("number", "agreed")}
        return _save(record, meeting, latest, "draft", body)


def save_minutes(actor: Actor, meeting: Meeting, base: int, edited: Edited, to: str) -> Minutes:
    """Save a new revision over revision `base`, perhaps going a step on. Somebody else's save since is a Conflict that
    carries theirs; nothing is overwritten."""
    agreed = tuple(verbatim(line, field="agreed").strip() for line in edited.agreed if line.strip())
    texts = {n: verbatim(text, field="speeches", limit=30_000) for n, text in edited.speeches.items()}
    with act(actor, Act.WRITE_MINUTES, on=meeting) as record:
        latest = meetings.latest_minutes(meeting.id)
        if latest is None:
            raise Refusal(_("还没有纪要，请先起草。"))
        if latest.state == "final":
            raise Refusal(_("纪要已经定稿，不能再改。"))
        if latest.revision != base:
            raise Conflict(_("别人刚刚保存过一稿。两稿都在下面，您写的没有丢，请看过再决定。"), first=latest)
        if to not in NEXT[latest.state]:
            raise Refusal(_("眼下这一步不能这样走，请按页面列出的下一步办理。"), field="to")
        body = dict(latest.body) | {"number": edited.number.strip()[:60], "agreed": list(agreed)}
        body["speeches"] = _spoken(meeting, body["speeches"], texts)
        if edited.correct_until is not None:
            body["correct_until"] = edited.correct_until.isoformat()
        _ready(meeting, body, to, local(record.at).date(), all_agree=edited.all_agree)
        return _save(record, meeting, latest, to, body)


def _save(
    record: Record, meeting: Meeting, latest: Minutes | None, state: str, body: dict[str, Any]
) -> Minutes:
    made = Minutes(
        meeting_id=meeting.id, revision=latest.revision + 1 if latest else 1, state=state, body=body, at=record.at,
        by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record.about("meeting", meeting.id)
    record.note(revision=made.revision, state=state)
    record.index("minutes", meeting.id)
    return made


def _ready(meeting: Meeting, body: dict[str, Any], to: str, today: date, *, all_agree: bool) -> None:
    if to == "correction" and not body.get("correct_until"):
        raise Refusal(_("请填写更正期到哪一天，好让到会的人看。"), field="correct_until")
    if to != "final":
        return
    proposed = sum(not one.outcome for one in minutes_corrections.of_meeting(meeting.id))
    if proposed:
        raise Refusal(_("到会的人提的更正还有 %(number)s 条没有处理，请先处理，再定稿。"), number=proposed)
    waiting = sum(line.as_remark and line.state == "draft" for line in meetings.lines(meeting.id))
    if waiting:
        raise Refusal(_("还有 %(number)s 句要成为意见的发言没有核对，请先核对，再定稿。"), number=waiting)
    if not all_agree and date.fromisoformat(body["correct_until"]) >= today:
        raise Refusal(
            _("更正期到 %(until)s，还没有满。到会的人都看过了，可以勾选“都已看过”再定稿。"),
            until=body["correct_until"], field="all_agree",
        )  # fmt: skip


def _spoken(
    meeting: Meeting, speeches: list[dict[str, Any]], texts: Mapping[int, str]
) -> list[dict[str, Any]]:
    """The speeches with the editor's words; what became a remark stands as it was said, what was struck is gone."""
    there = {line.position: line for line in meetings.lines(meeting.id)}
    kept = []
    for speech in speeches:
        line = there.get(speech["line"])
        if line is None or line.state == "struck":
            continue
        if line.remark_id is not None and texts.get(speech["line"], line.text) != line.text:
            raise Refusal(
                _("第 %(number)s 句已经成为意见，原话不能改。"), number=speech["line"], field="speeches"
            )
        text = line.text if line.remark_id is not None else texts.get(speech["line"], speech["text"])
        if text.strip():
            kept.append({**speech, "text": text, "speaker": line.speaker})
    return kept


def _drawn(meeting: Meeting) -> dict[str, Any]:
    sheet = meetings.attendance(meeting.id)
    heads = sheets.heads(sheet)
    came = [one for one in sheet if one.arrived_at is not None]
    away = [one for one in sheet if one.due and one.arrived_at is None and one.reply == "leave"]
    return {
        "number": "",
        "agenda": [one.title for one in meeting.agenda],
        "present": [_named(one) for one in came if one.due],
        "on_leave": [_named(one) for one in away],
        "observers": [_named(one) for one in came if not one.due],
        "due": heads.due,
        "came": heads.came,
        "speeches": [_speech(line) for line in meetings.lines(meeting.id) if line.state != "struck"],
        "agreed": [],
    }


def _named(one: Attendance) -> list[str]:
    return [one.person.name, one.category]


def _speech(line: Line) -> dict[str, Any]:
    return {
        "line": line.position,
        "item": line.item.position if line.item else None,
        "speaker": line.speaker,
        "category": line.attendance.category if line.attendance else "",
        "at": line.said_at.isoformat(),
        "text": line.text,
    }


def as_paper(meeting: Meeting, minutes: Minutes, *, named: bool = True) -> paper.Minutes:
    """The minutes as the paper prints them; without `named` persons show by their category only."""
    body = minutes.body
    agenda = {one.position: one.title for one in meeting.agenda}
    return paper.Minutes(
        meeting=_row(meeting, body, named=named),
        number=body["number"],
        agenda=tuple(body["agenda"]),
        present=tuple(_person(name, category, named=named) for name, category in body["present"]),
        on_leave=tuple(_person(name, category, named=named) for name, category in body["on_leave"]),
        observers=tuple(_person(name, category, named=named) for name, category in body["observers"]),
        speeches=tuple(
            paper.Speech(
                _person(one["speaker"], one["category"], named=named),
                one["text"],
                agenda.get(one["item"], ""),
                datetime.fromisoformat(one["at"]),
            )  # fmt: skip
            for one in body["speeches"]
        ),
        agreed=tuple(body["agreed"]),
        state=minutes.state,
        office=meeting.office.name,
        on=local(minutes.at).date(),
    )


def _row(meeting: Meeting, body: dict[str, Any], *, named: bool) -> paper.MeetingRow:
    return paper.MeetingRow(
        title=meeting.title,
        kind=KINDS.get(meeting.procedure, "other"),
        place=meeting.place,
        starts_at=meeting.opened_at or meeting.starts_at,
        ended_at=meeting.ended_at,
        convenor=paper.Person(label="召集人", name=meeting.convenor if named else None),
        scribe=paper.Person(label="记录人", name=meeting.scribe if named else None),
        due=body["due"],
        present=body["came"],
    )


def _person(name: str, category: str, *, named: bool) -> paper.Person:
    shown = label(category)
    return paper.Person(label=shown or "到会人员", category=shown, name=name if named else None)


def docx(meeting: Meeting, minutes: Minutes) -> bytes:
    """The 纪要 as a .docx, with names."""
    sample = meeting.consultation.sample if meeting.consultation else meeting.office.sample
    return minutes_docx.write(as_paper(meeting, minutes), mark="示例" if sample else "")
