"""Lines typed in the hall: exactly once by the client's key, mended with history until checked, then perhaps remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.names import named
from deliberation.domain.remarks import ATTITUDES
from deliberation.domain.verbatim import verbatim
from deliberation.services import remarks
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.line_remarks import remark_of
from deliberation.store import lines as asked
from deliberation.store import meetings
from deliberation.store.db import db
from deliberation.store.meetings import Line, LineChange, Meeting

CHECKED_WITH = {"speaker": _("发言人本人"), "convenor": _("召集人")}


@dataclass(frozen=True)
class Typed:
    """A line as typed. `number` is the speaker's on the sign-in sheet, or `speaker` a name nobody had listed.

    `typed_at`: when it was typed, where that was before it reached us."""

    key: str
    text: str
    number: int | None = None
    speaker: str = ""
    item_id: int | None = None
    attitude: str = ""
    as_remark: bool = False
    said_at: datetime | None = None
    typed_at: datetime | None = None


def record_line(actor: Actor, meeting: Meeting, typed: Typed) -> Line:
    """Take down one line. The same key gets the first answer; with other words a Conflict that shows the first."""
    typed = checked(typed)
    with act(actor, Act.RECORD_LINE, on=meeting) as record:
        first = meetings.line_by_key(meeting.id, typed.key)
        if first is not None:
            record.nothing()
            return _same(first, typed)
        _writable(meeting)
        line = put(record, meeting, typed)
        record.about("meeting", meeting.id)
        record.note(line=line.position, late=line.late)
    return line


def record_lines(actor: Actor, meeting: Meeting, typed: Sequence[Typed]) -> list[Line]:
    """Take down a pasted transcript in one act: all of it, or nothing. Lines whose key is there already are not doubled."""
    if not typed:
        raise Refusal(_("没有选中任何发言，什么也没有保存。"), field="pasted")
    sound = [checked(one) for one in typed]
    made: list[Line] = []
    with act(actor, Act.RECORD_LINE, on=meeting) as record:
        _writable(meeting)
        for one in sound:
            first = meetings.line_by_key(meeting.id, one.key)
            if first is None:
                made.append(put(record, meeting, one))
            else:
                _same(first, one)
        record.about("meeting", meeting.id)
        record.note(lines=[line.position for line in made])
        if not made:
            record.nothing()
    return made


def checked(typed: Typed) -> Typed:
    """The line as it may be kept; Refusal where it has no key, no words, or an attitude there is none of."""
    if not 8 <= len(typed.key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    text = verbatim(typed.text, field="text", limit=remarks.limit())
    if not text.strip():
        raise Refusal(_("这一句还没有写内容。"), field="text")
    if typed.attitude and typed.attitude not in ATTITUDES:
        raise Refusal(_("请选择一种态度。"), field="attitude")
    return replace(typed, text=text)


def _same(first: Line, typed: Typed) -> Line:
    """The line as it stands; a change made meanwhile by mending is no conflict, other words under the key are."""
    said = asked.changes(first.id)
    original = said[0].text if said else first.text
    if original != typed.text:
        raise Conflict(_("这个提交编号已经用在另一句上了，那一句没有改动。"), first=first, field="text")
    return first


def _writable(meeting: Meeting) -> None:
    if meeting.state == "planned":
        raise Refusal(_("会议还没有开始。请先点“开始会议”，再记录发言。"))
    not_final(meeting)


def not_final(meeting: Meeting) -> None:
    """Refuse once the minutes are final."""
    latest = meetings.latest_minutes(meeting.id)
    if latest is not None and latest.state == "final":
        raise Refusal(_("纪要已经定稿，发言记录不能再增加或改动。"))


def put(record: Record, meeting: Meeting, typed: Typed) -> Line:
    """Inside an act: one more line at the end."""
    attendance_id, speaker = said_by(meeting, typed.number, typed.speaker)
    if typed.said_at is not None and typed.said_at > record.at:
        raise Refusal(_("时间在将来，请核对。"), field="said_at")
    said_at = typed.said_at or (min(record.at, meeting.ended_at) if meeting.ended_at else record.at)
    item_id, as_remark = (
        point_of(meeting, typed.item_id),
        may_be_remark(meeting, as_remark=typed.as_remark),
    )
    meeting.line_serial += 1
    line = Line(
        meeting_id=meeting.id, meeting=meeting, key=typed.key, position=meeting.line_serial,
        item_id=item_id, attendance_id=attendance_id, speaker=speaker, text=typed.text,
        attitude=typed.attitude, as_remark=as_remark, said_at=said_at,
        typed_at=typed.typed_at or record.at, typed_by_id=who(record.actor),
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()
    return line


def said_by(meeting: Meeting, number: int | None, name: str) -> tuple[int | None, str]:
    """(attendance, name) of who spoke."""
    if number is not None:
        found = next((one for one in meetings.attendance(meeting.id) if one.position == number), None)
        if found is None:
            raise Refusal(_("签到表上没有 %(number)s 号，请核对号码。"), number=number, field="speaker")
        return found.id, found.person.name
    if not name.strip():
        raise Refusal(_("请选择谁在说，或者填写发言人的姓名。"), field="speaker")
    return None, named(name, field="speaker")


def point_of(meeting: Meeting, item_id: int | None) -> int | None:
    """The point, if it is on this agenda."""
    if item_id is not None and all(one.id != item_id for one in meeting.agenda):
        raise Refusal(_("议程里没有这一项，请从议程里重新选择。"), field="item")
    return item_id


def may_be_remark(meeting: Meeting, *, as_remark: bool) -> bool:
    """The mark as it may be set: only where a draft is consulted on."""
    if as_remark and meeting.consultation_id is None:
        raise Refusal(_("这次会议没有征求意见的草案，发言不能提取为意见。"), field="as_remark")
    return as_remark


def mend_line(actor: Actor, line: Line, typed: Typed, revision: int) -> Line:
    """Correct text, speaker, point, attitude; what it said before is kept. `revision` is the one that was seen."""
    typed = checked(replace(typed, key=line.key))
    with act(actor, Act.MEND_LINE, on=line) as record:
        mend(record, line, typed, revision)
        record.about("meeting", line.meeting_id)
        record.note(line=line.position, revision=line.revision)
    return line


def mend(record: Record, line: Line, typed: Typed, revision: int) -> None:
    """Inside an act: the line says something else from now on."""
    mendable(line, revision)
    attendance_id, speaker = said_by(line.meeting, typed.number, typed.speaker)
    item_id = point_of(line.meeting, typed.item_id)
    as_remark = may_be_remark(line.meeting, as_remark=typed.as_remark)
    keep(record, line)
    line.text, line.speaker, line.attendance_id, line.item_id = typed.text, speaker, attendance_id, item_id
    line.attitude, line.as_remark = typed.attitude, as_remark


def mendable(line: Line, revision: int) -> None:
    """Refuse a line that is checked, struck, in final minutes, or not as it was seen."""
    if line.state == "checked":
        raise Refusal(_("这一句已经和发言人核对过，不能再改。如确有差错，请在纪要的更正期提出。"))
    if line.state == "struck":
        raise Refusal(_("这一句已经划掉了。"))
    not_final(line.meeting)
    if line.revision != revision:
        raise Conflict(_("别人刚刚改过这一句。请看过现在的内容，再决定怎么改。"), first=line, field="text")


def keep(record: Record, line: Line) -> None:
    """Inside an act, before a change: what the line says now stays in its history."""
    db.session.add(
        LineChange(
            line_id=line.id,
            revision=line.revision,
            text=line.text,
            speaker=line.speaker,
            item_id=line.item_id,
            state=line.state,
            at=record.at,
            by_id=who(record.actor),
        )  # fmt: skip
    )
    line.revision += 1


def strike_line(actor: Actor, line: Line, revision: int | None = None) -> Line:
    """Strike a line out; it stays with its history and goes into no paper."""
    with act(actor, Act.MEND_LINE, on=line) as record:
        strike(record, line, line.revision if revision is None else revision)
        record.about("meeting", line.meeting_id)
        record.note(line=line.position, struck=True)
    return line


def strike(record: Record, line: Line, revision: int) -> None:
    """Inside an act: the line is struck."""
    mendable(line, revision)
    keep(record, line)
    line.state = "struck"


def last_of(actor: Actor, meeting: Meeting) -> Line:
    """The line "undo" means: the last one this person typed that is not checked; a Refusal where there is none."""
    found = asked.last_line_by(meeting.id, who(actor))
    if found is None:
        raise Refusal(_("没有可以撤回的句子：核对过的和别人记的不在此列。"))
    return found


def check_lines(
    actor: Actor,
    meeting: Meeting,
    numbers: Sequence[int],
    with_whom: str,
    attitudes: Mapping[int, str] | None = None,
) -> list[Line]:
    """Lines (by their number) checked with the speaker or the convenor: from now on they do not change; marked ones
    become remarks, each with its leaf, in this one act."""
    if with_whom not in CHECKED_WITH:
        raise Refusal(_("请选择是和发言人本人核对的，还是和召集人核对的。"), field="with_whom")
    if not numbers:
        raise Refusal(_("请勾选核对过的句子。"), field="lines")
    done: list[Line] = []
    with act(actor, Act.CHECK_LINES, on=meeting) as record:
        not_final(meeting)
        there = {line.position: line for line in meetings.lines(meeting.id)}
        for number in dict.fromkeys(numbers):
            line = there.get(number)
            if line is None or line.state == "struck":
                raise Refusal(_("第 %(number)s 句已经划掉，或者不存在，请刷新页面再核对。"), number=number)
            if line.state == "checked":
                continue
            _decide(line, attitudes or {})
            _check(record, line, with_whom)
            done.append(line)
        record.about("meeting", meeting.id)
        record.note(lines=[line.position for line in done], checked_with=with_whom)
        if not done:
            record.nothing()
    return done


def _decide(line: Line, attitudes: Mapping[int, str]) -> None:
    """An attitude said at the check makes the line a remark, an empty one leaves it to the minutes; else as it was marked."""
    if line.position in attitudes:
        line.attitude = attitudes[line.position]
        line.as_remark = may_be_remark(line.meeting, as_remark=bool(line.attitude))


def _check(record: Record, line: Line, with_whom: str) -> None:
    if line.as_remark and line.attitude not in ATTITUDES:
        raise Refusal(_("第 %(number)s 句要成为意见，请先选态度。"), number=line.position, field="lines")
    line.state, line.checked_with, line.checked_at = "checked", with_whom, record.at
    if line.as_remark:
        line.remark_id = remark_of(record, line).id
