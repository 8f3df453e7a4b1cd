"""Meetings that come again: arranged once, the next ones proposed, each made into a meeting or left out; as calendar files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from deliberation.clock import CHINA, local
from deliberation.domain.acts import Act
from deliberation.domain.calendar import Recurrence
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.formats import ics
from deliberation.services.actors import Actor
from deliberation.services.acts import act
from deliberation.services.meetings import NINE_X, Plan, Point, put_meeting
from deliberation.services.procedures import lit
from deliberation.store.councils import Council, Matter
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office
from deliberation.store.series import Series, SeriesDate

SHOWN = 4
LONGEST = 200
AWAY = timedelta(days=366)  # how far ahead meetings are proposed


@dataclass(frozen=True)
class Arranged:
    """A meeting that comes again, as it is arranged."""

    procedure: str
    title: str
    place: str
    recurrence: Recurrence
    at: time
    minutes: int
    from_on: date
    convenor: str
    scribe: str
    until: date | None = None
    council: Council | None = None


def arrange(actor: Actor, office: Office, wanted: Arranged) -> Series:
    """Arrange a meeting that comes again."""
    _sound(office, wanted)
    with act(actor, Act.CHANGE_SERIES, on=office) as record:
        made = Series(
            office_id=office.id, council_id=wanted.council.id if wanted.council else None, procedure=wanted.procedure,
            title=wanted.title.strip(), place=wanted.place.strip(), recurrence=as_plain(wanted.recurrence),
            at_clock=f"{wanted.at:%H:%M}", minutes=wanted.minutes, from_on=wanted.from_on, until=wanted.until,
            convenor=wanted.convenor.strip(), scribe=wanted.scribe.strip(), made_at=record.at,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        record.about("series", made.id)
        record.note(
            procedure=wanted.procedure, recurrence=made.recurrence, from_on=wanted.from_on.isoformat()
        )
    return made


def _sound(office: Office, wanted: Arranged) -> None:
    for field in ("title", "place", "convenor", "scribe"):
        words = getattr(wanted, field).strip()
        if not words:
            raise Refusal(_("请填写会议名称、地点、召集人和记录人。"), field=field)
        if len(words) > LONGEST:
            raise Refusal(_("写得太长，请不超过 200 个字。"), field=field)
    if wanted.procedure not in lit(office.id):
        raise Refusal(_("请选择本联系点在用的会议程序。"), field="procedure")
    if wanted.procedure == NINE_X and (wanted.council is None or wanted.council.kind != NINE_X):
        raise Refusal(_("9+X 议事协商要选 9+X 议事会。"), field="council")
    if wanted.council is not None and wanted.council.office_id != office.id:
        raise Refusal(_("没有这个议事组织，请从会议页重新选。"), field="council")
    if not 10 <= wanted.minutes <= 12 * 60:
        raise Refusal(_("开多长时间，请填 10 到 720 分钟。"), field="minutes")
    if wanted.until is not None and wanted.until < wanted.from_on:
        raise Refusal(_("最后一天早于第一天，请核对。"), field="until")


def as_plain(recurrence: Recurrence) -> dict[str, object]:
    """For a JSON column."""
    return {
        "months": recurrence.months, "weekday": recurrence.weekday, "nth": recurrence.nth, "days": list(recurrence.days)
    }  # fmt: skip


def recurrence_of(series: Series) -> Recurrence:
    """The rule a series follows."""
    plain = series.recurrence
    return Recurrence(plain["months"], plain["weekday"], plain["nth"], tuple(plain["days"]))


def coming(series: Series, today: date) -> tuple[date, ...]:
    """The next days that are neither made into a meeting nor left out."""
    if series.ended_at is not None:
        return ()
    used = {one.day for one in series.dates}
    last = min(series.until or date.max, today + AWAY)
    # months are counted from the first day of the series, so that "every second month" stays the same months
    days = takewhile(lambda day: day <= last, recurrence_of(series).dates(series.from_on))
    return tuple(islice((day for day in days if day >= today and day not in used), SHOWN))


def make_next(actor: Actor, series: Series, day: date, matter: Matter | None = None) -> Meeting:
    """Make the meeting of one day of the series; twice for the same day gives the same meeting."""
    about = series.council if series.council is not None else series.office
    with act(actor, Act.CALL_MEETING, on=about) as record:
        used = next((one for one in series.dates if one.day == day), None)
        if used is not None and used.meeting is not None:
            record.nothing()
            return used.meeting
        gone = used is not None or series.ended_at is not None or day > (series.until or date.max)
        if gone or day not in coming_all(series, day):
            raise Conflict(_("这一天不是这个定期会议的日子，请刷新页面后再选。"))
        made = put_meeting(record, about, _plan(series, day, matter))
        db.session.add(SeriesDate(series_id=series.id, day=day, meeting_id=made.id))
    return made


def coming_all(series: Series, day: date) -> tuple[date, ...]:
    """The days of the rule from a day on: the day itself, if it is one of them."""
    return tuple(takewhile(lambda one: one <= day, recurrence_of(series).dates(series.from_on)))[-1:]


def _plan(series: Series, day: date, matter: Matter | None) -> Plan:
    begins = datetime.combine(day, time.fromisoformat(series.at_clock), CHINA)
    nine = series.procedure == NINE_X
    return Plan(
        series.title, begins, series.place, series.convenor, series.scribe, procedure=series.procedure,
        planned_end=begins + timedelta(minutes=series.minutes), council=series.council,
        matter=matter, agenda=(Point(matter=matter),) if matter else (), invited=None if nine or series.council else (),
    )  # fmt: skip


def leave_out(actor: Actor, series: Series, day: date) -> None:
    """No meeting on this day of the series."""
    with act(actor, Act.CHANGE_SERIES, on=series) as record:
        if any(one.day == day for one in series.dates):
            record.nothing()
            return
        db.session.add(SeriesDate(series_id=series.id, day=day))
        record.about("series", series.id)
        record.note(left_out=day.isoformat())


def end(actor: Actor, series: Series) -> None:
    """The series goes on no longer; meetings made stay."""
    with act(actor, Act.CHANGE_SERIES, on=series) as record:
        if series.ended_at is not None:
            record.nothing()
            return
        series.ended_at = record.at
        record.about("series", series.id)
        record.note(ended=True)


def calendar_file(found: Sequence[Meeting], place: str, stamp: datetime) -> bytes:
    """Meetings as one iCalendar file; `place` (the installation's name) makes their marks the world's own."""
    return ics.write_all([_event(one, place) for one in found], stamp)


def _event(meeting: Meeting, place: str) -> ics.Event:
    starts = local(meeting.starts_at).replace(tzinfo=None)
    ends = (
        local(meeting.planned_end).replace(tzinfo=None)
        if meeting.planned_end
        else starts + timedelta(hours=2)
    )
    about = meeting.consultation.title if meeting.consultation else ""
    return ics.Event(
        f"meeting-{meeting.id}@{place or 'hall'}", meeting.title, starts, max(ends, starts + timedelta(minutes=1)),
        meeting.place, "\n".join([about, *(f"{one.position}. {one.title}" for one in meeting.agenda)]).strip(),
    )  # fmt: skip


def series_file(series: Series, place: str, stamp: datetime) -> bytes:
    """A whole series as one recurring event."""
    begins = datetime.combine(series.from_on, time.fromisoformat(series.at_clock))
    event = ics.Event(
        f"series-{series.id}@{place or 'hall'}", series.title, begins, begins + timedelta(minutes=series.minutes),
        series.place, recurrence=recurrence_of(series), until=series.until,
    )  # fmt: skip
    return ics.write(replace(event, cancelled=series.ended_at is not None), stamp)
