"""The notice register: whom to invite, who was reached by which channel, who comes; a pasted 接龙 ticks many at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.store import meetings, people
from deliberation.store.db import db
from deliberation.store.meetings import Attendance, Meeting
from deliberation.store.preparing import NoticeContact

CHANNELS: Mapping[str, str] = {"phone": _("电话"), "wechat": _("微信"), "door": _("上门"), "paper": _("书面")}
REPLIES: Mapping[str, str] = {"comes": _("来"), "leave": _("请假"), "unreached": _("没联系上")}
NINE_X = "council_9x"


@dataclass(frozen=True)
class Counts:
    """How the register stands: asked in all, and what they said."""

    asked: int
    comes: int
    leave: int
    unreached: int

    @property
    def silent(self) -> int:
        """Not asked yet."""
        return self.asked - self.comes - self.leave - self.unreached


def counts(sheet: Sequence[Attendance]) -> Counts:
    """Counted from the sheet as it stands."""
    said = Counter(one.reply for one in sheet)
    return Counts(len(sheet), said["comes"], said["leave"], said["unreached"])


def invite(actor: Actor, meeting: Meeting, person_ids: Sequence[int]) -> int:
    """Put people on the sheet of a planned meeting: 应到; beside a 9+X council, which seats its own, 列席."""
    with act(actor, Act.CHANGE_MEETING, on=meeting) as record:
        _planned(meeting)
        here = {one.person_id for one in meetings.attendance(meeting.id)}
        last = max((one.position for one in meetings.attendance(meeting.id)), default=0)
        known = {one.person_id: one for one in reversed(people.members(meeting.office_id))}
        wanted = [one for one in dict.fromkeys(person_ids) if one not in here]
        if any(one not in known for one in wanted):
            raise Refusal(_("邀请名单里有人不在本联系点，请先在“人员”里添加。"), field="invited")
        if not wanted:
            raise Refusal(_("请先勾选要邀请的人。"), field="invited")
        for position, person_id in enumerate(wanted, last + 1):
            db.session.add(
                Attendance(
                    meeting_id=meeting.id, person_id=person_id, position=position,
                    category=known[person_id].category or "", due=meeting.procedure != NINE_X,
                )
            )  # fmt: skip
        record.about("meeting", meeting.id)
        record.note(invited=wanted)
    return len(wanted)


def uninvite(actor: Actor, meeting: Meeting, person_ids: Sequence[int]) -> int:
    """Take people off the sheet of a planned meeting; seats of a 9+X council stay on it."""
    with act(actor, Act.CHANGE_MEETING, on=meeting) as record:
        _planned(meeting)
        gone = [one for one in meetings.attendance(meeting.id) if one.person_id in set(person_ids)]
        if not gone:
            raise Refusal(_("请先勾选不用请的人。"), field="invited")
        if meeting.procedure == NINE_X and any(one.seat_id is not None for one in gone):
            raise Refusal(_("9+X 议事会的成员都是应到，不能去掉；要请假，请登记请假。"), field="invited")
        for one in gone:
            db.session.delete(one)
        db.session.flush()
        for position, one in enumerate(meetings.attendance(meeting.id), 1):
            one.position = position
            db.session.flush()
        record.about("meeting", meeting.id)
        record.note(uninvited=[one.person_id for one in gone])
    return len(gone)


def _planned(meeting: Meeting) -> None:
    if meeting.state != "planned":
        raise Refusal(_("会议已经开始，邀请名单不能再改；会上来的人，请在签到页添加。"))


def note_replies(actor: Actor, meeting: Meeting, said: Mapping[int, str], channel: str) -> int:
    """What invitees answered, by person; each is kept with channel, time and who asked, the last one stands."""
    if channel not in CHANNELS:
        raise Refusal(_("请选择怎么联系的：电话、微信、上门、书面。"), field="channel")
    if not said or set(said.values()) - set(REPLIES):
        raise Refusal(_("请选择：来、请假、没联系上。"), field="reply")
    with act(actor, Act.NOTE_REPLY, on=meeting) as record:
        if meeting.state == "ended":
            raise Refusal(_("会议已经结束，不用再登记回复。"))
        rows = {one.person_id: one for one in meetings.attendance(meeting.id)}
        if set(said) - set(rows):
            raise Refusal(_("这个人不在邀请名单上，请先请他，再登记回复。"))
        for person_id, reply in said.items():
            rows[person_id].reply = reply
            db.session.add(
                NoticeContact(
                    meeting_id=meeting.id, person_id=person_id, channel=channel, reply=reply, at=record.at,
                    by_id=actor.person.id if actor.person else None,
                )
            )  # fmt: skip
        record.about("meeting", meeting.id)
        record.note(replies={str(person): reply for person, reply in said.items()}, channel=channel)
    return len(said)
