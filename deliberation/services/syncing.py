"""What devices wrote in the hall comes home: once by its key, in the order it was written, nothing dropped.

Whatever cannot be put where it belongs is kept with its reason for a person to decide; the device may forget it then.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.hall_entries import Entry, clean, dated, in_order, may_follow
from deliberation.services import meetings as verbs
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.syncing_kinds import APPLY, Applied
from deliberation.store import syncing as asked
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.syncing import HallEntry

LATE = timedelta(minutes=2)
UNKNOWN = _("不认识这一条记的是什么，请人工处理。")
OTHER_WORDS = _("这一条和先前传来的不一样，先前的没有动。")


@dataclass(frozen=True)
class Batch:
    """Entries of one device. `first` is the lowest number the device still has unsent; `sent_at` what its clock says now.

    `source` page: sent by the console, in order without gaps; file: a saved recorder; table: a filled-in spreadsheet
    (`file` is its SHA-256).
    """

    device: str
    entries: Sequence[Entry]
    first: int = 0
    sent_at: datetime | None = None
    source: str = "page"
    file: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of one entry; the same whenever it is asked again. `number` is the line's, where it is one."""

    key: str
    state: str
    number: int | None = None
    why: Said | None = None


@dataclass(frozen=True)
class Outcome:
    """Answers for what was taken; `want` is the number to go on from where something before it has not come yet."""

    answers: list[Answer]
    want: int | None = None
    new: int = 0


def meeting_code(meeting: Meeting) -> str:
    """32 hex digits that name this meeting of this installation in files carried about."""
    key = bytes.fromhex(current_app.config["RECEIPT_KEY"])
    return hmac.digest(key, f"yishiting meeting\0{meeting.id}".encode(), "sha256").hex()[:32]


def sync(actor: Actor, meeting: Meeting, batch: Batch) -> Outcome:
    """Take in a batch, all of it in one act. What came before is answered as it was then; nothing is done twice."""
    entries = in_order(batch.entries)
    with act(actor, Act.SYNC_HALL, on=meeting) as record:
        there = asked.known(meeting.id, [one.key for one in entries])
        device = asked.device(meeting.id, batch.device)
        answers: list[Answer] = []
        want, new, changed = None, 0, False
        for entry in entries:
            row = there.get(entry.key)
            if row is None:
                if batch.source == "page" and not may_follow(entry.seq, device.last_seq, batch.first):
                    want = device.last_seq + 1
                    break
                row = _take(record, meeting, dated(entry, batch.sent_at, record.at), batch.source)
                there[entry.key] = row
                device.last_seq, new = max(device.last_seq, entry.seq), new + 1
            elif row.digest != entry.digest:
                changed |= _differs(record, row, entry)
            answers.append(_answer(row))
        if new or changed:
            record.about("meeting", meeting.id)
            record.note(source=batch.source, file=batch.file, entries=[one.key for one in entries], new=new)
        else:
            record.nothing()
    return Outcome(answers, want, new)


def _take(record: Record, meeting: Meeting, entry: Entry, source: str) -> HallEntry:
    """The entry's row, with what was done of it."""
    try:
        if entry.kind not in APPLY:
            raise Refusal(UNKNOWN)
        if meeting.state == "planned":
            verbs.begin(meeting, max(entry.at, meeting.made_at))
        done = APPLY[entry.kind](record, meeting, entry)
    except Refusal as refused:
        done = Applied(
            "conflict", why=refused.said, line=getattr(refused, "line", None),
            attendance=getattr(refused, "attendance", None),
        )  # fmt: skip
    late = meeting.state == "ended" and record.at - entry.at > LATE and source == "page"
    state = "late" if done.state == "done" and late and entry.kind == "line" else done.state
    row = HallEntry(
        meeting_id=meeting.id, meeting=meeting, key=entry.key, device=entry.device, seq=entry.seq, kind=entry.kind,
        source=source, digest=entry.digest, facts=_facts(entry, done), at=entry.at, received_at=record.at,
        by_id=who(record.actor), state=state, line=done.line, attendance=done.attendance,
        item_id=done.item.id if done.item else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _facts(entry: Entry, done: Applied) -> dict[str, Any]:
    """What was written, kept word for word only while somebody may need to look at it."""
    kept: dict[str, Any] = {} if done.state == "done" else {"given": clean(entry.facts)}
    if done.why is not None:
        kept["why"] = [done.why.msgid, {name: str(value) for name, value in done.why.params.items()}]
    return kept


def _differs(record: Record, row: HallEntry, entry: Entry) -> bool:
    """The key is there with other words (a saved file somebody changed): what stands stays, the other is shown."""
    others = [one for one in row.facts.get("others", []) if isinstance(one, dict)]
    other = {"given": clean(entry.facts), "at": record.at.isoformat()}
    if any(one["given"] == other["given"] for one in others):
        return False
    row.facts = {**row.facts, "others": [*others, other], "why": [OTHER_WORDS, {}]}
    row.state, row.settled_at, row.settled_by_id = "conflict", None, None
    return True


def _answer(row: HallEntry) -> Answer:
    why = row.facts.get("why")
    return Answer(
        row.key, row.state, row.line.position if row.line else None, Said(why[0], **why[1]) if why else None
    )
