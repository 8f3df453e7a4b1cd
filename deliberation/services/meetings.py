"""Calling a meeting, changing what was called, opening and ending it; agenda by article or matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from deliberation.clock import local
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.matters import is_over
from deliberation.domain.seats import COOPTED, Member, members
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.services.councils import as_seats
from deliberation.services.meeting_bodies import check_body, everybody_due
from deliberation.services.meeting_terms import Asked, hold_to, keep_terms
from deliberation.store import councils, drafts, meetings, people
from deliberation.store.consultations import Consultation
from deliberation.store.councils import Council, Matter
from deliberation.store.db import db
from deliberation.store.meetings import AgendaItem, Attendance, Meeting
from deliberation.store.people import Office

NINE_X = "council_9x"
MEETS = frozenset({"published", "deliberating"})


@dataclass(frozen=True)
class Point:
    """One point of an agenda: an article by its eid, a matter, or only a title."""

    title: str = ""
    eid: str = ""
    matter: Matter | None = None


@dataclass(frozen=True)
class Plan:
    """A meeting as it is called. `invited` are persons of the council or panel (None: all of them); `observers` attend beside."""

    title: str
    starts_at: datetime
    place: str
    convenor: str
    scribe: str
    procedure: str = "symposium"
    planned_end: datetime | None = None
    council: Council | None = None
    matter: Matter | None = None
    agenda: tuple[Point, ...] = ()
    invited: tuple[int, ...] | None = None
    observers: tuple[int, ...] = ()
    panel_shares: bool = False
    letter_id: int | None = None
    late_reason: str = ""


def call_meeting(actor: Actor, about: Consultation | Council | Office, plan: Plan) -> Meeting:
    """Call a meeting of a consultation, of a council or of an office for its own affairs: agenda, and those due."""
    with act(actor, Act.CALL_MEETING, on=about) as record:
        return put_meeting(record, about, plan)


def put_meeting(record: Record, about: Consultation | Council | Office, plan: Plan) -> Meeting:
    """The rows of a meeting, inside an act: for calling one, and for the next one of a series."""
    _checked(plan, about)
    consultation = about if isinstance(about, Consultation) else None
    made = Meeting(
        office_id=about.office_id, consultation_id=consultation.id if consultation else None, state="planned",
        made_at=record.at, council_id=plan.council.id if plan.council else None, panel_shares=plan.panel_shares,
        matter_id=plan.matter.id if plan.matter else None, procedure=plan.procedure, **_facts(plan),
    )  # fmt: skip
    hold_to(about, _asked(plan), record.at)
    db.session.add(made)
    db.session.flush()
    keep_terms(made, _asked(plan))
    put_agenda(made, plan.agenda, consultation)
    _put_sheet(made, plan.invited, plan.observers)
    _noted(record, made)
    return made


def _asked(plan: Plan) -> Asked:
    return Asked(plan.procedure, plan.starts_at, plan.letter_id, plan.late_reason)


def _facts(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title.strip(), "place": plan.place.strip(), "starts_at": plan.starts_at,
        "planned_end": plan.planned_end, "convenor": plan.convenor.strip(), "scribe": plan.scribe.strip(),
    }  # fmt: skip


def _noted(record: Record, meeting: Meeting) -> None:
    record.about("meeting", meeting.id)
    record.note(
        procedure=meeting.procedure,
        starts_at=meeting.starts_at.isoformat(),
        points=len(meeting.agenda),
        due=sum(one.due for one in meetings.attendance(meeting.id)),
    )


def _checked(plan: Plan, about: Consultation | Council | Office) -> None:
    for field, words in (("title", plan.title), ("place", plan.place), ("convenor", plan.convenor), ("scribe", plan.scribe)):  # fmt: skip
        if not words.strip():
            raise Refusal(_("请填写会议名称、地点、召集人和记录人。"), field=field)
        if len(words) > 200:
            raise Refusal(_("写得太长，请不超过 200 个字。"), field=field)
    if plan.planned_end is not None and plan.planned_end <= plan.starts_at:
        raise Refusal(_("结束时间要在开始时间之后。"), field="planned_end")
    check_body(plan.council, plan.procedure, plan.matter)
    if plan.matter is not None and is_over(plan.matter.state):
        raise Refusal(_("这一事项已经办结，请另选事项。"), field="matter")
    if isinstance(about, Council) and plan.procedure == NINE_X and plan.matter is None:
        raise Refusal(_("请选择这次会议议哪一个事项。"), field="matter")


def put_agenda(
    meeting: Meeting, points: Iterable[Point], consultation: Consultation | None, first: int = 1
) -> None:
    version = drafts.current(consultation.task_id) if consultation else None
    for position, point in enumerate(points, first):
        title, uid = point.title.strip(), ""
        if point.eid:
            found = drafts.at(version.id, point.eid) if version else None
            if found is None:
                raise Refusal(_("草案里没有您指的这一条，请从目录里重新选择。"), field="agenda")
            title, uid = title or "　".join(part for part in (found.number, found.heading) if part), found.uid
        if point.matter is not None:
            title = title or point.matter.title
        if not title:
            raise Refusal(_("议程里有一项没有名称，请填写或删去。"), field="agenda")
        item = AgendaItem(
            meeting_id=meeting.id, position=position, title=title[:200], eid=point.eid, uid=uid,
            matter_id=point.matter.id if point.matter else None,
        )  # fmt: skip
        meeting.agenda.append(item)
    db.session.flush()


def _put_sheet(meeting: Meeting, invited: Sequence[int] | None, observers: Sequence[int]) -> None:
    """The sheet of those due: every member of a 9+X council with this matter's X; of a panel all, or those ticked."""
    position = 0
    whole = everybody_due(meeting)
    for person_id, seat_id, category, fixed in _members(meeting):
        if not whole and invited is not None and person_id not in invited:
            continue
        position += 1
        db.session.add(
            Attendance(
                meeting_id=meeting.id,
                person_id=person_id,
                seat_id=seat_id,
                position=position,
                category=category,
                fixed=fixed,
                due=True,
            )  # fmt: skip
        )
    db.session.flush()
    here = {one.person_id for one in meetings.attendance(meeting.id)}
    others = [one for one in (*(invited or ()), *observers) if one not in here]
    for person_id in dict.fromkeys(others):
        position += 1
        row = Attendance(meeting_id=meeting.id, person_id=person_id, position=position)
        row.due = person_id in (invited or ()) and person_id not in observers
        row.category = _role_category(meeting.office_id, person_id)
        db.session.add(row)
    db.session.flush()


