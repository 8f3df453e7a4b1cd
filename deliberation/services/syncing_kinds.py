"""What each thing written in the hall does when it comes home. Each refuses before it changes anything.

Two devices may have noted the same fact: both are kept and shown, neither is refused.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from deliberation.clock import local
from deliberation.domain.errors import Refusal, Said, _
from deliberation.domain.hall_entries import Entry
from deliberation.domain.remarks import ATTITUDES
from deliberation.services import attendance as sheets
from deliberation.services import lines as speeches
from deliberation.services import meetings as verbs
from deliberation.services.acts import Record
from deliberation.services.people import Newcomer
from deliberation.services.syncing_hands import Applied, hands
from deliberation.store import meetings
from deliberation.store import syncing as asked
from deliberation.store.db import db
from deliberation.store.meetings import Attendance, Line, Meeting
from deliberation.store.syncing import HallNow

BOTH_ARRIVED = _("两处都记了 %(name)s 到会：%(one)s 和 %(other)s。到会时间按早的算。")
BOTH_LEFT = _("两处都记了 %(name)s 离开：%(one)s 和 %(other)s。离开时间按晚的算。")
SAME_GUEST = _("两处都登记了名单外来人“%(name)s”，按一个人算。如果是两个人，请在签到页再添一位。")
SAME_ITEM = _("两处都加了议程“%(title)s”，按一项算。")


def _line(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    """A line, as it was typed when it was typed; one typed before under this key (by the form) is that line."""
    first = meetings.line_by_key(meeting.id, entry.key)
    if first is not None:
        return Applied(line=first)
    speeches.not_final(meeting)
    typed = _typed(meeting, entry)
    said_at = min(entry.at, meeting.ended_at) if meeting.ended_at else entry.at
    return Applied(line=speeches.put(record, meeting, replace(typed, said_at=said_at, typed_at=entry.at)))


def _typed(meeting: Meeting, entry: Entry) -> speeches.Typed:
    """The line's words. A speaker or point that is not to be found any more does not cost the line."""
    number, name = _speaker(meeting, entry)
    attitude = entry.text("attitude") if entry.text("attitude") in ATTITUDES else ""
    as_remark = entry.facts.get("as_remark") is True and meeting.consultation_id is not None
    return speeches.checked(
        speeches.Typed(
            entry.key, entry.text("text"), number, name, _point(meeting, entry), attitude, as_remark=as_remark
        )
    )


def _speaker(meeting: Meeting, entry: Entry) -> tuple[int | None, str]:
    guest = entry.text("guest")
    if guest:
        row = asked.known(meeting.id, [guest]).get(guest)
        if row is not None and row.attendance is not None:
            return row.attendance.position, ""
    number, name = entry.number("number"), entry.text("name").strip()[:60]
    sheet = {one.position: one for one in meetings.attendance(meeting.id)}
    if number in sheet and (not name or sheet[number].person.name == name):
        return number, ""
    same = [one.position for one in sheet.values() if name and one.person.name == name]
    if len(same) == 1:
        return same[0], ""
    return None, name or (f"{number}号" if number else "")


def _point(meeting: Meeting, entry: Entry) -> int | None:
    made = entry.text("item_key")
    row = asked.known(meeting.id, [made]).get(made) if made else None
    wanted = row.item_id if row is not None else entry.number("item")
    return wanted if any(one.id == wanted for one in meeting.agenda) else None


def _target(meeting: Meeting, entry: Entry) -> Line:
    found = meetings.line_by_key(meeting.id, entry.text("target"))
    if found is None:
        raise Refusal(_("要改的那一句还没有传回来，或者已经不在了。"))
    return found


