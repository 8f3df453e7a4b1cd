"""The sign-in sheet: who came, when, who left; replies to the notice; people nobody had listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.roles import Role
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.people import Newcomer, _known, new_person
from deliberation.store import meetings, people
from deliberation.store.db import db
from deliberation.store.meetings import Attendance, Meeting
from deliberation.store.people import Membership, Person

REPLIES = {"comes": _("来"), "leave": _("请假"), "unreached": _("没联系上")}


@dataclass(frozen=True)
class Heads:
    """应到 and 实到, now and ever; of one category or of all."""

    due: int
    came: int
    here: int
    others: int = 0


def heads(sheet: Sequence[Attendance]) -> Heads:
    """Count a sheet: `came` has signed in, `here` has not left again, `others` came without being due."""
    due = [one for one in sheet if one.due]
    came = [one for one in due if one.arrived_at is not None]
    return Heads(
        len(due),
        len(came),
        sum(one.left_at is None for one in came),
        sum(not one.due and one.arrived_at is not None for one in sheet),
    )


def by_category(sheet: Sequence[Attendance]) -> list[tuple[str, Heads, bool]]:
    """(category, heads, fixed) of those due, in the order of the sheet."""
    found: dict[tuple[str, bool], list[Attendance]] = {}
    for one in sheet:
        if one.due:
            found.setdefault((one.category, one.fixed), []).append(one)
    return [(category, heads(rows), fixed) for (category, fixed), rows in found.items()]


def arrive(
    actor: Actor, meeting: Meeting, numbers: Sequence[int], at: datetime | None = None
) -> list[Attendance]:
    """Sign in by the numbers on the sheet; who signed in already and has not left is refused, and nobody is signed in."""
    with act(actor, Act.SIGN_ATTENDANCE, on=meeting) as record:
        _begun(meeting)
        not_signed(meeting)
        rows = _rows(meeting, numbers)
        when = _when(meeting, at, record.at)
        for row in rows:
            if row.arrived_at is not None and row.left_at is None:
                raise Conflict(
                    _("%(number)s 号 %(name)s 已经签到了，不用再签一次。"),
                    number=row.position, name=row.person.name, field="numbers",
                )  # fmt: skip
        for row in rows:
            row.arrived_at = row.arrived_at or when
            row.left_at = None
        record.about("meeting", meeting.id)
        record.note(arrived=[row.person_id for row in rows], at=when.isoformat())
    return rows


def leave(
    actor: Actor, meeting: Meeting, numbers: Sequence[int], at: datetime | None = None
) -> list[Attendance]:
    """Note who left before the end, and when."""
    with act(actor, Act.SIGN_ATTENDANCE, on=meeting) as record:
        _begun(meeting)
        not_signed(meeting)
        rows = _rows(meeting, numbers)
        when = _when(meeting, at, record.at)
        for row in rows:
            if row.arrived_at is None:
                raise Refusal(
                    _("%(number)s 号 %(name)s 还没有签到，不能登记离开。"),
                    number=row.position, name=row.person.name, field="numbers",
                )  # fmt: skip
            if when < row.arrived_at:
                raise Refusal(_("离开的时间早于到会的时间，请核对。"), field="at")
            row.left_at = when
        record.about("meeting", meeting.id)
        record.note(left=[row.person_id for row in rows], at=when.isoformat())
    return rows


def take_back(actor: Actor, meeting: Meeting, number: int) -> Attendance:
    """A slip: this person had not signed in at all. The log keeps that it was noted and taken back."""
    with act(actor, Act.SIGN_ATTENDANCE, on=meeting) as record:
        _begun(meeting)
        not_signed(meeting)
        row = _rows(meeting, [number])[0]
        if row.arrived_at is None:
            raise Refusal(_("这个人还没有签到，没有可撤销的。"))
        row.arrived_at = row.left_at = None
        record.about("meeting", meeting.id)
        record.note(taken_back=row.person_id)
    return row


def reply(actor: Actor, meeting: Meeting, number: int, said: str) -> Attendance:
    """What somebody answered to the notice: comes, leave, unreached, or nothing yet."""
    if said and said not in REPLIES:
        raise Refusal(_("请选择：来、请假、没联系上。"), field="reply")
    with act(actor, Act.SIGN_ATTENDANCE, on=meeting) as record:
        not_signed(meeting)
        row = _rows(meeting, [number])[0]
        row.reply = said
        record.about("meeting", meeting.id)
        record.note(person=row.person_id, reply=said)
    return row


def add(actor: Actor, meeting: Meeting, who: Person | Newcomer, *, due: bool = False) -> Attendance:
    """Somebody nobody had listed, at the end of the sheet; `due` only where they should have been asked."""
    if isinstance(who, Newcomer) and not who.name.strip():
        raise Refusal(_("请选择一个人，或者填写来人的姓名。"), field="name")
    with act(actor, Act.SIGN_ATTENDANCE, on=meeting) as record:
        if meeting.state == "ended":
            raise Refusal(_("会议已经结束，签到表不能再加人。"))
        row = put_on_sheet(record, meeting, who, due=due)
        record.about("meeting", meeting.id)
        record.note(added=row.person_id)
    return row


def put_on_sheet(
    record: Record, meeting: Meeting, who: Person | Newcomer, *, due: bool = False
) -> Attendance:
    """Inside an act: one more line at the end of the sheet."""
    person = who if isinstance(who, Person) else _guest(meeting, who, record.at)
    if meetings.attended(meeting.id, person.id) is not None:
        raise Conflict(_("%(name)s 已经在签到表上了。"), name=person.name, field="name")
    sheet = meetings.attendance(meeting.id)
    row = Attendance(
        meeting_id=meeting.id, person_id=person.id, person=person, due=due and not _counts_seats(meeting),
        position=max((one.position for one in sheet), default=0) + 1,
        category=(who.category if isinstance(who, Newcomer) else _category(meeting, person)),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def _counts_seats(meeting: Meeting) -> bool:
    """Only members are due at a 9+X sitting."""
    return meeting.procedure == "council_9x"


def _category(meeting: Meeting, person: Person) -> str:
    held = [one.category for one in people.members(meeting.office_id) if one.person_id == person.id]
    return next((one for one in held if one), "")


def _guest(meeting: Meeting, who: Newcomer, at: datetime) -> Person:
    """A person known by name, without any seat: a role that has ended the day it began, so it opens nothing."""
    office = meeting.office
    person = _known(office, who) or new_person(who.name, who.phone, at)
    if person.id is None:
        day = local(at).date()
        db.session.add(
            Membership(
                office_id=office.id,
                person=person,
                role=Role.PANEL.value,
                category=who.category or None,
                since=day,
                until=day,
            )  # fmt: skip
        )
        db.session.flush()
    return person


def not_signed(meeting: Meeting) -> None:
    """Refuse once the minutes are final: who was there is part of what was signed."""
    latest = meetings.latest_minutes(meeting.id)
    if latest is not None and latest.state == "final":
        raise Refusal(_("纪要已经定稿、签字，谁到会、谁离开不能再改动。有出入的，请写进下一次会议的纪要。"))


def _begun(meeting: Meeting) -> None:
    if meeting.state == "planned":
        raise Refusal(_("会议还没有开始。请先点“开始会议”，再签到。"))


def _rows(meeting: Meeting, numbers: Sequence[int]) -> list[Attendance]:
    sheet = {one.position: one for one in meetings.attendance(meeting.id)}
    if not numbers:
        raise Refusal(_("请填写签到的号码，或者在名单上勾选。"), field="numbers")
    for number in numbers:
        if number not in sheet:
            raise Refusal(_("签到表上没有 %(number)s 号，请核对号码。"), number=number, field="numbers")
    return [sheet[number] for number in dict.fromkeys(numbers)]


def _when(meeting: Meeting, at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return min(now, meeting.ended_at) if meeting.ended_at else now
    if at > now:
        raise Refusal(_("时间在将来，请核对。"), field="at")
    if local(at).date() != local(meeting.opened_at or meeting.starts_at).date():
        raise Refusal(_("时间不在开会那一天，请核对。"), field="at")
    return at