def _role_category(office_id: int, person_id: int) -> str:
    held = [one for one in people.members(office_id) if one.person_id == person_id]
    if not held:
        raise Refusal(_("邀请名单里有人不在本联系点，请先在“人员”里添加。"), field="invited")
    return next((one.category for one in held if one.category), "")


def _members(meeting: Meeting) -> list[tuple[int, int, str, bool]]:
    """(person, seat, category, fixed) in the order they are listed, one row a person however many seats."""
    if meeting.council_id is None:
        return []
    council = db.session.get_one(Council, meeting.council_id)
    if not council.numbered:
        rows = [(one.person_id, one.seat_id, one.seat.category, True) for one in councils.holders(council.id)]
        return list({row[0]: row for row in reversed(rows)}.values())[::-1]
    matter = str(meeting.matter_id) if meeting.matter_id else None
    return [_seated(one) for one in members(as_seats(council), matter, local(meeting.starts_at).date())]


def _seated(member: Member) -> tuple[int, int, str, bool]:
    seat = member.seat
    return int(member.person), int(seat.key.split("-")[1]), seat.category, seat.category != COOPTED


def change_meeting(actor: Actor, meeting: Meeting, plan: Plan) -> None:
    """Change what was called, until it is opened: facts, agenda and sheet are put anew."""
    about = meeting.consultation or meeting.council or meeting.office
    _checked(plan, about)
    with act(actor, Act.CHANGE_MEETING, on=meeting) as record:
        if meeting.state != "planned":
            raise Refusal(_("会议已经开始，通知的内容不能再改；要加一项议程，请用“加一项”。"))
        hold_to(about, _asked(plan), record.at, meeting)
        replies = {one.person_id: one.reply for one in meetings.attendance(meeting.id)}
        for name, value in _facts(plan).items():
            setattr(meeting, name, value)
        meeting.procedure = plan.procedure
        meeting.council_id = plan.council.id if plan.council else None
        meeting.matter_id = plan.matter.id if plan.matter else None
        for row in (*meeting.agenda, *meetings.attendance(meeting.id)):
            db.session.delete(row)
        db.session.flush()
        db.session.expire(meeting, ["agenda", "council", "matter"])
        put_agenda(meeting, plan.agenda, meeting.consultation)
        _put_sheet(meeting, plan.invited, plan.observers)
        for row in meetings.attendance(meeting.id):
            row.reply = replies.get(row.person_id, "")
        keep_terms(meeting, _asked(plan))
        _noted(record, meeting)