def _mend(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    """A line mended there: taken where the line stands as it was seen, else both are shown."""
    line = _target(meeting, entry)
    typed = replace(_typed(meeting, entry), key=line.key)
    if (line.text, line.item_id, line.speaker) == (typed.text, typed.item_id, _name(meeting, typed)):
        return Applied(line=line)
    try:
        speeches.mend(record, line, typed, entry.number("revision") or 0)
    except Refusal as refused:
        return Applied("conflict", refused.said, line)
    return Applied(line=line)


def _name(meeting: Meeting, typed: speeches.Typed) -> str:
    return speeches.said_by(meeting, typed.number, typed.speaker)[1]


def _strike(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    line = _target(meeting, entry)
    if line.state == "struck":
        return Applied(line=line)
    try:
        speeches.strike(record, line, entry.number("revision") or 0)
    except Refusal as refused:
        return Applied("conflict", refused.said, line)
    return Applied(line=line)


def _row(meeting: Meeting, entry: Entry) -> Attendance:
    """The line of the sheet meant. Once the minutes are signed the sheet stands: what comes late is kept to be seen."""
    sheets.not_signed(meeting)
    number, _name = _speaker(meeting, entry)
    found = next((one for one in meetings.attendance(meeting.id) if one.position == number), None)
    if found is None:
        raise Refusal(
            _("签到表上没有“%(name)s”，请在签到页人工登记。"),
            name=entry.text("name") or entry.number("number"),
        )
    return found


def _clock(at: datetime) -> str:
    return local(at).strftime("%H:%M")


def _arrive(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    """Somebody came. Noted twice: the earlier stands and both are shown; after having left: they are back."""
    return _arrived(meeting, _row(meeting, entry), entry.at)


def _arrived(meeting: Meeting, row: Attendance, at: datetime) -> Applied:
    if meeting.ended_at is not None:
        at = min(at, meeting.ended_at)
    before, left = row.arrived_at, row.left_at
    went_early = left is not None and left != meeting.ended_at
    if before is None:
        row.arrived_at = at
        if meeting.ended_at is not None:
            row.left_at = meeting.ended_at
        _late_departures(row, at)
        return Applied(attendance=row)
    if went_early and left is not None and at > left:
        row.left_at = meeting.ended_at
        return Applied(attendance=row)
    row.arrived_at = min(before, at)
    if _clock(before) == _clock(at):
        return Applied(attendance=row)
    said = Said(
        BOTH_ARRIVED, name=row.person.name, one=_clock(min(before, at)), other=_clock(max(before, at))
    )
    return Applied("noted", said, attendance=row)


def _late_departures(row: Attendance, at: datetime) -> None:
    """A departure another device sent first finds its arrival."""
    for one in asked.waiting_departures(row.id):
        if one.at >= at:
            row.left_at, one.state, one.facts = one.at, "done", {}


def _leave(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    row = _row(meeting, entry)
    at = min(entry.at, meeting.ended_at) if meeting.ended_at else entry.at
    if row.arrived_at is None or at < row.arrived_at:
        said = Said(
            _("%(number)s 号 %(name)s 还没有签到，不能登记离开。"), number=row.position, name=row.person.name
        )
        return Applied("conflict", said, attendance=row)
    before = row.left_at if row.left_at != meeting.ended_at else None
    row.left_at = at if before is None else max(before, at)
    if before is None or _clock(before) == _clock(at):
        return Applied(attendance=row)
    said = Said(BOTH_LEFT, name=row.person.name, one=_clock(min(before, at)), other=_clock(max(before, at)))
    return Applied("noted", said, attendance=row)


def _unarrive(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    row = _row(meeting, entry)
    row.arrived_at = row.left_at = None
    return Applied(attendance=row)


def _guest(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    """Somebody nobody had listed: on the sheet and there. The same name from two devices is one person, and says so."""
    sheets.not_signed(meeting)
    name = entry.text("name").strip()
    if not name or len(name) > 60:
        raise Refusal(_("请选择一个人，或者填写来人的姓名。"))
    same = [one for one in meetings.attendance(meeting.id) if one.person.name == name]
    if same:
        _arrived(meeting, same[0], entry.at)
        return Applied("noted", Said(SAME_GUEST, name=name), attendance=same[0])
    category = entry.text("seat").strip()[:40]
    row = sheets.put_on_sheet(record, meeting, Newcomer(name, category=category))
    return _arrived(meeting, row, entry.at)


def _at_point(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    """The hall goes to a point; of two devices the later one says where it is."""
    wanted, row = _point(meeting, entry), asked.now_at(meeting.id)
    if row is None:
        db.session.add(HallNow(meeting_id=meeting.id, item_id=wanted, at=entry.at))
    elif entry.at >= row.at:
        row.item_id, row.at = wanted, entry.at
    return Applied()


def _new_point(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    sheets.not_signed(meeting)
    title = entry.text("title").strip()[:200]
    same = next((one for one in meeting.agenda if one.title == title), None)
    if same is not None:
        return Applied("noted", Said(SAME_ITEM, title=title), item=same)
    last = max((one.position for one in meeting.agenda), default=0)
    verbs.put_agenda(meeting, [verbs.Point(title)], meeting.consultation, last + 1)
    return Applied(item=meeting.agenda[-1])


def _hands(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    return hands(record, meeting, entry, _point(meeting, entry))


def _end(record: Record, meeting: Meeting, entry: Entry) -> Applied:
    """The end as the recorder noted it; one noted before stands."""
    if meeting.state == "open":
        verbs.finish(meeting, max(entry.at, meeting.opened_at or entry.at))
    return Applied()


APPLY: dict[str, Callable[[Record, Meeting, Entry], Applied]] = {
    "line": _line, "mend": _mend, "strike": _strike, "arrive": _arrive, "leave": _leave, "unarrive": _unarrive,
    "guest": _guest, "point": _at_point, "item": _new_point, "hands": _hands, "end": _end,
}  # fmt: skip


def retake(record: Record, meeting: Meeting, entry: Entry, line: Line | None) -> Applied:
    """A person decided that what came goes in: over the line as it stands now, or as a line or departure of its own."""
    if entry.kind == "leave":
        done = _leave(record, meeting, entry)
        if done.state == "conflict" and done.why is not None:
            raise Refusal.of(done.why)
        return done
    if entry.kind == "mend" and line is None:
        line = _target(meeting, entry)
    if line is None:
        return _line(record, meeting, entry)
    speeches.mend(record, line, replace(_typed(meeting, entry), key=line.key), line.revision)
    return Applied(line=line)
