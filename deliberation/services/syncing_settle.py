"""A person decides what becomes of what could not be put where it belongs, and says that late lines were looked through."""

from collections.abc import Sequence

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.hall_entries import Entry
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.syncing_kinds import retake
from deliberation.store import syncing as asked
from deliberation.store.meetings import Meeting
from deliberation.store.syncing import HallEntry

CHOICES = ("take", "keep")


def settle(actor: Actor, row: HallEntry, choice: str, which: int = 0) -> None:
    """take: what came from the hall goes in now (of several wordings the nth); keep: what stands, stands."""
    if choice not in CHOICES:
        raise Refusal(_("请选择用哪一种。"))
    with act(actor, Act.SYNC_HALL, on=row) as record:
        if row.state not in ("conflict", "noted", "late"):
            raise Refusal(_("这一条已经有人处理过了。"))
        if choice == "take":
            _take(record, row, which)
        _settled(record, row, choice)
        record.about("meeting", row.meeting_id)
        record.note(entry=row.key, choice=choice)


def _take(record: Record, row: HallEntry, which: int) -> None:
    wordings = versions(row)
    if row.kind not in ("line", "mend", "leave") or not 0 <= which < len(wordings):
        raise Refusal(_("这一条不能直接放进去，请按内容人工处理，再点“知道了”。"))
    entry = Entry(row.key, row.device, row.seq, row.kind, row.at, wordings[which])
    done = retake(record, row.meeting, entry, row.line)
    row.line, row.attendance = done.line or row.line, done.attendance or row.attendance


def versions(row: HallEntry) -> list[dict[str, object]]:
    """What came under this key and does not stand: first as it was refused, then each other wording."""
    given = row.facts.get("given")
    return ([given] if given else []) + [one["given"] for one in row.facts.get("others", [])]


def _settled(record: Record, row: HallEntry, choice: str) -> None:
    row.state, row.settled_at, row.settled_by_id = "settled", record.at, who(record.actor)
    row.facts = {**row.facts, "choice": choice}


def look_through(actor: Actor, meeting: Meeting) -> Sequence[HallEntry]:
    """The lines that came after the end, and facts noted twice, were looked through: they stand as they are."""
    with act(actor, Act.SYNC_HALL, on=meeting) as record:
        rows = [row for row in asked.open_questions(meeting.id) if row.state in ("late", "noted")]
        for row in rows:
            _settled(record, row, "keep")
        record.about("meeting", meeting.id)
        record.note(looked_through=[row.key for row in rows])
        if not rows:
            record.nothing()
    return rows