def add_point(actor: Actor, meeting: Meeting, point: Point) -> AgendaItem:
    """One more point at the end of the agenda, also while people talk."""
    with act(actor, Act.CHANGE_MEETING, on=meeting) as record:
        if meeting.state == "ended":
            raise Refusal(_("会议已经结束，不能再加议程。"))
        put_agenda(meeting, [point], meeting.consultation, len(meeting.agenda) + 1)
        record.about("meeting", meeting.id)
        record.note(points=len(meeting.agenda))
        return meeting.agenda[-1]


def open_meeting(actor: Actor, meeting: Meeting) -> None:
    """Open the hall. A 9+X sitting needs its matter and list of X published first; the sheet takes up who came since."""
    with act(actor, Act.OPEN_MEETING, on=meeting) as record:
        if meeting.state != "planned":
            raise Refusal(_("会议已经开始过了。"))
        begin(meeting, record.at)
        record.about("meeting", meeting.id)
        record.note(due=sum(one.due for one in meetings.attendance(meeting.id)))


def begin(meeting: Meeting, at: datetime) -> None:
    """Inside an act: the planned meeting is open from this instant."""
    own = meeting.matter is not None and meeting.matter.council_id == meeting.council_id
    if own and meeting.matter is not None and meeting.matter.state not in MEETS:
        raise Refusal(_("议题和利益相关方（X）名单还没有公布，请先在事项页办到“议题与名单已公布”，再开会。"))
    if meeting.procedure == NINE_X:
        _take_up(meeting)
    meeting.state, meeting.opened_at = "open", at


def _take_up(meeting: Meeting) -> None:
    """Who was seated since the notice stands on the sheet; who left a seat is no longer due."""
    sheet = {one.person_id: one for one in meetings.attendance(meeting.id)}
    now = {row[0]: row for row in _members(meeting)}
    last = max((one.position for one in sheet.values()), default=0)
    for person_id, seat_id, category, fixed in now.values():
        if person_id in sheet:
            continue
        last += 1
        db.session.add(Attendance(
            meeting_id=meeting.id, person_id=person_id, seat_id=seat_id, position=last, category=category, fixed=fixed, due=True
        ))  # fmt: skip
    for person_id, row in sheet.items():
        if row.due and person_id not in now:
            row.due = False
    db.session.flush()


def end_meeting(actor: Actor, meeting: Meeting) -> None:
    """End it: who has not left leaves now. Lines still typed are marked, never refused."""
    with act(actor, Act.END_MEETING, on=meeting) as record:
        if meeting.state != "open":
            raise Refusal(_("会议不在进行中，没有可以结束的。"))
        sheet = finish(meeting, record.at)
        record.about("meeting", meeting.id)
        record.note(
            due=sum(one.due for one in sheet),
            present=sum(one.due and one.arrived_at is not None for one in sheet),
        )


def finish(meeting: Meeting, at: datetime) -> Sequence[Attendance]:
    """Inside an act: the open meeting ended at this instant, and who was there left then."""
    meeting.state, meeting.ended_at = "ended", at
    sheet = meetings.attendance(meeting.id)
    for row in sheet:
        if row.arrived_at is not None and row.left_at is None:
            row.left_at = max(at, row.arrived_at)
    return sheet
