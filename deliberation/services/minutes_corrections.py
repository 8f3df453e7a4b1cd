"""While minutes may be corrected: those recorded present propose, from their own page or by the meeting's link; the clerk settles."""

import base64
import hmac
from dataclasses import dataclass

from deliberation.clock import local
from deliberation.clock import now as wall
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.verbatim import verbatim
from deliberation.keys.tokens import token_digest
from deliberation.services.actors import Actor, ByLink, who
from deliberation.services.acts import Record, act
from deliberation.services.sessions import key
from deliberation.store import meetings
from deliberation.store import minutes_corrections as rows
from deliberation.store.db import db
from deliberation.store.meetings import Meeting, Minutes
from deliberation.store.minutes_corrections import MinutesCorrection

OUTCOMES = {"taken": _("已经照改"), "partly": _("改了一部分"), "not": _("没有改")}
MOST_WAITING = 200  # of one meeting: more is no correction but noise


@dataclass(frozen=True)
class Proposal:
    """What is proposed: in whose name, about which line (None: the rest); `key` is made by the client."""

    key: str
    text: str
    said_by: str = ""
    line: int | None = None


def link_of(meeting: Meeting) -> str:
    """The meeting's own link: its number and a mark nobody can guess. It opens nothing but while corrections are taken."""
    digest = token_digest(f"minutes:{meeting.id}", key())[:15]
    return f"{meeting.id}-{base64.urlsafe_b64encode(digest).decode()}"


def by_link(token: str) -> Meeting | None:
    """The meeting a link leads to while its minutes may be corrected; None for any other word or time."""
    number, _dash, _mark = token.partition("-")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        return None
    meeting = meetings.get(int(number))
    if meeting is None or not hmac.compare_digest(
        link_of(meeting).encode(), token.encode("utf-8", "replace")
    ):
        return None
    return meeting if _is_open(meetings.latest_minutes(meeting.id)) else None


def _is_open(latest: Minutes | None) -> bool:
    if latest is None or latest.state != "correction":
        return False
    return str(latest.body.get("correct_until") or "") >= local(wall()).date().isoformat()


def is_open(meeting: Meeting) -> bool:
    """Whether corrections are taken now."""
    return _is_open(meetings.latest_minutes(meeting.id))


def propose(actor: Actor, meeting: Meeting, proposal: Proposal) -> MinutesCorrection:
    """Propose a correction, verbatim. The same key again gives the first row."""
    text = verbatim(proposal.text, field="text")
    if not text.strip():
        raise Refusal(_("请写明哪一句要改成什么。"), field="text")
    if not 8 <= len(proposal.key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    with act(actor, Act.PROPOSE_CORRECTION, on=meeting) as record:
        first = rows.by_key(meeting.id, proposal.key)
        if first is not None:
            record.nothing()
            return first
        return _kept(record, meeting, proposal, text)


def _kept(record: Record, meeting: Meeting, proposal: Proposal, text: str) -> MinutesCorrection:
    latest = meetings.latest_minutes(meeting.id)
    if latest is not None and latest.state == "final":
        raise Refusal(_("纪要已经定稿，不能再改。"))
    if latest is None or not _is_open(latest):
        raise Refusal(_("现在不在更正期，提不了更正。有问题请直接找记录人。"))
    known = rows.of_meeting(meeting.id)
    if sum(not one.outcome for one in known) >= MOST_WAITING:
        raise Refusal(_("等着办的更正太多了，请直接找记录人。"))
    lines = {speech["line"] for speech in latest.body["speeches"]}
    if proposal.line is not None and proposal.line not in lines:
        raise Refusal(_("纪要里没有这一句，请从页面上选。"), field="line")
    name, person = _whose(record, meeting, proposal)
    row = MinutesCorrection(
        meeting_id=meeting.id, key=proposal.key, revision=latest.revision, line=proposal.line, text=text, said_by=name,
        person_id=person, at=record.at, by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    record.about("meeting", meeting.id)
    record.note(correction=row.id, line=row.line, by_link=isinstance(record.actor, ByLink))
    return row


def _whose(record: Record, meeting: Meeting, proposal: Proposal) -> tuple[str, int | None]:
    """Somebody present speaks for themselves; by link or through the clerk they are named from those present."""
    present = {one.person.name: one.person_id for one in meetings.attendance(meeting.id) if one.arrived_at}
    own = who(record.actor)
    mine = next((name for name, person in present.items() if person == own), None)
    if mine is not None and proposal.said_by.strip() in ("", mine):
        return mine, own
    name = proposal.said_by.strip()
    if name not in present:
        raise Refusal(_("请选是谁提出的：只有到会的人可以提更正。"), field="said_by")
    return name, present[name]


def settle(actor: Actor, row: MinutesCorrection, outcome: str, answer: str = "") -> None:
    """Say what became of a proposal; what is not done, or done in part, says why."""
    if outcome not in OUTCOMES:
        raise Refusal(_("请选择改了没有。"), field="outcome")
    if outcome != "taken" and not answer.strip():
        raise Refusal(_("没有改或者只改了一部分的，请写明原因，提出的人看得到。"), field="answer")
    with act(actor, Act.SETTLE_CORRECTION, on=row) as record:
        if row.outcome:
            raise Conflict(_("这条更正已经处理过了。"), first=row)
        row.outcome, row.answer = outcome, answer.strip()[:2000]
        row.settled_at, row.settled_by_id = record.at, who(actor)
        record.about("meeting", row.meeting_id)
        record.note(correction=row.id, outcome=outcome)


def waiting(meeting: Meeting) -> int:
    """How many proposals nobody has settled."""
    return sum(not one.outcome for one in rows.of_meeting(meeting.id))
